"""Copying a coding from another study."""

import pytest

from evidence.coding.answers import Answer
from evidence.errors import Invalid, NotAllowed
from evidence.steps.coding import (
    bulk_coding,
    coding,
    coding_history,
    copied_codings,
    desk_messages,
    desk_sheet,
)
from evidence.steps.desk import Desk
from tests.steps.coding.conftest import say, ticked
from tests.steps.coding.test_coding import SCHEME
from tests.steps.conftest import take_newest


@pytest.fixture
def coded(desk: Desk, ids: list[int]) -> tuple[int, int]:
    """A study with three answers and a note, and another with one answer."""
    first, second = ids[:2]
    coding.set_answer(desk, first, Answer(question="people", value="143", note="p. 3"))
    say(desk, first, "service", "ips", "clubhouse")
    say(desk, first, "stream", "outcome")
    say(desk, second, "stream", "process")
    return first, second


def test_the_preview_says_what_is_copied_and_what_stays(desk: Desk, coded: tuple[int, int]) -> None:
    seen = copied_codings.preview(desk, 1, *coded)
    assert [(each.question.id, each.words) for each in seen.copied] == [
        ("people", "143"), ("service", "IPS, Clubhouse"),
    ]  # fmt: skip
    assert [(each.question.id, each.words, each.stands) for each in seen.kept] == [
        ("stream", "Outcome study", "Process study"),
    ]  # fmt: skip
    assert (seen.notes, seen.for_arms, seen.findings, seen.lost) == (1, 0, 0, 0)
    assert [a.question for a in coding.sheet(desk, coded[1]).answers] == ["stream"]


def test_a_coding_is_copied_where_nothing_is_answered_and_undone(
    desk: Desk, coded: tuple[int, int]
) -> None:
    first, second = coded
    both = {"people", "service"}
    act, copied = copied_codings.copy_coding(desk, 1, first, second, only=both)
    assert copied == 2
    assert ticked(desk, second) == {"ips", "clubhouse"}
    assert ticked(desk, second, "stream") == {"process"}
    people = next(a for a in coding.sheet(desk, second).answers if a.question == "people")
    assert (people.value, people.note) == ("143", "")
    latest = bulk_coding.latest_act(desk, 1)
    assert latest is not None
    assert (latest.act, latest.source[0], latest.study[0], latest.stands) == (
        act, "A", "B", (second,),
    )  # fmt: skip
    assert bulk_coding.undo_act(desk, act) == (1, 0)
    assert [a.question for a in coding.sheet(desk, second).answers] == ["stream"]


def test_numbers_texts_and_dates_stay_behind_unless_they_are_ticked(
    desk: Desk, coded: tuple[int, int]
) -> None:
    seen = copied_codings.preview(desk, 1, *coded)
    proposed = {each.question.id: each.is_proposed for each in seen.copied}
    assert proposed == {"people": False, "service": True}
    with pytest.raises(Invalid, match="No answer is ticked"):
        copied_codings.copy_coding(desk, 1, *coded, seen, only=())
    with pytest.raises(Invalid, match="No answer is ticked"):
        copied_codings.copy_coding(desk, 1, *coded, seen, only=("stream", "unknown"))
    assert copied_codings.copy_coding(desk, 1, *coded, seen)[1] == 1
    assert {a.question for a in coding.sheet(desk, coded[1]).answers} == {"service", "stream"}


def test_what_was_copied_is_said_until_it_is_changed(desk: Desk, coded: tuple[int, int]) -> None:
    def hints() -> tuple[str, ...]:
        opened = coding.sheet(desk, coded[1]).coding
        assert opened is not None
        return copied_codings.copied_hints(desk, opened.id)

    assert hints() == ()
    act, _ = copied_codings.copy_coding(desk, 1, *coded, only=("people", "service"))
    assert hints()[0].startswith("2 answers were copied from “A Müller 1999” and not changed or")
    coding.set_answer(desk, coded[1], Answer(question="people", value="150"))
    assert hints()[0].startswith("1 answer was copied from “A Müller 1999”")
    bulk_coding.undo_act(desk, act)
    say(desk, coded[1], "service", "clubhouse")
    assert not any("2 answers" in hint for hint in hints())


