"""Screening of a review: where it stands, who decided what, and whether it may end."""
