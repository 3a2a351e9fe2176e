"""What is answered before sign-in, by whom people come in, and how it ends; without a browser."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg

from evidence.settings import Settings
from evidence.steps.accounts import invitations, own_accounts
from evidence.store import Store
from evidence.store.accounts import passwords
from evidence.store.accounts.invitations import Draft
from evidence.store.review import people
from evidence.ui.accounts import server, stream
from evidence.ui.accounts.gate import Gate
from evidence.ui.shell.identity import COOKIE

PASSWORD = "four small green words"  # noqa: S105 - of nobody
OWN = Settings(sign_in="invitation")
PROXY = Settings(
    sign_in="proxy",
    proxy_header="Remote-User",
    proxy_name_header="Remote-Name",
    proxy_addresses="10.0.0.1",
    admits="everybody",
)
PAGE = {"accept": "text/html"}
STREAM = "wss://waymark.example/_stcore/stream"


class Behind:
    """An app behind the gate, as app.py stands it before Streamlit."""

    def __init__(self, gate: Gate) -> None:
        async def secret(request: Request) -> PlainTextResponse:
            return PlainTextResponse(f"of a review {request.url.path}")

        async def talk(websocket: WebSocket) -> None:
            await websocket.accept()
            await websocket.close()

        routes = [*server.account_routes(gate), WebSocketRoute("/_stcore/stream", talk)]
        self.gate = gate
        self.app = Starlette(routes=[*routes, Route("/{rest:path}", secret)])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        peer = scope["client"][0] if scope.get("client") else ""
        if scope["type"] == "websocket" and not self.gate.may_connect(scope, peer):
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] == "http" and not self.gate.is_open(scope["path"]):
            refusal = self.gate.refusal(scope, peer)
            if refusal is not None:
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("gate") / "empty.db"
    store = Store.open(f"sqlite:///{path}")
    store.checkpoint()
    store.close()
    return path.read_bytes()


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """As safe hashes take a tenth of a second each."""
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(own_accounts, "_hasher", lambda: weak)
    own_accounts._of_nobody.cache_clear()


@pytest.fixture
def store(empty: bytes, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "waymark.db"
    path.write_bytes(empty)
    store = Store.open(f"sqlite:///{path}", private=True)
    yield store
    store.close()


def client(store: Store, settings: Settings = OWN, peer: str = "10.0.0.1") -> TestClient:
    gate = Gate(settings=settings, store=lambda: store, base="/")
    return TestClient(
        Behind(gate), "https://waymark.example", client=(peer, 1), follow_redirects=False
    )


def link(store: Store) -> str:
    token = invitations.invite_to_server(store, None, Draft(for_whom="somebody"))
    return "/" + invitations.path_of(token)


def made(browser: TestClient, store: Store, email: str = "amira@york.example") -> None:
    """An account made by an invitation, as a browser does it."""
    browser.post(link(store))
    form = {"email": email, "name": "Amira", "password": PASSWORD}
    assert browser.post("/account/make", data=form).status_code == 303


@pytest.mark.parametrize(
    "path",
    ["/", "/reviews?review=1", "/full-text/1", "/media/abc.csv", "/_stcore/upload_file/1", "//x",
     "/static/../full-text/1", "/account", "/health-of-review", "/readyx", "/favicon/full-text/1",
     "/_stcore/health/full-text/1", "/STATIC/x", "/account\\..\\full-text/1"],
)  # fmt: skip
def test_nothing_of_a_review_is_answered_before_sign_in(store: Store, path: str) -> None:
    browser = client(store)
    assert browser.get(path).status_code == 403
    led = browser.get(path, headers=PAGE)
    assert (led.status_code, led.headers["location"]) == (303, "/account/")
    assert "of a review" not in browser.post(path).text


def test_a_websocket_needs_a_session(store: Store) -> None:
    browser = client(store)
    with pytest.raises(WebSocketDisconnect), browser.websocket_connect(STREAM):
        pass
    made(browser, store)
    with browser.websocket_connect(STREAM):
        pass
    browser.post("/account/sign-out")
    with pytest.raises(WebSocketDisconnect), browser.websocket_connect(STREAM):
        pass


def test_an_open_page_whose_session_ended_does_nothing_more(store: Store) -> None:
    browser = client(store)
    made(browser, store)
    cookie = f"{COOKIE}={browser.cookies[COOKIE]}".encode()
    scope: Scope = {"type": "websocket", "scheme": "wss", "headers": [(b"cookie", cookie)]}
    sent = BackMsg()
    sent.rerun_script.fragment_id = "of a deck"
    sent.rerun_script.widget_states.widgets.add(id="deck", json_value="a decision")

    async def receive() -> Message:
        return {"type": "websocket.receive", "bytes": sent.SerializeToString()}

    gate = Gate(settings=OWN, store=lambda: store, base="/")
    hear = stream.hearing(gate, scope, receive)

    def heard() -> BackMsg:
        got = BackMsg()
        got.ParseFromString(asyncio.run(hear())["bytes"])  # type: ignore[arg-type]
        return got

    assert heard() == sent
    browser.post("/account/sign-out")
    after = heard()
    assert after.WhichOneof("type") == "rerun_script"  # drawn anew, as “You are signed out”
    assert not after.rerun_script.widget_states.widgets
    assert not after.rerun_script.fragment_id


def test_whoever_is_invited_makes_an_account_and_goes_where_they_wanted(store: Store) -> None:
    browser = client(store)
    browser.get("/coding?review=1", headers=PAGE)
    browser.post(link(store))
    form = {"email": "amira@york.example", "name": "Amira", "password": PASSWORD}
    come_in = browser.post("/account/make", data=form)
    assert come_in.headers["location"] == "/coding?review=1"
    assert browser.get("/coding").text == "of a review /coding"
    kept = "; ".join(come_in.headers.get_list("set-cookie"))
    assert "HttpOnly" in kept
    assert "Secure" in kept
    account = browser.get("/account/").text
    assert "Amira" in account
    assert "seconds each work was on your screen" in account
    untimed = client(store, replace(OWN, store_times="no"))
    untimed.cookies = browser.cookies
    assert "is not kept here" in untimed.get("/account/").text


def test_looking_at_a_link_takes_nothing_up(store: Store) -> None:
    browser, path = client(store), link(store)
    for _ in range(2):
        assert "This invitation gives you" in browser.get(path).text
    made(browser, store)
    browser.get(path)
    assert invitations.opened(store, path.rpartition("/")[2]) is not None
    assert browser.post(path).status_code == 303
    assert invitations.opened(store, path.rpartition("/")[2]) is None


@pytest.mark.parametrize("path", ["/account/invitation/nothing", "/account/make"])
def test_a_link_that_is_none_is_told_in_words(store: Store, path: str) -> None:
    answer = client(store).get(path)
    assert answer.status_code == 404
    assert "does not work" in answer.text


def test_a_wrong_password_and_an_unknown_address_hear_the_same(store: Store) -> None:
    browser = client(store)
    made(browser, store)
    stranger = client(store)
    told = []
    for email in ("amira@york.example", "nobody@york.example"):
        answer = stranger.post("/account/sign-in", data={"email": email, "password": "x" * 12})
        assert answer.status_code == 403
        told.append(answer.text.replace(email, ""))
    assert told[0] == told[1]


def test_guessing_ends_after_some_tries_also_with_the_right_password(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_accounts, "MOST_HERE", 3)
    made(client(store), store)
    form = {"email": "amira@york.example", "password": "not the right one"}
    for _ in range(3):
        assert "not right" in client(store).post("/account/sign-in", data=form).text
    answer = client(store).post("/account/sign-in", data={**form, "password": PASSWORD})
    assert "too many tries" in answer.text


def test_a_stranger_who_guesses_locks_nobody_out_on_another_machine(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_accounts, "MOST_HERE", 2)
    made(client(store), store)
    form = {"email": "amira@york.example", "password": "not the right one"}
    for last in ("1", "2", "3"):  # machines of one network of IPv6 are one
        answer = client(store, peer=f"2001:db8::{last}").post("/account/sign-in", data=form)
    assert "too many tries" in answer.text
    form["password"] = PASSWORD
    assert client(store, peer="10.0.0.9").post("/account/sign-in", data=form).status_code == 303


def test_the_password_before_cannot_be_guessed_without_end(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_accounts, "MOST_HERE", 2)
    browser = client(store)
    made(browser, store)
    form = {"before": "not the right one", "password": "five more small green words"}
    for _ in range(3):
        answer = browser.post("/account/password", data=form)
    assert "too many tries" in answer.text


def test_who_was_not_invited_learns_of_no_account(store: Store) -> None:
    made(client(store), store)
    told = []
    for email in ("amira@york.example", "nobody@york.example"):
        form = {"email": email, "name": "Eve", "password": "eve knows no words"}
        told.append(client(store).post("/account/make", data=form).text.replace(email, ""))
    assert told[0] == told[1]
    assert "does not work" in told[0]


@pytest.mark.parametrize("token", ["x;%20Domain=york.example", "%e2%82%ac", "x%0d%0aa:%20b"])
def test_what_is_no_invitation_is_written_into_no_cookie(store: Store, token: str) -> None:
    answer = client(store).post(f"/account/invitation/{token}")
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers


def test_a_proxys_sign_in_leads_to_no_other_server(store: Store) -> None:
    headers = {**PAGE, "remote-user": "amira"}
    browser = client(store, PROXY)
    answer = browser.get("https://waymark.example//evil.example/x", headers=headers)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"password": "short"}, "12 to 200 letters"),
        ({"password": "aaaaaaaaaaaaaa"}, "too easy"),
        ({"password": "123456789012345"}, "too easy"),
        ({"password": "amira@york.example"}, "too easy"),
        ({"email": "amira"}, "e-mail address"),
        ({"name": " "}, "write your name"),
    ],
)
def test_what_cannot_be_is_told_and_the_invitation_stays(
    store: Store, changed: dict[str, str], told: str
) -> None:
    browser = client(store)
    browser.post(link(store))
    form = {"email": "amira@york.example", "name": "Amira", "password": PASSWORD, **changed}
    answer = browser.post("/account/make", data=form)
    assert answer.status_code == 403
    assert told in answer.text
    assert browser.get("/account/make").status_code == 200


def test_who_lost_their_password_gets_a_new_one_and_is_signed_out_elsewhere(store: Store) -> None:
    browser = client(store)
    made(browser, store)
    with store.reading_outside() as c:
        (amira,) = people.everybody(c)
    lost = Draft(for_whom="Amira", as_person=amira.id)
    token = invitations.invite_to_server(store, None, lost)
    other = client(store)
    other.post("/" + invitations.path_of(token))
    form = {"email": "amira@york.example", "name": "Amira", "password": "another four words"}
    assert other.post("/account/make", data=form).status_code == 303
    assert browser.get("/").status_code == 403
    again = client(store).post(
        "/account/sign-in", data={"email": "amira@york.example", "password": "another four words"}
    )
    assert again.status_code == 303


def test_an_account_is_made_with_its_password_or_not_at_all(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else whoever was cut off in the middle would have an account and no way into it."""
    browser, path = client(store), link(store)
    browser.post(path)
    form = {"email": "amira@york.example", "name": "Amira", "password": PASSWORD}

    def cut_off(*_: object) -> None:
        raise RuntimeError("cut off")

    with monkeypatch.context() as patched:
        patched.setattr(passwords, "put", cut_off)
        with pytest.raises(RuntimeError, match="cut off"):
            browser.post("/account/make", data=form)
    assert invitations.opened(store, path.rpartition("/")[2]) is not None
    assert browser.post("/account/make", data=form).status_code == 303


