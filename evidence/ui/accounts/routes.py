"""The addresses at which people sign in to a server for teams, and see their account.

Looking at a page changes nothing; what changes something is a form, which only a page of this
server may send.
"""

from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from evidence.errors import Invalid, NotAllowed
from evidence.exports import account_pages
from evidence.exports.account_pages import SignedIn
from evidence.hosts import is_same_origin
from evidence.settings import SignIn, StoreTimes
from evidence.steps.accounts import invitations, own_accounts, person_file, signing_in, taking_up
from evidence.store.accounts.accounts import OWN_ISSUER
from evidence.store.accounts.invitations import Draft
from evidence.ui.accounts import cookies, provider, server_routes
from evidence.ui.accounts.gate import ACCOUNT, Gate, address_of, cookies_of, is_secure
from evidence.ui.accounts.plain import HEADERS, page
from evidence.ui.shell.identity import COOKIE

LONGEST_FORM = 10_000  # bytes
MOST_FIELDS = 20
TOLD = {
    "failed": "The sign-in did not succeed. Please try again.",
    "out": "You are signed out here.",
    "changed": "Your password is changed; you are signed out everywhere else.",
}
"""What a page may be asked to say; no other words come by an address."""
NOT_THERE = "There is no page under this address."
FROM_ELSEWHERE = "This form was sent by a page of another site, so nothing was done."
TOO_LONG = "What was sent is too long, so nothing was done."
Answer = Callable[[Gate, Request], Response]
Take = Callable[[Gate, Request, Mapping[str, str]], Response]


def shown(gate: Gate, request: Request) -> Response:
    """Where somebody signs in, or their account."""
    told = TOLD.get(request.query_params.get("told", ""), "")
    found = gate.session(request.scope)
    if found is None:
        return _sign_in(gate, told)
    with_password = found.issuer == OWN_ISSUER
    since = signing_in.sessions_of(gate.store(), found.person.id)
    signed_in = SignedIn(
        name=found.person.name,
        email=found.email,
        since=[f"{each.began_at:%Y-%m-%d %H:%M} UTC" for each in since],
        has_password=with_password,
        is_administrator=found.is_administrator,
        session_days=gate.settings.session_days,
        keeps_times=gate.settings.store_times == StoreTimes.YES,
    )
    return page(account_pages.account_page(signed_in, told=told))


def sign_in(gate: Gate, request: Request, form: Mapping[str, str]) -> Response:
    """By address and password."""
    sent = cookies_of(request.scope)
    email = form.get("email", "")
    if gate.settings.sign_in != SignIn.INVITATION:
        return _not_there()
    try:
        token = own_accounts.sign_in(
            gate.store(),
            email,
            form.get("password", ""),
            lasts=gate.settings.session_lasts,
            address=address_of(request.scope),
            invitation=sent.get(cookies.INVITATION, ""),
            token_before=sent.get(COOKIE, ""),
        )
    except (NotAllowed, Invalid) as error:
        return _sign_in(gate, str(error), email=email, status=403)
    return _come_in(gate, request, token)


def sign_out(gate: Gate, request: Request, form: Mapping[str, str]) -> Response:
    """Here, or everywhere."""
    token = cookies_of(request.scope).get(COOKIE, "")
    everywhere = bool(form.get("everywhere"))
    signing_in.sign_out(gate.store(), token, address_of(request.scope), everywhere=everywhere)
    answer = _to(f"{gate.base}{ACCOUNT}?told=out")
    gone = cookies.no_session(gate.base, secure=is_secure(request.scope))
    answer.headers.append("set-cookie", gone)
    return answer


def change_password(gate: Gate, request: Request, form: Mapping[str, str]) -> Response:
    """Another password for an account of Waymark itself."""
    token = cookies_of(request.scope).get(COOKIE, "")
    try:
        newer = own_accounts.change_password(
            gate.store(),
            token,
            form.get("before", ""),
            form.get("password", ""),
            lasts=gate.settings.session_lasts,
            address=address_of(request.scope),
        )
    except (NotAllowed, Invalid) as error:
        return page(account_pages.refused_page(str(error), f"{gate.base}{ACCOUNT}"), 403)
    answer = _to(f"{gate.base}{ACCOUNT}?told=changed")
    for each in gate.cookies_of_session(request.scope, newer):
        answer.headers.append("set-cookie", each)
    return answer


