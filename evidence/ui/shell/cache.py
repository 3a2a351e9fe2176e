"""Results that stay true until somebody writes to the review."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.review import reviews

T = TypeVar("T")


def cached(step: Callable[..., T], desk: Desk, *arguments: Any) -> T:
    """The answer of a step; the same question is answered from memory until the review changes.

    The review's data_version is asked each time, so that several servers agree. Steps whose answer
    depends on who asks must not be cached here.
    """
    name = f"{step.__module__}.{step.__qualname__}"
    version = reviews.get(desk).data_version
    address = str(desk.store.engine.url)
    return cast("T", _cached(name, address, desk.review_id, version, arguments, step, desk))


@st.cache_data(max_entries=300, show_spinner=False)
def _cached(
    name: str,
    address: str,
    review_id: int,
    version: int,
    arguments: tuple[Any, ...],
    _step: Callable[..., Any],
    _desk: Desk,
) -> Any:
    del name, address, review_id, version  # they are the key
    return _step(_desk, *arguments)