def test_an_address_that_has_an_account_is_not_taken_over(store: Store) -> None:
    made(client(store), store)
    eve = client(store)
    eve.post(link(store))
    form = {"email": "Amira@York.example", "name": "Eve", "password": "eve knows no words"}
    assert "There is an account" in eve.post("/account/make", data=form).text


def test_a_form_of_another_site_does_nothing(store: Store) -> None:
    browser = client(store)
    made(browser, store)
    for origin in ("https://evil.example", "null"):
        answer = browser.post("/account/sign-out", headers={"origin": origin})
        assert answer.status_code == 403
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize("wanted", ["//evil.example/x", "/\\evil.example", "/" + "x" * 2000])
def test_after_sign_in_nobody_is_led_to_another_server(store: Store, wanted: str) -> None:
    browser = client(store)
    browser.cookies.set("waymark_next", wanted)
    browser.post(link(store))
    form = {"email": "amira@york.example", "name": "Amira", "password": PASSWORD}
    assert browser.post("/account/make", data=form).headers["location"] == "/"


def test_a_form_that_is_too_long_does_nothing(store: Store) -> None:
    answer = client(store).post("/account/sign-in", data={"email": "x" * 20_000, "password": "x"})
    assert answer.status_code == 413


def test_a_name_turns_nothing_around_it(store: Store) -> None:
    browser = client(store)
    browser.post(link(store))
    form = {"email": "a@b.example", "name": "Ami\u202era\x00", "password": PASSWORD}
    assert browser.post("/account/make", data=form).status_code == 303
    with store.reading_outside() as c:
        assert [each.name for each in people.everybody(c)] == ["Amira"]


