"""What stands in the file beside the map: figures, what it is about, codes and what the data mean.

These pages are plain HTML, so that they are read without a script, too.
"""

from collections.abc import Mapping
from typing import Any

from evidence.charts.counts.country_map import country_map_svg
from evidence.charts.counts.frequency_bars import frequency_svgs
from evidence.charts.counts.year_bars import year_svgs
from evidence.charts.page_parts import ON_SCREEN
from evidence.exports import document_counts
from evidence.exports.document_counts import Document
from evidence.exports.markup import bullets, isolated, paragraphs, table
from evidence.synthesis.counts.country_counts import country_counts
from evidence.synthesis.counts.country_names import names_countries
from evidence.synthesis.study_counts import Counts, years_of

ROLES = {
    "review": "a review",
    "ongoing": "a study that is not finished",
    "low_weight": "a study that says little",
    "high_quality": "of high quality",
    "some_concerns": "with some concerns",
    "low_quality": "of low quality",
    "no_information": "without information on its quality",
}
COLUMNS = (
    ("Study", "how the study is cited; in RIS, LB"),
    ("Year", "year of the study's first report; empty where it is not known"),
    ("Title … Link", "of the study's main report; RIS has each report as an entry of its own"),
    ("Further reports", "the other publications of the same study, one in a line"),
    ("a dimension", "codes behind those above them; of findings, all that any of them has"),
    ("Abstract", "of the main report, where this file has abstracts"),
)
CELLS = (
    ("Primary studies, Reviews", "how many stand in the cell; a review may hold the studies"),
    ("Kind of cell", "which gap it is, or evidence; see “How to read the map”"),
    ("a segment", "how many of them have this code; a study with two codes is in both"),
)
_READING = """\
A map shows what has been studied, not what came out of it. An empty cell says that no study was \
found and coded there, not that something does not work.
Primary studies and reviews are counted apart and never added. A study stands once in a cell and \
once in a total; so the cells of a row can add up to more than its total.
A code counts for the codes above it, too."""
_OTHER_CELLS = """\
Ongoing only, low weight only: all studies of the cell are not finished, or say little.
Not applicable: the authors marked the cell as one in which no study can be.
Under filters a cell can be without a study that has some otherwise; it says so and is no gap."""


def figures(document: Document) -> str:
    """Bars of years and of every dimension, each with the same as a table."""
    years = document_counts.by_year(document)
    bars = year_svgs(
        (years_of(years),), "Studies by year", theme="page", paper=ON_SCREEN, name="figure-0"
    )
    made = [_figure(years, "".join(bars))]
    for number, dimension in enumerate(document["dimensions"], start=1):
        counts = document_counts.by_heading(document, dimension)
        bars = frequency_svgs(counts, theme="page", paper=ON_SCREEN, name=f"figure-{number}")
        made.append(_figure(counts, _world(counts, f"world-{number}") + "".join(bars)))
    return "".join(made)


def _world(counts: Counts, name: str) -> str:
    """A map of the world, where the codes are countries."""
    if not names_countries({line.id: line.label for line in counts.lines}):
        return ""
    return country_map_svg(country_counts(counts), theme="page", paper=ON_SCREEN, name=name)


def _figure(counts: Counts, bars: str) -> str:
    rows = [
        ("– " * line.depth + line.label, f"{len(line.studies):,}")
        for line in counts.lines
        if line.studies
    ]
    if counts.without:
        rows.append(("none", f"{len(counts.without):,}"))
    same = table(f"Studies by {counts.title}", (counts.title, "Studies"), rows)
    return (
        f"<figure>{bars}"
        f"<details><summary>{isolated(counts.title)} as a table</summary>{same}</details></figure>"
    )


def version(document: Document) -> str:
    """Which frozen version of the map this is; nothing for the map as it was when it was taken."""
    frozen = document.get("frozen")
    if not frozen:
        return ""
    note = f": {isolated(frozen['note'])}" if frozen["note"] else ""
    text = f"Version {frozen['number']:,} of this map, frozen on {isolated(frozen['date'])}{note}"
    return f'<p class="file-version">{text}</p>'


