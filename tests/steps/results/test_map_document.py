"""The document of a map has what counts, and nothing that is hidden from who looks."""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, event

from evidence.coding.answers import Answer
from evidence.coding.findings import Finding
from evidence.errors import Invalid
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.coding import coders, coding, schemes, studies
from evidence.steps.desk import Desk
from evidence.steps.results import evidence_map, map_document, map_settings
from evidence.steps.screening import decisions
from evidence.store import Role
from evidence.store.coding import studies as kept_studies
from evidence.store.screening.decisions import NewDecision
from evidence.synthesis.map_settings import MapCell, MapSettings, MapTexts
from tests.conftest import a_reading, keep
from tests.steps.coding.test_coding import SCHEME, finding
from tests.steps.conftest import enter, taken

QUALITY = """\
id: quality
title: How sound
version: "1"
purpose: appraisal
judges: study
sections:
  - title: All
    questions:
      - id: stream
        text: How sound is it?
        kind: one of
        options:
          - {id: high, label: High, role: high quality}
          - {id: low, label: Low, role: low quality}
"""


def shown(desk: Desk, *, drafts: bool = False) -> dict[str, Any]:
    """The document that the person at the desk gets."""
    how = map_document.wanted(desk)
    whole = (
        map_document.with_drafts(desk, desk.person_id, how)
        if drafts
        else map_document.of_complete_codings(desk, how)
    )
    assert whole is not None
    document: dict[str, Any] = json.loads(gzip.decompress(whole.packed.packed))
    assert document["version"] == whole.packed.version
    return document


def code(desk: Desk, study_id: int, *findings: Finding, note: str = "", done: bool = True) -> None:
    """Code a study."""
    coding.set_answer(desk, study_id, Answer(question="stream", codes=("outcome",), note=note))
    for each in findings:
        coding.put_finding(desk, study_id, each)
    if done:
        coding.complete(desk, study_id)


def included_works(desk: Desk, *titles: str) -> list[int]:
    """Works that are included at full text."""
    keep(desk.store, desk.person_id, desk.review_id, a_reading(*titles))
    ids = [work.id for work in taken(desk, Stage.TITLE_ABSTRACT).waiting]
    for stage in Stage:
        decisions.decide(
            desk,
            [
                NewDecision(
                    work_id=i, stage=stage, verdict=Verdict.INCLUDE, client_id=f"{stage}{i}"
                )
                for i in ids
            ],
        )
    return ids


@pytest.fixture
def study_ids(desk: Desk) -> list[int]:
    """Two studies, the first with two reports."""
    schemes.add(desk, SCHEME, "small.yaml")
    first, second, third = included_works(desk, "One", "Another", "Second")
    return [studies.create(desk, [first, second], "Drake"), studies.create(desk, [third], "Bond")]


def test_it_has_what_was_coded_with_the_reports(desk: Desk, study_ids: list[int]) -> None:
    code(desk, study_ids[0], finding(n_intervention=74, quotation="More hope"), note="By letter")
    document = shown(desk)
    assert document["caption"].startswith("Rests on 1 of 2 studies; 1 not coded completely yet. ")
    assert document["studies"]["id"] == [study_ids[0]]
    (reports,) = document["studies"]["reports"]
    assert [report["title"] for report in reports] == ["One", "Another"]
    assert reports[0]["authors"] == ["Meyer, Eva"]
    assert document["findings"]["n"] == [[74, None]]
    assert document["findings"]["quotation"] == ["More hope"]
    assert document["notes"] == {
        "study": [0], "dimension": ["question:stream"],
        "question": ["Which stream?"], "text": ["By letter"],
    }  # fmt: skip
    outcome = next(d for d in document["dimensions"] if d["id"] == "axis:outcome")
    assert outcome["codes"] == [0]


def test_a_draft_is_on_it_only_where_it_is_asked_for(desk: Desk, study_ids: list[int]) -> None:
    code(desk, study_ids[0], finding(), done=False)
    assert shown(desk)["studies"]["id"] == []
    assert shown(desk, drafts=True)["studies"]["id"] == [study_ids[0]]


def test_nothing_of_a_study_that_one_is_coding_is_on_it(
    desk: Desk, bens_desk: Desk, study_ids: list[int]
) -> None:
    enter(bens_desk)
    code(desk, study_ids[0], finding(quotation="a secret", note="a secret"), note="a secret")
    code(desk, study_ids[1], finding())
    assert "a secret" in json.dumps(shown(bens_desk))
    code(bens_desk, study_ids[0], done=False)
    assert "a secret" in json.dumps(shown(desk))
    for drafts in (False, True):
        of_ben = shown(bens_desk, drafts=drafts)
        assert "a secret" not in json.dumps(of_ben)
        assert len(of_ben["findings"]["study"]) == 1
        assert of_ben["studies"]["id"] == study_ids[1:]
    assert "1 hidden from you" in shown(bens_desk)["caption"]