def test_names_are_never_markup(store: Store) -> None:
    browser = client(store)
    browser.post(link(store))
    form = {"email": "a@b.example", "name": "<b>Amira", "password": PASSWORD}
    browser.post("/account/make", data=form)
    assert "&lt;b&gt;Amira" in browser.get("/account/").text


def test_whoever_is_signed_in_takes_everything_about_themselves_away(store: Store) -> None:
    browser = client(store)
    assert browser.post("/account/kept").status_code == 403
    made(browser, store)
    given = browser.post("/account/kept")
    assert given.headers["content-type"] == "application/zip"
    assert "tables/session.csv" in ZipFile(BytesIO(given.content)).namelist()


class TestServerPage:
    """What whoever looks after the server sees and does."""

    @pytest.fixture
    def amira(self, store: Store) -> TestClient:
        browser = client(store)
        draft = Draft(for_whom="Amira", makes_administrator=True)
        token = invitations.invite_to_server(store, None, draft)
        browser.post("/" + invitations.path_of(token))
        form = {"email": "amira@york.example", "name": "Amira", "password": PASSWORD}
        browser.post("/account/make", data=form)
        return browser

    def test_is_for_nobody_else(self, store: Store, amira: TestClient) -> None:
        ben = client(store)
        made(ben, store, "ben@york.example")
        for browser in (ben, client(store)):
            assert browser.get("/account/server").status_code == 404
            assert browser.get("/account/server.csv").status_code == 404
            blocks = browser.post("/account/server", data={"act": "block", "person": "1"})
            assert blocks.status_code == 404
        assert amira.get("/account/server").status_code == 200

    def test_blocks_and_invites(self, store: Store, amira: TestClient) -> None:
        ben = client(store)
        made(ben, store, "ben@york.example")
        with store.reading_outside() as c:
            by_name = {person.id for person in people.everybody(c)}
        blocked = amira.post("/account/server", data={"act": "block", "person": str(max(by_name))})
        assert "cannot sign in any more" in blocked.text
        assert ben.get("/").status_code == 403
        refused = amira.post("/account/server", data={"act": "block", "person": "1"})
        assert "Nobody would look after the server" in refused.text
        link = amira.post("/account/server", data={"act": "invite", "for_whom": "<i>Cora"})
        assert "https://waymark.example/account/invitation/" in link.text
        assert "&lt;i&gt;Cora" in link.text

    def test_gives_a_pseudonym_to_who_leaves(self, store: Store, amira: TestClient) -> None:
        ben = client(store)
        made(ben, store, "ben@york.example")
        with store.reading_outside() as c:
            whom = str(max(person.id for person in people.everybody(c)))
        leave = {"act": "pseudonymise", "person": whom}
        assert "cannot be undone" in amira.post("/account/server", data=leave).text
        assert ben.get("/").status_code == 200
        done = amira.post("/account/server", data={**leave, "sure": "yes"})
        assert "Former reviewer 1" in done.text
        assert "ben@york.example" not in done.text
        assert ben.get("/").status_code == 403

    def test_shows_what_was_done(self, amira: TestClient) -> None:
        shown = amira.get("/account/server?kind=signed-in&since=2026-01-01&until=nonsense")
        assert "1 entries" in shown.text
        written = amira.get("/account/server.csv?kind=signed-in").text
        assert written.splitlines()[0].endswith("at,kind,person,review,subject,address")
        assert amira.get("/account/server?before=9999999999999999999999&kind=x").status_code == 200


