"""What the coding desk sends is kept field by field, once, and never over something unseen."""

from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.errors import NotAllowed, NotFound
from evidence.steps.coding import coding, coding_history, desk_messages, desk_sheet, schemes
from evidence.steps.coding.desk_messages import Outcome
from evidence.steps.desk import Desk
from evidence.steps.review import team
from tests.steps.coding.test_coding import SCHEME, study_id
from tests.steps.coding.test_schemes import MERGED
from tests.steps.conftest import enter, take_newest

__all__ = ["study_id"]
LOSSES = """\
      - id: lost
        text: How many left?
        kind: number
        per: arm
"""
numbers = count()


class Tab:
    """A browser's tab on the coding of one study."""

    def __init__(self, desk: Desk, study_id: int) -> None:
        (self.taken,) = schemes.taken(desk)
        self.desk, self.study_id = desk, study_id

    def item(self, kind: str, **more: Any) -> dict[str, Any]:
        about = {"study_id": self.study_id, "scheme_id": self.taken.id}
        about["version_id"] = self.taken.version.id
        return {"client_id": f"c{next(numbers)}", "kind": kind, **about, **more}

    def send(self, *items: dict[str, Any]) -> Outcome:
        return desk_messages.apply(self.desk, items)

    def say(self, question: str, field: str, before: Any, after: Any, **more: Any) -> Outcome:
        place = {"question": question, "field": field, "before": before, "after": after}
        return self.send(self.item("answer", **place, **more))

    def fill(self, uid: str, field: str, before: str, after: str) -> Outcome:
        return self.send(self.item("finding", uid=uid, field=field, before=before, after=after))

    def sheet(self) -> dict[str, Any]:
        return desk_sheet.sheet_data(self.desk, self.study_id, self.taken.id)

    def answers(self) -> set[tuple[Any, ...]]:
        return {
            (row["question"], row["code"], row["arm"], row["chosen"], row["value"], row["note"])
            for row in self.sheet()["answers"]
        }


@pytest.fixture
def tab(desk: Desk, study_id: int) -> Tab:
    return Tab(desk, study_id)


def test_every_field_of_an_answer_is_kept_by_itself(tab: Tab) -> None:
    outcome = tab.send(
        tab.item("answer", question="people", field="value", before="", after="143"),
        tab.item("answer", question="people", field="note", before="", after="p. 3"),
        tab.item(
            "answer", question="service", code="ips", field="chosen", before=False, after=True
        ),
        tab.item(
            "answer", question="service", code="clubhouse", field="note", before="", after="no"
        ),
    )
    assert (len(outcome.accepted), outcome.refused, outcome.clashes) == (4, {}, {})
    assert tab.answers() == {
        ("people", "", "", False, "143", "p. 3"),
        ("service", "ips", "", True, "", ""),
        ("service", "clubhouse", "", False, "", "no"),
    }


def test_the_second_tab_of_one_person_cannot_blank_what_the_first_wrote(tab: Tab) -> None:
    """Fault 4 of the first form: an answer was written whole, from what a page had seen once."""
    tab.say("people", "value", "", "143")
    tab.say("people", "note", "", "p. 3")
    late = tab.say("people", "value", "", "9")
    ((client_id, clash),) = late.clashes.items()
    assert (clash.now, clash.item["after"], late.accepted) == ("143", "9", [])
    assert tab.answers() == {("people", "", "", False, "143", "p. 3")}
    trail = coding_history.of_question(tab.desk, tab.study_id, tab.taken.id, "people")
    assert [(change.after, change.is_kept) for change in trail] == [
        ("9", False), ("p. 3", True), ("143", True),
    ]  # fmt: skip
    assert client_id not in tab.say("people", "value", "143", "9").clashes
    assert tab.answers() == {("people", "", "", False, "9", "p. 3")}


def test_one_option_takes_the_place_of_another_or_clashes(tab: Tab) -> None:
    assert tab.say("stream", "choice", "", "process").accepted
    assert tab.say("stream", "choice", "process", "outcome").accepted
    late = tab.say("stream", "choice", "", "process")
    assert [clash.now for clash in late.clashes.values()] == ["outcome"]
    chosen = {row[1] for row in tab.answers() if row[3]}
    assert chosen == {"outcome"}
    assert tab.say("stream", "choice", "outcome", "").accepted
    assert not {row for row in tab.answers() if row[3]}


