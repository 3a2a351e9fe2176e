"""Who has access to a review on a server for teams: the people, their roles, and invitations."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from evidence.screening.verdicts import Stage
from evidence.settings import Settings
from evidence.steps.accounts import access, administration, invitations
from evidence.steps.desk import Desk
from evidence.steps.review import membership, people, team
from evidence.store import Role
from evidence.store.accounts.invitations import Draft, Invitation
from evidence.store.review.access import Access
from evidence.ui.review.departures import departure_words
from evidence.ui.shell.errors import attempt, fragment, rerun
from evidence.ui.shell.public_address import address_before
from evidence.ui.shell.wording import number, plain

MAY = {
    Role.READER: "Reader: looks at everything but what is blinded",
    Role.REVIEWER: "Reviewer: screens, links reports, codes",
    Role.EDITOR: "Editor: also imports, schemes, settings, the report",
    Role.OWNER: "Owner: also says who has access",
}
NOBODY_HERE = 0  # an invitation for somebody who is new


@fragment
def access_tab(desk: Desk, stage: Stage) -> None:
    """The people of the review; for its owners also the ways to let them in and out."""
    del stage
    there = access.listing(desk)
    _table(there)
    if membership.standing(desk).role < Role.OWNER:
        st.caption("Owners of the review say who has access, and in which role.")
        return
    with st.expander("Invite somebody", icon=":material/person_add:", expanded=len(there) == 1):
        _invite(desk)
    _open_invitations(desk)
    with st.expander("Change a role, or end access", icon=":material/manage_accounts:"):
        _change(desk, there)
    _former(desk)
    with st.expander("What was done about access", icon=":material/history:"):
        _history(desk)


def _table(there: Sequence[Access]) -> None:
    rows = [
        [
            each.name,
            each.role.name.capitalize(),
            "ends conflicts" if each.is_arbiter else "",
            f"{each.since:%Y-%m-%d}" if each.since else "made the review",
        ]
        for each in there
    ]
    st.dataframe(
        pd.DataFrame(rows, columns=["Name", "Role", "Arbiter", "Since"]),
        hide_index=True,
        alt="Who has access, and in which role",
    )


def _invite(desk: Desk) -> None:
    without_account = {each.id: each.name for each in people.without_account(desk)}
    with st.form("invite", border=False, clear_on_submit=True):
        for_whom = st.text_input(
            "For whom", placeholder="A name or an e-mail address, for your own list"
        )
        role = st.radio("Role", list(MAY), index=1, format_func=MAY.__getitem__)
        days = st.number_input("For how many days", 1, invitations.MOST_DAYS, invitations.DAYS)
        as_person = NOBODY_HERE
        if without_account:
            as_person = st.selectbox(
                "Who they are here already",
                [NOBODY_HERE, *without_account],
                format_func=lambda each: without_account.get(each, "somebody new"),
                help="Work stands here under these names, from before people signed in. Whoever "
                "takes the invitation up is that person from then on.",
            )
        sent = st.form_submit_button("Make the link", type="primary")
    links: list[str] = []
    if sent:
        draft = Draft(for_whom=for_whom, role=role or Role.REVIEWER, as_person=as_person or None)
        made = attempt(lambda: links.append(invitations.invite(desk, draft, days=int(days))))
        if made:
            st.session_state["invitation-link"] = links[0]
            rerun()
    if token := st.session_state.get("invitation-link"):
        before = address_before(Settings.from_environment())
        st.write("Send this link to them. It works once, and is shown only now:")
        st.code(f"{before}{invitations.path_of(token)}", language=None, wrap_lines=True)
        if st.button("I have it"):
            del st.session_state["invitation-link"]
            rerun()


def _open_invitations(desk: Desk) -> None:
    waiting = invitations.of_review(desk)
    if not waiting:
        return
    label = number(len(waiting), "invitation waits", "invitations wait")
    with st.expander(f"{label} to be taken up", icon=":material/mail:"):
        for each in waiting:
            _waiting(desk, each)


def _waiting(desk: Desk, each: Invitation) -> None:
    words, button = st.columns([4, 1], vertical_alignment="center")
    as_whom = f", as {plain(each.as_name)}" if each.as_name else ""
    words.write(
        f"{plain(each.draft.for_whom)}{as_whom}: {each.draft.role.words}, until "
        f"{each.ends_at:%Y-%m-%d}"
    )
    pressed = button.button("Withdraw", key=f"withdraw-{each.id}")
    if pressed and attempt(invitations.withdraw, desk, each.id):
        rerun()


def _change(desk: Desk, there: Sequence[Access]) -> None:
    by_id = {each.person_id: each for each in there}
    person_id = st.selectbox(
        "Whose",
        list(by_id),
        index=None,
        format_func=lambda each: by_id[each].name,
        key="access-of",
    )
    if person_id is None:
        return
    theirs = by_id[person_id]
    role = st.radio(
        "Role",
        list(MAY),
        index=list(MAY).index(theirs.role),
        format_func=MAY.__getitem__,
        key=f"role-{person_id}-{theirs.role}",
    )
    arbiter = st.checkbox(
        "Ends conflicts of screening",
        theirs.is_arbiter,
        key=f"arbiter-{person_id}-{theirs.is_arbiter}",
        disabled=role is None or role < Role.REVIEWER,
        help="Where a review has arbiters, nobody else ends a conflict or opens one again.",
    )
    st.write(departure_words(team.departure(desk, person_id), theirs.name))
    save, end = st.columns(2)
    if save.button("Keep this", type="primary", key="keep-role"):
        kept = attempt(access.change_role, desk, person_id, role or theirs.role)
        if kept and attempt(access.change_arbiter, desk, person_id, is_arbiter=arbiter):
            rerun()
    if end.button("End their access", key=f"end-{person_id}") and attempt(
        team.take_out, desk, person_id
    ):
        st.session_state.pop("access-of", None)
        rerun()


def _former(desk: Desk) -> None:
    former = team.former(desk)
    if not former:
        return
    with st.expander("Let somebody in again", icon=":material/undo:"):
        for each in former:
            label = f"Take {plain(each.name)} back"
            pressed = st.button(label, key=f"again-{each.person_id}")
            if pressed and attempt(team.take_back, desk, each.person_id):
                rerun()


def _history(desk: Desk) -> None:
    page = administration.audit_of_review(desk)
    rows = [[each.at, each.person, each.kind.words, each.subject] for each in page.entries]
    st.dataframe(
        pd.DataFrame(rows, columns=["When", "Who", "What", "Whom or what"]),
        hide_index=True,
        column_config={"When": st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm")},
        alt="What was done about access to this review",
    )
    if page.total > len(page.entries):
        st.caption(f"The newest {len(page.entries)} of {page.total:,}.")
