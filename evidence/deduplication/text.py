"""Titles and other texts in a form that survives what databases do to them."""

import html
import re
import unicodedata
from functools import lru_cache

from evidence.deduplication.vocabulary import (
    GREEK,
    LANGUAGES,
    LETTERS,
    NO_JOURNAL,
    NUMBER_WORDS,
    PROCEEDINGS,
)

WORD = re.compile(r"\d+|[^\W\d_]+")
TAG = re.compile(
    r"</?(?:inf|sub|sup|i|b|em|strong|italic|bold|u|p|br|span|scp|sc|math|mml)\b[^>]*>",
    re.IGNORECASE,
)
# "[Erratum appears in ...]", "[Review] [33 refs]", "(Retracted article ...)" tell about the
# article; they are not a part of its title.
NOTES = (
    r"(?:published |see )?(?:erratum|corrig|correct|comment|retract|withdrawn|reprint|republished"
    r"|summary for|update of|review\b|letter|editorial\b|news\b|proceeding|article in|in process"
    r"|abstract|multiple letters|extended abstract|short paper|poster\b|panel\b|invited\b)"
)
ABOUT = re.compile(
    r"\[\d{1,3}(?: refs?)?\]"
    rf"|\[{NOTES}(?:[^\[\]]|\[[^\]]*\])*\]?"
    rf"|\({NOTES}(?:[^()]|\([^)]*\))*\)?",
    re.IGNORECASE,
)
# "(vol 104, pg 240, 2007)" is how a correction names the article that it corrects.
CITED = re.compile(r"\(vol\.? ?\d+, ?pg?\.? ?\w?\d+[^)]*\)", re.IGNORECASE)
CONFERENCE = re.compile(
    r"(?<=\S)(?:\s*[.;(]?\s*conference:.*|\s*[.;(]\s*conference\W*)$", re.IGNORECASE | re.DOTALL
)
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
RETRACTED = re.compile(r"^\W*(?:retracted(?: article)?|withdrawn)\W*[:.\-]\s*", re.IGNORECASE)
TAIL = re.compile(r"[.\s\[(]+(\w+)[\])]?\W*$")
MISREAD = re.compile("[ÂÃÎÏâ][^A-Za-z ]")
FIRST = 3  # signs; a note does not begin the title
KNOWN = 50_000  # names of journals that are remembered; they repeat
_TABLE = str.maketrans(GREEK | LETTERS)


def fold(text: str) -> str:
    """Lower case, accents dropped, Greek letters by name."""
    if text.isascii():
        return text.lower()
    if MISREAD.search(text):
        text = _as_utf8(text)
    text = unicodedata.normalize("NFKD", text).lower().translate(_TABLE)
    return "".join(c for c in text if not unicodedata.combining(c))


def _as_utf8(text: str) -> str:
    """A text in UTF-8 that somebody read as Windows-1252 (GonzÃ¡lez), as it was meant."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def plain(text: str) -> str:
    """A text without markup and entities."""
    if "&" in text:
        text = html.unescape(text)
    return TAG.sub("", text) if "<" in text else text


def words(text: str) -> str:
    """A text as folded words with single spaces; digits stand apart from letters."""
    if not text:
        return ""
    text = fold(plain(text))
    if "'" in text or "’" in text:
        text = text.replace("'", "").replace("’", "")
    return " ".join(WORD.findall(text))


@lru_cache(maxsize=KNOWN)
def journal_words(journal: str) -> str:
    """A journal's name in normal form.

    Without what stands in brackets, which tells editions apart, and without the conference that a
    supplement was printed for. Empty where it names no journal: Elsevier, to appear, Proceedings.
    """
    if "onference" in journal:
        journal = CONFERENCE.sub("", journal) or journal
    if "(" in journal or "[" in journal:
        journal = BRACKETS.sub(" ", journal).strip() or journal
    form = words(journal)
    telling = {word for word in form.split() if not word.isdigit()}
    return "" if telling <= NO_JOURNAL or telling <= PROCEEDINGS else form


def title_words(title: str) -> str:
    """A title in its normal form: without notes about the article, numbers as digits."""
    title = plain(title)
    if "[" in title or "(" in title:
        title = CITED.sub(" erratum", ABOUT.sub(_unless_first, title))
    if title[:14].lstrip("[\"' ").lower().startswith(("retracted", "withdrawn")):
        title = RETRACTED.sub("", title)
    title = _without_language(title)
    folded = fold(title).replace("'", "").replace("’", "")
    return " ".join([NUMBER_WORDS.get(word, word) for word in WORD.findall(folded)])


def _unless_first(note: re.Match[str]) -> str:
    """A title that is itself in brackets, because it is translated, is no note."""
    return note[0] if note.start() < FIRST else " "


def _without_language(title: str) -> str:
    """Without the language that some databases put behind a translated title."""
    tail = TAIL.search(title[-16:])
    if tail and tail[1].lower() in LANGUAGES and len(title) > 16:  # noqa: PLR2004 - one tail
        return title[: len(title) - len(tail[0])] if len(tail[0]) < len(title) else title
    return title
