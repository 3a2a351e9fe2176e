import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.citations.formats.latex import address, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"M{\"u}ller, na{\"\i}ve, {\v{S}}imi{\'c}, \'{E}tude", "Müller, naïve, Šimić, Étude"),
        (r"Fran\c cois, \c{c}a, Sz\H{o}l\H{o}, \v Z", "François, ça, Szőlő, Ž"),
        (r"\O{}yvind, Stra{\ss}e, {\AA}ngstr{\"o}m, \L{}\'od\'z", "Øyvind, Straße, Ångström, Łódź"),
        (r"5\% of R\&D, \$4, a\_b, \#1, a \{b\}", "5% of R&D, $4, a_b, #1, a {b}"),
        (r"{\textless}p{\textgreater} {\textquoteright}x{\textquoteright}", "<p> ’x’"),
        (r"10$^{-3}$, H$_2$O, $\alpha$-helix, $p = 0.05$", "10−3, H2O, α-helix, p = 0.05"),
        ("cost $5 and $10, US$5-US$10", "cost $5 and $10, US$5-US$10"),
        (r"\$392,582 (SD \$116)", "$392,582 (SD $116)"),
        (r"{\textit{in vivo}} \emph{x} \href{http://a}{b}", "in vivo x b"),
        ("pages 1--5 --- ``so''", "pages 1–5 — “so”"),
        ("Smith~J. and ~5%", "Smith J. and ~5%"),
        (r"\foo stays, C:\dir", r"\foo stays, C:\dir"),
        (r"line\\break 10\,000", "line break 10 000"),
        ("50% % is no comment", "50% % is no comment"),
        ("{{Double}} {braces}", "Double braces"),
        (r"20\ifmmode^\circ\else\textdegree\fi{}C, \ifmmode\acute{a}\else\'{a}\fi bc", "20°C, ábc"),
        (r"seeds{\ifmmode---\else\textemdash\fi}soil \ifmmode x\fi{}y", "seeds—soil y"),
        (r"$\sim$5 and ${<}$4, but $5-$7", "∼5 and <4, but $5-$7"),
        ("plain", "plain"),
    ],
)
def test_latex_becomes_the_text_it_prints(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_an_address_loses_its_escapes_only() -> None:
    assert address(r"https://a.example/x\_y\%20{\textasciitilde}me?a=1\&b=--") == (
        "https://a.example/x_y%20~me?a=1&b=--"
    )


@given(st.text(alphabet="ab \\{}$^_~'\"`-c", max_size=60))
def test_no_letter_is_lost(text: str) -> None:
    printed = plain(text)
    for letter in "ab":
        assert printed.count(letter) <= text.count(letter)
