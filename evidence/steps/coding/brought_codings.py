"""The coding of a file of EPPI-Reviewer comes into a review, and is taken back as a whole.

The references of the file came in before, as records of a source; the file is kept beside them.
"""

import gc
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from evidence.eppi.account import Account, Repair
from evidence.errors import Invalid, NotAllowed
from evidence.screening.verdicts import Verdict
from evidence.steps import jobs
from evidence.steps.coding import (
    brought_inclusions,
    brought_schemes,
    brought_stages,
    schemes,
)
from evidence.steps.coding.brought_schemes import SetTaken
from evidence.steps.coding.brought_stages import ReadCodings, StagesTaken, Wishes
from evidence.steps.coding.placed_studies import (
    Placing,
    place,
    refuse_unblinding,
    why_unblinding,
)
from evidence.steps.desk import Desk, Progress, silent
from evidence.steps.review import people
from evidence.steps.screening import priority
from evidence.steps.screening.brought_decisions import UndoPreview
from evidence.steps.screening.decision_files import ImportReport
from evidence.store import Connection, Role, Store, Write, events
from evidence.store.coding import brought_codings, brought_rows, undo_brought_codings
from evidence.store.coding.brought_codings import Brought
from evidence.store.coding.brought_rows import Counts, Whose
from evidence.store.coding.undo_brought_codings import TakingBack
from evidence.store.events import EventKind
from evidence.store.jobs import Job
from evidence.store.records import coded_files
from evidence.store.records.coded_files import CodedFile
from evidence.store.review import people as stored_people

