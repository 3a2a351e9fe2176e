"""What each stopping rule did on reviews that were read to the end: benchmarks/stopping.py.

The table in docs/benchmarks.md holds the same figures; a test compares them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

REVIEWS = 124
TARGET = 0.95  # of the relevant works, that a rule should find


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBenchmark:
    """How a rule did; each figure is a share.

    Attributes:
        row: what stands before the figures in the table.
        never: of the reviews, where the rule was never reached, so that all was read.
        reached: of the reviews, where the target was found by the stop.
        worst: of the relevant works found by the stop, in the worst review.
        mean: of the relevant works found by the stop, in the mean of all reviews.
        saved: of the works left unread, in the mean.
    """

    row: str
    never: float
    reached: float
    worst: float
    mean: float
    saved: float

    @property
    def sentence(self) -> str:
        """What its figures say, for people."""
        never = f" In {self.never:.0%} it never said so, and all was read." if self.never else ""
        return (
            f"In {REVIEWS} simulated reviews, it had found {TARGET:.0%} of what is relevant in "
            f"{self.reached:.0%} of them when it said that reading may end, {self.mean:.0%} in the "
            f"mean and {self.worst:.0%} at worst, with {self.saved:.0%} left unread.{never}"
        )


BENCHMARKS: Mapping[str, RuleBenchmark] = {
    "random-test": RuleBenchmark(
        row="random check after 50 in a row, p < 0.05",
        never=0.05,
        reached=0.99,
        worst=0.948,
        mean=0.990,
        saved=0.165,
    ),
    "cautious-test": RuleBenchmark(
        row="cautious test, p < 0.05",
        never=0.00,
        reached=0.99,
        worst=0.945,
        mean=0.995,
        saved=0.230,
    ),
    "interval": RuleBenchmark(
        row="lower bound of the interval at 95 %",
        never=0.66,
        reached=1.00,
        worst=0.990,
        mean=1.000,
        saved=0.009,
    ),
    "in-a-row": RuleBenchmark(
        row="50 irrelevant in a row",
        never=0.04,
        reached=0.48,
        worst=0.000,
        mean=0.842,
        saved=0.732,
    ),
    "safe": RuleBenchmark(
        row="SAFE, phases 1 to 3",
        never=0.04,
        reached=0.69,
        worst=0.250,
        mean=0.922,
        saved=0.625,
    ),
}
"""By the code of the rule, as the page asks it: at 95%, with 50 irrelevant ones in a row."""
