"""A map as one HTML file that anyone can open: it asks no server, now or in ten years.

The file has the document of the map, the viewer's script (packed) and style, and pages in plain
HTML. Its policy of content allows this script and these styles by their hashes, and nothing else;
so a title of a publication cannot become a script, and nothing is loaded or sent. The same document
and settings give the same bytes.
"""

import base64
import json
import re
import zlib
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from evidence import viewer
from evidence.exports import map_pages
from evidence.exports.document_counts import Document
from evidence.exports.map_colours import MapColours, css
from evidence.exports.markup import isolated, paragraphs, text
from evidence.exports.page_head import page_head
from evidence.viewer.script_modules import joined, shortened, with_imports

PACKED_FROM = 200_000
"""Characters of JSON; smaller documents stand there as they are, for other programs to read."""
_VIEWER = Path(viewer.__file__).parent
_WITHOUT_SCRIPT = ".file-page { display: block !important; }"
_IN_SCRIPT = {"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_DOCUMENT = re.compile(r'<script ([^>]*id="map-document"[^>]*)>(.*?)</script>', re.DOTALL)
PAGES = {"map": "Map", "figures": "Figures", "about": "About", "codes": "Codes and data"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentedCells:
    """The cells of a published map that the form for comments lists.

    Attributes:
        rows, columns: ids of the dimensions.
        row_ids, column_ids: of the headings; none where there would be too many cells.
    """

    rows: str
    columns: str
    row_ids: tuple[str, ...] = ()
    column_ids: tuple[str, ...] = ()


def map_file(
    document: Document, colours: MapColours | None = None, commented: CommentedCells | None = None
) -> bytes:
    """The file.

    Args:
        document: of the map, as map_document.py makes it.
        colours: those that the authors chose.
        commented: on what readers comment where the file is published; None for a file for itself.

    Raises:
        Invalid: a colour cannot be used.
    """
    style = _style() + css(colours or MapColours())
    script, unpacking = _script(), _unpacking()
    title = document["title"] or "Map"
    parts = (
        page_head(
            title,
            style,
            scripts=(unpacking, script),
            without_scripts=_WITHOUT_SCRIPT,
            kind="file",
        ),
        _head(document, text(title)),
        f"<main>{_pages(document)}</main>",
        _foot(document),
        _data(document),
        _commented(commented),
        f'<script type="text/plain" id="map-script">{_packed(script)}</script>',
        f'<script type="module">{unpacking}</script></body></html>\n',
    )
    return "\n".join(parts).encode()


def document_of(made: bytes) -> Document:
    """The document in a file that `map_file` made.

    Raises:
        ValueError: it is none.
    """
    found = _DOCUMENT.search(made.decode())
    if found is None:
        raise ValueError("This file has no map.")
    words = found[2]
    if "data-packed" in found[1]:
        words = zlib.decompress(base64.b64decode(words)).decode()
    document: Document = json.loads(words)
    return document


def _head(document: Document, title: str) -> str:
    ways = "".join(
        f'<a href="#page={page}" data-page="{page}">{name}</a>' for page, name in PAGES.items()
    )
    return (
        f'<header class="file-head"><h1 dir="auto">{title}</h1>{map_pages.version(document)}'
        f"{paragraphs(document['caption'])}"
        f'<nav class="file-ways" aria-label="Pages">{ways}</nav></header>'
    )


def _pages(document: Document) -> str:
    bodies = {
        "figures": map_pages.figures(document),
        "about": map_pages.about(document) + _embedding(),
        "codes": map_pages.codes(document) + _all_studies(),
    }
    without = map_pages.without_script(document)
    first = (
        f'<section class="file-map" id="page-map" aria-label="Map"><div id="map"></div>'
        f'<noscript>{without}</noscript><p id="file-trouble" role="alert" hidden></p></section>'
    )
    return first + "".join(_page(page, body) for page, body in bodies.items())


def _page(page: str, body: str) -> str:
    heading = f'<h2 tabindex="-1">{PAGES[page]}</h2>'
    return f'<section class="file-page" id="page-{page}">{heading}{body}</section>'


def _embedding() -> str:
    return (
        '<div class="file-embed"><h3>The map in your own page</h3><p>Put this file on a web server '
        "and write the code below into your page; with <code>?embed</code> behind its address the "
        'file shows only the map.</p><pre tabindex="0" aria-label="Code for a frame"><code '
        'id="file-frame">&lt;iframe src="ADDRESS OF THIS FILE?embed" title="Map" width="100%" '
        'height="800" loading="lazy"&gt;&lt;/iframe&gt;</code></pre></div>'
    )


def _all_studies() -> str:
    buttons = "".join(
        f'<button type="button" data-take="{form}">{name}</button>'
        for form, name in (("ris", "RIS"), ("csv", "CSV"), ("xlsx", "Excel"), ("json", "JSON"))
    )
    return (
        '<div class="file-take"><h3>All studies</h3><p>Any list on the map leaves as RIS, CSV or '
        "Excel, its cells as CSV. JSON is all of this file's data, as the map reads them.</p>"
        f"<p>{buttons}</p></div>"
    )


def _foot(document: Document) -> str:
    until = document["searched_to"]
    searched = f"Searched up to {isolated(until)}. " if until else ""
    return (
        f'<footer class="file-foot">{searched}Made with Waymark; version '
        f'{text(document["version"])} of these data.<span class="file-whole"> '
        '<a id="file-whole" target="_blank" rel="noopener">Open the whole map</a></span></footer>'
    )


def _data(document: Document) -> str:
    """The document as a script reads it; whatever a text holds, it cannot end there."""
    written = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    if len(written) >= PACKED_FROM:
        return (
            '<script type="text/plain" id="map-document" data-packed="deflate">'
            f"{_packed(written)}</script>"
        )
    return f'<script type="application/json" id="map-document">{_in_script(written)}</script>'


def _commented(commented: CommentedCells | None) -> str:
    """What the form for comments knows, for the links to it."""
    if commented is None:
        return ""
    written = _in_script(json.dumps(asdict(commented), ensure_ascii=False))
    return f'<script type="application/json" id="map-comments">{written}</script>'


def _in_script(written: str) -> str:
    """JSON that cannot end the script in which it stands."""
    for sign, escaped in _IN_SCRIPT.items():
        written = written.replace(sign, escaped)
    return written


def _packed(words: str) -> str:
    return base64.b64encode(zlib.compress(words.encode(), 9)).decode()


@cache
def _script() -> str:
    return shortened(joined(with_imports(_VIEWER / "map_file.js")))


@cache
def _unpacking() -> str:
    return shortened(joined(with_imports(_VIEWER / "map_file_unpacked.js")))


@cache
def _style() -> str:
    names = ("map_viewer.css", "map_file.css")
    return "\n".join((_VIEWER / name).read_text(encoding="utf-8") for name in names)
