"""Scripts of our own components: modules that are joined into one, so that no build is needed.

Streamlit sends a component's script and style again with each change of its data. So it is given
a small loader, which fetches both once from a route of our own; the address names their version,
and browsers keep what it gives.
"""

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

SHELL = Path(__file__).parent
OUTBOX = (SHELL / "link.js", SHELL / "outbox.js")
"""For components that send what people do: it waits, is sent again, is acknowledged."""
OWN_ROUTE = SHELL / "own_route.js"
"""For components that fetch from routes of ours."""
ROUTE = "own-script/{name}/{version}.js"
FOR_A_YEAR = "public, max-age=31536000, immutable"  # another version has another address
ANOTHER_VERSION = "Waymark was renewed meanwhile; please reload the page."


@dataclass(frozen=True)
class OwnScript:
    """A component's script with its style, under an address of its own.

    Attributes:
        name: in the address: small letters and "-".
        script: one module, whose default export begins the component.
        style: CSS, which the loader puts beside what the component draws.
    """

    name: str
    script: str
    style: str = ""

    @cached_property
    def text(self) -> str:
        """The whole module."""
        return f"{self.script}\nexport const STYLE = {json.dumps(self.style)};\n"

    @cached_property
    def version(self) -> str:
        """Another one for every other text."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:20]

    @cached_property
    def packed(self) -> bytes:
        """The module as it goes over the net."""
        return gzip.compress(self.text.encode(), mtime=0)

    @cached_property
    def loader(self) -> str:
        """What Streamlit is given in its place."""
        address = ROUTE.format(name=self.name, version=self.version)
        loader = (SHELL / "loader.js").read_text(encoding="utf-8")
        return loader.replace("OWN-SCRIPT", address)

    def answer(self, request: Request) -> Response:
        """The module, for whoever asks: it is the same for all, and holds nothing of theirs."""
        if request.path_params["version"] != self.version:
            return PlainTextResponse(ANOTHER_VERSION, 404)
        headers = {"cache-control": FOR_A_YEAR, "vary": "accept-encoding"}
        body = self.text.encode()
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["content-encoding"] = "gzip"
            body = self.packed
        return Response(body, headers=headers, media_type="text/javascript")
