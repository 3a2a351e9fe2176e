"""The site of the documentation: whole, without a broken link, and it asks no other machine."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from evidence.citations.formats import FORMATS, WRITERS
from evidence.exports.map_file import document_of
from evidence.store import Store
from scripts import demonstration, python_api
from scripts.site_pages import BESIDE, adapted
from tests.conftest import ROOT
from tests.steps.prepared import example_database

DOCS = ROOT / "docs"
REMAKE = "What the example publishes has changed; please run: python -m scripts.demonstration"
ASKS = re.compile(rb"<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)=[\"']?(?:https?:)?//")


def navigated() -> set[str]:
    """The pages of the site's navigation; its list of extensions is not for this reader."""
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    found: set[str] = set()
    waiting = [yaml.safe_load(config[config.index("\nnav:") :])]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            found.add(part)
        else:
            waiting += part.values() if isinstance(part, dict) else part
    return found


def test_every_document_stands_in_the_navigation_of_the_site() -> None:
    documents = {str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md")}
    pages = {page for page in BESIDE.values() if page.endswith(".md")}
    assert navigated() == documents | pages


@pytest.mark.journey
def test_the_site_is_built_without_a_warning_and_asks_no_other_machine(tmp_path: Path) -> None:
    """Strictly: a broken link, a missing anchor and a forgotten page are errors."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", tmp_path / "site"],
        cwd=ROOT,
        env={"NO_MKDOCS_2_WARNING": "1", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    pages = sorted((tmp_path / "site").rglob("*.html"))
    assert len(pages) > len(list(DOCS.rglob("*.md")))
    assert [page.name for page in pages if ASKS.search(page.read_bytes())] == []


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[data](../data/founding/README.md)", "[data](more/founding-data.md)"),
        ("[`evidence/store/schema`](../evidence/store/schema)", "`evidence/store/schema`"),
        ("[the set](../data/principles/a.yaml)", "the set (`data/principles/a.yaml`)"),
        ("[home](../README.md), [web](https://a.b/c)", "[home](index.md), [web](https://a.b/c)"),
        ("![A](screenshots/team-light.png)",
         "![A](screenshots/team-light.png#only-light)![A](screenshots/team-dark.png#only-dark)"),
        ("Two:\n- a\n- b\n  goes on", "Two:\n\n- a\n- b\n    goes on"),
        ("1. a\n   - b\n     on\n   text", "1. a\n    - b\n        on\n    text"),
        ("```text\n- a\n  b\n```", "```text\n- a\n  b\n```"),
        ("```mermaid\nerDiagram\n    work ||--o{ vote : work_id\n```",
         "| rows of | belong to | by |\n|---|---|---|\n| `vote` | `work` | `work_id` |"),
        ("```mermaid\nflowchart LR\n    a --> b -.-> |into| c\n```", "- a → b → c"),
    ],
)  # fmt: skip
def test_documents_of_github_are_put_into_the_form_of_the_site(written: str, shown: str) -> None:
    assert adapted(written, "founding-documents.md") == shown


def test_links_of_documents_from_outside_lead_from_where_these_stand_in_the_site() -> None:
    assert adapted("[a](docs/guide/map_file.md#b)", BESIDE["CHANGELOG.md"]) == (
        "[a](../guide/map_file.md#b)"
    )


# ── what is made from the code ────────────────────────────────────────────────────────────────────


def test_the_page_on_python_is_made_from_the_docstrings() -> None:
    """`python -m scripts.python_api` makes it."""
    assert python_api.DOCUMENT.read_text(encoding="utf-8") == python_api.page()


def test_the_page_on_formats_names_all_and_no_other() -> None:
    document = (DOCS / "formats.md").read_text(encoding="utf-8")
    read = {f"| {one.label} | `{one.name}` |" for one in FORMATS.values()}
    written = {f"| {one.label} | `{one.name}` | .{one.ending} |" for one in WRITERS.values()}
    named = set(re.findall(r"^\| .+ \| `[a-z][\w-]+` \|.*$", document, re.MULTILINE))
    assert named == read | written | {"| EPPI-Reviewer (JSON) | `eppi` |"}


def words_of(page: bytes) -> list[str]:
    """What a report says, without how it is drawn."""
    text = re.sub(rb"<(style|script|svg)\b.*?</\1>", b"", page, flags=re.DOTALL)
    return re.sub(rb"<[^>]*>", b" ", text).decode().split()


@pytest.mark.journey
def test_the_demonstration_is_what_the_example_publishes(tmp_path: Path) -> None:
    """Told by what it says; how it looks may be older."""
    path = tmp_path / "example.db"
    path.write_bytes(example_database())
    store = Store.open(f"sqlite:///{path}")
    made = demonstration.parts(store)
    store.close()
    shown = {name: (demonstration.FOLDER / name).read_bytes() for name in made}
    assert sum(map(len, shown.values())) <= demonstration.LARGEST
    told = [json.dumps(document_of(each["map.html"]), sort_keys=True) for each in (made, shown)]
    assert told[0] == told[1], REMAKE
    assert words_of(made["report.html"]) == words_of(shown["report.html"]), REMAKE
