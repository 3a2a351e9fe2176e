"""The app as AppTest drives it: the frame, with a page chosen, on a store of its own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from evidence.steps import example
from evidence.steps.desk import Desk
from evidence.steps.review import people, reviews
from evidence.store import Store
from tests.conftest import ROOT

MAIN = str(ROOT / "evidence" / "ui" / "shell" / "main.py")
Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def example_database(sqlite_template: Path) -> Path:
    """A database that holds the example review, to copy."""
    path = sqlite_template.with_name("example.db")
    shutil.copy(sqlite_template, path)
    store = Store.open(f"sqlite:///{path}")
    example.load(store)
    store.engine.dispose()
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
def example_app(database: Path, example_database: Path) -> Open:
    shutil.copy(example_database, database)
    return opened


@pytest.fixture
def desk(database: Path) -> Iterator[Desk]:
    """The example reader's desk in the app's own store."""
    store = Store.open(f"sqlite:///{database}")
    yield example.load(store)
    store.close()


def opened(
    page: str = "reviews", *, review: int | None = 1, name: str = "Eva", takes_part: bool = True
) -> AppTest:
    """The app at a page, after its visitor gave a name, and took part in the review."""
    at = AppTest.from_file(MAIN, default_timeout=60)
    if review is not None:
        at.query_params["review"] = str(review)
    at.run()
    assert not at.exception
    if name:
        at.text_input[0].set_value(name)
        at.button[0].click().run()
    way_in = [button for button in at.button if button.label == "Take part in this review"]
    if takes_part and way_in:
        way_in[0].click().run()
    if page != "reviews":
        at.switch_page(f"../../../pages/{page}.py").run()
    assert not at.exception
    return at


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
