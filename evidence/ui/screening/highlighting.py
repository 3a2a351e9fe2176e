"""A review's terms marked in text, as the screening deck marks them."""

import html
import re
from collections.abc import Sequence
from functools import lru_cache

STYLE = """<style>
.marked { overflow-wrap: anywhere; max-width: 75ch; }
.marked p { margin: 0 0 .6rem; white-space: pre-line; }
.marked .small { opacity: .85; font-size: .9rem; }
.marked mark { color: inherit; border-radius: .15em; padding: 0 .1em; }
.marked mark.include { background: color-mix(in srgb, #0072b2 28%, transparent);
  border-bottom: 2px solid #0072b2; }
.marked mark.exclude { background: color-mix(in srgb, #e69f00 32%, transparent);
  border-bottom: 2px dashed #b36b00; }
</style>"""
TITLES = {"include": "Speaks for inclusion", "exclude": "Speaks for exclusion"}


def marked(text: str, include: Sequence[str], exclude: Sequence[str]) -> str:
    """Text as HTML with its terms marked; everything in it is escaped.

    Whole words are marked; `*` at the end of a term stands for any ending. Where terms overlap the
    first counts, and of two that begin at one place the longer.
    """
    spans = sorted(
        (hit.start(), -hit.end(), kind)
        for kind, terms in (("include", include), ("exclude", exclude))
        if (pattern := _pattern(tuple(terms)))
        for hit in pattern.finditer(text)
    )
    parts, end = [], 0
    for start, negative, kind in spans:
        if start < end:
            continue
        parts.append(html.escape(text[end:start]))
        end = -negative
        word = html.escape(text[start:end])
        parts.append(f'<mark class="{kind}" title="{TITLES[kind]}">{word}</mark>')
    return "".join([*parts, html.escape(text[end:])])


@lru_cache(maxsize=64)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str] | None:
    longest_first = sorted((term for term in terms if term.strip("* ")), key=len, reverse=True)
    if not longest_first:
        return None
    words = "|".join(_term_pattern(term) for term in longest_first)
    return re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])", re.IGNORECASE)


def _term_pattern(term: str) -> str:
    stem = r"\s+".join(re.escape(word) for word in term.removesuffix("*").split())
    return stem + (r"[^\W_]*" if term.endswith("*") else "")
