"""Nobody changes what a review chose without having seen what is chosen now."""

from typing import TypeVar

from evidence.errors import Invalid

T = TypeVar("T")


def require_seen(now: T, seen: T, what: str) -> None:
    """Refuse a change that was begun before somebody else's.

    Args:
        now: what is kept.
        seen: what the person saw when they began.
        what: was changed, in words: `the rules`.

    Raises:
        Invalid: somebody changed it meanwhile.
    """
    if now != seen:
        raise Invalid(
            f"Somebody changed {what} meanwhile, so nothing was kept. Reload the page to see what "
            "holds now, then choose again."
        )
