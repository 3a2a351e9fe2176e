"""The text of a section, Markdown with live parts, as blocks.

Markdown is read by markdown-it-py as CommonMark says, with tables. HTML is text like any other, and
pictures are their words: what an author writes can bring nothing into a report but words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from evidence.report.blocks import (
    Block,
    Inline,
    LiveBlock,
    LiveWords,
    OwnTable,
    Paragraph,
    Points,
    Quotation,
    SubHeading,
    Words,
)
from evidence.report.live_tokens import CLOSE, LONGEST, OPEN, LiveToken, live_token

LIVE = "live"
_BREAKS = {"softbreak": " ", "hardbreak": "\n"}
_SIGNS = re.compile(r"[\\`*_\[\]<>&{}!#|~]")
MOST_BRACKETS = 3_000  # of those that open
MOST_COLUMNS = 63  # of a table; Word opens none with more
DEEPEST = 100  # lists and quotations within one another


def read_section(text: str) -> tuple[Block, ...]:
    """The blocks of a section; in one with more than MOST_BRACKETS links stand as they were typed.

    For each bracket the reader looks for its end, so that very many would take it minutes. Tables
    of a section with one that is too broad stand as they were typed, too.
    """
    reader = _reader(links=text.count("[") <= MOST_BRACKETS, tables=not has_too_broad_table(text))
    return tuple(_Reader(reader.parse(text)).blocks())


def has_too_broad_table(text: str) -> bool:
    """Whether a line has so many bars that a table of it would have more than MOST_COLUMNS."""
    return any(line.count("|") > MOST_COLUMNS + 1 for line in text.splitlines())


def as_written(text: str) -> str:
    """Words of a scheme or a person, to stand in a line of a section as nothing but words.

    Each sign that Markdown or a live part would take for its own gets a backslash before it.
    """
    return _SIGNS.sub(r"\\\g<0>", " ".join(text.split()))


def tokens_of(blocks: Sequence[Block]) -> Iterator[LiveToken]:
    """All live parts in their order."""
    for block in blocks:
        match block:
            case LiveBlock():
                yield block.token
            case Paragraph() | SubHeading():
                yield from (part.token for part in block.parts if isinstance(part, LiveWords))
            case Points():
                for point in block.points:
                    yield from tokens_of(point)
            case Quotation():
                yield from tokens_of(block.blocks)
            case OwnTable():
                yield from tokens_of((*block.head, *(c for row in block.rows for c in row)))


def _live(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as markdown-it calls it
    """Take `{{…}}` out of the line before Markdown gives its letters a meaning."""
    if not state.src.startswith(OPEN, state.pos):
        return False
    end = state.src.find(CLOSE, state.pos, state.pos + LONGEST + len(OPEN + CLOSE))
    if end < 0:
        return False
    if not silent:
        state.push(LIVE, "", 0).content = state.src[state.pos + len(OPEN) : end]
    state.pos = end + len(CLOSE)
    return True


@cache
def _reader(*, links: bool, tables: bool) -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST}).enable("table")
    reader.inline.ruler.before("text", LIVE, _live)
    left_out = [*([] if links else ["link", "image", "reference"]), *([] if tables else ["table"])]
    return reader.disable(left_out)


@dataclass(slots=True)
class _Reader:
    """Walks over the tokens of Markdown.

    Attributes:
        place: of the next one.
    """

    tokens: Sequence[Token]
    place: int = 0

    def blocks(self, until: str = "") -> Iterator[Block]:
        """Blocks up to the token that closes their container, which is passed."""
        while self.place < len(self.tokens):
            token = self._next()
            if token.type == until:
                return
            yield from self._block(token)

    def _next(self) -> Token:
        self.place += 1
        return self.tokens[self.place - 1]

    def _block(self, token: Token) -> Iterator[Block]:
        match token.type:
            case "paragraph_open":
                yield _paragraph(self._inline())
            case "heading_open":
                yield SubHeading(level=int(token.tag[1]), parts=self._inline())
            case "bullet_list_open" | "ordered_list_open":
                yield self._points(token)
            case "blockquote_open":
                yield Quotation(blocks=tuple(self.blocks("blockquote_close")))
            case "table_open":
                yield self._table()
            case "fence" | "code_block":
                yield Paragraph(parts=(Words(text=token.content.rstrip()),))

    def _inline(self) -> tuple[Inline, ...]:
        inline = self._next()
        self._next()  # what closes it
        return tuple(_inlines(inline.children or []))

    def _points(self, opening: Token) -> Points:
        closing = opening.type.replace("_open", "_close")
        points = []
        while self._next().type != closing:
            points.append(tuple(self.blocks("list_item_close")))
        return Points(numbered=opening.type.startswith("ordered"), points=tuple(points))

    def _table(self) -> OwnTable:
        rows: list[list[Paragraph]] = []
        while (token := self._next()).type != "table_close":
            if token.type == "tr_open":
                rows.append([])
            elif token.type in {"th_open", "td_open"}:
                rows[-1].append(Paragraph(parts=self._inline()))
        head, *body = (tuple(row) for row in rows)
        return OwnTable(head=head, rows=tuple(body))


def _paragraph(parts: tuple[Inline, ...]) -> Block:
    """A live part that is alone in its paragraph is a block."""
    match parts:
        case (LiveWords(token=token),):
            return LiveBlock(token=token)
        case _:
            return Paragraph(parts=parts)


def _inlines(children: Sequence[Token]) -> Iterator[Inline]:
    style = Words(text="")
    for child in children:
        if child.type == LIVE:
            yield LiveWords(token=live_token(child.content))
        elif child.type in _BREAKS or child.content:
            yield replace(style, text=_BREAKS.get(child.type, child.content))
        else:
            style = _styled(style, child)


def _styled(style: Words, child: Token) -> Words:
    """The style of what follows a token that opens or closes one."""
    match child.type:
        case "strong_open" | "strong_close":
            return replace(style, strong=child.type == "strong_open")
        case "em_open" | "em_close":
            return replace(style, emphasis=child.type == "em_open")
        case "link_open":
            return replace(style, link=_address(child))
        case "link_close":
            return replace(style, link="")
        case _:
            return style


def _address(child: Token) -> str:
    """An address that a reader can follow; others are no link."""
    href = str(child.attrGet("href") or "")
    return href if href.startswith(("https://", "http://", "mailto:")) else ""