class TestProxy:
    """A proxy in front signs people in and tells in a header."""

    def test_comes_in_by_the_header(self, store: Store) -> None:
        browser = client(store, PROXY)
        headers = {**PAGE, "Remote-User": "amira", "Remote-Name": "Amira"}
        led = browser.get("/coding?review=1", headers=headers)
        assert (led.status_code, led.headers["location"]) == (303, "/coding?review=1")
        assert browser.get("/coding", headers=headers).text == "of a review /coding"
        assert "Amira" in browser.get("/account/", headers=headers).text

    def test_a_header_of_a_visitor_is_not_believed(self, store: Store) -> None:
        headers = {**PAGE, "Remote-User": "amira"}
        visitor = client(store, PROXY, peer="10.0.0.2")
        answer = visitor.get("/", headers={**headers, "X-Forwarded-For": "10.0.0.1"})
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers

    def test_nor_with_the_cookie_of_somebody(self, store: Store) -> None:
        headers = {**PAGE, "Remote-User": "amira"}
        browser = client(store, PROXY)
        browser.get("/", headers=headers)
        stolen = client(store, PROXY, peer="10.0.0.2")
        stolen.cookies.set(COOKIE, browser.cookies[COOKIE])
        assert stolen.get("/", headers=headers).status_code == 403

    def test_twice_the_header_is_nobody(self, store: Store) -> None:
        twice = [("accept", "text/html"), ("Remote-User", "amira"), ("Remote-User", "ben")]
        assert client(store, PROXY).get("/", headers=twice).status_code == 403

    def test_another_person_at_the_same_browser_is_another_session(self, store: Store) -> None:
        browser = client(store, PROXY)
        browser.get("/", headers={**PAGE, "Remote-User": "amira"})
        amiras = browser.cookies[COOKIE]
        ben = {"Remote-User": "ben"}
        assert browser.get("/", headers=ben).status_code == 403
        browser.get("/", headers={**PAGE, **ben})
        assert browser.cookies[COOKIE] != amiras
        back = client(store, PROXY)
        back.cookies.set(COOKIE, amiras)
        assert back.get("/x", headers={"Remote-User": "amira"}).status_code == 403

    def test_who_is_not_admitted_is_told_so(self, store: Store) -> None:
        strict = Settings(sign_in="proxy", proxy_header="Remote-User", proxy_addresses="10.0.0.1")
        answer = client(store, strict).get("/", headers={**PAGE, "Remote-User": "eve"})
        assert answer.status_code == 403
        assert "nobody has invited you" in answer.text
