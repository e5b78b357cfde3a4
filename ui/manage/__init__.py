"""The page on which staff change the publications, compare a release and publish it."""
