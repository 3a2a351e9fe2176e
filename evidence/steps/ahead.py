"""Reading in one process while another stores, so that a large file uses two cores."""

import multiprocessing
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from typing import Any

from evidence.errors import WaymarkError
from evidence.steps.reading import Batch, Found, Task, batches, find

Coming = tuple[Found, Iterator[Batch]]
"""What a file is, and its entries, some at a time."""


@dataclass(frozen=True, slots=True)
class Failed:
    """What the reading process sends where nobody foresaw what happened."""

    trace: str


@contextmanager
def read(task: Task) -> Iterator[Coming]:
    """Read a file in a process of its own, which is never far ahead, and ends with the block.

    Raises:
        WaymarkError: the process was killed.
        RuntimeError: it failed; the text says where.
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(sender, task), daemon=True)
    process.start()
    sender.close()  # so that the end of the process is the end of the pipe
    try:
        yield _receive(receiver), _rest(receiver)
    finally:
        receiver.close()
        process.terminate()
        process.join()


def _rest(receiver: Connection) -> Iterator[Batch]:
    while batch := _receive(receiver):
        yield batch


def _receive(receiver: Connection) -> Any:
    try:
        came = receiver.recv()
    except EOFError as error:
        raise WaymarkError(
            "The process that read the file was killed, perhaps for want of memory. Try it again."
        ) from error
    match came:
        case Failed(trace=trace):
            raise RuntimeError(trace)
        case _:
            return came


def _send(sender: Connection, task: Task) -> None:
    """Runs in the process that reads."""
    try:
        found = find(task)
        account = replace(found.opened, clean=b"", parts=(), reader=None)
        sender.send(replace(found, opened=account))
        for batch in batches(found.opened):
            sender.send(batch)
        sender.send(None)
    except BrokenPipeError:
        return  # nobody wants it any more
    except Exception:  # noqa: BLE001 - the process that stores raises it again
        sender.send(Failed(traceback.format_exc()))
