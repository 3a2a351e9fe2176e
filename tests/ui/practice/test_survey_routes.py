"""People answer without an account: plain pages, saved between them, bounded, nothing executed."""

import re
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select
from starlette.types import ASGIApp

from evidence.coding.answers import without_separators
from evidence.errors import Invalid
from evidence.settings import ROOT, Settings
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import service_forms, services, survey_links
from evidence.store import Store
from evidence.store.archive.review_tables import REVIEW_TABLES
from evidence.store.practice import survey_links as stored
from evidence.ui.results.public_page.server import public_app
from tests.steps.conftest import desk
from tests.ui.results.public_page.asking import ask, fill_in

__all__ = ["desk"]

SCHEME = """\
id: invented-survey
title: Invented survey
version: "1"
purpose: practice
judges: practice
sections:
  - title: The service
    questions:
      - id: kind
        text: What <b>is</b> it?
        kind: one of
        required: yes
        options:
          - {id: club, label: A club}
          - {id: shop, label: "<script>window.hacked=1</script>"}
      - id: places
        text: How many places?
        kind: number
        minimum: 0
        when: {question: kind, any_of: [club]}
  - title: Words
    questions:
      - id: words
        text: What is it like?
        kind: text
"""
EVIL = "<img src=x onerror=alert(1)> {{x}} =1+1"


@dataclass(frozen=True)
class Page:
    """What a respondent is shown."""

    status_code: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


@dataclass(frozen=True)
class Respondent:
    """Somebody with the address and a browser."""

    server: ASGIApp

    def get(self, path: str) -> Page:
        answer = ask(self.server, path)
        return Page(answer.status, answer.headers, answer.body)

    def post(self, path: str, data: dict[str, str] | None = None) -> Page:
        answer = fill_in(self.server, path, **(data or {}))
        return Page(answer.status, answer.headers, answer.body)


@pytest.fixture
def client(store: Store) -> Respondent:
    return Respondent(public_app(store, Settings()))


@pytest.fixture
def top(desk: Desk) -> str:
    scheme_id = schemes.add(desk, SCHEME, "survey.yaml")
    survey_links.invite(desk, scheme_id, "A survey <i>", "We ask.\nYou agree.", "2999-12-31")
    return f"/public/survey/{survey_links.listing(desk)[0].token}/"


def begin(client: Respondent, top: str) -> str:
    answer = client.post(top)
    assert answer.status_code == 303
    return top + str(answer.headers["location"]).removesuffix("1")


def test_a_service_answers_page_by_page_and_it_becomes_a_form(
    client: Respondent, desk: Desk, top: str
) -> None:
    first = client.get(top)
    assert '<p dir="auto">We ask.</p><p dir="auto">You agree.</p>' in first.text
    assert "A survey &lt;i&gt;" in first.text
    assert "set-cookie" not in first.headers
    assert "script" not in first.headers["content-security-policy"]
    at = begin(client, top)
    page = client.get(f"{at}1")
    assert "How many places?" not in page.text
    assert "<script" not in page.text
    assert "What &lt;b&gt;is&lt;/b&gt; it? *" in page.text
    saved = client.post(f"{at}1", data={"service": EVIL, "area": "North", "q-kind": "club"})
    assert "How many places?" in saved.text  # asked after what was answered
    assert EVIL not in saved.text
    wrong = client.post(
        f"{at}1", data={"service": EVIL, "area": "North", "q-kind": "club", "q-places": "-2"}
    )
    assert wrong.status_code == 400
    assert "-2 under" in wrong.text
    assert 'value="-2"' in wrong.text  # what was typed stays
    data = {"service": EVIL, "area": "North", "filled_by": "manager", "q-kind": "club",
            "q-places": "12", "note-kind": "and a house"}  # fmt: skip
    assert client.post(f"{at}1", data=data).headers["location"] == "2"
    assert client.post(f"{at}2", data={"q-words": EVIL, "act": "back"}).headers["location"] == "1"
    assert 'value="12"' in client.get(f"{at}1").text  # days later, too
    assert client.post(f"{at}2", data={"q-words": EVIL}).headers["location"] == "check"
    look = client.get(f"{at}check")
    assert "Send my answers" in look.text
    assert survey_links.responses(desk) == []
    assert client.post(f"{at}check").headers["location"] == "sent"
    assert "Thank you" in client.get(f"{at}sent").text
    assert client.post(f"{at}2", data={"q-words": "other"}).headers["location"] == "sent"
    (response,) = survey_links.responses(desk)
    assert response.answers[-1].value == EVIL
    survey_links.take_in(desk, response.id, "")
    (form,) = service_forms.listing(desk).values()
    assert form.is_complete
    assert form.filled_by == "manager"
    assert form.answer("places").value == "12"
    assert services.listing(desk)[form.service].name == EVIL


