"""How many people code a study can be changed at any time without showing or changing a coding."""

import pytest
from sqlalchemy import select

from evidence.coding.answers import Answer
from evidence.coding.which_counts import CodingStage, Moves
from evidence.errors import Invalid, NotAllowed
from evidence.steps.coding import coders, coding, schemes
from evidence.steps.coding.reconcile import reconciling
from evidence.steps.desk import Desk
from evidence.steps.results import coded_studies
from evidence.steps.review import team
from evidence.store import Role, schema
from evidence.store.coding import seen_codings
from evidence.store.coding import studies as kept_studies
from evidence.store.coding.coders import by_lot
from evidence.store.review import people
from tests.conftest import NOW
from tests.steps.coding.test_coding import SCHEME, link_an_included_report
from tests.steps.coding.test_codings_export import OTHER
from tests.steps.conftest import enter


@pytest.fixture
def scheme_id(desk: Desk, bens_desk: Desk) -> int:
    enter(bens_desk)
    return schemes.add(desk, SCHEME, "small.yaml")


@pytest.fixture
def study_id(desk: Desk, scheme_id: int) -> int:
    del scheme_id
    with desk.writing(Role.REVIEWER) as w:
        study_id = kept_studies.create(w, "Drake 1996", [])
    link_an_included_report(desk, study_id)
    return study_id


def code(desk: Desk, study_id: int, stream: str = "outcome") -> None:
    coding.set_answer(desk, study_id, Answer(question="stream", codes=(stream,)))
    coding.complete(desk, study_id)


def counted(desk: Desk, *, drafts: bool = False) -> list[str]:
    found = coded_studies.load(desk, drafts=drafts)
    assert found is not None
    return [study.label for study in found.studies]


def test_with_two_coders_one_alone_counts_nowhere_and_is_seen_by_nobody(
    desk: Desk, bens_desk: Desk, scheme_id: int, study_id: int
) -> None:
    coders.change(desk, scheme_id, 100, before=0)
    code(desk, study_id)
    assert counted(bens_desk) == counted(bens_desk, drafts=True) == []
    assert coded_studies.study_coding(bens_desk, study_id).coding is None
    own = coded_studies.study_coding(desk, study_id).coding
    assert own is not None
    assert own.person == "Anna"
    page = coders.page(desk, scheme_id)
    assert (page.waiting, page.lacking) == (1, 1)
    code(bens_desk, study_id, "outcome")
    found = coded_studies.load(desk)
    assert found is not None
    assert (found.studies, found.to_reconcile) == ((), ("Drake 1996",))
    assert "1 to reconcile (Drake 1996)" in found.sentence
    assert found.nothing_to_show == "To reconcile before it counts: Drake 1996."
    assert coded_studies.study_coding(desk, study_id).stage is CodingStage.TO_RECONCILE


def test_completing_again_does_not_choose_a_winner(
    desk: Desk, bens_desk: Desk, scheme_id: int, study_id: int
) -> None:
    del scheme_id
    code(desk, study_id)
    assert counted(desk) == ["Drake 1996"]
    code(bens_desk, study_id)
    coding.reopen(desk, study_id)
    assert counted(bens_desk) == ["Drake 1996"]  # one coder is asked, and one is complete
    coding.complete(desk, study_id)
    assert counted(desk) == []


def test_a_change_in_the_middle_is_listed_first_and_changes_no_coding(
    desk: Desk, bens_desk: Desk, scheme_id: int, study_id: int
) -> None:
    code(desk, study_id)
    assert coders.preview(desk, scheme_id, 100) == Moves(waiting=1, shown=1)
    assert coders.change(desk, scheme_id, 100, before=0) == Moves(waiting=1, shown=1)
    assert counted(desk) == []
    with pytest.raises(Invalid, match="Anna changed how many people code"):
        coders.change(desk, scheme_id, 50, before=0)
    assert coders.change(desk, scheme_id, 0, before=100) == Moves(counted=1)
    assert counted(desk) == ["Drake 1996"]
    coding.set_answer(bens_desk, study_id, Answer(question="people", value="3"))
    coders.change(desk, scheme_id, 100, before=0)
    coders.change(desk, scheme_id, 0, before=100)
    theirs = coded_studies.study_coding(bens_desk, study_id).coding
    assert theirs is not None
    assert theirs.person == "Ben"  # who is coding it sees nobody else's, whatever is set
    for refused in (-1, 101):
        with pytest.raises(Invalid):
            coders.change(desk, scheme_id, refused, before=0)


