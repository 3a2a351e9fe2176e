"""What leaves a review of its codings, as EPPI-Reviewer can say it: a reference with what is coded
of it, without the names of the coders.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from evidence.citations.record import Record, Reference
from evidence.coding.answer_rows import AnswerRow
from evidence.coding.coding_tables.exported import (
    ExportedAnswer,
    ExportedCoding,
    ExportedQuotation,
    ExportedReport,
    ExportedStudy,
)
from evidence.coding.scheme import Scheme
from evidence.eppi.account import Ledger, Repair
from evidence.eppi.coded_review import (
    CodedReview,
    CodedStudy,
    QuotedWords,
    StudyCoding,
    TypedFinding,
)
from evidence.eppi.export import Highlight

COMPLETE = "complete"
_FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavingReview:
    """A review for `write_export`, and what of it EPPI-Reviewer cannot say."""

    review: CodedReview
    unsaid: tuple[Repair, ...]


def leaving_review(
    schemes: Sequence[Scheme],
    studies: Iterable[ExportedStudy],
    records: Mapping[int, Record],
    coder: str = "",
    *,
    agreed_only: bool = False,
) -> LeavingReview:
    """The complete codings of a review: of a study the agreed one where there is one, or else those
    of all its coders together; or those of one coder; or what was agreed and nothing else.

    Args:
        schemes: the newest version of each.
        studies: with the codings that may leave.
        records: of the works that report the studies, by the ids of the works.
        coder: their name, whose own codings leave then; "" for what counts and for all.
        agreed_only: whether of studies without an agreed coding none leaves.
    """
    ids = {scheme.id for scheme in schemes}
    leaving = _Leaving(ids, records, coder, agreed_only)
    coded = tuple(each for study in studies for each in leaving.study(study))
    review = CodedReview(schemes=tuple(schemes), studies=coded)
    return LeavingReview(review=review, unsaid=leaving.ledger.repairs)


@dataclass(frozen=True, slots=True)
class _Leaving:
    schemes: Collection[str]
    records: Mapping[int, Record]
    coder: str
    agreed_only: bool
    ledger: Ledger = field(default_factory=Ledger)

    def study(self, study: ExportedStudy) -> Iterator[CodedStudy]:
        """The study at its first report; the others stand beside it without a coding."""
        place = f"study “{study.label}”"
        reports = study.reports or (ExportedReport(work_id=0, title=study.label),)
        if len(reports) > 1:
            sentence = "That several reports are of one study is not said; the first has the codes."
            self.ledger.repair(place, sentence)
        codings = [each for each in study.codings if self._is_wanted(each)]
        drafts = [each for each in codings if each.state != COMPLETE]
        if drafts:
            sentence = "Codings that are not complete stay."
            self.ledger.repair(place, sentence, len(drafts))
        whole = [each for each in codings if each.state == COMPLETE]
        yield CodedStudy(
            record=self.record(reports[0]),
            label=study.label,
            arms=study.arms,
            time_points=study.time_points,
            codings=tuple(self.codings(whole, place)),
        )
        for report in reports[1:]:
            yield CodedStudy(record=self.record(report), label=study.label)

    def _is_wanted(self, coding: ExportedCoding) -> bool:
        if self.agreed_only:
            return coding.is_agreed
        return not self.coder or (coding.coder == self.coder and not coding.is_agreed)

    def record(self, report: ExportedReport) -> Record:
        if report.work_id in self.records:
            return self.records[report.work_id]
        reference = Reference(
            title=report.title, year=report.year, journal=report.journal, doi=report.doi
        )
        return Record(reference=reference, line=0, raw="", fields=())

    def codings(self, codings: Sequence[ExportedCoding], place: str) -> Iterator[StudyCoding]:
        by_scheme: dict[str, list[ExportedCoding]] = {}
        for coding in codings:
            by_scheme.setdefault(coding.scheme, []).append(coding)
        for scheme, of_scheme in by_scheme.items():
            group = [each for each in of_scheme if each.is_agreed] or of_scheme
            if scheme not in self.schemes:
                self.ledger.repair(place, "A coding with a scheme that cannot be read stays.")
                continue
            if len(group) > 1:
                sentence = "Who of several coders said what is not said; all stands together."
                self.ledger.repair(place, sentence)
            quotations = [quote for coding in group for quote in coding.quotations]
            of_answers = [quote for quote in quotations if not quote.finding]
            if len(of_answers) < len(quotations):
                number = len(quotations) - len(of_answers)
                self.ledger.repair(place, "The quoted words of a finding are not said.", number)
            yield StudyCoding(
                scheme=scheme,
                rows=_together(answer for coding in group for answer in coding.answers),
                findings=tuple(
                    TypedFinding(uid=finding.uid, fields=finding.fields)
                    for coding in group
                    for finding in coding.findings
                ),
                quotations=tuple(map(_quoted, of_answers)),
            )


def _together(answers: Iterable[ExportedAnswer]) -> tuple[AnswerRow, ...]:
    """One row for each question, code and arm; what several people wrote stands in lines."""
    rows: dict[tuple[str, str, str], AnswerRow] = {}
    for answer in answers:
        place = (answer.question, answer.code, answer.arm)
        before = rows.get(place, AnswerRow(question=answer.question))
        rows[place] = AnswerRow(
            question=answer.question,
            code=answer.code,
            arm=answer.arm,
            chosen=before.chosen or answer.chosen,
            value=_lines(before.value, answer.value),
            note=_lines(before.note, answer.note),
        )
    return tuple(rows.values())


def _lines(before: str, after: str) -> str:
    return "\n".join(dict.fromkeys(filter(None, (before, after))))


def _quoted(quote: ExportedQuotation) -> QuotedWords:
    is_plain_text = quote.page == 0 and quote.end > 0  # as it came; a page counts from 1
    is_from_pdf = quote.part == _FILE and not is_plain_text
    return QuotedWords(
        question=quote.question,
        code=quote.code,
        arm=quote.arm,
        highlight=Highlight(
            document=quote.document or quote.part.capitalize(),
            words=(quote.exact,),
            page=quote.page,
            start=0 if is_from_pdf else quote.start,
            end=0 if is_from_pdf else quote.end,
            is_from_pdf=is_from_pdf,
        ),
    )
