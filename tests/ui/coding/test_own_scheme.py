"""One's own scheme is taken from a file: YAML, or a code set of EPPI-Reviewer."""

from streamlit.testing.v1 import AppTest

from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.store import Store
from evidence.store.review import people
from tests.eppi.made_exports import SETTING, as_bytes, code, code_set, report

PAGE = """\
import streamlit as st
from evidence.ui.coding.schemes import _own
_own(st.session_state.desk)
"""


def test_a_code_set_of_eppi_reviewer_is_chosen_and_taken(
    store: Store, anna: people.Person, review_id: int
) -> None:
    desk = Desk(store=store, review_id=review_id, person_id=anna.id)
    hostile = code_set("<img src=x onerror=alert(1)>", code(3, "Trial"), SetId=7)
    content = as_bytes(report([SETTING, hostile], []))
    at = AppTest.from_string(PAGE, default_timeout=60)
    at.session_state["desk"] = desk
    at.run()
    at.file_uploader[0].set_value(("sets.json", content, "application/json")).run()
    assert not at.exception
    assert len(at.selectbox[0].options) == 2
    at.selectbox[0].select_index(1).run()
    at.button(key="take-own").click().run()
    assert not at.exception
    (taken,) = schemes.taken(desk)
    assert taken.scheme.title == "<img src=x onerror=alert(1)>"
