"""What people made of replies: ratings, and what refused questions were about. No identities."""
