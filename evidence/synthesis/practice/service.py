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


def by_area(services: tuple[Service, ...]) -> dict[str, tuple[Service, ...]]:
    """Services under their areas, both in alphabetical order; those without one under ""."""
    ordered = sorted(services, key=lambda each: (each.area.casefold(), each.name.casefold()))
    areas = dict.fromkeys(each.area for each in ordered)
    return {area: tuple(each for each in ordered if each.area == area) for area in areas}
