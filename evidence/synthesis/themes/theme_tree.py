"""Codes and themes of what people say: what each holds, and what lies below it.

What studies say and what services write in their forms stand under the same themes, and are never
added up: each is counted for itself.

Thematic synthesis as Thomas and Harden describe it (2008, doi:10.1186/1471-2288-8-45): lines of
studies are coded, codes are gathered into descriptive themes, and analytical themes go beyond them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class ThemeLevel(StrEnum):
    """How far from the words of a study, the nearest first. The codes stand in databases."""

    CODE = "code"
    DESCRIPTIVE = "descriptive"
    ANALYTICAL = "analytical"

    @property
    def words(self) -> str:
        """In words."""
        return "code" if self is ThemeLevel.CODE else f"{self} theme"

    def is_above(self, other: "ThemeLevel") -> bool:
        """Whether something of the other level can stand under one of this."""
        order = list(ThemeLevel)
        return order.index(self) > order.index(other)


class PieceKind(StrEnum):
    """What stands under a code."""

    QUOTATION = "quotation"
    NOTE = "note"
    FINDING = "finding"
    SERVICE_ANSWER = "answer"
    SERVICE_NOTE = "note on an answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceKey:
    """By what a piece is known.

    Attributes:
        id: of the quotation, of the answer whose note it is, of the finding, or of the form of a
            service, which keeps it when it is changed.
        question: of the form that the piece answers; empty for all that is of a study.
    """

    kind: PieceKind
    id: int
    question: str = ""

    @property
    def token(self) -> str:
        """The same in a word."""
        return "-".join(filter(None, (self.kind.name.lower(), str(self.id), self.question)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of a study, or on it, or of a service.

    Attributes:
        study: its id; None where a service says it.
        text: the words; of its coders where the study is not quoted.
        is_quoted: whether they are the study's own, or the service's.
        note: what its coders noted beside words that are its own; empty for nothing.
        about: what a finding is of, such as its outcome and intervention, or what a service was
            asked; empty for all others.
        service: uid of the service that says it; empty where it is of a study.
        service_name: the name of that service now.
        form: of when its form is, in words.
        became: what became of it since it was placed, or what a newer form of the service says
            instead; empty for nothing.
    """

    key: PieceKey
    study: int | None = None
    text: str
    is_quoted: bool = False
    note: str = ""
    about: str = ""
    service: str = ""
    service_name: str = ""
    form: str = ""
    became: str = ""

    @property
    def said_by(self) -> str:
        """The service with its form; empty where a study says it."""
        return f"{self.service_name}, {self.form}" if self.service else ""

    def words(self, longest: int) -> str:
        """All of it in a line, only the study's own words in quotation marks, up to a length."""
        line = _shortened(self.text, longest)
        line = f"“{line}”" if self.is_quoted else line
        line = f"{line} {_shortened(self.note, longest)}" if self.note else line
        return f"{self.about}: {line}" if self.about else line


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A code or a theme.

    Attributes:
        uid: by which it stays the same when its name changes.
        note: what it means.
        parent: uid of the theme it stands under; empty for none.
    """

    uid: str
    level: ThemeLevel
    name: str
    note: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeTree:
    """All codes and themes of a review.

    Attributes:
        themes: in the order in which they were first added.
        pieces: what stands under each itself, by its uid.
    """

    themes: tuple[Theme, ...] = ()
    pieces: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)

    def theme(self, uid: str) -> Theme | None:
        """The theme with this uid."""
        return next((each for each in self.themes if each.uid == uid), None)

    def under(self, uid: str) -> Sequence[Theme]:
        """What stands right under a theme; under an empty uid, what stands under none."""
        known = {theme.uid for theme in self.themes}
        return [
            theme
            for theme in self.themes
            if theme.parent == uid or (not uid and theme.parent not in known)
        ]

    def walk(self, uid: str = "", depth: int = 0) -> Iterator[tuple[int, Theme]]:
        """All below a theme, each before what lies below it, with how deep it lies."""
        for theme in self.under(uid):
            yield depth, theme
            yield from self.walk(theme.uid, depth + 1)

    def all_pieces(self, uid: str) -> tuple[Piece, ...]:
        """What stands under a theme or anything below it, each once."""
        uids = [uid, *(theme.uid for _, theme in self.walk(uid))]
        found: dict[PieceKey, Piece] = {}
        for each in uids:
            for piece in self.pieces.get(each, ()):
                found.setdefault(piece.key, piece)
        return tuple(found.values())

    def studies(self, uid: str) -> tuple[int, ...]:
        """Ids of the studies behind a theme and all below it, each once."""
        found = (piece.study for piece in self.all_pieces(uid))
        return tuple(dict.fromkeys(study for study in found if study is not None))

    def services(self, uid: str) -> tuple[str, ...]:
        """Uids of the services that say something under a theme or anything below it, each once."""
        found = (piece.service for piece in self.all_pieces(uid))
        return tuple(dict.fromkeys(filter(None, found)))

    @property
    def has_practice(self) -> bool:
        """Whether anything that a service says stands under a theme."""
        return any(piece.service for pieces in self.pieces.values() for piece in pieces)


def fits_under(theme: Theme, parent: Theme | None) -> bool:
    """Whether a theme can stand there: only under one that is further from the words."""
    return parent is None or parent.level.is_above(theme.level)


def without_studies(tree: ThemeTree, hidden: Iterable[int]) -> ThemeTree:
    """The tree without what is said of some studies."""
    gone = frozenset(hidden)
    return ThemeTree(
        themes=tree.themes,
        pieces={
            uid: tuple(piece for piece in pieces if piece.study not in gone)
            for uid, pieces in tree.pieces.items()
        },
    )


def _shortened(text: str, longest: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
