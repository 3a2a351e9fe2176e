"""Looking up what the columns of a table mean (the names are in column_names.py)."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from evidence.citations.formats import ciw_fields
from evidence.citations.formats.column_names import TABLE, Meaning

MEANINGS: Mapping[str, Meaning] = MappingProxyType({row.word: row for row in TABLE})

# In Web of Science's tab-delimited files, the tags of its tagged format are the header.
_TAGS: Mapping[str, tuple[str, ...]] = {
    "title": ciw_fields.TITLE,
    "authors": (*ciw_fields.AUTHORS, *ciw_fields.GROUPS),
    "editors": ciw_fields.EDITORS,
    "year": ("PY",),
    "date": ("PD", "EA"),
    "journal": ("SO",),
    "journal_short": ciw_fields.JOURNAL_SHORT,
    "volume": ciw_fields.VOLUME,
    "issue": ciw_fields.ISSUE,
    "page_start": ("BP",),
    "page_end": ("EP",),
    "article_number": ciw_fields.ARTICLE_NUMBER,
    "doi": ciw_fields.DOI,
    "pmid": ciw_fields.PMID,
    "abstract": ciw_fields.ABSTRACT,
    "keywords": ciw_fields.KEYWORDS,
    "language": ciw_fields.LANGUAGE,
    "urls": ciw_fields.ADDRESSES,
    "issn": ("SN", "EI"),
    "isbn": ("BN",),
    "publisher": ciw_fields.PUBLISHER,
    "place": ciw_fields.PLACE,
    "type": ("DT", "PT"),
    "notes": ciw_fields.NOTES,
    "key": ("UT",),
}

_BY_NAME = {name: (row.word, rank) for row in TABLE for rank, name in enumerate(row.names)}
_BY_TAG = {tag: (word, rank) for word, tags in _TAGS.items() for rank, tag in enumerate(tags)}
_BY_HINT = {hint: row.word for row in TABLE for hint in row.hints}
_TAGS_OF_ALL = {"AU", "TI", "SO"}  # which every such file has
_LEAST_TAGS = 6  # of a table whose columns are such tags
_MOSTLY = 0.8

_TAG = re.compile(r"[A-Z][A-Z0-9]")
_SEPARATORS = re.compile(r"[^\w/]+|_+")
_LAST = 999  # the rank of a column whose name says nothing


def plain(name: str) -> str:
    """The name of a column without regard to capitals, blanks and punctuation."""
    return _SEPARATORS.sub(" ", name.casefold()).strip(" /")


def known_meanings(names: Sequence[str]) -> list[str | None]:
    """The meanings of columns whose names are known, in the order of the columns."""
    return [word for word, _ in _ranks(names)]


def guessed_meanings(names: Sequence[str]) -> list[str | None]:
    """The meanings of columns, guessed where a name is not known but holds a word that is."""
    words = known_meanings(names)
    for number, (name, word) in enumerate(zip(names, words, strict=True)):
        if word is None:
            hints = (_BY_HINT.get(part) for part in plain(name).split())
            words[number] = next((hint for hint in hints if hint and hint not in words), None)
    return words


def by_preference(names: Sequence[str], words: Sequence[str | None]) -> list[tuple[int, str]]:
    """The columns that mean something, as number and meaning, the preferred ones first."""
    ranks = _ranks(names)
    ranked = [
        (ranks[number][1] if ranks[number][0] == word else _LAST, number, word)
        for number, word in enumerate(words)
        if word
    ]
    return [(number, word) for _, number, word in sorted(ranked)]


def are_tags(names: Sequence[str]) -> bool:
    """Whether the columns have the tags of Web of Science for names."""
    known = [name for name in names if name in _BY_TAG]
    of_two = [name for name in names if _TAG.fullmatch(name)]
    return (
        set(names) >= _TAGS_OF_ALL
        and len(known) >= _LEAST_TAGS
        and len(of_two) >= _MOSTLY * sum(map(bool, names))
    )


def _ranks(names: Sequence[str]) -> list[tuple[str | None, int]]:
    tags = [name.strip() for name in names]
    if are_tags(tags):
        return [_BY_TAG.get(tag, (None, _LAST)) for tag in tags]
    return [_BY_NAME.get(plain(name), (None, _LAST)) for name in names]
