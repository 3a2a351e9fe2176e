"""What was judged with the appraisal schemes of a review."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from evidence.coding.answer_rows import AnswerRow
from evidence.coding.answers import Answer
from evidence.coding.judged_findings import answers_of_each, finding_label
from evidence.coding.scheme import Purpose
from evidence.steps.coding import schemes
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.steps.results import coded_studies
from evidence.steps.results.coded_studies import CodedStudies
from evidence.store.area_versions import Area, made_from
from evidence.store.coding import arms
from evidence.synthesis.appraisal.judgements import JudgementTable
from evidence.synthesis.appraisal.scheme_judgements import Appraised, scheme_judgements

Unheard = tuple[tuple[int, ...], tuple[int, ...]]
"""The studies of which nothing may reach a person yet that others say with the appraisal scheme,
and with the scheme on which results rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """One appraisal scheme with its judgements.

    Attributes:
        coded: what they rest on.
        table: a row for each study, review or result that was judged.
    """

    coded: CodedStudies
    table: JudgementTable


def appraisal_schemes(desk: Desk) -> list[TakenScheme]:
    """The schemes by which the review appraises, in the order in which it took them."""
    return [each for each in schemes.of_studies(desk) if each.scheme.purpose is Purpose.APPRAISAL]


def unheard(desk: Desk, scheme_id: int) -> Unheard:
    """What the person at the desk may not hear yet of what others judge with a scheme."""
    return coded_studies.unheard_with(desk, scheme_id), coded_studies.unheard(desk)


@made_from(Area.RECORDS | Area.RESULTS)
def of_complete_codings(desk: Desk, scheme_id: int, unheard_of: Unheard) -> Appraisal:
    """The judgements of studies that are appraised completely."""
    return _appraisal(desk, scheme_id, unheard_of, drafts=False)


@made_from(Area.RECORDS | Area.CODING | Area.RESULTS)
def with_drafts(desk: Desk, person_id: int, scheme_id: int, unheard_of: Unheard) -> Appraisal:
    """The judgements that there are, if only in a draft that this person may see."""
    del person_id  # of the desk; by it the answer is kept for this person alone
    return _appraisal(desk, scheme_id, unheard_of, drafts=True)


def _appraisal(desk: Desk, scheme_id: int, unheard_of: Unheard, *, drafts: bool) -> Appraisal:
    taken = schemes.get(desk, scheme_id)
    judging, of_results = unheard_of
    coded = coded_studies.with_scheme(desk, taken, drafts=drafts, unheard_of=judging, whole=True)
    if not taken.scheme.judges_findings:
        table = scheme_judgements(taken.scheme, list(of_studies(coded)))
        return Appraisal(coded=coded, table=table)
    findings = _findings(desk, of_results, drafts=drafts)
    judged = _of_findings(coded, findings)
    notes = [_gone(judged.gone)] if judged.gone else []
    return Appraisal(coded=coded, table=scheme_judgements(taken.scheme, judged.appraised, notes))


def of_studies(coded: CodedStudies) -> Iterator[Appraised]:
    """The coded studies with what was answered of them, to be read as judgements."""
    for study in coded.studies:
        answers = tuple(
            Answer(question=question, codes=tuple(sorted(codes)))
            for question, codes in study.codes.items()
        )
        yield Appraised(study_id=study.id, study=study.label, answers=answers)


def _findings(desk: Desk, unheard_of: Sequence[int], *, drafts: bool) -> dict[int, dict[str, str]]:
    """The labels of the findings that count, by uid, for each study, in their order."""
    taken = schemes.of_results(desk)
    if taken is None:
        return {}
    coded = coded_studies.with_scheme(desk, taken, drafts=drafts, unheard_of=unheard_of, whole=True)
    with desk.reading() as c:
        times = arms.time_labels(c, desk.review_id)
    return {
        coding.study_id: {
            stored.uid: finding_label(stored.fields, taken.scheme, times, number)
            for number, stored in enumerate(coding.findings, start=1)
        }
        for coding in coded.codings
    }


@dataclass(slots=True, kw_only=True)
class _JudgedFindings:
    """Results that were judged, and how many judged ones do not count."""

    appraised: list[Appraised] = field(default_factory=list)
    gone: int = 0


def _of_findings(coded: CodedStudies, findings: dict[int, dict[str, str]]) -> _JudgedFindings:
    """Judgements of findings that count, in the order of the findings."""
    judged = _JudgedFindings()
    for study, coding in zip(coded.studies, coded.codings, strict=True):
        labels = findings.get(study.id, {})
        answers = _answers(coding.rows, coded)
        judged.gone += len(answers.keys() - labels.keys())
        judged.appraised += [
            Appraised(study_id=study.id, study=study.label, result=label, answers=answers[uid])
            for uid, label in labels.items()
            if uid in answers
        ]
    return judged


def _answers(rows: Sequence[AnswerRow], coded: CodedStudies) -> dict[str, tuple[Answer, ...]]:
    """What is said of each judged finding, by uid."""
    return {uid: answers for uid, answers, _ in answers_of_each(rows, coded.scheme) if uid}


def _gone(number: int) -> str:
    if number == 1:
        return "1 judged result is not shown, because its finding does not count."
    return f"{number:,} judged results are not shown, because their findings do not count."
