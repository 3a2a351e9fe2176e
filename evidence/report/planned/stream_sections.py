"""What the usual report says of each stream, such as outcome and process studies: its numbers, its
tables and its figures.

A review has streams where a question of the id `stream` divides its studies.
"""

from collections.abc import Iterable, Iterator, Sequence

from evidence.coding.scheme import Axis, Of
from evidence.report.facts import ReviewFacts
from evidence.report.read_section import as_written
from evidence.synthesis.counts.code_matrix import questions_of_same_codes
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.studies import CodedStudy
from evidence.synthesis.study_counts import Count, by_option

STREAM = "stream"
_SEVERAL = 2
_COUNTED = ("design", "population")


def of_streams(facts: ReviewFacts) -> Iterator[str]:
    """Paragraphs on each stream; none where fewer than two have a study."""
    streams = _streams(facts, facts.studies)
    if not streams:
        return
    yield "## By kind of study"
    yield f"{{{{shares by {STREAM}}}}}"
    for line in streams:
        yield f"### {as_written(line.label)}"
        yield from _of_stream(facts, f"of {STREAM}={line.id}", _those(facts, line.studies))


def of_streams_at(facts: ReviewFacts, question: str, code: str) -> Iterator[str]:
    """A table of the studies that have a code, unless each stands in that of a stream, and
    paragraphs on each stream; these not where fewer than two are.

    Args:
        facts: of the review.
        question: of the code, such as the stage of the review.
        code: which they have.
    """
    dimension = facts.dimension(question)
    at = [each for each in facts.studies if dimension and code in dimension.codes(each)]
    if not all_stand_in_streams(facts, at):
        yield f"{{{{characteristics of {question}={code}}}}}"
    for line in _streams(facts, at):
        yield f"## {as_written(line.label)}"
        of = f"of {question}={code}, {STREAM}={line.id}"
        yield from _of_stream(facts, of, _those(facts, line.studies))


def all_stand_in_streams(facts: ReviewFacts, studies: Sequence[CodedStudy]) -> bool:
    """Whether each of these stands in the table of a stream, so that none of all is needed."""
    placed = frozenset[int]().union(*(line.studies for line in _streams(facts, studies)))
    return bool(placed) and all(study.id in placed for study in studies)


def _streams(facts: ReviewFacts, studies: Sequence[CodedStudy]) -> list[Count]:
    dimension = facts.dimension(STREAM)
    lines = by_option(studies, dimension).lines if dimension else ()
    there = [line for line in lines if line.studies]
    return there if len(there) >= _SEVERAL else []


def _those(facts: ReviewFacts, ids: frozenset[int]) -> list[CodedStudy]:
    return [each for each in facts.studies if each.id in ids]


def _of_stream(facts: ReviewFacts, of: str, studies: Sequence[CodedStudy]) -> Iterator[str]:
    """Its sentences, then tables of what its studies are coded with, then its figures."""
    has_country = facts.dimension("country") is not None
    names = ["years", *(["countries"] * has_country), "participants"]
    said = " ".join(f"{{{{{name} {of} as studies}}}}" for name in names)
    yield f"{{{{number {of}}}}} of {{{{number}}}} studies belong here. {said}"
    yield f"{{{{years-figure {of}}}}}"
    for axis in (Axis.INTERVENTION, Axis.OUTCOME):
        yield from _counts(facts, asked_about_axis(facts, axis), of, studies)
    yield from _counts(facts, _COUNTED, of, studies)
    for first in component_questions(facts):
        if any(first.codes(study) for study in studies):
            yield f"{{{{codes-figure by {first.id} {of}}}}}"
    yield f"{{{{characteristics {of}}}}}"


def _counts(
    facts: ReviewFacts, names: Iterable[str], of: str, studies: Sequence[CodedStudy]
) -> Iterator[str]:
    """A table of each question that says something of these studies."""
    for name in names:
        dimension = facts.dimension(name)
        if dimension and any(line.studies for line in by_option(studies, dimension).lines):
            yield f"{{{{counts by {name} {of}}}}}"


def asked_about_axis(facts: ReviewFacts, axis: Axis) -> list[str]:
    """By what interventions or outcomes are counted: what was ticked for studies, because a study
    may have no finding on something that it is about; else what findings are on.
    """
    ticked = [each.id for each in facts.dimensions if each.axis is axis and each.of is Of.STUDY]
    return ticked or [f"axis:{axis}"] * bool(facts.dimension(f"axis:{axis}"))


def component_questions(facts: ReviewFacts) -> list[Dimension]:
    """What services consist of: the first of several questions of the same codes, or that of the
    example.
    """
    together = questions_of_same_codes(facts.dimensions)
    firsts = [each[0] for each in together if len(each) >= _SEVERAL]
    components = facts.dimension("components")
    return [*firsts, components] if components and components not in firsts else firsts
