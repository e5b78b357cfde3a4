"""Text for pages that have none: a picture of the page -> words, by one of two engines."""
