"""The document of a map: everything that its viewer draws and counts, as columns of JSON.

The app gives it out under an own address, and a file that people take away holds it whole
(docs/decisions/map.md). It has what was coded, and so the viewer counts by itself; crosstab.py is
what its numbers are held against.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from evidence.coding.findings import Finding
from evidence.coding.scheme import Of
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.direction_rules import USUAL, DirectionRules
from evidence.synthesis.map_address import to_address
from evidence.synthesis.map_cells import Gaps, roles_of
from evidence.synthesis.map_search.folded_texts import folded
from evidence.synthesis.map_search.search_terms import TextField
from evidence.synthesis.map_view import MapView
from evidence.synthesis.practice.practice_map import PracticeMap, practice_document
from evidence.synthesis.studies import CodedStudy

FORMAT = "waymark-map 1"
UNCODED = -1
"""Stands where a study or finding has no code that the dimension lists."""
VERSION_DIGITS = 20
_OF_SEAL = ("format", "version")

Json = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapReport:
    """A publication of a study, as it is cited.

    Attributes:
        link: an address, where there is no DOI.
        type: as evidence/citations/types.py has it.
    """

    title: str
    type: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    link: str = ""
    abstract: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapNote:
    """What a coding says of a study in words.

    Attributes:
        study: its id.
        question: as people read it.
        dimension: id of the question's dimension, whether or not it has options.
    """

    study: int
    question: str
    text: str
    dimension: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapAbout:
    """What readers of a map must know of the review; any of it may be empty.

    Attributes:
        searches: database and date of each.
        coding: how the studies were coded, and by how many.
        next_update: when the next one is planned.
    """

    question: str = ""
    criteria: str = ""
    searches: tuple[tuple[str, str], ...] = ()
    coding: str = ""
    licence: str = ""
    citation: str = ""
    contact: str = ""
    next_update: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapContent:
    """What a document is made of.

    Attributes:
        caption: what the map rests on.
        searched_to: date of the last search, as YYYY-MM-DD.
        dimensions: what readers can sort, divide and filter by.
        reports: by study, the main one first.
        effects: gives the effect of a finding in words, "" where there is none.
        view: what the map begins with.
        rules: how directions are read.
        practice: services beside the studies; None where the review has none to show.
    """

    title: str
    studies: tuple[CodedStudy, ...]
    dimensions: tuple[Dimension, ...]
    view: MapView
    caption: str = ""
    searched_to: str = ""
    about: MapAbout = field(default_factory=MapAbout)
    reports: Mapping[int, tuple[MapReport, ...]] = field(default_factory=dict)
    effects: Callable[[Finding], str] = lambda _: ""
    notes: tuple[MapNote, ...] = ()
    gaps: Gaps = field(default_factory=Gaps)
    rules: DirectionRules = USUAL
    practice: PracticeMap | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LongTexts:
    """Which long texts a document has beside what was coded; each makes it larger."""

    abstracts: bool = False
    quotations: bool = False
    notes: bool = False


ALL_TEXTS = LongTexts(abstracts=True, quotations=True, notes=True)


def map_document(content: MapContent, texts: LongTexts = ALL_TEXTS) -> Json:
    """The document, ready for `as_json`; the same content always gives the same."""
    findings = [(i, finding) for i, s in enumerate(content.studies) for finding in s.findings]
    document: Json = {
        "format": FORMAT,
        "title": content.title,
        "caption": content.caption,
        "searched_to": content.searched_to,
        "about": _about(content.about),
        "dimensions": [_dimension(d, content.studies) for d in content.dimensions],
        "studies": _studies(content, texts),
        "findings": _findings(findings, content, texts),
        "gaps": {
            "few": content.gaps.few,
            "several": content.gaps.several,
            "recent_since": content.gaps.recent_since,
            "not_applicable": [list(marked) for marked in content.gaps.not_applicable],
        },
        "directions": {
            "count_no_change": content.rules.count_no_change,
            "agree_percent": content.rules.agree_percent,
        },
        "strays": [s for d in content.dimensions for s in _strays(d, content.studies)],
        "view": to_address(content.view),
    }
    if texts.notes and content.notes:
        document["notes"] = _notes(content)
    if content.practice is not None:
        document["practice"] = practice_document(content.practice)
    return sealed(document)


def sealed(document: Json) -> Json:
    """The document with the version that follows from all else that is in it."""
    rest = {name: part for name, part in document.items() if name not in _OF_SEAL}
    whole = {"format": document["format"], **rest}
    digest = hashlib.sha256(as_json(whole).encode()).hexdigest()
    return {"format": document["format"], "version": digest[:VERSION_DIGITS], **rest}


def as_json(document: Json) -> str:
    """The document as text, without needless blanks."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def words_of(content: MapContent, texts: LongTexts = ALL_TEXTS) -> dict[int, str]:
    """By study, all texts of the document in which words are looked for, folded."""
    by_field = texts_of(content, texts)
    return {
        study: folded("\n".join(text for field in fields.values() for text in field))
        for study, fields in by_field.items()
    }


