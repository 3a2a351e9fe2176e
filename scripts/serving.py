"""The app on a port of its own, for browser tests, pictures and measurements."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Error, Page

ROOT = Path(__file__).resolve().parents[1]
STARTING = 180  # seconds


@dataclass
class Server:
    """The app on a port of its own, with a store of its own.

    Attributes:
        forgets_after: seconds after which a browser that was cut off finds a new session; as
            .streamlit/config.toml has it, without.
        base_path: what stands before every page's address, without slashes.
        started_in: the folder in which the command is given.
        python: which runs it.
        settings: environment variables beside those of this process.
        closed: whether it is kept from asking anything of other machines; see tried().
    """

    folder: Path
    port: int
    example: bool = False
    forgets_after: int | None = None
    base_path: str = ""
    started_in: Path = ROOT
    python: str = sys.executable
    closed: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}{self._before}"

    @property
    def _before(self) -> str:
        return f"/{self.base_path}" if self.base_path else ""

    @property
    def database(self) -> str:
        """The address of its store."""
        return f"sqlite:///{self.folder / 'waymark.db'}"

    def start(self) -> None:
        """Start it and wait until it answers; raises RuntimeError with its log if it does not."""
        log = (self.folder / "server.log").open("ab")
        example = "--example" if self.example else "--no-example"
        environment = {**os.environ, "WAYMARK_DATABASE": self.database, **self.settings}
        if self.forgets_after is not None:
            environment["STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL"] = str(self.forgets_after)
        if self.base_path:
            environment["STREAMLIT_SERVER_BASE_URL_PATH"] = self.base_path
        if self.closed:
            environment["PYTHONPATH"] = str(ROOT / "tests" / "closed_sockets")
            environment["NETWORK_LOG"] = str(self.folder / "network.log")
        command = [self.python, "-m", "evidence", "serve", example, "--port", str(self.port)]
        self.process = subprocess.Popen(
            command,
            cwd=self.started_in,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        deadline = time.monotonic() + STARTING
        while not self.healthy():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.process.kill()  # who waits no longer leaves nothing running
                raise RuntimeError((self.folder / "server.log").read_text())
            time.sleep(0.2)

    def healthy(self) -> bool:
        """Whether it answers."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as wire:
                request = f"GET {self._before}/_stcore/health HTTP/1.0\r\nHost: localhost\r\n\r\n"
                wire.sendall(request.encode())
                return b"200 OK" in wire.recv(100)
        except OSError:
            return False

    def tried(self) -> list[str]:
        """What a closed server tried to ask of other machines."""
        log = self.folder / "network.log"
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []

    def kill(self) -> None:
        """As a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# What was sent is answered, the script has run, and what it made stands. Streamlit loads a kind of
# widget when a page first has one, which moves what is below after the script has run; a click that
# meets a page while it moves is lost. The first look also begins to note what is sent.
STILL = """() => new Promise(done => {
  if (!window.waymarkSent) {
    window.waymarkSent = {at: 0, answered: true};
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function(...message) {
      const sent = {at: performance.now(), answered: false};
      window.waymarkSent = sent;
      this.addEventListener("message", () => { sent.answered = true; }, {once: true});
      return send.apply(this, message);
    };
  }
  let changed = performance.now();
  const watch = new MutationObserver(() => { changed = performance.now(); });
  watch.observe(document, {subtree: true, childList: true});
  const begun = performance.now();
  const moves = one => one.playState === "running" && one.effect.getComputedTiming().endTime < 5000;
  const look = () => {
    const now = performance.now(), sent = window.waymarkSent;
    const waits = !sent.answered && now - sent.at < 3000;  // some messages get no answer
    if (document.getAnimations().some(moves)) changed = now;
    const changes = now - changed < 60 && now - begun < 3000;  // some pages always change
    const runs = !document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]");
    const loads = !!document.querySelector("[data-testid=stSkeleton]");
    const isStill = !waits && !changes && !runs && !loads;
    if (isStill || now - begun > 30_000) {
      watch.disconnect();
      done(isStill);
    } else {
      setTimeout(look, 40);
    }
  };
  requestAnimationFrame(() => requestAnimationFrame(look));
})"""


def still(page: Page) -> None:
    """Wait until the script has run and the page stands as it made it."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    for _ in range(3):
        try:
            if page.evaluate(STILL):
                return
        except Error:  # another page was opened meanwhile
            page.wait_for_load_state()
    raise TimeoutError("The page does not become still.")


def name_oneself(page: Page, url: str, name: str) -> None:
    """Open the app for the first time and give a name."""
    page.goto(url)
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Start").click()
    page.get_by_role("heading", name="Reviews").wait_for()
