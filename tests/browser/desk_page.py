"""The coding desk in a browser without a server: what a test says stands for what the server says.

The page keeps what the desk sends and acknowledges it, as long as it is online. So the browser's
side is tried alone and quickly; tests/browser/test_coding.py tries it with the real server.
"""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

from evidence.ui.coding import desk

ROOT = Path(__file__).parents[2]
ADDRESS = "http://desk.test"
KEYS = {
    "next_open": "enter", "previous_question": "shift+enter", "next_section": "s", "note": "n",
    "quotation": "q", "finding": "f", "previous": "[", "next": "]", "complete": "c", "help": "h",
    "history": "y", "take_proposal": "t", "find_text": "/", "wide_text": "w", "keys": "?",
}  # fmt: skip


def _colours(theme: str) -> dict[str, str]:
    """What Streamlit gives the desk as variables; so contrast is judged with our own colours."""
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    names = ("text", "background", "secondary-background", "primary", "border", "link")
    camel = {name: re.sub("-(.)", lambda found: found[1].upper(), name) for name in names}
    shown = {f"{name}-color": config["theme"][theme][f"{camel[name]}Color"] for name in names}
    return shown | {
        "font": "system-ui, sans-serif", "heading-font": "system-ui", "base-radius": ".4rem",
    }  # fmt: skip


HTML = Path(__file__).with_name("desk_page.html").read_text(encoding="utf-8")


def open_desk(
    page: Page,
    scheme: Mapping[str, Any],
    sheets: Mapping[int, Mapping[str, Any]],
    *,
    dark: bool = False,
    files: Mapping[str, Any] | None = None,
    **told: Any,
) -> None:
    """Open a desk with a scheme and the sheets of some studies, the first of them shown.

    Args:
        page: of a browser.
        scheme: as the server gives it.
        sheets: by the ids of their studies.
        dark: colours.
        files: what other addresses give, as JSON.
        told: what the server says at first.
    """
    first = next(iter(sheets))
    ids = list(sheets)
    near = {
        here: {
            "previous": ids[at - 1] if at else None,
            "next": ids[at + 1] if at + 1 < len(ids) else None,
            "place": f"{at + 1} of {len(ids)}",
        }
        for at, here in enumerate(ids)
    }
    data = {
        "storage": "waymark-coding-1-1-", "study_id": first, "scheme_id": scheme["scheme_id"],
        "version_id": scheme["version_id"], **near[first], "keys": KEYS, "kept": [], "refused": {},
        "clashes": {}, "computed": {},
    } | told  # fmt: skip
    colours = "".join(
        f"--st-{name}: {value};" for name, value in _colours("dark" if dark else "light").items()
    )
    html = HTML.replace("COLOURS", colours).replace("LOOK", "dark" if dark else "light")
    html = html.replace("SKELETON", json.dumps((desk.HERE / "desk.html").read_text("utf-8")))

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS).partition("?")[0]
        texts = {
            "/": (html, "text/html"),
            "/desk.js": (desk.script(), "text/javascript"),
            "/desk.css": ((desk.HERE / "desk.css").read_text(encoding="utf-8"), "text/css"),
            "/told": (json.dumps(data), "application/json"),
            f"/coding-desk/scheme/{scheme['version_id']}": (json.dumps(scheme), "application/json"),
        } | {
            f"/coding-desk/study/{study}": (json.dumps(sheet), "application/json")
            for study, sheet in sheets.items()
        }
        if path in (files or {}):
            texts[path] = (json.dumps((files or {})[path]), "application/json")
        body, kind = texts.get(path, ("", ""))
        route.fulfill(status=200 if kind else 404, body=body, content_type=f"{kind}; charset=utf-8")

    page.route(f"{ADDRESS}/**", answer)
    page.add_init_script(f"window.near = {json.dumps(near)}")
    page.goto(f"{ADDRESS}/")
    page.locator(".question").first.wait_for(state="attached")


def kept(page: Page, *fields: str) -> list[list[Any]]:
    """What the server was sent and kept, in order: these fields of each item."""
    expect(page.locator(".saved")).to_have_text("✓ All saved")
    items: Sequence[Mapping[str, Any]] = page.evaluate("server.kept")
    return [[item.get(field) for field in fields] for item in items]
