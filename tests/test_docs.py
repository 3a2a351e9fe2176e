"""The documents say what is there: pages, commands, settings, tables, dependencies, links."""

import re
import shlex
import tomllib
from dataclasses import fields
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
import typer
import yaml
from typer.core import TyperCommand
from typer.testing import CliRunner

from evidence.citations.formats import FORMATS, WRITERS
from evidence.cli import app
from evidence.cli.commands import COMMANDS as WHERE_COMMANDS_ARE
from evidence.screening import keyboard
from evidence.settings import Settings
from evidence.store.schema import metadata
from evidence.ui.shell.menu import PAGES
from scripts import data_model, figures, report_pages, report_parts
from tests.conftest import ROOT
from tests.steps.prepared import example_database

DOCS = ROOT / "docs"
GUIDE = DOCS / "guide"
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
SOURCES = [
    path
    for folder in ("evidence", "pages")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".py", ".js", ".html"}
]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PAGE_FILES = [name for rows in PAGES.values() for name, *_ in rows]


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def prose(path: Path) -> str:
    """A document without its examples of code."""
    return re.sub(r"^```.*?^```", "", text_of(path), flags=re.MULTILINE | re.DOTALL)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def one_line(text: str) -> str:
    return " ".join(text.split())


@cache
def screens() -> str:
    """What the code can show, in one line."""
    return one_line(" ".join(text_of(path) for path in SOURCES))


@cache
def joined_screens() -> str:
    """The same, with strings together that stand in several lines."""
    return re.sub(r'" f?"', "", screens())


# ── pages ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("page", PAGE_FILES)
def test_every_page_has_a_guide_and_the_guide_leads_there(page: str) -> None:
    assert (GUIDE / f"{page}.md").is_file()
    assert f"]({page}.md)" in text_of(GUIDE / "README.md")


# Pages that say what to press, beside those of the guide.
WALKS = [DOCS / "tutorial.md", DOCS / "coming-from.md", *sorted((DOCS / "roles").glob("*.md"))]


@pytest.mark.parametrize(
    "document", [*(GUIDE / f"{page}.md" for page in PAGE_FILES), *WALKS], ids=lambda path: path.stem
)
def test_words_in_bold_stand_on_a_screen(document: Path) -> None:
    """`…` stands for what changes, such as a number; a line of its own in bold is a heading."""
    text = re.sub(r"^\*\*[^*]+\*\*$", "", prose(document), flags=re.MULTILINE)
    bold = {one_line(words) for words in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)}
    parts = {part.strip(" .:“”") for words in bold for part in words.split("…")}
    assert {part for part in parts if part not in screens()} == set()


NO_NAMES = {"No significant difference"}  # what publications say


@pytest.mark.parametrize("guide", sorted(GUIDE.glob("*.md")), ids=lambda path: path.stem)
def test_names_in_quotation_marks_stand_on_a_screen(guide: Path) -> None:
    """Names of buttons, tabs and fields begin with a capital; sentences end with a full stop."""
    quoted = set(re.findall(r"“([A-Z][^”]*[^”.])”", one_line(prose(guide)))) - NO_NAMES
    parts = {part.strip(" .:,") for words in quoted for part in words.split("…")}
    assert {part for part in parts if part not in joined_screens()} == set()


def test_the_guide_names_every_key() -> None:
    screening = {key.upper() for key in keyboard.DEFAULTS.values()} | {"Esc"}
    (table,) = re.findall(
        r"^KEYS = \{(.*)\}$", text_of(ROOT / "evidence/ui/records/pairs.py"), re.MULTILINE
    )
    pairs = {key.upper() for key in re.findall(r'"(\w)":', table)}
    for page, wanted in (("screening", screening), ("duplicates", pairs)):
        named = set(re.findall(r"^\| (\w+) \|", text_of(GUIDE / f"{page}.md"), re.MULTILINE))
        assert wanted <= named


def test_the_guide_names_every_format() -> None:
    importing = text_of(GUIDE / "importing.md")
    assert [one.label for one in FORMATS.values() if one.label not in importing] == []


