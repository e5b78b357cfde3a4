"""The page on which staff run question sets and see how good the answers are."""
