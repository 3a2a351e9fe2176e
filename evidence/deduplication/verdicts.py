"""Verdicts of the rules on pairs, decisions of people, and the result of a run."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evidence.deduplication.all_rules import RULES
from evidence.deduplication.rule_types import Band

CHAIN = "chain"
SENTENCES = {rule.code: rule.says for rule in RULES} | {
    CHAIN: "The two agree, but one of them also agrees with a record that is kept apart from the "
    "other."
}
# Of 1, how often a question with this reason was about one publication, where it was tried.
SHARES = {rule.code: rule.share for rule in RULES if rule.band is Band.POSSIBLE} | {CHAIN: 0.5}
HEADINGS = {Band.SAME: "Same", Band.POSSIBLE: "Possibly the same", Band.DIFFERENT: "Different"}

ReportProgress = Callable[[float, str], None]  # share done, what is being done


class PairAnswer(StrEnum):
    """A person's answer to the question whether two records are one publication."""

    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class PairDecision:
    """A person's decision about two records. It stands, whatever the rules say."""

    a: int
    b: int
    answer: PairAnswer


@dataclass(frozen=True, slots=True)
class FieldScores:
    """How alike each field is, from 0 to 1; None where one of the two does not say."""

    title: float | None
    authors: float | None
    year: float | None
    journal: float | None
    volume: float | None
    issue: float | None
    pages: float | None
    doi: float | None
    abstract: float | None


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """What the rules say of a pair of record ids.

    Attributes:
        reason: code of the rule, a key of SENTENCES.
        rules: version of the rules.
    """

    a: int
    b: int
    band: Band
    reason: str
    scores: FieldScores
    rules: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DedupeResult:
    """What came out of a run.

    Attributes:
        groups: record ids that are one publication, two or more each.
        verdicts: the pairs that are the same, and then those that a person should look at, the
            likeliest first. Of several possible pairs between the same two groups only the most
            alike is kept.
        considered: how many pairs were compared.
    """

    groups: tuple[tuple[int, ...], ...]
    verdicts: tuple[RuleVerdict, ...]
    considered: int

    def works(self, ids: Iterable[int]) -> tuple[tuple[int, ...], ...]:
        """The records of each publication, also of those that stand alone.

        Args:
            ids: all records; publications come in the order of their first record, and so do the
                records of each.
        """
        first = {member: min(group) for group in self.groups for member in group}
        members: dict[int, list[int]] = {}
        for each in ids:
            members.setdefault(first.get(each, each), []).append(each)
        return tuple(map(tuple, members.values()))

    def possible_works(
        self, works: Sequence[Sequence[int]]
    ) -> Iterator[tuple[int, int, RuleVerdict]]:
        """Places of works that may be one publication, with the pair of records that says so.

        Args:
            works: as `works` gives them.
        """
        place = {record: at for at, records in enumerate(works) for record in records}
        for verdict in self.verdicts:
            if verdict.band is Band.POSSIBLE:
                yield place[verdict.a], place[verdict.b], verdict


def explain(verdict: RuleVerdict) -> str:
    """The verdict as one sentence."""
    alike, other, missing = _sorted_fields(verdict.scores)
    parts = [
        f"{label} {', '.join(names)}"
        for label, names in (("alike:", alike), ("differing:", other), ("not given:", missing))
        if names
    ]
    sentence = SENTENCES.get(verdict.reason, verdict.reason).rstrip(".")
    words = f"{HEADINGS[verdict.band]}: {sentence[0].lower()}{sentence[1:]} ({'; '.join(parts)})."
    share = SHARES.get(verdict.reason)
    if verdict.band is not Band.POSSIBLE or share is None:
        return words
    return f"{words} Of 100 such pairs about {100 * share:.0f} were the same where it was tried."


ALIKE = 0.5  # from here a field counts as alike in the sentence


def _sorted_fields(scores: FieldScores) -> tuple[list[str], list[str], list[str]]:
    alike: list[str] = []
    other: list[str] = []
    missing: list[str] = []
    for name in FieldScores.__slots__:
        score = getattr(scores, name)
        least = 1.0 if name == "year" else ALIKE  # one year apart is half alike, and not the same
        kind = missing if score is None else alike if score >= least else other
        kind.append("DOI" if name == "doi" else name)
    return alike, other, missing
