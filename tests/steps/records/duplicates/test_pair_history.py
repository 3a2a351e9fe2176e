"""Several people settle pairs at the same time; nothing that anybody said is lost."""

import random
from string import ascii_lowercase

import pytest

from evidence import dedupe
from evidence.errors import Invalid, NotAllowed
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates import duplicates, pair_history
from evidence.steps.records.importing import imports
from tests.conftest import keep
from tests.steps.conftest import enter
from tests.steps.records.duplicates.pairs import entry, import_pairs, reading

Ids = duplicates.Ids


@pytest.fixture
def pairs(desk: Desk) -> list[Ids]:
    found = import_pairs(desk)
    assert len(found) == 3
    return found


def said(desk: Desk) -> list[tuple[str, str, int]]:
    return [(act.person, act.verdict, act.standing) for act, _ in pair_history.history(desk)]


def stands(desk: Desk, ids: Ids) -> tuple[str, str | None]:
    pair = duplicates.pair(desk, ids)
    assert pair is not None
    return pair.verdict.verdict, pair.verdict.person


def test_undo_takes_back_the_last_of_ones_own(
    desk: Desk, bens_desk: Desk, pairs: list[Ids]
) -> None:
    enter(bens_desk)
    assert pair_history.mine(desk) is None
    duplicates.answer(desk, pairs[0], "same")
    duplicates.answer(desk, pairs[1], "different")
    duplicates.answer(bens_desk, pairs[2], "same")
    last = pair_history.mine(desk)
    assert last is not None
    assert (last.said.verdict.pair, last.said.verdict.verdict) == (pairs[1], "different")
    assert last.said.titles[0] == last.said.titles[1]
    pair_history.take_back_act(desk, last.said.verdict.id)
    assert stands(desk, pairs[1]) == ("possible", None)
    last = pair_history.mine(desk)
    assert last is not None
    assert last.said.verdict.pair == pairs[0]
    pair_history.take_back_act(desk, last.said.verdict.id)
    assert pair_history.mine(desk) is None
    assert [one.pair for one in duplicates.waiting(desk)] == pairs[:2]
    assert duplicates.state(desk).works == 5


def test_who_comes_second_to_a_pair_is_told(desk: Desk, bens_desk: Desk, pairs: list[Ids]) -> None:
    enter(bens_desk)
    duplicates.answer(desk, pairs[0], "same")
    with pytest.raises(NotAllowed, match="Anna decided this pair a moment ago: same"):
        duplicates.answer(bens_desk, pairs[0], "different")
    duplicates.answer(bens_desk, pairs[0], "same")  # both agree: nothing to tell, nothing to add
    assert said(desk) == [("Anna", "same", 1)]


def test_taking_back_what_came_last_uncovers_what_was_said_before(
    desk: Desk, bens_desk: Desk, pairs: list[Ids]
) -> None:
    enter(bens_desk)
    duplicates.answer(desk, pairs[0], "same")
    duplicates.decide(bens_desk, pairs[0], "different")
    assert stands(desk, pairs[0]) == ("different", "Ben")
    assert duplicates.state(desk).works == 6
    bens = pair_history.mine(bens_desk)
    assert bens is not None
    assert pair_history.mine(desk) is None  # Anna's does not count now
    pair_history.take_back_act(desk, bens.said.verdict.id)  # one undoes what the other decided
    assert stands(desk, pairs[0]) == ("same", "Anna")
    assert duplicates.state(desk).works == 5
    with pytest.raises(NotAllowed, match="nothing was done"):
        pair_history.take_back_act(bens_desk, bens.said.verdict.id)
    assert stands(desk, pairs[0]) == ("same", "Anna")
    assert said(desk) == [("Anna", "withdrawn", 0), ("Ben", "different", 0), ("Anna", "same", 1)]


def test_works_that_were_joined_through_other_records_do_not_wait(
    desk: Desk, bens_desk: Desk, pairs: list[Ids]
) -> None:
    """An answer to a page drawn before would tear apart what somebody has just put together."""
    enter(bens_desk)
    twin = [entry("gardens", 0, pages="1-9")]
    keep(desk.store, desk.person_id, desk.review_id, reading("c.ris", twin), "c")
    duplicates.run(desk)
    (join,) = duplicates.joins(desk, 0, 5)
    shown = next(one.pair for one in duplicates.waiting(desk) if join.work_id in one.works)
    (inside,) = {record.id for record in join.records} & set(shown)
    (outside,) = set(shown) - {inside}
    other = next(record.id for record in join.records if record.id != inside)
    duplicates.decide(bens_desk, (other, outside), "same")
    with pytest.raises(NotAllowed, match="do not wait"):
        duplicates.answer(desk, shown, "different")
    assert [len(one.records) for one in duplicates.joins(desk, 0, 5)] == [3]


def test_a_change_of_mind_is_undone_step_by_step(desk: Desk, pairs: list[Ids]) -> None:
    for verdict in ("same", "different", "same"):
        duplicates.decide(desk, pairs[0], verdict)
    for before in (("different", "Anna"), ("same", "Anna"), ("possible", None)):
        last = pair_history.mine(desk)
        assert last is not None
        pair_history.take_back(desk, [last.said.verdict.id])
        assert stands(desk, pairs[0]) == before


