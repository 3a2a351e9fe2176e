"""What changed on a map since a version of it."""
