"""A review leaves as one file and is made again elsewhere, all of it or nothing."""

import re
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Text, cast, select, text, update

from evidence.errors import Invalid, NotAllowed, NotFound
from evidence.steps.desk import Desk
from evidence.steps.results import map_versions
from evidence.steps.review import archive, people
from evidence.steps.screening import full_texts
from evidence.store import Role, Store, schema
from evidence.store.archive.cells import kind_of
from evidence.store.archive.container import MANIFEST, MOST_BYTES
from evidence.store.archive.numbers_in_values import NUMBERS
from evidence.store.archive.review_tables import REVIEW_TABLES
from tests.conftest import ROOT
from tests.made_once import made_once
from tests.steps.archives import canonical, everything
from tests.steps.changed_archives import adds, claims, counts, drops, repacked, replaces, says
from tests.steps.prepared import PDF, Prepared, Who, prepare, prepared_database
from tests.steps.test_permission import rows

FIRST = 7_000_000  # numbers of rows that stand nowhere else


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Prepared]:
    """A database with a review that has everything in it."""
    folder = tmp_path_factory.mktemp("archive")
    content, prepared = made_once("everything", lambda: with_everything(folder / "making.db"))
    path = folder / "full.db"
    path.write_bytes(content)
    return path, prepared


def with_everything(path: Path) -> tuple[bytes, Prepared]:
    database, prepared = prepared_database()
    path.write_bytes(database)
    store = Store.open(f"sqlite:///{path}")
    try:
        everything(store, prepared)
    finally:
        store.close()
    return path.read_bytes(), prepared


@pytest.fixture
def source(full: tuple[Path, Prepared], tmp_path: Path) -> Iterator[Store]:
    """A copy of that database."""
    store = Store.open(f"sqlite:///{shutil.copy(full[0], tmp_path / 'source.db')}")
    yield store
    store.close()


@pytest.fixture
def prepared(full: tuple[Path, Prepared]) -> Prepared:
    return full[1]


@pytest.fixture
def target(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    """Another database, without a review."""
    store = Store.open(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'target.db')}")
    yield store
    store.close()


