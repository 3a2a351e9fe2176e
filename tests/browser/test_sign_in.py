"""Signing in on a server for teams, as people do it: at a provider, by a proxy, by invitation."""

import http.client
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import time

import oidc_provider_mock
import pytest
from playwright.sync_api import Browser, Page, expect

from evidence.steps.accounts import invitations
from evidence.store import Store
from evidence.store.accounts.invitations import Draft
from scripts.serving import Server, free_port, still
from tests.browser.provider import CLIENT, KEY, OTHER_KEY, lying_provider
from tests.conftest import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.journey]


def served(
    folder: Path, settings: Mapping[str, str], issuer: str = "", *, example: bool = False
) -> Server:
    """A server for teams, whose provider stands in a file as an administrator writes it."""
    port = free_port()
    if issuer:
        (folder / ".streamlit").mkdir()
        (folder / ".streamlit" / "secrets.toml").write_text(
            f'[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
            f'cookie_secret = "{"of this test only " * 3}"\n[auth.keycloak]\n'
            f'client_id = "{CLIENT}"\nclient_secret = "of this test only"\n'
            f'server_metadata_url = "{issuer}/.well-known/openid-configuration"\n'
        )
    made = Server(
        folder=folder,
        port=port,
        example=example,
        started_in=folder,
        settings={"PYTHONPATH": str(ROOT), **settings},
    )
    made.start()
    return made


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    claims = {"name": "Amira", "email": "amira@york.example", "email_verified": True}
    amira = oidc_provider_mock.User(sub="amira-1", claims=claims)
    with oidc_provider_mock.run_server_in_thread(user_claims=[amira]) as running:
        yield f"http://localhost:{running.server_port}"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 900, "height": 800})
    yield context.new_page()
    context.close()


def test_at_a_provider_and_out_again_in_both_tabs(
    provider: str, tmp_path: Path, page: Page
) -> None:
    settings = {"WAYMARK_SIGN_IN": "oidc", "WAYMARK_ADMITS": "york.example"}
    server = served(tmp_path, settings, provider, example=True)
    try:
        page.goto(f"{server.url}/team?review=1")
        page.get_by_role("link", name="Sign in with Keycloak").click()
        page.get_by_role("button", name="amira-1").click()
        expect(page.get_by_role("heading", name="Team")).to_be_visible()
        assert "/team?review=1" in page.url
        names = {cookie.get("name") for cookie in page.context.cookies()}
        assert "waymark" in names
        assert not [name for name in names if str(name).startswith("_streamlit_user")]
        expect(page.get_by_text("Signed in as", exact=True)).to_be_visible()
        account = page.context.new_page()
        account.goto(f"{server.url}/account/")
        expect(account.get_by_text("amira@york.example")).to_be_visible()
        account.get_by_role("button", name="Sign out here").click()
        expect(account.get_by_text("You are signed out here.")).to_be_visible()
        still(page)
        page.get_by_role("link", name="Records", exact=True).click()
        expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", name="Sign in to Waymark")).to_be_visible()
        page.get_by_role("link", name="Sign in with Keycloak").click()
        page.get_by_role("button", name="Deny").click()
        expect(page.get_by_text("The sign-in did not succeed")).to_be_visible()
        page.get_by_role("link", name="Sign in with Keycloak").click()
        page.get_by_placeholder("sub").fill("eve-2")
        page.get_by_role("button", name="Authorize").click()
        expect(page.get_by_text("nobody has invited you here")).to_be_visible()
    finally:
        server.kill()


LIES: dict[str, Mapping[str, object]] = {
    "another issuer": {"iss": "https://evil.example"},
    "for another program": {"aud": "somebody-else"},
    "its time is over": {"exp": int(time()) - 4000},
    "of another sign-in": {"nonce": "another"},
    "nobody": {"sub": None},
}


