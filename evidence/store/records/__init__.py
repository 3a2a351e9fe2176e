"""Stored: import, records, duplicates."""
