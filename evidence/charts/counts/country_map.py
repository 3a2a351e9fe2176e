"""Studies by country on a map of the world, for the page, for paper and for files.

Shades run from light to dark, so that they stay apart without colours; countries that are too small
to be seen have a mark. Regions are told and not painted: nobody knows which of their countries.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evidence.charts.counts.country_shapes import Land, by_code, high_for, lands
from evidence.charts.direction_pages import MARGIN
from evidence.charts.letters import laid_text, text_width
from evidence.charts.page_parts import (
    A4,
    LETTERS,
    NOTE_LEADING,
    SMALL,
    Paper,
    draw_head,
    draw_notes,
    head_height,
    note_lines,
)
from evidence.charts.palette import Theme
from evidence.charts.picture import Cell, Picture, PictureTable
from evidence.charts.shades import Shade, shade_of, shades
from evidence.charts.svg_parts import (
    Letters,
    SvgTheme,
    Told,
    colours,
    path_of,
    px,
    rectangle,
    svg_text,
)
from evidence.synthesis.counts.country_counts import CountryCounts
from evidence.synthesis.counts.country_names import country_name
from evidence.synthesis.study_counts import studies_in_words

MARK, SMALLEST = 4.5, 16.0
"""The radius of a mark in pixels, and the area below which a country has one."""
KEY_HEIGHT = 30
_FINE = 4  # parts of a pixel in which land is drawn
MOST_TOLD = 10
_CIRCLES = "A circle stands for a country whose area is too small to be seen."
_BORDERS = (
    "Borders: Natural Earth 4.1, 1:110 million (public domain), in the projection Equal Earth; "
    "they take no side in what is disputed."
)


def country_map_picture(counts: CountryCounts, rests_on: str = "") -> Picture:
    """The map with its table.

    Args:
        counts: studies by country.
        rests_on: a sentence on what has been counted, for the note.
    """
    return Picture(
        name="studies-map",
        title=_title(counts),
        text=_described(counts),
        draw=lambda theme: (country_map_svg(counts, rests_on, theme=theme),),
        table=_table(counts),
    )


def country_map_svg(
    counts: CountryCounts,
    rests_on: str = "",
    *,
    theme: SvgTheme = "light",
    paper: Paper = A4,
    name: str = "countries",
) -> str:
    """The map on one page.

    Args:
        counts: studies by country.
        rests_on: a sentence on what has been counted, for the note.
        theme: of the page around it.
        paper: how wide the page is.
        name: begins the ids inside, so that a page can hold several drawings.
    """
    look = colours(theme)
    drawing = _Drawing(counts, paper.wide - 2 * MARGIN, theme)
    title, subtitle = _title(counts), note_lines([_base(counts)], paper.wide, LETTERS)
    notes = note_lines(
        [*_notes(counts, drawing.wide), *([rests_on] if rests_on else [])], paper.wide
    )
    top = MARGIN + head_height(title, subtitle, paper.wide)
    below = top + high_for(drawing.wide) + 10
    parts = [
        *draw_head(title, subtitle, "", look, paper.wide),
        f'<g transform="translate({MARGIN} {px(top)}) scale({1 / _FINE})">',
        *drawing.land(look),
        *drawing.marks(look),
        "</g>",
        *drawing.key(below, look),
        *draw_notes(notes, below + KEY_HEIGHT, look),
    ]
    high = below + KEY_HEIGHT + len(notes) * NOTE_LEADING + MARGIN
    told = Told(name=name, title=title, text=_described(counts))
    return svg_text(told, paper.wide, high, look, parts)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A map of so many pixels across."""

    counts: CountryCounts
    wide: float
    theme: SvgTheme

    @property
    def steps(self) -> tuple[Shade, ...]:
        most = max((len(ids) for ids in self.counts.countries.values()), default=0)
        return shades(most, self.theme)

    def land(self, look: Theme) -> Iterator[str]:
        """All countries with an outline; painted where there are studies."""
        for land in lands(self.wide):
            if land.rings:
                way = "".join(_way(ring) for ring in land.rings)
                yield path_of(
                    way, fill=self._fill(land, look), stroke=look.quiet, stroke_width="1.2"
                )

    def marks(self, look: Theme) -> Iterator[str]:
        """Countries with studies that are too small for their area to be seen."""
        for land in lands(self.wide):
            if land.area < SMALLEST and self._size(land):
                x, y = (round(each * _FINE) for each in land.middle)
                fill = self._fill(land, look)
                yield (
                    f'<circle cx="{x}" cy="{y}" r="{round(MARK * _FINE)}" fill="{fill}" '
                    f'stroke="{look.ink}" stroke-width="{_FINE}"/>'
                )

    def key(self, y: float, look: Theme) -> Iterator[str]:
        """What the shades mean."""
        x: float = MARGIN
        middle = y + KEY_HEIGHT / 2 - 4
        for fill, words in (
            (look.panel, "no study"),
            *((each.fill, each.words("study", "studies")) for each in self.steps),
        ):
            yield rectangle(x, middle - 7, 22, 14, fill, look.quiet)
            yield laid_text(x + 28, middle + 4, words, Letters(size=SMALL))
            x += 28 + text_width(words, SMALL) + 20

    def _size(self, land: Land) -> int:
        return len(self.counts.countries.get(land.code, ()))

    def _fill(self, land: Land, look: Theme) -> str:
        size = self._size(land)
        return shade_of(size, self.steps).fill if size else look.panel


