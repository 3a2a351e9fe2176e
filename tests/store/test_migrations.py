"""A database of an earlier version is brought up without losing what it says."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import JSON, Engine, bindparam, create_engine, text

from evidence.screening.team import StageSettings
from evidence.screening.verdicts import Stage, State
from evidence.store import Store
from evidence.store.columns import Moment
from evidence.store.migrate import SCRIPTS
from evidence.store.records import dedupe_runs, duplicates, works
from evidence.store.screening import assignments, consensus
from tests.conftest import _administer

MADE = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database at the first migration."""
    address = f"sqlite:///{tmp_path / 'old.db'}"
    if request.param == "postgres":
        server: str = request.getfixturevalue("postgres")
        name = f"o{uuid.uuid4().hex}"
        _administer(server, f"CREATE DATABASE {name}")
        address = server.format(name=name)
    engine = create_engine(address)
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    yield engine
    engine.dispose()


def add(engine: Engine, table: str, **values: object) -> None:
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    types: dict[type, Any] = {datetime: Moment(), list: JSON(), dict: JSON()}
    typed: list[Any] = [
        bindparam(name, type_=types.get(type(value))) for name, value in values.items()
    ]
    insert = text(f"INSERT INTO {table} ({names}) VALUES ({marks})")  # noqa: S608 - our names
    with engine.begin() as c:
        c.execute(insert.bindparams(*typed), values)


def verdict(engine: Engine, pair: tuple[int, int], said: str, person_id: int | None) -> None:
    add(engine, "pair_verdict", review_id=1, record_a=pair[0], record_b=pair[1], verdict=said,
        reason="r", scores={}, rules="" if person_id else "1", person_id=person_id, note="",
        at=MADE)  # fmt: skip


def test_what_stands_and_what_was_compared_is_found_anew(old: Engine) -> None:
    add(old, "person", id=1, name="Anna", created_at=MADE)
    add(old, "review", id=1, title="R", question="", demonstration=False, label="", data_version=5,
        compared_to=3, created_by=1, created_at=MADE, criteria=[])  # fmt: skip
    add(old, "source", id=1, review_id=1, name="S", created_by=1, created_at=MADE)
    for file_id in (1, 2):
        add(old, "imported_file", id=file_id, source_id=1, name="f", seen=2, kept=2, imported_by=1,
            imported_at=MADE)  # fmt: skip
    for number in range(1, 5):
        add(old, "work", id=number, review_id=1, origin={})
        add(old, "record", id=number, review_id=1, file_id=1 if number < 3 else 2, position=number,
            line=1, first_work_id=number, work_id=number, fields=[])  # fmt: skip
    verdict(old, (1, 2), "same", None)  # nobody said otherwise
    verdict(old, (1, 3), "same", None)  # a person did
    verdict(old, (1, 3), "same", 1)
    verdict(old, (1, 3), "different", 1)
    verdict(old, (2, 3), "possible", None)  # a person did, and took it back
    verdict(old, (2, 3), "same", 1)
    verdict(old, (2, 3), "withdrawn", 1)
    store = Store.open(old.url.render_as_string(hide_password=False))
    with store.reading() as c:
        found = duplicates.touching(c, 1, [1, 2, 3])
        run = dedupe_runs.last(c, 1)
        new = dedupe_runs.not_compared(c, 1)
    store.close()
    assert {pair: (v.verdict, v.person) for pair, v in found.items()} == {
        (1, 2): ("same", None),
        (1, 3): ("different", "Anna"),
        (2, 3): ("possible", None),
    }
    assert run is not None
    assert (run.files, run.records, run.rules, run.at) == (frozenset({1}), 2, "1", MADE)
    assert new == 2  # a file of which the rules saw only a part is compared again