def test_the_guide_names_every_format_that_can_be_written() -> None:
    exporting = text_of(GUIDE / "exporting.md")
    assert [one.label for one in WRITERS.values() if f"| {one.label} |" not in exporting] == []
    command = text_of(GUIDE / "command-line.md")
    assert [name for name in WRITERS if f"`{name}`" not in command] == []


# ── commands ──────────────────────────────────────────────────────────────────────────────────────

COMMAND_LINE = text_of(GUIDE / "command-line.md")
EXAMPLES = re.findall(
    r"^    python -m evidence ([^\n]+)\n(?:\n```text\n(.*?)^```)?",
    COMMAND_LINE,
    re.MULTILINE | re.DOTALL,
)
TABLES = re.findall(
    r"^```csv\n(.*?)^```\n\n    python -m evidence \w+ (\S+)",
    COMMAND_LINE,
    re.MULTILINE | re.DOTALL,
)
NAMED_TABLES = re.findall(
    r"^`(\S+\.csv)`:\n\n```csv\n(.*?)^```", COMMAND_LINE, re.MULTILINE | re.DOTALL
)


PAGES_AND_COMMANDS = "Which command a page has"


def command_of(where: str) -> TyperCommand:
    """A command with its options, from the module that the command line imports for it."""
    module, _, function = where.rpartition(".")
    alone = typer.Typer(add_completion=False)
    alone.command()(getattr(import_module(f"evidence.cli.{module}"), function))
    made = typer.main.get_command(alone)
    assert isinstance(made, TyperCommand)
    return made


COMMANDS = {name: command_of(where) for name, where in WHERE_COMMANDS_ARE.items()}


def test_every_command_is_described_and_no_other() -> None:
    described = set(re.findall(r"^## (.+)$", COMMAND_LINE, re.MULTILINE)) - {PAGES_AND_COMMANDS}
    assert described == set(COMMANDS)


