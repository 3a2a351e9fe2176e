"""Two people's screening decisions out of files, each of which holds those of one person."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from evidence.citations.record import Reference
from evidence.coding.agreement.compared import TWO_CODERS, ComparedStudy, DoubleCoding
from evidence.coding.answer_rows import AnswerRow
from evidence.coding.scheme import (
    Judges,
    Option,
    Purpose,
    Question,
    QuestionKind,
    Scheme,
    Section,
)
from evidence.errors import Invalid
from evidence.screening.external_decisions import ExternalDecision, columns_lacking
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.screening.read_decisions import ReadFile, read_file

TITLE = "Screening decisions"
STAGES = {
    "": "Decision",
    Stage.TITLE_ABSTRACT: "Decision on title and abstract",
    Stage.FULL_TEXT: "Decision on full text",
}
VERDICTS = {
    Verdict.INCLUDE: "Include",
    Verdict.EXCLUDE: "Exclude",
    Verdict.MAYBE: "Maybe",
    Verdict.NOT_RETRIEVED: "Not retrieved",
}
ALWAYS = (Verdict.INCLUDE, Verdict.EXCLUDE)
"""What can be said in any case; the others where somebody said them."""

_NO_WORDS = re.compile(r"[\W_]+")
_NAMED = 3  # people whom a sentence names

Decided = dict[str, tuple[str, dict[str, Verdict]]]
"""For each work its title and the verdict at each stage."""


def double_screening(pairs: Sequence[tuple[tuple[str, bytes], tuple[str, bytes]]]) -> DoubleCoding:
    """The decisions of two people, from pairs of names and contents of files.

    Works of a pair are told apart by title and year, or by DOI where there is no title. Of several
    decisions of a person on one work the first counts, since later ones may follow from what others
    said; resolutions of conflicts count nowhere, and what was withdrawn does not.

    Raises:
        Invalid: a file holds no decisions, or those of several people; or two of a pair have no
            work in common.
    """
    studies: list[ComparedStudy] = []
    left_out: list[str] = []
    for number, ((name, content), (of_second, others)) in enumerate(pairs, 1):
        first = _decided(name, content, left_out)
        second = _decided(of_second, others, left_out)
        common = [key for key in first if key in second]
        if not common:
            raise Invalid(
                f"{name} and {of_second} have no decided work in common. Name the files of the "
                "second coder in the same order as those of the first."
            )
        left_out += _alone(name, of_second, len(first) - len(common))
        left_out += _alone(of_second, name, len(second) - len(common))
        for key in common:
            rows = (_rows(first[key][1]), _rows(second[key][1]))
            studies.append(
                ComparedStudy(
                    id=f"{number}:{key}",
                    label=first[key][0],
                    rows=dict(zip(TWO_CODERS, rows, strict=True)),
                )
            )
    return DoubleCoding(scheme=_scheme(studies), studies=tuple(studies), left_out=tuple(left_out))


def _decided(name: str, content: bytes, left_out: list[str]) -> Decided:
    read = read_file(name, content)
    left_out += [f"{name}: {sentence}" for sentence in read.not_understood]
    decisions = [
        (entry.reference, decision)
        for entry in read.entries
        for decision in entry.decisions
        if decision.verdict is not None and not decision.resolves
    ]
    if not decisions:
        raise Invalid(_no_decisions(name, read))
    people = sorted({decision.person for _, decision in decisions if decision.person})
    if len(people) > 1:
        named = ", ".join(people[:_NAMED]) + (" and others" if len(people) > _NAMED else "")
        raise Invalid(
            f"{name} holds decisions of {len(people)} people ({named}); make a file for each "
            "person, with the same works."
        )
    by_work: dict[str, list[tuple[Reference, ExternalDecision]]] = defaultdict(list)
    nameless = 0
    for reference, decision in decisions:
        key = _key(reference)
        nameless += not key
        if key:
            by_work[key].append((reference, decision))
    if nameless:
        left_out.append(f"{name}: {nameless:,} decisions on works with neither title nor DOI.")
    decided = {
        key: (each[0][0].title or each[0][0].doi, _verdicts([decision for _, decision in each]))
        for key, each in by_work.items()
    }
    return {key: (title, verdicts) for key, (title, verdicts) in decided.items() if verdicts}


def _no_decisions(name: str, read: ReadFile) -> str:
    lacking = columns_lacking(read.headings) if read.headings else ()
    why = f" It lacks the column {', '.join(lacking)}." if lacking else ""
    if not read.entries and read.problems:
        return f"There are no decisions in {read.problems[0]}"
    return (
        f"{name} holds no decisions.{why} Name exports of EPPI-Reviewer (JSON), or files of "
        "Rayyan, ASReview or Waymark that say what one person decided."
    )


def _key(reference: Reference) -> str:
    words = _NO_WORDS.sub(" ", reference.title.casefold()).strip()
    return f"{words} {reference.year or ''}".strip() if words else reference.doi


def _verdicts(decisions: Sequence[ExternalDecision]) -> dict[str, Verdict]:
    """The first verdict at each stage that was not withdrawn."""
    verdicts: dict[str, Verdict] = {}
    for decision in decisions:
        stage = decision.stage or ""
        if decision.verdict is Verdict.WITHDRAWN:
            verdicts.pop(stage, None)
        elif decision.verdict is not None:
            verdicts.setdefault(stage, decision.verdict)
    return verdicts


def _rows(verdicts: dict[str, Verdict]) -> tuple[AnswerRow, ...]:
    return tuple(
        AnswerRow(question=stage or "decision", code=verdict, chosen=True)
        for stage, verdict in verdicts.items()
    )


def _scheme(studies: Sequence[ComparedStudy]) -> Scheme:
    """One question for each stage that somebody decided at."""
    rows = [row for study in studies for each in study.rows.values() for row in each]
    used = {(row.question, row.code) for row in rows}
    questions = tuple(
        Question(
            id=stage or "decision",
            text=text,
            kind=QuestionKind.ONE,
            options=tuple(
                Option(id=verdict, label=label)
                for verdict, label in VERDICTS.items()
                if verdict in ALWAYS or (stage or "decision", verdict) in used
            ),
        )
        for stage, text in STAGES.items()
        if any(question == (stage or "decision") for question, _ in used)
    )
    return Scheme(
        id="screening",
        title=TITLE,
        version="",
        purpose=Purpose.SCREENING,
        judges=Judges.STUDY,
        sections=(Section(title=TITLE, questions=questions),),
    )


def _alone(name: str, other: str, works: int) -> Iterator[str]:
    if works:
        which = "1 work is" if works == 1 else f"{works:,} works are"
        yield f"{which} decided in {name} and not in {other}, so not compared."
