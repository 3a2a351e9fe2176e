"""A Dask scheduler with workers of this machine, each a process in a folder of its own, for tests
and measurements.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from scripts.serving import ROOT, free_port

STARTING = 60  # seconds


@dataclass
class DaskCluster:
    """A scheduler and its workers; what they say stands in files of the folder.

    Attributes:
        folder: in which they run; it holds no database.
        workers: processes, each with a nanny that starts it again when it died.
    """

    folder: Path
    workers: int = 2
    port: int = field(default_factory=free_port)
    scheduler: subprocess.Popen[bytes] | None = None
    nannies: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where the scheduler listens."""
        return f"tcp://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start all of it."""
        self.scheduler = self._run(
            "scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--dashboard-address",
            "127.0.0.1:0", "--no-show",
        )  # fmt: skip
        self.nannies = [
            self._run("worker", self.address, "--nthreads", "1", "--no-dashboard", "--name",
                      f"w{number}", "--local-directory", str(self.folder))
            for number in range(self.workers)
        ]  # fmt: skip

    def _run(self, part: str, *arguments: str) -> subprocess.Popen[bytes]:
        """A part of the cluster, which finds Waymark as an installed package would be found."""
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        environment = {k: v for k, v in environment.items() if not k.startswith("WAYMARK_")}
        with (self.folder / f"{part}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{part}", *arguments],
                cwd=self.folder,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def said(self) -> str:
        """What scheduler and workers wrote."""
        return "".join(path.read_text() for path in sorted(self.folder.glob("*.log")))

    def kill_scheduler(self) -> None:
        """End the scheduler at once, as a power cut would."""
        if self.scheduler is not None:
            self.scheduler.kill()
            self.scheduler.wait()

    def stop(self) -> None:
        """End all of it; nannies take their workers with them."""
        for nanny in self.nannies:
            nanny.terminate()
        end = time.monotonic() + STARTING
        for nanny in self.nannies:
            try:
                nanny.wait(max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                nanny.kill()
        self.kill_scheduler()
