"""Services of a review: added, changed, taken away and brought back."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NoReturn

from evidence.citations.text import visible
from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.store import Role, Write
from evidence.store.area_versions import NOTHING
from evidence.store.practice import services
from evidence.store.practice.services import ServiceState
from evidence.synthesis.practice.service import LONGEST_NAME, LONGEST_NOTE, Service, area_key

MOST = 5000  # services of one review
AREAS = NOTHING  # services are asked for each time
MEANWHILE = (
    "Somebody else changed this service meanwhile, so nothing was kept. Reload the page to see it, "
    "then try again."
)
_UID = re.compile(r"[0-9a-f]{16}")


def new_uid() -> str:
    """For a service or a form that is to be added."""
    return secrets.token_hex(8)


def is_uid(text: str) -> bool:
    """Whether `new_uid` could have given it."""
    return bool(_UID.fullmatch(text))


def listing(desk: Desk) -> dict[str, Service]:
    """The services that are there, by uid, in the order in which they were added."""
    with desk.reading() as c:
        return services.standing(c, desk.review_id)


def history(desk: Desk) -> list[ServiceState]:
    """All that was done to services, the oldest first."""
    with desk.reading() as c:
        return services.history(c, desk.review_id)


def add(desk: Desk, *added: Service) -> None:
    """Add services, all or none; the same ones sent twice are added once.

    Args:
        desk: of an editor.
        added: each with a uid that `new_uid` gave.

    Raises:
        Invalid: one cannot be, or is there under this uid with other words.
    """
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        put_new(w, added)


def put_new(write: Write, added: Sequence[Service]) -> None:
    """Add services in a transaction of the caller; those that are there are not added again.

    Raises:
        Invalid: one cannot be, or is there under this uid with other words.
    """
    cleaned = [_cleaned(each) for each in added]
    known = services.newest(write.connection, write.review_id)
    fresh = [each for each in cleaned if not _is_there(known, each)]
    stand = {uid: state.service for uid, state in known.items() if not state.is_removed}
    if len(stand) + len(fresh) > MOST:
        raise Invalid(f"A review can have up to {MOST:,} services.")
    names = {_named(each) for each in stand.values()}
    for each in fresh:
        if _named(each) in names:
            _refuse_name(each)
        names.add(_named(each))
    services.put(write, *fresh)


def change(desk: Desk, now: Service, before: Service) -> None:
    """Give a service other words; forms about it stay with it.

    Args:
        desk: of an editor.
        now: as it is to be.
        before: as the person saw it when they began.

    Raises:
        Invalid: somebody else changed it meanwhile, or it cannot be.
    """
    now = _cleaned(replace(now, uid=before.uid))
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        stand = services.standing(w.connection, desk.review_id)
        if stand.get(now.uid) == now:
            return
        if stand.get(before.uid) != before:
            raise Invalid(MEANWHILE)
        _require_free_name(now, stand)
        services.put(w, now)


def remove(desk: Desk, before: Service) -> None:
    """Take a service away; its forms stay, and are there again when it is brought back.

    Raises:
        Invalid: somebody else changed it meanwhile.
    """
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        known = services.newest(w.connection, desk.review_id)
        state = known.get(before.uid)
        if state is not None and state.is_removed:
            return
        if state is None or state.service != before:
            raise Invalid(MEANWHILE)
        services.put(w, before, is_removed=True)


def bring_back(desk: Desk, uid: str) -> None:
    """Let a service that was taken away be there again, as it was.

    Raises:
        Invalid: there was none, or another one has its name now.
    """
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        known = services.newest(w.connection, desk.review_id)
        state = known.get(uid)
        if state is None:
            raise Invalid("There is no such service.")
        if not state.is_removed:
            return
        stand = {key: each.service for key, each in known.items() if not each.is_removed}
        _require_free_name(state.service, stand)
        services.put(w, state.service)


def removed(states: Sequence[ServiceState]) -> list[Service]:
    """Of a history, the services that are taken away now."""
    newest = {state.service.uid: state for state in states}
    return [state.service for state in newest.values() if state.is_removed]


def _cleaned(given: Service) -> Service:
    if not is_uid(given.uid):
        raise Invalid("This service has no number of its own; reload the page.")
    tidy = replace(
        given,
        name=" ".join(visible(given.name).split()),
        area=" ".join(visible(given.area).split()),
        provider=" ".join(visible(given.provider).split()),
        note=visible(given.note).strip(),
    )
    if not tidy.name:
        raise Invalid("A service needs a name.")
    for what, words in (("name", tidy.name), ("area", tidy.area), ("provider", tidy.provider)):
        if len(words) > LONGEST_NAME:
            raise Invalid(f"The {what} has more than {LONGEST_NAME} characters: {words[:40]} …")
    if len(tidy.note) > LONGEST_NOTE:
        raise Invalid(f"The note on {tidy.name[:40]} has more than {LONGEST_NOTE:,} characters.")
    return tidy


def _is_there(known: Mapping[str, ServiceState], given: Service) -> bool:
    state = known.get(given.uid)
    if state is None:
        return False
    if state.service != given or state.is_removed:
        raise Invalid(MEANWHILE)
    return True


def _require_free_name(given: Service, stand: Mapping[str, Service]) -> None:
    """Two services of one name and area could not be told apart on any page."""
    others = (each for each in stand.values() if each.uid != given.uid)
    if any(_named(each) == _named(given) for each in others):
        _refuse_name(given)


def _named(service: Service) -> tuple[str, str]:
    return service.name.casefold(), area_key(service.area)


def _refuse_name(given: Service) -> NoReturn:
    where = f" in {given.area}" if given.area else ""
    raise Invalid(f"There is a service “{given.name}”{where} already.")
