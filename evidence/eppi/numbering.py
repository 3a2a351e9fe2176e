"""Numbers that are unique in an export: those that came with it stay, others are new."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Numbering:
    """Gives numbers, each once."""

    _reserved: set[int] = field(default_factory=set)
    _used: set[int] = field(default_factory=set)
    _last: int = 0

    def reserve(self, number: int) -> None:
        """Keep a number for whom it belongs to; it is given to nobody else."""
        self._reserved.add(number)

    def take(self, wanted: int = 0) -> int:
        """The wanted number where it is free, else a new one; 0 wants none."""
        if wanted and wanted not in self._used:
            self._used.add(wanted)
            return wanted
        self._last += 1
        while self._last in self._reserved or self._last in self._used:
            self._last += 1
        self._used.add(self._last)
        return self._last
