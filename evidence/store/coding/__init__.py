"""Stored: studies and their coding."""
