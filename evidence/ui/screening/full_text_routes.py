"""What the server's own routes give of a full text: the file, its pages, and search in it.

app.py asks who it is for. A browser may keep an answer for the one person, and asks each time
whether it still may show it (a version in `etag`); so whoever leaves a team sees nothing more.
"""

from collections.abc import Callable
from dataclasses import asdict
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from evidence.documents.pages import NO_TEXT, to_json
from evidence.documents.pdf.reader import PictureKind
from evidence.errors import Invalid
from evidence.steps.screening import full_text_pages, full_texts
from evidence.store import Store
from evidence.store.review.people import Person
from evidence.ui.shell.route_answers import in_words

WIDTH = 1_200  # pixels of a picture where none are asked for
KINDS = {kind.name.lower(): kind for kind in PictureKind}
NOT_THERE = "This full text, or this page of it, is not there any more."
WRONG_WIDTH = "The width of a picture is a whole number of pixels, and its kind png or jpeg."


def answer(part: str, store: Store, person: Person, request: Request) -> Response:
    """A part of a full text (PARTS), or why there is none, in words."""
    return in_words(lambda: PARTS[part](store, person, request), NOT_THERE)


def file(store: Store, person: Person, request: Request) -> Response:
    """The PDF; shown, never run."""
    name, content = full_texts.content(store, person.id, request.path_params["number"])
    shown = f"inline; filename*=UTF-8''{quote(name)}"
    headers = {"content-disposition": shown, "cache-control": "private, no-store"}
    return Response(content, media_type="application/pdf", headers=headers)


def pages(store: Store, person: Person, request: Request) -> Response:
    """How many pages a PDF has, and how large each is shown: `{"pages": [[width, height], …]}`."""
    document_id = request.path_params["number"]

    def give() -> Response:
        sizes = full_text_pages.page_sizes(store, person.id, document_id)
        return JSONResponse({"pages": [[size.width, size.height] for size in sizes]})

    return _kept(store, person, request, give)


def words(store: Store, person: Person, request: Request) -> Response:
    """A page's text and words (documents.pages.to_json), and `message` where it has none."""
    document_id, number = request.path_params["number"], request.path_params["page"]

    def give() -> Response:
        page = full_text_pages.page(store, person.id, document_id, number)
        return JSONResponse(to_json(page) | {"message": "" if page.has_text else NO_TEXT})

    return _kept(store, person, request, give)


def picture(store: Store, person: Person, request: Request) -> Response:
    """A page's picture, `?width=` pixels wide, `&kind=` png or jpeg."""
    document_id, number = request.path_params["number"], request.path_params["page"]
    width = request.query_params.get("width", str(WIDTH))
    kind = KINDS.get(request.query_params.get("kind", "jpeg"))
    if kind is None or not (width.isascii() and width.isdecimal() and len(width) < 6):  # noqa: PLR2004
        raise Invalid(WRONG_WIDTH)

    def give() -> Response:
        content = full_text_pages.picture(
            store, person.id, document_id, number, width=int(width), kind=kind
        )
        return Response(content, media_type=kind.value)

    return _kept(store, person, request, give)


def search(store: Store, person: Person, request: Request) -> Response:
    """Where `?words=` stand in a PDF (steps.screening.full_text_pages.FoundInDocument as JSON)."""
    document_id = request.path_params["number"]

    def give() -> Response:
        phrase = request.query_params.get("words", "")
        return JSONResponse(asdict(full_text_pages.search(store, person.id, document_id, phrase)))

    return _kept(store, person, request, give)


def _kept(store: Store, person: Person, request: Request, give: Callable[[], Response]) -> Response:
    """An answer that a browser may keep; a short one where it has the present version."""
    version = full_text_pages.version(store, person.id, request.path_params["number"])
    headers = {"cache-control": "private, no-cache", "etag": f'"{version}"', "vary": "cookie"}
    tags = request.headers.get("if-none-match", "").split(",")
    kept = {tag.strip().removeprefix("W/") for tag in tags}  # W/: a proxy compressed it
    response = Response(status_code=304) if headers["etag"] in kept else give()
    response.headers.update(headers)
    return response


PARTS: dict[str, Callable[[Store, Person, Request], Response]] = {
    "file": file,
    "pages": pages,
    "words": words,
    "picture": picture,
    "search": search,
}
