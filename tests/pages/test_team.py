"""The page Team, through the frame."""

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from evidence.screening.stage_settings import Order, StageSettings
from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.review import membership, people, team
from evidence.steps.screening import (
    common_queue,
    decisions,
    held_works,
    pilots,
    progress,
    stage_settings,
)
from evidence.steps.screening.agreement import Maybes
from evidence.store.screening.decisions import NewDecision
from evidence.store.screening.queue import LONGEST_HOLD
from evidence.ui.shell.wording import STAGES
from tests.pages.conftest import Open, texts
from tests.steps.conftest import taken

TA = Stage.TITLE_ABSTRACT


def tab(at: AppTest, name: str) -> AppTest:
    at.session_state["team"] = name
    return at.run()


def by_label(found: Any, label: str) -> Any:
    return next(one for one in found if one.label == label)


def press(at: AppTest, label: str) -> AppTest:
    return next(one for one in at.button if one.label == label).click().run()


def test_who_is_not_in_the_team_looks_on_and_can_take_part(example_app: Open, desk: Desk) -> None:
    at = example_app("team", takes_part=False)
    by_label(at.text_input, "Name").set_value("Ben")
    press(at, "Take in")
    assert "Only people of the team" in at.error[0].value
    assert "Ben" not in team.names(desk).values()
    press(at, "Take part in this review")
    assert "Eva" in team.names(desk).values()
    assert not any(one.label == "Take part in this review" for one in at.button)
    by_label(at.text_input, "Name").set_value("Ben")
    press(at, "Take in")
    assert "Ben" in team.names(desk).values()


def test_which_way_open_records_would_go_is_not_told(example_app: Open, desk: Desk) -> None:
    stage_settings.change(desk, TA, StageSettings(voices=2), StageSettings())
    at = tab(example_app("team", name="Example reader"), "How it is screened")
    by_label(at.selectbox, "Who reads each work?").set_value(1).run()
    assert "Open → decided" in texts(at)
    assert "Open → Included" not in texts(at)
    press(at, "Keep these settings")
    assert "decided by it" in texts(at)


def test_people_are_taken_in_and_out_and_back(example_app: Open, desk: Desk) -> None:
    at = example_app("team", name="Example reader")
    assert "Example reader" in at.dataframe[0].value["Name"].tolist()
    by_label(at.text_input, "Name").set_value("Ben <b>")
    press(at, "Take in")
    assert "Ben <b>" in team.names(desk).values()
    ben = next(i for i, name in team.names(desk).items() if name == "Ben <b>")
    at.selectbox(key="leaves").set_value(ben).run()
    assert "0 decisions of Ben" in texts(at)
    at.button(key=f"out-{ben}").click().run()
    assert "Ben <b>" not in team.names(desk).values()
    at.button(key=f"back-{ben}").click().run()
    assert "Ben <b>" in team.names(desk).values()
    assert not at.exception


def test_settings_tell_what_they_would_change_and_are_kept(example_app: Open, desk: Desk) -> None:
    at = tab(example_app("team", name="Example reader"), "How it is screened")
    assert "was read by one person." in at.code[0].value
    assert not any(one.label == "Keep these settings" for one in at.button)
    by_label(at.selectbox, "Who reads each work?").set_value(2).run()
    assert "was read by two people" in at.code[0].value
    assert "would change" in texts(at)
    assert "Included → Open" in texts(at)
    assert "can never be finished" in texts(at)
    assert stage_settings.current(desk, TA) == StageSettings()
    press(at, "Leave it as it was")
    assert "would change" not in texts(at)
    by_label(at.selectbox, "Who reads each work?").set_value(2).run()
    press(at, "Keep these settings")
    assert stage_settings.current(desk, TA) == StageSettings(voices=2)
    assert "would change" not in texts(at)
    assert "Earlier settings" in str([one.label for one in at.expander])
    assert not at.error


