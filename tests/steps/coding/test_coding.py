"""Answers and findings are kept at once, checked, and never another person's."""

import json

import pytest

from evidence.coding.answers import Answer
from evidence.coding.findings import Direction, Finding
from evidence.errors import Invalid, InvalidScheme, NotFound
from evidence.screening.verdicts import Stage, Verdict
from evidence.settings import Settings
from evidence.steps.coding import (
    coding,
    coding_history,
    desk_messages,
    desk_sheet,
    schemes,
    studies,
)
from evidence.steps.desk import Desk
from evidence.steps.results import coded_studies, evidence_map, map_document
from evidence.steps.review import reviews
from evidence.steps.screening import decisions
from evidence.store import Role
from evidence.store.coding import studies as kept_studies
from evidence.store.review.reviews import Draft
from evidence.store.screening.decisions import NewDecision
from tests.conftest import a_reading, keep
from tests.steps.coding_progress import progress
from tests.steps.conftest import enter, taken

SCHEME = """\
id: small
title: A small scheme
version: "1"
purpose: coding
judges: study
sections:
  - title: All
    questions:
      - id: stream
        text: Which stream?
        kind: one of
        required: yes
        options:
          - {id: outcome, label: Outcome study}
          - {id: process, label: Process study}
      - id: component
        text: Which component?
        kind: many of
        when: {question: stream, any_of: [process]}
        required: yes
        options:
          - {id: peers, label: Peer support}
      - id: people
        text: How many people?
        kind: number
      - id: service
        text: Which service?
        kind: many of
        axis: intervention
        options:
          - {id: ips, label: IPS}
          - {id: clubhouse, label: Clubhouse}
      - id: outcome-of
        text: Which outcome?
        kind: many of
        axis: outcome
        options:
          - {id: hope, label: Hope}
      - id: contrast
        text: Who against whom?
        kind: one of
        axis: contrast
        of: finding
        options:
          - {id: arms, label: Between arms}
"""


@pytest.fixture
def study_id(desk: Desk) -> int:
    schemes.add(desk, SCHEME, "small.yaml")
    with desk.writing(Role.REVIEWER) as w:
        study_id = kept_studies.create(w, "Drake 1996", [])
    link_an_included_report(desk, study_id)
    return study_id


def link_an_included_report(desk: Desk, study_id: int) -> None:
    keep(desk.store, desk.person_id, desk.review_id, a_reading("The report"))
    (waiting,) = taken(desk, Stage.TITLE_ABSTRACT).waiting
    for stage in Stage:
        new = NewDecision(
            work_id=waiting.id,
            stage=stage,
            verdict=Verdict.INCLUDE,
            client_id=f"{stage}",
        )
        decisions.decide(desk, [new])
    studies.link(desk, study_id, [waiting.id])


def finding(**values: object) -> Finding:
    given = {"intervention": "ips", "outcome": "hope", "contrast": "arms",
             "direction": Direction.BETTER} | values  # fmt: skip
    return Finding(**given)  # type: ignore[arg-type]


def test_every_shipped_scheme_can_be_taken(desk: Desk) -> None:
    offered = schemes.files(Settings())
    assert [one.fault for one in offered] == ["" for _ in offered]
    for one in offered:
        schemes.add(desk, one.yaml, one.file)


def test_a_scheme_with_faults_names_every_line(desk: Desk) -> None:
    broken = SCHEME.replace("kind: number", "kind: digits").replace("id: hope", "id: Hope!")
    with pytest.raises(InvalidScheme) as caught:
        schemes.add(desk, broken, "mine.yaml")
    lines = broken.splitlines()
    wrong = [n for n, line in enumerate(lines, 1) if "digits" in line or "Hope!" in line]
    assert [fault.split(": ")[0] for fault in caught.value.faults] == [
        f"mine.yaml:{line}" for line in wrong
    ]
    assert schemes.of_results(desk) is None


def test_answers_are_kept_and_replaced_with_a_trail(desk: Desk, study_id: int) -> None:
    coding.set_answer(desk, study_id, Answer(question="people", value="143"))
    coding.set_answer(desk, study_id, Answer(question="people", value="144", note="p. 3"))
    sheet = coding.sheet(desk, study_id)
    assert sheet.answers == (Answer(question="people", value="144", note="p. 3"),)
    trail = coding_history.of_question(desk, study_id, sheet.taken.id, "people")
    assert [(change.field, change.before, change.after) for change in trail] == [
        ("note", "", "p. 3"),
        ("value", "143", "144"),
        ("value", "", "143"),
    ]


