"""Codes and themes are built on their page; words of studies are placed, read and counted."""

from streamlit.testing.v1 import AppTest

from evidence.steps.desk import Desk
from evidence.steps.results.theming import themes
from evidence.synthesis.themes.theme_tree import Theme, ThemeLevel
from tests.pages.conftest import Open, texts
from tests.pages.test_pages import button


def add(desk: Desk, name: str, level: ThemeLevel = ThemeLevel.CODE, parent: str = "") -> Theme:
    theme = Theme(uid=themes.new_uid(), level=level, name=name, parent=parent)
    themes.add(desk, theme)
    return theme


def fill(at: AppTest, label: str, value: str) -> None:
    next(each for each in at.text_input if each.label == label).set_value(value)


def test_a_code_is_added_and_words_are_placed_and_taken_back(example_app: Open, desk: Desk) -> None:
    at = example_app("themes", name="Example reader")
    assert not at.exception
    assert "No code is there yet" in texts(at)
    fill(at, "Name", "<b>*Pay*</b>")
    at = button(at, "Add")
    assert not at.error
    (theme,) = themes.board(desk).tree.themes
    key, piece = next(iter(themes.board(desk).pieces.items()))
    at = button(at, "Place")
    assert "Tick what is to be placed" in texts(at)
    at.checkbox(key=f"theme-piece-{key.token}-0").check()
    at = button(at, "Place")
    assert not at.error
    assert themes.board(desk).tree.all_pieces(theme.uid) == (piece,)
    assert "1 study, 1 piece" in texts(at)
    at = button(at, "Undo that")
    assert themes.board(desk).tree.all_pieces(theme.uid) == ()


def test_a_theme_is_renamed_merged_and_taken_away(example_app: Open, desk: Desk) -> None:
    wants = add(desk, "Wants", ThemeLevel.DESCRIPTIVE)
    pay, money = add(desk, "Pay", parent=wants.uid), add(desk, "Money")
    at = example_app("themes", name="Example reader")
    at.selectbox(key="theme-chosen").set_value(pay.uid).run()
    at.text_input(key=f"theme-{desk.review_id}-{pay.uid}-0-name").set_value("Wages")
    at = button(at, "Keep")
    assert not at.error
    assert [t.name for t in themes.board(desk).tree.themes] == ["Wants", "Wages", "Money"]
    at.selectbox(key=f"theme-merge-{pay.uid}").set_value(money.uid).run()
    at = button(at, "Merge")
    assert not at.error
    assert [t.name for t in themes.board(desk).tree.themes] == ["Wants", "Money"]
    at = button(at, "Take it away")
    assert len(themes.board(desk).tree.themes) == 1


def test_themes_stand_beside_interventions_with_their_words(example_app: Open, desk: Desk) -> None:
    pay = add(desk, "Pay")
    board = themes.board(desk)
    themes.place(desk, pay.uid, list(board.pieces)[:5])
    at = example_app("themes", name="Example reader")
    at.session_state["themes-tab"] = "Beside interventions"
    at.run()
    assert not at.exception
    assert not at.error
    table = at.dataframe[0].value
    assert list(table["Theme"]) == ["Evaluated", "Pay"]
    assert "behind it." in texts(at)
