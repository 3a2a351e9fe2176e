"""The page Coding: which study is on its desk, and the table of all studies below."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import streamlit as st
from sqlalchemy import Engine, event
from streamlit.testing.v1 import AppTest

from evidence.coding.answers import Answer
from evidence.coding.write_scheme import as_yaml
from evidence.steps.coding import bulk_coding, coders, coding, schemes
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.coding.study_list import StudyPlace
from evidence.steps.desk import Desk
from evidence.steps.review import people, team
from evidence.store import Role
from evidence.store.coding import studies
from evidence.ui.coding import desk as coding_desk
from evidence.ui.coding import study_choice
from evidence.ui.coding.desk import Place
from tests.pages.conftest import Open, texts
from tests.steps.coding_progress import progress


def all_studies(example_app: Open, desk: Desk, *answers: Answer) -> tuple[AppTest, Desk]:
    """The page Coding with the table of studies, and Eva's desk, who said this of the second."""
    at = example_app("coding")
    eva = replace(desk, person_id=people.named(desk.store, "Eva").id)
    for said in answers:
        coding.set_answer(eva, progress(eva)[1].study.id, said)
    at.session_state["all-studies"] = True
    return at.run(), eva


def test_a_coding_is_copied_into_the_study_on_the_desk_and_undone(
    example_app: Open, desk: Desk
) -> None:
    at, eva = all_studies(
        example_app, desk, Answer(question="participants", value="143"),
        Answer(question="stream", codes=("review",)),
    )  # fmt: skip
    first, second = (each.study for each in progress(eva)[:2])
    at.segmented_control(key="study-act").set_value("Copy a coding").run()
    source = next(one for one in at.selectbox if one.label == "Copy from")
    source.select(second.id).run()
    assert "2 answers can be copied; untick what differs." in texts(at)
    assert "1 number, text or date is not ticked" in texts(at)
    assert not coding.sheet(eva, first.id).rows
    at.button(key="copy-yes").click().run()
    assert [row.code for row in coding.sheet(eva, first.id).rows if row.chosen] == ["review"]
    assert not [row for row in coding.sheet(eva, first.id).rows if row.value]
    assert "0 answers" in next(one.label for one in at.button if one.key == "copy-yes")
    act = bulk_coding.latest_act(eva, 1)
    assert act
    at.button(key=f"undo-{act.act}").click().run()
    assert not coding.sheet(eva, first.id).answers
    assert not at.exception


def test_all_studies_that_a_filter_finds_get_a_code(example_app: Open, desk: Desk) -> None:
    at, eva = all_studies(example_app, desk)
    at.text_input(key="studies-words").set_value("Bond").run()
    at.segmented_control(key="study-act").set_value("Put a code on or off").run()
    next(one for one in at.selectbox if one.label == "Question").select("stream").run()
    next(one for one in at.selectbox if one.label == "Code").select("review").run()
    seen = texts(at)
    at.button(key="bulk-yes").click().run()
    coded = [each.study.label for each in progress(eva) if each.own_state == "draft"]
    assert coded
    assert f"all {len(coded)} " in seen
    act = bulk_coding.latest_act(eva, 1)
    assert act
    at.button(key=f"undo-{act.act}").click().run()
    assert at.button(
        key="bulk-yes"
    ).disabled  # it lies under the pointer, and nothing else is chosen
    assert "Undone in" in " ".join(said.value for said in at.success)
    assert "This was just undone." in texts(at)
    at.segmented_control(key="bulk-on").set_value(False).run()
    assert "This was just undone." not in texts(at)
    at.text_input(key="studies-words").set_value("no study has these words").run()
    assert "No study is so; change the fields above." in texts(at)
    assert not at.exception


def test_somebody_goes_through_what_is_given_to_them(example_app: Open, desk: Desk) -> None:
    eva = replace(desk, person_id=people.named(desk.store, "Eva").id)
    at = example_app("coding")
    ids = [each.study.id for each in progress(eva)]
    toggle = "Only what is given to me"
    assert toggle not in {one.label for one in at.toggle}
    coders.give(desk, 1, eva.person_id, [ids[1], ids[4]])
    at.run()
    assert "0 of 2 given to you are complete." in texts(at)
    next(one for one in at.toggle if one.label == toggle).set_value(True).run()
    assert at.query_params["given"] == "me"
    assert at.session_state["study"] == ids[1]
    study = next(one for one in at.sidebar.selectbox if one.label == "Study")
    assert len(study.options) == 2
    at.session_state["study"] = ids[0]  # as a click in the table of all studies does
    at.run()
    assert at.session_state["study"] == ids[0]
    assert not next(one for one in at.toggle if one.label == toggle).value
    assert "given" not in at.query_params
    at.session_state["all-studies"] = True
    at.run()
    next(one for one in at.selectbox if one.label == "Given to").set_value(eva.person_id).run()
    assert at.dataframe[0].value["Given to"].tolist() == ["Eva", "Eva"]
    assert not at.exception


