"""Taking a file of decisions back takes the reasons along that it brought into the list."""

import pytest

from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.desk import Desk
from evidence.steps.review import membership, reasons
from evidence.steps.screening import brought_decisions, decision_files, decisions
from evidence.store import schema
from evidence.store.screening.decisions import NewDecision
from evidence.ui.screening.brought_files import undo_words, undone_words
from tests.conftest import a_reading, keep
from tests.steps.conftest import enter

TITLES = (
    "Gardens and paid employment after a long illness",
    "Kitchens and paid employment after a long illness",
)


@pytest.fixture
def owner(desk: Desk) -> Desk:
    """Anna, whose review has one reason and two works."""
    membership.join(desk)
    keep(desk.store, desk.person_id, desk.review_id, a_reading(*TITLES))
    reasons.replace(desk, ["Not adults"])
    return desk


def in_list(desk: Desk) -> list[str]:
    return [one.label for one in reasons.listing(desk)]


def bring(desk: Desk, reason: str, *, who: str = "me", titles: tuple[str, ...] = TITLES) -> int:
    """A file of Rayyan that excludes works for a reason; gives its id."""
    exported = "".join(
        f'TY  - JOUR\nTI  - {title}\nN1  - RAYYAN-INCLUSION: {{"{who}"=>"Excluded"}} | '
        f"RAYYAN-EXCLUSION-REASONS: {reason}\nER  - \n"
        for title in titles
    )
    preview = decision_files.preview(desk, "rayyan.ris", exported.encode())
    people = {"me": "Anna", "ben": "Ben"}
    report = decision_files.bring(desk, preview, {who: people[who]}, stage=Stage.TITLE_ABSTRACT)
    assert report.file_id is not None
    return report.file_id


def work_ids(desk: Desk) -> list[int]:
    return sorted(one.work_id for one in decisions.own(desk, Stage.TITLE_ABSTRACT))


def test_a_reason_that_nobody_uses_leaves_the_list_with_its_file(owner: Desk) -> None:
    file_id = bring(owner, "Not in English")
    assert in_list(owner) == ["Not adults", "Not in English"]
    preview = brought_decisions.undo_preview(owner, file_id)
    assert preview.reasons_out == ("Not in English",)
    assert "“Not in English” will leave the review's list again" in undo_words(preview)
    assert brought_decisions.undo(owner, file_id) == preview
    assert "“Not in English” left the review's list again." in undone_words(preview)
    assert in_list(owner) == ["Not adults"]


def test_a_reason_that_stood_there_before_stays_unsaid(owner: Desk) -> None:
    file_id = bring(owner, "Not adults")
    undone = brought_decisions.undo(owner, file_id)
    assert (undone.reasons_out, undone.reasons_used, undone.reasons_left) == ((), (), ())
    assert in_list(owner) == ["Not adults"]


@pytest.mark.parametrize("taken_back", [False, True])
def test_a_reason_that_another_decision_has_stays_and_is_told(
    owner: Desk, bens_desk: Desk, *, taken_back: bool
) -> None:
    file_id = bring(owner, "Not in English")
    enter(bens_desk)
    (first, _) = work_ids(owner)
    new_reason = reasons.listing(owner)[1].id
    for verdict in (Verdict.EXCLUDE, Verdict.WITHDRAWN)[: 2 if taken_back else 1]:
        said = NewDecision(
            work_id=first,
            stage=Stage.TITLE_ABSTRACT,
            verdict=verdict,
            client_id=f"ben-{verdict}",
            reason_ids=(new_reason,) if verdict is Verdict.EXCLUDE else (),
        )
        decisions.decide(bens_desk, [said])
    undone = brought_decisions.undo(owner, file_id)
    told = undone_words(undone)
    if taken_back:
        assert in_list(owner) == ["Not adults"]
    else:
        assert undone.reasons_used == ("Not in English",)
        assert "“Not in English”, brought by the file, stays in the review's list: other" in told
        assert in_list(owner) == ["Not adults", "Not in English"]


def test_a_reason_that_another_file_waits_with_stays(owner: Desk, bens_desk: Desk) -> None:
    enter(bens_desk)
    file_id = bring(owner, "Not in English", titles=TITLES[:1])
    bring(owner, "not in english", who="ben")
    assert brought_decisions.undo(owner, file_id).reasons_used == ("Not in English",)
    assert in_list(owner) == ["Not adults", "Not in English"]


def test_a_reason_into_which_another_was_merged_stays(owner: Desk) -> None:
    file_id = bring(owner, "Not in English")
    old, new = reasons.listing(owner)
    reasons.merge(owner, old.id, new.id)
    assert brought_decisions.undo(owner, file_id).reasons_used == ("Not in English",)
    assert in_list(owner) == ["Not in English"]


def test_a_reason_renamed_since_leaves_in_its_words_of_now(owner: Desk) -> None:
    file_id = bring(owner, "Not in English")
    reasons.rename(owner, reasons.listing(owner)[1].id, "Other language")
    assert brought_decisions.undo(owner, file_id).reasons_out == ("Other language",)
    assert in_list(owner) == ["Not adults"]


def test_who_may_no_longer_change_the_list_leaves_it_and_is_told(
    owner: Desk, bens_desk: Desk
) -> None:
    enter(bens_desk)
    file_id = bring(bens_desk, "Not in English", who="ben")
    with owner.store.writing_outside() as c:
        is_ben = schema.member.c.person_id == bens_desk.person_id
        c.execute(schema.member.update().where(is_ben).values(role="reviewer"))
    undone = brought_decisions.undo(bens_desk, file_id)
    assert undone.reasons_left == ("Not in English",)
    assert "only an editor can take it out, on the page Reviews" in undone_words(undone)
    assert in_list(owner) == ["Not adults", "Not in English"]
