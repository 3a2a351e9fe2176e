"""Reconciling: codings of a study beside each other, and what its coders agree on.

The codings stay as they are. The agreed one is made of what is taken from them, answer by answer
and finding by finding, and says of each where it came from. Nobody reconciles, or sees, what is not
coded by all who are asked to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence.coding.judged_findings import JudgedFinding, judged_uids
from evidence.coding.which_counts import CodingStage
from evidence.errors import Invalid, NotAllowed
from evidence.steps.coding import coding, judged_findings, schemes
from evidence.steps.coding.reconcile.reconciling_places import (
    FindingItem,
    Item,
    TakenAtOnce,
    findings_of,
    items_of,
    taken_at_once,
)
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.store import Connection, Role
from evidence.store.area_versions import Area
from evidence.store.coding import (
    agreed_codings,
    arms,
    coders,
    coding_changes,
    codings,
    quotations,
    seen_codings,
    studies,
)
from evidence.store.coding.agreed_codings import Chosen, HowAgreed
from evidence.store.coding.arms import Arm, TimePoint
from evidence.store.coding.coding_changes import BY_NO_PAGE, Sent
from evidence.store.coding.codings import Coding, StoredFinding
from evidence.store.coding.quotations import Quotation
from evidence.store.coding.studies import Study
from evidence.store.schema import coding as coding_table

AREAS = Area.CODING | Area.RESULTS
STILL_CODED = (
    "This study is still being coded: {complete} of {asked} codings are complete. What each coder "
    "says can be seen and reconciled when all are."
)
OWN_OPEN = (
    "You are to code this study yourself with this scheme, or have begun to. What others say of it "
    "can be seen when your coding is complete."
)
CHANGED = (
    "A coder reopened and changed their coding meanwhile, so nothing was chosen; reload the page "
    "to see what it says now."
)
NO_CODING_HAS_IT = "No coding has it any more."
NOTHING = "Only one person coded this study, so there is nothing to reconcile."
OPEN_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconcilingSheet:
    """The codings of a study beside each other, ready to be reconciled.

    Attributes:
        codings: complete, in the order in which they were begun.
        agreed: what they came to so far; None before the first choice.
        is_stale: a coding was changed after the agreed one was completed.
        quoted: the quotations of each coding and of the agreed one, by its id.
        judged: the findings that any of them judges, with a scheme that judges findings.
        gone: agreed findings of which no coding has anything any more; they go when what was agreed
            is completed.
        at_once: the answers that were taken at once last, where any of them still stands.
    """

    study: Study
    taken: TakenScheme
    codings: tuple[Coding, ...]
    agreed: Coding | None
    is_stale: bool
    items: tuple[Item, ...]
    findings: tuple[FindingItem, ...]
    quoted: Mapping[int, Sequence[Quotation]]
    arms: tuple[Arm, ...]
    time_points: tuple[TimePoint, ...]
    gone: tuple[StoredFinding, ...] = ()
    at_once: TakenAtOnce | None = None
    judged: tuple[JudgedFinding, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether what was agreed counts."""
        return self.agreed is not None and self.agreed.state == "complete"

    @property
    def open(self) -> int:
        """How many answers and findings are still to be chosen."""
        return sum(one.is_open for one in self.items) + sum(one.is_open for one in self.findings)

    @property
    def seen(self) -> list[str]:
        """When each coding was changed last; a page says with each choice what it had seen."""
        return [one.changed_at.isoformat() for one in self.codings]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToReconcile:
    """A study that was coded by several people.

    Attributes:
        has_begun: somebody began to reconcile it.
        is_agreed: it is reconciled.
        is_readable: the person may see its codings; else they are to code it themselves.
    """

    study_id: int
    label: str
    coders: tuple[str, ...]
    has_begun: bool
    is_agreed: bool
    is_readable: bool


