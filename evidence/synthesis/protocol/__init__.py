"""What a review planned, in versions, and its searches in waves."""
