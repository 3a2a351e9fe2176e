"""Running work in the background, on an executor, while people do something else.

The work itself does not know where it runs: in a process of this machine, or on a worker of a
cluster (cluster.py). How far it is stands in the store, where pages look.

A worker that dies has its work given to another one, by Dask itself. That one finds that the job
was begun, and lets it fail as a whole: what killed the first may kill the next, and whoever started
it can start it again.
"""

import logging
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from threading import Event, Thread
from typing import TypeVar, cast

from evidence import __version__
from evidence.errors import Invalid, WaymarkError
from evidence.settings import Settings
from evidence.steps import cluster
from evidence.steps.desk import Desk
from evidence.store import Role, Store, jobs, migrate
from evidence.store.area_versions import NOTHING
from evidence.store.jobs import Job, JobState, StoreOfJob

WORTH_SPLITTING = 20_000  # records; below, starting processes costs more than it saves
HEARTBEAT = 20.0  # seconds between two signs of life
BROKEN = "Something went wrong; the server's log has the details."
LOST = "The process that did this was killed, perhaps for want of memory. Try it again."
LOST_WORKER = (
    "The worker of the cluster that did this was lost, perhaps for want of memory. "
    "Nothing was kept of it; try it again."
)
LOST_CLUSTER = (
    "The cluster was lost while this waited or ran. Whoever runs Waymark should see whether its "
    "scheduler runs; then look how far this is, and try it again."
)
OTHER_VERSION = (
    "A worker of the cluster has another version of Waymark than this server; nothing was begun. "
    "Whoever runs Waymark should install the same version on all machines."
)
NOTE_EVERY = 0.3  # seconds between two notes of how far the work is
ANSWERED_WITHIN = 10.0  # seconds until what people wait for is worked out by the server itself
Work = Callable[..., object]
T = TypeVar("T")
Cancelled = jobs.Cancelled
log = logging.getLogger("waymark")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Order:
    """Work as it travels to who does it: by reference, and without a text that could be shown.

    Its address holds the password of the database, and Dask writes what it was given into its log.

    Attributes:
        address: of the database.
        private: whether reviews are for their teams only.
        version: of the Waymark that gives the order, and of its tables.
        args: ids, and what people chose; never records.
    """

    address: str
    private: bool
    version: tuple[str, str]
    job_id: int
    work: Work
    args: tuple[object, ...]


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
    """Let the work run elsewhere; where that cannot begin, the job says why."""
    store = jobs.plain(store)
    order = Order(
        address=store.engine.url.render_as_string(hide_password=False),
        private=store.private,
        version=_version(),
        job_id=job_id,
        work=work,
        args=args,
    )
    try:
        future = _give(order)
    except WaymarkError as error:
        future = Future()
        future.set_exception(error)
    Thread(target=_watch, args=(store, job_id, future), daemon=True).start()
    return future


def _give(order: Order) -> Future[None]:
    try:
        return executor().submit(_carry_out, order)
    except BrokenProcessPool:  # one of its processes was killed, for want of memory perhaps
        _pool.cache_clear()
        return executor().submit(_carry_out, order)


def _watch(store: Store, job_id: int, future: Future[None]) -> None:
    """Note that a job is alive while it waits or works; notice when what did it was killed."""
    waiting = on_cluster()  # a worker beats for what it runs
    while not wait([future], HEARTBEAT).done:
        try:
            with store.writing_outside() as c:
                if not jobs.beat(c, job_id, datetime.now(UTC), waiting=waiting):
                    future.cancel()  # nobody wants it any more
        except Exception:  # the next beat may come through
            log.exception("A job could not be told to be alive")
    if message := _why_lost(future):
        _end(store, job_id, JobState.FAILED, message)


def _why_lost(future: Future[None]) -> str:
    """Why a job did not end by itself; "" where it did."""
    if future.cancelled():
        return LOST_CLUSTER  # or it was cancelled by somebody, which stays noted
    match future.exception():
        case None:
            return ""
        case BrokenProcessPool():
            return LOST
        case WaymarkError() as error:
            return str(error)
        case error if cluster.was_lost(error):
            return LOST_WORKER
        case error:
            log.error("A job failed", exc_info=error)
            return BROKEN