@pytest.fixture(scope="module")
def file(full: tuple[Path, Prepared], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of the review."""
    store = Store.open(f"sqlite:///{full[0]}")
    path = again(store, full[1].review_id, tmp_path_factory.mktemp("archive") / "review.zip")
    store.close()
    return path


def again(store: Store, review_id: int, path: Path) -> Path:
    """The archive of a review, taken where the database lies."""
    archive.save(Desk(store=store, review_id=review_id, person_id=0), path, on_the_machine=True)
    return path


# ── there and back ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.journey
def test_a_review_with_everything_in_it_is_the_same_elsewhere(
    file: Path, target: Store, tmp_path: Path
) -> None:
    taken = archive.take_in(target, file)
    expected = canonical(file)
    assert [name for name, lines in expected.items() if not lines] == []
    assert canonical(again(target, taken.review_id, tmp_path / "again.zip")) == expected


@pytest.mark.postgres
@pytest.mark.journey
def test_a_review_is_the_same_on_the_other_database_and_back(
    file: Path, emptied: Callable[[], str], target: Store, tmp_path: Path
) -> None:
    server = Store.open(emptied())
    try:
        on_server = archive.take_in(server, file)
        there = again(server, on_server.review_id, tmp_path / "there.zip")
    finally:
        server.close()
    back = archive.take_in(target, there)
    expected = canonical(file)
    assert canonical(there) == expected
    assert canonical(again(target, back.review_id, tmp_path / "back.zip")) == expected


@pytest.mark.journey
def test_a_review_beside_itself_changes_no_row_of_what_was_there(
    file: Path, source: Store, tmp_path: Path
) -> None:
    before = rows(source)
    taken = archive.take_in(source, file)
    after = rows(source)
    assert all(set(before[name]) <= set(after[name]) for name in before)
    names = ("browser", "upload", "job")
    assert [after[name] for name in names] == [before[name] for name in names]
    mine, theirs = canonical(again(source, taken.review_id, tmp_path / "a.zip")), canonical(file)
    assert {**mine, "person": []} == {**theirs, "person": []}


def test_an_archive_is_noted_in_the_history_and_changes_nothing_else(
    file: Path, source: Store, prepared: Prepared, tmp_path: Path
) -> None:
    archive.save(prepared.desk(source), tmp_path / "first.zip")
    assert canonical(tmp_path / "first.zip") == canonical(file)
    (*events, noted), expected = (
        canonical(path)["event"]
        for path in (again(source, prepared.review_id, tmp_path / "second.zip"), file)
    )
    assert events == expected
    assert "archived" in noted


def test_a_frozen_map_is_as_new_as_where_it_was_frozen(file: Path, target: Store) -> None:
    """Its studies have other numbers here, and it is sealed with them."""
    taken = archive.take_in(target, file)
    with target.reading_outside() as c:
        owner = c.execute(
            select(schema.review.c.created_by).where(schema.review.c.id == taken.review_id)
        ).scalar_one()
        studies = set(
            c.execute(
                select(schema.study.c.id).where(schema.study.c.review_id == taken.review_id)
            ).scalars()
        )
    desk = Desk(store=target, review_id=taken.review_id, person_id=owner)
    for version in map_versions.listing(desk):
        document = map_versions.shown(desk, map_versions.seen(desk, version.number)).document
        assert document["studies"]["id"]
        assert set(document["studies"]["id"]) <= studies


@pytest.mark.postgres
@pytest.mark.journey
def test_no_value_holds_numbers_of_rows_that_nobody_declared(emptied: Callable[[], str]) -> None:
    """Rows are numbered from 7 millions on, and such numbers are looked for in all texts."""
    store = Store.open(emptied())
    with store.writing_outside() as c:
        for number, each in enumerate(REVIEW_TABLES):
            if "id" in each.table.c:
                sequence = f"pg_get_serial_sequence('{each.name}', 'id')"
                c.execute(text(f"SELECT setval({sequence}, {FIRST + number * 10_000})"))
    prepared = prepare(store)
    everything(store, prepared)
    review_id = prepared.review_id
    found = set()
    with store.reading_outside() as c:
        for each in REVIEW_TABLES:
            columns = [column for column in each.table.c if kind_of(column) in {"string", "any"}]
            for column in columns:
                query = select(cast(column, Text)).where(each.of_review(review_id))
                stored = map(str, c.execute(query).scalars())
                if any(re.search(r"(?<![\w.])7[0-9]{6}(?![\w.])", value) for value in stored):
                    found.add(column)
    store.close()
    by_tests = {schema.decision.c.client_id}
    # Compressed, and what only a cell or a theme has, on which no act of the table rests.
    unseen = {schema.map_version.c.document, schema.conclusion_support.c.marks}
    assert found - by_tests == set(NUMBERS) - unseen


def test_numbers_in_values_follow_their_rows(file: Path, source: Store) -> None:
    taken = archive.take_in(source, file)
    with source.reading_outside() as c:
        files = c.execute(
            select(schema.dedupe_run.c.files).where(
                schema.dedupe_run.c.review_id == taken.review_id
            )
        ).scalars()
        own = select(schema.imported_file.c.id).join(schema.source)
        ids = set(c.execute(own.where(schema.source.c.review_id == taken.review_id)).scalars())
        named = {number for each in files for number in each}
        assert named
        # What was undone since is named by no number that a row could ever get.
        assert all(number in ids or number < 0 for number in named)


# ── people ────────────────────────────────────────────────────────────────────────────────────────


def test_people_become_persons_of_their_own_unless_somebody_says_otherwise(
    file: Path, target: Store
) -> None:
    here = people.named(target, Who.EDITOR)
    taken = {person.name: person for person in archive.take_in(target, file).people}
    assert taken[Who.EDITOR].name_here == f"{Who.EDITOR} (2)"
    assert not taken[Who.EDITOR].was_here
    assert taken[Who.REVIEWER].name_here == Who.REVIEWER
    second = archive.take_in(target, file, [Who.EDITOR])
    assert [each.name_here for each in second.people if each.was_here] == [Who.EDITOR]
    with target.reading(second.review_id, here.id, Role.EDITOR):
        pass  # the role came with the person
    assert archive.look(target, file).known == tuple(sorted(taken))


# ── full texts ────────────────────────────────────────────────────────────────────────────────────


def test_full_texts_can_stay_behind_and_be_added_again(
    source: Store, prepared: Prepared, target: Store, tmp_path: Path
) -> None:
    owner = prepared.desk(source)
    full_texts.add(owner, prepared.sought_id, "new.pdf", PDF + b" from the library")
    path = tmp_path / "small.zip"
    archive.save(owner, path, with_full_texts=False)
    assert PDF not in path.read_bytes()
    taken = archive.take_in(target, path, [Who.OWNER])
    with target.reading_outside() as c:
        table = schema.document
        query = select(table.c.id, table.c.work_id, table.c.person_id, table.c.sha256)
        found = c.execute(query.where(table.c.name == "new.pdf")).one()
    with pytest.raises(NotFound, match="was left out"):
        full_texts.content(target, found.person_id, found.id)
    desk = Desk(store=target, review_id=taken.review_id, person_id=found.person_id)
    full_texts.add(desk, found.work_id, "new.pdf", PDF + b" from the library")
    assert full_texts.content(target, found.person_id, found.id) == (
        "new.pdf",
        PDF + b" from the library",
    )


# ── who may take one ──────────────────────────────────────────────────────────────────────────────


def test_while_people_decide_only_the_owner_takes_an_archive(
    source: Store, prepared: Prepared, tmp_path: Path
) -> None:
    path = tmp_path / "a.zip"
    with pytest.raises(NotAllowed, match=r"this needs an owner.*open at title and abstract"):
        archive.save(prepared.by(Who.EDITOR).desk(source), path)
    for who in (Who.REVIEWER, Who.READER, Who.STRANGER, Who.REMOVED):
        with pytest.raises(NotAllowed):
            archive.save(prepared.by(who).desk(source), path)
    with pytest.raises(NotAllowed, match="no longer in the team"):
        archive.save(prepared.by(Who.REMOVED).desk(source), path, on_the_machine=True)
    assert not path.exists()
    with source.writing_outside() as c:
        c.execute(update(schema.work).values(title_abstract="exclude", full_text="open"))
        c.execute(update(schema.coding).values(state="complete"))
    archive.save(prepared.by(Who.EDITOR).desk(source), path)
    assert path.exists()


# ── what is refused ───────────────────────────────────────────────────────────────────────────────


REFUSED = {
    "a cell changed": (
        replaces("tables/label.csv", b"Other name", b"other name"), False,
        r"tables/label.csv was changed since the archive was made: its checksum"),
    "a file longer": (
        replaces("tables/label.csv", b"Other name", b"Other name!"), False,
        r"tables/label.csv was changed since the archive was made: it has"),
    "a table missing": (drops("tables/work.csv"), True, r"lacks tables/work.csv"),
    "a file put in": (adds("tables/more.csv"), True, r"tables/more.csv was put into the archive"),
    "a way out": (adds("../evil.csv"), True, r"“../evil.csv”, whose name leads out of it"),
    "another way out": (adds("/etc/evil"), True, r"whose name leads out of it"),
    "a bomb": (adds("tables/bomb.csv", bytes(60_000_000)), True,
        r"bomb.csv unpacks to [0-9,]+ times"),
    "too many bytes claimed": (claims(MOST_BYTES + 10**9), False, r"was changed since"),
    "a newer database": (says(schema="9999"), True, r"newer than this one .* newest Waymark"),
    "a newer program": (says(program="99.0"), True, r"newer than this one"),
    "an older database": (says(schema="0024"), True,
        r"is no table of the Waymark that made it"),
    "rows that are no number": (counts("five"), True, r"manifest.json is not as Waymark"),
    "a newer form": (says(format_version=2), True, r"newer form"),
    "another manifest": (adds(MANIFEST, b"{}"), False,
        r"manifest.json is not as Waymark writes it"),
    "a column renamed": (
        replaces("tables/label.csv", b"name", b"nome"), True,
        r"tables/label.csv, line 1: it lacks the columns name, and has too many: nome"),
    "a word for a number": (
        replaces("tables/imported_file.csv", b",1,", b",one,"), True,
        r"tables/imported_file.csv, line 2: .* is no whole number"),
    "a cell too many": (
        replaces("tables/label.csv", b"Other name", b"Other name,1"), True,
        r"tables/label.csv, line 2: it has 4 cells, and 3 columns"),
    "no UTF-8": (
        replaces("tables/label.csv", b"Other name", b"Other \xff\xfe"), True,
        r"tables/label.csv, line [12]: here or further down it is not in UTF-8"),
    "a row named that is not there": (
        replaces("tables/study_work.csv", b"\n", b"\n99999,1,1,2026-01-01T00:00:00.000000Z\n"),
        True,
        r"tables/study_work.csv"),
    "an unknown word": (
        replaces("tables/decision.csv", b",include,", b",perhaps,"), True,
        r"tables/decision.csv, line [0-9]+: verdict has a word that this Waymark does not know"),
    "an aspect that nobody rates": (
        replaces("tables/provision_rating.csv", b",effectiveness,", b",beauty,"), True,
        r"tables/provision_rating.csv, line [0-9]+: aspect has a word that this Waymark does not"),
    "a framework that cannot be read": (
        replaces("tables/practice_setting.csv", b"title: ", b"tattle: "), True,
        r"tables/practice_setting.csv, line [0-9]+: content holds something that no page can read"),
    "a file that is missing": (
        replaces("tables/scheme_version.csv", b"file:schemes/", b"file:schemas/"), True,
        r"tables/scheme_version.csv, line 2: yaml names schemas/.*, which the archive does not"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_as_it_was_made_is_refused_and_nothing_is_there(
    file: Path, target: Store, tmp_path: Path, case: str
) -> None:
    change, honest, words = REFUSED[case]
    path = repacked(file, tmp_path / "changed.zip", change, honest=honest)
    before = rows(target)
    with pytest.raises(Invalid, match=words):
        archive.take_in(target, path)
    assert rows(target) == before


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99])
def test_an_archive_that_was_cut_off_is_refused(
    file: Path, target: Store, tmp_path: Path, share: float
) -> None:
    content = file.read_bytes()
    path = tmp_path / "cut.zip"
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(Invalid, match=r"cut.zip cannot be opened"):
        archive.take_in(target, path)


def test_ten_gigabytes_claimed_are_refused_before_anything_is_read(
    file: Path, target: Store, tmp_path: Path
) -> None:
    """The size stands in the zip's list of files, from which nothing is unpacked."""
    path = tmp_path / "large.zip"
    content = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as packed:
        names = [info.filename for info in packed.infolist()]
    begin = content.rindex(b"PK\x01\x02", 0, content.index(names[0].encode(), len(content) // 2))
    content[begin + 20 : begin + 28] = (4_000_000_000).to_bytes(4, "little") * 2
    for name in names[1:3]:
        entry = content.rindex(b"PK\x01\x02", 0, content.rindex(name.encode()))
        content[entry + 20 : entry + 28] = (4_000_000_000).to_bytes(4, "little") * 2
    path.write_bytes(content)
    with pytest.raises(Invalid, match=r"unpacks to 12.0 GB; the limit is 8 GB"):
        archive.take_in(target, path)


# ── killed on the way ─────────────────────────────────────────────────────────────────────────────

KILLED = """
import os, signal, sys
from pathlib import Path
from evidence.steps.desk import Desk
from evidence.steps.review import archive
from evidence.store import Store
store, path = Store.open(sys.argv[2]), Path(sys.argv[3])
def tell(done, doing):
    if done > float(sys.argv[4]):
        os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[1] == "out":
    desk = Desk(store=store, review_id=1, person_id=0)
    archive.save(desk, path, on_the_machine=True, tell=tell)
else:
    archive.take_in(store, path, tell=tell)
"""


def killed(way: str, store: Store, path: Path, after: float) -> None:
    address = store.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", KILLED, way, address, str(path), str(after)]
    done = subprocess.run(command, cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.journey
def test_killed_while_it_is_written_no_file_has_its_name(source: Store, tmp_path: Path) -> None:
    killed("out", source, tmp_path / "review.zip", 0.4)
    assert not (tmp_path / "review.zip").exists()
    again(source, 1, tmp_path / "review.zip")
    assert (tmp_path / "review.zip").exists()


@pytest.mark.journey
def test_killed_while_it_is_taken_in_nothing_is_there(file: Path, target: Store) -> None:
    before = rows(target)
    killed("in", target, file, 0.7)
    assert rows(target) == before
    assert archive.take_in(target, file).rows > 0


def test_who_deletes_nothing_finds_the_older_archive_until_the_new_one_is_whole(
    source: Store, prepared: Prepared, tmp_path: Path
) -> None:
    path = tmp_path / "review.zip"
    path.write_bytes(b"the older one")
    with pytest.raises(NotAllowed):
        archive.save(prepared.by(Who.READER).desk(source), path)
    killed("out", source, path, 0.4)
    assert path.read_bytes() == b"the older one"
