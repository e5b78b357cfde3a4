"""What the publisher's staff do: change the publications, compare a release, publish it or not."""
