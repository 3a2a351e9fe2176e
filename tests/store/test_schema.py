"""The schema on the page and the schema that the migrations make are the same."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from evidence.store import Store
from evidence.store.schema import metadata


def test_migrations_make_what_the_schema_says(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_opening_again_changes_nothing(store: Store, review_id: int) -> None:
    address = store.engine.url.render_as_string(hide_password=False)
    again = Store.open(address)
    with again.reading_outside() as c:
        assert c.execute(text("SELECT id FROM review")).scalars().all() == [review_id]
    again.close()


def test_sqlite_waits_for_its_turn_and_keeps_references_true(sqlite_address: str) -> None:
    store = Store.open(sqlite_address)
    with store.reading_outside() as c:
        found = {
            name: c.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "busy_timeout", "foreign_keys")
        }
    assert found == {"journal_mode": "wal", "busy_timeout": 15000, "foreign_keys": 1}
    store.close()
