"""Research and practice joined, theme by theme: what studies say, and beside it what services say.

Numbers of the one and of the other stand side by side and are never added up. Each piece leads to
its source: a study to its reports, words of a service to the row of the service among all services.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from evidence.report.facts import ReviewFacts
from evidence.report.live_content import LiveContent, PartKind, ReportList, ReportRow, ReportTable
from evidence.report.live_part import LivePart, live_part
from evidence.report.practice.service_parts import anchor_of
from evidence.report.statements import Statement
from evidence.synthesis.themes.theme_tree import Piece, Theme

LONGEST = 240  # characters of one piece
DEEP = "\u2003"
EMPTY = ""
STUDY, SERVICE = 2, 4
"""Places of the cells that lead to a source."""


def _joined(facts: ReviewFacts, _token: object) -> LiveContent:
    labels = {study.id: study.label for study in facts.studies}
    rows = [
        row
        for depth, theme in facts.themes.walk()
        if any(_in(piece, labels) for piece in facts.themes.all_pieces(theme.uid))
        for row in _rows(facts, depth, theme, labels)
    ]
    return ReportTable(
        caption="Research and practice, theme by theme",
        head=("Theme", "What studies say", "Study", "What services say", "Service"),
        rows=tuple(rows),
        note=_NOTE if rows else "",
    )


def _in(piece: Piece, labels: Mapping[int, str]) -> bool:
    return bool(piece.service) or piece.study in labels


def _rows(
    facts: ReviewFacts, depth: int, theme: Theme, labels: Mapping[int, str]
) -> Iterator[ReportRow]:
    """A row with the numbers of the theme and all below it, then its own pieces side by side."""
    studies = [study for study in facts.themes.studies(theme.uid) if study in labels]
    services = facts.themes.services(theme.uid)
    numbers = (
        f"{len(studies):,} {'study' if len(studies) == 1 else 'studies'}",
        f"{len(services):,} service{'s' * (len(services) != 1)}",
    )
    yield ReportRow(
        cells=(DEEP * depth + theme.name, numbers[0], EMPTY, numbers[1], EMPTY),
        studies=tuple(studies),
    )
    own = facts.themes.pieces.get(theme.uid, ())
    said = [piece for piece in own if piece.study in labels]
    done = [piece for piece in own if piece.service]
    for one, other in zip_longest(said, done):
        yield _pair(one, other, labels)


def _pair(said: Piece | None, done: Piece | None, labels: Mapping[int, str]) -> ReportRow:
    study = said.study if said else None
    return ReportRow(
        cells=(
            EMPTY,
            said.words(LONGEST) if said else EMPTY,
            labels[study] if study is not None else EMPTY,
            service_words(done) if done else EMPTY,
            done.said_by if done else EMPTY,
        ),
        studies=() if study is None else (study,),
        study_at=STUDY,
        leads={SERVICE: anchor_of(done.service)} if done else {},
    )


def service_words(piece: Piece) -> str:
    """What a service says, with what became of it since."""
    words = piece.words(LONGEST)
    return f"{words} ({piece.became})" if piece.became else words


def _of_services(facts: ReviewFacts, _token: object) -> LiveContent:
    lines: Sequence[Statement] = [
        Statement(text=f"{theme.name}: {service_words(piece)} ({piece.said_by})")
        for _, theme in facts.themes.walk()
        for piece in facts.themes.pieces.get(theme.uid, ())
        if piece.service
    ]
    return ReportList(lines=tuple(lines), empty="Nothing that a service says stands under a theme.")


_NOTE = (
    "A theme has the studies and the services of all below it. Quotation marks stand around words "
    "of the study or of the service itself; other words are notes. Services are counted for "
    "themselves, in no number of studies."
)
JOINED_PARTS: Mapping[str, LivePart] = {
    "themes-joined": live_part(
        "Research and practice, theme by theme, in their words", PartKind.TABLE, _joined
    ),
    "theme-services": live_part("What services say on each theme", PartKind.LIST, _of_services),
}
