"""Every writer against its reader: what goes out comes back the same, whatever it holds."""

import csv
from collections.abc import Iterator
from dataclasses import Field, fields, replace
from datetime import date
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from evidence.citations import identifiers, types
from evidence.citations.formats import WRITERS, Writer, exact_values, plain_tables, read
from evidence.citations.formats.entry_values import urls
from evidence.citations.record import Name, Record, Reference

# Many examples of code that other tests reach; to count lines would double their time.
pytestmark = pytest.mark.no_cover

ODD = st.text(
    st.sampled_from(
        list("aZ 9.,;:|/\\{}[]()$%&#_~^=+-@'\"`<>*?!\t\r\n\x00\x01\x0b\x0c\x1a\x1e\x7f\x85\xa0")
        + list("éßÅ中́\u200b\u2028\ufeff\ufdd0\ufffe\ud800😀–—‘’“”")
    ),
    max_size=12,
)
WORDS = st.sampled_from(
    [
        *(
            "Supported employment",
            "World Health Organization",
            "Vitamin D",
            "Smith JA",
            "and",
            "al",
        ),
        *(
            "TY  - JOUR",
            "ER  - ",
            "\nER  - \n",
            "\nPMID- 1\n",
            "@article{a,",
            "\n@book(b, x = {1}",
            "}",
        ),
        *("=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", '="0012"', "title, author, year"),
        *(
            "N/A",
            "None",
            "null",
            "&amp;",
            "&lt;b&gt;",
            "<i>x</i>",
            "p < 0.05",
            "12-May",
            "1.23E+12",
        ),
        *(
            "PMID: 12",
            "PMC 7",
            "10.1000/x",
            "2006.0",
            "a  b",
            " a",
            "a;b",
            "a, b",
            "a and b",
            "et al.",
        ),
        *(
            "AIM: this\nMETHODS: that\nDNA - x\nER",
            "_x0041_",
            "#N/A",
            "\\alpha",
            "$x^2$",
            "--",
            "``",
        ),
        *("x\n\ny", "x\r\ny", "[1, 2]", '["waymark",["title","",""]]', "{a}", "%0 x", '5" disk'),
    ]
)
TEXTS = st.one_of(ODD, WORDS, st.builds("{}{}".format, WORDS, ODD), st.text(max_size=8))
NAMES = st.builds(Name, TEXTS, st.one_of(st.just(""), TEXTS))
SEVERAL = st.lists(TEXTS, max_size=3).map(tuple)
PEOPLE = st.lists(NAMES, max_size=3).map(tuple)
VISIBLE = st.text(st.characters(exclude_categories=("Z", "C")), min_size=1, max_size=9)
YEARS = st.integers(1400, 2199)
DATES = st.dates(date(1400, 1, 1), date(2199, 12, 31)).map(str)
WEB = st.one_of(VISIBLE, TEXTS).map(lambda end: f"http://a.b/{end}")


