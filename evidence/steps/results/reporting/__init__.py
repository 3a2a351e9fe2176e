"""What a report takes from the results of a review: numbers of findings, and figures of them."""