def texts_of(
    content: MapContent, texts: LongTexts = ALL_TEXTS
) -> dict[int, dict[TextField, list[str]]]:
    """By study and field, the texts of the document in which a search looks for words."""
    of_study: dict[int, dict[TextField, list[str]]] = {}
    for study in content.studies:
        fields: dict[TextField, list[str]] = {each: [] for each in TextField}
        fields[TextField.STUDY].append(study.label)
        for report in content.reports.get(study.id, ()):
            fields[TextField.TITLE].append(report.title)
            fields[TextField.AUTHOR] += report.authors
            fields[TextField.JOURNAL].append(report.journal)
            fields[TextField.ABSTRACT] += [report.abstract] if texts.abstracts else []
        for finding in study.findings if texts.quotations else ():
            fields[TextField.QUOTATION].append(finding.quotation)
            fields[TextField.NOTE].append(finding.note)
        of_study[study.id] = fields
    for note in content.notes if texts.notes else ():
        if note.study in of_study:
            of_study[note.study][TextField.NOTE].append(note.text)
    return of_study


def _about(about: MapAbout) -> Json:
    return {
        "question": about.question,
        "criteria": about.criteria,
        "searches": [list(search) for search in about.searches],
        "coding": about.coding,
        "licence": about.licence,
        "citation": about.citation,
        "contact": about.contact,
        "next_update": about.next_update,
    }


def _dimension(dimension: Dimension, studies: Sequence[CodedStudy]) -> Json:
    headings = dimension.headings
    # Of the headings that cover a code the last in reading order is the closest.
    positions = {code: i for i, heading in enumerate(headings) for code in heading.covers}
    if dimension.of is Of.STUDY:
        ticked = [dimension.codes(study) for study in studies]
    else:
        ticked = [dimension.codes(study, f) for study in studies for f in study.findings]
    return {
        "id": dimension.id,
        "title": dimension.title,
        "of": dimension.of.value,
        "axis": dimension.axis.value if dimension.axis else None,
        "headings": {
            "id": [heading.id for heading in headings],
            "label": [heading.label for heading in headings],
            "depth": [heading.depth for heading in headings],
            "help": [heading.help for heading in headings],
            "role": [heading.role.value if heading.role else "" for heading in headings],
        },
        "codes": [_positions(codes, positions) for codes in ticked],
    }


def _positions(codes: frozenset[str], positions: Mapping[str, int]) -> int | list[int]:
    listed = sorted({positions[code] for code in codes if code in positions})
    if len(listed) > 1:
        return listed
    return listed[0] if listed else UNCODED


def _studies(content: MapContent, texts: LongTexts) -> Json:
    studies = content.studies
    return {
        "id": [study.id for study in studies],
        "label": [study.label for study in studies],
        "year": [study.year for study in studies],
        "roles": [int(roles_of(study, content.dimensions)) for study in studies],
        "reports": [
            [_report(report, texts) for report in content.reports.get(study.id, ())]
            for study in studies
        ],
    }


def _report(report: MapReport, texts: LongTexts) -> Json:
    fields: Json = {
        "title": report.title,
        "type": report.type,
        "authors": list(report.authors),
        "year": report.year,
        "journal": report.journal,
        "volume": report.volume,
        "issue": report.issue,
        "pages": report.pages,
        "doi": report.doi,
        "link": report.link,
        "abstract": report.abstract if texts.abstracts else "",
    }
    return {name: value for name, value in fields.items() if value not in ("", [], None)}


def _findings(
    findings: Sequence[tuple[int, Finding]], content: MapContent, texts: LongTexts
) -> Json:
    columns: Json = {
        "study": [position for position, _ in findings],
        "time": [finding.time for _, finding in findings],
        "measure": [finding.measure for _, finding in findings],
        "n": [_people(finding) for _, finding in findings],
        "effect": [content.effects(finding) for _, finding in findings],
    }
    if texts.quotations:
        columns["quotation"] = [finding.quotation for _, finding in findings]
        columns["note"] = [finding.note for _, finding in findings]
    return columns


def _people(finding: Finding) -> list[int | None] | None:
    people = [finding.n_intervention, finding.n_comparison]
    return people if people != [None, None] else None


def _notes(content: MapContent) -> Json:
    positions = {study.id: position for position, study in enumerate(content.studies)}
    notes = [note for note in content.notes if note.study in positions]
    return {
        "study": [positions[note.study] for note in notes],
        "dimension": [note.dimension for note in notes],
        "question": [note.question for note in notes],
        "text": [note.text for note in notes],
    }


def _strays(dimension: Dimension, studies: Sequence[CodedStudy]) -> list[list[object]]:
    """The codes that the dimension does not list, each with its number of studies."""
    listed = {code for heading in dimension.headings for code in heading.covers}
    counts: Counter[str] = Counter()
    for study in studies:
        units = (None,) if dimension.of is Of.STUDY else study.findings
        counts.update({code for unit in units for code in dimension.codes(study, unit)} - listed)
    return [[dimension.id, code, count] for code, count in sorted(counts.items())]
