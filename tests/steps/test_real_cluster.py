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
from evidence.errors import Invalid
from evidence.screening.stage_settings import Order, StageSettings
from evidence.screening.verdicts import State, Verdict
from evidence.settings import Settings
from evidence.steps import cluster, example, jobs
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates import duplicates
from evidence.steps.records.importing import imports, previews, uploads
from evidence.steps.results import map_document
from evidence.steps.review import people, reviews
from evidence.steps.screening import priority
from evidence.store import Role, Store
from evidence.store.jobs import Job, JobState
from evidence.store.records import duplicates as stored_pairs
from evidence.store.records import records_of_works, works
from evidence.store.records.sources import SourceDraft
from evidence.store.review import reviews as stored_reviews
from evidence.store.screening import decisions, rankings, stage_settings
from evidence.store.screening.decisions import NewDecision, ToScreen
from scripts.dask_cluster import DaskCluster
from tests.conftest import a_reading, empty_database, keep
from tests.steps import cluster_work
from tests.steps.screening.test_priority import MIXED

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


def test_the_priority_order_is_learnt_as_it_is_alone(
    new_desk: Callable[[str], Desk], settings: Settings
) -> None:
    orders = []
    for title, wait in (("Alone", True), ("On the cluster", False)):
        desk = new_desk(title)
        keep(desk.store, desk.person_id, desk.review_id, a_reading(*MIXED))
        with desk.writing(Role.REVIEWER) as w:
            plain = StageSettings(order=Order.PRIORITY, chance=0.0)
            stage_settings.change(w, priority.STAGE, plain)
            first = decisions.works_in_state(
                w.connection, desk.review_id, priority.STAGE, state=State.OPEN, limit=12
            )
            decisions.add(w, [decided(work) for work in first])
        assert priority.learn(desk, wait=wait)
        job = ended(desk, priority.KIND)
        assert (job.state, job.message) == (JobState.DONE, "")
        with desk.reading() as c:
            newest = rankings.newest(c, desk.review_id, priority.STAGE)
            assert newest is not None
            stored = rankings.load(c, newest.id)
        assert stored is not None
        smallest = min(stored.works)
        orders.append([work - smallest for work in stored.works])
    assert orders[0] == orders[1]
    assert len(orders[0]) == len(MIXED) - 12


def decided(work: ToScreen) -> NewDecision:
    relevant = work.reference.title.startswith("Gardening")
    return NewDecision(
        work_id=work.id,
        stage=priority.STAGE,
        verdict=Verdict.INCLUDE if relevant else Verdict.EXCLUDE,
        client_id=str(work.id),
    )


def test_a_job_on_a_worker_begins_another_one(
    new_desk: Callable[[str], Desk], settings: Settings
) -> None:
    desk = new_desk("Two jobs")
    other = jobs.begin(desk, "other", Role.EDITOR)
    job_id = jobs.begin(desk, "test", Role.EDITOR)
    jobs.submit(desk.store, job_id, cluster_work.with_another, other)
    assert ended(desk, "test").state is JobState.DONE
    assert ended(desk, "other").doing == "alone"


def test_a_large_map_is_made_by_a_worker_as_it_is_alone(
    there: Store,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = example.load(there, settings)
    how = map_document.wanted(desk)
    alone = map_document.of_complete_codings(desk, how)
    assert alone is not None
    assert alone.studies > 0
    monkeypatch.setattr(map_document, "LARGE", 0)
    monkeypatch.setattr(jobs, "ANSWERED_WITHIN", LONGEST)
    assert map_document.of_complete_codings(desk, how) == alone
    assert jobs.answer(cluster_work.who, desk) != os.getpid()
    with pytest.raises(Invalid, match="of two questions"):
        jobs.answer(cluster_work.who, desk, "of two questions")
    assert "did not answer" not in caplog.text


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

    def goes_again() -> bool:
        duplicates.start(desk)
        return ended(desk, duplicates.JOB).state is JobState.DONE

    until(goes_again)  # the new scheduler takes some seconds to start