JOB = "codings"
WHILE_WAITING = 100_000  # bytes of a kept file; larger ones are brought in in the background
BROUGHT_BEFORE = (
    "The coding of this file was brought in already, as that of {name}. Take that back first, or "
    "name another coder."
)
NOBODY = 0  # a number that no person has


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtPreview:
    """What bringing a coding in would do.

    Attributes:
        account: what the file holds: kept, and told as left out.
        repairs: what is read otherwise than it stands, or has another place here.
        coded: references with a coding; `missing` of them are no records of the review.
        studies: new ones; `joined` are there already.
        included: works that nobody has decided on, which are included; `decided` stay as they are.
        flagged: works that nobody has decided on and that have the flag E or D, coded or not.
        stay: codings of the coder that are there and stay as they are.
        filled: codings that the coder has begun, which are filled where they say nothing.
        passages: in the highlights of the file; each becomes a quotation.
        refused: why it cannot come in as things stand, in sentences; empty where it can.
        stages: what becomes of the screening sets that are no schemes.
    """

    file: CodedFile
    account: Account
    repairs: tuple[Repair, ...]
    sets: tuple[SetTaken, ...]
    coded: int
    missing: int
    studies: int
    joined: int
    included: int
    decided: int
    flagged: int
    stay: int
    filled: int
    stages: StagesTaken
    passages: int = 0
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtReport:
    """What bringing a coding in did.

    Attributes:
        included, excluded: works; `not_asked` were given to others to read and were neither.
        missing: coded references that are no records of the review.
        screening: what became of the decisions of screening sets; None where there were none.
    """

    id: int
    counts: Counts
    included: int
    excluded: int
    not_asked: int
    missing: int
    screening: ImportReport | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What taking a coding back did, or would do.

    Attributes:
        stay: labels of studies on whose coding somebody has worked since; they stay as they are.
        reopened: works that are no longer included by it.
        schemes: titles of schemes that go; of one of which only a version goes, with its number.
        screening: what becomes of the decisions of its screening sets; None where it brought none,
            or where they were taken back already.
    """

    codings: int
    emptied: int
    studies: int
    stay: tuple[str, ...]
    reopened: int
    schemes: tuple[str, ...] = ()
    screening: UndoPreview | None = None


def files(desk: Desk) -> list[CodedFile]:
    """The files of the review whose coding can be brought in, or was."""
    with desk.reading() as c:
        return coded_files.listing(c, desk.review_id)


def brought(desk: Desk) -> list[Brought]:
    """All that was ever brought in, the oldest first."""
    with desk.reading() as c:
        return brought_codings.listing(c, desk.review_id)


def look(desk: Desk, coded_file_id: int, wishes: Wishes) -> BroughtPreview:
    """What bringing the coding of a file in would do; nothing is written."""
    kept = brought_stages.read(desk, coded_file_id, dict(wishes.stages))
    file, review = kept.file, kept.review
    known = {each.scheme.id: each.id for each in schemes.taken(desk)}
    sets = brought_schemes.sets_taken(desk, review)
    with desk.reading() as c:
        placing = place(c, desk.review_id, file, review)
        whose = _whose(desk.person_id, wishes, _person_id(c, desk, wishes))
        there = [each.study_id for each in placing.placed if each.study_id is not None]
        standing = brought_rows.standing(c, whose, there)
        coded = {each.work_id for each in placing.placed}
        undecided = brought_inclusions.undecided(c, coded | placing.flagged)
        refused = [_brought_before(c, desk.review_id, file, whose)]
        if whose.is_agreed:
            refused.append(why_unblinding(c, desk.review_id, placing, known))
        spoken, out = brought_stages.not_included(c, file, kept.decisions)
        stages = brought_stages.look(c, desk.review_id, file, kept.decisions)
    begun = [
        standing[each.study_id, known[coding.scheme]][1]
        for each in placing.placed
        for coding in each.coded.codings
        if each.study_id is not None
        and coding.scheme in known
        and (each.study_id, known[coding.scheme]) in standing
    ]
    filled = sum(whose.fills and state != "complete" for state in begun)
    return BroughtPreview(
        file=file,
        account=kept.account,
        repairs=(*kept.account.repairs, *review.repairs, *placing.repairs),
        sets=sets,
        coded=sum(each.is_coded for each in review.studies),
        missing=placing.missing,
        studies=len(placing.placed) - len(there),
        joined=len(there),
        included=len(_to_include(wishes, placing, undecided - out)),
        decided=len(coded - undecided),
        flagged=len(placing.flagged & undecided - spoken),
        stay=len(begun) - filled,
        filled=filled,
        refused=tuple(filter(None, refused)),
        stages=stages,
        passages=sum(
            len(quoted.highlight.words)
            for each in review.studies
            for own in each.codings
            for quoted in own.quotations
        ),
    )


def start(
    desk: Desk, coded_file_id: int, wishes: Wishes, seen: Sequence[SetTaken] | None = None
) -> BroughtReport | None:
    """Bring the coding of a file in: of a small one at once, of a large one in the background,
    where `newest_job` says how far it is; then there is no report yet.
    """
    desk.require(wishes.role)
    with desk.reading() as c:
        coded_files.get(c, desk.review_id, coded_file_id)
        kept = coded_files.size(c, coded_file_id)
    if kept <= WHILE_WAITING:
        return bring(desk, coded_file_id, wishes, seen=seen)
    job = newest_job(desk)
    if job is None or not job.going:
        job_id = jobs.begin(desk, JOB, wishes.role)
        what = coded_file_id, wishes, seen
        jobs.submit(desk.store, job_id, _job, desk.review_id, desk.person_id, what)
    return None


def newest_job(desk: Desk) -> Job | None:
    """How far the newest large coding is that is brought in."""
    return jobs.newest(desk, JOB)


def _job(
    store: Store,
    tell: Progress,
    review_id: int,
    person_id: int,
    what: tuple[int, Wishes, Sequence[SetTaken] | None],
) -> None:
    file_id, wishes, seen = what
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 50)  # millions of small objects, none of which hold each other
    try:
        desk = Desk(store=store, review_id=review_id, person_id=person_id)
        bring(desk, file_id, wishes, tell, seen=seen)
    finally:
        gc.set_threshold(*before)


def bring(
    desk: Desk,
    coded_file_id: int,
    wishes: Wishes,
    progress: Progress = silent,
    *,
    seen: Sequence[SetTaken] | None = None,
) -> BroughtReport:
    """Bring the coding of a file in, whole or not at all.

    Codings that are there stay as they are; only drafts of one's own are filled in where they say
    nothing.

    Args:
        desk: of who brings it.
        coded_file_id: of the kept file.
        wishes: how it shall come in.
        progress: hears how far it is.
        seen: what a preview said of the schemes; None where nobody looked.

    Raises:
        NotAllowed: the person may not lead the review, or names another coder and does not own it.
        Invalid: it was brought in for this coder already, a name is none, it is what was agreed of
            a study that people still code, or a scheme has another version by now than the preview
            was made from.
    """
    desk.require(wishes.role)
    progress(0.0, "Reading the file …")
    kept = brought_stages.read(desk, coded_file_id, dict(wishes.stages))
    progress(0.5, f"Keeping {len(kept.review.studies):,} references with their coding …")
    with desk.writing(wishes.role) as w:
        report = _bring_within(w, kept, wishes, seen, people.scope(desk))
    decided = report.screening.added if report.screening else 0
    if report.included or report.excluded or decided:
        priority.learn(desk)
    return report


def _bring_within(
    write: Write,
    kept: ReadCodings,
    wishes: Wishes,
    seen: Sequence[SetTaken] | None,
    within: int | None,
) -> BroughtReport:
    """Bring a file in within a write, by the rules of `bring`."""
    c, file, review = write.connection, kept.file, kept.review
    person_id = write.person_id
    if wishes.coder and not wishes.is_agreed:
        person_id = people.find_or_add(c, wishes.coder, write.at, within).id
    whose = _whose(write.person_id, wishes, person_id)
    coded_files.get(c, write.review_id, file.id)  # its import may be undone by now
    if twice := _brought_before(c, write.review_id, file, whose):
        raise Invalid(twice)
    brought_id = brought_codings.begin(write, file.id, whose)
    versions, new_versions = brought_schemes.take(write, review, seen)
    placing = place(c, write.review_id, file, review)
    if whose.is_agreed:
        refuse_unblinding(write, placing, versions)
    coded = {each.work_id for each in placing.placed}
    undecided = brought_inclusions.undecided(c, coded | placing.flagged)
    titles = {each.record.line: each.record.reference.title for each in review.studies}
    screening = brought_stages.bring(write, file, kept.decisions, titles, whose.person_id)
    included, excluded, not_asked = _decide(write, brought_id, kept, wishes, placing, undecided)
    counts, studies = brought_rows.write_all(write, brought_id, whose, placing.placed, versions)
    made = {"studies": studies, "versions": new_versions, "works": sorted(included | excluded)}
    if screening and screening.file_id is not None:
        made[brought_stages.FILE] = [screening.file_id]
    brought_codings.note_made(write, brought_id, made, counts)
    _note(write, file, whose, {"brought": brought_id, "codings": counts.codings,
                               "studies": counts.studies, "included": len(included)})  # fmt: skip
    return BroughtReport(
        id=brought_id,
        counts=counts,
        included=len(included),
        excluded=len(excluded),
        not_asked=not_asked,
        missing=placing.missing,
        screening=screening,
    )


def look_at_undo(desk: Desk, brought_id: int) -> TakenBack:
    """What taking a coding back would do."""
    with desk.reading() as c:
        one = brought_codings.get(c, desk.review_id, brought_id)
        back = undo_brought_codings.look(c, one)
        going = brought_stages.decisions_to_go(c, desk.review_id, one, back)
        reopened = brought_inclusions.to_reopen(c, desk.review_id, one, back, going)
        screening = brought_stages.look_at_undo(c, desk.review_id, desk.person_id, one, back)
        titles = brought_schemes.titles_of(c, desk.review_id, back.going)
    return _taken_back(back, len(reopened), titles, screening)


def undo(desk: Desk, brought_id: int) -> TakenBack:
    """Take a coding back as a whole: codings, studies, inclusions and schemes on which nobody has
    worked since. What somebody has worked on stays.

    Raises:
        NotAllowed: somebody else brought it and the person does not own the review, or it was taken
            back already.
    """
    with desk.reading(Role.EDITOR) as c:
        one = brought_codings.get(c, desk.review_id, brought_id)
    role = Role.EDITOR if one.brought_by == desk.person_id else Role.OWNER
    with desk.writing(role) as w:
        one = brought_codings.get(w.connection, w.review_id, brought_id)
        if one.undone_at is not None:
            raise NotAllowed("This was taken back already; please reload the page.")
        back = undo_brought_codings.look(w.connection, one)
        going = brought_stages.decisions_to_go(w.connection, w.review_id, one, back)
        reopened = brought_inclusions.to_reopen(w.connection, w.review_id, one, back, going)
        screening = brought_stages.undo(w, one, back)
        titles = brought_schemes.titles_of(w.connection, w.review_id, back.going)
        undo_brought_codings.undo(w, one, back)
        brought_inclusions.reopen(w.on_behalf_of(one.brought_by), one, reopened)
        events.note(
            w,
            EventKind.CODINGS_TAKEN_BACK,
            one.file,
            after={"brought": one.id, "codings": len(back.codings), "studies": len(back.studies)},
        )
    if reopened or (screening and screening.taken_back):
        priority.learn(desk)
    return _taken_back(back, len(reopened), titles, screening)


def _taken_back(
    back: TakingBack, reopened: int, titles: tuple[str, ...], screening: UndoPreview | None
) -> TakenBack:
    return TakenBack(
        codings=len(back.codings),
        emptied=len(back.emptied),
        studies=len(back.studies),
        stay=back.stay,
        reopened=reopened,
        schemes=titles,
        screening=screening,
    )


def _person_id(connection: Connection, desk: Desk, wishes: Wishes) -> int:
    """The number of the coder; NOBODY where it is a new name."""
    if not wishes.coder or wishes.is_agreed:
        return desk.person_id
    name = " ".join(wishes.coder.split())
    known = stored_people.known(connection, people.scope(desk))
    return next((one.id for one in known if one.name == name), NOBODY)


def _whose(bringer_id: int, wishes: Wishes, person_id: int) -> Whose:
    """Nobody writes into what a colleague has begun here, nor into what was agreed here."""
    is_own = person_id == bringer_id and not wishes.is_agreed
    return Whose(
        person_id=person_id,
        is_agreed=wishes.is_agreed,
        fills=is_own,
        is_complete=wishes.is_complete,
    )


def _brought_before(connection: Connection, review_id: int, file: CodedFile, whose: Whose) -> str:
    """That the file came in for this coder already, in a sentence; "" where it did not."""
    for each in brought_codings.listing(connection, review_id):
        same = (each.person_id, each.is_agreed) == (whose.person_id, whose.is_agreed)
        if each.coded_file_id == file.id and same and each.undone_at is None:
            name = "what was agreed" if each.is_agreed else f"“{each.person}”"
            return BROUGHT_BEFORE.format(name=name)
    return ""


def _note(write: Write, file: CodedFile, whose: Whose, after: Mapping[str, int]) -> None:
    to_person = None if whose.is_agreed else whose.person_id
    events.note(write, EventKind.CODINGS_BROUGHT, file.name, to_person=to_person, after=dict(after))


def _decide(
    write: Write,
    brought_id: int,
    kept: ReadCodings,
    wishes: Wishes,
    placing: Placing,
    undecided: AbstractSet[int],
) -> tuple[AbstractSet[int], AbstractSet[int], int]:
    """Include and exclude works as wished; gives these, and how many are others' to decide.

    What screening sets say of works that nobody had decided on goes before that they are coded, and
    before flags.
    """
    spoken, out = brought_stages.not_included(write.connection, kept.file, kept.decisions)
    to_include = _to_include(wishes, placing, undecided - out)
    to_exclude = placing.flagged & undecided - spoken if wishes.heed_flags else frozenset()
    note = f"Included with its coding, which came in “{kept.file.name[:200]}”."
    included = brought_inclusions.decide(write, brought_id, to_include, Verdict.INCLUDE, note)
    note = f"It has the flag E or D in “{kept.file.name[:200]}”."
    excluded = brought_inclusions.decide(write, brought_id, to_exclude, Verdict.EXCLUDE, note)
    not_asked = len(included.not_asked) + len(excluded.not_asked)
    return included.works, excluded.works, not_asked


def _to_include(wishes: Wishes, placing: Placing, undecided: AbstractSet[int]) -> AbstractSet[int]:
    if not wishes.include:
        return frozenset()
    coded = {each.work_id for each in placing.placed} & undecided
    return coded - placing.flagged if wishes.heed_flags else coded
