"""What a file has under a colleague's name counts for nothing, and opens nothing, until it may."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import ColumnClause, literal_column, select

from evidence.errors import Invalid, NotAllowed
from evidence.screening.brought_in import Obstacle, Settled
from evidence.screening.stage_settings import StageSettings
from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.records import labels, sources
from evidence.steps.records.duplicates import record_pairs
from evidence.steps.records.importing import imports
from evidence.steps.review import membership, people, reasons, reviews, team
from evidence.steps.screening import (
    allocation,
    brought_decisions,
    conflicts,
    decision_export,
    decision_files,
    decisions,
    full_texts,
    messages,
    stage_settings,
)
from evidence.steps.screening.brought_decisions import Declined
from evidence.steps.screening.conflicts import Resolution
from evidence.steps.screening.decision_files import ImportReport
from evidence.store import events, schema
from evidence.store.events import EventKind
from evidence.store.review import reasons as stored_reasons
from evidence.store.review.reviews import Draft
from evidence.store.screening.decisions import DISCUSSION, NewDecision
from tests.conftest import a_reading, keep
from tests.steps.conftest import enter
from tests.steps.screening.deciding import a_decision

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
INCLUDE, EXCLUDE = Verdict.INCLUDE, Verdict.EXCLUDE
TITLES = tuple(
    f"{place} and paid employment after a long illness"
    for place in ("Gardens", "Kitchens", "Libraries", "Stables")
)
AS_STORED: ColumnClause[object] = literal_column("*")
COUNTED = ("decision", "assignment", "work", "retrieval", "ranking", "member", "study", "record")


@pytest.fixture
def owner(desk: Desk) -> Desk:
    """Anna, who made the review; four works, each for two people to read."""
    membership.join(desk)
    keep(desk.store, desk.person_id, desk.review_id, a_reading(*TITLES))
    stage_settings.change(desk, TA, StageSettings(voices=2), StageSettings())
    return desk


@pytest.fixture
def ben(owner: Desk, bens_desk: Desk) -> Desk:
    enter(bens_desk)
    return bens_desk


def colleague(desk: Desk, name: str) -> Desk:
    person = people.named(desk.store, name)
    made = Desk(store=desk.store, review_id=desk.review_id, person_id=person.id)
    enter(made)
    return made


@pytest.fixture
def cleo(owner: Desk) -> Desk:
    return colleague(owner, "Cleo")


def work_ids(desk: Desk) -> list[int]:
    with desk.reading() as c:
        query = select(schema.work.c.id).where(schema.work.c.review_id == desk.review_id)
        return list(c.execute(query.order_by(schema.work.c.id)).scalars())


def rayyan(said: Mapping[str, str], titles: Sequence[str] = TITLES, more: str = "") -> bytes:
    """A file of Rayyan in which everybody said the same of all of these works."""
    pairs = ", ".join(f'"{name}"=>"{word}"' for name, word in said.items())
    return "".join(
        f"TY  - JOUR\nTI  - {title}\nN1  - RAYYAN-INCLUSION: {{{pairs}}}{more}\nER  - \n"
        for title in titles
    ).encode()


def bring(
    desk: Desk, data: bytes, names: Mapping[str, str | None], *, stage: Stage = TA, **more: Any
) -> ImportReport:
    preview = decision_files.preview(desk, "rayyan.ris", data)
    return decision_files.bring(desk, preview, names, stage=stage, **more)


def bring_cleos(desk: Desk, word: str = "Included", titles: Sequence[str] = TITLES) -> int:
    """A file of Cleo's, brought by somebody else; gives its id."""
    report = bring(desk, rayyan({"cleo": word}, titles), {"cleo": "Cleo"})
    assert report.file_id is not None
    return report.file_id


def say(desk: Desk, work_id: int, verdict: Verdict, stage: Stage = TA, **more: Any) -> None:
    client_id = f"{desk.person_id}-{work_id}-{stage}-{verdict}-{len(more)}"
    new = NewDecision(work_id=work_id, stage=stage, verdict=verdict, client_id=client_id, **more)
    decisions.decide(desk, [new])