def went_on(at: AppTest, study_id: int, scheme_id: int = 1) -> AppTest:
    """The page after its desk said that it went to a study, as its component tells it."""
    at.session_state[f"{coding_desk.KEY}-went"] = (study_id, scheme_id)
    return at.run()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each time that the page around the desk was drawn; few studies are many."""
    times: list[int] = []
    chosen_study = study_choice.chosen_study

    def counted(desk: Desk, taken: TakenScheme) -> StudyPlace | None:
        times.append(1)
        return chosen_study(desk, taken)

    monkeypatch.setattr(study_choice, "chosen_study", counted)
    monkeypatch.setattr(study_choice, "MOST_LISTED", 2)
    return times


def test_to_the_next_study_only_the_desk_is_drawn_anew(
    example_app: Open, desk: Desk, drawn: list[int]
) -> None:
    at = example_app("coding")
    first, second, third = (each.study.id for each in progress(desk)[:3])
    at.session_state["study"] = first
    at.run()
    drawn.clear()
    went_on(at, second)
    place = at.session_state[study_choice.PLACE]
    assert (place.study_id, place.previous, place.next) == (second, first, third)
    assert place.place.startswith("2 of ")
    assert at.session_state["study"] == second
    assert len(drawn) == 1  # by run() itself; in a browser only the desk would have been drawn
    assert not at.exception


@pytest.mark.parametrize("why", ["table", "state", "version", "removed", "person", "gone"])
def test_to_the_next_study_the_page_is_drawn_anew_where_it_says_something_else(
    example_app: Open, desk: Desk, drawn: list[int], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = example_app("coding")
    eva = replace(desk, person_id=people.named(desk.store, "Eva").id)
    first, second = (each.study.id for each in progress(desk)[:2])
    at.session_state["study"] = first
    at.session_state[study_choice.TABLE] = why == "table"
    at.run()
    drawn.clear()
    acts: dict[str, Callable[[], object]] = {
        "state": lambda: coding.set_answer(eva, second, Answer(question="participants", value="1")),
        "version": lambda: take_another_version(desk),
        "removed": lambda: team.take_out(desk, eva.person_id),
        "person": lambda: st.session_state.update(person=people.named(desk.store, "Ann")),
    }
    act = acts.get(why, lambda: None)
    place_of = study_choice.place_of

    def then(*args: Any) -> Place:  # between the page around and the desk
        if len(drawn) == 1:
            act()
        return place_of(*args)

    monkeypatch.setattr(study_choice, "place_of", then)
    went_on(at, 10**6 if why == "gone" else second)
    assert len(drawn) == 2
    assert at.session_state["study"] == (first if why == "gone" else second)
    assert not at.exception


def take_another_version(desk: Desk) -> None:
    taken = schemes.get(desk, 1)
    other = replace(taken.scheme, version="another")
    schemes.add(desk, as_yaml(other), "other.yaml", taken.version.id)


@pytest.mark.parametrize("most_listed", [2, 1000])
def test_with_more_studies_the_page_asks_no_more_of_the_database(
    example_app: Open, desk: Desk, most_listed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(study_choice, "MOST_LISTED", most_listed)
    at = example_app("coding").run()
    few = asked_of_the_database(at)
    eva = replace(desk, person_id=people.named(desk.store, "Eva").id)
    with desk.writing(Role.REVIEWER) as w:
        new = [studies.create(w, f"Study {number:02}", []) for number in range(30)]
    for study_id in new[::3]:
        for person in (eva, desk):
            coding.set_answer(person, study_id, Answer(question="participants", value="143"))
    coders.give(desk, 1, eva.person_id, new[::2])
    at.run()
    assert asked_of_the_database(at) == few
    assert not at.exception


def asked_of_the_database(at: AppTest) -> int:
    """How many statements drawing the page once more sends to the database."""
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        at.run()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return sum(not statement.startswith("PRAGMA") for statement in sent)


def test_a_link_opens_a_study_once(example_app: Open, desk: Desk) -> None:
    at, eva = all_studies(example_app, desk)
    first, _, third = (each.study.id for each in progress(eva)[:3])
    assert at.session_state["study"] == first
    at.query_params["study"] = str(third)
    at.run()
    assert at.session_state["study"] == third
    assert "study" not in at.query_params
    at.session_state["study"] = first  # the visitor went on
    at.run()
    assert at.session_state["study"] == first
    for nonsense in ("0", "-1", "x", "9" * 40):
        at.query_params["study"] = nonsense
        at.run()
        assert at.session_state["study"] == first
        assert not at.exception
