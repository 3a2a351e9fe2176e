"""Pages on which people answer without an account are all in large type, from consent to thanks."""

import re

import pytest

from evidence.exports.survey_pages import (
    QuestionPage,
    check_page,
    consent_page,
    question_page,
    sent_page,
)

ANSWERED = [("How many <b>places</b>?", "12\nor so")]
ASKED = QuestionPage(
    title="A survey", heading="Places", help="All of them.", number=1, total=2, questions=(),
    answers={}, faults={}, told="Saved.",
)  # fmt: skip
PAGES = {
    "consent": consent_page("A survey", "We ask you."),
    "questions": question_page(ASKED),
    "check": check_page("A survey", ANSWERED, (), 2),
    "check, something missing": check_page("A survey", ANSWERED, [(1, "How many?")], 2),
    "sent": sent_page("A survey", ANSWERED),
}


@pytest.mark.parametrize("name", PAGES)
def test_every_word_of_every_page_is_in_large_type(name: str) -> None:
    page = PAGES[name].decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert re.match(r'<main[^>]*><div class="survey">', main)
    assert main.endswith("</div>")
    assert main.count("<div") == main.count("</div>")
    (large,) = re.findall(r"\n\.survey \{ font-size: ([0-9.]+)rem; \}", page)
    assert float(large) * 16 >= 19  # pixels
    smaller = re.findall(r"\.survey [^{]*\{ font-size: ([0-9.]+)rem; \}", page)
    assert smaller
    assert all(float(each) * 16 >= 16 for each in smaller)
    assert "<b>" not in main
