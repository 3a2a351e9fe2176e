"""Kept: what coded studies show."""
