"""A choice that somebody is making, kept while the page is drawn anew and they look at others."""

from dataclasses import dataclass
from typing import Generic, TypeVar, cast

import streamlit as st

T = TypeVar("T")


@dataclass(slots=True)
class ChoiceUnderWay(Generic[T]):
    """What somebody is choosing.

    Attributes:
        before: what was kept when the choice began; somebody else may change it meanwhile.
        turn: part of the keys of the widgets, so that a new choice begins with what is kept.
        unsaved: something was chosen that is not kept.
    """

    before: T
    turn: int = 0
    unsaved: bool = False

    def begin_anew(self, now: T) -> None:
        """Begin with what is kept now."""
        self.before, self.turn, self.unsaved = now, self.turn + 1, False


def choice_under_way(key: str, now: T) -> ChoiceUnderWay[T]:
    """The choice of this visitor under a key; one that begins now where there is none.

    Args:
        key: unlike any other in the session.
        now: what is kept now.
    """
    return cast("ChoiceUnderWay[T]", st.session_state.setdefault(key, ChoiceUnderWay(now)))
