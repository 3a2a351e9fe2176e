"""Files of citations on their way into a review."""
