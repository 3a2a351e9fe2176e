"""A database of an earlier version is brought up without losing what it says."""

import hashlib
import json
import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import (
    Connection,
    Engine,
    MetaData,
    create_engine,
    delete,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError

from evidence import __version__
from evidence.errors import Invalid
from evidence.screening.verdicts import Stage, Verdict
from evidence.store import Role, Store, events, migrate
from evidence.store.events import EventKind
from evidence.store.review import reviews, team
from evidence.store.schema import event, label, metadata, review, upload, work
from evidence.store.screening import decisions, stage_settings, work_states
from tests.conftest import NOW, ROOT, _administer

FT, NR = Stage.FULL_TEXT, Verdict.NOT_RETRIEVED.value
SNAPSHOT = ROOT / "tests" / "fixtures" / "database_0007"
# A migration that has landed is never edited: databases of people have taken it as it was.
LANDED = {
    "0007_the_first_tables.py": "9753280e512f4cf4f79f2bf01cc29e2d2a8bca229f5a333b00c719017ab93564",
    "0009_names.py": "88e7d3544925e851c37eb7503e02c7761f62df504ee21819a2254506a561594e",
    "0010_kinds_of_events.py": "95f9e32c29caa43c1658cff669b3a07a5e9f351728c3ca954cd1b5270ee0c2cc",
    "0011_roles.py": "9695361b2d1c5f1d92f5542124c8eb4b7c7846df87dfc5d1000d8dcb0086c143",
    "0012_versions_by_area.py": "fd13231af59944881435cd47627c3daeeeab40ac1f90811434ac3f158001c3b4",
    "0013_records_of_a_file.py": "22956f79297ec62cb12440c85dab64dc8857be0f68a977bff9b79ff60fb24e72",
    "0014_not_retrieved_holds_for_all.py": (
        "3a35f3e1d1ec8c3f40963c4989ca8e52dc713443db5caea6d9b83234c9d941ba"
    ),
    "0015_decisions_brought_in.py": (
        "9cec4a22cf8b3009ce23651b5a59f8d97de2c843d568d1878cbf95794be33852"
    ),
    "0016_reasons_can_be_merged.py": (
        "435c82ce2fe8596fa70ae75eea61b87451384311b9c1748d052bbe2675d29c78"
    ),
    "0017_codings_hang_on_the_scheme.py": (
        "47136173d29e9624fa5f7255d843e25d410e91c604684e33c4d330cfa07e38ca"
    ),
    "0018_two_coders.py": "0930dc4bc1d03c456de08e577f7c23d0bcfeaf9ac62da2e8a1463b631e071957",
    "0019_history_of_arms_and_quotations.py": (
        "b08356e1c0445b03827f759f6182ae6e47fc1987dfbfdfe50bf921175e52460d"
    ),
    "0020_drafts_of_schemes.py": (
        "a8b580bfafebeddd1bb24016c2a4b944ea0b9f001a78d468f7d705b405c09e31"
    ),
    "0021_codings_of_files.py": "0f3520205f697d790bf7875f600cefd13cab97c9096a17109b8517193a27aba5",
    "0022_settings_of_the_map.py": (
        "02cd7759dda48f7d08f70d675d3c925b92c199e897e26e47ea4bd6b46ace531a"
    ),
    "0023_states_of_codings.py": "517de63046ff6d494a765ceba1d435b9f81bae21a41b9fc533a56b51febfd73a",
    "0024_versions_of_the_map.py": (
        "b4d734c0b5b8c7a72e59ae48cf1ca539ace27457db61bf037f1a77ad8ae505e9"
    ),
    "0025_rules_of_results.py": "e1ba895807e55453b9fc285164868a0a049909a1e25bc7da8f58f6dcfc92c83d",
    "0026_certainty_of_findings.py": (
        "3c2a3122feb29eb49541de193dd48cabd3b1a9d311e050812bf7bef65e1392cb"
    ),
    "0027_studies_in_reviews.py": (
        "5539396b48802b97697cec3898f2cceffa9cb57b524417e6865a14273ff1517a"
    ),
    "0028_findings_of_the_review.py": (
        "43a2ba4bf17f411069a3f52ad917e87ce5aaefd1c1338fe314321a9025a13fc1"
    ),
    "0029_sections_of_the_report.py": (
        "d93b0948b8574f4bdfd529b684e0a754c06e43df75eb55d14eb51846a4693a39"
    ),
    "0030_conclusions_and_themes.py": (
        "127b43662fd5f8cfa9aea20484f3bc0379313175a93ce39abf2fe90c0f20e57b"
    ),
    "0031_public_pages.py": "945e341a0ad1ae2e2c4de78408077a0a6db26193f12b58c9f7437c4fe2b4a221",
    "0033_about_the_review.py": (
        "7df9f33cd238597d056324f90fc271aaa2a6e9174bd8976867f2fb8d0174cfd2"
    ),
    "0036_stages_and_protocol.py": (
        "3e71f5b2a86ae0afb124dee58813340ab94f35abd3bd7cfef46e73bccb2c713b"
    ),
    "0037_services.py": "f23bd1236e0f77bd81cacac8c9f55937d08678a10dd2fe12b4ef47fff19357ce",
    "0038_claims_and_principles.py": (
        "2bb714657ed9fce7482e4292a10b951998f792fa5340d85270bd64f6e989b91e"
    ),
    "0039_begun_schemes.py": "b99016dbeb52c296eacbbc3836952add089e6102d75b8a77f18ab4285071cbd8",
    "0040_survey_links.py": ("b61afb792ad67948e6ca4e2f834370fde9af3b9b19faa758bf7c44ebe40e670a"),
    "0041_response_keys.py": "9fbe3c4af85943a018ce80bc45f92089d58144e386e0df120b244e48ac12b0c8",
    "0042_settings_of_practice.py": (
        "a7a7fe71aa74689fac92524bef853ccbe7405629e3b3e17ec1c5bc9158c67613"
    ),
    "0043_services_under_themes.py": (
        "e1c0e13a138aa4a1d152ec6505e1b286e813a95b3151b52fd02bd3536c2c11af"
    ),
    "0044_accounts.py": "8264be7d656ff8636fdd7893fb5588668e56fe8a2f12657c87c4fe6f7db42366",
}
TWO_CODERS = {
    EventKind.CODERS_CHANGED, EventKind.CODING_GIVEN, EventKind.CODING_TAKEN_BACK,
    EventKind.CODING_PILOT_BEGUN, EventKind.CODING_PILOT_ENDED,
}  # fmt: skip
NEW_KINDS = (
    {kind for kind in EventKind if kind.name.startswith(("DECISION_", "DECISIONS_"))}
    - {EventKind.DECISIONS_IMPORTED}
    | TWO_CODERS
    | {EventKind.CODINGS_BROUGHT, EventKind.CODINGS_TAKEN_BACK, EventKind.ROLE_CHANGED}
    | {EventKind.MAP_SETTINGS_CHANGED, EventKind.MAP_CELL_MARKED, EventKind.MAP_FROZEN}
    | {EventKind.RESULT_RULES_CHANGED, EventKind.CERTAINTY_JUDGED, EventKind.INCLUSIONS_CHANGED}
    | {EventKind.REVIEW_FINDING_CHANGED, EventKind.CONCLUSION_CHANGED, EventKind.THEMES_CHANGED}
    | {EventKind.PUBLISHED, EventKind.PUBLICATION_CHANGED, EventKind.COMMENT_ANSWERED}
    | {EventKind.STRENGTH_RULE_CHANGED, EventKind.ARCHIVED, EventKind.ABOUT_CHANGED}
    | {EventKind.STAGE_RULE_CHANGED, EventKind.STAGE_OVERRULED, EventKind.PROTOCOL_FROZEN}
    | {EventKind.SEARCH_ADDED}
    | {EventKind.SERVICES_CHANGED, EventKind.SERVICE_FORMS_CHANGED, EventKind.SURVEY_CHANGED}
    | {EventKind.CLAIM_CHANGED, EventKind.PRINCIPLES_CHANGED, EventKind.PRINCIPLE_LINKED}
    | {EventKind.SUFFICIENCY_CHANGED, EventKind.FRAMEWORK_CHANGED, EventKind.PROVISION_RATED}
    | {EventKind.SCHEME_BEGUN, EventKind.SCHEME_DISCARDED}
    | {EventKind.REASONS_MERGED, EventKind.LABEL_RENAMED, EventKind.IMPORT_PARTLY_UNDONE}
)
CODED = {"scheme", "coding", "answer", "finding"}  # tables that have another form since 0017
CODING = ("id", "study_id", "scheme_id", "person_id", "state", "completed_at", "changed_at")
RENAMED_TABLES = {
    "round": "pilot",
    "comparison": "dedupe_run",
    "apart_choice": "duplicate_policy",
    "original": "verbatim",
}
RENAMED_COLUMNS = {
    ("review", "stages_for"): "preview_of",
    ("imported_file", "kept"): "records",
    ("job", "made_at"): "created_at",
    ("job", "told_at"): "heard_at",
    ("comparison", "apart"): "kinds",
    ("assignment", "round_id"): "pilot_id",
    ("assignment", "chance"): "at_random",
    ("ranking", "works"): "work_ids",
    ("ranking", "chance"): "random_work_ids",
    ("ranking", "why"): "terms",
    ("decision", "settles"): "resolves",
}

Rows = dict[str, list[dict[str, Any]]]


DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@contextmanager
def _empty(request: pytest.FixtureRequest, folder: Path) -> Iterator[Engine]:
    """A database without tables."""
    address = f"sqlite:///{folder / 'old.db'}"
    if request.param == "postgres":
        server: str = request.getfixturevalue("postgres")
        name = f"o{uuid.uuid4().hex}"
        _administer(server, f"CREATE DATABASE {name}")
        address = server.format(name=name)
    engine = create_engine(address)
    yield engine
    engine.dispose()


@pytest.fixture(params=DATABASES)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of Waymark 0.1.0 with rows in every table."""
    with _empty(request, tmp_path) as engine:
        _fill(engine)
        yield engine


@dataclass(frozen=True, kw_only=True)
class BroughtUp:
    """Such a database after it was opened.

    Attributes:
        before, after: its rows.
    """

    engine: Engine
    before: Rows
    after: Rows


@pytest.fixture(scope="module", params=DATABASES)
def brought_up(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BroughtUp]:
    """One for all that only look at it."""
    with _empty(request, tmp_path_factory.mktemp("brought-up")) as engine:
        _fill(engine)
        before = _rows(engine)
        _open(engine).close()
        yield BroughtUp(engine=engine, before=before, after=_rows(engine))


def _fill(empty: Engine) -> None:
    """Make it as Waymark 0.1.0 did, with rows in every table.

    On SQLite its tables are those that Waymark 0.1.0 made. On PostgreSQL they are those of the
    first step, which pg_dump could not tell from the others when it was written.
    """
    rows = (SNAPSHOT / "rows.sql").read_text(encoding="utf-8")
    if empty.dialect.name == "sqlite":
        tables = (SNAPSHOT / "tables.sql").read_text(encoding="utf-8")
        with empty.connect() as c:
            driver: Any = c.connection.driver_connection
            driver.executescript(tables + rows)
    else:
        _upgrade(empty, "0007")
        with empty.begin() as c:
            c.exec_driver_sql("SET TIME ZONE 'UTC'")
            c.exec_driver_sql(rows.replace("X'", r"'\x"))
            for name in c.exec_driver_sql("SELECT sequencename FROM pg_sequences").scalars().all():
                c.exec_driver_sql(f"SELECT setval('{name}', 99)")  # rows with numbers do not count


def _upgrade(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        config = migrate._config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _open(engine: Engine) -> Store:
    return Store.open(engine.url.render_as_string(hide_password=False))


def _rows(engine: Engine) -> Rows:
    """All rows of all tables, as the database itself has them."""
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as c:
        return {
            name: sorted((dict(row._mapping) for row in c.execute(table.select())), key=repr)
            for name, table in tables.tables.items()
            if name != "alembic_version"
        }


def _renamed(rows: Rows) -> Rows:
    return {
        RENAMED_TABLES.get(table, table): [
            {RENAMED_COLUMNS.get((table, name), name): value for name, value in row.items()}
            for row in of_table
        ]
        for table, of_table in rows.items()
    }


def test_the_snapshot_has_rows_in_every_table(brought_up: BroughtUp) -> None:
    assert {name for name, rows in brought_up.before.items() if not rows} == set()


def test_a_database_of_waymark_0_1_0_opens_with_all_its_rows(brought_up: BroughtUp) -> None:
    before, after = _renamed(brought_up.before), brought_up.after
    assert set(after) == set(metadata.tables)
    for table, rows in before.items():
        if table in CODED:
            continue
        # What was done was prose; it is a code now, which the next test looks at.
        names = ("id", "at") if table == "event" else tuple(rows[0])
        assert _columns(after[table], names) == _columns(rows, names)


def test_what_was_coded_in_waymark_0_1_0_stands(brought_up: BroughtUp) -> None:
    before, after = brought_up.before, brought_up.after
    assert _columns(after["coding"], CODING) == _columns(before["coding"], CODING)
    assert _columns(after["scheme_version"], ("id", "version", "yaml")) == _columns(
        before["scheme"], ("id", "version", "yaml")
    )
    rows = [(row["question"], row["code"], row["chosen"], row["note"]) for row in after["answer"]]
    assert sorted(rows) == [("design", "", False, "p. 3"), ("design", "cohort", True, "")]
    (finding,) = after["finding"]
    assert (finding["coding_id"], finding["removed_at"]) == (1, None)
    fields = finding["fields"]
    assert (json.loads(fields) if isinstance(fields, str) else fields) == {
        "intervention": "gardens", "outcome": "sleep", "contrast": "usual", "measure": "diary",
        "time": "after a year", "n_intervention": "20", "n_comparison": "21",
        "direction": "better", "significance": "not_reported",
        "quotation": "They slept longer.",
    }  # fmt: skip


def test_codings_of_two_versions_of_a_scheme_become_one_and_lose_nothing(old: Engine) -> None:
    _upgrade(old, "0016")
    with old.begin() as c:
        like = _rows(old)["scheme"][0]
        _add(c, "scheme", like | {"id": 2, "version": "2", "yaml": "id: gardens\n#\n"})
        coding = {"study_id": 1, "scheme_id": 2, "person_id": 1, "changed_at": NOW}
        _add(c, "coding", coding | {"id": 3, "state": "draft"})
        nothing = {"coding_id": 3, "codes": [], "value": "", "note": ""}
        _add(c, "answer", nothing | {"id": 2, "question": "size", "value": "12"})
        _add(c, "answer", nothing | {"id": 3, "question": "design", "note": "unclear"})
    _open(old).close()
    rows = _rows(old)
    assert [(row["id"], row["scheme_id"]) for row in rows["scheme_version"]] == [(1, 1), (2, 1)]
    assert sorted((row["id"], row["scheme_id"], row["state"]) for row in rows["coding"]) == [
        (2, 1, "draft"),
        (3, 1, "draft"),
    ]
    said = {(row["question"], row["code"], row["value"], row["note"]) for row in rows["answer"]}
    assert said == {("size", "", "12", ""), ("design", "", "", "unclear")}
    (change,) = rows["coding_change"]
    assert (change["after"], bool(change["is_kept"])) == ("cohort; p. 3", False)
    (finding,) = rows["finding"]
    assert (finding["coding_id"], finding["removed_at"]) == (3, None)


NEW = {"review_id": 1, "stage": "full_text", "at": NOW}


def _add(c: Connection, table: str, *rows: dict[str, object]) -> None:
    """Rows of a table as it is at the step at which the database stands."""
    tables = MetaData()
    tables.reflect(c, only=[table])
    c.execute(insert(tables.tables[table]), list(rows))


def _vote(work_id: int, person_id: int, verdict: str, **values: object) -> dict[str, object]:
    """A decision at full text as Waymark kept it before step 0014."""
    row = NEW | {"work_id": work_id, "person_id": person_id, "verdict": verdict, "note": ""}
    row |= {"reason_ids": [], "resolves": False, "how": "", "client_id": uuid.uuid4().hex}
    return row | values


def _assign(c: Connection, work_id: int, person_id: int, how: str) -> None:
    row = NEW | {"first_work_id": work_id, "work_id": work_id, "person_id": person_id, "how": how}
    _add(c, "assignment", row | {"at_random": False, "done_at": NOW})


def _set_stage(c: Connection, **changed: object) -> None:
    usual = {"voices": 1, "share": 1.0, "rule": "consensus", "maybe": "others"}
    settings = usual | {"order": "imported", "pulls": True, "chance": 0.05} | changed
    _add(c, "stage_setting", NEW | {"settings": settings, "person_id": 1})


def _full_text(store: Store, work_id: int) -> Any:
    with store.reading_outside() as c:
        return c.execute(select(work.c.full_text).where(work.c.id == work_id)).scalar_one()


def test_not_retrieved_of_earlier_versions_holds_for_all(old: Engine) -> None:
    _upgrade(old, "0013")
    with old.begin() as c:
        c.execute(text("UPDATE work SET title_abstract = 'include' WHERE id = 2"))
        _set_stage(c, voices=2)
        first = _vote(2, 1, "include"), _vote(2, 2, "not_retrieved", note="No library has it")
        _add(c, "decision", *first, _vote(2, 3, "not_retrieved", note="Nor has the author"))
        for person_id, how in ((1, "pulled"), (2, "assigned"), (3, "own")):
            _assign(c, 2, person_id, how)
    store = _open(old)
    assert _full_text(store, 2) == "not_retrieved"
    rows = _rows(old)
    assert all(row["resolves"] for row in rows["decision"] if row["verdict"] == "not_retrieved")
    at_work = [row for row in rows["assignment"] if row["work_id"] == 2 and row["stage"] == FT]
    by_person = {row["person_id"]: row["done_at"] is not None for row in at_work}
    assert by_person == {1: True, 2: False}  # nobody had asked Cleo
    (search,) = (row for row in rows["retrieval"] if row["work_id"] == 2)
    assert (search["state"], search["note"]) == ("not_retrieved", "Nor has the author")
    with store.writing(1, 1, Role.READER) as w:
        decisions.add(w, [
            decisions.NewDecision(work_id=2, stage=FT, verdict=Verdict.WITHDRAWN, client_id=str(i),
                                  resolves=True) for i in range(2)])  # fmt: skip
    assert _full_text(store, 2) == "open"
    store.close()


@pytest.mark.parametrize("seed", range(4))
def test_works_not_retrieved_earlier_are_in_the_state_that_their_votes_come_to(
    old: Engine, seed: int
) -> None:
    """Whatever was decided on them, and however the stage is screened."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    _upgrade(old, "0013")
    settings = {
        "voices": chance.choice([1, 2, 3]),
        "share": chance.choice([0.5, 1.0]),
        "rule": chance.choice(["consensus", "majority", "safety_first"]),
        "maybe": chance.choice(["others", "include", "conflict"]),
    }
    with old.begin() as c:
        _set_stage(c, **settings)
        like = next(row for row in _rows(old)["work"] if row["id"] == 2) | {"full_text": "?"}
        merged = [
            like | {"id": work_id, "merged_into": work_id - 1 if work_id % 4 == 0 else None}
            for work_id in range(101, 161)
        ]
        _add(c, "work", *merged)
        given_up, votes = set(), []
        for row in merged:
            for _ in range(chance.randrange(1, 6)):
                verdict = chance.choice(["include", "exclude", "maybe", "withdrawn"] + 3 * [NR])
                resolves = verdict != NR and chance.random() < 0.2
                voter = chance.choice([1, 2, 3])
                votes.append(_vote(row["id"], voter, verdict, resolves=resolves))
                if verdict == NR:
                    given_up.add(row["merged_into"] or row["id"])
        _add(c, "decision", *votes)
    store = _open(old)
    with store.reading_outside() as c:
        ids = sorted(given_up)
        now = stage_settings.current(c, 1, FT)
        assert work_states.stored_states(c, FT, ids) == work_states.consensus_of(c, FT, ids, now)
        others = select(work.c.full_text).where(work.c.id > 100, work.c.id.not_in(ids))
        assert set(c.execute(others).scalars()) <= {"?"}
    store.close()


def _columns(rows: list[dict[str, Any]], names: tuple[str, ...]) -> list[dict[str, Any]]:
    return sorted(({name: row[name] for name in names} for row in rows), key=repr)


def test_every_event_of_waymark_0_1_0_has_its_kind(brought_up: BroughtUp) -> None:
    prose = {row["id"]: row["what"] for row in brought_up.before["event"]}
    store = _open(brought_up.engine)
    with store.reading_outside() as c:
        rows = c.execute(select(event).order_by(event.c.id)).all()
        removal = team.removal(c, 1, 3)
        added = events.newest_to(c, 1, EventKind.MEMBER_ADDED, 2)
        (answered,) = events.of_kind(c, 1, EventKind.QUESTION_ANSWERED)
    store.close()
    kinds = [EventKind(row.kind) for row in rows]
    assert set(EventKind) - NEW_KINDS == set(kinds)
    (other,) = (row for row in rows if row.kind == EventKind.OTHER)
    assert other.subject == f"{prose[other.id]}: Arbor 2001"
    assert removal is not None
    assert removal.by == "Ben"
    assert added is not None
    assert (added.person, added.subject) == ("Anna", "Ben")
    assert answered.after == {"question": "design", "codes": ["cohort"]}


def test_an_upgraded_database_is_as_the_schema_says(brought_up: BroughtUp) -> None:
    with brought_up.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_number_of_a_review_is_never_given_twice(old: Engine) -> None:
    store = _open(old)
    with store.writing_outside() as c:
        last = reviews.create(c, 1, NOW, reviews.Draft(title="One more"))
        c.execute(delete(review).where(review.c.id == last))
        assert reviews.create(c, 1, NOW, reviews.Draft(title="Another")) > last
    store.close()


def test_references_hold_again_after_an_upgrade(old: Engine) -> None:
    store = _open(old)
    with store.writing_outside() as c:
        c.execute(delete(review).where(review.c.id == 2))  # a hidden one, with all that is in it
        assert c.execute(select(func.count()).select_from(upload)).scalar_one() == 0
    with pytest.raises(IntegrityError), store.writing_outside() as c:
        c.execute(insert(label).values(review_id=2, name="background"))
    store.close()


def test_a_migration_that_has_landed_is_not_edited() -> None:
    """A new one is added to the list; a mistake in an old one is mended by a new one."""
    files = sorted((migrate.SCRIPTS / "versions").glob("*.py"))
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    assert digests == LANDED


@pytest.mark.parametrize("revision", ["0001", "0002", "0003", "0004", "0006", "0008"])
def test_a_database_before_the_first_step_is_told_who_can_lift_it(
    sqlite_address: str, revision: str
) -> None:
    with pytest.raises(Invalid, match=r"Waymark 0\.1\.0 \(commit 383360a\)"):
        _open_at(sqlite_address, revision)


@pytest.mark.parametrize("revision", ["9999", "0b5f1c2d3e4f"])
def test_a_database_of_a_newer_waymark_says_so(sqlite_address: str, revision: str) -> None:
    with pytest.raises(Invalid, match=rf"newer Waymark than this one \({__version__}\)"):
        _open_at(sqlite_address, revision)


def _open_at(address: str, revision: str) -> None:
    engine = create_engine(address)
    with engine.begin() as c:
        c.execute(text("UPDATE alembic_version SET version_num = :new"), {"new": revision})
    engine.dispose()
    Store.open(address)
