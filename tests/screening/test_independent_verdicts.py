"""What people said blind."""

import pytest

from evidence.screening.independent_verdicts import independent
from evidence.screening.verdicts import Verdict, Vote

IN, EX, BACK = Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.WITHDRAWN
A, B, C = 1, 2, 3


@pytest.mark.parametrize(
    ("votes", "voices", "expected"),
    [
        pytest.param([(A, IN), (B, EX)], 2, {A: IN, B: EX}, id="two"),
        pytest.param([(A, IN), (A, EX), (B, IN)], 2, {A: EX, B: IN}, id="changed while blind"),
        pytest.param([(A, IN), (B, EX), (B, IN)], 2, {A: IN, B: EX}, id="changed afterwards"),
        pytest.param([(A, IN), (B, EX), (B, BACK), (B, IN)], 2, {A: IN, B: IN}, id="a slip"),
        pytest.param([(A, IN), (B, EX), (B, BACK)], 2, {A: IN}, id="taken back"),
        pytest.param([(A, IN), (B, EX), (C, IN, True)], 2, {A: IN, B: EX}, id="settled"),
        pytest.param(
            [(A, IN), (B, EX), (C, IN, True), (C, BACK, True), (C, IN)],
            2,
            {A: IN, B: EX},
            id="after a resolution nothing counts",
        ),
        pytest.param([(A, IN), (B, EX), (C, IN)], 2, {A: IN, B: EX, C: IN}, id="a late third"),
        pytest.param([(A, IN), (A, EX), (B, IN)], 1, {A: EX, B: IN}, id="one needed, two read"),
        pytest.param([(A, IN), (B, EX), (A, EX), (C, EX)], 3, {A: EX, B: EX, C: EX}, id="three"),
        pytest.param([], 2, {}, id="nobody"),
    ],
)
def test_what_people_said_blind(
    votes: list[tuple[int, Verdict]], voices: int, expected: dict[int, Verdict]
) -> None:
    assert independent([Vote(*vote) for vote in votes], voices) == expected


def test_a_report_that_was_not_retrieved_tells_nobody_what_others_said() -> None:
    given_up = Vote(3, Verdict.NOT_RETRIEVED, resolves=True)
    found_again = Vote(4, Verdict.WITHDRAWN, resolves=True)
    votes = [Vote(1, Verdict.INCLUDE), given_up]
    assert independent(votes, 2) == {}
    votes += [found_again, Vote(2, Verdict.EXCLUDE)]
    assert independent(votes, 2) == {1: Verdict.INCLUDE, 2: Verdict.EXCLUDE}
    assert independent([*votes, given_up], 2) == {1: Verdict.INCLUDE, 2: Verdict.EXCLUDE}
