"""What the routes of the report give, to whom, and that it is the same until something changes."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
import streamlit as st

from evidence.coding.answers import Answer as SaidAnswer
from evidence.steps.coding import coding, schemes, studies
from evidence.steps.desk import Desk
from evidence.steps.results.reporting import report_page, report_text
from evidence.steps.results.reporting.report_parts import FilledParts
from evidence.steps.review import people
from evidence.ui.results import report_editor, report_routes
from evidence.ui.results.report_editor import editor_json
from tests.pages.hostile import TEXT
from tests.report.made_facts import FACTS
from tests.steps.coding.test_coding import SCHEME, finding
from tests.steps.results.test_map_document import included_works
from tests.test_app import Answer, ask
from tests.test_app import desk as desk  # noqa: PLC0414 - a fixture

SCRIPT = "</script><script>window.hacked=1</script>"


@pytest.fixture(autouse=True)
def report(desk: Desk) -> Iterator[None]:
    """Of one study, beside which another one is still a draft."""
    schemes.add(desk, SCHEME, "small.yaml")
    for label, work_id in zip("AB", included_works(desk, "One", "Two"), strict=True):
        study_id = studies.create(desk, [work_id], f"{label} {TEXT}{SCRIPT}")
        coding.set_answer(desk, study_id, SaidAnswer(question="stream", codes=("outcome",)))
        coding.put_finding(desk, study_id, finding())
        if label == "A":
            coding.complete(desk, study_id)
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def write(desk: Desk, text: str, before: str = "", client_id: str = "1") -> None:
    act = {"act": "write", "section": "background", "title": "Background", "text": text,
           "before": [before], "client_id": client_id}  # fmt: skip
    assert report_text.apply(desk, [act], lambda: report_routes.filled_parts(desk)).accepted


def given(desk: Desk, path: str, browser: str = "Anna") -> dict[str, Any]:
    answer = ask(path.format(desk.review_id), browser)
    assert answer.status == 200, answer.body
    found: dict[str, Any] = json.loads(answer.body)
    return found


SECTION = "/report-section/{}/background"


def test_a_section_has_its_text_its_blocks_and_what_its_live_parts_say(desk: Desk) -> None:
    write(desk, f"{SCRIPT} {{{{number}}}} {{{{no-such}}}}")
    section = given(desk, SECTION)
    assert section["text"].startswith(SCRIPT)
    assert section["blocks"][0]["parts"][0] == {"text": f"{SCRIPT} "}
    assert section["live"]["number"] | {"digest": ""} == {
        "title": "A number of studies", "kind": "number", "text": "1", "studies": 1, "digest": ""
    }  # fmt: skip
    assert "No live part is called" in section["live"]["no-such"]["why"]


@pytest.mark.parametrize(
    "path",
    [SECTION, "/report-signs/{}", "/report-history/{}/background", "/report-parts/{}",
     "/report-studies/{}?part=number", "/report-figure/{}?part=flow-figure"],
)  # fmt: skip
def test_it_is_given_to_whoever_may_look_at_results_and_to_nobody_else(
    desk: Desk, path: str
) -> None:
    address = path.format(desk.review_id)
    for browser in ("Anna", "Ben", "Cleo", "Dora"):
        answer = ask(address, browser)
        assert answer.status == 200, browser
        assert answer.headers["cache-control"] == "private, no-cache"
        assert answer.headers["x-content-type-options"] == "nosniff"
        packed = ask(address, browser, packed=True)
        assert gzip.decompress(packed.body) == answer.body
        known = answer.headers["etag"]
        assert ask(address, browser, known=known).status == 304, browser
        assert ask(address, "nobody's browser", known=known).status == 403


def test_what_is_not_there_is_told_in_words(desk: Desk) -> None:
    for path in (
        "/report-section/{}/nowhere", "/report-history/{}/background?row=99",
        "/report-history/{}/background?row=x", "/report-figure/{}?part=number",
        "/report-figure/{}?part=flow-figure&page=7", "/report-figure/{}?part=" + quote("{{" * 999),
    ):  # fmt: skip
        answer: Answer = ask(path.format(desk.review_id), "Anna")
        assert answer.status == 404, path
        assert b"reload the page" in answer.body, path


def test_a_live_part_leads_to_its_studies(desk: Desk) -> None:
    found = given(desk, "/report-studies/{}?part=" + quote("number of stream=outcome"))
    assert [study["label"][:1] for study in found["studies"]] == ["A"]
    assert any("1 of 2 studies" in told for told in found["made_of"])


def test_a_figure_is_drawn_in_the_colours_of_the_page(desk: Desk) -> None:
    address = f"/report-figure/{desk.review_id}?part=flow-figure"
    light, dark = ask(address, "Anna"), ask(f"{address}&theme=dark", "Anna")
    assert light.headers["content-type"].startswith("image/svg+xml")
    assert light.body.startswith(b"<svg")
    assert light.body != dark.body


def test_earlier_texts_are_listed_and_looked_at_one_by_one(desk: Desk) -> None:
    write(desk, "long " * 50)
    write(desk, "", before="1", client_id="2")
    rows = given(desk, "/report-history/{}/background")["rows"]
    assert [row["length"] for row in rows] == [None, 250]
    older = given(desk, f"/report-history/{{}}/background?before={rows[0]['id']}")
    assert (older["rows"], older["older"]) == (rows[1:], 0)
    first = given(desk, f"/report-history/{{}}/background?row={rows[1]['id']}")
    assert first["text"] == "long " * 50
    usual = given(desk, f"/report-history/{{}}/background?row={rows[0]['id']}")
    assert (usual["title"], usual["text"]) == ("Background", "")


def test_a_section_is_fetched_anew_when_it_or_its_numbers_change(desk: Desk) -> None:
    def versions() -> dict[str, str]:
        lines = report_page.lines(desk, report_routes.filled_parts(desk))
        told = editor_json(desk, lines, may_edit=True)["sections"]
        return {section["key"]: section["version"] for section in told}

    first = versions()
    assert versions() == first
    write(desk, "Mine {{number}}")
    second = versions()
    changed = {key for key in first if first[key] != second[key]}
    assert changed == {"background", "appendix"}  # whose checklists look through all sections
    (open_study,) = (each for each in studies.listing(desk) if each.label.startswith("B"))
    coding.complete(desk, open_study.id)
    third = versions()
    assert all(third[key] != second[key] for key in second)
    assert given(desk, "/report-signs/{}")["background"] == {"changed": 1, "missing": []}
    section = given(desk, SECTION)
    assert section["live"]["number"]["was"] == "1"
    assert section["live"]["number"]["text"] == "2"


def test_who_may_not_hear_of_all_studies_is_told_no_change(desk: Desk) -> None:
    write(desk, "{{number}}")
    assert list(report_page.signs(desk, _other(hears=True))["background"].changed) == ["number"]
    assert report_page.signs(desk, _other(hears=False))["background"].changed == {}


def _other(*, hears: bool) -> FilledParts:
    return FilledParts(facts=FACTS, hears_all=hears)


def test_what_is_sent_for_somebody_else_waits(desk: Desk) -> None:
    acknowledged: dict[str, Any] = {"kept": [], "refused": {}, "clashes": {}}
    item = {"client_id": "1", "act": "remove", "section": "background", "before": [""]}
    for storage in ("waymark-report-9-9-", report_editor.storage_of(desk)):
        message = {"items": {"storage": storage, "items": [item]}}
        report_editor.take(desk, message, acknowledged)
        assert acknowledged["kept"] == ([] if storage.endswith("9-9-") else ["1"])


def test_of_two_sessions_that_save_a_section_the_second_is_told_and_both_texts_are_kept(
    desk: Desk,
) -> None:
    ben = replace(desk, person_id=people.named(desk.store, "Ben").id)
    annas: dict[str, Any] = {"kept": [], "refused": {}, "clashes": {}}
    bens: dict[str, Any] = {"kept": [], "refused": {}, "clashes": {}}

    def save(whose: Desk, session: dict[str, Any], text: str, **act: Any) -> None:
        item = {"act": "write", "section": "background", "title": "Background", "text": text, **act}
        storage = report_editor.storage_of(whose)
        report_editor.take(whose, {"items": {"storage": storage, "items": [item]}}, session)

    save(desk, annas, "Anna's words", client_id="a", before=[""])
    save(ben, bens, "Ben's words", client_id="b", before=[""])
    assert (annas["kept"], bens["kept"]) == (["a"], [])
    assert bens["clashes"] == {"b": {"now": "a"}}  # what was typed stays in Ben's browser
    assert [kept.edit.text for kept in report_text.history(desk, "background")] == ["Anna's words"]
    told: dict[str, Any] = {"kept": [], "refused": {}, "clashes": {}}
    save(ben, told, "Anna's words, and Ben's", client_id="c", before=["", "a"])
    assert (told["kept"], told["clashes"]) == (["c"], {})
    rows = [(kept.person, kept.edit.text) for kept in report_text.history(desk, "background")]
    assert rows == [("Ben", "Anna's words, and Ben's"), ("Anna", "Anna's words")]
