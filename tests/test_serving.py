"""Starting and stopping the app, without a browser."""

import shutil
import signal
from pathlib import Path

import pytest

from evidence.steps.review import people
from evidence.store import Store
from scripts.serving import Server, free_port


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_stops_leaves_all_in_one_file(tmp_path: Path, how: signal.Signals) -> None:
    server = Server(folder=tmp_path, port=free_port())
    server.start()
    other = Store.open(server.database)  # else the last to leave would tidy up
    people.named(other, "Anna")
    assert (tmp_path / "waymark.db-wal").stat().st_size
    assert server.process
    server.process.send_signal(how)
    server.process.wait(20)
    alone = tmp_path / "alone" / "waymark.db"
    alone.parent.mkdir()
    shutil.copy(tmp_path / "waymark.db", alone)
    copied = Store.open(f"sqlite:///{alone}")
    assert [person.name for person in people.everybody(copied)] == ["Anna"]
    copied.close()
    other.close()
