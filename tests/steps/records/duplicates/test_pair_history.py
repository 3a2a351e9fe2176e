"""Several people settle pairs at the same time; nothing that anybody said is lost."""

import random
from string import ascii_lowercase

import pytest

from evidence import deduplication
from evidence.errors import Invalid, NotAllowed
from evidence.steps.desk import Desk
from evidence.steps.records import sources
from evidence.steps.records.duplicates import duplicates, merged_works, pair_history, record_pairs
from evidence.steps.records.importing import imports
from tests.conftest import keep
from tests.steps.conftest import enter
from tests.steps.records.duplicates.pairs import entry, import_pairs, reading

Ids = record_pairs.Ids


@pytest.fixture
def pairs(desk: Desk) -> list[Ids]:
    found = import_pairs(desk)
    assert len(found) == 3
    return found


def said(desk: Desk) -> list[tuple[str, str, int]]:
    return [(act.person, act.verdict, act.standing) for act, _ in pair_history.history(desk)]


def stands(desk: Desk, ids: Ids) -> tuple[str, str | None]:
    pair = record_pairs.get(desk, ids)
    assert pair is not None
    return pair.verdict.verdict, pair.verdict.person


def test_undo_takes_back_the_last_of_ones_own(
    desk: Desk, bens_desk: Desk, pairs: list[Ids]
) -> None:
    enter(bens_desk)
    assert pair_history.newest_own(desk) is None
    record_pairs.answer(desk, pairs[0], "same")
    record_pairs.answer(desk, pairs[1], "different")
    record_pairs.answer(bens_desk, pairs[2], "same")
    last = pair_history.newest_own(desk)
    assert last is not None
    assert (last.newest.verdict.pair, last.newest.verdict.verdict) == (pairs[1], "different")
    assert last.newest.titles[0] == last.newest.titles[1]
    pair_history.withdraw_act(desk, last.newest.verdict.id)
    assert stands(desk, pairs[1]) == ("possible", None)
    last = pair_history.newest_own(desk)
    assert last is not None
    assert last.newest.verdict.pair == pairs[0]
    pair_history.withdraw_act(desk, last.newest.verdict.id)
    assert pair_history.newest_own(desk) is None
    assert [one.pair for one in record_pairs.waiting(desk)] == pairs[:2]
    assert duplicates.counts(desk).works == 5


def test_who_comes_second_to_a_pair_is_told(desk: Desk, bens_desk: Desk, pairs: list[Ids]) -> None:
    enter(bens_desk)
    record_pairs.answer(desk, pairs[0], "same")
    with pytest.raises(NotAllowed, match="Anna decided this pair a moment ago: same"):
        record_pairs.answer(bens_desk, pairs[0], "different")
    record_pairs.answer(bens_desk, pairs[0], "same")  # both agree: nothing to tell, nothing to add
    assert said(desk) == [("Anna", "same", 1)]


def test_taking_back_what_came_last_uncovers_what_was_said_before(
    desk: Desk, bens_desk: Desk, pairs: list[Ids]
) -> None:
    enter(bens_desk)
    record_pairs.answer(desk, pairs[0], "same")
    record_pairs.decide(bens_desk, pairs[0], "different")
    assert stands(desk, pairs[0]) == ("different", "Ben")
    assert duplicates.counts(desk).works == 6
    bens = pair_history.newest_own(bens_desk)
    assert bens is not None
    assert pair_history.newest_own(desk) is None  # Anna's does not count now
    pair_history.withdraw_act(desk, bens.newest.verdict.id)  # one undoes what the other decided
    assert stands(desk, pairs[0]) == ("same", "Anna")
    assert duplicates.counts(desk).works == 5
    with pytest.raises(NotAllowed, match="nothing was done"):
        pair_history.withdraw_act(bens_desk, bens.newest.verdict.id)
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
    (join,) = merged_works.page(desk, 0, 5)
    shown = next(one.pair for one in record_pairs.waiting(desk) if join.work_id in one.works)
    (inside,) = {record.id for record in join.records} & set(shown)
    (outside,) = set(shown) - {inside}
    other = next(record.id for record in join.records if record.id != inside)
    record_pairs.decide(bens_desk, (other, outside), "same")
    with pytest.raises(NotAllowed, match="do not wait"):
        record_pairs.answer(desk, shown, "different")
    assert [len(one.records) for one in merged_works.page(desk, 0, 5)] == [3]


def test_a_change_of_mind_is_undone_step_by_step(desk: Desk, pairs: list[Ids]) -> None:
    for verdict in ("same", "different", "same"):
        record_pairs.decide(desk, pairs[0], verdict)
    for before in (("different", "Anna"), ("same", "Anna"), ("possible", None)):
        last = pair_history.newest_own(desk)
        assert last is not None
        pair_history.withdraw(desk, [last.newest.verdict.id])
        assert stands(desk, pairs[0]) == before


