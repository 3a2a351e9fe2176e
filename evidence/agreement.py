"""How far people agree who decided on, or coded, the same things.

Every figure is None where its formula has no value (kappa where all answers are the same): a
made-up 1 would call agreement perfect that nobody has tested. Where nearly all answers are alike,
kappa can be near 0 although people hardly ever differ, so percent, kappa and PABAK stand side by
side (Byrt et al. 1993, doi:10.1016/0895-4356(93)90018-V).
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import sqrt
from statistics import NormalDist
from typing import TypeVar

from evidence.errors import Invalid

Thing = TypeVar("Thing", bound=Hashable)
Code = TypeVar("Code", bound=Hashable)

Table = Sequence[Sequence[float]]
"""A number for each pair of codes: rows are the first person's, columns the second's."""

PAIR = 2  # what it takes to compare: two people, two codes
SMALLEST = 1e-12  # less than this is 0 but for rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class Kappa:
    """Agreement of two people beyond what their habits alone would give.

    Attributes:
        observed: the share on which they agree.
        expected: the share on which they would agree if each answered at random with their habits.
        kappa: None where `expected` is 1, because then nothing was left to agree on.
        low, high: the 95 % interval; None where the large-sample formula gives no width, which
            happens when people always agree, and would promise more than a sample can.
    """

    observed: float
    expected: float
    kappa: float | None = None
    low: float | None = None
    high: float | None = None
    standard_error: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairAgreement:
    """How far two people agree.

    Attributes:
        both: things that both judged; all figures rest on these.
        agreed: of these, how many got the same code.
        percent: `agreed` of `both`, 0 to 1.
        low, high: the 95 % Wilson interval of `percent`.
        kappa: Cohen 1960, doi:10.1177/001316446002000104.
        pabak: kappa had all codes been used equally often (Brennan and Prediger 1981,
            doi:10.1177/001316448104100307).
        table: how often which code met which, in the order of `codes`.
    """

    both: int
    agreed: int
    percent: float | None
    low: float | None
    high: float | None
    kappa: Kappa | None
    pabak: float | None
    codes: tuple[Hashable, ...]
    table: tuple[tuple[int, ...], ...]


def pair_agreement(
    first: Mapping[Thing, Code], second: Mapping[Thing, Code], codes: Sequence[Code] = ()
) -> PairAgreement:
    """Agreement of two people on all that both judged.

    Args:
        first: the first person's code for each thing; what one of them left out does not count.
        second: the second person's code for each thing.
        codes: all that could have been said; those that nobody used matter for PABAK. Codes that
            are used but missing here are added.
    """
    judged = [(first[thing], second[thing]) for thing in first if thing in second]
    further = sorted({code for pair in judged for code in pair} - set(codes), key=str)
    all_codes = (*codes, *further)
    met = Counter(judged)
    table = tuple(tuple(met[row, column] for column in all_codes) for row in all_codes)
    both, agreed = len(judged), sum(met[code, code] for code in all_codes)
    low, high = wilson(agreed, both) if both else (None, None)
    return PairAgreement(
        both=both,
        agreed=agreed,
        percent=agreed / both if both else None,
        low=low,
        high=high,
        kappa=cohen(table),
        pabak=beyond_even(agreed / both, len(all_codes)) if both else None,
        codes=all_codes,
        table=table,
    )


def wilson(part: int, whole: int, confidence: float = 0.95) -> tuple[float, float]:
    """The Wilson score interval of a proportion (doi:10.1080/01621459.1927.10502953)."""
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = part / whole
    middle = share + z * z / (2 * whole)
    reach = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    # At the ends the formula gives 0 and 1 but for rounding.
    low = (middle - reach) / scale if part else 0.0
    return low, (middle + reach) / scale if part < whole else 1.0


def beyond_even(observed: float, codes: int) -> float | None:
    """Agreement beyond what `codes` equally likely codes would give; PABAK for two people.

    None with fewer than two codes, where nobody could have disagreed.
    """
    return (codes * observed - 1) / (codes - 1) if codes >= PAIR else None


def cohen(table: Table) -> Kappa | None:
    """Cohen's kappa from a square table of counts; None for an empty table.

    The standard error is that of Fleiss, Cohen and Everitt 1969 (doi:10.1037/h0028106).

    Args:
        table: how often which code of the first person met which of the second.

    Raises:
        Invalid: a table that is not square.
    """
    if any(len(row) != len(table) for row in table):
        raise Invalid("Kappa needs a square table.")
    n = sum(map(sum, table))
    if not n:
        return None
    return _kappa([[count / n for count in row] for row in table], n)


def _kappa(share: Table, n: float) -> Kappa:
    rows = [sum(row) for row in share]
    columns = [sum(column) for column in zip(*share, strict=True)]
    size = range(len(share))
    observed = sum(share[i][i] for i in size)
    expected = sum(rows[i] * columns[i] for i in size)
    room = 1 - expected
    if room < SMALLEST:
        return Kappa(observed=observed, expected=expected)
    kappa = (observed - expected) / room
    spread = sum(
        share[i][j] * (float(i == j) - (columns[i] + rows[j]) * (1 - kappa)) ** 2
        for i, j in product(size, repeat=2)
    )
    variance = spread - (kappa - expected * (1 - kappa)) ** 2
    error = sqrt(variance / n) / room if variance > SMALLEST else None
    reach = NormalDist().inv_cdf(0.975) * error if error else None
    return Kappa(
        observed=observed,
        expected=expected,
        kappa=kappa,
        low=max(-1.0, kappa - reach) if reach else None,
        high=min(1.0, kappa + reach) if reach else None,
        standard_error=error,
    )


def krippendorff(judgements: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's nominal alpha, for any number of people who need not all judge everything.

    Computed from coincidences (Krippendorff 2011, repository.upenn.edu/asc_papers/43). None where
    nothing was judged twice, or where all that was judged twice got one and the same code.

    Args:
        judgements: for each thing all codes it got, whoever gave them; missing ones left out.
    """
    things = [Counter(codes) for codes in judgements if len(codes) >= PAIR]
    totals = sum(things, Counter())
    if len(totals) < PAIR:
        return None
    observed = sum(_differing_pairs(codes) / (codes.total() - 1) for codes in things)
    return 1 - (totals.total() - 1) * observed / _differing_pairs(totals)


def _differing_pairs(codes: Counter[Hashable]) -> int:
    """How many pairs of judgements differ."""
    return sum(codes[a] * codes[b] for a, b in combinations(codes, PAIR))