def test_a_note_on_a_code_that_was_merged_is_changed_and_its_tick_only_taken_back(tab: Tab) -> None:
    said = {"question": "service", "code": "ips"}
    tab.send(
        tab.item("answer", field="chosen", before=False, after=True, **said),
        tab.item("answer", field="note", before="", after="p. 3", **said),
    )
    take_newest(tab.desk, MERGED, "small.yaml")
    (tab.taken,) = schemes.taken(tab.desk)
    assert tab.send(tab.item("answer", field="note", before="p. 3", after="p. 4", **said)).accepted
    assert tab.send(tab.item("answer", field="chosen", before=True, after=False, **said)).accepted
    assert tab.send(tab.item("answer", field="chosen", before=False, after=True, **said)).refused
    assert tab.answers() == {("service", "ips", "", False, "", "p. 4")}


def test_an_item_that_comes_again_is_taken_once(tab: Tab) -> None:
    first = tab.item("answer", question="people", field="value", before="", after="143")
    tab.send(first)
    tab.say("people", "value", "143", "144")
    again = tab.send(first)
    assert (again.accepted, again.clashes) == ([first["client_id"]], {})
    assert {row[4] for row in tab.answers()} == {"144"}


@pytest.mark.parametrize(
    ("question", "field", "said", "late"),
    [("people", "value", "143", "9"), ("stream", "choice", "outcome", "process")],
)
def test_an_item_that_clashed_clashes_again_when_it_comes_again(
    tab: Tab, question: str, field: str, said: str, late: str
) -> None:
    """Else a browser that did not hear of the clash would take what was typed off the page."""
    tab.say(question, field, "", said)
    item = tab.item("answer", question=question, field=field, before="", after=late)
    for _ in range(2):
        outcome = tab.send(item)
        assert [clash.now for clash in outcome.clashes.values()] == [said]
        assert outcome.accepted == []
    trail = coding_history.of_question(tab.desk, tab.study_id, tab.taken.id, question)
    assert [change.is_kept for change in trail].count(False) == 1


def test_a_finding_that_clashed_clashes_again_when_it_comes_again(tab: Tab) -> None:
    tab.fill("finding1", "measure", "", "scale")
    item = tab.item("finding", uid="finding1", field="measure", before="", after="other")
    for _ in range(2):
        assert [clash.now for clash in tab.send(item).clashes.values()] == ["scale"]


def test_what_a_later_version_cannot_ask_can_be_taken_back(desk: Desk, tab: Tab) -> None:
    tab.say("people", "value", "", "143")
    tab.say("stream", "choice", "", "outcome")
    other = SCHEME.replace(
        "        text: How many people?\n        kind: number",
        "        text: How many people?\n        kind: one of\n"
        "        options: [{id: few, label: Few}, {id: many, label: Many}]",
    )
    assert other != SCHEME
    take_newest(desk, other, "small.yaml")
    new = Tab(desk, tab.study_id)
    assert "answered by choosing" in str(new.send(new.item("state", after="complete")).refused)
    assert new.say("people", "value", "143", "").accepted
    assert new.send(new.item("state", after="complete")).accepted


def test_what_is_no_number_is_kept_as_typed_and_only_completing_waits(tab: Tab) -> None:
    """Fault 5 of the first form: typed text went on a refused number."""
    assert tab.say("people", "value", "", "about 140").accepted
    assert {row[4] for row in tab.answers()} == {"about 140"}
    tab.say("stream", "choice", "", "outcome")
    refused = tab.send(tab.item("state", after="complete")).refused
    assert "“about 140” under “How many people?” is not a number" in " ".join(refused.values())
    tab.say("people", "value", "about 140", "140")
    assert tab.send(tab.item("state", after="complete")).accepted


def test_a_complete_coding_is_not_changed_and_what_was_typed_comes_back_as_refused(
    tab: Tab,
) -> None:
    tab.say("stream", "choice", "", "outcome")
    tab.send(tab.item("state", after="complete"))
    late = tab.say("people", "value", "", "143")
    assert "marked complete" in " ".join(late.refused.values())
    assert tab.send(tab.item("state", after="draft")).accepted
    assert tab.say("people", "value", "", "143").accepted


