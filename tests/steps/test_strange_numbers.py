"""A number that no row can have, from an address or a page that was tampered with."""

from collections.abc import Callable

import pytest

from evidence.errors import WaymarkError
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.coding import coding, studies
from evidence.steps.desk import Desk
from evidence.steps.records import records
from evidence.steps.records.duplicates import pair_history, record_pairs
from evidence.steps.records.importing import imports
from evidence.steps.review import reviews, team
from evidence.steps.screening import (
    allocation,
    conflicts,
    decisions,
    full_text_pages,
    full_texts,
    messages,
    pilots,
)
from evidence.store.records.filters import Filter
from evidence.store.screening.decisions import DISCUSSION, NewDecision
from evidence.store.screening.full_texts import Search
from tests.conftest import a_reading, keep
from tests.steps.records.test_editing import set_field, set_label

TA = Stage.TITLE_ABSTRACT
STRANGE = [2**63, 10**30, -(2**70), 2**63 - 1, 0, -1]


END = conflicts.Resolution(verdict=Verdict.INCLUDE, how=DISCUSSION)


def decide(desk: Desk, number: int, **more: object) -> None:
    values = {"work_id": number, "stage": TA, "verdict": Verdict.EXCLUDE, "client_id": "1"}
    new = NewDecision(**{**values, **more})  # type: ignore[arg-type]
    decisions.decide(desk, [new])


STEPS: dict[str, Callable[[Desk, int, int], object]] = {
    "decide": lambda desk, _, n: decide(desk, n),
    "reason": lambda desk, work, n: decide(desk, work, reason_ids=(n,)),
    "record": lambda desk, _, n: records.get(desk, n),
    "history": lambda desk, _, n: decisions.history(desk, n),
    "mark": record_pairs.mark_same,
    "pair": lambda desk, _, n: record_pairs.answer(desk, (n, n + 1), "same"),
    "split": lambda desk, _, n: record_pairs.split_off(desk, n),
    "take back": lambda desk, _, n: pair_history.withdraw_act(desk, n),
    "abstract": lambda desk, _, n: set_field(desk, n, "abstract", "Text"),
    "label": lambda desk, _, n: set_label(desk, n, "Key"),
    "pdf": lambda desk, _, n: full_texts.add(desk, n, "a.pdf", b"%PDF-1.7 invented"),
    "note": lambda desk, _, n: full_texts.set_search(desk, n, Search.ASKED, "Who"),
    "remove": lambda desk, _, n: full_texts.remove(desk, n),
    "pages": lambda desk, _, n: full_text_pages.page(desk.store, desk.person_id, n, 1),
    "study": lambda desk, _, n: studies.create(desk, [n]),
    "coding": lambda desk, _, n: coding.sheet(desk, n),
    "conflict": lambda desk, _, n: conflicts.resolve(desk, TA, n, END),
    "pilot": lambda desk, _, n: pilots.begin(desk, TA, [desk.person_id, n], 1),
    "end": lambda desk, _, n: pilots.end(desk, TA, n),
    "leave": lambda desk, _, n: team.take_out(desk, n),
    "give": lambda desk, work, n: allocation.assign(desk, TA, n, ids=[work]),
    "undo": lambda desk, _, n: imports.undo(desk, n),
    "review": lambda desk, _, n: reviews.get(Desk(store=desk.store, review_id=n, person_id=1)),
}


@pytest.mark.parametrize("name", STEPS)
def test_is_refused_in_words_and_changes_nothing(desk: Desk, name: str) -> None:
    keep(desk.store, desk.person_id, desk.review_id, a_reading("Gardens", "Kitchens"))
    team.add(desk, "Anna")
    work_id = records.page(desk, Filter(), 0, 1)[0].id
    for number in STRANGE:
        with pytest.raises(WaymarkError):
            STEPS[name](desk, work_id, number)


def test_of_a_page_is_refused_for_that_item_only(desk: Desk) -> None:
    keep(desk.store, desk.person_id, desk.review_id, a_reading("Gardens", "Kitchens"))
    work_id = records.page(desk, Filter(), 0, 1)[0].id
    items = [
        {"kind": "skip", "client_id": "1", "id": 2**63, "stage": "title_abstract"},
        {"kind": "decision", "client_id": "2", "id": work_id, "stage": "title_abstract",
         "verdict": "include"},
    ]  # fmt: skip
    outcome = messages.apply(desk, items)
    assert (outcome.accepted, list(outcome.refused)) == (["2"], ["1"])
