"""Taking a scheme: those that lie ready, and one's own."""

import streamlit as st

from evidence.settings import Settings
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.ui.shell.uploads import let_go
from evidence.ui.shell.wording import number, plain


def scheme_choice(desk: Desk, settings: Settings) -> None:
    """Take one of the schemes that are there, or one's own."""
    st.write("Coding needs a scheme: the questions that are asked about every study.")
    for offer in schemes.files(settings):
        with st.container(border=True):
            if offer.scheme is None:
                st.error(f"{plain(offer.file)} cannot be used.")
                st.code(offer.fault, language=None, wrap_lines=True)
                continue
            st.markdown(f"**{plain(offer.scheme.title)}**")
            st.caption(
                f"Version {plain(offer.scheme.version)} · "
                f"{number(len(offer.scheme.questions), 'question')}"
            )
            if offer.scheme.description:
                st.write(plain(offer.scheme.description))
            if st.button("Use this scheme", key=f"take-{offer.file}", type="primary"):
                schemes.add(desk, offer.yaml, offer.file)
                st.rerun()
    own = st.file_uploader("Or your own scheme (YAML)", type=["yaml", "yml"], key="own-scheme")
    if own is not None:
        schemes.add(desk, own.getvalue().decode("utf-8", "replace"), own.name)
        let_go([own])
        st.rerun()
