"""Rules that say when reading might end, each with what it takes for granted.

None of them stops anybody; each says what it sees. How they would have done on reviews that were
read to the end stands in docs/benchmarks.md.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from math import ceil

from evidence import chances
from evidence.screening.stopping_tests import (
    Sample,
    cautious_p_value,
    check_size,
    needed_size,
    p_value,
    recall,
)

TOO_WIDE = 0.5  # an interval that spans the target and half of all recalls says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingProgress:
    """A review under way; what was known before screening is in no part of it but the sample.

    Attributes:
        reading: whether the works decided so far are relevant, in the order of decisions.
        total: all works, decided or not.
        sample: the random sample it has (`stopping.sample_of`).
        since_switch: works decided since another model makes the order; None without one.
    """

    reading: Sequence[bool]
    total: int
    sample: Sample
    since_switch: int | None = None

    @property
    def unread(self) -> int:
        """How many works are still open."""
        return self.total - len(self.reading)

    @property
    def run(self) -> int:
        """How many of the last works in a row were irrelevant."""
        return sum(1 for _ in takewhile(lambda relevant: not relevant, reversed(self.reading)))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppingSettings:
    """What a team asks of the rules.

    Attributes:
        target: the recall that is to be reached.
        confidence: how sure they want to be of it.
        in_a_row: irrelevant works in a row.
        least_share: of all works that must be read before SAFE may stop.
        key_papers_missing: how many papers that must be found were not found yet; None while
            nobody said.
    """

    target: float = 0.95
    confidence: float = 0.95
    in_a_row: int = 50
    least_share: float = 0.1
    key_papers_missing: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What a rule sees.

    Attributes:
        reached: reading might end, if what the rule assumes is true.
        sentence: what it sees with its figures, for people.
        p: of a rule that is a test.
        too_few: there are too few random works for the rule to say anything.
    """

    reached: bool
    sentence: str
    p: float | None = None
    too_few: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppingRule:
    """A rule, as data: what it is called, what it does, what must be true for it to be right."""

    code: str
    name: str
    does: str
    assumes: str
    source: str
    advise: Callable[[ReadingProgress, StoppingSettings], Advice]


def advise(
    progress: ReadingProgress, settings: StoppingSettings | None = None
) -> dict[str, Advice]:
    """What each rule says of a review, by the code of the rule."""
    settings = settings or StoppingSettings()
    return {rule.code: rule.advise(progress, settings) for rule in STOPPING_RULES}


def _noun(count: int) -> str:
    return "work" if count == 1 else "works"


def _works(count: int) -> str:
    return f"{count:,} {_noun(count)} {'was' if count == 1 else 'were'}"


def _random_test(progress: ReadingProgress, settings: StoppingSettings) -> Advice:
    sample = progress.sample
    p = p_value(sample, settings.target)
    reached = p < 1 - settings.confidence
    relevant = sample.all_relevant
    needed = needed_size(sample, settings.target, settings.confidence)
    best = needed_size(replace(sample, relevant=0), settings.target, settings.confidence)
    too_few = not reached and sample.size < best
    if not relevant:
        sentence = "Nothing relevant was found yet, so there is no recall to test."
    elif too_few:
        sentence = f"{_too_few_text(sample)} {_needs_text(sample, needed, 'this test to pass')}"
    else:
        sentence = (
            f"{_works(sample.size)} read at random, {sample.relevant:,} of them relevant. "
            f"{_chance_text('so few', p, settings)}"
        )
    more = check_size(relevant, progress.unread, settings.target, settings.confidence)
    if not reached and relevant and progress.unread:
        sentence += f" A random check of {more:,} unread works that finds none could settle it."
    return Advice(reached=reached, sentence=sentence, p=p, too_few=too_few)


def _chance_text(event: str, p: float, settings: StoppingSettings) -> str:
    """What a p-value says, in words: how often chance would bring this, and what follows."""
    rare = p < 1 - settings.confidence
    follows = (
        f"seldom enough to be {settings.confidence:.0%} sure that it is not"
        if rare
        else f"too often to be {settings.confidence:.0%} sure that it is not"
    )
    written = "p < 0.001" if p < chances.LEAST else f"p = {p:.3f}"
    return (
        f"If recall were below {settings.target:.0%}, {event} would come up "
        f"{chances.in_words(p)} ({written}): {follows}."
    )


def _too_few_text(sample: Sample) -> str:
    read = f"{_works(sample.size)} read at random" if sample.size else "None was read at random"
    return f"Too few to tell: {read[:1].lower()}{read[1:]}."


def _needs_text(sample: Sample, needed: int, wish: str) -> str:
    if needed >= sample.among:
        return f"There are too few works for {wish} before all are read."
    return (
        f"For {wish}, at least {needed:,} random {_noun(needed)} are needed, and more if there "
        "are further relevant ones among them."
    )


def _cautious_test(progress: ReadingProgress, settings: StoppingSettings) -> Advice:
    p = cautious_p_value(progress.reading, progress.total, settings.target)
    sentence = (
        f"Of {len(progress.reading):,} works read, {sum(progress.reading):,} are relevant. "
        f"{_chance_text('so few in the last part read', p, settings)}"
    )
    return Advice(reached=p < 1 - settings.confidence, sentence=sentence, p=p)


