"""What people conclude and recommend, each statement with what it rests on."""

import re
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from evidence.citations.text import visible
from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.results.concluding.support_standings import standings, study_of, unheard
from evidence.store import Role, Write
from evidence.store.area_versions import NOTHING
from evidence.store.results import conclusions, strength_rule
from evidence.store.results.conclusions import ConclusionAct, ConclusionChange
from evidence.synthesis.conclusions.conclusion import IDS_OF, Conclusion, Support, SupportKind
from evidence.synthesis.conclusions.flags import (
    Aspect,
    Flag,
    KeptSupport,
    Standing,
    flags_of,
    is_there,
    lowest_certainty,
    marks_of,
    seen,
    studies_behind,
)
from evidence.synthesis.conclusions.strength_rule import StrengthRule, why_not
from evidence.synthesis.reasons import LONGEST_REASON

LONGEST_STATEMENT = 3000  # characters
LONGEST_AUDIENCE = 120
LONGEST_ID = 500
MOST_STATEMENTS = 500
MOST_SUPPORTS = 300
AREAS = NOTHING  # no area's answers change: statements are asked for each time
OF_CODES = frozenset({Aspect.STUDIES, Aspect.CODING, Aspect.APPRAISAL})
MEANWHILE = (
    "Somebody else changed this statement meanwhile, so nothing was kept. Reload the page to see "
    "it, then try again."
)
NOT_SEEN = "Something else changed meanwhile. Reload the page to see it, then say that you saw it."
_UID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """A statement as it stands.

    Attributes:
        change: by whom and when it was left so.
        flags: what somebody should look at; of studies that the person who looks may not hear of
            yet nothing is told.
        supports: on what it rests, in words; of what is gone the last ones.
        standing: what of it is there and included, and of which the person may hear.
        studies: ids of all studies behind it, but those.
    """

    change: ConclusionChange
    flags: tuple[Flag, ...]
    supports: Mapping[Support, str]
    standing: tuple[Support, ...]
    studies: tuple[int, ...]

    @property
    def conclusion(self) -> Conclusion:
        """The statement itself."""
        return self.change.conclusion

    @property
    def changes(self) -> tuple[Flag, ...]:
        """The flags that end when somebody says that they saw them."""
        return tuple(flag for flag in self.flags if flag.support is not None)


def new_uid() -> str:
    """For a statement that is to be added."""
    return secrets.token_hex(8)


def history(desk: Desk) -> list[ConclusionChange]:
    """All changes, newest first."""
    with desk.reading() as c:
        return conclusions.history(c, desk.review_id)


def ledger(desk: Desk) -> tuple[LedgerLine, ...]:
    """All statements in the order in which they were first written, with what is to look at."""
    with desk.reading() as c:
        changes = conclusions.current(c, desk.review_id)
        rule = strength_rule.current(c, desk.review_id)
    if not changes:
        return ()
    now = standings(desk, _supports(changes.values()))
    hidden = unheard(desk)
    return tuple(_line(change, now, rule, hidden) for change in changes.values())


def resting_on(desk: Desk, study_id: int) -> tuple[LedgerLine, ...]:
    """The statements that rest on a study, by whatever way; of other studies only those below
    these statements are looked at.
    """
    with desk.reading() as c:
        changes = conclusions.current(c, desk.review_id)
        rule = strength_rule.current(c, desk.review_id)
    own = Support(kind=SupportKind.STUDY, ids=(str(study_id),))
    gathered = {each for each in _supports(changes.values()) if study_of(each) is None}
    now = standings(desk, gathered) if gathered else {}
    chosen = [
        change
        for change in changes.values()
        if own in change.conclusion.supports or study_id in studies_behind(change.conclusion, now)
    ]
    if not chosen:
        return ()
    now |= standings(desk, _supports(chosen) - gathered)
    hidden = unheard(desk)
    lines = (_line(change, now, rule, hidden) for change in chosen)
    return tuple(line for line in lines if study_id in line.studies)


def _supports(changes: Iterable[ConclusionChange]) -> set[Support]:
    return {support for change in changes for support in change.conclusion.supports}


