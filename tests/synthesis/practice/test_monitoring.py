"""Quarters are checked, never summed in silence; published figures keep year, source, base."""

import re
from dataclasses import replace
from decimal import Decimal
from xml.etree.ElementTree import fromstring

import pytest

from evidence.charts.practice.monitoring_over_time import monitoring_picture
from evidence.coding.answers import Answer
from evidence.coding.read_scheme import load
from evidence.errors import Invalid
from evidence.report.live_content import ReportTable
from evidence.report.live_parts import live_content
from evidence.report.live_tokens import live_token
from evidence.steps.practice.monitoring import published
from evidence.synthesis.practice.monitoring import (
    QuarterReport,
    agrees_with_parts,
    categories,
    is_monitoring,
    quarter_report,
    shown,
    warnings,
)
from evidence.synthesis.practice.occasion import Quarter, missing_quarters, read_quarter
from evidence.synthesis.practice.published_figures import (
    COLUMNS,
    PublishedFigure,
    faults_in_totals,
    read_published,
)
from evidence.synthesis.practice.service_form import ServiceForm
from tests.conftest import ROOT, SHARED
from tests.report.made_facts import FACTS

FILE = ROOT / "coding_schemes" / "vocational-monitoring.yaml"
SCHEME = load(FILE.read_text(encoding="utf-8"), FILE.name)
SIX = [each.id for each in categories(SCHEME)]
SEEDS = SHARED / "seeds"
CODED = {"figures-as", "counted-once"}


def quarter(when: str = "2026-Q1", service: str = "s", **answers: str) -> QuarterReport:
    given = {key.replace("_", "-"): value for key, value in answers.items()}
    form = ServiceForm(
        uid=f"{service}{when}{len(given)}",
        service=service,
        scheme_id=1,
        occasion=when,
        answers=tuple(
            Answer(question=q, codes=(v,)) if q in CODED else Answer(question=q, value=v)
            for q, v in given.items()
        ),
        is_complete=True,
    )
    return quarter_report(SCHEME, form, f"Service {service}")


def of_six(*values: str, **more: str) -> QuarterReport:
    return quarter(**{q.replace("-", "_"): v for q, v in zip(SIX, values, strict=False)}, **more)


def test_the_scheme_has_the_six_outcomes_and_marks_those_that_overlap() -> None:
    assert is_monitoring(SCHEME)
    assert len(SIX) == 6
    marked = [each.id for each in categories(SCHEME) if each.overlaps]
    assert marked == ["outcome-permitted-work", "outcome-public-services"]


def test_a_share_is_computed_anew_and_always_has_its_base() -> None:
    given = of_six("479", clients="1495", employed_at_start="263", employment_kept="237")
    assert given.outcomes["outcome-gained-paid"].words == "479 of 1,495 (32.0%)"
    assert given.retention
    assert given.retention.words == "237 of 263 (90.1%)"
    assert given.problems == ()
    whole = of_six(clients="10", figures_as="percent", outcome_education="37.5")
    assert whole.outcomes["outcome-education"].words == "37.5% of 10"


@pytest.mark.parametrize(("printed", "agrees"), [("90", True), ("90.1", True), ("91", False)])
def test_a_reported_percentage_is_compared_with_its_numbers(printed: str, *, agrees: bool) -> None:
    given = quarter(employed_at_start="263", employment_kept="237", employment_kept_percent=printed)
    assert bool(given.problems) != agrees


def test_parts_come_to_their_total_within_half_a_unit_for_each_rounded_part() -> None:
    parts = [Decimal(n) for n in (46, 37, 4)]
    assert agrees_with_parts(Decimal(88), parts, is_percent=True)
    assert not agrees_with_parts(Decimal(88), parts, is_percent=False)
    assert not agrees_with_parts(Decimal(90), parts, is_percent=True)
    people = [Decimal(n) for n in (479, 289, 154)]
    assert agrees_with_parts(Decimal(922), people, is_percent=False)


