"""Choosing what to code: the table of studies, and where each stands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from evidence.coding.finding_fields import ANSWER
from evidence.coding.scheme import Of, Question
from evidence.steps.coding import coding
from evidence.steps.desk import Desk
from evidence.store.coding import coding_assignments, study_table
from evidence.store.coding import schemes as stored_schemes
from evidence.store.coding.coding_assignments import Coder
from evidence.store.coding.study_table import (
    CodingState,
    Neighbours,
    StudyFilter,
    StudyLine,
    StudyOrder,
    StudyState,
    Whose,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyPage:
    """A page of the table.

    Attributes:
        found: how many studies the filter finds.
        tally: how many of all are how far in one's own coding.
        complete_by_anybody: how many of all somebody has coded completely.
    """

    lines: tuple[StudyLine, ...]
    found: int
    tally: Mapping[CodingState, int]
    complete_by_anybody: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyPlace:
    """Where a study stands among all of the review, or those given to somebody, by label.

    Attributes:
        study: with its neighbours.
        tally: how many of these are how far in one's own coding.
    """

    study: Neighbours
    tally: Mapping[CodingState, int]

    @property
    def total(self) -> int:
        """How many studies these are."""
        return sum(self.tally.values())


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
    whose, which = asked(desk, scheme_id, which)
    with desk.reading() as c:
        return StudyPage(
            lines=tuple(study_table.page(c, whose, which, order, offset, limit)),
            found=study_table.count(c, whose, which),
            tally=study_table.tally(c, whose),
            complete_by_anybody=study_table.complete_by_anybody(c, whose),
        )


def count(desk: Desk, scheme_id: int, which: StudyFilter) -> int:
    """How many studies these are."""
    whose, which = asked(desk, scheme_id, which)
    with desk.reading() as c:
        return study_table.count(c, whose, which)


def place(
    desk: Desk, scheme_id: int, study_id: int | None, *, given: bool = False
) -> StudyPlace | None:
    """Where a study stands; without one, or where it is not there, the first that one has not coded
    completely with the scheme. None where there is no study at all.

    No study but this one is loaded, so that thousands cost a page no time.

    Args:
        desk: of the person who codes.
        scheme_id: with which scheme.
        study_id: of the study.
        given: among those that are given to this person only.
    """
    whose = _whose(desk, scheme_id)
    which = StudyFilter(given_to=desk.person_id if given else None)
    with desk.reading() as c:
        study = study_table.neighbours(c, whose, study_id, which) if study_id is not None else None
        if study is None and (first := study_table.first(c, whose, which)) is not None:
            study = study_table.neighbours(c, whose, first, which)
        if study is None:
            return None
        return StudyPlace(study=study, tally=study_table.tally(c, whose, which))


def given(desk: Desk, scheme_id: int) -> tuple[Coder, ...]:
    """Everybody to whom studies are given with a scheme, by name, with how far they are."""
    with desk.reading() as c:
        stored_schemes.newest_id(c, desk.review_id, scheme_id)  # that it is a scheme of the review
        return coding_assignments.coders(c, scheme_id)


def own_states(desk: Desk, scheme_id: int, which: StudyFilter) -> list[StudyState]:
    """All these studies by label, with how far one's own coding of each is, and no more."""
    whose, which = asked(desk, scheme_id, which)
    with desk.reading() as c:
        return study_table.own_states(c, whose, which)


def label_of(desk: Desk, study_id: int) -> str:
    """What a study is called; raises NotFound."""
    with desk.reading() as c:
        return study_table.label_of(c, desk.review_id, study_id)


def asked(desk: Desk, scheme_id: int, which: StudyFilter) -> tuple[Whose, StudyFilter]:
    """For whom a filter asks, and the same filter, which finds also what findings say to the
    question, and what was answered with a code that is merged by now.
    """
    whose = _whose(desk, scheme_id)
    if not which.question:
        return whose, which
    question = coding.in_use(desk, scheme_id).scheme.question(which.question)
    options = question.walk() if question else ()
    merged = next((option.replaces for option in options if option.id == which.code), ())
    return whose, replace(which, merged=merged, field=_field(question))


def _field(question: Question | None) -> str:
    """The field of findings that says the same as the answer to a question."""
    if question is None:
        return ""
    if question.axis is not None:
        return question.axis.value
    return ANSWER + question.id if question.of is Of.FINDING else ""


def _whose(desk: Desk, scheme_id: int) -> Whose:
    return Whose(review_id=desk.review_id, person_id=desk.person_id, scheme_id=scheme_id)
