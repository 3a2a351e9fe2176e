"""Kept: screening, conflicts, full texts, decisions."""
