"""Agreement rests on complete codings that a person may see, and tells nothing of others."""

from dataclasses import replace

import pytest
from sqlalchemy import insert, update

from evidence.coding.agreement.figures import Figure
from evidence.coding.agreement.while_blind import BlindFigures
from evidence.coding.answers import Answer
from evidence.errors import NotAllowed, NotFound
from evidence.steps.coding import agreement, coders, coding, schemes
from evidence.steps.desk import Desk
from evidence.steps.review import people, team
from evidence.store import Role
from evidence.store.coding import studies as kept_studies
from evidence.store.coding.coding_assignments import CodingPilot
from evidence.store.schema import coding_assignment, coding_pilot, member
from tests.steps.coding.test_coding import link_an_included_report
from tests.steps.conftest import enter

SCHEME = """\
id: small
title: A small scheme
version: "1"
purpose: coding
judges: study
sections:
  - title: All
    questions:
      - id: support
        text: What was given?
        kind: many of
        options: [{id: coach, label: Job coach}, {id: peer, label: Peer support}]
      - {id: people, text: How many people?, kind: number}
      - {id: remarks, text: Remarks, kind: text}
"""


@pytest.fixture
def scheme_id(desk: Desk, bens_desk: Desk) -> int:
    enter(bens_desk)
    return schemes.add(desk, SCHEME, "small.yaml")


@pytest.fixture
def study_ids(desk: Desk, scheme_id: int) -> list[int]:
    with desk.writing(Role.REVIEWER) as w:
        ids = [kept_studies.create(w, f"Study {number}", []) for number in range(3)]
    link_an_included_report(desk, ids[0])
    return ids


def code(desk: Desk, study_id: int, *codes: str, people: str = "", complete: bool = True) -> None:
    coding.set_answer(desk, study_id, Answer(question="support", codes=codes))
    if people:
        coding.set_answer(desk, study_id, Answer(question="people", value=people))
    if complete:
        coding.complete(desk, study_id)


def figure(desk: Desk, scheme_id: int, question: str, code: str = "") -> Figure:
    (found,) = [
        each
        for each in agreement.measure(desk, scheme_id).agreed.figures
        if (each.subject.question, each.subject.code) == (question, code)
    ]
    return found


def test_complete_codings_of_both_are_compared(
    desk: Desk, bens_desk: Desk, scheme_id: int, study_ids: list[int]
) -> None:
    code(desk, study_ids[0], "coach", "peer", people="12")
    code(bens_desk, study_ids[0], "coach", people="13")
    code(desk, study_ids[1], "coach")
    found = agreement.measure(desk, scheme_id)
    assert (found.agreed.coders, found.agreed.studies, found.pairs) == (("Anna", "Ben"), 1, ())
    assert [question.id for question in found.left_out] == ["remarks"]
    assert found.sentence.startswith("Two people coded the same study with “A small scheme”.")
    assert figure(desk, scheme_id, "support").agreed == 1
    differing = agreement.differing(desk, scheme_id)
    assert [(each.label, each.subject, dict(each.answers)) for each in differing] == [
        ("Study 0", "What was given?: Peer support", {"Anna": "yes", "Ben": "no"}),
        ("Study 0", "How many people?", {"Anna": "12", "Ben": "13"}),
    ]
    assert len(agreement.differing(desk, scheme_id, "support")) == 1
    assert agreement.differing(desk, scheme_id, "support", "coach") == ()


def test_who_is_coding_a_study_hears_nothing_of_it(
    desk: Desk, bens_desk: Desk, scheme_id: int, study_ids: list[int]
) -> None:
    code(desk, study_ids[0], "coach")
    code(bens_desk, study_ids[0], "peer", complete=False)
    for person in (desk, bens_desk):
        assert agreement.measure(person, scheme_id).agreed.studies == 0
        assert agreement.differing(person, scheme_id) == ()
    coding.complete(bens_desk, study_ids[0])
    assert agreement.measure(bens_desk, scheme_id).agreed.studies == 1
    coding.reopen(desk, study_ids[0])
    assert agreement.measure(desk, scheme_id).agreed.studies == 0


