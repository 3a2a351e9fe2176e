"""People at the coding desk as the server sees them: Streamlit's websocket, without a browser.

Each client opens the page Coding, sends answers through the component's trigger as the browser
does, and waits until the server's answer names them among those it kept.
"""

import json
import random
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from benchmarks.coding_review import MadeReview, item
from evidence.ui.shell.identity import COOKIE
from scripts.serving import Server

LATE = 60.0  # seconds after which an answer of the server is given up
COMPONENT = "waymark_coding_desk"


@dataclass(slots=True)
class Measured:
    """What one client saw.

    Attributes:
        opened: ms until the page was there.
        kept: ms from sending an answer until the server said that it is kept.
        sheets: ms until the next study's sheet was there, which the desk shows at once.
        placed: ms until the page around knew of the next study.
        received: bytes of the websocket for each answer.
    """

    opened: list[float] = field(default_factory=list)
    kept: list[float] = field(default_factory=list)
    sheets: list[float] = field(default_factory=list)
    placed: list[float] = field(default_factory=list)
    received: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Client:
    """A browser of one person at the page Coding.

    Attributes:
        component: the newest that the server said to the desk.
        fragment: which part of the page is drawn again for the desk.
        page: how the server calls the page.
        cached: what the server need not send again, by its hash, as browsers keep it.
    """

    server: Server
    review: MadeReview
    token: str
    wire: ClientConnection
    component: dict[str, Any] = field(default_factory=dict)
    component_id: str = ""
    fragment: str = ""
    page: str = ""
    cached: dict[str, ForwardMsg] = field(default_factory=dict)
    received: int = 0
    is_idle: bool = False

    def send(self, event: str = "", value: dict[str, Any] | None = None) -> None:
        """Ask for the page, or for the desk's part of it after something was done there."""
        message = BackMsg()
        run = message.rerun_script
        run.query_string = f"review={self.review.desk.review_id}"
        run.page_script_hash = self.page
        run.page_name = "" if self.page else "coding"
        run.cached_message_hashes.extend(self.cached)
        if event:
            run.fragment_id = self.fragment
            widget = run.widget_states.widgets.add()
            widget.id = f"$$STREAMLIT_INTERNAL_KEY_{self.component_id}__events"
            widget.json_trigger_value = json.dumps([{"event": event, "value": value}])
        self.is_idle = False
        self.wire.send(message.SerializeToString())

    def wait(self, arrived: Callable[[dict[str, Any]], bool]) -> None:
        """Until the server has said this to the desk."""
        deadline = time.monotonic() + LATE
        while not arrived(self.component):
            if self.is_idle:
                raise RuntimeError("the server was done without saying it")
            self._hear(deadline)

    def wait_until_idle(self) -> None:
        """Until the page is drawn."""
        deadline = time.monotonic() + LATE
        while not self.is_idle:
            self._hear(deadline)

    def _hear(self, deadline: float) -> None:
        raw = self.wire.recv(timeout=max(0.0, deadline - time.monotonic()))
        if not isinstance(raw, bytes):
            raise TypeError("the server sent a text")
        self.received += len(raw)
        message = ForwardMsg()
        message.ParseFromString(raw)
        if message.WhichOneof("type") == "ref_hash":
            metadata = message.metadata
            message = self.cached[message.ref_hash]
            message.metadata.CopyFrom(metadata)
        elif message.metadata.cacheable:
            self.cached[message.hash] = message
        if message.WhichOneof("type") == "script_finished":
            self.is_idle = message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        if message.WhichOneof("type") == "navigation":
            self.page = message.navigation.page_script_hash
        self._note(message)

    def _note(self, message: ForwardMsg) -> None:
        if message.WhichOneof("type") != "delta":
            return
        element = message.delta.new_element
        if element.WhichOneof("type") != "bidi_component":
            return
        component = element.bidi_component
        if component.component_name != COMPONENT:
            return
        kind = component.WhichOneof("data")
        said = component.mixed.json if kind == "mixed" else component.json
        self.component = json.loads(said)
        self.component_id = component.id
        self.fragment = message.delta.fragment_id

    def fetch(self, path: str) -> Any:
        """What a route of the desk gives."""
        request = urllib.request.Request(  # noqa: S310 - our own server
            f"{self.server.url}/{path}", headers={"Cookie": f"{COOKIE}={self.token}"}
        )
        with urllib.request.urlopen(request, timeout=LATE) as answer:  # noqa: S310 - as above
            return json.load(answer)


