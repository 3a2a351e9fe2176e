"""The log as JSON lines that hold nothing of reviews: no title, name, token, address or password.

What a message was filled with may be anything that somebody wrote, and so may be the message of an
error; neither is written. What remains tells what went wrong and where: the message as it stands in
the code with its numbers, the kinds of errors, and the lines of the code that led there.
"""

import json
import logging
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

OURS = "waymark"  # loggers of this name and below; their messages stand in the code as they are
PLAIN = {"plain": True}
"""For `extra=` of a message that holds only what whoever runs the server wrote, such as paths."""
LEFT_OUT = "…"
MOST_PLACES = 30


class JsonLines(logging.Formatter):
    """One JSON object for each message."""

    def format(self, record: logging.LogRecord) -> str:
        """A record as a line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
            "place": f"{Path(record.pathname).name}:{record.lineno}",
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["errors"] = list(_errors(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False)


def install() -> None:
    """Let everything that is logged in this process, and what ends it, be such lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.root.handlers = [handler]
    logging.getLogger(OURS).setLevel(logging.INFO)
    for logger in list(logging.root.manager.loggerDict.values()):
        if isinstance(logger, logging.Logger) and (logger.handlers or logger.propagate):
            to_root(logger)  # others were made silent, such as uvicorn's of requests
    logging.lastResort = logging.StreamHandler(sys.stderr)  # what is grave of the silent ones
    logging.lastResort.setLevel(logging.WARNING)
    logging.lastResort.setFormatter(JsonLines())
    logging.captureWarnings(capture=True)
    sys.excepthook = _ended
    threading.excepthook = lambda args: _ended(
        args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
    )


def to_root(logger: logging.Logger) -> None:
    """Let a logger write what it has to say by the one handler that there is."""
    logger.handlers.clear()
    logger.propagate = True


def _ended(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger(OURS).critical("This was not foreseen", exc_info=(kind, error, trace))


def _message(record: logging.LogRecord) -> str:
    """What a record says, without what it was filled with, but for numbers."""
    ours = record.name == OURS or record.name.startswith(f"{OURS}.")
    if ours and getattr(record, "plain", False):
        return record.getMessage()
    if not isinstance(record.msg, str) or not (ours or record.args):
        return LEFT_OUT  # put together before it was logged, of whatever
    if not record.args or isinstance(record.args, Mapping):
        return record.msg
    filled = tuple(each if _is_number(each) else _Nothing() for each in record.args)
    try:
        return record.msg % filled
    except (TypeError, ValueError):
        return record.msg


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


class _Nothing:
    """Stands for what is not written."""

    def __str__(self) -> str:
        return LEFT_OUT

    __repr__ = __str__


def _errors(error: BaseException | None) -> Iterator[dict[str, object]]:
    """An error and those that led to it: of which kind, and where; not what they say."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        frames = traceback.extract_tb(error.__traceback__)[-MOST_PLACES:]
        yield {
            "kind": f"{type(error).__module__}.{type(error).__qualname__}",
            "places": [f"{Path(each.filename).name}:{each.lineno} {each.name}" for each in frames],
        }
        error = error.__cause__ or error.__context__
