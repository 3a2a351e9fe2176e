"""Two records side by side, whatever stands in them."""

from evidence.citations.record import Name, Reference
from evidence.ui.records.comparison import MOST_NAMES, MOST_WORDS, Column, comparison, field_text


def test_differing_words_are_marked_and_text_is_escaped() -> None:
    one = Reference(title="Work <script>alert(1)</script> and rest", year=2001)
    other = Reference(title="Work and rest", year=2002, doi="10.1/x")
    table = comparison(Column("A <b>", one), Column("B", other))
    assert "<script>" not in table
    assert "A &lt;b&gt;" in table
    assert "<mark>&lt;script&gt;alert(1)&lt;/script&gt;</mark>" in table
    assert "<mark>2001</mark>" in table
    assert "<span class='none'>not given</span>" in table


def test_fields_that_both_lack_are_left_out() -> None:
    table = comparison(Column("A", Reference(title="One")), Column("B", Reference(title="One")))
    assert table.count("scope='row'") == 1
    assert "<mark>" not in table


def test_three_thousand_authors_are_told_by_their_first_and_their_number() -> None:
    names = tuple(Name(f"Family{n}", "A.") for n in range(3000))
    many = Reference(title="A measurement", authors=names)
    text = field_text(many, "authors")
    assert text.endswith("… (3,000 in all)")
    assert text.count("Family") == MOST_NAMES
    table = comparison(
        Column("A", many), Column("B", Reference(title="A measurement", authors=names[:1]))
    )
    assert "<mark>… (3,000 in all)</mark>" in table or "all)</mark>" in table


def test_of_a_very_long_text_only_the_beginning_is_compared() -> None:
    long = Reference(abstract=" ".join(f"word{n}" for n in range(5000)))
    other = Reference(abstract="else " + long.abstract)
    table = comparison(Column("A", long), Column("B", other))
    assert table.count("word4999") == 2  # nothing is left out
    assert table.count("<mark>") < MOST_WORDS
