"""The one place that shows errors, for whole pages and for fragments that run by themselves."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, NoReturn, ParamSpec

import streamlit as st
from streamlit.errors import StreamlitAPIException

from evidence.errors import WaymarkError
from evidence.ui.shell.wording import plain_lines

P = ParamSpec("P")
log = logging.getLogger("waymark")


@contextmanager
def show_errors() -> Iterator[None]:
    """Show people what went wrong, in words; what nobody foresaw goes to the log."""
    try:
        yield
    except WaymarkError as error:
        st.error(plain_lines(str(error)), icon=":material/warning:")
    except Exception:
        log.exception("A page failed")
        st.error(
            "Something went wrong that should not have. Nothing that was saved is lost; "
            "please go back or reload the page. The server's log has the details.",
            icon=":material/warning:",
        )


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
