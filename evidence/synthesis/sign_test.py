"""The exact sign test, and the interval of a proportion, for counts of directions.

Written with whole numbers from the standard library: loading scipy.stats takes seconds, and the
tests compare every result with it.
"""

from dataclasses import dataclass
from math import comb

from evidence.agreement_formulas import wilson

THRESHOLD = 0.05
"""The p-value that readers look for; nothing here decides by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignTest:
    """Directions of studies against what chance alone would give.

    Attributes:
        clear: studies with a clear direction, whichever it is.
        p: two-sided and exact.
        low: lower end of the 95 % Wilson interval of the share.
        high: its upper end.
    """

    favourable: int
    clear: int
    p: float
    low: float
    high: float

    @property
    def share(self) -> float:
        """The favourable part of the clear directions, 0 to 1."""
        return self.favourable / self.clear


def sign_test(favourable: int, unfavourable: int) -> SignTest | None:
    """Test whether one direction occurs more often than chance would have it.

    p is twice the smaller tail of a binomial distribution with probability one half, at most 1
    (Cochrane Handbook 12.2.1.3; Boon and Thomson 2021, doi:10.1002/jrsm.1458). Studies without a
    clear direction must not be counted in either number; without any clear one there is no test.
    """
    clear = favourable + unfavourable
    if clear == 0:
        return None
    low, high = wilson(favourable, clear)
    tail = sum(comb(clear, k) for k in range(min(favourable, unfavourable) + 1))
    p = min(1.0, 2 * tail / 2**clear)
    return SignTest(favourable=favourable, clear=clear, p=p, low=low, high=high)


def smallest_p(clear: int) -> float | None:
    """The smallest p that this many clear directions can give: when they all agree."""
    return min(1.0, 2 / 2**clear) if clear else None


def out_of_reach(clear: int) -> str:
    """What to tell readers when so few clear directions cannot give p < 0.05; else empty."""
    smallest = smallest_p(clear)
    if smallest is None:
        return "No study has a clear direction, so there is nothing to test."
    if smallest < THRESHOLD:
        return ""
    studies = "1 study has" if clear == 1 else f"{clear} studies have"
    return (
        f"Only {studies} a clear direction: the sign test cannot give p below {smallest:g}, "
        f"so p < {THRESHOLD:g} is out of reach, whatever the studies found."
    )


def p_text(p: float) -> str:
    """A p-value as people write it after "p": `= 0.039`, `= 0.22`, `< 0.001`."""
    smallest_written = 0.001
    coarse_from = 0.1
    if p < smallest_written:
        return f"< {smallest_written}"
    return f"= {p:.2f}" if p >= coarse_from else f"= {p:.3f}"
