"""The one place that shows errors, for whole pages and for the parts that run by themselves."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, NoReturn, ParamSpec

import streamlit as st
from streamlit.errors import StreamlitAPIException

from evidence.errors import WaymarkError

P = ParamSpec("P")
log = logging.getLogger("waymark")


@contextmanager
def told() -> Iterator[None]:
    """Tell people what went wrong, in words; what nobody foresaw goes to the log."""
    try:
        yield
    except WaymarkError as error:
        st.error(str(error), icon=":material/warning:")
    except Exception:
        log.exception("A page failed")
        st.error(
            "Something went wrong that should not have. Nothing that was saved is lost; "
            "please go back or reload the page. The server's log has the details.",
            icon=":material/warning:",
        )


def part(
    function: Callable[P, None] | None = None, *, every: float | None = None
) -> Callable[..., Any]:
    """A fragment: a part of a page that runs again by itself, and tells its own errors.

    Used as `@part`, or as `@part(every=1.0)` to be drawn anew so many seconds apart.
    """

    def made(wrapped: Callable[P, None]) -> Callable[P, None]:
        @st.fragment(run_every=every)
        @wraps(wrapped)
        def run(*args: P.args, **kwargs: P.kwargs) -> None:
            with told():
                wrapped(*args, **kwargs)

        return run

    return made(function) if function else made


def done(step: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> bool:
    """Take a step; where it is refused, say so here, and let the rest of the page be drawn."""
    with told():
        step(*args, **kwargs)
        return True
    return False  # told() keeps errors to itself


def again() -> NoReturn:
    """Draw the part anew, or the page where the whole page is being drawn."""
    try:
        st.rerun(scope="fragment")
    except StreamlitAPIException:
        st.rerun()
