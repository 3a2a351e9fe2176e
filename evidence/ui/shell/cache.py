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
    return cast("T", _copied(_key(step, desk), arguments, step, desk))


def cached_whole(step: Callable[..., T], desk: Desk, *arguments: Any) -> T:
    """Like `cached`, for large answers that nobody can change: they are not copied at each question
    (5,000 coded studies take 0.4 s to be copied).
    """
    return cast("T", _whole(_key(step, desk), arguments, step, desk))


_Key = tuple[str, str, int, tuple[int, ...]]


def _key(step: Callable[..., Any], desk: Desk) -> _Key:
    """The step, the database, the review, and the versions of what the answer is made from."""
    name = f"{step.__module__}.{step.__qualname__}"
    versions = reviews.versions(desk, areas_of(step))
    return name, str(desk.store.engine.url), desk.review_id, versions


@st.cache_data(max_entries=300, show_spinner=False)
def _copied(key: _Key, arguments: tuple[Any, ...], _step: Callable[..., Any], _desk: Desk) -> Any:
    del key
    return _step(_desk, *arguments)


@st.cache_resource(max_entries=30, show_spinner=False)
def _whole(key: _Key, arguments: tuple[Any, ...], _step: Callable[..., Any], _desk: Desk) -> Any:
    del key
    return _step(_desk, *arguments)
