"""Versions of the map: frozen, compared with and looked at, as an editor does it in the app."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from evidence.coding.answers import Answer
from evidence.steps.coding import coding, schemes, studies
from evidence.steps.desk import Desk
from evidence.steps.results import map_versions
from scripts.serving import Server
from tests.browser.conftest import new_review, visit
from tests.steps.coding.test_coding import SCHEME, finding
from tests.steps.results.test_map_document import included_works

pytestmark = pytest.mark.browser
LABELS = ("Arbor 1999", "Birch 2004", "Cedar 2011 <b>")


@pytest.fixture
def desk(server: Server) -> Iterator[Desk]:
    """A review of three studies, of which the last is not coded yet."""
    with new_review(server) as made:
        schemes.add(made, SCHEME, "small.yaml")
        works = included_works(made, *LABELS)
        for label, work in zip(LABELS, works, strict=True):
            study = studies.create(made, [work], label)
            if label != LABELS[-1]:
                code(made, study)
        yield made


def code(desk: Desk, study: int) -> None:
    coding.set_answer(desk, study, Answer(question="stream", codes=("outcome",)))
    coding.put_finding(desk, study, finding(intervention="ips"))
    coding.complete(desk, study)


def cells(page: Page) -> list[str]:
    return [text for text in page.locator(".map-cell").all_inner_texts() if text.strip()]


def test_what_changed_since_a_version_is_told_and_the_version_stays(
    page: Page, server: Server, desk: Desk
) -> None:
    visit(page, server, desk, "map")
    expect(page.locator(".map-viewer")).to_be_visible()
    before = cells(page)
    page.get_by_text("Versions", exact=True).click()
    expect(page.get_by_text("Next update: not planned")).to_be_visible()
    page.get_by_role("textbox", name="What the next version is for").fill("As submitted")
    page.get_by_role("button", name="Freeze this map as version 1").click()
    expect(page.get_by_text("Version 1 is frozen.")).to_be_visible()
    expect(page.get_by_text("Version 1, frozen by Eva on")).to_be_visible()
    (first, _, last) = (study.id for study in studies.listing(desk))
    coding.reopen(desk, first)
    coding.put_finding(desk, first, finding(intervention="clubhouse"))
    coding.complete(desk, first)
    code(desk, last)

    page.get_by_role("button", name="Changes since version 1").click()
    line = page.locator(".map-changes-line")
    expect(line).to_contain_text("Since version 1")
    expect(line.get_by_role("button", name="1 added")).to_be_visible()
    line.get_by_role("button", name="1 recoded").click()
    expect(page.locator(".map-passing")).to_have_text("1 of 3 studies passes the filters.")
    assert "since=1#" in page.url
    assert "&since=1~recoded" in page.url
    line.get_by_role("button", name="What changed").click()
    listed = page.locator(".map-changes")
    expect(listed.get_by_role("heading", name="Recoded (1)")).to_be_visible()
    expect(listed.locator(".map-change-lines")).to_contain_text("Finding")
    expect(listed.get_by_text("Clubhouse → Hope", exact=False)).to_be_visible()
    listed.get_by_text(LABELS[-1], exact=True).click()
    expect(listed.locator(".map-card")).to_contain_text("Outcome study")
    page.reload()  # as a colleague opens the copied link
    expect(page.locator(".map-passing")).to_have_text("1 of 3 studies passes the filters.")
    page.get_by_role("button", name="Take off: Recoded since version 1").click()
    assert cells(page) != before

    page.get_by_text("Versions", exact=True).click()
    page.get_by_role("button", name="Open version 1").click()
    expect(page.get_by_text("It stays as it was on that day.")).to_be_visible()
    expect(page.locator(".map-changes-line")).to_contain_text("As submitted")
    assert cells(page) == before
    page.locator(".map-cell", has_text="2").first.click()
    panel = page.locator(".map-panel")
    expect(panel).to_contain_text(LABELS[0])
    expect(panel.get_by_role("button", name="Mark as not applicable")).to_have_count(0)
    page.get_by_role("button", name="Today's map").click()
    expect(page.get_by_text("Rests on 3 of 3 studies")).to_be_visible()
    assert map_versions.listing(desk)[0].note == "As submitted"
