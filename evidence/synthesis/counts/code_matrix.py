"""Which study has which code, also where several questions are asked of the same codes.

A scheme for process studies asks which components a study describes, for which of them it describes
the mechanism, and which set successful services apart: three questions with the same codes. They
are found by that, whatever they are called. Another scheme asks the latter two of the study as a
whole, by yes and no; these stand beside the codes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from evidence.coding.scheme import YES_AND_NO, Of
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.studies import CodedStudy

MOST_QUESTIONS = 4
"""How many questions of the same codes can stand side by side in one cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeMatrix:
    """Studies and their codes by one or more questions of the same codes.

    Attributes:
        questions: their names.
        studies: those with a code or an answer.
        headings: codes that a study has by any of the questions.
        carried: by the ids of study and code, the positions of the questions by which it has it,
            or one below it.
        without: how many studies have neither.
        left_out: how many codes no study has.
        yes_no: names of the questions with yes and no that stand beside.
        answers: by the id of the study and the position of such a question; True for yes.
    """

    questions: tuple[str, ...]
    studies: tuple[CodedStudy, ...]
    headings: tuple[Heading, ...]
    carried: Mapping[tuple[int, str], frozenset[int]]
    without: int
    left_out: int
    yes_no: tuple[str, ...] = ()
    answers: Mapping[tuple[int, int], bool] = field(default_factory=dict)

    def of_heading(self, heading_id: str, question: int) -> int:
        """How many studies have a code by a question."""
        return sum(question in self.carried.get((s.id, heading_id), ()) for s in self.studies)

    def of_study(self, study_id: int, question: int) -> int:
        """How many codes a study has by a question; one that others stand below is not counted
        beside them.
        """
        has = [
            heading
            for heading in self.headings
            if question in self.carried.get((study_id, heading.id), ())
        ]
        return sum(not _has_below(heading, has) for heading in has)

    def studies_of(self, question: int) -> int:
        """How many studies have any code by a question."""
        return sum(
            any(question in self._of(s.id, h.id) for h in self.headings) for s in self.studies
        )

    def _of(self, study_id: int, heading_id: str) -> frozenset[int]:
        return self.carried.get((study_id, heading_id), frozenset())


def questions_of_same_codes(dimensions: Sequence[Dimension]) -> tuple[tuple[Dimension, ...], ...]:
    """The questions about studies that can have several codes, those of one scheme that have the
    same codes together.
    """
    by_codes: dict[tuple[str, tuple[str, ...]], list[Dimension]] = {}
    for each in dimensions:
        if each.of is Of.STUDY and each.has_several:
            by_codes.setdefault(_codes_in_scheme(each), []).append(each)
    return tuple(part for same in by_codes.values() for part in _parts(same))


def is_yes_no(dimension: Dimension) -> bool:
    """Whether a question about studies is answered by yes or no."""
    codes = tuple(heading.id for heading in dimension.headings)
    return dimension.of is Of.STUDY and codes == tuple(option.id for option in YES_AND_NO)


def yes_no_after(dimensions: Sequence[Dimension], question: Dimension) -> tuple[Dimension, ...]:
    """Questions with yes and no that directly follow a question, as they mostly belong to it."""
    after = dimensions[dimensions.index(question) + 1 :]
    return tuple(takewhile(is_yes_no, after))


def code_matrix(
    studies: Sequence[CodedStudy],
    questions: Sequence[Dimension],
    yes_no: Sequence[Dimension] = (),
) -> CodeMatrix:
    """Studies by the codes of one or more questions.

    Args:
        studies: all.
        questions: at least one, all with the same codes.
        yes_no: questions of the study as a whole that stand beside.
    """
    answers = {
        (study.id, at): "yes" in codes
        for study in studies
        for at, question in enumerate(yes_no)
        if (codes := question.codes(study))
    }
    headings = questions[0].headings
    carried: dict[tuple[int, str], frozenset[int]] = {}
    for study in studies:
        ticked = [question.codes(study) for question in questions]
        for heading in headings:
            positions = frozenset(at for at, codes in enumerate(ticked) if heading.covers & codes)
            if positions:
                carried[study.id, heading.id] = positions
    drawn_ids = {study for study, _ in carried} | {study for study, _ in answers}
    used = {heading for _, heading in carried}
    drawn = tuple(study for study in studies if study.id in drawn_ids)
    return CodeMatrix(
        questions=tuple(question.title for question in questions),
        studies=drawn,
        headings=tuple(heading for heading in headings if heading.id in used),
        carried=carried,
        without=len(studies) - len(drawn),
        left_out=len(headings) - len(used),
        yes_no=tuple(question.title for question in yes_no),
        answers=answers,
    )


def _codes_in_scheme(dimension: Dimension) -> tuple[str, tuple[str, ...]]:
    """The scheme, as ids of questions begin with it, and the codes."""
    return dimension.id.rpartition("/")[0], tuple(each.id for each in dimension.headings)


def _parts(same: list[Dimension]) -> Iterator[tuple[Dimension, ...]]:
    for first in range(0, len(same), MOST_QUESTIONS):
        yield tuple(same[first : first + MOST_QUESTIONS])


def _has_below(heading: Heading, others: Sequence[Heading]) -> bool:
    return any(other.id != heading.id and other.id in heading.covers for other in others)
