"""Texts that several people change at once: what one types stays while a colleague's is kept.

A box that nobody has touched shows what is kept now. What was touched is never put aside, and the
person is told of what a colleague kept meanwhile before anything takes its place. The boxes stand
outside of Streamlit's forms, so that the server knows what is in them at every redraw.
"""

from collections.abc import Mapping

import streamlit as st

from evidence.ui.shell.wording import plain, short

LONGEST_TOLD = 300  # letters of a colleague's text in the warning


def fill(form: str, now: Mapping[str, str]) -> None:
    """Before the boxes are drawn: put what is kept now into those that nobody has touched.

    Args:
        form: the key of the whole form, one for each review.
        now: what is kept now, by the label of its box. A box has the `box_key` of its label.
    """
    is_saved = st.session_state.pop(f"{form}-saved", False)
    for label, text in now.items():
        key, begun = box_key(form, label), f"{form}-begun-{label}"
        untouched = st.session_state.get(key) in (None, st.session_state.get(begun))
        if is_saved or untouched:
            st.session_state[begun] = text
            # Only a text that differs is set: setting one, even the same, lets the browser throw
            # away what is being typed in the box and was not sent yet.
            if st.session_state.get(key) != text:
                st.session_state[key] = text


def box_key(form: str, label: str) -> str:
    """The key of a box of the form."""
    return f"{form}-box-{label}"


def may_save(form: str, now: Mapping[str, str], *, pressed: bool) -> bool:
    """After the boxes and their button: tell what was changed meanwhile in what was touched here.

    Gives whether what is in the boxes may be kept: the button was pressed, and the person had been
    told already of all that it takes the place of.
    """
    changed = {
        label: text
        for label, text in now.items()
        if text
        not in (st.session_state[f"{form}-begun-{label}"], st.session_state[box_key(form, label)])
    }
    told_before = st.session_state.get(f"{form}-told", {})
    st.session_state[f"{form}-told"] = changed
    if pressed and changed == told_before:
        return True
    if changed:
        texts = "; ".join(
            f"{label}: “{plain(short('; '.join(text.splitlines()), LONGEST_TOLD) or 'nothing')}”"
            for label, text in changed.items()
        )
        st.warning(
            f"Meanwhile this was changed. It now says: {texts}. What you wrote is still in the "
            "box: put both together there. Saving puts your words in the place of these.",
            icon=":material/group:",
        )
    return False


def saved(form: str) -> None:
    """What was in the boxes is kept; at the next redraw they show it as it was kept."""
    st.session_state[f"{form}-saved"] = True
    st.session_state.pop(f"{form}-told", None)
