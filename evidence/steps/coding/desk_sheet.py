"""What the coding desk shows: a study with its reports and one's coding, and a scheme.

Both are for the browser, as JSON takes them. A version of a scheme never changes, so it is sent
once; a sheet is asked for with each study.
"""

from collections.abc import Sequence
from typing import Any

from evidence.coding.answer_rows import AnswerRow
from evidence.coding.retired_words import RetiredWords, retired_words
from evidence.coding.scheme import Option, Question, Scheme
from evidence.errors import NotAllowed
from evidence.steps.coding import coding, quoting, schemes
from evidence.steps.coding.coding import CodingSheet
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.store import Store, permission
from evidence.store.coding import copied_answers, quotations, scheme_places
from evidence.store.coding.quotations import Part, Quotation
from evidence.store.coding.studies import Study
from evidence.store.records import works
from evidence.store.screening import full_texts

FOR_THE_TEAM = "Coding is for the people of the review. Open the review, and press “Take part”."


def scheme_for(store: Store, person_id: int, version_id: int) -> dict[str, Any]:
    """A version of a scheme, for the people of its review.

    Raises:
        NotFound: there is none of this number.
        NotAllowed: the person is not in the team of the review.
    """
    with store.reading_outside() as c:
        review_id = scheme_places.review_of_version(c, version_id)
    desk = desk_of_team(store, person_id, review_id)
    taken = schemes.get_version(desk, version_id)
    older = schemes.before(desk, taken)
    return scheme_data(taken, retired_words(taken.scheme, (each.scheme for each in older)))


def sheet_for(store: Store, person_id: int, study_id: int, scheme_id: int) -> dict[str, Any]:
    """A study with this person's coding of it, for the people of its review.

    Raises:
        NotFound: there is no such study or scheme.
        NotAllowed: the person is not in the team of the review.
    """
    with store.reading_outside() as c:
        review_id = scheme_places.review_of_study(c, study_id)
    return sheet_data(desk_of_team(store, person_id, review_id), study_id, scheme_id)


def quotation_for(
    store: Store,
    person_id: int,
    study_id: int,
    scheme_id: int,
    uid: str,
    coding_id: int | None = None,
) -> dict[str, Any]:
    """Where the words of a quotation stand now, or why that is not known.

    It is of this person's coding, or of another one that they may see.

    Raises:
        NotFound: there is no such quotation.
        NotAllowed: the person is not in the team of the review.
    """
    with store.reading_outside() as c:
        review_id = scheme_places.review_of_study(c, study_id)
    desk = desk_of_team(store, person_id, review_id)
    place = quoting.place_now(desk, study_id, scheme_id, uid, coding_id)
    if place.message:
        return {"message": place.message}
    document = f"file:{place.document_id}" if place.document_id else ""
    return {"document": document, "page": place.page, "start": place.start, "end": place.end}


def scheme_data(taken: TakenScheme, retired: Sequence[RetiredWords] = ()) -> dict[str, Any]:
    """A version of a scheme as the desk draws it, with the words of what it asks no longer."""
    return {
        "version_id": taken.version.id,
        "scheme_id": taken.id,
        **scheme_parts(taken.scheme),
        "retired": [
            {"question": each.question, "text": each.text, "labels": dict(each.labels)}
            for each in retired
        ],
    }


def scheme_parts(scheme: Scheme) -> dict[str, Any]:
    """A scheme, kept or not, as the desk and the editor of schemes draw it."""
    return {
        "name": scheme.id,
        "title": scheme.title,
        "version": scheme.version,
        "purpose": scheme.purpose.value,
        "judges": scheme.judges.value,
        "description": scheme.description,
        "sections": [
            {
                "title": section.title,
                "help": section.help,
                "questions": [_question(question) for question in section.questions],
            }
            for section in scheme.sections
        ],
    }


def sheet_data(desk: Desk, study_id: int, scheme_id: int) -> dict[str, Any]:
    """A study with the coding of it by the person at the desk, and nothing that others said."""
    sheet = coding.sheet(desk, study_id, scheme_id)
    with desk.reading() as c:
        own = [sheet.coding.id] if sheet.coding else []
        copied = copied_answers.standing(c, desk.review_id, own[0]) if own else {}
        marked = [q for quoted in quotations.of_codings(c, own).values() for q in quoted]
    study = study_data(desk, sheet.study)
    standing = {each["id"] for report in study["reports"] for each in report["documents"]}
    return {
        "study": study,
        "schemes": [_listed(taken.scheme, taken) for taken in schemes.of_studies(desk)],
        "scheme_id": sheet.taken.id,
        "version_id": sheet.taken.version.id,
        "state": sheet.coding.state if sheet.coding else "open",
        "others": [{"person": one.person, "state": one.state} for one in sheet.others],
        "arms": [{"uid": arm.uid, "label": arm.label, "people": arm.people} for arm in sheet.arms],
        "time_points": [{"uid": point.uid, "label": point.label} for point in sheet.time_points],
        "answers": [_row(row) for row in sheet.rows],
        "copied": copied,
        "judged": _judged(desk, sheet),
        "findings": [_finding(sheet, index) for index in range(len(sheet.findings))],
        "computed": computed_data(sheet),
        "quotations": [
            quotation_data(quoted)
            | {"moved": quoted.part is Part.FILE and quoted.document_id not in standing}
            for quoted in marked
        ],
    }


