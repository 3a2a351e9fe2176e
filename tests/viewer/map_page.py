"""The map's viewer in a browser without a server: any document, as the app and the file draw it."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route

from evidence import viewer
from evidence.viewer.script_modules import joined, with_imports

HERE = Path(__file__).parent
FOLDER = Path(viewer.__file__).parent
ADDRESS = "http://map.test"


def script() -> str:
    """All modules of the viewer as one, as the app and the file have them."""
    own = joined(with_imports(FOLDER / "map_viewer.js"))
    return f"{own}\nexport {{ beginMap, mapCounts, readMap, tableSlots, viewFromAddress }};\n"


def open_map(
    page: Page, document: dict[str, Any], address: str = "", *, shadow: bool = False, **options: Any
) -> None:
    """Draw a map and wait until it stands there.

    Args:
        page: of a browser.
        document: what is drawn.
        address: of the view, without "#".
        shadow: whether it stands in a shadow root, as components of the app do.
        options: of `beginMap`.
    """
    html = (HERE / "map_page.html").read_text(encoding="utf-8")
    html = html.replace("OPTIONS", json.dumps(options)).replace("IN_SHADOW", json.dumps(shadow))

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS).partition("?")[0]
        texts = {
            "/": (html, "text/html"),
            "/map.json": (json.dumps(document), "application/json"),
            "/map_viewer.js": (script(), "text/javascript"),
            "/map_viewer.css": ((FOLDER / "map_viewer.css").read_text("utf-8"), "text/css"),
        }
        body, kind = texts.get(path, ("", "text/plain"))
        status = 200 if path in texts else 404
        route.fulfill(status=status, body=body, content_type=f"{kind}; charset=utf-8")

    page.route(f"{ADDRESS}/**", answer)
    page.goto(f"{ADDRESS}/#{address}" if address else f"{ADDRESS}/")
    page.locator(".map-viewer").wait_for()
