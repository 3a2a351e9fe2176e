"""A tab with an older version of a scheme stores nothing that the newest version does not take."""

import pytest

from evidence.coding.read_scheme import load
from evidence.steps.coding import coding_history
from evidence.steps.coding.newest_version import misfit, misfit_of_finding
from evidence.steps.desk import Desk
from evidence.store.coding.coding_edits import Edit, Place
from tests.steps.coding.test_coding import SCHEME, study_id
from tests.steps.coding.test_desk_messages import Tab
from tests.steps.conftest import take_newest

__all__ = ["study_id"]
MANY = SCHEME.replace("kind: one of", "kind: many of", 1)
NEWEST = load(
    """\
id: s
title: T
version: "2"
purpose: coding
judges: study
sections:
  - title: All
    questions:
      - {id: one, text: One?, kind: one of, options: [
          {id: a, label: A, replaces: [z]}, {id: b, label: B}]}
      - {id: tree, text: Tree?, kind: tree, options: [
          {id: top, label: Top, selectable: no, options: [{id: leaf, label: Leaf}]}]}
      - {id: words, text: Words?, kind: text}
      - {id: each, text: Each?, kind: number, per: arm}
      - {id: found, text: Found?, kind: text, of: finding}
""",
    "s.yaml",
)


def said(question: str, field: str, after: str = "yes", code: str = "", arm: str = "") -> str:
    edit = Edit(client_id="c", version_id=1, field=field, before="", after=after)
    place = Place(question=question, code=code, arm=arm)
    return misfit(NEWEST, place, edit, ["b"] if question == "one" else [])


@pytest.mark.parametrize(
    ("question", "field", "more", "why"),
    [
        ("gone", "value", {}, "does not ask this of the study any more"),
        ("found", "value", {}, "does not ask this of the study any more"),
        ("one", "chosen", {"code": "a"}, "takes one answer to “One?”, and “B” is chosen"),
        ("one", "chosen", {"code": "z"}, "takes one answer to “One?”, and “B” is chosen"),
        ("one", "chosen", {"code": "lost"}, "does not have this code any more under “One?”"),
        ("one", "choice", {"after": "lost"}, "does not have this code any more under “One?”"),
        ("one", "note", {"code": "lost"}, "does not have this code any more under “One?”"),
        ("one", "value", {}, "has codes to choose under “One?”"),
        ("tree", "chosen", {"code": "top"}, "has “Top” as a heading only"),
        ("words", "chosen", {"code": "a"}, "has no codes to choose under “Words?”"),
        ("words", "value", {"arm": "arm0001"}, "of the whole study, not of each arm"),
        ("one", "chosen", {"code": "b"}, ""),
        ("one", "choice", {"after": "a"}, ""),
        ("one", "choice", {"after": "z"}, ""),
        ("one", "chosen", {"code": "lost", "after": ""}, ""),
        ("gone", "note", {"after": ""}, ""),
        ("tree", "chosen", {"code": "leaf"}, ""),
        ("words", "value", {}, ""),
        ("words", "note", {"arm": "arm0001"}, ""),
        ("each", "value", {"arm": "arm0001"}, ""),
        ("each", "value", {}, ""),
    ],
)
def test_what_does_not_fit_is_told_in_words(
    question: str, field: str, more: dict[str, str], why: str
) -> None:
    told = said(question, field, **more)
    assert why in told
    assert bool(told) == bool(why)
    assert not told or told.endswith("Reload the page to see what it asks.")


@pytest.mark.parametrize(
    ("field", "after", "fits"),
    [
        ("answer.found", "x", True),
        ("answer.gone", "x", False),
        ("answer_note.gone", "x", False),
        ("answer.words", "x", False),
        ("answer.gone", "", True),
        ("measure", "x", True),
    ],
)
def test_an_answer_in_a_finding_fits_where_findings_are_asked_it(
    field: str, after: str, *, fits: bool
) -> None:
    edit = Edit(client_id="c", version_id=1, field=field, before="", after=after)
    assert bool(misfit_of_finding(NEWEST, edit)) is not fits


def test_an_old_tab_cannot_tick_two_where_the_newest_version_takes_one(
    desk: Desk, study_id: int
) -> None:
    take_newest(desk, MANY, "small.yaml")
    old = Tab(desk, study_id)
    take_newest(desk, SCHEME, "small.yaml")
    first = old.item(
        "answer", question="stream", code="outcome", field="chosen", before=False, after=True
    )
    second = first | {"client_id": "second", "code": "process"}
    for _ in range(2):  # the second time both come again
        outcome = old.send(first, second)
        assert outcome.accepted == [first["client_id"]]
        assert "takes one answer to “Which stream?”" in outcome.refused["second"]
    assert {row[1] for row in old.answers() if row[3]} == {"outcome"}
    trail = coding_history.of_question(desk, study_id, old.taken.id, "stream")
    kept = [(change.code, change.is_kept, change.reason) for change in trail]
    assert kept == [("process", False, outcome.refused["second"]), ("outcome", True, "")]
    off = first | {"client_id": "off", "before": True, "after": False}
    again = second | {"client_id": "again"}
    assert old.send(off, again).accepted == ["off", "again"]
    assert {row[1] for row in old.answers() if row[3]} == {"process"}


def test_an_answer_in_a_finding_that_is_asked_no_more_stands_in_the_history_only(
    desk: Desk, study_id: int
) -> None:
    asked = "      - {id: site, text: Where?, kind: text, of: finding}\n"
    take_newest(desk, SCHEME + asked, "small.yaml")
    old = Tab(desk, study_id)
    assert old.fill("finding1", "answer.site", "", "Ghent").accepted
    take_newest(desk, SCHEME, "small.yaml")
    (why,) = old.fill("finding1", "answer.site", "Ghent", "Leuven").refused.values()
    (stored,) = old.sheet()["findings"]
    assert stored["fields"] == {"answer.site": "Ghent"}
    newest = coding_history.of_finding(desk, study_id, old.taken.id, "finding1")[0]
    assert (newest.after, newest.is_kept, newest.reason) == ("Leuven", False, why)
    assert old.fill("finding1", "answer.site", "Ghent", "").accepted
