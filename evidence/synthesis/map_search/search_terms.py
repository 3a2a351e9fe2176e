"""What a search of a map is made of, and how each part is written.

evidence/viewer/map_search_terms.js has the same; docs/decisions/map.md has the grammar.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.map_search.folded_texts import folded_words


class TextField(StrEnum):
    """Where words are looked for; without a field in all of these."""

    STUDY = "study"
    TITLE = "title"
    ABSTRACT = "abstract"
    AUTHOR = "author"
    JOURNAL = "journal"
    QUOTATION = "quotation"
    NOTE = "note"


YEAR = "year"
OPERATORS = ("and", "or", "not")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words that stand beside each other in one text.

    Attributes:
        words: folded (folded_texts.whole_words), at least one.
        is_beginning: whether the last of them is the beginning of a word.
        field: None for any.
    """

    words: tuple[str, ...]
    is_beginning: bool = False
    field: TextField | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearSpan:
    """The year of the study, both bounds included; None where there is no bound."""

    since: int | None
    until: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A heading of a dimension, by their ids: studies with it, or with a heading below it.

    Of a dimension of findings it stands for the studies that have a finding with it.
    """

    dimension: str
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What an earlier search finds, by its number, from 1."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class And:
    """The studies that all parts find; at least two parts."""

    parts: "tuple[SearchNode, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Or:
    """The studies that any part finds; at least two parts."""

    parts: "tuple[SearchNode, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """All studies of the map but those that the part finds."""

    part: "SearchNode"


SearchNode = Words | YearSpan | Code | Reference | And | Or | Not


class CodeNames:
    """How the codes of a map are called in searches: `Country: Europe > Norway`.

    Capitals, accents and blanks do not matter. The headings above can be left out where the rest
    names one code only; a whole path goes before a part of a longer one.
    """

    def __init__(self, dimensions: Sequence[Dimension]) -> None:
        self._whole: defaultdict[str, list[Code]] = defaultdict(list)
        self._parts: defaultdict[str, list[Code]] = defaultdict(list)
        self._texts: dict[Code, list[str]] = {}
        for dimension in {d.id: d for d in reversed(dimensions)}.values():
            for code, path in _paths(dimension):
                if code not in self._texts:
                    self._add(code, dimension.title, path)

    def _add(self, code: Code, title: str, path: Sequence[str]) -> None:
        starts = range(len(path) - 1, -1, -1)
        texts = [f"{title}: {' > '.join(path[start:])}" for start in starts]
        self._texts[code] = texts
        for text in texts[:-1]:
            self._parts[_key(text)].append(code)
        self._whole[_key(texts[-1])].append(code)

    def codes(self, text: str) -> list[Code]:
        """The codes that a text between brackets can mean."""
        if text.startswith("@"):
            return [code for code in self._texts if _id_text(code) == text]
        key = _key(text)
        return self._whole.get(key) or self._parts.get(key, [])

    def text(self, code: Code) -> str:
        """The shortest text that means this code only; its ids where no words do."""
        for text in self._texts[code]:
            if not text.startswith("@") and self.codes(text) == [code]:
                return text
        return _id_text(code)


def _paths(dimension: Dimension) -> Iterator[tuple[Code, list[str]]]:
    path: list[str] = []
    for heading in dimension.headings:
        path = [*path[: heading.depth], heading.label or heading.id]
        yield Code(dimension=dimension.id, heading=heading.id), path


def _key(text: str) -> str:
    return "".join(folded_words(text)).replace("›", ">")


def _id_text(code: Code) -> str:
    ids = (quote(each, safe="").replace("~", "%7E") for each in (code.dimension, code.heading))
    return f"@{'~'.join(ids)}"


def written(node: SearchNode, names: CodeNames) -> str:
    """A search as it was understood: every `and` is there, and parentheses around every group."""
    match node:
        case And(parts=parts) | Or(parts=parts):
            operator = " and " if isinstance(node, And) else " or "
            return operator.join(_part(part, names) for part in parts)
        case Not(part=part):
            return f"not {_part(part, names)}"
        case Reference(number=number):
            return f"#{number}"
        case Code():
            return f"[{escaped(names.text(node))}]"
        case YearSpan(since=since, until=until):
            years = (since,) if since == until else (since, until)
            return f"{YEAR}:{'-'.join('' if year is None else str(year) for year in years)}"
        case Words():
            return _words_text(node)


def _part(part: SearchNode, names: CodeNames) -> str:
    text = written(part, names)
    return f"({text})" if isinstance(part, And | Or) else text


def escaped(text: str) -> str:
    """A text as it stands between brackets."""
    return text.replace("\\", "\\\\").replace("]", "\\]")


def _words_text(node: Words) -> str:
    text = " ".join(node.words) + ("*" if node.is_beginning else "")
    is_phrase = len(node.words) > 1 or text in OPERATORS
    return (f"{node.field}:" if node.field else "") + (f'"{text}"' if is_phrase else text)
