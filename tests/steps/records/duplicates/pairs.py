"""Pairs that the rules leave to a person: one title, the same authors, two journals."""

from collections.abc import Iterable

from evidence.citations.record import Name, Reading
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates import duplicates, record_pairs
from tests.conftest import a_record, keep

AUTHORS = (Name("Meyer", "Eva"), Name("Ito", "Ken"))
SUBJECTS = ("gardens", "kitchens", "libraries")
JOURNALS = (("Work and Society", "9"), ("Annals of Rehabilitation", "55"))


def reading(file: str, entries: Iterable[dict[str, object]]) -> Reading:
    made = tuple(a_record(str(entry.pop("title")), **entry) for entry in entries)  # type: ignore[arg-type]
    return Reading(
        file=file, format="ris", encoding="utf-8", seen=len(made), records=made, problems=()
    )


def entry(subject: str, journal: int, **other: object) -> dict[str, object]:
    name, volume = JOURNALS[journal]
    return {
        "title": f"Meaningful occupation in community {subject} for adults",
        "authors": AUTHORS,
        "year": 2004,
        "journal": name,
        "volume": volume,
        **other,
    }


def import_pairs(desk: Desk, subjects: Iterable[str] = SUBJECTS) -> list[record_pairs.Ids]:
    """Import two files with one record of each pair, compare, and give the pairs that wait."""
    several = list(subjects)
    for journal, file in enumerate(("a.ris", "b.ris")):
        entries = [entry(subject, journal) for subject in several]
        keep(desk.store, desk.person_id, desk.review_id, reading(file, entries), file)
    duplicates.run(desk)
    return [one.pair for one in record_pairs.waiting(desk)]
