import logging

import pytest

from evidence.citations.formats import bibtex_blocks, read_text
from evidence.citations.formats.bibtex_names import split
from evidence.citations.record import Name
from evidence.problems import Code


def test_fields_keep_names_and_latex_as_they_stand() -> None:
    text = '@Article{k1, Title = {N{\\"o} {RNA}}, a+b = "x" # { y}, year = 2011}'
    (record,) = read_text(text, "a.bib").records
    assert record.fields == (
        ("@", "Article"),
        ("Title", 'N{\\"o} {RNA}'),
        ("a+b", "x y"),
        ("year", "2011"),
    )
    assert (record.raw, record.key, record.line) == (text, "k1", 1)


def test_one_bad_entry_harms_no_other() -> None:
    good = "@article{{k{n}, title = {{Good {n}}}}}\n"
    bad = '@article{x, title = {{{{"\n'
    text = "".join(good.format(n=n) + bad for n in range(5))
    reading = read_text(text, "a.bib")
    titles = [record.reference.title for record in reading.records]
    assert titles[::2] == [f"Good {n}" for n in range(5)]
    assert reading.seen == 10


def test_an_entry_that_a_value_quotes_is_text() -> None:
    quoted = "We wrote:\n@misc{x,\n title = {{X}}\n}\n}@book{y, title = {Y}}\nand more."
    text = "@article{k, title = {A},\n abstract = {" + quoted + "},\n year = 2011\n}\n"
    reading = read_text(text.replace("\n}@", "\n{}@") + "@book{k2, title={B}}", "a.bib")
    assert [record.reference.title for record in reading.records] == ["A", "B"]
    assert reading.records[0].reference.year == 2011
    assert "@misc" in reading.records[0].reference.abstract
    assert (reading.seen, reading.problems) == (2, ())


def test_braces_that_are_missing_take_no_entry_in() -> None:
    text = "@article{a, title = {{A,\n year = 2011\n}\n" + "@article{b, title = {B}}\n" * 3
    reading = read_text(text, "a.bib")
    assert (reading.seen, len(reading.records)) == (4, 4)


def test_lines_are_those_of_the_file() -> None:
    text = (
        "preface\n\n@string{a = {b}}\n\n@article{k1,\n title = {A}\n}\nstray\n@book{k2, title={B}}"
    )
    reading = read_text(text, "a.bib")
    assert [record.line for record in reading.records] == [5, 9]
    assert [(problem.code, problem.line) for problem in reading.problems] == [
        (Code.TEXT_OUTSIDE, 1),
        (Code.TEXT_OUTSIDE, 8),
    ]


def test_text_behind_a_string_is_not_dropped_in_silence() -> None:
    (problem,) = read_text('@string{a = "b"}\nfree text\n@misc{k,title=a}', "a.bib").problems
    assert (problem.code, problem.line) == (Code.TEXT_OUTSIDE, 2)


def test_remarks_behind_a_per_cent_sign_are_no_text_outside() -> None:
    text = "% Encoding: UTF-8\n\n@misc{k,title={A}}\n  % the end\n"
    assert read_text(text, "a.bib").problems == ()


def test_an_at_sign_within_a_value_begins_no_entry() -> None:
    text = "@misc{k1, title={A}, abstract={write to\nme@home{x} or @home\n and see LeQua @ {CLEF}}}"
    (record,) = read_text(text, "a.bib").records
    assert "LeQua" in record.reference.abstract


def test_the_library_writes_nothing_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        read_text("@article{k1, title = {{A}\n@article{k2, title={B}}", "a.bib")
    assert caplog.records == []


def test_what_the_library_does_not_foresee_is_read_by_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(bibtex_blocks, "parse_string", fails)
    (record,) = read_text("@misc{k1,\n title={A {B} c},\n year=2011\n}", "a.bib").records
    assert (record.reference.title, record.reference.year) == (
        "A {B} c".replace("{", "").replace("}", ""),
        2011,
    )


