"""Each theme has what lies below it, each piece and study once; the matrix counts these studies."""

from dataclasses import replace

from evidence.coding.scheme import Axis, Of
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.themes.theme_matrix import theme_matrix
from evidence.synthesis.themes.theme_tree import (
    Piece,
    PieceKey,
    PieceKind,
    Theme,
    ThemeLevel,
    ThemeTree,
    fits_under,
    without_studies,
)
from tests.synthesis.pooling.test_coded_findings import finding, means, study

WORK = Theme(uid="w", level=ThemeLevel.ANALYTICAL, name="Work as a way back")
WANTS = Theme(uid="d", level=ThemeLevel.DESCRIPTIVE, name="What people want", parent="w")
PAY = Theme(uid="p", level=ThemeLevel.CODE, name="Pay", parent="d")
TIME = Theme(uid="t", level=ThemeLevel.CODE, name="Time", parent="d")


def piece(number: int, study_id: int) -> Piece:
    key = PieceKey(kind=PieceKind.QUOTATION, id=number)
    return Piece(key=key, study=study_id, text=f"Invented words {number}")


TREE = ThemeTree(
    themes=(PAY, WORK, WANTS, TIME),
    pieces={"p": (piece(1, 1), piece(2, 2)), "t": (piece(1, 1), piece(3, 9))},
)


def test_a_tree_is_walked_from_the_top_and_counts_each_piece_once() -> None:
    assert [(depth, theme.name) for depth, theme in TREE.walk()] == [
        (0, "Work as a way back"), (1, "What people want"), (2, "Pay"), (2, "Time"),
    ]  # fmt: skip
    assert len(TREE.all_pieces("w")) == 3
    assert TREE.studies("w") == (1, 2, 9)
    assert without_studies(TREE, [1]).studies("w") == (2, 9)


def test_what_lost_its_parent_stands_at_the_top() -> None:
    alone = ThemeTree(themes=(replace(PAY, parent="gone"),))
    assert [depth for depth, _ in alone.walk()] == [0]


def test_themes_stand_under_what_is_further_from_the_words() -> None:
    assert fits_under(PAY, WANTS)
    assert fits_under(PAY, WORK)
    assert fits_under(WANTS, WORK)
    assert not fits_under(WANTS, PAY)
    assert not fits_under(PAY, TIME)


def test_the_matrix_has_studies_behind_a_theme_beside_those_evaluated() -> None:
    interventions = Dimension(
        id="axis:intervention",
        title="Intervention",
        of=Of.FINDING,
        axis=Axis.INTERVENTION,
        headings=tuple(
            Heading(id=code, label=code.upper(), covers=frozenset({code}))
            for code in ("ips", "training")
        ),
    )
    studies = [study(1, finding(means("12", 20))), study(3, finding(means("13", 20)))]
    matrix = theme_matrix(TREE, studies, interventions)
    named = studies[0].findings[0].intervention
    assert matrix.evaluated[named] == (1, 3)
    assert matrix.behind["w", named] == (1,)
    assert matrix.elsewhere["w"] == (2, 9)
    other = next(heading.id for heading in matrix.interventions if heading.id != named)
    assert (matrix.evaluated[other], matrix.behind["p", other]) == ((), ())


def test_only_words_of_the_study_stand_in_quotation_marks() -> None:
    key = PieceKey(kind=PieceKind.FINDING, id=1)
    noted = Piece(key=key, study=1, text="Numbers as\nallocated.", about="Earnings · IPS")
    own = Piece(key=key, study=1, text="Invented words", is_quoted=True, note="From the table.")
    assert noted.words(50) == "Earnings · IPS: Numbers as allocated."
    assert own.words(50) == "“Invented words” From the table."
    assert own.words(9) == "“Invented…” From the…"
