"""Rules that say when reading might end, each with what it takes for granted.

None of them stops anybody; each says what it sees. How they would have done on reviews that were
read to the end stands in docs/benchmarks.md.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from math import ceil

from evidence.screening.stopping import Sample, cautious_p_value, check_size, p_value, recall


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A review under way; what was known before screening is in no part of it but the sample.

    Attributes:
        reading: whether the records decided so far are relevant, in the order of decisions.
        total: all records, decided or not.
        sample: the random sample it has (`stopping.sample_of`).
        key_papers_missing: of the papers that must be found, how many were not found yet.
    """

    reading: Sequence[bool]
    total: int
    sample: Sample
    key_papers_missing: int = 0

    @property
    def unread(self) -> int:
        """How many records are still open."""
        return self.total - len(self.reading)

    @property
    def run(self) -> int:
        """How many of the last records in a row were irrelevant."""
        return sum(1 for _ in takewhile(lambda relevant: not relevant, reversed(self.reading)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a team wants of the rules.

    Attributes:
        target: the recall that is wanted.
        confidence: how sure they want to be of it.
        in_a_row: irrelevant records in a row.
        least_share: of all records that must be read before SAFE may stop.
    """

    target: float = 0.95
    confidence: float = 0.95
    in_a_row: int = 50
    least_share: float = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What a rule sees.

    Attributes:
        reached: reading might end, if what the rule assumes is true.
        says: the same with its figures, for people.
        p: of a rule that is a test.
    """

    reached: bool
    says: str
    p: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppingRule:
    """A rule, as data: what it is called, what it does, what must be true for it to be right."""

    code: str
    name: str
    does: str
    assumes: str
    source: str
    judge: Callable[[Progress, Settings], Advice]


def advise(progress: Progress, settings: Settings | None = None) -> dict[str, Advice]:
    """What each rule says of a review, by the code of the rule."""
    wanted = settings or Settings()
    return {rule.code: rule.judge(progress, wanted) for rule in STOPPING_RULES}


def _noun(count: int) -> str:
    return "record" if count == 1 else "records"


def _records(count: int) -> str:
    return f"{count:,} {_noun(count)} {'was' if count == 1 else 'were'}"


def _random_test(progress: Progress, settings: Settings) -> Advice:
    p = p_value(progress.sample, settings.target)
    reached = p < 1 - settings.confidence
    found = progress.sample.before + progress.sample.found
    goal = f"recall is below {settings.target:.0%}"
    if not progress.sample.size:
        says = f"No records were read at random, so nothing speaks against it that {goal}."
    else:
        says = (
            f"{_records(progress.sample.size)} read at random, "
            f"{progress.sample.relevant:,} of them relevant. "
            f"If {goal}, so few would come up with a chance of p = {p:.3f}."
        )
    more = check_size(found, progress.unread, settings.target, settings.confidence)
    if not reached and found and progress.unread:
        says += f" A random check of {more:,} unread records that finds none could settle it."
    return Advice(reached=reached, says=says, p=p)


def _cautious_test(progress: Progress, settings: Settings) -> Advice:
    p = cautious_p_value(progress.reading, progress.total, settings.target)
    says = (
        f"Of {len(progress.reading):,} records read, {sum(progress.reading):,} are relevant. "
        f"If recall is below {settings.target:.0%}, so few in the last part read would come up "
        f"with a chance of p = {p:.3f}."
    )
    return Advice(reached=p < 1 - settings.confidence, says=says, p=p)


def _interval(progress: Progress, settings: Settings) -> Advice:
    seen = recall(progress.sample, settings.confidence)
    estimate = "" if seen.estimate is None else f"about {seen.estimate:.0%}, "
    says = (
        f"By {progress.sample.size:,} random {_noun(progress.sample.size)}, recall is {estimate}"
        f"between {seen.low:.1%} and {seen.high:.1%} ({settings.confidence:.0%} interval)."
    )
    return Advice(reached=seen.low >= settings.target, says=says)


def _in_a_row(progress: Progress, settings: Settings) -> Advice:
    says = f"{progress.run:,} irrelevant records in a row; {settings.in_a_row:,} are wanted."
    return Advice(reached=progress.run >= settings.in_a_row, says=says)


def _safe(progress: Progress, settings: Settings) -> Advice:
    share = progress.sample.relevant / progress.sample.size if progress.sample.size else 0.0
    least = ceil(settings.least_share * progress.total)
    twice = ceil(2 * share * progress.total)
    read = len(progress.reading)
    checks = {
        f"{progress.key_papers_missing} key papers are not found yet": (
            progress.key_papers_missing > 0
        ),
        f"at least 1% must be read at random, and {progress.sample.size:,} records were": (
            progress.sample.size * 100 < progress.total
        ),
        f"{read:,} of at least {least:,} records are read": read < least,
        f"{read:,} are read, and twice the relevant ones expected are {twice:,}": read < twice,
        f"{progress.run:,} are irrelevant in a row, {settings.in_a_row:,} are wanted": (
            progress.run < settings.in_a_row
        ),
    }
    open_checks = [check for check, missing in checks.items() if missing]
    says = f"Still open: {'; '.join(open_checks)}." if open_checks else "All four conditions hold."
    return Advice(reached=not open_checks, says=says)


_CALLAGHAN = "Callaghan and Müller-Hansen 2020, doi:10.1186/s13643-020-01521-4"

STOPPING_RULES: tuple[StoppingRule, ...] = (
    StoppingRule(
        code="random-test",
        name="Random check",
        does=(
            "Tests on randomly chosen records whether recall can still be below the target. It is "
            "strongest when reading is switched to random once the order brings nothing new."
        ),
        assumes=(
            "The records were chosen by chance, all of them were decided, and the decisions are "
            "right. The test is made once, or is expected to pass a little too often."
        ),
        source=_CALLAGHAN,
        judge=_random_test,
    ),
    StoppingRule(
        code="cautious-test",
        name="Cautious test on the order",
        does=(
            "The same test, taking the last part of the ordered reading for a random one. With few "
            "relevant records it passes late."
        ),
        assumes=(
            "The order is better than chance to the end: what is unread is no richer than what was "
            "read last. A group of relevant records unlike all others breaks this."
        ),
        source=_CALLAGHAN,
        judge=_cautious_test,
    ),
    StoppingRule(
        code="interval",
        name="Interval of recall",
        does=(
            "Says between which bounds recall lies by the random share of the reading; it is "
            "reached when the lower bound is at the target."
        ),
        assumes=(
            "A share of the reading was random from the beginning. The interval is wide while the "
            "sample is small; it seldom reaches the target before nearly all is read."
        ),
        source="Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404",
        judge=_interval,
    ),
    StoppingRule(
        code="in-a-row",
        name="Irrelevant in a row",
        does="Counts the irrelevant records since the last relevant one.",
        assumes=(
            "Relevant records come close together, so that a gap means the end. Nothing assures "
            "this: it gives no figure of what was missed, and on hard reviews stops far too early."
        ),
        source="Custom of the field; no guarantee is known",
        judge=_in_a_row,
    ),
    StoppingRule(
        code="safe",
        name="SAFE",
        does=(
            "Asks for all of these: key papers found, 1% read at random first, a least share read, "
            "twice as many read as there are relevant ones by the random sample, and irrelevant "
            "ones in a row. Its authors then read on with a different model, and check what was "
            "excluded."
        ),
        assumes=(
            "The conditions together make up for what each lacks. It gives no figure of what was "
            "missed, and its last two phases are for people to do."
        ),
        source="Boetje and van de Schoot 2024, doi:10.1186/s13643-024-02502-7",
        judge=_safe,
    ),
)
"""What a page can print, in the order in which to look at them."""
