"""Which studies of a map go on to the in-depth review, and which of these are sound."""
