"""Kept: reviews and their teams."""
