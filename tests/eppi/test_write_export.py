"""What leaves in the form of EPPI-Reviewer, and what cannot be said in it."""

import json
from typing import Any

from evidence.citations.record import Name, Record, Reference
from evidence.coding.answer_rows import AnswerRow
from evidence.coding.coding_tables.exported import ExportedArm, ExportedTimePoint
from evidence.coding.read_scheme import load
from evidence.eppi.coded_review import (
    CodedReview,
    CodedStudy,
    QuotedWords,
    StudyCoding,
    TypedFinding,
    review_of,
)
from evidence.eppi.export import Export, Generation, Highlight
from evidence.eppi.read_export import read_export
from evidence.eppi.write_export import WrittenExport, write_code_sets, write_export
from tests.conftest import ROOT

OURS = """
id: garden-study
title: Garden study
version: "3"
purpose: coding
judges: study
description: What was done.
sections:
  - title: Done
    questions:
      - id: place
        text: Where was it?
        kind: tree
        required: yes
        options:
          - id: town
            label: Town
            selectable: no
            options: [{id: park, label: Park}, {id: roof, label: Roof}]
          - {id: farm, label: Farm, role: review}
      - id: weeks
        text: How many weeks?
        kind: number
        when: {question: place, any_of: [farm]}
      - id: help
        text: What kind of help?
        kind: many of
        axis: intervention
        options: [{id: walks, label: Walks}]
  - title: Results
    questions:
      - id: outcome
        text: Which outcome?
        kind: many of
        of: finding
        axis: outcome
        options: [{id: sleep, label: Sleep}]
      - id: rater
        text: Who rated?
        kind: many of
        of: finding
        options: [{id: self, label: People themselves}]
      - id: remark
        text: Any remark?
        kind: text
        of: finding
"""
STUDY = CodedStudy(
    record=Record(
        reference=Reference(
            type="article",
            title="Gardens and sleep",
            authors=(Name("Roe", "Ann"), Name("Garden Group")),
            year=2020,
            doi="10.5555/1",
            keywords=("work", "rest"),
        ),
        line=3,
        raw="",
        fields=(),
    ),
    label="Roe 2020",
    arms=(ExportedArm(uid="a1b2c3d4", label="Walkers", people="12"),),
    time_points=(ExportedTimePoint(uid="t1t1t1t1", label="6 months"),),
    codings=(
        StudyCoding(
            scheme="garden-study",
            rows=(
                AnswerRow(question="place", code="park", arm="a1b2c3d4", chosen=True, note="p. 2"),
                AnswerRow(question="place", code="farm", note="not ticked"),
                AnswerRow(question="place", note="of the question"),
                AnswerRow(question="weeks", value="12", note="about"),
                AnswerRow(question="gone", code="x", chosen=True),
                AnswerRow(question="help", code="walks", arm="unknown1", chosen=True),
            ),
            findings=(
                TypedFinding(
                    uid="f1f1f1f1",
                    fields={
                        "intervention": "walks",
                        "outcome": "sleep",
                        "measure": "Diary",
                        "time": "t1t1t1t1",
                        "arm_intervention": "a1b2c3d4",
                        "direction": "better",
                        "numbers_kind": "means",
                        "numbers.mean1": "about 3",
                        "numbers.mean2": "4",
                        "numbers.sd2": "1.50",
                        "printed.p": "0.04",
                        "answer.rater": "self",
                        "answer_note.rater": "by phone",
                        "answer.remark": "words",
                    },
                ),
            ),
            quotations=(
                QuotedWords(
                    question="place",
                    code="park",
                    arm="a1b2c3d4",
                    highlight=Highlight(document="Roe.pdf", page=2, words=("in a park",)),
                ),
            ),
        ),
    ),
)


def written() -> WrittenExport:
    return write_export(CodedReview(schemes=(load(OURS, "ours.yaml"),), studies=(STUDY,)))


def codes_in(node: Any) -> dict[str, tuple[int, str]]:
    below = node.get("Attributes", {}).get("AttributesList", [])
    own = {each["AttributeName"]: (each["AttributeId"], each["AttributeType"]) for each in below}
    return own | {name: code for each in below for name, code in codes_in(each).items()}


