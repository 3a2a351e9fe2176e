"""What pages send is for one person and review, and what became of it is told."""

import pytest

from evidence.steps.coding.desk_messages import ClashedItem, Outcome
from evidence.ui.coding import sent_by_page

MINE = "waymark-reconciling-1-2-"


@pytest.mark.parametrize(
    "sent",
    [None, "x", [], {"items": None}, {"items": "x", "storage": MINE}, {"items": [1], "storage": ""},
     {"items": [{"client_id": "a"}], "storage": "waymark-reconciling-1-3-"}],
)  # fmt: skip
def test_what_is_not_for_this_person_or_no_items_is_left(sent: object) -> None:
    assert sent_by_page.items_in(MINE, {"items": sent}) == []


def test_items_come_in_their_order_without_what_is_none() -> None:
    sent = {"items": [{"client_id": "a"}, 3, {"client_id": "b"}], "storage": MINE}
    assert sent_by_page.items_in(MINE, {"items": sent}) == [{"client_id": "a"}, {"client_id": "b"}]


def test_what_became_of_items_is_added_and_the_newest_stay() -> None:
    told = sent_by_page.nothing_yet()
    sent_by_page.note(told, Outcome(accepted=["a"], trouble="busy"))
    assert (told["kept"], told["trouble"]) == (["a"], "busy")
    clash = ClashedItem(item={}, now="there")
    sent_by_page.note(told, Outcome(accepted=["b"], refused={"c": "no"}, clashes={"d": clash}))
    assert told == {"kept": ["a", "b"], "refused": {"c": "no"}, "clashes": {"d": {"now": "there"}}}
    sent_by_page.note(told, Outcome(accepted=[str(n) for n in range(1000)]))
    assert len(told["kept"]) == sent_by_page.NEWEST


def test_only_a_state_that_was_kept_counts() -> None:
    items = [{"kind": "state", "client_id": "a"}, {"kind": "answer", "client_id": "b"}]
    assert sent_by_page.states_kept(items, Outcome(accepted=["a"]))
    assert not sent_by_page.states_kept(items, Outcome(accepted=["b"]))


@pytest.mark.parametrize(
    ("went", "place"),
    [({"study_id": 3, "scheme_id": "4"}, (3, 4)), ({"study_id": -1, "scheme_id": 4}, None),
     ({"study_id": 2**70, "scheme_id": 4}, None), ({"study_id": "x", "scheme_id": 4}, None),
     ({"scheme_id": 4}, None)],
)  # fmt: skip
def test_a_place_is_gone_to_only_where_it_can_be_one(
    went: dict[str, object], place: tuple[int, int] | None
) -> None:
    assert sent_by_page.place_in(MINE, {"go": went | {"storage": MINE}}) == place
