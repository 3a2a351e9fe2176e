"""Changing a coding scheme: each act is kept at once in a draft of one's own, which nobody sees.

A draft outlives the page, the browser and the server. It becomes a version by scheme_versions.keep.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from evidence.coding.scheme import Scheme
from evidence.coding.scheme_acts import UNREADABLE, perform
from evidence.coding.scheme_edits import Place
from evidence.coding.write_scheme import as_yaml
from evidence.errors import Invalid, NotFound, Unavailable, WaymarkError
from evidence.steps.coding import schemes
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.store import Role, Write
from evidence.store.area_versions import NOTHING
from evidence.store.coding import scheme_drafts
from evidence.store.coding import schemes as kept_schemes
from evidence.store.coding.scheme_drafts import KeptDraft

MOST_AT_ONCE = 200
LONGEST_ID = 80
LARGEST = 2**63  # no row has such a number
UNDO, REDO = "undo", "redo"
NOTHING_UNDONE = "There is nothing to take back."
NOTHING_REDONE = "There is nothing that was taken back."
NOTHING_ASIDE = "There are no dropped changes of yours to bring back."
DRAFT = "draft"  # the name of its text, for what is wrong with it


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeDraft:
    """A scheme as somebody changes it.

    Attributes:
        scheme_id: of the lineage.
        seen: the newest version when the changes were begun.
        began: the scheme in that version.
        scheme: as it stands now.
        steps: how many changes can be taken back.
        undone: how many can come again.
        aside: how many were dropped or undone and can all be brought back at once, also where
            somebody kept another version since; 0 where something is changed.
        passed: whether somebody kept another version meanwhile.
    """

    scheme_id: int
    seen: int
    began: Scheme
    scheme: Scheme
    steps: int = 0
    undone: int = 0
    aside: int = 0
    passed: bool = False

    @property
    def changed(self) -> bool:
        """Whether anything is to be kept."""
        return self.scheme != self.began


@dataclass(slots=True)
class Outcome:
    """What became of acts.

    Attributes:
        accepted: their ids, with what is to be looked at then (`question`, `option`, `section`).
        refused: their ids with the reason in words.
        trouble: why the rest has to wait, in words; it is neither accepted nor refused.
    """

    accepted: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    trouble: str = ""


def draft_of(desk: Desk, scheme_id: int) -> SchemeDraft:
    """One's own changes of a scheme; where none are begun, its newest version. Nothing is written.

    Raises:
        NotFound: the review has no such scheme.
    """
    newest = schemes.get_or_begun(desk, scheme_id)
    with desk.reading() as c:
        kept = scheme_drafts.get(c, scheme_id, desk.person_id)
    if kept is None or not kept.yaml:
        undone = kept.undone if kept and kept.version_id == newest.version.id else 0
        return SchemeDraft(
            scheme_id=scheme_id, seen=newest.version.id, began=newest.scheme,
            scheme=newest.scheme, undone=undone, aside=kept.undone if kept else 0)  # fmt: skip
    passed = kept.version_id != newest.version.id
    began = schemes.get_version(desk, kept.version_id) if passed else newest
    return SchemeDraft(
        scheme_id=scheme_id, seen=kept.version_id, began=began.scheme,
        scheme=schemes.read(kept.yaml, DRAFT), steps=kept.steps, undone=kept.undone,
        passed=passed)  # fmt: skip


def apply(desk: Desk, acts: Sequence[Mapping[str, Any]]) -> Outcome:
    """Do what a page asks, in its order; the same id is taken once. Nothing in it is trusted.

    Args:
        desk: of who changes a scheme.
        acts: each with `client_id`, `scheme_id`, `act` (of scheme_acts, `undo` or `redo`) and
            what belongs to it; `typing` names the field in which something is being typed.
    """
    outcome = Outcome()
    for act in acts[:MOST_AT_ONCE]:
        client_id = str(act.get("client_id"))[:LONGEST_ID]
        try:
            outcome.accepted[client_id] = _take(desk, act, client_id)
        except Unavailable as error:
            outcome.trouble = str(error)
            return outcome
        except WaymarkError as error:
            outcome.refused[client_id] = str(error)
        except (KeyError, TypeError, ValueError, OverflowError, RecursionError):
            outcome.refused[client_id] = UNREADABLE
    return outcome


def begin_from(desk: Desk, scheme_id: int, version_id: int) -> None:
    """Begin from a version; from the newest, nothing is changed then.

    What was begun before can come back, by `bring_back` or by undoing, until the next change; but
    where somebody kept a version meanwhile and an earlier one is chosen, it is gone.

    Raises:
        NotFound: the review has no such scheme or version.
    """
    chosen = schemes.get_version(desk, version_id)
    if chosen.id != scheme_id:
        raise NotFound("version of this coding scheme", version_id)
    with desk.writing(Role.EDITOR, areas=NOTHING) as w:
        newest = kept_schemes.newest_or_begun(w.connection, desk.review_id, scheme_id)
        kept = scheme_drafts.get(w.connection, scheme_id, desk.person_id)
        if version_id == newest.id:
            if kept is not None and kept.yaml:
                scheme_drafts.set_aside(w, kept)
            return
        if kept is None or kept.version_id != newest.id:
            kept = scheme_drafts.empty(w, scheme_id, newest.id)
        scheme_drafts.add_step(w, kept, chosen.version.yaml, "")


def bring_back(desk: Desk, scheme_id: int) -> None:
    """All of one's changes that were dropped or undone come again at once.

    Raises:
        NotFound: the review has no such scheme.
        Invalid: there are none, or others were begun since.
    """
    schemes.get_or_begun(desk, scheme_id)
    with desk.writing(Role.EDITOR, areas=NOTHING) as w:
        kept = scheme_drafts.get(w.connection, scheme_id, desk.person_id)
        if kept is None or kept.yaml or not kept.undone:
            raise Invalid(NOTHING_ASIDE)
        scheme_drafts.bring_back(w, kept)


def _take(desk: Desk, act: Mapping[str, Any], client_id: str) -> Mapping[str, Any]:
    scheme_id = int(act["scheme_id"])
    if not 0 < scheme_id < LARGEST:
        raise Invalid(UNREADABLE)
    newest = schemes.get_or_begun(desk, scheme_id)
    used = schemes.used_places(desk, scheme_id)
    with desk.writing(Role.EDITOR, areas=NOTHING) as w:
        kept = _begun(w, newest)
        if client_id in kept.client_ids:
            return {}
        node = _do(w, kept, newest, act, used)
        scheme_drafts.note_acts(w, kept.id, [*kept.client_ids, client_id])
    return node


def _do(
    write: Write, kept: KeptDraft, newest: TakenScheme, act: Mapping[str, Any],
    used: frozenset[Place],
) -> Mapping[str, Any]:  # fmt: skip
    if act.get("act") == UNDO:
        if not kept.steps:
            raise Invalid(NOTHING_UNDONE)
        scheme_drafts.undo(write, kept)
        return {}
    if act.get("act") == REDO:
        if not kept.undone:
            raise Invalid(NOTHING_REDONE)
        scheme_drafts.redo(write, kept)
        return {}
    scheme = schemes.read(kept.yaml, DRAFT) if kept.yaml else newest.scheme
    done = perform(scheme, act, used)
    if done.scheme != scheme:
        typing = str(act.get("typing") or "")[:LONGEST_ID]
        scheme_drafts.add_step(write, kept, as_yaml(done.scheme), typing)
    node = asdict(done.node)
    if not done.node.question:  # a section is known by its first question, as acts name it
        at = done.node.section
        first = done.scheme.sections[at].questions[0].id if at >= 0 else ""
        node["section"] = first
    return node


def _begun(write: Write, newest: TakenScheme) -> KeptDraft:
    """The draft of who writes, begun now where there is none that changes anything."""
    kept = scheme_drafts.get(write.connection, newest.id, write.person_id)
    if kept is not None and (kept.yaml or kept.version_id == newest.version.id):
        return kept
    return scheme_drafts.empty(write, newest.id, newest.version.id)
