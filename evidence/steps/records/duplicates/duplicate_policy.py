"""Which kinds of publication a team keeps apart, and what is told of it in a report."""

from collections.abc import Collection
from dataclasses import dataclass

from evidence import dedupe
from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.store import Role
from evidence.store.records import dedupe_runs, duplicates, work_membership, works
from evidence.store.records.dedupe_runs import DedupeRun, DuplicatePolicy
from evidence.store.records.filters import Filter

KINDS = {
    dedupe.Veto.PART.value: "parts of a series (titles that differ in a number)",
    dedupe.Veto.ERRATUM.value: "corrections",
    dedupe.Veto.COMMENT.value: "comments",
    dedupe.Veto.REPLY.value: "replies",
    dedupe.Veto.RETRACTION.value: "notices of retraction",
    dedupe.Veto.UPDATE.value: "updates of a review",
    dedupe.Veto.PROTOCOL.value: "protocols",
    dedupe.Veto.PREPRINT.value: "preprints",
    dedupe.Veto.CONFERENCE_ABSTRACT.value: "conference abstracts",
}
USUAL = frozenset(KINDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What is kept apart now.

    Attributes:
        kinds: names, keys of KINDS.
        history: what people chose, the newest first; empty while the usual holds.
        run: the newest run of the rules.
    """

    kinds: frozenset[str]
    history: tuple[DuplicatePolicy, ...]
    run: DedupeRun | None

    @property
    def stale(self) -> bool:
        """Whether the rules were last run with another choice."""
        return self.run is not None and self.run.kinds != self.kinds


def chosen(desk: Desk) -> Chosen:
    """What the review keeps apart, who chose it, and what the last run did."""
    with desk.reading() as c:
        history = tuple(dedupe_runs.apart(c, desk.review_id))
        run = dedupe_runs.last(c, desk.review_id)
    return Chosen(kinds=history[0].kinds if history else USUAL, history=history, run=run)


def choose(desk: Desk, kinds: Collection[str]) -> None:
    """Keep these kinds apart from the next run on; the same choice again changes nothing."""
    if not USUAL.issuperset(kinds):
        raise Invalid("Something that the rules do not know was to be kept apart.")
    if frozenset(kinds) == chosen(desk).kinds:
        return
    with desk.writing(Role.EDITOR) as w:
        dedupe_runs.keep_apart(w, kinds)


def listed(kinds: Collection[str]) -> str:
    """Kinds in words, in the usual order."""
    words = [label for name, label in KINDS.items() if name in kinds]
    return ", ".join(words[:-1]) + (" and " if len(words) > 1 else "") + "".join(words[-1:])


def sentence(kinds: Collection[str]) -> str:
    """What is kept apart and what is not, for the page and for a report."""
    off = USUAL - set(kinds)
    kept = f"Kept apart although they look alike: {listed(kinds)}." if kinds else ""
    joined = f"Counted as duplicates where they agree otherwise: {listed(off)}." if off else ""
    return " ".join(part for part in (kept, joined) if part)


def report(desk: Desk) -> str:
    """How duplicates were settled, as sentences for a report."""
    with desk.reading() as c:
        run = dedupe_runs.last(c, desk.review_id)
        if run is None:
            return "Duplicates were not looked for yet."
        pairs = duplicates.reasons(c, desk.review_id)
        parted = list(duplicates.human(c, desk.review_id).values()).count("different")
        records = work_membership.count_records(c, desk.review_id)
        left = len(duplicates.waiting(c, desk.review_id))
        removed = records - works.count(c, desk.review_id, Filter())
    by_people = sum(n for (_, person), n in pairs.items() if person)
    by_rules = sum(n for (_, person), n in pairs.items() if not person)
    looked = (
        f"Duplicates were looked for with Waymark (rules {run.rules}), last on {run.at:%Y-%m-%d}"
    )
    joined = f"The rules joined {number(by_rules, 'pair')} of records"
    people = f"people joined {number(by_people, 'pair')} and kept {number(parted, 'pair')} apart"
    gone = "was removed as a duplicate" if removed == 1 else "were removed as duplicates"
    waits = f"{number(left, 'possible pair')} {'is' if left == 1 else 'are'} not decided yet."
    return (
        f"{looked} in {number(run.records, 'record')}. {sentence(run.kinds)} {joined}; {people}. "
        f"Of {number(records, 'record')}, {removed:,} {gone}. "
    ) + (waits if left else "No possible pair is undecided.")


def number(count: int, noun: str) -> str:
    """A count with its noun."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