def test_categories_are_added_up_only_where_each_person_is_in_one() -> None:
    six = ("5", "4", "3", "2", "1", "0")
    wrong = of_six(*six, clients="40", supported="14", counted_once="yes")
    assert wrong.problems == (
        "Parts against their total: 5 + 4 + 3 + 2 + 1 + 0 = 15, but 14 had any outcome.",
    )
    assert of_six(*six, clients="40", supported="14", counted_once="no").problems == ()
    assert of_six(*six[:5], clients="40", supported="14", counted_once="yes").problems == ()


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"clients": "9", "outcome_education": "10"}, "more than the 9 clients"),
        ({"clients": "9", "figures_as": "percent", "outcome_education": "101"}, "above 100%"),
        ({"figures_as": "percent", "outcome_education": "50"}, "need their base"),
        ({"clients": "12.5"}, "no whole number of people"),
        ({"clients": "-1"}, "no such number"),
        ({"clients": "9", "outcome_education": "many"}, "no such number"),
        ({"employment_kept": "7"}, "Retention needs its base"),
        ({"employed_at_start": "5", "employment_kept": "7"}, "more than its base of 5"),
    ],
)
def test_what_cannot_be_is_left_out_and_told(answers: dict[str, str], problem: str) -> None:
    given = quarter(**answers)
    assert problem in " ".join(given.problems)
    if "figures_as" not in answers or "clients" in answers:
        assert not given.outcomes
    assert given.retention is None


def test_missing_quarters_and_two_forms_for_one_are_told() -> None:
    each = [
        quarter("2025-Q3", clients="1"), quarter("2026-Q2", clients="2"),
        quarter("2026-Q1", clients="3"), quarter("2026 q1", clients="4", supported="1"),
        quarter("May", clients="5"), quarter("2026-Q1", "other", clients="6"),
    ]  # fmt: skip
    several = "there are several forms, so none is shown until all but one are taken away."
    assert warnings(each) == (
        f"Service s, 2026-Q1: {several}",
        "Service s: no form for 2025-Q4.",
        "Service s, May: this is no quarter such as 2026-Q4, so the form is not shown.",
    )
    assert [(e.service, e.occasion) for e in shown(each)] == [
        ("other", "2026-Q1"), ("s", "2025-Q3"), ("s", "2026-Q2"),
    ]  # fmt: skip


def test_quarters_are_read_and_very_long_gaps_are_bounded() -> None:
    assert str(read_quarter(" 2026Q4 ")) == "2026-Q4"
    assert read_quarter("2026-Q5") is None
    assert len(missing_quarters([Quarter(year=1, number=1), Quarter(year=9999, number=4)])) == 200


# ── published figures ─────────────────────────────────────────────────────────────────────────────


def figure(name: str) -> PublishedFigure:
    return next(each for each in published() if each.figure.startswith(name))


def test_published_figures_carry_source_place_and_base_and_their_parts_come_to_their_totals() -> (
    None
):
    figures = published()
    assert all(each.source and each.place for each in figures)
    assert all(each.base for each in figures if each.unit == "%")
    assert faults_in_totals(figures) == ()
    assert figure("In work or study").words == "922 of 1,495 (61.7%) clients"
    assert figure("Kept paid employment").words == (
        "237 of 263 (90.1%) people in paid employment at the start"
    )
    swap = tuple(
        replace(each, value=each.value + 2) if each.value == 154 else each for each in figures
    )
    assert "479 + 289 + 156 is not 922" in " ".join(faults_in_totals(swap))


def place_in_source(each: PublishedFigure) -> str:
    """The words of the document at the place that a figure names."""
    (path,) = SEEDS.glob("004_*" if "leaflet" in each.source else "003_*")
    words = path.read_text(encoding="utf-8")
    if each.place.startswith("Box below paragraph "):
        at = int(each.place.removeprefix("Box below paragraph "))
        words = words[words.index(f"\n{at}. ") : words.index(f"\n{at + 1}. ")]
        return words.split("\n\n", maxsplit=1)[1]
    assert each.place == "The paragraphs on Southdown, from its commission in 2008 on"
    return words[words.index("\nIn 2008 Southdown") : words.index("\nSouthdown has conducted")]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the source documents are not here")
