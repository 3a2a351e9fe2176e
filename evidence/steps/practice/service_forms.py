"""Forms about services: filled in, changed, taken away, with the scheme that asks."""

from collections.abc import Mapping
from dataclasses import replace

from evidence.citations.text import visible, visible_lines
from evidence.coding.answers import Answer, applicable_questions, faults_in, missing_answers
from evidence.coding.scheme import Scheme
from evidence.errors import Invalid
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice.services import AREAS, is_uid
from evidence.store import Role, Write
from evidence.store.practice import service_forms, services
from evidence.store.practice.service_forms import ServiceFormState
from evidence.synthesis.practice.service import LONGEST_NAME, Service
from evidence.synthesis.practice.service_form import ServiceForm

LONGEST_TEXT = 10_000  # characters of one answer or note
LONGEST_OCCASION = 40
MOST_AT_ONCE = 5000  # forms
MEANWHILE = (
    "Somebody else changed this form meanwhile, so nothing was kept. Reload the page to see it, "
    "then try again."
)
SHOWN = 5  # faults of one form


def listing(desk: Desk, scheme_id: int | None = None) -> dict[str, ServiceForm]:
    """The forms that are there, or those of one scheme, by uid; those of services that were taken
    away are not.
    """
    with desk.reading() as c:
        there = services.standing(c, desk.review_id)
        forms = service_forms.standing(c, desk.review_id, scheme_id)
    return {uid: form for uid, form in forms.items() if form.service in there}


def history(desk: Desk, uid: str) -> list[ServiceFormState]:
    """All states of one form, the oldest first."""
    with desk.reading() as c:
        return service_forms.history_of(c, desk.review_id, uid)


def save(desk: Desk, now: ServiceForm, before: ServiceForm | None = None) -> ServiceForm:
    """Keep a form; the same one sent twice is kept once.

    Args:
        desk: of a reviewer.
        now: as it is to be; answers to questions that do not apply any more are left out.
        before: as the person saw it when they began; None for a new one.

    Returns:
        What is kept.

    Raises:
        Invalid: somebody else changed it meanwhile, or it has faults, all of which are told.
    """
    now = checked(schemes.get(desk, now.scheme_id).scheme, now)
    with desk.writing(Role.REVIEWER, areas=AREAS) as w:
        there = services.standing(w.connection, desk.review_id)
        if now.service not in there:
            raise Invalid("There is no such service; it may have been taken away.")
        state = service_forms.newest_of(w.connection, desk.review_id, now.uid)
        if state is not None and not state.is_removed and state.form == now:
            return now
        stands = None if state is None or state.is_removed else state.form
        if stands != before:
            raise Invalid(MEANWHILE)
        service_forms.put(w, there[now.service].name, now)
    return now


def ready_to_add(desk: Desk, forms: list[ServiceForm]) -> list[ServiceForm]:
    """Forms as `put_new` takes them; raises Invalid where one of them has faults."""
    if len(forms) > MOST_AT_ONCE:
        raise Invalid(f"Up to {MOST_AT_ONCE:,} forms can be added at once.")
    by_id = {each.id: each.scheme for each in schemes.of_services(desk)}
    if {form.scheme_id for form in forms} - set(by_id):
        raise Invalid("The review has no such scheme for services.")
    return [checked(by_id[form.scheme_id], form) for form in forms]


def put_new(write: Write, ready: list[ServiceForm]) -> None:
    """Add those of the forms that are not there, in a transaction of the caller.

    Raises:
        Invalid: one is about a service that is not there.
    """
    there = services.standing(write.connection, write.review_id)
    uids = [form.uid for form in ready]
    known = service_forms.known_uids(write.connection, write.review_id, uids)
    fresh = [form for form in ready if form.uid not in known]
    if {form.service for form in fresh} - set(there):
        raise Invalid("A form is about a service that is not there.")
    service_forms.put(write, _subject(there, fresh), *fresh)


