"""What a review says of itself: authors as they are typed, and what reports say of it."""

import pytest

from evidence.report.facts import ReviewFacts
from evidence.report.live_parts import filled_checklist, live_content
from evidence.report.live_tokens import live_token
from evidence.report.statements import Statement
from evidence.report.usual_sections import ABOUT_PARTS, usual_sections
from evidence.synthesis.review_about import (
    Author,
    ReviewAbout,
    authors_of,
    faults_of,
    is_orcid,
    suggested_citation,
)

CARBERRY = "0000-0002-1825-0097"  # the example of orcid.org, an invented person
ABOUT = ReviewAbout(
    authors=(Author(name="Meyer, Eva", orcid=CARBERRY), Author(name="Ben")),
    funding="Nobody paid.",
    competing_interests="None.",
    registration="https://example.org/1",
)


def test_authors_are_read_line_by_line() -> None:
    typed = f"Meyer, Eva, {CARBERRY}\n\n  Ben \nhttps://orcid.org/0000-0002-9079-593x Cy"
    assert authors_of(typed) == (*ABOUT.authors, Author(name="Cy", orcid="0000-0002-9079-593X"))
    assert authors_of("\n".join(author.line for author in ABOUT.authors)) == ABOUT.authors


@pytest.mark.parametrize(
    ("orcid", "fits"),
    [
        (CARBERRY, True),
        ("0000-0002-9079-593X", True),
        ("0000-0002-1825-0098", False),
        ("0000-0002-1825", False),
    ],
)
def test_the_last_sign_of_an_orcid_follows_from_the_others(orcid: str, fits: bool) -> None:  # noqa: FBT001
    assert is_orcid(orcid) is fits


def test_a_wrong_line_of_an_author_is_named() -> None:
    wrong = ReviewAbout(authors=authors_of("Eva 0000-0002-1825-0098\n0000-0002-1825-0097"))
    first, second = faults_of(wrong)
    assert "0000-0002-1825-0098 is no ORCID iD" in first
    assert "stands without a name" in second
    assert list(faults_of(ABOUT)) == []


def test_a_citation_needs_authors() -> None:
    assert suggested_citation(ABOUT, "Work", 2026) == "Meyer, Eva; Ben (2026). Work."
    assert suggested_citation(ReviewAbout(), "Work", 2026) == ""


def test_the_report_says_what_was_entered_and_nothing_of_the_rest() -> None:
    facts = ReviewFacts(title="A review", about=ABOUT)
    (section,) = (each for each in usual_sections(facts) if each.key == "about")
    said = [name for name, _, _ in ABOUT_PARTS if f"{{{{{name}}}}}" in section.text]
    assert said == ["authors", "funding", "competing-interests", "registration"]
    funding = live_content(facts, live_token("funding"))
    assert isinstance(funding, Statement)
    assert funding.text == "Nobody paid."
    (empty,) = (
        each for each in usual_sections(ReviewFacts(title="A review")) if each.key == "about"
    )
    assert empty.text == "{{made-with}}"


def test_checklists_read_what_was_entered() -> None:
    asked = ("24a", "24b", "25", "26")

    def states(about: ReviewAbout) -> list[str]:
        table = filled_checklist(ReviewFacts(title="A", about=about), "prisma-2020")
        rows = {row.cells[0]: row.cells[2] for row in table.rows}
        return [rows[number] for number in asked]

    assert states(ReviewAbout()) == ["Not answered"] * 4
    assert states(ABOUT) == ["Answered", "Not answered", "Answered", "Answered"]
