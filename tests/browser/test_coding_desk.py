"""The coding desk in the browser: everything by id, nothing lost, nothing written by showing it.

No server runs here (desk_page.py); what needs one is in test_coding.py.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Dialog, Locator, Page, expect

from tests.browser.desk_page import KEYS, kept, open_desk

pytestmark = pytest.mark.browser
ABSTRACT = "Of 143 people 74 were in the first group. No differences were seen in self-esteem."
TITLE = "<img src=x onerror=alert(1)> & a trial"


def option(option_id: str, label: str, *below: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": option_id, "label": label, "help": "", "link": "", "selectable": True,
            "role": "", "options": list(below)} | more  # fmt: skip


def question(question_id: str, text: str, kind: str, *options: Any, **more: Any) -> dict[str, Any]:
    if kind == "yes/no":
        options = (option("yes", "Yes"), option("no", "No"))
    return {"id": question_id, "text": text, "short": "", "help": "", "kind": kind, "unit": "",
            "required": False, "of": "study", "axis": None, "per_arm": False, "minimum": None,
            "maximum": None, "when": None, "options": list(options)} | more  # fmt: skip


COUNTRIES = ("Chile", "United Kingdom", "Peru", "United States", "Cuba", "Italy", "Spain",
             "France", "Norway", "Sweden", "Japan", "India", "China")  # fmt: skip
SERVICES = (
    option("employment", "Employment",
           option("supported", "Supported employment", option("ips", "Individual placement")),
           option("firm", "Social firm")),
    option("other", "Other"),
)  # fmt: skip
SCHEME = {
    "version_id": 9, "scheme_id": 5, "name": "made", "title": "Made", "version": "1",
    "purpose": "coding", "judges": "study",
    "sections": [
        {"title": "Kind", "help": "", "questions": [
            question("service", "What kind of service?", "tree", *SERVICES, required=True,
                     axis="intervention", help="Tick the most exact kind."),
            question("compared", "Compared with?", "one of", option("usual", "Usual services"),
                     option("other", "Other")),
            question("country", "In which country?", "one of",
                     *(option(f"c{n}", name) for n, name in enumerate(COUNTRIES))),
        ]},
        {"title": "People", "help": "", "questions": [
            question("people", "How many took part?", "number", unit="people", minimum=0),
            question("told", "Were they told?", "yes/no", required=True,
                     when={"question": "service", "any_of": ["employment"]}),
            question("words", "In the report’s words", "text"),
            question("outcome", "Outcome", "one of", option("work", "Gaining work"),
                     option("esteem", "Self-esteem"), of="finding", axis="outcome"),
            question("job", "What kind of job?", "text", of="finding",
                     when={"question": "outcome", "any_of": ["work"]}),
        ]},
    ],
}  # fmt: skip


def sheet(study: int, label: str, documents: Any = (), **more: Any) -> dict[str, Any]:
    report = {"work_id": 3, "title": TITLE, "authors": "Example, A.", "year": 2001, "journal": "J",
              "abstract": ABSTRACT, "documents": list(documents)}  # fmt: skip
    return {"study": {"id": study, "label": label, "reports": [report]},
            "schemes": [{"id": 5, "title": "Made", "version_id": 9}], "scheme_id": 5,
            "version_id": 9, "state": "draft", "others": [], "arms": [], "time_points": [],
            "answers": [], "findings": [], "quotations": []} | more  # fmt: skip


def finding(uid: str, position: int, **fields: str) -> dict[str, Any]:
    return {"uid": uid, "position": position, "fields": fields}


TWO = [
    finding("findingA", 1, outcome="work", measure="any open job"),
    finding("findingB", 2, outcome="esteem", measure="10-item scale"),
]

Open = Callable[..., Page]


def answer(dialog: Dialog, faults: list[str]) -> None:
    """A page may be left while something waits; every other dialog is a text that was run."""
    if dialog.type != "beforeunload":
        faults.append(dialog.message)
    dialog.accept()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """A desk with two studies, of which the first has what is said."""
    contexts = []

    def open_one(
        *,
        width: int = 1280,
        dark: bool = False,
        told: Any = None,
        files: Any = None,
        scheme: Any = SCHEME,
        **first: Any,
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800})
        contexts.append(context)
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: answer(dialog, faults))
        sheets = {1: sheet(1, "Example 2001", **first), 2: sheet(2, "Other 2003")}
        open_desk(page, scheme, sheets, dark=dark, files=files, **(told or {}))
        expect(page.locator(".about-study")).to_contain_text("Example 2001")
        page.faults = faults  # type: ignore[attr-defined]
        return page

    yield open_one
    for context in contexts:
        for page in context.pages:
            assert page.faults == []  # type: ignore[attr-defined]
        context.close()


def asked(page: Page, name: str) -> Locator:
    return page.locator(f".question[data-question={name}]")


def answers(page: Page) -> list[list[Any]]:
    return kept(page, "question", "code", "field", "before", "after")


def test_the_same_option_under_two_questions_is_stored_where_it_was_chosen(opened: Open) -> None:
    page = opened()
    asked(page, "compared").get_by_label("Other").check()
    asked(page, "service").get_by_role("treeitem", name="Other").click()
    assert answers(page) == [
        ["compared", "", "choice", "", "other"],
        ["service", "other", "chosen", False, True],
    ]
    page.keyboard.press("Space")
    assert answers(page)[2:] == [["service", "other", "chosen", True, False]]


def test_united_and_enter_choose_one(opened: Open) -> None:
    page = opened(findings=TWO)
    page.keyboard.press("F2")
    page.keyboard.type("united")
    expect(page.get_by_text("2 codes")).to_be_visible()
    page.keyboard.press("Enter")
    assert answers(page) == [["country", "", "choice", "", "c1"]]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert answers(page)[1:] == [["country", "", "choice", "c1", "c3"]]
    page.keyboard.press("Escape")
    expect(asked(page, "compared")).to_be_visible()
    page.get_by_role("combobox", name="Outcome").fill("ing")
    page.keyboard.press("Enter")
    assert kept(page, "uid", "field", "after")[2:] == [["findingB", "outcome", "work"]]
    page.get_by_role("combobox", name="Intervention", exact=True).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")  # the first
    assert kept(page, "field", "after")[3:] == [["intervention", "employment"]]


def test_all_below_are_ticked_from_the_search(opened: Open) -> None:
    page = opened()
    page.keyboard.press("F2")
    page.keyboard.type("employment")
    page.keyboard.press("Shift+Enter")
    ticked = [["service", code, "chosen", False, True] for code in ("supported", "ips", "firm")]
    assert answers(page) == ticked


def test_a_code_that_was_found_is_what_is_quoted_for(opened: Open) -> None:
    """The line at the foot of the text named the code before it, and the quotation went there."""
    page = opened()
    page.keyboard.press("F2")
    page.keyboard.type("individual")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Q quotes for: Individual placement")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("F6")
    page.keyboard.press("F6")
    expect(page.locator("#desk-reading")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("q")
    (quoted,) = [row for row in kept(page, "kind", "on") if row[0] == "quotation"]
    assert (quoted[1]["question"], quoted[1]["code"]) == ("service", "ips")


def test_numbers_tick_nothing_while_one_is_among_findings_or_at_the_top(opened: Open) -> None:
    page = opened()
    for place in (".top button", "[data-pane=findings]"):
        page.locator(place).first.focus()
        page.keyboard.press("2")
    assert answers(page) == []


def test_a_digit_begins_the_number_anew_and_the_second_of_12_ticks_nothing(opened: Open) -> None:
    row = {"question": "people", "code": "", "arm": "", "chosen": False, "value": "11", "note": ""}
    page = opened(answers=[row])
    asked(page, "people").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Usual services").focus()
    page.keyboard.type("12")
    expect(page.locator(".said")).to_contain_text("it ticked nothing")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(asked(page, "people").locator("input")).to_have_value("11")
    assert [row[-1] for row in answers(page)] == ["12", "usual", "", "11"]


def test_keys_work_from_the_start_an_empty_text_is_left_and_what_was_done_is_undone(
    opened: Open,
) -> None:
    page = opened()
    press = page.keyboard.press
    expect(asked(page, "service")).to_be_focused()
    asked(page, "words").get_by_role("textbox").first.focus()
    press("Enter")  # nothing is written here
    expect(page.get_by_role("treeitem", name="Employment", exact=True)).to_be_focused()
    asked(page, "people").get_by_role("textbox").first.focus()
    press("Escape")
    press("Enter")  # on, and not into the field again
    expect(asked(page, "people")).not_to_have_class("question current")
    asked(page, "people").focus()
    page.keyboard.type("14")  # a number that is typed at a number is its answer
    press("Enter")
    page.locator("#desk-reading").focus()
    asked(page, "compared").evaluate("one => one.scrollIntoView()")
    page.get_by_role("radio", name="Usual services").focus()
    page.locator("#desk-reading").focus()
    press("2")
    expect(page.locator(".toast")).to_contain_text("Chose “Other”.")
    page.get_by_role("button", name="Undo: chose “Other”").click()
    expect(asked(page, "compared")).to_be_focused()
    expect(asked(page, "compared").get_by_label("Other")).not_to_be_checked()
    press("Control+z")
    expect(asked(page, "people").get_by_role("textbox").first).to_have_value("")
    press("Control+Shift+z")
    expect(asked(page, "people").get_by_role("textbox").first).to_have_value("14")
    page.get_by_role("button", name="Findings", exact=True).click()
    expect(asked(page, "people")).to_be_focused()
    after = [row[-1] for row in answers(page)]
    assert after == ["14", "other", "", "", "14"]


def test_the_next_study_has_the_focus_at_its_first_open_question(opened: Open) -> None:
    page = opened(findings=TWO)
    page.get_by_role("gridcell", name="any open job").click()
    page.keyboard.press("]")
    expect(page.locator(".about-study")).to_contain_text("Other 2003")
    expect(asked(page, "service")).to_be_focused()
    page.keyboard.press("1")
    assert [row[:2] for row in answers(page)] == [["service", "supported"]]


def test_enter_goes_on_out_of_a_text_and_back_with_shift(opened: Open) -> None:
    page = opened()
    press = page.keyboard.press
    words = asked(page, "words").locator("textarea").first
    words.focus()
    page.keyboard.type("one line")
    press("Shift+Enter")
    page.keyboard.type("another")
    press("Shift+Enter")
    expect(words).to_have_value("one line\nanother\n")
    press("Enter")
    expect(words).to_have_value("one line\nanother")
    expect(words).not_to_be_focused()
    asked(page, "people").locator("input").focus()
    press("Shift+Enter")
    expect(asked(page, "country")).to_have_class("question current")
    press("Shift+Enter")
    press("Shift+Enter")
    expect(asked(page, "service")).to_have_class("question current")
    press("Shift+Enter")
    expect(page.locator(".said")).to_have_text("This is the first question.")
    assert [row[-1] for row in answers(page)] == ["one line\nanother"]


def test_one_finding_after_another_shows_and_stores_its_own(opened: Open) -> None:
    page = opened(findings=TWO)
    page.get_by_role("gridcell", name="any open job").click()
    measure = page.locator(".details").get_by_label("Measure")
    expect(measure).to_have_value("any open job")
    measure.fill("any paid job")
    page.get_by_role("gridcell", name="10-item scale").click()
    expect(measure).to_have_value("10-item scale")
    page.get_by_role("gridcell", name="any paid job").click()
    expect(measure).to_have_value("any paid job")
    fields = ("uid", "field", "before", "after")
    assert kept(page, *fields) == [["findingA", "measure", "any open job", "any paid job"]]


def test_what_findings_are_asked_follows_from_the_finding(opened: Open) -> None:
    page = opened(findings=TWO)
    page.get_by_role("gridcell", name="10-item scale").click()
    expect(page.get_by_label("What kind of job?")).to_have_count(0)
    page.get_by_role("gridcell", name="any open job").click()
    page.get_by_label("What kind of job?", exact=True).fill("cleaning")
    page.get_by_label("What kind of job?", exact=True).press("Tab")
    note = page.get_by_role("textbox", name="Note: What kind of job?")
    expect(note).to_be_hidden()
    page.get_by_role("button", name="Note: What kind of job?").press("Enter")
    note.fill("one site")
    note.press("Tab")
    page.get_by_label("Numbers", exact=True).select_option("means")
    page.get_by_text("More", exact=True).click()
    page.get_by_label("Randomised, group 1").fill("80")
    page.get_by_label("Randomised, group 1").press("Tab")
    assert kept(page, "uid", "field", "after") == [
        ["findingA", "answer.job", "cleaning"], ["findingA", "answer_note.job", "one site"],
        ["findingA", "numbers_kind", "means"], ["findingA", "numbers.randomised1", "80"],
    ]  # fmt: skip


def test_what_follows_from_numbers_is_shown_and_a_fault_keeps_from_completing(
    opened: Open,
) -> None:
    fault = {"field": "direction", "sentence": "The numbers say “better”."}
    said = {"effect": "SMD 0.20", "notices": ["Look at the SD."], "faults": [fault]}
    whole = {"intervention": "ips", "outcome": "esteem", "direction": "worse"}
    chosen = {"question": "service", "code": "other", "arm": "", "chosen": True, "value": "",
              "note": ""}  # fmt: skip
    page = opened(
        told={"computed": {"findingA": said}},
        findings=[finding("findingA", 1, **whole)],
        answers=[chosen],
    )
    expect(page.get_by_text("Effect (computed): SMD 0.20")).to_be_visible()
    expect(page.locator(".details .notices")).to_have_text("Look at the SD.")
    page.keyboard.press("c")
    expect(page.get_by_role("combobox", name="Direction")).to_be_focused()
    at_field = page.locator(".labelled", has_text="Direction (for people)")
    expect(at_field.locator(".fault")).to_have_text("The numbers say “better”.")
    assert kept(page, "kind") == []


def test_complete_says_that_there_are_notices_and_leads_there(opened: Open) -> None:
    chosen = {"question": "service", "code": "other", "arm": "", "chosen": True, "value": "",
              "note": ""}  # fmt: skip
    whole = {"intervention": "ips", "outcome": "esteem", "direction": "worse"}
    said = {"effect": "", "notices": ["Look at the SD."], "faults": []}
    page = opened(
        told={"computed": {"findingA": said}, "hints": ["Nobody was told."]},
        findings=[finding("findingA", 1, **whole)],
        answers=[chosen],
    )
    page.keyboard.press("c")
    expect(page.locator(".toast")).to_contain_text("Complete, with 2 notices to look at.")
    page.get_by_role("button", name="Go there").click()
    notices = page.get_by_role("list", name="Notices")
    expect(notices).to_be_focused()
    expect(notices).to_contain_text("Nobody was told.")
    notices.get_by_role("button", name="Self-esteem").click()
    expect(page.locator(".details .notices")).to_have_text("Look at the SD.")


def test_a_cell_is_edited_in_place(opened: Open) -> None:
    page = opened(findings=TWO)
    page.get_by_role("gridcell", name="10-item scale").click()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("20-item scale")
    page.keyboard.press("Enter")
    expect(page.get_by_role("gridcell", name="20-item scale")).to_be_focused()
    page.keyboard.press("Delete")
    expect(page.get_by_role("row")).to_have_count(2)
    page.keyboard.press("Enter")  # on Undo, which has the focus
    expect(page.get_by_role("gridcell", name="20-item scale")).to_be_visible()
    fields = [row[1:] for row in kept(page, "uid", "field", "before", "after")]
    assert fields == [
        ["measure", "10-item scale", "20-item scale"],
        ["removed", "", "yes"],
        ["removed", "yes", ""],
    ]


def test_showing_things_writes_nothing(opened: Open) -> None:
    page = opened(findings=TWO, arms=[{"uid": "armarm01", "label": "IPS", "people": ""}])
    for key in ("s", "Shift+s", "Enter", "F6", "F6", "F6", "h", "n", "Escape", "]"):
        page.keyboard.press(key)
    expect(page.locator(".about-study")).to_contain_text("Other 2003")
    page.keyboard.press("[")
    expect(page.locator(".about-study")).to_contain_text("Example 2001")
    page.evaluate("rerun()")
    triggers = page.evaluate("server.triggers")
    assert [name for name, _ in triggers] == ["go", "go"], triggers


def test_typed_text_outlives_whatever_comes_between(opened: Open) -> None:
    page = opened()
    words = asked(page, "words").get_by_role("textbox").first
    page.evaluate("server.online = false")
    words.press_sequentially("first", delay=5)
    page.evaluate("rerun()")  # another rerun meets a field with the focus
    words.press_sequentially(" second", delay=5)
    page.locator(".top").get_by_role("button", name="Complete").click()  # refused: two are open
    expect(words).to_have_value("first second")
    words.press_sequentially("!", delay=5)
    page.evaluate("server.online = true")
    page.get_by_role("button", name="Next study").click()
    expect(page.locator(".about-study")).to_contain_text("Other 2003")
    expect(words).to_have_value("")
    page.get_by_role("button", name="Previous study").click()
    expect(words).to_have_value("first second!")
    sent = kept(page, "study_id", "after")
    assert sent[-1] == [1, "first second!"]
    assert {study for study, _ in sent} == {1}


def test_what_was_typed_and_not_sent_is_there_after_a_reload(opened: Open) -> None:
    page = opened()
    page.evaluate("server.online = false")
    asked(page, "people").get_by_role("textbox").fill("14x")
    asked(page, "compared").get_by_label("Usual services").check()
    asked(page, "words").get_by_role("textbox").fill("typed until the last moment")
    page.reload()
    expect(asked(page, "words").get_by_role("textbox")).to_have_value("typed until the last moment")
    expect(asked(page, "people").get_by_role("textbox")).to_have_value("14x")
    expect(asked(page, "people").get_by_text("is not a number")).to_be_visible()
    expect(asked(page, "compared").get_by_label("Usual services")).to_be_checked()
    assert sorted(row[0] for row in answers(page)) == ["compared", "people", "words"]


def test_what_the_server_refuses_stays_with_the_reason(opened: Open) -> None:
    page = opened()
    page.evaluate(
        "() => { server.refuses = (item) => item.field === 'value' ? 'Too large.' : ''; }"
    )
    field = asked(page, "people").get_by_role("textbox")
    field.fill("999")
    field.press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("“999”. Too large.")
    expect(field).to_have_value("999")
    page.get_by_role("button", name="Next study").click()
    expect(page.locator(".about-study")).to_contain_text("Other 2003")
    expect(page.get_by_role("alert")).not_to_contain_text("Too large.")
    expect(page.get_by_role("alert")).to_contain_text("One change was not kept in Example 2001.")
    page.get_by_role("button", name="Go there").click()
    expect(page.get_by_role("alert")).to_contain_text("Not kept in Example 2001")
    expect(field).to_have_value("999")
    page.evaluate("() => { server.refuses = () => ''; }")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("alert")).to_be_hidden()
    assert answers(page) == [["people", "", "value", "", "999"]]


@pytest.mark.parametrize("mine", [True, False], ids=["mine", "theirs"])
def test_a_clash_shows_both_and_one_is_chosen(opened: Open, *, mine: bool) -> None:
    page = opened()
    page.evaluate(
        "() => { server.clashes = (item) => item.before === '' ? { now: '150' } : null; }"
    )
    field = asked(page, "people").get_by_role("textbox")
    field.fill("143")
    field.press("Tab")
    both = asked(page, "people").get_by_role("group", name="Two versions")
    expect(both).to_contain_text("Here: 143")
    expect(both).to_contain_text("There: 150")
    both.get_by_role("button", name="Keep mine" if mine else "Take theirs").click()
    expect(both).to_be_hidden()
    expect(field).to_have_value("143" if mine else "150")
    assert answers(page) == ([["people", "", "value", "150", "143"]] if mine else [])


@pytest.mark.journey  # with a server and more in test_coding_journey.py
def test_a_whole_coding_by_keys_alone(opened: Open) -> None:
    page = opened()
    press = page.keyboard.press
    press("2")  # below Employment, which stands open: supported employment, individual placement
    ticked = page.get_by_role("treeitem", name="Individual placement")
    expect(ticked).to_have_attribute("aria-checked", "true")
    expect(ticked).to_be_focused()
    press("n")
    page.keyboard.type("as the authors call it")
    press("Escape")
    press("F6")  # findings
    press("F6")  # text
    expect(page.locator("#desk-reading")).to_be_focused()
    for _ in range(3):
        press("ArrowRight")
    for _ in range(2):
        press("Shift+ArrowRight")
    press("q")
    press("F6")
    press("Enter")
    expect(asked(page, "compared")).to_have_class("question current")
    press("2")
    press("Enter")
    press("Enter")
    page.keyboard.type("143")
    press("Enter")
    press("1")  # told: yes
    press("f")
    page.keyboard.type("indiv")
    press("Enter")
    press("Tab")
    page.keyboard.type("esteem")
    press("Enter")
    press("Escape")
    press("c")
    expect(page.locator(".state")).to_have_text("Complete")
    items = kept(page, "kind", "question", "field", "after")
    assert items[0] == ["answer", "service", "chosen", True]
    assert ["answer", "service", "note", "as the authors call it"] in items
    assert ["answer", "compared", "choice", "other"] in items
    assert ["answer", "people", "value", "143"] in items
    assert ["answer", "told", "choice", "yes"] in items
    assert ["finding", None, "intervention", "ips"] in items
    assert ["finding", None, "outcome", "esteem"] in items
    assert items[-1] == ["state", None, None, "complete"]
    (quoted,) = [row for row in kept(page, "kind", "on", "exact") if row[0] == "quotation"]
    assert quoted[1]["question"] == "service"
    assert quoted[2] in ABSTRACT + TITLE
    press("c")
    expect(page.locator(".state")).to_have_text("")


def test_the_history_of_an_answer_is_shown_with_its_key_and_an_earlier_value_put_back(
    opened: Open,
) -> None:
    change = {"code": "", "arm": "", "field": "value", "is_kept": True, "version": "1", "act": "a",
              "person": "<b>Eva", "at": "2026-11-30T08:00:00+00:00"}  # fmt: skip
    changes = [change | {"before": "140", "after": "143"},
               change | {"before": "143", "after": "<i>9", "is_kept": False}]  # fmt: skip
    row = {"question": "people", "code": "", "arm": "", "chosen": False, "value": "143", "note": ""}
    page = opened(
        answers=[row], files={"/coding-desk/history/1": {"changes": changes, "is_whole": True}}
    )
    asked(page, "people").get_by_label("How many took part?", exact=True).focus()
    page.keyboard.press("Escape")
    page.keyboard.press("y")
    history = page.get_by_role("group", name="History: How many took part?")
    expect(history).to_contain_text("<b>Eva · scheme version 1")
    expect(history.locator("li")).to_have_count(2)
    expect(history).to_contain_text("not kept")
    expect(history).not_to_contain_text("null")
    history.get_by_role("button", name="Put back: 140").click()
    expect(asked(page, "people").locator("input")).to_have_value("140")
    expect(history).to_be_focused()
    assert answers(page) == [["people", "", "value", "143", "140"]]
    history.get_by_role("button", name="Close").press("Enter")
    expect(history).to_be_hidden()


def test_a_copied_answer_carries_its_mark_until_it_is_changed_or_confirmed(opened: Open) -> None:
    row = {"code": "", "arm": "", "chosen": False, "value": "", "note": ""}
    page = opened(
        answers=[row | {"question": "people", "value": "143"},
                 row | {"question": "compared", "code": "usual", "chosen": True}],
        copied={"people": "X <b>2019", "compared": "X <b>2019"},
    )  # fmt: skip
    compared, people = asked(page, "compared"), asked(page, "people")
    said = "Copied from “X <b>2019”, and not looked at since."
    expect(compared).to_have_accessible_description(said)
    expect(people.locator(".copied")).to_be_visible()
    compared.get_by_role("button", name="It holds here").press("Enter")
    expect(compared.locator(".copied")).to_be_hidden()
    expect(compared).to_be_focused()
    expect(compared).to_have_accessible_description("")
    people.locator("input").fill("144")
    people.locator("input").press("Tab")
    expect(people.locator(".copied")).to_be_hidden()
    assert answers(page) == [
        ["compared", "", "choice", "usual", "usual"], ["people", "", "value", "143", "144"],
    ]  # fmt: skip
    page.keyboard.press("Escape")
    expect(page.locator(".undo")).to_contain_text(
        "How many took part?"
    )  # what is confirmed is no step


LEVELS = (option("low", "Low risk"), option("high", "High risk"))
APPRAISAL = SCHEME | {
    "title": "RoB", "judges": "finding",
    "sections": [{"title": "Domains", "help": "", "questions": [
        question("random", "Randomisation", "one of", *LEVELS, required=True, per_arm=True,
                 needs_reason=True),
        question("overall", "Overall risk", "one of", *LEVELS, required=True, per_arm=True,
                 needs_reason=True, rule={"take": "lowest", "of": ["random"]}),
    ]}],
}  # fmt: skip
JUDGED = {"scheme_id": 7, "title": "Small", "findings": [
    {"uid": "findingA", "label": "Hope · 1 year", "removed": False},
    {"uid": "findingB", "label": "Work · 2 years", "removed": False},
]}  # fmt: skip


def test_findings_are_chosen_judged_with_reasons_and_let_go(opened: Open) -> None:
    page = opened(scheme=APPRAISAL, judged=JUDGED)
    names = ["Hope · 1 year", "Work · 2 years"]
    hope, work = (page.get_by_role("checkbox", name=name) for name in names)
    expect(page.get_by_role("grid", name="Findings")).to_be_hidden()
    page.get_by_role("button", name="Complete").click()
    expect(hope).to_be_focused()  # first it must be said which finding is judged
    page.keyboard.press("Space")
    work.check()
    overall = asked(page, "overall")
    expect(overall.get_by_role("heading", level=5)).to_have_text(names)
    of_hope, of_work = overall.locator(".block").first, overall.locator(".block").last
    asked(page, "random").locator(".block").first.get_by_label("High risk").check()
    expect(of_hope.locator(".judgement")).to_contain_text("Randomisation: High risk → High risk")
    expect(of_work.locator(".judgement")).to_contain_text("nothing follows yet")
    of_hope.get_by_role("button", name="Take “High risk”").click()
    of_work.get_by_label("Low risk").check()
    reason = of_hope.get_by_label("Note: Overall risk")
    expect(reason).to_be_visible()  # the reason is asked for at once
    page.get_by_role("button", name="Complete").click()
    expect(page.locator(".still-open")).to_contain_text(
        "Overall risk (Hope · 1 year) needs its reason in the note"
    )
    reason.fill("Few people")
    reason.press("Tab")
    work.uncheck()
    expect(overall.locator(".block")).to_have_count(1)
    said = kept(page, "question", "arm", "field", "after")
    assert [each for each in said if each[0] == "overall"] == [
        ["overall", "findingA", "choice", "high"], ["overall", "findingB", "choice", "low"],
        ["overall", "findingA", "note", "Few people"], ["overall", "findingB", "choice", ""],
    ]  # fmt: skip
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(work).to_be_checked()
    expect(of_work.get_by_label("Low risk")).to_be_checked()


def test_a_judgement_of_ones_own_finding_moves_to_the_agreed_one_with_its_reason(
    opened: Open,
) -> None:
    said = {"arm": "mine", "value": ""}
    rows = [
        said | {"question": "random", "code": "low", "chosen": True, "note": ""},
        said | {"question": "random", "code": "", "chosen": False, "note": "Coin <b>tossed"},
        said | {"question": "overall", "code": "low", "chosen": True, "note": ""},
    ]
    one = {"label": "Hope", "removed": False}
    listed = [one | {"uid": "agreed", "stands": "agreed", "became": ""},
              one | {"uid": "mine", "stands": "own", "became": "agreed"}]  # fmt: skip
    page = opened(scheme=APPRAISAL, judged=JUDGED | {"findings": listed}, answers=rows)
    agreed = page.get_by_role("checkbox", name="Hope (agreed)")
    mine = page.get_by_role("checkbox", name="Hope (your own; no longer counts)")
    expect(agreed).not_to_be_checked()
    expect(mine).to_be_checked()
    count, section = page.locator("#still-open-count"), page.locator(".section-link .count")
    expect(count).to_have_text("1 reason")
    expect(section).to_have_text("2/2")  # answered, but not whole
    move = page.get_by_role("button", name="Move the judgement to the agreed finding")
    move.filter(visible=True).click()
    expect(agreed).to_be_checked()
    expect(mine).not_to_be_checked()
    expect(asked(page, "random").get_by_label("Low risk")).to_be_checked()
    expect(asked(page, "random").get_by_role("textbox")).to_have_value("Coin <b>tossed")
    expect(move.filter(visible=True)).to_have_count(0)
    reason = asked(page, "overall").get_by_role("textbox")
    reason.fill("All low")
    reason.press("Tab")
    expect(count).to_have_text("nothing")
    expect(section).to_have_text("✓")


def test_a_complete_coding_is_changed_only_after_it_is_reopened(opened: Open) -> None:
    page = opened(state="complete")
    asked(page, "compared").locator("input").first.focus()
    expect(page.get_by_text("Q quotes for")).to_have_count(0)
    asked(page, "compared").get_by_label("Other").click(force=True)  # it is shown as disabled
    expect(asked(page, "compared").get_by_label("Other")).not_to_be_checked()
    expect(page.locator(".said")).to_contain_text("press C to reopen it")
    expect(page.get_by_role("button", name="+ Finding")).to_be_hidden()
    asked(page, "people").locator("input").focus()
    page.keyboard.press("1")
    assert answers(page) == []
    page.keyboard.press("c")  # in a field, too, in which nothing can be written
    expect(page.get_by_role("button", name="+ Finding")).to_be_visible()


def test_people_that_were_given_are_taken_for_arms_and_findings_with_one_press(
    opened: Open,
) -> None:
    row = {"question": "people", "code": "", "arm": "", "chosen": False, "value": "74", "note": ""}
    page = opened(
        answers=[row],
        arms=[{"uid": "armarm01", "label": "IPS", "people": ""}],
        findings=[finding("findingA", 1, arm_intervention="armarm01")],
    )
    page.get_by_role("button", name="Take 74 for IPS").click()
    page.get_by_role("button", name="Take n of the arms: 74 (intervention)").click()
    expect(page.get_by_label("n, intervention", exact=True)).to_be_focused()
    assert kept(page, "uid", "field", "after") == [
        ["armarm01", "people", "74"],
        ["findingA", "n_intervention", "74"],
    ]
    page.keyboard.press("Control+z")  # in a field its letters; then outside of it the act
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    expect(page.get_by_label("n, intervention", exact=True)).to_have_value("")


def test_a_quotation_marks_its_words_and_leads_there_and_back(opened: Open) -> None:
    quoted = {"uid": "quote001", "on": {"question": "people", "code": "", "arm": ""},
              "document": "abstract:3", "page": None, "start": 3, "end": 13,
              "exact": "143 people", "prefix": "Of ", "suffix": " 74 were"}  # fmt: skip
    page = opened(quotations=[quoted])
    page.locator("mark", has_text="143 people").click()
    expect(asked(page, "people").get_by_role("textbox").first).to_be_focused()
    page.get_by_role("button", name="Go to the quotation").click()
    page.get_by_role("button", name="Take away the quotation").click()
    expect(page.locator("mark")).to_have_count(0)
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator("mark")).to_have_text("143 people")


def test_words_of_a_page_are_found_selected_and_quoted_as_the_server_has_them(
    opened: Open,
) -> None:
    text = "Of 143 peo\u00adple 74\ntook part."
    words = [[0, 2, [50, 50, 70, 62]], [3, 6, [74, 50, 96, 62]],
             [7, 14, [100, 50, 130, 62], [50, 70, 70, 82]], [15, 17, [74, 70, 90, 82]],
             [18, 22, [50, 90, 80, 102]], [23, 28, [84, 90, 110, 102]]]  # fmt: skip
    found = [{"page": 1, "start": 3, "end": 14, "before": "", "words": "143 people", "after": ""}]
    at = "/full-text/8"
    files = {
        f"{at}/pages": {"pages": [[200, 300]]},
        f"{at}/pages/1": {"number": 1, "width": 200, "height": 300, "rotation": 0, "text": text,
                          "words": words, "hyphens": [], "message": ""},
        f"{at}/search": {"found": found, "is_complete": True, "without_text": [],
                         "unreadable": []},
    }  # fmt: skip
    page = opened(files=files, documents=[{"id": 8, "name": "a.pdf", "size": 9}])
    page.get_by_role("tab", name="a.pdf").click()
    expect(page.locator(".words span", has_text="part.")).to_be_attached()
    expect(page.locator(".page-tools")).to_contain_text("of 1")
    number = page.get_by_role("textbox", name="Page", exact=True)
    number.fill("7")
    number.press("Enter")
    expect(page.locator(".said")).to_contain_text("There are pages 1 to 1.")
    page.get_by_role("button", name="Larger").press("Enter")
    expect(page.locator(".page-tools")).to_contain_text("125 %")
    fits = "(paper) => paper.offsetWidth <= paper.closest('.reading').clientWidth"
    assert not page.locator(".paper").evaluate(fits)
    page.locator("#desk-reading").focus()
    page.keyboard.press("0")
    expect(page.locator(".page-tools")).to_contain_text("Fit")
    assert page.locator(".paper").evaluate(fits)
    page.keyboard.press("/")
    page.keyboard.type("143 people")
    expect(page.get_by_text("1 place")).to_be_visible()
    expect(page.locator(".marks mark.hit")).to_have_count(2)
    page.keyboard.press("Escape")
    asked(page, "compared").get_by_label("Other").focus()
    page.locator("#desk-reading").focus()
    page.keyboard.press("q")  # what was found is selected
    fields = ("on", "document", "work_id", "page", "start", "end", "exact", "prefix")
    tick, quoted = kept(page, *fields)
    assert tick == [None] * len(fields)  # who quotes for a code ticks it
    on = {"question": "compared", "code": "other", "arm": ""}
    assert quoted == [on, "file:8", 3, 1, 3, 14, text[3:14], "Of "]
    expect(page.get_by_role("button", name="Go to the quotation: 143 people")).to_be_visible()
    expect(asked(page, "compared").get_by_role("radio", name="Other")).to_be_checked()
    expect(page.locator(".toast")).to_contain_text("“Other” is ticked")
    drag_half_of_the_words(page, "took", "part.")
    page.keyboard.press("q")
    assert kept(page, "exact")[-1] == ["took part."]  # both are marked whole
    expect(page.locator(".marks mark")).to_have_count(3)
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(page.locator(".marks mark")).to_have_count(0)
    expect(asked(page, "compared").get_by_role("radio", name="Other")).not_to_be_checked()
    page.keyboard.press("]")
    expect(page.get_by_role("tab", name="Abstract")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("[")
    expect(page.get_by_role("tab", name="a.pdf")).to_have_attribute("aria-selected", "true")


def test_who_quotes_what_was_found_for_a_number_writes_it_next(opened: Open) -> None:
    page = opened()
    asked(page, "people").locator("input").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("143 people")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("q")
    expect(asked(page, "people").locator("input")).to_be_focused()
    page.keyboard.type("143")
    page.keyboard.press("Enter")
    assert kept(page, "exact", "after") == [["143 people 74", None], [None, "143"]]


def drag_half_of_the_words(page: Page, first: str, last: str) -> None:
    """Select with the mouse from the middle of a word on a page to the middle of another."""
    boxes = [page.locator(".words span", has_text=word).bounding_box() for word in (first, last)]
    for box, act in zip(boxes, (page.mouse.down, page.mouse.up), strict=True):
        assert box
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
        act()


def test_offline_for_a_while_nothing_is_lost_and_all_is_sent_once(opened: Open) -> None:
    page = opened()
    page.evaluate("server.online = false")
    for _ in range(3):
        asked(page, "service").get_by_role("treeitem", name="Other").click()
    expect(page.locator(".saved")).to_have_text("Saving 3 …")
    page.evaluate("server.online = true")
    expect(page.locator(".saved")).to_have_text("✓ All saved")
    assert [row[-1] for row in answers(page)] == [True, False, True]


def test_a_scheme_that_is_taken_shows_at_once_and_tabs_keep_readable_names(opened: Open) -> None:
    schemes = [{"id": 5, "title": "Recovery approaches in vocational training", "version_id": 9}]
    page = opened(schemes=schemes)
    tabs = page.get_by_role("tablist", name="Schemes").get_by_role("tab")
    expect(tabs).to_have_count(1)
    titles = ("Risk of bias of randomised studies", "Weight of evidence", "Components of process")
    more = [{"id": n, "title": t, "version_id": n + 4} for n, t in enumerate(titles, start=6)]
    page.evaluate(
        """(schemes) => {
            const plain = window.fetch;
            window.fetch = async (address, options) => {
                const answer = await plain(address, options);
                if (!String(address).includes("coding-desk/study/")) return answer;
                const body = JSON.stringify({ ...await answer.json(), schemes });
                return new Response(body, { headers: { "content-type": "application/json" } });
            };
            server.told.version_ids = schemes.map((one) => one.version_id);
            rerun();
        }""",
        schemes + more,
    )
    expect(tabs).to_have_count(4)
    assert all(tab.evaluate("one => one.clientWidth") > 100 for tab in tabs.all())
    expect(tabs.nth(1)).to_have_attribute("title", titles[0])
    expect(page.get_by_role("searchbox", name="Find codes")).to_be_in_viewport()


def test_panes_are_widened_and_hidden_with_keys(opened: Open) -> None:
    page = opened()
    text = page.locator("#pane-text")
    before = text.bounding_box()
    page.get_by_role("separator", name="Width of Text").focus()
    page.keyboard.press("ArrowRight")
    after = text.bounding_box()
    assert before
    assert after
    assert after["width"] > before["width"] + 10
    page.keyboard.press("w")
    expect(page.locator("#pane-findings")).to_be_hidden()
    page.keyboard.press("w")
    expect(page.locator("#pane-findings")).to_be_visible()
    page.get_by_role("button", name="Text", exact=True).press("Enter")
    expect(text).to_be_hidden()
    page.reload()
    expect(page.locator("#pane-scheme")).to_be_visible()
    expect(text).to_be_hidden()


@pytest.mark.journey
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (400, False)])
def test_axe_finds_nothing_and_the_page_need_not_scroll(
    opened: Open, width: int, *, dark: bool
) -> None:
    page = opened(
        width=width,
        dark=dark,
        findings=TWO,
        arms=[{"uid": "armarm01", "label": "IPS", "people": "7"}],
    )
    if width < 1000:
        for name in ("Text", "Findings", "Codes"):
            page.get_by_role("tab", name=name).first.click()
            assert Axe().run(page).response["violations"] == []
    assert Axe().run(page).response["violations"] == []
    size = "({ scrollHeight, scrollWidth }) => [scrollHeight, scrollWidth]"
    assert page.locator("html").evaluate(size) == [800, width]
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="All keys")).to_be_visible()
    assert page.get_by_role("dialog").get_by_role("textbox").count() == len(KEYS)
    assert Axe().run(page).response["violations"] == []
