"""How each stage is screened, and what other settings would change."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from evidence.errors import Invalid
from evidence.screening.stage_settings import StageSettings
from evidence.screening.verdicts import Stage, State
from evidence.steps.desk import Desk
from evidence.store import Connection, Role, Write, events
from evidence.store.area_versions import Area, made_from
from evidence.store.events import EventKind
from evidence.store.id_batches import batches
from evidence.store.review import team
from evidence.store.screening import (
    assignments_after_merge,
    decisions,
    queue,
    stage_settings,
    work_states,
)
from evidence.store.screening.stage_settings import SettingsChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """What other settings of a stage change.

    Attributes:
        moves: how many works that are not open go from one state to another.
        closed: how many open works are so no longer. Which way is not told: while a work is open,
            nobody may know what others said of it.
        read_in_full: of those that are not included any more, how many were decided on at full
            text already.
        warnings: what cannot work, in words.
    """

    moves: Mapping[tuple[State, State], int]
    closed: int
    read_in_full: int
    warnings: tuple[str, ...]

    @property
    def works(self) -> int:
        """How many works change their state."""
        return sum(self.moves.values()) + self.closed

    @property
    def opened(self) -> int:
        """How many works are open again; everybody could see what was said of them."""
        return sum(count for (_, then), count in self.moves.items() if then is State.OPEN)


def current(desk: Desk, stage: Stage) -> StageSettings:
    """How the stage is screened now."""
    with desk.reading() as c:
        return stage_settings.current(c, desk.review_id, stage)


def history(desk: Desk, stage: Stage) -> list[SettingsChange]:
    """All changes of the stage's settings, newest first."""
    with desk.reading() as c:
        return stage_settings.history(c, desk.review_id, stage)


def past_effects(desk: Desk, stage: Stage) -> dict[datetime, Mapping[str, int]]:
    """How many works each change of settings `settled` and `opened`, by the time of the change."""
    with desk.reading() as c:
        changes = events.of_kind(c, desk.review_id, EventKind.STAGE_SETTINGS_CHANGED)
    return {
        change.at: change.after
        for change in changes
        if change.subject == stage.value and {"settled", "opened"} <= set(change.after or ())
    }


@made_from(Area.RECORDS | Area.SCREENING)
def preview(desk: Desk, stage: Stage, settings: StageSettings) -> Effects:
    """What these settings would change; nothing is stored."""
    with desk.reading() as c:
        moved = list(work_states.changes(c, desk.review_id, stage, settings))
        return _effects(c, desk.review_id, stage, settings, moved)


def change(desk: Desk, stage: Stage, settings: StageSettings, before: StageSettings) -> Effects:
    """Screen the stage with these settings from now on; gives what that changed.

    What was said of works that are not open can be seen by all, and these may be opened again
    later. That cannot be undone in people's heads, so the trail keeps who changed what, and how
    many works it closed or opened.

    Args:
        desk: whose change it is.
        stage: of which stage.
        settings: the new settings.
        before: the settings that the person saw when they chose.

    Raises:
        Invalid: somebody else changed the settings meanwhile.
    """
    with desk.writing(Role.EDITOR, areas=Area.SCREENING) as w:
        _check_unchanged(w, stage, before)
        moved = list(work_states.changes(w.connection, desk.review_id, stage, settings))
        effects = _effects(w.connection, desk.review_id, stage, settings, moved)
        stage_settings.change(w, stage, settings)
        assignments_after_merge.follow(
            w, assignments_after_merge.with_inactive(w.connection, desk.review_id, stage), [stage]
        )
        decisions.store_states(w, stage, {work_id: then for work_id, _, then in moved})
        counts = {"settled": effects.closed, "opened": effects.opened}
        events.note(w, EventKind.STAGE_SETTINGS_CHANGED, stage.value, after=counts)
    return effects


def warnings(desk: Desk, stage: Stage) -> list[str]:
    """What cannot work as the stage is screened now, in words."""
    with desk.reading() as c:
        settings = stage_settings.current(c, desk.review_id, stage)
        return _warnings(c, desk.review_id, stage, settings)


def _check_unchanged(write: Write, stage: Stage, before: StageSettings) -> None:
    if stage_settings.current(write.connection, write.review_id, stage) != before:
        newest = stage_settings.history(write.connection, write.review_id, stage)[0]
        raise Invalid(
            f"{newest.person} changed how this stage is screened meanwhile, so nothing was kept. "
            "Reload the page to see it, then choose again."
        )


def _effects(
    c: Connection,
    review_id: int,
    stage: Stage,
    settings: StageSettings,
    moved: Sequence[tuple[int, State, State]],
) -> Effects:
    dropped = [work_id for work_id, now, _ in moved if now is State.INCLUDE]
    read = 0
    if stage is Stage.TITLE_ABSTRACT:
        for ids in batches(dropped):
            states = work_states.stored_states(c, Stage.FULL_TEXT, ids)
            read += sum(state is not State.OPEN for state in states.values())
    return Effects(
        moves=Counter((now, then) for _, now, then in moved if now is not State.OPEN),
        closed=sum(now is State.OPEN for _, now, _ in moved),
        read_in_full=read,
        warnings=tuple(_warnings(c, review_id, stage, settings)),
    )


def _warnings(c: Connection, review_id: int, stage: Stage, settings: StageSettings) -> list[str]:
    people = len(team.members(c, review_id))
    sentences = []
    if settings.voices > max(people, 1) and settings.share:
        are = "is 1 person" if people == 1 else f"are {people} people"
        sentences.append(
            f"{settings.voices} people must read a work, but there {are} in the team: such "
            "works can never be finished. Take more people in, or choose fewer per work."
        )
    if not settings.pulls:
        works = len(queue.vacancies(c, review_id, stage, settings, datetime.now(UTC)))
        if works:
            wait = "open work waits" if works == 1 else "open works wait"
            sentences.append(
                f"{works:,} {wait} for nobody or for too few people, and people read only what "
                "is assigned to them. Give them out under “Who reads what”."
            )
    return sentences
