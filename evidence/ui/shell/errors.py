"""The one place that shows errors, for whole pages and for fragments that run by themselves."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, NoReturn, ParamSpec

import streamlit as st
from streamlit.errors import StreamlitAPIException

from evidence.errors import Unavailable, WaymarkError
from evidence.ui.shell.wording import plain_lines

P = ParamSpec("P")
log = logging.getLogger("waymark")
AGAIN = 5.0  # seconds after which a page that the database failed is drawn anew
FAILED = "database-failed"  # when the page was last drawn without its database
OVER = (
    "The database answers again. Please look whether what you did last was kept, and do it again "
    "if it was not."
)


@contextmanager
def show_errors() -> Iterator[None]:
    """Show people what went wrong, in words; what nobody foresaw goes to the log."""
    try:
        yield
    except Unavailable as error:
        st.error(plain_lines(str(error)), icon=":material/hourglass:")
        st.session_state[FAILED] = time.monotonic()
        _draw_again()
    except WaymarkError as error:
        st.error(plain_lines(str(error)), icon=":material/warning:")
    except Exception:
        log.exception("A page failed")
        st.error(
            "Something went wrong that should not have. Nothing that was saved is lost; "
            "please go back or reload the page. The server's log has the details.",
            icon=":material/warning:",
        )


@st.fragment(run_every=AGAIN)
def _draw_again() -> None:
    """Draw the whole page anew from time to time; there it fails again, or goes on."""
    if time.monotonic() - st.session_state.get(FAILED, 0.0) > AGAIN / 2:  # not at once
        st.rerun()


@contextmanager
def until_it_is_over() -> Iterator[None]:
    """Around a whole page: says so once it can be drawn after the database had failed it."""
    failed_before = st.session_state.pop(FAILED, None) is not None
    try:
        yield
    finally:  # also where the page stops early, as it does without a review
        if failed_before and FAILED not in st.session_state:
            st.toast(OVER, icon=":material/check:", duration="long")


def fragment(
    function: Callable[P, None] | None = None, *, every: float | None = None
) -> Callable[..., Any]:
    """Decorator: a part of a page that runs again by itself, and shows its own errors.

    Used as `@fragment`, or as `@fragment(every=1.0)` to be drawn anew so many seconds apart.
    """

    def decorate(wrapped: Callable[P, None]) -> Callable[P, None]:
        @st.fragment(run_every=every)
        @wraps(wrapped)
        def run(*args: P.args, **kwargs: P.kwargs) -> None:
            with show_errors():
                wrapped(*args, **kwargs)

        return run

    return decorate(function) if function else decorate


def attempt(step: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> bool:
    """Take a step; where it is refused, say so here, and let the rest of the page be drawn."""
    with show_errors():
        step(*args, **kwargs)
        return True
    return False  # show_errors() lets none through


def rerun() -> NoReturn:
    """Draw the fragment anew, or the page where the whole page is being drawn."""
    try:
        st.rerun(scope="fragment")
    except StreamlitAPIException:
        st.rerun()
