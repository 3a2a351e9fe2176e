"""What a page sends is read strictly; what is strange is refused or cleaned."""

from typing import Any

import pytest

from evidence.coding.read_scheme import load
from evidence.errors import Invalid
from evidence.steps.coding import sent_fields
from evidence.steps.coding.sent_fields import LONGEST_ID
from tests.steps.coding.test_coding import SCHEME, study_id
from tests.steps.coding.test_desk_messages import Tab, tab

__all__ = ["study_id", "tab"]
SMALL = load(
    SCHEME + "      - {id: site, text: Where?, kind: text, of: finding}\n",
    "small.yaml",
)
SENT = {"client_id": "c1", "version_id": 1, "before": "", "after": ""}
TITLE = SENT | {
    "kind": "quotation", "uid": "quote01", "on": {"question": "people"}, "document": "title:1",
    "start": 0, "end": 3, "exact": "The",
}  # fmt: skip
FILE = TITLE | {"document": "file:2", "work_id": 1, "page": 1}


def refused(call: Any, *arguments: Any) -> bool:
    with pytest.raises((Invalid, ValueError, KeyError, TypeError)):
        call(*arguments)
    return True


@pytest.mark.parametrize("client_id", ["", "x" * (LONGEST_ID + 1), None, 7, {"a": 1}, "a\x00b"])
def test_what_has_no_id_or_too_long_a_one_is_refused(client_id: Any) -> None:
    assert refused(sent_fields.check_id, SENT | {"client_id": client_id})


@pytest.mark.parametrize(
    "wrong",
    [
        {"field": "chosen", "before": False, "after": "no"},
        {"field": "chosen", "before": False, "after": "yes"},
        {"field": "chosen", "before": "", "after": True},
        {"field": "chosen", "before": False, "after": 1},
        {"field": "chosen", "before": False, "after": None},
        {"field": "value", "after": None},
        {"field": "value", "after": 143},
        {"field": "value", "after": True},
        {"field": "value", "after": ["143"]},
        {"field": "note", "before": None, "after": "x"},
        {"field": "note", "after": "x" * 20_001},
    ],
)
def test_ticks_are_true_or_false_and_all_else_is_text(wrong: dict[str, Any]) -> None:
    assert refused(sent_fields.answer_edit, SENT | wrong)


def test_a_tick_is_kept_as_yes() -> None:
    edit = sent_fields.answer_edit(SENT | {"field": "chosen", "before": False, "after": True})
    assert (edit.before, edit.after) == ("", "yes")


@pytest.mark.parametrize("question", ["site", "gone", None, {"id": "people"}])
def test_an_answer_is_to_a_question_about_the_study(question: Any) -> None:
    message = SENT | {"question": question, "after": "x"}
    assert refused(sent_fields.place, SMALL, message, "value")


@pytest.mark.parametrize(
    "wrong",
    [
        {"field": "answer.gone", "after": "x"},
        {"field": "answer.people", "after": "x"},
        {"field": "answer_note.gone", "after": "x"},
        {"field": "answer.", "after": "x"},
        {"field": "uid", "after": "x"},
        {"field": "measure", "after": None},
        {"field": "removed", "after": "no"},
        {"field": "removed", "after": True},
    ],
)
def test_a_finding_has_its_fields_only(wrong: dict[str, Any]) -> None:
    assert refused(sent_fields.finding_edit, SMALL, SENT | wrong)


@pytest.mark.parametrize("field", ["answer.site", "answer_note.site", "measure", "removed"])
def test_fields_of_a_finding_are_taken(field: str) -> None:
    assert sent_fields.finding_edit(SMALL, SENT | {"field": field, "after": "yes"}).field == field


@pytest.mark.parametrize(
    "wrong",
    [
        TITLE | {"page": -1},
        TITLE | {"page": 1},
        TITLE | {"start": -1},
        TITLE | {"start": True},
        TITLE | {"end": 3.5},
        TITLE | {"exact": None},
        TITLE | {"uid": 12345678},
        FILE | {"page": 0},
        FILE | {"page": -1},
        FILE | {"page": None},
        FILE | {"page": "1"},
    ],
)
def test_a_quotation_stands_on_a_page_that_there_can_be(wrong: dict[str, Any]) -> None:
    assert refused(sent_fields.quotation, SMALL, wrong)


@pytest.mark.parametrize("right", [TITLE, TITLE | {"page": 0}, TITLE | {"page": None}, FILE])
def test_quotations_of_a_title_and_of_a_file_are_taken(right: dict[str, Any]) -> None:
    assert sent_fields.quotation(SMALL, right).uid == "quote01"


@pytest.mark.parametrize("removed", ["no", "yes", 1, None])
def test_a_quotation_is_taken_away_by_true_only(removed: Any) -> None:
    assert refused(sent_fields.is_taken_away, TITLE | {"removed": removed})


@pytest.mark.parametrize("after", ["Complete", "open", "", None, True])
def test_a_coding_is_a_draft_or_complete(after: Any) -> None:
    assert refused(sent_fields.state, SENT | {"after": after})


@pytest.mark.parametrize(
    "after",
    ["IPS\u202egnp.exe", "IPS\u2066gnp.exe\u2069", "IPS\u200f\u061c gnp.exe", " IPS\ngnp.exe\x00"],
)
@pytest.mark.parametrize("kind", ["arm", "time_point"])
def test_names_of_arms_and_times_show_as_they_are(kind: str, after: str) -> None:
    edit = sent_fields.group_edit(SENT | {"kind": kind, "field": "label", "after": after})
    assert edit.after.replace(" ", "") == "IPSgnp.exe"


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("arm", {"field": "label", "after": "x" * 301}),
        ("arm", {"field": "label", "after": None}),
        ("arm", {"field": "removed", "after": "no"}),
        ("arm", {"field": "uid", "after": "x"}),
        ("time_point", {"field": "people", "after": "7"}),
    ],
)
def test_arms_and_times_have_their_fields_only(kind: str, wrong: dict[str, Any]) -> None:
    assert refused(sent_fields.group_edit, SENT | {"kind": kind} | wrong)


def test_of_an_id_that_is_too_long_the_beginning_is_told_back(tab: Tab) -> None:
    """Two that begin alike are not taken for one, nor for a third that is exactly as long."""
    good = tab.item("answer", question="people", field="note", before="", after="fine")
    good["client_id"] = "x" * LONGEST_ID
    ids = ["x" * LONGEST_ID + "1", "x" * LONGEST_ID + "2" * 10_000]
    outcome = tab.send(*(good | {"client_id": client_id} for client_id in ids), good)
    assert outcome.accepted == [good["client_id"]]
    ((told, why),) = outcome.refused.items()
    assert (len(told), "more than 80 characters" in why) == (LONGEST_ID + 1, True)
