"""A new version of a coding scheme: what it would touch, and keeping it."""

from collections.abc import Iterator
from dataclasses import replace

from evidence.coding.scheme import Scheme
from evidence.coding.scheme_differences import OTHER_ORDER, Change, Difference
from evidence.coding.scheme_edits import Place, places
from evidence.coding.write_scheme import as_yaml
from evidence.errors import Invalid
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.store import Role
from evidence.store.area_versions import Area
from evidence.store.coding import schemes as kept_schemes
from evidence.store.coding.scheme_use import Use

MEANWHILE = (
    "Somebody kept another version of this scheme meanwhile, so nothing was kept. Your changes are "
    "here still; look at the new version, then begin from it."
)
SAME = "Nothing is changed yet, so there is no new version to keep."
UNUSED = "Nothing is coded with it."
NAME = "scheme.yaml"


def used_places(desk: Desk, scheme_id: int) -> frozenset[Place]:
    """All ids of questions and options that any version of a scheme has or had."""
    all_versions = schemes.versions(desk, scheme_id)
    each = (places(schemes.read(version.yaml, version.name)) for version in all_versions)
    return frozenset(place for of_version in each for place in of_version)


def preview(desk: Desk, scheme: Scheme) -> tuple[str, ...]:
    """What keeping this version would change, and how much was coded there, in sentences.

    Nothing is kept. What was coded is counted over all people; nobody sees what others said.

    Raises:
        NotAllowed: the person may not change schemes.
    """
    effects = schemes.effects_of(desk, as_yaml(scheme), NAME)
    return tuple(
        sentence for effect in effects for sentence in _sentences(effect.difference, effect.use)
    )


def keep(desk: Desk, scheme: Scheme, scheme_id: int, seen: int) -> None:
    """Keep a new version of a scheme. No answer is dropped, whatever is retired or merged.

    Args:
        desk: of the person who changes it.
        scheme: the new version.
        scheme_id: of the lineage.
        seen: the newest version when its changes were begun.

    Raises:
        Invalid: nothing differs, or there is a newer version by now.
    """
    desk.require(Role.EDITOR)
    text = as_yaml(scheme)
    schemes.read(text, NAME)
    with desk.writing(Role.EDITOR, areas=Area.CODING | Area.RESULTS) as w:
        newest = kept_schemes.newest_of(w.connection, desk.review_id, scheme_id)
        if newest.id != seen:
            raise Invalid(MEANWHILE)
        before = schemes.read(newest.yaml, newest.name)
        if replace(scheme, version=before.version) == before:
            raise Invalid(SAME)
        kept_schemes.add(w, newest.name, scheme.version, text)


def _sentences(told: Difference, use: Use) -> Iterator[str]:
    what = _what(told)
    rests = _counted(use)
    match told.change:
        case Change.ADDED:
            yield f"{what} is added."
        case Change.RETIRED:
            yield f"{what} is retired. {_kept(rests)}"
        case Change.MERGED:
            yield f"{what} is merged into “{told.after}”. {_counts_as_that(rests)}"
        case Change.RENAMED:
            yield f"{what} is called “{told.after}” from now.{_concerns(rests)}"
        case Change.MOVED:
            place = f": {told.before} → {told.after}"
            if told.after.endswith(OTHER_ORDER):
                place = " up or down"
            yield f"{what} moves{place}.{_concerns(rests)}"
        case _:
            before, after = told.before or "nothing", told.after or "nothing"
            yield f"{what}: {told.key} was {before}, and is {after} from now.{_concerns(rests)}"


def _what(told: Difference) -> str:
    if told.code:
        return f"The code “{told.name}” ({told.question}: {told.code})"
    return f"The question “{told.name}” ({told.question})" if told.question else f"“{told.name}”"


def _kept(rests: str) -> str:
    if not rests:
        return UNUSED
    return f"Kept and shown as no longer asked, but no more in maps and tables: {rests}."


def _counts_as_that(rests: str) -> str:
    if not rests:
        return UNUSED
    return f"Stored as before, but counted as that from then on: {rests}."


def _concerns(rests: str) -> str:
    return f" It concerns {rests}." if rests else ""


def _counted(use: Use) -> str:
    """What rests on something; "" where nothing does."""
    if not (use.answers or use.findings):
        return ""
    parts = (
        _number(use.answers, "answer", "answers") if use.answers else "",
        _number(use.findings, "finding", "findings") if use.findings else "",
    )
    return f"{' and '.join(filter(None, parts))} in {_number(use.studies, 'study', 'studies')}"


def _number(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"
