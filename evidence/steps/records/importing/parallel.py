"""Reading in other processes while this one stores, so that a large file uses all cores.

The first process recognises the file. Where its format can be cut (chunks.py), a second one
reads every other chunk; this one takes the chunks in their order.
"""

import gc
import multiprocessing
import os
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from evidence.citations.formats import OpenedFile
from evidence.citations.formats.chunks import Chunk, closing_problems, cut, read_chunk
from evidence.citations.formats.format import Rows
from evidence.errors import WaymarkError
from evidence.problems import Effect
from evidence.steps.records.importing.batches import (
    COPIES,
    Batch,
    RecognisedFile,
    Task,
    batches,
    recognise,
)

FileWithBatches = tuple[RecognisedFile, Iterator[Batch]]
"""A file, and its entries batch by batch."""

READERS = 2  # processes; what they read in a second, one can just store


@dataclass(frozen=True, slots=True)
class Failed:
    """What a reading process sends when it fails by a fault of ours."""

    trace: str


@dataclass(frozen=True, slots=True)
class Ended:
    """What a reading process sends at the end of a chunk, or of the file."""

    headings: Rows


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file that two processes read in chunks.

    Attributes:
        opened: its account, without its bytes.
        clean: the path of its bytes.
    """

    opened: OpenedFile
    clean: Path
    chunks: Sequence[Chunk]


@contextmanager
def read(task: Task) -> Iterator[FileWithBatches]:
    """Read a file in processes of their own, never far ahead, that end with the block.

    Raises:
        WaymarkError: one of the processes was killed.
        RuntimeError: one failed; the text says where.
    """
    with ExitStack() as stack:
        has_helper = (os.cpu_count() or 1) >= READERS
        clean = stack.enter_context(_path()) if has_helper else None
        first = stack.enter_context(_process(_send, task, clean))
        orders, own_orders = multiprocessing.Pipe(duplex=False)
        with orders:  # so that the end of this process is the end of the pipe
            other = stack.enter_context(_process(_help, orders)) if has_helper else first
        stack.enter_context(own_orders)
        file, shared = _receive(first)
        if shared is None:
            yield file, _until_end(first, [])
        else:
            with suppress(BrokenPipeError):  # a dead helper is noticed when its batches are due
                own_orders.send(shared)
            yield file, _in_turn((first, other), shared)


def _in_turn(receivers: Sequence[Connection], shared: SharedFile) -> Iterator[Batch]:
    """The batches of all chunks in their order, and the problems that show at the end."""
    entries = 0
    headings: Rows = []
    for number in range(len(shared.chunks)):
        for batch in _until_end(receivers[number % READERS], headings):
            entries += len(batch.records)
            entries += sum(problem.effect is Effect.LOST for problem in batch.problems)
            yield batch
    if rest := list(closing_problems(shared.opened, entries, headings)):
        yield Batch(records=(), problems=rest)


def _until_end(receiver: Connection, headings: Rows) -> Iterator[Batch]:
    while not isinstance(message := _receive(receiver), Ended):
        yield message
    headings += message.headings


def _receive(receiver: Connection) -> Any:
    try:
        message = receiver.recv()
    except EOFError as error:
        raise WaymarkError(
            "The process that read the file was killed, perhaps for want of memory. Try it again."
        ) from error
    match message:
        case Failed(trace=trace):
            raise RuntimeError(trace)
        case _:
            return message


@contextmanager
def _path() -> Iterator[Path]:
    """A path where the first process writes the clean bytes for the other."""
    with tempfile.NamedTemporaryFile(prefix=COPIES, delete=False) as file:
        path = Path(file.name)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)  # somebody may have tidied up


@contextmanager
def _process(work: Callable[..., None], *args: object) -> Iterator[Connection]:
    """Start a process that ends with the block; gives the pipe out of which its batches come."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work, sender, *args), daemon=True)
    process.start()
    sender.close()  # so that the end of the process is the end of the pipe
    try:
        yield receiver
    finally:
        receiver.close()
        process.terminate()
        process.join()


def _work(work: Callable[..., None], sender: Connection, *args: object) -> None:
    """Runs in a process that reads."""
    gc.set_threshold(100_000, 50, 50)  # millions of small objects, none of which hold each other
    try:
        work(sender, *args)
    except (BrokenPipeError, EOFError):
        return  # the process that stores has ended
    except Exception:  # noqa: BLE001 - the process that stores raises it again
        sender.send(Failed(traceback.format_exc()))


def _send(sender: Connection, task: Task, clean: Path | None) -> None:
    """Recognise a file, and read all of it, or every other chunk from the first on."""
    file = recognise(task)
    opened = file.opened
    account = replace(opened, clean=b"", parts=(), reader=None)
    chunks = cut(opened) if clean else []
    shared = None
    if clean and chunks and _write(clean, opened.clean):
        shared = SharedFile(account, clean, chunks)
    sender.send((replace(file, opened=account), shared))
    if shared is None:
        for batch in batches(opened.entries()):
            sender.send(batch)
        sender.send(Ended([]))
    else:
        del file, opened
        _read(sender, shared, chunks[::READERS])


def _write(clean: Path, text: bytes) -> bool:
    """Write the bytes for the other process; gives whether that went well, as a full disk only
    costs its help.
    """
    try:
        clean.write_bytes(text)
    except OSError:
        return False
    return True


def _help(sender: Connection, orders: Connection) -> None:
    """Read every other chunk from the second on, if a file is read in chunks."""
    shared = orders.recv()
    _read(sender, shared, shared.chunks[1::READERS])


def _read(sender: Connection, shared: SharedFile, chunks: Sequence[Chunk]) -> None:
    with shared.clean.open("rb") as file:
        for chunk in chunks:
            file.seek(chunk.begin)
            text = file.read(chunk.end - chunk.begin)
            headings: Rows = []
            for batch in batches(read_chunk(text, chunk.line, shared.opened, headings)):
                sender.send(batch)
            sender.send(Ended(headings))
