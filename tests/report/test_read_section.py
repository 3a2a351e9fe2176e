"""What an author writes comes to the report whole, and live parts are found wherever they stand."""

import string

from hypothesis import given
from hypothesis import strategies as st

from evidence.report.blocks import (
    Block,
    LiveBlock,
    LiveWords,
    OwnTable,
    Paragraph,
    Points,
    Quotation,
    SubHeading,
    Words,
)
from evidence.report.facts import ReviewFacts
from evidence.report.live_tokens import live_token
from evidence.report.read_section import (
    MOST_BRACKETS,
    MOST_COLUMNS,
    as_written,
    read_section,
    tokens_of,
)
from evidence.report.report import TOO_BROAD, report
from evidence.report.usual_sections import Section

names = st.sampled_from(["countries", "years-figure", "counts by design", "number of country=us"])
plain_words = (
    st.text(string.ascii_letters + " ", min_size=1, max_size=30).map(str.split).filter(bool)
)


def words_of(blocks: tuple[Block, ...]) -> str:
    """All words of blocks without those of live parts."""
    said = []
    for block in blocks:
        match block:
            case Paragraph() | SubHeading():
                said += [part.text for part in block.parts if isinstance(part, Words)]
            case Points():
                said += [words_of(point) for point in block.points]
            case Quotation():
                said.append(words_of(block.blocks))
            case OwnTable():
                said += [words_of((*block.head, *(c for row in block.rows for c in row)))]
            case LiveBlock():
                pass
    return " ".join(said)


def test_the_blocks_of_markdown() -> None:
    blocks = read_section(
        "## Where *they* were\n\nIn {{countries}} and **more**, [see](https://a.org/b).\n\n"
        "{{years-figure}}\n\n- one\n  1. two\n\n> said\n\n"
        "| a | b |\n|---|---|\n| {{number}} | c |\n"
    )
    heading, paragraph, figure, points, quotation, table = blocks
    assert isinstance(heading, SubHeading)
    assert heading.level == 2
    assert heading.parts[1] == Words(text="they", emphasis=True)
    assert isinstance(paragraph, Paragraph)
    assert paragraph.parts[1] == LiveWords(token=live_token("countries"))
    assert paragraph.parts[3] == Words(text="more", strong=True)
    assert paragraph.parts[5] == Words(text="see", link="https://a.org/b")
    assert figure == LiveBlock(token=live_token("years-figure"))
    assert isinstance(points, Points)
    assert not points.numbered
    assert isinstance(points.points[0][1], Points)
    assert points.points[0][1].numbered
    assert isinstance(quotation, Quotation)
    assert isinstance(table, OwnTable)
    assert table.rows[0][0] == Paragraph(parts=(LiveWords(token=live_token("number")),))


def test_html_is_words_and_only_addresses_of_the_web_are_links() -> None:
    (paragraph,) = read_section(
        "<script>alert(1)</script> [a](javascript:x) ![b](https://c.d/e.png)"
    )
    assert isinstance(paragraph, Paragraph)
    parts = [part for part in paragraph.parts if isinstance(part, Words)]
    assert "".join(part.text for part in parts).startswith("<script>alert(1)</script>")
    assert not any(part.link for part in parts)
    assert parts[-1].text == "b"


def test_braces_that_are_no_live_part_stay_words() -> None:
    (paragraph,) = read_section("{{ never closed, and { } and }")
    assert words_of((paragraph,)) == "{{ never closed, and { } and }"


def test_letters_that_mean_something_to_markdown_do_not_in_a_live_part() -> None:
    (paragraph,) = read_section("x {{counts by a_b_c of d*e=f*g}} y")
    assert [token.id for token in tokens_of((paragraph,))] == ["counts by a_b_c of d*e=f*g"]


@given(
    st.lists(
        st.one_of(
            names.map(lambda n: ("live", n)), plain_words.map(lambda w: ("words", " ".join(w)))
        ),
        max_size=12,
    )
)
def test_words_and_live_parts_come_through_whole(parts: list[tuple[str, str]]) -> None:
    text = "\n\n".join("{{" + said + "}}" if kind == "live" else said for kind, said in parts)
    blocks = read_section(text)
    assert [token.id for token in tokens_of(blocks)] == [
        said for kind, said in parts if kind == "live"
    ]
    assert words_of(blocks).split() == [
        word for kind, said in parts if kind == "words" for word in said.split()
    ]


@given(st.text(max_size=300))
def test_whatever_is_typed_can_be_read(text: str) -> None:
    for token in tokens_of(read_section(text)):
        assert live_token(token.id) == token or token.fault


LABELS = st.text(st.sampled_from(" \\`*_[](){}<>&!#|~-+.:/ab1\"'\n"), min_size=1, max_size=40)


@given(LABELS.map(str.split).filter(bool).map(" ".join))
def test_words_of_a_scheme_stand_in_a_section_as_they_are(label: str) -> None:
    heading, paragraph = read_section(f"## {as_written(label)}\n\n**{as_written(label)}** (1)")
    assert isinstance(heading, SubHeading)
    assert isinstance(paragraph, Paragraph)
    for parts, ending in ((heading.parts, ""), (paragraph.parts, " (1)")):
        words = [part.text for part in parts if isinstance(part, Words) and not part.link]
        assert "".join(words) == label + ending
    assert any(part.strong for part in paragraph.parts if isinstance(part, Words))


def test_brackets_without_end_are_words_and_hold_nobody_up() -> None:
    """Tens of thousands took the reader of Markdown a minute, and with it everybody's report."""
    for sign in ("[", "![", "[a]("):
        many = sign * (40_000 // len(sign))
        assert words_of(read_section(many)) == many
    link = "[a](https://example.org) and {{countries}}"
    assert words_of(read_section(link)).split() == ["a", "and"]
    blocks = read_section(link + "[" * MOST_BRACKETS)
    assert words_of(blocks).startswith("[a](https://example.org) and ")
    assert list(tokens_of(blocks)) == [live_token("countries")]


def test_a_table_too_broad_for_word_stands_as_it_was_typed_and_is_told() -> None:
    def typed(columns: int) -> str:
        return "\n".join("|" + f"{cell}|" * columns for cell in ("a", "-", "b"))

    (table,) = read_section(typed(MOST_COLUMNS))
    assert isinstance(table, OwnTable)
    broad = typed(MOST_COLUMNS + 1)
    (paragraph,) = read_section(broad)
    assert isinstance(paragraph, Paragraph)
    assert words_of((paragraph,)).split() == broad.split()
    made = report(ReviewFacts(title="A review"), [Section(key="a", title="A", text=broad)])
    assert made.faults == (f"Section “A”: {TOO_BROAD}",)
