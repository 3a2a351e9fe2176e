"""Work in the background on a real Dask scheduler, with two workers that have no file of ours."""

import io
import os
import random
import signal
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.reading import ris_entry
from evidence.settings import Settings
from evidence.steps import cluster, jobs
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates import duplicates
from evidence.steps.records.importing import imports, previews, uploads
from evidence.steps.review import people, reviews
from evidence.store import Role, Store
from evidence.store.jobs import Job, JobState
from evidence.store.records import duplicates as stored_pairs
from evidence.store.records import records_of_works, works
from evidence.store.records.sources import SourceDraft
from evidence.store.review import reviews as stored_reviews
from scripts.dask_cluster import DaskCluster
from tests.conftest import empty_database
from tests.steps import cluster_work

pytestmark = [pytest.mark.journey, pytest.mark.postgres]

PASSWORD = "secret-word"  # noqa: S105 - of a server that asks for none
NAMES = ["a.ris", "b.ris", "c.zip/c.ris", "c.zip/d.ris", "t.csv"]
LONGEST = 180.0  # seconds that a test waits for anything


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    distributed = pytest.importorskip("dask")
    with distributed.config.set({"distributed.comm.timeouts.connect": "3s"}):
        started = DaskCluster(tmp_path_factory.mktemp("cluster"))
        started.start()
        yield started
        for client in cluster._clients.values():
            client.close(timeout=5)  # type: ignore[no-untyped-call]
        cluster._clients.clear()
        started.stop()


@pytest.fixture(scope="module")
def address(postgres: str) -> str:
    """With a password in it, which must not be shown anywhere."""
    return empty_database(postgres).replace("postgres:@", f"postgres:{PASSWORD}@")


@pytest.fixture
def there(address: str) -> Iterator[Store]:
    opened = Store.open(address)
    yield opened
    opened.close()


@pytest.fixture
def new_desk(there: Store) -> Callable[[str], Desk]:
    """A desk at a new review."""
    person = people.named(there, "Anna")
    return lambda title: reviews.create(there, person.id, stored_reviews.Draft(title=title))