def test_what_was_changed_after_reading_is_not_compared_but_what_was_said_before(
    desk: Desk, bens_desk: Desk, scheme_id: int, study_ids: list[int]
) -> None:
    study_id, other, _ = study_ids
    code(desk, study_id, "peer", people="12")
    coding.reopen(desk, study_id)  # nobody else has said anything yet
    code(desk, study_id, "coach", people="12")
    code(bens_desk, study_id, "peer", people="13")
    for each in (desk, bens_desk):
        code(each, other, "coach")
    before = agreement.measure(desk, scheme_id), agreement.differing(desk, scheme_id)
    assert before[0].changed == 0
    assert figure(desk, scheme_id, "support").agreed == 2  # of 4: two codes in two studies
    coding.reopen(bens_desk, study_id)  # having been able to read Anna's
    code(bens_desk, study_id, "coach", people="12")
    coding.reopen(bens_desk, study_id)
    code(bens_desk, study_id, "coach", "peer", people="12")
    now = agreement.measure(desk, scheme_id)
    assert now.changed == 1
    assert now.agreed == before[0].agreed
    assert agreement.differing(desk, scheme_id) == before[1]
    said = dict(agreement.differing(desk, scheme_id, "people")[0].answers)
    assert said == {"Anna": "12", "Ben": "13"}
    coding.reopen(bens_desk, study_id)
    code(bens_desk, study_id, "peer", people="13")  # as it was
    assert agreement.measure(desk, scheme_id).changed == 0
    assert agreement.differing(desk, scheme_id) == before[1]
    counted = coding.sheet(bens_desk, study_id, scheme_id).rows
    assert {row.code for row in counted if row.chosen} == {"peer"}


def test_agreement_is_for_the_team(
    desk: Desk, bens_desk: Desk, scheme_id: int, study_ids: list[int]
) -> None:
    team.take_out(desk, bens_desk.person_id)
    for step in (agreement.measure, agreement.differing, agreement.differences_table):
        with pytest.raises(NotAllowed, match="Take part"):
            step(bens_desk, scheme_id)
    with pytest.raises(NotFound):
        agreement.measure(desk, 99)


def test_tables_of_nothing_have_their_heads(desk: Desk, scheme_id: int) -> None:
    assert agreement.figures_table(desk, scheme_id).decode("utf-8-sig").startswith("level,within,")
    head = agreement.differences_table(desk, scheme_id).decode("utf-8-sig").strip()
    assert head == "study,label,arm,question"


def test_tables_have_what_is_shown(
    desk: Desk, bens_desk: Desk, scheme_id: int, study_ids: list[int]
) -> None:
    code(desk, study_ids[0], "coach")
    code(bens_desk, study_ids[0])
    lines = agreement.differences_table(desk, scheme_id).decode("utf-8-sig").splitlines()
    assert lines == [
        "study,label,arm,question,Anna,Ben",
        f"{study_ids[0]},Study 0,,What was given?: Job coach,yes,no",
    ]
    assert "code,What was given?,Job coach,Anna and Ben,1,0,0,0.0," in agreement.figures_table(
        desk, scheme_id
    ).decode("utf-8-sig")


def test_a_pilot_is_measured_by_itself(
    desk: Desk, bens_desk: Desk, scheme_id: int, study_ids: list[int]
) -> None:
    for person, others in ((desk, ["coach"]), (bens_desk, [])):
        code(person, study_ids[0], "coach")
        code(person, study_ids[1], *others)
    with desk.writing(Role.REVIEWER) as w:
        pilot = insert(coding_pilot).values(
            scheme_id=scheme_id, name="First", created_by=desk.person_id, created_at=w.at
        )
        pilot_id = int(w.connection.execute(pilot.returning(coding_pilot.c.id)).scalar_one())
        for person in (desk, bens_desk):
            w.connection.execute(
                insert(coding_assignment).values(
                    scheme_id=scheme_id,
                    study_id=study_ids[0],
                    person_id=person.person_id,
                    pilot_id=pilot_id,
                    assigned_by=desk.person_id,
                    assigned_at=w.at,
                )
            )
    assert agreement.measure(desk, scheme_id).agreed.studies == 2
    assert agreement.measure(desk, scheme_id, pilot_id).agreed.studies == 1
    assert agreement.measure(desk, scheme_id, pilot_id + 1).agreed.studies == 0
    assert len(agreement.differing(desk, scheme_id)) == 1  # in the second study
    assert agreement.differing(desk, scheme_id, pilot_id=pilot_id) == ()


