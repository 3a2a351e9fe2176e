"""The rules between rooms that import-linter (pyproject.toml) cannot see."""

import ast
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAGES = sorted((ROOT / "pages").glob("*.py"))
SOURCES = [
    path
    for folder in ("evidence", "pages")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "versions" not in path.parts
]
PAGES_IMPORT = ("streamlit", "pandas", "evidence.steps", "evidence.charts", "evidence.ui",
                "evidence.errors")  # fmt: skip
PAGES_IMPORT_TYPES_OF = ("evidence.store", "evidence.synthesis", "evidence.deduplication",
                         "evidence.screening", "evidence.coding", "evidence.citations",
                         "evidence.eppi", "evidence.documents", "evidence.problems")  # fmt: skip


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[tuple[str, str]]:
    """Each module with the name that is taken from it, "" for the module itself."""
    names: set[tuple[str, str]] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names.update((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.update((node.module or "", alias.name) for alias in node.names)
    return names


def is_in(name: str, rooms: tuple[str, ...]) -> bool:
    return any(name == room or name.startswith(room + ".") for room in rooms)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_pages_import_steps_charts_and_ui_and_types_of_other_rooms(page: Path) -> None:
    strangers = {
        f"{module}.{name}"
        for module, name in imported(page)
        if not is_in(module, PAGES_IMPORT)
        and not (is_in(module, PAGES_IMPORT_TYPES_OF) and name[:1].isupper())
    }
    assert strangers == set()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_page_begins_with_its_guard(page: Path) -> None:
    body = tree(page).body
    first = next(node for node in body if not isinstance(node, ast.Import | ast.ImportFrom))
    assert ast.unparse(first).endswith(("visitor.desk()", "visitor.current()"))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_pages_stay_thin(page: Path) -> None:
    assert len(page.read_text(encoding="utf-8").splitlines()) <= 90


def test_modules_and_functions_stay_small() -> None:
    long_modules, long_functions = {}, {}
    for path in SOURCES:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > 450:
            long_modules[name_of(path)] = lines
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef):
                lines = (node.end_lineno or 0) - node.lineno
                if lines >= 60:
                    long_functions[f"{name_of(path)}: {node.name}"] = lines
    assert long_modules == {}
    assert long_functions == {}


def test_no_folder_holds_more_modules_than_one_can_survey() -> None:
    modules = Counter(path.parent for path in SOURCES)
    lists = {"formats", "migrations", "pages"}  # one module for each format, step, and page
    crowded = {folder.name: many for folder, many in modules.items() if many > 30}
    assert {name: many for name, many in crowded.items() if name not in lists} == {}


def test_nothing_is_left_to_do_in_words() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "X" + "XX")
    found = [
        f"{name_of(path)}: {mark}"
        for path in SOURCES
        for mark in marks
        if mark in path.read_text(encoding="utf-8")
    ]
    assert found == []


def test_what_drives_a_browser_stands_where_make_browser_looks() -> None:
    mark = "mark." + "browser"
    elsewhere = [
        name_of(path)
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if "browser" not in path.relative_to(ROOT).parts
        and mark in path.read_text(encoding="utf-8")
    ]
    assert elsewhere == []
