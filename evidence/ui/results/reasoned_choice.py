"""A judgement on the page: a choice with the reason beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from evidence.synthesis.reasons import LONGEST_REASON

T = TypeVar("T", bound=str)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceWords:
    """What stands above a choice and above its reason; `told` gives the words of a choice."""

    label: str
    why: str
    told: Callable[[str], str] = str.capitalize
    help: str | None = None


def reasoned_choice(
    words: ChoiceWords, options: Sequence[T], before: tuple[T, str], key: str, *, off: bool
) -> tuple[T, str]:
    """What somebody chooses, and why.

    Args:
        words: above the two.
        options: what can be chosen.
        before: what was chosen, and why.
        key: unlike any other on the page.
        off: whether it can be read only.
    """
    choice_box, reason_box = st.columns([1, 3])
    chosen = choice_box.selectbox(
        words.label,
        options,
        list(options).index(before[0]),
        format_func=words.told,
        help=words.help,
        key=key,
        disabled=off,
    )
    reason = reason_box.text_input(
        words.why, before[1], max_chars=LONGEST_REASON, key=f"{key}-why", disabled=off
    )
    return chosen, reason.strip()
