"""Stored: reviews and their teams."""
