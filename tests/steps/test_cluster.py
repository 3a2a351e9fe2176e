"""A cluster that cannot work is refused at the start, and nobody's job writes what nobody wants."""

import os

import pytest
from typer.testing import CliRunner

from evidence.cli import app
from evidence.errors import Invalid, NotFound, Unavailable
from evidence.settings import Settings
from evidence.steps import cluster, jobs
from evidence.steps.desk import Desk
from evidence.store import Role, Store
from evidence.store import jobs as stored_jobs
from evidence.store.jobs import JobState
from evidence.store.records import import_previews
from evidence.store.review import reviews
from tests.conftest import NOW
from tests.steps import cluster_work

SERVER = "postgresql+psycopg://anna:secret-word@database/waymark"
DRAFT = reviews.Draft(title="Written by a job")


@pytest.mark.parametrize("address", ["scheduler:8786", "tcp://10.0.0.5:8786", "tls://[::1]:8786"])
def test_a_scheduler_and_a_server_go_together(address: str) -> None:
    cluster.check(Settings(cluster=address, database=SERVER))
    cluster.check(Settings(database="sqlite:///some.db"))  # no cluster, nothing to refuse


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (
            Settings(cluster="tcp://s:8786", database="sqlite:///w.db"),
            "needs a PostgreSQL database",
        ),
        (Settings(cluster="scheduler", database=SERVER), "address of a Dask scheduler"),
        (Settings(cluster="tcp://s:1", database=SERVER, max_upload_mb=900), "to 400 or less"),
    ],
    ids=["SQLite", "no port", "large files"],
)
def test_what_cannot_work_is_refused_in_words(settings: Settings, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        cluster.check(settings)


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda _: None)
    with pytest.raises(Invalid, match=r"waymark\[dask\]"):
        cluster.check(Settings(cluster="tcp://s:8786", database=SERVER))


def test_serve_refuses_a_cluster_with_sqlite(
    sqlite_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYMARK_DATABASE", sqlite_address)
    monkeypatch.setenv("WAYMARK_CLUSTER", "tcp://scheduler:8786")
    result = CliRunner().invoke(app, ["serve", "--port", "59871"])
    assert result.exit_code != 0
    assert "needs a PostgreSQL database" in " ".join(result.output.split())


def test_an_order_shows_nothing_of_what_it_carries() -> None:
    settings = Settings(database=SERVER)
    order = jobs.Order(
        address=SERVER, private=False, version=("0", "1"), job_id=1, work=print, args=(settings,)
    )
    assert "secret-word" not in f"{order!r} {order}"
    assert "Settings" not in repr(order)


def test_a_cancelled_job_writes_nothing_even_when_it_did_not_hear_of_it(desk: Desk) -> None:
    """It is cancelled before its transaction, or while that goes on."""

    def write(store: Store, _tell: jobs.JobProgress, job_id: int, late: str) -> None:
        if not late:
            jobs.cancel(desk, job_id)
        with store.writing(desk.review_id, desk.person_id, Role.EDITOR) as w:
            reviews.change(w, DRAFT)
            if late:
                stored_jobs.cancel(w, job_id)

    for late in ("", "late"):
        job_id = jobs.begin(desk, "test", Role.EDITOR)
        jobs.run(desk.store, job_id, write, job_id, late)
        with desk.reading() as c:
            assert reviews.get(c, desk.review_id).title == "Work and recovery"
        job = jobs.newest(desk, "test")
        assert job is not None
        assert job.state is JobState.CANCELLED


def test_a_job_that_waits_is_begun_once(desk: Desk) -> None:
    job_id = jobs.begin(desk, "test", Role.EDITOR)
    with desk.store.writing_outside() as c:
        assert stored_jobs.claim(c, job_id, NOW)
        assert not stored_jobs.claim(c, job_id, NOW)
        stored_jobs.finish(c, job_id, JobState.FAILED, NOW, "lost")
        stored_jobs.finish(c, job_id, JobState.DONE, NOW)  # of a worker that was given up
    job = jobs.newest(desk, "test")
    assert job is not None
    assert (job.state, job.message) == (JobState.FAILED, "lost")


def test_a_cluster_that_does_not_answer_fails_the_job_in_words(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYMARK_CLUSTER", "tcp://127.0.0.1:1")
    monkeypatch.setenv("WAYMARK_DATABASE", SERVER)
    monkeypatch.setattr(cluster, "CONNECTING", 0.2)
    job_id = jobs.begin(desk, "test", Role.EDITOR)
    with pytest.raises(Unavailable, match="cluster does not answer"):
        jobs.submit(desk.store, job_id, print).result()
    assert jobs.answer(cluster_work.who, desk) == os.getpid()  # people wait: it is done here


def test_a_preview_keeps_one_file_at_a_time(desk: Desk) -> None:
    with desk.writing(Role.EDITOR) as w:
        for data in (b"one", b"two"):
            import_previews.store_upload(w, data)
        assert import_previews.stored_upload(w.connection, desk.review_id) == b"two"
        import_previews.drop_upload(w)
        with pytest.raises(NotFound):
            import_previews.stored_upload(w.connection, desk.review_id)