def test_a_batch_leaves_alone_what_others_decided_meanwhile(
    desk: Desk, bens_desk: Desk, pairs: list[Ids]
) -> None:
    enter(bens_desk)
    duplicates.answer(bens_desk, pairs[1], "different", "other samples")
    assert duplicates.answer_all(desk, pairs, "same", "after a look at 3") == 2
    assert stands(desk, pairs[1]) == ("different", "Ben")
    assert duplicates.answer_all(desk, pairs, "same") == 0
    last = pair_history.mine(desk)
    assert last is not None
    assert last.pairs == 2
    duplicates.decide(bens_desk, pairs[0], "different")  # of the batch, Ben changes one
    assert pair_history.take_back_act(desk, last.said.verdict.id) == 1
    assert stands(desk, pairs[0]) == ("different", "Ben")
    assert stands(desk, pairs[2]) == ("possible", None)


def test_the_pairs_of_an_act_are_taken_back_one_by_one(desk: Desk, pairs: list[Ids]) -> None:
    duplicates.answer_all(desk, pairs, "same", "together")
    ((act, _),) = pair_history.history(desk)
    assert (act.pairs, act.standing, pair_history.count(desk)) == (3, 3, 1)
    one, *_ = pair_history.pairs_of(desk, act.id, 50)
    pair_history.take_back(desk, [one.verdict.id])
    assert stands(desk, one.verdict.pair) == ("possible", None)
    with pytest.raises(NotAllowed):
        pair_history.take_back(desk, [one.verdict.id])
    with pytest.raises(NotAllowed):
        pair_history.take_back(desk, [10_000])


def test_who_decides_while_the_rules_run_is_heard(
    desk: Desk, bens_desk: Desk, pairs: list[Ids], monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(bens_desk)
    find = dedupe.find

    def slow(*args: object, **given: object) -> dedupe.DedupeResult:
        result = find(*args, **given)  # type: ignore[arg-type]
        if given.get("new") is None:  # the run itself, not the joining after a decision
            duplicates.answer(bens_desk, pairs[0], "same", "while the rules ran")
        return result

    monkeypatch.setattr(dedupe, "find", slow)
    state = duplicates.run(desk)
    monkeypatch.undo()
    assert (state.works, state.possible) == (5, 2)
    assert stands(desk, pairs[0]) == ("same", "Ben")
    assert duplicates.run(desk) == state


def test_an_import_that_is_undone_while_the_rules_run_stays_away(
    desk: Desk, bens_desk: Desk, pairs: list[Ids], monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(bens_desk)
    extra = [entry("gardens", 0), entry("gardens", 1)]
    file_id = keep(desk.store, desk.person_id, desk.review_id, reading("c.ris", extra), "c")
    find = dedupe.find

    def slow(*args: object, **given: object) -> dedupe.DedupeResult:
        result = find(*args, **given)  # type: ignore[arg-type]
        if given.get("new") is None:
            imports.undo(bens_desk, file_id)
        return result

    monkeypatch.setattr(dedupe, "find", slow)
    state = duplicates.run(desk)
    monkeypatch.undo()
    assert (state.records, state.works, state.possible, state.new) == (6, 6, 3, 0)


def test_a_pair_whose_import_was_undone_is_gone(desk: Desk, pairs: list[Ids]) -> None:
    (second,) = [h for h in imports.history(desk) if h.files[0].name == "b.ris"]
    imports.undo(desk, second.files[0].id)
    assert duplicates.waiting(desk) == []
    assert duplicates.pair(desk, pairs[0]) is None
    with pytest.raises(Invalid, match="import was undone"):
        duplicates.answer(desk, pairs[0], "same")
    assert duplicates.answer_all(desk, pairs, "same") == 0
    assert said(desk) == []


def test_a_note_is_kept_as_it_was_written(desk: Desk, pairs: list[Ids]) -> None:
    note = "<script>alert('x')</script> *bold* \n next"
    duplicates.answer(desk, pairs[0], "same", note + "y" * 5000)
    ((act, _),) = pair_history.history(desk)
    assert act.note.startswith("<script>alert('x')</script> *bold* next")
    assert len(act.note) == duplicates.LONGEST_NOTE
    (join,) = duplicates.joins(desk, 0, 5)
    assert "<script>" in join.why[0]


def test_more_pairs_than_one_query_can_name_are_decided_and_taken_back_together(desk: Desk) -> None:
    rnd = random.Random(4)  # noqa: S311 - the same words in every run
    many = import_pairs(desk, ["".join(rnd.choices(ascii_lowercase, k=12)) for _ in range(1100)])
    assert len(many) == 1100
    assert duplicates.answer_all(desk, many, "same", "one title, two names of a journal") == len(
        many
    )
    state = duplicates.state(desk)
    assert (state.possible, state.removed) == (0, len(many))
    last = pair_history.mine(desk)
    assert last is not None
    assert last.pairs == len(many)
    assert pair_history.take_back_act(desk, last.said.verdict.id) == len(many)
    assert duplicates.state(desk).removed == 0
