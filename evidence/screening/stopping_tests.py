"""How much of what is relevant was found: tests and intervals that rest on random works.

Nothing here stops anybody. What a test can say depends on works that chance chose: of those, and
of those alone, it is known how they stand for the rest.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import NDArray

from evidence.errors import Invalid
from evidence.screening.priority import shuffled

Logs = NDArray[np.float64]
ROUNDING = 1e-9  # 57 / 0.95 is a little less than 60 in binary


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Works that chance chose, all of which were decided.

    Attributes:
        size: how many they are.
        relevant: how many of them are relevant.
        among: works that they were drawn from: all but those decided before sampling began.
        relevant_among: how many of `among` are known to be relevant by now, in the sample or not.
        read: how many of `among` were decided by now.
        before: relevant works that were found before sampling began.
    """

    size: int
    relevant: int
    among: int
    relevant_among: int
    read: int
    before: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.relevant <= min(self.size, self.relevant_among) or not (
            max(self.size, self.relevant_among) <= self.read <= self.among
        ):
            raise Invalid("A sample cannot hold more than what it was drawn from.")

    @property
    def all_relevant(self) -> int:
        """Relevant works that are known by now, from before sampling began or since."""
        return self.before + self.relevant_among


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """The share of all relevant works that was found, as a random sample tells it.

    Attributes:
        estimate: the likeliest; None while the sample holds nothing relevant, or is empty.
        low: lower end of the interval.
        high: its upper end.
        most: so many relevant works there are at most, at the same confidence.
    """

    estimate: float | None
    low: float
    high: float
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StillUnread:
    """How many relevant works are probably among those that are not read yet.

    Attributes:
        likeliest: the best guess; None while no random work was relevant, or none was read.
        fewer_than: so many there are not, at the confidence that was asked for.
    """

    likeliest: int | None
    fewer_than: int


def sample_of(
    keys: Iterable[int], decided: Mapping[int, bool], *, seed: int, before: Collection[int] = ()
) -> Sample:
    """The random sample that a review has by now, if a share of it was read at random.

    Works are drawn by `rank` in the order of `shuffled`. All works at the head of that order,
    up to the first that is still open, are decided, whether it was chance or promise that brought
    them. Which works these are does not depend on what they say, so they are a random sample.

    Args:
        keys: all works.
        decided: whether they are relevant, as far as this was decided.
        seed: the one that `rank` was given.
        before: works that were decided before sampling began, such as known studies; for a
            random check at the end, all that were decided until then.
    """
    gone = set(before)
    drawn_from = [key for key in keys if key not in gone]
    size = relevant = 0
    for key in shuffled(drawn_from, seed):
        if key not in decided:
            break
        size += 1
        relevant += decided[key]
    read = [key for key in drawn_from if key in decided]
    return Sample(
        size=size,
        relevant=relevant,
        among=len(drawn_from),
        relevant_among=sum(decided[key] for key in read),
        read=len(read),
        before=sum(decided.get(key, False) for key in gone),
    )


def p_value(sample: Sample, target: float) -> float:
    """How likely so few relevant works in the sample are if recall were below the target.

    The hypergeometric test of Callaghan and Müller-Hansen 2020, doi:10.1186/s13643-020-01521-4.
    A small value speaks against having missed more than the target allows. Without anything found
    there is no recall to speak of, and the value is 1; when all is read it is 0.

    Args:
        sample: the more was found before it began, the more it can say.
        target: the recall that is wanted, such as 0.95.
    """
    relevant = sample.all_relevant
    if not relevant or sample.read == sample.among:
        return float(sample.read < sample.among)
    marked = _too_many(relevant, target) - sample.before
    if marked > sample.relevant_among + sample.among - sample.read:
        return 0.0
    return _at_most(sample.relevant, sample.among, marked, sample.size, _logs(sample.among))


def cautious_p_value(reading: Sequence[bool], total: int, target: float) -> float:
    """The test of `p_value` on a ranked list, as if its last part had been read at random.

    Of all last parts, the one that speaks most clearly counts (the authors' heuristic). A ranked
    list holds more relevant works in its last part than chance would have brought, so the
    value errs to the safe side, as long as the order is better than chance. Looking at many parts
    errs to the other side.

    Args:
        reading: whether the works read were relevant, in the order read.
        total: of all works, read or not.
        target: the recall that is wanted.
    """
    relevant, read = sum(reading), len(reading)
    if not relevant or read >= total:
        return float(read < total)
    marked, logs = _too_many(relevant, target), _logs(total)
    smallest = 1.0
    # Of the parts with the same relevant works the longest speaks most clearly: it begins after
    # a relevant work, or with the first.
    begins = [0, *(at for at, relevant in enumerate(reading, 1) if relevant)]
    for before, begin in enumerate(begins):
        if marked - before > total - read + relevant - before:
            return 0.0
        drawn = read - begin
        if drawn:
            p = _at_most(relevant - before, total - begin, marked - before, drawn, logs)
            smallest = min(smallest, p)
    return smallest


