"""How far people agree who decided on, or coded, the same things.

Every figure is None where its formula has no value (kappa where all answers are the same): a
made-up 1 would call agreement perfect that nobody has tested. Where nearly all answers are alike,
kappa can be near 0 although people hardly ever differ, so percent, kappa and PABAK stand side by
side (Byrt et al. 1993, doi:10.1016/0895-4356(93)90018-V).

Figures over more than two people take how often things got the same codes, so that their time
depends on how many different answers there are, and not on how many things: `{("yes", "no"): 3}`
are three things that one person called yes and another no. Who left a thing out is left out there.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, product
from math import fsum, sqrt
from statistics import NormalDist
from typing import TypeVar

from evidence.errors import Invalid

Thing = TypeVar("Thing", bound=Hashable)
Code = TypeVar("Code", bound=Hashable)

Table = Sequence[Sequence[float]]
"""A number for each pair of codes: rows are the first person's, columns the second's."""

Judged = Mapping[tuple[Hashable, ...], int]
"""How many things got these codes, one code of each person who judged them."""

PAIR = 2  # what it takes to compare: two people, two codes
SMALLEST = 1e-12  # less than this is 0 but for rounding


class Scale(StrEnum):
    """What the distance between two answers is."""

    NOMINAL = "nominal"  # the same, or not
    ORDINAL = "ordinal"  # ranks, as integers or numbers that grow
    INTERVAL = "interval"  # numbers


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
        ac1: Gwet's; see `gwet`.
        specific: for each of `codes`, the agreement on it; see `specific_agreement`.
        table: how often which code met which, in the order of `codes`.
    """

    both: int
    agreed: int
    percent: float | None
    low: float | None
    high: float | None
    kappa: Kappa | None
    pabak: float | None
    ac1: float | None
    specific: tuple[float | None, ...]
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
    judged: Judged = Counter((first[thing], second[thing]) for thing in first if thing in second)
    return agreement_of(judged, codes)


def agreement_of(judged: Judged, codes: Sequence[Hashable] = ()) -> PairAgreement:
    """Agreement of two people, from how often which code of the first met which of the second."""
    further = sorted({code for pair in judged for code in pair} - set(codes), key=str)
    all_codes = (*codes, *further)
    table = tuple(tuple(judged.get((row, column), 0) for column in all_codes) for row in all_codes)
    both, agreed = sum(judged.values()), sum(judged.get((code, code), 0) for code in all_codes)
    low, high = wilson(agreed, both) if both else (None, None)
    return PairAgreement(
        both=both,
        agreed=agreed,
        percent=agreed / both if both else None,
        low=low,
        high=high,
        kappa=cohen(table),
        pabak=beyond_even(agreed / both, len(all_codes)) if both else None,
        ac1=gwet(judged, len(all_codes)),
        specific=specific_agreement(table),
        codes=all_codes,
        table=table,
    )


def specific_agreement(table: Table) -> tuple[float | None, ...]:
    """For each code, how often the other person gave it, too, where one of them did.

    Of a code that is ticked or not, that of the tick is called positive, the other negative
    agreement (Cicchetti and Feinstein 1990, doi:10.1016/0895-4356(90)90159-M). None for a code that
    nobody gave.
    """
    given_by_each = (
        (row[at], sum(row) + sum(other[at] for other in table)) for at, row in enumerate(table)
    )
    return tuple(2 * both / uses if uses else None for both, uses in given_by_each)


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


def weighted_kappa(table: Table, disagreement: Table | None = None) -> float | None:
    """Cohen's weighted kappa, in which some disagreements weigh more than others.

    Cohen 1968, doi:10.1037/h0026256.

    Args:
        table: how often which code of the first person met which of the second, in their order.
        disagreement: how far two codes lie apart; without it, by how many places in their order
            (linear weights, Cicchetti and Allison 1971, doi:10.1080/00029238.1971.11080840).

    Returns:
        None for an empty table, or where chance leaves nothing to disagree on.

    Raises:
        Invalid: tables that are not square, or not of one size.
    """
    size = range(len(table))
    apart = disagreement or [[abs(i - j) for j in size] for i in size]
    if any(len(row) != len(table) for row in (*table, *apart)) or len(apart) != len(table):
        raise Invalid("Kappa needs a square table.")
    n = sum(map(sum, table))
    if not n:
        return None
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]
    observed = fsum(apart[i][j] * table[i][j] for i, j in product(size, repeat=2)) / n
    expected = fsum(apart[i][j] * rows[i] * columns[j] for i, j in product(size, repeat=2)) / n**2
    return None if expected < SMALLEST else 1 - observed / expected


