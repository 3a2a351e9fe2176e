"""Writing a report: its sections, as people leave them while they type.

Acts come from a page, are accepted, refused or clash by themselves, and are taken once, however
often the page sends them. Nothing in them is trusted. What a section said before stays in its
history.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from evidence.errors import Invalid, NotFound, Unavailable, WaymarkError
from evidence.report.edited_sections import (
    EditedSection,
    SectionEdit,
    edited_sections,
    position_after,
    renumbered,
)
from evidence.report.facts import ReviewFacts
from evidence.report.part_values import PartValue
from evidence.report.read_section import read_section, tokens_of
from evidence.report.usual_sections import Section, usual_sections
from evidence.steps.coding.desk_messages import MOST_AT_ONCE, TOO_MANY, ClashedItem, Outcome
from evidence.steps.coding.sent_fields import check_id, id_of
from evidence.steps.desk import Desk
from evidence.steps.results.reporting import report_acts
from evidence.steps.results.reporting.report_acts import ActName, ReportAct
from evidence.steps.results.reporting.report_parts import FilledParts
from evidence.store import Role, Write
from evidence.store.area_versions import NOTHING
from evidence.store.results import report_edits
from evidence.store.results.report_edits import KeptEdit

AREAS = NOTHING  # no area's answers change: sections are asked for each time
MOST_SECTIONS = 200
TYPING = timedelta(minutes=10)  # so long, what one person types on is one row of the history
MOST_DROPPED = 100  # characters that typing on may take away without a row of its own
THERE = "There is such a section already; please reload the page."
ALL_TAKEN = f"A report can have up to {MOST_SECTIONS} sections."
NOT_REMOVED = "This section stands in the report; please reload the page."
CHANGED_AGAIN = "It changed again meanwhile; look at what it says now."
HIDDEN = (
    "Some studies are hidden from you until your own coding of them is complete, so you cannot say "
    "that a change was seen."
)


def sections(desk: Desk, usual: Sequence[Section]) -> tuple[EditedSection, ...]:
    """All sections in their order, also those that were taken out.

    Args:
        desk: of the person who looks.
        usual: the sections of the report if nobody had edited it.
    """
    kept = current(desk)
    return edited_sections(usual, {key: each.edit for key, each in kept.items()})


def standing(desk: Desk, facts: ReviewFacts) -> tuple[Section, ...]:
    """The sections of which the report consists now, in their order."""
    every = sections(desk, usual_sections(facts))
    return tuple(each.section for each in every if not each.edit.is_removed)


def current(desk: Desk) -> dict[str, KeptEdit]:
    """How each section was left last, with who did it and when, by its key."""
    with desk.reading() as c:
        return report_edits.current(c, desk.review_id)


def history(desk: Desk, section: str, before: int | None = None) -> list[KeptEdit]:
    """How a section was left, newest first: a bounded number of rows, older than `before`."""
    with desk.reading() as c:
        return report_edits.history(c, desk.review_id, section, before)


def older(desk: Desk, section: str, before: int) -> int:
    """How many rows of a section's history are older than this one."""
    with desk.reading() as c:
        return report_edits.how_many(c, desk.review_id, section, before)


def earlier(desk: Desk, section: str, row_id: int) -> KeptEdit:
    """One row of a section's history.

    Raises:
        NotFound: it has no such row.
    """
    with desk.reading() as c:
        return report_edits.get(c, desk.review_id, section, row_id)


def apply(
    desk: Desk, messages: Sequence[Mapping[str, Any]], filled: Callable[[], FilledParts]
) -> Outcome:
    """Do what a page asks, in its order; who may not is refused in words.

    Args:
        desk: of who writes.
        messages: as report_acts.py reads them.
        filled: gives the parts of the report as this person may hear them.
    """
    outcome = Outcome()
    outcome.refused.update((id_of(left), TOO_MANY) for left in messages[MOST_AT_ONCE:])
    for message in messages[:MOST_AT_ONCE]:
        try:
            check_id(message)
            desk.require(Role.EDITOR)
            clash = _take(desk, report_acts.read(message), id_of(message), filled())
        except Unavailable as error:  # no fault of the messages, which are sent again
            outcome.trouble = str(error)
            break
        except WaymarkError as error:
            outcome.refused[id_of(message)] = str(error)
        else:
            if clash is None:
                outcome.accepted.append(id_of(message))
            else:
                outcome.clashes[id_of(message)] = ClashedItem(item=dict(message), now=clash)
    return outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """The report as an act finds it, inside its transaction."""

    write: Write
    client_id: str
    usual: tuple[Section, ...]
    kept: Mapping[str, KeptEdit]

    @property
    def sections(self) -> tuple[EditedSection, ...]:
        edits = {key: each.edit for key, each in self.kept.items()}
        return edited_sections(self.usual, edits)

    def section(self, key: str) -> EditedSection | None:
        return next((each for each in self.sections if each.section.key == key), None)


