"""Agreement rests on what people said blind, and tells nothing of open works."""

import pytest

from evidence.screening.stage_settings import StageSettings
from evidence.screening.verdicts import State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.review import team
from evidence.steps.screening import agreement, allocation, conflicts, decisions, pilots
from evidence.steps.screening.agreement import MAIN, Maybes
from evidence.store.screening.decisions import DISCUSSION
from tests.steps.screening.deciding import EX, IN, MAYBE, TA
from tests.steps.screening.deciding import say_unasked as say
from tests.steps.screening.test_allocation import PAIRS, Team

SAID = {"Anna": [IN, IN, EX, EX, EX, MAYBE], "Ben": [IN, EX, EX, EX, EX, IN]}


@pytest.fixture
def trio(desk: Desk) -> Team:
    made = Team(desk)
    made.choose(PAIRS)
    return made


@pytest.fixture
def ids(trio: Team) -> list[int]:
    return [line.id for line in allocation.search(trio.desk, TA, "", 100)[1]]


def decide(trio: Team, ids: list[int], **said: list[Verdict]) -> None:
    for name, verdicts in said.items():
        for work_id, verdict in zip(ids, verdicts, strict=False):
            say(trio.at(name), work_id, verdict)


def test_a_pair_is_measured_on_what_both_read(trio: Team, ids: list[int]) -> None:
    decide(trio, ids, **SAID)
    found = agreement.measure(trio.desk, TA)
    (pair,) = found.pairs
    assert (pair.first, pair.second, pair.figures.both, pair.figures.agreed) == (
        "Anna",
        "Ben",
        6,
        4,
    )
    assert pair.figures.percent == pytest.approx(4 / 6)
    assert found.disputed == [ids[1], ids[5]]
    assert found.verdicts[ids[5]] == {"Anna": MAYBE, "Ben": IN}
    as_include = agreement.measure(trio.desk, TA, maybes=Maybes.INCLUDE)
    assert as_include.pairs[0].figures.agreed == 5
    # 2x2 of include 2, 1 apart, exclude 3: po 5/6, pe 1/2 (Cohen 1960)
    assert as_include.pairs[0].figures.kappa is not None
    assert as_include.pairs[0].figures.kappa.kappa == pytest.approx(2 / 3)
    assert as_include.pairs[0].figures.pabak == pytest.approx(2 / 3)
    assert agreement.measure(trio.desk, TA, maybes=Maybes.LEFT_OUT).works == 5


def test_pabak_counts_the_same_categories_in_every_row(trio: Team, ids: list[int]) -> None:
    """By hand: (k·po - 1) / (k - 1). Anna and Ben agree on 3 of 4, Anna and Cleo on 5 of 6; only
    Anna and Ben said maybe.
    """
    decide(trio, ids[:4], Anna=[IN, EX, MAYBE, EX], Ben=[IN, EX, MAYBE, IN])
    six = [IN, EX, EX, EX, EX, EX]
    decide(trio, ids[4:10], Anna=six, Cleo=[*six[:5], IN])
    own = agreement.measure(trio.desk, TA)
    assert own.categories == (IN, EX, MAYBE)
    assert [pair.figures.codes for pair in own.pairs] == [(IN, EX, MAYBE)] * 2
    assert pabak(own) == [
        pytest.approx(0.625),  # (3 · 3/4 - 1) / 2
        pytest.approx(0.75),  # (3 · 5/6 - 1) / 2, and not (2 · 5/6 - 1) / 1 = 0.667
    ]
    as_include = agreement.measure(trio.desk, TA, maybes=Maybes.INCLUDE)
    assert as_include.categories == (IN, EX)
    assert pabak(as_include) == [
        pytest.approx(0.5),  # 2 · 3/4 - 1
        pytest.approx(2 / 3),  # 2 · 5/6 - 1
    ]
    left_out = agreement.measure(trio.desk, TA, maybes=Maybes.LEFT_OUT)
    assert left_out.categories == (IN, EX)
    assert pabak(left_out) == [
        pytest.approx(1 / 3),  # on three works: 2 · 2/3 - 1
        pytest.approx(2 / 3),
    ]


