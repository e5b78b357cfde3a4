"""A package, so that tests of the same file name in two folders do not meet."""
