"""Kept: studies and their coding."""