def test_each_answer_says_where_it_came_from_until_it_is_changed_or_confirmed(
    desk: Desk, coded: tuple[int, int]
) -> None:
    source = "A Müller 1999"

    def marked() -> dict[str, str]:
        copied: dict[str, str] = desk_sheet.sheet_data(desk, coded[1], 1)["copied"]
        return copied

    assert marked() == {}
    copied_codings.copy_coding(desk, 1, *coded, only=("people", "service"))
    assert marked() == {"people": source, "service": source}
    said = {"study_id": coded[1], "scheme_id": 1, "version_id": 1, "kind": "answer", "arm": ""}
    same = {"code": "", "field": "value", "before": "143", "after": "143"}
    confirmed = {**said, **same, "question": "people", "client_id": "c-1"}
    assert desk_messages.apply(desk, [confirmed]).accepted == ["c-1"]
    assert marked() == {"service": source}
    ticks = {"code": "ips", "field": "chosen", "before": True, "after": False}
    changed = {**said, **ticks, "question": "service", "client_id": "c-2"}
    assert desk_messages.apply(desk, [changed]).accepted == ["c-2"]
    assert marked() == {}
    told = coding_history.history_for(
        desk.store, desk.person_id, coded[1], 1, question="people", finding=""
    )
    assert [(line["before"], line["after"], line["copied_from"]) for line in told["changes"]] == [
        ("143", "143", ""),
        ("", "143", source),
    ]


def test_what_changed_after_the_preview_stops_the_copy(desk: Desk, coded: tuple[int, int]) -> None:
    seen = copied_codings.preview(desk, 1, *coded)
    say(desk, coded[1], "service", "clubhouse")
    with pytest.raises(Invalid, match="changed meanwhile"):
        copied_codings.copy_coding(desk, 1, *coded, seen)
    assert ticked(desk, coded[1]) == {"clubhouse"}


def test_answers_that_the_scheme_lost_stay_behind(desk: Desk, coded: tuple[int, int]) -> None:
    cut = SCHEME.replace("          - {id: clubhouse, label: Clubhouse}\n", "")
    assert cut != SCHEME
    take_newest(desk, cut, "small.yaml")
    seen = copied_codings.preview(desk, 1, *coded)
    assert seen.lost == 1
    copied_codings.copy_coding(desk, 1, *coded, seen)
    assert ticked(desk, coded[1]) == {"ips"}


def test_only_codings_that_say_something_are_copied_and_only_into_drafts(
    desk: Desk,
    coded: tuple[int, int],
    ids: list[int],
) -> None:
    first, second = coded
    with pytest.raises(Invalid, match="not answered anything"):
        copied_codings.copy_coding(desk, 1, ids[3], second)
    with pytest.raises(Invalid, match="another study"):
        copied_codings.copy_coding(desk, 1, first, first)
    copied_codings.copy_coding(desk, 1, first, second, only=("people", "service"))
    with pytest.raises(Invalid, match="answered there already"):
        copied_codings.copy_coding(desk, 1, first, second)
    coding.set_answer(desk, ids[2], Answer(question="stream", codes=("outcome",)))
    coding.complete(desk, ids[2])
    with pytest.raises(NotAllowed):
        copied_codings.copy_coding(desk, 1, first, ids[2])


def test_one_may_copy_from_what_one_has_begun(
    desk: Desk, bens_desk: Desk, coded: tuple[int, int]
) -> None:
    assert set(copied_codings.begun(desk, 1)) == set(coded)
    assert copied_codings.begun(bens_desk, 1) == {}
