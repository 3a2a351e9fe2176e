"""Where values hold numbers of rows that no foreign key shows, and how they are given new ones.

Every column of JSON or bytes is declared here: in NUMBERS, where it holds such numbers, or in
WITHOUT_NUMBERS. A test compares both with the schema, so a new column cannot be forgotten.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Column, Table

from evidence.store.coding.brought_rows import BROUGHT
from evidence.store.coding.coding_acts import FROM, OF_ACT
from evidence.store.schema import (
    brought_coding,
    brought_decision,
    certainty_judgement,
    claim,
    coded_file,
    coding,
    coding_change,
    conclusion,
    conclusion_support,
    decision,
    decision_file,
    dedupe_run,
    document,
    duplicate_policy,
    event,
    finding,
    imported_file,
    map_setting,
    map_version,
    pair_verdict,
    passkey,
    person,
    practice_setting,
    preference,
    principle_link,
    principle_set,
    protocol_version,
    publication_file,
    publication_version,
    ranking,
    reason,
    reconciled,
    record,
    report_edit,
    result_rule,
    review,
    review_about,
    review_finding,
    scheme,
    scheme_draft,
    scheme_draft_step,
    scheme_version,
    service_form,
    source,
    stage_setting,
    study,
    survey_response,
    upload,
    verbatim,
    work,
)
from evidence.synthesis.conclusions.flags import Aspect
from evidence.synthesis.conclusions.studies_mark import renumbered
from evidence.synthesis.map_document import sealed

NewNumber = Callable[[Table, int], int | None]
"""The new number of a row of a table; None where the archive has no such row."""

Renumbered = Callable[[Any, NewNumber], Any]
"""A value with new numbers; JSON is given and taken as Python has it, bytes as unpacked text."""

NO_ROW = 0  # a number that no row ever has

_COPIED = re.compile(rf"({OF_ACT}[0-9a-f]+-{FROM}-)([0-9]{{1,18}})(-[0-9]+)")
_OF_FILE = re.compile(rf"({BROUGHT})([0-9]{{1,18}})")


def _number(table: Table, value: Any, new: NewNumber) -> int:
    """The new number; a row that is gone keeps its number with a minus, which no row ever has."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{value!r} is no number of a row of {table.name}")
    if value <= NO_ROW:
        return value
    found = new(table, value)
    return -value if found is None else found


def _listed(table: Table) -> Renumbered:
    """A list of numbers of rows."""

    def renumbered(value: Any, new: NewNumber) -> Any:
        if not isinstance(value, list):
            raise TypeError("it is no list")
        return [_number(table, each, new) for each in value]

    return renumbered


def _by_field(value: Any, new: NewNumber) -> Any:
    """For each field of a work the record that it came from."""
    return {field: _number(record, number, new) for field, number in _object(value).items()}


def _by_work(value: Any, new: NewNumber) -> Any:
    """Something for each work, by its number."""
    return {str(_number(work, int(key), new)): each for key, each in _object(value).items()}


def _named(lists: Mapping[str, Table], rows: Mapping[str, Table]) -> Renumbered:
    """An object with lists of numbers, or one number, under some names; what else stands there, as
    a count or labels, stays as it is.
    """

    def part(key: str, value: Any, new: NewNumber) -> Any:
        if key in lists and isinstance(value, list):
            table = lists[key]
            return [_number(table, each, new) if _is_number(each) else each for each in value]
        if key in rows and _is_number(value):
            return _number(rows[key], value, new)
        return value

    def renumbered(value: Any, new: NewNumber) -> Any:
        if not isinstance(value, dict):
            return value
        return {key: part(key, each, new) for key, each in value.items()}

    return renumbered


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _sources(value: Any, new: NewNumber) -> Any:
    """Codings, or findings of codings, that were taken where several were reconciled."""
    if not isinstance(value, list):
        raise TypeError("it is no list")
    return [_source(each, new) for each in value]


def _source(value: Any, new: NewNumber) -> Any:
    if isinstance(value, list) and value:
        return [_number(coding, value[0], new), *value[1:]]
    return _number(coding, value, new)


