"""What a map can be sorted by where studies are coded with several schemes.

The first scheme has the findings; the others say more of the same studies, as an appraisal does.
Two schemes may have a question of the same id, so of the others it stands behind the scheme's.
"""

from collections.abc import Sequence
from dataclasses import replace

from evidence.coding.scheme import Of, Scheme
from evidence.synthesis.dimensions import Dimension, dimensions
from evidence.synthesis.studies import CodedStudy

_OF_QUESTION = "question:"


def map_dimensions(first: Scheme, others: Sequence[Scheme] = ()) -> tuple[Dimension, ...]:
    """All dimensions of the first scheme, then the questions about studies of the others."""
    of_others = (
        replace(
            dimension,
            id=question_dimension(dimension.id.removeprefix(_OF_QUESTION), scheme),
            title=_title(dimension, scheme),
        )
        for scheme in others
        for dimension in dimensions(scheme)
        if dimension.id.startswith(_OF_QUESTION) and dimension.of is Of.STUDY
    )
    return (*dimensions(first), *of_others)


def _title(dimension: Dimension, scheme: Scheme) -> str:
    """The question with its scheme, whose name is said once where both have the same."""
    same = dimension.title.strip().casefold() == scheme.title.strip().casefold()
    return dimension.title if same else f"{dimension.title} ({scheme.title})"


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
