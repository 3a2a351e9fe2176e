"""How certain a review is of what it found, outcome by outcome (GRADE)."""
