"""What the server's own routes give the coding desk: a scheme, and a study with one's coding.

app.py asks who it is for. A version of a scheme never changes, so a browser keeps it; a sheet is
asked for anew with each study. Both are asked for by whoever is in the team, and by nobody else.
"""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from evidence.errors import Invalid
from evidence.steps.coding import coding_history, desk_sheet
from evidence.steps.coding.reconcile import reconciling_sheet
from evidence.store import Store
from evidence.store.review.people import Person
from evidence.ui.shell.route_answers import in_words

NOT_KEPT = {"cache-control": "private, no-store"}
NAMED = ("question", "finding")
LONGEST_ID = 200
NOT_THERE = "This study or scheme is not there any more; please reload the page."


def answer(part: str, store: Store, person: Person, request: Request) -> Response:
    """A part of the desk (PARTS), or why there is none, in words."""
    return in_words(lambda: PARTS[part](store, person, request), NOT_THERE)


def scheme(store: Store, person: Person, request: Request) -> Response:
    """A version of a scheme (steps.coding.desk_sheet.scheme_data)."""
    content = desk_sheet.scheme_for(store, person.id, request.path_params["number"])
    tag = f'"scheme-version-{request.path_params["number"]}"'
    headers = {"cache-control": "private, no-cache", "etag": tag, "vary": "cookie"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return JSONResponse(content, headers=headers)


def study(store: Store, person: Person, request: Request) -> Response:
    """A study with this person's coding (steps.coding.desk_sheet.sheet_data)."""
    study_id, scheme_id = request.path_params["number"], _number(request, "scheme")
    content = desk_sheet.sheet_for(store, person.id, study_id, scheme_id)
    return JSONResponse(content, headers=NOT_KEPT)


def quotation(store: Store, person: Person, request: Request) -> Response:
    """Where the words of a quotation (`?uid=`) stand now (desk_sheet.quotation_for); of another
    coding than one's own with its number (`&coding=`).
    """
    study_id, scheme_id = request.path_params["number"], _number(request, "scheme")
    uid = request.query_params.get("uid", "")
    coding_id = _number(request, "coding") if "coding" in request.query_params else None
    content = desk_sheet.quotation_for(store, person.id, study_id, scheme_id, uid, coding_id)
    return JSONResponse(content, headers=NOT_KEPT)


def history(store: Store, person: Person, request: Request) -> Response:
    """What this person said to a question (`?question=`) or in a finding (`?finding=`), and when
    (coding_history.history_for).
    """
    study_id, scheme_id = request.path_params["number"], _number(request, "scheme")
    names = {name: request.query_params.get(name, "")[:LONGEST_ID] for name in NAMED}
    content = coding_history.history_for(store, person.id, study_id, scheme_id, **names)
    return JSONResponse(content, headers=NOT_KEPT)


def reconciling(store: Store, person: Person, request: Request) -> Response:
    """The codings of a study beside each other (reconciling_sheet.sheet_data)."""
    study_id, scheme_id = request.path_params["number"], _number(request, "scheme")
    content = reconciling_sheet.sheet_for(store, person.id, study_id, scheme_id)
    return JSONResponse(content, headers=NOT_KEPT)


def _number(request: Request, name: str) -> int:
    number = request.query_params.get(name, "")
    if not (number.isascii() and number.isdecimal()):
        raise Invalid(f"The address names no {name}; please reload the page.")
    return int(number[:30])


PARTS: dict[str, Callable[[Store, Person, Request], Response]] = {
    "scheme": scheme,
    "study": study,
    "quotation": quotation,
    "history": history,
    "reconciling": reconciling,
}