def answer(step: Callable[..., T], desk: Desk, *args: object) -> T:
    """What a step that only reads answers, worked out by a worker of the cluster if there is one.

    People wait for it, so it is worked out here where no worker is free in time, or none can.

    Raises:
        Invalid: as the step says.
    """
    if not Settings.from_environment().cluster or type(desk.store) is not Store:
        return step(desk, *args)  # a store at one moment is of this process alone
    order = Order(
        address=desk.store.engine.url.render_as_string(hide_password=False),
        private=desk.store.private,
        version=_version(),
        job_id=0,
        work=step,
        args=(desk.review_id, desk.person_id, args),
    )
    try:
        future = executor().submit(_answer, order)
        try:
            refused, found = future.result(ANSWERED_WITHIN)
        finally:
            future.cancel()
    except Exception as error:  # noqa: BLE001 - whatever it is, here it can be worked out
        log.warning("A worker of the cluster did not answer (%s)", type(error).__name__)
        return step(desk, *args)
    if refused:
        raise Invalid(refused)
    return cast("T", found)


def _answer(order: Order) -> tuple[str, object]:
    """Runs on a worker: why a step refuses, or what it answers."""
    if order.version != _version():
        raise Invalid(OTHER_VERSION)
    review_id, person_id, args = cast("tuple[int, int, tuple[object, ...]]", order.args)
    store = _open_store(order.address, order.private)
    desk = Desk(store=store, review_id=review_id, person_id=person_id)
    try:
        return "", order.work(desk, *args)
    except Invalid as error:
        return str(error), None
    except Exception:
        log.exception("A step failed")
        raise WaymarkError(BROKEN) from None


def run(store: Store, job_id: int, work: Work, *args: object) -> None:
    """Let the work run here and now, and note how it ended."""
    state, message = JobState.DONE, ""
    try:
        work(StoreOfJob(store, job_id), JobProgress(store, job_id), *args)
    except Cancelled:
        state = JobState.CANCELLED
    except WaymarkError as error:
        state, message = JobState.FAILED, str(error)
    except Exception:
        _end(store, job_id, JobState.FAILED, BROKEN)
        raise
    _end(store, job_id, state, message)


def on_cluster() -> bool:
    """Whether work in the background runs on other machines, which have no files of this one."""
    return bool(Settings.from_environment().cluster) or cluster.is_worker()


def executor() -> Executor:
    """Who does heavy work: the cluster of the settings, else processes of this machine.

    Raises:
        Invalid: no cluster can work with these settings.
        Unavailable: its scheduler does not answer.
    """
    return cluster.executor(Settings.from_environment()) if on_cluster() else _pool()


@cache
def _pool() -> Executor:
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
    """Processes to split heavy work over, where that is worth it; 0 workers: one for each core.

    A worker of a cluster works alone: Dask lets it have no children, and says how many there are.
    """
    count = workers or Settings.from_environment().workers or os.cpu_count() or 1
    if records < WORTH_SPLITTING or count == 1 or cluster.is_worker():
        yield None
        return
    with ProcessPoolExecutor(count) as pool:
        yield pool


def _end(store: Store, job_id: int, state: JobState, message: str) -> None:
    with store.writing_outside() as c:
        jobs.finish(c, job_id, state, datetime.now(UTC), message)


def _version() -> tuple[str, str]:
    return __version__, migrate.newest_step()


def _carry_out(order: Order) -> None:
    """Runs in a process of the executor."""
    if cluster.is_worker():
        _carry_out_on_cluster(order)
    else:
        store = _open_store(order.address, order.private)
        run(store, order.job_id, order.work, *order.args)


def _carry_out_on_cluster(order: Order) -> None:
    """Begin a job that nobody has begun; one that was begun has lost its worker.

    Raises:
        Invalid: this worker cannot do it.
        WaymarkError: it failed by a fault of ours, which stands in this worker's log; what Dask
            shows of it holds nothing of the review.
    """
    if order.version != _version():
        raise Invalid(OTHER_VERSION)
    store = _open_store(order.address, order.private)
    with store.writing_outside() as c:
        if not jobs.claim(c, order.job_id, datetime.now(UTC)):
            jobs.finish(c, order.job_id, JobState.FAILED, datetime.now(UTC), LOST_WORKER)
            return
    with _beating(store, order.job_id):
        try:
            run(store, order.job_id, order.work, *order.args)
        except Exception:
            log.exception("A job failed")
            raise WaymarkError(BROKEN) from None


@contextmanager
def _beating(store: Store, job_id: int) -> Iterator[None]:
    """Note that a job is alive, as long as this worker is."""
    ended = Event()

    def beat() -> None:
        while not ended.wait(HEARTBEAT):
            try:
                with store.writing_outside() as c:
                    jobs.beat(c, job_id, datetime.now(UTC))
            except Exception:  # the next beat may come through
                log.exception("A job could not be told to be alive")

    Thread(target=beat, daemon=True).start()
    try:
        yield
    finally:
        ended.set()


@lru_cache(maxsize=4)
def _open_store(address: str, private: bool) -> Store:  # noqa: FBT001 - travels as a tuple
    """The store in a process of the executor, which serves many jobs."""
    return Store.open(address, private=private)
