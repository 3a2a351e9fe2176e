"""Two codings become one that says where each answer came from; both stay as they are."""

from dataclasses import asdict
from typing import Any

import pytest

from evidence.coding.answers import Answer
from evidence.coding.findings import Direction
from evidence.errors import Invalid, NotAllowed
from evidence.steps.coding import coders, coding
from evidence.steps.coding.reconcile import reconciling, reconciling_messages, reconciling_sheet
from evidence.steps.coding.reconcile.reconciling import ReconcilingSheet
from evidence.steps.coding.reconcile.reconciling_places import FindingItem
from evidence.steps.desk import Desk
from evidence.steps.results import coded_studies
from evidence.store import Store
from evidence.store.coding import agreed_codings, codings
from evidence.store.review import people
from tests.conftest import NOW
from tests.steps.coding.test_coders import code, counted, scheme_id, study_id
from tests.steps.coding.test_coding import finding
from tests.steps.conftest import enter

__all__ = ["scheme_id", "study_id"]  # fixtures
HOSTILE = "<img src=x onerror=alert(1)>=1+1\u202e"


@pytest.fixture
def third(store: Store, review_id: int) -> Desk:
    with store.writing_outside() as c:
        cleo = people.add(c, "Cleo", NOW)
    desk = Desk(store=store, review_id=review_id, person_id=cleo.id)
    enter(desk)
    return desk


@pytest.fixture
def coded(desk: Desk, bens_desk: Desk, scheme_id: int, study_id: int) -> int:
    """A study that Anna and Ben coded differently; gives its id."""
    coders.change(desk, scheme_id, 100, before=0)
    coding.set_answer(desk, study_id, Answer(question="people", value="143", note="p. 3"))
    coding.set_answer(bens_desk, study_id, Answer(question="people", value="134"))
    for each in (desk, bens_desk):
        coding.set_answer(each, study_id, Answer(question="service", codes=("ips",)))
    coding.put_finding(desk, study_id, finding(measure="Herth Hope Index", time="18 months"))
    coding.put_finding(desk, study_id, finding(measure="hours", contrast="arms", time="1 week"))
    coding.put_finding(
        bens_desk, study_id,
        finding(measure="HHI", time="1.5 years", direction=Direction.MIXED),
    )  # fmt: skip
    code(desk, study_id)
    code(bens_desk, study_id)
    return study_id


class Page:
    """Somebody who reconciles a study."""

    def __init__(self, desk: Desk, study: int, scheme: int) -> None:
        self.desk, self.study, self.scheme, self.sent = desk, study, scheme, 0

    @property
    def sheet(self) -> ReconcilingSheet:
        return reconciling.sheet(self.desk, self.study, self.scheme)

    def send(self, kind: str, **more: Any) -> Any:
        self.sent += 1
        message = {"client_id": f"{self.desk.person_id}-{self.sent}", "kind": kind,
                   "study_id": self.study, "scheme_id": self.scheme} | more  # fmt: skip
        return reconciling_messages.apply(self.desk, [message])

    def seen(self, question: str) -> str:
        found = [one.chosen for one in self.sheet.items if one.compared.question == question]
        return found[0].client_id if found and found[0] else ""

    def do(self, kind: str, **more: Any) -> None:
        outcome = self.send(kind, **more)
        assert (outcome.refused, outcome.clashes, outcome.trouble) == ({}, {}, "")

    def finding(self, measure: str) -> FindingItem:
        return next(one for one in self.sheet.findings
                    if measure in {fields["measure"] for fields in one.fields})  # fmt: skip

    def members(self, measure: str) -> list[list[object]]:
        return [list(member) for member in self.finding(measure).group.members]


@pytest.fixture
def page(third: Desk, coded: int, scheme_id: int) -> Page:
    return Page(third, coded, scheme_id)


def test_nobody_sees_codings_before_all_are_complete(
    desk: Desk, bens_desk: Desk, third: Desk, scheme_id: int, coded: int
) -> None:
    assert reconciling.still_coded(third, scheme_id) == 0
    coding.reopen(bens_desk, coded)
    assert reconciling.still_coded(third, scheme_id) == 1
    for each in (desk, third, bens_desk):
        with pytest.raises(NotAllowed, match="1 of 2 codings are complete"):
            reconciling.sheet(each, coded, scheme_id)
    refused = Page(third, coded, scheme_id).send("agreeing").refused
    assert list(refused.values()) == [reconciling.STILL_CODED.format(complete=1, asked=2)]
    coding.complete(bens_desk, coded)
    assert len(reconciling.sheet(third, coded, scheme_id).codings) == 2
    coding.set_answer(third, coded, Answer(question="people", value="9"))
    with pytest.raises(NotAllowed, match="yourself"):
        reconciling.sheet(third, coded, scheme_id)