def test_an_answer_that_cannot_be_is_refused(desk: Desk, study_id: int) -> None:
    with pytest.raises(Invalid, match="not a number"):
        coding.set_answer(desk, study_id, Answer(question="people", value="many"))
    with pytest.raises(Invalid, match="no question colour"):
        coding.set_answer(desk, study_id, Answer(question="colour", value="red"))
    assert coding.sheet(desk, study_id).coding is None


def test_completing_needs_what_is_required_and_asked(desk: Desk, study_id: int) -> None:
    with pytest.raises(Invalid, match="Which stream"):
        coding.complete(desk, study_id)
    coding.set_answer(desk, study_id, Answer(question="stream", codes=("process",)))
    with pytest.raises(Invalid, match="Which component"):
        coding.complete(desk, study_id)
    coding.set_answer(desk, study_id, Answer(question="stream", codes=("outcome",)))
    coding.complete(desk, study_id)
    assert coding.sheet(desk, study_id).complete
    coding.reopen(desk, study_id)
    assert not coding.sheet(desk, study_id).complete


def test_findings_are_added_changed_and_removed(desk: Desk, study_id: int) -> None:
    first = coding.put_finding(desk, study_id, finding(n_intervention=74))
    coding.put_finding(desk, study_id, finding(direction=Direction.WORSE), first)
    second = coding.put_finding(desk, study_id, finding(intervention="clubhouse"))
    kept = coding.sheet(desk, study_id).findings
    assert [one.fields["direction"] for one in kept] == ["worse", "better"]
    coding.remove_finding(desk, study_id, second)
    assert [one.id for one in coding.sheet(desk, study_id).findings] == [first]
    with pytest.raises(NotFound):
        coding.remove_finding(desk, study_id, second)
    with pytest.raises(Invalid, match="not on the scheme's list"):
        coding.put_finding(desk, study_id, finding(outcome="despair"))


def test_people_code_apart_from_each_other(desk: Desk, bens_desk: Desk, study_id: int) -> None:
    enter(bens_desk)
    mine = coding.put_finding(desk, study_id, finding())
    assert coding.sheet(bens_desk, study_id).findings == ()
    with pytest.raises(NotFound):
        coding.remove_finding(bens_desk, study_id, mine)
    coding.set_answer(bens_desk, study_id, Answer(question="people", value="9"))
    assert [line.own_state for line in progress(desk)] == ["draft"]
    assert progress(desk)[0].coders == ("Anna", "Ben")
    assert [one.person for one in coding.sheet(desk, study_id).others] == ["Ben"]


def test_maps_rest_on_complete_codings_and_say_so(desk: Desk, study_id: int) -> None:
    coding.set_answer(desk, study_id, Answer(question="stream", codes=("outcome",)))
    coding.put_finding(desk, study_id, finding())
    found = coded_studies.load(desk)
    assert found is not None
    assert (found.studies, found.open) == ((), ("Drake 1996",))
    drafts = coded_studies.load(desk, drafts=True)
    assert drafts is not None
    assert drafts.sentence == "Rests on 1 of 1 study, 1 of them still a draft."
    coding.complete(desk, study_id)
    content = map_document.content(desk, map_document.wanted(desk))
    assert content is not None
    tab = evidence_map.cross_tab(content)
    assert tab.studies("ips", "hope") == {study_id}
    assert tab.studies("clubhouse", "hope") == frozenset()


def test_answers_that_are_no_longer_asked_do_not_count(desk: Desk, study_id: int) -> None:
    coding.set_answer(desk, study_id, Answer(question="stream", codes=("process",)))
    coding.set_answer(desk, study_id, Answer(question="component", codes=("peers",)))
    coding.set_answer(desk, study_id, Answer(question="stream", codes=("outcome",)))
    found = coded_studies.load(desk, drafts=True)
    assert found is not None
    assert set(found.studies[0].codes) == {"stream"}


def test_another_reviews_study_cannot_be_coded(desk: Desk, study_id: int) -> None:
    other = reviews.create(desk.store, desk.person_id, Draft(title="Other"))
    schemes.add(other, SCHEME, "small.yaml")
    with pytest.raises(NotFound):
        coding.set_answer(other, study_id, Answer(question="people", value="1"))
    with pytest.raises(NotFound):
        coding.sheet(other, study_id)


