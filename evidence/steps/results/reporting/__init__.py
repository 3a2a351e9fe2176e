"""The report as people write it, and what it takes from the results of a review."""