def came_back(server: Server) -> tuple[int, str, str]:
    """Status, place and cookies with which a browser comes back from the provider."""
    jar: dict[str, str] = {}
    host, path, status, cookies = f"127.0.0.1:{server.port}", "/account/", 0, ""
    connection = http.client.HTTPConnection(host)
    connection.request("GET", path)
    shown = connection.getresponse().read().decode()
    (path,) = re.findall(r'href="(/auth/login[^"]+)"', shown)
    for _ in range(3):
        connection = http.client.HTTPConnection(host)
        sent = "; ".join(f"{name}={value}" for name, value in jar.items())
        connection.request("GET", path, headers={"Cookie": sent})
        answer = connection.getresponse()
        status = answer.status
        cookies = "\n".join(answer.headers.get_all("set-cookie") or [])
        for each in answer.headers.get_all("set-cookie") or []:
            name, _, value = each.partition(";")[0].partition("=")
            if host.endswith(str(server.port)):
                jar[name] = value
        where = answer.headers.get("location") or ""
        if "/oauth2callback" in path:
            return status, where, cookies
        _, _, rest = where.partition("//")
        host, slash, path = rest.partition("/")
        path = slash + path
    raise AssertionError(path)


def test_a_token_that_is_not_for_us_lets_nobody_in(tmp_path: Path) -> None:
    with lying_provider() as (issuer, lie):
        settings = {"WAYMARK_SIGN_IN": "oidc", "WAYMARK_ADMITS": "everybody"}
        server = served(tmp_path, settings, issuer)
        try:
            for words, claims in LIES.items():
                lie.claims = dict(claims)
                status, where, cookies = came_back(server)
                assert (status, where) == (302, "/account/?told=failed"), words
                assert "waymark=" not in cookies, words
            lie.claims, lie.key = {}, OTHER_KEY
            assert came_back(server)[1] == "/account/?told=failed"
            lie.key = KEY
            status, where, cookies = came_back(server)
            assert (status, where) == (302, "/")
            assert "waymark=" in cookies
        finally:
            server.kill()


def test_by_an_invitation_on_a_telephone(browser: Browser, tmp_path: Path) -> None:
    server = served(tmp_path, {"WAYMARK_SIGN_IN": "invitation"})
    store = Store.open(server.database, private=True)
    token = invitations.invite_to_server(store, None, Draft(for_whom="Amira"))
    store.close()
    context = browser.new_context(viewport={"width": 400, "height": 800})
    try:
        page = context.new_page()
        page.goto(f"{server.url}/{invitations.path_of(token)}")
        page.get_by_role("button", name="Go on to sign in").click()
        page.get_by_label("E-mail address").fill("amira@york.example")
        page.get_by_label("Your name").fill("Amira")
        page.get_by_label("A password").fill("short")
        page.get_by_role("button", name="Make the account").click()
        expect(page.get_by_role("alert")).to_contain_text("12 to 200 letters")
        page.get_by_label("A password").fill("four small green words")
        page.get_by_role("button", name="Make the account").click()
        expect(page.get_by_role("heading", name="Reviews")).to_be_visible()
        page.goto(f"{server.url}/account/")
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
    finally:
        context.close()
        server.kill()


def test_by_a_proxy_that_names_somebody(browser: Browser, tmp_path: Path) -> None:
    settings = {
        "WAYMARK_SIGN_IN": "proxy",
        "WAYMARK_PROXY_HEADER": "Remote-User",
        "WAYMARK_PROXY_NAME_HEADER": "Remote-Name",
        "WAYMARK_ADMITS": "everybody",
    }
    server = served(tmp_path, settings)
    headers = {"Remote-User": "amira", "Remote-Name": "Amira"}
    context = browser.new_context(extra_http_headers=headers)
    try:
        page = context.new_page()
        page.goto(server.url)
        expect(page.get_by_text("Amira", exact=True)).to_be_visible()
        bare = browser.new_context()
        bare.add_cookies([{**each} for each in context.cookies()])  # type: ignore[typeddict-item]
        stranger = bare.new_page()
        stranger.goto(server.url)
        expect(stranger.get_by_text("Waymark is behind a sign-in")).to_be_visible()
        bare.close()
    finally:
        context.close()
        server.kill()
