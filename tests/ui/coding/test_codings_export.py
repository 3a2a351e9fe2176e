"""The page Coding offers all codings to the people of the review, and to nobody else."""

import pytest
from streamlit.testing.v1 import AppTest

from evidence.steps.coding.eppi_export import ALL_TOGETHER, WhoseCodings
from evidence.steps.desk import Desk
from evidence.store import Store
from evidence.store.review import people
from evidence.ui.coding.codings_export import eppi_name, whose_words
from tests.steps.conftest import enter

PAGE = """\
import streamlit as st
from evidence.ui.coding.codings_export import export_button
export_button(st.session_state.desk)
"""


@pytest.fixture
def bens(store: Store, ben: people.Person, review_id: int) -> Desk:
    return Desk(store=store, review_id=review_id, person_id=ben.id)


def shown(desk: Desk) -> list[str]:
    at = AppTest.from_string(PAGE)
    at.session_state["desk"] = desk
    at.run()
    assert not at.exception
    return [str(button.label) for button in at.get("download_button")]  # type: ignore[union-attr]


def test_the_people_of_the_review_are_offered_all_forms(bens: Desk) -> None:
    assert shown(bens) == []
    enter(bens)
    assert shown(bens) == ["Excel (.xlsx)", "CSV files (.zip)", "EPPI-Reviewer (.zip)"]


def test_files_of_two_coders_have_two_names() -> None:
    choices = [ALL_TOGETHER, WhoseCodings(agreed_only=True), WhoseCodings(coder="Åsa B/../C")]
    assert [eppi_name(each) for each in choices] == [
        "for_eppi_reviewer", "agreed_for_eppi_reviewer", "Åsa_B____C_for_eppi_reviewer",
    ]  # fmt: skip
    assert len({whose_words(each) for each in choices}) == len(choices)