def add(desk: Desk, conclusion: Conclusion) -> None:
    """Add a statement; the same one sent twice is added once.

    Args:
        desk: of an editor.
        conclusion: with a uid that `new_uid` gave.

    Raises:
        Invalid: it cannot be.
    """
    conclusion = _cleaned(conclusion)
    if not _UID.fullmatch(conclusion.uid):
        raise Invalid("This statement has no name of its own; reload the page.")
    _check_itself(conclusion)
    now = standings(desk, set(conclusion.supports))
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        every = conclusions.newest(w.connection, desk.review_id)
        if conclusion.uid in every:
            if every[conclusion.uid].conclusion != conclusion:
                raise Invalid(MEANWHILE)
            return
        if sum(not change.is_removed for change in every.values()) >= MOST_STATEMENTS:
            raise Invalid(f"A review can have up to {MOST_STATEMENTS} statements.")
        _check_place(w, conclusion, now, ())
        kept = _kept(conclusion, {}, now)
        conclusions.put(w, conclusion, kept, ConclusionAct.WRITTEN)


def change(desk: Desk, conclusion: Conclusion, before: Conclusion) -> None:
    """Say a statement anew; what had changed below it stays flagged.

    Args:
        desk: of an editor.
        conclusion: as it is to be.
        before: as the person saw it when they began.

    Raises:
        Invalid: somebody else changed it meanwhile, or it cannot be.
    """
    conclusion = _cleaned(replace(conclusion, uid=before.uid))
    _check_itself(conclusion)
    now = standings(desk, set(conclusion.supports))
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        stands = _standing(w, before.uid)
        if stands.conclusion == conclusion:
            return
        _require_unchanged(stands, before)
        _check_place(w, conclusion, now, before.supports)
        kept = _kept(conclusion, stands.kept, now)
        conclusions.put(w, conclusion, kept, ConclusionAct.WRITTEN)


def mark_seen(desk: Desk, before: Conclusion, flags: Collection[Flag]) -> None:
    """Say that one looked at what had changed below a statement; these flags end.

    Args:
        desk: of an editor.
        before: the statement as the person saw it.
        flags: those that they saw.

    Raises:
        Invalid: the statement or something below it changed meanwhile.
    """
    now = standings(desk, set(before.supports))
    hidden = unheard(desk)
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        stands = _standing(w, before.uid)
        _require_unchanged(stands, before)
        rule = strength_rule.current(w.connection, desk.review_id)
        shown = _line(stands, now, rule, hidden).changes
        if not set(shown) & set(flags) and flags:
            return  # sent twice
        if set(shown) != set(flags):
            raise Invalid(NOT_SEEN)
        if not shown:
            return
        kept = [
            seen(each, now.get(support), _aspects(shown, support))
            for support, each in stands.kept.items()
        ]
        told = [flag.text for flag in shown]
        conclusions.put(w, stands.conclusion, kept, ConclusionAct.SEEN, told)


def remove(desk: Desk, before: Conclusion) -> None:
    """Take a statement away; what it said stays in the history.

    Raises:
        Invalid: somebody else changed it meanwhile.
    """
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        stands = _standing(w, before.uid)
        _require_unchanged(stands, before)
        conclusions.put(w, before, stands.kept.values(), ConclusionAct.REMOVED)


def bring_back(desk: Desk, uid: str) -> None:
    """Let a statement that was taken away say what it said last.

    Raises:
        Invalid: it was not taken away.
    """
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        every = conclusions.newest(w.connection, desk.review_id)
        newest = every.get(uid)
        if newest is None or not newest.is_removed:
            raise Invalid("This statement was not taken away; reload the page.")
        conclusions.put(w, newest.conclusion, newest.kept.values(), ConclusionAct.RETURNED)


def _line(
    change: ConclusionChange,
    now: Mapping[Support, Standing],
    rule: StrengthRule,
    hidden: frozenset[int],
) -> LedgerLine:
    flags = flags_of(change.conclusion, change.kept, now, rule)
    behind = studies_behind(change.conclusion, now)
    return LedgerLine(
        change=change,
        flags=tuple(flag for flag in flags if not _tells(flag, now, hidden)),
        supports={
            support: now[support].label if support in now else change.kept[support].label
            for support in change.conclusion.supports
        },
        standing=tuple(
            support
            for support in change.conclusion.supports
            if is_there(now.get(support)) and study_of(support) not in hidden
        ),
        studies=tuple(study for study in behind if study not in hidden),
    )