def _interval(progress: ReadingProgress, settings: StoppingSettings) -> Advice:
    sample = progress.sample
    seen = recall(sample, settings.confidence)
    reached = seen.low >= settings.target
    if seen.low < settings.target <= seen.high and seen.high - seen.low > TOO_WIDE:
        # Each end of the interval has half of the error.
        needed = needed_size(sample, settings.target, (1 + settings.confidence) / 2)
        wish = f"its lower end to reach {settings.target:.0%}"
        sentence = (
            f"{_too_few_text(sample)} The interval would say nothing. "
            f"{_needs_text(sample, needed, wish)}"
        )
        return Advice(reached=reached, sentence=sentence, too_few=True)
    estimate = "" if seen.estimate is None else f"about {seen.estimate:.0%}, "
    sentence = (
        f"By {sample.size:,} random {_noun(sample.size)}, recall is {estimate}"
        f"between {seen.low:.1%} and {seen.high:.1%} ({settings.confidence:.0%} interval)."
    )
    return Advice(reached=reached, sentence=sentence)


def _in_a_row(progress: ReadingProgress, settings: StoppingSettings) -> Advice:
    sentence = f"{progress.run:,} irrelevant works in a row; {settings.in_a_row:,} are wanted."
    return Advice(reached=progress.run >= settings.in_a_row, sentence=sentence)


def safe_begins(progress: ReadingProgress, settings: StoppingSettings) -> list[str]:
    """What is still open of the first two phases of SAFE: a random start, then the order.

    After the switch to another model, the irrelevant ones in a row belong to the third phase.
    """
    sample, read = progress.sample, len(progress.reading)
    share = sample.relevant / sample.size if sample.size else 0.0
    least, twice = ceil(settings.least_share * progress.total), ceil(2 * share * progress.total)
    missing, drawn = settings.key_papers_missing, ceil(progress.total / 100)
    checks = {
        "nobody said whether all key papers are found": missing is None,
        f"{missing} of the key papers not found yet": bool(missing),
        f"at least 1% ({drawn:,}) must be read at random, and {_works(sample.size)}": (
            sample.size < drawn
        ),
        "no relevant one came up at random, so how many there are is unknown": (
            not sample.relevant
        ),
        f"{read:,} of at least {least:,} works are read": read < least,
        f"{read:,} are read, and twice the relevant ones expected are {twice:,}": read < twice,
        f"{progress.run:,} are irrelevant in a row, {settings.in_a_row:,} are wanted": (
            progress.since_switch is None and progress.run < settings.in_a_row
        ),
    }
    return [check for check, missing in checks.items() if missing]


def _safe(progress: ReadingProgress, settings: StoppingSettings) -> Advice:
    enough = f"{settings.in_a_row:,} irrelevant ones in a row"
    still_open = safe_begins(progress, settings)
    if still_open:
        sentence = f"Phases 1 and 2, still open: {'; '.join(still_open)}."
        return Advice(reached=False, sentence=sentence)
    if progress.since_switch is None:
        sentence = (
            "Phases 1 and 2 are done. Phase 3: let the other model make the order, and read on "
            f"until there are {enough}."
        )
        return Advice(reached=False, sentence=sentence)
    run = min(progress.run, progress.since_switch)
    if run < settings.in_a_row:
        sentence = f"Phases 1 and 2 are done. Phase 3: {run:,} of {enough} by the other model."
        return Advice(reached=False, sentence=sentence)
    sentence = (
        "Phases 1 to 3 are done. Phase 4 is for people: somebody else looks again at excluded "
        "works, likely relevant ones first."
    )
    return Advice(reached=True, sentence=sentence)


_CALLAGHAN = "Callaghan and Müller-Hansen 2020, doi:10.1186/s13643-020-01521-4"

STOPPING_RULES: tuple[StoppingRule, ...] = (
    StoppingRule(
        code="random-test",
        name="Random check",
        does=(
            "Tests on randomly chosen works whether recall can still be below the target. It is "
            "strongest when reading is switched to random once the order brings nothing new."
        ),
        assumes=(
            "The works were chosen by chance, all of them were decided, and the decisions are "
            "right. The test is made once, or is expected to pass a little too often."
        ),
        source=_CALLAGHAN,
        advise=_random_test,
    ),
    StoppingRule(
        code="cautious-test",
        name="Cautious test on the order",
        does=(
            "Makes the test of the random check with the last part of the ordered reading, as if "
            "that were random. With few relevant works it passes late."
        ),
        assumes=(
            "The order is better than chance to the end: what is unread is no richer than what was "
            "read last. A group of relevant works unlike all others breaks this."
        ),
        source=_CALLAGHAN,
        advise=_cautious_test,
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
        advise=_interval,
    ),
    StoppingRule(
        code="in-a-row",
        name="Irrelevant in a row",
        does="Counts the irrelevant works since the last relevant one.",
        assumes=(
            "Relevant works come close together, so that a gap means the end. Nothing assures "
            "this: it gives no figure of what was missed, and on hard reviews stops far too early."
        ),
        source="Custom of the field; no guarantee is known",
        advise=_in_a_row,
    ),
    StoppingRule(
        code="safe",
        name="SAFE",
        does=(
            "Four phases. 1: at least 1% is read at random, a relevant one among them. 2: likely "
            "ones are read first, until all key papers are found, a least share is read, twice as "
            "many are read as there are relevant ones by the random works, and there are enough "
            "irrelevant ones in a row. 3: the same with another model's order, until there are as "
            "many in a row. 4: somebody else looks again at what was excluded."
        ),
        assumes=(
            "The conditions together make up for what each lacks. Its authors warn against taking "
            "its numbers as fixed. It gives no figure of what was missed, and its last phase is "
            "for people."
        ),
        source="Boetje and van de Schoot 2024, doi:10.1186/s13643-024-02502-7",
        advise=_safe,
    ),
)
"""What a page can print, in the order in which to look at them."""
