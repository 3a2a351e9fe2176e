"""Arms and time points of one reference, gathered from wherever the export names them.

Only exports since 2026 list them; before, they stand with the codes and outcomes that use them.
"""

from dataclasses import dataclass, field

from evidence.eppi.export import Arm, TimePoint
from evidence.eppi.values import Entry

_BY_TITLE = "title-"


@dataclass(slots=True)
class ArmsSeen:
    """The arms of a reference, in the order in which they are named."""

    _arms: dict[str, Arm] = field(default_factory=dict)
    _by_title: dict[str, str] = field(default_factory=dict)

    def named(self, entry: Entry, id_name: str, title_name: str) -> str:
        """The key of the arm that an entry names; "" for the whole study.

        An arm without a number, as scripts write it, is known by its title.
        """
        identifier, title = entry.whole(id_name), entry.text(title_name)
        if not identifier and not title:
            return ""
        if identifier:
            key = str(identifier)
        else:
            key = self._by_title.setdefault(title, f"{_BY_TITLE}{len(self._by_title) + 1}")
        before = self._arms.get(key)
        if before is None or (title and not before.title):
            self._arms[key] = Arm(key=key, id=identifier, title=title)
        elif title and title != before.title:
            sentence = "An arm has two titles; the first one was taken."
            entry.ledger.repair(f"{entry.place}, arm “{title}”", sentence)
        return key

    def listed(self, reference: Entry) -> None:
        """Take the list of arms that an export since 2026 has."""
        rows = [each for each, _ in reference.objects("Arms") if each is not None]
        entries = [Entry(each, reference.place, reference.ledger) for each in rows]
        for entry in sorted(entries, key=lambda each: each.number("ordering") or 0):
            self.named(entry, "itemArmId", "title")

    @property
    def arms(self) -> tuple[Arm, ...]:
        """All arms that were named."""
        return tuple(self._arms.values())


@dataclass(slots=True)
class TimesSeen:
    """The time points of a reference."""

    _times: dict[int, TimePoint] = field(default_factory=dict)

    def listed(self, reference: Entry) -> None:
        """Take the list of time points that an export since 2026 has."""
        for each, _ in reference.objects("Timepoints"):
            if each is not None:
                entry = Entry(each, reference.place, reference.ledger)
                self._take(
                    entry.whole("itemTimepointId"),
                    entry.text("timepointDisplayValue"),
                    entry.text("timepointValue"),
                    entry.text("timepointMetric"),
                )

    def named(self, outcome: Entry) -> int:
        """The id of the time point that an outcome names; 0 for none."""
        identifier = outcome.whole("ItemTimepointId")
        self._take(
            identifier,
            outcome.text("TimepointDisplayValue"),
            outcome.text("ItemTimepointValue"),
            outcome.text("ItemTimepointMetric"),
        )
        return identifier

    def _take(self, identifier: int, label: str, value: str, metric: str) -> None:
        label = label or " ".join(filter(None, (value, metric)))
        if identifier and (identifier not in self._times or not self._times[identifier].label):
            point = TimePoint(id=identifier, label=label, value=value, metric=metric)
            self._times[identifier] = point

    @property
    def points(self) -> tuple[TimePoint, ...]:
        """All time points that were named."""
        return tuple(self._times.values())