def kept(gate: Gate, request: Request, form: Mapping[str, str]) -> Response:
    """Everything about whoever is signed in, as a file."""
    del form
    found = gate.session(request.scope)
    if found is None:
        return _sign_in(gate, "", status=403)
    address = address_of(request.scope)
    pieces = person_file.pieces(gate.store(), found.person.id, address=address)
    name = f"waymark_person_{found.person.id}.zip"
    headers = {**HEADERS, "content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(pieces, headers=headers, media_type="application/zip")


def invitation(gate: Gate, request: Request) -> Response:
    """What a link gives; nothing is done yet, as programs that read mail open links, too."""
    found = invitations.opened(gate.store(), request.path_params["token"])
    if found is None:
        return page(account_pages.refused_page(taking_up.GONE, f"{gate.base}{ACCOUNT}"), 404)
    is_signed_in = gate.session(request.scope) is not None
    return page(account_pages.invitation_page(_what(found.draft), is_signed_in=is_signed_in))


def take_invitation(gate: Gate, request: Request, form: Mapping[str, str]) -> Response:
    """Take a link up, where somebody is signed in; or keep it until they are."""
    del form
    token = request.path_params["token"]
    sent = cookies_of(request.scope)
    if gate.session(request.scope) is not None:
        try:
            signing_in.take_up(gate.store(), sent.get(COOKIE, ""), token, address_of(request.scope))
        except NotAllowed as error:
            return page(account_pages.refused_page(str(error), f"{gate.base}{ACCOUNT}"), 403)
        return _to(gate.base)
    if invitations.opened(gate.store(), token) is None:  # nor may it be written into a cookie
        return page(account_pages.refused_page(taking_up.GONE, f"{gate.base}{ACCOUNT}"), 404)
    own = gate.settings.sign_in == SignIn.INVITATION
    where = f"{ACCOUNT}make" if own else "" if gate.settings.sign_in == SignIn.PROXY else ACCOUNT
    answer = _to(f"{gate.base}{where}")
    kept = cookies.passing(gate.base, cookies.INVITATION, token, secure=is_secure(request.scope))
    answer.headers.append("set-cookie", kept)
    return answer


def make_shown(gate: Gate, request: Request) -> Response:
    """The form of a new account, for who was invited."""
    token = cookies_of(request.scope).get(cookies.INVITATION, "")
    if gate.settings.sign_in != SignIn.INVITATION:
        return _not_there()
    if invitations.opened(gate.store(), token) is None:
        return page(account_pages.refused_page(taking_up.GONE, f"{gate.base}{ACCOUNT}"), 404)
    return page(account_pages.make_account_page())


def make(gate: Gate, request: Request, form: Mapping[str, str]) -> Response:
    """A new account for who was invited."""
    if gate.settings.sign_in != SignIn.INVITATION:
        return _not_there()
    email, name = form.get("email", ""), form.get("name", "")
    try:
        token = own_accounts.make(
            gate.store(),
            cookies_of(request.scope).get(cookies.INVITATION, ""),
            email=email,
            name=name,
            password=form.get("password", ""),
            lasts=gate.settings.session_lasts,
            address=address_of(request.scope),
        )
    except (NotAllowed, Invalid) as error:
        made = account_pages.make_account_page(told=str(error), email=email, name=name)
        return page(made, 403)
    return _come_in(gate, request, token)


GET: Mapping[str, Answer] = {
    ACCOUNT: shown,
    f"{ACCOUNT}make": make_shown,
    server_routes.SERVER: server_routes.shown,
    f"{server_routes.SERVER}.csv": server_routes.audit_file,
    f"{ACCOUNT}invitation/{{token}}": invitation,
}
POST: Mapping[str, Take] = {
    f"{ACCOUNT}sign-in": sign_in,
    f"{ACCOUNT}sign-out": sign_out,
    f"{ACCOUNT}password": change_password,
    f"{ACCOUNT}make": make,
    f"{ACCOUNT}kept": kept,
    server_routes.SERVER: server_routes.act,
    f"{ACCOUNT}invitation/{{token}}": take_invitation,
}
"""What answers which address, below the base."""


def taken(gate: Gate, request: Request, body: bytes, take: Take) -> Response:
    """What a form does that a page of this server sent."""
    headers = Headers(scope=request.scope)
    if not is_same_origin(headers.getlist("origin"), headers.getlist("host")):
        return page(account_pages.refused_page(FROM_ELSEWHERE), 403)
    if len(body) > LONGEST_FORM:
        return page(account_pages.refused_page(TOO_LONG), 413)
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        pairs = []
    return take(gate, request, dict(pairs))


def _sign_in(gate: Gate, told: str, *, email: str = "", status: int = 200) -> Response:
    is_oidc = gate.settings.sign_in == SignIn.OIDC
    made = account_pages.sign_in_page(
        provider.ways(gate.base) if is_oidc else [],
        with_password=gate.settings.sign_in == SignIn.INVITATION,
        told=told,
        email=email,
    )
    return page(made, status)


def _come_in(gate: Gate, request: Request, token: str) -> Response:
    answer = _to(gate.next_of(request.scope))
    for each in gate.cookies_of_session(request.scope, token):
        answer.headers.append("set-cookie", each)
    return answer


def _what(draft: Draft) -> str:
    if draft.review_id is not None:
        return f"a review, as {draft.role.words}"
    return "all that looks after it" if draft.makes_administrator else "reviews"


def _to(where: str) -> Response:
    return Response(status_code=303, headers={**HEADERS, "location": where})


def _not_there() -> Response:
    return page(account_pages.refused_page(NOT_THERE), 404)
