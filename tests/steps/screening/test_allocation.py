"""Giving out records: each to as many people as must read it, and to nobody twice."""

from collections import Counter

import pytest

from evidence.errors import Invalid
from evidence.screening.stage_settings import StageSettings
from evidence.screening.verdicts import State
from evidence.steps.desk import Desk
from evidence.steps.review import team
from evidence.steps.screening import (
    allocation,
    decisions,
    pilots,
    screening_history,
    stage_settings,
)
from evidence.store.screening import assignments
from evidence.store.screening.pilots import Pilot
from tests.conftest import a_reading, keep
from tests.steps.conftest import taken
from tests.steps.screening.deciding import IN, ONE, TA, TWO, say, say_unasked

WORKS = 12
ASSIGNED = StageSettings(pulls=False)
PAIRS = StageSettings(voices=2, pulls=False)


class Team:
    """Anna, Ben and Cleo, who read only what is assigned to them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        keep(desk.store, desk.person_id, desk.review_id, a_reading(*map(str, range(WORKS))))
        for name in ("Anna", "Ben", "Cleo"):
            team.add(desk, name)
        self.ids = {name: i for i, name in team.names(desk).items()}
        self.choose(ASSIGNED)

    def choose(self, chosen: StageSettings) -> None:
        stage_settings.change(self.desk, TA, chosen, stage_settings.current(self.desk, TA))

    def at(self, name: str) -> Desk:
        desk = self.desk
        return Desk(store=desk.store, review_id=desk.review_id, person_id=self.ids[name])

    def waits(self, name: str) -> list[int]:
        taken(self.at(name), TA)  # whoever opens the page and may take from the queue
        with self.desk.reading() as c:
            return assignments.waiting(c, self.desk.review_id, TA, self.ids[name], 100)

    def divide(self, seed: int = 1, **shares: float) -> allocation.Division:
        given = {self.ids[name]: share for name, share in shares.items()}
        return allocation.divide(self.desk, TA, given, seed=seed)


@pytest.fixture
def trio(desk: Desk) -> Team:
    return Team(desk)


def test_nobody_gets_what_nobody_gave_them(trio: Team) -> None:
    assert trio.waits("Anna") == []
    assert allocation.shortage(trio.desk, TA) == allocation.Shortage(works=WORKS, readings=WORKS)


def test_works_are_divided_evenly_and_each_goes_to_one(trio: Team) -> None:
    dealt = trio.divide(Anna=1, Ben=1, Cleo=1)
    assert dealt.counts == {"Anna": 4, "Ben": 4, "Cleo": 4}
    assert dealt.short == 0
    got = [work_id for name in trio.ids for work_id in trio.waits(name)]
    assert len(got) == len(set(got)) == WORKS
    assert allocation.shortage(trio.desk, TA).works == 0
    with pytest.raises(Invalid, match="nothing to divide"):
        trio.divide(Anna=1)


def test_works_are_divided_by_shares_and_again_by_the_same_seed(trio: Team) -> None:
    assert trio.divide(seed=7, Anna=2, Ben=1).counts == {"Anna": 8, "Ben": 4}
    first = trio.waits("Anna")
    assert allocation.unassign(trio.desk, TA, trio.ids.values()) == WORKS
    assert trio.waits("Anna") == []
    trio.divide(seed=7, Anna=2, Ben=1)
    assert sorted(trio.waits("Anna")) == sorted(first)
    newest = allocation.past_divisions(trio.desk, TA)[0].after
    assert (newest["seed"], newest["given"]) == (7, {"Anna": 8, "Ben": 4})


def test_in_pairs_each_work_goes_to_two_different_people(trio: Team) -> None:
    trio.choose(PAIRS)
    trio.divide(Anna=1, Ben=1, Cleo=1)
    got = Counter(work_id for name in trio.ids for work_id in set(trio.waits(name)))
    assert set(got.values()) == {2}
    assert [len(trio.waits(name)) for name in trio.ids] == [8, 8, 8]


def test_too_few_people_are_told_of_and_more_can_follow(trio: Team) -> None:
    trio.choose(PAIRS)
    assert trio.divide(Anna=1).short == WORKS
    assert allocation.shortage(trio.desk, TA).readings == WORKS
    assert trio.divide(Ben=1).short == 0


def test_what_was_decided_or_taken_is_not_given_again(trio: Team) -> None:
    trio.choose(ONE)
    held = trio.waits("Anna")  # all of them
    say(trio.at("Anna"), held[0], IN)
    with pytest.raises(Invalid, match="nothing to divide"):
        trio.divide(Ben=1)
    allocation.unassign(trio.desk, TA, [trio.ids["Anna"]])
    trio.divide(Ben=1)
    assert sorted(trio.waits("Ben")) == sorted(held[1:])


def test_works_are_given_by_hand_by_words_or_one_by_one(trio: Team) -> None:
    total, lines = allocation.search(trio.desk, TA, "1", 100)
    assert total == len(lines) == 3  # 1, 10, 11
    ben = trio.ids["Ben"]
    done = allocation.assign(trio.desk, TA, ben, ids=[lines[0].id])
    assert done == allocation.AssignOutcome(assigned=1, left_out=0)
    done = allocation.assign(trio.desk, TA, ben, words="1")
    assert done == allocation.AssignOutcome(assigned=2, left_out=1)
    done = allocation.assign(trio.desk, TA, trio.ids["Cleo"], words="1")
    assert done == allocation.AssignOutcome(assigned=0, left_out=3)
    with pytest.raises(Invalid, match="has these words"):
        allocation.assign(trio.desk, TA, ben, words="elephant")


def test_nobody_outside_the_team_gets_anything(trio: Team) -> None:
    team.take_out(trio.desk, trio.ids["Ben"])
    with pytest.raises(Invalid, match="not in the team any more"):
        trio.divide(Ben=1)
    with pytest.raises(Invalid, match="not in the team any more"):
        allocation.assign(trio.desk, TA, trio.ids["Ben"], words="1")
    with pytest.raises(Invalid, match="not in the team any more"):
        pilots.begin(trio.desk, TA, [trio.ids["Anna"], trio.ids["Ben"]], 2)
    with pytest.raises(Invalid, match="at least one person"):
        trio.divide(Anna=0)


def test_who_leaves_in_the_middle_leaves_works_that_can_be_divided(trio: Team) -> None:
    trio.divide(Anna=1, Ben=1)
    say(trio.at("Ben"), trio.waits("Ben")[0], IN)
    assert team.departure(trio.desk, trio.ids["Ben"]) == team.Departure(
        decided=1, held=5, unread=5, closed=0
    )
    team.take_out(trio.desk, trio.ids["Ben"])
    assert "5 open works wait for nobody" in " ".join(stage_settings.warnings(trio.desk, TA))
    assert trio.divide(Cleo=1).counts == {"Cleo": 5}


# ── pilots ────────────────────────────────────────────────────────────────────────────────────────


def pilot(trio: Team, size: int, *names: str, **more: object) -> Pilot:
    people = [trio.ids[name] for name in names]
    return pilots.begin(trio.desk, TA, people, size, **more)  # type: ignore[arg-type]


def test_all_of_a_pilot_read_the_same_sample(trio: Team) -> None:
    made = pilot(trio, 4, "Anna", "Ben", seed=3)
    assert (made.works, made.decided, made.over, made.name) == (4, 0, False, "Pilot 1")
    sample = trio.waits("Anna")
    assert sample == trio.waits("Ben")
    assert trio.waits("Cleo") == []
    for work_id in sample:
        say(trio.at("Anna"), work_id, IN)
    (now,) = pilots.listing(trio.desk, TA)
    assert [(one.name, one.done, one.waiting) for one in now.readers] == [
        ("Anna", 4, 0),
        ("Ben", 0, 4),
    ]
    for work_id in sample:
        say(trio.at("Ben"), work_id, IN)
    (now,) = pilots.listing(trio.desk, TA)
    assert (now.over, now.decided) == (True, 4)
    with pytest.raises(Invalid, match="over already"):
        pilots.end(trio.desk, TA, now.id)


def test_everybody_sees_what_is_left_of_a_pilot_for_them(trio: Team) -> None:
    def part(name: str) -> list[tuple[int, int, int]]:
        found = pilots.own(trio.at(name), TA)
        return [(one.works, one.waiting, one.waiting_for_others) for one in found]

    assert part("Anna") == []
    pilot(trio, 3, "Anna", "Ben")
    first, *rest = trio.waits("Anna")
    say(trio.at("Anna"), first, IN)
    assert part("Anna") == [(3, 2, 3)]
    assert part("Ben") == [(3, 3, 2)]
    assert part("Cleo") == []
    for work_id in rest:
        say(trio.at("Anna"), work_id, IN)
    assert part("Anna") == [(3, 0, 3)]
    assert part("Ben") == [(3, 3, 0)]


def test_a_second_pilot_takes_other_works(trio: Team) -> None:
    pilot(trio, 5, "Anna", "Ben")
    first = set(trio.waits("Anna"))
    pilot(trio, 7, "Anna", "Ben", "Cleo")
    assert not first & set(trio.waits("Cleo"))
    with pytest.raises(Invalid, match="Only 0 open works are left"):
        pilot(trio, 1, "Anna", "Ben")
    assert len(pilots.listing(trio.desk, TA)) == 2


def test_a_pilot_leaves_alone_what_was_decided_or_belongs_to_others(trio: Team) -> None:
    first, second = (line.id for line in allocation.search(trio.desk, TA, "", 2)[1])
    say_unasked(trio.at("Anna"), first, IN)
    allocation.assign(trio.desk, TA, trio.ids["Cleo"], ids=[second])
    made = pilot(trio, WORKS - 2, "Anna", "Ben")
    assert made.works == WORKS - 2
    assert not {first, second} & set(trio.waits("Anna"))
    assert trio.waits("Cleo") == [second]


@pytest.mark.parametrize(
    ("size", "names", "message"),
    [
        (2, ("Anna",), "at least two people"),
        (0, ("Anna", "Ben"), "1 to 1,000"),
        (WORKS + 1, ("Anna", "Ben"), "Only 12 open works"),
    ],
)
def test_pilots_that_cannot_be_are_refused(
    trio: Team, size: int, names: tuple[str, ...], message: str
) -> None:
    with pytest.raises(Invalid, match=message):
        pilot(trio, size, *names)
    assert pilots.listing(trio.desk, TA) == []


def test_a_name_stands_for_one_round(trio: Team) -> None:
    pilot(trio, 1, "Anna", "Ben", name="Practice")
    with pytest.raises(Invalid, match="“Practice” already"):
        pilot(trio, 1, "Anna", "Ben", name=" Practice ")


def test_an_outsider_in_between_neither_ends_nor_opens_a_pilot(trio: Team) -> None:
    trio.choose(ONE)
    (only,) = trio.waits("Cleo")[:1]
    allocation.unassign(trio.desk, TA, [trio.ids["Cleo"]])
    pilot(trio, WORKS, "Anna", "Ben")
    with pytest.raises(Invalid, match="given to others"):
        say(trio.at("Cleo"), only, IN)  # her page still showed it
    say_unasked(trio.at("Cleo"), only, IN)
    say(trio.at("Anna"), only, IN, note="secret")
    assert only in trio.waits("Ben")
    assert [one.person for one in decisions.history(trio.at("Ben"), only)[1]] == []
    say(trio.at("Ben"), only, IN)
    assert decisions.tally(trio.desk, TA)[State.INCLUDE] == 1


def test_a_pilot_ends_early_and_gives_back_what_nobody_read(trio: Team) -> None:
    trio.choose(TWO)
    made = pilot(trio, 3, "Anna", "Ben", "Cleo")
    first, *others = trio.waits("Anna")
    say(trio.at("Anna"), first, IN)
    pilots.end(trio.desk, TA, made.id)
    (now,) = pilots.listing(trio.desk, TA)
    assert (now.over, now.works) == (True, 1)
    tally = decisions.tally(trio.desk, TA)
    assert tally[State.INCLUDE] == 1
    assert set(others) <= set(trio.waits("Ben"))


def test_who_leaves_a_pilot_does_not_hold_it_up(trio: Team) -> None:
    pilot(trio, 2, "Anna", "Ben", "Cleo")
    for name in ("Anna", "Ben"):
        for work_id in trio.waits(name):
            say(trio.at(name), work_id, IN)
    team.take_out(trio.desk, trio.ids["Cleo"])
    (now,) = pilots.listing(trio.desk, TA)
    assert (now.over, now.decided) == (True, 2)


def test_a_report_is_told_of_pilots_and_of_changes_in_the_middle(trio: Team) -> None:
    made = pilot(trio, 3, "Anna", "Ben")
    assert (
        screening_history.happened(trio.desk, TA) == ""
    )  # under way, and chosen before anybody decided
    sample = trio.waits("Anna")
    for name in ("Anna", "Ben"):
        for work_id in sample:
            say(trio.at(name), work_id, IN)
    assert pilots.listing(trio.desk, TA)[0].id == made.id
    told = "In a pilot, 3 records were read by 2 people."
    assert screening_history.happened(trio.desk, TA) == told
    now = stage_settings.current(trio.desk, TA)
    stage_settings.change(trio.desk, TA, now, now)
    assert screening_history.happened(trio.desk, TA) == told
    stage_settings.change(trio.desk, TA, StageSettings(voices=3), now)
    change = stage_settings.history(trio.desk, TA)[0].at
    assert screening_history.happened(trio.desk, TA) == (
        f"{told} How this stage was screened was changed on {change:%Y-%m-%d} (UTC), when "
        "decisions on 3 records had been made."
    )


def test_a_pilot_that_was_ended_early_is_told_as_such(trio: Team) -> None:
    made = pilot(trio, 3, "Anna", "Ben")
    first, *rest = trio.waits("Anna")
    for work_id in (first, *rest):
        say(trio.at("Anna"), work_id, IN)
    say(trio.at("Ben"), first, IN)
    pilots.end(trio.desk, TA, made.id)
    assert screening_history.happened(trio.desk, TA) == (
        "In a pilot, 3 records were read by 2 people, though not all of them by everybody."
    )
    nothing = pilot(trio, 2, "Anna", "Ben")
    pilots.end(trio.desk, TA, nothing.id)
    assert screening_history.happened(trio.desk, TA).count("In a pilot") == 1
