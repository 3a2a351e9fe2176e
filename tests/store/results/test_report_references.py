"""The reports of studies as references, in one query."""

from dataclasses import replace

from evidence.citations.record import Reading, Record, Reference
from evidence.screening.verdicts import Stage, Verdict
from evidence.store import Role, Store
from evidence.store.coding import studies
from evidence.store.records import works
from evidence.store.records.filters import Filter
from evidence.store.results import report_references
from evidence.store.review import people
from evidence.store.screening import decisions
from evidence.store.screening.decisions import NewDecision
from tests.conftest import a_reading, keep


def with_abstracts(reading: Reading) -> Reading:
    def longer(record: Record) -> Record:
        more: Reference = replace(record.reference, abstract="What was done", doi="10.1/a")
        return replace(record, reference=more)

    return replace(reading, records=tuple(longer(record) for record in reading.records))


def test_included_reports_of_each_study_are_given_oldest_first(
    store: Store, anna: people.Person, review_id: int
) -> None:
    keep(store, anna.id, review_id, with_abstracts(a_reading("Old", "New", "Other", "Left out")))
    with store.writing(review_id, anna.id, Role.READER) as w:
        listed = works.page(w.connection, review_id, Filter())
        ids = {line.title: line.id for line in listed}
        said = [
            NewDecision(work_id=i, stage=stage, verdict=Verdict.INCLUDE, client_id=f"{stage}{i}")
            for i in ids.values()
            for stage in Stage
        ]
        decisions.add(w, said)
        two = studies.create(w, "Two reports", [ids["New"], ids["Old"], ids["Left out"]])
        other = studies.create(w, "One report", [ids["Other"]])
        excluded = NewDecision(
            work_id=ids["Left out"],
            stage=Stage.FULL_TEXT,
            verdict=Verdict.EXCLUDE,
            client_id="away",
        )
        decisions.add(w, [excluded])
    with store.reading_outside() as c:
        short = report_references.of_studies(c, review_id)
        whole = report_references.of_studies(c, review_id, abstracts=True)
    titles = {study_id: [each.title for each in reports] for study_id, reports in short.items()}
    assert titles == {two: ["Old", "New"], other: ["Other"]}
    assert {each.abstract for reports in short.values() for each in reports} == {""}
    assert {each.doi for reports in short.values() for each in reports} == {"10.1/a"}
    assert {each.abstract for reports in whole.values() for each in reports} == {"What was done"}
