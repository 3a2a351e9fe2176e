"""What decisions come to."""

import pytest

from evidence.errors import Invalid
from evidence.screening.stage_settings import Maybe, Rule, StageSettings, voices_of
from evidence.screening.verdicts import State as S  # noqa: N817 - many lines of it
from evidence.screening.verdicts import Verdict, Vote, consensus

IN, EX, MAY, NOT, BACK = (Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.MAYBE, Verdict.NOT_RETRIEVED,
                          Verdict.WITHDRAWN)  # fmt: skip


@pytest.mark.parametrize(
    ("votes", "state"),
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
        pytest.param([(1, MAY), (2, IN), (3, EX)], S.CONFLICT, id="maybe resolves nothing"),
        pytest.param([(1, NOT), (2, IN)], S.CONFLICT, id="not retrieved against included"),
        pytest.param([(1, IN), (2, EX), (3, EX, True)], S.EXCLUDE, id="a third resolves"),
        pytest.param([(1, IN), (2, EX), (2, IN, True)], S.INCLUDE, id="one of the two resolves"),
        pytest.param(
            [(1, IN), (2, EX), (3, EX, True), (3, BACK)], S.CONFLICT, id="taken back again"
        ),
        pytest.param([(1, IN), (2, EX), (3, EX, True), (1, IN)], S.CONFLICT, id="said again later"),
        pytest.param([(1, IN), (2, EX), (3, IN, True), (4, EX, True)], S.EXCLUDE, id="the last"),
    ],
)
def test_what_decisions_come_to(votes: list[tuple[int, Verdict]], state: S) -> None:
    assert consensus([Vote(*vote) for vote in votes]) is state


@pytest.mark.parametrize(
    ("votes", "voices", "state"),
    [
        pytest.param([(1, IN)], 2, S.OPEN, id="the second is still to come"),
        pytest.param([(1, IN), (1, EX)], 2, S.OPEN, id="one person twice is one person"),
        pytest.param([(1, MAY), (2, MAY)], 2, S.MAYBE, id="two who do not know"),
        pytest.param([(1, MAY)], 2, S.OPEN, id="a maybe is a voice, not the last one"),
        pytest.param([(1, IN), (2, IN), (2, BACK)], 2, S.OPEN, id="taken back before settled"),
        pytest.param([(1, IN), (3, EX, True)], 2, S.EXCLUDE, id="settling needs nobody else"),
        pytest.param([(1, EX, True)], 2, S.EXCLUDE, id="settled by the first"),
        pytest.param(
            [(1, NOT, True), (2, NOT, True), (1, BACK), (2, BACK, True), (2, IN)],
            2,
            S.OPEN,
            id="two said it was not retrieved, and each took that back",
        ),
        pytest.param([(1, NOT, True), (1, EX)], 2, S.OPEN, id="its own finder reads it alone"),
        pytest.param([(1, NOT, True), (2, IN)], 2, S.OPEN, id="another finds and reads it alone"),
        pytest.param([(3, IN), (1, NOT, True), (2, IN)], 2, S.INCLUDE, id="found, and read by two"),
        pytest.param(
            [(1, IN), (2, EX), (1, NOT, True), (1, IN)], 2, S.CONFLICT, id="found in a conflict"
        ),
        pytest.param([(1, EX, True), (1, NOT, True), (2, MAY)], 2, S.EXCLUDE, id="resolved before"),
    ],
)
def test_a_work_stays_open_until_all_have_spoken(
    votes: list[tuple[int, Verdict]], voices: int, state: S
) -> None:
    assert consensus([Vote(*vote) for vote in votes], StageSettings(voices=2), voices) is state


@pytest.mark.parametrize(
    ("rule", "verdicts", "state"),
    [
        (Rule.CONSENSUS, [IN, IN, EX], S.CONFLICT),
        (Rule.MAJORITY, [IN, IN, EX], S.INCLUDE),
        (Rule.MAJORITY, [IN, EX], S.CONFLICT),
        (Rule.MAJORITY, [EX, EX, NOT], S.EXCLUDE),
        (Rule.SAFETY_FIRST, [EX, EX, IN], S.INCLUDE),
        (Rule.SAFETY_FIRST, [EX, EX], S.EXCLUDE),
        (Rule.SAFETY_FIRST, [EX, NOT], S.CONFLICT),
    ],
)
def test_the_rules_for_several_verdicts(rule: Rule, verdicts: list[Verdict], state: S) -> None:
    votes = [Vote(person, verdict) for person, verdict in enumerate(verdicts)]
    assert consensus(votes, StageSettings(voices=len(votes), rule=rule), len(votes)) is state


@pytest.mark.parametrize(
    ("maybe", "state"),
    [
        (Maybe.OTHERS, S.EXCLUDE),
        (Maybe.INCLUDE, S.CONFLICT),
        (Maybe.CONFLICT, S.CONFLICT),
    ],
)
def test_what_a_maybe_counts_for(maybe: Maybe, state: S) -> None:
    settings = StageSettings(voices=2, maybe=maybe)
    assert consensus([Vote(1, MAY), Vote(2, EX)], settings, 2) is state


def test_a_maybe_that_counts_as_include_agrees_with_one() -> None:
    settings = StageSettings(voices=2, maybe=Maybe.INCLUDE)
    assert consensus([Vote(1, MAY), Vote(2, IN)], settings, 2) is S.INCLUDE


def test_the_share_that_many_read_is_as_asked_and_always_the_same() -> None:
    settings = StageSettings(voices=2, share=0.2)
    drawn = [voices_of(settings, work_id) for work_id in range(10_000)]
    assert drawn == [voices_of(settings, work_id) for work_id in range(10_000)]
    assert set(drawn) == {1, 2}
    assert 0.17 < drawn.count(2) / len(drawn) < 0.23
    more = StageSettings(voices=2, share=0.5)
    assert all(voices_of(more, i) == 2 for i, voices in enumerate(drawn) if voices == 2)


@pytest.mark.parametrize("wrong", [{"voices": 0}, {"voices": 9}, {"share": 1.2}, {"chance": -0.1}])
def test_settings_that_cannot_be_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(Invalid):
        StageSettings(**wrong)  # type: ignore[arg-type]