def _tells(flag: Flag, now: Mapping[Support, Standing], hidden: frozenset[int]) -> bool:
    """Whether a flag tells what others said of a study of which the person may not hear yet."""
    if flag.support is None or flag.aspect not in OF_CODES or not hidden:
        return False
    by_codes = flag.support.kind in (SupportKind.OUTCOME, SupportKind.CELL)
    behind = now[flag.support].studies if flag.support in now else ()
    return by_codes or bool(hidden & {*behind, *flag.exchanged})


def _aspects(flags: Collection[Flag], support: Support) -> frozenset[Aspect]:
    return frozenset(f.aspect for f in flags if f.support == support and f.aspect is not None)


def _kept(
    conclusion: Conclusion, before: Mapping[Support, KeptSupport], now: Mapping[Support, Standing]
) -> list[KeptSupport]:
    """Marks of what stays as they were; of what is new, as it stands."""
    return [
        before.get(support)
        or KeptSupport(support=support, label=now[support].label, marks=marks_of(now[support]))
        for support in conclusion.supports
    ]


def _standing(write: Write, uid: str) -> ConclusionChange:
    stands = conclusions.current(write.connection, write.review_id).get(uid)
    if stands is None:
        raise Invalid(MEANWHILE)
    return stands


def _require_unchanged(stands: ConclusionChange, before: Conclusion) -> None:
    if stands.conclusion != before:
        raise Invalid(MEANWHILE)


def _cleaned(conclusion: Conclusion) -> Conclusion:
    return replace(
        conclusion,
        text=visible(conclusion.text),
        audience=visible(conclusion.audience),
        reason=visible(conclusion.reason),
        supports=tuple(
            replace(each, ids=tuple(map(visible, each.ids)))
            if each.kind is SupportKind.PRACTICE
            else each
            for each in conclusion.supports
        ),
    )


def _check_place(
    write: Write,
    conclusion: Conclusion,
    now: Mapping[Support, Standing],
    before: Collection[Support],
) -> None:
    if any(support not in now and support not in before for support in conclusion.supports):
        raise Invalid("Something that was chosen is not there any more; reload the page.")
    _require_no_circle(write, conclusion)
    rule = strength_rule.current(write.connection, write.review_id)
    why = why_not(rule, conclusion.strength, lowest_certainty(conclusion, now))
    if why:
        raise Invalid(why)
    if conclusion.strength and not conclusion.reason:
        raise Invalid("Say why it has this strength.")


def _check_itself(conclusion: Conclusion) -> None:
    if not conclusion.text:
        raise Invalid("Write what is concluded or recommended, in a sentence or two.")
    if not conclusion.audience:
        raise Invalid("Say for whom it is.")
    bounds = (
        ("A statement", conclusion.text, LONGEST_STATEMENT),
        ("The name of an audience", conclusion.audience, LONGEST_AUDIENCE),
        ("A reason", conclusion.reason, LONGEST_REASON),
    )
    for name, text, most in bounds:
        if len(text) > most:
            raise Invalid(f"{name} can have up to {most:,} characters; this one has {len(text):,}.")
    _check_supports(conclusion.supports)


def _check_supports(supports: Collection[Support]) -> None:
    if len(supports) > MOST_SUPPORTS:
        raise Invalid(
            f"A statement can rest on up to {MOST_SUPPORTS} things; this one names "
            f"{len(supports):,}. Name outcomes or cells in place of their studies."
        )
    if len(set(supports)) < len(supports):
        raise Invalid("A statement rests twice on the same thing; name it once.")
    for support in supports:
        if len(support.ids) != IDS_OF[support.kind] or not all(support.ids):
            raise Invalid(f"What a {support.kind} is named by is not complete; reload the page.")
        if max(map(len, support.ids)) > LONGEST_ID:
            raise Invalid(f"Practice and views can have up to {LONGEST_ID} characters each.")


def _require_no_circle(write: Write, conclusion: Conclusion) -> None:
    others = conclusions.current(write.connection, write.review_id)
    ahead, reached = [conclusion], set[str]()
    while ahead:
        for support in ahead.pop().supports:
            if support.kind is not SupportKind.STATEMENT or support.ids[0] in reached:
                continue
            if support.ids[0] == conclusion.uid:
                raise Invalid("A statement cannot rest on itself, by way of others neither.")
            reached.add(support.ids[0])
            if support.ids[0] in others:
                ahead.append(others[support.ids[0]].conclusion)
