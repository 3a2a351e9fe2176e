"""The page of whoever looks after the server; all others hear that there is none."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from evidence.errors import Invalid, NotAllowed
from evidence.exports import account_pages, server_pages
from evidence.exports.server_pages import AuditLine, AuditShown, InvitationLine, PersonLine
from evidence.steps.accounts import administration, invitations, leaving, signing_in
from evidence.store.accounts.invitations import Draft
from evidence.store.accounts.server_people import ServerPerson
from evidence.store.accounts.sessions import Session
from evidence.store.audit import AuditEntry, AuditFilter, AuditKind
from evidence.ui.accounts.gate import ACCOUNT, Gate, address_of
from evidence.ui.accounts.plain import HEADERS, page

SERVER = f"{ACCOUNT}server"
NOT_SURE = "Please say that you know that this cannot be undone."
PSEUDONYMISED = "They are called “{name}” from now on; by what they came in is deleted."
LARGEST_NUMBER = 2**63 - 1
DIGITS = 20  # more than any number of a row has
NOT_THERE = "There is no page under this address."
DONE = {
    "block": "They are signed out, and cannot sign in any more.",
    "unblock": "They can sign in again.",
    "sign-out": "They are signed out everywhere.",
    "make": "They look after the server, too.",
    "unmake": "They do not look after the server any more.",
    "withdraw": "The invitation does not work any more.",
}


def shown(gate: Gate, request: Request) -> Response:
    """People, invitations and the audit."""
    found = _administrator(gate, request)
    return _page(gate, request, found) if found else _not_there()


def audit_file(gate: Gate, request: Request) -> Response:
    """The audit as CSV."""
    found = _administrator(gate, request)
    if found is None:
        return _not_there()
    pieces = administration.audit_csv(gate.store(), found.person.id, _filter(request))
    name = f"waymark_audit_{datetime.now(UTC):%Y-%m-%d}.csv"
    signing_in.note(gate.store(), found, AuditKind.EXPORTED, name, address_of(request.scope))
    headers = {**HEADERS, "content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(pieces, headers=headers, media_type="text/csv")


def act(gate: Gate, request: Request, form: Mapping[str, str]) -> Response:
    """Something that an administrator does."""
    found = _administrator(gate, request)
    if found is None:
        return _not_there()
    try:
        told, link = _done(gate, request, found, form)
    except (NotAllowed, Invalid) as error:
        return _page(gate, request, found, str(error), status=403)
    return _page(gate, request, found, told, link=link)


def _done(gate: Gate, request: Request, found: Session, form: Mapping[str, str]) -> tuple[str, str]:
    """What is told then, and the link of a new invitation."""
    store, me, address = gate.store(), found.person.id, address_of(request.scope)
    what, whom = form.get("act", ""), _number(form.get("person", ""))
    if what == "invite":
        draft = Draft(
            for_whom=form.get("for_whom", ""),
            makes_administrator=bool(form.get("administrator")),
        )
        token = invitations.invite_to_server(store, me, draft)
        return "", f"{_address(request)}{gate.base}{invitations.path_of(token)}"
    if what == "withdraw":
        invitations.withdraw_from_server(store, me, _number(form.get("invitation", "")))
    elif what == "block":
        administration.block(store, me, whom, address)
    elif what == "unblock":
        administration.unblock(store, me, whom, address)
    elif what == "sign-out":
        administration.end_sessions(store, me, whom, address)
    elif what == "pseudonymise":
        if not form.get("sure"):
            raise Invalid(NOT_SURE)
        return PSEUDONYMISED.format(name=leaving.pseudonymise(store, me, whom, address)), ""
    elif what in {"make", "unmake"}:
        administration.change_administrator(store, me, whom, is_one=what == "make", address=address)
    return DONE.get(what, ""), ""


def _page(
    gate: Gate,
    request: Request,
    found: Session,
    told: str = "",
    *,
    link: str = "",
    status: int = 200,
) -> Response:
    store, me = gate.store(), found.person.id
    people = [_person(each) for each in administration.everybody(store, me)]
    waiting = [
        InvitationLine(id=each.id, for_whom=each.draft.for_whom, ends=f"{each.ends_at:%Y-%m-%d}")
        for each in invitations.to_server(store, me)
    ]
    before = _number(request.query_params.get("before", "")) or None
    entries = administration.audit_page(store, me, _filter(request), before)
    asked = {name: request.query_params.get(name, "") for name in ("kind", "since", "until")}
    audit = AuditShown(
        lines=[_line(each) for each in entries.entries],
        total=entries.total,
        kinds=[(kind.value, kind.words) for kind in AuditKind],
        **asked,
        more=f"server?{urlencode({**asked, 'before': entries.before})}" if entries.before else "",
        file=f"server.csv?{urlencode(asked)}",
    )
    made = server_pages.server_page(people, waiting, audit, told=told, link=link)
    return page(made, status)


def _administrator(gate: Gate, request: Request) -> Session | None:
    found = gate.session(request.scope)
    return found if found is not None and found.is_administrator else None


def _person(each: ServerPerson) -> PersonLine:
    states = [
        "administrator" if each.is_administrator else "",
        f"blocked since {each.blocked_at:%Y-%m-%d}" if each.blocked_at else "",
        f"signed in {each.sessions}×" if each.sessions and not each.blocked_at else "",
    ]
    return PersonLine(
        id=each.id,
        name=each.name,
        emails=each.emails,
        state=", ".join(filter(None, states)) or "signed out",
        seen=f"last here {each.seen_at:%Y-%m-%d %H:%M} UTC" if each.seen_at else "never here",
        sessions=each.sessions,
        is_administrator=each.is_administrator,
        is_blocked=each.blocked_at is not None,
    )


def _line(entry: AuditEntry) -> AuditLine:
    return AuditLine(
        at=f"{entry.at:%Y-%m-%d %H:%M}",
        person=entry.person or "nobody who is known",
        what=entry.kind.words,
        review=entry.review or (f"review {entry.review_id}" if entry.review_id else ""),
        subject=entry.subject,
        address=entry.address,
    )


def _filter(request: Request) -> AuditFilter:
    """What the address asks for; what is no day or no kind filters nothing."""
    asked = request.query_params
    kind = asked.get("kind", "")
    until = _day(asked.get("until", ""))
    return AuditFilter(
        kinds=[AuditKind(kind)] if kind in set(AuditKind) else [],
        since=_day(asked.get("since", "")),
        until=until + timedelta(days=1) if until else None,
    )


def _day(written: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(written), time(), UTC)
    except ValueError:
        return None


def _number(written: str) -> int:
    """A row's number; 0, which no row has, for what is none."""
    return min(int(written), LARGEST_NUMBER) if written.isdecimal() and len(written) < DIGITS else 0


def _address(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}"


def _not_there() -> Response:
    return page(account_pages.refused_page(NOT_THERE), 404)
