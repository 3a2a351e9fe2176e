"""A file whose coding comes in, and its screening sets as decisions at stages of screening.

What is said to be somebody else's waits for her, as decisions of any other file do.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evidence.eppi.account import Account
from evidence.eppi.coded_review import CodedReview, review_of
from evidence.eppi.export import Export
from evidence.eppi.read_export import Unreadable, read_export
from evidence.eppi.screening_sets import ScreeningSet, screening_sets, with_stages
from evidence.errors import Invalid
from evidence.screening.external_decisions import ExternalDecision
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.desk import Desk
from evidence.steps.screening import brought_decisions, brought_reasons, decision_files
from evidence.steps.screening.brought_decisions import UndoPreview
from evidence.steps.screening.decision_files import FileDecision, FilePreview, ImportReport
from evidence.store import Connection, Role, Write
from evidence.store.area_versions import Area, made_from
from evidence.store.coding import brought_codings
from evidence.store.coding.brought_codings import Brought
from evidence.store.coding.undo_brought_codings import TakingBack
from evidence.store.records import coded_files
from evidence.store.records.coded_files import CodedFile
from evidence.store.screening import brought_decisions as stored_decisions

Decisions = Mapping[int, tuple[ExternalDecision, ...]]
"""What a file decided on its references, by their lines."""

FILE = "decision_file"
"""Under which name a coding that came in keeps the file of its decisions."""

NO_SET = (
    "“{wanted}” is no screening set of this file with codes that include or exclude. There are: "
    "{names}."
)
SEVERAL = "Several screening sets are called “{wanted}”; name the one you mean by its number."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How the coding of a file shall come in.

    Attributes:
        coder: the name of who coded; "" for the person at the desk.
        is_agreed: it is what several coders agreed.
        is_complete: new codings count as complete; else they are drafts.
        include: works of coded references on which nobody has decided are included.
        heed_flags: works with the flag E or D on which nobody has decided are excluded; else flags
            change nothing, since nobody need have decided them.
        stages: screening sets of the file, by their numbers (eppi/screening_sets.py), whose codes
            become decisions at a stage; each other set is a scheme.
    """

    coder: str = ""
    is_agreed: bool = False
    is_complete: bool = True
    include: bool = True
    heed_flags: bool = False
    stages: tuple[tuple[int, Stage], ...] = ()

    @property
    def role(self) -> Role:
        """What it takes: only the owner brings something in under another person's name."""
        return Role.OWNER if self.coder and not self.is_agreed else Role.EDITOR


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCodings:
    """A kept file in Waymark's words.

    Attributes:
        review: schemes and codings, without the sets that are stages.
        decisions: of these sets, by the lines of references.
    """

    file: CodedFile
    account: Account
    review: CodedReview
    decisions: Decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTaken:
    """What becomes of the decisions of a file at one stage.

    Attributes:
        includes, excludes: references on which all codes agree.
        contradicting: references that are included and excluded; neither counts.
        missing: references on which was decided and that are no records of the review.
    """

    stage: Stage
    includes: int
    excludes: int
    contradicting: int
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StagesTaken:
    """What becomes of the screening sets of a file.

    Attributes:
        new_reasons: reasons of the file that are added to the review's list.
        renamed_reasons: reasons that the review has in other words, with its words.
    """

    stages: tuple[StageTaken, ...] = ()
    new_reasons: tuple[str, ...] = ()
    renamed_reasons: tuple[tuple[str, str], ...] = ()


def read(desk: Desk, coded_file_id: int, stages: Mapping[int, Stage]) -> ReadCodings:
    """A kept file, of which these screening sets are stages.

    Raises:
        NotFound: there is no such file.
        Invalid: it cannot be read any more, or a stage is wished for what is no screening set.
    """
    file, export = _export(desk, coded_file_id)
    _require_sets(export, stages)
    staged = with_stages(export, stages)
    return ReadCodings(
        file=file,
        account=staged.export.account,
        review=review_of(staged.export),
        decisions=staged.decisions,
    )


@made_from(Area.RECORDS)  # a kept file never changes
def sets_to_screen_by(desk: Desk, coded_file_id: int) -> tuple[ScreeningSet, ...]:
    """The screening sets of a kept file, which can be stages."""
    return screening_sets(_export(desk, coded_file_id)[1])


def screening_sets_in(name: str, content: bytes) -> tuple[ScreeningSet, ...]:
    """The screening sets of a file that no review has yet; raises Invalid if it cannot be read."""
    return screening_sets(_read(name, content))


def _export(desk: Desk, coded_file_id: int) -> tuple[CodedFile, Export]:
    with desk.reading() as c:
        file = coded_files.get(c, desk.review_id, coded_file_id)
        content = coded_files.content(c, coded_file_id)
    return file, _read(file.name, content)


def _read(name: str, content: bytes) -> Export:
    export = read_export(content, name)
    if isinstance(export, Unreadable):
        raise Invalid(f"The file cannot be read: {export.reason}.")
    return export


