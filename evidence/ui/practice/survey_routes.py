"""The addresses under which people answer a questionnaire without an account.

Answers go to a store and are read by nobody before they are sent. There is no cookie and no script;
the secret of a response stands in its address, so that people can come back to it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from evidence.coding.answers import Answer
from evidence.coding.scheme import Section
from evidence.errors import Invalid, NotAllowed, NotFound, Unavailable
from evidence.exports import public_page, survey_pages
from evidence.exports.survey_pages import NOTE, QUESTION, QuestionPage
from evidence.steps.practice import survey_links
from evidence.steps.practice.survey_links import OpenSurvey, SavedPage, TooMany
from evidence.store import Store
from evidence.store.practice.survey_links import SurveyResponse
from evidence.synthesis.practice.practice_map import AREA_QUESTION

BEFORE = "survey/"
HTML = "text/html"
LONGEST_FORM = 1_000_000  # bytes of one page
MOST_FIELDS = 2000
TOO_LONG = "What was sent is too long, so nothing of this page was saved."
NEWLY_ASKED = "Saved. After your answers there are more questions on this page."
_HEADERS = {
    "cache-control": "no-store",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
}


def first(store: Store, request: Request) -> Response:
    """Who asks, what for, and to what people agree."""
    return _in_words(lambda: _first(store, request))


def shown_page(store: Store, request: Request) -> Response:
    """A page of questions, the page to look it over, or what was sent."""
    return _in_words(lambda: _shown(store, request))


def begin(store: Store, request: Request, body: bytes | None) -> Response:
    """Somebody agreed."""
    del body
    return _in_words(lambda: _begin(store, request))


def save(store: Store, request: Request, body: bytes | None) -> Response:
    """Keep a page and lead on; or say what has to be mended."""
    return _in_words(lambda: _save(store, request, body))


GET: Mapping[str, Callable[[Store, Request], Response]] = {
    "survey/{token}/": first,
    "survey/{token}/{key}/{page}": shown_page,
}
POST: Mapping[str, Callable[[Store, Request, bytes | None], Response]] = {
    "survey/{token}/": begin,
    "survey/{token}/{key}/{page}": save,
}
"""What answers which address below that of public pages."""


def _first(store: Store, request: Request, told: str = "", status: int = 200) -> Response:
    survey = survey_links.read(store, request.path_params["token"])
    return _page(survey_pages.consent_page(survey.link.title, survey.link.consent, told), status)


def _begin(store: Store, request: Request) -> Response:
    address = request.client.host if request.client else ""
    try:
        key = survey_links.begin(store, request.path_params["token"], address)
    except TooMany as error:
        return _first(store, request, str(error), 429)
    return _to(f"{key}/1")


def _shown(store: Store, request: Request) -> Response:
    survey, response = _asked(store, request)
    page = request.path_params["page"]
    if response.sent_at is not None:
        return _page(survey_pages.sent_page(survey.link.title, _answered(survey, response)))
    if page == "check":
        return _check(survey, response)
    return _questions(survey, response, _number(survey, page), {}, "")


def _save(store: Store, request: Request, body: bytes | None) -> Response:
    survey, response = _asked(store, request)
    page = request.path_params["page"]
    if page == "check":
        return _send(store, survey, response)
    number = _number(survey, page)
    if body is None:
        return _questions(survey, response, number, {}, TOO_LONG, 413)
    fields = _fields(body)
    section = survey.scheme.sections[number - 1]
    given = _given(section, response, fields, is_first=number == 1)
    try:
        saved = survey_links.save_page(store, survey, response, section, given)
    except Invalid as error:
        _, now = _asked(store, request)
        return _questions(survey, now, number, {}, str(error), 409) if not now.sent_at else _sent()
    return _after(survey, saved, given, number, fields.get("act", ["next"])[-1])


def _send(store: Store, survey: OpenSurvey, response: SurveyResponse) -> Response:
    try:
        survey_links.send(store, survey, response)
    except Invalid:
        return _to("check")
    return _sent()


def _after(
    survey: OpenSurvey, saved: SavedPage, given: SurveyResponse, number: int, act: str
) -> Response:
    """Where a page that was saved leads: on, back, or to itself where something is left to do."""
    faults = {n: fault for n, fault in saved.faults.items() if number == 1 or n != "service"}
    if faults:
        typed = replace(
            saved.response,
            service=given.service,
            area=given.area,
            filled_by=given.filled_by,
            answers=_laid_over(saved.response.answers, given.answers),
        )
        return _questions(survey, typed, number, faults, "", 400)
    if act == "back":
        return _to(str(max(1, number - 1)))
    if saved.newly_asked:
        return _questions(survey, saved.response, number, {}, NEWLY_ASKED)
    return _to("check" if number == len(survey.scheme.sections) else str(number + 1))


def _sent() -> Response:
    return _to("sent")


def _questions(
    survey: OpenSurvey,
    response: SurveyResponse,
    number: int,
    faults: Mapping[str, str],
    told: str,
    status: int = 200,
) -> Response:
    section = survey.scheme.sections[number - 1]
    shown = QuestionPage(
        title=survey.link.title,
        heading=section.title,
        help=section.help,
        number=number,
        total=len(survey.scheme.sections),
        questions=survey_links.asked(survey, section, response.answers),
        answers={answer.question: answer for answer in response.answers},
        service=response.service,
        area=response.area,
        filled_by=response.filled_by,
        faults=faults,
        told=told,
    )
    return _page(survey_pages.question_page(shown), status)


def _check(survey: OpenSurvey, response: SurveyResponse) -> Response:
    at = {
        question.id: number
        for number, section in enumerate(survey.scheme.sections, 1)
        for question in section.questions
    }
    if survey_links.asks_area(survey.scheme):
        at[AREA_QUESTION] = 1  # it is asked beside the name of the service
    missing = [(at[q.id], q.text) for q in survey_links.open_questions(survey, response)]
    if not response.service:
        missing.insert(0, (1, survey_links.NAME_THE_SERVICE))
    made = survey_pages.check_page(
        survey.link.title, _answered(survey, response), missing, len(survey.scheme.sections)
    )
    return _page(made)


def _answered(survey: OpenSurvey, response: SurveyResponse) -> list[tuple[str, str]]:
    said = [("Service", response.service), ("Area", response.area),
            ("Your part in it", response.filled_by)]  # fmt: skip
    for answer in response.answers:
        question = survey.scheme.question(answer.question)
        if question is not None and not survey_links.is_area_told(survey, response, answer):
            said.append((question.text, survey_pages.in_words(question, answer)))
    return [(question, words) for question, words in said if words]


def _given(
    section: Section, before: SurveyResponse, fields: Mapping[str, list[str]], *, is_first: bool
) -> SurveyResponse:
    """The response with what the page says."""

    def last(name: str) -> str:
        return fields.get(name, [""])[-1]

    answers = []
    for question in section.questions:
        said = fields.get(f"{QUESTION}{question.id}", [])
        codes = tuple(dict.fromkeys(filter(None, said))) if question.options else ()
        value = "" if question.options else (said[-1] if said else "")
        note = last(f"{NOTE}{question.id}")
        answers.append(Answer(question=question.id, codes=codes, value=value, note=note))
    given = replace(before, answers=tuple(answers))
    if not is_first:
        return given
    return replace(given, service=last("service"), area=last("area"), filled_by=last("filled_by"))


def _laid_over(kept: tuple[Answer, ...], typed: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """What is kept, with what was typed on this page in its place, faults included."""
    by_id = {answer.question: answer for answer in kept} | {a.question: a for a in typed}
    return tuple(by_id.values())


def _asked(store: Store, request: Request) -> tuple[OpenSurvey, SurveyResponse]:
    survey = survey_links.read(store, request.path_params["token"])
    return survey, survey_links.response(store, survey, request.path_params["key"])


def _number(survey: OpenSurvey, page: str) -> int:
    if page.isascii() and page.isdigit() and 1 <= int(page[:4]) <= len(survey.scheme.sections):
        return int(page[:4])
    raise NotFound("page", page[:8])


def _fields(body: bytes) -> dict[str, list[str]]:
    """The fields of a form; nothing of what is none."""
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return {}
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def _to(where: str) -> Response:
    return Response(status_code=303, headers={**_HEADERS, "location": where})


def _page(body: bytes, status: int = 200) -> Response:
    policy = f"{public_page.policy_of(body)}; frame-ancestors 'none'"
    headers = {**_HEADERS, "content-security-policy": policy}
    return Response(body, status, headers=headers, media_type=HTML)


def _in_words(give: Callable[[], Response]) -> Response:
    try:
        return give()
    except (NotFound, NotAllowed):
        return _page(public_page.not_there_page(), 404)
    except Unavailable:
        return _page(public_page.busy_page(), 503)
