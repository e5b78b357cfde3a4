"""How the reader is made: what it is taught with, and the teaching."""
