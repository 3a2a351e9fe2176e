"""A person's own preferences for the screening page: keys, terms to colour, size of text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from evidence.errors import Invalid
from evidence.screening import keyboard
from evidence.screening.keyboard import Action
from evidence.steps.desk import Desk
from evidence.store import Role
from evidence.store.area_versions import NOTHING
from evidence.store.review import preferences
from evidence.store.review.terms import Terms, check_terms


class TextSize(StrEnum):
    """How large the text of a work is."""

    SMALL = "small"
    NORMAL = "normal"
    LARGE = "large"
    LARGEST = "largest"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningPreferences:
    """What one person prefers.

    Attributes:
        terms: coloured beside those of the review.
    """

    keys: Mapping[Action, str] = field(default_factory=lambda: dict(keyboard.DEFAULTS))
    terms: Terms = field(default_factory=Terms)
    size: TextSize = TextSize.NORMAL


def get(desk: Desk) -> ScreeningPreferences:
    """What the person at the desk prefers in this review, or the usual."""
    with desk.reading() as c:
        stored = preferences.of_person(c, desk.review_id, desk.person_id)
    terms = stored.get("terms", {})
    return ScreeningPreferences(
        keys=_keys(stored.get("keys", {})),
        terms=Terms(
            include=tuple(terms.get("include", ())), exclude=tuple(terms.get("exclude", ()))
        ),
        size=TextSize(stored.get("size", TextSize.NORMAL)),
    )


def change(desk: Desk, preferred: ScreeningPreferences) -> None:
    """Store other preferences.

    Raises:
        Invalid: keys that cannot be (evidence.screening.keyboard), or terms that cannot be.
    """
    checked_keys = keyboard.with_defaults(preferred.keys)
    check_terms(preferred.terms)
    for term in (*preferred.terms.include, *preferred.terms.exclude):
        if not any(character.isalnum() for character in term):
            raise Invalid(f"“{term}” would colour everything; write at least one letter.")
    with desk.writing(Role.REVIEWER, areas=NOTHING) as w:
        preferences.keep(w, "keys", checked_keys)
        terms = {"include": list(preferred.terms.include), "exclude": list(preferred.terms.exclude)}
        preferences.keep(w, "terms", terms)
        preferences.keep(w, "size", preferred.size)


def reason_keys(preferred: ScreeningPreferences, reasons: int) -> list[str]:
    """The key of each of so many reasons; those for which none is left have an empty one."""
    return keyboard.spare(set(preferred.keys.values()), reasons)


def _keys(stored: Mapping[str, str]) -> dict[Action, str]:
    by_action = {action: stored[action] for action in Action if action in stored}
    try:
        return keyboard.with_defaults(by_action)
    except Invalid:  # a key that a newer version took for something else
        return dict(keyboard.DEFAULTS)
