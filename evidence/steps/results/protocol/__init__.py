"""The protocol of a review, in versions, and its searches in waves."""