def test_a_batch_leaves_alone_what_others_decided_meanwhile(
    desk: Desk, bens_desk: Desk, pairs: list[Ids]
) -> None:
    enter(bens_desk)
    record_pairs.answer(bens_desk, pairs[1], "different", "other samples")
    assert record_pairs.answer_all(desk, pairs, "same", "after a look at 3") == 2
    assert stands(desk, pairs[1]) == ("different", "Ben")
    assert record_pairs.answer_all(desk, pairs, "same") == 0
    last = pair_history.newest_own(desk)
    assert last is not None
    assert last.pairs == 2
    record_pairs.decide(bens_desk, pairs[0], "different")  # of the batch, Ben changes one
    assert pair_history.withdraw_act(desk, last.newest.verdict.id) == 1
    assert stands(desk, pairs[0]) == ("different", "Ben")
    assert stands(desk, pairs[2]) == ("possible", None)


def test_the_pairs_of_an_act_are_taken_back_one_by_one(desk: Desk, pairs: list[Ids]) -> None:
    record_pairs.answer_all(desk, pairs, "same", "together")
    ((act, _),) = pair_history.history(desk)
    assert (act.pairs, act.standing, pair_history.count(desk)) == (3, 3, 1)
    one, *_ = pair_history.verdicts_of(desk, act.id, 50)
    pair_history.withdraw(desk, [one.verdict.id])
    assert stands(desk, one.verdict.pair) == ("possible", None)
    with pytest.raises(NotAllowed):
        pair_history.withdraw(desk, [one.verdict.id])
    with pytest.raises(NotAllowed):
        pair_history.withdraw(desk, [10_000])


def test_who_decides_while_the_rules_run_is_heard(
    desk: Desk, bens_desk: Desk, pairs: list[Ids], monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(bens_desk)
    find = deduplication.find

    def slow(*args: object, **given: object) -> deduplication.DedupeResult:
        result = find(*args, **given)  # type: ignore[arg-type]
        if given.get("new") is None:  # the run itself, not the joining after a decision
            record_pairs.answer(bens_desk, pairs[0], "same", "while the rules ran")
        return result

    monkeypatch.setattr(deduplication, "find", slow)
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
    find = deduplication.find

    def slow(*args: object, **given: object) -> deduplication.DedupeResult:
        result = find(*args, **given)  # type: ignore[arg-type]
        if given.get("new") is None:
            imports.undo(bens_desk, file_id)
        return result

    monkeypatch.setattr(deduplication, "find", slow)
    state = duplicates.run(desk)
    monkeypatch.undo()
    assert (state.records, state.works, state.possible, state.new) == (6, 6, 3, 0)


def test_a_pair_whose_import_was_undone_is_gone(desk: Desk, pairs: list[Ids]) -> None:
    (second,) = [h for h in sources.listing(desk) if h.files[0].name == "b.ris"]
    imports.undo(desk, second.files[0].id)
    assert record_pairs.waiting(desk) == []
    assert record_pairs.get(desk, pairs[0]) is None
    with pytest.raises(Invalid, match="import was undone"):
        record_pairs.answer(desk, pairs[0], "same")
    assert record_pairs.answer_all(desk, pairs, "same") == 0
    assert said(desk) == []


def test_a_note_is_kept_as_it_was_written(desk: Desk, pairs: list[Ids]) -> None:
    note = "<script>alert('x')</script> *bold* \n next"
    record_pairs.answer(desk, pairs[0], "same", note + "y" * 5000)
    ((act, _),) = pair_history.history(desk)
    assert act.note.startswith("<script>alert('x')</script> *bold* next")
    assert len(act.note) == record_pairs.LONGEST_NOTE
    (join,) = merged_works.page(desk, 0, 5)
    assert "<script>" in join.why[0]


def test_more_pairs_than_one_query_can_name_are_decided_and_taken_back_together(desk: Desk) -> None:
    rnd = random.Random(4)  # noqa: S311 - the same words in every run
    many = import_pairs(desk, ["".join(rnd.choices(ascii_lowercase, k=12)) for _ in range(1100)])
    assert len(many) == 1100
    assert record_pairs.answer_all(desk, many, "same", "one title, two names of a journal") == len(
        many
    )
    state = duplicates.counts(desk)
    assert (state.possible, state.removed) == (0, len(many))
    last = pair_history.newest_own(desk)
    assert last is not None
    assert last.pairs == len(many)
    assert pair_history.withdraw_act(desk, last.newest.verdict.id) == len(many)
    assert duplicates.counts(desk).removed == 0


def test_the_likeliest_pairs_come_first_and_what_waits_is_estimated(desk: Desk) -> None:
    weak: dict[str, object] = {"volume": "3", "year": 2003}
    unplaced: dict[str, object] = {"volume": "", "journal": "", "year": None}
    cut: dict[str, object] = {"title": "Meaningful occupation in archives"}
    entries = (
        [entry("archives", 0) | unplaced, entry("markets", 0)],
        [entry("archives", 0) | unplaced | cut, entry("markets", 1) | weak],
    )
    for file, of_file in zip(("a.ris", "b.ris"), entries, strict=True):
        keep(desk.store, desk.person_id, desk.review_id, reading(file, of_file), file)
    duplicates.run(desk)

    waiting = record_pairs.waiting(desk)

    assert [pair.reason for pair in waiting] == ["word-in-title", "same-title-and-authors"]
    assert record_pairs.expected_duplicates(waiting) == 1
    assert record_pairs.expected_duplicates([]) == 0
