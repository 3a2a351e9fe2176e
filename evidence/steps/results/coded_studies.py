"""The coded studies of a review, as every map, plot and table takes them."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evidence.coding.answers import Answer, is_applicable
from evidence.coding.scheme import Scheme
from evidence.coding.which_counts import CodersOfStudy, CodingStage
from evidence.errors import NotFound
from evidence.steps.coding import schemes
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.store.coding import arms, coders, coding_assignments, codings, seen_codings, studies
from evidence.store.coding.codings import Coding
from evidence.store.coding.studies import Study
from evidence.synthesis.studies import CodedStudy

NAMED_AT_MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerText:
    """What a coding says in words or numbers.

    Attributes:
        study: its id.
        question: as people read it.
        question_id: in its scheme.
        value: as it was typed, without its unit and note.
    """

    study: int
    question: str
    text: str
    question_id: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedStudies:
    """What maps and tables rest on.

    Attributes:
        studies: those of which a coding counts (and those with a draft, where drafts count).
        open: labels of the studies that are not among them and still to code.
        to_reconcile: labels of the studies whose codings are not reconciled yet; counted nowhere.
        hidden: labels of studies that count, but that the person who looks is coding with this
            scheme or still to code, so that nothing others say of them is shown.
        dropped: labels of studies none of whose reports is included any more; they do not count.
        drafts: how many of `studies` rest on a draft.
        texts: of the codings of `studies`, where they are asked for.
        codings: on which `studies` rest, in their order, where they are asked for.
        left_out: labels of the studies that are not wanted in results, by how they were appraised.
        kept: which are wanted, in a sentence; empty where all are.
    """

    scheme: Scheme
    studies: tuple[CodedStudy, ...]
    open: tuple[str, ...]
    to_reconcile: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    drafts: int = 0
    dropped: tuple[str, ...] = ()
    texts: tuple[AnswerText, ...] = ()
    codings: tuple[Coding, ...] = ()
    left_out: tuple[str, ...] = ()
    kept: str = ""

    def only(self, study_ids: Collection[int], kept: str) -> "CodedStudies":
        """With these studies alone, for pictures and tables.

        Args:
            study_ids: of the studies that are kept.
            kept: which these are, in a sentence.
        """
        pairs = zip(self.studies, self.codings, strict=True) if self.codings else ()
        return replace(
            self,
            studies=tuple(study for study in self.studies if study.id in study_ids),
            texts=tuple(text for text in self.texts if text.study in study_ids),
            codings=tuple(coding for study, coding in pairs if study.id in study_ids),
            left_out=tuple(study.label for study in self.studies if study.id not in study_ids),
            kept=kept,
        )

    @property
    def all_labels(self) -> tuple[str, ...]:
        """Of all studies that count, or will once they are coded, reconciled, or may be seen."""
        counting = (study.label for study in self.studies)
        return (*counting, *self.left_out, *self.open, *self.to_reconcile, *self.hidden)

    @property
    def nothing_to_show(self) -> str:
        """Why there is nothing to show where no study is: what is hidden or to reconcile."""
        several = len(self.hidden) > 1
        said = []
        if self.hidden:
            said.append(
                f"What others say of {_named(self.hidden)} is hidden from you, because you are "
                f"coding {'these studies' if several else 'it'} with “{self.scheme.title}” "
                "yourself or are still to. It is shown when your own coding is complete."
            )
        if self.to_reconcile:
            said.append(f"To reconcile before it counts: {_named(self.to_reconcile)}.")
        return " ".join(said) or "No coding is complete yet."

    @property
    def sentence(self) -> str:
        """What it rests on, for people."""
        return self._sentence(named=True)

    @property
    def sentence_without_names(self) -> str:
        """What it rests on, for readers to whom studies may not be named."""
        return self._sentence(named=False)

    def _sentence(self, *, named: bool) -> str:
        def names(labels: Sequence[str]) -> str:
            return f" ({_named(labels)})" if named else ""

        total = len(self.all_labels)
        studies = "study" if total == 1 else "studies"
        text = f"Rests on {len(self.studies) + len(self.left_out):,} of {total:,} {studies}"
        if self.drafts:
            text += f", {self.drafts:,} of them still {'a draft' if self.drafts == 1 else 'drafts'}"
        if self.open:
            text += f"; {len(self.open):,} not coded completely yet"
        if self.to_reconcile:
            text += f"; {len(self.to_reconcile):,} to reconcile{names(self.to_reconcile)}"
        if self.hidden:
            text += (
                f"; {len(self.hidden):,} hidden from you until your own coding is complete"
                f"{names(self.hidden)}"
            )
        if self.dropped:
            text += (
                f"; {len(self.dropped):,} left out, because no report of it is included any more"
            )
        return f"{text}. {self.kept}".strip()


def unheard(desk: Desk) -> tuple[int, ...]:
    """The studies that the person is coding or still to with the scheme on which results rest, of
    which they see nothing that others say with it.
    """
    taken = schemes.of_results(desk)
    return unheard_with(desk, taken.id) if taken else ()


def unheard_with(desk: Desk, scheme_id: int) -> tuple[int, ...]:
    """The studies of which nothing that others say with a scheme may reach the person yet."""
    with desk.reading() as c:
        return tuple(sorted(seen_codings.unheard_studies(c, scheme_id, desk.person_id)))


def load(
    desk: Desk, *, drafts: bool = False, unheard_of: Collection[int] | None = None
) -> CodedStudies | None:
    """All coded studies; None while the review has no scheme.

    Args:
        desk: of the person who looks.
        drafts: whether studies of which no coding counts yet are shown by a draft.
        unheard_of: what `unheard` gives; None to ask for it here.
    """
    taken = schemes.of_results(desk)
    if taken is None:
        return None
    return with_scheme(desk, taken, drafts=drafts, unheard_of=unheard_of)


def with_scheme(
    desk: Desk,
    taken: TakenScheme,
    *,
    drafts: bool = False,
    unheard_of: Collection[int] | None = None,
    texts: bool = False,
    whole: bool = False,
) -> CodedStudies:
    """All studies that are coded with a scheme of the review.

    Which coding of a study counts is one rule (coding/which_counts.py), whoever looks; but who is
    coding a study with this scheme is not shown what others say of it. Drafts are one's own, and
    those of others where nobody else is asked to code the study.

    Args:
        desk: of the person who looks.
        taken: the scheme.
        drafts: whether studies of which no coding counts yet are shown by a draft.
        unheard_of: what `unheard_with` gives; None to ask for it here.
        texts: whether what the codings say in words and numbers is wanted, too.
        whole: whether the codings themselves are wanted, too.
    """
    if unheard_of is None:
        unheard_of = unheard_with(desk, taken.id)
    scheme = taken.scheme
    with desk.reading() as c:
        of_scheme = codings.of_scheme(c, desk.review_id, taken.id)
        listed = studies.listing(c, desk.review_id)
        standing = coders.of_studies(c, desk.review_id, taken.id)
        given = coding_assignments.of_person(c, taken.id, desk.person_id)
        people = arms.people_by_arm(c, desk.review_id)
    by_study = _by_study(of_scheme)
    included = [study for study in listed if _has_included(study)]
    best: dict[int, Coding] = {}
    hidden: set[int] = set()
    for study in included:
        of_study = by_study[study.id]
        counts = counted(standing[study.id], of_study)
        if counts is not None and study.id in unheard_of:
            hidden.add(study.id)
            continue
        if counts is None and drafts:
            counts = _draft(desk, standing[study.id], of_study, is_given=study.id in given)
        if counts is not None:
            best[study.id] = counts
    coded = [study for study in included if study.id in best]
    rest = [(study, standing[study.id].stage) for study in included if study.id not in best]
    return CodedStudies(
        scheme=scheme,
        studies=tuple(_coded_study(s, best[s.id], scheme, people.get(s.id, {})) for s in coded),
        open=tuple(s.label for s, stage in rest if stage is CodingStage.TO_CODE),
        hidden=tuple(s.label for s, _ in rest if s.id in hidden),
        to_reconcile=tuple(s.label for s, stage in rest if stage is CodingStage.TO_RECONCILE),
        drafts=sum(best[study.id].state != "complete" for study in coded),
        dropped=tuple(study.label for study in listed if not _has_included(study)),
        texts=tuple(t for s in coded if texts for t in _texts(s, best[s.id], scheme)),
        codings=tuple(best[study.id] for study in coded if whole),
    )


def _has_included(study: Study) -> bool:
    return any(report.included for report in study.reports)


def counted(standing: CodersOfStudy, of_study: Sequence[Coding]) -> Coding | None:
    """The coding of a study that counts; None where none does.

    Args:
        standing: how the study stands.
        of_study: all its codings with one scheme.
    """
    if standing.stage is not CodingStage.COUNTED:
        return None
    complete = [coding for coding in of_study if coding.state == "complete"]
    return next((coding for coding in complete if coding.is_agreed), next(iter(complete), None))


def _by_study(of_scheme: Sequence[Coding]) -> dict[int, list[Coding]]:
    by_study: dict[int, list[Coding]] = defaultdict(list)
    for coding in of_scheme:
        by_study[coding.study_id].append(coding)
    return by_study


def _draft(
    desk: Desk, standing: CodersOfStudy, of_study: Sequence[Coding], *, is_given: bool
) -> Coding | None:
    """Of a study that is to be coded, one's own draft; else, where others' may be shown, the one
    that was changed first.
    """
    if standing.stage is not CodingStage.TO_CODE:
        return None
    own = [coding for coding in of_study if coding.person_id == desk.person_id]
    if own:
        return next((coding for coding in own if not coding.is_agreed), None)
    others = sorted(of_study, key=lambda coding: (coding.changed_at, coding.id))
    is_open = standing.asked == 1 and not is_given
    return others[0] if others and is_open else None


def _named(labels: Sequence[str]) -> str:
    named = ", ".join(labels[:NAMED_AT_MOST])
    more = len(labels) - NAMED_AT_MOST
    return f"{named} and {more:,} more" if more > 0 else named


def _coded_study(
    study: Study, coding: Coding, scheme: Scheme, people_by_arm: Mapping[str, str]
) -> CodedStudy:
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
        arms=people_by_arm,
    )


def _texts(study: Study, coding: Coding, scheme: Scheme) -> Iterator[AnswerText]:
    """Values with their units, and notes, of the answers to questions that are asked."""
    answers = coding.answers(scheme)
    for answer in answers:
        question = scheme.question(answer.question)
        if question is None or not is_applicable(question, scheme, answers):
            continue
        value = f"{answer.value} {question.unit}" if question.unit else answer.value
        said = [part for part in (value if answer.value else "", answer.note) if part]
        if said:
            yield AnswerText(
                study=study.id,
                question=question.name,
                text="; ".join(said),
                question_id=question.id,
                value=answer.value.strip(),
            )


def _counts(answer: Answer, scheme: Scheme, answers: Sequence[Answer]) -> bool:
    """An answer to a question that is no longer asked does not count."""
    question = scheme.question(answer.question)
    return question is not None and is_applicable(question, scheme, answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyCoding:
    """One study with the coding that counts for it, to read.

    Attributes:
        stage: how far the coding of the study by all its coders is.
    """

    study: Study
    scheme: Scheme
    coding: Coding | None
    stage: CodingStage


def study_coding(desk: Desk, study_id: int) -> StudyCoding:
    """The coding of a study that counts; where none does, the person's own.

    Nobody's draft is shown to others, and who is to code the study sees only their own.
    """
    taken = schemes.of_results(desk)
    if taken is None:
        raise NotFound("coding of study", study_id)
    with desk.reading() as c:
        study = studies.get(c, desk.review_id, study_id)
        which = seen_codings.may_see(desk.person_id)
        readable = codings.of_scheme(c, desk.review_id, taken.id, study_id=study_id, which=which)
        standing = coders.of_studies(c, desk.review_id, taken.id, study_ids=[study_id])[study_id]
    own = [one for one in readable if one.person_id == desk.person_id and not one.is_agreed]
    in_the_middle = any(coding.state != "complete" for coding in own)
    counts = None if in_the_middle or not readable else counted(standing, readable)
    best = counts or next(iter(own), None)
    return StudyCoding(study=study, scheme=taken.scheme, coding=best, stage=standing.stage)
