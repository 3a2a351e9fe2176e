"""The process that reads PDF files: it may hang, die or be asked by many; the next file works."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import pytest

from evidence.documents.pdf import reader as module
from evidence.documents.pdf.reader import Limits, PdfFile, PdfReader
from evidence.documents.pdf.unreadable import Reason, UnreadablePdf
from evidence.errors import Unavailable
from tests.documents.pdf_writer import PageSource, line, scan, write

GOOD = PdfFile.of(write([PageSource(content=line(50, 700, "good"))]))


# Forms that draw each other, ten times on each of twelve levels; /X0 draws them all.
DEEP = [f"/X{level + 1} Do\n".encode() * 10 for level in range(12)]
DEEP.append(line(50, 700, "deep").encode())


def endless() -> PdfFile:
    return PdfFile.of(write([PageSource(content="/X0 Do")], forms=DEEP))


@pytest.fixture
def make() -> Iterator[Callable[[Limits], PdfReader]]:
    readers = []

    def reader(limits: Limits) -> PdfReader:
        readers.append(PdfReader(limits))
        return readers[-1]

    yield reader
    for each in readers:
        each.close()


Make = Callable[[Limits], PdfReader]


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_nothing_runs_before_something_is_asked_and_after_the_end(make: Make) -> None:
    reader = make(Limits())
    assert reader.process_id is None
    assert reader.page(GOOD, 1).text == "good"
    assert reader.process_id is not None
    reader.close()
    assert reader.process_id is None
    with pytest.raises(Unavailable):
        reader.page(GOOD, 1)


@pytest.mark.journey  # seconds of waiting
def test_a_file_that_hangs_is_stopped_and_the_next_one_works(make: Make) -> None:
    reader = make(Limits(seconds=2))
    file = endless()
    for _ in range(2):
        with pytest.raises(UnreadablePdf) as caught:
            reader.page(file, 1)
        assert caught.value.reason in {Reason.TOO_SLOW, Reason.CRASHED}
        assert reader.page(GOOD, 1).text == "good"


@pytest.mark.journey  # seconds of waiting
def test_a_page_that_broke_the_process_twice_is_not_tried_for_a_while(make: Make) -> None:
    reader = make(Limits(seconds=2, rest=3_600))
    file = endless()
    for _ in range(2):
        with pytest.raises(UnreadablePdf):
            reader.page(file, 1)
    assert reader.page(GOOD, 1).text == "good"
    process = reader.process_id
    with pytest.raises(UnreadablePdf):
        reader.page(file, 1)
    assert reader.process_id == process
    reader.limits = replace(reader.limits, rest=0)
    with pytest.raises(UnreadablePdf):
        reader.page(file, 1)
    assert reader.process_id != process  # it was tried again


def test_the_texts_of_a_file_lack_only_the_page_that_cannot_be_read(make: Make) -> None:
    contents = [line(50, 700, "before"), "/X0 Do", line(50, 700, "after"), *[""] * 8]
    file = PdfFile.of(write([PageSource(content=each) for each in contents], forms=DEEP))
    reader = make(Limits(seconds=2))
    texts = reader.texts(file)
    assert [page.number for page in texts] == list(range(1, 12))
    assert [page.text for page in texts] == ["before", "", "after", *[""] * 8]
    assert [page.number for page in texts if not page.is_readable] == [2]
    process = reader.process_id
    assert reader.texts(file) == texts  # remembered
    assert reader.process_id == process


@pytest.mark.journey  # seconds of waiting
def test_a_file_of_pages_that_all_break_the_process_is_given_up(make: Make) -> None:
    file = PdfFile.of(write([PageSource(content="/X0 Do")] * 9, forms=DEEP))
    with pytest.raises(UnreadablePdf):
        make(Limits(seconds=0.5)).texts(file)


def test_texts_are_forgotten_beyond_a_size(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_REMEMBERED", 9)
    reader = make(Limits())
    reader.texts(GOOD)
    other = PdfFile.of(write([PageSource(content=line(50, 700, "another"))]))
    assert [page.text for page in reader.texts(other)] == ["another"]
    assert list(reader._texts) == [other.digest]
    assert [page.text for page in reader.texts(GOOD)] == ["good"]


def test_a_process_that_dies_at_work_gives_a_message_and_the_next_file_works(make: Make) -> None:
    reader = make(Limits())
    reader.page(GOOD, 1)
    process = reader.process_id
    assert process is not None
    with ThreadPoolExecutor(1) as pool:
        hanging = pool.submit(reader.page, endless(), 1)
        time.sleep(0.3)
        os.kill(process, signal.SIGTERM)
        with pytest.raises(UnreadablePdf, match="was started again"):
            hanging.result(30)
    assert reader.page(GOOD, 1).text == "good"
    assert reader.process_id != process


@pytest.mark.parametrize("program", [shutil.which("false"), "/no/such/program"])
def test_a_process_that_does_not_start_is_told(
    make: Make, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    with pytest.raises(Unavailable, match="fault of Waymark's own"):
        make(Limits()).page(GOOD, 1)


def test_a_process_that_died_at_rest_is_not_noticed(make: Make) -> None:
    reader = make(Limits())
    reader.page(GOOD, 1)
    process = reader.process_id
    assert process is not None
    os.kill(process, signal.SIGTERM)
    until(lambda: reader.process_id is None)
    assert reader.page(GOOD, 1).text == "good"


@pytest.mark.journey  # seconds of waiting
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps a process to its memory")
def test_a_file_that_needs_too_much_memory_gives_a_message(make: Make) -> None:
    reader = make(Limits(megabytes=400))
    pixels = write([scan()]).replace(b"/Width 8 /Height 8", b"/Width 40000 /Height 40000")
    big = PdfFile(digest="big", load=lambda: bytes(190_000_000) + write([scan()]))
    for file in (big, PdfFile.of(pixels)):
        try:
            reader.picture(file, 1, 100)
        except UnreadablePdf as error:
            assert error.reason in {Reason.CRASHED, Reason.DAMAGED, Reason.PAGE_DAMAGED}  # noqa: PT017
    assert reader.page(GOOD, 1).text == "good"


def test_a_file_that_is_too_large_is_not_sent(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 10)
    with pytest.raises(UnreadablePdf) as caught:
        make(Limits()).page(GOOD, 1)
    assert caught.value.reason is Reason.TOO_LARGE


def test_many_threads_get_their_own_pages(make: Make) -> None:
    reader = make(Limits(requests=40))
    texts = [f"page {number}" for number in range(30)]
    file = PdfFile.of(write([PageSource(content=line(50, 700, text)) for text in texts]))
    with ThreadPoolExecutor(12) as pool:
        pages = list(pool.map(lambda at: reader.page(file, at % 30 + 1), range(240)))
    assert [page.text for page in pages] == texts * 8


def test_a_file_is_fetched_once_while_it_is_read(make: Make) -> None:
    reader = make(Limits())
    fetched = []

    def load() -> bytes:
        fetched.append(1)
        return write([PageSource(content=line(50, 700, "once")), scan()])

    file = PdfFile(digest="once", load=load)
    reader.page_sizes(file)
    reader.page(file, 1)
    reader.picture(file, 2, 100)
    assert len(fetched) == 1
    for number in range(5):  # more than are kept open
        reader.page(PdfFile.of(write([PageSource(content=line(50, 700, str(number)))])), 1)
    assert reader.page(file, 1).text == "once"
    assert len(fetched) == 2


def test_a_fault_in_fetching_is_told_as_it_is(make: Make) -> None:
    def load() -> bytes:
        raise Unavailable("The database is busy.")

    with pytest.raises(Unavailable, match="The database is busy"):
        make(Limits()).page(PdfFile(digest="lost", load=load), 1)


def test_who_waits_too_long_is_told(make: Make) -> None:
    reader = make(Limits(wait=0.2))
    go_on = Event()

    def load() -> bytes:
        go_on.wait(30)
        return write([scan()])

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(reader.page, PdfFile(digest="slow", load=load), 1)
        with pytest.raises(Unavailable, match="Try again"):
            first.result(30)
        with pytest.raises(Unavailable, match="Try again"):
            reader.page(GOOD, 1)
        go_on.set()
    reader.limits = Limits()
    assert reader.page(GOOD, 1).text == "good"


def test_who_would_stand_behind_too_many_is_told(make: Make) -> None:
    with pytest.raises(Unavailable, match="Try again"):
        make(Limits(line=0)).page(GOOD, 1)


@pytest.mark.parametrize("requests", [1, 2, 3])
def test_a_fresh_process_goes_on_after_some_requests(make: Make, requests: int) -> None:
    reader = make(Limits(requests=requests))
    processes = set()
    for _ in range(8):
        assert reader.page(GOOD, 1).text == "good"
        processes.add(reader.process_id)
    assert len(processes) > 2


def test_the_process_ends_with_its_server() -> None:
    program = (
        "import os\n"
        "from evidence.documents.pdf.reader import PdfFile, PdfReader\n"
        "from tests.documents.pdf_writer import scan, write\n"
        "reader = PdfReader()\n"
        "reader.page(PdfFile.of(write([scan()])), 1)\n"
        "print(reader.process_id, flush=True)\n"
        "os._exit(1)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    process = int(done.stdout)

    def is_gone() -> bool:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        return False

    until(is_gone)


def test_the_process_knows_nothing_of_the_database(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYMARK_DATABASE", "postgresql://somebody:secret@host/reviews")
    seen: dict[str, str] = {}
    start = subprocess.Popen

    def watch(*arguments: object, **settings: object) -> object:
        seen.update(settings["env"])  # type: ignore[call-overload]
        return start(*arguments, **settings)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", watch)
    assert make(Limits()).page(GOOD, 1).text == "good"
    assert seen
    assert not any("secret" in value for value in seen.values())
