"""What only a browser shows of the frame: deep links, headers, scripts in titles."""

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
from scripts.serving import Server, name_oneself
from tests.browser.conftest import Go, begin, colleague, visit
from tests.steps.conftest import taken

pytestmark = [pytest.mark.browser, pytest.mark.journey]
ADDRESSES = [address for rows in PAGES.values() for *_, address in rows]


@pytest.fixture
def cold(server: Server) -> Server:
    """The server just after its start, before anybody opened the front page."""
    server.kill()
    server.start()
    return server


def test_a_cold_deep_link_does_not_run_without_the_frame(cold: Server, browser: Browser) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{cold.url}/importing")  # the name of the file, which plain Streamlit would run
    expect(page.get_by_label("Your name")).to_be_visible()
    expect(page.get_by_label("Citation files")).to_have_count(0)
    page.goto(f"{cold.url}/import")
    expect(page.get_by_label("Your name")).to_be_visible()
    page.context.close()


def test_every_page_carries_the_security_headers(server: Server, browser: Browser) -> None:
    page = browser.new_context().new_page()
    for address in ("", *ADDRESSES):
        answer = page.goto(f"{server.url}/{address}")
        assert answer is not None
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "SAMEORIGIN"
        assert answer.headers["referrer-policy"] == "same-origin"
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe-eval" not in policy
    page.context.close()


def test_nothing_is_asked_of_another_host(page: Page, server: Server, desk: Desk) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in ("import", "screening", "coding"):
        visit(page, server, desk, address)
    hosts = {url.split("/")[2] for url in asked if "://" in url}
    assert hosts == {server.url.removeprefix("http://")}


def test_the_browser_is_remembered(browser: Browser, server: Server) -> None:
    page = browser.new_context().new_page()
    name_oneself(page, server.url, "Ida")
    page.reload()
    page.get_by_role("heading", name="Reviews").wait_for()
    expect(page.get_by_test_id("stSidebar")).to_contain_text("Ida")
    cookie = next(c for c in page.context.cookies() if c.get("name") == "waymark")
    assert cookie.get("httpOnly") is True
    page.context.close()


def test_text_from_outside_never_runs(page: Page, go: Go, server: Server, desk: Desk) -> None:
    hostile = (
        "TY  - JOUR\n"
        "TI  - <script>window.hacked=1</script><img src=x onerror=window.hacked=1>"
        "[x](javascript:window.hacked=1)\n"
        "AU  - <b>Bold</b>, A\nAB  - <svg onload=window.hacked=1> =HYPERLINK(1)\n"
        "UR  - javascript:window.hacked=1\nKW  - <iframe src=javascript:window.hacked=1>\nER  - \n"
    )
    visit(page, server, desk, "import")
    name = "<img src=x onerror=window.hacked=1>.ris"
    file = FilePayload(name=name, mimeType="text/plain", buffer=(hostile * 2).encode())
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("2 records can be kept")).to_be_visible()
    page.get_by_role("button", name="Import 2 records").click()
    expect(page.get_by_text("2 records kept.")).to_be_visible()
    for title in ("Records", "Duplicates", "Screening", "Studies"):
        go(title)
        page.wait_for_timeout(300)
        assert page.evaluate("window.hacked") is None, title
    go("Screening")
    begin(page)
    expect(page.locator("#links a")).to_have_count(0)
    assert page.locator("#card script, #card img, #card iframe").count() == 0


def imported(desk: Desk) -> None:
    """Put one record into the review."""
    text = b"TY  - JOUR\nTI  - Gardens and paid work\nER  - \n"
    look = uploads.add(desk, "a.ris", text, Settings(), wait=True)
    imports.import_files(desk, [imports.Choice(look, SourceDraft(name="A"))])


def included(desk: Desk) -> int:
    """Include the first work by title and abstract; gives its id."""
    stage = Stage.TITLE_ABSTRACT
    (work,) = taken(desk, stage).waiting
    include = NewDecision(work_id=work.id, stage=stage, verdict=Verdict.INCLUDE, client_id="1")
    decisions.decide(desk, [include])
    return work.id


def test_a_full_text_is_shown_to_people_only(page: Page, server: Server, desk: Desk) -> None:
    imported(desk)
    work_id = included(desk)
    full_texts.add(desk, work_id, "Gärten.pdf", b"%PDF-1.4 invented")
    (sought,) = full_texts.page(desk, None, 0, 1)
    number = sought.documents[0].id
    address = f"{server.url}/full-text/{number}"
    shown = page.request.get(address)
    assert (shown.status, shown.body()) == (200, b"%PDF-1.4 invented")
    assert shown.headers["content-type"] == "application/pdf"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert "filename*=UTF-8''G%C3%A4rten.pdf" in shown.headers["content-disposition"]
    assert page.request.get(f"{server.url}/full-text/{number + 99}").status == 404
    page.context.clear_cookies()
    assert page.request.get(address).status == 403
    upload = f"{server.url}/_stcore/upload_file/session/file"
    refused = page.request.put(upload, data=b"TY  - JOUR")
    assert (refused.status, "say who you are" in refused.text()) == (403, True)


def test_links_carry_the_stage_and_pages_keep_it(
    page: Page, go: Go, desk: Desk, server: Server
) -> None:
    imported(desk)
    visit(page, server, desk, "screening")
    page.get_by_role("radio", name="Full text").click()
    go("When to stop")
    page.get_by_role("link", name="Go to screening").click()
    page.get_by_role("heading", name="Screening", level=1).wait_for()
    expect(page.get_by_role("radio", name="Title and abstract")).to_be_checked()

    included(colleague(desk, "Eva"))  # whom the page gave the work
    go("Full texts")
    page.get_by_role("link", name="Next: screen at full text").click()
    page.get_by_role("heading", name="Screening", level=1).wait_for()
    expect(page.get_by_role("radio", name="Full text")).to_be_checked()
    page.reload()
    expect(page.get_by_role("radio", name="Full text")).to_be_checked()
    go("Records")
    go("Conflicts")
    expect(page.get_by_role("radio", name="Full text")).to_be_checked()
