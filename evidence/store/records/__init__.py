"""Kept: import, records, duplicates."""
