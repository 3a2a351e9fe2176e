"""Invitations to answer a questionnaire without an account, and what respondents answered."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, update

from evidence.coding.answers import Answer
from evidence.errors import NotFound
from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import person, survey_address, survey_link, survey_response
from evidence.store.schema.column_types import clean, clean_json
from evidence.synthesis.practice.service_form import answers_as_json, answers_from_json

_link, _address, _response = survey_link.c, survey_address.c, survey_response.c


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyLink:
    """An invitation.

    Attributes:
        token: the secret part of its address; empty where it has none, having come in an archive.
        consent: to what respondents agree before they begin.
        ends_on: the last day on which answers are taken, as 2027-03-31; empty for no end.
        closed_at: since when none is taken.
        person: who made it.
    """

    id: int
    review_id: int
    scheme_id: int
    title: str
    consent: str
    ends_on: str
    closed_at: datetime | None
    token: str
    person: str
    at: datetime

    def is_open(self, today: date) -> bool:
        """Whether answers are taken on this day."""
        is_over = bool(self.ends_on) and self.ends_on < str(today)
        return bool(self.token) and self.closed_at is None and not is_over


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyResponse:
    """What a respondent answered.

    Attributes:
        service, area, filled_by: as they gave them; nothing in them is trusted.
        saves: how often it was saved.
        sent_at: None until it is sent.
        form: the uid of the form that was made of it; empty before.
        is_declined: somebody of the review put it aside.
    """

    id: int
    link_id: int
    service: str
    area: str
    filled_by: str
    answers: tuple[Answer, ...]
    saves: int
    sent_at: datetime | None
    form: str
    is_declined: bool
    at: datetime

    @property
    def waits(self) -> bool:
        """Whether it was sent and nobody has taken it in or put it aside."""
        return self.sent_at is not None and not self.form and not self.is_declined


def hash_of(secret: str) -> str:
    """By which a secret is looked up."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def listing(connection: Connection, review_id: int) -> list[SurveyLink]:
    """All invitations of a review, newest first."""
    query = _links().where(_link.review_id == review_id).order_by(_link.id.desc())
    return [_of_row(row) for row in connection.execute(query).mappings()]


def by_token(connection: Connection, token: str) -> SurveyLink:
    """The invitation under an address; raises NotFound where there is none."""
    query = _links().where(_address.token_hash == hash_of(token))
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound("survey", token[:8])
    return _of_row(row)


def add(write: Write, scheme_id: int, title: str, consent: str, ends_on: str, token: str) -> int:
    """Keep an invitation under a new address; gives its number."""
    values = write.for_review(
        scheme_id=scheme_id,
        title=clean(title),
        consent=clean(consent),
        ends_on=ends_on,
        closed_at=None,
        **write.by_and_at,
    )
    query = insert(survey_link).values(**values).returning(_link.id)
    link_id = int(write.connection.execute(query).scalar_one())
    write.connection.execute(
        insert(survey_address).values(
            survey_link_id=link_id, token=token, token_hash=hash_of(token)
        )
    )
    events.note(write, EventKind.SURVEY_CHANGED, clean(title), after={"link": link_id})
    return link_id


def change(write: Write, link: SurveyLink, *, ends_on: str, closed_at: datetime | None) -> None:
    """Give an invitation another end, close it or open it again."""
    query = update(survey_link).where(_link.id == link.id, _link.review_id == write.review_id)
    write.connection.execute(query.values(ends_on=ends_on, closed_at=closed_at))
    after = {"link": link.id, "ends_on": ends_on, "is_closed": closed_at is not None}
    events.note(write, EventKind.SURVEY_CHANGED, clean(link.title), after=after)


def lock(connection: Connection, link_id: int) -> None:
    """Let respondents begin one after the other, so that no bound is passed."""
    query = select(_link.id).where(_link.id == link_id)
    connection.execute(query.with_for_update())


