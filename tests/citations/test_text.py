import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.citations.text import address, line, paragraphs, says_nothing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  plain text ", "plain text"),
        ("two\n  lines\tand  blanks", "two lines and blanks"),
        ("Na\u00a0\u2009CL", "Na CL"),
        ("soft\u00adhyphen, zero\u200bwidth, \ufeffmark", "softhyphen, zerowidth, mark"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("e\u0301tude", "étude"),
        ("control\x01\x02s", "controls"),
        ("AT&amp;T, 5 &lt; 6, caf&#233;, &#x3b1;", "AT&T, 5 < 6, café, α"),
        ("twice &amp;lt; encoded", "twice < encoded"),
        ("R&D; &Sons; are no entities", "R&D; &Sons; are no entities"),
        ("<i>E. coli</i> and H<sub>2</sub>O", "E. coli and H2O"),
        ("&lt;i&gt;E. coli&lt;/i&gt;", "E. coli"),
        ("<a href=\"x\" class='y'>link</a >", "link"),
        ("<jats:p>Aim <mml:math>x</mml:math></jats:p>", "Aim x"),
        ("p <0.05 and b> 3", "p <0.05 and b> 3"),
        ("a <b and c> d", "a <b and c> d"),
        ("<Go to ISI>://WOS:1", "<Go to ISI>://WOS:1"),
    ],
)
def test_a_text_becomes_one_readable_line(text: str, expected: str) -> None:
    assert line(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AIM: one.\nMETHODS:  two.", "AIM: one.\nMETHODS: two."),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("One<br/>Two\n\n\nThree", "One\nTwo\nThree"),
        ("One\u2028Two\u2029Three\x0bFour\x85Five", "One\nTwo\nThree\nFour\nFive"),
    ],
)
def test_paragraphs_stay_apart(text: str, expected: str) -> None:
    assert paragraphs(text) == expected


def test_a_web_address_keeps_signs_that_look_like_markup() -> None:
    assert address(" 10.1002/(SICI)1:1&lt;1::X&gt;3.0 ") == "10.1002/(SICI)1:1<1::X>3.0"


@pytest.mark.parametrize(
    "text", ["", "NA", "n/a", " null ", "[No abstract available]", "UNDEFINED"]
)
def test_words_for_nothing_are_nothing(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["Nadal", "0", "none of them", "?"])
def test_other_words_are_something(text: str) -> None:
    assert not says_nothing(text)


@given(st.text())
def test_a_line_never_holds_a_line_end_or_double_blank(text: str) -> None:
    cleaned = line(text)
    assert cleaned == " ".join(cleaned.split())


@given(st.text())
def test_paragraphs_cleaned_once_are_clean(text: str) -> None:
    once = paragraphs(text)
    if "&" not in once and "<" not in once:  # entities may be encoded any number of times
        assert paragraphs(once) == once
