"""Quoted words are those of the report, and are looked for again where its file was replaced."""

from collections.abc import Sequence

import pytest

from evidence.coding.answers import Answer
from evidence.errors import NotFound
from evidence.steps.coding import coding, quoting, schemes
from evidence.steps.coding.quoting import AMBIGUOUS, GONE, QuotedPlace
from evidence.steps.desk import Desk
from evidence.steps.screening import full_text_pages, full_texts
from tests.documents import pdf_writer
from tests.steps.coding.test_coding import study_id
from tests.steps.coding.test_desk_messages import Tab
from tests.steps.conftest import enter

__all__ = ["study_id"]
FIRST = ("The programme had two groups of", "seventy people. They were asked after", "a year.")
SAID = "seventy people. They"


def pdf(*pages: Sequence[str]) -> bytes:
    sources = (pdf_writer.PageSource(content=pdf_writer.lines(72, 700, page)) for page in pages)
    return pdf_writer.write(list(sources))


class Quoting:
    """A tab, and the file of the study's only report."""

    def __init__(self, desk: Desk, study_id: int) -> None:
        self.tab = Tab(desk, study_id)
        self.desk = desk
        (report,) = self.tab.sheet()["study"]["reports"]
        self.work_id = report["work_id"]

    def add(self, content: bytes, name: str = "report.pdf") -> int:
        full_texts.add(self.desk, self.work_id, name, content)
        documents = self.tab.sheet()["study"]["reports"][0]["documents"]
        return int(documents[-1]["id"])

    def select(self, document_id: int, words: str, page: int = 1) -> dict[str, object]:
        """What a browser sends of words that were selected on a page."""
        text = full_text_pages.page(
            self.desk.store, self.desk.person_id, document_id, page
        ).text.replace("\r\n", "\n")
        start = text.index(words)
        place = {"page": page, "start": start, "end": start + len(words), "exact": words}
        source = {"document": f"file:{document_id}", "work_id": self.work_id}
        on = {"question": "people"}
        return self.tab.item("quotation", uid="quote01", on=on, **source, **place)

    def now(self) -> QuotedPlace:
        return quoting.place_now(self.desk, self.tab.study_id, self.tab.taken.id, "quote01")


@pytest.fixture
def at(desk: Desk, study_id: int) -> Quoting:
    return Quoting(desk, study_id)


def test_words_of_a_page_are_kept_with_those_around_them(at: Quoting) -> None:
    document_id = at.add(pdf(["A title page"], FIRST))
    assert at.tab.send(at.select(document_id, SAID, page=2)).accepted
    (quoted,) = at.tab.sheet()["quotations"]
    assert (quoted["document"], quoted["page"]) == (f"file:{document_id}", 2)
    assert (quoted["exact"], quoted["moved"]) == (SAID, False)
    assert "two groups of" in quoted["prefix"]
    assert quoted["suffix"].lstrip().startswith("were asked")
    place = at.now()
    assert (place.document_id, place.page, place.message) == (document_id, 2, "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"exact": "eighty people. They"},
        {"start": 0},
        {"page": 2},
        {"page": 0},
        {"end": 10**6},
        {"document": "file:999"},
        {"work_id": 999},
    ],
)
def test_words_that_do_not_stand_there_are_refused(at: Quoting, wrong: dict[str, object]) -> None:
    item = at.select(at.add(pdf(FIRST)), SAID)
    note = at.tab.item("answer", question="people", field="note", before="", after="fine")
    outcome = at.tab.send(note, item | wrong)
    assert list(outcome.refused) == [item["client_id"]]
    assert outcome.accepted == [note["client_id"]]
    assert at.tab.sheet()["quotations"] == []


def test_a_scan_has_no_words_to_quote(at: Quoting) -> None:
    document_id = at.add(pdf_writer.write([pdf_writer.scan()]))
    at.add(pdf(FIRST), "other.pdf")
    item = at.select(document_id + 1, SAID) | {"document": f"file:{document_id}"}
    assert at.tab.send(item).refused


def replace_file(at: Quoting, old: int, content: bytes) -> int:
    full_texts.remove(at.desk, old)
    return at.add(content, "version 2.pdf")


def test_in_a_new_version_the_words_are_found_by_those_around_them(at: Quoting) -> None:
    old = at.add(pdf(FIRST))
    at.tab.send(at.select(old, SAID))
    new = replace_file(at, old, pdf(["A new title page"], ["An abstract was added.", *FIRST]))
    (quoted,) = at.tab.sheet()["quotations"]
    assert quoted["moved"]
    place = at.now()
    assert (place.document_id, place.page) == (new, 2)
    text = full_text_pages.page(at.desk.store, at.desk.person_id, new, 2).text
    assert text[place.start : place.end] == SAID


@pytest.mark.parametrize(
    ("pages", "message"),
    [([["Nothing of it."]], GONE), ([["a year."], ["x"]], GONE)],
)
def test_where_the_words_are_gone_it_is_said(
    at: Quoting, pages: list[list[str]], message: str
) -> None:
    old = at.add(pdf(FIRST))
    at.tab.send(at.select(old, SAID))
    replace_file(at, old, pdf(*pages))
    assert at.now().message == message


def test_where_the_words_stand_twice_a_person_must_say_which(at: Quoting) -> None:
    old = at.add(pdf(FIRST))
    at.tab.send(at.select(old, "people"))
    replace_file(at, old, pdf(["Other people came."], ["Some people went."]))
    assert at.now().message == AMBIGUOUS


def test_words_of_an_abstract_that_was_edited_are_gone(at: Quoting, desk: Desk) -> None:
    words = {"start": 4, "end": 10, "exact": "report", "document": f"title:{at.work_id}"}
    item = at.tab.item("quotation", uid="quote01", on={"question": "people"}, **words)
    assert at.tab.send(item).accepted
    place = at.now()
    assert (place.document_id, place.start, place.end) == (None, 4, 10)
    assert at.tab.send(item | {"client_id": "c-other", "uid": "quote02", "exact": "Report"}).refused


def test_nobody_asks_for_the_quotation_of_another(at: Quoting, bens_desk: Desk, desk: Desk) -> None:
    at.tab.send(at.select(at.add(pdf(FIRST)), SAID))
    (taken,) = schemes.taken(desk)
    with pytest.raises(NotFound):
        quoting.place_now(bens_desk, at.tab.study_id, taken.id, "quote01")


def test_a_quotation_of_a_coding_that_one_may_see_is_found(
    at: Quoting, bens_desk: Desk, desk: Desk
) -> None:
    """As who reconciles asks for it, also after the file was replaced."""
    enter(bens_desk)
    document_id = at.add(pdf(FIRST))
    at.tab.send(at.select(document_id, SAID))
    (taken,) = schemes.taken(desk)
    own = coding.sheet(desk, at.tab.study_id).coding
    assert own is not None
    asked = at.tab.study_id, taken.id, "quote01", own.id
    with pytest.raises(NotFound):
        quoting.place_now(bens_desk, *asked)  # it is a draft
    coding.set_answer(desk, at.tab.study_id, Answer(question="stream", codes=("outcome",)))
    coding.complete(desk, at.tab.study_id)
    assert quoting.place_now(bens_desk, *asked).document_id == document_id
    coding.set_answer(bens_desk, at.tab.study_id, Answer(question="people", value="9"))
    with pytest.raises(NotFound):
        quoting.place_now(bens_desk, *asked)  # Ben codes it now
