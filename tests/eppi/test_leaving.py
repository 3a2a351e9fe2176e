"""Which codings leave for EPPI-Reviewer, and what is said of the others."""

from datetime import UTC, datetime
from typing import Any

from evidence.citations.record import Record, Reference
from evidence.coding.coding_tables.exported import (
    ExportedAnswer,
    ExportedCoding,
    ExportedFinding,
    ExportedQuotation,
    ExportedReport,
    ExportedStudy,
)
from evidence.coding.read_scheme import load
from evidence.eppi.leaving import leaving_review

AT = datetime(2026, 11, 30, tzinfo=UTC)
SCHEME = load(
    """
id: garden
title: Garden
version: "1"
purpose: coding
judges: study
sections:
  - title: Garden
    questions:
      - id: place
        text: Where?
        kind: many of
        options: [{id: park, label: Park}, {id: roof, label: Roof}]
""",
    "garden.yaml",
)
RECORD = Record(reference=Reference(title="Known"), line=1, raw="", fields=())


def answer(code: str, note: str = "") -> ExportedAnswer:
    return ExportedAnswer(
        question="place", code=code, chosen=True, note=note, scheme_version=1, changed_at=AT
    )


def coding(coder: str, *answers: ExportedAnswer, **more: Any) -> ExportedCoding:
    values: dict[str, Any] = {"id": 1, "scheme": "garden", "coder_id": 1, "state": "complete"}
    return ExportedCoding(coder=coder, changed_at=AT, answers=answers, **(values | more))


def study(*codings: ExportedCoding, reports: int = 1) -> ExportedStudy:
    listed = tuple(
        ExportedReport(work_id=number, title=f"Report {number}") for number in range(1, reports + 1)
    )
    return ExportedStudy(id=1, label="Roe 2020", kind="study", reports=listed, codings=codings)


def test_all_coders_stand_together_or_one_alone() -> None:
    both = study(coding("Ada", answer("park", "one")), coding("Ben", answer("park", "two")))
    leaving = leaving_review([SCHEME], [both], {})
    ((row,),) = [c.rows for each in leaving.review.studies for c in each.codings]
    assert (row.code, row.chosen, row.note) == ("park", True, "one\ntwo")
    assert [repair.sentence for repair in leaving.unsaid] == [
        "Who of several coders said what is not said; all stands together."
    ]
    alone = leaving_review([SCHEME], [both], {}, "Ben")
    ((row,),) = [c.rows for each in alone.review.studies for c in each.codings]
    assert (row.note, alone.unsaid) == ("two", ())


def test_the_agreed_coding_leaves_alone() -> None:
    agreed = coding("Ada", answer("roof"), is_agreed=True)
    both = study(coding("Ada", answer("park")), coding("Ben", answer("roof")), agreed)
    leaving = leaving_review([SCHEME], [both], {})
    ((row,),) = [c.rows for each in leaving.review.studies for c in each.codings]
    assert (row.code, leaving.unsaid) == ("roof", ())
    own = leaving_review([SCHEME], [both], {}, "Ada")
    ((row,),) = [c.rows for each in own.review.studies for c in each.codings]
    assert row.code == "park"


def test_drafts_stay_and_further_reports_have_no_codes() -> None:
    both = study(coding("Ada", answer("park")), coding("Ben", state="draft"), reports=2)
    leaving = leaving_review([SCHEME], [both], {1: RECORD})
    first, second = leaving.review.studies
    assert [each.record.reference.title for each in (first, second)] == ["Known", "Report 2"]
    assert [len(each.codings) for each in (first, second)] == [1, 0]
    assert [repair.sentence for repair in leaving.unsaid] == [
        "That several reports are of one study is not said; the first has the codes.",
        "Codings that are not complete stay.",
    ]


def test_words_leave_with_their_answers() -> None:
    def quote(uid: str, **more: Any) -> ExportedQuotation:
        place: dict[str, Any] = {"work_id": 1, "start": 3, "end": 9, "exact": "a park"}
        return ExportedQuotation(uid=uid, **(place | more))

    quotations = (
        quote("q1", question="place", code="park", part="file", document="Roe.pdf", page=2),
        quote("q2", question="place", code="park", part="abstract"),
        quote("q3", finding="f1", part="abstract"),
    )
    findings = (ExportedFinding(uid="f1", fields={}, scheme_version=1, changed_at=AT),)
    own = coding("Ada", answer("park"), quotations=quotations, findings=findings)
    leaving = leaving_review([SCHEME], [study(own)], {})
    ((first, second),) = [c.quotations for s in leaving.review.studies for c in s.codings]
    assert (first.highlight.document, first.highlight.page, first.highlight.start) == (
        *("Roe.pdf", 2, 0),
    )
    assert (second.highlight.document, second.highlight.is_from_pdf, second.highlight.end) == (
        *("Abstract", False, 9),
    )
    assert [repair.sentence for repair in leaving.unsaid] == [
        "The quoted words of a finding are not said."
    ]


def test_a_study_without_report_or_scheme_is_not_lost_in_silence() -> None:
    gone = coding("Ada", answer("park"), scheme="gone")
    leaving = leaving_review([SCHEME], [study(gone, reports=0)], {})
    assert leaving.review.studies[0].record.reference.title == "Roe 2020"
    assert [repair.sentence for repair in leaving.unsaid] == [
        "A coding with a scheme that cannot be read stays."
    ]
