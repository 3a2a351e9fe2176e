"""A service, as surveys of practice, fidelity and monitoring look at it."""

from dataclasses import dataclass

LONGEST_NAME = 200
LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service that helps people, such as the employment service of one trust.

    Attributes:
        uid: 16 hexadecimal digits, by which it stays itself when it is renamed.
        area: where it works, in words; services of one area are spelt alike.
        provider: who runs it.
    """

    uid: str
    name: str
    area: str = ""
    provider: str = ""
    note: str = ""


def area_key(area: str) -> str:
    """By which areas are told apart: capitals and spaces do not matter."""
    return " ".join(area.casefold().split())
