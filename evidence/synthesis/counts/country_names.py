"""Names of countries and regions, as people write them.

countries.csv beside this module has the codes and short names of ISO 3166-1, other names of the
same countries, and, without a code, regions. Parts of the United Kingdom count as it.
"""

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from evidence.synthesis.map_search.folded_texts import whole_words

REGION = ""
"""The code of what names a region, or several countries."""
ENOUGH = 0.5
"""The share of codes that must name countries or regions for a question to be one of countries."""
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def country_name(code: str) -> str:
    """The short English name of a country, by its code of three small letters."""
    return _names()[code]


def all_countries() -> dict[str, str]:
    """The short English names of all countries by their codes, in the order of the names."""
    return dict(sorted(_names().items(), key=lambda named: _folded(named[1])))


def country_codes(labels_by_id: Mapping[str, str]) -> dict[str, str | None]:
    """What each code of a question names: a country, by its three small letters; REGION for a
    region or several countries; None for what is neither.

    Labels go first, in which a remark in brackets is left out where nothing is called so as a
    whole. Where at least half of the ids are those of countries, they speak for labels in other
    languages, too.

    Args:
        labels_by_id: of all codes of one question.
    """
    by_ids = sum(each in _names() for each in labels_by_id) >= ENOUGH * len(labels_by_id)
    named = {}
    for code_id, label in labels_by_id.items():
        texts = (_folded(text) for text in (label, _REMARK.sub(" ", label)))
        code = next((_codes()[text] for text in texts if text in _codes()), None)
        named[code_id] = code_id if code is None and by_ids and code_id in _names() else code
    return named


def names_countries(labels_by_id: Mapping[str, str]) -> bool:
    """Whether a question with these codes asks for countries: at least half of them name one, or a
    region.
    """
    named = country_codes(labels_by_id).values()
    return any(named) and sum(code is not None for code in named) >= ENOUGH * len(named)


def _folded(text: str) -> str:
    """A name as names are compared: without accents, capitals, signs and “the”."""
    words = whole_words(text.replace("&", " and "))
    return " ".join(words[1:] if words[:1] == ("the",) else words)


@cache
def _rows() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Code, name and other names of each country and region."""
    written = (
        files("evidence.synthesis.counts").joinpath("countries.csv").read_text(encoding="utf-8")
    )
    return tuple(
        (row["code"], row["name"], tuple(filter(None, row["other_names"].split("|"))))
        for row in csv.DictReader(written.splitlines())
    )


@cache
def _names() -> Mapping[str, str]:
    return {code: name for code, name, _ in _rows() if code}


@cache
def _codes() -> Mapping[str, str]:
    """The code of each name, folded; a name itself goes before another name of others."""
    codes = {code: code for code in _names()}
    codes |= {_folded(other): code for code, _, others in _rows() for other in others}
    return codes | {_folded(name): code for code, name, _ in _rows()}
