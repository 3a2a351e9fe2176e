"""Duplicates: found by rules, decided by people, joined into works and parted again."""