def test_a_study_of_one_coder_is_not_reconciled(desk: Desk, scheme_id: int, study_id: int) -> None:
    code(desk, study_id)
    with pytest.raises(Invalid, match="Only one person"):
        reconciling.sheet(desk, study_id, scheme_id)
    assert reconciling.listing(desk, scheme_id) == []


def test_the_whole_road_to_an_agreed_coding(
    desk: Desk, bens_desk: Desk, page: Page, coded: int, scheme_id: int
) -> None:
    (one,) = reconciling.listing(page.desk, scheme_id)
    assert (one.label, one.coders, one.has_begun, one.is_agreed, one.is_readable) == (
        "Drake 1996", ("Anna", "Ben"), False, False, True,
    )  # fmt: skip
    before = both_codings(desk, bens_desk, coded, scheme_id)
    agrees = {item.compared.question: item.compared.agrees for item in page.sheet.items}
    assert agrees == {"stream": True, "people": False, "service": True}
    page.do("agreeing")
    assert [item.is_open for item in page.sheet.items] == [False, True, False]
    anna, _ = (one.id for one in page.sheet.codings)
    page.do("answer", question="people", sources=[anna], note="counted again", seen="")
    (first, second) = page.members("HHI")
    page.do("finding", members=[first, second], taken=second, seen="")
    refused = page.send("state", after="complete").refused
    assert "1 finding." in next(iter(refused.values()))
    page.do("finding", members=page.members("hours"), dropped=True, note="no outcome", seen="")
    assert counted(desk) == []
    page.do("state", after="complete")
    assert counted(desk) == ["Drake 1996"]
    agreed = page.sheet.agreed
    assert agreed is not None
    said = {a.question: (a.codes, a.value, a.note) for a in agreed.answers(page.sheet.taken.scheme)}
    assert said == {
        "stream": (("outcome",), "", ""),
        "people": ((), "143", "p. 3"),
        "service": (("ips",), "", ""),
    }
    assert [(f.fields["measure"], f.fields["direction"]) for f in agreed.findings] == [
        ("HHI", "mixed")
    ]
    (people,) = [i.chosen for i in page.sheet.items if i.compared.question == "people"]
    assert people is not None
    assert (people.person, people.note, [s.coding_id for s in people.sources]) == (
        "Cleo", "counted again", [anna],
    )  # fmt: skip
    assert both_codings(desk, bens_desk, coded, scheme_id) == before
    shown = coded_studies.study_coding(desk, coded).coding
    assert shown is not None
    assert shown.is_agreed


def both_codings(desk: Desk, bens_desk: Desk, study: int, scheme: int) -> list[Any]:
    with desk.reading() as c:
        found = codings.of_scheme(c, desk.review_id, scheme, study_id=study)
    mine = {desk.person_id, bens_desk.person_id}
    return [asdict(one) for one in found if not one.is_agreed and one.person_id in mine]


def test_one_the_other_both_or_a_third(page: Page) -> None:
    anna, ben = (one.id for one in page.sheet.codings)
    for sources, value in (([anna], "143"), ([ben], "134")):
        page.do("answer", question="people", sources=sources, seen=page.seen("people"))
        assert rows_of(page, "people") == {"": value}
    outcome = page.send("answer", question="people", sources=[anna, ben], seen=page.seen("people"))
    assert "takes one answer" in next(iter(outcome.refused.values()))
    page.do("answer", question="people", value="140", note=HOSTILE, seen=page.seen("people"))
    assert rows_of(page, "people") == {"": "140"}
    page.do("open", question="people", seen=page.seen("people"))
    assert rows_of(page, "people") == {}
    page.do("answer", question="service", sources=[anna, ben], seen="")
    assert rows_of(page, "service") == {"ips": ""}


def rows_of(page: Page, question: str) -> dict[str, str]:
    agreed = page.sheet.agreed
    assert agreed is not None
    rows = [row for row in agreed.rows if row.question == question]
    return {row.code: row.value for row in rows if row.says_something}


