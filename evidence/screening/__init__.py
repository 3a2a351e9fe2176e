"""Deciding which works belong to a review."""