@pytest.fixture
def others(desk: Desk, bens_desk: Desk) -> tuple[Desk, Desk, Desk]:
    """Ben, Cay and Dot, who are in the team."""
    named = (people.named(desk.store, name).id for name in ("Cay", "Dot"))
    cay, dot = (replace(desk, person_id=person_id) for person_id in named)
    for each in (cay, dot):
        enter(each)
    return bens_desk, cay, dot


def begin(desk: Desk, scheme_id: int, *coders_of_it: Desk) -> CodingPilot:
    """A pilot of these people, with five studies of its own."""
    with desk.writing(Role.REVIEWER) as w:
        for number in range(5):
            kept_studies.create(w, f"Study {number}", [], free=set())
    return coders.begin_pilot(desk, scheme_id, [each.person_id for each in coders_of_it], 5, seed=1)


def test_the_lead_sees_figures_of_a_running_pilot_and_no_answer(
    desk: Desk, scheme_id: int, study_ids: list[int], others: tuple[Desk, Desk, Desk]
) -> None:
    del study_ids  # with their reports Anna is in the team
    ben, cay, _ = others
    pilot = begin(desk, scheme_id, *others)
    for done, study_id in enumerate(pilot.studies[:4], start=1):
        code(ben, study_id, "coach", people="12345")
        code(cay, study_id, *(["coach", "peer"] if done % 2 else ["peer"]), people="67890")
        shown = agreement.while_pilot_runs(desk, scheme_id, pilot.id)
        assert shown.studies == (3 if done >= 3 else 0)  # codings come in by threes
        assert bool(shown.figures) == (done >= 3)
        for hidden in ("Study ", "Ben", "Cay", "12345", "67890", "12,345"):
            assert hidden not in repr(shown)
    assert agreement.measure(desk, scheme_id, pilot.id).agreed.studies == 0
    assert agreement.differing(desk, scheme_id, pilot_id=pilot.id) == ()
    elsewhere = agreement.while_pilot_runs(desk, scheme_id, pilot.id + 1)
    assert elsewhere == BlindFigures(coders=0, studies=0)


def test_of_studies_that_the_lead_still_codes_no_figure_is_shown(
    desk: Desk, scheme_id: int, study_ids: list[int], others: tuple[Desk, Desk, Desk]
) -> None:
    del study_ids
    ben, cay, _ = others
    pilot = begin(desk, scheme_id, desk, *others)
    for study_id in pilot.studies:
        code(ben, study_id, "coach")
        code(cay, study_id, "peer")
    nothing = agreement.while_pilot_runs(desk, scheme_id, pilot.id)
    assert nothing == BlindFigures(coders=0, studies=0)
    for study_id in pilot.studies[:3]:
        code(desk, study_id, "peer")
    assert agreement.while_pilot_runs(desk, scheme_id, pilot.id).studies == 3
    coding.reopen(desk, pilot.studies[0])
    fewer = agreement.while_pilot_runs(desk, scheme_id, pilot.id)
    assert (fewer.studies, fewer.figures) == (2, ())


def test_figures_of_a_running_pilot_are_for_those_who_edit(
    desk: Desk, scheme_id: int, study_ids: list[int], others: tuple[Desk, Desk, Desk]
) -> None:
    del study_ids
    pilot = begin(desk, scheme_id, *others)
    with desk.writing(Role.EDITOR) as w:
        is_cay = member.c.person_id == others[1].person_id
        w.connection.execute(update(member).where(is_cay).values(role="reviewer"))
    with pytest.raises(NotAllowed, match="those who edit"):
        agreement.while_pilot_runs(others[1], scheme_id, pilot.id)