def several(one: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(one, max_size=3, unique=True).map(tuple)


KINDS: dict[str, st.SearchStrategy[Any]] = {
    "type": st.sampled_from([*types.TYPES, ""]),
    "authors": PEOPLE,
    "editors": PEOPLE,
    "year": st.one_of(st.none(), YEARS),
    "date": st.one_of(st.just(""), DATES, DATES.map(lambda day: day[:7]), YEARS.map(str)),
    "doi": st.one_of(st.just(""), VISIBLE.map(lambda end: identifiers.doi(f"10.1000/{end}"))),
    "pmid": st.one_of(st.just(""), st.integers(1, 999_999_999).map(str)),
    "pmcid": st.one_of(st.just(""), st.integers(1, 9_999_999).map(lambda n: f"PMC{n}")),
    "issn": several(st.from_regex(r"[1-9][0-9]{3}-[0-9]{3}[0-9X]", fullmatch=True)),
    "isbn": several(st.from_regex(r"97[89][0-9]{10}", fullmatch=True)),
    "urls": several(WEB).map(urls),
    **dict.fromkeys(("keywords", "notes"), SEVERAL),
}


def _reference(values: dict[str, Any]) -> Reference:
    return Reference(**values)


REFERENCES = st.fixed_dictionaries(
    {field.name: KINDS.get(field.name, TEXTS) for field in fields(Reference)}
).map(_reference)

WRITER = pytest.mark.parametrize("writer", WRITERS.values(), ids=list(WRITERS))


def there_and_back(writer: Writer, *references: Reference) -> tuple[Reference, ...]:
    keyed = ((f"w{number}", each) for number, each in enumerate(references, 1))
    reading = read(b"".join(writer.write(keyed)), f"x.{writer.ending}")
    assert reading.seen == len(reading.records) + reading.lost
    return tuple(record.reference for record in reading.records)


@pytest.mark.journey
@WRITER
@given(references=st.lists(REFERENCES, min_size=1, max_size=3))
@settings(max_examples=60)
def test_any_references_come_back_as_they_were(writer: Writer, references: list[Reference]) -> None:
    assert there_and_back(writer, *references) == tuple(references)


ORDINARY = Reference(
    type="article",
    title="Supported employment & work: a trial (p < 0.05) of 50% in Å, {Zürich}",
    authors=(
        Name("Drake", "Robert E."),
        Name("van der Berg", "Anna-Maria"),
        Name("King", "Martin L., Jr."),
        Name("World Health Organization"),
    ),
    editors=(Name("Becker", "Deborah R."), Name("Müller", "Eva")),
    year=2006,
    date="2006-03-14",
    journal="The Journal of Work",
    journal_short="J Work",
    volume="57A",
    issue="2-3",
    pages="349-369",
    doi="10.1000/abc_(x)<1:2>3.0.co;2-a",
    pmid="1234567",
    pmcid="PMC7654321",
    abstract="BACKGROUND: Work helps.\nMETHODS: We asked, and n = 25 said so.\nAIM: To see.",
    keywords=("Rehabilitation, Vocational", "employment", "Health Services/economics"),
    language="eng",
    urls=("https://example.org/a_b?c=1&d=%20#e", "https://example.org/~f", "http://example.com"),
    issn=("1234-5678", "2345-678X"),
    publisher="Sage & Sons",
    place="London",
    notes=("Read twice.\nStill good.", "Second note"),
)


@WRITER
def test_an_ordinary_reference_needs_nothing_but_the_usual_fields(writer: Writer) -> None:
    plain = replace(ORDINARY, notes=("A first note.", "A second."))
    if writer.name == "nbib":  # in which line ends mean nothing
        plain = replace(
            plain, abstract="BACKGROUND: Work helps. METHODS: We asked; n = 25 said so."
        )
    data = b"".join(writer.write([("w1", plain)]))
    (record,) = read(data, "x").records
    assert record.reference == plain
    assert exact_values._extra_field(record.fields) == ""
    assert read(data, "x").problems == ()


@WRITER
@pytest.mark.parametrize("word", types.TYPES)
def test_each_type_comes_back(writer: Writer, word: str) -> None:
    reference = replace(ORDINARY, type=word, isbn=("9783161484100",))
    assert there_and_back(writer, reference, reference) == (reference, reference)


@WRITER
@given(values=st.lists(TEXTS, min_size=1, max_size=2), field=st.sampled_from(fields(Reference)))
@settings(max_examples=30)
def test_an_odd_value_in_one_field_harms_no_other(
    writer: Writer, values: list[str], field: Field[object]
) -> None:
    odd = [replace(ORDINARY, **{field.name: _of_kind(field.name, value)}) for value in values]
    assert there_and_back(writer, *odd, ORDINARY) == (*odd, ORDINARY)


def _of_kind(name: str, value: str) -> Any:
    """The text as such a field may hold it; the ordinary value where it may not hold any text."""
    if name in {"authors", "editors"}:
        return (Name(value), Name("Drake", value), Name(value, value))
    if name in {"keywords", "notes"}:
        return (value, value)
    if name == "urls":
        return urls([f"http://a.b/{value}"])
    return getattr(ORDINARY, name) if name in KINDS else value


def test_bibtex_braces_match_whatever_the_values_hold() -> None:
    odd = replace(ORDINARY, journal="REVIEW}", title="{{a", urls=("https://a.b/{c\\}",))
    text = b"".join(WRITERS["bibtex"].write([("w1", odd)]))
    assert text.count(b"{") == text.count(b"}")  # BibTeX counts those behind a backslash, too
    assert there_and_back(WRITERS["bibtex"], odd) == (odd,)


def test_nbib_has_what_the_programs_ask_for() -> None:
    odd = replace(ORDINARY, authors=(*ORDINARY.authors, Name("Abbas Mohamed")))
    text = b"".join(WRITERS["nbib"].write([("w1", odd)])).decode()
    assert text.count("AB  - ") == 1
    assert "IS  - 1234-5678 (Linking)\n" in text
    assert "AID - 10.1000/abc_(x)<1:2>3.0.co;2-a [doi]\n" in text
    assert "FAU - Drake, Robert E.\nAU  - Drake RE\n" in text
    assert "CN  - World Health Organization\n" in text
    assert "FAU - Abbas Mohamed\n" in text
    assert there_and_back(WRITERS["nbib"], odd) == (odd,)


@WRITER
def test_nothing_is_an_empty_file(writer: Writer) -> None:
    assert there_and_back(writer) == ()


@WRITER
def test_keys_come_along_where_the_format_has_a_place(writer: Writer) -> None:
    (record,) = read(b"".join(writer.write([("w17", ORDINARY)])), "x").records
    assert record.key == {"nbib": "1234567", "bibtex": "drake2006-w17"}.get(writer.name, "w17")


@WRITER
def test_large_values_and_many_people(writer: Writer) -> None:
    large = replace(
        ORDINARY,
        abstract="A long abstract. " * 20_000 + "End.",
        authors=tuple(Name(f"Family{number}", "A. B.") for number in range(10_000)),
    )
    assert there_and_back(writer, large, ORDINARY) == (large, ORDINARY)


@pytest.mark.parametrize("name", [name for name in WRITERS if name != "xlsx"])
def test_a_file_grows_while_its_references_come(name: str) -> None:
    taken = []

    def references() -> Iterator[tuple[str, Reference]]:
        for number in range(3):
            taken.append(number)
            yield str(number), ORDINARY

    pieces = WRITERS[name].write(references())
    next(pieces)
    assert len(taken) < 3


def test_a_workbook_goes_on_in_another_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_tables, "_MOST_ROWS", 2)
    several = tuple(replace(ORDINARY, year=2000 + number) for number in range(5))
    assert there_and_back(WRITERS["xlsx"], *several) == several


