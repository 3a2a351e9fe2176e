"""Asking before a name makes a second person beside somebody whose name is nearly the same."""

import streamlit as st

from evidence.steps.review import people
from evidence.store import Store
from evidence.ui.shell.wording import plain


def meant_name(store: Store, written: str | None, key: str, question: str) -> str | None:
    """The name that is meant: the one written, or the known one that differs from it only in case,
    spaces or accents, if the person says so. None until there is an answer.

    Args:
        store: where people are known.
        written: the name that was just sent; None in the redraws afterwards.
        key: one for each place that asks.
        question: what is asked after "There is …: ".
    """
    asked = f"{key}-alike"
    if written is not None:
        st.session_state[asked] = written
    name: str | None = st.session_state.get(asked)
    if name is None:
        return None
    alike = people.alike(store, name)
    meant = name
    if alike:
        names = " and ".join(plain(person.name) for person in alike)
        st.warning(f"There is {names}: {question}", icon=":material/person_alert:")
        options = [("Yes, " + plain(person.name), person.name) for person in alike]
        options.append((f"No, {plain(name)} is somebody else", name))
        with st.container(horizontal=True):
            pressed = [
                option
                for place, (label, option) in enumerate(options)
                if st.button(label, key=f"{asked}-{place}")
            ]
        if not pressed:
            return None
        (meant,) = pressed
    del st.session_state[asked]
    return meant