def test_a_study_whose_reports_left_does_not_count(desk: Desk, study_id: int) -> None:
    coding.set_answer(desk, study_id, Answer(question="stream", codes=("outcome",)))
    coding.complete(desk, study_id)
    (report,) = studies.listing(desk)[0].reports
    new = NewDecision(
        work_id=report.work_id,
        stage=Stage.FULL_TEXT,
        verdict=Verdict.EXCLUDE,
        client_id="out",
    )
    decisions.decide(desk, [new])
    found = coded_studies.load(desk)
    assert found is not None
    assert (found.studies, found.dropped) == ((), ("Drake 1996",))
    assert "1 left out, because no report of it is included any more" in found.sentence


def typed(desk: Desk, study_id: int, uid: str, **fields: str) -> None:
    """Fill fields of a finding in, as the coding desk does."""
    taken = schemes.of_results(desk)
    assert taken is not None
    about = {"study_id": study_id, "scheme_id": taken.id, "version_id": taken.version.id}
    items = [
        {"client_id": f"{uid} {name} {text}", "kind": "finding", "uid": uid,
         "field": name.replace("__", "."), "before": "", "after": text, **about}
        for name, text in fields.items()
    ]  # fmt: skip
    assert not desk_messages.apply(desk, items).refused


WHOLE = {"intervention": "ips", "outcome": "hope", "contrast": "arms", "direction": "better"}
MEANS = {
    "numbers_kind": "means", "benefit": "higher", "numbers__n1": "70", "numbers__mean1": "12.0",
    "numbers__sd1": "4.0", "numbers__n2": "70", "numbers__mean2": "10.0",
}  # fmt: skip


def test_completing_waits_for_what_findings_need_and_names_them(desk: Desk, study_id: int) -> None:
    coding.set_answer(desk, study_id, Answer(question="stream", codes=("outcome",)))
    typed(desk, study_id, "finding1", **WHOLE, **MEANS, numbers__sd2="0")
    typed(desk, study_id, "finding2", outcome="hope", time="18 months")
    with pytest.raises(Invalid) as caught:
        coding.complete(desk, study_id)
    said = str(caught.value)
    assert "Finding 1 (Hope): The SD of the comparison group is 0" in said
    assert "Finding 2 (Hope · 18 months): The intervention is not chosen yet." in said
    assert "The direction is not chosen yet" in said
    assert not coding.sheet(desk, study_id).complete


def test_completing_waits_for_the_reason_of_another_direction(desk: Desk, study_id: int) -> None:
    coding.set_answer(desk, study_id, Answer(question="stream", codes=("outcome",)))
    against = WHOLE | {"direction": "worse"}
    typed(desk, study_id, "finding1", **against, **MEANS, numbers__sd2="5.0")
    with pytest.raises(Invalid, match="The numbers say “better”"):
        coding.complete(desk, study_id)
    typed(desk, study_id, "finding1", direction_reason="Medians point the other way.")
    coding.complete(desk, study_id)


def test_an_sd_that_no_report_gives_keeps_nobody_from_completing(desk: Desk, study_id: int) -> None:
    coding.set_answer(desk, study_id, Answer(question="stream", codes=("outcome",)))
    typed(desk, study_id, "finding1", **WHOLE, **MEANS)
    coding.complete(desk, study_id)


def test_a_sheet_brings_what_follows_from_the_numbers(desk: Desk, study_id: int) -> None:
    typed(desk, study_id, "finding1", **WHOLE, **MEANS, numbers__sd2="0")
    typed(desk, study_id, "finding2", **WHOLE)
    (taken,) = schemes.taken(desk)
    sent = desk_sheet.sheet_data(desk, study_id, taken.id)["computed"]
    assert desk_sheet.computed_data(coding.sheet(desk, study_id)) == sent
    assert sent["finding2"] == {"effect": "", "notices": [], "faults": []}
    (fault,) = sent["finding1"]["faults"]
    assert fault["field"] == "numbers.sd2"
    assert json.loads(json.dumps(sent)) == sent


def test_a_whole_finding_that_is_kept_leaves_the_numbers_as_typed(
    desk: Desk, study_id: int
) -> None:
    typed(desk, study_id, "finding1", **WHOLE, **MEANS)
    (stored,) = coding.sheet(desk, study_id).findings
    coding.put_finding(desk, study_id, finding(direction=Direction.WORSE), stored.id)
    (after,) = coding.sheet(desk, study_id).findings
    assert after.fields == dict(stored.fields) | {
        "direction": "worse",
        "significance": "not reported",
        "reporting": "reported",
    }
