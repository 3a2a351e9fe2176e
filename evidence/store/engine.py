"""Opening the store: SQLite by default, PostgreSQL for teams; both behave the same."""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, update
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from evidence.citations import search_folding
from evidence.errors import Invalid, NotFound, Unavailable
from evidence.store import addresses, migrate, permission, schema
from evidence.store.area_versions import EVERYTHING, Area
from evidence.store.bulk import to_json
from evidence.store.permission import Role

WAITING = 15_000  # milliseconds that a writer waits for another one
READ_ONLY = "readonly database"
NO_DATABASE = "file is not a database"  # as SQLite says it
UNDONE = "This was not saved; what was saved before is safe."
TROUBLES = {  # what a database says when it cannot for the moment, and what people read
    "locked": f"The database is busy with something else. {UNDONE} Please try again in a moment.",
    "lock timeout": f"The database is busy with something else. {UNDONE} Please try again in a "
    "moment.",
    "disk is full": f"The disk is full. {UNDONE} Whoever runs Waymark must make room; then go on.",
    "no space left": f"The disk is full. {UNDONE} Whoever runs Waymark must make room; then go on.",
    READ_ONLY: f"The database can only be read now. {UNDONE} "
    "Whoever runs Waymark must let it write to its file and folder.",
    "disk i/o error": f"The disk does not answer as it should. {UNDONE} "
    "Whoever runs Waymark should look after it; the disk may be full.",
    "unable to open": f"The file of the database cannot be opened now. {UNDONE} "
    "Whoever runs Waymark should look after it.",
}
NO_ANSWER = f"The database does not answer. {UNDONE} Please try again in a moment."
TEXT_HOLDS = "text_holds"  # our function of SQLite: groups of phrases as JSON, then texts
LEAVING = 2_000  # milliseconds that a stopping server waits for those who still read or write


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """A transaction of one person on one review; it is kept whole or not at all.

    Attributes:
        private: on a server for teams, which answers for some acts (audit.py).
    """

    connection: Connection
    review_id: int
    person_id: int
    at: datetime
    private: bool = False

    def touch(self, areas: Area) -> None:
        """Count up the versions of areas of which the act learns late that it changes them."""
        _count_up(self.connection, self.review_id, areas.columns)

    def on_behalf_of(self, person_id: int) -> "Write":
        """This transaction, where what is written counts as another person's doing.

        Only for what came in files: the owner vouches for it, or somebody takes a file back.
        """
        return replace(self, person_id=person_id)

    def for_review(self, **values: Any) -> dict[str, Any]:
        """Row values with the review added."""
        return {"review_id": self.review_id, **values}

    @property
    def by_and_at(self) -> dict[str, Any]:
        """Row values that say who writes, and when."""
        return {"person_id": self.person_id, "at": self.at}


