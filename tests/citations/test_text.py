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
        ('<AbstractText NlmCategory="METHODS">We asked.</AbstractText>', "We asked."),
        (
            '<AbstractText Label="AIM" NlmCategory="OBJECTIVE">To see.</AbstractText>',
            "AIM: To see.",
        ),
        ("<AbstractText Label='UNLABELLED'>To see.</AbstractText>", "To see."),
        ("<jats:sec><jats:title>Aim</jats:title><jats:p>To see", "Aim To see"),
        ("<xhtml:span class='x'>A</xhtml:span> <ce:italic>b</ce:italic>", "A b"),
        ("10<inf>2</inf> <Emphasis Type='Italic'>in vivo</Emphasis>", "102 in vivo"),
        ('<Unknown>word</Unknown> and <other id="7">more', "word and more"),
        ("one.</Sec1><Sec1>Two <Sec1>", "one. Two"),
        ("<!-- hidden --><![CDATA[Seen]]>", "Seen"),
        ("x <tex-math>\\documentclass{a} \\begin{document}$y$\\end{document}</tex-math>", "x $y$"),
        ("see record [rid]1987-02510-001[/rid]) and [rid]", "see record 1987-02510-001) and"),
        ("[i]E. coli[/i], 95% [CI] 1-2, [German]", "E. coli, 95% [CI] 1-2, [German]"),
        (r"R\&D at 5\% of \$7, C:\new \alpha", r"R&D at 5% of $7, C:\new \alpha"),
        ("p < 0.05, n<5 and n>3, a<b, x <= y", "p < 0.05, n<5 and n>3, a<b, x <= y"),
        ("if <virus> is named once", "if <virus> is named once"),
        ("<20 or >30; <or = 35% of </= 13%", "<20 or >30; <or = 35% of </= 13%"),
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
    ("text", "expected"),
    [
        (r"https://a.b/c?d=1\&e=2\%20\#f", "https://a.b/c?d=1&e=2%20#f"),
        (r"https://a.b/c{\_}d\_e\~{}f", "https://a.b/c_d_e~f"),
        (r"https://a.b/\\c", r"https://a.b/\\c"),
    ],
)
def test_a_web_address_loses_the_backslashes_of_latex(text: str, expected: str) -> None:
    assert address(text) == expected


@given(st.text("<>=/ ab0.\n&[]\\", max_size=40))
def test_comparisons_of_numbers_are_never_taken_for_markup(text: str) -> None:
    comparison = f"p < 0.05 and 3 <n> 5 {text}" if ">" not in text else "p < 0.05"
    assert line(comparison).startswith("p < 0.05")


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
