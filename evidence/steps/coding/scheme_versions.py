"""A new version of a coding scheme: what it would touch, and keeping it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from textwrap import shorten

from evidence.coding.scheme import Scheme
from evidence.coding.scheme_differences import OTHER_ORDER, Change, Difference
from evidence.coding.write_scheme import as_yaml
from evidence.errors import Invalid
from evidence.steps.coding import schemes
from evidence.steps.coding.schemes import Effect
from evidence.steps.desk import Desk
from evidence.store import Role
from evidence.store.area_versions import Area
from evidence.store.coding import scheme_drafts
from evidence.store.coding import schemes as kept_schemes
from evidence.store.coding.scheme_use import Use

MEANWHILE = (
    "Somebody kept another version of this scheme meanwhile, so nothing was kept. Your changes are "
    "here still; look at the new version, then begin from it."
)
SAME = "Nothing is changed yet, so there is no new version to keep."
UNUSED = "Nothing is coded with it."
UNUSED_AS_SEEN = "Nothing that you can see is coded with it."
UNDER_IT = "under it"
RETIRED = "as “no longer in the scheme”, and out of maps and tables"
NAME = "scheme.yaml"
LONGEST = 300  # characters of a text in a sentence; the versions side by side have it all
KEYS = {  # keys of the format of schemes, as people say them
    "kind": "how it is answered", "of": "what it is asked of",
    "critical": "whether it is a critical item",
    "note": "its note", "per": "of what it is asked each", "axis": "what findings use its codes as",
    "rule": "what it follows from", "minimum": "the least", "maximum": "the most",
    "short": "its short name", "role": "what it says to maps and tables",
    "selectable": "whether it can be chosen", "judges": "what one coding is about",
}  # fmt: skip
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def preview(desk: Desk, scheme: Scheme) -> tuple[str, ...]:
    """What keeping this version would change, and how much was coded there, in sentences.

    Nothing is kept. What was coded is counted over the codings that the person may see; of the
    others the last sentence says how many there are.

    Raises:
        NotAllowed: the person may not change schemes.
    """
    effects = schemes.effects_of(desk, as_yaml(scheme), NAME)
    return (*map(sentence, effects), *filter(None, [of_unseen(effects)]))


def of_unseen(effects: Sequence[Effect]) -> str:
    """How many codings that the person may not see a version may touch; "" where it touches none.

    It is the same number whatever the version changes of what there was, so that it tells no code.
    """
    touching = [each for each in effects if each.difference.change is not Change.ADDED]
    count = touching[0].unseen if touching else 0
    if not count:
        return ""
    theirs = _number(count, "coding", "codings")
    return f"{theirs} that you cannot see yet may rest on what changes, too."


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
        version_id = kept_schemes.newest_id(w.connection, desk.review_id, scheme_id)
        scheme_drafts.empty(w, scheme_id, version_id)


def sentence(effect: Effect) -> str:
    """What a version changes at one place, and what becomes of what was coded there."""
    told, use = _readable(effect.difference), effect.use
    unused = UNUSED_AS_SEEN if effect.unseen else UNUSED
    what, rests = _what(told), _counted(use)
    match told.change:
        case Change.ADDED:
            return f"{what} is added."
        case Change.RETIRED:
            return f"{what} is retired. {_stays(use, RETIRED, unused)}"
        case Change.MERGED:
            counts = f"as they were given, and count as “{told.after}” from then on"
            return f"{what} is merged into “{told.after}”. {_stays(use, counts, unused)}"
        case Change.RENAMED:
            changed = f"{what} is called “{told.after}” from now."
        case Change.MOVED:
            place = f": {told.before} → {told.after}"
            if told.after.endswith(OTHER_ORDER):
                place = " up or down"
            changed = f"{what} moves{place}."
        case _ if told.key == "when":
            before, after = map(_shown, (told.before, told.after))
            changed = f"{what} was {before}, and is {after} from now."
        case _:
            before, after = told.before or "nothing", told.after or "nothing"
            key = KEYS.get(told.key, told.key)
            changed = f"{what}: {key} was {before}, and is {after} from now."
    return f"{changed} {_stays(use, UNDER_IT, unused)}" if rests else changed


def _readable(told: Difference) -> Difference:
    """Short enough for a sentence, and without signs that would turn the rest of it round."""
    name, before, after, asked = (
        shorten(_TURNING.sub("", text), LONGEST, placeholder=" …")
        for text in (told.name, told.before, told.after, told.asked)
    )
    return replace(told, name=name, before=before, after=after, asked=asked)


def _what(told: Difference) -> str:
    """What is concerned, by its name; with ids only where names do not tell it apart."""
    if told.code:
        ids = f" ({told.question}: {told.code})" if told.is_alike else ""
        return f"The code “{told.name}” of “{told.asked}”{ids}"
    ids = f" ({told.question})" if told.is_alike else ""
    return f"The question “{told.name}”{ids}" if told.question else f"“{told.name}”"


def _shown(when: str) -> str:
    return f"shown {when}" if when else "always shown"


def _stays(use: Use, how: str, unused: str) -> str:
    """That nothing of what was coded is dropped."""
    rests = _counted(use)
    if not rests:
        return unused
    return f"{rests} {'stays' if use.answers + use.findings == 1 else 'stay'} {how}."


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
