"""The document of a map is given to whoever gave a name, once for each version."""

import gzip
import json
from collections.abc import Iterator

import pytest
import streamlit as st
from sqlalchemy import update

from evidence.coding.answers import Answer as SaidAnswer
from evidence.steps.coding import coding, schemes, studies
from evidence.steps.desk import Desk
from evidence.steps.results import map_settings, map_versions
from evidence.store import Role, schema
from evidence.synthesis.map_settings import MapSettings, MapTexts
from tests.pages.hostile import TEXT
from tests.steps.coding.test_coding import SCHEME, finding
from tests.steps.results.test_map_document import included_works
from tests.test_app import ask
from tests.test_app import desk as desk  # noqa: PLC0414 - a fixture

SCRIPT = "</script><script>window.hacked=1</script>"


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    """Of a map of one study, of which one more is a draft."""
    schemes.add(desk, SCHEME, "small.yaml")
    for label, work_id in zip("AB", included_works(desk, "One", "Two"), strict=True):
        study_id = studies.create(desk, [work_id], f"{label} {TEXT}{SCRIPT}")
        coding.set_answer(desk, study_id, SaidAnswer(question="stream", codes=("outcome",)))
        coding.put_finding(desk, study_id, finding(note=SCRIPT))
        if label == "A":
            coding.complete(desk, study_id)
    st.cache_resource.clear()
    yield f"/map-document/{desk.review_id}"
    st.cache_resource.clear()


@pytest.mark.parametrize("browser", ["Anna", "Ben", "Cleo", "Dora"])
def test_it_is_given_to_whoever_may_look_at_results(address: str, browser: str) -> None:
    answer = ask(address, browser)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["x-content-type-options"] == "nosniff"
    document = json.loads(answer.body)
    assert len(document["studies"]["id"]) == 1
    assert answer.headers["etag"] == f'"{document["version"]}"'
    packed = ask(address, browser, packed=True)
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == answer.body


@pytest.mark.parametrize("browser", ["", "a browser that nobody named"])
def test_it_is_kept_from_whom_nobody_knows(address: str, browser: str) -> None:
    known = ask(address, "Anna").headers["etag"]
    for answer in (ask(address, browser), ask(address, browser, known=known)):
        assert answer.status == 403
        assert b"studies" not in answer.body


def test_what_a_browser_holds_is_not_sent_again_until_it_changes(desk: Desk, address: str) -> None:
    known = ask(address, "Ben").headers["etag"]
    again = ask(address, "Ben", known=f'"old", W/{known}')
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", known)
    map_settings.change(desk, MapSettings(few=1), MapSettings())
    changed = ask(address, "Ben", known=known)
    assert changed.status == 200
    assert json.loads(changed.body)["gaps"]["few"] == 1
    study = schema.study
    with desk.writing(Role.REVIEWER) as w:
        w.connection.execute(update(study).where(study.c.label.startswith("A")).values(label="C"))
    renamed = ask(address, "Ben", known=changed.headers["etag"])
    assert json.loads(renamed.body)["studies"]["label"] == ["C"]


def test_a_draft_is_sent_to_its_person_where_it_is_asked_for(address: str) -> None:
    with_drafts = f"{address}?drafts=yes"
    assert len(json.loads(ask(with_drafts, "Anna").body)["studies"]["id"]) == 2
    assert ask(address, "Anna").headers["etag"] != ask(with_drafts, "Anna").headers["etag"]


