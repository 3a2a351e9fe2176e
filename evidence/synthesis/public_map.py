"""What of the document of a map is given out: without studies, dimensions or texts that stay here.

Each function gives another document and leaves the one it was given as it is. What codes say of a
study as a whole (a review, ongoing, of low weight) stays counted where the codes themselves go.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from evidence.coding.scheme import Axis, Of
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.map_address import from_address, to_address
from evidence.synthesis.map_document import Json, LongTexts, sealed

Document = Mapping[str, Any]
"""As docs/decisions/map.md describes it."""

_OF_FINDINGS = "finding"


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

    Args:
        document: of a map.
        hidden: ids of dimensions.
    """
    gaps = document["gaps"]
    marks = [mark for mark in gaps["not_applicable"] if not {mark[0], mark[2]} & set(hidden)]
    return sealed(
        {
            **document,
            "dimensions": [each for each in document["dimensions"] if each["id"] not in hidden],
            "gaps": {**gaps, "not_applicable": marks},
            "strays": [stray for stray in document["strays"] if stray[0] not in hidden],
            **_notes(document, [of not in hidden for of in _notes_of(document, "dimension")]),
        }
    )


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
    view = from_address(document["view"], dimensions, moved["studies"]["id"], since_of(document))
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
