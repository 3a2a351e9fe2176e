"""Answers about services from a file: looked at, matched to services, and kept all at once."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from evidence.citations.formats.plain_tables import csv_pieces
from evidence.citations.text import visible
from evidence.coding.answers import applicable_questions
from evidence.errors import Invalid
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import service_forms, services
from evidence.steps.review import membership
from evidence.store import Role
from evidence.store.practice import service_forms as stored_forms
from evidence.synthesis.practice import form_table
from evidence.synthesis.practice.answer_file import AnswerFile
from evidence.synthesis.practice.form_table import FormRow, ReadForms
from evidence.synthesis.practice.service import Service
from evidence.synthesis.practice.service_form import ServiceForm

ENDING, MEDIA_TYPE = "csv", "text/csv"
EDITORS_ADD = (
    "Some services of the file are not in the review yet, and only editors add services. Ask an "
    "editor to add them, or to bring the file in."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtForms:
    """What comes of a file.

    Attributes:
        forms: how many are added.
        services: how many services are added for them.
        known: how many rows say what a form says already that stays as it is.
        drafts: how many of the forms that are added are drafts.
        completed: how many drafts that were there become complete.
    """

    forms: int
    services: int
    known: int
    drafts: int = 0
    completed: int = 0


def read(desk: Desk, scheme_id: int, file: AnswerFile, mapping: Mapping[str, str]) -> ReadForms:
    """What the rows of a file answer to the questions of a scheme; nothing is kept."""
    scheme = schemes.get(desk, scheme_id).scheme
    if form_table.SERVICE not in mapping.values():
        raise Invalid("Say which column has the name of the service.")
    taken = [head for head in mapping.values() if head]
    twice = sorted({head for head in taken if taken.count(head) > 1})
    if twice:
        raise Invalid(f"Two columns are said to be {', '.join(twice)}; leave one of them out.")
    read_rows = form_table.read_forms(scheme, scheme_id, file.lines, mapping)
    faults = list(read_rows.faults)
    rows = []
    for row in read_rows.rows:
        asked = {question.id for question in applicable_questions(scheme, row.form.answers)}
        names = [
            question.name
            for question in scheme.questions
            if question.id not in asked and row.form.answer(question.id).is_answered
        ]
        if names:
            faults.append(
                f"Line {row.line}: not asked after what was answered before, so not kept: "
                f"{', '.join(names)}."
            )
        rows.append(row)
    return replace(read_rows, rows=tuple(rows), faults=tuple(faults))


def new_services(desk: Desk, rows: tuple[FormRow, ...]) -> list[Service]:
    """The services of a file that the review does not have, without uids, each once."""
    known = {_place(each) for each in services.listing(desk).values()}
    fresh: dict[tuple[str, str], Service] = {}
    for row in rows:
        place = _place(row.service)
        if place not in known:
            fresh.setdefault(place, row.service)
    return list(fresh.values())


def outlook(desk: Desk, rows: tuple[FormRow, ...], *, are_complete: bool) -> BroughtForms:
    """What `bring_in` would do now; nothing is kept."""
    fresh = [replace(each, uid=services.new_uid()) for each in new_services(desk, rows)]
    return _sorted_out(desk, rows, fresh, are_complete=are_complete).brought


def bring_in(desk: Desk, rows: tuple[FormRow, ...], *, are_complete: bool) -> BroughtForms:
    """Add a form for each row, and the services that are not there yet.

    A row that says what a form of this service says already is not added again, so that a file can
    be brought in twice; where that form is a draft and the rows are complete, it becomes complete.

    Args:
        desk: of a reviewer; of an editor where services are to be added.
        rows: that were read.
        are_complete: whoever filled them in was done; rows with a required question open are not.

    Raises:
        NotAllowed: the person may not.
        Invalid: services are to be added, and the person is no editor.
    """
    desk.require(Role.REVIEWER)
    fresh = [replace(each, uid=services.new_uid()) for each in new_services(desk, rows)]
    if fresh and membership.standing(desk).role < Role.EDITOR:
        raise Invalid(EDITORS_ADD)
    found = _sorted_out(desk, rows, fresh, are_complete=are_complete)
    ready = service_forms.ready_to_add(desk, found.added)
    role = Role.EDITOR if fresh else Role.REVIEWER
    with desk.writing(role, areas=services.AREAS) as w:  # all of it, or nothing
        services.put_new(w, fresh)
        there = stored_forms.standing(w.connection, desk.review_id).values()
        meanwhile = {_said(each) for each in there}  # the same file, at the same moment
        ready = [each for each in ready if _said(each) not in meanwhile]
        service_forms.put_new(w, ready)
        service_forms.put_complete(w, found.completed)
    brought = found.brought
    return replace(
        brought,
        forms=len(ready),
        known=brought.known + brought.forms - len(ready),
        drafts=sum(not form.is_complete for form in ready),
    )


def as_csv(desk: Desk, scheme_id: int) -> bytes:
    """All forms of a scheme as a table that `read` takes again."""
    scheme = schemes.get(desk, scheme_id).scheme
    table = form_table.rows(
        scheme,
        service_forms.listing(desk, scheme_id).values(),
        services.listing(desk),
    )
    return b"".join(csv_pieces(form_table.heads(scheme), table))


def template(desk: Desk, scheme_id: int) -> bytes:
    """An empty table with the heads of a scheme, to be filled in elsewhere."""
    return b"".join(csv_pieces(form_table.heads(schemes.get(desk, scheme_id).scheme), []))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sorted:
    """The forms of a file that are new, the drafts it completes, and the numbers of both."""

    added: list[ServiceForm]
    completed: list[ServiceForm]
    brought: BroughtForms


def _sorted_out(
    desk: Desk, rows: tuple[FormRow, ...], fresh: list[Service], *, are_complete: bool
) -> _Sorted:
    by_place = {_place(each): each.uid for each in (*services.listing(desk).values(), *fresh)}
    asking = {each.id: each.scheme for each in schemes.of_services(desk)}
    if {row.form.scheme_id for row in rows} - set(asking):
        raise Invalid("The review has no such scheme for services.")
    there = sorted(service_forms.listing(desk).values(), key=lambda each: each.is_complete)
    standing = {_said(each): each for each in there}  # of the same ones, one that is complete
    added: list[ServiceForm] = []
    completed: list[ServiceForm] = []
    for row in rows:
        scheme = asking[row.form.scheme_id]
        bare = replace(row.form, uid=services.new_uid(), service=by_place[_place(row.service)])
        form = service_forms.checked(scheme, bare)
        if are_complete and not service_forms.open_questions(scheme, form):
            form = replace(form, is_complete=True)
        known = standing.get(_said(form))
        if known is None:
            added.append(form)
        elif form.is_complete and not known.is_complete:
            completed.append(known)
        else:
            continue
        standing[_said(form)] = form
    brought = BroughtForms(
        forms=len(added),
        services=len(fresh),
        known=len(rows) - len(added) - len(completed),
        drafts=sum(not form.is_complete for form in added),
        completed=len(completed),
    )
    return _Sorted(added=added, completed=completed, brought=brought)


def _place(service: Service) -> tuple[str, str]:
    name, area = (
        " ".join(visible(words).casefold().split()) for words in (service.name, service.area)
    )
    return name, area


def _said(form: ServiceForm) -> str:
    """What a form says, whoever put it here and whenever."""
    bare = replace(form, uid="", is_complete=False)
    return hashlib.sha256(repr(bare).encode("utf-8", "replace")).hexdigest()
