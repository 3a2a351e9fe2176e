"""Everything about one person as a file: all that is theirs, and of others nothing."""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from evidence.errors import Invalid
from evidence.steps.accounts import invitations, person_file
from evidence.steps.desk import Desk
from evidence.steps.review import team
from evidence.store import Role, Store
from evidence.store.accounts.invitations import Draft
from evidence.store.archive import of_person
from evidence.store.audit import AuditKind
from evidence.store.schema import metadata
from tests.steps.accounts.test_signing_in import at, come_in, empty, kinds, review_of, server

__all__ = ["empty", "server"]

Tables = dict[str, list[dict[str, str]]]


def tables_of(store: Store, person_id: int) -> Tables:
    packed = ZipFile(BytesIO(b"".join(person_file.pieces(store, person_id))))
    return {
        name.removeprefix("tables/").removesuffix(".csv"): list(
            csv.DictReader(StringIO(packed.read(name).decode()))
        )
        for name in packed.namelist()
        if name.startswith("tables/")
    }


@pytest.fixture
def amira(server: Store) -> Desk:
    return review_of(server, come_in(server, "Amira"))


@pytest.fixture
def ben(server: Store, amira: Desk) -> Desk:
    link = invitations.invite(amira, Draft(for_whom="ben@york.example", role=Role.EDITOR))
    return at(amira, come_in(server, "Ben", link))


def test_what_names_somebody_is_theirs_and_others_are_left_out(
    server: Store, amira: Desk, ben: Desk
) -> None:
    tables = tables_of(server, ben.person_id)
    assert [row["name"] for row in tables["person"]] == ["Ben"]
    assert [row["subject"] for row in tables["account"]] == ["id-of-Ben"]
    (member,) = tables["member"]
    assert (member["role"], member["person_id"]) == ("editor", str(ben.person_id))
    assert member["added_by"] == ""
    (invitation,) = tables["invitation"]
    assert (invitation["for_whom"], invitation["invited_by"]) == ("ben@york.example", "")
    assert "Amira" not in str(tables)
    assert kinds(server)[0] is AuditKind.PERSON_TAKEN_AWAY
    of_amira = str(tables_of(server, amira.person_id))
    assert "ben@york.example" not in of_amira
    assert "Ben" not in of_amira
    assert "Work and health" in of_amira


def test_nothing_by_which_one_comes_in_is_there(server: Store, ben: Desk) -> None:
    tables = tables_of(server, ben.person_id)
    assert tables["session"]
    assert {"token_hash", "hash", "credential_id"}.isdisjoint(
        column for rows in tables.values() for column in rows[0]
    )


def test_who_has_no_access_any_more_learns_nothing_new_of_the_review(
    server: Store, amira: Desk, ben: Desk
) -> None:
    team.take_out(amira, ben.person_id)
    tables = tables_of(server, ben.person_id)
    assert "Work and health" not in str(tables)
    assert tables["member"][0]["left_at"]


def test_the_dictionary_describes_what_is_there(server: Store, ben: Desk) -> None:
    packed = ZipFile(BytesIO(b"".join(person_file.pieces(server, ben.person_id))))
    rows = list(csv.reader(StringIO(packed.read(of_person.DICTIONARY).decode())))
    described = {(table, column) for table, column, *_ in rows[1:]}
    for name, lines in tables_of(server, ben.person_id).items():
        assert (name, "") in described
        assert {(name, column) for column in lines[0]} <= described


def test_every_table_that_names_people_is_looked_at() -> None:
    looked_at = {each.table for each in of_person._tables(1)}
    for table in metadata.tables.values():
        if any(key.column.table.name == "person" for key in table.foreign_keys):
            assert table in looked_at, table.name


def test_somebody_is_found_by_name_or_number(server: Store, amira: Desk, ben: Desk) -> None:
    assert person_file.found(server, "Ben").id == ben.person_id
    assert person_file.found(server, str(amira.person_id)).name == "Amira"
    with pytest.raises(Invalid, match="Nobody is called"):
        person_file.found(server, "Eve")
    with pytest.raises(Invalid, match="Only whoever"):
        person_file.write(server, ben.person_id, BytesIO(), by=amira.person_id)
