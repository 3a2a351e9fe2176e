"""How far people agree who decided on, or coded, the same things.

Every figure is None where its formula has no value (kappa where all answers are the same): a
made-up 1 would call agreement perfect that nobody has tested. Where nearly all answers are alike,
kappa can be near 0 although people hardly ever differ, so percent, kappa and PABAK stand side by
side (Byrt et al. 1993, doi:10.1016/0895-4356(93)90018-V).
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, combinations, product
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
        observed: the share on which they agree; with weights, near misses count in part.
        expected: the same if each had answered at random with the habits they have.
        kappa: None where `expected` is 1, because then nothing was left to agree on.
        low: lower end of the 95 % interval; None where the large-sample formula gives no width,
            which happens when people always agree, and would promise more than a sample can.
        high: its upper end.
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
        second: the second person's.
        codes: all that could have been said; those that nobody used matter for PABAK. Codes that
            are used but missing here are added.
    """
    judged = [(first[thing], second[thing]) for thing in first if thing in second]
    used = sorted({code for pair in judged for code in pair} - set(codes), key=str)
    known = (*codes, *used)
    met = Counter(judged)
    table = tuple(tuple(met[row, column] for column in known) for row in known)
    both, agreed = len(judged), sum(met[code, code] for code in known)
    low, high = wilson(agreed, both) if both else (None, None)
    return PairAgreement(
        both=both,
        agreed=agreed,
        percent=agreed / both if both else None,
        low=low,
        high=high,
        kappa=cohen(table),
        pabak=beyond_even(agreed / both, len(known)) if both else None,
        codes=known,
        table=table,
    )


def disagreements(first: Mapping[Thing, Code], second: Mapping[Thing, Code]) -> list[Thing]:
    """The things that both judged, but differently, in the first person's order."""
    return [thing for thing in first if thing in second and first[thing] != second[thing]]


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


def steps(codes: int, power: int = 1) -> Table:
    """Disagreement for `cohen` that grows with the steps between ordered codes, or their square."""
    return [[abs(row - column) ** power for column in range(codes)] for row in range(codes)]


def cohen(table: Table, disagreement: Table | None = None) -> Kappa | None:
    """Cohen's kappa from a square table of counts; None for an empty table.

    Weighted kappa is Cohen 1968 (doi:10.1037/h0026256); the standard error, which serves both, is
    Fleiss, Cohen and Everitt 1969 (doi:10.1037/h0028106).

    Args:
        table: how often which code of the first person met which of the second.
        disagreement: how bad each meeting is, 0 for none; without it all differences count alike.

    Raises:
        Invalid: a table that is not square, or a disagreement that does not fit it.
    """
    size = len(table)
    bad = disagreement or [[float(row != column) for column in range(size)] for row in range(size)]
    if any(len(row) != size for row in (*table, *bad)) or len(bad) != size:
        raise Invalid("Kappa needs a square table, and weights of the same size.")
    n = sum(map(sum, table))
    if not n:
        return None
    return _kappa([[count / n for count in row] for row in table], bad, n)