def test_nothing_of_a_study_that_one_is_still_to_code_is_on_it(
    desk: Desk, bens_desk: Desk, study_ids: list[int]
) -> None:
    """Also where it counts already, because others agreed on it."""
    enter(bens_desk)
    code(desk, study_ids[0], finding(note="a secret"))
    (scheme,) = schemes.taken(desk)
    coders.give(desk, scheme.id, bens_desk.person_id, [study_ids[0]])
    for drafts in (False, True):
        assert "a secret" not in json.dumps(shown(bens_desk, drafts=drafts))


def test_an_appraisal_stands_beside_the_coding(desk: Desk, study_ids: list[int]) -> None:
    code(desk, study_ids[0])
    quality = schemes.add(desk, QUALITY, "quality.yaml")
    coding.set_answer(desk, study_ids[0], Answer(question="stream", codes=("low",)), quality)
    coding.complete(desk, study_ids[0], quality)
    document = shown(desk)
    names = {d["id"]: (d["title"], d["codes"]) for d in document["dimensions"]}
    assert names["question:stream"] == ("Which stream?", [0])
    assert names["question:quality/stream"] == ("How sound is it? (How sound)", [1])
    assert document["studies"]["roles"] == [32]


def test_an_appraisal_is_hidden_from_who_is_still_to_appraise(
    desk: Desk, bens_desk: Desk, study_ids: list[int]
) -> None:
    enter(bens_desk)
    code(desk, study_ids[0])
    quality = schemes.add(desk, QUALITY, "quality.yaml")
    said = Answer(question="stream", codes=("low",), note="a secret")
    coding.set_answer(desk, study_ids[0], said, quality)
    coding.complete(desk, study_ids[0], quality)
    coders.give(desk, quality, bens_desk.person_id, [study_ids[0]])
    of_ben = shown(bens_desk)
    assert of_ben["studies"]["id"] == [study_ids[0]]  # nothing is hidden of the coding itself
    assert of_ben["studies"]["roles"] == [0]
    assert "a secret" not in json.dumps(of_ben)


def test_an_appraisal_that_one_has_begun_hides_nothing_of_the_coding(
    desk: Desk, bens_desk: Desk, study_ids: list[int]
) -> None:
    enter(bens_desk)
    quality = schemes.add(desk, QUALITY, "quality.yaml")
    said = Answer(question="stream", codes=("low",), note="a secret")
    code(desk, study_ids[0], note="of the coding")
    coding.set_answer(desk, study_ids[0], said, quality)
    coding.complete(desk, study_ids[0], quality)
    begun = Answer(question="stream", codes=("high",))
    coding.set_answer(bens_desk, study_ids[0], begun, quality)
    of_ben = shown(bens_desk)
    assert of_ben["studies"]["id"] == [study_ids[0]]
    assert "of the coding" in json.dumps(of_ben)
    assert "a secret" not in json.dumps(of_ben)
    assert "What “How sound” says of 1 study is hidden from you" in of_ben["caption"]


def test_a_map_without_studies_says_which_are_hidden_and_why(
    desk: Desk, bens_desk: Desk, study_ids: list[int]
) -> None:
    enter(bens_desk)
    for study_id in study_ids:
        code(desk, study_id)
        code(bens_desk, study_id, done=False)
    empty = map_document.of_complete_codings(bens_desk, map_document.wanted(bens_desk))
    assert empty is not None
    assert empty.studies == 0
    assert "Bond, Drake is hidden from you, because you are coding" in empty.nothing_to_show


def test_settings_of_the_map_are_in_it(desk: Desk, study_ids: list[int]) -> None:
    code(desk, study_ids[0])
    before = shown(desk)
    assert before["gaps"] == {
        "few": 0, "several": 0, "recent_since": None, "not_applicable": [],
    }  # fmt: skip
    texts = MapTexts(licence="CC BY 4.0", searched_to="2026-05")
    settings = MapSettings(few=1, several=3, view="#rows=axis:outcome&empty=hide", texts=texts)
    map_settings.change(desk, settings, MapSettings())
    cell = MapCell.where("axis:outcome", "hope", "axis:intervention", "ips")
    map_settings.mark_cell(desk, cell, not_applicable=True)
    after = shown(desk)
    assert after["version"] != before["version"]
    assert after["gaps"] == {
        "few": 1, "several": 0, "recent_since": None,
        "not_applicable": [["axis:intervention", "ips", "axis:outcome", "hope"]],
    }  # fmt: skip
    assert after["view"] == "rows=axis%3Aoutcome&columns=axis%3Aoutcome&empty=hide"
    assert (after["about"]["licence"], after["searched_to"]) == ("CC BY 4.0", "2026-05")
    assert after["title"] == "Work and recovery"