def test_findings_are_filled_field_by_field_and_each_by_itself(tab: Tab) -> None:
    """Fault 3 of the first form: the text of one finding was stored in another."""
    for uid, measure in (("finding1", "scale"), ("finding2", "interview")):
        assert tab.fill(uid, "measure", "", measure).accepted
    tab.fill("finding2", "numbers.mean1", "", "29.1")
    tab.fill("finding1", "removed", "", "yes")
    (left,) = tab.sheet()["findings"]
    assert (left["uid"], left["fields"]) == (
        "finding2", {"measure": "interview", "numbers.mean1": "29.1"},
    )  # fmt: skip
    tab.fill("finding1", "removed", "yes", "")
    assert [f["fields"]["measure"] for f in tab.sheet()["findings"]] == ["scale", "interview"]
    late = tab.fill("finding1", "measure", "", "other")
    assert [clash.now for clash in late.clashes.values()] == ["scale"]


def test_a_question_per_arm_is_answered_for_each_arm(desk: Desk, study_id: int) -> None:
    take_newest(desk, SCHEME + LOSSES, "small.yaml")
    tab = Tab(desk, study_id)
    for uid, label in (("arm0001", "IPS"), ("arm0002", "Usual")):
        arm = {"uid": uid, "field": "label", "before": "", "after": label}
        assert tab.send(tab.item("arm", **arm)).accepted
        assert tab.say("lost", "value", "", uid[-1], arm=uid).accepted
    assert [arm["label"] for arm in tab.sheet()["arms"]] == ["IPS", "Usual"]
    assert {(row[2], row[4]) for row in tab.answers()} == {("arm0001", "1"), ("arm0002", "2")}
    tab.say("stream", "choice", "", "outcome")
    assert tab.send(tab.item("state", after="complete")).accepted
    tab.send(tab.item("state", after="draft"))
    tab.say("lost", "value", "2", "about 40", arm="arm0002")
    assert tab.send(tab.item("state", after="complete")).refused
    away = {"uid": "arm0002", "field": "removed", "before": "", "after": "yes"}
    tab.send(tab.item("arm", **away))
    assert tab.send(tab.item("state", after="complete")).accepted
    tab.send(tab.item("state", after="draft"))
    assert {(row[2], row[4]) for row in tab.answers() if row[0] == "lost"} == {("arm0001", "1")}
    assert tab.say("people", "value", "", "9", arm="arm0001").refused
    assert tab.say("people", "note", "", "of these 9", arm="arm0001").accepted


def test_quotations_stand_with_answers_and_findings(tab: Tab) -> None:
    (report,) = tab.sheet()["study"]["reports"]
    words = {"document": f"title:{report['work_id']}", "start": 0, "end": 3, "exact": "The"}
    on_answer = tab.item("quotation", uid="quote01", on={"question": "people"}, **words)
    tab.fill("finding1", "measure", "", "scale")
    on_finding = tab.item("quotation", uid="quote02", on={"finding": "finding1"}, **words)
    assert len(tab.send(on_answer, on_answer, on_finding).accepted) == 3
    first, second = tab.sheet()["quotations"]
    assert (first["on"], first["exact"]) == ({"question": "people", "code": "", "arm": ""}, "The")
    assert second["on"] == {"finding": "finding1"}
    tab.send(tab.item("quotation", uid="quote01", removed=True))
    assert [quoted["uid"] for quoted in tab.sheet()["quotations"]] == ["quote02"]
    foreign = words | {"document": "title:9999"}
    assert tab.send(
        tab.item("quotation", uid="quote03", on={"question": "people"}, **foreign)
    ).refused


def test_nothing_of_a_colleagues_coding_is_on_the_sheet(tab: Tab, bens_desk: Desk) -> None:
    """Fault 6 of the first form: a colleague's coding was shown before one's own had begun."""
    tab.say("people", "value", "", "a secret 143")
    tab.fill("finding1", "measure", "", "a secret scale")
    enter(bens_desk)
    sheet = Tab(bens_desk, tab.study_id).sheet()
    assert "secret" not in str(sheet)
    assert sheet["others"] == [{"person": "Anna", "state": "draft"}]