def test_abstracts_come_apart_and_stay_the_same_when_codings_change(
    desk: Desk, address: str
) -> None:
    abstracts = address.replace("map-document", "map-abstracts")
    assert json.loads(ask(abstracts, "Dora").body) == {"studies": [], "reports": []}
    work = schema.work
    with desk.writing(Role.EDITOR) as w:
        one = update(work).where(work.c.title == "One")
        w.connection.execute(one.values(abstract=TEXT + SCRIPT))
    answer = ask(abstracts, "Dora", packed=True)
    assert answer.headers["content-type"] == "application/json"
    (study,) = json.loads(ask(address, "Dora").body)["studies"]["id"]
    expected = {"studies": [study], "reports": [[["One", TEXT + SCRIPT]]]}
    assert json.loads(gzip.decompress(answer.body)) == expected
    known = answer.headers["etag"]
    map_settings.change(desk, MapSettings(few=1), MapSettings())
    assert ask(abstracts, "Ben", known=known).status == 304
    assert ask(abstracts).status == 403


@pytest.mark.parametrize("number", ["2", str(2**63), "9" * 30])
def test_a_review_that_is_not_there_is_not_found(address: str, number: str) -> None:
    assert ask(f"/map-document/{number}", "Anna").status == 404
    assert ask(f"/map-document/{number}").status == 403
    assert ask(f"/map-abstracts/{number}", "Anna").status == 404


def test_a_review_without_a_scheme_has_no_map(desk: Desk) -> None:
    answer = ask(f"/map-document/{desk.review_id}", "Anna")
    assert (answer.status, answer.headers["content-type"]) == (404, "text/plain; charset=utf-8")


def test_texts_stay_as_they_are_and_addresses_that_do_something_are_left_out(
    desk: Desk, address: str
) -> None:
    work = schema.work
    with desk.writing(Role.EDITOR) as w:
        values = {"title": TEXT + SCRIPT, "urls": ["javascript:alert(1)", "data:text/html,x"]}
        w.connection.execute(update(work).values(values))
    texts = MapTexts(contact=f"{TEXT}\x00{SCRIPT}")
    map_settings.change(desk, MapSettings(texts=texts), MapSettings())
    answer = ask(address, "Anna")
    assert answer.headers["content-type"] == "application/json"  # no browser reads it as a page
    document = json.loads(answer.body)
    assert document["studies"]["label"] == [f"A {TEXT}{SCRIPT}"]
    assert document["about"]["contact"] == TEXT + SCRIPT
    ((report,),) = document["studies"]["reports"]
    assert report["title"] == TEXT + SCRIPT
    assert "link" not in report
    with desk.writing(Role.EDITOR) as w:
        w.connection.execute(update(work).values(urls=["javascript:x", "HTTPS://here.example/a"]))
    ((report,),) = json.loads(ask(address, "Anna").body)["studies"]["reports"]
    assert report["link"] == "HTTPS://here.example/a"


def test_a_version_and_what_changed_since_have_addresses_of_their_own(
    desk: Desk, address: str
) -> None:
    now = json.loads(ask(address, "Anna").body)
    map_versions.freeze(desk, SCRIPT)
    work = schema.work
    with desk.writing(Role.EDITOR) as w:
        w.connection.execute(update(work).values(title="Another", abstract="Written later"))
    frozen = ask(f"{address}?version=1&drafts=yes", "Cleo")
    document = json.loads(frozen.body)
    assert document["frozen"]["note"] == SCRIPT
    assert document["studies"] == now["studies"]
    since = json.loads(ask(f"{address}?since=1", "Ben").body)["since"]
    assert (since["number"], since["corrected"], since["recoded"]) == (1, [0], [])
    again = ask(f"{address}?version=1", "Cleo", known=frozen.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    abstracts = f"/map-abstracts/{desk.review_id}"
    assert b"Written later" in ask(abstracts, "Anna").body
    assert b"Written later" not in ask(f"{abstracts}?version=1", "Anna").body
    for query in ("version=2", "since=2", "version=1&since=7"):
        assert ask(f"{address}?{query}", "Anna").status == 404
    assert ask(f"{address}?version=9{'9' * 30}&since=x", "Anna").status == 200  # names none
    assert ask(f"{address}?version=1").status == 403
    backwards = ask(f"{address}?version=1&since=1", "Anna")
    assert (backwards.status, b"no earlier one" in backwards.body) == (400, True)
