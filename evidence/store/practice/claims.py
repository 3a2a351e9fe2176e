"""Claims of a review and what people say of them; earlier states stay in their table."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select

from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.records.references import authors_line
from evidence.store.schema import claim, person, study_work
from evidence.store.schema.column_types import clean, clean_json
from evidence.store.surviving import original, surviving, surviving_id
from evidence.synthesis.claims.claim import (
    Claim,
    ClaimJudgement,
    ClaimKind,
    ClaimVerdict,
    NamedWork,
)
from evidence.synthesis.claims.figures import Figure, FigureRole

_TEXTS = ("year", "population", "comparator", "source", "place", "source_year")


class ClaimAct(StrEnum):
    """What somebody did. The codes stand in databases and never change."""

    WRITTEN = "written"
    JUDGED = "judged"
    REMOVED = "removed"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedClaim:
    """A claim with what is said of it, and what somebody does to it."""

    act: ClaimAct
    claim: Claim
    judgement: ClaimJudgement


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimState(StatedClaim):
    """A claim as somebody left it.

    Attributes:
        number: of the row; a later state has a larger one.
    """

    number: int
    person: str
    at: datetime

    @property
    def is_removed(self) -> bool:
        """Whether the claim was taken away."""
        return self.act is ClaimAct.REMOVED


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedWork:
    """A work of the review that a claim names.

    Attributes:
        work: the id of the work that holds its records now.
        study: the id of the study that it reports; None where it reports none.
    """

    work: int
    label: str
    year: int | None
    study: int | None


def history(connection: Connection, review_id: int) -> list[ClaimState]:
    """All states of all claims, the oldest first."""
    query = (
        select(claim, person.c.name.label("by"))
        .join(person, person.c.id == claim.c.person_id)
        .where(claim.c.review_id == review_id)
        .order_by(claim.c.id)
    )
    return [state(row) for row in connection.execute(query).mappings()]


def newest(states: Sequence[ClaimState]) -> dict[str, ClaimState]:
    """The newest state of each claim by uid, also of those taken away, in the order of the first.

    Args:
        states: the oldest first.
    """
    return {state.claim.uid: state for state in states}


def put(write: Write, subject: str, *stated: StatedClaim) -> None:
    """Let claims stand so from now on; those with a new uid are added.

    Args:
        write: of the person who does it.
        subject: of the line in the history, such as the words of the claim.
        stated: all of them at once.
    """
    rows = [write.for_review(**_values(each), **write.by_and_at) for each in stated]
    if not rows:
        return
    write.connection.execute(insert(claim), rows)
    after = {"uids": [each.claim.uid for each in stated], "act": stated[0].act.value}
    events.note(write, EventKind.CLAIM_CHANGED, clean(subject), after=after)


def _values(stated: StatedClaim) -> dict[str, Any]:
    words, judgement = stated.claim, stated.judgement
    return {
        "uid": words.uid,
        "act": stated.act.value,
        "text": clean(words.text),
        "claim": _content(words),
        "cited_work_id": words.cited.work,
        "cited": clean(words.cited.citation),
        "cited_year": clean(words.cited.year),
        "verdict": judgement.verdict.value,
        "reason": clean(judgement.reason),
        "traced_work_id": judgement.traced.work,
        "traced": clean(judgement.traced.citation),
    }


def cited_works(
    connection: Connection, review_id: int, ids: Collection[int]
) -> dict[int, CitedWork]:
    """The works of the review among these, by the id under which they were named."""
    query = (
        select(
            original.c.id.label("named"),
            surviving.c.id,
            surviving.c.title,
            surviving.c.authors,
            surviving.c.year,
        )
        .join(surviving, surviving.c.id == surviving_id)
        .where(original.c.review_id == review_id, original.c.id.in_(list(ids)))
    )
    rows = list(connection.execute(query).mappings())
    studies = _studies(connection, {row["id"] for row in rows})
    return {
        row["named"]: CitedWork(
            work=row["id"],
            label=_work_label(row),
            year=row["year"],
            study=studies.get(row["id"]),
        )
        for row in rows
    }


def _work_label(row: RowMapping) -> str:
    """A work in a line: who, when, title."""
    by_whom = authors_line(row)
    year = f" ({row['year']})" if row["year"] else ""
    return f"{by_whom}{year}: {row['title']}" if by_whom or year else str(row["title"])


def _studies(connection: Connection, work_ids: Collection[int]) -> dict[int, int]:
    """The study of each of these works that reports one."""
    query = (
        select(surviving_id.label("work_id"), study_work.c.study_id)
        .join(original, original.c.id == study_work.c.work_id)
        .where(surviving_id.in_(list(work_ids)))
    )
    return {row.work_id: row.study_id for row in connection.execute(query)}


def _content(stated: Claim) -> dict[str, Any]:
    texts = {name: clean(getattr(stated, name)) for name in _TEXTS}
    figures = [clean_json(asdict(figure)) for figure in stated.figures]
    return {**texts, "kind": stated.kind.value, "people": stated.people, "figures": figures}


def state(row: Mapping[Any, Any]) -> ClaimState:
    """A row with the name of the person as `by`, read."""
    content = row["claim"]
    return ClaimState(
        number=row["id"],
        person=row["by"],
        at=row["at"],
        act=ClaimAct(row["act"]),
        claim=Claim(
            uid=row["uid"],
            text=row["text"],
            kind=ClaimKind(content["kind"]),
            figures=tuple(_figure(each) for each in content["figures"]),
            people=content["people"],
            cited=NamedWork(
                work=row["cited_work_id"], citation=row["cited"], year=row["cited_year"]
            ),
            **{name: content[name] for name in _TEXTS},
        ),
        judgement=ClaimJudgement(
            verdict=ClaimVerdict(row["verdict"]),
            reason=row["reason"],
            traced=NamedWork(work=row["traced_work_id"], citation=row["traced"]),
        ),
    )


def _figure(stored: Mapping[str, Any]) -> Figure:
    return Figure(**{**stored, "role": FigureRole(stored["role"])})