def test_the_sheet_and_the_scheme_are_for_the_team_only(
    desk: Desk, bens_desk: Desk, tab: Tab
) -> None:
    ben = bens_desk.person_id
    with pytest.raises(NotAllowed, match="for the people of the review"):
        desk_sheet.sheet_for(desk.store, ben, tab.study_id, tab.taken.id)
    with pytest.raises(NotAllowed, match="for the people of the review"):
        desk_sheet.scheme_for(desk.store, ben, tab.taken.version.id)
    team.add(desk, "Ben")
    assert desk_sheet.sheet_for(desk.store, ben, tab.study_id, tab.taken.id)["state"] == "open"
    scheme = desk_sheet.scheme_for(desk.store, ben, tab.taken.version.id)
    assert [q["id"] for q in scheme["sections"][0]["questions"]][:2] == ["stream", "component"]
    for number in (0, 99, 2**70):
        with pytest.raises(NotFound):
            desk_sheet.sheet_for(desk.store, ben, number, tab.taken.id)
        with pytest.raises(NotFound):
            desk_sheet.scheme_for(desk.store, ben, number)


@pytest.mark.parametrize(
    "wrong",
    [
        {"question": "colour"},
        {"code": "gone", "field": "chosen", "question": "service"},
        {"field": "chosen", "code": "outcome", "question": "stream"},
        {"field": "choice", "after": "gone", "question": "stream"},
        {"field": "value", "question": "stream"},
        {"field": "coding_id"},
        {"field": "after"},
        {"arm": "<b>"},
        {"version_id": 99},
        {"version_id": "x"},
        {"study_id": 99},
        {"scheme_id": 10**30},
        {"kind": "all"},
        {"kind": "finding", "uid": "finding1", "field": "coding_id"},
        {"kind": "finding", "uid": "../../x", "field": "note"},
        {"kind": "arm", "uid": "arm0001", "field": "created_by"},
        {"kind": "quotation", "uid": "quote01", "on": {}, "document": "x:y", "exact": "a"},
        {"after": "x" * 20_001},
    ],
)
def test_what_no_page_sends_is_refused_by_itself(tab: Tab, wrong: dict[str, Any]) -> None:
    good = tab.item("answer", question="people", field="note", before="", after="fine")
    plain = tab.item("answer", question="people", field="value", before="", after="143")
    outcome = tab.send(good, plain | wrong)
    assert list(outcome.refused) == [plain["client_id"]]
    assert good["client_id"] in outcome.accepted
    assert tab.answers() == {("people", "", "", False, "", "fine")}


def test_who_only_looks_on_can_keep_nothing(tab: Tab, bens_desk: Desk) -> None:
    outcome = Tab(bens_desk, tab.study_id).say("people", "value", "", "9")
    assert outcome.refused
    assert coding.sheet(bens_desk, tab.study_id).coding is None


VALUES = st.sampled_from(["", "a", "b"])


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 1), st.booleans(), VALUES), max_size=12))
def test_two_tabs_lose_nothing_in_any_order(tab: Tab, acts: list[tuple[int, bool, str]]) -> None:
    """Whatever two tabs type, with or without looking: each value stands or is in the history."""
    before = len(coding_history.of_question(tab.desk, tab.study_id, tab.taken.id, "people"))
    now = next((row[4] for row in tab.answers() if row[0] == "people"), "")
    seen = [now, now]
    typed = []
    for which, looks, value in acts:
        if looks:
            seen[which] = now
        outcome = tab.say("people", "value", seen[which], value)
        typed.append(value)
        if outcome.clashes:
            assert [clash.now for clash in outcome.clashes.values()] == [now]
            assert now not in {seen[which], value}
        else:
            now = value
        seen[which] = now
    trail = coding_history.of_question(tab.desk, tab.study_id, tab.taken.id, "people")
    new = trail[: len(trail) - before]
    assert [change.after for change in reversed(new)] == typed
    assert next((row[4] for row in tab.answers() if row[0] == "people"), "") == now
