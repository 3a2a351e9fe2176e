"""Work that the tests of a cluster give to its workers, which import this module."""

import os
import time
from pathlib import Path

from evidence.errors import Invalid
from evidence.steps import jobs
from evidence.steps.desk import Desk
from evidence.store import Role, Store
from evidence.store.review import reviews

LONGEST = 60.0  # seconds


def slowly(_store: Store, tell: jobs.JobProgress, folder: Path) -> None:
    """Say which process this is, then tell again and again."""
    (folder / "pid").write_text(str(os.getpid()))
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        tell(0.5, "Waiting to be killed")
        time.sleep(0.1)


def deafly(store: Store, _tell: jobs.JobProgress, folder: Path, ids: tuple[int, int]) -> None:
    """Write without having asked meanwhile whether anybody wants it, when there is a file go."""
    (folder / "pid").write_text(str(os.getpid()))
    end = time.monotonic() + LONGEST
    while not (folder / "go").exists() and time.monotonic() < end:
        time.sleep(0.05)
    try:
        with store.writing(*ids, Role.EDITOR) as w:
            reviews.change(w, reviews.Draft(title="Written by a job that was cancelled"))
    finally:
        (folder / "ended").touch()


def wrongly(_store: Store, _tell: jobs.JobProgress, words: str) -> None:
    """Fail by a fault of ours that repeats something of a review."""
    raise RuntimeError(words)


def with_another(store: Store, tell: jobs.JobProgress, other: int) -> None:
    """Begin another job, as bringing decisions in begins to learn the priority order."""
    jobs.submit(store, other, with_children)
    tell(1.0, "begun")


def who(_desk: Desk, refused: str = "") -> int:
    """Answer which process this is, or refuse."""
    if refused:
        raise Invalid(refused)
    return os.getpid()


def with_children(_store: Store, tell: jobs.JobProgress) -> None:
    """Ask for processes as for a large review."""
    with jobs.processes(10 * jobs.WORTH_SPLITTING, workers=4) as executor:
        tell(1.0, "alone" if executor is None else "with others")
