"""What the server's own routes give the map: its document, as the person who asks may see it, and
the abstracts of its studies.

app.py asks who it is for: whoever gave a name may look at results, in the team or not. A browser
keeps the document and asks each time whether it is still the same, which is told by its version.
"""

import gzip

from starlette.requests import Request
from starlette.responses import Response

from evidence.errors import NotFound
from evidence.steps.desk import Desk
from evidence.steps.results import map_abstracts, map_document
from evidence.steps.results.map_abstracts import MapAbstracts
from evidence.steps.results.map_document import ReviewMap
from evidence.store import Store
from evidence.store.review.people import Person
from evidence.ui.shell.cache import cached_whole
from evidence.ui.shell.route_answers import in_words

NOT_THERE = "There is no map of this review to show; please reload the page."
ADDRESS = "map-document/{review}"
ABSTRACTS_ADDRESS = "map-abstracts/{review}"
DRAFTS = "drafts"


def address(desk: Desk, shown: ReviewMap) -> str:
    """Where the browser fetches the document, from the folder in which the pages lie."""
    return ADDRESS.format(review=desk.review_id) + (f"?{DRAFTS}=yes" if shown.drafts else "")


def abstracts_address(desk: Desk) -> str:
    """Where the browser fetches the abstracts, from the folder in which the pages lie."""
    return ABSTRACTS_ADDRESS.format(review=desk.review_id)


def review_map(desk: Desk, *, drafts: bool) -> ReviewMap | None:
    """The map as the person at the desk sees it; the same one is made once.

    Raises:
        Invalid: the scheme has too little to put on a map.
    """
    how = map_document.wanted(desk)
    if drafts:
        return cached_whole(map_document.with_drafts, desk, desk.person_id, how)
    return cached_whole(map_document.of_complete_codings, desk, how)


def answer(part: str, store: Store, person: Person, request: Request) -> Response:
    """The map or its abstracts, that they are still the same, or in words why there is none."""
    desk = Desk(store=store, review_id=request.path_params["number"], person_id=person.id)
    give = _abstracts if part == "abstracts" else _document
    return in_words(lambda: _packed(request, give(desk, request)), NOT_THERE)


def _document(desk: Desk, request: Request) -> ReviewMap:
    shown = review_map(desk, drafts=DRAFTS in request.query_params)
    if shown is None:
        raise NotFound("map of review", desk.review_id)
    return shown


def _abstracts(desk: Desk, _: Request) -> MapAbstracts:
    return cached_whole(map_abstracts.of_reports, desk)


def _packed(request: Request, content: ReviewMap | MapAbstracts) -> Response:
    tag = f'"{content.version}"'
    headers = {"cache-control": "private, no-cache", "etag": tag, "vary": "cookie, accept-encoding"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    body = content.packed
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
    else:
        body = gzip.decompress(body)
    return Response(body, headers=headers, media_type="application/json")
