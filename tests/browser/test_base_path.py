"""Under a path of its own (/wm), every link, request and cookie of ours stays under that path."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from evidence.screening.verdicts import Stage, Verdict
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.records.importing import imports, uploads
from evidence.steps.screening import decisions, full_texts
from evidence.store.records.sources import SourceDraft
from evidence.store.screening.decisions import NewDecision
from evidence.ui.shell.menu import PAGES
from scripts.serving import Server, free_port, name_oneself, still
from tests.browser.conftest import begin, new_review
from tests.steps.conftest import taken
from tests.steps.prepared import example_database

pytestmark = pytest.mark.journey
PDF = b"%PDF-1.4 invented"


@pytest.fixture(scope="module")
def under_a_path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(folder=tmp_path_factory.mktemp("based"), port=free_port(), base_path="wm")
    (server.folder / "waymark.db").write_bytes(example_database())
    server.start()
    yield server
    server.kill()


def stays(url: str, server: Server) -> bool:
    """Whether an address of our server is under its path; those of others do not matter."""
    parts = urlsplit(url)
    return parts.port != server.port or parts.path == "/wm" or parts.path.startswith("/wm/")


def test_everything_stays_under_the_path(under_a_path: Server, browser: Browser) -> None:
    server = under_a_path
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda websocket: asked.append(websocket.url))
    name_oneself(page, server.url, "Eva")
    page.reload()
    page.get_by_role("heading", name="Reviews").wait_for()
    (cookie,) = [one for one in context.cookies() if one.get("name") == "waymark"]
    assert cookie.get("path") == "/wm"
    with new_review(server) as desk:
        number = with_full_text(desk)
        for address in ("team", "duplicates", "conflicts", "studies", "counts"):  # they link on
            page.goto(f"{server.url}/{address}?review={desk.review_id}")
            still(page)
            assert [url for url in links(page) if not stays(url, server)] == [], address
        assert len(links(page)) > sum(map(len, PAGES.values())) - 1
        for address in ("full-texts", "full-texts/", "screening?stage=full-text"):
            page.goto(
                f"{server.url}/{address}{'&' if '?' in address else '?'}review={desk.review_id}"
            )
            still(page)
            if address.startswith("screening"):
                page.get_by_text("Full text", exact=True).first.click()
                begin(page)
            opens(page, server, number)
        page.goto(f"{server.url}/import?review={desk.review_id}")
        file = FilePayload(
            name="b.ris", mimeType="text/plain", buffer=b"TY  - JOUR\nTI  - B\nER  - \n"
        )
        page.locator("input[type=file]").set_input_files(file)
        expect(page.get_by_text("1 record can be kept")).to_be_visible()
    page.goto(f"{server.url}/map?review=1")
    page.get_by_role("button", name="Take part in this review").click()
    expect(page.locator(".map-viewer")).to_be_visible()
    assert f"{server.url}/map-document/1" in asked
    page.goto(f"{server.url}/map/?review=1")
    expect(page.locator(".map-viewer")).to_be_visible()
    assert [url for url in asked if not stays(url, server)] == []
    context.close()


def with_full_text(desk: Desk) -> int:
    """A work that was included, with a PDF; gives the PDF's number."""
    text = b"TY  - JOUR\nTI  - Gardens and paid work\nER  - \n"
    look = uploads.add(desk, "a.ris", text, Settings(), wait=True)
    imports.import_files(desk, [imports.Choice(look, SourceDraft(name="A"))])
    (work,) = taken(desk, Stage.TITLE_ABSTRACT).waiting
    include = NewDecision(
        work_id=work.id, stage=Stage.TITLE_ABSTRACT, verdict=Verdict.INCLUDE, client_id="1"
    )
    decisions.decide(desk, [include])
    full_texts.add(desk, work.id, "Garden.pdf", PDF)
    (sought,) = full_texts.page(desk, None, 0, 1)
    return sought.documents[0].id


def links(page: Page) -> list[str]:
    """Where the links of a page lead, those of the deck included."""
    urls = page.locator("a[href]").evaluate_all("links => links.map(link => link.href)")
    return [str(url) for url in urls]


def opens(page: Page, server: Server, number: int) -> None:
    """See that the PDF opens from its link, and from nowhere else."""
    link = page.get_by_role("link", name="Garden.pdf")
    expect(link).to_be_visible()
    url = link.evaluate("link => link.href")
    assert url == f"{server.url}/full-text/{number}"
    assert page.request.get(url).body() == PDF
    outside = f"http://127.0.0.1:{server.port}/full-text/{number}"
    assert page.request.get(outside).status == 404
