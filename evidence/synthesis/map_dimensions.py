"""What a map can be sorted by where studies are coded with several schemes.

The first scheme has the findings; the others say more of the same studies, as an appraisal does.
Two schemes may have a question of the same id, so of the others it stands behind the scheme's.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from evidence.coding.scheme import Of, Purpose, Scheme
from evidence.synthesis.dimensions import Dimension, dimensions
from evidence.synthesis.studies import CodedStudy

_OF_QUESTION = "question:"


def map_dimensions(first: Scheme, others: Sequence[Scheme] = ()) -> tuple[Dimension, ...]:
    """All dimensions of the first scheme, then the questions about studies of the others."""
    own = dimensions(first)
    of_others = [
        (dimension, scheme)
        for scheme in others
        for dimension in dimensions(scheme)
        if dimension.id.startswith(_OF_QUESTION) and dimension.of is Of.STUDY
    ]
    same = Counter(_folded(each.title) for each in (*own, *(each for each, _ in of_others)))
    renamed = (
        replace(
            dimension,
            id=question_dimension(dimension.id.removeprefix(_OF_QUESTION), scheme),
            title=_title(dimension, scheme, is_only=same[_folded(dimension.title)] == 1),
        )
        for dimension, scheme in of_others
    )
    return (*own, *renamed)


def _title(dimension: Dimension, scheme: Scheme, *, is_only: bool) -> str:
    """The question, with its scheme where this tells more than the question does.

    Of an appraisal questions like “Overall” say little alone; another question is told apart by its
    scheme where the map has two of the same words. Where both have the same name it is said once.
    """
    is_plain = is_only and scheme.purpose is not Purpose.APPRAISAL
    if is_plain or _folded(dimension.title) == _folded(scheme.title):
        return dimension.title
    return f"{dimension.title} ({scheme.title})"


def _folded(title: str) -> str:
    return title.strip().casefold()


def question_dimension(question: str, scheme: Scheme | None) -> str:
    """The id of a question's dimension.

    Args:
        question: its id in its scheme.
        scheme: where it is not the first.
    """
    return f"{_OF_QUESTION}{_key(scheme, question) if scheme else question}"


def with_codes_of(
    studies: Sequence[CodedStudy], others: Sequence[tuple[Scheme, Sequence[CodedStudy]]]
) -> tuple[CodedStudy, ...]:
    """The studies with what is said of them by other schemes, too."""
    codes = {study.id: dict(study.codes) for study in studies}
    for scheme, of_scheme in others:
        for study in of_scheme:
            if study.id in codes:
                more = {_key(scheme, question): said for question, said in study.codes.items()}
                codes[study.id].update(more)
    return tuple(replace(study, codes=codes[study.id]) for study in studies)


def _key(scheme: Scheme, question: str) -> str:
    return f"{scheme.id}/{question}"
