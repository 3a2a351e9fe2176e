"""The log as JSON lines holds nothing that anybody wrote."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from evidence import json_log

SECRETS = ("Hope at work", "ann@example.org", "tok3n-of-anna", "Anna Meyer")


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(json_log.JsonLines())
    loggers = [logging.getLogger(name) for name in ("waymark.tried", "streamlit.tried")]
    for logger in loggers:
        logger.addHandler(handler)
        logger.propagate = False
    yield written
    for logger in loggers:
        logger.removeHandler(handler)
        logger.propagate = True


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    assert not [secret for secret in SECRETS if secret in stream.getvalue()]
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def fail(words: str) -> None:
    try:
        dict[str, str]()[words]
    except KeyError as error:
        raise ValueError(f"in {words}") from error


def test_what_messages_are_filled_with_is_left_out(stream: io.StringIO) -> None:
    ours, theirs = logging.getLogger("waymark.tried"), logging.getLogger("streamlit.tried")
    title, email, token, name = SECRETS
    ours.warning("Title %s of %d works by %r", title, 7, name)
    ours.warning("Just so")
    theirs.warning("Session %s, %.1f s", token, 2.5)
    theirs.warning(f"Put together before: {email}")
    theirs.error(ValueError(title))
    theirs.warning("%(who)s", {"who": name})
    theirs.warning("100 %% of %s", title)
    found = lines(stream)
    assert [each["message"] for each in found] == [
        "Title … of 7 works by …",
        "Just so",
        "Session …, 2.5 s",
        "…",
        "…",
        "%(who)s",
        "100 % of …",
    ]
    assert found[0]["level"] == "warning"
    assert found[0]["place"].startswith("test_json_log.py:")


def test_of_errors_kinds_and_places_are_told_and_not_their_words(stream: io.StringIO) -> None:
    try:
        fail(SECRETS[0])
    except ValueError:
        logging.getLogger("waymark.tried").exception("A page failed")
    (line,) = lines(stream)
    assert line["message"] == "A page failed"
    assert [each["kind"] for each in line["errors"]] == ["builtins.ValueError", "builtins.KeyError"]
    assert line["errors"][0]["places"][-1].endswith(" fail")


def test_only_who_vouches_for_it_writes_words(stream: io.StringIO) -> None:
    logging.getLogger("waymark.tried").info("ready")
    logging.getLogger("waymark.tried").warning("In %s", "/backups", extra=json_log.PLAIN)
    logging.getLogger("streamlit.tried").warning("In %s", SECRETS[0], extra=json_log.PLAIN)
    assert [each["message"] for each in lines(stream)][-2:] == ["In /backups", "In …"]
