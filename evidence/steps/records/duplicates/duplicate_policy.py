"""Which kinds of publication a team keeps apart, and how a report tells that."""

from collections.abc import Collection
from dataclasses import dataclass

from evidence import deduplication
from evidence.errors import Invalid
from evidence.report.numerals import beginning, counted, none_or
from evidence.steps.desk import Desk
from evidence.store import Role
from evidence.store.area_versions import Area, made_from
from evidence.store.records import dedupe_runs, duplicates, records_of_works, works
from evidence.store.records.dedupe_runs import DedupeRun, DuplicatePolicy
from evidence.store.records.filters import Filter

KINDS = {
    deduplication.Veto.PART.value: "parts of a series (titles that differ in a number)",
    deduplication.Veto.ERRATUM.value: "corrections",
    deduplication.Veto.COMMENT.value: "comments",
    deduplication.Veto.REPLY.value: "replies",
    deduplication.Veto.RETRACTION.value: "notices of retraction",
    deduplication.Veto.UPDATE.value: "updates of a review",
    deduplication.Veto.PROTOCOL.value: "protocols",
    deduplication.Veto.PREPRINT.value: "preprints",
    deduplication.Veto.CONFERENCE_ABSTRACT.value: "conference abstracts",
}
DEFAULT = frozenset(KINDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Which kinds are kept apart now.

    Attributes:
        kinds: keys of KINDS.
        history: changes by people, newest first; empty while the default holds.
        run: the newest run of the rules.
    """

    kinds: frozenset[str]
    history: tuple[DuplicatePolicy, ...]
    run: DedupeRun | None

    @property
    def stale(self) -> bool:
        """Whether the rules were last run with another policy."""
        return self.run is not None and self.run.kinds != self.kinds


@made_from(Area.RECORDS)
def current(desk: Desk) -> Policy:
    """What the review keeps apart, who wanted that, and the newest run of the rules."""
    with desk.reading() as c:
        history = tuple(dedupe_runs.policy_history(c, desk.review_id))
        run = dedupe_runs.newest(c, desk.review_id)
    return Policy(kinds=history[0].kinds if history else DEFAULT, history=history, run=run)


def change(desk: Desk, kinds: Collection[str]) -> None:
    """Keep these kinds apart from the next run on; the policy that holds changes nothing."""
    if not DEFAULT.issuperset(kinds):
        raise Invalid("Something that the rules do not know was to be kept apart.")
    if frozenset(kinds) == current(desk).kinds:
        return
    with desk.writing(Role.EDITOR) as w:
        dedupe_runs.set_policy(w, kinds)


def in_words(kinds: Collection[str]) -> str:
    """The labels of kinds as part of a sentence."""
    words = [label for name, label in KINDS.items() if name in kinds]
    return ", ".join(words[:-1]) + (" and " if len(words) > 1 else "") + "".join(words[-1:])


def sentence(kinds: Collection[str]) -> str:
    """Which kinds are kept apart and which are not, for the page and for a report."""
    off = DEFAULT - set(kinds)
    apart = f"Kept apart although they look alike: {in_words(kinds)}." if kinds else ""
    joined = f"Counted as duplicates where they agree otherwise: {in_words(off)}." if off else ""
    return " ".join(part for part in (apart, joined) if part)


@made_from(Area.RECORDS)
def report(desk: Desk) -> str:
    """How duplicates were found and decided, as sentences for a report."""
    with desk.reading() as c:
        run = dedupe_runs.newest(c, desk.review_id)
        if run is None:
            return "Duplicates were not looked for yet."
        pairs = duplicates.reasons(c, desk.review_id)
        parted = list(duplicates.answers_of_people(c, desk.review_id).values()).count("different")
        records = records_of_works.count_records(c, desk.review_id)
        undecided = len(duplicates.possible_pairs(c, desk.review_id))
        removed = records - works.count(c, desk.review_id, Filter())
    by_people = sum(n for (_, person), n in pairs.items() if person)
    by_rules = sum(n for (_, person), n in pairs.items() if not person)
    search = (
        f"Duplicates were looked for with Waymark (rules {run.rules}), last on {run.at:%Y-%m-%d}"
    )
    joined = f"The rules joined {counted(by_rules, 'pair')} of records"
    people = f"people joined {counted(by_people, 'pair')} and kept {counted(parted, 'pair')} apart"
    gone = "was removed as a duplicate" if removed == 1 else "were removed as duplicates"
    pairs_wait = "pair is" if undecided == 1 else "pairs are"
    waits = f"{beginning(undecided)} possible {pairs_wait} not decided yet."
    return (
        f"{search} in {counted(run.records, 'record')}. {sentence(run.kinds)} {joined}; {people}. "
        f"Of {counted(records, 'record')}, {none_or(removed)} {gone}. "
    ) + (waits if undecided else "No possible pair is undecided.")
