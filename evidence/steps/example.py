"""The example review: loaded by the same steps that a person takes, from the files in data/example.

data/example/README.md describes the files.
"""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from evidence.coding.answers import Answer
from evidence.coding.findings import Direction, Finding, Significance
from evidence.errors import Invalid
from evidence.screening.verdicts import Stage, Verdict
from evidence.settings import ROOT, Settings
from evidence.steps.coding import coding, schemes, studies
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates import duplicates, record_pairs
from evidence.steps.records.importing import imports, uploads
from evidence.steps.review import people, reasons, reviews
from evidence.steps.screening import decisions
from evidence.store import Store
from evidence.store.records import works
from evidence.store.records.sources import SourceDraft
from evidence.store.review.reviews import Draft
from evidence.store.review.terms import Terms
from evidence.store.screening.decisions import NewDecision

FOLDER = ROOT / "data" / "example"
READER = "Example reader"  # one person coded the example; her name is not a visitor's


def load(store: Store, settings: Settings | None = None) -> Desk:
    """Make the example review, or give the one that is there."""
    for overview in reviews.overviews(store):
        if overview.review.demonstration:
            reader = people.named(store, READER)
            return Desk(store=store, review_id=overview.review.id, person_id=reader.id)
    about = _yaml("review.yaml")
    desk = _create(store, about)
    _import(desk, about, settings or Settings())
    keys = _Keys(desk)
    duplicates.run(desk)
    _judge_pairs(desk, keys)
    keys.refresh()
    _screen(desk, keys)
    scheme = Path((settings or Settings()).schemes) / about["scheme"]
    schemes.add(desk, scheme.read_text(encoding="utf-8"), scheme.name)
    _code(desk, keys)
    return desk


class _Keys:
    """The ids of the records that the example's files name by a key, and of their works."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.refresh()

    def refresh(self) -> None:
        """Look again after works were joined."""
        with self.desk.reading() as c:
            self.ids_by_key = works.ids_by_key(c, self.desk.review_id)

    def record(self, key: str) -> int:
        """The id of the record."""
        return self._ids(key)[0]

    def work(self, key: str) -> int:
        """The id of the work that holds the record."""
        return self._ids(key)[1]

    def _ids(self, key: str) -> tuple[int, int]:
        if key not in self.ids_by_key:
            raise Invalid(f"The example names the record {key!r}, which no import file has.")
        return self.ids_by_key[key]


def _create(store: Store, about: Mapping[str, Any]) -> Desk:
    reader = people.named(store, READER)
    draft = Draft(
        title=about["title"],
        question=about["question"],
        criteria=tuple(about["criteria"]),
        demonstration=True,
        label=about["label"],
    )
    terms = Terms(
        include=tuple(about["highlight"]["include"]), exclude=tuple(about["highlight"]["exclude"])
    )
    desk = reviews.create(store, reader.id, draft)
    reviews.change(desk, draft, about["exclusion_reasons"], terms)
    return desk


def _import(desk: Desk, about: Mapping[str, Any], settings: Settings) -> None:
    names = SourceDraft.__slots__
    for entry in about["sources"]:
        path = FOLDER / entry["file"]
        look = uploads.add(desk, path.name, path.read_bytes(), settings, wait=True)
        source = SourceDraft(**{name: entry[name] for name in names if entry.get(name)})
        imports.import_files(desk, [imports.Choice(preview_id=look, source=source)])


def _judge_pairs(desk: Desk, keys: _Keys) -> None:
    """A person's verdicts, as far as the rules did not come to the same by themselves."""
    for row in _rows("duplicates.csv"):
        pair = sorted((keys.record(row["key_a"]), keys.record(row["key_b"])))
        keys.refresh()
        together = keys.work(row["key_a"]) == keys.work(row["key_b"])
        if together != (row["verdict"] == "same"):
            record_pairs.decide(desk, (pair[0], pair[1]), row["verdict"], row["reason"])


def _screen(desk: Desk, keys: _Keys) -> None:
    reason_ids = {reason.label: reason.id for reason in reasons.listing(desk)}
    new = [
        NewDecision(
            work_id=keys.work(row["key"]),
            stage=Stage(row["stage"]),
            verdict=Verdict(row["verdict"]),
            client_id=f"example-{row['stage']}-{row['key']}",
            reason_id=reason_ids[row["reason"]] if row["reason"] else None,
            note=row["note"],
        )
        for row in _rows("decisions.csv")
    ]
    decisions.decide(desk, new)


def _code(desk: Desk, keys: _Keys) -> None:
    for entry in _yaml("studies.yaml")["studies"]:
        work_ids = [keys.work(key) for key in entry["works"]]
        study_id = studies.create(desk, work_ids, entry["label"])
        for question, answer in (entry.get("answers") or {}).items():
            coding.set_answer(desk, study_id, _answer(question, answer))
        for finding in entry.get("findings") or ():
            coding.put_finding(desk, study_id, _finding(finding))
        if entry["state"] == "complete":
            coding.complete(desk, study_id)


def _answer(question: str, entry: Mapping[str, Any]) -> Answer:
    return Answer(
        question=question,
        codes=tuple(entry.get("codes") or ()),
        value=str(entry.get("value") or ""),
        note=str(entry.get("note") or ""),
    )


def _finding(entry: Mapping[str, Any]) -> Finding:
    names = ("intervention", "outcome", "contrast", "measure", "time", "note")
    texts: dict[str, Any] = {name: str(entry.get(name) or "") for name in names}
    return Finding(
        **texts,
        direction=Direction(entry["direction"]),
        significance=Significance(entry.get("significance") or Significance.NOT_REPORTED),
        n_intervention=entry.get("n_intervention"),
        n_comparison=entry.get("n_comparison"),
        answers=tuple(_answer(q, answer) for q, answer in (entry.get("answers") or {}).items()),
    )


def _yaml(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)
