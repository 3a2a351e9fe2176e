"""Work in parts, in this process or over an executor, with few parts in memory at a time."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from typing import TypeVar

Result = TypeVar("Result")
WAITING = 6  # parts that are handed out and not yet back


def map_parts(
    function: Callable[..., Result], tasks: Iterable[tuple[object, ...]], executor: Executor | None
) -> Iterator[Result]:
    """The results of a function on each tuple of arguments, in their order."""
    if executor is None:
        yield from (function(*task) for task in tasks)
        return
    waiting: deque[Future[Result]] = deque()
    for task in tasks:
        waiting.append(executor.submit(function, *task))
        if len(waiting) >= WAITING:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