def krippendorff(judged: Judged, scale: Scale = Scale.NOMINAL) -> float | None:
    """Krippendorff's alpha, for any number of people who need not all judge everything.

    Computed from coincidences (Krippendorff 2011, repository.upenn.edu/asc_papers/43). The distance
    of two ranks depends on how many judgements lie between them; written as places in the row of
    all judgements it is a difference, so that ranks are compared as numbers.

    Args:
        judged: how many things got which codes; on a scale other than nominal these are numbers.
        scale: what is near to what.

    Returns:
        None where nothing was judged twice, or where all that was judged twice got one and the
        same code: then nobody could have differed, and nothing was tested.
    """
    twice = {codes: times for codes, times in judged.items() if len(codes) >= PAIR and times}
    totals = _weighed(twice)
    if len(totals) < PAIR:
        return None
    place = _places(totals, scale)
    observed = fsum(
        times * _distances(Counter(codes), place) / (len(codes) - 1)
        for codes, times in twice.items()
    )
    return 1 - (totals.total() - 1) * observed / _distances(totals, place)


def gwet(judged: Judged, codes: int) -> float | None:
    """Gwet's AC1, for any number of people who need not all judge everything.

    Chance here is how often people would agree had they guessed only on what is hard to judge, so
    that the figure does not fall where nearly all answers are alike (Gwet 2008,
    doi:10.1348/000711006X126600).

    Args:
        judged: how many things got which codes.
        codes: how many could have been given; what was given and is not among them must be added.

    Returns:
        None where nothing was judged twice, or with fewer than two codes.
    """
    observed = observed_agreement(judged)
    once = {each: times for each, times in judged.items() if each and times}
    if observed is None or codes < PAIR:
        return None
    shares: dict[Hashable, float] = {}
    for each, times in once.items():
        for code, uses in Counter(each).items():
            shares[code] = shares.get(code, 0) + times * uses / len(each)
    things = sum(once.values())
    chance = fsum(share / things * (1 - share / things) for share in shares.values()) / (codes - 1)
    return (observed - chance) / (1 - chance)


def observed_agreement(judged: Judged) -> float | None:
    """The share of pairs of people who gave a thing the same code, on the mean of all things.

    None where nothing was judged twice.
    """
    twice = {codes: times for codes, times in judged.items() if len(codes) >= PAIR and times}
    if not twice:
        return None
    return fsum(times * _agreeing(codes) for codes, times in twice.items()) / sum(twice.values())


def _agreeing(codes: tuple[Hashable, ...]) -> float:
    """The share of pairs of people who gave a thing the same code."""
    same = sum(uses * (uses - 1) for uses in Counter(codes).values())
    return same / (len(codes) * (len(codes) - 1))


def _weighed(judged: Judged) -> Counter[Hashable]:
    """How often each code was given."""
    uses: Counter[Hashable] = Counter()
    for codes, times in judged.items():
        for code in codes:
            uses[code] += times
    return uses


def _places(totals: Counter[Hashable], scale: Scale) -> Mapping[Hashable, float] | None:
    """The number that stands for each code; None where codes are the same or not."""
    if scale is Scale.NOMINAL:
        return None
    numbers = {code: _number(code) for code in totals}
    if scale is Scale.INTERVAL:
        return numbers
    ranked = sorted(numbers, key=numbers.__getitem__)
    up_to = accumulate(totals[code] for code in ranked)
    return {code: end - totals[code] / 2 for code, end in zip(ranked, up_to, strict=True)}


def _number(code: Hashable) -> float:
    if isinstance(code, int | float):
        return float(code)
    raise Invalid(f"“{code}” is no number; only numbers lie nearer to each other or further apart.")


def _distances(codes: Counter[Hashable], place: Mapping[Hashable, float] | None) -> float:
    """The squared distances of all pairs of judgements, summed.

    The sum over pairs of (a - b)² is the number of judgements times their squared distances from
    their mean, which takes one step for each code instead of one for each pair of codes.
    """
    size = codes.total()
    if place is None:
        return (size * size - sum(uses * uses for uses in codes.values())) / 2
    mean = fsum(uses * place[code] for code, uses in codes.items()) / size
    return size * fsum(uses * (place[code] - mean) ** 2 for code, uses in codes.items())