def _judged(desk: Desk, sheet: CodingSheet) -> dict[str, Any] | None:
    """The findings that a scheme judges, and with which scheme they are coded; None for others."""
    if not sheet.scheme.judges_findings:
        return None
    coded_with = schemes.of_results(desk)
    names = ("uid", "label", "removed", "stands", "became")
    return {
        "scheme_id": coded_with.id if coded_with else None,
        "title": coded_with.scheme.title if coded_with else "",
        "findings": [{name: getattr(one, name) for name in names} for one in sheet.judged],
    }


def study_data(desk: Desk, study: Study) -> dict[str, Any]:
    """A study with its reports, their abstracts and files, for the pane of the text."""
    work_ids = [report.work_id for report in study.reports]
    with desk.reading() as c:
        abstracts = works.abstracts(c, desk.review_id, work_ids)
        documents = full_texts.of_works(c, desk.review_id, work_ids)
    return {
        "id": study.id,
        "label": study.label,
        "reports": [
            {
                "work_id": report.work_id,
                "title": report.title,
                "authors": report.authors,
                "year": report.year,
                "journal": report.journal,
                "abstract": abstracts.get(report.work_id, ""),
                "documents": [
                    {"id": document.id, "name": document.name, "size": document.size}
                    for document in documents.get(report.work_id, ())
                ],
            }
            for report in study.reports
        ],
    }


def quotation_data(quoted: Quotation) -> dict[str, Any]:
    """A quotation, with what it is `on` and the `document` in which it stands."""
    of_file = quoted.part is Part.FILE
    source = f"file:{quoted.document_id}" if of_file else f"{quoted.part.value}:{quoted.work_id}"
    on: dict[str, str] = {"finding": quoted.finding_uid}
    if quoted.place is not None:
        place = quoted.place
        on = {"question": place.question, "code": place.code, "arm": place.arm}
    names = ("uid", "work_id", "page", "start", "end", "exact", "prefix", "suffix")
    return {name: getattr(quoted, name) for name in names} | {"on": on, "document": source}


def computed_data(sheet: CodingSheet) -> dict[str, Any]:
    """What follows from the numbers of each finding, by its uid.

    For each `effect` (a text, "" where there is none), `notices` (sentences) and `faults`, each
    with the `field` that it is about and a `sentence`.
    """
    return {
        uid: {
            "effect": computed.effect,
            "notices": list(computed.notices),
            "faults": [
                {"field": fault.field, "sentence": fault.sentence} for fault in computed.faults
            ],
        }
        for uid, computed in sheet.computed().items()
    }


def desk_of_team(store: Store, person_id: int, review_id: int) -> Desk:
    """A desk at a review; raises NotAllowed for a person who is not in its team."""
    with store.reading(review_id, person_id) as c:
        if not permission.standing(c, review_id, person_id).belongs:
            raise NotAllowed(FOR_THE_TEAM)
    return Desk(store=store, review_id=review_id, person_id=person_id)


def _listed(scheme: Scheme, taken: TakenScheme) -> dict[str, Any]:
    return {
        "id": taken.id,
        "title": scheme.title,
        "purpose": scheme.purpose.value,
        "judges": scheme.judges.value,
        "version_id": taken.version.id,
    }


def _question(question: Question) -> dict[str, Any]:
    when = question.when
    return {
        "id": question.id,
        "text": question.text,
        "short": question.short,
        "help": question.help,
        "kind": question.kind.value,
        "required": question.required,
        "of": question.of.value,
        "axis": question.axis.value if question.axis else None,
        "per_arm": question.per_arm,
        "needs_reason": question.needs_reason,
        "critical": question.critical,
        "unit": question.unit,
        "minimum": question.minimum,
        "maximum": question.maximum,
        "when": None
        if when is None
        else {
            "question": when.question,
            "axis": when.axis.value if when.axis else None,
            "any_of": list(when.any_of),
        },
        "rule": None
        if question.rule is None
        else {"take": question.rule.take.value, "of": list(question.rule.of)},
        "options": [_option(option) for option in question.options],
    }


def _option(option: Option) -> dict[str, Any]:
    return {
        "id": option.id,
        "label": option.label,
        "help": option.help,
        "link": option.link,
        "selectable": option.selectable,
        "role": option.role.value if option.role else "",
        "replaces": list(option.replaces),
        "options": [_option(below) for below in option.options],
    }


def _row(row: AnswerRow) -> dict[str, Any]:
    names = ("question", "code", "arm", "chosen", "value", "note")
    return {name: getattr(row, name) for name in names}


def _finding(sheet: CodingSheet, index: int) -> dict[str, Any]:
    stored = sheet.findings[index]
    return {"uid": stored.uid, "position": index + 1, "fields": dict(stored.fields)}
