"""The survey of practice on the page: forms about services, by hand and from files."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from evidence.steps.coding import schemes
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.steps.practice import answers_in_files, service_forms, services
from evidence.steps.review import membership
from evidence.store import Role
from evidence.synthesis.practice.service import LONGEST_NAME, Service
from evidence.synthesis.practice.service_form import ServiceForm
from evidence.ui.practice.beginning import begin_with
from evidence.ui.practice.form_fields import form_fields
from evidence.ui.shell.errors import attempt, fragment, rerun
from evidence.ui.shell.menu import link
from evidence.ui.shell.under_way import choice_under_way
from evidence.ui.shell.wording import number, plain, short

ABOUT = "What services say of themselves, or somebody of them, by the questions of a scheme."
NO_SCHEME = (
    "This review has no questionnaire yet, and no service was asked. Begin with the one on "
    "vocational services, or take or write another: a scheme with the purpose practice."
)
NO_SERVICE = "Add the services first, or bring in a file that names them."
SHOWN = 200


def questionnaire(desk: Desk) -> TakenScheme | None:
    """The scheme that asks, chosen where there are several; None where the review has none."""
    taken = schemes.questionnaires(desk)
    if not taken:
        st.info(NO_SCHEME, icon=":material/quiz:")
        begin_with(desk, "vocational-services.yaml", "Vocational services")
        return None
    chosen = taken[0]
    if len(taken) == 1:
        asked = number(len(chosen.scheme.questions), "question")
        st.caption(plain(f"Questionnaire: {chosen.scheme.title}, {asked}"))
    else:
        by_id = {each.id: each for each in taken}
        titles = {each.id: each.scheme.title for each in taken}
        at = st.selectbox("Questionnaire", list(titles), format_func=titles.__getitem__)
        chosen = by_id[at]
    if membership.standing(desk).role >= Role.EDITOR:
        link("schemes", "Change its questions, or take another questionnaire")
    return chosen


@fragment
def forms_view(
    desk: Desk, taken: TakenScheme, say: Callable[[Desk, TakenScheme], None] | None = None
) -> None:
    """All forms in a table, and the one that is filled in or changed.

    Args:
        desk: of the person who looks.
        taken: the scheme that asks.
        say: what there is to say of the forms that were kept, above them.
    """
    if say is not None:
        say(desk, taken)
    st.caption(ABOUT)
    there = services.listing(desk)
    forms = service_forms.listing(desk, taken.id)
    if forms:
        _table(desk, taken, forms, there)
    else:
        st.info("No form is filled in yet.", icon=":material/assignment:")
    if membership.standing(desk).role < Role.REVIEWER:
        st.caption("People of the team fill in forms.")
        return
    if not there:
        st.caption(NO_SERVICE)
        link("services", "Go to services")
        return
    with st.expander("Fill in a form", icon=":material/add:"):
        _new(desk, taken, there)
    if forms:
        with st.expander("Change a form, or take it away", icon=":material/edit:"):
            _change(desk, taken, forms, there)


def _table(
    desk: Desk, taken: TakenScheme, forms: dict[str, ServiceForm], there: dict[str, Service]
) -> None:
    questions = taken.scheme.questions
    rows = [
        {
            "Service": there[form.service].name,
            "Area": there[form.service].area,
            "When": form.occasion,
            "Filled in by": form.filled_by,
            "Answered": f"{sum(form.answer(q.id).is_answered for q in questions)}",
            "State": "complete" if form.is_complete else "draft",
        }
        for form in list(forms.values())[:SHOWN]
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Forms")
    asked = len({form.service for form in forms.values()})
    st.caption(
        f"{number(len(forms), 'form')} on {asked:,} of {number(len(there), 'service')}"
        + (f"; the first {SHOWN} are shown, the file has all" if len(forms) > SHOWN else "")
    )
    st.download_button(
        "All answers (CSV)",
        lambda: answers_in_files.as_csv(desk, taken.id),
        file_name=f"{taken.scheme.id}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"forms-csv-{taken.id}",
    )


def _new(desk: Desk, taken: TakenScheme, there: dict[str, Service]) -> None:
    uid = st.selectbox(
        "Service",
        list(there),
        index=None,
        format_func=lambda each: _named(there[each]),
        placeholder="Choose a service",
        key=f"form-service-{taken.id}",
    )
    if uid is None:
        return
    empty = ServiceForm(uid=services.new_uid(), service=uid, scheme_id=taken.id)
    choice = choice_under_way(f"form-new-{desk.review_id}-{taken.id}-{uid}", empty)
    key = f"form-{taken.id}-{uid}-new-{choice.turn}"
    now = _fields(taken, choice.before, key)
    if now is not None and attempt(service_forms.save, desk, now):
        choice.begin_anew(ServiceForm(uid=services.new_uid(), service=uid, scheme_id=taken.id))
        rerun()


def _change(
    desk: Desk, taken: TakenScheme, forms: dict[str, ServiceForm], there: dict[str, Service]
) -> None:
    uid = st.selectbox(
        "Form",
        list(forms),
        format_func=lambda each: form_name(forms[each], there),
        key=f"form-chosen-{taken.id}",
    )
    stands = forms[uid]
    choice = choice_under_way(f"form-change-{desk.review_id}-{uid}", stands)
    if choice.before != stands:
        st.warning("Somebody changed this form since you began.", icon=":material/group:")
        if st.button("Begin with what stands now", key=f"form-anew-{uid}"):
            choice.begin_anew(stands)
            rerun()
    now = _fields(taken, choice.before, f"form-{uid}-{choice.turn}")
    if now is not None and attempt(service_forms.save, desk, now, choice.before):
        choice.begin_anew(service_forms.listing(desk, taken.id).get(uid, now))
        rerun()
    is_sent = st.button("Take it away", key=f"form-remove-{uid}")
    if is_sent and attempt(service_forms.remove, desk, stands):
        rerun()


def _fields(taken: TakenScheme, before: ServiceForm, key: str) -> ServiceForm | None:
    """The whole form; None until somebody presses the button."""
    when_box, who_box = st.columns(2)
    occasion = when_box.text_input(
        "When",
        before.occasion,
        max_chars=service_forms.LONGEST_OCCASION,
        help="A day, such as 2026-11-30, or a quarter, such as 2026-Q4; empty if it does not "
        "matter.",
        key=f"{key}-occasion",
    )
    who = who_box.text_input(
        "Filled in by", before.filled_by, max_chars=LONGEST_NAME, key=f"{key}-who"
    )
    filled = form_fields(taken.scheme, before, key)
    is_complete = st.checkbox("It is complete", before.is_complete, key=f"{key}-complete")
    st.caption("Nothing is kept before you press the button. * must be answered to be complete.")
    if not st.button("Keep the form", type="primary", key=f"{key}-keep"):
        return None
    return ServiceForm(
        uid=before.uid,
        service=before.service,
        scheme_id=before.scheme_id,
        occasion=occasion,
        filled_by=who,
        answers=filled.answers,
        is_complete=is_complete,
    )


def form_name(form: ServiceForm, there: dict[str, Service]) -> str:
    """A form in a list: its service, when, and who."""
    parts = [_named(there[form.service]), form.occasion, form.filled_by]
    return short(" · ".join(part for part in parts if part), 120)


def _named(service: Service) -> str:
    return f"{service.name} ({service.area})" if service.area else service.name
