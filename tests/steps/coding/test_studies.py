"""Linking reports: a study counts once, however many reports it has."""

import pytest

from evidence.citations.record import Name, Reading
from evidence.coding.answers import Answer
from evidence.errors import Invalid, NotAllowed, NotFound
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.coding import coding, schemes, studies
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates import pair_history, record_pairs
from evidence.steps.results import prisma_flow
from evidence.steps.screening import decisions
from evidence.store.screening.decisions import NewDecision
from tests.conftest import ROOT, a_record, keep
from tests.steps.conftest import taken

TEAM = (Name("Drake", "R."), Name("McHugo", "G."))
SCHEME = (ROOT / "coding_schemes" / "recovery-vocational.yaml").read_text(encoding="utf-8")


@pytest.fixture
def included(desk: Desk) -> Desk:
    """Three included reports, two of them by the same team, and one that is not included."""
    entries = (
        a_record("A trial", authors=TEAM, year=1996),
        a_record("Its follow-up", authors=TEAM, year=2000),
        a_record("Something else", authors=(Name("Ito", "K."),), year=2003),
        a_record("Not included", authors=TEAM, year=1997),
    )
    reading = Reading(
        file="a.ris", format="ris", encoding="utf-8", seen=4, records=entries, problems=()
    )
    keep(desk.store, desk.person_id, desk.review_id, reading)
    ids = [one.id for one in taken(desk, Stage.TITLE_ABSTRACT).waiting]
    for stage in Stage:
        decisions.decide(
            desk,
            [
                NewDecision(
                    work_id=work_id,
                    stage=stage,
                    verdict=Verdict.INCLUDE,
                    client_id=f"{stage}-{work_id}",
                )
                for work_id in ids[:3]
            ],
        )
    return desk


def waiting(desk: Desk) -> list[str]:
    return [report.title for report in studies.unlinked(desk)]


def test_only_included_works_wait(included: Desk) -> None:
    assert waiting(included) == ["A trial", "Its follow-up", "Something else"]


def test_reports_by_the_same_team_are_suggested(included: Desk) -> None:
    (one,) = studies.suggestions(studies.unlinked(included))
    assert [report.title for report in one.reports] == ["A trial", "Its follow-up"]
    assert one.shared == ("Drake", "McHugo")


def test_linking_makes_one_study_of_two_reports(included: Desk) -> None:
    first, second, third = [report.work_id for report in studies.unlinked(included)]
    studies.create(included, [first, second])
    studies.create(included, [third], "Garden study")
    found = {s.label: [r.title for r in s.reports] for s in studies.listing(included)}
    assert found == {"Drake 1996": ["A trial", "Its follow-up"], "Garden study": ["Something else"]}
    assert waiting(included) == []
    numbers = prisma_flow.flow(included)
    assert (numbers.included_reports, numbers.included_studies) == (3, 2)


def test_each_can_be_a_study_of_its_own_with_labels_that_differ(included: Desk) -> None:
    ids = [report.work_id for report in studies.unlinked(included)]
    assert studies.create_each(included, ids) == 3
    assert {s.label for s in studies.listing(included)} == {"Drake 1996", "Drake 2000", "Ito 2003"}


def test_labels_of_the_same_author_and_year_get_letters(included: Desk) -> None:
    report = studies.unlinked(included)[0]
    assert studies.suggested_label([report], {"Drake 1996", "Drake 1996b"}) == "Drake 1996c"


def test_a_report_belongs_to_one_study(included: Desk) -> None:
    first = studies.unlinked(included)[0].work_id
    study_id = studies.create(included, [first])
    with pytest.raises(Invalid, match="a study has it already"):
        studies.create(included, [first])
    with pytest.raises(Invalid, match="a study has it already"):
        studies.link(included, study_id, [first])
    with pytest.raises(Invalid, match="at least one report"):
        studies.create(included, [])
    with pytest.raises(NotFound):
        studies.link(included, 999, [])


def test_unlinking_the_last_report_removes_the_study(included: Desk) -> None:
    first = studies.unlinked(included)[0].work_id
    study_id = studies.create(included, [first])
    studies.unlink(included, study_id, first)
    assert studies.listing(included) == []
    assert waiting(included)[0] == "A trial"


def test_a_coded_study_keeps_its_last_report(included: Desk) -> None:
    schemes.add(included, SCHEME, "scheme.yaml")
    first = studies.unlinked(included)[0].work_id
    study_id = studies.create(included, [first])
    coding.set_answer(included, study_id, Answer(question="stream", codes=("review",)))
    with pytest.raises(NotAllowed, match="has been coded"):
        studies.unlink(included, study_id, first)


def test_reports_that_turn_out_to_be_duplicates_count_once(included: Desk) -> None:
    first, second, _ = [report.work_id for report in studies.unlinked(included)]
    studies.create(included, [first, second], "Trial")
    record_pairs.decide(included, (1, 2), "same")
    (study,) = studies.listing(included)
    assert len(study.reports) == 1
    ((act, _),) = pair_history.history(included)
    pair_history.withdraw_act(included, act.id)
    (study,) = studies.listing(included)
    assert len(study.reports) == 2


def test_renaming(included: Desk) -> None:
    study_id = studies.create(included, [studies.unlinked(included)[0].work_id])
    studies.rename(included, study_id, "  New \u202e  Hampshire ")
    assert studies.listing(included)[0].label == "New Hampshire"
    with pytest.raises(Invalid, match="write a label"):
        studies.rename(included, study_id, " ")
