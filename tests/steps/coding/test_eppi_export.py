"""Codings leave for EPPI-Reviewer for those who may know them."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from evidence.coding.answers import Answer
from evidence.errors import NotAllowed, NotFound
from evidence.steps.coding import coding, eppi_export
from evidence.steps.desk import Desk
from tests.steps.coding.test_coding import study_id

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
        eppi_export.build(desk, "Zoe")
