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
from evidence.steps.practice import claims, principles, stated_review
from evidence.steps.records.duplicates import duplicates, record_pairs
from evidence.steps.records.importing import imports, uploads
from evidence.steps.results.concluding import conclusions
from evidence.steps.review import people, reasons, reviews
from evidence.steps.screening import decisions
from evidence.store import Store, turns
from evidence.store.records import works
from evidence.store.records.sources import SourceDraft
from evidence.store.review.reviews import Draft
from evidence.store.review.terms import Terms
from evidence.store.screening.decisions import NewDecision
from evidence.synthesis.claims.claim import (
    Claim,
    ClaimJudgement,
    ClaimKind,
    ClaimVerdict,
    NamedWork,
)
from evidence.synthesis.claims.figures import Figure, FigureRole
from evidence.synthesis.conclusions.conclusion import (
    Conclusion,
    ConclusionKind,
    Support,
    SupportKind,
)
from evidence.synthesis.principles.links import LinkKind, PrincipleLink

FOLDER = ROOT / "data" / "example"
READER = "Example reader"  # one person coded the example; her name is not a visitor's


def load(store: Store, settings: Settings | None = None) -> Desk:
    """Make the example review, or give the one that is there; servers that start at once wait."""
    with turns.turn(store):
        return _find(store) or _make(store, settings or Settings())


def _find(store: Store) -> Desk | None:
    for overview in reviews.overviews(store):
        if overview.review.demonstration:
            reader = people.named(store, READER)
            return Desk(store=store, review_id=overview.review.id, person_id=reader.id)
    return None


def _make(store: Store, settings: Settings) -> Desk:
    about = _yaml("review.yaml")
    desk = _create(store, about)
    _import(desk, about, settings)
    keys = _Keys(desk)
    duplicates.run(desk)
    _judge_pairs(desk, keys)
    keys.refresh()
    _screen(desk, keys)
    scheme = Path(settings.schemes) / about["scheme"]
    schemes.add(desk, scheme.read_text(encoding="utf-8"), scheme.name)
    _code(desk, keys)
    claims_by_name = _claim(desk, keys)
    _recommend(desk, claims_by_name)
    _link_principles(desk, settings)
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
        answers = (entry.get("answers") or {}).items()
        coding.set_answers(desk, study_id, [_answer(*answer) for answer in answers])
        coding.add_findings(desk, study_id, [_finding(one) for one in entry.get("findings") or ()])
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


def _claim(desk: Desk, keys: _Keys) -> Mapping[str, str]:
    """Published claims, with what the example's reader says of them; the uids of named ones."""
    content = _yaml("claims.yaml")
    judged = [
        (_published(entry, content["documents"][entry["source"]], keys), _said(entry, keys))
        for entry in content["claims"]
    ]
    claims.add_all(desk, judged)
    return {
        entry["name"]: stated.uid
        for entry, (stated, _) in zip(content["claims"], judged, strict=True)
        if "name" in entry
    }


def _recommend(desk: Desk, claims_by_name: Mapping[str, str]) -> None:
    """What the digest recommends; on what that can be read to rest is marked as interpretation."""
    for stated in stated_review.as_its_digest_states_it().recommendations:
        traces = [Support(kind=SupportKind.PRACTICE, ids=(trace,)) for trace in stated.traces]
        named = [
            Support(kind=SupportKind.CLAIM, ids=(claims_by_name[name],)) for name in stated.claims
        ]
        conclusions.add(
            desk,
            Conclusion(
                uid=conclusions.new_uid(),
                text=stated.words,
                kind=ConclusionKind.RECOMMENDATION,
                audience=stated.audience,
                supports=(*traces, *named),
            ),
        )


def _published(entry: Mapping[str, Any], document: Mapping[str, str], keys: _Keys) -> Claim:
    texts = {name: entry.get(name) or "" for name in ("place", "year", "population", "comparator")}
    return Claim(
        uid=claims.new_uid(),
        text=entry["text"],
        kind=ClaimKind(entry.get("kind") or ClaimKind.RESEARCH),
        figures=tuple(
            Figure(**{**figure, "role": FigureRole(figure.get("role") or FigureRole.STATED)})
            for figure in entry.get("figures") or ()
        ),
        people=entry.get("people"),
        source=document["title"],
        source_year=document.get("year") or "",
        cited=_named_work(entry.get("cites") or {}, keys),
        **texts,
    )


def _said(entry: Mapping[str, Any], keys: _Keys) -> ClaimJudgement:
    judgement = entry["judgement"]
    return ClaimJudgement(
        verdict=ClaimVerdict(judgement["verdict"]),
        reason=judgement["reason"],
        traced=_named_work(judgement.get("traced") or {}, keys),
    )


def _named_work(entry: Mapping[str, str], keys: _Keys) -> NamedWork:
    return NamedWork(
        work=keys.work(entry["key"]) if "key" in entry else None,
        citation=entry.get("as") or "",
        year=entry.get("year") or "",
    )


def _link_principles(desk: Desk, settings: Settings) -> None:
    """The principles that come with the program, linked to items of a fidelity scale."""
    content = _yaml("principles.yaml")
    (given,) = (p.principles for p in principles.offered() if p.file == content["file"])
    principles.add(desk, given)
    by_line = {name.line: name for name, _ in given.walk()}
    links = [
        PrincipleLink(
            principle=by_line[line],
            kind=LinkKind.ITEM,
            ids=(content["scheme"], item),
            note=content["note"],
        )
        for line, items in content["items"].items()
        for item in items
    ]
    principles.link(desk, given.uid, links, (), settings)


def _yaml(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)
