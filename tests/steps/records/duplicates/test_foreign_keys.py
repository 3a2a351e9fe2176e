"""Merging and splitting do to each row that names a work what store/undo_merge_split.py says."""

from typing import Any

import pytest
from sqlalchemy import Column, insert, select

from evidence.errors import NotAllowed
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.coding import studies
from evidence.steps.desk import Desk
from evidence.steps.practice import claims
from evidence.steps.records.duplicates import record_pairs
from evidence.steps.records.importing import imports
from evidence.steps.screening import decisions, full_texts, messages
from evidence.store import Role
from evidence.store.coding import codings, quotations, schemes
from evidence.store.coding.coding_changes import Sent
from evidence.store.coding.coding_edits import Place
from evidence.store.coding.quotations import Part, Quotation
from evidence.store.schema import brought_decision, decision_file, record
from evidence.store.screening.decisions import NewDecision
from evidence.store.screening.full_texts import Search
from evidence.store.undo_merge_split import WORK_REFERENCES, IsSetAnew, StaysWithOriginal
from evidence.synthesis.claims.claim import Claim, ClaimJudgement, ClaimVerdict, NamedWork
from tests.conftest import a_reading, keep
from tests.steps.conftest import enter

Values = dict[str, list[Any]]


@pytest.fixture
def works(desk: Desk) -> tuple[int, int]:
    """A work, and another at which everything was done that can be done at a work."""
    enter(desk)
    for title in ("Gardens", "Horticulture"):
        keep(
            desk.store, desk.person_id, desk.review_id, a_reading(title, file=f"{title}.ris"), title
        )
    with desk.reading() as c:
        first, second = c.execute(select(record.c.work_id).order_by(record.c.id)).scalars()
    for stage in Stage:
        new = NewDecision(work_id=second, stage=stage, verdict=Verdict.INCLUDE, client_id=stage)
        decisions.decide(desk, [new])
    sent = {"id": second, "stage": Stage.TITLE_ABSTRACT.value}
    outcome = messages.apply(
        desk,
        [
            {"client_id": "1", **sent, "kind": "label", "label": "background", "on": True},
            {"client_id": "2", **sent, "kind": "abstract", "value": "Gardens were dug."},
        ],
    )
    assert outcome.refused == {}
    full_texts.add(desk, second, "paper.pdf", b"%PDF-1.7 invented")
    full_texts.set_search(desk, second, Search.ASKED, "the library")
    quote(desk, studies.create(desk, [second]), second)
    bring(desk, second)
    cite(desk, second)
    return first, second


def quote(desk: Desk, study_id: int, work_id: int) -> None:
    """Words of the abstract are quoted for an answer."""
    with desk.writing(Role.REVIEWER) as w:
        scheme_id = schemes.add(w, "small", "1", "id: small")
        version = schemes.newest_of(w.connection, w.review_id, scheme_id)
        words = Quotation(
            uid="q",
            work_id=work_id,
            part=Part.ABSTRACT,
            page=0,
            start=0,
            end=7,
            exact="Gardens",
            place=Place(question="what"),
        )
        sent = Sent(client_id="q", version_id=version.id)
        quotations.add(w, codings.start(w, study_id, scheme_id), words, sent)


def bring(desk: Desk, work_id: int) -> None:
    """A file says that somebody decided on the work; it waits for that person."""
    with desk.writing(Role.REVIEWER) as w:
        file_id = w.connection.execute(
            insert(decision_file)
            .values(w.for_review(name="decisions.csv", **w.by_and_at))
            .returning(decision_file.c.id)
        ).scalar_one()
        values = {"name": "Ben", "stage": "title_abstract", "verdict": "include", "line": 2}
        w.connection.execute(
            insert(brought_decision).values(file_id=file_id, work_id=work_id, **values)
        )


def cite(desk: Desk, work_id: int) -> None:
    """A claim cites the work, and somebody looked it up there."""
    named = NamedWork(work=work_id)
    judgement = ClaimJudgement(verdict=ClaimVerdict.SUPPORTS, reason="Read.", traced=named)
    stated = Claim(uid=claims.new_uid(), text="Gardens heal.", source="A leaflet", cited=named)
    claims.add_all(desk, [(stated, judgement)])


def values(desk: Desk) -> Values:
    """What stands in each column that names a work, row by row."""
    with desk.reading() as c:
        return {
            str(column): list(
                c.execute(select(column).order_by(*column.table.primary_key.columns)).scalars()
            )
            for column in WORK_REFERENCES
        }


def stays(columns: Values) -> Values:
    kept: list[Column[Any]] = [
        column for column, how in WORK_REFERENCES.items() if not isinstance(how, IsSetAnew)
    ]
    return {str(column): columns[str(column)] for column in kept}


def test_what_was_done_at_a_work_stays_there_when_it_is_merged_and_split_off(
    desk: Desk, works: tuple[int, int]
) -> None:
    first, second = works
    before = values(desk)
    for column, how in WORK_REFERENCES.items():
        if isinstance(how, StaysWithOriginal):
            assert second in before[str(column)], f"nothing was done in {column.table.name}"
    record_pairs.mark_same(desk, first, second)
    merged = values(desk)
    assert merged["record.work_id"] == [first, first]
    assert merged["work.merged_into"] == [None, first]
    assert merged["assignment.work_id"] == [first, first]
    assert stays(merged) == stays(before)
    record_pairs.split_off(desk, second)
    assert values(desk) == before


def test_an_import_is_undone_only_where_nothing_was_done(
    desk: Desk, works: tuple[int, int]
) -> None:
    with desk.reading() as c:
        first_file, second_file = c.execute(
            select(record.c.file_id).order_by(record.c.id)
        ).scalars()
    with pytest.raises(NotAllowed, match="already screened"):
        imports.undo(desk, second_file)
    record_pairs.mark_same(desk, *works)
    with pytest.raises(NotAllowed, match="already judged as duplicates"):
        imports.undo(desk, first_file)
