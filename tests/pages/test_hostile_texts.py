"""Text of people and files is text: on no page is it Markdown, a link, a formula or a picture."""

import re
import shutil
from pathlib import Path

import pytest

from evidence.steps.example import READER
from evidence.ui.shell.menu import PAGES
from evidence.ui.shell.wording import JOINER, plain, plain_lines, with_links
from tests.pages.conftest import Open, opened
from tests.pages.hostile import (
    RAW,
    TEXT,
    lists,
    make,
    marked_texts,
    unfold,
    uploaded_decisions,
)

ALL = [name for rows in PAGES.values() for name, *_ in rows]
TABS = {
    "team": ("team", ["How it is screened", "Who reads what", "Pilots", "Agreement"]),
    "coders": ("coders", ["Who codes what", "Pilots", "Agreement"]),
    "survey": ("survey-tab", ["From a file"]),
    "fidelity": ("fidelity-tab", ["Forms", "From a file"]),
    "monitoring": ("monitoring-tab", ["Published figures", "Forms", "From a file"]),
    "framework": (
        "framework-view",
        ["What is sufficient", "The framework", "A complete service", "Parties and products"],
    ),
    "duplicates": ("tab", ["Joined", "Decided by people", "Report", "What is kept apart"]),
}
IN_PICTURES = {"counts", "appraisal", "report"}  # people's texts stand in pictures or routes
RAYYAN = f'TY  - JOUR\nTI  - {TEXT}\nN1  - RAYYAN-INCLUSION: {{"{TEXT}"=>"Included"}}\nER  - \n'
UPLOADS = {
    page: (f"{TEXT[:40]} <img src=x>.ris", data, "text/plain")
    for page, data in (("importing", RAYYAN.encode()), ("decisions", uploaded_decisions()))
}


@pytest.fixture(scope="session")
def hostile_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    make(path)
    return path


@pytest.fixture
def hostile_app(database: Path, hostile_database: Path) -> Open:
    shutil.copy(hostile_database, database)
    return opened


@pytest.mark.parametrize("page", ALL)
def test_no_page_reads_peoples_text_as_markdown(hostile_app: Open, page: str) -> None:
    at = hostile_app(page, name=READER)
    tab_key, tabs = TABS.get(page, ("", [""]))
    found = 0
    for tab in ["", *tabs]:
        if tab:
            at.session_state[tab_key] = tab
            at.run()
        if at.get("file_uploader") and page in UPLOADS:
            at.file_uploader[0].set_value([UPLOADS[page]]).run()
        unfold(at)
        assert not at.exception
        for kind, text in marked_texts(at):
            assert not RAW.search(text), (kind, RAW.search(text), text)
            assert not re.search(r"^(?:[->*\s]|\d+\.\s)*#+ head", text), (kind, text)
            found += "evil" in text
        for option in lists(at):
            assert "\\" not in option
            assert JOINER not in option
    assert found or page in IN_PICTURES


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("http://evil.example", f"http:{JOINER}//evil.example"),
        ("HTTPS://evil.example", f"HTTPS:{JOINER}//evil.example"),
        ("see www.evil.example", f"see www{JOINER}.evil.example"),
        ("a.b@evil.example", f"a.b@{JOINER}evil.example"),
        (":smile:", f":{JOINER}smile:"),
        (":+1:", f":{JOINER}+1:"),
        (":material/home:", f":{JOINER}material/home:"),
        ("a -> b", f"a -{JOINER}> b"),
        ("-- b", f"\\-{JOINER}- b"),
        ("a <-> b", f"a \\<-{JOINER}> b"),
        ("p <= .05", f"p \\<{JOINER}= .05"),
        (":red[boo]", "\\:red\\[boo\\]"),
        ("$x$", "\\$x\\$"),
        ("# head", "\\# head"),
        ("1. one", "1\\. one"),
        ("a\n\n# b", "a # b"),
        ("10:30, doi:10.1/x-y, a-b, mail @ work", "10:30, doi:10.1/x-y, a-b, mail @ work"),
    ],
)
def test_each_sign_stands_for_itself(text: str, safe: str) -> None:
    assert plain(text) == safe


def test_a_list_of_faults_keeps_its_lines() -> None:
    assert plain_lines("Faults:\na*b\nwww.x.y") == f"Faults:  \na\\*b  \nwww{JOINER}.x.y"


def test_the_page_decisions_shows_all_that_a_file_says(hostile_app: Open) -> None:
    """Were one of these not on the page, the test above would not try it."""
    at = hostile_app("decisions", name=READER)
    at.file_uploader[0].set_value([UPLOADS["decisions"]]).run()
    unfold(at)
    shown = "\n".join(text for _, text in marked_texts(at))
    assert shown.count("rayyan.ris") > 1
    for words in ("brought 1 decision under your name", "Who is “", "counts as “", "does not have"):
        assert words in shown, words
    (own, file) = (table.value for table in at.dataframe[:2])
    for name in ("Title", "Reasons", "Note", "Decided"):
        assert TEXT[:40] in own[name][0], name
    for name in ("Who", "Title", "Reasons"):
        assert TEXT[:40] in file[name][0], name
    assert list(file["Work"]) == ["not found", "found"]


def test_an_error_says_peoples_names_as_text(hostile_app: Open) -> None:
    at = hostile_app("team", name=READER)
    name = next(one for one in at.text_input if one.label == "Name")
    name.set_value(f"{TEXT[:40]} An editor")
    next(one for one in at.button if one.label == "Take in").click().run()
    assert not at.exception
    for _, text in marked_texts(at):
        assert "http://evil" not in text


def test_the_names_that_are_known_are_text(hostile_app: Open) -> None:
    at = hostile_app(name="", review=None)
    names = [text for kind, text in marked_texts(at) if kind == "button" and text != "Start"]
    assert any(TEXT[:12] in text.replace("\\", "") for text in names)
    assert not any(RAW.search(name) for name in names)


def test_addresses_are_links_that_say_where_they_lead() -> None:
    told = with_links("Items *1*, https://doi.org/10.1136/bmj.j4008 (2017), https://amstar.ca.")
    assert told == (
        "Items \\*1\\*, [doi.org/10.1136/bmj.j4008](https://doi.org/10.1136/bmj.j4008) (2017), "
        "[amstar.ca](https://amstar.ca)."
    )
    hostile = "https://a.b](javascript:x) https:// http://c.d <img onerror> https://e.f/*g*"
    assert "](javascript" not in with_links(hostile).replace("\\]", "")
    assert with_links(hostile).count("](https://") == 2
    assert with_links("") == ""