def opened(server: Server, review: MadeReview, token: str) -> Client:
    """A client that has the page before it."""
    wire = connect(
        f"ws://127.0.0.1:{server.port}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        additional_headers={"Cookie": f"{COOKIE}={token}"},
        origin=Origin(server.url),
        max_size=None,
        open_timeout=LATE,
    )
    client = Client(server=server, review=review, token=token, wire=wire)
    client.send()
    client.wait_until_idle()
    if not client.component:
        raise RuntimeError("the page came without the desk")
    return client


def goes_on(server: Server, review: MadeReview, token: str, times: int) -> Iterator[Measured]:
    """One person without a pause, who answers so often, and then goes on so often; gives what was
    measured before, between and after.
    """
    client, measured = opened(server, review, token), Measured()
    yield measured
    text = ""
    for number in range(times):
        text = _answer(client, number, text)
        client.wait_until_idle()
    yield measured
    for _ in range(times):
        _go_on(client, int(client.component["next"]), measured)
        client.wait_until_idle()
    client.wire.close()
    yield measured


def together(
    server: Server, review: MadeReview, tokens: list[str], seconds: float, think: float
) -> Measured:
    """All people at once: each answers every `think` seconds, and goes on after ten answers."""
    measured = Measured()
    ready = threading.Barrier(len(tokens))
    threads = [
        threading.Thread(
            target=_one_person,
            args=(server, review, token, number, measured, ready, seconds, think),
        )
        for number, token in enumerate(tokens)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return measured


def _one_person(  # noqa: PLR0913, PLR0917 - the arguments of a thread
    server: Server,
    review: MadeReview,
    token: str,
    number: int,
    measured: Measured,
    ready: threading.Barrier,
    seconds: float,
    think: float,
) -> None:
    try:
        begin = time.perf_counter()
        client = opened(server, review, token)
        measured.opened.append(1000 * (time.perf_counter() - begin))
        client.fetch(f"coding-desk/scheme/{review.version_id}")
        ready.wait()
        rnd = random.Random(number)  # noqa: S311 - the same pauses in every run
        time.sleep(rnd.random() * think)
        _answer_on(client, measured, time.monotonic() + seconds, think, done=number % 10)
        client.wire.close()
    except Exception as error:  # noqa: BLE001 - told with the figures
        ready.abort()
        measured.failed.append(f"{type(error).__name__}: {error}")


def _answer_on(
    client: Client, measured: Measured, until: float, think: float, *, done: int
) -> None:
    """Answer, and go to the next study at each tenth time.

    Args:
        client: at the desk.
        measured: takes what was measured.
        until: when it is over.
        think: seconds from one answer to the next.
        done: how far the person is with the first study: people do not all go on at once.
    """
    number = done
    text = ""
    while time.monotonic() < until:
        number += 1
        begin = time.perf_counter()
        before = client.received
        if number % 10:
            text = _answer(client, number, text)
            measured.kept.append(1000 * (time.perf_counter() - begin))
        else:
            text = ""
            wanted = int(client.component["next"])
            _go_on(client, wanted, measured)
        client.wait_until_idle()
        measured.received.append(client.received - before)
        time.sleep(max(0.0, think - (time.perf_counter() - begin)))


def _answer(client: Client, number: int, before: str) -> str:
    """One answer to a question of the study at hand; gives what is written there now."""
    study_id = int(client.component["study_id"])
    text = f"{client.token} {number}"
    client_id = f"{client.token}-{number}"
    said = {"kind": "answer", "question": "q4", "field": "value", "before": before, "after": text}
    sent = item(client.review, study_id, said, client_id)
    client.send("items", {"items": [sent], "storage": client.component["storage"]})
    client.wait(
        lambda said: (
            client_id in said["kept"]
            or client_id in said["refused"]
            or client_id in said["clashes"]
        )
    )
    if client_id not in client.component["kept"]:
        raise RuntimeError(f"not kept: {client.component['refused']} {client.component['clashes']}")
    return text


def _go_on(client: Client, study_id: int, measured: Measured) -> None:
    """To the next study, as the key does: its sheet is fetched while the page is told."""
    begin = time.perf_counter()
    place = {"study_id": study_id, "scheme_id": client.review.scheme_id}
    client.send("go", {**place, "storage": client.component["storage"]})
    client.fetch(f"coding-desk/study/{study_id}?scheme={client.review.scheme_id}")
    measured.sheets.append(1000 * (time.perf_counter() - begin))
    deadline = time.monotonic() + LATE
    while client.component["study_id"] != study_id:
        client._hear(deadline)  # noqa: SLF001 - the same module
    measured.placed.append(1000 * (time.perf_counter() - begin))
