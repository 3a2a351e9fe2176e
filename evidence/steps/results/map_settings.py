"""How the review shows its map, and which of its cells are not applicable."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace

from evidence.errors import Invalid
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.records.sources import check_date
from evidence.steps.results.seen_settings import require_seen
from evidence.store import Role
from evidence.store.area_versions import NOTHING
from evidence.store.results import map_settings
from evidence.store.results.map_settings import CellMark, CellSent, MapSettingsChange
from evidence.synthesis.map_dimensions import map_dimensions
from evidence.synthesis.map_settings import MapCell, MapSettings, MapTexts
from evidence.synthesis.practice.practice_map import PracticeJoin

MOST = 1000  # studies, where a number of them is asked for
YEARS = range(1000, 3000)
LONGEST = 20_000  # letters of a text
LONGEST_ADDRESS = 8_000  # letters; browsers and servers take hardly longer ones
LONGEST_NOTE = 2_000
MOST_PAIRS = 2_000  # of headings of services and of studies
AREAS = NOTHING  # no area's answers change: who keeps a map keeps it by its settings, too


def current(desk: Desk) -> MapSettings:
    """How the map is shown now, as it is kept: an empty text stands for what the review knows."""
    with desk.reading() as c:
        return map_settings.current(c, desk.review_id)


def history(desk: Desk) -> list[MapSettingsChange]:
    """All changes of the settings, newest first."""
    with desk.reading() as c:
        return map_settings.history(c, desk.review_id)


def not_applicable(desk: Desk) -> list[CellMark]:
    """The cells that are marked as not applicable, in the order of their marks."""
    with desk.reading() as c:
        return map_settings.not_applicable(c, desk.review_id)


def change(desk: Desk, settings: MapSettings, before: MapSettings) -> None:
    """Show the map with these settings from now on; what is joined stays (`change_joins`).

    Args:
        desk: of an editor.
        settings: the new ones.
        before: those that the person saw when they chose.

    Raises:
        Invalid: somebody else changed them meanwhile, or they cannot be.
    """
    checked = _checked(settings)
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        now = map_settings.current(w.connection, desk.review_id)
        require_seen(replace(now, joins=before.joins), before, "the settings of the map")
        checked = replace(checked, joins=now.joins)
        if checked != now:
            map_settings.change(w, checked)


def change_joins(
    desk: Desk, joins: tuple[PracticeJoin, ...], before: tuple[PracticeJoin, ...]
) -> None:
    """Say which questions to services and about studies ask for the same thing.

    Args:
        desk: of an editor.
        joins: the new ones, all of them.
        before: those that the person saw when they chose.

    Raises:
        Invalid: somebody else changed them meanwhile, or they cannot be.
    """
    _check_joins(joins)
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        now = map_settings.current(w.connection, desk.review_id)
        require_seen(now.joins, before, "what is joined")
        if joins != now.joins:
            map_settings.change(w, replace(now, joins=joins))


def mark_cell(
    desk: Desk, cell: MapCell, *, not_applicable: bool, note: str = "", client_id: str = ""
) -> None:
    """Mark a cell as not applicable, or take that back; a second time changes nothing.

    Args:
        desk: of an editor.
        cell: where two headings cross.
        not_applicable: whether nobody would look for studies there.
        note: why; an empty one leaves the note that stands there.
        client_id: made where it was pressed. The same id of a person is taken once, so that what
            is sent again late does not undo what somebody did since; "" for none.

    Raises:
        Invalid: the map has no such cell, or the note is too long.
    """
    subject = in_words(desk, [cell]).get(cell, "")
    words = subject or " × ".join(cell.headings)
    note = " ".join(note.split())
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        if client_id and map_settings.is_taken(w, client_id):
            return
        if not_applicable and not subject:
            raise Invalid("The map has no such cell any more; please reload the page.")
        if len(note) > LONGEST_NOTE:
            raise Invalid(f"The note is too long; please use at most {LONGEST_NOTE:,} letters.")
        marks = {each.cell: each for each in map_settings.not_applicable(w.connection, w.review_id)}
        known = marks.get(cell)
        if not_applicable != (known is not None) or (known and note and known.note != note):
            sent = CellSent(subject=words, note=note, client_id=client_id)
            map_settings.mark(w, cell, sent, not_applicable=not_applicable)
        elif client_id:
            map_settings.note_taken(w, words, client_id)


def view_in(link: str) -> str:
    """The address of a view in a link to a map, or in what somebody copied of one."""
    _, mark, address = link.strip().rpartition("#")
    return address if mark else link.strip().removeprefix("?")


def in_words(desk: Desk, cells: Iterable[MapCell]) -> dict[MapCell, str]:
    """Cells as people read them, without those of whose headings the schemes have none any more."""
    of_map = [taken.scheme for taken in schemes.of_map(desk)]
    each_dimension = map_dimensions(of_map[0], of_map[1:]) if of_map else ()
    labels = {dimension.id: dimension.labels() for dimension in each_dimension}
    words = {}
    for cell in cells:
        parts = [
            labels.get(dimension, {}).get(heading, "")
            for dimension, heading in zip(cell.dimensions, cell.headings, strict=True)
        ]
        if all(parts) and len(set(cell.dimensions)) > 1:
            words[cell] = " × ".join(parts)
    return words


def _checked(settings: MapSettings) -> MapSettings:
    """The settings without the space around texts.

    Raises:
        Invalid: a number, a year or a date is none, or a text is too long.
    """
    for number, name in ((settings.few, "Few"), (settings.several, "Several")):
        if not 0 <= number <= MOST:
            raise Invalid(f"“{name}” is a number of studies from 0 to {MOST:,}.")
    if 0 < settings.several <= settings.few:
        raise Invalid("“Several” studies must be more than “few”.")
    if settings.recent_since is not None and settings.recent_since not in YEARS:
        raise Invalid("Write the year from which on a review is recent with four digits.")
    texts = {name: text.strip() for name, text in asdict(settings.texts).items()}
    if any(len(text) > LONGEST for text in texts.values()):
        raise Invalid(f"A text is too long; please use at most {LONGEST:,} letters.")
    if texts["searched_to"]:
        check_date(texts["searched_to"])
    view = view_in(settings.view)
    if len(view) > LONGEST_ADDRESS:
        raise Invalid("The address of the view is too long to open in every browser.")
    return replace(settings, view=view, texts=MapTexts(**texts))


def _check_joins(joins: Sequence[PracticeJoin]) -> None:
    """See that each question to services is joined with one question about studies.

    Raises:
        Invalid: one is joined twice, or with nothing, or there are too many pairs.
    """
    questions = [join.question for join in joins]
    if len(set(questions)) < len(questions):
        raise Invalid("Each question to services can be joined once.")
    if not all(join.pairs for join in joins):
        raise Invalid("A joined question needs at least one pair of answers.")
    if sum(len(join.pairs) for join in joins) > MOST_PAIRS:
        raise Invalid(f"Please join at most {MOST_PAIRS:,} pairs of answers.")
