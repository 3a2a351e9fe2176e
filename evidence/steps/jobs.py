"""Running work in the background, on an executor, while people do something else.

The work itself does not know where it runs. How far it is stands in the store, where pages look.
"""

import logging
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache, lru_cache
from threading import Thread

from evidence.errors import WaymarkError
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.store import Role, Store, jobs
from evidence.store.area_versions import NOTHING
from evidence.store.jobs import Job, JobState

WORTH_SPLITTING = 20_000  # records; below, starting processes costs more than it saves
HEARTBEAT = 20.0  # seconds between two signs of life
BROKEN = "Something went wrong; the server's log has the details."
LOST = "The process that did this was killed, perhaps for want of memory. Try it again."
NOTE_EVERY = 0.3  # seconds between two notes of how far the work is
Work = Callable[..., None]
log = logging.getLogger("waymark")


class Cancelled(Exception):
    """Somebody asked the work to stop."""


class JobProgress:
    """Notes how far a job is, not too often, and stops it when somebody asked for that."""

    def __init__(self, store: Store, job_id: int) -> None:
        self.store, self.job_id, self.last = store, job_id, 0.0

    def __call__(self, done: float, doing: str) -> None:
        """A Progress; raises Cancelled."""
        now = time.monotonic()
        if now - self.last < NOTE_EVERY and done < 1:
            return
        self.last = now
        with self.store.writing_outside() as c:
            if not jobs.tell(c, self.job_id, done, doing, datetime.now(UTC)):
                raise Cancelled


def begin(desk: Desk, kind: str, role: Role) -> int:
    """A new job on the review at the desk, whose work needs this role; gives its id."""
    with desk.writing(role, areas=NOTHING) as w:
        return jobs.add(w, kind)


def cancel(desk: Desk, job_id: int) -> None:
    """Ask a job to stop; what it did so far is lost."""
    with desk.writing(Role.EDITOR, areas=NOTHING) as w:
        jobs.cancel(w, job_id)


def newest(desk: Desk, kind: str) -> Job | None:
    """How far the newest job of a kind is."""
    with desk.reading() as c:
        return jobs.newest(c, desk.review_id, kind, datetime.now(UTC))


def submit(store: Store, job_id: int, work: Work, *args: object) -> Future[None]:
    """Let the work run elsewhere."""
    where = store.engine.url.render_as_string(hide_password=False), store.private
    try:
        future = executor().submit(_run_in_process, where, job_id, work, *args)
    except BrokenProcessPool:  # one of its processes was killed, for want of memory perhaps
        executor.cache_clear()
        future = executor().submit(_run_in_process, where, job_id, work, *args)
    Thread(target=_watch, args=(store, job_id, future), daemon=True).start()
    return future


def _watch(store: Store, job_id: int, future: Future[None]) -> None:
    """Note that a job is alive while it waits or works; notice when its process was killed."""
    while not wait([future], HEARTBEAT).done:
        try:
            with store.writing_outside() as c:
                if not jobs.beat(c, job_id, datetime.now(UTC)):
                    future.cancel()  # nobody wants it any more
        except Exception:  # the next beat may come through
            log.exception("A job could not be told to be alive")
    if not future.cancelled() and isinstance(future.exception(), BrokenProcessPool):
        _end(store, job_id, JobState.FAILED, LOST)


def run(store: Store, job_id: int, work: Work, *args: object) -> None:
    """Let the work run here and now, and note how it ended."""
    state, message = JobState.DONE, ""
    try:
        work(store, JobProgress(store, job_id), *args)
    except Cancelled:
        state = JobState.CANCELLED
    except WaymarkError as error:
        state, message = JobState.FAILED, str(error)
    except Exception:
        _end(store, job_id, JobState.FAILED, BROKEN)
        raise
    _end(store, job_id, state, message)


@cache
def executor() -> Executor:
    """Processes for heavy work; another executor (of a cluster, say) would do as well."""
    context = multiprocessing.get_context("spawn")  # the server has threads, which cannot be forked
    workers = Settings.from_environment().workers or max(1, (os.cpu_count() or 2) - 1)
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_follow)


def _follow() -> None:
    """Let a process of the executor end when the server is gone, however that ended."""

    def end() -> None:
        if server := multiprocessing.parent_process():
            server.join()
            os._exit(1)

    Thread(target=end, daemon=True).start()


@contextmanager
def processes(records: int, workers: int = 0) -> Iterator[Executor | None]:
    """Processes to split heavy work over, where that is worth it; 0 workers: one for each core."""
    count = workers or Settings.from_environment().workers or os.cpu_count() or 1
    if records < WORTH_SPLITTING or count == 1:
        yield None
        return
    with ProcessPoolExecutor(count) as pool:
        yield pool


def _end(store: Store, job_id: int, state: JobState, message: str) -> None:
    with store.writing_outside() as c:
        jobs.finish(c, job_id, state, datetime.now(UTC), message)


def _run_in_process(where: tuple[str, bool], job_id: int, work: Work, *args: object) -> None:
    run(_open_store(*where), job_id, work, *args)


@lru_cache(maxsize=4)
def _open_store(address: str, private: bool) -> Store:  # noqa: FBT001 - travels as a tuple
    """The store in a process of the executor, which serves many jobs."""
    return Store.open(address, private=private)
