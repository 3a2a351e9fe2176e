"""Mistakes of the caller, as exceptions. Trouble inside people's data is a value: see problems.py.

    WaymarkError
    ├── NotFound            the thing that was asked for is not there (or not yours to see)
    ├── NotAllowed          it is there, but this cannot be done to it now
    ├── Unavailable         the database cannot do it at this moment; later it may
    └── Invalid             what was given cannot be used as it is
        └── InvalidScheme   a coding scheme has faults; they are listed

Every message is written for the person at the screen: what is wrong, and what to do.
"""


class WaymarkError(Exception):
    """Base of all errors that Waymark raises on purpose; its text is shown to people."""


class NotFound(WaymarkError):
    """The thing that was asked for does not exist."""

    def __init__(self, what: str, which: object) -> None:
        super().__init__(f"There is no {what} {which}.")


class NotAllowed(WaymarkError):
    """The request is understood, but the state of the review forbids it."""


class Unavailable(WaymarkError):
    """The database cannot do it at this moment: it is busy, full, or not to be reached."""


class Invalid(WaymarkError):
    """A value cannot be used; the message says which and why."""


class InvalidScheme(Invalid):
    """A coding scheme has faults; its text shows the first of them.

    Attributes:
        faults: one line each, `file:line: what is wrong`.
        more: how many there are beyond these.
    """

    SHOWN = 20

    def __init__(self, faults: list[str], more: int = 0) -> None:
        self.faults = faults
        self.more = more
        lines = ["The coding scheme cannot be used:", *faults[: self.SHOWN]]
        left = len(faults[self.SHOWN :]) + more
        if left:
            lines.append(f"And {left:,} more; mend these first.")
        super().__init__("\n".join(lines))
