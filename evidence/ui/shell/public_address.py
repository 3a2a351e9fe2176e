"""Under which address people without an account reach what a review shows or asks them."""

import streamlit as st

from evidence.hosts import is_loopback
from evidence.settings import Settings

ONLY_HERE = (
    "Others cannot open this address: it leads to the machine on which Waymark runs. Whoever runs "
    "Waymark can let others reach it, and name its address in the setting WAYMARK_PUBLIC_ADDRESS "
    "(docs/deploy.md)."
)


def address_before(settings: Settings) -> str:
    """What stands before `public/…` where readers open it: as set, or of this very page."""
    kept = settings.public_address.strip()
    if kept:
        return kept.rstrip("/") + "/"
    here = (st.context.url or "").partition("?")[0]
    return here.rstrip("/").rpartition("/")[0] + "/" if here else "/"


def warn_if_only_here(before: str) -> None:
    """Say so where nobody else can open the address that `address_before` gave."""
    if is_loopback(before):
        st.warning(ONLY_HERE, icon=":material/public_off:")
