"""Coding studies with a scheme: answers about the study, and its findings."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evidence.coding.answer_rows import AnswerRow, gather, unanswered
from evidence.coding.answers import Answer, answer_faults, applicable_questions, faults_in
from evidence.coding.arms_taken_away import arms_in_words
from evidence.coding.finding_effects import Computed, computed_of
from evidence.coding.finding_fields import fields_of, is_of_whole, needs_of
from evidence.coding.findings import Finding, finding_faults, hints
from evidence.coding.judged_findings import (
    NONE_JUDGED,
    JudgedFinding,
    judged_uids,
    proposals_of_each,
    reasons_missing_of_each,
)
from evidence.coding.scheme import Axis, Of, Question, Scheme
from evidence.errors import Invalid, NotFound
from evidence.steps.coding import judged_findings, schemes
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.store import Connection, Role, Write
from evidence.store.area_versions import Area
from evidence.store.coding import arms, coding_edits, codings, studies
from evidence.store.coding.arms import Arm, TimePoint
from evidence.store.coding.coding_changes import BY_NO_PAGE, Sent
from evidence.store.coding.coding_edits import REMOVED, YES, Edit, Place
from evidence.store.coding.codings import Coding, StoredFinding
from evidence.store.coding.studies import Study

NO_SCHEME = "coding scheme in this review yet; take one on the page"
_LONGEST_TIME = 60  # of a time in the name of a finding; as typed it may be a whole sentence
MEANWHILE = "Somebody changed this meanwhile, so nothing was kept; please reload the page."


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """That somebody else codes a study; what they say of it is not for the one who codes, too."""

    person: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingSheet:
    """One person's coding of one study, ready to be filled in.

    Attributes:
        arms, time_points: of the study.
        judged: the findings that are judged or can be, for a scheme that judges findings.
        missing: required questions that are asked and open.
        faults: answers that are no numbers, dates or options, or lack the reason they need.
        hints: what was said for arms that were taken away since, what does not fit together, and
            what the rules of the scheme propose.
    """

    study: Study
    taken: TakenScheme
    coding: Coding | None
    others: tuple[Colleague, ...]
    arms: tuple[Arm, ...]
    time_points: tuple[TimePoint, ...]
    missing: tuple[Question, ...]
    faults: tuple[str, ...]
    hints: tuple[str, ...]
    judged: tuple[JudgedFinding, ...] = ()

    @property
    def scheme(self) -> Scheme:
        """The questions, as they are asked now."""
        return self.taken.scheme

    @property
    def rows(self) -> tuple[AnswerRow, ...]:
        """All that was answered so far, code by code."""
        return self.coding.rows if self.coding else ()

    @property
    def answers(self) -> tuple[Answer, ...]:
        """All answers so far, question by question."""
        return self.coding.answers(self.scheme) if self.coding else ()

    @property
    def findings(self) -> tuple[StoredFinding, ...]:
        """All findings so far."""
        return self.coding.findings if self.coding else ()

    @property
    def complete(self) -> bool:
        """Whether this person marked the coding complete."""
        return self.coding is not None and self.coding.state == "complete"

    def computed(self) -> dict[str, Computed]:
        """What follows from the numbers of each finding, by its uid; computed anew at each call."""
        return {one.uid: computed_of(one.fields, self.scheme) for one in self.findings}


def sheet(desk: Desk, study_id: int, scheme_id: int | None = None) -> CodingSheet:
    """The coding of a study by the person at the desk; it shows nothing of what others said.

    Args:
        desk: of the person who codes.
        study_id: of the study.
        scheme_id: with which scheme; None for the one on which results rest.
    """
    taken = in_use(desk, scheme_id)
    with desk.reading() as c:
        study = studies.get(c, desk.review_id, study_id)
        mine = codings.of_scheme(
            c, desk.review_id, taken.id, study_id=study_id, person_id=desk.person_id
        )
        states = codings.states(c, desk.review_id, taken.id, study_id)
        of_study = arms.of_study(c, study_id)
        time_points = arms.time_points_of(c, study_id)
        uids = judged_uids(mine[0].rows) if mine else ()
        judged = _judged(c, desk, taken, study_id, uids)
        away = arms.taken_away_from(c, mine[0].id) if mine else ()
    others = tuple(
        Colleague(person=name, state=state)
        for (_, person_id), (state, name) in states.items()
        if person_id != desk.person_id
    )
    own = sheet_of(study, taken, mine[0] if mine else None, of_study, time_points, judged)
    told = (*arms_in_words(taken.scheme, away), *own.hints)
    return replace(own, others=others, hints=told)


def _judged(
    c: Connection, desk: Desk, taken: TakenScheme, study_id: int, uids: Sequence[str]
) -> tuple[JudgedFinding, ...]:
    """The findings of a study, where the scheme judges them; `uids` are of those that it judged."""
    if not taken.scheme.judges_findings:
        return ()
    return judged_findings.of_study(c, desk.review_id, study_id, desk.person_id, uids)


def sheet_of(
    study: Study,
    taken: TakenScheme,
    own: Coding | None,
    of_study: tuple[Arm, ...],
    time_points: tuple[TimePoint, ...],
    judged: tuple[JudgedFinding, ...] = (),
) -> CodingSheet:
    """A coding with what is missing in it, what is wrong, and what does not fit together.

    Args:
        study: that it is about.
        taken: the scheme, as it is asked now.
        own: the coding; None before it has begun.
        of_study: the arms of the study.
        time_points: of the study.
        judged: the findings that are judged or can be, for a scheme that judges findings.
    """
    rows = own.rows if own else ()
    answers = own.answers(taken.scheme) if own else ()
    findings = own.whole_findings(taken.scheme) if own else ()
    scheme = taken.scheme
    labels = {arm.uid: arm.label for arm in of_study}
    labels |= {finding.uid: finding.label for finding in judged}
    asked = judged_uids(rows) if scheme.judges_findings else [arm.uid for arm in of_study]
    none_judged = (NONE_JUDGED,) if scheme.judges_findings and not rows else ()
    return CodingSheet(
        study=study,
        taken=taken,
        coding=own,
        others=(),
        arms=of_study,
        time_points=time_points,
        judged=judged,
        missing=unanswered(scheme, rows, asked),
        faults=(
            *none_judged,
            *_faults(taken, rows),
            *reasons_missing_of_each(scheme, rows, labels),
        ),
        hints=(
            *proposals_of_each(scheme, rows, labels),
            *hints(scheme, answers, findings),
        ),
    )


def set_answer(desk: Desk, study_id: int, new: Answer, scheme_id: int | None = None) -> None:
    """Keep an answer for the whole study in place of what its person said before.

    Raises:
        Invalid: with what is wrong with it.
        NotAllowed: the coding is marked complete.
    """
    set_answers(desk, study_id, [new], scheme_id)


def set_answers(
    desk: Desk, study_id: int, news: Sequence[Answer], scheme_id: int | None = None
) -> None:
    """Keep answers to different questions, all or none, as `set_answer` keeps one."""
    desk.require(Role.REVIEWER)
    taken = in_use(desk, scheme_id)
    for new in news:
        question = taken.scheme.question(new.question)
        if question is None:
            raise Invalid(f"The scheme has no question {new.question}.")
        _refuse(answer_faults(question, new))
    rows = sheet(desk, study_id, taken.id).rows
    with desk.writing(Role.REVIEWER, areas=Area.CODING) as w:
        coding_id = codings.start(w, study_id, taken.id)
        for new in news:
            for place, name, before, after in _changes(rows, new):
                clash = coding_edits.edit_answer(
                    w, coding_id, place, _edit(taken, name, before, after)
                )
                _refuse([MEANWHILE] if clash else [])


def _changes(rows: Sequence[AnswerRow], new: Answer) -> Iterator[tuple[Place, str, str, str]]:
    """What makes the new answer of what was said before: where, which field, before, after."""
    said = {row.code: row for row in rows if row.question == new.question and not row.arm}
    own = said.get("", AnswerRow(question=new.question))
    changes = [("", "value", own.value, new.value), ("", "note", own.note, new.note)]
    for code in filter(None, dict.fromkeys([*said, *new.codes])):
        was = YES if code in said and said[code].chosen else ""
        changes.append((code, "chosen", was, YES * (code in new.codes)))
    for code, name, before, after in changes:
        if before != after:
            yield Place(question=new.question, code=code), name, before, after


def put_finding(
    desk: Desk,
    study_id: int,
    new: Finding,
    finding_id: int | None = None,
    scheme_id: int | None = None,
) -> int:
    """Keep a whole finding, or change one; gives its id.

    Fields that a whole finding does not have, as the numbers as they were typed, stay.

    Raises:
        Invalid: with what is wrong with it.
        NotFound: there is no such finding of the person at the desk.
        NotAllowed: the coding is marked complete.
    """
    (kept,) = _put_findings(desk, study_id, [(new, finding_id)], scheme_id)
    return kept


def add_findings(
    desk: Desk, study_id: int, news: Sequence[Finding], scheme_id: int | None = None
) -> list[int]:
    """Keep whole findings, all or none, as `put_finding` keeps one; gives their ids."""
    return _put_findings(desk, study_id, [(new, None) for new in news], scheme_id)


def _put_findings(
    desk: Desk,
    study_id: int,
    news: Sequence[tuple[Finding, int | None]],
    scheme_id: int | None,
) -> list[int]:
    """Keep findings in place of those of these ids, or as new ones; gives their ids."""
    desk.require(Role.REVIEWER)
    taken = in_use(desk, scheme_id)
    own = sheet(desk, study_id, taken.id)
    changes: list[tuple[str, Mapping[str, str], Mapping[str, str]]] = []
    for new, finding_id in news:
        _refuse(finding_faults(new, taken.scheme, own.answers))
        stored = _stored(own, finding_id) if finding_id is not None else None
        before: Mapping[str, str] = stored.fields if stored else {}
        after = {name: text for name, text in before.items() if not is_of_whole(name)}
        uid = stored.uid if stored else secrets.token_hex(8)
        changes.append((uid, before, after | fields_of(new)))
    with desk.writing(Role.REVIEWER, areas=Area.CODING) as w:
        coding_id = codings.start(w, study_id, taken.id)
        for uid, was, shall in changes:
            _change_finding(w, taken, coding_id, uid, was, shall)
        return [codings.finding_id(w.connection, coding_id, uid) for uid, _, _ in changes]


def remove_finding(
    desk: Desk, study_id: int, finding_id: int, scheme_id: int | None = None
) -> None:
    """Take a finding away; it is kept, and can be taken back."""
    desk.require(Role.REVIEWER)
    taken = in_use(desk, scheme_id)
    stored = _stored(sheet(desk, study_id, taken.id), finding_id)
    with desk.writing(Role.REVIEWER, areas=Area.CODING) as w:
        coding_id = codings.start(w, study_id, taken.id)
        _change_finding(w, taken, coding_id, stored.uid, {}, {REMOVED: YES})


def complete(
    desk: Desk, study_id: int, scheme_id: int | None = None, sent: Sent = BY_NO_PAGE
) -> None:
    """Mark the coding complete, so that maps and tables rest on it.

    Args:
        desk: of the person who codes.
        study_id: of the study.
        scheme_id: with which scheme; None for the one on which results rest.
        sent: how a page sent it.

    Raises:
        Invalid: something that is required is open, an answer is no number or date, a judgement
            lacks the reason it needs, or a finding lacks what every finding needs, has numbers that
            cannot be, or says another direction than its numbers without a reason.
    """
    desk.require(Role.REVIEWER)
    own = sheet(desk, study_id, scheme_id)
    require_whole(own)
    seen = own.coding.changed_at if own.coding else None
    with desk.writing(Role.REVIEWER, areas=Area.CODING) as w:
        coding_id = codings.start(w, study_id, own.taken.id)
        codings.set_state(w, coding_id, "complete", seen=seen, sent=sent)


def require_whole(own: CodingSheet) -> None:
    """Refuse a coding that cannot be complete yet.

    Raises:
        Invalid: with what is open or wrong, as `complete` says it.
    """
    if NONE_JUDGED in own.faults:
        raise Invalid(NONE_JUDGED)
    if own.missing:
        open_ = ", ".join(f"“{question.text}”" for question in own.missing)
        raise Invalid(f"Before the coding is complete, please answer: {open_}.")
    _refuse(own.faults)
    _refuse(_finding_faults(own))


def reopen(
    desk: Desk, study_id: int, scheme_id: int | None = None, sent: Sent = BY_NO_PAGE
) -> None:
    """Make the coding a draft again; `sent` says how a page sent it."""
    taken = in_use(desk, scheme_id)
    with desk.writing(Role.REVIEWER, areas=Area.CODING) as w:
        coding_id = codings.start(w, study_id, taken.id)
        codings.set_state(w, coding_id, "draft", sent=sent)


def in_use(desk: Desk, scheme_id: int | None) -> TakenScheme:
    """This scheme of the review, or the one on which results rest.

    Raises:
        NotFound: the review has no such scheme.
    """
    if scheme_id is not None:
        return schemes.get(desk, scheme_id)
    taken = schemes.of_results(desk)
    if taken is None:
        raise NotFound(NO_SCHEME, "Coding")
    return taken


def _faults(taken: TakenScheme, rows: Sequence[AnswerRow]) -> tuple[str, ...]:
    """Faults of answers to questions that are asked, each arm by itself; others are kept as they
    are, and keep nobody from completing.
    """
    asked = {
        question.id for question in applicable_questions(taken.scheme, gather(rows, taken.scheme))
    }
    faults: list[str] = []
    for arm in dict.fromkeys(row.arm for row in rows):
        of_arm = gather((replace(row, arm="") for row in rows if row.arm == arm), taken.scheme)
        known = [_without_lost_codes(taken, a) for a in of_arm if a.question in asked]
        faults += faults_in(taken.scheme, known, Of.STUDY)
    return tuple(dict.fromkeys(faults))


def _without_lost_codes(taken: TakenScheme, answer: Answer) -> Answer:
    question = taken.scheme.question(answer.question)
    options = {option.id for option in question.walk()} if question else set()
    codes = tuple(code for code in answer.codes if code in options)
    return Answer(question=answer.question, codes=codes, value=answer.value, note=answer.note)


def _finding_faults(own: CodingSheet) -> list[str]:
    """What keeps findings from being complete, a sentence or more for each of them by its name."""
    computed = own.computed()
    said = []
    for number, stored in enumerate(own.findings, 1):
        needs = needs_of(stored.fields, own.scheme, own.answers)
        faults = dict.fromkeys(fault.sentence for fault in (*needs, *computed[stored.uid].faults))
        if faults:
            said.append(f"{_name(own, number, stored)}: {' '.join(faults)}")
    return said


def _name(own: CodingSheet, number: int, stored: StoredFinding) -> str:
    """As people know a finding: `Finding 2 (Self-esteem · 18 months)`."""
    outcome = own.scheme.axis_option(Axis.OUTCOME, stored.fields.get("outcome", ""))
    time = stored.fields.get("time", "")
    time = next((point.label for point in own.time_points if point.uid == time), time)
    parts = [
        part for part in (outcome.label if outcome else "", time.strip()[:_LONGEST_TIME]) if part
    ]
    return f"Finding {number}" + (f" ({' · '.join(parts)})" if parts else "")


def _stored(own: CodingSheet, finding_id: int) -> StoredFinding:
    found = next((stored for stored in own.findings if stored.id == finding_id), None)
    if found is None:
        raise NotFound("finding", finding_id)
    return found


def _change_finding(
    write: Write,
    taken: TakenScheme,
    coding_id: int,
    uid: str,
    before: Mapping[str, str],
    after: Mapping[str, str],
) -> None:
    for name in dict.fromkeys([*before, *after]):
        was, shall = before.get(name, ""), after.get(name, "")
        if was != shall:
            edit = _edit(taken, name, was, shall)
            clash = coding_edits.edit_finding(write, coding_id, uid, edit)
            _refuse([MEANWHILE] if clash else [])


def _edit(taken: TakenScheme, field: str, before: str, after: str) -> Edit:
    return Edit(client_id="", version_id=taken.version.id, field=field, before=before, after=after)


def _refuse(faults: Sequence[str]) -> None:
    if faults:
        raise Invalid(" ".join(faults))
