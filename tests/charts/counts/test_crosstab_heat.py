from xml.etree.ElementTree import Element, fromstring

import pytest

from evidence.charts.counts.crosstab_heat import drawn_crosstab, heat_picture
from evidence.charts.direction_pages import HIGH, WIDE
from evidence.charts.pixels import as_png
from evidence.charts.shades import LIGHT
from evidence.coding.scheme import Of
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.studies import CodedStudy
from evidence.synthesis.whole_crosstab import WholeCrosstab, whole_crosstab
from tests.charts.conftest import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"


def question(name: str, *labels: str) -> Dimension:
    """Options a0, a1, … of the question `a`."""
    headings = tuple(
        Heading(id=f"{name}{n}", label=label, covers=frozenset({f"{name}{n}"}))
        for n, label in enumerate(labels)
    )
    return Dimension(id=f"question:{name}", title=name.upper(), of=Of.STUDY, headings=headings)


def study(number: int, **codes: str) -> CodedStudy:
    """A study with codes, written `a="a0 a1"`."""
    ticked = {name: frozenset(ids.split()) for name, ids in codes.items()}
    return CodedStudy(id=number, label=f"Study {number}", year=None, codes=ticked)


A, B = question("a", "Trial", "Survey", "Case study"), question("b", "Norway", "Chad", "Peru")
STUDIES = (study(1, a="a0", b="b0"), study(2, a="a0", b="b0 b1"), study(3, a="a1"), study(4))


def small() -> WholeCrosstab:
    return whole_crosstab(STUDIES, A, B)


def drawn(page: str) -> Element:
    return fromstring(page)  # noqa: S314 - the text is our own


def texts(page: str) -> list[str]:
    return [text.text or "" for text in drawn(page).iter(f"{SVG}text")]


def test_cells_have_their_number_and_the_shade_of_it() -> None:
    (page,) = heat_picture(small(), "Rests on 4 of 4 studies.").draw("light")
    said = texts(page)
    for words in ("Trial", "Survey", "Not coded", "Norway", "Chad", "All studies", "2", "4"):
        assert words in said
    assert "Case study" not in said
    assert "Peru" not in said
    assert any("2 codes without a study left out. Rests on 4 of 4" in text for text in said)
    cells = [r.attrib["fill"] for r in drawn(page).iter(f"{SVG}rect") if r.get("fill") in LIGHT]
    assert len(cells) == len(drawn_crosstab(small()).cells) + 2  # and two in the key
    assert len(set(cells)) == 2


def test_the_table_has_each_cell_and_all_totals() -> None:
    table = heat_picture(small()).table
    assert table.head == ("A", "B", "Studies")
    assert table.rows == (
        ("Trial", "Norway", 2),
        ("Trial", "Chad", 1),
        ("Survey", "Not coded", 1),
        ("Not coded", "Not coded", 1),
        ("Trial", "All studies", 2),
        ("Survey", "All studies", 1),
        ("Not coded", "All studies", 1),
        ("All studies", "Norway", 2),
        ("All studies", "Chad", 1),
        ("All studies", "Not coded", 2),
        ("All studies", "All studies", 4),
    )


def test_a_question_against_itself_has_two_heads() -> None:
    assert heat_picture(whole_crosstab(STUDIES, A, A)).table.head == ("A", "A (2)", "Studies")


def test_what_it_shows_is_told_in_words_the_fullest_cells_first() -> None:
    text = heat_picture(small()).text
    assert text.startswith("Studies by A and B. 4 studies.")
    assert "Trial and Norway: 2; Trial and Chad: 1" in text


def test_without_a_study_a_sentence_says_so() -> None:
    (page,) = heat_picture(whole_crosstab((), A, B)).draw("light")
    assert "No study is coded yet." in texts(page)


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (200, 60)])
def test_everything_stands_on_its_page(rows: int, columns: int) -> None:
    down = question("a", *(f"{n} {HOSTILE[n % len(HOSTILE)]}" for n in range(rows)))
    across = question("b", *(f"{n} {HOSTILE[n % len(HOSTILE)]}" for n in range(columns)))
    studies = [study(n, a=f"a{n % rows}", b=f"b{n % columns}") for n in range(rows)]
    picture = heat_picture(whole_crosstab(studies, down, across))
    pages = picture.draw("dark")
    assert len(pages) == (1 if rows == 1 else 40)
    for page in pages:
        tree = drawn(page)
        assert {element.tag for element in tree.iter()} <= {
            f"{SVG}{tag}" for tag in ("svg", "title", "desc", "rect", "path", "text")
        }
        assert float(tree.attrib["height"]) <= HIGH + 1
        for rect in tree.iter(f"{SVG}rect"):
            if rect.get("width") != "100%":
                assert float(rect.attrib["x"]) + float(rect.attrib["width"]) <= WIDE
    assert as_png(pages[0], 96).startswith(b"\x89PNG")