def test_what_others_could_read_after_a_change_is_named_and_is_what_they_read(
    desk: Desk, bens_desk: Desk, scheme_id: int, study_id: int
) -> None:
    coders.change(desk, scheme_id, 100, before=0)
    assert coders.opened_by_share(desk, scheme_id, 0) == ()  # nobody has said anything
    code(desk, study_id)
    assert readable(bens_desk, scheme_id) == set()
    assert coders.opened_by_share(desk, scheme_id, 100) == ()
    assert coders.opened_by_share(desk, scheme_id, 0) == ("Drake 1996",)
    coders.give(desk, scheme_id, bens_desk.person_id, [study_id])
    assert coders.opened_by_share(desk, scheme_id, 0) == ()  # it is asked of Ben
    assert coders.opened_by_taking_back(desk, scheme_id, [bens_desk.person_id]) == ()
    coders.change(desk, scheme_id, 0, before=100)
    assert readable(bens_desk, scheme_id) == set()
    told = coders.opened_by_taking_back(desk, scheme_id, [bens_desk.person_id])
    assert told == ("Drake 1996",)
    assert coders.opened_by_taking_back(desk, scheme_id, [desk.person_id]) == ()
    coders.take_back_open(desk, scheme_id, [bens_desk.person_id])
    assert readable(bens_desk, scheme_id) == {study_id}


def readable(desk: Desk, scheme_id: int) -> set[int]:
    """The studies of which somebody can read what others completed."""
    with desk.reading() as c:
        return seen_codings.seen_studies(c, scheme_id, desk.person_id)


def test_what_ending_a_pilot_lets_others_read_is_named(
    desk: Desk, bens_desk: Desk, scheme_id: int, study_id: int
) -> None:
    people = [desk.person_id, bens_desk.person_id]
    pilot = coders.begin_pilot(desk, scheme_id, people, 1)
    code(desk, study_id)
    assert coders.opened_by_taking_back(desk, scheme_id, people) == ()  # pilots go on
    assert coders.opened_by_ending(desk, scheme_id, pilot.id) == ("Drake 1996",)
    coders.end_pilot(desk, scheme_id, pilot.id)
    assert readable(bens_desk, scheme_id) == {study_id}


def test_a_larger_share_only_adds() -> None:
    for lot in range(0, 10_000, 7):
        asked = [by_lot(lot, percent) for percent in range(101)]
        assert asked == sorted(asked)
        assert (asked[0], asked[-1]) == (1, 2)


def test_a_share_is_drawn_once(desk: Desk, scheme_id: int, study_id: int) -> None:
    del study_id  # with its decisions Anna is in the team
    with desk.writing(Role.REVIEWER) as w:
        for number in range(200):
            kept_studies.create(w, f"Study {number}", [], free=set())
        lots = w.connection.execute(schema.study.select()).all()
    assert len({row.lot for row in lots}) > 150
    coders.change(desk, scheme_id, 20, before=0)
    given = coders.divide(desk, scheme_id, {desk.person_id: 1}, seed=7)
    drawn = sum(by_lot(row.lot, 20) == 2 for row in lots)
    assert given.counts == {"Anna": len(lots)}
    assert given.short == drawn  # one person cannot be two
    assert 10 < drawn < 80


def test_studies_are_given_at_random_and_by_hand_and_taken_back(
    desk: Desk, bens_desk: Desk, scheme_id: int, study_id: int
) -> None:
    del study_id
    with desk.writing(Role.REVIEWER) as w:
        ids = [kept_studies.create(w, f"Study {n}", [], free=set()) for n in range(9)]
    both = {desk.person_id: 1.0, bens_desk.person_id: 1.0}
    assert coders.divide(desk, scheme_id, both, seed=1).counts == {"Anna": 5, "Ben": 5}
    with pytest.raises(Invalid, match="No study lacks coders"):
        coders.divide(desk, scheme_id, both)
    page = coders.page(desk, scheme_id)
    assert [(one.name, one.given, one.complete) for one in page.coders] == [
        ("Anna", 5, 0), ("Ben", 5, 0),
    ]  # fmt: skip
    new = coders.give(desk, scheme_id, bens_desk.person_id, ids)
    assert coders.give(desk, scheme_id, bens_desk.person_id, ids) == 0
    asked = {coders.standing_of(desk, scheme_id, one).asked for one in ids}
    assert asked == {1, 2}  # what is given to two is asked of two
    assert new > 0
    assert coders.take_back(desk, scheme_id, bens_desk.person_id, ids) == len(ids)
    with pytest.raises(Invalid, match="not in the team"):
        coders.give(desk, scheme_id, 999, ids)
    with pytest.raises(Invalid, match="not there any more"):
        coders.give(desk, scheme_id, bens_desk.person_id, [999])
    with pytest.raises(NotAllowed):
        coders.give(bens_desk_as_reviewer(bens_desk), scheme_id, desk.person_id, ids)


