"""Themes are built by several people, nothing is overwritten unseen, and each act is undone."""

from dataclasses import replace

import pytest

from evidence.coding.answers import Answer
from evidence.errors import Invalid
from evidence.steps.coding import coding
from evidence.steps.desk import Desk
from evidence.steps.results.theming import themes
from evidence.synthesis.themes.theme_tree import PieceKey, PieceKind, Theme, ThemeLevel
from tests.steps.coding.test_coding import finding, study_id
from tests.steps.conftest import enter

__all__ = ["study_id"]


@pytest.fixture(autouse=True)
def coded(desk: Desk, study_id: int) -> int:
    """A study that is coded completely, with a note and the words of a finding."""
    answer = Answer(question="stream", codes=("outcome",), note="People want <b>pay</b>.")
    coding.set_answer(desk, study_id, answer)
    coding.put_finding(desk, study_id, finding(quotation="Invented words."))
    coding.complete(desk, study_id)
    return study_id


def add(
    desk: Desk, name: str, level: ThemeLevel = ThemeLevel.CODE, parent: Theme | None = None
) -> Theme:
    theme = Theme(uid=themes.new_uid(), level=level, name=name, parent=parent.uid if parent else "")
    themes.add(desk, theme)
    return theme


def keys(desk: Desk) -> list[PieceKey]:
    return list(themes.board(desk).pieces)


def texts(desk: Desk, theme: Theme) -> list[str]:
    return [piece.text for piece in themes.board(desk).tree.pieces.get(theme.uid, ())]


def undo(desk: Desk) -> None:
    last = themes.board(desk).last
    assert last is not None
    themes.undo(desk, last.number)


def test_words_of_studies_stand_under_several_codes(desk: Desk, coded: int) -> None:
    pieces = themes.board(desk).pieces.values()
    assert [(piece.text, piece.is_quoted) for piece in pieces] == [
        ("People want <b>pay</b>.", False), ("Invented words.", True),
    ]  # fmt: skip
    pay, money = add(desk, "Pay"), add(desk, "Money")
    for theme in (pay, money):
        themes.place(desk, theme.uid, keys(desk))
        themes.place(desk, theme.uid, keys(desk))  # sent again
    assert len(texts(desk, pay)) == len(texts(desk, money)) == 2
    assert themes.board(desk).tree.studies(pay.uid) == (coded,)
    themes.place(desk, pay.uid, keys(desk)[:1], there=False)
    assert texts(desk, pay) == ["Invented words."]
    undo(desk)
    assert len(texts(desk, pay)) == 2


def test_a_coding_that_counts_no_longer_hides_its_words(desk: Desk, coded: int) -> None:
    pay = add(desk, "Pay")
    themes.place(desk, pay.uid, keys(desk))
    coding.reopen(desk, coded)
    board = themes.board(desk)
    assert (board.tree.studies(pay.uid), board.not_shown) == ((), 2)
    coding.complete(desk, coded)
    assert len(texts(desk, pay)) == 2


def test_merging_and_taking_away_are_undone_whole(desk: Desk) -> None:
    wants = add(desk, "Wants", ThemeLevel.DESCRIPTIVE)
    other = add(desk, "Wishes", ThemeLevel.DESCRIPTIVE)
    pay = add(desk, "Pay", parent=wants)
    themes.place(desk, wants.uid, keys(desk))
    before = themes.board(desk).tree
    themes.merge(desk, wants, other)
    merged = themes.board(desk).tree
    assert {theme.name: theme.parent for theme in merged.themes} == {
        "Wishes": "", "Pay": other.uid,
    }  # fmt: skip
    assert len(texts(desk, other)) == 2
    undo(desk)
    assert themes.board(desk).tree == before
    themes.remove(desk, wants)
    gone = themes.board(desk).tree
    assert [theme.parent for theme in gone.themes if theme.uid == pay.uid] == [""]
    assert texts(desk, wants) == []
    undo(desk)
    assert themes.board(desk).tree == before
    undo(desk)  # of the undoing
    assert themes.board(desk).tree == gone


def test_nobody_writes_over_what_they_did_not_see(desk: Desk, bens_desk: Desk) -> None:
    enter(bens_desk)
    pay = add(desk, "Pay")
    seen = themes.board(desk).last
    themes.change(bens_desk, replace(pay, name="Wages"), pay)
    themes.change(bens_desk, replace(pay, name="Wages"), pay)  # sent again
    with pytest.raises(Invalid, match="meanwhile"):
        themes.change(desk, replace(pay, note="mine"), pay)
    with pytest.raises(Invalid, match="meanwhile"):
        themes.remove(desk, pay)
    with pytest.raises(Invalid, match="meanwhile"):
        themes.merge(desk, pay, add(desk, "Money"))
    assert seen is not None
    with pytest.raises(Invalid, match="something else since"):
        themes.undo(desk, seen.number)
    assert themes.board(desk).tree.themes[0].name == "Wages"


def test_a_theme_that_is_sent_twice_is_there_once(desk: Desk) -> None:
    pay = add(desk, "Pay")
    themes.add(desk, pay)
    assert len(themes.board(desk).tree.themes) == 1
    with pytest.raises(Invalid, match="meanwhile"):
        themes.add(desk, replace(pay, name="Other"))


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"name": " "}, "Give it a name"),
        ({"name": "x" * 201}, "up to 200"),
        ({"note": "x" * 2001}, "up to 2,000"),
        ({"parent": "<b>"}, "not there any more"),
    ],
)
def test_what_cannot_be_is_refused(desk: Desk, values: dict[str, str], why: str) -> None:
    pay = add(desk, "Pay")
    with pytest.raises(Invalid, match=why):
        themes.change(desk, replace(pay, **values), pay)  # type: ignore[arg-type]
    assert themes.board(desk).tree.themes == (pay,)


def test_a_theme_cannot_stand_under_a_code_or_itself(desk: Desk) -> None:
    pay, wants = add(desk, "Pay"), add(desk, "Wants", ThemeLevel.DESCRIPTIVE)
    for parent in (pay, wants):
        with pytest.raises(Invalid, match="cannot stand under"):
            themes.change(desk, replace(wants, parent=parent.uid), wants)
    with pytest.raises(Invalid, match="same level"):
        themes.merge(desk, pay, wants)


def test_pieces_that_are_not_there_and_too_many_are_refused(desk: Desk) -> None:
    pay = add(desk, "Pay")
    with pytest.raises(Invalid, match="piece that was chosen is not there any more"):
        themes.place(desk, pay.uid, [PieceKey(kind=PieceKind.QUOTATION, id=999)])
    many = [PieceKey(kind=PieceKind.NOTE, id=number) for number in range(10_000)]
    with pytest.raises(Invalid, match="these are 10,000"):
        themes.place(desk, pay.uid, many)
