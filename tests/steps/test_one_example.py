"""Servers that begin at once on an empty database make one example."""

import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from evidence.errors import Unavailable
from evidence.steps.review import reviews
from evidence.store import Store, turns
from tests.conftest import ROOT, _administer

BEGINS = """
import sys
from evidence.steps import example
from evidence.steps.review import reviews
from evidence.store import Store

sys.stdin.readline()
store = Store.open(sys.argv[1])
if not reviews.overviews(store):
    example.load(store)
store.close()
"""


@pytest.fixture
def postgres_address(postgres: str) -> Iterator[str]:
    name = f"e{uuid.uuid4().hex}"
    _administer(postgres, f"CREATE DATABASE {name}")
    yield postgres.format(name=name)
    _administer(postgres, f"DROP DATABASE {name} WITH (FORCE)")


def begin_two(address: str) -> None:
    command = [sys.executable, "-c", BEGINS, address]
    both = [subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, text=True) for _ in range(2)]
    for process in both:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.wait(300) for process in both] == [0, 0]


@pytest.mark.journey
@pytest.mark.postgres
def test_two_processes_make_one_example_on_postgresql(postgres_address: str) -> None:
    begin_two(postgres_address)
    with closing(Store.open(postgres_address)) as store:
        assert [each.review.demonstration for each in reviews.overviews(store)] == [True]


@pytest.mark.journey
def test_two_processes_make_one_example_on_sqlite(tmp_path: Path) -> None:
    begin_two(f"sqlite:///{tmp_path / 'new.db'}")
    with closing(Store.open(f"sqlite:///{tmp_path / 'new.db'}")) as store:
        assert [each.review.demonstration for each in reviews.overviews(store)] == [True]
    assert [each.name for each in tmp_path.iterdir()] == ["new.db"]


def test_a_turn_is_waited_for_and_free_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    with turns.turn(store), pytest.raises(Unavailable, match="busy"), turns.turn(store):
        pass
    with turns.turn(store):
        pass
