"""Looking after a server for teams: who may, what it does, and what stands in the audit."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from io import StringIO
from pathlib import Path

import pytest

from evidence.errors import Invalid, NotAllowed, NotFound
from evidence.steps.accounts import access, administration, invitations, signing_in
from evidence.steps.review import team
from evidence.store import Role, Store
from evidence.store.accounts.invitations import Draft
from evidence.store.audit import AuditFilter, AuditKind
from tests.steps.accounts.test_signing_in import at, come_in, number, review_of

ALL = AuditFilter()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(f"sqlite:///{tmp_path / 'waymark.db'}", private=True)
    yield store
    store.close()


@pytest.fixture
def amira(server: Store) -> int:
    """She looks after the server."""
    draft = Draft(for_whom="Amira", makes_administrator=True)
    return number(
        server, come_in(server, "Amira", invitations.invite_to_server(server, None, draft))
    )


def test_others_see_and_do_nothing(server: Store, amira: int) -> None:
    eve = number(server, come_in(server, "Eve"))
    for act in (
        partial(administration.everybody, server, eve),
        partial(administration.block, server, eve, amira),
        partial(administration.unblock, server, eve, amira),
        partial(administration.end_sessions, server, eve, amira),
        partial(administration.change_administrator, server, eve, eve, is_one=True),
        partial(administration.audit_page, server, eve, ALL),
        lambda: list(administration.audit_csv(server, eve, ALL)),
    ):
        with pytest.raises(NotAllowed, match="looks after this server"):
            act()


def test_whoever_is_blocked_is_out_until_let_in_again(server: Store, amira: int) -> None:
    token = come_in(server, "Ben")
    ben = number(server, token)
    administration.block(server, amira, ben)
    assert signing_in.who_holds(server, token) is None
    (row,) = (each for each in administration.everybody(server, amira) if each.id == ben)
    assert row.blocked_at is not None
    administration.unblock(server, amira, ben)
    assert signing_in.who_holds(server, token) is None
    assert signing_in.who_holds(server, come_in(server, "Ben")) is not None


def test_the_last_administrator_stays_one(server: Store, amira: int) -> None:
    for act in (
        partial(administration.block, server, amira, amira),
        partial(administration.change_administrator, server, amira, amira, is_one=False),
    ):
        with pytest.raises(NotAllowed, match="Nobody would look after"):
            act()
    ben = number(server, come_in(server, "Ben"))
    administration.change_administrator(server, amira, ben, is_one=True)
    administration.change_administrator(server, ben, amira, is_one=False)
    with pytest.raises(NotAllowed, match="looks after this server"):
        administration.everybody(server, amira)


def test_nobody_of_a_number_is_told(server: Store, amira: int) -> None:
    with pytest.raises(Invalid, match="Nobody of that number"):
        administration.block(server, amira, 99)


def test_sessions_of_somebody_end_everywhere(server: Store, amira: int) -> None:
    tokens = [come_in(server, "Ben"), come_in(server, "Ben")]
    ben = number(server, tokens[0])
    (row,) = (each for each in administration.everybody(server, amira) if each.id == ben)
    assert row.sessions == 2
    administration.end_sessions(server, amira, ben)
    assert [signing_in.who_holds(server, token) for token in tokens] == [None, None]


def test_the_audit_is_filtered_and_paged(
    server: Store, amira: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(administration, "AT_ONCE", 3)
    for name in ("Ben", "Cora", "=Dan"):
        come_in(server, name)
    page = administration.audit_page(server, amira, ALL)
    assert page.total == 10
    seen = list(page.entries)
    while page.before is not None:
        page = administration.audit_page(server, amira, ALL, page.before)
        seen += page.entries
    assert [each.id for each in seen] == sorted((each.id for each in seen), reverse=True)
    assert len(seen) == 10
    signed_in = AuditFilter(kinds=[AuditKind.SIGNED_IN])
    assert administration.audit_page(server, amira, signed_in).total == 4
    assert administration.audit_page(server, amira, AuditFilter(person_id=amira)).total == 3
    late = AuditFilter(since=datetime.now(UTC) + timedelta(days=1))
    assert administration.audit_page(server, amira, late).total == 0
    written = b"".join(administration.audit_csv(server, amira, ALL)).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(written)))
    assert len(rows) == 11
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_an_owner_reads_what_was_done_about_access(server: Store) -> None:
    owner = review_of(server, come_in(server, "Amira"))
    link = invitations.invite(owner, Draft(for_whom="Ben", role=Role.REVIEWER))
    ben = at(owner, come_in(server, "Ben", link))
    access.change_role(owner, ben.person_id, Role.EDITOR)
    team.take_out(owner, ben.person_id)
    kinds = [each.kind for each in administration.audit_of_review(owner).entries]
    assert kinds == [
        AuditKind.ACCESS_ENDED,
        AuditKind.ROLE_CHANGED,
        AuditKind.ACCESS_GIVEN,
        AuditKind.INVITED,
    ]
    with pytest.raises(NotFound):
        administration.audit_of_review(at(owner, come_in(server, "Eve")))