def test_every_page_has_commands_for_its_results_and_every_command_a_page() -> None:
    section = COMMAND_LINE.partition(f"## {PAGES_AND_COMMANDS}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| \[(.+?)\]\((\w+)\.md\) \| (.+) \|$", section, re.MULTILINE)
    titles = {name: title for each in PAGES.values() for name, title, *_ in each}
    assert {page: title for title, page, _ in rows} == titles
    assert set(titles) == {path.stem for path in (ROOT / "pages").glob("*.py")}
    named = {page: re.findall(r"`([^`]+)`", commands) for _, page, commands in rows}
    assert [page for page, commands in named.items() if not commands] == []
    assert {each for commands in named.values() for each in commands} == set(COMMANDS) - {"serve"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_helps_and_has_an_example(name: str) -> None:
    assert COMMANDS[name].help
    assert any(line.startswith(name) for line, _ in EXAMPLES)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_named(name: str) -> None:
    (section,) = re.findall(rf"^## {name}$(.*?)(?=^## |\Z)", COMMAND_LINE, re.DOTALL | re.MULTILINE)
    known = COMMAND_LINE.partition("\n## ")[0] + section
    spellings = [[*param.opts, *param.secondary_opts] for param in COMMANDS[name].params]
    options = [one for one in spellings if one[0].startswith("--")]
    assert [one for one in options if not any(way in known for way in one)] == []


EXIT_WITH_1 = {
    "results pool 1 --method REML",
    "results appraisal 1 --picture bars",
    "codings agreement 1 --scheme recovery-vocational",
}
"""Of what the example has nothing; the document says so."""


def arguments(line: str) -> list[str]:
    """As a shell would split them; files of the example are found wherever the test runs."""
    found: list[str] = []
    for word in shlex.split(line):
        files = sorted(ROOT.glob(word)) if word.startswith(("data/", "coding_schemes/")) else []
        found += [str(file) for file in files] or [word]
    return found


def test_the_examples_print_what_the_document_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYMARK_DATABASE", f"sqlite:///{tmp_path / 'docs.db'}")
    monkeypatch.chdir(tmp_path)
    for table, name in TABLES:
        Path(name).write_text(table, encoding="utf-8")
    for name, table in NAMED_TABLES:
        Path(name).write_text(table, encoding="utf-8")
    (tmp_path / "docs.db").write_bytes(example_database())
    for line, shown in EXAMPLES:
        if line.startswith("serve"):
            continue  # it would take the place of this process
        result = CliRunner().invoke(app, arguments(line))
        assert result.exit_code == int(line in EXIT_WITH_1), line
        printed = "\n".join(one_line(said) for said in result.stdout.splitlines())
        for wanted in map(one_line, shown.splitlines()):
            assert wanted.removesuffix("…").strip() in printed, line
    assert {"groups.csv", "pairs.csv", "order.csv", "map.html"} <= {
        path.name for path in tmp_path.iterdir()
    }


# ── settings, tables, dependencies ────────────────────────────────────────────────────────────────


def first_cells(path: Path) -> set[str]:
    """What stands in the first column of the document's tables."""
    return {cell.strip("`") for cell in re.findall(r"^\| ([^|]+?) \|", text_of(path), re.MULTILINE)}


def test_every_setting_is_described_with_its_default() -> None:
    lines = text_of(DOCS / "deploy.md").splitlines()
    for field in fields(Settings):
        (line,) = (one for one in lines if one.startswith(f"| `WAYMARK_{field.name.upper()}` |"))
        assert field.type is not int or line.endswith(f"| {field.default} |")


def test_the_table_of_live_parts_is_made_from_the_code() -> None:
    """`python -m scripts.report_parts` makes it."""
    document = text_of(report_parts.DOCUMENT)
    assert report_parts.updated(document) == document


def test_the_tables_of_the_data_model_are_made_from_the_schema() -> None:
    """`python -m scripts.data_model` makes them."""
    document = text_of(data_model.DOCUMENT)
    assert data_model.updated(document) == document


def test_every_table_is_described_in_a_sentence() -> None:
    document = text_of(data_model.DOCUMENT)
    assert set(re.findall(r"^#### `(\w+)`$", document, re.MULTILINE)) == set(metadata.tables)
    assert {
        table.name for table in metadata.tables.values() if table.info["about"][-1] != "."
    } == set()


def test_every_dependency_has_its_reason_and_no_other() -> None:
    wanted = [
        *PROJECT["project"]["dependencies"],
        *(one for extra in PROJECT["project"]["optional-dependencies"].values() for one in extra),
        *(one for group in PROJECT["dependency-groups"].values() for one in group),
    ]
    names = {re.split(r"[^\w.-]", one)[0] for one in wanted}
    assert first_cells(DOCS / "dependencies.md") - {"package", "---"} == names


def test_the_citation_names_the_present_version() -> None:
    cited = yaml.safe_load(text_of(ROOT / "CITATION.cff"))
    assert cited["version"] == PROJECT["project"]["version"]
    assert cited["license"] == PROJECT["project"]["license"]


# ── links ─────────────────────────────────────────────────────────────────────────────────────────


def anchors(path: Path) -> set[str]:
    """The names that GitHub gives to headings."""
    headings = re.findall(r"^#+ (.+)$", prose(path), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def leads_nowhere(document: Path, link: str) -> bool:
    file, _, anchor = link.partition("#")
    target = (document.parent / file).resolve() if file else document
    return not target.exists() or (anchor != "" and anchor not in anchors(target))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", prose(document))
    own = [link for link in links if not re.match(r"\w+:", link)]
    assert [link for link in own if leads_nowhere(document, link)] == []


def test_documents_that_the_code_names_are_there() -> None:
    named = {
        document
        for path in [*SOURCES, ROOT / "app.py", ROOT / "pyproject.toml"]
        for document in re.findall(r"docs/[\w/-]+\.md", text_of(path))
    }
    assert named
    assert [document for document in sorted(named) if not (ROOT / document).is_file()] == []


def test_every_figure_of_the_docs_is_made_by_the_script_and_looked_at() -> None:
    made = {path.stem for path in (DOCS / "figures").glob("*.png")}
    by_command = {"forest", "funnel", "traffic-light", "judgement-bars", "overlap"}
    flows = {f"flow-{name}" for name in figures.TEMPLATES}
    drawn = {
        *figures.OF_THE_EXAMPLE,
        *by_command,
        *flows,
        *report_pages.SHEETS,
        *report_pages.OF_RESULTS,
    }
    shown = set(re.findall(r"\(([\w-]+)\.png\)", (DOCS / "figures" / "README.md").read_text()))
    assert made == drawn == shown
