from xml.etree.ElementTree import Element, fromstring

import pytest

from evidence.charts.counts.code_matrix import code_matrix_picture
from evidence.charts.direction_pages import HIGH, WIDE
from evidence.charts.pixels import as_png
from evidence.coding.scheme import Of
from evidence.settings import ROOT
from evidence.steps.coding import schemes
from evidence.synthesis.counts.code_matrix import (
    CodeMatrix,
    code_matrix,
    questions_of_same_codes,
)
from evidence.synthesis.dimensions import Dimension, Heading, dimensions
from evidence.synthesis.studies import CodedStudy
from tests.charts.conftest import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"
SCHEME = ROOT / "coding_schemes" / "process-components.yaml"


def drawn(page: str) -> Element:
    return fromstring(page)  # noqa: S314 - the text is our own


def texts(page: str) -> list[str]:
    return [text.text or "" for text in drawn(page).iter(f"{SVG}text")]


def components() -> CodeMatrix:
    """Two invented process studies, coded with the scheme for these that is shipped."""
    scheme = schemes.read(SCHEME.read_text(encoding="utf-8"), SCHEME.name)
    together = max(questions_of_same_codes(dimensions(scheme)), key=len)
    first = {
        "component-described": frozenset({"peers-integral", "open-door"}),
        "component-mechanism": frozenset({"open-door"}),
        "component-differentiates": frozenset({"open-door"}),
    }
    second = {"component-described": frozenset({"open-door"})}
    studies = [
        CodedStudy(id=n, label=f"Invented {n}", year=None, codes=codes)
        for n, codes in enumerate((first, second, {}), start=1)
    ]
    return code_matrix(studies, together)


def test_components_mechanisms_and_what_sets_services_apart_stand_side_by_side() -> None:
    picture = code_matrix_picture(components(), "Rests on 3 of 3 studies.")
    (page,) = picture.draw("light")
    said = texts(page)
    for words in (
        "Components described",
        "Mechanism described",
        "Differentiating feature",
        "Invented 1",
        "Studies",
    ):
        assert words in said
    assert "Invented 3" not in said
    assert any("1 study without such a code left out." in text for text in said)
    assert (
        "2 studies. “Components described”: 2 studies; “Mechanism described”: 1 study; "
        "“Differentiating feature”: 1 study." in picture.text
    )
    assert picture.table.head == (
        "Study",
        "Code",
        "Components described",
        "Mechanism described",
        "Differentiating feature",
    )
    door = "Open door; nobody's case is closed"
    assert ("Invented 1", door, "yes", "yes", "yes") in picture.table.rows
    assert ("Invented 2", door, "yes", "", "") in picture.table.rows
    assert ("Invented 1", "Peer support › As part of the service", "yes", "", "") in (
        picture.table.rows
    )


def test_signs_of_a_question_stand_below_each_other_and_differ_in_form() -> None:
    (page,) = code_matrix_picture(components()).draw("light")
    circles = list(drawn(page).iter(f"{SVG}circle"))
    assert len(circles) == 5 + 2  # four described and one mechanism, and two in the key
    assert len({circle.attrib["fill"] for circle in circles}) == 2
    triangles = [path for path in drawn(page).iter(f"{SVG}path") if path.get("fill") != "none"]
    assert len(triangles) == 2


def test_yes_and_no_stand_as_words_behind_the_codes_with_how_often_yes() -> None:
    yes_no = tuple(Heading(id=c, label=c, covers=frozenset({c})) for c in ("yes", "no"))
    codes = (Heading(id="door", label="Open door", covers=frozenset({"door"})),)
    told = Dimension(id="question:a", title="Components", of=Of.STUDY, headings=codes)
    why = Dimension(id="question:b", title="Mechanism described", of=Of.STUDY, headings=yes_no)
    studies = [
        CodedStudy(id=1, label="One", year=None, codes={"a": frozenset({"door"})}),
        CodedStudy(
            id=2,
            label="Two",
            year=None,
            codes={"a": frozenset({"door"}), "b": frozenset({"yes"})},
        ),
        CodedStudy(id=3, label="Three", year=None, codes={"b": frozenset({"no"})}),
    ]
    picture = code_matrix_picture(code_matrix(studies, (told,), (why,)))
    said = texts(picture.draw("light")[0])
    assert [said.count(word) for word in ("yes", "no", "1 yes")] == [1, 1, 1]
    assert picture.table.head == ("Study", "Code", "Components", "Mechanism described")
    assert picture.table.rows == (
        ("One", "Open door", "yes", ""),
        ("Two", "Open door", "yes", "yes"),
        ("Three", "", "", "no"),
    )
    assert "“Mechanism described”, yes: 1 study." in picture.text


def test_without_a_code_a_sentence_says_so() -> None:
    matrix = code_matrix((), (Dimension(id="question:a", title="A", of=Of.STUDY, headings=()),))
    (page,) = code_matrix_picture(matrix).draw("light")
    assert "No study has such a code yet." in texts(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everything_stands_on_its_page(theme: str) -> None:
    headings = tuple(
        Heading(id=f"c{n}", label=f"{n} {HOSTILE[n % 4]}", covers=frozenset({f"c{n}"}))
        for n in range(60)
    )
    questions = tuple(
        Dimension(id=f"question:q{n}", title=HOSTILE[n] * 9, of=Of.STUDY, headings=headings)
        for n in range(4)
    )
    every = frozenset(each.id for each in headings)
    studies = [
        CodedStudy(
            id=n, label=HOSTILE[n % 4] * 3, year=None, codes={f"q{q}": every for q in range(4)}
        )
        for n in range(40)
    ]
    pages = code_matrix_picture(code_matrix(studies, questions)).draw(
        "dark" if theme == "dark" else "light"
    )
    assert len(pages) > 4
    for page in pages:
        tree = drawn(page)
        assert {element.tag for element in tree.iter()} <= {
            f"{SVG}{tag}" for tag in ("svg", "title", "desc", "rect", "path", "text", "circle")
        }
        assert float(tree.attrib["height"]) <= HIGH + 1
        for text in tree.iter(f"{SVG}text"):
            wide = float(text.get("textLength", 0))
            from_left = float(text.attrib["x"])
            begin = from_left - (wide / 2 if text.get("text-anchor") == "middle" else 0)
            assert text.get("text-anchor") == "end" or begin + wide <= WIDE
    assert as_png(pages[0], 96).startswith(b"\x89PNG")
