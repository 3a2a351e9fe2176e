"""The example review with a team of every role, and with something for every step to act on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import update

from evidence.coding.answers import Answer
from evidence.coding.finding_fields import finding_of
from evidence.coding.findings import Finding
from evidence.coding.first_scheme.topic import TypedTopic
from evidence.coding.scheme import Scheme
from evidence.screening.verdicts import Stage, Verdict
from evidence.settings import Settings
from evidence.steps import example, jobs
from evidence.steps.coding import (
    brought_codings,
    coders,
    coding,
    copied_codings,
    schemes,
    studies,
)
from evidence.steps.coding.brought_stages import Wishes
from evidence.steps.coding.bulk_coding import BulkCode
from evidence.steps.coding.first_scheme import begun_schemes
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.steps.records import labels, records, sources
from evidence.steps.records.duplicates import duplicates, merged_works, pair_history, record_pairs
from evidence.steps.records.importing import imports, uploads
from evidence.steps.review import people, reasons, team
from evidence.steps.screening import (
    allocation,
    brought_decisions,
    conflicts,
    decision_files,
    decisions,
    full_texts,
    messages,
    pilots,
    stopping,
)
from evidence.steps.screening.conflicts import Resolution
from evidence.steps.screening.decision_files import FilePreview
from evidence.steps.screening.stopping import Evaluation
from evidence.store import Role, Store, schema
from evidence.store.coding.study_table import StudyFilter
from evidence.store.records.filters import Filter
from evidence.store.records.sources import SourceDraft
from evidence.store.screening.decisions import DISCUSSION, NewDecision
from evidence.store.screening.full_texts import Search
from tests.eppi import made_exports
from tests.made_once import made_once
from tests.small_pages import with_small_pages
from tests.steps.coding_progress import progress

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
SETTINGS = Settings()
PDF = b"%PDF-1.7 invented"
LABEL, UNUSED_LABEL = "veterans", "to discuss"
PLACES = ("Gardens", "Kitchens", "Libraries", "Workshops", "Museums", "Stables", "Forests",
          "Harbours", "Bakeries", "Schools", "Theatres", "Orchards")  # fmt: skip
TITLES = tuple(f"{place}, paid employment and recovery" for place in PLACES)
SOUGHT = TITLES[2]  # the title of the work whose full text is sought
TABLE = "Nr;Was;Wer\n1;A table of gardens;Meyer, Eva\n"
COLUMNS: dict[str, dict[str, str | None]] = {"": {"Nr": None, "Was": "title", "Wer": "authors"}}


class Who(StrEnum):
    """How somebody stands to the review, which is also their name."""

    OWNER = example.READER
    EDITOR = "An editor"
    REVIEWER = "A reviewer"
    READER = "A reader"
    REMOVED = "Somebody who was taken out"
    STRANGER = "Somebody who never was in the team"

    @property
    def role(self) -> Role:
        """What they may do."""
        named = {Who.OWNER: Role.OWNER, Who.EDITOR: Role.EDITOR, Who.REVIEWER: Role.REVIEWER}
        return named.get(self, Role.READER)


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """What is where in the prepared review.

    Attributes:
        who: acts next.
        previews: of a file that waits to be imported, by the person whose preview it is.
        tables: of a table that waits to be read again.
        open_ids: works that nobody has and nobody decided on.
        waiting_id: a work that the reviewer is to read; the editor is to read another.
        pair: records that wait for an answer.
        act_id, verdict_id: an answer that somebody gave about two other records.
        merged_id: a work of several records, the last of which is merged_record_id.
        edited_id: a work whose abstract the editor wrote.
        disputed_id, resolved_id: works of which two people said different things.
        sought_id: a work whose full text is sought; given_up_id: one that was given up.
        free_ids: included works that are in no study.
        study_id: a study of several works, reported in report_id.
        draft_id: a study that the reviewer has coded up to the last click; it has finding_id.
        complete_id: one that the reviewer has coded.
        waiting_file_id: a file in which the owner brought a decision of the reviewer, who declined
            that of declined_file_id; brought_file_id is one that the reviewer brought, with one of
            “nobody”.
        answer, finding: of the owner, which others may give as well.
        bulk: a code to put on no study at all.
        coding_act: of the reviewer, who copied a coding.
        coding_pilot_id: of the scheme weight_id.
        coded_file_id: a file of EPPI-Reviewer, whose coding nobody brought in; the editor brought
            in that of another, brought_coding_id.
        coded_previews: of a file with the same references as that file.
        other_scheme: the text of a scheme that the review does not have.
        changed_scheme: the scheme of `scheme_id` with another title.
        begun: a scheme that is only begun.
        weight_id: a scheme whose overall judgement has a rule.
    """

    who: Who = Who.OWNER

    review_id: int
    person_ids: Mapping[Who, int]
    previews: Mapping[Who, int]
    tables: Mapping[Who, int]
    open_ids: tuple[int, ...]
    waiting_id: int
    file_id: int
    source_id: int
    pair: tuple[int, int]
    act_id: int
    verdict_id: int
    merged_id: int
    merged_record_id: int
    edited_id: int
    disputed_id: int
    resolved_id: int
    sought_id: int
    given_up_id: int
    document_id: int
    removed_document_id: int
    reason_id: int
    other_reason_id: int
    label_id: int
    pilot_id: int
    job_id: int
    free_ids: tuple[int, int]
    study_id: int
    report_id: int
    draft_id: int
    finding_id: int
    scheme_id: int
    version_id: int
    changed_scheme: Scheme
    begun: TakenScheme
    bulk: BulkCode
    coding_act: str
    coding_pilot_id: int
    coded_file_id: int
    brought_coding_id: int
    coded_previews: Mapping[Who, int]
    complete_id: int
    answer: Answer
    finding: Finding
    other_scheme: str
    weight_id: int
    decision_file: FilePreview
    waiting_file_id: int
    declined_file_id: int
    brought_file_id: int
    evaluation: Evaluation

    def by(self, who: Who) -> "Prepared":
        """The review as this person acts on it."""
        return replace(self, who=who)

    def desk(self, store: Store) -> Desk:
        """The acting person at the review."""
        return Desk(store=store, review_id=self.review_id, person_id=self.person_ids[self.who])

    @property
    def preview(self) -> int:
        """The preview of the acting person; who never was in the team has none of their own."""
        return self.previews.get(self.who, self.previews[Who.OWNER])

    @property
    def coded_preview(self) -> int:
        """The preview of the acting person of a file whose references are here."""
        return self.coded_previews.get(self.who, self.coded_previews[Who.OWNER])

    @property
    def table(self) -> int:
        """The table of the acting person."""
        return self.tables.get(self.who, self.tables[Who.OWNER])


def ris(*titles: str, **fields: str) -> bytes:
    """A file of records, all with the same other fields."""
    more = "".join(f"{tag}  - {value}\n" for tag, value in fields.items())
    return "".join(f"TY  - JOUR\nTI  - {title}\n{more}ER  - \n" for title in titles).encode()


def message(kind: str, work_id: int, **values: Any) -> list[dict[str, Any]]:
    """What the screening page sends for one act."""
    values = {"kind": kind, "id": work_id, "client_id": f"sent-{kind}", "stage": TA.value} | values
    return [values]


def send(desk: Desk, kind: str, work_id: int, **values: Any) -> None:
    """Let the screening page send something that is accepted."""
    outcome = messages.apply(desk, message(kind, work_id, **values))
    assert outcome.refused == {}


def judged(work_id: int, verdict: Verdict, stage: Stage = TA) -> NewDecision:
    """A decision as a page sends it."""
    client_id = f"prepared-{work_id}-{stage}-{verdict}"
    return NewDecision(work_id=work_id, stage=stage, verdict=verdict, client_id=client_id)


@cache
def example_database() -> bytes:
    """A SQLite file with the example review, made once in each run, to write where one is needed;
    closing it has brought all into the one file.
    """
    return made_once("example", _example)


def _example() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "example.db"
        store = Store.open(f"sqlite:///{path}")
        example.load(store)
        store.close()
        return with_small_pages(path)


@cache
def prepared_database() -> tuple[bytes, Prepared]:
    """A SQLite file with the prepared review, made once in each run; and what is where."""
    return made_once("prepared", _prepared)


def _prepared() -> tuple[bytes, Prepared]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "prepared.db"
        path.write_bytes(example_database())
        store = Store.open(f"sqlite:///{path}")
        prepared = prepare(store)
        store.close()
        return path.read_bytes(), prepared


def prepare(store: Store) -> Prepared:
    """Make the review on which every step has something to do."""
    owner = example.load(store)
    for who in (Who.EDITOR, Who.REVIEWER, Who.READER, Who.REMOVED):
        team.add(owner, who)
    person_ids = {who: people.named(store, who).id for who in Who}
    desks = {
        who: Desk(store=store, review_id=owner.review_id, person_id=person_id)
        for who, person_id in person_ids.items()
    }
    pilot_id = _pilot(owner, [person_ids[Who.EDITOR], person_ids[Who.REMOVED]])
    opened_id, _ = bring_in(owner, "open.ris", ris(*TITLES))
    source_id, file_id = bring_in(owner, "fresh.ris", ris("A record that nobody looked at"))
    seekers = [who for who in Who if who is not Who.STRANGER]
    values = {
        "previews": {who: preview(desks[who], "next.ris", ris("Not imported")) for who in seekers},
        "tables": {who: preview(desks[who], "list.csv", TABLE.encode()) for who in seekers},
        "source_id": source_id,
        "file_id": file_id,
        "pilot_id": pilot_id,
        **_duplicates(owner),
        **_screening(owner, desks, opened_id),
        **_coding(owner, desks[Who.REVIEWER]),
        **_coded_files(owner, desks),
    }
    for who in (Who.REVIEWER, Who.READER):  # no step does that yet
        _set_role(store, person_ids[who], who.role)
    team.take_out(owner, person_ids[Who.REMOVED])
    _forgotten_preview(owner)
    return Prepared(review_id=owner.review_id, person_ids=person_ids, **values)


def bring_in(desk: Desk, name: str, data: bytes) -> tuple[int, int]:
    """Import a file into a source of its own; gives the ids of both."""
    source = SourceDraft(name=f"Source of {name}")
    imports.import_files(desk, [imports.Choice(preview(desk, name, data), source)])
    newest = sources.listing(desk)[-1]
    return newest.source.id, newest.files[0].id


def preview(desk: Desk, name: str, data: bytes) -> int:
    """Read a file into a preview."""
    return uploads.add(desk, name, data, SETTINGS, wait=True)


def _duplicates(owner: Desk) -> dict[str, Any]:
    """Pairs of one title in two journals, which the rules leave to people: one answered."""
    titles = [f"Meaningful occupation in community {place}" for place in ("gardens", "kitchens")]
    for number, (journal, volume) in enumerate((("Work", "9"), ("Annals of Rehabilitation", "55"))):
        data = ris(*titles, AU="Meyer, Eva", PY="2004", JO=journal, VL=volume)
        bring_in(owner, f"pairs-{number}.ris", data)
    duplicates.run(owner)
    waiting, answered, *_ = (pair.pair for pair in record_pairs.waiting(owner))
    record_pairs.answer(owner, answered, "different")
    act, newest = pair_history.history(owner)[0]
    merged = merged_works.page(owner, 0, 1)[0]
    return {
        "pair": waiting,
        "act_id": act.id,
        "verdict_id": newest.verdict.id,
        "merged_id": merged.work_id,
        "merged_record_id": merged.records[-1].id,
    }


def _screening(owner: Desk, desks: Mapping[Who, Desk], opened_id: int) -> dict[str, Any]:
    """Works of the source `opened_id` at every point of their way through both stages."""
    editor, removed = desks[Who.EDITOR], desks[Who.REMOVED]
    ids = [line.id for line in records.page(owner, Filter(source_id=opened_id), 0, 99)]
    disputed, resolved, sought, edited, assigned, waiting, free, other, *open_ids = ids
    for work_id in (disputed, resolved):
        decisions.decide(editor, [judged(work_id, Verdict.INCLUDE)])
        decisions.decide(removed, [judged(work_id, Verdict.EXCLUDE)])
    conflicts.resolve(
        owner, TA, resolved, Resolution(verdict=Verdict.INCLUDE, how=DISCUSSION, note="Talked")
    )
    included = [judged(work_id, Verdict.INCLUDE) for work_id in (sought, free, other)]
    decisions.decide(owner, included)
    decisions.decide(owner, [judged(work_id, Verdict.INCLUDE, FT) for work_id in (free, other)])
    for name, content in (("kept.pdf", PDF), ("removed.pdf", PDF + b" twice")):
        full_texts.add(owner, sought, name, content)
    reports = {report.work_id: report for report in full_texts.page(owner, None, 0, 999)}
    document, removed_document = reports[sought].documents
    full_texts.remove(owner, removed_document.id)
    given_up = [id_ for id_, report in reports.items() if report.search is Search.NOT_RETRIEVED]
    send(editor, "abstract", edited, value="An abstract.")
    send(owner, "label", edited, label=LABEL, on=True)
    send(owner, "label", edited, label=UNUSED_LABEL, on=True)
    send(owner, "label", edited, label=UNUSED_LABEL, on=False)
    allocation.assign(owner, TA, editor.person_id, ids=[assigned])
    allocation.assign(owner, TA, desks[Who.REVIEWER].person_id, ids=[waiting])
    file = ris(TITLES[-1], N1='RAYYAN-INCLUSION: {"eva"=>"Included"}')
    declined_file_id = _bring_decision(owner, TITLES[-2], Who.REVIEWER)
    brought_decisions.decline(desks[Who.REVIEWER], declined_file_id)
    return {
        "waiting_file_id": _bring_decision(owner, TITLES[-1], Who.REVIEWER),
        "declined_file_id": declined_file_id,
        "brought_file_id": _bring_decision(desks[Who.REVIEWER], TITLES[-3], None),
        "open_ids": tuple(open_ids),
        "disputed_id": disputed,
        "resolved_id": resolved,
        "sought_id": sought,
        "given_up_id": given_up[0],
        "document_id": document.id,
        "removed_document_id": removed_document.id,
        "edited_id": edited,
        "waiting_id": waiting,
        "free_ids": (free, other),
        "reason_id": reasons.listing(owner)[0].id,
        "other_reason_id": reasons.listing(owner)[1].id,
        "label_id": labels.listing(owner)[0].id,
        "job_id": jobs.begin(owner, "import", Role.EDITOR),
        "decision_file": decision_files.preview(owner, "rayyan.ris", file),
        "evaluation": stopping.evaluate(owner),
    }


def _coded_files(owner: Desk, desks: Mapping[Who, Desk]) -> dict[str, Any]:
    """Two files of EPPI-Reviewer with their coding, of which the editor brought the second in, and
    previews of one that has the references of the first.
    """

    def content(name: str, code: int) -> bytes:
        found = made_exports.reference(1, made_exports.applied(code), Title=f"The {name} report")
        return made_exports.as_bytes(made_exports.report([made_exports.SETTING], [found]))

    for name in ("first", "second"):
        bring_in(owner, f"{name}.json", content(name, 1))
    first, second = brought_codings.files(owner)
    brought = brought_codings.bring(desks[Who.EDITOR], second.id, Wishes())
    lead = (Who.OWNER, Who.EDITOR)
    return {
        "coded_file_id": first.id,
        "brought_coding_id": brought.id,
        "coded_previews": {
            who: preview(desks[who], "other.json", content("first", 2)) for who in lead
        },
    }


def _bring_decision(desk: Desk, title: str, name: str | None) -> int:
    """Bring a file in that has one decision, under the name of somebody here or of nobody."""
    data = ris(title, N1='RAYYAN-INCLUSION: {"nobody"=>"Included"}')
    preview = decision_files.preview(desk, "rayyan.ris", data)
    file_id = decision_files.bring(desk, preview, {"nobody": name}, stage=TA).file_id
    assert file_id is not None
    return file_id


def _pilot(owner: Desk, person_ids: Sequence[int]) -> int:
    """A pilot of the only open work that there is yet."""
    bring_in(owner, "pilot.ris", ris("The work of a pilot"))
    return pilots.begin(owner, TA, person_ids, 1, name="First").id


def _coding(owner: Desk, reviewer: Desk) -> dict[str, Any]:
    """Three studies; the reviewer codes two of them as the owner did."""
    complete = [line.study for line in progress(owner) if line.own_state == "complete"]
    several = next(study for study in studies.listing(owner) if len(study.reports) > 1)
    draft, done = [study for study in complete if study.id != several.id][:2]
    for study in (draft, done):
        for answer in coding.sheet(owner, study.id).answers:
            coding.set_answer(reviewer, study.id, answer)
    sheet = coding.sheet(owner, draft.id)
    finding = finding_of(sheet.findings[0].fields, sheet.scheme)
    assert finding is not None
    finding_id = coding.put_finding(reviewer, draft.id, finding)
    coding.complete(reviewer, done.id)
    others = {scheme_file.file: scheme_file.yaml for scheme_file in schemes.files(SETTINGS)}
    begun_schemes.begin(owner, TypedTopic(title="River restoration", outcomes="Fish"))
    (begun,) = begun_schemes.begun(owner)
    weight_id = schemes.add(owner, others["weight-of-evidence.yaml"], "weight-of-evidence.yaml")
    people_of_pilot = [owner.person_id, reviewer.person_id]
    pilot = coders.begin_pilot(owner, weight_id, people_of_pilot, 1, seed=1)
    return {
        "coding_pilot_id": pilot.id,
        "scheme_id": sheet.taken.id,
        "version_id": sheet.taken.version.id,
        "begun": begun,
        "changed_scheme": replace(sheet.scheme, title="Another title"),
        "bulk": BulkCode(
            scheme_id=sheet.taken.id,
            which=StudyFilter(words="found in no study"),
            question="stream",
            code="review",
            on=True,
        ),
        "coding_act": copied_codings.copy_coding(reviewer, sheet.taken.id, done.id, several.id)[0],
        "answer": sheet.answers[0],
        "finding": finding,
        "other_scheme": others["recovery-vocational.yaml"].replace("\nid: ", "\nid: other-"),
        "weight_id": weight_id,
        "study_id": several.id,
        "report_id": several.reports[-1].work_id,
        "draft_id": draft.id,
        "finding_id": finding_id,
        "complete_id": done.id,
    }


def _set_role(store: Store, person_id: int, role: Role) -> None:
    table = schema.member
    with store.writing_outside() as c:
        query = update(table).where(table.c.person_id == person_id)
        c.execute(query.values(role=role.name.lower()))


def _forgotten_preview(owner: Desk) -> None:
    """A preview that is old enough to be dropped by the next upload."""
    preview_id = preview(owner, "forgotten.ris", ris("Forgotten"))
    begun_at = datetime.now(UTC) - 2 * uploads.DROPPED_AFTER
    table = schema.review
    with owner.store.writing_outside() as c:
        c.execute(update(table).where(table.c.id == preview_id).values(created_at=begun_at))