def test_what_a_third_answer_calls_for_is_asked_though_nobody_answered_it(page: Page) -> None:
    page.do("agreeing")
    page.do("open", question="stream", seen=page.seen("stream"))
    page.do(
        "answer", question="stream", codes=["process"], note="see p. 2", seen=page.seen("stream")
    )
    agreed = page.sheet.agreed
    assert agreed is not None
    stream = [row for row in agreed.rows if row.question == "stream" and row.says_something]
    assert {(row.code, row.note) for row in stream} == {("process", ""), ("", "see p. 2")}
    (asked,) = [one for one in page.sheet.items if one.compared.question == "component"]
    assert (asked.is_asked, asked.is_open, asked.compared.agrees) == (True, True, False)
    page.do("agreeing")  # takes nothing of what nobody said
    assert page.seen("component") == ""
    refused = page.send("state", after="complete").refused
    assert "“Which component?”" in next(iter(refused.values()))
    page.do("answer", question="component", codes=["peers"], seen="")
    assert rows_of(page, "component") == {"peers": ""}
    page.do("open", question="stream", seen=page.seen("stream"))
    assert rows_of(page, "component") == {"peers": ""}  # stays, and can be taken back
    assert "component" in {one.compared.question for one in page.sheet.items}


def test_what_somebody_else_chose_meanwhile_is_not_overwritten(page: Page, desk: Desk) -> None:
    other = Page(desk, page.study, page.scheme)
    anna, ben = (one.id for one in page.sheet.codings)
    page.do("answer", question="people", sources=[anna], seen="")
    outcome = other.send("answer", question="people", sources=[ben], seen="")
    assert [clash.now for clash in outcome.clashes.values()] == [reconciling_messages.MEANWHILE]
    assert rows_of(page, "people") == {"": "143"}
    other.do("answer", question="people", sources=[ben], seen=page.seen("people"))
    assert rows_of(page, "people") == {"": "134"}


def test_the_same_message_again_changes_nothing(page: Page) -> None:
    anna, ben = (one.id for one in page.sheet.codings)
    first = {"client_id": "again", "kind": "answer", "study_id": page.study, "seen": "",
             "scheme_id": page.scheme, "question": "people", "sources": [anna]}  # fmt: skip
    assert reconciling_messages.apply(page.desk, [first, first]).accepted == ["again", "again"]
    page.do("answer", question="people", sources=[ben], seen="again")
    assert reconciling_messages.apply(page.desk, [first]).accepted == ["again"]
    assert rows_of(page, "people") == {"": "134"}
    state = {"client_id": "done", "kind": "state", "study_id": page.study,
             "scheme_id": page.scheme, "after": "complete"}  # fmt: skip
    page.do("agreeing")
    for measure in ("HHI", "hours"):
        members = page.members(measure)
        page.do("finding", members=members, taken=members[0], seen="")
    assert reconciling_messages.apply(page.desk, [state]).accepted == ["done"]
    page.do("state", after="draft")
    assert reconciling_messages.apply(page.desk, [state]).accepted == ["done"]
    assert not page.sheet.is_complete


def test_pairs_of_findings_can_be_changed(page: Page) -> None:
    (hope, hhi), (hours,) = page.members("HHI"), page.members("hours")
    page.do("finding", members=[hope, hhi], taken=hope, seen="")
    page.do("group", members=[hhi], seen="")
    assert [[list(m) for m in one.group.members] for one in page.sheet.findings] == [
        [hope], [hours], [hhi],
    ]  # fmt: skip
    agreed = page.sheet.agreed
    assert agreed is not None
    assert agreed.findings == ()  # what rested on the pair was taken back
    page.do("group", members=[hours, hhi], seen="")
    assert [[list(m) for m in one.group.members] for one in page.sheet.findings] == [
        [hope], [hours, hhi],
    ]  # fmt: skip
    key = page.finding("hours").chosen
    assert key is not None
    fields = dict(page.finding("hours").fields[1]) | {"note": "both"}
    page.do("finding", members=[hours, hhi], fields=fields, seen=key.client_id)
    agreed = page.sheet.agreed
    assert agreed is not None
    assert [one.fields["note"] for one in agreed.findings] == ["both"]
    alone = page.finding("Herth Hope Index")
    assert alone.chosen is not None
    outcome = page.send(
        "finding",
        members=page.members("Herth Hope Index"),
        dropped=True,
        seen=alone.chosen.client_id,
    )
    assert "Say in a word" in next(iter(outcome.refused.values()))


