"""Somebody who leaves for good: a pseudonym everywhere, no way in is left, work stays."""

from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import String, select

from evidence.errors import Invalid, NotAllowed
from evidence.screening.verdicts import Stage
from evidence.steps.accounts import access, invitations, leaving, signing_in
from evidence.steps.desk import Desk
from evidence.steps.review import team
from evidence.store import Role, Store
from evidence.store.accounts.invitations import Draft
from evidence.store.audit import AuditKind
from evidence.store.schema import coding, coding_change, decision, metadata
from tests.steps.accounts.test_signing_in import (
    at,
    come_in,
    empty,
    kinds,
    number,
    review_of,
    server,
)
from tests.steps.prepared import Who, prepared_database

__all__ = ["empty", "server"]


@pytest.fixture
def carla(server: Store) -> int:
    """She looks after the server, and is in no review."""
    draft = Draft(for_whom="Carla", makes_administrator=True)
    link = invitations.invite_to_server(server, None, draft)
    return number(server, come_in(server, "Carla", link))


@pytest.fixture
def amira(server: Store) -> Desk:
    return review_of(server, come_in(server, "Amira"))


@pytest.fixture
def ben(server: Store, amira: Desk) -> Desk:
    link = invitations.invite(amira, Draft(for_whom="ben@york.example", role=Role.EDITOR))
    return at(amira, come_in(server, "Ben Berg", link))


def texts_of(store: Store) -> str:
    """All that stands in columns of text and JSON, anywhere."""
    with store.reading_outside() as c:
        return "\n".join(
            str(c.execute(select(column)).scalars().all())
            for table in metadata.tables.values()
            for column in table.c
            if isinstance(column.type, String)
            or "JSON" in str(column.type)
            or "TEXT" in str(column.type)
        )


def test_the_name_is_nowhere_any_more_and_the_work_is_theirs_still(
    server: Store, carla: int, amira: Desk, ben: Desk
) -> None:
    access.change_role(amira, ben.person_id, Role.REVIEWER)
    open_link = invitations.invite(amira, Draft(for_whom="Ben Berg"))
    token = come_in(server, "Ben Berg")
    assert "Ben Berg" in texts_of(server)
    before = server_version(server, amira)
    assert leaving.pseudonymise(server, carla, ben.person_id) == "Former reviewer 1"
    after = texts_of(server)
    for word in ("Ben Berg", "id-of-Ben", "ben@york.example"):
        assert word not in after, word
    assert server_version(server, amira) > before
    assert signing_in.who_holds(server, token) is None
    assert invitations.opened(server, open_link) is None
    (left,) = team.former(amira)
    assert (left.name, left.person_id) == ("Former reviewer 1", ben.person_id)
    assert kinds(server)[0] is AuditKind.PSEUDONYMISED


def server_version(store: Store, desk: Desk) -> int:
    review = metadata.tables["review"]
    with store.reading_outside() as c:
        query = select(review.c.screening_version).where(review.c.id == desk.review_id)
        return int(c.execute(query).scalar_one())


def test_who_comes_again_is_somebody_new(server: Store, carla: int, ben: Desk) -> None:
    leaving.pseudonymise(server, carla, ben.person_id)
    again = number(server, come_in(server, "Ben Berg"))
    assert again != ben.person_id
    assert leaving.pseudonymise(server, carla, again) == "Former reviewer 2"


def test_it_is_refused_where_somebody_is_needed(
    server: Store, carla: int, amira: Desk, ben: Desk
) -> None:
    act = partial(leaving.pseudonymise, server)
    with pytest.raises(NotAllowed, match="looks after this server"):
        act(ben.person_id, ben.person_id)
    with pytest.raises(NotAllowed, match="Nobody would look after"):
        act(carla, carla)
    with pytest.raises(NotAllowed, match=f"alone own review {amira.review_id},"):
        act(carla, amira.person_id)
    with pytest.raises(Invalid, match="Nobody of that number"):
        act(carla, 999)
    access.change_role(amira, ben.person_id, Role.OWNER)
    act(carla, amira.person_id)
    with pytest.raises(Invalid, match="a pseudonym already"):
        act(carla, amira.person_id)


def test_what_they_decided_and_coded_stays_and_counts(tmp_path: Path) -> None:
    database, prepared = prepared_database()
    (tmp_path / "waymark.db").write_bytes(database)
    store = Store.open(f"sqlite:///{tmp_path / 'waymark.db'}")
    owner = prepared.by(Who.OWNER).desk(store)

    def standing() -> tuple[object, ...]:
        with store.reading_outside() as c:
            theirs = [
                c.execute(select(table).where(table.c.person_id == owner.person_id)).all()
                for table in (decision, coding, coding_change)
            ]
        done = {each.person_id: each.done for each in team.everybody(owner, Stage.TITLE_ABSTRACT)}
        return theirs, done

    before = standing()
    assert leaving.pseudonymise(store, None, owner.person_id) == "Former reviewer 1"
    assert standing() == before
    assert Who.OWNER not in texts_of(store)
    store.close()
