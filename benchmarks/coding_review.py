"""A review to measure the coding desk with: studies, a scheme, and codings, all invented here."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Select, Table, func, insert, select

from benchmarks.screening import filled
from evidence.coding.scheme import (
    Axis,
    Judges,
    Of,
    Option,
    Purpose,
    Question,
    QuestionKind,
    Scheme,
    Section,
)
from evidence.coding.write_scheme import as_yaml
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.coding import desk_messages, schemes, studies
from evidence.steps.desk import Desk
from evidence.steps.review import membership, people
from evidence.steps.screening import decisions
from evidence.store import Role, Store
from evidence.store.coding import studies as stored_studies
from evidence.store.records import works
from evidence.store.records.filters import Filter
from evidence.store.schema import answer, coding, coding_change, finding
from evidence.store.screening.decisions import NewDecision

QUESTIONS = 60  # of the scheme, of which so many are asked of each finding:
OF_FINDINGS = 3
IN_A_SECTION = 10
SHARE_CODED = 10  # one study in so many is coded by each of two people
FINDINGS = 3  # in each coding
ROWS_APART = 1000
KINDS = (QuestionKind.ONE, QuestionKind.MANY, QuestionKind.YES_NO, QuestionKind.NUMBER,
         QuestionKind.TEXT)  # fmt: skip
CODESET = Path("../shared/eppi/codesets/destiny_codeset_95396.json")  # 1,245 codes


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeReview:
    """What was made, at the desk of the person who coded first."""

    desk: Desk
    scheme_id: int
    version_id: int
    study_ids: tuple[int, ...]


def made(store: Store, study_count: int) -> MadeReview:
    """A review with so many studies, of which each tenth was coded by two people."""
    desk = filled(store, study_count)
    with desk.reading() as c:
        work_ids = [line.id for line in works.page(c, desk.review_id, Filter(), limit=study_count)]
    for stage in Stage:
        included = [
            NewDecision(
                work_id=work_id,
                stage=stage,
                verdict=Verdict.INCLUDE,
                client_id=f"{stage}-{work_id}",
            )
            for work_id in work_ids
        ]
        decisions.decide(desk, included)
    studies.create_each(desk, work_ids)
    scheme_id = schemes.add(desk, as_yaml(made_scheme()), "made.yaml")
    taken = schemes.get(desk, scheme_id)
    with desk.reading() as c:
        study_ids = tuple(stored_studies.ids(c, desk.review_id))
    review = MadeReview(
        desk=desk, scheme_id=scheme_id, version_id=taken.version.id, study_ids=study_ids
    )
    first, *others = study_ids[::SHARE_CODED]
    code_fully(review, first, taken.scheme)
    for number, person in enumerate((desk, joined(desk, "Second"))):
        copy_coding(person, others if number == 0 else [first, *others])
    return review


def joined(desk: Desk, name: str, token: str = "") -> Desk:
    """The desk of somebody else in the team, whose browser holds this token."""
    person = people.sign_in(desk.store, name, token)
    other = replace(desk, person_id=person.id)
    membership.join(other)
    return other


def made_scheme() -> Scheme:
    """Sixty questions of all kinds in six sections, one of them a tree."""
    questions = [_question(number) for number in range(QUESTIONS)]
    sections = tuple(
        Section(title=f"Section {at // IN_A_SECTION + 1}", questions=tuple(
            questions[at : at + IN_A_SECTION]))
        for at in range(0, QUESTIONS, IN_A_SECTION)
    )  # fmt: skip
    return Scheme(
        id="made",
        title="Made to measure with",
        version="1",
        purpose=Purpose.CODING,
        judges=Judges.STUDY,
        description="",
        sections=sections,
    )


def _question(number: int) -> Question:
    kind = KINDS[number % len(KINDS)]
    axes = {0: Axis.INTERVENTION, QUESTIONS - 2: Axis.CONTRAST, QUESTIONS - 1: Axis.OUTCOME}
    options: tuple[Option, ...] = ()
    if number == 0:
        kind, options = QuestionKind.TREE, _options(6, 3)
    elif number in axes:
        kind, options = QuestionKind.ONE, _options(8, 1)
    elif kind in {QuestionKind.ONE, QuestionKind.MANY}:
        options = _options(8, 1)
    return Question(
        id=f"q{number}",
        text=f"What is said on point {number}?",
        kind=kind,
        of=Of.FINDING if number >= QUESTIONS - OF_FINDINGS else Of.STUDY,
        axis=axes.get(number),
        required=number < IN_A_SECTION,
        options=options,
    )


def _options(many: int, levels: int, before: str = "o") -> tuple[Option, ...]:
    return tuple(
        Option(
            id=f"{before}{number}",
            label=f"Code {before}{number}",
            options=_options(many, levels - 1, f"{before}{number}-") if levels > 1 else (),
        )
        for number in range(many)
    )


def copy_coding(desk: Desk, study_ids: Sequence[int]) -> None:
    """Let a person say of all these studies, row by row, what was said of the first one.

    Done by steps, it would take a second for each.
    """
    with desk.writing(Role.REVIEWER) as w:
        c = w.connection
        of_first = {
            table: [dict(row) for row in c.execute(_of_first(table)).mappings()]
            for table in (coding, answer, finding, coding_change)
        }
        begin = int(c.execute(select(func.max(coding.c.id))).scalar_one())
        for table, rows in of_first.items():
            copies = [
                _copied(row, begin + n, study_id, desk.person_id)
                for n, study_id in enumerate(study_ids)
                for row in rows
            ]
            c.execute(insert(table), copies)


def _of_first(table: Table) -> Select[Any]:
    column = table.c.id if table is coding else table.c.coding_id
    return select(table).where(column == 1)


def _copied(row: Mapping[str, Any], at: int, study_id: int, person_id: int) -> dict[str, Any]:
    """A row for another coding; ids stand as far apart as no coding has rows."""
    own = {"study_id": study_id, "person_id": person_id, "coding_id": at + 1}
    copied = {name: own.get(name, value) for name, value in row.items()}
    is_coding = "coding_id" not in row
    copied["id"] = at + 1 if is_coding else row["id"] + at * ROWS_APART
    for name in ("answer_id", "finding_id"):
        if row.get(name) is not None:
            copied[name] = row[name] + at * ROWS_APART
    return copied


def code_fully(review: MadeReview, study_id: int, scheme: Scheme) -> None:
    """Answer all questions about a study, and write findings."""
    sent = [item for question in scheme.questions for item in [_answered(question)] if item]
    for number in range(FINDINGS):
        fields = {
            "intervention": "o1", "contrast": "o1", "outcome": f"o{number}", "measure": "A scale",
            "direction": "better", "numbers_kind": "means", "numbers.n1": "40", "numbers.n2": "41",
            "numbers.mean1": "5.1", "numbers.mean2": "4.2", "numbers.sd1": "2", "numbers.sd2": "2",
        }  # fmt: skip
        sent += [
            {"kind": "finding", "uid": f"finding{number}", "field": name, "after": text}
            for name, text in fields.items()
        ]
    for at in range(0, len(sent), desk_messages.MOST_AT_ONCE):
        some = [item(review, study_id, one, f"f{at + n}") for n, one in enumerate(sent[at:])]
        outcome = desk_messages.apply(review.desk, some[: desk_messages.MOST_AT_ONCE])
        if outcome.refused or outcome.clashes or outcome.trouble:
            raise RuntimeError(str(outcome))


def item(review: MadeReview, study_id: int, said: dict[str, Any], client_id: str) -> dict[str, Any]:
    """A message as the browser sends it."""
    place = {
        "study_id": study_id,
        "scheme_id": review.scheme_id,
        "version_id": review.version_id,
    }
    return {"client_id": client_id, "arm": "", "code": "", **place, **said}


def _answered(question: Question) -> dict[str, Any] | None:
    if question.of is not Of.STUDY:
        return None
    said: dict[str, Any] = {"kind": "answer", "question": question.id}
    if question.kind in {QuestionKind.MANY, QuestionKind.TREE}:
        option = list(question.walk())[-1]
        return said | {"code": option.id, "field": "chosen", "before": False, "after": True}
    if question.kind in {QuestionKind.ONE, QuestionKind.YES_NO}:
        option = next(question.walk())
        return said | {"field": "choice", "before": "", "after": option.id}
    text = "12" if question.kind is QuestionKind.NUMBER else "As the report says."
    return said | {"field": "value", "before": "", "after": text}


def large_scheme(codeset: Path = CODESET) -> Scheme:
    """A scheme of one tree with all codes of an EPPI-Reviewer codeset.

    Raises:
        FileNotFoundError: the codeset is not there.
    """
    read = json.loads(codeset.read_text(encoding="utf-8"))
    question = Question(
        id="codes",
        text=str(read["SetName"])[:200],
        kind=QuestionKind.TREE,
        options=tuple(_codes(read["Attributes"])),
    )
    plain = Question(id="words", text="In the words of the report", kind=QuestionKind.TEXT)
    return replace(
        made_scheme(),
        id="large",
        title="A large tree",
        sections=(
            Section(title="Codes", questions=(question,)),
            Section(title="Words", questions=(plain,)),
        ),
    )


def _codes(listed: dict[str, Any]) -> Iterator[Option]:
    for each in listed.get("AttributesList", ()):
        yield Option(
            id=f"c{each['AttributeId']}",
            label=" ".join(str(each["AttributeName"]).split())[:300] or "(without a name)",
            help=str(each.get("AttributeSetDescription") or "").strip()[:4000],
            options=tuple(_codes(each.get("Attributes") or {})),
        )