def _take(desk: Desk, act: ReportAct, client_id: str, filled: FilledParts) -> str | None:
    """Do one act; gives the mark of what stands there where it is something unseen."""
    values = _values_in(act.text, filled)
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        if report_edits.is_kept(w, act.section, client_id):
            return None
        kept = report_edits.current(w.connection, desk.review_id)
        at = _Standing(write=w, client_id=client_id, usual=filled.usual, kept=kept)
        if act.name is ActName.ADD:
            _add(at, act, values)
            return None
        found = at.section(act.section)
        if found is None:
            raise NotFound("section", act.section)
        mark = found.edit.mark
        unseen = act.name in {ActName.WRITE, ActName.REMOVE} and mark not in act.before
        if unseen:
            return mark
        match act.name:
            case ActName.WRITE:
                _write(at, found, act, values)
            case ActName.MOVE:
                _move(at, found.edit, act.after)
            case ActName.REMOVE:
                report_edits.add(w, replace(found.edit, is_removed=True), client_id)
            case ActName.BRING_BACK:
                _bring_back(at, found)
            case ActName.SEEN:
                _see(at, found, act, filled)
    return None


def _values_in(text: str, filled: FilledParts) -> dict[str, PartValue]:
    """What the live parts of a text say now; of what somebody may not hear fully, nothing."""
    if not filled.hears_all:
        return {}
    found = {token.id: filled.value(token) for token in tokens_of(read_section(text))}
    return {token_id: value for token_id, value in found.items() if value is not None}


def _write(
    at: _Standing, found: EditedSection, act: ReportAct, values: Mapping[str, PartValue]
) -> None:
    """Keep title and text; what a live part said when it was written first stays known."""
    before, usual = found.edit, found.usual
    standing = {token.id for token in tokens_of(read_section(act.text))}
    known = {token_id: value for token_id, value in before.values.items() if token_id in standing}
    edit = replace(
        before,
        title=None if usual and act.title == usual.title else act.title,
        text=None if usual and act.text == usual.text else act.text,
        mark=at.client_id,
        values={} if usual and act.text == usual.text else {**values, **known},
        is_removed=False,  # who writes wants it to be read
    )
    kept = at.kept.get(act.section)
    if kept is not None and _is_typing_on(at.write, kept, edit):
        report_edits.go_on(at.write, kept, edit, at.client_id)
    else:
        report_edits.add(at.write, edit, at.client_id)


def _is_typing_on(write: Write, kept: KeptEdit, edit: SectionEdit) -> bool:
    """Whether the row of the history that somebody began may say this in place of what it says."""
    return (
        kept.person_id == write.person_id
        and kept.client_ids[-1:] == (kept.edit.mark,)
        and write.at - kept.began_at < TYPING
        and kept.edit.is_removed == edit.is_removed
        and _dropped(kept.edit.text or "", edit.text or "") <= MOST_DROPPED
    )


def _dropped(before: str, after: str) -> int:
    """How many characters of a text are gone, where one stretch of it was changed."""
    shorter = min(len(before), len(after))
    begins = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    rest = shorter - begins
    ends = next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)
    return len(before) - begins - ends


def _add(at: _Standing, act: ReportAct, values: Mapping[str, PartValue]) -> None:
    if not report_acts.OWN_KEY.fullmatch(act.section) or at.section(act.section):
        raise Invalid(THERE)
    _require_room(at)
    edit = SectionEdit(
        key=act.section, title=act.title, text=act.text, mark=at.client_id, values=values
    )
    _move(at, edit, act.after)


def _require_room(at: _Standing) -> None:
    if sum(not each.edit.is_removed for each in at.sections) >= MOST_SECTIONS:
        raise Invalid(ALL_TAKEN)


def _move(at: _Standing, edit: SectionEdit, after: str) -> None:
    position = position_after(at.sections, edit.key, after)
    if position is None:
        for each in renumbered(at.sections):
            report_edits.add(at.write, each, "")
        kept = report_edits.current(at.write.connection, at.write.review_id)
        at = replace(at, kept=kept)
        position = position_after(at.sections, edit.key, after)
    report_edits.add(at.write, replace(edit, position=position), at.client_id)


def _bring_back(at: _Standing, found: EditedSection) -> None:
    if not found.edit.is_removed:
        raise Invalid(NOT_REMOVED)
    _require_room(at)
    report_edits.add(at.write, replace(found.edit, is_removed=False), at.client_id)


def _see(at: _Standing, found: EditedSection, act: ReportAct, filled: FilledParts) -> None:
    """Compare a live part from now on with what it says now."""
    if not filled.hears_all:
        raise Invalid(HIDDEN)
    tokens = {token.id: token for token in tokens_of(read_section(found.section.text))}
    now = filled.value(tokens[act.part]) if act.part in tokens else None
    if now is None or now.digest != act.digest:
        raise Invalid(CHANGED_AGAIN)
    edit = replace(found.edit, values={**found.edit.values, act.part: now})
    report_edits.add(at.write, edit, at.client_id)
