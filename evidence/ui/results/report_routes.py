"""What the server's own routes give the page of the report: a section, its history, the studies
behind a live part, its figure, and what can be put into a text.

app.py asks who it is for; whoever gave a name may look at results, in the team or not. A browser
asks each time whether what it keeps is still the same.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from evidence.charts.svg_parts import SvgTheme
from evidence.errors import NotFound
from evidence.report.live_tokens import live_token
from evidence.report.part_words import made_of, studies_behind
from evidence.steps.desk import Desk
from evidence.steps.results.reporting import report_page, report_parts, report_text
from evidence.steps.results.reporting.report_parts import FilledParts
from evidence.steps.review import reviews
from evidence.store import Store
from evidence.store.area_versions import areas_of
from evidence.store.review.people import Person
from evidence.ui.results import report_json
from evidence.ui.shell.cache import cached_whole
from evidence.ui.shell.route_answers import in_words

NOT_THERE = "The report has no such part any more; please reload the page."
SECTION_ADDRESS = "report-section/{review}/"
SIGNS_ADDRESS = "report-signs/{review}"
HISTORY_ADDRESS = "report-history/{review}/"
STUDIES_ADDRESS = "report-studies/{review}"
PARTS_ADDRESS = "report-parts/{review}"
FIGURE_ADDRESS = "report-figure/{review}"
_NUMBER = re.compile(r"[0-9]{1,12}")


def filled_parts(desk: Desk) -> FilledParts:
    """The live parts as the person at the desk may hear them; the same ones are filled once."""
    return cached_whole(report_parts.of_person, desk, report_parts.hearer(desk))


def parts_version(desk: Desk) -> str:
    """Another one where live parts may say something else to the person at the desk."""
    versions = reviews.versions(desk, areas_of(report_parts.of_person))
    return _digest(repr((versions, report_parts.hearer(desk))).encode())


def addresses(desk: Desk) -> dict[str, str]:
    """Where the browser asks, from the folder in which the pages lie."""
    named = {
        "section": SECTION_ADDRESS,
        "signs": SIGNS_ADDRESS,
        "history": HISTORY_ADDRESS,
        "studies": STUDIES_ADDRESS,
        "parts": PARTS_ADDRESS,
    }
    return {name: address.format(review=desk.review_id) for name, address in named.items()}


def answer(part: str, store: Store, person: Person, request: Request) -> Response:
    """A part of the report, that it is still the same, or in words why there is none."""
    desk = Desk(store=store, review_id=request.path_params["number"], person_id=person.id)
    return in_words(lambda: _ANSWERS[part](desk, request), NOT_THERE)


def _section(desk: Desk, request: Request) -> Response:
    filled = filled_parts(desk)
    shown = report_page.page(desk, filled, request.path_params["section"])
    figures = FIGURE_ADDRESS.format(review=desk.review_id)
    return _json(request, report_json.section_json(shown, filled, figures))


def _signs(desk: Desk, request: Request) -> Response:
    signs = report_page.signs(desk, filled_parts(desk))
    return _json(request, {key: report_json.signs_json(each) for key, each in signs.items()})


def _history(desk: Desk, request: Request) -> Response:
    """Rows of a section's history without their texts, or one of them with its text.

    They are listed from the newest, or from one on, with how many older ones there are.
    """
    key, row = request.path_params["section"], request.query_params.get("row", "")
    if not row:
        rows = report_text.history(desk, key, _number(request.query_params.get("before", "")))
        listed = [report_json.history_json(each, text=False) for each in rows]
        older = report_text.older(desk, key, rows[-1].id) if rows else 0
        return _json(request, {"rows": listed, "older": older})
    kept = report_text.earlier(desk, key, _number(row) or 0)
    usual = {each.key: each for each in filled_parts(desk).usual}.get(key)
    found = report_json.history_json(kept, text=True)
    found["title"] = found["title"] or (usual.title if usual else "")
    if found["text"] is None:
        found["text"] = usual.text if usual else ""
    return _json(request, found)


def _number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) else None


def _studies(desk: Desk, request: Request) -> Response:
    filled, token = filled_parts(desk), live_token(request.query_params.get("part", ""))
    if request.query_params.get("only") == "words":
        figure = filled.picture(token)
        title = figure.title if figure else ""
        return _json(request, report_json.words_json(filled.content(token), title))
    labels = {study.id: study.label for study in filled.facts.studies}
    behind = studies_behind(filled.content(token))
    studies = [{"id": each, "label": labels[each]} for each in behind if each in labels]
    return _json(request, {"made_of": made_of(filled.facts, token), "studies": studies})


def _parts(desk: Desk, request: Request) -> Response:
    return _json(request, report_json.parts_json(filled_parts(desk).facts))


def _figure(desk: Desk, request: Request) -> Response:
    query = request.query_params
    token = live_token(query.get("part", ""))
    theme: SvgTheme = "dark" if query.get("theme") == "dark" else "light"
    pages = filled_parts(desk).pages(token, theme)
    page = int(query["page"]) if _NUMBER.fullmatch(query.get("page", "")) else 1
    if not 1 <= page <= len(pages):
        raise NotFound("page of a figure", page)
    return _kept(request, pages[page - 1].encode(), "image/svg+xml")


def _json(request: Request, content: Mapping[str, Any]) -> Response:
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return _kept(request, body, "application/json")


def _kept(request: Request, body: bytes, media_type: str) -> Response:
    tag = f'"{_digest(body)}"'
    headers = {"cache-control": "private, no-cache", "etag": tag, "vary": "cookie, accept-encoding"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        body = gzip.compress(body, compresslevel=5, mtime=0)
    return Response(body, headers=headers, media_type=media_type)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:20]


_ANSWERS: Mapping[str, Callable[[Desk, Request], Response]] = {
    "section": _section,
    "signs": _signs,
    "history": _history,
    "studies": _studies,
    "parts": _parts,
    "figure": _figure,
}