def test_the_printed_map_begins_with_what_the_file_begins_with(
    desk: Desk, study_ids: list[int]
) -> None:
    code(desk, study_ids[0], finding())

    def printed(*asked: str) -> tuple[str, str]:
        content = map_document.content(desk, map_document.wanted(desk))
        assert content is not None
        tab = evidence_map.cross_tab(content, *asked)
        return tab.rows.id, tab.columns.id

    assert printed() == ("axis:intervention", "axis:outcome")
    assert printed("axis:outcome") == ("axis:outcome", "axis:outcome")
    view = "rows=question:stream&columns=axis:outcome"
    map_settings.change(desk, MapSettings(view=view), MapSettings())
    assert printed() == ("question:stream", "axis:outcome")
    with pytest.raises(Invalid, match="nothing called 'nowhere'"):
        printed("nowhere")


def test_questions_of_several_schemes_make_a_printed_map_together(desk: Desk) -> None:
    """As code sets of EPPI-Reviewer are: each of them has too little for a map of its own."""
    alone = QUALITY.replace("purpose: appraisal", "purpose: coding")
    schemes.add(desk, alone, "quality.yaml")
    schemes.add(desk, alone.replace("id: quality", "id: other"), "other.yaml")
    content = map_document.content(desk, map_document.wanted(desk))
    assert content is not None
    tab = evidence_map.cross_tab(content)
    assert tab.rows.id != tab.columns.id


def test_a_scheme_with_nothing_to_cross_is_refused_in_words(desk: Desk) -> None:
    alone = QUALITY.replace("purpose: appraisal", "purpose: coding")
    schemes.add(desk, alone, "quality.yaml")
    with pytest.raises(Invalid, match="at least two questions"):
        map_document.of_complete_codings(desk, map_document.wanted(desk))


def test_without_a_scheme_there_is_none(desk: Desk) -> None:
    schemes.add(desk, QUALITY, "quality.yaml")  # appraises studies that nobody codes
    assert map_document.of_complete_codings(desk, map_document.wanted(desk)) is None


@contextmanager
def queries() -> Iterator[list[str]]:
    """The queries that are made meanwhile."""
    made: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        made.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield made
    event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.journey
def test_many_studies_are_read_in_as_many_queries_as_one(desk: Desk, study_ids: list[int]) -> None:
    code(desk, study_ids[0], finding())
    with queries() as for_one:
        shown(desk)
    for study_id in study_ids[1:]:
        code(desk, study_id, finding(), finding(intervention="clubhouse"))
    with desk.writing(Role.REVIEWER) as w:
        more = [kept_studies.create(w, f"Study {number}", []) for number in range(30)]
    for study_id in more:
        code(desk, study_id, finding())
    with queries() as for_many:
        assert len(shown(desk)["studies"]["id"]) == 2  # the others have no included report
    assert len(for_many) == len(for_one)


def test_the_same_map_is_the_same_document(desk: Desk, study_ids: list[int]) -> None:
    code(desk, study_ids[0], finding())
    how = map_document.wanted(desk)
    first, again = (map_document.of_complete_codings(desk, how) for _ in range(2))
    assert first == again
    assert replace(how) == how == map_document.wanted(desk)


def test_where_no_code_means_a_review_none_is_missed_and_the_map_says_so(
    desk: Desk, study_ids: list[int]
) -> None:
    code(desk, study_ids[0])
    map_settings.change(desk, MapSettings(several=1), MapSettings())
    untold = map_document.of_complete_codings(desk, map_document.wanted(desk))
    assert untold is not None
    assert not untold.tells_reviews
    assert map_document.REVIEWS_UNTOLD in shown(desk)["caption"]
    assert shown(desk)["gaps"]["several"] == 0
    schemes.add(desk, QUALITY.replace("role: high quality", "role: review"), "quality.yaml")
    told = map_document.of_complete_codings(desk, map_document.wanted(desk))
    assert told is not None
    assert told.tells_reviews
    assert map_document.REVIEWS_UNTOLD not in shown(desk)["caption"]
    assert shown(desk)["gaps"]["several"] == 1