def put_complete(write: Write, drafts: list[ServiceForm]) -> None:
    """Let drafts be complete, in a transaction of the caller.

    Raises:
        Invalid: one of them is not as it was any more.
    """
    if not drafts:
        return
    there = services.standing(write.connection, write.review_id)
    now = service_forms.standing(write.connection, write.review_id)
    if any(now.get(each.uid) != each or each.service not in there for each in drafts):
        raise Invalid(MEANWHILE)
    ready = [replace(each, is_complete=True) for each in drafts]
    service_forms.put(write, _subject(there, ready), *ready)


def remove(desk: Desk, before: ServiceForm) -> None:
    """Take a form away; its states stay in the history.

    Raises:
        Invalid: somebody else changed it meanwhile.
    """
    with desk.writing(Role.REVIEWER, areas=AREAS) as w:
        state = service_forms.newest_of(w.connection, desk.review_id, before.uid)
        if state is not None and state.is_removed:
            return
        if state is None or state.form != before:
            raise Invalid(MEANWHILE)
        service_forms.put(w, _name(w, before.service), before, is_removed=True)


def bring_back(desk: Desk, uid: str) -> None:
    """Let a form that was taken away be there again, as it was.

    Raises:
        Invalid: there was none.
    """
    with desk.writing(Role.REVIEWER, areas=AREAS) as w:
        state = service_forms.newest_of(w.connection, desk.review_id, uid)
        if state is None:
            raise Invalid("There is no such form.")
        if state.is_removed:
            service_forms.put(w, _name(w, state.form.service), state.form)


def checked(scheme: Scheme, form: ServiceForm) -> ServiceForm:
    """The form with tidy words and without answers to questions that do not apply.

    Raises:
        Invalid: it has faults.
    """
    if not is_uid(form.uid):
        raise Invalid("This form has no number of its own; reload the page.")
    if not scheme.is_about_services:
        raise Invalid(f"“{scheme.title}” does not ask about services.")
    tidy = replace(
        form,
        occasion=" ".join(visible(form.occasion).split()),
        filled_by=" ".join(visible(form.filled_by).split()),
        answers=tuple(_tidy(each) for each in form.answers if each.is_answered or each.note),
    )
    asked = {question.id for question in applicable_questions(scheme, tidy.answers)}
    known = {question.id for question in scheme.questions}
    tidy = replace(
        tidy,
        answers=tuple(a for a in tidy.answers if a.question in asked or a.question not in known),
    )
    faults = [*_too_long(tidy), *faults_in(scheme, tidy.answers)]
    if form.is_complete:
        missing = missing_answers(scheme, tidy.answers)
        faults += [f"“{question.text}” has no answer yet." for question in missing]
    if faults:
        more = [f"And {len(faults) - SHOWN:,} more."] if len(faults) > SHOWN else []
        raise Invalid(" ".join([*faults[:SHOWN], *more]))
    return tidy


def open_questions(scheme: Scheme, form: ServiceForm) -> list[str]:
    """The required questions that apply and have no answer yet, in words."""
    return [question.text for question in missing_answers(scheme, form.answers)]


def _tidy(answer: Answer) -> Answer:
    value, note = visible_lines(answer.value), visible_lines(answer.note)
    return replace(answer, value=value.strip(), note=note.strip())


def _too_long(form: ServiceForm) -> list[str]:
    faults = [
        f"An answer or note has more than {LONGEST_TEXT:,} characters: {text[:40]} …"
        for answer in form.answers
        for text in (answer.value, answer.note)
        if len(text) > LONGEST_TEXT
    ]
    if len(form.filled_by) > LONGEST_NAME:
        faults.append(f"Who filled it in has more than {LONGEST_NAME} characters.")
    if len(form.occasion) > LONGEST_OCCASION:
        faults.append(f"The day or quarter has more than {LONGEST_OCCASION} characters.")
    return faults


def _subject(there: Mapping[str, Service], forms: list[ServiceForm]) -> str:
    if len(forms) == 1:
        return there[forms[0].service].name
    return f"{len(forms):,} forms"


def _name(write: Write, service: str) -> str:
    state = services.newest(write.connection, write.review_id).get(service)
    return state.service.name if state else service