def bens_desk_as_reviewer(bens_desk: Desk) -> Desk:
    with bens_desk.writing(Role.EDITOR) as w:
        is_ben = schema.member.c.person_id == bens_desk.person_id
        w.connection.execute(schema.member.update().where(is_ben).values(role="reviewer"))
    return bens_desk


def test_who_is_to_code_a_study_sees_nobody_elses_coding_of_it(
    desk: Desk, bens_desk: Desk, scheme_id: int, study_id: int
) -> None:
    code(desk, study_id)
    seen = coded_studies.study_coding(bens_desk, study_id).coding
    assert seen is not None
    coders.give(desk, scheme_id, bens_desk.person_id, [study_id])
    assert coded_studies.study_coding(bens_desk, study_id).coding is None
    coders.take_back(desk, scheme_id, bens_desk.person_id, [study_id])
    assert coded_studies.study_coding(bens_desk, study_id).coding is not None


def test_a_pilot_is_coded_by_all_its_people(
    desk: Desk, bens_desk: Desk, scheme_id: int, study_id: int
) -> None:
    people = [desk.person_id, bens_desk.person_id]
    pilot = coders.begin_pilot(desk, scheme_id, people, 1, seed=3)
    assert (pilot.name, pilot.studies, pilot.is_over) == ("Pilot 1", (study_id,), False)
    code(desk, study_id)
    assert counted(desk) == []
    with pytest.raises(Invalid, match="Only 0 studies"):
        coders.begin_pilot(desk, scheme_id, people, 1)
    with pytest.raises(Invalid, match="at least two people"):
        coders.begin_pilot(desk, scheme_id, people[:1], 1)
    with pytest.raises(Invalid, match="at most 200 characters"):
        coders.begin_pilot(desk, scheme_id, people, 1, name="x" * 1_000_000)
    coders.end_pilot(desk, scheme_id, pilot.id)
    assert counted(desk) == ["Drake 1996"]  # nobody else is asked any more
    with pytest.raises(Invalid, match="over already"):
        coders.end_pilot(desk, scheme_id, pilot.id)


def test_what_is_open_is_taken_back_from_people_but_not_out_of_pilots(
    desk: Desk, bens_desk: Desk, scheme_id: int, study_id: int
) -> None:
    both = [desk.person_id, bens_desk.person_id]
    coders.begin_pilot(desk, scheme_id, both, 1, seed=3)
    with desk.writing(Role.REVIEWER) as w:
        ids = [kept_studies.create(w, f"Study {n}", [], free=set()) for n in range(6)]
    drawn = coders.divide(desk, scheme_id, {desk.person_id: 1, bens_desk.person_id: 2}, most=3)
    assert sum(drawn.counts.values()) == 3
    assert [each.after["seed"] for each in coders.past_draws(desk, scheme_id)] == [drawn.seed]
    coders.give(desk, scheme_id, bens_desk.person_id, ids)
    code(bens_desk, ids[0])
    assert coders.take_back_open(desk, scheme_id, both) == 5 + drawn.counts["Anna"]
    assert coders.take_back_open(desk, scheme_id, both) == 0
    left = {one.name: one.given - one.complete for one in coders.page(desk, scheme_id).coders}
    assert left == {"Anna": 1, "Ben": 1}  # the pilot goes on
    assert coders.standing_of(desk, scheme_id, study_id).asked == 2


