"""A database that is busy or full is told in our words on every page, until it is over."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from evidence.ui.shell import errors
from evidence.ui.shell.menu import PAGES
from tests.pages.conftest import Open, opened, texts

ALL = [name for rows in PAGES.values() for name, *_ in rows]
Fail = Callable[[str], None]


@pytest.fixture
def fail(example_app: Open) -> Iterator[Fail]:
    """Let every statement fail for a reason that the database gives; for "" they work again."""
    del example_app
    reasons = [""]

    def before(*_: Any) -> None:
        if reasons[-1]:
            raise OperationalError("", {}, sqlite3.OperationalError(reasons[-1]))

    event.listen(Engine, "before_cursor_execute", before)
    yield reasons.append
    event.remove(Engine, "before_cursor_execute", before)


@pytest.mark.parametrize("page", ALL)
def test_each_page_tells_it_and_goes_on_when_it_is_over(fail: Fail, page: str) -> None:
    at = opened(page)
    fail("database is locked")
    at.run()
    assert not at.exception
    assert ["The database is busy" in one.value for one in at.error] == [True]
    assert "Something went wrong" not in texts(at)
    fail("database or disk is full")
    at.run()
    assert ["The disk is full" in one.value for one in at.error] == [True]
    fail("")
    at.run()
    assert not at.exception
    assert not at.error
    assert [one.value for one in at.toast] == [errors.OVER]
    at.run()
    assert not at.toast


def test_a_full_disk_lets_people_read_and_says_what_was_not_saved(example_app: Open) -> None:
    at = example_app("reviews")
    next(one for one in at.text_input if one.label == "Title").set_value("Another")

    def only_writes(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.lstrip().upper().startswith(("SELECT", "PRAGMA", "WITH", "BEGIN")):
            raise OperationalError("", {}, sqlite3.OperationalError("database or disk is full"))

    event.listen(Engine, "before_cursor_execute", only_writes)
    try:
        next(one for one in at.button if one.label == "Save").click().run()
    finally:
        event.remove(Engine, "before_cursor_execute", only_writes)
    assert ["The disk is full" in one.value for one in at.error] == [True]
    assert at.title[0].value == "Reviews"
