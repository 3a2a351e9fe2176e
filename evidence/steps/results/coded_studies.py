"""The coded studies of a review, as every map, plot and table takes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from evidence.coding.answers import Answer, is_applicable
from evidence.coding.scheme import Scheme
from evidence.errors import NotFound
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.store.coding import codings, studies
from evidence.store.coding.codings import Coding
from evidence.store.coding.studies import Study
from evidence.synthesis.studies import CodedStudy


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedStudies:
    """What maps and tables rest on.

    Attributes:
        studies: those with a complete coding (and with a draft, where drafts count).
        open: labels of the studies that are not among them.
        dropped: labels of studies none of whose reports is included any more; they do not count.
        drafts: how many of `studies` rest on a draft.
    """

    scheme: Scheme
    studies: tuple[CodedStudy, ...]
    open: tuple[str, ...]
    drafts: int = 0
    dropped: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What it rests on, for people."""
        total = len(self.studies) + len(self.open)
        studies = "study" if total == 1 else "studies"
        text = f"Rests on {len(self.studies):,} of {total:,} {studies}"
        if self.drafts:
            text += f", {self.drafts:,} of them still {'a draft' if self.drafts == 1 else 'drafts'}"
        if self.open:
            text += f"; {len(self.open):,} not coded completely yet"
        if self.dropped:
            text += (
                f"; {len(self.dropped):,} left out, because no report of it is included any more"
            )
        return text + "."


def load(desk: Desk, *, drafts: bool = False) -> CodedStudies | None:
    """All coded studies; None while the review has no scheme.

    Where several people completed a coding of one study, the one completed first counts: nobody
    changes a map by coding what somebody else has coded.
    """
    taken = schemes.of_results(desk)
    if taken is None:
        return None
    scheme = taken.scheme
    with desk.reading() as c:
        of_scheme = codings.of_scheme(c, desk.review_id, taken.id)
        listed = studies.listing(c, desk.review_id)
    best = _best(of_scheme, drafts=drafts)
    dropped = [s for s in listed if not any(report.included for report in s.reports)]
    listed = [s for s in listed if s not in dropped]
    return CodedStudies(
        scheme=scheme,
        studies=tuple(
            _coded_study(study, best[study.id], scheme) for study in listed if study.id in best
        ),
        open=tuple(study.label for study in listed if study.id not in best),
        drafts=sum(best[s.id].state != "complete" for s in listed if s.id in best),
        dropped=tuple(s.label for s in dropped),
    )


def _best(all_codings: Sequence[Coding], *, drafts: bool) -> dict[int, Coding]:
    best: dict[int, Coding] = {}
    for coding in sorted(all_codings, key=_rank):
        if drafts or coding.completed_at:
            best.setdefault(coding.study_id, coding)
    return best


def _rank(coding: Coding) -> tuple[bool, datetime, int]:
    """Complete codings by when they were completed, then drafts by when they were begun."""
    return coding.completed_at is None, coding.completed_at or coding.changed_at, coding.id


def _coded_study(study: Study, coding: Coding, scheme: Scheme) -> CodedStudy:
    answers = coding.answers(scheme)
    return CodedStudy(
        id=study.id,
        label=study.label,
        year=study.year,
        codes={
            answer.question: frozenset(answer.codes)
            for answer in answers
            if answer.codes and _counts(answer, scheme, answers)
        },
        findings=coding.whole_findings(scheme),
    )


def _counts(answer: Answer, scheme: Scheme, answers: Sequence[Answer]) -> bool:
    """An answer to a question that is no longer asked does not count."""
    question = scheme.question(answer.question)
    return question is not None and is_applicable(question, scheme, answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyCoding:
    """One study with the coding that counts for it, to read."""

    study: Study
    scheme: Scheme
    coding: Coding | None


def study_coding(desk: Desk, study_id: int) -> StudyCoding:
    """The coding of a study that maps rest on; where there is none, the person's own draft.

    Nobody's draft is shown to others, and who codes the study at the moment sees only their own.
    """
    taken = schemes.of_results(desk)
    if taken is None:
        raise NotFound("coding of study", study_id)
    with desk.reading() as c:
        study = studies.get(c, desk.review_id, study_id)
        of_study = codings.of_scheme(c, desk.review_id, taken.id, study_id=study_id)
    own = [coding for coding in of_study if coding.person_id == desk.person_id]
    in_the_middle = any(coding.state != "complete" for coding in own)
    complete = [coding for coding in of_study if coding.state == "complete"]
    best = _best(own if in_the_middle else [*complete, *own], drafts=True)
    return StudyCoding(study=study, scheme=taken.scheme, coding=best.get(study_id))
