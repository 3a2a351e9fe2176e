"""What changed on a map, in words for people, as its document tells them (map_changes.py).

Labels are those that each document has, so that a question or heading that is gone is still named.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from evidence.synthesis.changes.map_changes import (
    Code,
    MapFinding,
    StudyChanges,
    Text,
    changes,
    map_studies,
)
from evidence.synthesis.map_document import Json, sealed
from evidence.synthesis.public_map import Document, without_abstracts

_INTERVENTION, _OUTCOME = "axis:intervention", "axis:outcome"

ChangeLine = tuple[str, str, str]
"""What is told of, what it was, and what it is now; "" where there was or is none."""


def with_changes(now: Document, before: Document, aside: Collection[int] = ()) -> Json:
    """The document with `since`: what changed since an earlier one, a version that says so.

    Args:
        now: the document.
        before: of a version, with `frozen`.
        aside: as for `changes`.
    """
    differing = changes(before, now, aside)
    at = {study: position for position, study in enumerate(now["studies"]["id"])}
    words = _Words(before), _Words(now)
    since = {
        **before["frozen"],
        "studies": len(before["studies"]["id"]),
        "added": [at[study] for study in differing.added],
        "recoded": [at[each.study] for each in differing.recoded],
        "changes": [[list(line) for line in _lines(each, *words)] for each in differing.recoded],
        "corrected": [at[study] for study in differing.corrected],
        "corrections": _corrections(before, now, differing.corrected),
        "removed": _removed(before, differing.removed),
        "scheme": [list(line) for line in scheme_lines(before, now)],
    }
    return sealed({**now, "since": since})


def scheme_lines(before: Document, now: Document) -> Iterator[ChangeLine]:
    """Questions and headings that are new, gone or called something else."""
    old, new = ({each["id"]: each for each in document["dimensions"]} for document in (before, now))
    for dimension in _both(old, new):
        was, is_now = (_title(side.get(dimension)) for side in (old, new))
        if was != is_now:
            yield "Question", was, is_now
        if dimension in old and dimension in new:
            labels = [_labels(each[dimension]) for each in (old, new)]
            for heading in _both(*labels):
                was_called, is_called = (side.get(heading, "") for side in labels)
                if was_called != is_called:
                    yield is_now, was_called, is_called


def _both(old: Iterable[str], new: Iterable[str]) -> list[str]:
    return list(dict.fromkeys((*new, *old)))


def _title(dimension: Mapping[str, Any] | None) -> str:
    return str(dimension["title"]) if dimension else ""


class _Words:
    """The titles and labels of a document."""

    def __init__(self, document: Document) -> None:
        self.titles = {each["id"]: str(each["title"]) for each in document["dimensions"]}
        self.paths = {each["id"]: _paths(each) for each in document["dimensions"]}

    def labels(self, codes: Iterable[Code]) -> str:
        """Headings in the order of the document."""
        listed = set(codes)
        return "; ".join(
            path
            for dimension, paths in self.paths.items()
            for heading, path in paths.items()
            if (dimension, heading) in listed
        )

    def of_finding(self, finding: MapFinding) -> str:
        """“IPS → Hope · Between groups · Better · 12 months”."""
        return " · ".join(filter(None, [self.on(finding), *self.parts(finding).values()]))

    def on(self, finding: MapFinding) -> str:
        """“IPS → Hope”."""
        on = (
            self.labels(code for code in finding.place if code[0] == dimension)
            for dimension in (_INTERVENTION, _OUTCOME)
        )
        return " → ".join(filter(None, on))

    def parts(self, finding: MapFinding) -> dict[str, str]:
        """What a finding says beside what it is on, by dimension or name."""
        codes: defaultdict[str, list[Code]] = defaultdict(list)
        for code in finding.codes:
            codes[code[0]].append(code)
        coded = {name: self.labels(codes[name]) for name in self.titles if name in codes}
        for name in (_INTERVENTION, _OUTCOME):
            coded.pop(name, None)
        return coded | {n: f"n {text}" if n == "n" else text for n, text in finding.details}


def _labels(dimension: Mapping[str, Any]) -> dict[str, str]:
    headings = dimension["headings"]
    named = zip(headings["id"], headings["label"], strict=True)
    return {code: label or code for code, label in named}


def _paths(dimension: Mapping[str, Any]) -> dict[str, str]:
    """By id of a heading, its label behind those above it."""
    headings, above = dimension["headings"], list[str]()
    paths: dict[str, str] = {}
    for code, label, depth in zip(
        headings["id"], headings["label"], headings["depth"], strict=True
    ):
        above[depth:] = [label or code]
        paths.setdefault(code, " › ".join(above))
    return paths


def _lines(each: StudyChanges, old: _Words, new: _Words) -> Iterator[ChangeLine]:
    """What was and is now, for people."""
    for dimension in _both(old.titles, new.titles):
        lost, gained = ([c for c in side if c[0] == dimension] for side in (each.lost, each.gained))
        if lost or gained:
            title = new.titles.get(dimension) or old.titles[dimension]
            yield title, old.labels(lost), new.labels(gained)
    for was, is_now in each.changed:
        before, now = old.parts(was), new.parts(is_now)
        names = [name for name in _both(before, now) if before.get(name) != now.get(name)]
        was_said, is_said = (
            " · ".join(filter(None, map(side.get, names))) for side in (before, now)
        )
        yield f"Finding on {new.on(is_now) or 'nothing that is listed'}", was_said, is_said
    for finding in each.dropped:
        yield "Finding", old.of_finding(finding), ""
    for finding in each.found:
        yield "Finding", "", new.of_finding(finding)
    questions = {text[:2] for text in (*each.said, *each.unsaid)}
    for question in sorted(questions):
        unsaid, said = (_said(side, question) for side in (each.unsaid, each.said))
        yield question[1], unsaid, said


def _said(texts: Iterable[Text], question: tuple[str, str]) -> str:
    return "; ".join(sorted(text for *of, text in texts if tuple(of) == question))


def _corrections(
    before: Document, now: Document, corrected: Collection[int]
) -> list[list[list[str]]]:
    """Of each study, what of its label, year and reports was and is now."""
    old, new = map_studies(before), map_studies(now)
    return [
        [
            [what, was, is_now]
            for (what, was), (_, is_now) in zip(
                old[study].described, new[study].described, strict=True
            )
            if was != is_now
        ]
        for study in corrected
    ]


def _removed(before: Document, ids: Collection[int]) -> list[Json]:
    studies = before["studies"]
    return [
        {
            "id": study,
            "label": studies["label"][at],
            "year": studies["year"][at],
            "reports": without_abstracts(studies["reports"][at]),
        }
        for at, study in enumerate(studies["id"])
        if study in ids
    ]