FORMULAS = ("=1+1", "+44 1", "-5", "@SUM(A1)", "\t=1+1", "\r=1+1", "'=1", "''=1", '="1"')


def _filled(formula: str) -> Reference:
    names = [field.name for field in fields(Reference) if field.name != "year"]
    values: dict[str, Any] = {name: _of_kind(name, formula) for name in names}
    return Reference(**values, year=2006)


FILLED = tuple(map(_filled, FORMULAS))


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_no_cell_runs_as_a_formula_and_all_come_back(name: str) -> None:
    keyed = [(formula, each) for formula, each in zip(FORMULAS, FILLED, strict=True)]
    data = b"".join(WRITERS[name].write(keyed))
    if name == "csv":
        cells = [cell for row in csv.reader(StringIO(data.decode("utf-8-sig"))) for cell in row]
    else:
        sheet = load_workbook(BytesIO(data)).worksheets[0]
        assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}
        cells = [str(cell.value or "") for row in sheet for cell in row]
    assert len(cells) > len(FORMULAS) * 20
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert tuple(record.reference for record in read(data, "x").records) == FILLED


def test_what_another_program_changed_since_counts() -> None:
    odd = replace(ORDINARY, title="a  b", volume="1  2")
    data = b"".join(WRITERS["ris"].write([("w1", odd)]))
    (record,) = read(data.replace(b"TI  - a b", b"TI  - Mended"), "x.ris").records
    assert (record.reference.title, record.reference.volume) == ("Mended", "1  2")


@pytest.mark.parametrize(
    "text",
    [
        *('["waymark"', '["waymark", 7]', '["waymark",["title"]]', '["waymark",["title","",7]]'),
        *('["waymark",["year","",true]]', '["waymark",["authors","",["a"]]]', "[" * 99_999),
        *('["waymark",["authors","",[["a"]]]]', '["waymark",["nothing","",""]]', "waymark"),
        *('["waymark",["urls","",["javascript:x()"]]]', '["waymark",["doi","","../x"]]'),
        *('["waymark",["pmid","","7/x"]]', '["waymark",["type","","some"]]'),
        *('["waymark",["keywords","",[1]]]', '["waymark",["issn","","1"]]', '["waymark",{}]'),
    ],
)
def test_what_is_damaged_beside_the_usual_fields_changes_nothing(text: str) -> None:
    data = b"".join(WRITERS["ris"].write([("w1", ORDINARY)]))
    (record,) = read(data.replace(b"ER  -", f"U5  - {text}\nER  -".encode()), "x.ris").records
    assert record.reference == replace(ORDINARY)


@pytest.mark.parametrize("custom", ["7", "{", '{"waymark": 7}', '{"waymark": "x"}', "[1]"])
def test_custom_values_of_other_programs_are_left_alone(custom: str) -> None:
    text = f'[{{"title": "A", "custom": {custom}}}]'
    (record,) = read(text.encode(), "x.json").records
    assert record.reference.title == "A"


SHARED = Path(__file__).resolve().parents[3] / ".." / "shared" / "citations"
REAL = sorted(
    path
    for path in SHARED.rglob("*")
    if path.is_file() and path.suffix != ".md" and path.stat().st_size < 300_000
)


@cache
def real_records() -> list[Record]:
    """Some of every second file or so."""
    some = REAL[:: max(1, len(REAL) // 40)]
    return [one for path in some for one in read(path.read_bytes(), path.name).records[:40]]


@WRITER
def test_real_references_come_back(writer: Writer) -> None:
    if not REAL:
        pytest.skip("../shared/citations is not here")
    wanted = [record.reference for record in real_records()]
    assert list(there_and_back(writer, *wanted)) == wanted
