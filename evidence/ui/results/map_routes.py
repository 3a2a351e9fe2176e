"""What the server's own routes give the map: its document, as the person who asks may see it, and
the abstracts of its studies.

app.py asks who it is for: whoever gave a name may look at results, in the team or not. A browser
keeps the document and asks each time whether it is still the same, which is told by its version.
"""

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from evidence.errors import NotFound
from evidence.steps.desk import Desk
from evidence.steps.results import map_abstracts, map_document, map_versions
from evidence.steps.results.map_abstracts import MapAbstracts
from evidence.steps.results.map_document import PackedMap, ReviewMap
from evidence.store import Store
from evidence.store.review.people import Person
from evidence.ui.shell.cache import cached_whole
from evidence.ui.shell.route_answers import in_words

NOT_THERE = "There is no map of this review to show; please reload the page."
ADDRESS = "map-document/{review}"
ABSTRACTS_ADDRESS = "map-abstracts/{review}"
DRAFTS = "drafts"
VERSION = "version"
SINCE = "since"
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedMap:
    """Which map somebody looks at.

    Attributes:
        drafts: whether studies of which no coding counts yet are on it by a draft.
        version: number of the frozen version; None for the map as it is now.
        since: number of the version since which it tells what changed; None for none.
    """

    drafts: bool = False
    version: int | None = None
    since: int | None = None


def wanted_map(query: Mapping[str, str], *, drafts: bool) -> WantedMap:
    """Which map the parameters of an address name; what is no number names none."""
    version, since = (
        int(query[name]) if _NUMBER.fullmatch(query.get(name, "")) else None
        for name in (VERSION, SINCE)
    )
    return WantedMap(drafts=drafts and version is None, version=version, since=since)


def address(desk: Desk, which: WantedMap) -> str:
    """Where the browser fetches the document, from the folder in which the pages lie."""
    asked = {
        DRAFTS: "yes" if which.drafts else None,
        VERSION: which.version,
        SINCE: which.since,
    }
    query = urlencode({name: value for name, value in asked.items() if value is not None})
    return ADDRESS.format(review=desk.review_id) + (f"?{query}" if query else "")


def packed_map(desk: Desk, which: WantedMap) -> PackedMap:
    """The document of a map, as the person at the desk sees it; the same one is made once.

    Raises:
        Invalid: the scheme has too little to put on a map, or a version cannot be read.
        NotFound: there is no map, or no such version of it.
    """
    hidden: tuple[int, ...] = ()
    if which.version is None:
        shown = review_map(desk, drafts=which.drafts)
        if shown is None:
            raise NotFound("map of review", desk.review_id)
        packed = shown.packed
    else:
        version = map_versions.seen(desk, which.version)
        packed = cached_whole(map_versions.packed_version, desk, version)
        hidden = version.hidden
    if which.since is None:
        return packed
    since = map_versions.seen(desk, which.since)
    since = replace(since, hidden=(*since.hidden, *hidden))
    how = map_document.wanted(desk)
    return cached_whole(map_versions.packed_since, desk, packed, since, how)


def abstracts_address(desk: Desk, which: WantedMap) -> str:
    """Where the browser fetches the abstracts, from the folder in which the pages lie."""
    query = "" if which.version is None else f"?{VERSION}={which.version}"
    return ABSTRACTS_ADDRESS.format(review=desk.review_id) + query


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


def _document(desk: Desk, request: Request) -> PackedMap:
    return packed_map(desk, _wanted(request))


def _abstracts(desk: Desk, request: Request) -> MapAbstracts:
    version = _wanted(request).version
    if version is None:
        return cached_whole(map_abstracts.of_reports, desk)
    return cached_whole(map_versions.abstracts, desk, map_versions.seen(desk, version))


def _wanted(request: Request) -> WantedMap:
    return wanted_map(request.query_params, drafts=DRAFTS in request.query_params)


def _packed(request: Request, content: PackedMap | MapAbstracts) -> Response:
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
