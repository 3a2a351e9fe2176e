"""Effect sizes: what a report prints, what follows from it, and where the two disagree."""