def test_settings_left_unsaved_are_asked_about_and_not_lost(example_app: Open, desk: Desk) -> None:
    asked = "You changed how “Title and abstract” is screened, and did not keep it."
    at = tab(example_app("team", name="Example reader"), "How it is screened")
    assert asked not in texts(at)
    by_label(at.selectbox, "Who reads each work?").set_value(2).run()
    assert asked not in texts(at)  # it stands there, with its two buttons
    assert asked in texts(tab(at, "People"))
    at.switch_page("../../../pages/records.py").run()
    assert asked in texts(at)
    at.switch_page("../../../pages/team.py").run()
    assert by_label(tab(at, "How it is screened").selectbox, "Who reads each work?").value == 2
    at.switch_page("../../../pages/records.py").run()
    press(at, "Leave it as it was")
    assert asked not in texts(at)
    at.switch_page("../../../pages/team.py").run()
    assert by_label(tab(at, "How it is screened").selectbox, "Who reads each work?").value == 1
    assert stage_settings.current(desk, TA) == StageSettings()


def test_a_second_model_can_make_the_order(example_app: Open, desk: Desk) -> None:
    at = tab(example_app("team", name="Example reader"), "How it is screened")
    by_label(at.radio, "Order").set_value(Order.SECOND).run()
    by_label(at.number_input, "Of these drawn at random, in percent").set_value(0).run()
    assert "as a second model learnt" in at.code[0].value
    press(at, "Keep these settings")
    assert not at.error
    assert stage_settings.current(desk, TA) == StageSettings(order=Order.SECOND, chance=0.0)


def test_settings_of_somebody_else_are_not_overwritten(example_app: Open, desk: Desk) -> None:
    at = tab(example_app("team", name="Example reader"), "How it is screened")
    by_label(at.selectbox, "Who reads each work?").set_value(2).run()
    stage_settings.change(desk, TA, StageSettings(voices=3), StageSettings())
    press(at, "Keep these settings")
    assert "Example reader changed how this stage is screened meanwhile" in at.error[0].value
    assert stage_settings.current(desk, TA).voices == 3
    press(at, "Leave it as it was")
    assert by_label(at.selectbox, "Who reads each work?").value == 3


def test_records_are_divided_at_random_and_by_hand(example_app: Open, desk: Desk) -> None:
    team.add(desk, "Ben")
    conflict = StageSettings(pulls=False, voices=2)
    stage_settings.change(desk, TA, conflict, StageSettings())
    at = tab(example_app("team", name="Example reader"), "Who reads what")
    assert "lack people" in texts(at)
    press(at, "Divide")
    assert "Given out:" in texts(at)
    assert "seed" in texts(at)
    assert not at.exception
    at.multiselect(key=f"from-{TA}").set_value(list(team.names(desk))).run()
    at.button(key=f"take-back-{TA}").click().run()
    assert "taken back" in texts(at)
    at.session_state["hand"] = True
    at.run()
    at.text_input(key=f"hand-words-{TA}").set_value("employment").run()
    at.button(key=f"give-{TA}").click().run()
    assert "given to" in texts(at)
    assert not at.error


def test_a_pilot_is_begun_followed_and_ended(example_app: Open, desk: Desk) -> None:
    at = tab(example_app("team", name="Example reader"), "Pilots")
    assert "at least two people" in texts(at)
    team.add(desk, "Ben")
    at.run()
    press(at, "Begin the pilot")
    assert "Only" in at.error[0].value
    (size,) = (one for one in at.number_input if one.label == "How many works?")
    size.set_value(3)
    press(at, "Begin the pilot")
    assert "Pilot 1" in texts(at)
    assert at.dataframe[0].value["Left in it"].tolist() == [3, 3]
    assert "is shown when all have decided" in texts(at)
    press(at, "End this pilot")
    assert pilots.listing(desk, TA)[0].over
    assert not at.error


def test_agreement_is_told_in_words(example_app: Open, desk: Desk) -> None:
    at = tab(example_app("team", name="Example reader"), "Agreement")
    assert "No work was read by two people yet" in texts(at)
    ben = Desk(
        store=desk.store,
        review_id=desk.review_id,
        person_id=people.named(desk.store, "Ben").id,
    )
    membership.join(ben)
    said = decisions.own(desk, TA)[:4]
    for one in said:
        new = NewDecision(
            work_id=one.work_id, stage=TA, verdict=one.verdict, client_id=f"ben-{one.work_id}"
        )
        decisions.decide(ben, [new])
    at.run()
    assert at.dataframe[0].value["Agree"].tolist() == ["100.0%"]
    assert "They agree on all of these works." in texts(at)
    assert "the same 3 categories in every row: include, exclude and maybe." in texts(at)
    by_label(at.radio, "A maybe is compared as").set_value(Maybes.LEFT_OUT).run()
    assert "the same 2 categories in every row: include and exclude." in texts(at)
    assert not at.exception


