"""A version of the map stays what it was, has only what counts, and hides what is hidden."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from evidence.coding.answers import Answer
from evidence.errors import Invalid, NotAllowed, NotFound
from evidence.steps.coding import coders, coding, schemes
from evidence.steps.desk import Desk
from evidence.steps.results import (
    direction_rules,
    map_document,
    map_file,
    map_settings,
    map_versions,
)
from evidence.steps.results.map_file import MadeMap, MapWishes
from evidence.steps.results.map_versions import ShownVersion
from evidence.store import Role, schema
from evidence.store.results.map_versions import packed
from evidence.synthesis.direction_rules import DirectionRules
from evidence.synthesis.map_document import ALL_TEXTS
from evidence.synthesis.map_settings import MapCell, MapSettings, MapTexts
from tests.steps.coding.test_coding import SCHEME, finding
from tests.steps.conftest import enter, take_newest
from tests.steps.results.test_map_document import QUALITY, code, study_ids

__all__ = ["study_ids"]

HIDDEN = "a secret"


def shown(desk: Desk, number: int = 1) -> ShownVersion:
    return map_versions.shown(desk, map_versions.seen(desk, number))


def file_of(desk: Desk, number: int = 1, since: int | None = None, **wishes: Any) -> MadeMap:
    how, version = map_document.wanted(desk), map_versions.seen(desk, number)
    before = None if since is None else map_versions.seen(desk, since)
    return map_file.make(desk, how, MapWishes(**wishes), version, before)


def labels(document: Any) -> list[str]:
    found: list[str] = document["studies"]["label"]
    return found


def test_later_changes_of_anything_leave_the_file_of_a_version_as_it_was(
    desk: Desk, study_ids: list[int]
) -> None:
    with desk.writing(Role.EDITOR) as w:
        w.connection.execute(update(schema.work).values(abstract="What was done"))
    code(desk, study_ids[0], finding(quotation="More hope", n_intervention=74), note="By letter")
    frozen = map_versions.freeze(desk, " The first one\n")
    wishes: dict[str, Any] = {"texts": ALL_TEXTS, "title": "Work and hope"}
    before = [file_of(desk), file_of(desk, **wishes), file_of(desk, without=("stream",))]
    assert (frozen.number, frozen.note, frozen.studies) == (1, "The first one", 1)
    for text in (b"What was done", b"More hope", b"By letter"):
        assert text in before[1].data
        assert text not in before[0].data
    code(desk, study_ids[1], finding())
    coding.reopen(desk, study_ids[0])
    coding.put_finding(desk, study_ids[0], finding(intervention="clubhouse"))
    coding.complete(desk, study_ids[0])
    settings = MapSettings(few=3, texts=MapTexts(searched_to="2026-01-01", question="Another"))
    map_settings.change(desk, settings, MapSettings())
    cell = MapCell.where("question:stream", "process", "axis:outcome", "hope")
    map_settings.mark_cell(desk, cell, not_applicable=True)
    take_newest(desk, SCHEME.replace("Outcome study", "Renamed").replace('"1"', '"2"'), "new.yaml")
    with desk.writing(Role.EDITOR) as w:
        w.connection.execute(update(schema.work).values(title="Other", abstract="Other"))
        w.connection.execute(update(schema.study).values(label="Other"))
    after = [file_of(desk), file_of(desk, **wishes), file_of(desk, without=("stream",))]
    assert after == before
    assert before[1].name == "work-and-hope-map-version-1.html"
    assert map_versions.freeze(desk).studies == 2
    assert [each.number for each in map_versions.listing(desk)] == [2, 1]


def test_a_version_has_no_draft_and_nothing_that_waits_for_reconciling(
    desk: Desk, bens_desk: Desk, study_ids: list[int]
) -> None:
    enter(bens_desk)
    code(desk, study_ids[0], finding())
    code(desk, study_ids[1], finding(note=HIDDEN), done=False)
    map_versions.freeze(desk)
    assert HIDDEN not in json.dumps(shown(desk).document)
    assert labels(shown(desk).document) == ["Drake"]
    (scheme,) = schemes.taken(desk)
    coders.give(desk, scheme.id, bens_desk.person_id, [study_ids[1]])
    coders.give(desk, scheme.id, desk.person_id, [study_ids[1]])
    coding.complete(desk, study_ids[1])
    code(bens_desk, study_ids[1], finding())
    map_settings.change(desk, MapSettings(few=1), MapSettings())
    map_versions.freeze(desk)
    for number in (1, 2):
        assert labels(shown(desk, number).document) == ["Drake"]


def test_who_waits_for_reconciling_is_not_named_on_the_map(
    desk: Desk, bens_desk: Desk, study_ids: list[int]
) -> None:
    """So that no name stands in a file from which authors stay out."""
    enter(bens_desk)
    code(desk, study_ids[0], finding())
    (scheme,) = schemes.taken(desk)
    for each in (desk, bens_desk):
        coders.give(desk, scheme.id, each.person_id, [study_ids[1]])
        code(each, study_ids[1], finding())
    map_versions.freeze(desk)
    assert "1 to reconcile." in shown(desk).document["caption"]
    how = map_document.wanted(desk)
    of_now = map_file.make(desk, how, MapWishes(without=("authors",)))
    for made in (file_of(desk, without=("authors",)), of_now):
        assert (b"1 to reconcile" in made.data, b"Bond" in made.data) == (True, False)


def test_who_codes_a_study_does_not_see_it_on_a_version_and_freezes_it_all_the_same(
    desk: Desk, bens_desk: Desk, study_ids: list[int]
) -> None:
    enter(bens_desk)
    code(desk, study_ids[0], finding(quotation=HIDDEN, note=HIDDEN), note=HIDDEN)
    code(desk, study_ids[1], finding())
    map_versions.freeze(desk)
    code(bens_desk, study_ids[0], done=False)
    map_settings.change(desk, MapSettings(few=1), MapSettings())
    assert map_versions.freeze(bens_desk).studies == 2
    for number in (1, 2):
        assert HIDDEN in json.dumps(shown(desk, number).document)
        assert shown(desk, number).hidden == 0
        of_ben = shown(bens_desk, number)
        assert HIDDEN not in json.dumps(of_ben.document)
        assert labels(of_ben.document) == ["Bond"]
        assert of_ben.hidden == 1
        assert "1 study of this version is hidden from you" in of_ben.document["caption"]
        assert HIDDEN.encode() not in file_of(bens_desk, number, texts=ALL_TEXTS).data
    coding.complete(bens_desk, study_ids[0])
    assert HIDDEN in json.dumps(shown(bens_desk).document)


def test_a_draft_of_an_appraisal_hides_the_study_on_versions_that_have_the_appraisal(
    desk: Desk, bens_desk: Desk, study_ids: list[int]
) -> None:
    enter(bens_desk)
    code(desk, study_ids[0], finding())
    map_versions.freeze(desk)
    quality = schemes.add(desk, QUALITY, "quality.yaml")
    coding.set_answer(desk, study_ids[0], Answer(question="stream", codes=("low",)), quality)
    coding.complete(desk, study_ids[0], quality)
    map_versions.freeze(desk)
    coding.set_answer(bens_desk, study_ids[0], Answer(question="stream", codes=("high",)), quality)
    assert labels(shown(bens_desk, 1).document) == ["Drake"]
    assert labels(shown(bens_desk, 2).document) == []
    with pytest.raises(Invalid, match="hidden from you while you code them"):
        file_of(bens_desk, 2)


def test_an_empty_map_and_the_same_map_again_are_not_frozen(
    desk: Desk, bens_desk: Desk, study_ids: list[int]
) -> None:
    with pytest.raises(Invalid, match="No study of this review is coded completely yet"):
        map_versions.freeze(desk)
    code(desk, study_ids[0], finding())
    map_versions.freeze(desk)
    enter(bens_desk)
    with pytest.raises(Invalid, match="Nothing on the map changed since version 1, which Anna"):
        map_versions.freeze(bens_desk)
    assert len(map_versions.listing(desk)) == 1


def test_what_changes_while_the_map_is_read_is_read_again(
    desk: Desk, study_ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that no version is half before and half after a colleague's change."""
    code(desk, study_ids[0], finding())
    read = map_document.content
    calls: list[int] = []

    def read_while_somebody_codes(*args: Any, **more: Any) -> Any:
        content = read(*args, **more)
        calls.append(len(calls))
        if len(calls) == 1:
            code(desk, study_ids[1], finding())
        return content

    monkeypatch.setattr(map_document, "content", read_while_somebody_codes)
    assert map_versions.freeze(desk).studies == 2
    assert len(calls) == 2