def about(document: Document) -> str:
    """What readers must know of the review, and how the map is to be read and cited."""
    of_review = document["about"]
    parts = {
        "Question": paragraphs(of_review.get("question", "")),
        "What was included": bullets(of_review.get("criteria", "")),
        "Searches": _searches(document),
        "How studies were coded": paragraphs(of_review.get("coding", "")),
        "What the map rests on": version(document) + _basis(document),
        "What changed": _changed(document),
        "How to read the map": _reading(document),
        "How to cite it": paragraphs(of_review.get("citation", "")),
        "Licence": paragraphs(of_review.get("licence", "")) or "<p>No licence is given.</p>",
        "Contact": paragraphs(of_review.get("contact", "")),
        "The next update": paragraphs(of_review.get("next_update", "")),
    }
    return "".join(f"<h3>{name}</h3>{body}" for name, body in parts.items() if body)


def _changed(document: Document) -> str:
    """How much changed since a version, where the map tells it; the map itself lists it."""
    since = document.get("since")
    if not since:
        return ""
    note = f" ({isolated(since['note'])})" if since["note"] else ""
    kinds = [f"{len(since[kind]):,} {kind}" for kind in ("added", "recoded", "removed")]
    return (
        f"<p>Since version {since['number']:,} of {isolated(since['date'])}{note}, which had "
        f"{since['studies']:,} studies: {', '.join(kinds)}. “What changed” on the map lists "
        "them.</p>"
    )


def _searches(document: Document) -> str:
    rows = [
        (name, date or "date not known") for name, date in document["about"].get("searches", [])
    ]
    body = table("Searches and their dates", ("Searched", "On"), rows) if rows else ""
    until = document["searched_to"]
    if until:
        body += (
            f"<p>Everything was searched up to {isolated(until)}. Gaps hold for these searches.</p>"
        )
    return body


def _basis(document: Document) -> str:
    studies = document_counts.size(document)
    findings = len(document["findings"]["study"])
    body = paragraphs(document["caption"])
    body += (
        f"<p>{studies:,} {'study' if studies == 1 else 'studies'}, "
        f"{findings:,} {'finding' if findings == 1 else 'findings'}.</p>"
    )
    titles = {dimension["id"]: dimension["title"] for dimension in document["dimensions"]}
    strays = [(titles[of], code, f"{count:,}") for of, code, count in document.get("strays", [])]
    if strays:
        head = ("Dimension", "Code", "Studies")
        body += table("Codes that the scheme does not list any more", head, strays)
    return body


def _reading(document: Document) -> str:
    gaps = document["gaps"]
    few, several, since = gaps["few"], gaps["several"], gaps["recent_since"]
    lines = [_READING]
    if few:
        lines.append(f"Few: up to {few:,} primary studies and reviews.")
    if several:
        recent = f" from {since} or later" if since else ""
        lines.append(
            f"Synthesis gap: {several:,} or more primary studies, and no review of high "
            f"quality{recent}."
        )
    lines.append(_OTHER_CELLS)
    return bullets("\n".join(lines))


def codes(document: Document) -> str:
    """The definition of every row, column and code, and what the columns of tables mean."""
    dimensions = "".join(_dimension(document, each) for each in document["dimensions"])
    head = ("Column", "What it is")
    return (
        f"<h3>Codes</h3>{dimensions}<h3>What the tables have</h3>"
        f"{table('Lists of studies (CSV, Excel)', head, COLUMNS)}"
        f"{table('Cells of a map (CSV)', head, CELLS)}"
    )


def _dimension(document: Document, dimension: Mapping[str, Any]) -> str:
    headings = dimension["headings"]
    counts = document_counts.by_heading(document, dimension)
    rows = [
        (path, help_, ROLES.get(role, role), headings["id"][at], f"{len(line.studies):,}")
        for at, (path, help_, role, line) in enumerate(
            zip(
                document_counts.paths(dimension),
                headings["help"],
                headings["role"],
                counts.lines,
                strict=True,
            )
        )
    ]
    of = "each finding" if dimension["of"] == "finding" else "the study"
    head = ("Code", "Definition", "Says that it is", "Id", "Studies")
    return (
        f"<details><summary>{isolated(dimension['title'])} ({len(rows):,})</summary>"
        f"<p>Coded for {of}.</p>{table(dimension['title'], head, rows)}</details>"
    )


def without_script(document: Document) -> str:
    """What is here for who reads the file without its script."""
    title = isolated(document["title"])
    titles = ", ".join(isolated(dimension["title"]) for dimension in document["dimensions"])
    studies = document_counts.size(document)
    return (
        f"<p>“{title}” is a map of {studies:,} {'study' if studies == 1 else 'studies'}. It is "
        "drawn by a script in this file, which asks no server; here scripts are switched off. "
        f"It can be sorted and filtered by: {titles or 'nothing'}. Below stand how many studies "
        "there are of each year and code, what the map is about, and what its codes mean.</p>"
    )