def pabak(found: agreement.Agreement) -> list[float | None]:
    return [pair.figures.pabak for pair in found.pairs]


def test_open_works_tell_nothing(trio: Team, ids: list[int]) -> None:
    decide(trio, ids, Anna=[IN, EX, EX])
    assert agreement.measure(trio.at("Ben"), TA).works == 0
    decide(trio, ids, Ben=[IN])
    found = agreement.measure(trio.at("Ben"), TA)
    assert (found.works, found.disputed) == (1, [])


def test_kappa_has_no_value_where_all_said_the_same(trio: Team, ids: list[int]) -> None:
    decide(trio, ids, Anna=[EX] * 5, Ben=[EX] * 5)
    found = agreement.measure(trio.desk, TA)
    figures = found.pairs[0].figures
    assert figures.percent == 1
    assert figures.kappa is not None
    assert figures.kappa.kappa is None
    assert found.alpha is None


def test_changing_people_make_pairs_of_what_they_share(trio: Team, ids: list[int]) -> None:
    decide(trio, ids[:3], Anna=[IN, EX, EX], Ben=[IN, EX, IN])
    decide(trio, ids[3:5], Anna=[EX, EX], Cleo=[EX, IN])
    team.take_out(trio.desk, trio.ids["Ben"])
    found = agreement.measure(trio.desk, TA)
    assert [(one.first, one.second, one.figures.both) for one in found.pairs] == [
        ("Anna", "Ben", 3),
        ("Anna", "Cleo", 2),
    ]
    assert found.works == 5
    assert found.alpha is not None


def test_what_is_changed_or_settled_later_does_not_count(trio: Team, ids: list[int]) -> None:
    decide(trio, ids, Anna=[IN, EX], Ben=[EX, IN])
    before = agreement.measure(trio.desk, TA)
    ends = conflicts.Resolution(verdict=IN, how=DISCUSSION)
    conflicts.resolve(trio.at("Ben"), TA, ids[0], ends)
    say(trio.at("Ben"), ids[1], EX)  # after he could see what Anna said
    assert decisions.tally(trio.desk, TA)[State.CONFLICT] == 0
    assert agreement.measure(trio.desk, TA).pairs == before.pairs
    say(trio.at("Cleo"), ids[0], EX)
    assert agreement.measure(trio.desk, TA).pairs == before.pairs


def test_a_slip_that_is_undone_does_not_count(trio: Team, ids: list[int]) -> None:
    decide(trio, ids, Anna=[IN], Ben=[EX])
    say(trio.at("Ben"), ids[0], Verdict.WITHDRAWN)
    say(trio.at("Ben"), ids[0], IN)
    assert agreement.measure(trio.desk, TA).pairs[0].figures.agreed == 1


def test_rounds_are_measured_apart(trio: Team, ids: list[int]) -> None:
    made = pilots.begin(trio.desk, TA, [trio.ids["Anna"], trio.ids["Ben"]], 3)
    sample = trio.waits("Anna")
    decide(trio, sample, Anna=[IN, IN, IN], Ben=[IN, IN, EX])
    others = [one for one in ids if one not in sample]
    decide(trio, others, Anna=[EX, EX], Ben=[EX, EX])
    assert agreement.measure(trio.desk, TA, made.id).works == 3
    assert agreement.measure(trio.desk, TA, MAIN).works == 2
    assert agreement.measure(trio.desk, TA).works == 5
    assert agreement.titles(trio.desk, sample[:1]).keys() == {sample[0]}


def test_one_reader_alone_has_nobody_to_agree_with(trio: Team, ids: list[int]) -> None:
    trio.choose(StageSettings())
    decide(trio, ids, Anna=[IN, EX])
    assert agreement.measure(trio.desk, TA).works == 0