def test_by_lines_and_by_the_book_agree_on_good_entries() -> None:
    text = '@article{k1,\n  title = {A {B} c},\n  note = "d",\n  year = 2011,\n  month = jan\n}\n'
    by_book, by_lines = bibtex_blocks.parse(text), bibtex_blocks.by_lines(text)
    bare = [(name, value.strip('{}"')) for name, value in by_book.fields]
    assert [(name, value.strip('{}"')) for name, value in by_lines.fields] == bare
    assert (by_book.kind, by_book.key) == (by_lines.kind, by_lines.key)


def test_biblatex_has_subtitles_and_days() -> None:
    text = "@article{k, title={A}, subtitle={B}, year=2020, month=mar, day=4, journaltitle={J}}"
    (record,) = read_text(text, "a.bib").records
    found = record.reference
    assert (found.title, found.date, found.journal) == ("A: B", "2020-03-04", "J")


def test_an_unclosed_string_harms_no_entry() -> None:
    (record,) = read_text('@string{a = "b"\n@misc{k, title={A}}', "a.bib").records
    assert record.reference.title == "A"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", ()),
        ("Okafor, Nneka AND Silva, M.", (Name("Okafor", "Nneka"), Name("Silva", "M."))),
        ("{{Invented Group}}", (Name("Invented Group"),)),
        ("{Research and Development}", (Name("Research and Development"),)),
        ("{Okafor, N. and Silva, M.}", (Name("Okafor", "N."), Name("Silva", "M."))),
        ("Brand, A. and others", (Name("Brand", "A."),)),
        ("King, Jr., Martin", (Name("King", "Martin, Jr."),)),
        ("Durand, R., III", (Name("Durand", "R., III"),)),
        ("Sandra Brand", (Name("Brand", "Sandra"),)),
        (
            "Pieter van der Berg 0001 and Brand 0002, Sandra",
            (Name("van der Berg", "Pieter"), Name("Brand", "Sandra")),
        ),
        ("A One, B Two, C Three", (Name("One", "A"), Name("Two", "B"), Name("Three", "C"))),
    ],
)
def test_names_are_parted(value: str, expected: tuple[Name, ...]) -> None:
    assert split(value) == expected


def test_abbreviations_that_double_each_other_do_not_fill_the_memory() -> None:
    lines = ['@string{m0 = "lollollol"}']
    lines += [f"@string{{m{n} = m{n - 1} # m{n - 1}}}" for n in range(1, 40)]
    text = "\n".join([*lines, "@misc{a, title=m39 # m11}", "@misc{b, title={B} # m2}"])
    first, second = (reading := read_text(text, "bomb.bib")).records
    assert len(first.reference.title) < 20_000
    assert second.reference.title == "B" + "lollollol" * 4
    assert Code.MACRO_UNKNOWN in {problem.code for problem in reading.problems}


