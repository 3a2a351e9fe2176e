"""What of the document of a map is given out: without studies, dimensions, fields or texts that
stay here.

Each function gives another document and leaves the one it was given as it is. That a study is a
review, or is ongoing, stays told where the codes that say so go: else the map would count reviews
as primary studies. How studies were judged goes with the judgements.
"""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import Any

from evidence.coding.scheme import Axis, Of, OptionRole
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.map_address import from_address, to_address
from evidence.synthesis.map_cells import ROLES, Roles
from evidence.synthesis.map_document import Json, LongTexts, sealed
from evidence.synthesis.practice.practice_map import places_in, without_names

Document = Mapping[str, Any]
"""As docs/decisions/map.md describes it."""

_OF_FINDINGS = "finding"
_LINKS = {"doi", "link"}


class PublicField(StrEnum):
    """What is known of publications, and may stay here.

    AUTHORS: names in the reports, and the names of studies, which are made of them.
    LINKS: digital object identifiers and addresses.
    """

    AUTHORS = "authors"
    LINKS = "links"


class PublicServices(StrEnum):
    """What readers get of the services of a map.

    NONE: nothing, not even that there are some.
    UNNAMED: areas and answers, without what services are called and who runs them.
    NAMED: these, too.
    """

    NONE = "none"
    UNNAMED = "unnamed"
    NAMED = "named"


def document_dimensions(document: Document) -> tuple[Dimension, ...]:
    """What a document can be sorted by; no heading covers those below it, so nothing is counted."""
    return tuple(
        Dimension(
            id=each["id"],
            title=each["title"],
            of=Of(each["of"]),
            axis=Axis(each["axis"]) if each["axis"] else None,
            headings=tuple(
                Heading(id=code, label=label, depth=depth, covers=frozenset({code}))
                for code, label, depth in zip(
                    *(each["headings"][name] for name in ("id", "label", "depth")), strict=True
                )
            ),
        )
        for each in document["dimensions"]
    )


def since_of(document: Document) -> int | None:
    """The number of the version since which a document tells what changed, where it does."""
    return int(document["since"]["number"]) if "since" in document else None


def without_dimensions(document: Document, hidden: Collection[str]) -> Json:
    """The document without dimensions, their notes, marked cells and codes that are not listed.

    Where no judgement of high quality is left, no cell is a synthesis gap: which reviews are of
    high quality is not told any more.

    Args:
        document: of a map.
        hidden: ids of dimensions.
    """
    if not hidden:
        return dict(document)
    gaps = document["gaps"]
    marks = [mark for mark in gaps["not_applicable"] if not {mark[0], mark[2]} & set(hidden)]
    left = [each for each in document["dimensions"] if each["id"] not in hidden]
    is_judged = [_has_role(of, OptionRole.HIGH_QUALITY) for of in (document["dimensions"], left)]
    several = 0 if is_judged == [True, False] else gaps["several"]
    studies = document["studies"]
    return sealed(
        {
            **document,
            "dimensions": left,
            "studies": {**studies, "roles": _roles_left(studies["roles"], left)},
            "gaps": {**gaps, "not_applicable": marks, "several": several},
            "strays": [stray for stray in document["strays"] if stray[0] not in hidden],
            **_notes(document, [of not in hidden for of in _notes_of(document, "dimension")]),
            **_practice_without_joins(document, hidden),
        }
    )


def with_services(document: Document, services: PublicServices) -> Json:
    """The document with so much of its services; it may have none."""
    if "practice" not in document or services is PublicServices.NAMED:
        return dict(document)
    left = {name: part for name, part in document.items() if name != "practice"}
    if services is PublicServices.UNNAMED:
        left["practice"] = without_names(document["practice"])
    return sealed(left)


def _practice_without_joins(document: Document, hidden: Collection[str]) -> Json:
    """The services without joins to questions that stay out."""
    if "practice" not in document:
        return {}
    practice = document["practice"]
    joins = [join for join in practice["joins"] if join["of_studies"] not in hidden]
    return {"practice": {**practice, "joins": joins}}


def without_fields(document: Document, fields: Collection[PublicField]) -> Json:
    """The document without what is known of publications; without authors, studies are numbered."""
    studies = document["studies"]
    gone: set[str] = _LINKS if PublicField.LINKS in fields else set()
    changed = {**studies}
    if PublicField.AUTHORS in fields:
        gone = gone | {"authors"}
        changed["label"] = [f"Study {study}" for study in studies["id"]]
    changed["reports"] = [
        [{name: value for name, value in each.items() if name not in gone} for each in of]
        for of in studies["reports"]
    ]
    return sealed({**document, "studies": changed})


