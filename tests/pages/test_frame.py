"""The frame: a name first, then a review, and no page without either."""

import logging
import runpy
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from evidence.ui.shell.menu import PAGES
from tests.conftest import ROOT
from tests.pages.conftest import MAIN, Open, texts

ALL = [name for rows in PAGES.values() for name, *_ in rows]


def test_the_frame_lists_every_page_and_no_other() -> None:
    assert sorted(ALL) == sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


def say_name(empty_app: Open, name: str) -> AppTest:
    """Give a name as a visitor does."""
    at = empty_app(name="", review=None)
    at.text_input[0].set_value(name)
    at.button[0].click().run()
    return at


def test_a_name_is_asked_once(empty_app: Open) -> None:
    at = empty_app(name="", review=None)
    assert "What is your name?" in texts(at)
    assert len(at.text_input) == 1
    at.text_input[0].set_value("  Eva   Novak ")
    at.button[0].click().run()
    assert "Eva Novak" in texts(at)
    assert at.title[0].value == "Reviews"


def test_a_process_for_heavy_work_is_no_visitor(
    database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        runpy.run_path(MAIN, run_name="__mp_main__")  # as multiprocessing loads it once more
    assert not caplog.records
    assert not database.exists()


def test_an_empty_name_is_not_taken(empty_app: Open) -> None:
    at = empty_app(name="", review=None)
    at.button[0].click().run()
    assert "Please write your name" in at.error[0].value


def test_not_you_asks_for_a_name_again(empty_app: Open) -> None:
    at = empty_app(review=None)
    at.button(key="leave").click().run()
    assert "What is your name?" in texts(at)


@pytest.mark.parametrize("page", [name for name in ALL if name != "reviews"])
def test_a_page_without_a_review_leads_to_the_reviews(empty_app: Open, page: str) -> None:
    at = empty_app(page, review=None)
    assert "Choose a review first." in texts(at)
    assert not at.error


@pytest.mark.parametrize("page", ALL)
def test_a_page_alone_shows_nothing(empty_app: Open, page: str) -> None:
    at = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=60).run()
    assert [one.value for one in at.error] == ["Please open Waymark at its front page."]
    assert not at.title


@pytest.mark.parametrize("address", ["99", "1; DROP TABLE", "-1", "9" * 40, "١"])
def test_an_address_that_names_no_review_is_harmless(empty_app: Open, address: str) -> None:
    at = AppTest.from_file(str(ROOT / "evidence" / "ui" / "shell" / "main.py"), default_timeout=60)
    at.query_params["review"] = address
    at.run()
    at.text_input[0].set_value("Eva")
    at.button[0].click().run()
    assert not at.exception
    assert at.title[0].value == "Reviews"


@pytest.mark.parametrize("page", ALL)
def test_the_example_is_labelled_on_every_page(example_app: Open, page: str) -> None:
    at = example_app(page)
    assert "Demonstration: coded from abstracts by one reader; not findings" in texts(at)
    assert not at.error


@pytest.mark.parametrize("page", ALL)
def test_a_new_review_has_no_empty_page_without_a_word(empty_app: Open, page: str) -> None:
    at = empty_app(review=None)
    at.text_input[0].set_value("A new review")
    next(b for b in at.button if b.label == "Save").click().run()
    if page != "reviews":
        at.switch_page(f"../../../pages/{page}.py").run()
    assert not at.exception
    assert not at.error
    assert texts(at).strip() != at.title[0].value


def test_an_unforeseen_error_shows_no_inner_workings(
    example_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret path /etc")

    monkeypatch.setattr("evidence.steps.records.duplicates.duplicates.counts", fail)
    at = example_app("duplicates")
    assert "Something went wrong" in at.error[0].value
    assert "secret" not in texts(at)


def test_a_name_that_is_nearly_a_known_one_is_asked_about(empty_app: Open) -> None:
    empty_app(review=None, name="Ada Réviewer")
    at = say_name(empty_app, "ada  REVIEWER")
    assert "There is Ada Réviewer: is that you?" in texts(at)
    next(one for one in at.button if one.label == "Yes, Ada Réviewer").click().run()
    assert at.title[0].value == "Reviews"
    assert [one.value for one in at.sidebar.text] == ["Ada Réviewer"]


def test_whoever_has_nearly_a_known_name_can_be_somebody_else(empty_app: Open) -> None:
    empty_app(review=None, name="Ada Reviewer")
    at = say_name(empty_app, "Ada reviewer")
    next(one for one in at.button if one.label.startswith("No, Ada reviewer")).click().run()
    assert [one.value for one in at.sidebar.text] == ["Ada reviewer"]
    again = say_name(empty_app, "Ada Reviewer")  # the exact name asks nothing
    assert [one.value for one in again.sidebar.text] == ["Ada Reviewer"]


def test_a_known_name_is_a_button(empty_app: Open) -> None:
    empty_app(review=None, name="Eva Novak")
    at = empty_app(review=None, name="")
    next(one for one in at.button if one.label == "Eva Novak").click().run()
    assert [one.value for one in at.sidebar.text] == ["Eva Novak"]