def test_our_own_schemes_become_sets() -> None:
    (made,) = written().root["CodeSets"]
    codes = codes_in(made)
    assert {name: kind for name, (_, kind) in codes.items()} == {
        "Where was it?": "Not selectable (no checkbox)",
        "Town": "Not selectable (no checkbox)",
        "Park": "Selectable (show checkbox)",
        "Roof": "Selectable (show checkbox)",
        "Farm": "Selectable (show checkbox)",
        "How many weeks?": "Selectable (show checkbox)",
        "What kind of help?": "Not selectable (no checkbox)",
        "Walks": "Intervention",
        "Which outcome?": "Not selectable (no checkbox)",
        "Sleep": "Outcome",
        "Who rated?": "Not selectable (no checkbox)",
        "People themselves": "Outcome classification code",
    }
    assert len({number for number, _ in codes.values()}) == len(codes)
    assert made["SetType"]["SetTypeId"] == 3


def test_answers_arms_words_and_findings_leave() -> None:
    made = written()
    (given,) = made.root["References"]
    codes = codes_in(made.root["CodeSets"][0])
    names = {number: name for name, (number, _) in codes.items()}
    arm = given["Arms"][0]["itemArmId"]
    applied = [(names[c["AttributeId"]], c["AdditionalText"], c["ArmId"]) for c in given["Codes"]]
    assert applied == [
        *(("Park", "p. 2", arm), ("Where was it?", "of the question", 0)),
        ("How many weeks?", "12\nabout", 0),
    ]
    (words,) = given["Codes"][0]["ItemAttributeFullTextDetails"]
    assert words["Text"] == 'Page 2:\n[¬s]"in a park[¬e]"'
    (outcome,) = given["Outcomes"]
    assert names[outcome["ItemAttributeIdOutcome"]] == "Sleep"
    assert names[outcome["ItemAttributeIdIntervention"]] == "Walks"
    assert (outcome["ItemArmIdGrp1"], outcome["grp1ArmName"]) == (arm, "Walkers")
    assert (outcome["ItemTimepointValue"], outcome["ItemTimepointMetric"]) == ("6", "months")
    assert [outcome[f"Data{place}"] for place in range(1, 8)] == [
        *(None, None, None, 4, None, 1.5, 0)
    ]
    assert outcome["SMD"] is None
    (classified,) = outcome["OutcomeCodes"]["OutcomeItemAttributesList"]
    assert (names[classified["AttributeId"]], classified["AdditionalText"]) == (
        *("People themselves", "by phone"),
    )
    assert (given["Authors"], given["Keywords"]) == ("Roe Ann; Garden Group; ", "work\r\nrest")
    assert (given["ItemStatus"], given["TypeName"]) == ("I", "Journal, Article")
    assert "Gardens and sleep" in given["QuickCitation"]


def test_what_cannot_be_said_is_listed() -> None:
    listed = {repair.sentence for repair in written().unsaid}
    assert listed == {
        "The headings of sections are not said.",
        "When a question is asked is not said.",
        "That a question must be answered is not said.",
        "What an option says to maps is not said.",
        "A note or words on a code that is not ticked are not said.",
        "An answer to a question or code that its scheme does not have is not said.",
        "An answer for an arm that the study does not list is not said.",
        "How many people an arm has is not said.",
        "The direction of a finding is not said.",
        "Numbers that EPPI-Reviewer has no place for are not said.",
        "What the report prints beside its numbers is not said.",
        "An answer about a finding that is no code is not said.",
    }


def test_what_leaves_comes_in_as_the_newest_generation() -> None:
    made = written()
    export = read_export(made.content, "ours.json")
    assert isinstance(export, Export)
    assert (export.generation, export.account.unaccounted) == (Generation.ARMS, {})
    assert export.account.left_out == ()
    once = review_of(export)
    again = read_export(write_export(once).content, "ours.json")
    assert isinstance(again, Export)
    assert review_of(again).schemes == once.schemes
    assert [s.codings for s in review_of(again).studies] == [s.codings for s in once.studies]


def test_shipped_schemes_leave_as_code_sets() -> None:
    paths = sorted((ROOT / "coding_schemes").glob("*.yaml"))
    schemes = [load(path.read_text(encoding="utf-8"), path.name) for path in paths]
    made = write_code_sets(schemes)
    export = read_export(made.content, "sets.json")
    assert isinstance(export, Export)
    assert [each.name for each in export.sets] == [scheme.title for scheme in schemes]
    for code_set, scheme in zip(export.sets, schemes, strict=True):
        labels = {" ".join(o.label.split()) for q in scheme.questions for o in q.walk()}
        assert labels <= {code.name for code in code_set.walk()}
    assert json.loads(made.content)["References"] == []
