"""Identifiers in normal form: DOI, PMID, PMCID, ISSN, ISBN. Empty where the text holds none."""

import re
from collections.abc import Iterable
from urllib.parse import unquote

from evidence.citations.text import address

# The form is that of the DOI Handbook, 2.2: 10, a registrant's number, a slash, anything visible.
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d{1,9}){0,9}/\S{1,500}", re.ASCII)
_DOI_TAIL = ".,;:'\"“”’"
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}

# What publishers put around a DOI in the addresses of their pages.
_QUERY = re.compile(r"[?#&]|;jsessionid", re.IGNORECASE)
_VIEW = re.compile(
    r"(?:(?<=\d)v\d{1,2}(?=\.(?:full|abstract|pdf)))?"
    r"(?:[/.](?:full|abstract|abs|e?pdf|html?|fulltext|full-text|summary|meta|references|figures"
    r"|tables|download|citation|supplementary-material|suppl|pdfft|epub))+/?$|/$",
    re.IGNORECASE,
)
_NAMED_BY = re.compile(r"[?&#/](?:doi|id|uri)=(?=10\.)", re.IGNORECASE)

_PMID = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_PMID_NAMED = re.compile(
    r"(?:\bPMID:?|\bPUBMED(?:\s?ID)?:?|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)"
    r"\s?([1-9]\d{0,8})\b",
    re.IGNORECASE | re.ASCII,
)
_PMCID = re.compile(r"\bPMC\s?(\d{1,9})\b", re.IGNORECASE | re.ASCII)

_NOTED = re.IGNORECASE | re.ASCII | re.MULTILINE
_NOTED_DOI = re.compile(r"^[ \t]*DOI\b[ \t]{0,9}[:=]?[ \t]{0,9}((?:https?://|doi:|10\.).*)", _NOTED)
_NOTED_PMID = re.compile(r"^[ \t]*PMID\b[ \t]{0,9}[:=]?[ \t]{0,9}([1-9]\d{0,8})\b", _NOTED)
_ISSN = re.compile(r"(?<![\dXx-])(?:[eE]-?)?(\d{4})-?(\d{3}[\dXx])(?![\dXx-])", re.ASCII)
_NO_ISSN = "0000-0000"  # JSTOR, for works without one
_ISBN = re.compile(r"(?<![\d-])((?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx])(?![\d-])", re.ASCII)
_SHORTEST_ISBN = 10


def doi(text: str) -> str:
    """The first DOI in a text, in lower case (DOI names do not tell case apart)."""
    text = address(text)
    match = _DOI.search(unquote(text) if "%" in text else text)
    if match is None:
        return ""
    name = match[0]
    if "doi.org/" in text.lower():
        name = name.partition("?")[0].partition("#")[0]
    return _without_tail(name).lower()


def doi_of_address(text: str) -> str:
    """The DOI that stands in a web address, of a resolver or on a publisher's page."""
    if "10." not in text:
        return ""
    text = address(text)
    text = unquote(text) if "%" in text else text
    match = _DOI.search(_NAMED_BY.sub("/", text))
    if match is None:
        return ""
    name = _QUERY.split(match[0], maxsplit=1)[0]
    return _without_tail(_VIEW.sub("", name)).lower()


def pmid(text: str) -> str:
    """The PMID, where the text is nothing but one or names one ("PMID: 123")."""
    if _PMID.fullmatch(text.strip()):
        return text.strip()
    return pmid_named(text)


def pmid_named(text: str) -> str:
    """The PMID that a text names as such, or links to."""
    low = text.lower()
    match = _PMID_NAMED.search(text) if "pmid" in low or "pubmed" in low else None
    return match[1] if match else ""


def pmcid(text: str) -> str:
    """The first PMCID in a text, as `PMC` and digits."""
    match = _PMCID.search(text) if "pmc" in text.lower() else None
    return f"PMC{match[1]}" if match else ""


def noted_doi(text: str) -> str:
    """The DOI that a line of a note names at its start, as Zotero writes `DOI: 10.1000/1`."""
    match = _NOTED_DOI.search(text) if "10." in text else None
    return doi(match[1]) if match else ""


def noted_pmid(text: str) -> str:
    """The PMID that a line of a note names at its start."""
    match = _NOTED_PMID.search(text) if "PMID" in text or "pmid" in text else None
    return match[1] if match else ""


def issns(texts: Iterable[str]) -> tuple[str, ...]:
    """All ISSNs in the texts, as `1234-567X`, each once."""
    numbers = [f"{start}-{end.upper()}" for text in texts for start, end in _ISSN.findall(text)]
    return tuple([issn for issn in dict.fromkeys(numbers) if issn != _NO_ISSN])


def isbns(texts: Iterable[str]) -> tuple[str, ...]:
    """All ISBNs in the texts, of ten or thirteen digits, without hyphens, each once."""
    long_texts = [text for text in texts if len(text) >= _SHORTEST_ISBN]
    numbers = [
        re.sub(r"[- ]", "", number).upper() for text in long_texts for number in _ISBN.findall(text)
    ]
    return tuple(dict.fromkeys(numbers))


def _without_tail(name: str) -> str:
    """The DOI without the punctuation of the sentence around it; brackets that match are kept."""
    while name:
        last = name[-1]
        opening = _PAIRS.get(last)
        if last not in _DOI_TAIL and (opening is None or name.count(opening) >= name.count(last)):
            break
        name = name[:-1]
    return name