def number_of(sets: Sequence[ScreeningSet], wanted: str) -> int:
    """The number of the screening set of this name, or of this number of EPPI's.

    Raises:
        Invalid: there is none, or there are several.
    """
    words = " ".join(wanted.split())
    found = [each for each in sets if " ".join(each.name.split()) == words]
    found = found or [each for each in sets if each.id is not None and str(each.id) == words]
    if len(found) > 1:
        raise Invalid(SEVERAL.format(wanted=words[:80]))
    if not found:
        names = "; ".join(f"{each.name[:80]} ({each.id})" for each in sets) or "none"
        raise Invalid(NO_SET.format(wanted=words[:80], names=names))
    return found[0].number


def _require_sets(export: Export, stages: Mapping[int, Stage]) -> None:
    """Refuse stages for what is no screening set of the file."""
    sets = screening_sets(export)
    for number in stages:
        if all(each.number != number for each in sets):
            names = "; ".join(each.name[:80] for each in sets) or "none"
            raise Invalid(NO_SET.format(wanted=f"set {number}", names=names))


def look(
    connection: Connection, review_id: int, file: CodedFile, decisions: Decisions
) -> StagesTaken:
    """What would become of the decisions of a file; nothing is written."""
    works = coded_files.works_by_line(connection, file.file_id)
    reasons = [
        reason
        for line, some in decisions.items()
        if line in works
        for decision in some
        for reason in decision.reasons
    ]
    return StagesTaken(
        stages=tuple(
            _stage_taken(stage, decisions, works)
            for stage in Stage
            if any(each.stage is stage for some in decisions.values() for each in some)
        ),
        new_reasons=brought_reasons.lacking(connection, review_id, reasons),
        renamed_reasons=brought_reasons.renamed(connection, review_id, reasons),
    )


def _stage_taken(stage: Stage, decisions: Decisions, works: Mapping[int, int]) -> StageTaken:
    verdicts = {
        line: {each.verdict for each in some if each.stage is stage}
        for line, some in decisions.items()
    }
    here = [each for line, each in verdicts.items() if each and line in works]
    return StageTaken(
        stage=stage,
        includes=sum(each == {Verdict.INCLUDE} for each in here),
        excludes=sum(each == {Verdict.EXCLUDE} for each in here),
        contradicting=sum(len(each) > 1 for each in here),
        missing=sum(bool(each) for line, each in verdicts.items() if line not in works),
    )


def bring(
    write: Write, file: CodedFile, decisions: Decisions, titles: Mapping[int, str], person_id: int
) -> ImportReport | None:
    """Bring the decisions of a file in as those of a person: her own, if she brings the file, else
    they wait for her. None where there are none.

    Args:
        write: of who brings them.
        file: where they come from.
        decisions: by lines of references.
        titles: of references, by the same.
        person_id: who decided.
    """
    works = coded_files.works_by_line(write.connection, file.file_id)
    rows = tuple(
        FileDecision(
            line=line, title=titles.get(line, ""), decision=decision, work_id=works.get(line)
        )
        for line, some in decisions.items()
        for decision in some
    )
    if not rows:
        return None
    preview = FilePreview(name=file.name, sha256=file.sha256, rows=rows, undecided=0, problems=())
    return decision_files.bring_within(write, preview, {"": person_id})


def not_included(
    connection: Connection, file: CodedFile, decisions: Decisions
) -> tuple[frozenset[int], frozenset[int]]:
    """The works on which a file decides, and those of them that it does not simply include."""
    works = coded_files.works_by_line(connection, file.file_id)
    verdicts: dict[int, set[Verdict | None]] = defaultdict(set)
    for line, some in decisions.items():
        if line in works:
            verdicts[works[line]].update(each.verdict for each in some)
    out = (work_id for work_id, some in verdicts.items() if some != {Verdict.INCLUDE})
    return frozenset(verdicts), frozenset(out)


def look_at_undo(
    connection: Connection, review_id: int, person_id: int, one: Brought, back: TakingBack
) -> UndoPreview | None:
    """What taking the decisions of a coding back would do, if this person did it; None where there
    are none, or where they were taken back already.
    """
    file_id = _standing_file(connection, review_id, one)
    if file_id is None:
        return None
    but = works_that_stay(connection, back)
    return brought_decisions.look_at_undo(connection, review_id, person_id, file_id, but)


def decisions_to_go(
    connection: Connection, review_id: int, one: Brought, back: TakingBack
) -> set[int]:
    """The ids of the decisions that taking a coding back would take back with it."""
    file_id = _standing_file(connection, review_id, one)
    if file_id is None:
        return set()
    return brought_decisions.decisions_to_go(connection, file_id, works_that_stay(connection, back))


def undo(write: Write, one: Brought, back: TakingBack) -> UndoPreview | None:
    """Take the decisions of a coding back, but those on works whose studies stay."""
    file_id = _standing_file(write.connection, write.review_id, one)
    if file_id is None:
        return None
    but = works_that_stay(write.connection, back)
    return brought_decisions.undo_within(write, file_id, but)


def works_that_stay(connection: Connection, back: TakingBack) -> frozenset[int]:
    """The works that report studies on which somebody has worked since."""
    return frozenset(brought_codings.works_of_studies(connection, back.staying))


def _standing_file(connection: Connection, review_id: int, one: Brought) -> int | None:
    ids: Iterable[int] = one.made.get(FILE, ())
    for file_id in ids:
        if stored_decisions.get_file(connection, review_id, file_id).undone_at is None:
            return file_id
    return None