@pytest.fixture
def settings(dask: DaskCluster, address: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Whatever can run in the background runs on the cluster."""
    monkeypatch.setenv("WAYMARK_CLUSTER", dask.address)
    monkeypatch.setenv("WAYMARK_DATABASE", address)
    monkeypatch.setattr(uploads, "WHILE_WAITING", 0)
    monkeypatch.setattr(duplicates, "WHILE_WAITING", 0)
    return Settings.from_environment()


def until(has_come: Callable[[], object]) -> None:
    end = time.monotonic() + LONGEST
    while not has_come():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)


def ended(desk: Desk, kind: str) -> Job:
    """The newest job of a kind, when it is over."""
    until(lambda: (job := jobs.newest(desk, kind)) is not None and not job.going)
    job = jobs.newest(desk, kind)
    assert job is not None
    return job


def entries(first: int, last: int) -> bytes:
    dice = random.Random(first)  # noqa: S311 - words for a test
    return "".join(ris_entry(number, dice) for number in range(first, last)).encode()


def files() -> list[tuple[str, bytes]]:
    """Two searches that share records, an archive, and a table."""
    shared = entries(0, 60)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("c.ris", shared.replace(b"Journal of", b"The Journal of"))
        zipped.writestr("d.ris", entries(200, 230))
    table = "Title,Year,Authors\n" + "".join(
        f"A title of a table {n},2001,Doe J\n" for n in range(9)
    )
    return [
        ("a.ris", shared + entries(60, 120)),
        ("b.ris", shared + entries(300, 330)),
        ("c.zip", archive.getvalue()),
        ("t.csv", table.encode()),
    ]


def bring_in(desk: Desk, settings: Settings, *, wait: bool) -> None:
    for name, data in files():
        uploads.add_all(desk, name, data, settings, wait=wait)
    until(lambda: not any(each.file.job.going for each in previews.listing(desk)))
    looks = sorted(previews.listing(desk), key=lambda each: each.file.name)
    assert [each.file.name for each in looks] == NAMES
    imports.import_files(
        desk,
        [
            imports.Choice(preview_id=each.id, source=SourceDraft(name=each.file.name))
            for each in looks
        ],
    )


def what_is_there(desk: Desk) -> tuple[object, ...]:
    """Records, works by what their records say, and verdicts; two workers number them in turn."""
    with desk.reading() as c:
        ids, references = works.all_references(c, desk.review_id)
        members = records_of_works.memberships(c, desk.review_id)
        verdicts = stored_pairs.reasons(c, desk.review_id)
        possible = stored_pairs.possible_pairs(c, desk.review_id)
    says = {id_: repr(reference) for id_, reference in zip(ids, references, strict=True)}
    groups: dict[int, list[str]] = {}
    for each in members:
        groups.setdefault(each.work_id, []).append(says[each.record_id])
    return sorted(says.values()), sorted(map(sorted, groups.values())), verdicts, len(possible)


def test_import_and_duplicates_end_as_they_do_alone(
    new_desk: Callable[[str], Desk], settings: Settings, dask: DaskCluster
) -> None:
    alone, far = new_desk("Alone"), new_desk("On the cluster")
    bring_in(alone, settings, wait=True)
    duplicates.run(alone)
    bring_in(far, settings, wait=False)
    duplicates.start(far)
    job = ended(far, duplicates.JOB)
    assert (job.state, job.message) == (JobState.DONE, "")
    assert what_is_there(far) == what_is_there(alone)
    assert duplicates.counts(far) == duplicates.counts(alone)
    assert duplicates.counts(far).removed > 60
    assert not list(dask.folder.rglob("*.db"))


def test_a_worker_works_alone(new_desk: Callable[[str], Desk], settings: Settings) -> None:
    desk = new_desk("Large")
    jobs.submit(desk.store, jobs.begin(desk, "test", Role.EDITOR), cluster_work.with_children)
    job = ended(desk, "test")
    assert (job.state, job.doing) == (JobState.DONE, "alone")


def test_neither_password_nor_review_is_shown_by_dask(
    new_desk: Callable[[str], Desk], settings: Settings, dask: DaskCluster
) -> None:
    desk = new_desk("Fails")
    job_id = jobs.begin(desk, "test", Role.EDITOR)
    future = jobs.submit(desk.store, job_id, cluster_work.wrongly, "a title of the review")
    job = ended(desk, "test")
    assert (job.state, job.message) == (JobState.FAILED, jobs.BROKEN)
    assert str(future.exception(timeout=LONGEST)) == jobs.BROKEN
    until(lambda: "Compute Failed" in dask.said())
    assert PASSWORD not in dask.said()
    _, of_dask = dask.said().split("Compute Failed")
    assert "a title of the review" not in of_dask
    assert "RuntimeError: a title of the review" in dask.said()  # in the worker's log of ours


def test_what_was_cancelled_is_not_written_while_the_work_runs_on(
    new_desk: Callable[[str], Desk], settings: Settings, tmp_path: Path
) -> None:
    desk = new_desk("Stays")
    job_id = jobs.begin(desk, "test", Role.EDITOR)
    ids = desk.review_id, desk.person_id
    future = jobs.submit(desk.store, job_id, cluster_work.deafly, tmp_path, ids)
    until((tmp_path / "pid").exists)
    jobs.cancel(desk, job_id)
    assert future.cancel()  # so Dask says, while the work runs on
    (tmp_path / "go").touch()
    until((tmp_path / "ended").exists)
    assert ended(desk, "test").state is JobState.CANCELLED
    with desk.reading() as c:
        assert stored_reviews.get(c, desk.review_id).title == "Stays"


def test_a_worker_that_dies_in_the_middle_is_told_and_leaves_nothing_half(
    new_desk: Callable[[str], Desk], settings: Settings, tmp_path: Path
) -> None:
    desk = new_desk("Loses its worker")
    jobs.submit(desk.store, jobs.begin(desk, "test", Role.EDITOR), cluster_work.slowly, tmp_path)
    until(
        lambda: (job := jobs.newest(desk, "test")) and job.state is JobState.RUNNING and job.doing
    )
    os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)
    job = ended(desk, "test")
    assert (job.state, job.message) == (JobState.FAILED, jobs.LOST_WORKER)


def test_a_file_whose_reader_dies_is_not_imported(
    new_desk: Callable[[str], Desk], settings: Settings
) -> None:
    desk = new_desk("Import that breaks off")
    uploads.add(desk, "large.ris", entries(0, 5000), settings)
    until(lambda: previews.listing(desk)[0].file.job.done > 0)
    client = cluster._clients[settings.cluster]
    at_work = client.processing()  # type: ignore[no-untyped-call]
    (where,) = [worker for worker, keys in at_work.items() if keys]
    (pid,) = client.run(os.getpid, workers=[where]).values()
    os.kill(pid, signal.SIGKILL)
    until(lambda: not previews.listing(desk)[0].file.job.going)
    (look,) = previews.listing(desk)
    assert (look.file.job.state, look.file.job.message) == (JobState.FAILED, jobs.LOST_WORKER)
    assert not look.can_be_imported
    assert duplicates.counts(desk).records == 0
    previews.drop(desk, look.id)
    assert previews.listing(desk) == []


def test_a_scheduler_that_dies_is_told_and_another_one_taken(
    new_desk: Callable[[str], Desk], settings: Settings, dask: DaskCluster, tmp_path: Path
) -> None:
    """The last one, because it ends the cluster of this module."""
    desk = new_desk("Loses its cluster")
    jobs.submit(desk.store, jobs.begin(desk, "test", Role.EDITOR), cluster_work.slowly, tmp_path)
    until((tmp_path / "pid").exists)
    dask.kill_scheduler()
    job = ended(desk, "test")
    assert (job.state, job.message) == (JobState.FAILED, jobs.LOST_CLUSTER)
    duplicates.start(desk)  # the app goes on
    told = ended(desk, duplicates.JOB).message
    assert told in {cluster.NO_ANSWER, jobs.LOST_CLUSTER}  # given up, or about to be
    dask.stop()
    dask.start()
    duplicates.start(desk)
    assert ended(desk, duplicates.JOB).state is JobState.DONE