def test_what_was_taken_at_once_is_taken_back_at_once_but_for_what_was_chosen_since(
    page: Page, desk: Desk
) -> None:
    anna, _ = (one.id for one in page.sheet.codings)
    page.do("answer", question="people", sources=[anna], note="p. 3", seen="")
    act = {"client_id": "tab-4", "kind": "agreeing", "study_id": page.study,
           "scheme_id": page.scheme}  # fmt: skip
    assert reconciling_messages.apply(page.desk, [act]).accepted == ["tab-4"]
    at_once = page.sheet.at_once
    assert at_once is not None
    assert (at_once.client_id, at_once.person) == ("tab-4", "Cleo")
    assert {question for question, _ in at_once.places} == {"stream", "service"}
    other = Page(desk, page.study, page.scheme)
    other.do("answer", question="stream", sources=[anna], note="sure", seen=page.seen("stream"))
    page.do("open_agreeing", act="tab-4")
    assert rows_of(page, "service") == {}
    assert set(rows_of(page, "stream")) == {"outcome"}  # by hand since
    assert rows_of(page, "people") == {"": "143"}
    assert [one.compared.question for one in page.sheet.items if one.is_open] == ["service"]
    assert page.sheet.at_once is None
    again = page.send("open_agreeing", act="tab-4")
    assert list(again.refused.values()) == [reconciling_messages.NONE_STANDS]
    page.do("agreeing")
    assert set(rows_of(page, "service")) == {"ips"}


def test_taking_back_at_once_is_refused_when_what_was_agreed_is_complete(page: Page) -> None:
    page.do("agreeing")
    act = page.sent
    anna, _ = (one.id for one in page.sheet.codings)
    page.do("answer", question="people", sources=[anna], seen="")
    for measure in ("HHI", "hours"):
        members = page.members(measure)
        page.do("finding", members=members, taken=members[0], seen="")
    page.do("state", after="complete")
    refused = page.send("open_agreeing", act=f"{page.desk.person_id}-{act}").refused
    assert list(refused.values()) == [reconciling_messages.COMPLETE]
    assert page.sheet.is_complete


def test_the_newest_act_that_stands_is_offered(page: Page) -> None:
    page.do("agreeing")
    first = page.sheet.at_once
    assert first is not None
    page.do("open", question="stream", seen=page.seen("stream"))
    assert page.sheet.at_once == first  # one of its two stands
    page.do("agreeing")  # takes the other alone, which is an answer as any
    assert page.sheet.at_once == first
    page.do("open_agreeing", act=first.client_id)
    assert [one.compared.question for one in page.sheet.items if one.is_open] == [
        "people", "service",
    ]  # fmt: skip


def test_a_coding_that_changes_afterwards_is_told(page: Page, bens_desk: Desk) -> None:
    page.do("agreeing")
    anna, _ = (one.id for one in page.sheet.codings)
    page.do("answer", question="people", sources=[anna], seen="")
    for measure in ("HHI", "hours"):
        members = page.members(measure)
        page.do("finding", members=members, taken=members[0], seen="")
    page.do("state", after="complete")
    coding.reopen(bens_desk, page.study)
    assert counted(page.desk) == ["Drake 1996"]  # what they agreed stands
    assert counted(bens_desk) == []  # but is nothing for who codes it anew
    coding.complete(bens_desk, page.study)
    assert page.sheet.is_stale
    refused = page.send("answer", question="people", sources=[anna], seen="").refused
    assert list(refused.values()) == [reconciling_messages.COMPLETE]


STRANGE: tuple[dict[str, Any], ...] = (
    {"kind": "answer", "question": "people", "sources": [999]},
    {"kind": "answer", "question": "people", "sources": "143"},
    {"kind": "answer", "question": "gone", "value": "x"},
    {"kind": "answer", "question": "stream", "codes": ["outcome", "process"]},
    {"kind": "answer", "question": "stream", "codes": ["nothing"]},
    {"kind": "answer", "question": "people", "value": 3},
    {"kind": "answer", "question": "people", "value": "x" * 100_000},
    {"kind": "finding", "members": [[1, "gone"]], "taken": [1, "gone"]},
    {"kind": "finding", "members": [["x"]]},
    {"kind": "finding", "members": [[1, 2, 3]]},
    {"kind": "open_agreeing"},
    {"kind": "open_agreeing", "act": "x"},
    {"kind": "eat"},
    {"kind": "answer"},
    {"kind": "answer", "question": "people", "value": "1", "study_id": 2**70},
    {"kind": "answer", "question": "people", "value": "1", "client_id": "x" * 200},
)


def test_nothing_in_a_message_is_trusted(page: Page) -> None:
    for more in STRANGE:
        outcome = page.send(**more)
        assert (outcome.accepted, len(outcome.refused)) == ([], 1), more
    with page.desk.reading() as c:
        assert agreed_codings.begun(c, page.scheme) == set()