def recall(sample: Sample, confidence: float = 0.95) -> Recall:
    """An exact interval of recall, by turning the hypergeometric test around.

    It holds every recall that the sample does not contradict, at half the error on either side
    (as Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404, do for a share).

    Args:
        sample: the larger, the narrower.
        confidence: of the interval, between 0 and 1.
    """
    error, logs = (1 - confidence) / 2, _logs(sample.among)
    least, most = sample.relevant_among, sample.relevant_among + sample.among - sample.read

    def enough(marked: int) -> bool:
        """Whether so many in all can have brought as many as the sample holds."""
        fewer = _at_most(sample.relevant - 1, sample.among, marked, sample.size, logs)
        return 1 - fewer > error

    def too_many(marked: int) -> bool:
        """Whether with so many in all the sample would hold more."""
        return _at_most(sample.relevant, sample.among, marked, sample.size, logs) <= error

    low = least + _first(range(least, most), enough)
    high = least + _first(range(least + 1, most + 1), too_many)
    relevant = sample.all_relevant

    def share(marked: float) -> float:
        return relevant / (sample.before + marked) if sample.before + marked else 1.0

    likely = sample.relevant * sample.among / sample.size if sample.size else 0
    return Recall(
        estimate=share(min(max(likely, least), most)) if sample.relevant else None,
        low=share(high),
        high=share(low),
        most=sample.before + high,
    )


def still_unread(sample: Sample, confidence: float = 0.95) -> StillUnread:
    """How many relevant works are left among the unread ones, as a random sample tells it.

    The bound is one-sided and exact: with `fewer_than` or more relevant works left, a sample with
    so few relevant ones would come up with a probability of at most 1 − confidence. It turns the
    hypergeometric test of `p_value` around.

    Args:
        sample: with nothing in it, the bound is one more than all that is unread.
        confidence: of the bound, between one half and 1.
    """
    unread = sample.among - sample.read
    logs = _logs(sample.among)

    def too_many(left: int) -> bool:
        """Whether with so many left the sample would hold more relevant works."""
        marked = sample.relevant_among + left
        fewest = _at_most(sample.relevant, sample.among, marked, sample.size, logs)
        return fewest <= 1 - confidence

    likeliest = None
    if sample.relevant:
        in_all = sample.relevant * sample.among / sample.size
        likeliest = min(max(round(in_all) - sample.relevant_among, 0), unread)
    bound = _first(range(unread + 1), too_many)
    return StillUnread(likeliest=likeliest, fewer_than=bound)


def check_size(relevant: int, unread: int, target: float, confidence: float = 0.95) -> int:
    """How many unread works to read at random, so that the test passes if none is relevant.

    Args:
        relevant: relevant works so far.
        unread: works that are still open; all of them is the most there can be to read.
        target: the recall that is wanted.
        confidence: 1 less the p-value that the test must reach.
    """
    missing = _too_many(relevant, target) - relevant
    if not relevant or missing > unread:
        return unread if not relevant else 0
    logs = _logs(unread)

    def passes(drawn: int) -> bool:
        return _at_most(0, unread, missing, drawn, logs) <= 1 - confidence

    return _first(range(unread), passes)


def needed_size(sample: Sample, target: float, confidence: float = 0.95) -> int:
    """The smallest sample with which the test could pass, if no more relevant ones come up in it.

    Args:
        sample: what was drawn so far; the relevant ones in it count.
        target: the recall that is wanted.
        confidence: 1 less the level below which the p-value must fall.

    Returns:
        A size of the whole sample, not of what is still to be drawn. All of `among` where only
        reading everything could settle it, as while nothing relevant was found.
    """
    relevant = sample.all_relevant
    marked = _too_many(relevant, target) - sample.before
    if not relevant:
        return sample.among
    if marked > sample.relevant_among + sample.among - sample.read:
        return sample.size
    logs = _logs(sample.among)

    def passes(drawn: int) -> bool:
        return _at_most(sample.relevant, sample.among, marked, drawn, logs) < 1 - confidence

    sizes = range(sample.size, sample.among)
    return sample.size + _first(sizes, passes)


def _first(numbers: range, fits: Callable[[int], bool]) -> int:
    """How many numbers come before the first that fits, if all after it fit, too."""
    return bisect_left(numbers, 1, key=fits)


def _too_many(relevant: int, target: float) -> int:
    """The fewest relevant works, found or not, that would put recall below the target."""
    if not 0 < target <= 1:
        raise Invalid("The recall that is wanted lies above 0 and is at most 1.")
    return floor(relevant / target + ROUNDING) + 1


def _logs(size: int) -> Logs:
    """The logarithms of 0!, 1!, … size!"""
    return np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, size + 1)))])


def _at_most(most: int, among: int, marked: int, drawn: int, logs: Logs) -> float:
    """How likely at most so many of the marked are drawn (hypergeometric distribution)."""
    hits = np.arange(max(0, drawn - (among - marked)), min(most, marked, drawn) + 1)
    plain = among - marked
    ways = (
        (logs[marked] - logs[hits] - logs[marked - hits])
        + (logs[plain] - logs[drawn - hits] - logs[plain - drawn + hits])
        - (logs[among] - logs[drawn] - logs[among - drawn])
    )
    return min(1.0, float(np.exp(ways).sum()))
