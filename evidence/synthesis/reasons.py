"""Reasons that people give for what they judge."""

LONGEST_REASON = 2_000  # characters
