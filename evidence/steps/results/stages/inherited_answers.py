"""Starting a coding for the in-depth review with what the map says of the study.

Questions of two schemes are the same where they have the same id, or the same words, and ask for
the same kind of answer; so are their options. What is answered already is never overwritten, and
what is taken over is to be looked at, as every copied answer is.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from evidence.coding.answer_rows import AnswerRow
from evidence.coding.answers import is_applicable
from evidence.coding.scheme import Of, Question, Scheme
from evidence.coding.which_counts import CodingStage
from evidence.errors import Invalid
from evidence.steps.coding import coding, copied_codings, schemes
from evidence.steps.coding.bulk_coding import new_act
from evidence.steps.coding.coding import CodingSheet
from evidence.steps.coding.copied_codings import CHANGED, CopyPreview
from evidence.steps.desk import Desk
from evidence.steps.results import coded_studies
from evidence.store import Role
from evidence.store.area_versions import Area
from evidence.store.coding import coding_acts, codings

NOTHING = "The map has no answer of this study that this scheme asks for, too."
NOT_COUNTED = "No coding of this study counts for the map yet, so nothing can be taken over."
OF_MAP = "This is the scheme of the map itself."


def shares_questions(desk: Desk, scheme_id: int) -> bool:
    """Whether a scheme asks for something that the scheme of the map asks for, too."""
    of_map = schemes.of_results(desk)
    if of_map is None or of_map.id == scheme_id:
        return False
    target = schemes.get(desk, scheme_id).scheme
    return any(_same_question(each, target) for each in of_map.scheme.questions)


def preview(desk: Desk, scheme_id: int, study_id: int) -> CopyPreview:
    """What taking over would do to one's own coding of a study; nothing is written.

    Raises:
        Invalid: it is the scheme of the map, no coding counts there, or nothing is the same.
        NotAllowed: one's own coding is marked complete.
    """
    source, target = _sheets(desk, scheme_id, study_id)
    return copied_codings.preview_of(source, target)


def take_over(
    desk: Desk,
    scheme_id: int,
    study_id: int,
    seen: CopyPreview | None = None,
    only: Collection[str] | None = None,
) -> tuple[str, int]:
    """Answer what the map answers of the study, where nothing is answered yet; gives the act, to
    undo it, and how many questions were answered.

    Args:
        desk: of who codes.
        scheme_id: of the scheme of the in-depth review.
        study_id: of the study.
        seen: the preview; None takes any.
        only: the questions whose answers are taken over; without it, all that are proposed.

    Raises:
        Invalid: as for `preview`, nothing is chosen, or it is not what the preview said.
        NotAllowed: one's own coding is marked complete.
    """
    desk.require(Role.REVIEWER)
    source, target = _sheets(desk, scheme_id, study_id)
    now = copied_codings.preview_of(source, target)
    if seen is not None and now != seen:
        raise Invalid(CHANGED)
    asked = {
        each.question.id
        for each in now.copied
        if (each.is_proposed if only is None else each.question.id in only)
    }
    if not asked:
        raise Invalid("No answer is ticked, so nothing was taken over.")
    rows = [row for row in source.rows if row.question in asked]
    act = new_act()
    with desk.writing(Role.REVIEWER, areas=Area.CODING) as w:
        coding_id = codings.start(w, study_id, scheme_id)
        codings.require_unchanged(w, coding_id, target.coding.changed_at if target.coding else w.at)
        coding_acts.copy(w, act, coding_id, source.taken.version.id, study_id, rows)
    return act, len(asked)


def _sheets(desk: Desk, scheme_id: int, study_id: int) -> tuple[CodingSheet, CodingSheet]:
    """What the map says in the words of the scheme, and one's own coding with the scheme."""
    of_map = schemes.of_results(desk)
    if of_map is not None and of_map.id == scheme_id:
        raise Invalid(OF_MAP)
    read = coded_studies.study_coding(desk, study_id)
    if read.coding is None or read.stage is not CodingStage.COUNTED:
        raise Invalid(NOT_COUNTED)
    if read.coding.state != "complete":  # one's own draft; the one that counts is hidden
        raise Invalid(NOT_COUNTED)
    target = coding.sheet(desk, study_id, scheme_id)
    copied_codings.require_open(target)
    answers = read.coding.answers(read.scheme)
    asked = {
        question.id
        for question in read.scheme.questions
        if is_applicable(question, read.scheme, answers)
    }
    said = (row for row in read.coding.rows if row.question in asked)
    rows = tuple(_translated(said, read.scheme, target.scheme))
    if not rows:
        raise Invalid(NOTHING)
    return replace(target, coding=replace(read.coding, rows=rows, findings=())), target


def _translated(rows: Iterator[AnswerRow], of_map: Scheme, target: Scheme) -> Iterator[AnswerRow]:
    for row in rows:
        question = of_map.question(row.question)
        same = _same_question(question, target) if question else None
        if question is None or same is None or row.arm or not (row.chosen or row.value):
            continue
        if not row.code:
            yield AnswerRow(question=same.id, value=row.value)
            continue
        code = _same_option(question, row.code, same)
        if code:
            yield AnswerRow(question=same.id, code=code, chosen=row.chosen)


def _same_question(question: Question, target: Scheme) -> Question | None:
    """The question of the other scheme that asks the same of a study."""
    if question.of is not Of.STUDY:
        return None
    likes = [
        each
        for each in target.questions
        if each.of is Of.STUDY and each.kind is question.kind and each.unit == question.unit
    ]
    by_id = (each for each in likes if each.id == question.id)
    by_words = (each for each in likes if _folded(each.text) == _folded(question.text))
    return next(by_id, None) or next(by_words, None)


def _same_option(question: Question, code: str, other: Question) -> str:
    """The option of the other question that means the same; empty where there is none."""
    options = {option.id: option for option in other.walk() if option.selectable}
    if code in options:
        return code
    label = _folded(question.label(code))
    return next((each.id for each in options.values() if _folded(each.label) == label), "")


def _folded(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip("?.")
