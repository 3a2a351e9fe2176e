"""Choosing what to code: the table of studies, and what is done with many of them at once."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace

from evidence.coding.scheme import Of, QuestionKind
from evidence.errors import Invalid, NotAllowed
from evidence.steps.coding import coding
from evidence.steps.desk import Desk
from evidence.store import Role
from evidence.store.area_versions import Area
from evidence.store.coding import coding_acts, codings, study_table
from evidence.store.coding.coding_acts import CodeToSet, Standing
from evidence.store.coding.study_table import (
    CodingState,
    Neighbours,
    StudyFilter,
    StudyLine,
    StudyOrder,
    Whose,
)

MOST_AT_ONCE = 5_000  # studies that one act codes
CHANGED = "Which studies these are has changed meanwhile, so nothing was coded; look again."


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyPage:
    """A page of the table.

    Attributes:
        found: how many studies the filter finds.
        tally: how many of all are how far in one's own coding.
    """

    lines: tuple[StudyLine, ...]
    found: int
    tally: Mapping[CodingState, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyPlace:
    """Where a study stands among all of the review, by label.

    Attributes:
        study: with its neighbours.
        tally: how many of all are how far in one's own coding.
    """

    study: Neighbours
    tally: Mapping[CodingState, int]

    @property
    def total(self) -> int:
        """How many studies there are."""
        return sum(self.tally.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkCode:
    """A code of a scheme to put on, or off, all studies that a filter finds."""

    scheme_id: int
    which: StudyFilter
    question: str
    code: str
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkPreview:
    """What putting a code on or off would do in one's own codings.

    Attributes:
        studies: of which it would change something, by id.
        begun: of these, how many have no coding of one's own yet; it is begun.
        replaced: of these, in how many another code of the question gives way.
        as_wanted: how many are as wanted already.
        complete: how many are marked complete, and stay as they are.
    """

    studies: tuple[int, ...]
    begun: int
    replaced: int
    as_wanted: int
    complete: int


def page(
    desk: Desk,
    scheme_id: int,
    which: StudyFilter,
    order: StudyOrder = StudyOrder.LABEL,
    *,
    offset: int = 0,
    limit: int = 50,
) -> StudyPage:
    """A page of the studies with how far they are coded with a scheme."""
    whose = _whose(desk, scheme_id)
    which = _with_merged(desk, scheme_id, which)
    with desk.reading() as c:
        return StudyPage(
            lines=tuple(study_table.page(c, whose, which, order, offset, limit)),
            found=study_table.count(c, whose, which),
            tally=study_table.tally(c, whose),
        )


def count(desk: Desk, scheme_id: int, which: StudyFilter) -> int:
    """How many studies these are."""
    with desk.reading() as c:
        return study_table.count(c, _whose(desk, scheme_id), which)


def place(desk: Desk, scheme_id: int, study_id: int | None) -> StudyPlace | None:
    """Where a study stands; without one, or where it is gone, the first that one has not coded
    completely with the scheme. None where there is no study at all.

    No study but this one is loaded, so that thousands cost a page no time.
    """
    whose = _whose(desk, scheme_id)
    with desk.reading() as c:
        study = study_table.neighbours(c, whose, study_id) if study_id is not None else None
        if study is None and (first := study_table.first(c, whose)) is not None:
            study = study_table.neighbours(c, whose, first)
        if study is None:
            return None
        return StudyPlace(study=study, tally=study_table.tally(c, whose))


def bulk_preview(desk: Desk, bulk: BulkCode) -> BulkPreview:
    """What putting a code on or off all these studies would do.

    Raises:
        Invalid: the scheme has no such code to tick, or these are too many studies.
    """
    to_set = _code(desk, bulk)
    whose = _whose(desk, bulk.scheme_id)
    which = _with_merged(desk, bulk.scheme_id, bulk.which)
    with desk.reading() as c:
        ids = study_table.ids(c, whose, which)
        before = coding_acts.standings(c, desk.person_id, to_set, ids)
    return _preview(ids, before, to_set)


def put_code(desk: Desk, bulk: BulkCode, seen: BulkPreview) -> str:
    """Put a code on or off all these studies, as the preview said; gives the act, to undo it.

    Raises:
        Invalid: the preview is not what would be done any more.
    """
    desk.require(Role.REVIEWER)
    to_set = _code(desk, bulk)
    which = _with_merged(desk, bulk.scheme_id, bulk.which)
    act = secrets.token_hex(8)
    with desk.writing(Role.REVIEWER, areas=Area.CODING) as w:
        ids = study_table.ids(w.connection, _whose(desk, bulk.scheme_id), which)
        before = coding_acts.standings(w.connection, w.person_id, to_set, ids)
        if _preview(ids, before, to_set) != seen:
            raise Invalid(CHANGED)
        nothing = Standing(state="", chosen=frozenset())
        wanted = {study_id: before.get(study_id, nothing) for study_id in seen.studies}
        coding_acts.put(w, act, to_set, wanted)
    return act


def copy_coding(desk: Desk, scheme_id: int, from_id: int, to_id: int) -> tuple[str, int]:
    """Answer for one study what one answered for another, where nothing is answered yet; gives the
    act, to undo it, and how many questions were answered.

    Notes, quotations, arms and findings stay behind: they rest on the other study's reports.

    Raises:
        Invalid: the other study has no answers of one's own.
        NotAllowed: the coding is marked complete.
    """
    desk.require(Role.REVIEWER)
    source = coding.sheet(desk, from_id, scheme_id)
    if not any(row.chosen or row.value for row in source.rows):
        raise Invalid("You have not answered anything of that study yet.")
    act = secrets.token_hex(8)
    with desk.writing(Role.REVIEWER, areas=Area.CODING) as w:
        coding_id = codings.start(w, to_id, scheme_id)
        copied = coding_acts.copy(w, act, coding_id, source.taken.version.id, source.rows)
    return act, copied


def undo_act(desk: Desk, act: str) -> tuple[int, int]:
    """Undo such an act; gives in how many studies, and how many stay because they were changed
    since or are complete by now.

    Raises:
        NotAllowed: there is nothing of it to undo, or it is somebody else's.
    """
    with desk.writing(Role.REVIEWER, areas=Area.CODING) as w:
        undone, kept = coding_acts.undo(w, act)
        if not (undone or kept):
            raise NotAllowed("Nothing of this stands any more.")
    return undone, kept


def _whose(desk: Desk, scheme_id: int) -> Whose:
    return Whose(review_id=desk.review_id, person_id=desk.person_id, scheme_id=scheme_id)


def _with_merged(desk: Desk, scheme_id: int, which: StudyFilter) -> StudyFilter:
    """The same filter, which finds what was answered with a code that is merged by now, too."""
    if not (which.question and which.code):
        return which
    question = coding.in_use(desk, scheme_id).scheme.question(which.question)
    options = question.walk() if question else ()
    merged = next((option.replaces for option in options if option.id == which.code), ())
    return replace(which, merged=merged)


def _code(desk: Desk, bulk: BulkCode) -> CodeToSet:
    taken = coding.in_use(desk, bulk.scheme_id)
    question = taken.scheme.question(bulk.question)
    option = next((o for o in question.walk() if o.id == bulk.code), None) if question else None
    is_of_study = question is not None and question.of is Of.STUDY and not question.per_arm
    if question is None or option is None or not (option.selectable and is_of_study):
        raise Invalid("Choose a code of the scheme that can be ticked for a whole study.")
    return CodeToSet(
        scheme_id=taken.id,
        version_id=taken.version.id,
        question=question.id,
        code=option.id,
        on=bulk.on,
        is_only=question.kind in {QuestionKind.ONE, QuestionKind.YES_NO},
    )


def _preview(ids: list[int], before: Mapping[int, Standing], code: CodeToSet) -> BulkPreview:
    if len(ids) > MOST_AT_ONCE:
        raise Invalid(f"At most {MOST_AT_ONCE:,} studies at once; these are {len(ids):,}.")
    complete = {id_ for id_ in ids if id_ in before and before[id_].state == "complete"}
    chosen = {id_: before[id_].chosen if id_ in before else frozenset() for id_ in ids}
    changes = [id_ for id_ in ids if id_ not in complete and (code.code in chosen[id_]) != code.on]
    gives_way = [id_ for id_ in changes if code.is_only and code.on and chosen[id_]]
    return BulkPreview(
        studies=tuple(changes),
        begun=sum(id_ not in before for id_ in changes),
        replaced=len(gives_way),
        as_wanted=len(ids) - len(changes) - len(complete),
        complete=len(complete),
    )
