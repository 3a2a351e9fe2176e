"""What changed on a map since an earlier document of it: studies added, recoded and removed.

Both documents stand for themselves, so a scheme that changed in between does no harm: codes are
compared by their ids, and told by the labels that each document has for them. Findings have no ids
there; of those that differ, two with the same codes on the axes are the same one, changed.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from evidence.synthesis.public_map import Document, without_abstracts

_AXIS = "axis:"
_OF_FINDINGS = "finding"
_DETAILS = ("measure", "time", "n", "effect", "quotation", "note")

Code = tuple[str, str]
"""Ids of a dimension and of a heading of it."""
Text = tuple[str, str, str]
"""Id of a dimension, the question, and what a coding says there in words."""


@dataclass(frozen=True, slots=True)
class MapFinding:
    """A finding as a document has it.

    Attributes:
        codes: on dimensions of findings.
        details: name and value of what else is said of it, where anything is.
    """

    codes: frozenset[Code]
    details: tuple[tuple[str, str], ...]

    @property
    def place(self) -> frozenset[Code]:
        """Its codes on the axes: what it is a finding on."""
        return frozenset(code for code in self.codes if code[0].startswith(_AXIS))


@dataclass(frozen=True, slots=True, kw_only=True)
class MapStudy:
    """What a document says of one study.

    Attributes:
        described: label, year and reports, without abstracts, by what each is.
    """

    codes: frozenset[Code]
    findings: tuple[MapFinding, ...]
    texts: frozenset[Text]
    described: tuple[tuple[str, str], ...]

    @property
    def coding(self) -> tuple[frozenset[Code], Counter[MapFinding], frozenset[Text]]:
        """What somebody coded; the order of findings says nothing."""
        return self.codes, Counter(self.findings), self.texts


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyChanges:
    """How the coding of a study differs.

    Attributes:
        gained, lost: codes about the study.
        found, dropped: findings that are there now only, or were there only.
        changed: findings on the same that say something else: as they were, as they are.
        said, unsaid: texts that are there now only, or were there only.
    """

    study: int
    gained: frozenset[Code]
    lost: frozenset[Code]
    found: tuple[MapFinding, ...]
    dropped: tuple[MapFinding, ...]
    changed: tuple[tuple[MapFinding, MapFinding], ...]
    said: frozenset[Text]
    unsaid: frozenset[Text]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapChanges:
    """What differs between two documents of a map; ids of studies, in the order of their document.

    Attributes:
        corrected: studies whose label, year or reports differ, whether or not they are recoded.
    """

    added: tuple[int, ...]
    removed: tuple[int, ...]
    recoded: tuple[StudyChanges, ...]
    corrected: tuple[int, ...]


def map_studies(document: Document) -> dict[int, MapStudy]:
    """What a document says of each study, by its id."""
    studies, ids = document["studies"], document["studies"]["id"]
    findings: list[list[MapFinding]] = [[] for _ in ids]
    for at, (study, codes) in enumerate(
        zip(document["findings"]["study"], _codes(document, of_findings=True), strict=True)
    ):
        findings[study].append(MapFinding(codes, _details(document, at)))
    texts: list[set[Text]] = [set() for _ in ids]
    for study, *text in _notes(document):
        texts[study].add((text[0], text[1], text[2]))
    return {
        study: MapStudy(
            codes=codes,
            findings=tuple(findings[at]),
            texts=frozenset(texts[at]),
            described=_described(studies, at),
        )
        for at, (study, codes) in enumerate(
            zip(ids, _codes(document, of_findings=False), strict=True)
        )
    }


def changes(before: Document, now: Document, aside: Collection[int] = ()) -> MapChanges:
    """What changed from one document of a map to another.

    Args:
        before: the earlier one.
        now: the later one, with the same long texts.
        aside: ids of studies of which nothing is told, because one of the two hides them.
    """
    old, new = (
        {study: each for study, each in map_studies(document).items() if study not in aside}
        for document in (before, now)
    )
    both = [study for study in new if study in old]
    return MapChanges(
        added=tuple(study for study in new if study not in old),
        removed=tuple(study for study in old if study not in new),
        recoded=tuple(
            _study_changes(study, old[study], new[study])
            for study in both
            if old[study].coding != new[study].coding
        ),
        corrected=tuple(study for study in both if old[study].described != new[study].described),
    )


def _study_changes(study: int, old: MapStudy, new: MapStudy) -> StudyChanges:
    dropped, found, changed = _pairs(
        list((Counter(old.findings) - Counter(new.findings)).elements()),
        list((Counter(new.findings) - Counter(old.findings)).elements()),
    )
    return StudyChanges(
        study=study,
        gained=new.codes - old.codes,
        lost=old.codes - new.codes,
        found=found,
        dropped=dropped,
        changed=changed,
        said=new.texts - old.texts,
        unsaid=old.texts - new.texts,
    )


def _pairs(
    old: Sequence[MapFinding], new: Sequence[MapFinding]
) -> tuple[
    tuple[MapFinding, ...], tuple[MapFinding, ...], tuple[tuple[MapFinding, MapFinding], ...]
]:
    """Findings that were dropped, that were found, and those on the same that changed."""
    places: defaultdict[frozenset[Code], tuple[list[MapFinding], list[MapFinding]]]
    places = defaultdict(lambda: ([], []))
    for side, findings in enumerate((old, new)):
        for finding in findings:
            places[finding.place][side].append(finding)
    pairs = [pair for sides in places.values() for pair in zip_longest(*sides)]
    return (
        tuple(was for was, is_now in pairs if was and is_now is None),
        tuple(is_now for was, is_now in pairs if is_now and was is None),
        tuple((was, is_now) for was, is_now in pairs if was and is_now),
    )


# ── what a document says of each study ────────────────────────────────────────────────────────────


def _codes(document: Document, *, of_findings: bool) -> list[frozenset[Code]]:
    """Of each study, or of each finding, its codes on all dimensions."""
    units = document["findings"]["study"] if of_findings else document["studies"]["id"]
    codes: list[set[Code]] = [set() for _ in units]
    for dimension in document["dimensions"]:
        if (dimension["of"] == _OF_FINDINGS) is of_findings:
            name, ids = dimension["id"], dimension["headings"]["id"]
            for unit, ticked in zip(codes, dimension["codes"], strict=True):
                for position in ticked if isinstance(ticked, list) else (ticked,):
                    if position >= 0:
                        unit.add((name, ids[position]))
    return [frozenset(unit) for unit in codes]


def _details(document: Document, at: int) -> tuple[tuple[str, str], ...]:
    columns = document["findings"]
    values = ((name, columns[name][at]) for name in _DETAILS if name in columns)
    return tuple((name, _detail(name, value)) for name, value in values if value)


def _detail(name: str, value: Any) -> str:
    if name == "n":
        return " and ".join("?" if people is None else str(people) for people in value)
    return str(value)


def _notes(document: Document) -> Iterator[tuple[Any, ...]]:
    notes = document.get("notes")
    if notes:
        names = ("study", "dimension", "question", "text")
        yield from zip(*(notes[name] for name in names), strict=True)


def _described(studies: Mapping[str, Any], at: int) -> tuple[tuple[str, str], ...]:
    reports = (_in_one_line(each) for each in without_abstracts(studies["reports"][at]))
    year = studies["year"][at]
    return (
        ("Label", studies["label"][at]),
        ("Year", "" if year is None else str(year)),
        ("Reports", " | ".join(reports)),
    )


def _in_one_line(report: Mapping[str, Any]) -> str:
    values = ("; ".join(each) if isinstance(each, list) else str(each) for each in report.values())
    return " · ".join(values)
