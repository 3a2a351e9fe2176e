"""Asking services by a link: people answer without an account, and reviewers take it in.

Bounds keep a script from filling the database: so many responses of one sender, so many under one
address, so many saves of one response. A sender is known for a day by a hash of where they write
from, mixed with the secret of the address; afterwards not even by that.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from evidence.citations.text import visible, visible_lines
from evidence.coding.answers import (
    Answer,
    answer_faults,
    applicable_questions,
    missing_answers,
    without_separators,
)
from evidence.coding.scheme import Question, QuestionKind, Scheme, Section
from evidence.errors import Invalid, NotAllowed, NotFound
from evidence.hosts import sender_mark
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import service_forms, services
from evidence.steps.practice.service_forms import LONGEST_TEXT
from evidence.store import Role, Store
from evidence.store.area_versions import NOTHING
from evidence.store.coding import schemes as stored_schemes
from evidence.store.practice import survey_links
from evidence.store.practice.survey_links import SurveyLink, SurveyResponse
from evidence.synthesis.practice.practice_map import AREA_QUESTION
from evidence.synthesis.practice.service import LONGEST_NAME, Service
from evidence.synthesis.practice.service_form import ServiceForm

LONGEST_TITLE = 200
LONGEST_CONSENT = 5000
MOST_LINKS = 50
OF_SENDER = ((timedelta(minutes=10), 10), (timedelta(days=1), 40))
OF_LINK = ((timedelta(hours=1), 300),)
MOST_RESPONSES = 5000  # under one address
MOST_SAVES = 1000  # of one response
KNOWN_FOR = timedelta(days=1)
CLOSED = (
    "No answers are taken under this address any more. Whoever sent it to you can tell you why."
)
WAIT_A_LITTLE = "Many forms were begun just now. Please try again in a while."
FULL = "No more forms can be begun under this address. Please tell whoever sent it to you."
SENT_BEFORE = "This form was sent already, so nothing was changed."
SAVED_ELSEWHERE = (
    "This form was saved from another window meanwhile. What is shown now is what was saved there; "
    "please enter your last answers again."
)
SAVED_TOO_OFTEN = "This form was saved too often. Please send it, or begin a new one."
CHANGED_SINCE = (
    "The questionnaire was changed after this was sent; nothing of it is lost. Take a version of "
    "the scheme with what is missing, or fill in a form by hand and put this aside."
)
_SHORTEN = (
    "This has {is_now:,} characters, and up to {most:,} are kept. It is not saved yet; please "
    "shorten it."
)
NAME_THE_SERVICE = "Please give the name of the service."


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSurvey:
    """What a respondent is asked, under an address that takes answers."""

    link: SurveyLink
    scheme: Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """What came of saving a page.

    Attributes:
        response: as it is kept now.
        faults: what is wrong, by the id of the question; "service" is the name of the service.
        newly_asked: questions of this page that are asked since its answers were kept.
    """

    response: SurveyResponse
    faults: dict[str, str]
    newly_asked: tuple[str, ...] = ()


class TooMany(Invalid):
    """A bound is reached; later there is room again."""


def listing(desk: Desk) -> list[SurveyLink]:
    """The invitations of a review, newest first; with addresses, so for editors.

    Raises:
        NotAllowed: the person does not edit the review.
    """
    with desk.reading(Role.EDITOR) as c:
        return survey_links.listing(c, desk.review_id)


def counts(desk: Desk) -> dict[int, tuple[int, int]]:
    """How many responses were begun and how many sent, by invitation."""
    with desk.reading() as c:
        links = survey_links.listing(c, desk.review_id)
        return survey_links.counts(c, [link.id for link in links])


def invite(desk: Desk, scheme_id: int, title: str, consent: str, ends_on: str = "") -> None:
    """Let services answer a questionnaire under a new secret address.

    Args:
        desk: of an editor.
        scheme_id: whose questions are asked.
        title: what respondents see first.
        consent: to what they agree before they begin: who asks, what for, who reads the answers,
            how long they are kept.
        ends_on: the last day, such as 2027-03-31; empty for no end.

    Raises:
        Invalid: something is missing or too long.
    """
    title, consent = " ".join(visible(title).split()), visible_lines(consent).strip()
    if not title or not consent:
        raise Invalid("Give a title, and say to what people agree before they begin.")
    if len(title) > LONGEST_TITLE or len(consent) > LONGEST_CONSENT:
        raise Invalid("The title or the words of consent are too long.")
    _check_day(ends_on)
    if not schemes.get(desk, scheme_id).scheme.is_about_services:
        raise Invalid("This scheme does not ask about services.")
    with desk.writing(Role.EDITOR, areas=NOTHING) as w:
        if len(survey_links.listing(w.connection, desk.review_id)) >= MOST_LINKS:
            raise Invalid(f"A review can have up to {MOST_LINKS} invitations.")
        survey_links.add(w, scheme_id, title, consent, ends_on, secrets.token_urlsafe(32))


def change(desk: Desk, link_id: int, *, ends_on: str, is_closed: bool) -> None:
    """Give an invitation another last day, close it at once, or open it again.

    Raises:
        NotFound: the review has no such invitation.
        Invalid: the day is none.
    """
    _check_day(ends_on)
    with desk.writing(Role.EDITOR, areas=NOTHING) as w:
        links = survey_links.listing(w.connection, desk.review_id)
        link = next((each for each in links if each.id == link_id), None)
        if link is None:
            raise NotFound("invitation", link_id)
        closed_at = (link.closed_at or datetime.now(UTC)) if is_closed else None
        if (link.ends_on, link.closed_at) != (ends_on, closed_at):
            survey_links.change(w, link, ends_on=ends_on, closed_at=closed_at)


def responses(desk: Desk) -> list[SurveyResponse]:
    """All that was sent, the oldest first, for the people of the team.

    Raises:
        NotAllowed: the person is not of the team.
    """
    with desk.reading(Role.REVIEWER) as c:
        return survey_links.responses(c, desk.review_id)


def take_in(desk: Desk, response_id: int, service: str) -> ServiceForm:
    """Make a form of what was sent, about a service of the review.

    Args:
        desk: of a reviewer; of an editor where the service is to be added.
        response_id: of the response.
        service: the uid of a service; empty to add one by the name that the response gives.

    Raises:
        NotFound: there is no such response.
        Invalid: it was taken in or put aside already, also by somebody else at the same moment,
            or its answers do not fit the scheme any more. Then nothing was kept.
    """
    response = _waiting(responses(desk), response_id)
    with desk.reading() as c:
        links = {each.id: each for each in survey_links.listing(c, desk.review_id)}
    added = [] if service else [
        Service(uid=services.new_uid(), name=response.service, area=response.area)
    ]  # fmt: skip
    assert response.sent_at is not None  # noqa: S101 - of one that waits
    form = ServiceForm(
        uid=services.new_uid(),
        service=service or added[0].uid,
        scheme_id=links[response.link_id].scheme_id,
        occasion=f"{response.sent_at:%Y-%m-%d}",
        filled_by=response.filled_by,
        answers=response.answers,
    )
    scheme = schemes.get(desk, form.scheme_id).scheme
    try:
        form = service_forms.checked(scheme, form)
    except Invalid as error:
        raise Invalid(f"{error} {CHANGED_SINCE}") from error
    is_complete = not service_forms.open_questions(scheme, form)
    ready = service_forms.ready_to_add(desk, [replace(form, is_complete=is_complete)])
    role = Role.EDITOR if added else Role.REVIEWER
    with desk.writing(role, areas=NOTHING) as w:  # service, form and response, or nothing of it
        _waiting(survey_links.responses(w.connection, desk.review_id), response_id)
        services.put_new(w, added)
        service_forms.put_new(w, ready)
        survey_links.settle(w, {response.id: form.uid})
    return ready[0]


def put_aside(desk: Desk, response_id: int, *, is_declined: bool = True) -> None:
    """Put a response aside that is none, such as a test; or let it wait again.

    Raises:
        NotFound: there is no such response.
        Invalid: a form was made of it.
    """
    with desk.writing(Role.REVIEWER, areas=NOTHING) as w:
        found = {r.id: r for r in survey_links.responses(w.connection, desk.review_id)}
        if response_id not in found:
            raise NotFound("response", response_id)
        if found[response_id].form:
            raise Invalid("A form was made of it; take the form away instead.")
        survey_links.settle(w, {response_id: ""}, is_declined=is_declined)


def read(store: Store, token: str, today: date | None = None) -> OpenSurvey:
    """What is asked under an address.

    Raises:
        NotFound: there is no such address.
        NotAllowed: no answers are taken any more.
    """
    with store.reading_outside() as c:
        link = survey_links.by_token(c, token)
        newest = stored_schemes.newest_of(c, link.review_id, link.scheme_id)
    if not link.is_open(today or datetime.now(UTC).date()):
        raise NotAllowed(CLOSED)
    return OpenSurvey(link=link, scheme=schemes.taken_version(newest).scheme)


def begin(store: Store, token: str, address: str, at: datetime | None = None) -> str:
    """Let somebody who agreed begin; gives the secret by which they come back.

    Raises:
        NotFound: there is no such address.
        NotAllowed: no answers are taken any more.
        TooMany: a bound is reached.
    """
    now = at or datetime.now(UTC)
    survey = read(store, token, now.date())
    sender, key = sender_mark(token, address), secrets.token_urlsafe(24)
    with store.writing_outside() as c:
        survey_links.lock(c, survey.link.id)
        for length, most in OF_SENDER:
            if survey_links.count(c, survey.link.id, sender=sender, since=now - length) >= most:
                raise TooMany(WAIT_A_LITTLE)
        for length, most in OF_LINK:
            if survey_links.count(c, survey.link.id, since=now - length) >= most:
                raise TooMany(WAIT_A_LITTLE)
        if survey_links.count(c, survey.link.id) >= MOST_RESPONSES:
            raise TooMany(FULL)
        survey_links.forget_senders(c, survey.link.id, now - KNOWN_FOR)
        survey_links.begin(c, survey.link.id, key, sender, now)
    return key


def response(store: Store, survey: OpenSurvey, key: str) -> SurveyResponse:
    """What somebody answered so far; raises NotFound where the secret is none."""
    with store.reading_outside() as c:
        return survey_links.by_key(c, survey.link.id, key)


def asked(survey: OpenSurvey, section: Section, answers: Sequence[Answer]) -> list[Question]:
    """The questions of a section that apply after what was answered.

    The area is asked once, beside the name of the service.
    """
    applying = {question.id for question in applicable_questions(survey.scheme, answers)}
    applying -= {AREA_QUESTION} if asks_area(survey.scheme) else set()
    return [question for question in section.questions if question.id in applying]


def asks_area(scheme: Scheme) -> bool:
    """Whether a scheme asks in words for the area, which respondents tell beside the name."""
    question = scheme.question(AREA_QUESTION)
    return question is not None and question.kind is QuestionKind.TEXT


def is_area_told(survey: OpenSurvey, response: SurveyResponse, answer: Answer) -> bool:
    """Whether an answer repeats the area that stands beside the name of the service."""
    is_area = answer.question == AREA_QUESTION and asks_area(survey.scheme)
    return is_area and answer.value == response.area


def save_page(
    store: Store,
    survey: OpenSurvey,
    before: SurveyResponse,
    section: Section,
    given: SurveyResponse,
) -> SavedPage:
    """Keep the answers of one page; of a faulty one, which is told, what was there before.

    Args:
        store: with the reviews.
        survey: that is answered.
        before: the response as it was when the page was sent.
        section: of the scheme, of which the page asks.
        given: the response with the answers of the page as they were sent.

    Raises:
        Invalid: it was sent already, saved elsewhere meanwhile, or saved too often.
    """
    if before.sent_at is not None:
        raise Invalid(SENT_BEFORE)
    if before.saves >= MOST_SAVES:
        raise Invalid(SAVED_TOO_OFTEN)
    given, faults = _who(given, before)
    of_page = {question.id: question for question in section.questions}
    kept = [answer for answer in before.answers if answer.question not in of_page]
    for answer in given.answers:
        question = of_page.get(answer.question)
        if question is None:
            continue
        tidy = replace(answer, value=_text(answer.value), note=_text(answer.note))
        if question.kind is QuestionKind.NUMBER:
            tidy = replace(tidy, value=without_separators(tidy.value))
        wrong = [*_too_long(tidy), *answer_faults(question, tidy)]
        if wrong:
            faults[question.id] = " ".join(wrong)
            kept += [each for each in before.answers if each.question == question.id]
        elif tidy.is_answered or tidy.note:
            kept.append(tidy)
    if asks_area(survey.scheme):
        kept = _with_area(kept, given, before)
    order = {question.id: at for at, question in enumerate(survey.scheme.questions)}
    kept.sort(key=lambda answer: order.get(answer.question, len(order)))
    was_asked = {question.id for question in asked(survey, section, before.answers)}
    now = replace(given, answers=tuple(kept), saves=before.saves)
    with store.writing_outside() as c:
        if not survey_links.save(c, now, None):
            raise Invalid(SAVED_ELSEWHERE)
    newly = [q.id for q in asked(survey, section, now.answers) if q.id not in was_asked]
    return SavedPage(
        response=replace(now, saves=now.saves + 1), faults=faults, newly_asked=tuple(newly)
    )


def open_questions(survey: OpenSurvey, response: SurveyResponse) -> list[Question]:
    """What has to be answered before it can be sent; also anew, where the questions were changed
    meanwhile so that an answer is none any more.
    """
    scheme, answers = survey.scheme, response.answers
    of_answer = {answer.question: answer for answer in answers}
    missing = {question.id for question in missing_answers(scheme, answers)}
    return [
        question
        for question in applicable_questions(scheme, answers)
        if question.id in missing
        or (question.id in of_answer and answer_faults(question, of_answer[question.id]))
    ]


def send(store: Store, survey: OpenSurvey, now: SurveyResponse) -> None:
    """Send the answers to the review; from then on nobody changes them.

    Raises:
        Invalid: something is missing, or it was sent already.
    """
    if now.sent_at is not None:
        raise Invalid(SENT_BEFORE)
    if not now.service:
        raise Invalid(NAME_THE_SERVICE)
    missing = open_questions(survey, now)
    if missing:
        raise Invalid("Please answer first: " + "; ".join(q.text for q in missing[:5]))
    applying = {question.id for question in applicable_questions(survey.scheme, now.answers)}
    kept = tuple(answer for answer in now.answers if answer.question in applying)
    with store.writing_outside() as c:
        if not survey_links.save(c, replace(now, answers=kept), datetime.now(UTC)):
            raise Invalid(SAVED_ELSEWHERE)


def _waiting(sent: Sequence[SurveyResponse], response_id: int) -> SurveyResponse:
    found = next((each for each in sent if each.id == response_id), None)
    if found is None:
        raise NotFound("response", response_id)
    if not found.waits:
        raise Invalid("It was taken in or put aside already. Reload the page.")
    return found


def _check_day(day: str) -> None:
    try:
        if day:
            date.fromisoformat(day)
    except ValueError:
        raise Invalid(f"“{day[:20]}” is no day; write it as 2027-03-31.") from None


def _who(given: SurveyResponse, before: SurveyResponse) -> tuple[SurveyResponse, dict[str, str]]:
    """Who answers, with what stood before where it is too long, and what is wrong by field."""
    faults: dict[str, str] = {}

    def kept(field: str, now: str, was: str) -> str:
        words = visible(now)
        if len(words) <= LONGEST_NAME:
            return words
        faults[field] = _SHORTEN.format(is_now=len(words), most=LONGEST_NAME)
        return was

    tidy = replace(
        given,
        service=kept("service", given.service, before.service),
        area=kept("area", given.area, before.area),
        filled_by=kept("filled_by", given.filled_by, before.filled_by),
    )
    if not tidy.service:
        faults.setdefault("service", NAME_THE_SERVICE)
    return tidy, faults


def _with_area(kept: list[Answer], given: SurveyResponse, before: SurveyResponse) -> list[Answer]:
    """The answers with the area that stands beside the name as the answer to its question.

    What was answered to the question itself, when it was asked still, stays where no area is named.
    """
    others = [answer for answer in kept if answer.question != AREA_QUESTION]
    stood = [each for each in before.answers if each.question == AREA_QUESTION]
    if given.area:
        return [*others, Answer(question=AREA_QUESTION, value=given.area)]
    return [*others, *(each for each in stood if each.value != before.area)]


def _too_long(answer: Answer) -> list[str]:
    """That an answer or note is too long, so that it was not saved."""
    lengths = [len(words) for words in (answer.value, answer.note) if len(words) > LONGEST_TEXT]
    return [_SHORTEN.format(is_now=length, most=LONGEST_TEXT) for length in lengths]


def _text(words: str) -> str:
    return visible_lines(words.replace("\r\n", "\n")).strip()
