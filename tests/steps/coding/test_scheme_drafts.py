"""What is changed in a scheme is kept step by step, seen by nobody else, and can be taken back."""

from dataclasses import replace
from typing import Any

import pytest

from evidence.coding import read_scheme
from evidence.coding.write_scheme import as_yaml
from evidence.errors import Invalid, NotFound
from evidence.steps.coding import scheme_drafts, scheme_versions, schemes
from evidence.steps.desk import Desk
from evidence.store.coding.scheme_drafts import MOST_STEPS
from tests.steps.coding.test_coding import SCHEME, study_id
from tests.steps.conftest import take_newest

__all__ = ["study_id"]
pytestmark = pytest.mark.usefixtures("study_id")


def act(client_id: str, name: str, **said: Any) -> dict[str, Any]:
    return {"client_id": client_id, "scheme_id": 1, "act": name, **said}


def titled(client_id: str, title: str, **said: Any) -> dict[str, Any]:
    return act(client_id, "field", field="title", value=title, **said)


def title(desk: Desk) -> str:
    return scheme_drafts.draft_of(desk, 1).scheme.title


def test_each_act_is_kept_at_once_and_taken_once(desk: Desk) -> None:
    assert not scheme_drafts.draft_of(desk, 1).changed
    acts = [titled("1", "A"), act("2", "add code", question="service", label="New")]
    outcome = scheme_drafts.apply(desk, acts)
    assert list(outcome.accepted) == ["1", "2"]
    assert outcome.accepted["2"] == {"section": 0, "question": "service", "option": "new"}
    again = scheme_drafts.apply(desk, [*acts, titled("3", "B")])
    assert list(again.accepted) == ["1", "2", "3"]
    draft = scheme_drafts.draft_of(desk, 1)
    assert (draft.scheme.title, draft.steps, draft.changed) == ("B", 3, True)
    service = draft.scheme.question("service")
    assert service is not None
    assert [o.id for o in service.walk()].count("new") == 1


def test_steps_are_taken_back_and_come_again(desk: Desk) -> None:
    scheme_drafts.apply(desk, [titled("1", "A"), titled("2", "B"), act("3", "undo")])
    assert title(desk) == "A"
    scheme_drafts.apply(desk, [act("3", "undo")])  # sent again
    assert title(desk) == "A"
    scheme_drafts.apply(desk, [act("4", "redo")])
    assert title(desk) == "B"
    refused = scheme_drafts.apply(desk, [act("5", "redo")]).refused
    assert refused == {"5": scheme_drafts.NOTHING_REDONE}
    scheme_drafts.apply(desk, [act("6", "undo"), titled("7", "C"), act("8", "redo")])
    assert title(desk) == "C"
    scheme_drafts.apply(desk, [act("9", "undo"), act("10", "undo"), act("11", "undo")])
    draft = scheme_drafts.draft_of(desk, 1)
    assert (draft.changed, draft.steps, draft.undone) == (False, 0, 2)
    many = [titled(f"n{n}", f"T{n}") for n in range(MOST_STEPS + 5)]
    scheme_drafts.apply(desk, many)
    assert scheme_drafts.draft_of(desk, 1).steps == MOST_STEPS


def test_a_changed_scheme_is_read_once_however_often_it_is_asked_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    reading = read_scheme._read

    def counted(text: str, name: str) -> Any:
        read.append(text)
        return reading(text, name)

    monkeypatch.setattr(read_scheme, "_read", counted)
    read_scheme._faultless.cache_clear()
    schemes._outcome.cache_clear()
    scheme_drafts.apply(desk, [titled("1", "A"), act("2", "add code", question="service",
                                                     label="New")])  # fmt: skip
    for _ in range(2):
        assert scheme_versions.preview(desk, scheme_drafts.draft_of(desk, 1).scheme)
    assert len(read) == len(set(read)) == 3  # as it was, and each change


def test_what_is_typed_on_is_one_step(desk: Desk) -> None:
    typed = [titled(str(n), "word"[: n + 1], typing="a") for n in range(4)]
    scheme_drafts.apply(desk, [titled("x", "Before"), *typed])
    assert (title(desk), scheme_drafts.draft_of(desk, 1).steps) == ("word", 2)
    scheme_drafts.apply(desk, [act("u", "undo")])
    assert title(desk) == "Before"


def test_what_cannot_be_is_refused_alone(desk: Desk) -> None:
    outcome = scheme_drafts.apply(
        desk,
        [titled("1", ""), titled("2", "A"), act("3", "nothing"), {"client_id": "4"},
         act("5", "put", question="service", option="ips", where="below", other=[]),
         titled("6", "x" * 1_000_000), {**titled("7", "A"), "scheme_id": 10**30},
         {**titled("8", "A"), "scheme_id": 9}],
    )  # fmt: skip
    assert list(outcome.accepted) == ["2"]
    assert set(outcome.refused) == set("1345678")
    assert all(len(reason) < 200 for reason in outcome.refused.values())
    assert scheme_drafts.apply(desk, [titled("1", "B")]).accepted  # what was refused may come again


