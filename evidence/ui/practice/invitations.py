"""Asking services by a link on the page: addresses, and what respondents sent."""

import streamlit as st

from evidence.coding.scheme import Scheme
from evidence.exports import survey_pages
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.steps.practice import services
from evidence.steps.practice import survey_links as steps
from evidence.steps.review import membership
from evidence.store import Role
from evidence.store.practice.survey_links import SurveyLink, SurveyResponse
from evidence.ui.shell.errors import attempt, fragment, rerun
from evidence.ui.shell.public_address import warn_if_only_here
from evidence.ui.shell.wording import number, plain, short

ABOUT = (
    "Send this address to services: they answer on a plain page, without an account, and what they "
    "send waits here until you take it in. Whoever has the address can answer."
)
CONSENT = (
    "We are reviewing what services do. Your answers are read by the people of this review, who "
    "may quote them without your name. They are kept as long as the review is. Taking part is "
    "voluntary."
)
ADD = ""
AT_ONCE = 10


@fragment
def invitations_view(desk: Desk, taken: TakenScheme, before: str) -> None:
    """Addresses with their ends, and the responses that wait.

    Args:
        desk: of who looks.
        taken: the scheme that asks.
        before: what `address_before` gives; a fragment that runs by itself does not know it.
    """
    st.caption(ABOUT)
    role = membership.standing(desk).role
    if role < Role.REVIEWER:
        st.caption("People of the team see what was sent.")
        return
    if role >= Role.EDITOR:
        warn_if_only_here(before)
        _links(desk, taken, before)
    _responses(desk, taken)


def _links(desk: Desk, taken: TakenScheme, before: str) -> None:
    counts = steps.counts(desk)
    for link in steps.listing(desk):
        if link.scheme_id == taken.id:
            with st.container(border=True):
                _link(desk, link, before, counts.get(link.id, (0, 0)))
    with st.expander("A new address", icon=":material/add_link:"), st.form(f"ask-{taken.id}"):
        title = st.text_input(
            "Title",
            taken.scheme.title,
            max_chars=steps.LONGEST_TITLE,
            help="What respondents see first.",
        )
        consent = st.text_area("To what people agree", CONSENT, max_chars=steps.LONGEST_CONSENT)
        ends_on = st.date_input("Last day", None, format="YYYY-MM-DD")
        is_sent = st.form_submit_button("Make the address", type="primary")
    day = str(ends_on) if ends_on else ""
    if is_sent and attempt(steps.invite, desk, taken.id, title, consent, day):
        rerun()


def _link(desk: Desk, link: SurveyLink, before: str, answered: tuple[int, int]) -> None:
    begun, sent = answered
    state = "closed" if link.closed_at else "open"
    ends = f" until {link.ends_on}" if link.ends_on and not link.closed_at else ""
    st.markdown(f"**{plain(link.title)}** · {state}{ends}")
    if not link.token:
        st.caption("It came in an archive and has no address here.")
        return
    st.code(f"{before}public/survey/{link.token}/", language=None, wrap_lines=True)
    st.caption(f"{begun:,} begun, {sent:,} sent · made by {plain(link.person)}")
    label = "Open it again" if link.closed_at else "Close it now"
    is_sent = st.button(label, key=f"ask-close-{link.id}")
    if is_sent and attempt(
        steps.change, desk, link.id, ends_on=link.ends_on, is_closed=not link.closed_at
    ):
        rerun()


def _responses(desk: Desk, taken: TakenScheme) -> None:
    links = {link.id for link in steps.listing(desk) if link.scheme_id == taken.id}
    sent = [each for each in steps.responses(desk) if each.link_id in links]
    waiting = [each for each in sent if each.waits]
    st.subheader("Sent")
    if not sent:
        st.caption("Nothing was sent yet.")
        return
    done = len(sent) - len(waiting)
    st.caption(f"{number(len(waiting), 'form')} waiting, {done:,} taken in or put aside.")
    names = {uid: _called(each.name, each.area) for uid, each in services.listing(desk).items()}
    for response in waiting[:AT_ONCE]:
        with st.expander(plain(_name(response)), icon=":material/mail:"):
            _response(desk, taken.scheme, response, names)
    if len(waiting) > AT_ONCE:
        st.caption(f"And {len(waiting) - AT_ONCE:,} more, which come when these are done.")
    aside = [each for each in sent if each.is_declined]
    if aside:
        with st.expander(f"Put aside ({len(aside):,})", icon=":material/undo:"):
            for response in aside[:AT_ONCE]:
                st.write(plain(_name(response)))
                is_sent = st.button("Let it wait again", key=f"response-back-{response.id}")
                if is_sent and attempt(steps.put_aside, desk, response.id, is_declined=False):
                    rerun()
            if len(aside) > AT_ONCE:
                st.caption(f"And {len(aside) - AT_ONCE:,} more, which come when these wait again.")


def _response(desk: Desk, scheme: Scheme, response: SurveyResponse, names: dict[str, str]) -> None:
    for answer in response.answers:
        question = scheme.question(answer.question)
        if question is not None:
            name, words = question.name, survey_pages.in_words(question, answer)
        else:  # the questionnaire was changed after it was sent
            name = f"{answer.question}, which is not asked any more"
            words = "; ".join(filter(None, [*answer.codes, answer.value, answer.note]))
        st.markdown(f"**{plain(name)}**: {plain(short(words, 1000))}")
    same = [u for u, name in names.items() if name == _called(response.service, response.area)]
    offered = [ADD, *names]
    service = st.selectbox(
        "It is about",
        offered,
        index=offered.index(same[0]) if same else 0,
        format_func=lambda each: names.get(each, f"A new service: {response.service}"),
        key=f"response-service-{response.id}",
    )
    if st.button("Take it in", type="primary", key=f"response-take-{response.id}") and attempt(
        steps.take_in, desk, response.id, service
    ):
        rerun()
    if st.button("Put it aside", key=f"response-aside-{response.id}") and attempt(
        steps.put_aside, desk, response.id
    ):
        rerun()


def _name(response: SurveyResponse) -> str:
    parts = [_called(response.service, response.area), response.filled_by]
    sent = f"{response.sent_at:%Y-%m-%d %H:%M} UTC" if response.sent_at else ""
    return short(" · ".join(part for part in [*parts, sent] if part), 150)


def _called(name: str, area: str) -> str:
    return f"{name} ({area})" if area else name