def test_who_was_taken_out_is_told_who_can_take_them_back(example_app: Open, desk: Desk) -> None:
    team.add(desk, "Eva")
    eva = next(i for i, name in team.names(desk).items() if name == "Eva")
    team.take_out(desk, eva)
    at = example_app("team")
    assert "You were taken out of the team of this review by Example reader on" in texts(at)
    assert "can take you back" in texts(at)
    labels = {one.label for one in at.button}
    assert not labels & {"Take part in this review", "Take Eva back", "Take in"}
    assert "Eva" in at.dataframe[0].value["Name"].tolist()
    team.add(desk, "Eva")
    at.run()
    assert "You were taken out" not in texts(at)
    assert "Take in" in {one.label for one in at.button}


def test_screening_opens_for_who_was_taken_out(example_app: Open, desk: Desk) -> None:
    team.add(desk, "Ben")
    ben = next(i for i, name in team.names(desk).items() if name == "Ben")
    bens = Desk(store=desk.store, review_id=desk.review_id, person_id=ben)
    team.take_out(bens, desk.person_id)
    at = example_app("screening", name="Example reader")
    assert not at.error
    assert "You were taken out of the team of this review by Ben on" in texts(at)
    at.session_state["mine"] = True
    at.run()
    assert len(at.dataframe[0].value)
    assert "Choose one to see its history." in texts(at)
    assert not at.exception


def test_who_made_a_review_can_take_part_by_a_button(empty_app: Open, desk_of: Any) -> None:
    at = empty_app(review=None)
    at.text_input[0].set_value("Gardens and health")
    press(at, "Save")
    at.switch_page("../../../pages/team.py").run()
    press(at, "Take part myself")
    assert list(team.names(desk_of()).values()) == ["Eva"]
    assert "Take part myself" not in {one.label for one in at.button}


def test_the_setting_of_the_other_stage_is_told(example_app: Open, desk: Desk) -> None:
    stage_settings.change(desk, TA, StageSettings(voices=2), StageSettings())
    at = tab(example_app("team", name="Example reader"), "How it is screened")
    assert "“Full text” has its own: there one person reads each work" in texts(at)
    at.session_state["stage"] = Stage.FULL_TEXT
    at.run()
    assert f"“{STAGES[TA]}” has its own: there two people read each work" in texts(at)


def test_screening_tells_of_the_pilot_and_when_it_is_done(example_app: Open, desk: Desk) -> None:
    team.add(desk, "Ben")
    pilots.begin(desk, TA, list(team.names(desk)), 2, name="First *try*")
    at = example_app("screening", name="Example reader")
    assert "Pilot “First \\*try\\*” comes first: 2 works of it left for you" in texts(at)
    for one in taken(desk, TA).waiting[:2]:
        new = NewDecision(
            work_id=one.id, stage=TA, verdict=Verdict.INCLUDE, client_id=f"pilot-{one.id}"
        )
        decisions.decide(desk, [new])
    at.run()
    assert "of it left for you" not in texts(at)
    assert "is done for you. The others have 2 decisions to make" in texts(at)
    assert "What comes now is the real screening" in texts(at)
    assert "is done for you" in at.toast[0].value
    at.run()
    assert not at.toast
    assert not at.exception


def held(at: AppTest) -> Any:
    """The table of what people hold."""
    return next(one.value for one in at.dataframe if "Until" in one.value)


def test_what_people_hold_is_shown_and_can_be_released(example_app: Open, desk: Desk) -> None:
    at = example_app("team", name="Example reader")
    assert "Nobody holds a work that is not decided." in texts(at)
    ben = replace(desk, person_id=people.named(desk.store, "Ben").id)
    membership.join(ben)
    common_queue.begin(ben, TA)
    at.run()
    (row,) = held(at).to_dict("records")
    assert (row["Name"], row["Stage"], row["How"]) == (
        "Ben",
        STAGES[TA],
        "from the common queue",
    )
    assert row["Until"] == f"{row['Since'] + LONGEST_HOLD:%Y-%m-%d %H:%M}"
    at.button(key=f"release-{ben.person_id}-{TA}").click().run()
    assert "Nobody holds a work that is not decided." in texts(at)
    assert not at.exception


