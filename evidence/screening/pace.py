"""How quickly people screen, and how long the rest will take."""

from collections.abc import Sequence
from datetime import timedelta

LONGEST = 300.0  # seconds; longer on the screen is a pause
FEWEST = 5  # decisions below which nothing is said


def per_hour(seconds: Sequence[float]) -> float | None:
    """Works per hour, from how long each of the newest works was on the screen.

    Each counts with at most LONGEST seconds, so that a page left open over lunch does not matter
    much. The mean is taken and not the median: a few long abstracts belong to the work, and the
    time left is a sum. None with fewer than FEWEST decisions, or where no time was measured.
    """
    counted = [min(duration, LONGEST) for duration in seconds if duration >= 0]
    if len(counted) < FEWEST or not sum(counted):
        return None
    return 3600 * len(counted) / sum(counted)


def time_left(works: float, pace: float | None) -> timedelta | None:
    """How long these works take at so many an hour; None where the pace is not known."""
    return timedelta(hours=works / pace) if pace else None