def listing(desk: Desk, scheme_id: int) -> list[ToReconcile]:
    """The studies that are to be reconciled, and those that are, by label."""
    taken = schemes.get(desk, scheme_id)
    with desk.reading() as c:
        standing = coders.of_studies(c, desk.review_id, taken.id)
        wanted = {
            study_id: study
            for study_id, study in standing.items()
            if study.is_agreed or study.stage is CodingStage.TO_RECONCILE
        }
        labels = studies.labels(c, desk.review_id)
        states = codings.states(c, desk.review_id, taken.id)
        begun = agreed_codings.begun(c, taken.id)
        readable = seen_codings.seen_studies(c, taken.id, desk.person_id)
    people: dict[int, list[str]] = {}
    for (study_id, _), (state, name) in states.items():
        if state == "complete":
            people.setdefault(study_id, []).append(name)
    return [
        ToReconcile(
            study_id=study_id,
            label=labels[study_id],
            coders=tuple(people.get(study_id, ())),
            has_begun=study_id in begun,
            is_agreed=wanted[study_id].is_agreed,
            is_readable=study_id in readable,
        )
        for study_id in labels
        if study_id in wanted
    ]


def still_coded(desk: Desk, scheme_id: int) -> int:
    """How many studies that several are asked to code wait for some of them."""
    taken = schemes.get(desk, scheme_id)
    with desk.reading() as c:
        standing = coders.of_studies(c, desk.review_id, taken.id)
    return sum(
        study.asked > 1 and study.stage is CodingStage.TO_CODE for study in standing.values()
    )


def sheet(desk: Desk, study_id: int, scheme_id: int) -> ReconcilingSheet:
    """The codings of a study beside each other.

    Raises:
        NotAllowed: not all who are asked have coded it completely, or the person is to code it.
        Invalid: fewer than two people coded it.
    """
    taken = schemes.get(desk, scheme_id)
    with desk.reading() as c:
        return load(c, desk, taken, study_id)


def load(c: Connection, desk: Desk, taken: TakenScheme, study_id: int) -> ReconcilingSheet:
    """The same on a connection, as a transaction that chooses needs it."""
    study = studies.get(c, desk.review_id, study_id)
    both = coded_by_others(c, desk, taken, study_id)
    is_agreed = codings.of_scheme(
        c, desk.review_id, taken.id, study_id=study_id, which=coding_table.c.is_agreed
    )
    agreed = is_agreed[0] if is_agreed else None
    of_study, time_points = arms.of_study(c, study_id), arms.time_points_of(c, study_id)
    judged: tuple[JudgedFinding, ...] = ()
    if taken.scheme.judges_findings:
        uids = judged_uids(row for one in (*both, *is_agreed) for row in one.rows)
        found = judged_findings.of_study(c, desk.review_id, study_id, desk.person_id, uids)
        judged = tuple(one for one in found if one.uid in uids)
    asked_of = [one.uid for one in judged] or [arm.uid for arm in of_study]
    ids = [one.id for one in (*both, *is_agreed)]
    quoted = quotations.of_codings(c, ids)
    history = agreed_codings.history(c, agreed.id) if agreed else []
    chosen = agreed_codings.newest(history)
    labels = {point.uid: point.label for point in time_points}
    stored = codings.findings_of(c, agreed.id) if agreed else {}
    findings = findings_of(both, chosen, stored, labels)
    keys = {one.group.key for one in findings}
    gone = (one for one in stored.values() if not one.removed and one.uid not in keys)
    return ReconcilingSheet(
        study=study,
        taken=taken,
        codings=both,
        agreed=agreed,
        is_stale=_is_stale(both, agreed),
        items=items_of(taken, both, agreed, chosen, asked_of),
        findings=findings,
        quoted=quoted,
        arms=of_study,
        time_points=time_points,
        gone=tuple(gone),
        at_once=taken_at_once(history),
        judged=judged,
    )


