"""Somebody answers on a telephone, without an account, comes back, sends; the team takes it in."""

import re

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from evidence.settings import ROOT
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import service_forms, services, survey_links
from scripts.serving import Server, still
from tests.browser.conftest import visit

pytestmark = [pytest.mark.browser, pytest.mark.journey]
NARROW = 400


def test_a_service_answers_on_a_telephone_and_is_taken_in(
    page: Page, browser: Browser, server: Server, desk: Desk
) -> None:
    path = ROOT / "coding_schemes" / "vocational-services.yaml"
    scheme_id = schemes.add(desk, path.read_text(encoding="utf-8"), path.name)
    survey_links.invite(desk, scheme_id, "What does your service do?", "We ask you.")
    token = survey_links.listing(desk)[0].token
    narrow = ViewportSize(width=NARROW, height=800)
    context = browser.new_context(viewport=narrow, java_script_enabled=False)
    phone = context.new_page()
    phone.goto(f"{server.url}/public/survey/{token}/")
    phone.get_by_role("button", name="I agree").click()
    phone.get_by_label("What is the name of your service").fill("Riverside <b>café</b>")
    phone.get_by_label("Supported work").check()
    phone.get_by_role("button", name="Save and go on").click()
    phone.wait_for_url("**/2")
    phone.get_by_label("How many places").fill("twelve")
    phone.get_by_role("button", name="Save and go on").click()
    expect(phone.get_by_text("is not a number")).to_be_visible()
    back = phone.url
    context.close()  # the telephone is put away, and the address opened again
    again = browser.new_context(viewport=narrow).new_page()
    again.goto(re.sub(r"\d+$", "1", back))
    expect(again.get_by_label("What is the name of your service")).to_have_value(
        "Riverside <b>café</b>"
    )
    again.get_by_role("button", name="Save and go on").click()
    again.get_by_label("How many places").fill("12")
    while not again.url.endswith("check"):
        before = again.url
        again.get_by_role("button", name=re.compile("^Save and")).click()
        expect(again).not_to_have_url(before)
        assert again.evaluate("document.documentElement.scrollWidth") == NARROW
    again.get_by_role("button", name="Send my answers").click()
    expect(again.get_by_text("Your answers were sent.")).to_be_visible()
    again.context.close()
    visit(page, server, desk, "survey")
    page.get_by_role("tab", name="By a link").click()
    expect(page.get_by_text("Others cannot open this address")).to_be_visible()
    page.get_by_text("Riverside <b>café</b>").first.click()
    still(page)
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_text("0 forms waiting, 1 taken in")).to_be_visible()
    (form,) = service_forms.listing(desk).values()
    assert form.answer("service-places").value == "12"
    assert services.listing(desk)[form.service].name == "Riverside <b>café</b>"
