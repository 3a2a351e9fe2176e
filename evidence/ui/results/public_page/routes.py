"""The addresses of what reviews published, for readers without an account.

Answers have headers of their own and no cookie. Whatever is not there is answered alike: a token
that was guessed, one that was withdrawn, one that came to its end, a version that never was.
"""

import gzip
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from urllib.parse import parse_qsl, quote

from starlette.requests import Request
from starlette.responses import Response

from evidence.errors import Invalid, NotAllowed, NotFound, Unavailable
from evidence.exports import public_comments, public_page
from evidence.exports.public_comments import CommentForm, ShownComment
from evidence.exports.public_page import EarlierVersion, PublicIndex
from evidence.steps.results.publishing import public_pages, reader_comments
from evidence.steps.results.publishing.public_pages import ReadPage
from evidence.steps.results.publishing.reader_comments import SentComment, TooMany
from evidence.store import Store

BEFORE = "/public/"
HTML = "text/html"
LONGEST_FORM = 40_000  # bytes: 2,000 characters of four bytes, each written as three letters
MOST_FIELDS = 10
NOT_LISTED = (
    "What you came from is not listed in the newest version; please choose what your comment is "
    "about."
)
TOO_LONG = "The comment is too long; please use at most 2,000 characters."
_FRAMED = {"map": "*"}  # the map's page offers the code of a frame; all others are never in one
_SANDBOX = (
    "sandbox allow-scripts allow-downloads allow-forms allow-modals allow-popups "
    "allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
)
"""Scripts of a map or report have no part in the app's origin: bytes may be an archive's."""
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
    return _in_words(lambda: _own_page(request, _index(store, _asked(store, request))))


def part(store: Store, request: Request) -> Response:
    """The map or the report of a version, byte for byte as it was published."""
    return _in_words(lambda: _part(store, request))


def not_there(store: Store, request: Request) -> Response:
    """The answer to every other address."""
    del store, request
    return _plain(public_page.not_there_page(), 404)


def comment(store: Store, request: Request) -> Response:
    """The form for a comment; its about names what it is about."""
    query = request.query_params
    about, is_sent = query.get("about", ""), query.get("sent") == "yes"
    return _in_words(lambda: _form(store, request, _FilledForm(about=about, is_sent=is_sent), 200))


def comment_on_earlier(store: Store, request: Request) -> Response:
    """From an earlier version to the one form of its address; whether it is there or not."""
    del store
    about = quote(request.query_params.get("about", ""), safe="")
    return Response(
        status_code=308, headers={**_HEADERS, "location": f"../../comment?about={about}"}
    )


def send_comment(store: Store, request: Request, body: bytes | None) -> Response:
    """Keep a comment and lead back to the form, which thanks; or say what has to be mended.

    Args:
        store: with the reviews.
        request: of the reader.
        body: of the form; None where it was longer than LONGEST_FORM.
    """
    return _in_words(lambda: _send(store, request, body))


ROUTES: Mapping[str, Callable[[Store, Request], Response]] = {
    "{token}": top,
    "{token}/": index,
    "{token}/comment": comment,
    "{token}/version/{number}/": index,
    "{token}/version/{number}/comment": comment_on_earlier,
    "{token}/{part}": part,
    "{token}/version/{number}/{part}": part,
}
"""What answers which address below BEFORE."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _FilledForm:
    """What stands in the form."""

    about: str = ""
    name: str = ""
    comment: str = ""
    wrong: str = ""
    is_sent: bool = False


def _form(store: Store, request: Request, filled: _FilledForm, status: int) -> Response:
    token = request.path_params["token"]
    title = public_pages.read(store, token).version.title
    try:
        _, subjects = reader_comments.subjects(store, token)
    except NotAllowed as error:
        return _plain(public_comments.closed_page(title, str(error)), 403)
    if filled.about and filled.about not in subjects and not filled.wrong:
        filled = replace(filled, wrong=NOT_LISTED)
    form = CommentForm(
        title=title,
        subjects=[(each.key, each.group, each.words) for each in subjects.values()],
        longest_name=reader_comments.LONGEST_NAME,
        longest_comment=reader_comments.LONGEST_COMMENT,
        **asdict(filled),
    )
    return _plain(public_comments.form_page(form), status)


def _send(store: Store, request: Request, body: bytes | None) -> Response:
    token = request.path_params["token"]
    if body is None:
        return _form(store, request, _FilledForm(wrong=TOO_LONG), 413)
    fields = dict(_fields(body))
    sent = SentComment(
        about=fields.get("about", ""),
        name=fields.get("name", ""),
        comment=fields.get("comment", ""),
    )
    try:
        if fields.get(public_comments.TRAP):
            public_pages.read(store, token)
        else:
            address = request.client.host if request.client else ""
            reader_comments.send(store, token, sent, address)
    except NotAllowed:
        return _form(store, request, _FilledForm(), 403)
    except Invalid as error:
        status = 429 if isinstance(error, TooMany) else 400
        return _form(store, request, _FilledForm(**asdict(sent), wrong=str(error)), status)
    return Response(status_code=303, headers={**_HEADERS, "location": "comment?sent=yes"})


def _fields(body: bytes) -> list[tuple[str, str]]:
    """The fields of a form; nothing of what is none."""
    try:
        return parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return []


def _asked(store: Store, request: Request) -> ReadPage:
    """What is asked for; a token that is none is looked up as any other."""
    number = request.path_params.get("number")
    if number is not None and not _NUMBER.fullmatch(number):
        number = "0"
    return public_pages.read(
        store, request.path_params["token"], None if number is None else int(number)
    )


def _index(store: Store, read: ReadPage) -> bytes:
    version, newest = read.version, read.versions[0]
    index = PublicIndex(
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
    comments = public_comments.comments_part(
        _comments(store, read),
        takes_comments=read.publication.takes_comments,
        to_top=index.to_top,
        not_shown=reader_comments.not_shown(store, read.publication),
    )
    return public_page.index_page(replace(index, comments=comments))


def _comments(store: Store, read: ReadPage) -> Iterator[ShownComment]:
    for each in reader_comments.accepted(store, read.publication):
        yield ShownComment(
            about=each.subject_words,
            name=each.name,
            date=f"{each.at:%Y-%m-%d}",
            comment=each.comment,
            answer=each.left.answer,
            changed=each.left.changed,
        )


def _part(store: Store, request: Request) -> Response:
    read = _asked(store, request)
    name = request.path_params["part"]
    file = read.files.get(name)
    if file is None or name not in public_page.PARTS:
        raise NotFound("part of a publication", name)
    headers = _headers(f"{file.policy}; {_SANDBOX}", file.digest, _FRAMED.get(name, "'none'"))
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
