"""Principles of a way of working: entered, brought from a file, linked to what bears on them."""

import re
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evidence.citations.formats.plain_tables import csv_pieces
from evidence.citations.text import visible
from evidence.coding.scheme import Judges
from evidence.errors import Invalid
from evidence.settings import ROOT, Settings
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.store import Role, Write
from evidence.store.area_versions import NOTHING
from evidence.store.coding import studies
from evidence.store.practice import principles
from evidence.store.practice.principles import LinkState, PrinciplesState
from evidence.synthesis.principles.links import IDS_OF, LinkKind, PrincipleLink
from evidence.synthesis.principles.principle_set import (
    Principle,
    PrincipleName,
    PrincipleSet,
    PrincipleVersion,
    faults_in,
)
from evidence.synthesis.principles.read_principles import COLUMNS, csv_rows, read_principles

FOLDER = ROOT / "data" / "principles"
LONGEST_TEXT = 1_000  # characters of a principle
LONGEST_FIELD = 300
LONGEST_NOTE = 500
MOST_SETS = 50
MOST_PRINCIPLES = 500
MOST_LINKS = 5_000
LARGEST_FILE = 1_000_000  # bytes
AREAS = NOTHING  # no area's answers change: principles are asked for each time
MEANWHILE = (
    "Somebody else changed these principles meanwhile, so nothing was kept. Reload the page to see "
    "them, then try again."
)
_UID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinciplesLine:
    """A set of principles as it stands, with what each principle is linked to.

    Attributes:
        state: as somebody left it.
        links: in the order in which they were made; those of principles that the set no longer
            has stand in `adrift`.
        labels: of what they lead to, in words; what is not there any more has none.
    """

    state: PrinciplesState
    links: tuple[PrincipleLink, ...]
    labels: Mapping[tuple[LinkKind, tuple[str, ...]], str]

    @property
    def principles(self) -> PrincipleSet:
        """The set itself."""
        return self.state.principles

    def of(self, name: PrincipleName, kind: LinkKind) -> tuple[PrincipleLink, ...]:
        """What a principle is linked to, of one kind."""
        return tuple(e for e in self.links if e.principle == name and e.kind is kind)

    @property
    def adrift(self) -> tuple[PrincipleLink, ...]:
        """The links of principles that are not in the set any more."""
        there = {name for name, _ in self.principles.walk()}
        return tuple(each for each in self.links if each.principle not in there)

    def link_words(self) -> dict[PrincipleName, tuple[str, ...]]:
        """What each principle is linked to, in words."""
        words: dict[PrincipleName, tuple[str, ...]] = {}
        for each in self.links:
            words[each.principle] = (*words.get(each.principle, ()), self.label(each))
        return words

    def linked_studies(self) -> dict[PrincipleName, tuple[int, ...]]:
        """Ids of the studies to which each principle is linked."""
        return {
            name: tuple(int(each.ids[0]) for each in self.of(name, LinkKind.STUDY))
            for name, _ in self.principles.walk()
        }

    def label(self, linked: PrincipleLink) -> str:
        """What a link leads to, in words."""
        return self.labels.get((linked.kind, linked.ids), _GONE[linked.kind])


