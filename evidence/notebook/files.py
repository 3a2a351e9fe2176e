"""Citation files as tables."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import pandas as pd

from evidence import deduplication as rules
from evidence.citations.record import Name, Reference
from evidence.steps.jobs import processes
from evidence.steps.records import without_review

_PEOPLE = frozenset({"authors", "editors"})
_LISTS = _PEOPLE | {"keywords", "urls", "issn", "isbn", "notes"}
FIELDS = tuple(field.name for field in fields(Reference))
"""The columns that describe a publication; what each holds, Reference says."""


def read(*paths: str | Path) -> pd.DataFrame:
    """Read citation files of any database, each entry of each file.

    Args:
        paths: RIS, BibTeX, PubMed, EndNote, Ovid, Web of Science, CSV, Excel, EPPI-Reviewer, ...

    Returns:
        A row for each record, in the order of the files: `file`, `line` (where it begins, from 1),
        `key` (its own in the file) and the fields of a publication: texts that are empty where the
        file does not say, `year` as a whole number or missing, and lists of texts for `authors`,
        `editors` ("Family, Given"), `keywords`, `urls`, `issn`, `isbn`, `notes`. `.attrs` has
        `seen` and `lost` (entries; seen = rows + lost), and `problems`, each with file and line.

    >>> records = read("data/example/imports/pubmed.ris", "data/example/imports/publishers.bib")
    >>> len(records), records.attrs["lost"]
    (20, 0)
    >>> records.loc[0, "title"]
    'The New Hampshire study of supported employment for people with severe mental illness'
    """
    readings = list(without_review.read([Path(path) for path in paths]))
    rows = [
        {"file": reading.file, "line": record.line, "key": record.key, **_row(record.reference)}
        for reading in readings
        for record in reading.records
    ]
    frame = pd.DataFrame(rows, columns=["file", "line", "key", *FIELDS])
    frame["year"] = frame["year"].astype("Int64")
    frame.attrs = {
        "seen": sum(reading.seen for reading in readings),
        "lost": sum(reading.lost for reading in readings),
        "problems": [str(problem) for reading in readings for problem in reading.problems],
    }
    return frame


def dedupe(records: pd.DataFrame, workers: int = 1) -> pd.DataFrame:
    """Find which records are one publication, and put each publication together from its records.

    Args:
        records: as `read` gives them; any column of a publication may be missing, others stay out.
        workers: processes; 0 means one for each core.

    Returns:
        A row for each publication, in the order of its first record, with the fullest value of each
        field, and `records`: the index labels of its records. `.attrs["possible"]` has the pairs
        that a person should look at: index labels of the publications `a` and `b`, and a `reason`.

    >>> records = read("data/example/imports/pubmed.ris", "data/example/imports/scie-digest.ris")
    >>> works = dedupe(records)
    >>> len(records), len(works), works.loc[0, "records"]
    (15, 14, [0, 11])
    """
    references = references_of(records)
    with processes(len(references), workers) as executor:
        numbers = list(range(len(references)))
        found = rules.find(rules.from_references(references), ids=numbers, executor=executor)
    members = found.works(range(len(references)))
    labels = list(records.index)
    works = pd.DataFrame(
        [
            {"records": [labels[at] for at in ids]}
            | _row(rules.merge([references[at] for at in ids]).reference)
            for ids in members
        ],
        columns=["records", *FIELDS],
    )
    works["year"] = works["year"].astype("Int64")
    possible = [(a, b, verdict.reason) for a, b, verdict in found.possible_works(members)]
    works.attrs["possible"] = pd.DataFrame(possible, columns=["a", "b", "reason"])
    return works


def references_of(frame: pd.DataFrame) -> list[Reference]:
    """The publications that the rows of a table describe."""
    names = [name for name in FIELDS if name in frame.columns]
    columns: Iterable[Sequence[Any]] = (frame[name].tolist() for name in names)
    return [
        Reference(**{name: _value(name, cell) for name, cell in zip(names, cells, strict=True)})
        for cells in zip(*columns, strict=True)
    ]


def _row(reference: Reference) -> dict[str, Any]:
    return {name: _cell(name, getattr(reference, name)) for name in FIELDS}


def _cell(name: str, value: Any) -> Any:
    if name in _PEOPLE:
        return [str(person) for person in value]
    return list(value) if name in _LISTS else value


def _value(name: str, cell: Any) -> Any:
    """What a cell says, in the form of a reference; a single text where a list is meant is one."""
    if name in _LISTS:
        texts = cell if isinstance(cell, list | tuple) else [cell] if isinstance(cell, str) else []
        return tuple(_person(text) if name in _PEOPLE else str(text) for text in texts if text)
    if pd.isna(cell):
        return None if name == "year" else ""
    return int(cell) if name == "year" else str(cell)


def _person(text: str) -> Name:
    family, _, given = str(text).partition(", ")
    return Name(family, given)