@pytest.mark.parametrize(
    "strings",
    [
        '@string{a = b # " X"}',
        "@string{b0 = b}\n@string{a = b0}",
        '@string{b0 = b}\n@string{b1 = b0 # " Y"}\n@string{a = b1}',
        '@string{a0 = b}\n@string{b = "defined too late"}\n@string{a = a0}',
    ],
)
def test_an_abbreviation_that_nobody_defined_is_named_through_others(strings: str) -> None:
    text = f"{strings}\n@string{{unused = nobody}}\n@article{{k, title={{T}}, journal=a}}\n"
    reading = read_text(text, "a.bib")
    (problem,) = reading.problems
    assert (problem.code, problem.detail) == (Code.MACRO_UNKNOWN, "“b” in the field journal")
    assert reading.records[0].reference.journal.startswith("b")


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ('mar # "~7"', "2004-03-07"),
        ('"9~" # oct', "2004-10-09"),
        ("sept", "2004-09"),
        ('jun # "--" # jul', "2004"),
    ],
)
def test_months_may_be_joined_with_days(month: str, expected: str) -> None:
    reading = read_text(f"@misc{{k, title = {{A}}, year = 2004, month = {month}}}", "a.bib")
    assert (reading.records[0].reference.date, reading.problems) == (expected, ())


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ("booktitle = {Gardens}, chapter = {Soil and {Seeds}}", "Soil and Seeds"),
        ("title = {Seeds}, chapter = {Soil}", "Seeds"),
        ("booktitle = {Gardens}, chapter = {12}", ""),
        ("booktitle = {Gardens}, chapter = {Chapter IV}", ""),
    ],
)
def test_a_chapter_without_a_title_has_that_of_the_field_chapter(fields: str, title: str) -> None:
    (record,) = read_text(f"@inbook{{k, {fields}, year = 2004}}", "a.bib").records
    assert record.reference.title == title


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Ana {Ortega Ruiz}", Name("Ortega Ruiz", "Ana")),
        (r"{{\'A}lvaro} {de la Rosa} and x", Name("de la Rosa", "Álvaro")),
        ("Jan van {der Meer Dijk}", Name("van der Meer Dijk", "Jan")),
        ("Ana~{Ortega Ruiz}", Name("Ortega Ruiz", "Ana")),
        ("Ana Ruiz{ Ortega}", Name("Ortega", "Ana Ruiz")),
        ("Group {on Gardens}", Name("Group on Gardens")),
        ("Ana {Ortega}", Name("Ortega", "Ana")),
    ],
)
def test_braces_hold_a_family_name_together(value: str, expected: Name) -> None:
    assert split(value)[0] == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("family=Dijk, given=Jan, prefix=van, useprefix=false", Name("van Dijk", "Jan")),
        ("given-i={A}, given = Ana, family = {Ortega Ruiz}", Name("Ortega Ruiz", "Ana")),
        ("family={Seeds, Soil and Sons}", Name("Seeds, Soil and Sons")),
        ("given=Ana, suffix={Jr.}, family=Ruiz and others", Name("Ruiz", "Ana, Jr.")),
    ],
)
def test_names_of_biblatex_may_have_keys(value: str, expected: Name) -> None:
    assert split(value) == (expected,)


@pytest.mark.parametrize(
    ("doi", "expected"),
    [
        (r"10.5555/a(1){\textless}2:b{\textgreater}3", "10.5555/a(1)<2:b>3"),
        (r"10.5555/a(1)\textless 2:b\textgreater{}3", "10.5555/a(1)<2:b>3"),
        (r"10.5555/a(1)$<$2:b{$>$}3", "10.5555/a(1)<2:b>3"),
        (r"10.5555/a(1)\ensuremath{<}2:b\ensuremath{>}3", "10.5555/a(1)<2:b>3"),
        (r"10.5555/a$\_$1\textunderscore 2{\_}3\_4", "10.5555/a_1_2_3_4"),
        (r"\url{https://doi.org/10.5555/a\_1}", "10.5555/a_1"),
    ],
)
def test_latex_is_taken_out_of_dois(doi: str, expected: str) -> None:
    (record,) = read_text(f"@misc{{k, title = {{A}}, doi = {{{doi}}}}}", "a.bib").records
    assert record.reference.doi == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (r"\url{http://a.example/b\_c}", "http://a.example/b_c"),
        (r"Online: \href{http://a.example/{\textasciitilde}b}{The page}", "http://a.example/~b"),
        ("http://a.example/b", "http://a.example/b"),
    ],
)
def test_how_it_was_published_may_be_an_address(value: str, expected: str) -> None:
    text = f"@misc{{k, title = {{A}}, howpublished = {{{value}}}}}"
    assert read_text(text, "a.bib").records[0].reference.urls == (expected,)


def test_identifiers_at_the_start_of_a_note_count() -> None:
    notes = r"note = {Print\n}, annote = {See also 10.5555/other}, annotation = {DOI: 10.5555/a\_1}"
    (record,) = read_text(f"@misc{{k, title = {{A}}, {notes}}}", "a.bib").records
    assert record.reference.doi == "10.5555/a_1"
