"""Texts from outside as HTML: escaped, read in their own direction, with links that work."""

import re
from collections.abc import Iterable, Sequence

from evidence.charts.svg_parts import safe_xml

_ADDRESS = re.compile(r"https?://[^\s<>\"'“”()]+[^\s<>\"'“”().,;:!?]")


def text(words: object) -> str:
    """What shows as it was written."""
    return safe_xml(str(words))


def isolated(words: object) -> str:
    """A text within a sentence; whatever direction it has, the sentence keeps its own."""
    return f"<bdi>{text(words)}</bdi>"


def linked(words: str) -> str:
    """Text in which web addresses can be followed; nothing else becomes a link."""
    parts: list[str] = []
    last = 0
    for match in _ADDRESS.finditer(words):
        address = text(match[0])
        parts += (text(words[last : match.start()]), link(address, address))
        last = match.end()
    return "".join([*parts, text(words[last:])])


def link(address: str, words: str) -> str:
    """A link that tells the other site nothing; both arguments are escaped already."""
    return f'<a href="{address}" target="_blank" rel="noopener noreferrer">{words}</a>'


def paragraphs(words: str) -> str:
    """Each line as a paragraph that is read in its own direction."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return "".join(f'<p dir="auto">{linked(line)}</p>' for line in lines)


def bullets(words: str) -> str:
    """Each line as a point; one line alone as a paragraph."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    if len(lines) < 2:  # noqa: PLR2004 - a list of one is none
        return paragraphs(words)
    points = "".join(f"<li><bdi>{linked(line)}</bdi></li>" for line in lines)
    return f"<ul>{points}</ul>"


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table whose cells are texts; it scrolls sideways where it is too wide.

    Its style gives each cell its own direction, which takes fewer bytes than an attribute in each.
    """
    heads = "".join(f'<th scope="col">{text(name)}</th>' for name in head)
    body = "".join(_row(row) for row in rows)
    return (
        f'<div class="file-table" tabindex="0" role="region" aria-label="{text(caption)}"><table>'
        f"<caption>{text(caption)}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _row(cells: Sequence[object]) -> str:
    made = "".join(f"<td>{text(cell)}</td>" for cell in cells)
    return f"<tr>{made}</tr>"
