"""Whatever the coding desk sends is taken once: what comes again, however late, changes nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.documents.pages import Page
from evidence.steps.coding import coding, coding_history
from evidence.steps.desk import Desk
from evidence.steps.screening import full_text_pages
from evidence.store import Store
from evidence.store.coding import arms
from tests.steps.coding.test_coding import SCHEME, study_id
from tests.steps.coding.test_desk_messages import LOSSES, Tab, numbers
from tests.steps.coding.test_quoting import FIRST, SAID, Quoting, pdf
from tests.steps.conftest import enter, take_newest

__all__ = ["study_id"]
Item = dict[str, Any]


@pytest.fixture
def tab(desk: Desk, study_id: int) -> Tab:
    """A tab on a study that could be completed, with an arm, a time point and a quotation."""
    take_newest(desk, SCHEME + LOSSES, "small.yaml")
    tab = Tab(desk, study_id)
    tab.say("stream", "choice", "", "outcome")
    tab.say("lost", "value", "", "3")
    tab.send(
        said(tab, "arm", "arm0001", "", "IPS"),
        said(tab, "time_point", "time001", "", "A year"),
        quoted(tab, "quote01"),
    )
    return tab


def said(tab: Tab, kind: str, uid: str, before: str, after: str, field: str = "label") -> Item:
    return tab.item(kind, uid=uid, field=field, before=before, after=after)


def quoted(tab: Tab, uid: str, end: int = 3, exact: str = "The") -> Item:
    (report,) = tab.sheet()["study"]["reports"]
    words = {"document": f"title:{report['work_id']}", "start": 0, "end": end, "exact": exact}
    return tab.item("quotation", uid=uid, on={"question": "people"}, **words)


def unquoted(tab: Tab, uid: str = "quote01") -> Item:
    return tab.item("quotation", uid=uid, removed=True)


def state(tab: Tab, after: str) -> Item:
    return tab.item("state", after=after)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (
            lambda tab: said(tab, "arm", "arm0001", "IPS", "A"),
            lambda tab: said(tab, "arm", "arm0001", "A", "IPS"),
        ),
        (
            lambda tab: said(tab, "arm", "arm0001", "", "70", "people"),
            lambda tab: said(tab, "arm", "arm0001", "70", "", "people"),
        ),
        (
            lambda tab: said(tab, "arm", "arm0001", "", "yes", "removed"),
            lambda tab: said(tab, "arm", "arm0001", "yes", "", "removed"),
        ),
        (
            lambda tab: said(tab, "time_point", "time001", "A year", "B"),
            lambda tab: said(tab, "time_point", "time001", "B", "A year"),
        ),
        (lambda tab: quoted(tab, "quote02"), lambda tab: unquoted(tab, "quote02")),
        (unquoted, lambda tab: quoted(tab, "quote01")),
        (lambda tab: state(tab, "complete"), lambda tab: state(tab, "draft")),
    ],
    ids=["arm", "people", "arm removed", "time", "quoted", "unquoted", "complete"],
)
def test_what_comes_late_again_changes_nothing_and_is_acknowledged(
    tab: Tab, first: Callable[[Tab], Item], then: Callable[[Tab], Item]
) -> None:
    late = first(tab)
    assert tab.send(late, then(tab)).refused == {}
    before = tab.sheet()
    outcome = tab.send(late)
    assert (outcome.accepted, outcome.refused, outcome.clashes) == ([late["client_id"]], {}, {})
    assert tab.sheet() == before


def test_reopening_that_comes_late_again_leaves_the_coding_complete(tab: Tab) -> None:
    tab.send(state(tab, "complete"))
    reopening = state(tab, "draft")
    tab.send(reopening, state(tab, "complete"))
    assert tab.send(reopening).accepted
    assert tab.sheet()["state"] == "complete"


def test_what_was_kept_is_acknowledged_also_where_it_could_not_be_done_now(tab: Tab) -> None:
    """The browser did not hear of it; a refusal would tell that it was lost."""
    items = [
        said(tab, "arm", "arm0002", "", "Usual"), quoted(tab, "quote02"), state(tab, "complete"),
    ]  # fmt: skip
    arm, words, complete = items
    arm_and_words = tab.send(arm, words)
    assert len(arm_and_words.accepted) == 2
    assert tab.say("lost", "value", "", "4", arm="arm0001").accepted
    assert tab.say("lost", "value", "", "5", arm="arm0002").accepted
    assert tab.send(complete).accepted
    again = tab.send(*items)
    assert (len(again.accepted), again.refused) == (3, {})
    assert tab.sheet()["state"] == "complete"


def test_an_arm_that_two_coders_rename_is_shown_in_both_forms_and_both_are_kept(
    tab: Tab, bens_desk: Desk
) -> None:
    enter(bens_desk)
    ben = Tab(bens_desk, tab.study_id)
    assert ben.send(said(ben, "arm", "arm0001", "IPS", "IPS and usual care")).accepted
    late = said(tab, "arm", "arm0001", "IPS", "Supported employment")
    for _ in range(2):  # the second time it comes again
        outcome = tab.send(late)
        assert [clash.now for clash in outcome.clashes.values()] == ["IPS and usual care"]
    assert [arm["label"] for arm in tab.sheet()["arms"]] == ["IPS and usual care"]
    with tab.desk.reading() as c:
        changes = arms.changes_of(c, tab.study_id, "arm0001")
    assert [(each.after, each.is_kept, each.person) for each in changes] == [
        ("Supported employment", False, "Anna"), ("IPS and usual care", True, "Ben"),
        ("IPS", True, "Anna"),
    ]  # fmt: skip


def test_of_two_quotations_with_one_number_the_second_is_told(tab: Tab) -> None:
    first, second = quoted(tab, "quote02"), quoted(tab, "quote02", 10, "The report")
    outcome = tab.send(first, second)
    assert outcome.accepted == [first["client_id"]]
    assert "under the same number" in outcome.refused[second["client_id"]]
    words = [each["exact"] for each in tab.sheet()["quotations"] if each["uid"] == "quote02"]
    assert words == ["The"]
    same = quoted(tab, "quote02")
    assert tab.send(same).accepted == [same["client_id"]]


def test_arms_and_times_are_not_changed_from_a_complete_coding(tab: Tab) -> None:
    assert tab.say("lost", "value", "", "3", arm="arm0001").accepted
    tab.send(state(tab, "complete"))
    refused = tab.send(
        said(tab, "arm", "arm0001", "IPS", "A"),
        said(tab, "arm", "arm0009", "", "New"),
        said(tab, "time_point", "time001", "", "yes", "removed"),
    ).refused
    assert ["marked complete" in why for why in refused.values()] == [True] * 3
    tab.send(state(tab, "draft"))
    assert tab.send(said(tab, "arm", "arm0001", "IPS", "A")).accepted


@pytest.mark.parametrize("kind", ["arm", "time_point"])
def test_what_a_colleagues_complete_coding_rests_on_stays(
    tab: Tab, bens_desk: Desk, kind: str
) -> None:
    enter(bens_desk)
    ben = Tab(bens_desk, tab.study_id)
    uid = {"arm": "arm0001", "time_point": "time001"}[kind]
    ben.say("stream", "choice", "", "outcome")
    if kind == "arm":
        ben.say("lost", "note", "", "of these", arm=uid)
    else:
        for field, text in (("time", uid), ("intervention", "ips"), ("outcome", "hope"),
                            ("contrast", "arms"), ("direction", "better")):  # fmt: skip
            ben.fill("finding1", field, "", text)
    ben.say("lost", "value", "", "2", arm="arm0001")
    assert ben.send(state(ben, "complete")).refused == {}
    away = said(tab, kind, uid, "", "yes", "removed")
    assert "rests on it" in tab.send(away).refused[away["client_id"]]
    ben.send(state(ben, "draft"))
    assert tab.send(away | {"client_id": "again"}).accepted


def test_one_that_is_wrong_among_many_leaves_the_others_kept(
    desk: Desk, study_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_newest(desk, SCHEME, "small.yaml")
    at = Quoting(desk, study_id)
    document_id = at.add(pdf(FIRST))
    words = at.select(document_id, SAID)
    items = [words | at.tab.item("quotation", uid=f"quote{number:03}") for number in range(9)]
    items[4] = items[4] | {"exact": "other words"}
    notes = [
        at.tab.item("answer", question="people", field="note", before=str(n), after=str(n + 1))
        for n in range(9)
    ]
    notes[0]["before"] = ""
    notes[5] = notes[5] | {"field": "colour"}
    reads: list[int] = []
    read_page = full_text_pages.page

    def page(store: Store, person_id: int, document_id: int, number: int) -> Page:
        reads.append(number)
        return read_page(store, person_id, document_id, number)

    monkeypatch.setattr(full_text_pages, "page", page)
    outcome = at.tab.send(*items, *notes)
    assert set(outcome.refused) == {items[4]["client_id"], notes[5]["client_id"]}
    assert len(outcome.accepted) == 13  # and three notes that did not see the fifth
    assert len(outcome.clashes) == 3
    assert len(reads) == 1


def test_where_all_is_refused_no_coding_is_begun(desk: Desk, study_id: int) -> None:
    take_newest(desk, SCHEME, "small.yaml")
    tab = Tab(desk, study_id)
    assert tab.say("people", "colour", "", "red").refused
    assert coding.sheet(desk, study_id).coding is None


LABELS = st.sampled_from(["", "A", "B"])


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(["label", "people", "removed"]), LABELS), max_size=8),
    st.lists(st.integers(0, 7), max_size=12),
)
def test_resending_any_edits_of_an_arm_at_any_time_changes_nothing(
    tab: Tab, edits: list[tuple[str, str]], again: list[int]
) -> None:
    """As after kills: the browser sends all it holds, in its order, until it hears of it."""
    uid = f"arm{next(numbers):05}x"
    now = {"label": "", "people": "", "removed": ""}
    sent: list[Item] = []
    for number, (field, text) in enumerate(edits):
        after = "yes" * bool(text) if field == "removed" else text
        sent.append(said(tab, "arm", uid, now[field], after, field))
        now[field] = after
        assert tab.send(sent[-1]).accepted
        tab.send(*(sent[place] for place in again if place <= number))
    rows = {arm["uid"]: arm for arm in tab.sheet()["arms"]}
    if edits and not now["removed"]:
        assert (rows[uid]["label"], rows[uid]["people"]) == (now["label"], now["people"])
    else:
        assert uid not in rows


def test_what_was_said_for_an_arm_that_a_colleague_took_away_is_told_and_nothing_is_said_for_it(
    tab: Tab, bens_desk: Desk
) -> None:
    enter(bens_desk)
    ben = Tab(bens_desk, tab.study_id)
    tab.say("lost", "value", "", "12", arm="arm0001")
    tab.say("lost", "note", "", "a note", arm="arm0001")
    assert ben.send(said(ben, "arm", "arm0001", "", "yes", "removed")).accepted
    (hint,) = coding.sheet(tab.desk, tab.study_id).hints
    assert hint.startswith("Arm taken away by Ben: “IPS”.")
    assert hint.endswith("How many left? – 12, note: a note.")
    late = tab.item("answer", question="lost", arm="arm0001", field="value", before="12", after="9")
    never = late | {"client_id": "never", "arm": "neverwas"}
    for _ in range(2):  # the second time it comes again
        refused = tab.send(late, never).refused
        assert "taken away by Ben" in refused[late["client_id"]]
        assert "no such arm" in refused["never"]
    history = coding_history.of_question(tab.desk, tab.study_id, tab.taken.id, "lost")
    assert [(each.arm, each.after) for each in history if not each.is_kept] == [
        ("neverwas", "9"), ("arm0001", "9"),
    ]  # fmt: skip
    assert ben.send(said(ben, "arm", "arm0001", "yes", "", "removed")).accepted
    assert coding.sheet(tab.desk, tab.study_id).hints == ()
    assert tab.send(late | {"client_id": "again"}).accepted


@pytest.mark.parametrize("kind", ["arm", "time_point"])
def test_what_a_colleagues_complete_coding_rests_on_keeps_its_name(
    tab: Tab, bens_desk: Desk, kind: str
) -> None:
    enter(bens_desk)
    ben = Tab(bens_desk, tab.study_id)
    uid = {"arm": "arm0001", "time_point": "time001"}[kind]
    ben.say("stream", "choice", "", "outcome")
    ben.say("lost", "value", "", "2", arm="arm0001")
    for field, text in (("time", "time001"), ("intervention", "ips"), ("outcome", "hope"),
                        ("contrast", "arms"), ("direction", "better")):  # fmt: skip
        ben.fill("finding1", field, "", text)
    assert ben.send(state(ben, "complete")).refused == {}
    now = next(each["label"] for each in tab.sheet()[f"{kind}s"] if each["uid"] == uid)
    other = said(tab, kind, uid, now, "Control")
    assert f"rests on “{now}”" in tab.send(other).refused[other["client_id"]]
    assert tab.send(said(tab, kind, "another1", "", "Control")).accepted
    ben.send(state(ben, "draft"))
    assert tab.send(other | {"client_id": "again"}).accepted


def test_a_finding_that_was_taken_away_in_one_tab_is_not_filled_in_unseen_in_another(
    tab: Tab,
) -> None:
    tab.fill("finding1", "measure", "", "HHI")
    tab.fill("finding1", "removed", "", "yes")
    typed = tab.item("finding", uid="finding1", field="note", before="", after="typed")
    for _ in range(2):
        assert "taken away meanwhile" in tab.send(typed).refused[typed["client_id"]]
    history = coding_history.of_finding(tab.desk, tab.study_id, tab.taken.id, "finding1")
    assert ("note", "typed", False) in [(h.field, h.after, h.is_kept) for h in history]
    tab.fill("finding1", "removed", "yes", "")
    assert tab.sheet()["findings"][-1]["fields"] == {"measure": "HHI"}


def test_a_finding_that_another_tab_filled_in_is_not_taken_away_unseen(tab: Tab) -> None:
    tab.fill("finding1", "measure", "", "HHI")
    tab.fill("finding1", "note", "", "ten minutes later")
    away = tab.item("finding", uid="finding1", field="removed", before="", after="yes")
    stale = away | {"saw": {"measure": "HHI"}}
    for _ in range(2):
        assert "“ten minutes later”" in tab.send(stale).refused[stale["client_id"]]
    assert "finding1" in [each["uid"] for each in tab.sheet()["findings"]]
    odd = away | {"client_id": "odd", "saw": {"measure": 1}}
    assert tab.send(odd).refused
    seen = {"measure": "HHI", "note": "ten minutes later"}
    assert tab.send(away | {"client_id": "seen", "saw": seen}).accepted
    assert "finding1" not in [each["uid"] for each in tab.sheet()["findings"]]
