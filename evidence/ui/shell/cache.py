"""Answers that stay true until somebody changes what they are made from."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.review import reviews
from evidence.store.area_versions import areas_of

T = TypeVar("T")


def cached(step: Callable[..., T], desk: Desk, *arguments: Any) -> T:
    """The answer of a step; the same question is answered from memory until its areas change.

    Which areas these are, the step says (`made_from`); without, any change counts. Their versions
    are asked each time, so that several servers agree. Steps whose answer depends on who asks must
    not be cached here.
    """
    name = f"{step.__module__}.{step.__qualname__}"
    versions = reviews.versions(desk, areas_of(step))
    address = str(desk.store.engine.url)
    return cast("T", _cached(name, address, desk.review_id, versions, arguments, step, desk))


@st.cache_data(max_entries=300, show_spinner=False)
def _cached(
    name: str,
    address: str,
    review_id: int,
    versions: tuple[int, ...],
    arguments: tuple[Any, ...],
    _step: Callable[..., Any],
    _desk: Desk,
) -> Any:
    del name, address, review_id, versions  # they are the key
    return _step(_desk, *arguments)