def test_assignments_of_joined_works_follow_and_keep_the_pilot(old: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with old.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0006")
    for number, name in enumerate(("Anna", "Ben"), 1):
        add(old, "person", id=number, name=name, created_at=MADE)
    add(old, "review", id=1, title="R", question="", demonstration=False, label="", data_version=5,
        created_by=1, created_at=MADE, criteria=[])  # fmt: skip
    add(old, "round", id=1, review_id=1, stage="title_abstract", name="P", created_by=1,
        created_at=MADE)  # fmt: skip
    add(old, "work", id=1, review_id=1, origin={})
    add(old, "work", id=2, review_id=1, origin={}, merged_into=1)
    of = {"review_id": 1, "stage": "title_abstract", "chance": False, "at": MADE}
    add(old, "assignment", **of, id=1, work_id=1, person_id=1, how="pulled", done_at=MADE)
    add(old, "assignment", **of, id=2, work_id=2, person_id=1, how="pilot", round_id=1)
    add(old, "assignment", **of, id=3, work_id=2, person_id=2, how="pilot", round_id=1)
    store = Store.open(old.url.render_as_string(hide_password=False))
    with store.reading() as c:
        query = text("SELECT id, first_work_id, work_id, done_at IS NOT NULL FROM assignment")
        rows = [tuple(row) for row in c.execute(query)]
        assert assignments.in_pilots(c, Stage.TITLE_ABSTRACT, [1]) == {1: 2}
    store.close()
    assert sorted(rows) == [(1, 1, None, True), (2, 2, 1, True), (3, 2, 1, False)]


def test_a_settled_work_stays_settled_although_a_pilot_was_joined_to_it(old: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with old.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0006")
    for number, name in enumerate(("Anna", "Ben"), 1):
        add(old, "person", id=number, name=name, created_at=MADE)
    add(old, "review", id=1, title="R", question="", demonstration=False, label="", data_version=5,
        created_by=1, created_at=MADE, criteria=[])  # fmt: skip
    add(old, "round", id=1, review_id=1, stage="title_abstract", name="P", created_by=1,
        created_at=MADE)  # fmt: skip
    add(old, "work", id=1, review_id=1, origin={}, title_abstract="exclude")
    add(old, "work", id=2, review_id=1, origin={}, merged_into=1)
    of = {"review_id": 1, "stage": "title_abstract"}
    add(old, "assignment", **of, id=1, work_id=1, person_id=1, how="own", chance=False, at=MADE,
        done_at=MADE)  # fmt: skip
    add(old, "assignment", **of, id=2, work_id=2, person_id=2, how="pilot", round_id=1,
        chance=False, at=MADE)  # fmt: skip
    add(old, "decision", **of, work_id=1, person_id=1, verdict="exclude", note="", settles=False,
        client_id="1", at=MADE)  # fmt: skip
    store = Store.open(old.url.render_as_string(hide_password=False))
    with store.reading() as c:
        states = consensus.consensus_of(c, Stage.TITLE_ABSTRACT, [1], StageSettings())
        assert states == consensus.stored_states(c, Stage.TITLE_ABSTRACT, [1]) == {1: State.EXCLUDE}
    store.close()


def test_what_the_source_said_is_kept_word_for_word(old: Engine) -> None:
    add(old, "person", id=1, name="Anna", created_at=MADE)
    add(old, "review", id=1, title="R", question="", demonstration=False, label="", data_version=5,
        compared_to=0, created_by=1, created_at=MADE, criteria=[])  # fmt: skip
    add(old, "source", id=1, review_id=1, name="S", created_by=1, created_at=MADE)
    add(old, "imported_file", id=1, source_id=1, name="f", seen=1, kept=1, imported_by=1,
        imported_at=MADE)  # fmt: skip
    add(old, "work", id=7, review_id=1, origin={})
    add(old, "record", id=9, review_id=1, file_id=1, position=0, line=3, title="A garden",
        raw="TY  - JOUR\nXX  - é", fields=[["TY", "JOUR"], ["XX", "é"]], first_work_id=7,
        work_id=7)  # fmt: skip
    store = Store.open(old.url.render_as_string(hide_password=False))
    with store.reading() as c:
        (record,) = works.get(c, 1, 7).records
    store.close()
    assert (record.id, record.line, record.reference.title) == (9, 3, "A garden")
    assert record.raw == "TY  - JOUR\nXX  - é"
    assert record.fields == (("TY", "JOUR"), ("XX", "é"))
