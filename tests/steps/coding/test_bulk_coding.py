"""Coding many studies at once, and undoing it."""

from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import update

from evidence.errors import Invalid, NotAllowed
from evidence.steps.coding import bulk_coding, coding, coding_history, study_list
from evidence.steps.coding.bulk_coding import BulkCode, BulkPreview, Happens
from evidence.steps.desk import Desk
from evidence.store import Role
from evidence.store.area_versions import Area
from evidence.store.coding.study_table import StudyFilter
from evidence.store.schema import coding_change
from tests.steps.coding.conftest import say, ticked
from tests.steps.coding.test_coding import SCHEME
from tests.steps.coding.test_desk_messages import Tab
from tests.steps.conftest import enter, take_newest

ALL = StudyFilter()
IPS = BulkCode(scheme_id=1, which=ALL, question="service", code="ips", on=True)
PROCESS = replace(IPS, question="stream", code="process", which=StudyFilter(words="A OR B"))


def put(desk: Desk, bulk: BulkCode) -> str:
    return bulk_coding.put_code(desk, bulk, bulk_coding.preview(desk, bulk))


def happens(seen: BulkPreview) -> list[tuple[str, str]]:
    return [(line.label[0], line.happens.value) for line in seen.lines]


def test_a_code_is_put_on_many_studies_as_the_preview_said_and_undone(
    desk: Desk, ids: list[int]
) -> None:
    say(desk, ids[0], "service", "clubhouse")
    say(desk, ids[1], "service", "ips", "clubhouse")
    say(desk, ids[2], "stream", "outcome")
    coding.complete(desk, ids[2])
    seen = bulk_coding.preview(desk, IPS)
    assert happens(seen) == [
        ("A", "changes"), ("B", "as wanted"), ("C", "complete"), ("D", "changes"),
    ]  # fmt: skip
    assert (seen.changing, seen.begun, seen.beside) == ((ids[0], ids[3]), 1, 1)
    told: list[int] = []
    act = bulk_coding.put_code(desk, IPS, seen, told.append)
    assert told == [2]
    both = {"ips", "clubhouse"}
    assert [ticked(desk, id_) for id_ in ids] == [both, both, set(), {"ips"}]
    say(desk, ids[3], "service", "clubhouse")  # which takes IPS off again
    assert bulk_coding.undo_act(desk, act) == (1, 1)
    assert [ticked(desk, id_) for id_ in ids[::3]] == [{"clubhouse"}, {"clubhouse"}]


def test_of_the_studies_that_a_filter_finds_only_the_chosen_ones_are_coded(
    desk: Desk, ids: list[int]
) -> None:
    some = replace(IPS, which=StudyFilter(words="A OR B OR C"), only=frozenset(ids[1:]))
    seen = bulk_coding.preview(desk, some)
    assert happens(seen) == [("B", "changes"), ("C", "changes")]  # D is not what the filter finds
    bulk_coding.put_code(desk, some, seen)
    assert [ticked(desk, id_) for id_ in ids] == [set(), {"ips"}, {"ips"}, set()]


def test_where_one_code_is_chosen_another_gives_way_and_comes_back(
    desk: Desk, ids: list[int]
) -> None:
    say(desk, ids[0], "stream", "outcome")
    seen = bulk_coding.preview(desk, PROCESS)
    assert happens(seen) == [("A", "gives way"), ("B", "changes")]
    assert (seen.lines[0].others, seen.begun, seen.beside) == (("outcome",), 1, 0)
    act = bulk_coding.put_code(desk, PROCESS, seen)
    assert [ticked(desk, id_, "stream") for id_ in ids[:2]] == [{"process"}, {"process"}]
    assert bulk_coding.undo_act(desk, act) == (2, 0)
    assert [ticked(desk, id_, "stream") for id_ in ids[:2]] == [{"outcome"}, set()]
    with pytest.raises(NotAllowed):
        bulk_coding.undo_act(desk, "0" * 16)


def test_undo_never_leaves_two_codes_where_one_is_asked(desk: Desk, ids: list[int]) -> None:
    say(desk, ids[0], "stream", "outcome")
    off = replace(IPS, question="stream", code="outcome", on=False, which=StudyFilter(words="A"))
    act = put(desk, off)
    assert ticked(desk, ids[0], "stream") == set()
    say(desk, ids[0], "stream", "process")
    assert bulk_coding.undo_act(desk, act) == (0, 1)
    assert ticked(desk, ids[0], "stream") == {"process"}


def test_what_changed_after_the_preview_stops_it(desk: Desk, ids: list[int]) -> None:
    seen = bulk_coding.preview(desk, IPS)
    say(desk, ids[0], "service", "ips")
    with pytest.raises(Invalid, match="changed meanwhile"):
        bulk_coding.put_code(desk, IPS, seen)
    assert ticked(desk, ids[1]) == set()


