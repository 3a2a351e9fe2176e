"""A report is made from one moment, whatever others do while it is made."""

from typing import Any

import pytest

from evidence.steps.desk import Desk
from evidence.steps.results import report_facts
from evidence.store import Role
from tests.steps.coding.test_coding import finding
from tests.steps.results.test_map_document import code, study_ids

__all__ = ["study_ids"]


def test_a_report_while_others_code_is_all_from_one_moment(
    desk: Desk, study_ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    code(desk, study_ids[0], finding())
    left_out = report_facts._left_out

    def somebody_codes(still: Desk) -> Any:  # after the studies were read, before the schemes are
        monkeypatch.undo()
        code(desk, study_ids[1], finding())
        return left_out(still)

    monkeypatch.setattr(report_facts, "_left_out", somebody_codes)
    known = report_facts.facts(desk)
    assert ([use.studies for use in known.schemes], len(known.studies)) == ([1], 1)
    assert report_facts.facts(desk).schemes[0].studies == 2


def test_nothing_is_written_by_who_reads_at_one_moment(desk: Desk) -> None:
    with (
        desk.at_one_moment() as still,
        still.at_one_moment() as again,
        pytest.raises(RuntimeError, match="nothing is written"),
        again.writing(Role.EDITOR),
    ):
        pass
