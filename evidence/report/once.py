"""What is made once of something that does not change, however often it is asked for."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")
MOST_KEPT = 1_000  # who writes a live part letter for letter asks for many


@dataclass(slots=True)
class Once:
    """Keeps what was made, by a key that says all it was made from."""

    made: dict[Hashable, Any] = field(default_factory=dict)

    def of(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was made for this key, or what is made for it now."""
        if key not in self.made:
            if len(self.made) >= MOST_KEPT:
                self.made.clear()
            self.made[key] = make()
        kept: T = self.made[key]
        return kept
