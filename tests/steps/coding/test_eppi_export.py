"""Codings leave for EPPI-Reviewer for those who may know them."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from evidence.coding.answers import Answer
from evidence.errors import NotAllowed, NotFound
from evidence.steps.coding import coders, coding, eppi_export, schemes
from evidence.steps.coding.eppi_export import ALL_TOGETHER, WhoseCodings
from evidence.steps.coding.reconcile import reconciling_messages
from evidence.steps.desk import Desk
from tests.steps.coding.test_coding import study_id
from tests.steps.conftest import enter

__all__ = ["study_id"]


def test_complete_codings_leave_for_the_people_of_the_review(
    desk: Desk, bens_desk: Desk, study_id: int, tmp_path: Path
) -> None:
    coding.set_answer(desk, study_id, Answer(question="people", value="77"))
    coding.set_answer(desk, study_id, Answer(question="stream", codes=("outcome",)))
    draft = eppi_export.build(desk)
    assert (draft.codes, draft.unsaid[0].sentence) == (0, "Codings that are not complete stay.")
    coding.complete(desk, study_id)
    out = tmp_path / "for-eppi.json"
    made = eppi_export.save(desk, out)
    assert (made.references, made.codes, made.outcomes) == (1, 2, 0)
    (reference,) = json.loads(out.read_bytes())["References"]
    assert reference["Title"] == "The report"
    assert "77" in {code["AdditionalText"] for code in reference["Codes"]}
    with zipfile.ZipFile(BytesIO(eppi_export.build_package(desk))) as packed:
        assert packed.read(eppi_export.FOR_EPPI) == made.content
        assert "must be answered is not said" in packed.read(eppi_export.UNSAID).decode()
    with pytest.raises(NotAllowed):
        eppi_export.build(bens_desk)
    with pytest.raises(NotFound, match="no coder “Zoe”"):
        eppi_export.build(desk, WhoseCodings(coder="Zoe"))


def said(desk: Desk, whose: WhoseCodings = ALL_TOGETHER) -> set[str]:
    """The texts and ticked codes of the one reference."""
    with zipfile.ZipFile(BytesIO(eppi_export.build_package(desk, whose))) as packed:
        (reference,) = json.loads(packed.read(eppi_export.FOR_EPPI))["References"]
    return {code["AdditionalText"] for code in reference["Codes"]} - {""}


def complete(desk: Desk, study_id: int, people: str) -> None:
    coding.set_answer(desk, study_id, Answer(question="people", value=people))
    coding.set_answer(desk, study_id, Answer(question="stream", codes=("outcome",)))
    coding.complete(desk, study_id)


def test_each_takes_whose_codings_they_may_read_one_by_one_or_what_was_agreed(
    desk: Desk, bens_desk: Desk, study_id: int
) -> None:
    enter(bens_desk)
    scheme_id = schemes.taken(desk)[-1].id
    coders.change(desk, scheme_id, 100, before=0)
    complete(desk, study_id, "77")
    anna, ben = WhoseCodings(coder="Anna"), WhoseCodings(coder="Ben")
    agreed = WhoseCodings(agreed_only=True)
    assert eppi_export.choices(desk) == [ALL_TOGETHER, anna]
    assert eppi_export.choices(bens_desk) == [ALL_TOGETHER]  # he is still to code it
    assert said(bens_desk) == set()
    with pytest.raises(NotFound):
        said(bens_desk, anna)
    assert said(bens_desk, agreed) == set()
    complete(bens_desk, study_id, "99")
    assert eppi_export.choices(bens_desk) == [ALL_TOGETHER, anna, ben]
    assert (said(bens_desk, anna), said(desk, ben)) == ({"77"}, {"99"})
    about = {"study_id": study_id, "scheme_id": scheme_id, "seen": ""}
    sent = [
        {"kind": "agreeing", "client_id": "a"},
        {"kind": "answer", "question": "people", "value": "88", "client_id": "b"},
        {"kind": "state", "after": "complete", "client_id": "c"},
    ]
    outcome = reconciling_messages.apply(desk, [each | about for each in sent])
    assert not outcome.refused
    assert eppi_export.choices(desk) == [ALL_TOGETHER, agreed, anna, ben]
    assert (said(desk, agreed), said(desk), said(desk, ben)) == ({"88"}, {"88"}, {"99"})
    coding.reopen(bens_desk, study_id)
    assert eppi_export.choices(bens_desk) == [ALL_TOGETHER]  # he codes it anew
    assert said(bens_desk, agreed) == set()


def test_nobody_else_is_told_whose_codings_there_are(bens_desk: Desk, study_id: int) -> None:
    del study_id
    with pytest.raises(NotAllowed):
        eppi_export.choices(bens_desk)
