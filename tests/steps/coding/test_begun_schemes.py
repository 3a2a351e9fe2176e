"""A first scheme is looked at and changed before anybody codes with it, and works as any other."""

from datetime import date

import pytest

from evidence.coding.answers import Answer
from evidence.coding.findings import Direction, Finding
from evidence.coding.first_scheme.topic import TypedTopic
from evidence.coding.scheme import Axis
from evidence.errors import Invalid, NotAllowed, NotFound
from evidence.steps.coding import coding, desk_sheet, scheme_drafts, schemes
from evidence.steps.coding.first_scheme import begun_schemes
from evidence.steps.desk import Desk
from evidence.steps.results import directions, map_document, report, schemes_of_map
from evidence.steps.results.evidence_map import cross_tab
from evidence.steps.results.report import ReportFormat
from evidence.store import Role
from evidence.store.coding import studies as kept_studies
from tests.coding.first_scheme import topics
from tests.steps.coding.test_coding import SCHEME, link_an_included_report


def begin(desk: Desk, typed: TypedTopic = topics.MEALS) -> int:
    return begun_schemes.begin(desk, typed, ready={"equity"})


def take(desk: Desk, scheme_id: int) -> None:
    draft = scheme_drafts.draft_of(desk, scheme_id)
    begun_schemes.take(desk, draft.scheme, scheme_id, draft.seen)


def rename(desk: Desk, scheme_id: int, title: str) -> None:
    act = {"client_id": title, "scheme_id": scheme_id, "act": "field", "field": "title"}
    assert not scheme_drafts.apply(desk, [act | {"value": title}]).refused


def test_what_is_begun_is_asked_of_nobody_until_it_is_taken(desk: Desk) -> None:
    begun = begin(desk)
    assert [each.id for each in begun_schemes.begun(desk)] == [begun]
    assert schemes.taken(desk) == []
    assert schemes.of_results(desk) is None
    for refused in (schemes.get, coding.in_use):
        with pytest.raises(NotFound):
            refused(desk, begun)
    take(desk, begun)
    assert begun_schemes.begun(desk) == []
    (taken,) = schemes.taken(desk)
    assert (taken.id, taken.version.number) == (begun, 1)


def test_it_is_changed_in_the_editor_before_it_is_taken(desk: Desk) -> None:
    begun = begin(desk)
    rename(desk, begun, "Meals at school")
    assert scheme_drafts.draft_of(desk, begun).changed
    take(desk, begun)
    (taken,) = schemes.taken(desk)
    assert taken.scheme.title == "Meals at school"
    assert taken.scheme.id == "school-meals"
    assert not scheme_drafts.draft_of(desk, begun).changed


def test_results_rest_on_what_was_taken_first_whatever_was_begun_before(desk: Desk) -> None:
    begun = begin(desk)
    other = schemes.add(desk, SCHEME, "small.yaml")
    take(desk, begun)
    assert [each.id for each in schemes.taken(desk)] == [other, begun]
    first = schemes.of_results(desk)
    assert first is not None
    assert first.id == other


def test_it_is_taken_once_and_only_by_those_who_edit(desk: Desk, bens_desk: Desk) -> None:
    begun = begin(desk)
    rename(desk, begun, "Anna's")
    seen = scheme_drafts.draft_of(desk, begun)
    begun_schemes.take(desk, seen.scheme, begun, seen.seen)
    with pytest.raises(Invalid, match="taken already"):
        begun_schemes.take(desk, seen.scheme, begun, seen.seen)
    with pytest.raises(Invalid, match="taken already"):
        begun_schemes.discard(desk, begun)
    with pytest.raises(NotAllowed):
        begin(bens_desk)


def test_what_is_thrown_away_is_gone_and_its_name_is_free(desk: Desk) -> None:
    first, second = begin(desk), begin(desk)
    names = [each.scheme.id for each in begun_schemes.begun(desk)]
    assert names == ["school-meals", "school-meals-2"]
    rename(desk, first, "Other")
    begun_schemes.discard(desk, first)
    assert [each.id for each in begun_schemes.begun(desk)] == [second]
    with pytest.raises(NotFound):
        scheme_drafts.draft_of(desk, first)
    assert begin(desk, TypedTopic(title="Equity")) > 0
    assert begun_schemes.begun(desk)[-1].scheme.id == "equity-2"


def test_what_cannot_be_is_said_and_nothing_is_begun(desk: Desk) -> None:
    with pytest.raises(Invalid, match="Say what the topic is"):
        begin(desk, TypedTopic(title="", outcomes="Fish"))
    assert begun_schemes.begun(desk) == []


@pytest.mark.parametrize("typed", topics.ALL.values(), ids=list(topics.ALL))
def test_a_study_is_coded_with_it_and_stands_on_the_map_and_in_directions(
    desk: Desk, typed: TypedTopic
) -> None:
    begun = begin(desk, typed)
    take(desk, begun)
    scheme = schemes.get(desk, begun).scheme
    with desk.writing(Role.REVIEWER) as w:
        study = kept_studies.create(w, "A 1999", [])
    link_an_included_report(desk, study)
    intervention, outcome = (
        next(o.id for o in q.walk() if o.selectable)
        for q in map(scheme.question, ("intervention", "outcome"))
        if q is not None
    )
    for question, code in (("stream", "outcome-evaluation"), ("design", "randomised"),
                           ("intervention", intervention), ("outcome", outcome)):  # fmt: skip
        coding.set_answer(desk, study, Answer(question=question, codes=(code,)))
    if typed.has_findings:
        coding.put_finding(desk, study, Finding(
            intervention=intervention, outcome=outcome, contrast="allocated",
            direction=Direction.BETTER))  # fmt: skip
    assert desk_sheet.sheet_data(desk, study, begun)["scheme_id"] == begun
    coding.complete(desk, study)
    content = map_document.content(desk, map_document.wanted(desk))
    assert content is not None
    assert content.view.rows.endswith(":intervention")
    assert content.view.columns.endswith(":outcome")
    assert cross_tab(content).studies(intervention, outcome) == {study}
    found = directions.of_complete_codings(desk, schemes_of_map.unheard(desk))
    assert found is not None
    assert bool(directions.contrasts(found)) == typed.has_findings
    assert bool(scheme.axis(Axis.OUTCOME)) == typed.has_findings
    made = report.filled(desk, date(2026, 1, 2))
    assert made.report.faults == ()
    written = report.file_of(made, ReportFormat.HTML).decode()
    assert typed.title in written
    assert next(o.label for q in scheme.questions for o in q.walk() if o.id == outcome) in written
