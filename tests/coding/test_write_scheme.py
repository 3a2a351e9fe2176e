"""A scheme that is written is read again as the same scheme."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.coding import scheme_table
from evidence.coding.read_scheme import load
from evidence.coding.scheme import (
    Axis,
    Condition,
    Judges,
    Of,
    Option,
    OptionRole,
    Purpose,
    Question,
    QuestionKind,
    Rule,
    Scheme,
    Section,
    Take,
)
from evidence.coding.write_scheme import as_yaml
from tests.conftest import ROOT

SHIPPED = sorted((ROOT / "coding_schemes").glob("*.yaml"))
TEXTS = st.text(min_size=1, max_size=60).map(
    lambda text: text.encode(errors="replace").decode().strip() or "x"
) | st.sampled_from(["yes", "no", "null", "~", "1.0", "- a", "a: b", "#", "=SUM(A1)", "'", '"'])
ODD = st.sampled_from(["", "A line\nand another", "ends with a colon:", "  indented".strip()])


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_schemes_come_back(path: Path) -> None:
    scheme = load(path.read_text(encoding="utf-8"), path.name)
    assert load(as_yaml(scheme), "again.yaml") == scheme


@given(TEXTS, TEXTS, ODD, st.decimals(min_value=-10_000, max_value=10_000, places=3))
def test_every_key_of_the_format_comes_back(
    text: str, label: str, odd: str, least: Decimal
) -> None:
    limit = float(least)
    below = Option(
        id="below",
        label=label,
        role=OptionRole.REVIEW,
        link="https://example.org/a",
        replaces=("old", "older"),
    )
    top = Option(id="top", label=text, help=odd, selectable=False, options=(below,))
    high, low = Option(id="high", label=label), Option(id="low", label="Low")
    questions = (
        Question(id="tree", text=text, kind=QuestionKind.TREE, options=(top,), axis=Axis.OUTCOME,
                 short=label, help=odd, required=True),
        Question(id="number", text=text, kind=QuestionKind.NUMBER, unit=label, minimum=limit,
                 maximum=float(least + 1), per_arm=True),
        Question(id="is-it", text=text, kind=QuestionKind.YES_NO,
                 when=Condition(question="tree", any_of=("below",))),
        Question(id="of-finding", text=text, kind=QuestionKind.TEXT, of=Of.FINDING,
                 when=Condition(question="", axis=Axis.OUTCOME, any_of=("top",))),
        Question(id="a", text=text, kind=QuestionKind.ONE, options=(high, low)),
        Question(id="d", text=text, kind=QuestionKind.ONE, options=(high, low),
                 rule=Rule(take=Take.MEDIAN_UP_TO_FIRST, of=("a",))),
    )  # fmt: skip
    scheme = Scheme(
        id="odd", title=text, version=label, purpose=Purpose.APPRAISAL, judges=Judges.REVIEW,
        description=odd, sections=(Section(title=label, help=odd, questions=questions),),
    )  # fmt: skip
    assert load(as_yaml(scheme), "odd.yaml") == scheme


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_table_has_every_question_and_code_once(path: Path) -> None:
    scheme = load(path.read_text(encoding="utf-8"), path.name)
    rows = [dict(zip(scheme_table.HEAD, row, strict=True)) for row in scheme_table.rows(scheme)]
    assert [row["question id"] for row in rows if not row["code id"]] == [
        question.id for question in scheme.questions
    ]
    assert [(row["question id"], row["code id"]) for row in rows if row["code id"]] == [
        (question.id, option.id) for question in scheme.questions for option in question.walk()
    ]


def test_the_table_says_when_a_question_is_asked_and_how_deep_a_code_stands() -> None:
    scheme = load(
        (ROOT / "coding_schemes" / "recovery-vocational.yaml").read_text(encoding="utf-8"), "r.yaml"
    )
    rows = [dict(zip(scheme_table.HEAD, row, strict=True)) for row in scheme_table.rows(scheme)]
    (area,) = [row for row in rows if row["question id"] == "uk-area"]
    assert area["asked when"] == "country: United Kingdom"
    (people,) = [row for row in rows if row["question id"] == "participants"]
    assert people["kind"] == "number, people, from 0"
    (ips,) = [row for row in rows if row["code id"] == "ips"]
    assert ips["level"] == 2


def test_small_and_large_limits_keep_their_digits() -> None:
    for written in ("0.0000001", "123456789012345", "-0.5", "1000000"):
        number = f"kind: number\n        minimum: {written}"
        text = as_yaml(load(_one_question(number), "n.yaml"))
        assert f"minimum: '{written}'" in text


def _one_question(kind: str) -> str:
    head = "id: n\ntitle: N\nversion: 1\npurpose: coding\njudges: study\nsections:\n"
    return f"{head}  - title: All\n    questions:\n      - id: q\n        text: Q\n        {kind}\n"
