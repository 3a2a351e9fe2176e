"""One rule says which coding counts; a study that is not reconciled counts nowhere."""

import pytest

from evidence.coding.which_counts import CodersOfStudy, CodingStage, Moves, moves

TO_CODE, RECONCILE, COUNTED = CodingStage.TO_CODE, CodingStage.TO_RECONCILE, CodingStage.COUNTED


@pytest.mark.parametrize(
    ("asked", "complete", "agreed", "stage"),
    [
        (1, 0, False, TO_CODE),
        (1, 1, False, COUNTED),
        (1, 2, False, RECONCILE),
        (2, 0, False, TO_CODE),
        (2, 1, False, TO_CODE),
        (2, 2, False, RECONCILE),
        (2, 3, False, RECONCILE),
        (3, 2, False, TO_CODE),
        (2, 2, True, COUNTED),
        (2, 1, True, COUNTED),  # one was reopened after they agreed; what they agreed stands
        (0, 0, False, TO_CODE),
    ],
)
def test_how_far_a_study_is(asked: int, complete: int, stage: CodingStage, *, agreed: bool) -> None:
    study = CodersOfStudy(asked=asked, complete=complete, is_agreed=agreed)
    assert study.stage is stage
    assert study.is_blind == (stage is TO_CODE)


def test_what_another_share_changes_is_counted() -> None:
    def three(asked: int) -> list[CodersOfStudy]:
        return [CodersOfStudy(asked=asked, complete=n) for n in range(3)]

    assert moves(three(1), three(2)) == Moves(waiting=1, shown=1)
    assert moves(three(2), three(1)) == Moves(counted=1)
    assert moves(three(2), three(3)) == Moves(waiting=1, shown=1)
    assert moves(three(2), three(2)) == Moves()
