"""Claims as they were published: written, judged, compared with each other."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from evidence.citations.text import visible
from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.store import Connection, Role, Write
from evidence.store.area_versions import NOTHING
from evidence.store.practice import claims
from evidence.store.practice.claims import CitedWork, ClaimAct, ClaimState, StatedClaim
from evidence.synthesis.claims.checks import ClaimConflict, TracedClaim, conflicts
from evidence.synthesis.claims.claim import (
    Claim,
    ClaimJudgement,
    NamedWork,
    why_no_claim,
    why_no_judgement,
)
from evidence.synthesis.claims.figures import Figure
from evidence.synthesis.reasons import LONGEST_REASON

LONGEST_CLAIM = 2_000  # characters
LONGEST_FIELD = 500
MOST_CLAIMS = 2_000
MOST_FIGURES = 20
AREAS = NOTHING  # no area's answers change: claims are asked for each time
MEANWHILE = (
    "Somebody else changed this claim meanwhile, so nothing was kept. Reload the page to see it, "
    "then try again."
)
_UID = re.compile(r"[0-9a-f]{16}")
_FIELDS = ("year", "population", "comparator", "source", "place", "source_year")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """A claim as it stands.

    Attributes:
        state: as somebody left it.
        judged_by, judged_at: who judged it last, and when; empty and None where nobody did.
        is_older: whether the claim was changed after it was judged.
        cited, traced: the works in words.
        cited_work, traced_work: as the review has them; None where they are none of its works.
    """

    state: ClaimState
    judged_by: str = ""
    judged_at: datetime | None = None
    is_older: bool = False
    cited_work: CitedWork | None = None
    traced_work: CitedWork | None = None

    @property
    def claim(self) -> Claim:
        """The claim itself."""
        return self.state.claim

    @property
    def judgement(self) -> ClaimJudgement:
        """What somebody says of it."""
        return self.state.judgement

    @property
    def words_digest(self) -> str:
        """By which it is seen that the claim itself says something else than it did."""
        return sha256(repr(self.claim).encode()).hexdigest()[:16]

    @property
    def cited(self) -> str:
        """The cited work in words: as the source names it, else as the review has it."""
        named = self.claim.cited
        return named.citation or (self.cited_work.label if self.cited_work else "")

    @property
    def traced(self) -> str:
        """The work that was looked up, in words."""
        named = self.judgement.traced
        return named.citation or (self.traced_work.label if self.traced_work else "")

    @property
    def studies(self) -> tuple[int, ...]:
        """Ids of the studies that the cited work and the one that was looked up report."""
        works = (self.cited_work, self.traced_work)
        ids = [each.study for each in works if each is not None and each.study is not None]
        return tuple(dict.fromkeys(ids))

    @property
    def traced_claim(self) -> TracedClaim:
        """The claim with the works behind it, for the checks."""
        keys = {
            _work_key(named, known)
            for named, known in (
                (self.claim.cited, self.cited_work),
                (self.judgement.traced, self.traced_work),
            )
            if named.is_named
        }
        year = self.cited_work.year if self.cited_work else None
        return TracedClaim(claim=self.claim, works=frozenset(keys), cited_year=year)


def new_uid() -> str:
    """For a claim that is to be added."""
    return secrets.token_hex(8)


def register(desk: Desk) -> tuple[ClaimLine, ...]:
    """All claims in the order in which they were first written."""
    with desk.reading() as c:
        states = claims.history(c, desk.review_id)
        standing = [state for state in claims.newest(states).values() if not state.is_removed]
        named = {work for state in standing for work in _work_ids(state.claim, state.judgement)}
        works = claims.cited_works(c, desk.review_id, named)
    return tuple(_line(state, states, works) for state in standing)


def history(desk: Desk) -> list[ClaimState]:
    """All states of all claims, the newest first."""
    with desk.reading() as c:
        return claims.history(c, desk.review_id)[::-1]


def conflicts_among(lines: Sequence[ClaimLine]) -> tuple[ClaimConflict, ...]:
    """What the three checks find among these claims."""
    return conflicts([line.traced_claim for line in lines])


def add(desk: Desk, stated: Claim) -> None:
    """Add a claim, which nobody has judged yet; the same one sent twice is added once.

    Args:
        desk: of an editor.
        stated: with a uid that `new_uid` gave.

    Raises:
        Invalid: it cannot be.
    """
    stated = _cleaned(stated)
    if not _UID.fullmatch(stated.uid):
        raise Invalid("This claim has no number of its own; reload the page.")
    _check(stated)
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        known = claims.newest(claims.history(w.connection, desk.review_id))
        if stated.uid in known:
            if known[stated.uid].claim != stated:
                raise Invalid(MEANWHILE)
            return
        _require_room(known, 1)
        _require_works(w, stated.cited)
        _put(w, ClaimAct.WRITTEN, stated, ClaimJudgement())


def add_all(desk: Desk, judged: Sequence[tuple[Claim, ClaimJudgement]]) -> None:
    """Add many claims with what is said of them, all or none; those that are there already stay.

    Args:
        desk: of an editor.
        judged: each with a uid that `new_uid` gave.

    Raises:
        Invalid: one of them cannot be.
    """
    ready = [(_cleaned(stated), _cleaned_judgement(judgement)) for stated, judgement in judged]
    for stated, judgement in ready:
        _check(stated)
        _check_judgement(judgement)
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        known = claims.newest(claims.history(w.connection, desk.review_id))
        fresh = [each for each in ready if each[0].uid not in known]
        _require_room(known, len(fresh))
        named = (each for stated, said in fresh for each in (stated.cited, said.traced))
        _require_works(w, *named)
        rows = (
            StatedClaim(
                act=ClaimAct.JUDGED if said != ClaimJudgement() else ClaimAct.WRITTEN,
                claim=stated,
                judgement=said,
            )
            for stated, said in fresh
        )
        claims.put(w, f"{len(fresh):,} claims", *rows)


def change(desk: Desk, stated: Claim, before: Claim) -> None:
    """Let a claim say this; what people said of it stays, and is marked as older.

    Args:
        desk: of an editor.
        stated: as it is to be.
        before: as the person saw it when they began.

    Raises:
        Invalid: somebody else changed it meanwhile, or it cannot be.
    """
    stated = _cleaned(replace(stated, uid=before.uid))
    _check(stated)
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        state = _standing(w, before.uid)
        if state.claim == stated:
            return
        if state.claim != before:
            raise Invalid(MEANWHILE)
        if stated.cited != before.cited:
            _require_works(w, stated.cited)
        _put(w, ClaimAct.WRITTEN, stated, state.judgement)


def judge(desk: Desk, seen: Claim, judgement: ClaimJudgement, before: ClaimJudgement) -> None:
    """Say whether the cited work supports a claim.

    Args:
        desk: of an editor.
        seen: the claim as the person saw it.
        judgement: what they say.
        before: what was said when they began.

    Raises:
        Invalid: somebody else changed the claim or judged it meanwhile, or a reason is missing.
    """
    judgement = _cleaned_judgement(judgement)
    _check_judgement(judgement)
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        state = _standing(w, seen.uid)
        if state.claim != seen:
            raise Invalid(MEANWHILE)
        if state.judgement == judgement and state.act is ClaimAct.JUDGED:
            return  # sent twice
        if state.judgement != before:
            raise Invalid(MEANWHILE)
        if judgement.traced != before.traced:
            _require_works(w, judgement.traced)
        _put(w, ClaimAct.JUDGED, state.claim, judgement)


def remove(desk: Desk, before: Claim) -> None:
    """Take a claim away; what it said stays in the history.

    Raises:
        Invalid: somebody else changed it meanwhile.
    """
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        state = claims.newest(claims.history(w.connection, desk.review_id)).get(before.uid)
        if state is None or state.claim != before:
            raise Invalid(MEANWHILE)
        if not state.is_removed:
            _put(w, ClaimAct.REMOVED, state.claim, state.judgement)


def undo(desk: Desk, uid: str, seen: int) -> None:
    """Let a claim be as it was before its newest change; one that was new is taken away.

    Args:
        desk: of an editor.
        uid: of the claim.
        seen: the number of the newest state, as the person saw it.

    Raises:
        Invalid: somebody changed it meanwhile.
    """
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        states = [
            state
            for state in claims.history(w.connection, desk.review_id)
            if state.claim.uid == uid
        ]
        if not states or states[-1].number != seen:
            raise Invalid(MEANWHILE)
        *earlier, newest = states
        back = earlier[-1] if earlier else newest
        goes = back.is_removed or not earlier
        act = ClaimAct.REMOVED if goes else ClaimAct.RETURNED
        _put(w, act, back.claim, back.judgement)


def work_words(desk: Desk, work_ids: Sequence[int]) -> dict[int, str]:
    """Works of the review in a line each, by id."""
    with desk.reading() as c:
        works = claims.cited_works(c, desk.review_id, work_ids)
    return {work_id: each.label for work_id, each in works.items()}


def _put(write: Write, act: ClaimAct, stated: Claim, judgement: ClaimJudgement) -> None:
    claims.put(write, stated.text, StatedClaim(act=act, claim=stated, judgement=judgement))


def _line(
    state: ClaimState, states: Sequence[ClaimState], works: Mapping[int, CitedWork]
) -> ClaimLine:
    judged = next((each for each in reversed(states) if _says_what_stands(each, state)), None)
    return ClaimLine(
        state=state,
        judged_by=judged.person if judged else "",
        judged_at=judged.at if judged else None,
        is_older=judged is not None and judged.claim != state.claim,
        cited_work=works.get(state.claim.cited.work or 0),
        traced_work=works.get(state.judgement.traced.work or 0),
    )


def _says_what_stands(earlier: ClaimState, now: ClaimState) -> bool:
    """Whether somebody said in this state what is said of the claim now."""
    is_act = earlier.act is ClaimAct.JUDGED and earlier.claim.uid == now.claim.uid
    return is_act and earlier.judgement == now.judgement


def _work_ids(stated: Claim, judgement: ClaimJudgement) -> list[int]:
    return [each.work for each in (stated.cited, judgement.traced) if each.work is not None]


def _work_key(named: NamedWork, known: CitedWork | None) -> str:
    """Reports of one study count as the same work, and so do equal citations."""
    if known is None:
        return " ".join(named.citation.casefold().split())
    return f"study {known.study}" if known.study is not None else f"work {known.work}"


def _standing(write: Write, uid: str) -> ClaimState:
    state = claims.newest(claims.history(write.connection, write.review_id)).get(uid)
    if state is None or state.is_removed:
        raise Invalid(MEANWHILE)
    return state


def _require_room(known: Mapping[str, ClaimState], new: int) -> None:
    """Claims that were taken away need no room."""
    if sum(not state.is_removed for state in known.values()) + new > MOST_CLAIMS:
        raise Invalid(f"A review can have up to {MOST_CLAIMS:,} claims.")


def _require_works(write: Write, *named: NamedWork) -> None:
    ids = {each.work for each in named if each.work is not None}
    known = _known_works(write.connection, write.review_id, ids)
    if ids - known:
        raise Invalid("The work that was chosen is not in the review any more; choose another.")


def _known_works(connection: Connection, review_id: int, ids: set[int]) -> set[int]:
    return set(claims.cited_works(connection, review_id, ids)) if ids else set()


def _cleaned(stated: Claim) -> Claim:
    cited = stated.cited
    return replace(
        stated,
        text=_tidy(stated.text),
        figures=tuple(_cleaned_figure(each) for each in stated.figures),
        cited=replace(cited, citation=_tidy(cited.citation), year=_tidy(cited.year)),
        year=_tidy(stated.year),
        population=_tidy(stated.population),
        comparator=_tidy(stated.comparator),
        source=_tidy(stated.source),
        place=_tidy(stated.place),
        source_year=_tidy(stated.source_year),
    )


def _cleaned_judgement(judgement: ClaimJudgement) -> ClaimJudgement:
    traced = replace(judgement.traced, citation=_tidy(judgement.traced.citation), year="")
    return replace(judgement, reason=visible(judgement.reason).strip(), traced=traced)


def _check_judgement(judgement: ClaimJudgement) -> None:
    if why := why_no_judgement(judgement):
        raise Invalid(why)
    _require_short("A reason", judgement.reason, LONGEST_REASON)
    _require_short("The work that was looked up", judgement.traced.citation, LONGEST_FIELD)


def _cleaned_figure(figure: Figure) -> Figure:
    return replace(
        figure,
        measure=_tidy(figure.measure),
        value=_tidy(figure.value),
        unit=_tidy(figure.unit),
        group=_tidy(figure.group),
        base=_tidy(figure.base),
    )


def _tidy(text: str) -> str:
    return " ".join(visible(text).split())


def _check(stated: Claim) -> None:
    if why := why_no_claim(stated):
        raise Invalid(why)
    _require_short("A claim", stated.text, LONGEST_CLAIM)
    _require_short("The cited work", stated.cited.citation, LONGEST_FIELD)
    for name in _FIELDS:
        _require_short(f"“{name.replace('_', ' ')}”", getattr(stated, name), LONGEST_FIELD)
    if len(stated.figures) > MOST_FIGURES:
        raise Invalid(f"A claim can have up to {MOST_FIGURES} figures; write two claims.")
    for figure in stated.figures:
        for text in (figure.measure, figure.unit, figure.group, figure.base):
            _require_short("What belongs to a figure", text, LONGEST_FIELD)


def _require_short(what: str, text: str, most: int) -> None:
    if len(text) > most:
        raise Invalid(f"{what} can have up to {most:,} characters; this has {len(text):,}.")