def counted(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the tables that something counts."""
    with desk.store.reading_outside() as c:
        return {
            name: [
                tuple(row)
                for row in c.execute(select(AS_STORED).select_from(schema.metadata.tables[name]))
            ]
            for name in COUNTED
        }


def states(desk: Desk, stage: Stage = TA) -> list[str]:
    with desk.reading() as c:
        query = select(schema.work.c[stage.value]).order_by(schema.work.c.id)
        return list(c.execute(query).scalars())


def seen(desk: Desk, work_id: int) -> list[tuple[str, Verdict]]:
    """What somebody is shown of a work's decisions."""
    return [(each.person, each.verdict) for each in decisions.history(desk, work_id)[1]]


def counts(desk: Desk, file_id: int) -> dict[str, dict[Settled, int]]:
    (file,) = (each for each in brought_decisions.files(desk) if each.file.id == file_id)
    return {part.name: dict(part.counts) for part in file.parts}


# ── what counts for nothing ───────────────────────────────────────────────────────────────────────


def test_a_file_under_another_name_changes_nothing_that_counts(
    owner: Desk, ben: Desk, cleo: Desk
) -> None:
    say(ben, work_ids(owner)[0], EXCLUDE)
    before = counted(owner)
    report = bring(owner, rayyan({"cleo": "Included"}), {"cleo": "Cleo"})
    assert (report.added, report.waiting) == (0, {"Cleo": 4})
    assert counted(owner) == before
    assert seen(owner, work_ids(owner)[0]) == []


def test_what_waits_is_in_no_export(owner: Desk, cleo: Desk) -> None:
    bring_cleos(owner)
    assert len(b"".join(decision_export.export_csv(cleo)).splitlines()) == 1


def test_only_its_person_is_told_what_a_file_says(owner: Desk, ben: Desk, cleo: Desk) -> None:
    file_id = bring_cleos(owner)
    assert [row.verdict for row in brought_decisions.own(cleo, file_id)] == [INCLUDE] * 4
    assert brought_decisions.own(owner, file_id) == brought_decisions.own(ben, file_id) == []
    assert counts(ben, file_id) == {"Cleo": {Settled.WAITING: 4}}
    with owner.reading() as c:
        (event,) = events.of_kind(c, owner.review_id, EventKind.DECISIONS_IMPORTED)
    assert "include" not in f"{event.subject} {event.after}".casefold()


def test_strangers_and_who_was_taken_out_bring_nothing(owner: Desk, ben: Desk) -> None:
    eve = Desk(
        store=owner.store,
        review_id=owner.review_id,
        person_id=people.named(owner.store, "Eve").id,
    )
    team.take_out(owner, ben.person_id)
    before = counted(owner)
    for outsider in (eve, ben):
        with pytest.raises(NotAllowed):
            bring(outsider, rayyan({"me": "Included"}), {"me": "Eve"})
    assert counted(owner) == before
    assert brought_decisions.files(owner) == []


# ── confirming ────────────────────────────────────────────────────────────────────────────────────


def test_its_person_confirms_and_it_counts_as_if_decided_now(
    owner: Desk, ben: Desk, cleo: Desk
) -> None:
    first = work_ids(owner)[0]
    say(ben, first, EXCLUDE)
    file_id = bring_cleos(owner)
    outcome = brought_decisions.confirm(cleo, file_id)
    assert (outcome.added, outcome.obstacles, outcome.refused) == (4, {}, ())
    assert states(owner) == [State.CONFLICT, State.OPEN, State.OPEN, State.OPEN]
    assert seen(owner, first) == [("Ben", EXCLUDE), ("Cleo", INCLUDE)]
    assert counts(owner, file_id) == {"Cleo": {Settled.CONFIRMED: 4}}
    assert brought_decisions.confirm(cleo, file_id).added == 0


def test_nobody_confirms_or_declines_for_another(owner: Desk, ben: Desk, cleo: Desk) -> None:
    file_id = bring_cleos(owner)
    before = counted(owner)
    for other in (owner, ben):
        assert brought_decisions.confirm(other, file_id).added == 0
        assert brought_decisions.decline(other, file_id).decisions == 0
    assert counted(owner) == before
    assert counts(owner, file_id) == {"Cleo": {Settled.WAITING: 4}}


def test_what_she_decided_here_stands(owner: Desk, cleo: Desk) -> None:
    first = work_ids(owner)[0]
    file_id = bring_cleos(owner)
    say(cleo, first, EXCLUDE)
    outcome = brought_decisions.confirm(cleo, file_id)
    assert (outcome.added, outcome.superseded) == (3, 1)
    assert seen(cleo, first) == [("Cleo", EXCLUDE)]
    assert counts(owner, file_id) == {"Cleo": {Settled.CONFIRMED: 3, Settled.SUPERSEDED: 1}}


def test_a_resolution_stands_against_a_late_file(owner: Desk, ben: Desk, cleo: Desk) -> None:
    first = work_ids(owner)[0]
    say(ben, first, EXCLUDE)
    say(owner, first, INCLUDE)
    conflicts.resolve(owner, TA, first, Resolution(verdict=INCLUDE, how=DISCUSSION, note="Talked"))
    file_id = bring_cleos(owner, "Excluded")
    outcome = brought_decisions.confirm(cleo, file_id)
    assert (outcome.added, outcome.obstacles) == (3, {Obstacle.RESOLVED: 1})
    assert states(owner)[0] == State.INCLUDE


def test_works_given_to_others_stay_with_them(owner: Desk, ben: Desk, cleo: Desk) -> None:
    now = stage_settings.current(owner, TA)
    stage_settings.change(owner, TA, StageSettings(voices=2, pulls=False), now)
    first, *_ = work_ids(owner)
    allocation.assign(owner, TA, cleo.person_id, ids=[first])
    outcome = brought_decisions.confirm(cleo, bring_cleos(owner))
    assert (outcome.added, outcome.obstacles) == (1, {Obstacle.NOT_ASKED: 3})


def test_declined_decisions_count_for_nothing_until_they_wait_again(
    owner: Desk, cleo: Desk
) -> None:
    file_id = bring_cleos(owner)
    assert brought_decisions.decline(cleo, file_id).decisions == 4
    assert brought_decisions.confirm(cleo, file_id).added == 0
    assert brought_decisions.wait_again(cleo, file_id) == 4
    assert brought_decisions.confirm(cleo, file_id).added == 4


def test_a_later_export_adds_only_what_is_new(owner: Desk, cleo: Desk) -> None:
    bring_cleos(owner, titles=TITLES[:2])
    report = bring(owner, rayyan({"cleo": "Included"}), {"cleo": "Cleo"})
    assert (report.repeated, report.waiting) == (2, {"Cleo": 2})


# ── vouching ──────────────────────────────────────────────────────────────────────────────────────


def test_the_owner_vouches_where_she_has_decided_nothing(owner: Desk, cleo: Desk) -> None:
    first = work_ids(owner)[0]
    say(cleo, first, EXCLUDE)
    file_id = bring_cleos(owner)
    outcome = brought_decisions.vouch(owner, file_id, cleo.person_id)
    assert (outcome.added, outcome.superseded) == (3, 1)
    assert seen(cleo, first) == [("Cleo", EXCLUDE)]
    assert counts(owner, file_id) == {"Cleo": {Settled.VOUCHED: 3, Settled.SUPERSEDED: 1}}
    rows = b"".join(decision_export.export_csv(cleo)).decode().splitlines()
    assert sum("by the word of Anna" in row for row in rows) == 3


def test_vouching_never_shows_the_owner_what_a_colleague_said_blind(
    owner: Desk, ben: Desk, cleo: Desk
) -> None:
    first = work_ids(owner)[0]
    say(ben, first, EXCLUDE)
    file_id = bring_cleos(owner)
    outcome = brought_decisions.vouch(owner, file_id, cleo.person_id)
    assert (outcome.added, outcome.obstacles) == (3, {Obstacle.BLIND: 1})
    assert seen(owner, first) == []
    assert states(owner)[0] == State.OPEN
    assert conflicts.next_conflict(owner, TA, State.CONFLICT) is None


def test_nor_for_somebody_made_up(owner: Desk, ben: Desk) -> None:
    first = work_ids(owner)[0]
    say(ben, first, EXCLUDE)
    report = bring(owner, rayyan({"x": "Included"}), {"x": "Nobody real"})
    assert report.file_id
    nobody = people.named(owner.store, "Nobody real").id
    brought_decisions.vouch(owner, report.file_id, nobody)
    assert seen(owner, first) == []


def test_nor_by_two_made_up_people_at_once(owner: Desk, ben: Desk) -> None:
    now = stage_settings.current(owner, TA)
    stage_settings.change(owner, TA, StageSettings(voices=3), now)
    first = work_ids(owner)[0]
    say(ben, first, EXCLUDE)
    report = bring(owner, rayyan({"x": "Included", "y": "Included"}), {"x": "X One", "y": "Y Two"})
    assert report.file_id
    for name in ("X One", "Y Two"):
        brought_decisions.vouch(owner, report.file_id, people.named(owner.store, name).id)
    assert seen(owner, first) == []


def test_nor_after_the_owner_has_voted(owner: Desk, ben: Desk, cleo: Desk) -> None:
    now = stage_settings.current(owner, TA)
    stage_settings.change(owner, TA, StageSettings(voices=3), now)
    first = work_ids(owner)[0]
    say(ben, first, EXCLUDE)
    say(owner, first, INCLUDE)
    brought_decisions.vouch(owner, bring_cleos(owner), cleo.person_id)
    assert seen(owner, first) == [("Anna", INCLUDE)]


def test_nor_on_a_report_that_was_not_retrieved(owner: Desk, ben: Desk, cleo: Desk) -> None:
    """Whoever has read it refutes that; then the votes before would be open."""
    now = stage_settings.current(owner, FT)
    stage_settings.change(owner, FT, StageSettings(voices=2), now)
    first = work_ids(owner)[0]
    for reader in (owner, ben):
        say(reader, first, INCLUDE)
    say(ben, first, EXCLUDE, FT)
    say(owner, first, Verdict.NOT_RETRIEVED, FT, note="No library has it")
    assert states(owner, FT)[0] == State.NOT_RETRIEVED
    report = bring(owner, rayyan({"c": "Included"}, TITLES[:1]), {"c": "Cleo"}, stage=FT)
    assert report.file_id
    outcome = brought_decisions.vouch(owner, report.file_id, cleo.person_id)
    assert outcome.obstacles == {Obstacle.BLIND: 1}
    assert ("Ben", EXCLUDE) not in seen(owner, first)


def test_nor_before_an_owner_who_screens_has_judged(owner: Desk, ben: Desk, cleo: Desk) -> None:
    """Else the vote of the only other reader would close the work, and show itself to the owner."""
    first, second, *others = work_ids(owner)
    say(owner, first, INCLUDE)
    file_id = bring_cleos(owner)
    outcome = brought_decisions.vouch(owner, file_id, cleo.person_id)
    assert (outcome.added, outcome.obstacles) == (1, {Obstacle.READING: 3})
    say(ben, second, EXCLUDE)
    assert seen(owner, second) == []
    for work_id in others:
        say(owner, work_id, INCLUDE)
    outcome = brought_decisions.vouch(owner, file_id, cleo.person_id)
    assert (outcome.added, outcome.obstacles) == (2, {Obstacle.BLIND: 1})


def test_two_people_of_one_old_project_can_be_vouched_for(owner: Desk) -> None:
    """Nobody decided here; what came by the owner's word is no secret of a reader."""
    said = {"x": "Included", "y": "Excluded"}
    report = bring(owner, rayyan(said), {"x": "Xenia Old", "y": "Yan Old"})
    assert report.file_id
    for name in ("Xenia Old", "Yan Old"):
        person_id = people.named(owner.store, name).id
        assert brought_decisions.vouch(owner, report.file_id, person_id).added == 4
    assert states(owner) == [State.CONFLICT] * 4


def test_the_owner_who_has_voted_can_vouch_for_the_other_reader(owner: Desk, cleo: Desk) -> None:
    for work_id in work_ids(owner):
        say(owner, work_id, EXCLUDE)
    assert brought_decisions.vouch(owner, bring_cleos(owner), cleo.person_id).added == 4
    assert states(owner) == [State.CONFLICT] * 4


def test_only_the_owner_vouches_and_not_for_oneself(owner: Desk, ben: Desk, cleo: Desk) -> None:
    file_id = bring_cleos(ben)
    with pytest.raises(NotAllowed, match="needs an owner"):
        brought_decisions.vouch(ben, file_id, cleo.person_id)
    with pytest.raises(Invalid, match="you confirm"):
        brought_decisions.vouch(owner, file_id, owner.person_id)


def test_she_can_take_back_what_was_vouched_for(owner: Desk, cleo: Desk) -> None:
    file_id = bring_cleos(owner)
    before = counted(owner)["assignment"]
    brought_decisions.vouch(owner, file_id, cleo.person_id)
    assert brought_decisions.decline(cleo, file_id) == Declined(decisions=4, opened=0)
    assert decisions.own(cleo, TA) == []
    assert counted(owner)["assignment"] == before
    assert brought_decisions.vouch(owner, file_id, cleo.person_id).added == 0


def test_what_she_declined_nobody_vouches_for(owner: Desk, ben: Desk, cleo: Desk) -> None:
    """Neither of this file nor of another, nor after it was taken back, nor by a second name."""
    first = bring_cleos(owner)
    brought_decisions.decline(cleo, first)
    report = bring(owner, rayyan({"c2": "Excluded"}), {"c2": "Cleo"})
    assert report.file_id
    for file_id in (first, report.file_id):
        outcome = brought_decisions.vouch(owner, file_id, cleo.person_id)
        assert outcome.added == 0
    assert outcome.obstacles == {Obstacle.DECLINED: 4}
    brought_decisions.undo(owner, first)
    outcome = brought_decisions.vouch(owner, report.file_id, cleo.person_id)
    assert (outcome.added, outcome.obstacles) == (0, {Obstacle.DECLINED: 4})
    given = bring(ben, rayyan({"c3": "Maybe"}), {"c3": None})
    assert given.file_id
    brought_decisions.give(ben, given.file_id, "c3", "Cleo")
    assert brought_decisions.vouch(owner, given.file_id, cleo.person_id).added == 0
    assert decisions.own(cleo, TA) == []


def test_what_she_let_wait_again_can_be_vouched_for(owner: Desk, cleo: Desk) -> None:
    file_id = bring_cleos(owner)
    brought_decisions.decline(cleo, file_id)
    brought_decisions.wait_again(cleo, file_id)
    assert brought_decisions.vouch(owner, file_id, cleo.person_id).added == 4


def test_what_she_declined_stays_declined_in_a_later_file(owner: Desk, cleo: Desk) -> None:
    first = bring_cleos(owner)
    brought_decisions.decline(cleo, first)
    again = bring(owner, rayyan({"cleo": "Included"}), {"cleo": "Cleo"})
    assert (again.file_id, again.declined, again.waiting) == (None, 4, {})
    brought_decisions.undo(owner, first)
    more = rayyan({"cleo": "Included", "me": "Included"})
    later = bring(owner, more, {"cleo": "Cleo", "me": "Anna"})
    assert (later.declined, later.waiting) == (4, {})
    assert later.file_id
    assert counts(owner, later.file_id)["Cleo"] == {Settled.DECLINED: 4}
    assert brought_decisions.wait_again(cleo, later.file_id) == 4
    assert brought_decisions.confirm(cleo, later.file_id).added == 4


def test_she_may_bring_herself_what_she_declined(owner: Desk, cleo: Desk) -> None:
    brought_decisions.decline(cleo, bring_cleos(owner))
    report = bring(cleo, rayyan({"cleo": "Included"}), {"cleo": "Cleo"})
    assert (report.added, report.declined, report.repeated) == (4, 0, 0)


def test_neither_a_wrong_person_nor_nobody_bars_the_right_one(
    owner: Desk, ben: Desk, cleo: Desk
) -> None:
    data = rayyan({"c_82": "Included"})
    wrong = bring(owner, data, {"c_82": "Ben"})
    assert wrong.file_id
    brought_decisions.decline(ben, wrong.file_id)
    dropped = bring(owner, data, {"c_82": None})
    assert dropped.file_id
    brought_decisions.drop(owner, dropped.file_id, "c_82")
    right = bring(owner, data, {"c_82": "Cleo"})
    assert (right.repeated, right.waiting) == (0, {"Cleo": 4})
    assert right.file_id
    assert brought_decisions.confirm(cleo, right.file_id).added == 4


# ── names that are nobody's yet ───────────────────────────────────────────────────────────────────


def test_a_name_can_be_nobodys_and_be_given_later(owner: Desk, ben: Desk, cleo: Desk) -> None:
    report = bring(ben, rayyan({"c_82": "Included"}), {"c_82": None})
    assert report.file_id
    assert report.waiting == {"c_82": 4}
    assert brought_decisions.give(ben, report.file_id, "c_82", "Cleo") == 4
    assert brought_decisions.confirm(cleo, report.file_id).added == 4


def test_nobodys_decisions_show_themselves_only_to_who_has_the_file(
    owner: Desk, ben: Desk, cleo: Desk
) -> None:
    report = bring(ben, rayyan({"c_82": "Included"}), {"c_82": None})
    assert report.file_id
    with pytest.raises(NotAllowed, match="You did not bring this file"):
        brought_decisions.give(owner, report.file_id, "c_82", "Anna")
    with pytest.raises(NotAllowed, match="Only Ben, who brought"):
        brought_decisions.give(cleo, report.file_id, "c_82", "Cleo")
    assert brought_decisions.own(owner, report.file_id) == []


def test_nobodys_decisions_can_be_dropped(owner: Desk, ben: Desk) -> None:
    report = bring(ben, rayyan({"c_82": "Included"}), {"c_82": None})
    assert report.file_id
    assert brought_decisions.drop(owner, report.file_id, "c_82") == 4
    assert counts(owner, report.file_id) == {"c_82": {Settled.DECLINED: 4}}


def test_people_who_are_there_are_found_before_new_ones(owner: Desk, cleo: Desk) -> None:
    colleague(owner, "Eva Müller")
    data = rayyan({"MULLER, Eva": "Included", "cleo": "Excluded", "New One": "Maybe"})
    matches = decision_files.preview(owner, "r.ris", data).matches
    assert {name: match.person for name, match in matches.items()} == {
        "MULLER, Eva": "Eva Müller",
        "cleo": "Cleo",
        "New One": None,
    }


# ── reasons and labels ────────────────────────────────────────────────────────────────────────────

REASON = " | RAYYAN-EXCLUSION-REASONS: NOT  work"


def test_reasons_are_matched_whatever_their_case(owner: Desk) -> None:
    reasons.replace(owner, ["Not work", "Not adults"])
    data = rayyan({"me": "Excluded"}, more=REASON)
    assert decision_files.preview(owner, "r.ris", data).new_reasons == ()
    bring(owner, data, {"me": "Anna"})
    assert [reason.label for reason in reasons.listing(owner)] == ["Not work", "Not adults"]
    assert {each.reasons for each in decisions.own(owner, TA)} == {("Not work",)}


def test_a_retired_reason_comes_back_in_its_own_words(owner: Desk) -> None:
    reasons.replace(owner, ["Not work"])
    reasons.replace(owner, ["Not adults"])
    bring(owner, rayyan({"me": "Excluded"}, more=REASON), {"me": "Anna"})
    assert [reason.label for reason in reasons.listing(owner)] == ["Not adults", "Not work"]


def test_who_only_screens_adds_no_reasons(owner: Desk, ben: Desk) -> None:
    with owner.store.writing_outside() as c:
        query = schema.member.update().where(schema.member.c.person_id == ben.person_id)
        c.execute(query.values(role="reviewer"))
    report = bring(ben, rayyan({"me": "Excluded"}, more=REASON), {"me": "Ben"})
    assert report.added == 4
    assert reasons.listing(owner) == []
    assert {each.reasons for each in decisions.own(ben, TA)} == {()}


def merge_reasons(desk: Desk) -> None:
    reasons.replace(desk, ["Not work", "Design"])
    old, new = reasons.listing(desk)
    reasons.merge(desk, old.id, new.id)


def counted_reasons(desk: Desk) -> set[str]:
    """As what the reasons of all decisions count."""
    with desk.reading() as c:
        words = stored_reasons.counted_labels(c, desk.review_id)
        found = c.execute(select(schema.decision.c.reason_id)).scalars()
        return {words[id_] if id_ else "" for id_ in found}


@pytest.mark.parametrize("add_reasons", [True, False])
def test_a_file_never_parts_reasons_that_were_merged(owner: Desk, *, add_reasons: bool) -> None:
    merge_reasons(owner)
    data = rayyan({"me": "Excluded"}, more=REASON)
    assert decision_files.preview(owner, "r.ris", data).new_reasons == ()
    report = bring(owner, data, {"me": "Anna"}, add_reasons=add_reasons)
    assert (report.added, report.without_reason) == (4, ())
    assert [reason.label for reason in reasons.listing(owner)] == ["Design"]
    with owner.reading() as c:
        merged = select(schema.reason.c.merged_into).where(schema.reason.c.label == "Not work")
        assert c.execute(merged).scalar_one() is not None
    assert counted_reasons(owner) == {"Design"}


def test_a_reason_merged_before_the_confirming_counts_as_the_other(owner: Desk, cleo: Desk) -> None:
    report = bring(owner, rayyan({"c": "Excluded"}, more=REASON), {"c": "Cleo"})
    merge_reasons(owner)
    assert report.file_id
    assert brought_decisions.confirm(cleo, report.file_id).without_reason == ()
    assert counted_reasons(owner) == {"Design"}


@pytest.mark.parametrize("add_reasons", [True, False])
def test_a_reason_that_was_renamed_is_found_by_its_earlier_words(
    owner: Desk, *, add_reasons: bool
) -> None:
    reasons.replace(owner, ["Not work", "Design"])
    (first, _) = reasons.listing(owner)
    for words in ("Nothing about work", "No paid work"):
        reasons.rename(owner, first.id, words)
    data = rayyan({"me": "Excluded"}, more=REASON)
    preview = decision_files.preview(owner, "r.ris", data)
    assert preview.new_reasons == ()
    assert preview.renamed_reasons == (("NOT  work", "No paid work"),)
    report = bring(owner, data, {"me": "Anna"}, add_reasons=add_reasons)
    assert (report.added, report.without_reason) == (4, ())
    assert {each.reasons for each in decisions.own(owner, TA)} == {("No paid work",)}
    assert [one.label for one in reasons.listing(owner)] == ["No paid work", "Design"]


def test_words_that_another_reason_has_by_now_are_that_one(owner: Desk) -> None:
    reasons.replace(owner, ["Not work"])
    (first,) = reasons.listing(owner)
    reasons.rename(owner, first.id, "No paid work")
    reasons.replace(owner, ["No paid work", "Not work"])
    second = reasons.listing(owner)[1]
    data = rayyan({"me": "Excluded"}, more=REASON)
    assert decision_files.preview(owner, "r.ris", data).renamed_reasons == ()
    reasons.rename(owner, second.id, "No job")  # the later of two that had these words
    preview = decision_files.preview(owner, "r.ris", data)
    assert preview.renamed_reasons == (("NOT  work", "No job"),)


def test_a_reason_renamed_and_then_merged_counts_as_the_other(owner: Desk) -> None:
    reasons.replace(owner, ["Not work", "Design"])
    first, second = reasons.listing(owner)
    reasons.rename(owner, first.id, "No paid work")
    reasons.merge(owner, first.id, second.id)
    data = rayyan({"me": "Excluded"}, more=REASON)
    preview = decision_files.preview(owner, "r.ris", data)
    assert (preview.new_reasons, preview.renamed_reasons) == ((), (("NOT  work", "Design"),))


def test_a_reason_that_is_not_found_is_told(owner: Desk, cleo: Desk) -> None:
    data = rayyan({"c": "Excluded"}, TITLES[:1], more=REASON)
    report = bring(owner, data, {"c": "Cleo"}, add_reasons=False)
    assert report.file_id
    (told,) = brought_decisions.confirm(cleo, report.file_id).without_reason
    assert told.endswith("it came without “NOT  work”, which is no reason of this review.")


def test_reasons_of_works_that_are_not_here_are_not_offered(owner: Desk) -> None:
    data = rayyan({"c": "Excluded"}, ["A work that nobody has in this review"], more=REASON)
    assert decision_files.preview(owner, "r.ris", data).new_reasons == ()


LABELS = " | RAYYAN-LABELS: pilot,To  discuss"


def test_labels_come_along_and_go_with_the_file(owner: Desk) -> None:
    first, second, *_ = work_ids(owner)
    label = {"kind": "label", "client_id": "l", "stage": TA.value, "label": "pilot", "on": True}
    messages.apply(owner, [label | {"id": first}])
    report = bring(owner, rayyan({"cleo": "Included"}, more=LABELS), {"cleo": "Cleo"})
    assert report.file_id
    assert labels.of_work(owner, second) == ["pilot", "To discuss"]
    assert brought_decisions.undo(owner, report.file_id).labels == 7
    assert labels.of_work(owner, second) == []
    assert labels.of_work(owner, first) == ["pilot"]


def test_the_same_file_with_labels_is_listed_once(owner: Desk) -> None:
    first, *_ = work_ids(owner)
    data = rayyan({"cleo": "Included"}, more=LABELS)
    report = bring(owner, data, {"cleo": "Cleo"})
    again = bring(owner, data, {"cleo": "Cleo"})
    assert (again.file_id, again.repeated, again.labels) == (None, 4, 0)
    assert report.file_id
    assert len(brought_decisions.files(owner)) == 1
    assert brought_decisions.undo(owner, report.file_id).labels == 8
    assert labels.of_work(owner, first) == []


def test_a_label_put_again_by_hand_stays(owner: Desk) -> None:
    first, *_ = work_ids(owner)
    report = bring(owner, rayyan({"cleo": "Included"}, more=LABELS), {"cleo": "Cleo"})
    label = {"kind": "label", "client_id": "l", "stage": TA.value, "label": "pilot", "on": True}
    messages.apply(owner, [label | {"id": first}])
    assert report.file_id
    brought_decisions.undo(owner, report.file_id)
    assert labels.of_work(owner, first) == ["pilot"]


def test_a_label_of_two_files_stays_with_the_other(owner: Desk) -> None:
    first, *_ = work_ids(owner)
    reports = [
        bring(owner, rayyan({name: "Included"}, more=LABELS), {name: None}) for name in ("x", "y")
    ]
    for report, expected in zip(reports, (["pilot", "To discuss"], []), strict=True):
        assert report.file_id
        brought_decisions.undo(owner, report.file_id)
        assert labels.of_work(owner, first) == expected


# ── taking a file back ────────────────────────────────────────────────────────────────────────────


def test_a_file_is_taken_back_as_a_whole(owner: Desk, ben: Desk, cleo: Desk) -> None:
    before = counted(owner)
    data = rayyan({"b": "Included", "cleo": "Excluded"})
    report = bring(ben, data, {"b": "Ben", "cleo": "Cleo"})
    assert report.file_id
    brought_decisions.confirm(cleo, report.file_id)
    assert states(owner) == [State.CONFLICT] * 4
    preview = brought_decisions.undo_preview(owner, report.file_id)
    assert (preview.taken_back, preview.superseded) == ({"Ben": 4, "Cleo": 4}, {})
    assert preview.opened == 4
    assert brought_decisions.undo(ben, report.file_id) == preview
    assert states(owner) == [State.OPEN] * 4
    after = counted(owner)
    assert {name: after[name] for name in COUNTED if name != "decision"} == {
        name: before[name] for name in COUNTED if name != "decision"
    }
    for each in (ben, cleo):
        assert decisions.own(each, TA) == []
    (file,) = brought_decisions.files(owner)
    assert (file.file.undone_by, file.file.undone_at is None) == ("Ben", False)


def test_it_can_be_brought_again_after_that(owner: Desk, cleo: Desk) -> None:
    data = rayyan({"me": "Included", "cleo": "Included"})
    for _ in range(2):
        report = bring(owner, data, {"me": "Anna", "cleo": "Cleo"})
        assert (report.added, report.waiting) == (4, {"Cleo": 4})
        assert report.file_id
        assert brought_decisions.confirm(cleo, report.file_id).added == 4
        assert states(owner) == [State.INCLUDE] * 4
        brought_decisions.undo(owner, report.file_id)
        assert states(owner) == [State.OPEN] * 4


def test_what_people_decided_anew_stays_and_is_told(owner: Desk, cleo: Desk) -> None:
    first, second, *_ = work_ids(owner)
    file_id = bring_cleos(owner)
    brought_decisions.confirm(cleo, file_id)
    say(cleo, first, EXCLUDE)
    say(cleo, second, Verdict.WITHDRAWN)
    preview = brought_decisions.undo(owner, file_id)
    assert (preview.taken_back, preview.superseded, preview.taken_back_before) == (
        {"Cleo": 2},
        {"Cleo": 1},
        1,
    )
    assert [(each.work_id, each.verdict) for each in decisions.own(cleo, TA)] == [(first, EXCLUDE)]


def test_a_conflict_that_she_resolved_stays_resolved(owner: Desk, ben: Desk, cleo: Desk) -> None:
    first, *_ = work_ids(owner)
    say(ben, first, EXCLUDE)
    file_id = bring_cleos(owner)
    brought_decisions.confirm(cleo, file_id)
    conflicts.resolve(cleo, TA, first, Resolution(verdict=INCLUDE, how=DISCUSSION, note="Talked"))
    assert brought_decisions.undo(owner, file_id).superseded == {"Cleo": 1}
    assert states(owner)[0] == State.INCLUDE


@pytest.mark.parametrize("act", ["undone", "declined"])
def test_a_resolution_that_was_taken_back_keeps_no_vote_of_a_file(
    owner: Desk, ben: Desk, cleo: Desk, act: str
) -> None:
    first, *_ = work_ids(owner)
    file_id = bring_cleos(owner)
    if act == "undone":
        brought_decisions.confirm(cleo, file_id)
    else:
        brought_decisions.vouch(owner, file_id, cleo.person_id)
    say(ben, first, EXCLUDE)
    conflicts.resolve(cleo, TA, first, Resolution(verdict=INCLUDE, how=DISCUSSION, note="Talked"))
    conflicts.reopen(cleo, TA, first)
    if act == "undone":
        brought_decisions.undo(owner, file_id)
    else:
        brought_decisions.decline(cleo, file_id)
    assert decisions.own(cleo, TA) == []
    assert states(owner)[0] == State.OPEN


def test_what_opens_again_is_told_where_what_was_vouched_for_is_declined(
    owner: Desk, cleo: Desk
) -> None:
    now = stage_settings.current(owner, TA)
    stage_settings.change(owner, TA, StageSettings(voices=1), now)
    file_id = bring_cleos(owner)
    brought_decisions.vouch(owner, file_id, cleo.person_id)
    assert states(owner) == [State.INCLUDE] * 4
    assert brought_decisions.decline(cleo, file_id) == Declined(decisions=4, opened=4)
    assert states(owner) == [State.OPEN] * 4


def test_both_stages_of_a_file_are_taken_back(owner: Desk, full_text_rows: bytes) -> None:
    now = stage_settings.current(owner, TA)
    stage_settings.change(owner, TA, StageSettings(voices=1), now)
    preview = decision_files.preview(owner, "decisions.csv", full_text_rows)
    report = decision_files.bring(owner, preview, {"Anna": "Anna"})
    assert report.file_id
    assert (report.added, states(owner, FT)[0]) == (2, State.EXCLUDE)
    assert brought_decisions.undo(owner, report.file_id).opened == 1
    assert (states(owner)[0], states(owner, FT)[0]) == (State.OPEN, State.OPEN)
    assert full_texts.page(owner, None, 0, 9) == []


@pytest.fixture
def full_text_rows() -> bytes:
    head = "work_id,title,person,stage,verdict,reasons,note,seconds,at\n"
    lines = (("title_abstract", "include", ""), ("full_text", "exclude", "Not work"))
    return (
        head
        + "".join(
            f"7,{TITLES[0]},Anna,{stage},{verdict},{why},,,2026-01-02T03:04:05\n"
            for stage, verdict, why in lines
        )
    ).encode()


def test_who_left_the_team_is_no_hindrance(owner: Desk, cleo: Desk) -> None:
    file_id = bring_cleos(owner)
    brought_decisions.confirm(cleo, file_id)
    team.take_out(owner, cleo.person_id)
    assert brought_decisions.undo(owner, file_id).taken_back == {"Cleo": 4}
    assert decisions.own(cleo, TA) == []


def test_only_who_brought_it_or_the_owner_takes_it_back(owner: Desk, ben: Desk, cleo: Desk) -> None:
    report = bring(ben, rayyan({"b": "Included"}), {"b": "Ben"})
    assert report.file_id
    with pytest.raises(NotAllowed, match="Only Ben, who brought this file, or the owner"):
        brought_decisions.undo(cleo, report.file_id)
    brought_decisions.undo(owner, report.file_id)
    for step in (brought_decisions.undo, brought_decisions.confirm, brought_decisions.decline):
        with pytest.raises(NotAllowed, match="was taken back"):
            step(ben, report.file_id)


def test_nor_what_a_colleague_took_back(owner: Desk, ben: Desk, cleo: Desk) -> None:
    """The history of a work that is closed shows that, too."""
    first = work_ids(owner)[0]
    say(ben, first, EXCLUDE)
    say(ben, first, Verdict.WITHDRAWN)
    say(owner, first, INCLUDE)
    outcome = brought_decisions.vouch(owner, bring_cleos(owner), cleo.person_id)
    assert outcome.obstacles[Obstacle.BLIND] == 1
    assert seen(owner, first) == [("Anna", INCLUDE)]


def test_nor_a_colleagues_label(owner: Desk, ben: Desk, cleo: Desk) -> None:
    first = work_ids(owner)[0]
    now = stage_settings.current(owner, TA)
    stage_settings.change(owner, TA, StageSettings(voices=1), now)
    label = {"kind": "label", "client_id": "l", "stage": TA.value, "label": "out", "on": True}
    messages.apply(ben, [label | {"id": first}])
    outcome = brought_decisions.vouch(owner, bring_cleos(owner), cleo.person_id)
    assert outcome.obstacles == {Obstacle.BLIND: 1}
    assert labels.of_work(owner, first) == []
    assert len(labels.of_work(ben, first)) == 1


def test_a_file_taken_back_can_be_vouched_for_again(owner: Desk) -> None:
    said = {"x": "Included", "y": "Excluded"}
    for _ in range(2):
        report = bring(owner, rayyan(said), {"x": "Xenia Old", "y": "Yan Old"})
        assert report.file_id
        for name in ("Xenia Old", "Yan Old"):
            person_id = people.named(owner.store, name).id
            assert brought_decisions.vouch(owner, report.file_id, person_id).added == 4
        brought_decisions.undo(owner, report.file_id)
        assert states(owner) == [State.OPEN] * 4


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_brought_no_state_and_no_count_changes_before_it_is_confirmed(
    owner: Desk, ben: Desk, cleo: Desk, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    now = stage_settings.current(owner, TA)
    stage_settings.change(owner, TA, StageSettings(voices=chance.choice([1, 2, 3])), now)
    for number in range(8):
        voter = chance.choice([owner, ben, cleo])
        verdict = chance.choice([INCLUDE, EXCLUDE, Verdict.MAYBE])
        work_id = chance.choice(work_ids(owner))
        new = NewDecision(work_id=work_id, stage=TA, verdict=verdict, client_id=f"random-{number}")
        decisions.decide(voter, [new])
    before, shown = counted(owner), [seen(owner, work_id) for work_id in work_ids(owner)]
    for _ in range(4):
        bringer = chance.choice([owner, ben])
        words = ["Included", "Excluded", "Maybe"]
        others: list[str | None] = ["Cleo", "Somebody new", None]
        names = {name: chance.choice(others) for name in ("x", "y", "z")}
        data = rayyan({name: chance.choice(words) for name in names}, chance.sample(TITLES, 3))
        bring(bringer, data, names, stage=chance.choice([TA, FT]))
    assert counted(owner) == before
    assert [seen(owner, work_id) for work_id in work_ids(owner)] == shown
    for file in brought_decisions.files(owner):
        brought_decisions.undo(owner, file.file.id)
    assert counted(owner) == before


def test_what_was_vouched_for_and_declined_can_be_confirmed_after_all(
    owner: Desk, cleo: Desk
) -> None:
    file_id = bring_cleos(owner)
    brought_decisions.vouch(owner, file_id, cleo.person_id)
    brought_decisions.decline(cleo, file_id)
    assert brought_decisions.wait_again(cleo, file_id) == 4
    assert brought_decisions.confirm(cleo, file_id).added == 4
    assert len(decisions.own(cleo, TA)) == 4
    assert brought_decisions.undo(owner, file_id).taken_back == {"Cleo": 4}
    assert decisions.own(cleo, TA) == []


def test_an_undone_vote_does_not_come_back_when_works_are_parted(owner: Desk, cleo: Desk) -> None:
    alone(owner)
    first, second, *_ = work_ids(owner)
    file_id = bring_cleos(owner)
    brought_decisions.vouch(owner, file_id, cleo.person_id)
    record_pairs.mark_same(owner, first, second)
    brought_decisions.decline(cleo, file_id)
    split_second(owner)
    assert states(owner) == [State.OPEN] * 4


@pytest.mark.parametrize("declines", [True, False])
def test_an_undone_vote_stays_undone_though_its_person_voted_anew_on_the_joined_work(
    owner: Desk, cleo: Desk, *, declines: bool
) -> None:
    """The newer vote stays where it was cast; the file's is gone, though it was covered before."""
    alone(owner)
    first, second, *_ = work_ids(owner)
    file_id = bring_cleos(owner, titles=TITLES[1:2])
    brought_decisions.vouch(owner, file_id, cleo.person_id)
    record_pairs.mark_same(owner, first, second)
    enter(cleo)
    decisions.decide(cleo, [a_decision(cleo, first, Verdict.EXCLUDE, TA)])
    if declines:
        brought_decisions.decline(cleo, file_id)
    brought_decisions.undo(owner, file_id)
    assert states(owner)[0] == State.EXCLUDE
    split_second(owner)
    assert states(owner) == [State.EXCLUDE, *[State.OPEN] * 3]


def alone(desk: Desk) -> None:
    """One person decides each work."""
    stage_settings.change(desk, TA, StageSettings(voices=1), stage_settings.current(desk, TA))


def split_second(desk: Desk) -> None:
    """Part the second record from the first."""
    with desk.reading() as c:
        query = select(schema.record.c.id).order_by(schema.record.c.id)
        records = list(c.execute(query).scalars())
    record_pairs.split_off(desk, records[1])


# ── several rows of one person ────────────────────────────────────────────────────────────────────


def own_table(*lines: str) -> bytes:
    head = "work_id,title,person,stage,verdict,reasons,note,seconds,at,settles,how\n"
    return (head + "".join(f"7,{TITLES[0]},Anna,{line}\n" for line in lines)).encode()


def bring_table(desk: Desk, *lines: str) -> ImportReport:
    preview = decision_files.preview(desk, "decisions.csv", own_table(*lines))
    return decision_files.bring(desk, preview, {"Anna": "Anna"})


def test_of_contradicting_rows_the_latest_counts(owner: Desk) -> None:
    rows = [f"title_abstract,{said},,,,2026-01-0{day},False," for said, day in
            (("exclude", 3), ("include", 2))]  # fmt: skip
    report = bring_table(owner, *rows)
    assert (report.added, report.replaced, report.waiting) == (1, 1, {})
    assert [each.verdict for each in decisions.own(owner, TA)] == [EXCLUDE]


def test_contradicting_rows_without_a_time_make_no_decision(owner: Desk) -> None:
    rows = [f"title_abstract,{said},,,,,False," for said in ("exclude", "include")]
    report = bring_table(owner, *rows)
    assert (report.added, report.waiting) == (0, {"Anna": 2})
    assert [told.split(",")[0] for told in report.refused] == ["Line 2", "Line 3"]
    assert decisions.own(owner, TA) == []


def test_what_was_taken_back_at_last_counts_for_nothing(owner: Desk) -> None:
    rows = [f"title_abstract,{said},,,,2026-01-0{day},False," for said, day in
            (("include", 2), ("withdrawn", 3))]  # fmt: skip
    report = bring_table(owner, *rows)
    assert (report.added, report.replaced, report.waiting) == (0, 2, {})
    assert decisions.own(owner, TA) == []


def test_resolutions_of_our_own_table_are_no_votes(owner: Desk) -> None:
    """Neither the end of a conflict, nor that it was taken back."""
    report = bring_table(
        owner,
        "title_abstract,include,,,,2026-01-02,False,",
        "title_abstract,exclude,,,,2026-01-03,True,discussion",
        "title_abstract,withdrawn,,,,2026-01-04,True,",
    )
    assert (report.added, report.resolutions, report.left_out) == (1, 2, ())
    assert [each.verdict for each in decisions.own(owner, TA)] == [INCLUDE]


def test_our_own_table_of_another_review_brings_votes_and_no_resolution(
    owner: Desk, ben: Desk
) -> None:
    first, second, *_ = work_ids(owner)
    say(ben, first, EXCLUDE)
    say(owner, first, INCLUDE)
    for reader in (ben, owner):
        say(reader, second, INCLUDE)
    conflicts.resolve(owner, TA, first, Resolution(verdict=EXCLUDE, how=DISCUSSION, note="Talked"))
    say(owner, second, Verdict.NOT_RETRIEVED, FT, note="No library has it")
    table = b"".join(decision_export.export_csv(owner))
    other = reviews.create(owner.store, owner.person_id, Draft(title="Other"))
    keep(other.store, other.person_id, other.review_id, a_reading(*TITLES))
    preview = decision_files.preview(other, "decisions.csv", table)
    report = decision_files.bring(other, preview, {"Anna": "Anna", "Ben": "Ben"})
    assert (report.resolutions, report.added, report.waiting) == (1, 3, {"Ben": 2})
    here, there, *_ = work_ids(other)
    assert seen(other, here) == [("Anna", INCLUDE)]
    assert Verdict.NOT_RETRIEVED in {verdict for _, verdict in seen(other, there)}
    assert report.file_id
    brought_decisions.undo(other, report.file_id)
    assert states(other, FT)[-4:] == [State.OPEN] * 4
    assert states(other)[-4:] == [State.OPEN] * 4


def test_a_number_that_a_page_made_up_hinders_no_decision(owner: Desk, cleo: Desk) -> None:
    file_id = bring_cleos(owner, titles=TITLES[:1])
    (row,) = brought_decisions.own(cleo, file_id)
    last = work_ids(owner)[-1]
    new = NewDecision(work_id=last, stage=TA, verdict=EXCLUDE, client_id=f"brought-{row.id}-0")
    decisions.decide(cleo, [new])
    assert brought_decisions.confirm(cleo, file_id).added == 1
    assert {each.work_id for each in decisions.own(cleo, TA)} == {row.work_id, last}


# ── joined works, and imports that are undone ─────────────────────────────────────────────────────


def test_what_was_brought_for_a_joined_work_counts_for_the_surviving_one(
    owner: Desk, cleo: Desk
) -> None:
    first, second, *_ = work_ids(owner)
    file_id = bring_cleos(owner, titles=TITLES[1:2])
    record_pairs.mark_same(owner, first, second)
    (row,) = brought_decisions.own(cleo, file_id)
    assert {row.work_id, row.surviving_id} <= {first, second}
    brought_decisions.confirm(cleo, file_id)
    assert [each.work_id for each in decisions.own(cleo, TA)] == [row.surviving_id]
    report = bring(owner, rayyan({"cleo": "Included"}, TITLES[1:2]), {"cleo": "Cleo"})
    assert report.repeated == 1  # whichever of the two the record belongs to by now
    brought_decisions.undo(owner, file_id)
    assert decisions.own(cleo, TA) == []


def test_a_vote_on_a_joined_work_is_as_blind(owner: Desk, ben: Desk, cleo: Desk) -> None:
    first, second, *_ = work_ids(owner)
    say(ben, first, EXCLUDE)
    record_pairs.mark_same(owner, first, second)
    file_id = bring_cleos(owner, titles=TITLES[1:2])
    outcome = brought_decisions.vouch(owner, file_id, cleo.person_id)
    assert outcome.obstacles == {Obstacle.BLIND: 1}


def test_an_import_is_not_undone_while_decisions_of_a_file_wait_for_its_works(
    owner: Desk, cleo: Desk
) -> None:
    (imported,) = (file for source in sources.listing(owner) for file in source.files)
    file_id = bring_cleos(owner)
    with pytest.raises(NotAllowed, match="already decided in a file that was brought in"):
        imports.undo(owner, imported.id)
    brought_decisions.undo(owner, file_id)
    imports.undo(owner, imported.id)
    assert work_ids(owner) == []
    assert [file.file.id for file in brought_decisions.files(owner)] == [file_id]
