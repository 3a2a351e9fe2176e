"""All that stands under codes and themes as a table, research and practice told apart."""

from collections.abc import Iterator

from evidence.citations.formats.plain_tables import csv_pieces
from evidence.steps.desk import Desk
from evidence.steps.results.theming.themes import ThemeBoard, board
from evidence.synthesis.themes.theme_tree import Piece, Theme

HEAD = (
    "Theme", "Kind", "Stands under", "Research or practice", "Study or service", "Form", "About",
    "Words", "Whose words", "Note", "What became of it",
)  # fmt: skip
RESEARCH, PRACTICE = "research", "practice"


def as_csv(desk: Desk) -> bytes:
    """A row for each piece under each theme; nothing in it is a formula to a spreadsheet."""
    return b"".join(csv_pieces(HEAD, list(theme_rows(board(desk)))))


def theme_rows(shown: ThemeBoard) -> Iterator[tuple[str, ...]]:
    """A row for each piece under each theme, under HEAD."""
    names = {theme.uid: theme for _, theme in shown.tree.walk()}
    for _, theme in shown.tree.walk():
        for piece in shown.tree.pieces.get(theme.uid, ()):
            yield (*_theme(theme, names), *_piece(shown, piece))
        for uid, lost in shown.lost:
            if uid == theme.uid:
                yield (
                    *_theme(theme, names), PRACTICE, lost.said_by, "", "", lost.text, "", "",
                    f"not counted: {lost.why}",
                )  # fmt: skip


def _theme(theme: Theme, names: dict[str, Theme]) -> tuple[str, str, str]:
    above = names.get(theme.parent)
    return (theme.name, theme.level.words, above.name if above else "")


def _piece(shown: ThemeBoard, piece: Piece) -> tuple[str, ...]:
    whose = ("the service's" if piece.service else "the study's") if piece.is_quoted else "a note"
    return (
        PRACTICE if piece.service else RESEARCH,
        piece.service_name or shown.said_by(piece),
        piece.form,
        piece.about,
        piece.text,
        whose,
        piece.note,
        piece.became,
    )
