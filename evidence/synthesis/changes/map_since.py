"""Which studies a view of a map asks for by how they changed since a version."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

_ADDRESS = re.compile(r"([0-9]{1,9})~(added|recoded|added,recoded)")


class ChangeKind(StrEnum):
    """How a study differs from an earlier version of the map."""

    ADDED = "added"
    RECODED = "recoded"


@dataclass(frozen=True, slots=True, kw_only=True)
class MapSince:
    """Studies that changed since a version of the map.

    Attributes:
        version: its number.
        which: how they changed; any of these is enough.
    """

    version: int
    which: tuple[ChangeKind, ...]

    @property
    def address(self) -> str:
        """As it stands in an address: `2~added,recoded`."""
        return f"{self.version}~{','.join(self.which)}"

    @classmethod
    def read(cls, address: str) -> Self | None:
        """What a part of an address asks for; None where it cannot be read."""
        asked = _ADDRESS.fullmatch(address)
        if asked is None:
            return None
        which = tuple(ChangeKind(each) for each in asked[2].split(","))
        return cls(version=int(asked[1]), which=which)
