"""Look for what keeps people out, with axe-core: every page of the example review in every mode.

    python -m scripts.accessibility

writes the table of docs/accessibility.md. The browser's tests ask the same of every page.
"""

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, sync_playwright

from evidence.ui.shell.menu import PAGES
from scripts.chromium import FLAGS, find
from scripts.serving import ROOT, Server, free_port, name_oneself, still

DOCUMENT = ROOT / "docs" / "accessibility.md"
BEGIN = "<!-- made by scripts/accessibility.py from here on -->"
Scheme = Literal["light", "dark"]
MODES: dict[str, tuple[int, Scheme]] = {
    "light": (1300, "light"),
    "dark": (1300, "dark"),
    "400 px": (400, "light"),
}
ADDRESSES = {
    name: "" if name == "reviews" else address
    for rows in PAGES.values()
    for name, _, _, address in rows
}
TITLES = {name: title for rows in PAGES.values() for name, title, *_ in rows}
ALL_RULES: tuple[str, ...] = ()
COLOURS = ("color-contrast", "link-in-text-block")
# Dark, a page is made of the same elements in other colours, so that only these are looked at.
RULES = {"light": ALL_RULES, "dark": COLOURS, "400 px": ALL_RULES}
RUN_AXE = """async ([part, options, excepted]) => {
  // What lies in a component of ours or in a frame has more than one name, and is never excepted.
  const at = ({target}) => target.length === 1 && typeof target[0] === "string"
    ? document.querySelector(target[0]) : null;
  const isExcepted = (rule, node) => excepted.some(
    ([rules, within]) => rules.includes(rule) && Boolean(at(node)?.closest(within)));
  const {violations} = await axe.run(part, options);
  return violations.map(({id, impact, nodes}) =>
    [id, impact, nodes.map(node => [node.html, isExcepted(id, node)])]);
}"""
SERIOUS = {"serious", "critical"}
ASKED = {"heading-order"}  # axe calls it moderate; who listens to a page goes by its headings


@dataclass(frozen=True, slots=True)
class Part:
    """Of a page, for axe: what lies in one of the first selectors and in none of the second."""

    include: tuple[str, ...] = ("html",)
    exclude: tuple[str, ...] = ()


WHOLE = Part()


@dataclass(frozen=True, slots=True)
class Excepted:
    """What is Streamlit's own and cannot be mended here.

    Attributes:
        rules: of axe.
        within: a selector; what it holds is excepted.
        why: in a sentence.
    """

    rules: frozenset[str]
    within: str
    why: str


EXCEPTED = (
    Excepted(
        frozenset({"list", "listitem"}),
        "[data-testid=stSidebarNavItems]",
        "Streamlit's list of pages has its headings of sections inside of the list.",
    ),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What axe found at one element.

    Attributes:
        is_excepted: whether it is Streamlit's own.
    """

    rule: str
    html: str
    is_excepted: bool

    def __str__(self) -> str:
        return f"{self.rule}: {self.html[:300]}"


def findings(page: Page, part: Part = WHOLE, rules: Sequence[str] = ()) -> list[Finding]:
    """What is serious on the page as it stands, and what is asked of headings.

    Args:
        page: on which it is looked for.
        part: of the page; the whole, without.
        rules: of axe; all, without.
    """
    page.evaluate(f"() => {{ if (!window.axe) {{ {AXE_SCRIPT} }} }}")
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    excepted = [[sorted(one.rules), one.within] for one in EXCEPTED]
    return [
        Finding(rule, html, is_excepted)
        for rule, impact, nodes in page.evaluate(RUN_AXE, [asdict(part), options, excepted])
        if impact in SERIOUS or rule in ASKED
        for html, is_excepted in nodes
    ]


def opened(page: Page, url: str, name: str) -> None:
    """A page of the example review, drawn to its end."""
    page.goto(f"{url}/{ADDRESSES[name]}?review=1")
    page.get_by_role("heading", level=1).wait_for()
    still(page)


def modes(page: Page) -> Iterator[str]:
    """The page that is open in one mode after the other."""
    for mode, (width, scheme) in MODES.items():
        page.set_viewport_size({"width": width, "height": 1000})
        page.emulate_media(color_scheme=scheme)
        still(page)
        yield mode


def found_in_all_modes(page: Page) -> dict[str, list[str]]:
    """What is ours to mend on the page that is open, by mode that has any."""
    ours = {
        mode: [str(one) for one in findings(page, rules=RULES[mode]) if not one.is_excepted]
        for mode in modes(page)
    }
    return {mode: found for mode, found in ours.items() if found}


def main() -> None:
    """Measure all pages and write the table."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(folder=Path(folder), port=free_port(), example=True)
        server.start()
        try:
            with sync_playwright() as playwright:
                chromium = playwright.chromium.launch(executable_path=find(), args=FLAGS)
                rows = list(_rows(chromium, server.url))
        finally:
            server.kill()
    heads = ["page", *MODES]
    lines = [heads, ["---"] * len(heads), *rows]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    reasons = "\n".join(f"- {', '.join(sorted(one.rules))}: {one.why}" for one in EXCEPTED)
    kept = DOCUMENT.read_text(encoding="utf-8").split(BEGIN)[0]
    DOCUMENT.write_text(f"{kept}{BEGIN}\n\n{table}\n\n{reasons}\n", encoding="utf-8")


def _rows(chromium: Browser, url: str) -> Iterator[list[str]]:
    page = chromium.new_context().new_page()
    name_oneself(page, url, "Eva")
    for name, title in TITLES.items():
        opened(page, url, name)
        cells = []
        for _ in modes(page):
            found = findings(page)
            ours = sum(not finding.is_excepted for finding in found)
            cells.append(f"{ours} ({len(found) - ours})")
        print(name, *cells)
        yield [re.sub(r"\s+", " ", title), *cells]


if __name__ == "__main__":
    main()
