"""Sentences about single records of a file."""


def because(line: int, title: str, why: str) -> str:
    """What was left out of a file, with its line and why, as a sentence."""
    where = f"Line {line}" if line else "A record"
    return f"{where}, “{title[:80] or '(no title)'}”: {why.rstrip('.')}."
