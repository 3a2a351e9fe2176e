"""Answers to AMSTAR 2 from a table: nothing is guessed, and every fault has its place."""

from pathlib import Path

import pytest

from evidence.charts.traffic_light import traffic_light_picture
from evidence.coding.read_scheme import load
from evidence.errors import Invalid
from evidence.exports.picture_files import PictureFormat, picture_file
from evidence.synthesis.appraisal.judgements import Level, Unit
from evidence.synthesis.appraisal.read_amstar import CRITICAL, ITEMS
from evidence.synthesis.appraisal.read_judgements import read_judgements
from evidence.synthesis.appraisal.tools import Tool
from tests.conftest import ROOT

HEADS = ["Review", *(f"Q{n}" for n in range(1, 17))]


def row(name: str, **answers: str) -> list[str]:
    return [name, *(answers.get(f"q{n}", "Y") for n in range(1, 17))]


def table(*rows: list[str], heads: list[str] = HEADS) -> bytes:
    return "\n".join(",".join(cells) for cells in (heads, *rows)).encode()


def test_a_table_of_sixteen_items_is_known_and_its_confidence_follows() -> None:
    good = row("Park 2001", q11="NMA", q12="na", q15="No meta-analysis conducted", q4="PY")
    poor = row("Wood 2003", q2="No", q7="n", q1="N")
    read = read_judgements(table(good, poor), "reviews.csv")
    made = read.table
    assert (made.unit, made.overall, read.faults) == (Unit.REVIEW, "Confidence", ())
    assert {int(each.name.split(".")[0]) for each in made.domains if each.is_critical} == CRITICAL
    assert [each.overall and each.overall.words for each in made.rows] == ["High", "Critically low"]
    assert made.rows[0].judgements[10].level is Level.NOT_APPLICABLE
    assert any("doi:10.1136/bmj.j4008" in note for note in made.notes)
    assert any("no confidence" in remark for remark in read.remarks)


def test_a_team_chooses_other_critical_items() -> None:
    poor = row("Wood 2003", q2="No", q7="No")
    by_argument = read_judgements(table(poor), "r.csv", critical={1, 16}).table.rows[0]
    heads = [*HEADS[:2], "Q2*", *HEADS[3:]]
    by_mark = read_judgements(table(poor, heads=heads), "r.csv").table.rows[0]
    assert by_argument.overall is not None
    assert by_mark.overall is not None
    assert (by_argument.overall.words, by_mark.overall.words) == ("Moderate", "Low")
    with pytest.raises(Invalid, match="items 1 to 16"):
        read_judgements(table(poor), "r.csv", critical={17})
    with pytest.raises(Invalid, match="belong to AMSTAR 2"):
        read_judgements(b"Study,D1\nA,Low\n", "r.csv", critical={2})


def test_where_people_judged_otherwise_it_is_told() -> None:
    heads = [*HEADS, "Confidence"]
    first = [*row("Park 2001"), "Moderate confidence"]
    second = [*row("Wood 2003"), ""]
    read = read_judgements(table(first, second, heads=heads), "r.csv")
    assert "People judged 1 review otherwise than the rule." in read.table.notes
    assert [each.overall and each.overall.words for each in read.table.rows] == [
        "Moderate", "Not judged"
    ]  # fmt: skip
    text = "".join(traffic_light_picture(read.table).draw("light"))
    assert "High, by the rule" in text


@pytest.mark.parametrize(
    ("item", "answer", "why"),
    [
        ("q1", "maybe", "“maybe” is no answer that is known"),
        ("q3", "Partial yes", "Item 3 has no “partial yes”"),
        ("q2", "No meta-analysis conducted", "Item 2 asks for no meta-analysis"),
    ],
)
def test_an_answer_that_an_item_does_not_have_is_told_with_its_place(
    item: str, answer: str, why: str
) -> None:
    read = read_judgements(table(row("Park", **{item: answer})), "reviews.csv", Tool.AMSTAR_2)
    (fault,) = read.faults
    assert fault.startswith(f"reviews.csv, line 2, column {item.upper()}: {why}")
    assert "It is shown as not judged." in fault
    assert read.table.rows[0].by_rule is None


def test_of_an_item_in_two_parts_the_less_favourable_answer_counts() -> None:
    heads = [*HEADS[:9], "9a", "9b", *HEADS[10:]]
    cells = row("Park")
    for parts, expected in ((["Y", "N"], "No"), (["na", "PY"], "Partial yes"), (["Y", ""], "")):
        two = [*cells[:9], *parts, *cells[10:]]
        item = read_judgements(table(two, heads=heads), "r.csv").table.rows[0].judgements[8]
        assert item.words == (expected or "Not judged")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (table(), "has no row"),
        (b"Name,Q1\nA,Y\n", "has no column Review"),
        (b"Review,Q1,Q2\nA,Y,Y\n", "no column for the items 3, 4"),
    ],
)
def test_what_is_no_such_table_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        read_judgements(content, "r.csv", Tool.AMSTAR_2)


def test_duplicates_names_and_other_columns_are_told() -> None:
    heads = [*HEADS, "Comment"]
    rows = [[*row("Park"), "x"], [*row("Park"), "y"], [*row(""), "z"]]
    remarks = " ".join(read_judgements(table(*rows, heads=heads), "r.csv").remarks)
    assert "In several rows, each shown and counted: Park" in remarks
    assert "Without a name" in remarks
    assert "Not read, since they are no items: Comment." in remarks


def test_its_own_table_is_read_back() -> None:
    rows = [row("Park", q4="PY", q11="NMA"), row("Wood", q2="N")]
    made = read_judgements(table(*rows), "r.csv", critical={2, 3}).table
    written = picture_file(traffic_light_picture(made), PictureFormat.CSV).data
    again = read_judgements(written, "again.csv").table
    assert again.domains == made.domains
    assert again.rows == made.rows


def test_items_are_named_as_in_the_shipped_scheme() -> None:
    path = Path(ROOT / "coding_schemes" / "amstar-2.yaml")
    *items, _ = load(path.read_text(encoding="utf-8"), path.name).questions
    assert [f"{n}. {name}" for n, name in enumerate(ITEMS, 1)] == [item.text for item in items]
    assert [n for n, item in enumerate(items, 1) if item.critical] == sorted(CRITICAL)