def test_a_review_that_changes_all_the_time_is_told_and_nothing_is_kept(
    desk: Desk, study_ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    code(desk, study_ids[0], finding())
    read = map_document.content

    def read_while_settings_change(*args: Any, **more: Any) -> Any:
        now = map_settings.current(desk)
        map_settings.change(desk, replace(now, few=now.few + 1), now)
        return read(*args, **more)

    monkeypatch.setattr(map_document, "content", read_while_settings_change)
    with pytest.raises(Invalid, match="try again in a moment"):
        map_versions.freeze(desk)
    assert map_versions.listing(desk) == []


def test_rules_that_change_while_the_map_is_read_are_those_of_the_version(
    desk: Desk, study_ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    code(desk, study_ids[0], finding())
    read = map_document.content
    stricter = DirectionRules(agree_percent=100)

    def read_while_rules_change(*args: Any, **more: Any) -> Any:
        content = read(*args, **more)
        now = direction_rules.current(desk)
        if now != stricter:
            direction_rules.change(desk, stricter, now)
        return content

    monkeypatch.setattr(map_document, "content", read_while_rules_change)
    map_versions.freeze(desk)
    assert shown(desk).document["directions"]["agree_percent"] == 100


def test_a_note_and_a_title_with_signs_that_no_text_can_hold_are_kept_without_them(
    desk: Desk, study_ids: list[int]
) -> None:
    code(desk, study_ids[0], finding())
    assert map_versions.freeze(desk, "As\x00 sent \ud800\x00").note == "As sent ?"
    assert shown(desk).document["frozen"]["note"] == "As sent ?"
    made = file_of(desk, title="Work\ud800\x00", view="words=a\udcff")
    assert b"<title>Work?</title>" in made.data


def test_notes_and_maps_that_are_too_large_are_refused(
    desk: Desk, study_ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    code(desk, study_ids[0], finding())
    with pytest.raises(Invalid, match="at most 2,000 letters"):
        map_versions.freeze(desk, "a" * 2_001)
    monkeypatch.setattr(map_versions, "LARGEST", 10)
    with pytest.raises(Invalid, match="too large to be frozen"):
        map_versions.freeze(desk)


def test_a_version_that_cannot_be_read_says_so(desk: Desk, study_ids: list[int]) -> None:
    code(desk, study_ids[0], finding())
    map_versions.freeze(desk)
    old = packed(json.dumps({"format": "waymark-map 0"}))
    with desk.writing(Role.EDITOR) as w:
        w.connection.execute(update(schema.map_version).values(document=old))
    with pytest.raises(Invalid, match=re.escape("kept as “waymark-map 0”")):
        shown(desk)
    with pytest.raises(NotFound):
        shown(desk, 2)


def test_who_is_not_an_editor_freezes_nothing(
    desk: Desk, bens_desk: Desk, study_ids: list[int]
) -> None:
    code(desk, study_ids[0], finding())
    with pytest.raises(NotAllowed):
        map_versions.freeze(bens_desk)
    map_versions.freeze(desk)
    assert labels(shown(bens_desk).document) == ["Drake"]


# ── what changed since ────────────────────────────────────────────────────────────────────────────


def document_in(made: MadeMap) -> dict[str, Any]:
    written = re.search(r' id="map-document">(.*?)</script>', made.data.decode(), re.DOTALL)
    assert written
    document: dict[str, Any] = json.loads(written[1])
    return document


def file_since(desk: Desk, number: int, **wishes: Any) -> dict[str, Any]:
    """What the file of the map of now says changed since a version."""
    how, since = map_document.wanted(desk), map_versions.seen(desk, number)
    made = map_file.make(desk, how, MapWishes(**wishes), None, since)
    since_told: dict[str, Any] = document_in(made)["since"]
    return since_told


def test_the_file_tells_what_was_added_recoded_and_removed_since_a_version(
    desk: Desk, bens_desk: Desk, study_ids: list[int]
) -> None:
    code(desk, study_ids[0], finding())
    map_versions.freeze(desk, "First")
    coding.reopen(desk, study_ids[0])
    code(desk, study_ids[0], finding(intervention="clubhouse"), note="Read again")
    code(desk, study_ids[1], finding())
    told = file_since(desk, 1, texts=ALL_TEXTS)
    assert (told["number"], told["note"], told["studies"]) == (1, "First", 1)
    recoded = [["Finding", "", told["changes"][0][0][2]], ["Which stream?", "", "Read again"]]
    assert told["changes"] == [recoded]
    assert "Clubhouse → Hope" in recoded[0][2]
    assert (len(told["added"]), len(told["recoded"]), told["removed"]) == (1, 1, [])
    map_versions.freeze(desk, "Second")
    coding.reopen(desk, study_ids[1])
    assert [each["label"] for each in file_since(bens_desk, 2)["removed"]] == ["Bond"]
    assert file_since(desk, 2)["removed"] == []  # who codes it is told nothing of it
    between = document_in(file_of(bens_desk, 2, since=1))["since"]
    assert (between["number"], len(between["added"])) == (1, 1)
    with pytest.raises(NotFound):
        file_since(desk, 3)


@pytest.mark.parametrize(("number", "since"), [(1, 1), (1, 2)])
def test_what_changed_is_not_told_backwards(
    desk: Desk, study_ids: list[int], number: int, since: int
) -> None:
    for study_id in study_ids:
        code(desk, study_id, finding())
        map_versions.freeze(desk)
    with pytest.raises(Invalid, match=f"version {since} is no earlier one than version 1"):
        file_of(desk, number, since)


def test_what_stays_out_of_a_file_stays_out_of_its_changes(
    desk: Desk, study_ids: list[int]
) -> None:
    code(desk, study_ids[0], finding(note=HIDDEN), note=HIDDEN)
    map_versions.freeze(desk)
    coding.reopen(desk, study_ids[0])
    code(desk, study_ids[0], finding(intervention="clubhouse", quotation=HIDDEN), note="Open")
    assert HIDDEN in json.dumps(file_since(desk, 1, texts=ALL_TEXTS))
    told = json.dumps(file_since(desk, 1, without=("stream",)))
    assert HIDDEN not in told
    assert "Outcome study" not in told


def test_of_a_study_that_one_is_coding_no_change_is_told(
    desk: Desk, bens_desk: Desk, study_ids: list[int]
) -> None:
    enter(bens_desk)
    code(desk, study_ids[0], finding(note=HIDDEN))
    code(desk, study_ids[1], finding())
    map_versions.freeze(desk)
    code(bens_desk, study_ids[0], done=False)
    told = file_since(bens_desk, 1, texts=ALL_TEXTS)
    assert (told["added"], told["recoded"], told["removed"]) == ([], [], [])
    assert HIDDEN not in json.dumps(told)
