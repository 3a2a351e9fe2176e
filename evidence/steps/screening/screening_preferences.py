"""What a person chose for their own screening page: keys, terms to colour, size of text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from evidence.errors import Invalid
from evidence.screening import keys
from evidence.screening.keys import Action
from evidence.steps.desk import Desk
from evidence.store import Role
from evidence.store.review import preferences
from evidence.store.review.reviews import Terms


class Size(StrEnum):
    """How large the text of a record is."""

    SMALL = "small"
    NORMAL = "normal"
    LARGE = "large"
    LARGEST = "largest"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnScreen:
    """A person's choices.

    Attributes:
        terms: coloured beside those of the review.
    """

    keys: Mapping[Action, str] = field(default_factory=lambda: dict(keys.DEFAULTS))
    terms: Terms = field(default_factory=Terms)
    size: Size = Size.NORMAL


def get(desk: Desk) -> OwnScreen:
    """What the person at the desk chose in this review, or the usual."""
    with desk.reading() as c:
        chosen = preferences.of_person(c, desk.review_id, desk.person_id)
    terms = chosen.get("terms", {})
    return OwnScreen(
        keys=_keys(chosen.get("keys", {})),
        terms=Terms(
            include=tuple(terms.get("include", ())), exclude=tuple(terms.get("exclude", ()))
        ),
        size=Size(chosen.get("size", Size.NORMAL)),
    )


def change(desk: Desk, screen: OwnScreen) -> None:
    """Keep other choices.

    Raises:
        Invalid: keys that cannot be (evidence.screening.keys), or a term of `*` alone.
    """
    own = keys.with_defaults(screen.keys)
    for term in (*screen.terms.include, *screen.terms.exclude):
        if not any(sign.isalnum() for sign in term):
            raise Invalid(f"“{term}” would colour everything; write at least one letter.")
    with desk.writing(Role.REVIEWER) as w:
        preferences.keep(w, "keys", own)
        terms = {"include": list(screen.terms.include), "exclude": list(screen.terms.exclude)}
        preferences.keep(w, "terms", terms)
        preferences.keep(w, "size", screen.size)


def reason_keys(screen: OwnScreen, reasons: int) -> list[str]:
    """The key of each of so many reasons; those for which none is left have an empty one."""
    return keys.spare(set(screen.keys.values()), reasons)


def _keys(kept: Mapping[str, str]) -> dict[Action, str]:
    known = {action: kept[action] for action in Action if action in kept}
    try:
        return keys.with_defaults(known)
    except Invalid:  # a key that a newer version took for something else
        return dict(keys.DEFAULTS)