def _way(ring: Sequence[tuple[float, float]]) -> str:
    """A ring in steps of quarters of a pixel, a third as long as with its places in full."""
    places = [(round(x * _FINE), round(y * _FINE)) for x, y in ring]
    steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(places) if a != b]
    return f"M{places[0][0]} {places[0][1]}l{' '.join(steps)}z".replace(" -", "-")


def _title(counts: CountryCounts) -> str:
    return f"Studies by {counts.title}"


def _base(counts: CountryCounts) -> str:
    """What is painted."""
    if not counts.total:
        return "No study is coded yet."
    countries = len(counts.countries)
    if not countries:
        return f"None of {studies_in_words(counts.total)} names a country."
    text = (
        f"{len(counts.painted):,} of {studies_in_words(counts.total)} in {countries:,} "
        f"{'country' if countries == 1 else 'countries'}."
    )
    if sum(map(len, counts.countries.values())) > len(counts.painted):
        text += " A study in several countries counts in each."
    return text


def _notes(counts: CountryCounts, wide: float) -> Iterator[str]:
    if counts.regions:
        yield f"Not painted, since no country is named: {_listed(counts.regions)}."
    if counts.others:
        yield f"Codes that name no country: {_listed(counts.others)}."
    if counts.without:
        yield f"Not coded: {studies_in_words(len(counts.without))}."
    world = by_code(wide)
    nowhere = [country_name(code) for code in counts.countries if code not in world]
    if nowhere:
        yield f"Counted, but not on this map: {', '.join(nowhere)}."
    if any(world[code].area < SMALLEST for code in counts.countries if code in world):
        yield _CIRCLES
    yield _BORDERS


def _listed(places: Sequence[tuple[str, frozenset[int]]]) -> str:
    said = "; ".join(
        f"“{label}”: {studies_in_words(len(ids))}" for label, ids in places[:MOST_TOLD]
    )
    more = len(places) - MOST_TOLD
    return f"{said}; and {more:,} more" if more > 0 else said


def _largest_first(counts: CountryCounts) -> list[tuple[str, int]]:
    sizes = ((country_name(code), len(ids)) for code, ids in counts.countries.items())
    return sorted(sizes, key=lambda each: (-each[1], each[0]))


def _described(counts: CountryCounts) -> str:
    sizes = _largest_first(counts)
    said = "; ".join(f"{name}: {size:,}" for name, size in sizes[:MOST_TOLD])
    more = f"; and {len(sizes) - MOST_TOLD:,} more" if len(sizes) > MOST_TOLD else ""
    regions = f" Not painted: {_listed(counts.regions)}." if counts.regions else ""
    return f"{_title(counts)}, on a map of the world. {_base(counts)} {said}{more}.{regions}"


def _table(counts: CountryCounts) -> PictureTable:
    """A row for each country that has a study, then regions, other names, and what is not coded."""
    places: list[tuple[str, str, str, int]] = [
        (country_name(code), "country", code.upper(), len(ids))
        for code, ids in counts.countries.items()
    ]
    places.sort(key=lambda each: (-each[3], each[0]))
    places += [(label, "region", "", len(ids)) for label, ids in counts.regions]
    places += [(label, "no country", "", len(ids)) for label, ids in counts.others]
    if counts.without:
        places.append(("Not coded", "", "", len(counts.without)))
    rows: list[tuple[Cell, ...]] = [(*each, each[3] / counts.total) for each in places]
    head = (counts.title, "What it is", "ISO 3166-1", "Studies")
    return PictureTable(
        head=(*head, f"Share of {studies_in_words(counts.total)}"), rows=tuple(rows)
    )