def _kappa(share: Table, bad: Table, n: float) -> Kappa:
    worst = max(map(max, bad)) or 1.0
    good = [[1 - cell / worst for cell in row] for row in bad]
    rows = [sum(row) for row in share]
    columns = [sum(column) for column in zip(*share, strict=True)]
    cells = list(product(range(len(share)), repeat=2))
    observed = sum(good[i][j] * share[i][j] for i, j in cells)
    expected = sum(good[i][j] * rows[i] * columns[j] for i, j in cells)
    room = 1 - expected
    if room < SMALLEST:
        return Kappa(observed=observed, expected=expected)
    kappa = (observed - expected) / room
    row_means = [_dot(columns, row) for row in good]
    column_means = [_dot(rows, column) for column in zip(*good, strict=True)]
    spread = sum(
        share[i][j] * (good[i][j] - (row_means[i] + column_means[j]) * (1 - kappa)) ** 2
        for i, j in cells
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


def _dot(left: Iterable[float], right: Iterable[float]) -> float:
    return sum(one * other for one, other in zip(left, right, strict=True))


def mean_agreement(counts: Table) -> float | None:
    """The share of all pairs of judgements on one thing that agree, averaged over the things.

    Args:
        counts: a row per thing, a column per code: how many people gave it.

    Raises:
        Invalid: things judged by different numbers of people; Krippendorff's alpha allows those.
    """
    raters = {sum(row) for row in counts}
    if len(raters) > 1:
        raise Invalid("Fleiss' kappa needs the same number of judgements on each thing.")
    n = raters.pop() if raters else 0
    if n < PAIR:
        return None
    return sum(_dot(row, row) - n for row in counts) / (len(counts) * n * (n - 1))


def fleiss(counts: Table) -> float | None:
    """Fleiss' kappa (1971, doi:10.1037/h0031619) of the same number of judgements on each thing.

    Its fellow with equally likely codes (Randolph 2005) is `beyond_even(mean_agreement(counts),
    number of codes)`. None where all judgements are the same, or there is nothing to compare.
    """
    observed = mean_agreement(counts)
    if observed is None:
        return None
    total = sum(map(sum, counts))
    expected = sum((sum(column) / total) ** 2 for column in zip(*counts, strict=True))
    room = 1 - expected
    return (observed - expected) / room if room > SMALLEST else None


class Scale(StrEnum):
    """What the distance between two codes means to Krippendorff's alpha."""

    NOMINAL = "nominal"  # they are the same or not
    ORDINAL = "ordinal"  # they have an order
    INTERVAL = "interval"  # numbers whose differences mean something
    RATIO = "ratio"  # numbers from 0 upwards whose proportions mean something


def krippendorff(
    judgements: Iterable[Sequence[Hashable]],
    scale: Scale = Scale.NOMINAL,
    order: Sequence[Hashable] = (),
) -> float | None:
    """Krippendorff's alpha, for any number of people who need not all have judged everything.

    Computed from coincidences (Krippendorff 2011, repository.upenn.edu/asc_papers/43). None where
    nothing was judged twice, or where all that was judged twice got one and the same code.

    Args:
        judgements: for each thing all codes it got, whoever gave them; missing ones left out.
        scale: numbers are needed for INTERVAL and RATIO.
        order: of the codes, from least to most, for ORDINAL; needed unless they are numbers.

    Raises:
        Invalid: codes that the scale cannot place.
    """
    things = [Counter(codes) for codes in judgements if len(codes) >= PAIR]
    totals = sum(things, Counter())
    if len(totals) < PAIR:
        return None
    distance = _distance(scale, totals, order)

    def apart(codes: Counter[Hashable]) -> float:
        pairs = combinations(codes, PAIR)
        return sum(codes[a] * codes[b] * distance(a, b) for a, b in pairs)

    observed = sum(apart(thing) / (thing.total() - 1) for thing in things)
    return 1 - (totals.total() - 1) * observed / apart(totals)


def _distance(
    scale: Scale, totals: Counter[Hashable], order: Sequence[Hashable]
) -> Callable[[Hashable, Hashable], float]:
    """The squared distance of two codes."""
    if scale is Scale.NOMINAL:
        return lambda a, b: float(a != b)
    place = _ranks(totals, order) if scale is Scale.ORDINAL else _numbers(totals)
    if scale is not Scale.RATIO:
        return lambda a, b: (place[a] - place[b]) ** 2
    if min(place.values()) < 0:
        raise Invalid("The ratio scale begins at 0; use the interval scale for negative numbers.")
    return lambda a, b: ((place[a] - place[b]) / (place[a] + place[b])) ** 2


def _ranks(totals: Counter[Hashable], order: Sequence[Hashable]) -> dict[Hashable, float]:
    """The middle of the ranks that each code takes up, were all judgements put in order."""
    numbers = {} if order else _numbers(totals)
    known = [code for code in order or sorted(totals, key=numbers.__getitem__) if code in totals]
    if len(known) != len(totals):
        raise Invalid("The order of the codes leaves some of them out, or names one twice.")
    ends = accumulate(totals[code] for code in known)
    return {code: end - totals[code] / 2 for code, end in zip(known, ends, strict=True)}


def _numbers(totals: Counter[Hashable]) -> dict[Hashable, float]:
    numbers: dict[Hashable, float] = {c: float(c) for c in totals if isinstance(c, int | float)}
    if len(numbers) != len(totals):
        raise Invalid("Alpha needs numbers as codes here, or for the ordinal scale their order.")
    return numbers