@pytest.mark.parametrize("each", published(), ids=lambda each: each.figure)
def test_each_published_number_stands_at_the_place_that_it_names(each: PublishedFigure) -> None:
    words = place_in_source(each)
    in_words = {4: "four", 10: "ten"}
    for number in (each.value, each.base_number, each.printed_percent):
        if number is not None:
            ways = {f"{number:,}", f"{number}", in_words.get(int(number), f"{number}")}
            found = rf"(?<![\w,.])(?:{'|'.join(map(re.escape, ways))})(?![\w]|[,.]\d)"
            assert re.search(found, words), (number, each.figure)
    if each.unit == "%":
        assert f"{each.value}%" in words


def test_figures_of_one_user_led_service_are_all_taken_over() -> None:
    sheffield = [each for each in published() if each.service.startswith("Sheffield")]
    assert {(f"{each.value:,}", each.unit, each.year) for each in sheffield} == {
        ("30", "people", ""), ("50", "people", ""), ("1,030", "attendances", ""),
        ("500", "conversations", ""), ("10", "people", ""), ("75", "%", ""), ("35", "people", ""),
        ("4", "people", ""), ("23", "people", "2004/05"),
        ("19", "sessions", "January to August 2005"),
    }  # fmt: skip


def test_a_published_figure_without_source_or_base_is_refused_with_its_line() -> None:
    head = ",".join(COLUMNS)
    with pytest.raises(Invalid, match=r"f.csv:2: a figure needs its source"):
        read_published(f"{head}\nA,2001,B,1,people,,,,,,,p,\n", "f.csv")
    with pytest.raises(Invalid, match=r"f.csv:2: a figure needs its base"):
        read_published(f"{head}\nA,2001,B,1,%,,,,,,s,p,\n", "f.csv")
    with pytest.raises(Invalid, match=r"f.csv:2: “x” is no number"):
        read_published(f"{head}\nA,2001,B,x,people,,,,,,s,p,\n", "f.csv")
    with pytest.raises(Invalid, match="the columns are"):
        read_published("a,b\n", "f.csv")


def test_the_report_has_quarters_with_their_base() -> None:
    given = quarter(clients="40", outcome_education="4", users_took_part="3")
    facts = replace(FACTS, monitoring=((categories(SCHEME), (given,)),))
    table = live_content(facts, live_token("monitoring"))
    assert isinstance(table, ReportTable)
    assert [row.cells for row in table.rows] == [
        ("Service s", "2026-Q1", "40", "Mainstream education: 4 of 40 (10.0%)", "–", "3")
    ]


def test_a_picture_tells_what_it_cannot_draw() -> None:
    picture = monitoring_picture(
        [of_six("20", clients="40", figures_as="percent")], categories(SCHEME), as_percent=False
    )
    (page,) = picture.draw("light")
    letters = " ".join(" ".join(fromstring(page).itertext()).split())  # noqa: S314 - our own
    assert "Reported as a percentage only, and not drawn here: 2026-Q1" in letters
    assert "20% of 40" in letters
    assert "No figure to draw:" in letters


def test_an_option_that_was_merged_still_says_what_figures_are() -> None:
    text = FILE.read_text(encoding="utf-8")
    merged = text.replace("id: percent,", "id: percent, replaces: [per-cent],")
    assert merged != text
    form = ServiceForm(
        uid="f",
        service="s",
        scheme_id=1,
        occasion="2026-Q1",
        answers=(
            Answer(question="clients", value="50"),
            Answer(question="figures-as", codes=("per-cent",)),
            Answer(question=SIX[0], value="46.5"),
        ),
        is_complete=True,
    )
    report = quarter_report(load(merged, "m.yaml"), form, "S")
    assert report.outcomes[SIX[0]].is_percent
    assert report.problems == ()