def _map_document(value: str, new: NewNumber) -> str:
    """The document of a map, sealed anew; one of another form than this Waymark's stays."""
    content = json.loads(value)
    studies = content.get("studies") if isinstance(content, dict) else None
    if not isinstance(studies, dict) or "format" not in content:
        return value
    renumbered = _listed(study)(studies.get("id"), new)
    return json.dumps(
        sealed({**content, "studies": {**studies, "id": renumbered}}),
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _client_id(value: str, new: NewNumber) -> str:
    """By what a line of the history of a coding was made: an act names the study that was copied,
    a file the act that brought it.
    """
    for pattern, table in ((_COPIED, study), (_OF_FILE, brought_coding)):
        if match := pattern.fullmatch(value):
            number = new(table, int(match[2])) or NO_ROW
            return f"{match[1]}{number}{match[3] if match.re is _COPIED else ''}"
    return value


def _marks(value: Any, new: NewNumber) -> Any:
    """How a thing stood on which a statement rests: with the studies behind it."""
    marks = _object(value)
    if Aspect.STUDIES not in marks:
        return value
    behind = renumbered(marks[Aspect.STUDIES], lambda each: _number(study, each, new))
    return {**marks, Aspect.STUDIES.value: behind}


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("it is no object")
    return value


_of_event = _named(
    {"works": work, "studies": study, "people": person, "reasons": reason},
    {
        "work": work,
        "person_id": person,
        "update_of": source,
        "file": decision_file,
        "brought": brought_coding,
    },
)


NUMBERS: Mapping[Column[Any], Renumbered] = {
    work.c.origin: _by_field,
    dedupe_run.c.files: _listed(imported_file),
    decision.c.reason_ids: _listed(reason),
    ranking.c.work_ids: _listed(work),
    ranking.c.random_work_ids: _listed(work),
    ranking.c.terms: _by_work,
    reconciled.c.sources: _sources,
    brought_coding.c.made: _named(
        {
            "studies": study,
            "versions": scheme_version,
            "works": work,
            "decision_file": decision_file,
        },
        {},
    ),
    event.c.before: _of_event,
    event.c.after: _of_event,
    map_version.c.scheme_ids: _listed(scheme),
    map_version.c.document: _map_document,
    coding_change.c.client_id: _client_id,
    conclusion_support.c.marks: _marks,
}
"""Columns that hold numbers of rows in their values."""

WITHOUT_NUMBERS: frozenset[Column[Any]] = frozenset(
    {
        *(table.c[name] for table in (work, record) for name in ("authors", "editors", "keywords")),
        *(table.c[name] for table in (work, record) for name in ("urls", "issn", "isbn", "notes")),
        review.c.criteria,
        review_about.c.about,
        service_form.c.answers,
        survey_response.c.answers,
        conclusion.c.seen,
        conclusion_support.c.ids,
        certainty_judgement.c.judgement,
        claim.c.claim,
        practice_setting.c.content,
        passkey.c.credential_id,
        passkey.c.public_key,
        principle_set.c.content,
        principle_link.c.ids,
        dedupe_run.c.kinds,
        duplicate_policy.c.kinds,
        map_setting.c.settings,
        publication_version.c.words,
        publication_version.c.chosen,
        publication_file.c.content,
        preference.c.value,
        protocol_version.c.content,
        report_edit.c.part_values,
        report_edit.c.client_ids,
        result_rule.c.rules,
        review_finding.c.judgement,
        stage_setting.c.settings,
        document.c.pages,
        document.c.content,
        imported_file.c.mapping,
        brought_decision.c.reasons,
        brought_decision.c.labels,
        coded_file.c.content,
        finding.c.fields,
        scheme_draft.c.client_ids,
        pair_verdict.c.scores,
        scheme_draft_step.c.yaml,
        verbatim.c.fields,
        upload.c.data,
        upload.c.sheets,
    }
)
"""Columns of JSON or bytes whose values name no rows."""