def test_what_giving_a_study_changes_is_said_first(
    desk: Desk, bens_desk: Desk, scheme_id: int, study_id: int
) -> None:
    code(desk, study_id)
    second = coders.preview_give(desk, scheme_id, bens_desk.person_id, [study_id])
    assert second == Moves(waiting=1, shown=1)
    assert coders.preview_give(desk, scheme_id, desk.person_id, [study_id]) == Moves()
    coders.give(desk, scheme_id, bens_desk.person_id, [study_id])
    assert counted(desk) == []


def test_who_is_not_asked_does_not_stand_for_who_is(
    desk: Desk, bens_desk: Desk, scheme_id: int, study_id: int
) -> None:
    asked = [desk.person_id, bens_desk.person_id]
    coders.begin_pilot(desk, scheme_id, asked, 1, seed=3)
    third = somebody_else(desk, "Cleo")
    code(desk, study_id)
    code(third, study_id)
    assert coders.standing_of(desk, scheme_id, study_id).stage is CodingStage.TO_CODE
    for each in (desk, bens_desk, third):
        assert counted(each) == []
        with pytest.raises(NotAllowed, match="2 of 3"):
            reconciling.sheet(each, study_id, scheme_id)
    with bens_desk.reading() as c:
        may = seen_codings.may_see(bens_desk.person_id)
        assert c.execute(select(schema.coding.c.id).where(may)).all() == []


def somebody_else(desk: Desk, name: str) -> Desk:
    with desk.store.writing_outside() as c:
        person = people.add(c, name, NOW)
    other = Desk(store=desk.store, review_id=desk.review_id, person_id=person.id)
    enter(other)
    return other


def test_who_is_coding_a_study_sees_nothing_of_it_in_any_figure(
    desk: Desk, bens_desk: Desk, scheme_id: int, study_id: int
) -> None:
    code(desk, study_id)
    assert counted(bens_desk) == ["Drake 1996"]
    coding.set_answer(bens_desk, study_id, Answer(question="people", value="3"))
    found = coded_studies.load(bens_desk)
    assert found is not None
    assert (found.studies, found.hidden) == ((), ("Drake 1996",))
    assert "1 hidden from you until your own coding is complete (Drake 1996)" in found.sentence
    assert found.nothing_to_show.startswith("What others say of Drake 1996 is hidden from you")
    assert found.scheme.title in found.nothing_to_show
    assert counted(desk) == ["Drake 1996"]
    other = somebody_else(desk, "Cleo")
    coders.give(desk, scheme_id, other.person_id, [study_id])
    assert counted(other) == counted(desk) == []  # another coder is asked, so it waits for them


def test_of_who_left_nothing_is_asked(
    desk: Desk, bens_desk: Desk, scheme_id: int, study_id: int
) -> None:
    coders.change(desk, scheme_id, 100, before=0)
    coders.give(desk, scheme_id, bens_desk.person_id, [study_id])
    coding.set_answer(bens_desk, study_id, Answer(question="people", value="3"))
    code(desk, study_id)
    assert coders.page(desk, scheme_id).lacking == 0
    team.take_out(desk, bens_desk.person_id)
    assert coders.page(desk, scheme_id).lacking == 1
    coders.change(desk, scheme_id, 0, before=100)
    assert counted(desk) == ["Drake 1996"]


def test_a_draft_hides_only_what_others_say_with_its_scheme(
    desk: Desk, bens_desk: Desk, scheme_id: int, study_id: int
) -> None:
    other_id = schemes.add(desk, OTHER, "other.yaml")
    code(desk, study_id)
    coding.set_answer(bens_desk, study_id, Answer(question="people", value="3"), other_id)
    assert counted(bens_desk) == ["Drake 1996"]
    read = coded_studies.study_coding(bens_desk, study_id).coding
    assert read is not None
    assert read.person == "Anna"
    code(somebody_else(desk, "Cleo"), study_id, "outcome")
    sheet = reconciling.sheet(bens_desk, study_id, scheme_id)
    assert [one.person for one in sheet.codings] == ["Anna", "Cleo"]
    coding.set_answer(desk, study_id, Answer(question="people", value="4"), other_id)
    coding.complete(desk, study_id, other_id)
    assert readable(bens_desk, scheme_id) == {study_id}
    assert readable(bens_desk, other_id) == set()  # of this one he has a draft
    with bens_desk.reading() as c:
        unheard = [
            seen_codings.unheard_studies(c, each, bens_desk.person_id)
            for each in (scheme_id, other_id)
        ]
    assert unheard == [set(), {study_id}]
