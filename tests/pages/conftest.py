"""The app as AppTest drives it: the frame, with a page chosen, on a store of its own."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import AppTest, app_test
from streamlit.util import calc_hash

from evidence.errors import NotFound
from evidence.steps import example
from evidence.steps.desk import Desk
from evidence.steps.review import people, reviews
from evidence.store import Store
from evidence.store.review.people import Person
from evidence.ui.shell.menu import PAGES
from tests.conftest import ROOT
from tests.steps.conftest import enter
from tests.steps.prepared import example_database

MAIN = str(ROOT / "evidence" / "ui" / "shell" / "main.py")
Open = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def one_server() -> Iterator[None]:
    """What a server does once, AppTest does for each visitor, or even at each run: it looks through
    all installed packages for components, and compiles the scripts of pages.
    """
    manifests = manifest_scanner.scan_component_manifests()
    scripts = ScriptCache()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: manifests)
        patch.setattr(app_test, "ScriptCache", lambda: scripts)
        yield


@pytest.fixture(scope="session")
def example_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that holds the example review, to copy."""
    path = tmp_path_factory.mktemp("example") / "example.db"
    path.write_bytes(example_database())
    return path


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the app of this test keeps its reviews."""
    path = tmp_path / "app.db"
    monkeypatch.setenv("WAYMARK_DATABASE", f"sqlite:///{path}")
    st.cache_data.clear()
    st.cache_resource.clear()
    yield path
    st.cache_resource.clear()


@pytest.fixture
def empty_app(database: Path, sqlite_template: Path) -> Open:
    shutil.copy(sqlite_template, database)
    return opened


@pytest.fixture
def example_app(database: Path, example_file: Path) -> Open:
    shutil.copy(example_file, database)
    return opened


@pytest.fixture
def desk(database: Path) -> Iterator[Desk]:
    """The example reader's desk in the app's own store."""
    store = Store.open(f"sqlite:///{database}")
    yield example.load(store)
    store.close()


def opened(
    page: str = "reviews",
    *,
    review: int | None = 1,
    name: str = "Eva",
    takes_part: bool = True,
    query: Mapping[str, str] | None = None,
) -> AppTest:
    """The app at a page's address, for a visitor who gave a name and took part in the review.

    Both are done by the steps behind the forms, which tests/pages/test_frame.py fills in.
    """
    at = AppTest.from_file(MAIN, default_timeout=60)
    if name:
        at.session_state.person = signed_in(name, review if takes_part else None)
    if review is not None:
        at.query_params["review"] = str(review)
    for parameter, value in (query or {}).items():
        at.query_params[parameter] = value
    address = next(row[3] for rows in PAGES.values() for row in rows if row[0] == page)
    if page != "reviews":
        at._page_hash = calc_hash(address)  # as Streamlit names the page of an address
    at.run()
    assert not at.exception
    return at


def signed_in(name: str, review: int | None) -> Person:
    """Somebody who gave this name to the app, and took part in a review where it is there."""
    store = Store.open(os.environ["WAYMARK_DATABASE"])
    person = people.sign_in(store, name, "")
    if review is not None:
        with suppress(NotFound):
            enter(Desk(store=store, review_id=review, person_id=person.id))
    store.close()
    return person


def texts(at: AppTest) -> str:
    """Everything that is written on the page."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "text", "info", "success",
             "warning", "error")  # fmt: skip
    return "\n".join(str(getattr(one, "value", "")) for kind in kinds for one in at.get(kind))


@pytest.fixture
def desk_of(database: Path) -> Iterator[Callable[[], Desk]]:
    """A desk at the only review of the app's store, once there is one."""
    stores: list[Store] = []

    def make() -> Desk:
        stores.append(Store.open(f"sqlite:///{database}"))
        (one,) = reviews.overviews(stores[-1])
        person = people.named(stores[-1], "Test")
        return Desk(store=stores[-1], review_id=one.review.id, person_id=person.id)

    yield make
    for store in stores:
        store.close()