def test_the_sheet_is_for_people_of_the_review_as_json(page: Page, store: Store) -> None:
    sent = reconciling_sheet.sheet_for(store, page.desk.person_id, page.study, page.scheme)
    assert [one["person"] for one in sent["coders"]] == ["Anna", "Ben"]
    assert (sent["open"], sent["state"]) == (5, "none")
    people = next(item for item in sent["items"] if item["question"] == "people")
    assert [said["value"] for said in people["said"]] == ["143", "134"]
    assert people["said"][0]["notes"] == {"": "p. 3"}
    pair = next(one for one in sent["findings"] if len(one["members"]) == 2)
    assert {"measure", "time", "direction"} <= set(pair["differing"])
    assert [member["effect"] for member in pair["members"]] == ["", ""]
    fields = dict(pair["members"][0]["fields"])
    numbers = {"numbers_kind": "effect", "numbers.effect_kind": "OR", "numbers.effect": "about 2"}
    members = [[one["coding_id"], one["uid"]] for one in pair["members"]]
    page.do("finding", members=members, fields=fields | numbers, seen="")
    told = reconciling_sheet.sheet_data(page.desk, page.study, page.scheme)
    (agreed,) = [one for one in told["findings"] if one["now"]]
    assert any("about 2" in sentence for sentence in agreed["faults"])
    with pytest.raises(NotAllowed):
        reconciling_sheet.sheet_for(store, 999, page.study, page.scheme)


def test_what_a_coder_changes_meanwhile_is_not_taken_unseen(page: Page, desk: Desk) -> None:
    anna, _ = (one.id for one in page.sheet.codings)
    before = page.sheet.seen
    coding.reopen(desk, page.study)
    coding.set_answer(desk, page.study, Answer(question="people", value="99"))
    coding.complete(desk, page.study)
    outcome = page.send("answer", question="people", sources=[anna], seen="", codings=before)
    assert list(outcome.refused.values()) == [reconciling.CHANGED]
    page.do("answer", question="people", sources=[anna], seen="", codings=page.sheet.seen)
    coding.reopen(desk, page.study)
    coding.set_answer(desk, page.study, Answer(question="people", value="98"))
    coding.complete(desk, page.study)
    (people,) = (one for one in page.sheet.items if one.compared.question == "people")
    assert (people.has_changed, people.is_open) == (True, True)
    page.do("answer", question="people", sources=[anna], seen=page.seen("people"))
    (people,) = (one for one in page.sheet.items if one.compared.question == "people")
    assert (people.has_changed, people.is_open) == (False, False)


def test_an_agreed_finding_goes_with_the_findings_it_came_from(
    page: Page, desk: Desk, bens_desk: Desk
) -> None:
    hope, hhi = page.members("HHI")
    page.do("finding", members=[hope, hhi], taken=hope, seen="")
    key = page.finding("HHI").group.key
    own = coding.sheet(desk, page.study)
    removed = next(f for f in own.findings if f.fields["measure"] == "Herth Hope Index")
    coding.reopen(desk, page.study)
    coding.remove_finding(desk, page.study, removed.id)
    coding.complete(desk, page.study)
    left = page.finding("HHI")
    assert (left.group.key, left.group.members) == (key, ((hhi[0], hhi[1]),))
    assert left.has_changed  # what was taken is gone
    ben = coding.sheet(bens_desk, page.study).findings[0].id
    coding.reopen(bens_desk, page.study)
    coding.remove_finding(bens_desk, page.study, ben)
    coding.complete(bens_desk, page.study)
    assert [one.fields["measure"] for one in page.sheet.gone] == ["Herth Hope Index"]
    page.do("agreeing")
    anna, _ = (one.id for one in page.sheet.codings)
    page.do("answer", question="people", sources=[anna], seen="")
    page.do("finding", members=page.members("hours"), taken=page.members("hours")[0], seen="")
    page.do("state", after="complete", codings=page.sheet.seen)
    found = coded_studies.load(page.desk)
    assert found is not None
    assert [[f.measure for f in study.findings] for study in found.studies] == [["hours"]]


def test_a_choice_that_a_pair_would_undo_must_have_been_seen(page: Page, desk: Desk) -> None:
    other = Page(desk, page.study, page.scheme)
    (hope, hhi), (hours,) = page.members("HHI"), page.members("hours")
    page.do("finding", members=[hope, hhi], taken=hope, seen="")
    outcome = other.send("group", members=[hours, hhi], seen="", leaves=[])
    assert list(outcome.clashes) == ["1-1"]
    chosen = page.finding("HHI").chosen
    assert chosen is not None
    other.do("group", members=[hours, hhi], seen="", leaves=[chosen.client_id])


def test_only_complete_completes(page: Page) -> None:
    for after in (None, "", "done", 1):
        outcome = page.send("state", after=after)
        assert len(outcome.refused) == 1