def coded_by_others(
    c: Connection, desk: Desk, taken: TakenScheme, study_id: int
) -> tuple[Coding, ...]:
    """The complete codings of a study, where the person may see and reconcile them.

    Raises:
        NotAllowed: not all who are asked have coded it completely, or the person is to code it.
        Invalid: fewer than two people coded it.
    """
    standing = coders.of_studies(c, desk.review_id, taken.id, study_ids=[study_id])[study_id]
    if standing.complete < standing.asked:
        raise NotAllowed(STILL_CODED.format(complete=standing.complete, asked=standing.asked))
    which = seen_codings.may_see(desk.person_id) & ~coding_table.c.is_agreed
    readable = codings.of_scheme(c, desk.review_id, taken.id, study_id=study_id, which=which)
    complete = tuple(one for one in readable if one.state == "complete")
    if len(complete) < standing.complete:
        raise NotAllowed(OWN_OPEN)
    if len(complete) < 2:  # noqa: PLR2004 - two make a comparison
        raise Invalid(NOTHING)
    return complete


def complete(
    desk: Desk,
    study_id: int,
    scheme_id: int,
    sent: Sent = BY_NO_PAGE,
    seen: Sequence[str] | None = None,
) -> None:
    """Let what was agreed count.

    Args:
        desk: of the person who reconciles.
        study_id: of the study.
        scheme_id: of the scheme.
        sent: how a page sent it.
        seen: ReconcilingSheet.seen, as the page had it; None for whatever it is.

    Raises:
        Invalid: something is still to be chosen, or what was chosen cannot be complete as a coding.
        NotAllowed: the person may not reconcile the study.
    """
    taken = schemes.get(desk, scheme_id)
    with desk.writing(Role.REVIEWER, areas=AREAS) as w:
        own = load(w.connection, desk, taken, study_id)
        if own.agreed and coding_changes.came_before(w, own.agreed.id, sent.client_id):
            return
        check_seen(own, seen)
        _check_complete(own)
        assert own.agreed is not None  # noqa: S101 - _check_complete saw to it
        for one in own.gone:
            version_id = taken.version.id
            agreed_codings.set_finding(w, own.agreed.id, one.uid, one, None, version_id)
            dropped = Chosen(how=HowAgreed.DROPPED, finding=one.uid, note=NO_CODING_HAS_IT)
            agreed_codings.choose(w, own.agreed.id, dropped)
        codings.set_state(w, own.agreed.id, "complete", sent=sent)


def reopen(desk: Desk, study_id: int, scheme_id: int, sent: Sent = BY_NO_PAGE) -> None:
    """Let what was agreed be changed again; until it is completed anew, the study counts nowhere.

    `sent` says how a page sent it.

    Raises:
        Invalid: nothing was agreed.
    """
    taken = schemes.get(desk, scheme_id)
    with desk.writing(Role.REVIEWER, areas=AREAS) as w:
        own = load(w.connection, desk, taken, study_id)
        if own.agreed is None:
            raise Invalid("Nothing was agreed on this study yet.")
        codings.set_state(w, own.agreed.id, "draft", sent=sent)


def check_seen(own: ReconcilingSheet, seen: Sequence[str] | None) -> None:
    """Refuse a choice by somebody who has not seen what the codings say by now.

    Raises:
        Invalid: a coding was changed since.
    """
    if seen is not None and list(seen) != own.seen:
        raise Invalid(CHANGED)


def _check_complete(own: ReconcilingSheet) -> None:
    if own.open or own.agreed is None:
        questions = [_title(own, one.compared.question) for one in own.items if one.is_open]
        findings = sum(one.is_open for one in own.findings)
        if findings:
            questions.append(f"{findings} finding{'' if findings == 1 else 's'}")
        named = ", ".join(questions[:OPEN_SHOWN])
        more = len(questions) - OPEN_SHOWN
        rest = f" and {more} more" if more > 0 else ""
        raise Invalid(f"Before this counts, please choose: {named}{rest}.")
    coding.require_whole(
        coding.sheet_of(
            own.study, own.taken, own.agreed, own.arms, own.time_points, judged=own.judged
        )
    )


def _title(own: ReconcilingSheet, question_id: str) -> str:
    question = own.taken.scheme.question(question_id)
    return f"“{question.text}”" if question else question_id


def _is_stale(both: Sequence[Coding], agreed: Coding | None) -> bool:
    if agreed is None or agreed.completed_at is None:
        return False
    return any(one.changed_at > agreed.completed_at for one in both)
