"""Values that databases and programs write oddly: dates, names, numbers, tags for columns."""

import json

import pytest

from evidence.citations.formats import read_text
from evidence.citations.record import Reference


def only(text: str) -> Reference:
    (record,) = read_text(text, "a").records
    return record.reference


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2009, "season-04"]]}, "2009"),
        ({"date-parts": [[2009, "March", 14]]}, "2009-03-14"),
        ({"date-parts": [["2009", "", ""]]}, "2009"),
        ({"date-parts": [[2009, None]]}, "2009"),
        ({"date-parts": [[2009, 22]]}, "2009"),
        ({"date-parts": [2009, 3]}, "2009-03"),
        ({"date_parts": [["2009", "03"]]}, "2009-03"),
        ({"year": 2009, "month": 5, "day": "6"}, "2009-05-06"),
        ([{"year": "2009", "month": "1"}], "2009-01"),
        ({"literal": "printemps 2009"}, "2009"),
        ({"date-parts": [[2009], [2011]]}, "2009"),
        ("2009-3", "2009-03"),
        (2009, "2009"),
        ({"date-parts": [[None]]}, ""),
    ],
)
def test_csl_dates_keep_their_year(issued: object, date: str) -> None:
    item = {"type": "article-journal", "title": "T", "DOI": "10.5555/1", "issued": issued}
    assert only(json.dumps([item])).date == date


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("Arbor, A., Jr., Berg, B.", ["Arbor, A., Jr.", "Berg, B."]),
        ("Arbor, A., III, Berg, B.C.", ["Arbor, A., III", "Berg, B.C."]),
        ("Arbor, A., WHO Garden Group, Berg, B.", ["Arbor, A.", "WHO Garden Group", "Berg, B."]),
        ("Plato, Arbor, A., Berg, B.", ["Plato", "Arbor, A.", "Berg, B."]),
        ("Arbor, A.-B., O'Berg, B.C., et al.", ["Arbor, A.-B.", "O'Berg, B.C."]),
        ("Arbor, Ada; Berg, Bea; Cruz, Cleo & Dorn, Dee", 4),
        ("Arbor, Ada; Berg, Bea and Cruz, Cleo", 3),
        ("Ministry of Health & Welfare; Arbor, Ada", 2),
    ],
)
def test_people_in_one_cell(cell: str, people: list[str] | int) -> None:
    found = [str(one) for one in only(f'Title,Authors,Year\nT,"{cell}",2001\n').authors]
    assert found == people if isinstance(people, list) else len(found) == people


@pytest.mark.parametrize(
    ("name", "expected"),
    [("ARBOR B", "ARBOR, B"), ("DE ARBOR CJ", "DE ARBOR, CJ"), ("GARDEN CO", "GARDEN CO")],
)
def test_names_in_capitals_of_patents(name: str, expected: str) -> None:
    reference = only(f"FN Clarivate\nVR 1.0\nPT P\nAU {name}\nTI T\nER\n\nEF\n")
    assert str(reference.authors[0]) == expected


@pytest.mark.parametrize(
    ("location", "pages"),
    [
        *(
            ("1042 [pii]", "1042"),
            ("e1042 [pii]", "e1042"),
            ("E51 [pii]", "E51"),
            ("m12 [pii]", "m12"),
        ),
        *(("S0140-6736(20)30001-1 [pii]", ""), ("5739421 [pii]", ""), ("10.5555/1 [doi]", "")),
    ],
)
def test_article_numbers_among_the_locations(location: str, pages: str) -> None:
    assert only(f"PMID- 1\nTI  - T\nLID - {location}\n").pages == pages
    assert only(f"PMID- 1\nTI  - T\nPG  - 3-9\nLID - {location}\n").pages == "3-9"


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ("BTI - B\nPT  - Review\nPT  - Book\n", "book"),
        ("BTI - B\nPT  - Review\n", "book"),
        ("TI  - T\nBTI - B\nPT  - Review\nPT  - Book Chapter\n", "chapter"),
        ("TI  - T\nPT  - Review\n", "article"),
    ],
)
def test_books_among_the_publication_types(tags: str, kind: str) -> None:
    assert only(f"PMID- 1\n{tags}").type == kind


@pytest.mark.parametrize("without", ["PT", "UT", "DT"])
def test_a_table_of_web_of_science_may_lack_a_column(without: str) -> None:
    columns = {"PT": "J", "AU": "Arbor, A", "TI": "T", "SO": "J", "DT": "Article", "PY": "2001"}
    columns |= {"VL": "1", "BP": "2", "EP": "9", "DI": "10.5555/1", "UT": "WOS:1"}
    del columns[without]
    rows = (",".join(columns), ",".join(f'"{cell}"' for cell in columns.values()))
    reference = only("\n".join(rows))
    assert (reference.title, reference.pages, reference.doi) == ("T", "2-9", "10.5555/1")
