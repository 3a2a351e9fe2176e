"""How good an order was, once all is known: how soon it brought what is relevant."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import fmean

NEARLY_ALL = 0.95
EARLY = 0.1  # of the collection
ROUNDING = 1e-9  # 0.95 × 20 is a little more than 19 in binary


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """The usual figures; what was known before screening began is in none of them.

    Attributes:
        atd: average time to discovery, the mean share of the works that was read when a
            relevant one was found (Ferdinands et al. 2023, doi:10.1186/s13643-023-02257-7).
        loss: `atd`, scaled so that 0 is perfect and 0.5 is what chance would do.
        wss95: work saved over random at 95 % recall: the share left unread when 95 % of the
            relevant works were found, less 0.05 (Cohen et al. 2006, doi:10.1197/jamia.M1929).
        recall10: the share of the relevant works found in the first tenth.
    """

    atd: float
    loss: float
    wss95: float
    recall10: float


def measure(relevance: Sequence[bool]) -> Measures | None:
    """The figures of an order, from whether each work in it is relevant; None if none is."""
    n = len(relevance)
    ranks = [rank for rank, relevant in enumerate(relevance, 1) if relevant]
    if not ranks:
        return None
    r = len(ranks)
    last = ranks[ceil(NEARLY_ALL * r - ROUNDING) - 1]
    return Measures(
        atd=fmean(ranks) / n,
        loss=(fmean(ranks) - (r + 1) / 2) / (n - r) if n > r else 0.0,
        wss95=(n - last) / n - (1 - NEARLY_ALL),
        recall10=sum(rank <= ceil(n * EARLY) for rank in ranks) / r,
    )
