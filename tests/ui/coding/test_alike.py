"""The desk in the browser asks, misses and faults what the server does."""

import json
import random
import subprocess
from pathlib import Path
from typing import Any

from playwright._impl._driver import compute_driver_executable

from evidence.coding.answer_rows import AnswerRow, gather, unanswered
from evidence.coding.answers import answer_faults, answer_to, applicable_questions
from evidence.coding.finding_fields import finding_of
from evidence.coding.findings import finding_questions
from evidence.coding.overall_judgement import proposed, unreasoned
from evidence.coding.read_scheme import load
from evidence.coding.scheme import Scheme
from evidence.steps.coding.desk_sheet import scheme_data
from evidence.steps.coding.schemes import TakenScheme
from evidence.store.coding.schemes import SchemeVersion
from tests.conftest import NOW, ROOT

RUN = Path(__file__).with_name("alike_in_node.mjs")
ARMS = ("armarm01", "armarm02")
TYPED = ("", " ", "12", "-3", "1.5", "1,5", "1e3", "x", "2006", "2006-02-29", "2004-02-29",
         "2006-13", "0000", "2006-1", " 7 ", "+4", "99999999999999999999", "٣")  # fmt: skip
YAML = """
id: made
title: Made
version: "1"
purpose: coding
judges: study
sections:
  - title: First
    questions:
      - {id: service, text: Service?, kind: tree, required: yes, axis: intervention, options: [
          {id: work, label: Work, options: [{id: ips, label: IPS}, {id: firm, label: Firm}],
             replaces: [job]},
          {id: other, label: Other}]}
      - {id: people, text: How many?, kind: number, minimum: 0, maximum: 100, per: arm,
         required: yes}
      - {id: told, text: Told?, kind: yes/no, required: yes,
         when: {question: service, any_of: [work]}}
      - {id: begun, text: Begun?, kind: date, when: {question: told, any_of: ["yes"]}}
      - {id: outcome, text: Outcome?, kind: one of, of: finding, axis: outcome,
         options: [{id: job, label: Job}, {id: esteem, label: Esteem}]}
      - {id: contrast, text: Contrast?, kind: one of, of: finding, axis: contrast,
         options: [{id: between, label: Between}]}
      - {id: hours, text: Hours?, kind: number, of: finding,
         when: {axis: outcome, any_of: [job]}}
      - {id: pay, text: Pay?, kind: yes/no, of: finding,
         when: {axis: intervention, any_of: [work]}}
      - {id: how, text: How?, kind: text, of: finding, when: {question: pay, any_of: ["yes"]}}
  - title: Second
    questions:
      - {id: a, text: A?, kind: one of, options: LEVELS}
      - {id: b, text: B?, kind: one of, options: LEVELS}
      - {id: c, text: C?, kind: one of, options: LEVELS}
      - {id: d, text: D?, kind: one of, rule: {take: median up to first, of: [a, b, c]},
         options: LEVELS}
""".replace(
    "LEVELS",
    "[{id: high, label: High}, {id: some, label: Some}, {id: low, label: Low}, "
    "{id: none, label: Unknown, role: no information}]",
)


def in_node(scheme: Scheme, sheets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    version = SchemeVersion(
        id=9, scheme_id=5, name=scheme.id, number=1, version=scheme.version, yaml=YAML,
        by="Eva", at=NOW,
    )  # fmt: skip
    told = scheme_data(TakenScheme(id=5, version=version, scheme=scheme))
    node, _ = compute_driver_executable()
    done = subprocess.run(
        [str(node), str(RUN)],
        input=json.dumps({"scheme": told, "sheets": sheets}),
        capture_output=True,
        check=True,
        encoding="utf-8",
        cwd=ROOT,
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def some_rows(draw: random.Random, scheme: Scheme, arms: tuple[str, ...]) -> list[AnswerRow]:
    rows = []
    for question in scheme.questions:
        if question.of.value != "study":
            continue
        for arm in ("", *(arms if question.per_arm else ())):
            if question.id in "abcd":
                code = draw.choice(["high", "some", "low", "high", "some", "none"])
                row = AnswerRow(question=question.id, code=code, chosen=True)
                rows += [row] * (draw.random() < 0.8)
                note = draw.choice(["", " ", "few people"])
                rows.append(AnswerRow(question=question.id, note=note))
            elif question.options:
                known = [each for o in question.walk() for each in (o.id, *o.replaces)]
                chosen = [code for code in known if draw.random() < 0.3]
                rows += [AnswerRow(question=question.id, code=id_, chosen=True) for id_ in chosen]
            elif draw.random() < 0.7:
                rows.append(AnswerRow(question=question.id, arm=arm, value=draw.choice(TYPED)))
    return rows


def a_row(row: AnswerRow) -> dict[str, Any]:
    return {"question": row.question, "code": row.code, "arm": row.arm, "chosen": row.chosen,
            "value": row.value, "note": row.note}  # fmt: skip


def test_both_ask_miss_and_fault_the_same() -> None:
    draw = random.Random(11)  # noqa: S311
    scheme = load(YAML, "made.yaml")
    codings = []
    for _ in range(1500):
        arms = ARMS[: draw.randint(0, 2)]
        axes = {"intervention": draw.choice(["ips", "other"]),
                "outcome": draw.choice(["job", "esteem"]), "contrast": "between"}  # fmt: skip
        codings.append((arms, some_rows(draw, scheme, arms), axes))
    sheets = [
        {
            "answers": [a_row(row) for row in rows],
            "arms": [{"uid": arm, "label": arm, "people": ""} for arm in arms],
            "findings": [{"uid": "finding1", "position": 1, "fields": axes}],
        }
        for arms, rows, axes in codings
    ]
    for (arms, rows, axes), told in zip(codings, in_node(scheme, sheets), strict=True):
        answers = gather(rows, scheme)
        assert told["asked"] == [q.id for q in applicable_questions(scheme, answers)]
        assert told["missing"] == [q.id for q in unanswered(scheme, rows, arms)], rows
        for_study = gather((row for row in rows if not row.arm), scheme)
        assert told["faulty"] == [
            question.id
            for question in scheme.questions
            if not question.options and answer_faults(question, answer_to(question.id, for_study))
        ], rows
        overall = scheme.question("d")
        assert overall is not None
        assert told["proposed"] == proposed(overall, answers), rows
        assert told["unreasoned"] == bool(list(unreasoned(scheme, answers))), rows
        finding = finding_of(axes | {"direction": "better"}, scheme)
        assert finding
        asked = [q.id for q in finding_questions(finding, scheme, answers)]
        assert told["of_findings"] == [asked]