def test_what_is_kept_is_a_version_and_the_draft_is_gone(desk: Desk) -> None:
    scheme_drafts.apply(desk, [titled("1", "A")])
    draft = scheme_drafts.draft_of(desk, 1)
    scheme_versions.keep(desk, replace(draft.scheme, version="2"), 1, draft.seen)
    after = scheme_drafts.draft_of(desk, 1)
    assert (after.scheme.title, after.changed, after.steps) == ("A", False, 0)
    versions = schemes.versions(desk, 1)
    scheme_drafts.begin_from(desk, 1, versions[-1].id)
    back = scheme_drafts.draft_of(desk, 1)
    assert (back.changed, back.steps, back.scheme.title) == (True, 1, "A small scheme")
    scheme_drafts.begin_from(desk, 1, versions[0].id)
    assert not scheme_drafts.draft_of(desk, 1).changed
    with pytest.raises(NotFound):
        scheme_drafts.begin_from(desk, 1, 99)


def test_dropped_changes_are_brought_back_until_others_begin(desk: Desk) -> None:
    newest = schemes.get(desk, 1).version.id
    with pytest.raises(Invalid):
        scheme_drafts.bring_back(desk, 1)
    scheme_drafts.apply(desk, [titled("1", "A"), titled("2", "B"), titled("3", "C")])
    scheme_drafts.apply(desk, [act("4", "undo")])
    scheme_drafts.begin_from(desk, 1, newest)
    dropped = scheme_drafts.draft_of(desk, 1)
    assert (dropped.changed, dropped.steps, dropped.aside) == (False, 0, 2)
    scheme_drafts.bring_back(desk, 1)
    back = scheme_drafts.draft_of(desk, 1)
    assert (back.scheme.title, back.steps, back.undone, back.aside) == ("B", 2, 0, 0)
    with pytest.raises(Invalid):
        scheme_drafts.bring_back(desk, 1)  # nothing is aside
    scheme_drafts.begin_from(desk, 1, newest)
    scheme_drafts.apply(desk, [titled("5", "D")])
    assert scheme_drafts.draft_of(desk, 1).aside == 0
    with pytest.raises(Invalid):
        scheme_drafts.bring_back(desk, 1)


def test_beginning_from_an_older_version_can_be_undone(desk: Desk) -> None:
    take_newest(desk, SCHEME.replace("label: Hope", "label: Hopefulness"), "small.yaml")
    scheme_drafts.apply(desk, [titled("1", "A")])
    scheme_drafts.begin_from(desk, 1, schemes.versions(desk, 1)[-1].id)
    assert title(desk) == "A small scheme"
    scheme_drafts.apply(desk, [act("2", "undo")])
    assert title(desk) == "A"


def test_dropped_changes_come_back_beside_a_version_kept_meanwhile(desk: Desk) -> None:
    scheme_drafts.apply(desk, [titled("1", "A")])
    take_newest(desk, SCHEME.replace("label: Hope", "label: Hopefulness"), "small.yaml")
    scheme_drafts.begin_from(desk, 1, schemes.get(desk, 1).version.id)
    dropped = scheme_drafts.draft_of(desk, 1)
    assert (dropped.changed, dropped.undone, dropped.aside) == (False, 0, 1)
    scheme_drafts.bring_back(desk, 1)
    back = scheme_drafts.draft_of(desk, 1)
    assert (back.passed, back.scheme.title) == (True, "A")


def test_a_draft_stays_where_somebody_kept_a_version_meanwhile(desk: Desk) -> None:
    scheme_drafts.apply(desk, [titled("1", "A")])
    take_newest(desk, SCHEME.replace("label: Hope", "label: Hopefulness"), "small.yaml")
    draft = scheme_drafts.draft_of(desk, 1)
    assert (draft.passed, draft.scheme.title, draft.began.title) == (True, "A", "A small scheme")
    scheme_drafts.apply(desk, [act("2", "undo")])
    assert "Hopefulness" in as_yaml(scheme_drafts.draft_of(desk, 1).scheme)
    scheme_drafts.apply(desk, [titled("3", "B")])
    now = scheme_drafts.draft_of(desk, 1)
    assert not now.passed
    assert "Hopefulness" in as_yaml(now.scheme)


def test_an_act_that_comes_again_after_its_draft_became_a_version_is_not_done_twice(
    desk: Desk, study_id: int
) -> None:
    (taken,) = schemes.taken(desk)
    act = {"client_id": "x-1", "scheme_id": taken.id, "act": "add code", "question": "service",
           "label": "Third"}  # fmt: skip
    assert scheme_drafts.apply(desk, [act]).accepted
    draft = scheme_drafts.draft_of(desk, taken.id)
    scheme_versions.keep(desk, replace(draft.scheme, version="2"), taken.id, draft.seen)
    assert scheme_drafts.apply(desk, [act]).accepted == {"x-1": {}}
    assert not scheme_drafts.draft_of(desk, taken.id).changed
    scheme_drafts.begin_from(desk, taken.id, schemes.get(desk, taken.id).version.id)
    scheme_drafts.apply(desk, [act])
    assert not scheme_drafts.draft_of(desk, taken.id).changed