def test_each_study_that_was_coded_at_once_has_it_in_its_history(
    desk: Desk, ids: list[int]
) -> None:
    say(desk, ids[0], "stream", "outcome")
    put(desk, PROCESS)
    lines = coding_history.of_question(desk, ids[0], 1, "stream")
    newest = [(line.code, line.before, line.after, line.is_kept) for line in lines[:2]]
    assert sorted(newest) == [("outcome", "yes", "", True), ("process", "", "yes", True)]


def test_what_was_done_last_can_be_undone_at_any_later_time(desk: Desk, ids: list[int]) -> None:
    assert bulk_coding.latest_act(desk, 1) is None
    first = put(desk, IPS)
    second = put(desk, replace(PROCESS, which=StudyFilter(words="A")))
    found = bulk_coding.latest_act(desk, 1)
    assert found is not None
    assert (found.act, found.question, found.code, found.on) == (second, "stream", "process", True)
    assert (found.stands, found.changed, found.source) == ((ids[0],), 0, "")
    bulk_coding.undo_act(desk, second)
    say(desk, ids[1], "service", "clubhouse")
    found = bulk_coding.latest_act(desk, 1)
    assert found is not None
    assert (found.act, found.code, found.stands) == (first, "ips", (ids[3], ids[2], ids[0]))
    assert found.changed == 1
    bulk_coding.undo_act(desk, first)
    assert bulk_coding.latest_act(desk, 1) is None


def test_a_coding_that_was_begun_with_it_ends_with_it_unless_something_else_is_in_it(
    desk: Desk, ids: list[int]
) -> None:
    say(desk, ids[0], "stream", "outcome")
    act = put(desk, IPS)
    say(desk, ids[1], "people", value="9")
    say(desk, ids[2], "people", value="9")
    say(desk, ids[2], "people", value="")  # nothing is said of it any more, but its history is kept
    assert bulk_coding.undo_act(desk, act) == (4, 0)
    states = [line.own.value for line in study_list.page(desk, 1, ALL).lines]
    assert states == ["draft", "draft", "draft", "open"]
    assert not coding.sheet(desk, ids[3]).rows
    assert bulk_coding.latest_act(desk, 1) is None


def test_nobody_undoes_the_act_of_another(desk: Desk, bens_desk: Desk, ids: list[int]) -> None:
    enter(bens_desk)
    act = put(desk, IPS)
    assert bulk_coding.latest_act(bens_desk, 1) is None
    with pytest.raises(NotAllowed):
        bulk_coding.undo_act(bens_desk, act)
    assert ticked(desk, ids[0]) == {"ips"}
    assert ticked(bens_desk, ids[0]) == set()


def test_a_code_counts_as_put_where_one_that_was_merged_into_it_is_ticked(
    desk: Desk, ids: list[int]
) -> None:
    say(desk, ids[0], "service", "clubhouse")
    merged = SCHEME.replace("          - {id: clubhouse, label: Clubhouse}\n", "")
    merged = merged.replace("label: IPS}", "label: IPS, replaces: [clubhouse]}")
    take_newest(desk, merged, "small.yaml")
    seen = bulk_coding.preview(desk, IPS)
    assert Counter(line.happens for line in seen.lines) == {
        Happens.AS_WANTED: 1, Happens.CHANGES: 3,
    }  # fmt: skip
    off = replace(IPS, on=False)
    act = put(desk, off)
    assert ticked(desk, ids[0]) == set()
    assert bulk_coding.undo_act(desk, act) == (1, 0)
    assert ticked(desk, ids[0]) == {"ips"}


@pytest.mark.parametrize(
    ("question", "code"), [("people", ""), ("service", "gone"), ("gone", "x"), ("contrast", "arms")]
)
def test_only_codes_of_whole_studies_are_put_on_many(
    desk: Desk, ids: list[int], question: str, code: str
) -> None:
    with pytest.raises(Invalid, match="Choose a code"):
        bulk_coding.preview(desk, replace(IPS, question=question, code=code))


@pytest.mark.parametrize("odd", ["act-", "act-zz-from-x", "act-zz-tick", "undone-", "brought-1"])
def test_a_page_cannot_make_ids_of_acts_and_odd_ones_that_are_there_break_nothing(
    desk: Desk, ids: list[int], odd: str
) -> None:
    tab = Tab(desk, ids[1])
    item = tab.item("answer", question="people", field="value", before="", after="31")
    assert tab.send(item | {"client_id": odd}).refused
    assert coding.sheet(desk, ids[1]).coding is None
    act = put(desk, IPS)
    assert tab.send(item | {"client_id": f"act-{act}-x"}).refused
    assert tab.send(item).accepted
    with desk.writing(Role.REVIEWER, areas=Area.CODING) as w:  # as an earlier version kept it
        kept = coding_change.c.client_id == item["client_id"]
        w.connection.execute(update(coding_change).where(kept).values(client_id=odd))
    latest = bulk_coding.latest_act(desk, 1)
    assert latest is not None
    assert latest.act == act
    assert bulk_coding.undo_act(desk, act)[0] == len(ids)
    assert bulk_coding.latest_act(desk, 1) is None
