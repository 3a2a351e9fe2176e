"""Copying what one said of a study into one's coding of another, with a preview."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from textwrap import shorten

from evidence.coding.answer_rows import AnswerRow
from evidence.coding.scheme import Of, Question, QuestionKind
from evidence.errors import Invalid, NotAllowed
from evidence.steps.coding import coding
from evidence.steps.coding.bulk_coding import new_act
from evidence.steps.coding.coding import CodingSheet
from evidence.steps.desk import Desk
from evidence.store import Role
from evidence.store.area_versions import Area
from evidence.store.coding import coding_acts, codings, copied_answers, study_table
from evidence.store.coding.codings import COMPLETE
from evidence.store.coding.study_table import CodingState, StudyFilter, Whose

DIFFERING = frozenset({QuestionKind.NUMBER, QuestionKind.TEXT, QuestionKind.DATE})
LONGEST = 100  # characters of a study's label in a sentence
CHANGED = "One of the two codings has changed meanwhile, so nothing was copied; look again."


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedAnswer:
    """What is said to a question in the coding that is copied.

    Attributes:
        codes: labels of the codes that are ticked.
        stands: what is said to it already where it would go; "" where nothing is, so that it is
            copied.
    """

    question: Question
    codes: tuple[str, ...]
    value: str
    stands: str

    @property
    def is_proposed(self) -> bool:
        """Whether it is copied where nobody says otherwise: a number, text or date differs from
        study to study.
        """
        return self.question.kind not in DIFFERING

    @property
    def words(self) -> str:
        """What is said."""
        return ", ".join([*self.codes, *([self.value] if self.value else [])])


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPreview:
    """What copying a coding would do.

    Attributes:
        answers: to all questions that are answered in the coding that is copied; those that are
            `copied` can be left out.
        notes, for_arms, findings: how many of these stay behind.
        lost: answers that stay behind since the scheme does not have the question or code any more.
    """

    answers: tuple[CopiedAnswer, ...]
    notes: int
    for_arms: int
    findings: int
    lost: int

    @property
    def copied(self) -> tuple[CopiedAnswer, ...]:
        """The answers that can be copied."""
        return tuple(each for each in self.answers if not each.stands)

    @property
    def kept(self) -> tuple[CopiedAnswer, ...]:
        """The answers that stay behind, since something is said there already."""
        return tuple(each for each in self.answers if each.stands)


def begun(desk: Desk, scheme_id: int) -> dict[int, str]:
    """The studies of which the person at the desk has begun a coding: ids and labels."""
    whose = Whose(review_id=desk.review_id, person_id=desk.person_id, scheme_id=scheme_id)
    with desk.reading() as c:
        every = study_table.labels(c, whose, StudyFilter())
        untouched = study_table.labels(c, whose, StudyFilter(state=CodingState.OPEN))
    return {id_: label for id_, label in every.items() if id_ not in untouched}


def preview(desk: Desk, scheme_id: int, from_id: int, to_id: int) -> CopyPreview:
    """What copying one's coding of a study into that of another would do; nothing is written.

    Raises:
        Invalid: it is the same study, or nothing is answered of the first.
        NotAllowed: the other coding is marked complete.
    """
    return preview_of(*_sheets(desk, scheme_id, from_id, to_id))


def copy_coding(
    desk: Desk,
    scheme_id: int,
    from_id: int,
    to_id: int,
    seen: CopyPreview | None = None,
    only: Collection[str] | None = None,
) -> tuple[str, int]:
    """Answer for one study what one answered for another, where nothing is answered yet; gives the
    act, to undo it, and how many questions were answered.

    Notes, quotations, arms and findings stay behind: they rest on the other study's reports.

    Args:
        desk: of who codes.
        scheme_id: of the scheme.
        from_id: the study that is copied.
        to_id: the study that gets its answers.
        seen: the preview.
        only: the questions whose answers are copied; without it, all that are proposed.

    Raises:
        Invalid: the other study has no answers of one's own, nothing of it is to be copied, or it
            is not what the preview (`seen`) said.
        NotAllowed: the coding is marked complete.
    """
    desk.require(Role.REVIEWER)
    source, target = _sheets(desk, scheme_id, from_id, to_id)
    now = preview_of(source, target)
    if seen is not None and now != seen:
        raise Invalid(CHANGED)
    if not now.copied:
        raise Invalid("All that could be copied is answered there already.")
    asked = {
        each.question.id
        for each in now.copied
        if (each.is_proposed if only is None else each.question.id in only)
    }
    if not asked:
        raise Invalid("No answer is ticked, so nothing was copied.")
    rows = [row for row in _rows(source) if row.question in asked]
    act = new_act()
    with desk.writing(Role.REVIEWER, areas=Area.CODING) as w:
        coding_id = codings.start(w, to_id, scheme_id)
        codings.require_unchanged(w, coding_id, target.coding.changed_at if target.coding else w.at)
        coding_acts.copy(w, act, coding_id, source.taken.version.id, from_id, rows)
    return act, len(asked)


def copied_hints(desk: Desk, coding_id: int, own: str = "") -> tuple[str, ...]:
    """What to look at in a coding because it was copied and nobody touched it since.

    Args:
        desk: of who codes.
        coding_id: of the coding.
        own: the label of its study; what comes from there was taken over from the map.
    """
    with desk.reading() as c:
        found = copied_answers.standing(c, desk.review_id, coding_id)
    counted = sorted(Counter(found.values()).items())
    return tuple(_hint(study, many, own) for study, many in counted)


def _hint(study: str, many: int, own: str) -> str:
    if study == own:
        answers = "1 answer was" if many == 1 else f"{many:,} answers were"
        return (
            f"{answers} taken over from the map and not changed or confirmed since; look whether "
            f"{'it holds' if many == 1 else 'they hold'}."
        )
    label = shorten(study, LONGEST, placeholder=" …")
    were, hold = ("answer was", "it holds") if many == 1 else ("answers were", "they hold")
    return (
        f"{many:,} {were} copied from “{label}” and not changed or confirmed since; look whether "
        f"{hold} for this study, too."
    )


def _sheets(
    desk: Desk, scheme_id: int, from_id: int, to_id: int
) -> tuple[CodingSheet, CodingSheet]:
    if from_id == to_id:
        raise Invalid("Choose another study to copy from.")
    source = coding.sheet(desk, from_id, scheme_id)
    if not any(row.chosen or row.value for row in source.rows):
        raise Invalid("You have not answered anything of that study yet.")
    target = coding.sheet(desk, to_id, scheme_id)
    require_open(target)
    return source, target


def require_open(target: CodingSheet) -> None:
    """Refuse a coding into which nothing can be copied.

    Raises:
        NotAllowed: it is marked complete.
    """
    if target.complete:
        raise NotAllowed(COMPLETE)


def preview_of(source: CodingSheet, target: CodingSheet) -> CopyPreview:
    """What copying one coding into another would do."""
    standing = {answer.question: answer for answer in target.answers if answer.is_answered}
    by_question: dict[str, list[AnswerRow]] = {}
    for row in _rows(source):
        by_question.setdefault(row.question, []).append(row)
    answers = []
    for question in source.scheme.questions:
        rows = by_question.get(question.id, [])
        if not rows:
            continue
        stands = standing.get(question.id)
        codes = tuple(question.label(row.code) for row in rows if row.chosen)
        there = [question.label(code) for code in stands.codes] if stands else []
        there += [stands.value] if stands and stands.value else []
        answers.append(
            CopiedAnswer(
                question=question,
                codes=codes,
                value="; ".join(row.value for row in rows if row.value),
                stands=", ".join(there),
            )
        )
    said = [row for row in source.rows if row.chosen or row.value]
    for_arms = sum(bool(row.arm) for row in said)
    taken = sum(len(rows) for rows in by_question.values())
    return CopyPreview(
        answers=tuple(answers),
        notes=sum(bool(row.note.strip()) for row in source.rows),
        for_arms=for_arms,
        findings=len(source.findings),
        lost=len(said) - for_arms - taken,
    )


def _rows(source: CodingSheet) -> list[AnswerRow]:
    """The rows that can be copied: ticks and values for the whole study that are still asked."""
    options = {
        question.id: {option.id for option in question.walk() if option.selectable}
        for question in source.scheme.questions
        if question.of is Of.STUDY
    }
    return [
        row
        for row in source.rows
        if not row.arm
        and (row.chosen or row.value)
        and row.question in options
        and (not row.code or row.code in options[row.question])
    ]