def _has_role(dimensions: Iterable[Mapping[str, Any]], role: OptionRole) -> bool:
    return any(role.value in each["headings"]["role"] for each in dimensions)


def _roles_left(roles: Iterable[int], left: Iterable[Mapping[str, Any]]) -> list[int]:
    """Roles of studies without judgements that none of the dimensions left tells."""
    of_study = [each for each in left if not _is_of_finding(each)]
    said = [_roles_of_headings(each["headings"]) for each in of_study]
    kept = []
    for study, all_roles in enumerate(roles):
        told = Roles.REVIEW | Roles.ONGOING
        for dimension, of_headings in zip(of_study, said, strict=True):
            codes = dimension["codes"][study]
            for code in [codes] if isinstance(codes, int) else codes:
                told |= of_headings[code] if code >= 0 else Roles.NONE
        kept.append(int(Roles(all_roles) & told))
    return kept


def _roles_of_headings(headings: Mapping[str, Any]) -> list[Roles]:
    """What each heading says, with those above it."""
    said: list[Roles] = []
    above: list[tuple[int, Roles]] = []
    for depth, role in zip(headings["depth"], headings["role"], strict=True):
        while above and above[-1][0] >= depth:
            above.pop()
        own = ROLES[OptionRole(role)] if role and OptionRole(role) in ROLES else Roles.NONE
        said.append(own | (above[-1][1] if above else Roles.NONE))
        above.append((depth, said[-1]))
    return said


def without_texts(document: Document, texts: LongTexts) -> Json:
    """The document with these long texts only, of those that it has."""
    changed: dict[str, Any] = {}
    if not texts.abstracts:
        studies = document["studies"]
        changed["studies"] = {
            **studies,
            "reports": [without_abstracts(of) for of in studies["reports"]],
        }
    if not texts.quotations:
        findings = document["findings"].items()
        changed["findings"] = {n: each for n, each in findings if n not in {"quotation", "note"}}
    left = document if texts.notes else {n: each for n, each in document.items() if n != "notes"}
    return sealed({**left, **changed})


def without_abstracts(reports: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Reports as they are cited."""
    return [{name: value for name, value in each.items() if name != "abstract"} for each in reports]


def without_studies(document: Document, ids: Collection[int]) -> Json:
    """The document without studies and all that it says of them.

    Codes that the scheme does not list any more go as a whole: they are only counted, and so cannot
    be told apart.
    """
    studies = document["studies"]
    kept = [study not in ids for study in studies["id"]]
    if all(kept):
        return dict(document)
    of_finding = [kept[study] for study in document["findings"]["study"]]
    positions = {
        old: new for new, old in enumerate(at for at, is_kept in enumerate(kept) if is_kept)
    }
    moved: dict[str, Any] = {
        "studies": {name: _kept(column, kept) for name, column in studies.items()},
        "findings": {n: _kept(column, of_finding) for n, column in document["findings"].items()},
        "dimensions": [
            {**each, "codes": _kept(each["codes"], of_finding if _is_of_finding(each) else kept)}
            for each in document["dimensions"]
        ],
        "strays": [],
        **_notes(document, [kept[study] for study in _notes_of(document, "study")]),
    }
    for part in (moved["findings"], moved.get("notes", {"study": []})):
        part["study"] = [positions[study] for study in part["study"]]
    dimensions = document_dimensions(document)
    ids, since = moved["studies"]["id"], since_of(document)
    view = from_address(document["view"], dimensions, ids, since, places_in(document))
    return sealed({**document, **moved, "view": to_address(view.view)})


def _is_of_finding(dimension: Mapping[str, Any]) -> bool:
    return bool(dimension["of"] == _OF_FINDINGS)


def _kept(column: Iterable[Any], kept: Iterable[bool]) -> list[Any]:
    return [each for each, is_kept in zip(column, kept, strict=True) if is_kept]


def _notes_of(document: Document, column: str) -> list[Any]:
    return list(document["notes"][column]) if "notes" in document else []


def _notes(document: Document, kept: list[bool]) -> dict[str, dict[str, list[Any]]]:
    if "notes" not in document:
        return {}
    return {"notes": {name: _kept(column, kept) for name, column in document["notes"].items()}}