def test_the_area_is_asked_once_and_numbers_come_as_people_write_them(
    client: Respondent, desk: Desk
) -> None:
    path = ROOT / "coding_schemes" / "vocational-services.yaml"
    scheme_id = schemes.add(desk, path.read_text("utf-8"), path.name)
    survey_links.invite(desk, scheme_id, "A survey", "You agree.")
    token = next(each.token for each in survey_links.listing(desk) if each.scheme_id == scheme_id)
    at = begin(client, f"/public/survey/{token}/")
    page = client.get(f"{at}1").text
    assert "What has a * must be answered." in page
    assert "For which area is it there?" not in page
    data = {"service": "North", "area": "Dale", "q-service-kind": "supported-work",
            "q-service-population": "210,000", "note-service-population": "census"}  # fmt: skip
    assert client.post(f"{at}1", data=data).headers["location"] == "2"
    assert client.get(f"{at}check").text.count("Dale") == 1
    assert client.post(f"{at}check").headers["location"] == "sent"
    (response,) = survey_links.responses(desk)
    said = {each.question: (each.value, each.note) for each in response.answers}
    assert said["service-population"] == ("210000", "census")
    assert said["service-area"] == ("Dale", "")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("210,000", "210000"), (" 1 250 000.5 ", "1250000.5"), ("12.5", "12.5"),
        ("12,5", "12,5"), ("0,500", "0,500"), ("1,000 000", "1,000 000"), ("2,5000", "2,5000"),
    ],
)  # fmt: skip
def test_only_groups_of_thousands_lose_their_signs(typed: str, number: str) -> None:
    assert without_separators(typed) == number


def test_what_is_too_long_is_told_and_never_cut(client: Respondent, desk: Desk, top: str) -> None:
    at = begin(client, top)
    assert "Up to 10,000 characters." in client.get(f"{at}2").text
    first = {"service": "N" * 201, "q-kind": "shop", "note-kind": "n" * 10_001}
    refused = client.post(f"{at}1", data=first)
    assert refused.status_code == 400
    assert "This has 201 characters, and up to 200 are kept." in refused.text
    assert "10,001 characters" in refused.text
    assert "N" * 201 in refused.text  # what was typed stays, to be shortened
    words = "one\r\n\r\ntwo " + "x" * 10_000
    assert client.post(f"{at}2", data={"q-words": words}).status_code == 400
    client.post(f"{at}2", data={"q-words": "one\r\n\r\ntwo"})
    client.post(f"{at}1", data={"service": "North", "q-kind": "shop"})
    client.post(f"{at}check")
    (response,) = survey_links.responses(desk)
    assert response.answers[-1].value == "one\n\ntwo"
    form = survey_links.take_in(desk, response.id, "")
    assert form.answer("words").value == "one\n\ntwo"  # paragraphs stay


