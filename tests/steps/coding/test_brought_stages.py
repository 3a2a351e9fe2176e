"""Screening sets of a file whose coding comes in become decisions, and are taken back with it."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from evidence.coding.answers import Answer
from evidence.errors import Invalid, NotAllowed
from evidence.screening.brought_in import Obstacle
from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.coding import (
    brought_codings,
    brought_stages,
    coding,
    schemes,
    studies,
)
from evidence.steps.coding.brought_stages import Wishes
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates import record_pairs
from evidence.steps.records.importing import imports
from evidence.steps.review import reasons as reason_steps
from evidence.steps.screening import brought_decisions, decision_files, decisions
from evidence.store import schema
from evidence.store.screening.decisions import NewDecision
from tests.eppi.made_exports import Object, applied, as_bytes, code, code_set, reference, report
from tests.eppi.test_screening_sets import SCREENED, TITLES
from tests.steps.coding.test_brought_codings import take
from tests.steps.conftest import enter

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
BOTH = ((1, TA), (3, FT))
AT_TITLE = Wishes(stages=((1, TA),))


def tally(desk: Desk, stage: Stage) -> dict[State, int]:
    return {state: count for state, count in decisions.tally(desk, stage).items() if count}


def reason_labels(desk: Desk) -> list[str]:
    return [one.label for one in reason_steps.listing(desk)]


def work_of(desk: Desk, title: str) -> int:
    with desk.reading() as c:
        query = select(schema.record.c.work_id).where(schema.record.c.title == title)
        return int(c.execute(query).scalar_one())


def work_titles(desk: Desk) -> dict[int, str]:
    with desk.reading() as c:
        rows = c.execute(select(schema.work.c.id, schema.work.c.title))
        return {int(work_id): title for work_id, title in rows}


def test_a_set_stays_a_scheme_where_nobody_wishes_otherwise(desk: Desk) -> None:
    file = take(desk, as_bytes(SCREENED))
    assert [each.name for each in brought_stages.sets_to_screen_by(desk, file)] == [
        "Screen on title",
        "Screen on full text",
    ]
    seen = brought_codings.look(desk, file, Wishes())
    assert [each.title for each in seen.sets] == [
        "Screen on title",
        "Setting",
        "Screen on full text",
    ]
    assert seen.stages.stages == ()
    done = brought_codings.bring(desk, file, Wishes())
    assert done.screening is None
    assert brought_decisions.files(desk) == []
    assert len(schemes.taken(desk)) == 3


def test_sets_become_decisions_and_go_back_as_a_whole(desk: Desk) -> None:
    before = reason_labels(desk)
    file = take(desk, as_bytes(SCREENED))
    wishes = Wishes(stages=BOTH)
    seen = brought_codings.look(desk, file, wishes)
    by_title, by_text = seen.stages.stages
    assert (by_title.includes, by_title.excludes, by_title.contradicting) == (3, 1, 1)
    assert (by_text.includes, by_text.excludes, by_text.contradicting) == (1, 1, 0)
    assert set(seen.stages.new_reasons) == {"Not gardens", "No results"}
    assert [each.title for each in seen.sets] == ["Setting"]
    assert (seen.coded, seen.studies) == (1, 1)
    assert (reason_labels(desk), tally(desk, TA)) == (before, {State.OPEN: 6})
    done = brought_codings.bring(desk, file, wishes)
    assert done.screening is not None
    assert done.screening.added == 6
    assert len(done.screening.refused) == 2  # one reference says both
    assert tally(desk, TA) == {State.INCLUDE: 3, State.EXCLUDE: 1, State.OPEN: 2}
    assert tally(desk, FT) == {State.INCLUDE: 1, State.EXCLUDE: 1, State.OPEN: 1}
    assert reason_labels(desk) == [*before, "Not gardens", "No results"]
    _, (told,) = decisions.history(desk, work_of(desk, "Study 2"))
    assert (told.person, told.reason, told.note) == ("Anna", "Not gardens", "A factory")
    with desk.reading() as c:
        assert set(c.execute(select(schema.decision.c.how)).scalars()) == {"EPPI-Reviewer"}
    assert [each.label for each in studies.listing(desk)] == ["Study 1"]
    back = brought_codings.look_at_undo(desk, done.id)
    assert back.screening is not None
    assert back.screening.taken_back == {"Anna": 6}
    assert brought_codings.undo(desk, done.id) == back
    assert (tally(desk, TA), reason_labels(desk)) == ({State.OPEN: 6}, before)
    assert (studies.listing(desk), schemes.taken(desk)) == ([], [])
    again = brought_codings.bring(desk, file, wishes)
    assert again.screening is not None
    assert again.screening.added == 6


def test_a_reason_of_the_review_is_found_by_its_words_and_is_not_added(desk: Desk) -> None:
    reason_steps.replace(desk, ["NOT  gardens", "Other"])
    file = take(desk, as_bytes(SCREENED))
    assert brought_codings.look(desk, file, AT_TITLE).stages.new_reasons == ()
    brought_codings.bring(desk, file, AT_TITLE)
    assert len(reason_labels(desk)) == 2
    _, (told,) = decisions.history(desk, work_of(desk, "Study 2"))
    assert told.reason.casefold().split() == ["not", "gardens"]


def test_what_a_colleague_decided_waits_for_her_word(desk: Desk, bens_desk: Desk) -> None:
    enter(bens_desk)
    file = take(desk, as_bytes(SCREENED))
    wishes = replace(AT_TITLE, coder="Ben", include=False)
    done = brought_codings.bring(desk, file, wishes)
    assert done.screening is not None
    assert (done.screening.added, dict(done.screening.waiting)) == (0, {"Ben": 6})
    assert tally(desk, TA) == {State.OPEN: 6}
    assert brought_decisions.count_waiting(bens_desk) == 6
    assert brought_decisions.count_waiting(desk) == 0
    (brought,) = brought_decisions.files(desk)
    outcome = brought_decisions.confirm(bens_desk, brought.file.id)
    assert outcome.added == 4
    assert tally(desk, TA) == {State.INCLUDE: 3, State.EXCLUDE: 1, State.OPEN: 2}
    back = brought_codings.undo(desk, done.id)
    assert back.screening is not None
    assert (back.screening.taken_back, back.screening.waiting) == ({"Ben": 4}, 2)
    assert tally(desk, TA) == {State.OPEN: 6}
    assert brought_decisions.count_waiting(bens_desk) == 0


def test_only_the_owner_brings_decisions_under_another_name(desk: Desk, bens_desk: Desk) -> None:
    enter(bens_desk)
    file = take(desk, as_bytes(SCREENED))
    with pytest.raises(NotAllowed, match="owner"):
        brought_codings.bring(bens_desk, file, replace(AT_TITLE, coder="Anna"))
    assert brought_decisions.files(desk) == []


def test_what_was_decided_here_stays(desk: Desk) -> None:
    file = take(desk, as_bytes(SCREENED))
    work_id = work_of(desk, "Study 2")
    mine = NewDecision(work_id=work_id, stage=TA, verdict=Verdict.INCLUDE, client_id="mine")
    decisions.decide(desk, [mine])
    done = brought_codings.bring(desk, file, replace(AT_TITLE, include=False))
    assert done.screening is not None
    assert (done.screening.added, done.screening.superseded) == (3, 1)
    assert tally(desk, TA)[State.INCLUDE] == 4
    brought_codings.undo(desk, done.id)
    assert tally(desk, TA) == {State.INCLUDE: 1, State.OPEN: 5}


def test_a_work_that_the_file_excludes_is_not_included_because_it_is_coded(desk: Desk) -> None:
    coded = report(
        [TITLES, code_set("Setting", code(1, "City"))],
        [
            reference(1, applied(102), applied(1)),
            reference(2, applied(101), applied(102), applied(1)),
            reference(3, applied(101), applied(1)),
            reference(4, applied(1)),
        ],
    )
    file = take(desk, as_bytes(coded))
    assert brought_codings.look(desk, file, AT_TITLE).included == 2
    done = brought_codings.bring(desk, file, AT_TITLE)
    assert (done.included, done.not_asked, done.counts.studies) == (2, 0, 4)
    assert tally(desk, TA) == {State.INCLUDE: 2, State.EXCLUDE: 1, State.OPEN: 1}
    assert tally(desk, FT) == {State.INCLUDE: 2}
    back = brought_codings.undo(desk, done.id)
    assert back.reopened == 2
    assert tally(desk, TA) == {State.OPEN: 4}


def test_decisions_on_a_study_that_somebody_works_on_stay_with_it(
    desk: Desk, bens_desk: Desk
) -> None:
    enter(bens_desk)
    done = brought_codings.bring(desk, take(desk, as_bytes(SCREENED)), Wishes(stages=BOTH))
    (study,) = studies.listing(desk)
    question = coding.sheet(desk, study.id).rows[0].question
    coding.set_answer(bens_desk, study.id, Answer(question=question, codes=("eppi-1",)))
    back = brought_codings.look_at_undo(desk, done.id)
    assert back.screening is not None
    assert back.screening.taken_back == {"Anna": 4}
    assert brought_codings.undo(desk, done.id) == back
    assert tally(desk, TA) == {State.INCLUDE: 1, State.OPEN: 5}
    assert tally(desk, FT) == {State.INCLUDE: 1}
    assert [each.label for each in studies.listing(desk)] == ["Study 1"]


def test_decisions_that_were_taken_back_alone_are_not_taken_back_twice(desk: Desk) -> None:
    done = brought_codings.bring(desk, take(desk, as_bytes(SCREENED)), Wishes(stages=BOTH))
    (brought,) = brought_decisions.files(desk)
    brought_decisions.undo(desk, brought.file.id)
    assert tally(desk, TA) == {State.OPEN: 6}
    assert brought_codings.look_at_undo(desk, done.id).screening is None
    assert brought_codings.undo(desk, done.id).screening is None


def test_the_same_decisions_on_the_page_decisions_add_nothing(desk: Desk) -> None:
    only_titles = report(
        [TITLES],
        [
            reference(1, applied(101, "Yes"), DOI="10.5555/one"),
            reference(2, applied(102), DOI="10.5555/two"),
        ],
    )
    content = as_bytes(only_titles)
    file = take(desk, content)
    brought_codings.bring(desk, file, AT_TITLE)
    preview = decision_files.preview(desk, "Report.json", content)
    assert decision_files.bring(desk, preview, {"": "Anna"}, stage=TA).repeated == 2


def test_references_that_are_one_work_must_not_contradict_each_other(desk: Desk) -> None:
    file = take(
        desk, as_bytes(report([TITLES], [reference(1, applied(101)), reference(2, applied(102))]))
    )
    with desk.reading() as c:
        first, second = c.execute(select(schema.record.c.id).order_by(schema.record.c.id)).scalars()
    record_pairs.mark_same(desk, first, second)
    done = brought_codings.bring(desk, file, AT_TITLE)
    assert done.screening is not None
    assert done.screening.added == 0
    assert all("contradicting" in sentence for sentence in done.screening.refused)
    assert tally(desk, TA) == {State.OPEN: 1}
    brought_codings.undo(desk, done.id)
    record_pairs.split_off(desk, second)
    again = brought_codings.bring(desk, file, AT_TITLE)
    assert again.screening is not None
    assert again.screening.added == 2


def test_full_text_waits_where_titles_are_open(desk: Desk) -> None:
    file = take(desk, as_bytes(SCREENED))
    wishes = Wishes(stages=((3, FT),), include=False)
    done = brought_codings.bring(desk, file, wishes)
    assert done.screening is not None
    assert done.screening.obstacles == {Obstacle.NOT_INCLUDED: 2}
    assert tally(desk, TA) == {State.OPEN: 6}
    assert brought_decisions.count_waiting(desk) == 2


def test_references_go_with_a_coding_that_was_screened(desk: Desk) -> None:
    done = brought_codings.bring(desk, take(desk, as_bytes(SCREENED)), Wishes(stages=BOTH))
    file_id = brought_codings.files(desk)[0].file_id
    with pytest.raises(NotAllowed):
        imports.undo(desk, file_id)
    brought_codings.undo(desk, done.id)
    imports.undo_untouched(desk, file_id)
    assert brought_codings.files(desk) == []
    assert work_titles(desk) == {}


def test_no_other_set_can_be_a_stage(desk: Desk) -> None:
    file = take(desk, as_bytes(SCREENED))
    for number in (2, 7):
        with pytest.raises(Invalid, match="Screen on title; Screen on full text"):
            brought_codings.bring(desk, file, Wishes(stages=((number, TA),)))
    sets = brought_stages.sets_to_screen_by(desk, file)
    assert brought_stages.number_of(sets, " Screen on  title ") == 1
    assert brought_stages.number_of(sets, "911") == 3
    with pytest.raises(Invalid, match=r"no screening set.*Screen on title \(910\)"):
        brought_stages.number_of(sets, "Setting")


def test_two_screening_sets_of_one_name_are_told_apart_by_number(desk: Desk) -> None:
    twin: Object = TITLES | {
        "SetId": 912,
        "Attributes": {"AttributesList": [code(301, "In", "Include")]},
    }
    file = take(desk, as_bytes(report([TITLES, twin], [reference(1, applied(301))])))
    sets = brought_stages.sets_to_screen_by(desk, file)
    with pytest.raises(Invalid, match="Several screening sets"):
        brought_stages.number_of(sets, "Screen on title")
    assert brought_stages.number_of(sets, "912") == 2
    done = brought_codings.bring(desk, file, Wishes(stages=((2, TA),)))
    assert done.screening is not None
    assert done.screening.added == 1
