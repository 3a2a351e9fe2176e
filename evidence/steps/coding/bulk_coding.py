"""Putting a code on or off many studies at once, with a preview, and undoing it."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from evidence.coding.scheme import Of, QuestionKind
from evidence.errors import Invalid, NotAllowed
from evidence.steps.coding import coding, study_list
from evidence.steps.desk import Desk
from evidence.store import Role
from evidence.store.area_versions import Area
from evidence.store.coding import coding_acts, study_table, undo_coding_acts
from evidence.store.coding.coding_acts import CodeToSet, Standing
from evidence.store.coding.study_table import StudyFilter
from evidence.store.coding.undo_coding_acts import StandingAct

MOST_AT_ONCE = 5_000  # studies that one act codes
CHANGED = "Which studies these are has changed meanwhile, so nothing was coded; look again."


class Happens(StrEnum):
    """What putting a code on or off does with a study."""

    CHANGES = "changes"
    GIVES_WAY = "gives way"  # it changes, and another code of the question is taken off for it
    AS_WANTED = "as wanted"  # already
    COMPLETE = "complete"  # so it stays as it is


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkCode:
    """A code of a scheme to put on, or off, studies that a filter finds.

    Attributes:
        only: of these the ones that are meant, by id; None for all.
    """

    scheme_id: int
    which: StudyFilter
    question: str
    code: str
    on: bool
    only: frozenset[int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkLine:
    """A study of a preview.

    Attributes:
        others: other codes of the question that are ticked there.
        begins: no coding of one's own is there yet, so that the act begins one.
    """

    study_id: int
    label: str = field(compare=False)
    happens: Happens
    others: tuple[str, ...]
    begins: bool

    @property
    def changes(self) -> bool:
        """Whether the act changes something in it."""
        return self.happens in {Happens.CHANGES, Happens.GIVES_WAY}


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkPreview:
    """What putting a code on or off would do in one's own codings, study by study."""

    lines: tuple[BulkLine, ...] = ()

    @property
    def changing(self) -> tuple[int, ...]:
        """The studies in which it would change something, by id."""
        return tuple(line.study_id for line in self.lines if line.changes)

    @property
    def begun(self) -> int:
        """Of how many studies a coding of one's own begins with it."""
        return sum(line.changes and line.begins for line in self.lines)

    @property
    def beside(self) -> int:
        """In how many studies that change other codes of the question stay ticked beside it."""
        return sum(line.happens is Happens.CHANGES and bool(line.others) for line in self.lines)

    def count(self, happens: Happens) -> int:
        """With how many studies this happens."""
        return sum(line.happens is happens for line in self.lines)


def _unheard(_done: int) -> None:
    """Nobody wants to know how far it is."""


def preview(desk: Desk, bulk: BulkCode) -> BulkPreview:
    """What putting a code on or off these studies would do; nothing is written.

    Raises:
        Invalid: the scheme has no such code to tick, or these are too many studies.
    """
    to_set = _code(desk, bulk)
    whose, which = study_list.asked(desk, bulk.scheme_id, bulk.which)
    with desk.reading() as c:
        labels = _meant(bulk, study_table.labels(c, whose, which))
        before = coding_acts.standings(c, desk.person_id, to_set, labels)
    return _preview(labels, before, to_set)


def put_code(
    desk: Desk, bulk: BulkCode, seen: BulkPreview, tell: Callable[[int], None] = _unheard
) -> str:
    """Put a code on or off these studies, as the preview said; gives the act, to undo it.

    Args:
        desk: of whose codings it is.
        bulk: the code and the studies.
        seen: the preview.
        tell: hears how many studies are done.

    Raises:
        Invalid: the preview is not what would be done any more.
    """
    desk.require(Role.REVIEWER)
    to_set = _code(desk, bulk)
    whose, which = study_list.asked(desk, bulk.scheme_id, bulk.which)
    act = new_act()
    with desk.writing(Role.REVIEWER, areas=Area.CODING) as w:
        labels = _meant(bulk, study_table.labels(w.connection, whose, which))
        before = coding_acts.standings(w.connection, w.person_id, to_set, labels)
        if _preview(labels, before, to_set) != seen:
            raise Invalid(CHANGED)
        coding_acts.put(w, act, to_set, seen.changing, tell)
    return act


def latest_act(desk: Desk, scheme_id: int) -> StandingAct | None:
    """What the person at the desk did last to many answers at once and did not undo."""
    with desk.reading() as c:
        return undo_coding_acts.latest(c, desk.review_id, desk.person_id, scheme_id)


def undo_act(desk: Desk, act: str) -> tuple[int, int]:
    """Undo such an act; gives in how many studies, and how many stay because they were changed
    since or are complete by now.

    Raises:
        NotAllowed: there is nothing of it to undo, or it is somebody else's.
    """
    with desk.writing(Role.REVIEWER, areas=Area.CODING) as w:
        undone, kept = undo_coding_acts.undo(w, act)
        if not (undone or kept):
            raise NotAllowed("Nothing of this stands any more.")
    return undone, kept


def new_act() -> str:
    """A name for an act."""
    return secrets.token_hex(8)


def _meant(bulk: BulkCode, found: Mapping[int, str]) -> dict[int, str]:
    """The studies that are meant, with their labels."""
    return {id_: label for id_, label in found.items() if bulk.only is None or id_ in bulk.only}


def _code(desk: Desk, bulk: BulkCode) -> CodeToSet:
    taken = coding.in_use(desk, bulk.scheme_id)
    question = taken.scheme.question(bulk.question)
    option = next((o for o in question.walk() if o.id == bulk.code), None) if question else None
    is_of_study = question is not None and question.of is Of.STUDY and not question.per_arm
    if question is None or option is None or not (option.selectable and is_of_study):
        raise Invalid("Choose a code of the scheme that can be ticked for a whole study.")
    return CodeToSet(
        scheme_id=taken.id,
        version_id=taken.version.id,
        question=question.id,
        code=option.id,
        merged=option.replaces,
        on=bulk.on,
        is_only=question.kind in {QuestionKind.ONE, QuestionKind.YES_NO},
    )


def _preview(
    labels: Mapping[int, str], before: Mapping[int, Standing], code: CodeToSet
) -> BulkPreview:
    if len(labels) > MOST_AT_ONCE:
        raise Invalid(f"At most {MOST_AT_ONCE:,} studies at once; these are {len(labels):,}.")
    return BulkPreview(lines=tuple(_lines(labels, before, code)))


def _lines(
    labels: Mapping[int, str], before: Mapping[int, Standing], code: CodeToSet
) -> Iterable[BulkLine]:
    nothing = Standing(state="", chosen=frozenset())
    for study_id, label in labels.items():
        stands = before.get(study_id, nothing)
        others = tuple(sorted(stands.chosen - set(code.names)))
        is_on = not stands.chosen.isdisjoint(code.names)
        if is_on == code.on:
            happens = Happens.AS_WANTED
        elif stands.state == "complete":
            happens = Happens.COMPLETE
        elif code.is_only and code.on and others:
            happens = Happens.GIVES_WAY
        else:
            happens = Happens.CHANGES
        yield BulkLine(
            study_id=study_id,
            label=label,
            happens=happens,
            others=others,
            begins=study_id not in before,
        )
