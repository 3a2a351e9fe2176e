"""The addresses of what reviews published, for readers without an account.

Answers have headers of their own and no cookie. Whatever is not there is answered alike: a token
that was guessed, one that was withdrawn, one that came to its end, a version that never was.
"""

import gzip
import hashlib
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from evidence.errors import NotFound, Unavailable
from evidence.exports import public_page
from evidence.exports.public_page import EarlierVersion, PublicIndex
from evidence.steps.results.publishing import public_pages
from evidence.steps.results.publishing.public_pages import ReadPage
from evidence.store import Store

BEFORE = "/public/"
HTML = "text/html"
_FRAMED = {"map": "*"}  # the map's page offers the code of a frame; all others are never in one
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_HEADERS = {
    "cache-control": "no-cache",  # asked each time, so that what is withdrawn is gone at once
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "referrer-policy": "no-referrer",
    "vary": "accept-encoding",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
}


def top(store: Store, request: Request) -> Response:
    """To the address with its slash, on which links within it rest; whether it is there or not."""
    del store
    return Response(
        status_code=308,
        headers={**_HEADERS, "location": f"./{quote(request.path_params['token'], safe='')}/"},
    )


def index(store: Store, request: Request) -> Response:
    """The page that leads to the parts of a version."""
    return _in_words(lambda: _own_page(request, _index(_asked(store, request))))


def part(store: Store, request: Request) -> Response:
    """The map or the report of a version, byte for byte as it was published."""
    return _in_words(lambda: _part(store, request))


def not_there(store: Store, request: Request) -> Response:
    """The answer to every other address."""
    del store, request
    return _plain(public_page.not_there_page(), 404)


ROUTES: Mapping[str, Callable[[Store, Request], Response]] = {
    "{token}": top,
    "{token}/": index,
    "{token}/version/{number}/": index,
    "{token}/{part}": part,
    "{token}/version/{number}/{part}": part,
}
"""What answers which address below BEFORE."""


def _asked(store: Store, request: Request) -> ReadPage:
    """What is asked for; a token that is none is looked up as any other."""
    number = request.path_params.get("number")
    if number is not None and not _NUMBER.fullmatch(number):
        number = "0"
    return public_pages.read(
        store, request.path_params["token"], None if number is None else int(number)
    )


def _index(read: ReadPage) -> bytes:
    version, newest = read.version, read.versions[0]
    return public_page.index_page(
        PublicIndex(
            title=version.title,
            label=version.words.get("label", ""),
            question=version.words.get("question", ""),
            about=dict(version.words),
            number=version.number,
            date=f"{version.at:%Y-%m-%d}",
            newest=newest.number,
            parts=tuple(read.files),
            ends_on=read.publication.ends_on,
            others=tuple(
                EarlierVersion(number=each.number, date=f"{each.at:%Y-%m-%d}")
                for each in read.versions
                if each.number != version.number
            ),
        )
    )


def _part(store: Store, request: Request) -> Response:
    read = _asked(store, request)
    name = request.path_params["part"]
    file = read.files.get(name)
    if file is None or name not in public_page.PARTS:
        raise NotFound("part of a publication", name)
    headers = _headers(file.policy, file.digest, _FRAMED.get(name, "'none'"))
    if _is_known(request, headers):
        return Response(status_code=304, headers=headers)
    packed = public_pages.content(store, file)
    if _takes_gzip(request):
        return Response(packed, headers={**headers, "content-encoding": "gzip"}, media_type=HTML)
    return Response(gzip.decompress(packed), headers=headers, media_type=HTML)


def _own_page(request: Request, body: bytes) -> Response:
    headers = _headers(public_page.policy_of(body), hashlib.sha256(body).hexdigest(), "'none'")
    if _is_known(request, headers):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=HTML)


def _plain(body: bytes, status: int) -> Response:
    headers = {
        **_HEADERS,
        "content-security-policy": _policy(public_page.policy_of(body), "'none'"),
    }
    return Response(body, status, headers=headers, media_type=HTML)


def _in_words(give: Callable[[], Response]) -> Response:
    try:
        return give()
    except NotFound:
        return _plain(public_page.not_there_page(), 404)
    except Unavailable:
        return _plain(public_page.busy_page(), 503)


def _headers(policy: str, digest: str, framed_by: str) -> dict[str, str]:
    return {
        **_HEADERS,
        "content-security-policy": _policy(policy, framed_by),
        "etag": f'"{digest[:32]}"',
    }


def _policy(policy: str, framed_by: str) -> str:
    """What the page says of itself, and who may frame it, which only a header can say."""
    return f"{policy}; frame-ancestors {framed_by}"


def _is_known(request: Request, headers: Mapping[str, str]) -> bool:
    return headers["etag"] in request.headers.get("if-none-match", "")


def _takes_gzip(request: Request) -> bool:
    offers = request.headers.get("accept-encoding", "").lower().split(",")
    return any(each.split(";")[0].strip() == "gzip" and "q=0" not in each for each in offers)
