"""Reasons are merged without changing a decision, and taken apart again."""

import pytest

from evidence.errors import Invalid, NotFound
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.desk import Desk
from evidence.steps.records import records
from evidence.steps.results import prisma_flow
from evidence.steps.review import reasons
from evidence.steps.screening import decision_export, decisions
from evidence.store.records.filters import Filter
from evidence.store.screening.decisions import NewDecision
from tests.conftest import a_reading, keep
from tests.steps.conftest import taken

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
LABELS = ["Not about work", "Not adults", "No job"]


@pytest.fixture
def excluded(desk: Desk) -> Desk:
    """Three works excluded at full text: for one reason each, the third for two."""
    keep(desk.store, desk.person_id, desk.review_id, a_reading("One", "Two", "Three"))
    reasons.replace(desk, LABELS)
    ids = [one.id for one in reasons.listing(desk)]
    works = [one.id for one in taken(desk, TA).waiting]
    for work_id in works:
        decide(desk, work_id, TA, Verdict.INCLUDE)
    decide(desk, works[0], FT, Verdict.EXCLUDE, ids[0])
    decide(desk, works[1], FT, Verdict.EXCLUDE, ids[2])
    decide(desk, works[2], FT, Verdict.EXCLUDE, ids[1], ids[2])
    return desk


def decide(desk: Desk, work_id: int, stage: Stage, verdict: Verdict, *reason_ids: int) -> None:
    new = NewDecision(
        work_id=work_id,
        stage=stage,
        verdict=verdict,
        client_id=f"{stage}-{work_id}",
        reason_ids=reason_ids,
    )
    taken(desk, stage)
    decisions.decide(desk, [new])


def counted(desk: Desk) -> dict[str, int]:
    return dict(prisma_flow.flow(desk).searched.excluded)


def said(desk: Desk) -> list[tuple[str, ...]]:
    return [one.reasons for one in reversed(decisions.own(desk, FT))]


def test_a_merged_reason_counts_as_the_other_and_comes_apart_again(excluded: Desk) -> None:
    first, second, third = (one.id for one in reasons.listing(excluded))
    before = counted(excluded), said(excluded)
    assert before[0] == {"Not about work": 1, "Not adults": 1, "No job": 1}

    reasons.merge(excluded, third, first)

    assert [one.label for one in reasons.listing(excluded)] == LABELS[:2]
    assert counted(excluded) == {"Not about work": 2, "Not adults": 1}
    assert said(excluded) == [
        ("Not about work",),
        ("Not about work",),
        ("Not about work", "Not adults"),
    ]
    assert b"No job" not in b"".join(decision_export.export_csv(excluded))
    works = records.page(excluded, Filter(reason_id=first), 0, 10)
    assert sorted(work.title for work in works) == ["One", "Three", "Two"]

    reasons.replace(excluded, LABELS)
    assert (counted(excluded), said(excluded)) == before
    assert [one.id for one in reasons.listing(excluded)] == [first, second, third]


def test_what_was_merged_goes_along_into_a_third(excluded: Desk) -> None:
    first, second, third = (one.id for one in reasons.listing(excluded))
    reasons.merge(excluded, third, second)
    reasons.merge(excluded, second, first)
    assert counted(excluded) == {"Not about work": 3}
    assert [one.label for one in reasons.listing(excluded)] == LABELS[:1]


def test_one_of_a_chain_that_is_listed_again_takes_along_what_was_merged_into_it(
    excluded: Desk,
) -> None:
    first, second, third = (one.id for one in reasons.listing(excluded))
    reasons.merge(excluded, third, second)
    reasons.rename(excluded, second, "Not grown up")  # the chain outlives other words
    reasons.merge(excluded, second, first)

    reasons.replace(excluded, ["Not about work", "Not grown up"])
    assert counted(excluded) == {"Not about work": 1, "Not grown up": 2}

    reasons.merge(excluded, second, first)
    assert counted(excluded) == {"Not about work": 3}
    reasons.replace(excluded, ["Not about work", "No job"])  # the last of the chain, alone
    assert counted(excluded) == {"Not about work": 2, "No job": 1}

    reasons.replace(excluded, ["Not about work", "Not grown up", "No job"])
    assert counted(excluded) == {"Not about work": 1, "Not grown up": 1, "No job": 1}


def test_a_chain_whose_end_leaves_the_list_still_counts_as_its_end(excluded: Desk) -> None:
    first, second, third = (one.id for one in reasons.listing(excluded))
    reasons.merge(excluded, third, second)
    reasons.merge(excluded, second, first)
    reasons.replace(excluded, ["Another"])
    assert counted(excluded) == {"Not about work": 3}


def test_only_two_reasons_in_use_are_merged(excluded: Desk) -> None:
    first, second, third = (one.id for one in reasons.listing(excluded))
    with pytest.raises(Invalid, match="two different"):
        reasons.merge(excluded, first, first)
    reasons.merge(excluded, third, second)
    with pytest.raises(NotFound):
        reasons.merge(excluded, third, first)
    with pytest.raises(NotFound):
        reasons.merge(excluded, first, third)


def test_a_list_from_before_a_merge_does_not_part_the_reasons(excluded: Desk) -> None:
    first, _, third = (one.id for one in reasons.listing(excluded))
    reasons.merge(excluded, third, first)
    with pytest.raises(Invalid, match="Somebody changed the reasons meanwhile"):
        reasons.replace(excluded, [*LABELS, "Another"], shown=LABELS)
    assert counted(excluded) == {"Not about work": 2, "Not adults": 1}
    reasons.replace(excluded, [*LABELS[:2], "Another"], shown=LABELS[:2])
    assert [one.label for one in reasons.listing(excluded)] == [*LABELS[:2], "Another"]
    assert counted(excluded) == {"Not about work": 2, "Not adults": 1}