def test_who_looks_on_sees_what_is_held_and_releases_nothing(example_app: Open, desk: Desk) -> None:
    common_queue.begin(desk, TA)
    at = example_app("team", takes_part=False)
    assert held(at)["Name"].tolist() == ["Example reader"]
    assert not [one.label for one in at.button if one.label.startswith("Release")]


def test_screening_begins_by_a_button_and_not_by_looking(example_app: Open, desk: Desk) -> None:
    at = example_app("screening", takes_part=False)
    assert not [one.label for one in at.button if "egin" in one.label]
    assert (held_works.listing(desk), "Eva" in team.names(desk).values()) == ([], False)
    press(at, "Take part in this review")
    assert held_works.listing(desk) == []
    press(at, "Begin `Enter`")
    (hold,) = held_works.listing(desk)
    assert (hold.name, hold.works) == ("Eva", screened_open(desk))
    assert not [one.label for one in at.button if "egin" in one.label]
    assert not at.exception


def screened_open(desk: Desk) -> int:
    return decisions.tally(desk, TA)[State.OPEN]


def test_screening_and_team_tell_one_number_of_what_is_left(example_app: Open, desk: Desk) -> None:
    ben = replace(desk, person_id=people.named(desk.store, "Ben").id)
    membership.join(ben)
    stage_settings.change(desk, TA, StageSettings(voices=2), StageSettings())
    common_queue.begin(ben, TA)
    at = example_app("screening", name="Example reader")
    mine, bens = (progress.own_progress(one, TA) for one in (desk, ben))
    assert 0 < mine.left < bens.left
    told = f"{mine.left:,} left for you"
    assert told in texts(at)
    at.switch_page("../../../pages/team.py").run()
    assert told in texts(at)
    table = at.dataframe[0].value.set_index("Name")
    assert (table["Left"]["Example reader"], table["Left"]["Ben"]) == (mine.left, bens.left)
    assert "Waiting" not in table


def all_rows(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with sqlite3.connect(database) as connection:
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%'"
        tables = [name for (name,) in connection.execute(named)]
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}  # noqa: S608


@pytest.mark.parametrize("name", ["Eva", "Ben", "Example reader"])
def test_looking_at_screening_and_team_writes_nothing(
    example_app: Open, desk: Desk, database: Path, name: str
) -> None:
    """By a stranger, by somebody of the team, by who made the review; at both stages."""
    membership.join(replace(desk, person_id=people.named(desk.store, "Ben").id))
    at = example_app(name=name, takes_part=False)
    before = all_rows(database)
    for page in ("screening", "team"):
        at.switch_page(f"../../../pages/{page}.py").run()
        for stage in Stage:
            at.session_state["stage"] = stage
            at.run()
            assert not at.exception
    assert all_rows(database) == before


def test_a_reader_is_told_that_they_look_on(example_app: Open, desk: Desk, database: Path) -> None:
    eva = replace(desk, person_id=people.named(desk.store, "Eva").id)
    membership.join(eva)
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE member SET role = 'reader' WHERE person_id = ?", [eva.person_id])
    at = example_app("screening")
    assert "You are a reader of this review" in texts(at)
    assert not [one.label for one in at.button if "egin" in one.label]


def test_taking_in_a_name_that_is_nearly_a_known_one_is_asked_about(
    example_app: Open, desk: Desk
) -> None:
    people.named(desk.store, "Zoë Ost")
    at = example_app("team", name="Example reader")
    by_label(at.text_input, "Name").set_value("zoe ost")
    press(at, "Take in")
    assert "There is Zoë Ost: do you mean them?" in texts(at)
    assert "zoe ost" not in team.names(desk).values()
    press(at, "Yes, Zoë Ost")
    assert "Zoë Ost" in team.names(desk).values()
    assert "There is Zoë Ost" not in texts(at)


def test_progress_shows_days_with_the_table_behind_them(example_app: Open) -> None:
    at = tab(example_app("team", name="Example reader"), "Progress")
    assert not at.error
    assert list(at.dataframe[0].value.columns) == [
        "Day",
        "Person",
        "Works decided",
        "In all by then",
    ]
    assert [each.proto.label for each in at.get("download_button")] == ["CSV"]