_GONE = {
    LinkKind.STUDY: "a study that is not there any more",
    LinkKind.ITEM: "an item of a scheme that is not offered here",
    LinkKind.STATEMENT: "a statement that is not there any more",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedPrinciples:
    """A file with a set of principles that comes with the program."""

    file: str
    principles: PrincipleSet


def new_uid() -> str:
    """For a set that is to be added."""
    return secrets.token_hex(8)


def listing(desk: Desk, settings: Settings | None = None) -> tuple[PrinciplesLine, ...]:
    """All sets in the order in which they were first added, with their links."""
    with desk.reading() as c:
        states = principles.newest(principles.history(c, desk.review_id))
        by_set = principles.links(c, desk.review_id)
    standing = [state for state in states.values() if not state.is_removed]
    if not standing:
        return ()
    known = choices(desk, settings or Settings())
    labels = {(kind, ids): label for kind, some in known.items() for ids, label in some.items()}
    return tuple(
        PrinciplesLine(
            state=state,
            links=tuple(by_set.get(state.principles.uid, ())),
            labels=labels,
        )
        for state in standing
    )


def history(desk: Desk) -> list[PrinciplesState]:
    """All states of all sets, the newest first."""
    with desk.reading() as c:
        return principles.history(c, desk.review_id)[::-1]


def link_history(desk: Desk) -> list[LinkState]:
    """All states of all links, the newest first."""
    with desk.reading() as c:
        return principles.link_history(c, desk.review_id)[::-1]


def choices(desk: Desk, settings: Settings) -> dict[LinkKind, dict[tuple[str, ...], str]]:
    """To what a principle can be linked, in words: studies, statements, items of schemes.

    Items are those of schemes that judge services, of the review or offered to it.
    """
    with desk.reading() as c:
        labels = studies.labels(c, desk.review_id)
        statements = principles.statements(c, desk.review_id)
    return {
        LinkKind.STUDY: {(str(study),): label for study, label in labels.items()},
        LinkKind.ITEM: _items(desk, settings),
        LinkKind.STATEMENT: {(uid,): text for uid, text in statements.items()},
    }


def offered(folder: Path = FOLDER) -> list[OfferedPrinciples]:
    """The sets of principles that come with the program."""
    return [
        OfferedPrinciples(
            file=path.name,
            principles=read_principles(path.read_text("utf-8"), path.name, new_uid()),
        )
        for path in sorted(folder.glob("*.yaml"))
    ]


def read_file(name: str, data: bytes) -> PrincipleSet:
    """A set from a file that somebody brought; nothing is kept yet.

    Raises:
        Invalid: with the faults, each with file and line.
    """
    if len(data) > LARGEST_FILE:
        raise Invalid(f"{name}: a set of principles has up to {LARGEST_FILE:,} bytes.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid(f"{name}: the file is not in UTF-8; save it so and try again.") from None
    return _cleaned(read_principles(text, name, new_uid()))


def add(desk: Desk, given: PrincipleSet) -> None:
    """Add a set of principles; the same one sent twice is added once.

    Args:
        desk: of an editor.
        given: with a uid that `new_uid` gave.

    Raises:
        Invalid: it cannot be.
    """
    given = _cleaned(given)
    _check(given)
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        known = principles.newest(principles.history(w.connection, desk.review_id))
        if given.uid in known:
            if known[given.uid].principles != given or known[given.uid].is_removed:
                raise Invalid(MEANWHILE)
            return
        standing = [state for state in known.values() if not state.is_removed]
        if len(standing) >= MOST_SETS:
            raise Invalid(f"A review can have up to {MOST_SETS} sets of principles.")
        _require_free_title(given, standing)
        principles.put(w, given)


def change(desk: Desk, given: PrincipleSet, before: PrincipleSet) -> None:
    """Let a set say this; links stay with the principles that still have their number.

    Args:
        desk: of an editor.
        given: as it is to be.
        before: as the person saw it when they began.

    Raises:
        Invalid: somebody else changed it meanwhile, or it cannot be.
    """
    given = _cleaned(replace(given, uid=before.uid))
    _check(given)
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        known = principles.newest(principles.history(w.connection, desk.review_id))
        state = known.get(before.uid)
        if state is not None and not state.is_removed and state.principles == given:
            return
        if state is None or state.is_removed or state.principles != before:
            raise Invalid(MEANWHILE)
        others = [e for uid, e in known.items() if uid != given.uid and not e.is_removed]
        _require_free_title(given, others)
        principles.put(w, given)


def remove(desk: Desk, before: PrincipleSet) -> None:
    """Take a set away; it and its links stay in the history.

    Raises:
        Invalid: somebody else changed it meanwhile.
    """
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        state = _newest(w, before.uid)
        if state.principles != before:
            raise Invalid(MEANWHILE)
        if not state.is_removed:
            principles.put(w, before, is_removed=True)


def bring_back(desk: Desk, uid: str) -> None:
    """Let a set that was taken away be there again, as it was.

    Raises:
        Invalid: there was none.
    """
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        state = _newest(w, uid)
        if state.is_removed:
            principles.put(w, state.principles)


def link(
    desk: Desk,
    uid: str,
    wanted: Sequence[PrincipleLink],
    before: Collection[PrincipleLink],
    settings: Settings | None = None,
) -> None:
    """Let the principles of a set be linked to these things and to nothing else.

    Args:
        desk: of an editor.
        uid: of the set.
        wanted: all links that are to stand, each once.
        before: those that the person saw when they began.
        settings: by which schemes are offered whose items can be linked.

    Raises:
        Invalid: somebody else changed them meanwhile, or something is not there.
    """
    wanted = [replace(each, note=visible(each.note).strip()) for each in wanted]
    _check_links(wanted)
    known = choices(desk, settings or Settings())
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        state = _newest(w, uid)
        stands = principles.links(w.connection, desk.review_id).get(uid, [])
        if set(stands) == set(wanted):
            return
        if set(stands) != set(before) or state.is_removed:
            raise Invalid(MEANWHILE)
        fresh = [each for each in wanted if each not in stands]
        for each in fresh:
            _require_there(each, state.principles, known)
        kept = {(each.principle, each.kind, each.ids) for each in wanted}
        parted = [e for e in stands if (e.principle, e.kind, e.ids) not in kept]
        principles.put_links(w, uid, state.principles.title, fresh, parted)


def by_statement(desk: Desk) -> dict[str, list[str]]:
    """The principles to which each statement is linked, in words, by its uid."""
    return {ids[0]: words for ids, words in _words_by_ids(desk, LinkKind.STATEMENT).items()}


def by_study(desk: Desk) -> dict[int, list[str]]:
    """The principles to which each study is linked, in words, by its id."""
    return {int(ids[0]): words for ids, words in _words_by_ids(desk, LinkKind.STUDY).items()}


def as_csv(given: PrincipleSet) -> bytes:
    """A set as a table, which can be brought again; no cell can run as a formula."""
    return b"".join(csv_pieces(COLUMNS, csv_rows(given)))


def words_of(given: PrincipleSet, name: PrincipleName) -> str:
    """A principle in a line, with its set and its grade."""
    principle = given.principle(name)
    if principle is None:
        return f"{given.title}, {name.line}"
    return f"{given.title}, {name.line}: {principle.text} ({principle.grade_words})"


def _words_by_ids(desk: Desk, kind: LinkKind) -> dict[tuple[str, ...], list[str]]:
    with desk.reading() as c:
        states = principles.newest(principles.history(c, desk.review_id))
        by_set = principles.links(c, desk.review_id)
    words: dict[tuple[str, ...], list[str]] = {}
    for uid, state in states.items():
        if state.is_removed:
            continue
        for each in by_set.get(uid, ()):
            if each.kind is kind and state.principles.principle(each.principle):
                told = words_of(state.principles, each.principle)
                words.setdefault(each.ids, []).append(told)
    return words


def _items(desk: Desk, settings: Settings) -> dict[tuple[str, ...], str]:
    """Items of schemes that judge services; those of the review before those that are offered."""
    offers = [each.scheme for each in schemes.files(settings) if each.scheme is not None]
    known: dict[tuple[str, ...], str] = {}
    for scheme in (*(each.scheme for each in schemes.taken(desk)), *offers):
        if scheme.judges is not Judges.PRACTICE or any(ids[0] == scheme.id for ids in known):
            continue
        for question in scheme.questions:
            words = question.short or question.text
            known[scheme.id, question.id] = f"{scheme.title}: {words}"
    return known


def _newest(write: Write, uid: str) -> PrinciplesState:
    states = principles.newest(principles.history(write.connection, write.review_id))
    if uid not in states:
        raise Invalid("There are no such principles; reload the page.")
    return states[uid]


def _require_free_title(given: PrincipleSet, others: Sequence[PrinciplesState]) -> None:
    if any(each.principles.title.casefold() == given.title.casefold() for each in others):
        raise Invalid(f"The review has principles called “{given.title}” already.")


def _cleaned(given: PrincipleSet) -> PrincipleSet:
    return replace(
        given,
        title=_tidy(given.title),
        versions=tuple(
            PrincipleVersion(
                name=_tidy(version.name),
                source=_tidy(version.source),
                place=_tidy(version.place),
                grades=tuple(map(_tidy, version.grades)),
                principles=tuple(
                    Principle(
                        number=_tidy(each.number), text=_tidy(each.text), grade=_tidy(each.grade)
                    )
                    for each in version.principles
                ),
            )
            for version in given.versions
        ),
    )


def _tidy(text: str) -> str:
    return " ".join(visible(text).split())


def _check(given: PrincipleSet) -> None:
    if not _UID.fullmatch(given.uid):
        raise Invalid("These principles have no number of their own; reload the page.")
    faults = faults_in(given)
    if faults:
        raise Invalid("\n".join(faults))
    if sum(1 for _ in given.walk()) > MOST_PRINCIPLES:
        raise Invalid(f"A set can have up to {MOST_PRINCIPLES} principles.")
    for version in given.versions:
        short = (given.title, version.name, version.source, version.place, *version.grades)
        short += tuple(each.number for each in version.principles)
        if max(map(len, short)) > LONGEST_FIELD:
            raise Invalid(f"Titles, sources and numbers can have up to {LONGEST_FIELD} characters.")
        if max(len(each.text) for each in version.principles) > LONGEST_TEXT:
            raise Invalid(f"A principle can have up to {LONGEST_TEXT:,} characters.")


def _check_links(wanted: Sequence[PrincipleLink]) -> None:
    if len(wanted) > MOST_LINKS:
        raise Invalid(f"The principles of a set can have up to {MOST_LINKS:,} links.")
    named = [(each.principle, each.kind, each.ids) for each in wanted]
    if len(set(named)) < len(named):
        raise Invalid("A principle is linked twice to the same thing; link it once.")
    for each in wanted:
        if len(each.ids) != IDS_OF[each.kind] or not all(each.ids):
            raise Invalid("What a principle is to be linked to is not complete; reload the page.")
        if len(each.note) > LONGEST_NOTE:
            raise Invalid(f"A note on a link can have up to {LONGEST_NOTE} characters.")


def _require_there(
    each: PrincipleLink,
    given: PrincipleSet,
    known: Mapping[LinkKind, Mapping[tuple[str, ...], str]],
) -> None:
    if given.principle(each.principle) is None:
        raise Invalid(f"There is no principle {each.principle.line}; reload the page.")
    if each.ids not in known[each.kind]:
        raise Invalid("Something that was chosen is not there any more; reload the page.")
