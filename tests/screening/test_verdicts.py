"""What decisions come to."""

import pytest

from evidence.screening.verdicts import Said, Verdict, settle
from evidence.screening.verdicts import State as S  # noqa: N817 - many lines of it

IN, EX, MAY, NOT, BACK = (Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.MAYBE, Verdict.NOT_RETRIEVED,
                          Verdict.WITHDRAWN)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "state"),
    [
        pytest.param([], S.OPEN, id="nobody"),
        pytest.param([(1, IN)], S.INCLUDE, id="one is enough"),
        pytest.param([(1, IN), (1, EX)], S.EXCLUDE, id="the newest of a person"),
        pytest.param([(1, IN), (1, BACK)], S.OPEN, id="taken back"),
        pytest.param([(1, IN), (2, IN)], S.INCLUDE, id="two alike"),
        pytest.param([(1, IN), (2, EX)], S.CONFLICT, id="two unlike"),
        pytest.param([(1, IN), (2, EX), (2, BACK)], S.INCLUDE, id="one of two taken back"),
        pytest.param([(1, MAY)], S.MAYBE, id="maybe alone"),
        pytest.param([(1, MAY), (2, IN)], S.INCLUDE, id="maybe leaves it to the other"),
        pytest.param([(1, MAY), (2, IN), (3, EX)], S.CONFLICT, id="maybe settles nothing"),
        pytest.param([(1, NOT), (2, IN)], S.CONFLICT, id="not retrieved against included"),
        pytest.param([(1, IN), (2, EX), (3, EX, True)], S.EXCLUDE, id="a third settles"),
        pytest.param([(1, IN), (2, EX), (2, IN, True)], S.INCLUDE, id="one of the two settles"),
        pytest.param(
            [(1, IN), (2, EX), (3, EX, True), (3, BACK)], S.CONFLICT, id="unsettled again"
        ),
        pytest.param([(1, IN), (2, EX), (3, EX, True), (1, IN)], S.CONFLICT, id="said again later"),
        pytest.param([(1, IN), (2, EX), (3, IN, True), (4, EX, True)], S.EXCLUDE, id="the last"),
    ],
)
def test_what_decisions_come_to(said: list[tuple[int, Verdict]], state: S) -> None:
    assert settle([Said(*one) for one in said]) is state