def begin(connection: Connection, link_id: int, key: str, sender: str, at: datetime) -> None:
    """Keep an empty response of somebody who agreed."""
    values = {
        "survey_link_id": link_id,
        "key_hash": hash_of(key),
        "answers": [],
        "saves": 0,
        "sender": sender,
        "is_declined": False,
        "at": at,
    }
    connection.execute(insert(survey_response).values(**values))


def by_key(connection: Connection, link_id: int, key: str) -> SurveyResponse:
    """The response that a respondent comes back to; raises NotFound where there is none."""
    query = select(survey_response).where(
        _response.survey_link_id == link_id, _response.key_hash == hash_of(key)
    )
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound("response", key[:8])
    return _response_of(row)


def save(connection: Connection, now: SurveyResponse, sent_at: datetime | None) -> bool:
    """Keep what a respondent answered so far; gives whether it was still theirs to change."""
    query = update(survey_response).where(
        _response.id == now.id, _response.sent_at.is_(None), _response.saves == now.saves
    )
    values = {
        "service": clean(now.service),
        "area": clean(now.area),
        "filled_by": clean(now.filled_by),
        "answers": [clean_json(row) for row in answers_as_json(now.answers)],
        "saves": now.saves + 1,
        "sent_at": sent_at,
    }
    return bool(connection.execute(query.values(**values)).rowcount)


def responses(connection: Connection, review_id: int) -> list[SurveyResponse]:
    """All that was sent to a review, the oldest first."""
    query = (
        select(survey_response)
        .join(survey_link, _link.id == _response.survey_link_id)
        .where(_link.review_id == review_id, _response.sent_at.is_not(None))
        .order_by(_response.sent_at, _response.id)
    )
    return [_response_of(row) for row in connection.execute(query).mappings()]


def settle(write: Write, settled: Mapping[int, str], *, is_declined: bool = False) -> None:
    """Say what became of responses: the uid of a form by number, or that they are put aside."""
    for response_id, form in settled.items():
        query = update(survey_response).where(_response.id == response_id)
        write.connection.execute(query.values(form=form, is_declined=is_declined))


def count(
    connection: Connection, link_id: int, *, sender: str = "", since: datetime | None = None
) -> int:
    """How many responses were begun, of one sender only or since a moment only."""
    wanted = [_response.survey_link_id == link_id]
    if sender:
        wanted.append(_response.sender == sender)
    if since:
        wanted.append(_response.at > since)
    query = select(func.count()).select_from(survey_response).where(*wanted)
    return int(connection.execute(query).scalar_one())


def counts(connection: Connection, link_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """How many responses were begun and how many sent, by invitation."""
    query = (
        select(_response.survey_link_id, func.count(), func.count(_response.sent_at))
        .where(_response.survey_link_id.in_(list(link_ids)))
        .group_by(_response.survey_link_id)
    )
    return {row[0]: (row[1], row[2]) for row in connection.execute(query)}


def forget_senders(connection: Connection, link_id: int, before: datetime) -> None:
    """Empty from where the responses before a moment came."""
    query = update(survey_response).where(
        _response.survey_link_id == link_id, _response.at < before, _response.sender != ""
    )
    connection.execute(query.values(sender=""))


def _links() -> Select[Any]:
    return (
        select(survey_link, survey_address.c.token, person.c.name.label("by"))
        .outerjoin(survey_address, _address.survey_link_id == _link.id)
        .join(person, person.c.id == _link.person_id)
    )


def _of_row(row: Mapping[Any, Any]) -> SurveyLink:
    names = ("id", "review_id", "scheme_id", "title", "consent", "ends_on", "closed_at", "at")
    return SurveyLink(
        **{name: row[name] for name in names}, token=row["token"] or "", person=row["by"]
    )


def _response_of(row: Mapping[Any, Any]) -> SurveyResponse:
    names = ("id", "service", "area", "filled_by", "saves", "sent_at", "form", "is_declined", "at")
    return SurveyResponse(
        **{name: row[name] for name in names},
        link_id=row["survey_link_id"],
        answers=answers_from_json(row["answers"]),
    )