def test_a_response_is_taken_in_whole_or_not_at_all_and_once(
    client: Respondent, desk: Desk, top: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = begin(client, top)
    client.post(f"{at}1", data={"service": "North", "q-kind": "shop"})
    client.post(f"{at}check")
    (response,) = survey_links.responses(desk)
    with monkeypatch.context() as patch:
        patch.setattr(stored, "settle", _fails)
        with pytest.raises(Invalid, match="no room"):
            survey_links.take_in(desk, response.id, "")
    assert services.listing(desk) == {}
    assert service_forms.listing(desk) == {}
    # Both saw it waiting; the second one is told, and no second form is made.
    seen = survey_links.responses(desk)
    survey_links.take_in(desk, response.id, "")
    monkeypatch.setattr(survey_links, "responses", lambda _: seen)
    with pytest.raises(Invalid, match="taken in or put aside already"):
        survey_links.take_in(desk, response.id, "")
    assert len(services.listing(desk)) == len(service_forms.listing(desk)) == 1


def _fails(*_: object) -> None:
    raise Invalid("There is no room.")


def test_what_is_missing_keeps_it_from_being_sent(client: Respondent, desk: Desk, top: str) -> None:
    at = begin(client, top)
    client.post(f"{at}2", data={"q-words": "quiet"})
    look = client.get(f"{at}check")
    assert "Please answer first" in look.text
    assert client.post(f"{at}check").headers["location"] == "check"
    assert survey_links.responses(desk) == []


def test_questions_that_change_meanwhile_are_asked_anew(
    client: Respondent, desk: Desk, top: str
) -> None:
    at = begin(client, top)
    client.post(f"{at}1", data={"service": "North", "q-kind": "shop"})
    changed = SCHEME.replace('"1"', '"2"').replace("{id: shop,", "{id: store,")
    schemes.add(desk, changed, "s.yaml", schemes.version_of(desk, changed, "s.yaml"))
    assert "Please answer first" in client.get(f"{at}check").text
    assert client.post(f"{at}check").headers["location"] == "check"
    assert survey_links.responses(desk) == []
    client.post(f"{at}1", data={"service": "North", "q-kind": "store"})
    assert client.post(f"{at}check").headers["location"] == "sent"
    again = SCHEME.replace('"1"', '"3"')
    schemes.add(desk, again, "s.yaml", schemes.version_of(desk, again, "s.yaml"))
    (response,) = survey_links.responses(desk)
    with pytest.raises(Invalid, match="changed after this was sent; nothing of it is lost"):
        survey_links.take_in(desk, response.id, "")
    assert survey_links.responses(desk) == [response]


def test_two_windows_do_not_overwrite_each_other(store: Store, client: Respondent, desk: Desk,
                                                 top: str) -> None:  # fmt: skip
    at = begin(client, top)
    token, key = top.split("/")[3], at.split("/")[4]
    survey = survey_links.read(store, token)
    before = survey_links.response(store, survey, key)
    client.post(f"{at}2", data={"q-words": "first"})
    section = survey.scheme.sections[1]
    with pytest.raises(Exception, match="another window"):
        survey_links.save_page(store, survey, before, section, before)
    assert survey_links.response(store, survey, key).answers[0].value == "first"


def test_a_script_is_stopped_and_nothing_is_lost(client: Respondent, desk: Desk, top: str) -> None:
    answers = [client.post(top).status_code for _ in range(30)]
    assert answers.count(303) == 10
    assert answers.count(429) == 20
    assert "try again" in client.post(top).text


def test_back_tells_what_is_wrong_and_the_earlier_answer_stays(
    client: Respondent, desk: Desk, top: str
) -> None:
    at = begin(client, top)
    first = {"service": "North", "q-kind": "club"}
    client.post(f"{at}1", data={**first, "q-places": "12"})
    refused = client.post(f"{at}1", data={**first, "q-places": "-2", "act": "back"})
    assert refused.status_code == 400
    assert 'value="-2"' in refused.text
    assert 'value="12"' in client.get(f"{at}1").text
    too_long = client.post(f"{at}2", data={"q-words": "x" * 10_001, "act": "back"})
    assert too_long.status_code == 400
    client.post(f"{at}check")
    (response,) = survey_links.responses(desk)
    assert {each.question: each.value for each in response.answers}["places"] == "12"


def test_a_page_that_is_too_long_is_refused_in_words(client: Respondent, top: str) -> None:
    at = begin(client, top)
    refused = client.post(f"{at}2", data={"q-words": "x" * 1_100_000})
    assert refused.status_code == 413
    assert "too long" in refused.text


def test_what_is_closed_ended_or_guessed_is_answered_alike(
    client: Respondent, desk: Desk, top: str
) -> None:
    at = begin(client, top)
    (link,) = survey_links.listing(desk)
    guessed = client.get("/public/survey/" + "x" * 43 + "/")
    survey_links.change(desk, link.id, ends_on="2020-01-01", is_closed=False)
    ended = client.get(top)
    survey_links.change(desk, link.id, ends_on="", is_closed=True)
    closed = client.get(top)
    assert guessed.status_code == ended.status_code == closed.status_code == 404
    assert guessed.content == ended.content == closed.content
    assert client.get(f"{at}1").status_code == client.post(f"{at}1").status_code == 404
    assert client.get(f"{top}{'k' * 32}/1").content == guessed.content
    survey_links.change(desk, link.id, ends_on="", is_closed=False)
    assert client.get(f"{at}1").status_code == 200
    assert client.get(f"{at}9").status_code == 404


def test_the_form_speaks_of_no_research(client: Respondent, top: str) -> None:
    at = begin(client, top)
    shown = re.sub(r"<style>.*?</style>", "", client.get(f"{at}1").text, flags=re.DOTALL)
    assert not re.search(r"\b(scheme|coding|review|study|studies)\b", shown)


def test_an_archive_has_what_was_sent_and_nothing_that_was_not(
    client: Respondent, desk: Desk, top: str
) -> None:
    (table,) = (each for each in REVIEW_TABLES if each.name == "survey_response")

    def in_archive() -> int:
        query = select(func.count()).select_from(table.table)
        with desk.reading() as c:
            return int(c.execute(query.where(table.of_review(desk.review_id))).scalar_one())

    at = begin(client, top)
    client.post(f"{at}1", data={"service": "North", "q-kind": "shop"})
    assert in_archive() == 0
    client.post(f"{at}check")
    assert in_archive() == 1