class Store:
    """A database of reviews.

    One per process is enough: connections are pooled, and each block of reading or writing takes
    its own for as long as it lasts.

    Attributes:
        engine: the connections.
        private: reviews are for their teams only, because people sign in; otherwise everybody who
            reaches the store may look at every review.
    """

    def __init__(self, engine: Engine, *, private: bool = False) -> None:
        self.engine = engine
        self.private = private

    @classmethod
    def open(cls, address: str, *, private: bool = False) -> "Store":
        """Open a database by its SQLAlchemy address, making or upgrading its tables.

        Args:
            address: of the database.
            private: whether reviews are for their teams only.

        Raises:
            Invalid: it cannot be reached, or the address is none.
        """
        try:
            engine = engine_of(address)
            migrate.upgrade(engine)
        except (ArgumentError, OperationalError, ModuleNotFoundError) as error:
            reason = str(error).split("\n", 1)[0]
            raise Invalid(
                f"The database of WAYMARK_DATABASE cannot be opened ({reason}). "
                "Check the address, and whether the server runs."
            ) from error
        except DatabaseError as error:
            if NO_DATABASE not in str(error.orig):
                raise
            raise Invalid(
                "What WAYMARK_DATABASE names is another kind of file and no database of Waymark; "
                "nothing was changed. Check the address."
            ) from error
        return cls(engine, private=private)

    @contextmanager
    def reading_outside(self, *, at_one_moment: bool = False) -> Iterator[Connection]:
        """A connection for queries that belong to no review (people, the list of reviews).

        The database refuses to write by it.

        Args:
            at_one_moment: all queries see what was there at the first one, whatever others write
                meanwhile; on SQLite they always do.
        """
        options: dict[str, Any] = {"reads": True, "postgresql_readonly": True}
        if at_one_moment and self.engine.dialect.name == "postgresql":
            options["isolation_level"] = "REPEATABLE READ"
        with (
            trouble_in_words(writes=False),
            self.engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def reading(
        self,
        review_id: int,
        person_id: int,
        role: Role = Role.READER,
        *,
        at_one_moment: bool = False,
    ) -> Iterator[Connection]:
        """A connection for queries of a person about a review.

        Args:
            review_id: of the review.
            person_id: who asks.
            role: what is asked for needs.
            at_one_moment: as for `reading_outside`.

        Raises:
            NotAllowed: what is asked for needs more than the person's role.
            NotFound: there is no such review (told where the role is more than a reader's), or
                it is private and the person does not belong to it.
        """
        with self.reading_outside(at_one_moment=at_one_moment) as connection:
            self._require(connection, review_id, person_id, role)
            yield connection

    @contextmanager
    def at_one_moment(self) -> Iterator["Store"]:
        """This store as it is now: whatever is read by it, others write meanwhile unseen.

        By it nothing is written. It is for one thread, and for a block that ends soon.
        """
        with self.reading_outside(at_one_moment=True) as connection:
            yield StillStore(self, connection)

    def for_the_public(self) -> "Store":
        """The same store for a stranger who reads, because somebody of the team lets them."""
        return Store(self.engine)

    @contextmanager
    def writing_outside(self) -> Iterator[Connection]:
        """A transaction that belongs to no review (people, new reviews, how far a job is)."""
        with (
            trouble_in_words(),
            self.engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def writing(
        self,
        review_id: int,
        person_id: int,
        role: Role,
        *,
        areas: Area = EVERYTHING,
    ) -> Iterator[Write]:
        """A transaction of a person on a review; the versions of what it touches grow by one.

        Args:
            review_id: of the review.
            person_id: who acts.
            role: what the act needs.
            areas: what the act may change. Whoever is not sure leaves it out; an area that is
                missing here leaves old answers on the screen.

        Raises:
            NotFound: there is no such review.
            NotAllowed: the act needs more than the person's role.
        """
        with self.writing_outside() as connection:
            # First of all, so that PostgreSQL too lets one writer at a time into a review.
            _count_up(connection, review_id, ["data_version", *areas.columns])
            self._require(connection, review_id, person_id, role)
            yield Write(
                connection=connection,
                review_id=review_id,
                person_id=person_id,
                at=datetime.now(UTC),
                private=self.private,
            )

    def _require(self, connection: Connection, review_id: int, person_id: int, role: Role) -> None:
        permission.require(connection, review_id, person_id, role, private=self.private)

    def checkpoint(self) -> bool:
        """Move all that is committed into SQLite's one file; gives whether nothing was in the way.

        Until then the newest decisions may stand in the file -wal beside it. Whoever is reading or
        writing goes on; then it may be that not all could be moved.
        """
        if self.engine.dialect.name != "sqlite":
            return True
        with closing(self.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout={LEAVING}")
            busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            cursor.execute(f"PRAGMA busy_timeout={WAITING}")
        return not busy

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


class StillStore(Store):
    """A store in which nothing changes: all that is read comes from one transaction."""

    def __init__(
        self, store: Store, connection: Connection, *, private: bool | None = None
    ) -> None:
        super().__init__(store.engine, private=store.private if private is None else private)
        self._connection = connection

    @contextmanager
    def reading_outside(self, *, at_one_moment: bool = False) -> Iterator[Connection]:
        """The connection of the one transaction."""
        del at_one_moment  # it always is
        with trouble_in_words(writes=False):
            yield self._connection

    @contextmanager
    def at_one_moment(self) -> Iterator[Store]:
        """Itself: there is one moment only."""
        yield self

    def for_the_public(self) -> Store:
        """The same moment for a stranger."""
        return StillStore(self, self._connection, private=False)

    @contextmanager
    def writing_outside(self) -> Iterator[Connection]:
        """Refuses: who reads at one moment does not write.

        Raises:
            RuntimeError: always; it is a mistake of ours.
        """
        raise RuntimeError("nothing is written while everything is read at one moment")
        yield  # pragma: no cover


@contextmanager
def trouble_in_words(*, writes: bool = True) -> Iterator[None]:
    """Tell what a database cannot do for the moment; mistakes of ours stay what they are.

    Where nothing is to be written, to write is such a mistake, whatever the database says of it.

    Raises:
        Unavailable: it is busy, full, not to be written or not to be reached.
    """
    try:
        yield
    except NoConnection as error:
        raise Unavailable(TROUBLES["locked"]) from error
    except DBAPIError as error:
        reason = str(error.orig).lower()
        for sign, words in TROUBLES.items():
            if sign in reason and (writes or sign != READ_ONLY):
                raise Unavailable(words) from error
        if error.connection_invalidated:
            raise Unavailable(NO_ANSWER) from error
        raise


def _count_up(connection: Connection, review_id: int, columns: Sequence[str]) -> None:
    """Let versions of a review grow by one.

    Raises:
        NotFound: there is no such review.
    """
    table = schema.review
    values = {name: table.c[name] + 1 for name in columns}
    query = update(table).where(table.c.id == review_id).values(values)
    if values and connection.execute(query).rowcount == 0:
        raise NotFound("review", review_id)


def engine_of(address: str) -> Engine:
    """Connections to a database, of which nothing is looked at yet.

    Raises:
        Invalid: the address is none.
        ArgumentError: it is one of a database that SQLAlchemy does not know.
        ModuleNotFoundError: what the database needs is not installed.
    """
    addresses.parse(address)
    return _sqlite(address) if address.startswith("sqlite") else _server(address)


def _sqlite(address: str) -> Engine:
    engine = create_engine(
        address,
        connect_args={"timeout": WAITING / 1000, "check_same_thread": False},
        json_serializer=to_json,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # begin() below says BEGIN itself
        for pragma in (
            "page_size=16384",  # of a new file; a record fills several of the usual small pages
            "journal_mode=WAL",
            "synchronous=FULL",  # a decision that was told to be kept outlives a power cut
            "fullfsync=ON",  # on a Mac, nothing less makes the disk write it down
            f"busy_timeout={WAITING}",
            "foreign_keys=ON",
            "cache_size=-65536",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.create_function(TEXT_HOLDS, -1, _text_holds, deterministic=True)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        reads = options.get("reads", False)
        if connection.info.get("reads", False) is not reads:  # else statements are prepared anew
            connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reads else 'OFF'}")
            connection.info["reads"] = reads
        # A writer takes the lock at once; upgrading a read lock could fail in the middle.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")

    return engine


def _text_holds(groups: str, *texts: str) -> bool:
    return search_folding.holds(_groups(groups), texts)


@lru_cache(maxsize=100)
def _groups(text: str) -> list[list[str]]:
    groups: list[list[str]] = json.loads(text)
    return groups


def _server(address: str) -> Engine:
    return create_engine(
        address, pool_size=8, max_overflow=8, pool_pre_ping=True, json_serializer=to_json
    )
