"""The page Schemes: nothing is kept before it is said, and nothing typed is lost."""

from typing import Any

from streamlit.testing.v1 import AppTest

from evidence.coding.scheme import Option
from evidence.steps.coding import coding, schemes
from evidence.steps.desk import Desk
from tests.pages.conftest import Open, texts


def node(at: AppTest, question: str, code: str = "") -> AppTest:
    at.button(key=f"node-0-{question}-").click().run()
    return at.button(key=f"node-0-{question}-{code}").click().run() if code else at


def field(at: AppTest, label: str) -> Any:
    return next(each for each in [*at.text_input, *at.text_area] if each.label == label)


def type_into(at: AppTest, label: str, text: str) -> AppTest:
    field(at, label).set_value(text).run()
    assert not at.exception
    return at


def codes(desk: Desk, question: str) -> dict[str, Option]:
    taken = schemes.of_results(desk)
    assert taken is not None
    asked = taken.scheme.question(question)
    assert asked is not None
    return {option.id: option for option in asked.walk()}


def number_of_versions(desk: Desk) -> int:
    taken = schemes.of_results(desk)
    assert taken is not None
    return taken.version.number


def test_a_code_is_added_renamed_described_and_kept_as_a_new_version(
    example_app: Open, desk: Desk
) -> None:
    at = example_app("schemes")
    assert "Nothing yet." in texts(at)
    node(at, "country")
    type_into(at, "Label of the new code", "Atlantis")
    at.button(key="add-1-button").click().run()
    assert field(at, "Label of the new code").value == ""
    node(at, "country", "atlantis")
    type_into(at, "Label", "Atlantis, sunken")
    type_into(at, "Help", "Where nobody looked.")
    assert "The code “Atlantis, sunken” (country: atlantis) is added." in texts(at)
    assert "atlantis" not in codes(desk, "country")
    assert number_of_versions(desk) == 1
    assert "Atlantis, sunken: Where nobody looked." in texts(at)  # as the coder sees it
    at.button(key="keep-version").click().run()
    assert "is kept, and asked from now on." in texts(at)
    kept = codes(desk, "country")["atlantis"]
    assert (kept.label, kept.help) == ("Atlantis, sunken", "Where nobody looked.")
    assert number_of_versions(desk) == 2


def test_what_is_refused_is_said_and_stays_as_it_was_typed(example_app: Open, desk: Desk) -> None:
    at = example_app("schemes")
    node(at, "country")
    type_into(at, "Text", "")
    assert "“text” is missing" in texts(at)
    assert field(at, "Text").value == ""
    type_into(at, "Text", "Which land?")
    assert "is missing" not in texts(at)
    assert "is called “Which land?” from now." in texts(at)


def test_what_was_typed_outlives_another_choice_and_a_visit_elsewhere(example_app: Open) -> None:
    at = example_app("schemes")
    node(at, "country")
    type_into(at, "Label of the new code", "Half a word")
    type_into(at, "Text", "Which land?")
    node(at, "design")
    at.radio(key="add-1-what").set_value("A question").run()
    at.radio(key="add-1-what").set_value("A code").run()
    at.switch_page("../../../pages/coding.py").run()
    at.switch_page("../../../pages/schemes.py").run()
    assert field(at, "Label of the new code").value == "Half a word"
    assert "Which land?" in texts(at)


def test_merging_says_what_counts_otherwise_and_drops_nothing(
    example_app: Open, desk: Desk
) -> None:
    before = [coding.sheet(desk, line.study.id).rows for line in coding.progress(desk)]
    used = {row.code for rows in before for row in rows if row.question == "country" and row.code}
    merged, into, *_ = sorted(used)
    at = example_app("schemes")
    node(at, "country", merged)
    at.selectbox(key=f"merge-country-{merged}").set_value(into).run()
    at.button(key="merge").click().run()
    assert "Stored as before, but counted as that from then on:" in texts(at)
    at.button(key="keep-version").click().run()
    assert merged not in codes(desk, "country")
    assert codes(desk, "country")[into].replaces == (merged,)
    assert [coding.sheet(desk, line.study.id).rows for line in coding.progress(desk)] == before


def test_moves_and_retiring_are_undone_one_by_one_or_dropped(example_app: Open, desk: Desk) -> None:
    at = example_app("schemes")
    first, second = list(codes(desk, "design"))[:2]
    node(at, "design", first)
    at.button(key="move-down").click().run()
    assert "moves up or down." in texts(at)
    node(at, "design", second)
    at.button(key="retire").click().run()
    assert "is retired." in texts(at)
    at.button(key="undo-edit").click().run()
    assert "is retired." not in texts(at)
    at.button(key="drop-changes").click().run()
    assert "Nothing yet." in texts(at)
    assert number_of_versions(desk) == 1


def test_versions_stand_side_by_side_and_an_older_one_can_be_begun_from(
    example_app: Open, desk: Desk
) -> None:
    taken = schemes.of_results(desk)
    assert taken is not None
    schemes.add(desk, taken.version.yaml.replace("label: Norway", "label: Norge"), "s.yaml")
    at = example_app("schemes")
    at.session_state["scheme-versions"] = True
    at.run()
    assert "1 difference" in texts(at)
    (row,) = [row for _, row in at.dataframe[0].value.iterrows() if row["What changes"]]
    assert (row["Older"], row["Newer"]) == ("– Norway", "– Norge")
    at.button(key="begin-from-older").click().run()
    assert "The code “Norge” (country: nor) is called “Norway” from now." in texts(at)


def test_who_may_not_change_schemes_sees_them(example_app: Open, desk: Desk) -> None:
    at = example_app("schemes", name="Reader", takes_part=False)
    assert "You look on here" in texts(at)
    assert "j and k choose." in texts(at)
    assert not {"keep-version", "retire"} & {button.key for button in at.button}
