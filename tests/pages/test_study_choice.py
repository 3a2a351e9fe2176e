"""The table of all studies on the page Coding: filtered, coded at once, a coding copied."""

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from evidence.coding.answers import Answer
from evidence.steps.coding import bulk_coding, coders, coding
from evidence.steps.desk import Desk
from evidence.steps.review import people
from tests.pages.conftest import Open, texts


def all_studies(example_app: Open, desk: Desk, *answers: Answer) -> tuple[AppTest, Desk]:
    """The page Coding with the table of studies, and Eva's desk, who said this of the second."""
    at = example_app("coding")
    eva = replace(desk, person_id=people.named(desk.store, "Eva").id)
    for said in answers:
        coding.set_answer(eva, coding.progress(eva)[1].study.id, said)
    at.session_state["all-studies"] = True
    return at.run(), eva


def test_a_coding_is_copied_into_the_study_on_the_desk_and_undone(
    example_app: Open, desk: Desk
) -> None:
    at, eva = all_studies(
        example_app, desk, Answer(question="participants", value="143"),
        Answer(question="stream", codes=("review",)),
    )  # fmt: skip
    first, second = (each.study for each in coding.progress(eva)[:2])
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
    coded = [each.study.label for each in coding.progress(eva) if each.own_state == "draft"]
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
    ids = [each.study.id for each in coding.progress(eva)]
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
