"""What the server's own route gives the map: its document, as the person who asks may see it.

app.py asks who it is for: whoever gave a name may look at results, in the team or not. A browser
keeps the document and asks each time whether it is still the same, which is told by its version.
"""

import gzip

from starlette.requests import Request
from starlette.responses import Response

from evidence.errors import NotFound
from evidence.steps.desk import Desk
from evidence.steps.results import map_document
from evidence.steps.results.map_document import ReviewMap
from evidence.store import Store
from evidence.store.review.people import Person
from evidence.ui.shell.cache import cached_whole
from evidence.ui.shell.route_answers import in_words

NOT_THERE = "There is no map of this review to show; please reload the page."
ADDRESS = "map-document/{review}"
DRAFTS = "drafts"


def address(desk: Desk, shown: ReviewMap) -> str:
    """Where the browser fetches the document, from the folder in which the pages lie."""
    return ADDRESS.format(review=desk.review_id) + (f"?{DRAFTS}=yes" if shown.drafts else "")


def review_map(desk: Desk, *, drafts: bool) -> ReviewMap | None:
    """The map as the person at the desk sees it; the same one is made once.

    Raises:
        Invalid: the scheme has too little to put on a map.
    """
    how = map_document.wanted(desk)
    if drafts:
        return cached_whole(map_document.with_drafts, desk, desk.person_id, how)
    return cached_whole(map_document.of_complete_codings, desk, how)


def answer(_part: str, store: Store, person: Person, request: Request) -> Response:
    """The document, that it is still the same, or in words why there is none."""
    return in_words(lambda: _document(store, person, request), NOT_THERE)


def _document(store: Store, person: Person, request: Request) -> Response:
    review_id = request.path_params["number"]
    desk = Desk(store=store, review_id=review_id, person_id=person.id)
    shown = review_map(desk, drafts=DRAFTS in request.query_params)
    if shown is None:
        raise NotFound("map of review", desk.review_id)
    tag = f'"{shown.version}"'
    headers = {"cache-control": "private, no-cache", "etag": tag, "vary": "cookie, accept-encoding"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    body = shown.packed
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
    else:
        body = gzip.decompress(body)
    return Response(body, headers=headers, media_type="application/json")
