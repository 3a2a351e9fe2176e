"""Stored: decisions, assignments, pilots, full texts."""
