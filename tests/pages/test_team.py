"""The page Team, through the frame."""

from typing import Any

from streamlit.testing.v1 import AppTest

from evidence.screening.team import StageSettings
from evidence.screening.verdicts import Stage
from evidence.steps import team
from evidence.steps.desk import Desk
from tests.pages.conftest import Open, texts

TA = Stage.TITLE_ABSTRACT


def tab(at: AppTest, name: str) -> AppTest:
    at.session_state["team"] = name
    return at.run()


def by_label(found: Any, label: str) -> Any:
    return next(one for one in found if one.label == label)


def press(at: AppTest, label: str) -> AppTest:
    return next(one for one in at.button if one.label == label).click().run()


def test_people_are_taken_in_and_out_and_back(example_app: Open, desk: Desk) -> None:
    at = example_app("team")
    assert "Example reader" in at.dataframe[0].value["Name"].tolist()
    by_label(at.text_input, "Name").set_value("Ben <b>")
    press(at, "Take in")
    assert "Ben <b>" in team.here(desk).values()
    ben = next(i for i, name in team.here(desk).items() if name == "Ben <b>")
    at.selectbox(key="leaves").set_value(ben).run()
    assert "0 decisions of Ben" in texts(at)
    at.button(key=f"out-{ben}").click().run()
    assert "Ben <b>" not in team.here(desk).values()
    at.button(key=f"back-{ben}").click().run()
    assert "Ben <b>" in team.here(desk).values()
    assert not at.exception


def test_settings_tell_what_they_would_change_and_are_kept(example_app: Open, desk: Desk) -> None:
    at = tab(example_app("team"), "How it is screened")
    assert "was read by one person." in at.code[0].value
    assert not any(one.label == "Keep these settings" for one in at.button)
    by_label(at.selectbox, "Who reads each record?").set_value(2).run()
    assert "was read by two people" in at.code[0].value
    assert "would change" in texts(at)
    assert "Included → Open" in texts(at)
    assert "can never be finished" in texts(at)
    assert team.settings(desk, TA) == StageSettings()
    press(at, "Leave it as it was")
    assert "would change" not in texts(at)
    by_label(at.selectbox, "Who reads each record?").set_value(2).run()
    press(at, "Keep these settings")
    assert team.settings(desk, TA) == StageSettings(voices=2)
    assert "would change" not in texts(at)
    assert "Earlier settings" in str([one.label for one in at.expander])
    assert not at.error


def test_settings_of_somebody_else_are_not_overwritten(example_app: Open, desk: Desk) -> None:
    at = tab(example_app("team"), "How it is screened")
    by_label(at.selectbox, "Who reads each record?").set_value(2).run()
    team.choose(desk, TA, StageSettings(voices=3), StageSettings())
    press(at, "Keep these settings")
    assert "Example reader changed how this stage is screened meanwhile" in at.error[0].value
    assert team.settings(desk, TA).voices == 3
    press(at, "Leave it as it was")
    assert by_label(at.selectbox, "Who reads each record?").value == 3
