"""On the page Schemes a newcomer begins a scheme from a topic, and takes or drops it."""

import pytest
from streamlit.testing.v1 import AppTest

from evidence.errors import NotFound
from evidence.steps.coding import schemes
from evidence.steps.coding.first_scheme import begun_schemes
from evidence.steps.desk import Desk
from tests.pages.conftest import Open, texts


def fill(at: AppTest, title: str, interventions: str, outcomes: str) -> AppTest:
    at.text_input(key="first-title-0").set_value(title)
    at.text_area(key="first-interventions-0").set_value(interventions)
    return at.text_area(key="first-outcomes-0").set_value(outcomes).run()


def test_a_scheme_is_begun_from_a_topic_and_taken(example_app: Open, desk: Desk) -> None:
    before = schemes.taken(desk)
    at = fill(example_app("schemes"), "", "Dam *removal*\nDam *removal*", "Life:\nFish\n<b>x</b>")
    assert "2 outcomes in 1 group" in texts(at)
    assert "these stood twice and are taken once: “Dam \\*removal\\*”" in texts(at)
    at.button(key="make-first-scheme").click().run()
    assert [each.value for each in at.error] == [
        "Say what the topic is; it becomes the title of the scheme."]  # fmt: skip
    assert at.text_area(key="first-outcomes-0").value == "Life:\nFish\n<b>x</b>"
    at.text_input(key="first-title-0").set_value("River restoration").run()
    at.button(key="make-first-scheme").click().run()
    assert not at.exception
    (begun,) = begun_schemes.begun(desk)
    assert at.selectbox(key="scheme-to-edit").value == begun.id
    assert "Not in use yet: nobody codes with it." in texts(at)
    assert at.text_input(key="first-title-1").value == ""
    assert schemes.taken(desk) == before
    at.button(key="use-begun").click().run()
    assert not at.exception
    assert begun_schemes.begun(desk) == []
    assert schemes.taken(desk)[-1].scheme.title == "River restoration"
    assert "“River restoration” is in use" in texts(at)
    assert "Not in use yet" not in texts(at)


def test_a_begun_scheme_is_thrown_away(example_app: Open, desk: Desk) -> None:
    at = fill(example_app("schemes"), "Bees", "Hedges", "Honey")
    at.button(key="make-first-scheme").click().run()
    (begun,) = begun_schemes.begun(desk)
    at.button(key="discard-begun").click().run()
    assert not at.exception
    assert begun_schemes.begun(desk) == []
    with pytest.raises(NotFound):
        schemes.get_or_begun(desk, begun.id)
