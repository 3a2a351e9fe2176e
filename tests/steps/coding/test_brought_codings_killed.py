"""A server that dies while a coding comes in leaves the review as it was."""

import subprocess
import sys
from pathlib import Path

import pytest

from evidence.screening.verdicts import Stage, State
from evidence.steps.coding import brought_codings
from evidence.steps.coding.brought_stages import Wishes
from evidence.steps.desk import Desk
from evidence.steps.review import people, reviews
from evidence.steps.screening import brought_decisions, decisions
from evidence.store import Store
from evidence.store.review.reviews import Draft
from tests.conftest import ROOT
from tests.eppi.made_exports import applied, as_bytes, reference, report
from tests.eppi.test_screening_sets import TITLES
from tests.steps.coding.test_brought_codings import SETTING, numbers, take

STUDIES = 1200  # more than are inserted at once
BRING = """
import sys, time
from evidence.steps.coding import brought_codings
from evidence.steps.coding.brought_stages import Wishes
from evidence.steps.desk import Desk
from evidence.store import Store
from evidence.store.coding import brought_rows
from evidence.screening.verdicts import Stage

insert, seen = brought_rows.insert_rows, []

def wait_in_the_middle(connection, table, *more):
    insert(connection, table, *more)
    seen.append(table.name)
    if seen.count("coding_change") == 2:
        print("in the middle", flush=True)
        time.sleep(600)

brought_rows.insert_rows = wait_in_the_middle
address, review_id, person_id, file_id = sys.argv[1:]
desk = Desk(store=Store.open(address), review_id=int(review_id), person_id=int(person_id))
brought_codings.bring(desk, int(file_id), Wishes(stages=((1, Stage.TITLE_ABSTRACT),)))
"""


@pytest.mark.journey
def test_a_server_killed_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'waymark.db'}"
    store = Store.open(address)
    person = people.named(store, "Anna")
    desk = reviews.create(store, person.id, Draft(title="Killed"))
    coded = [reference(number, applied(1), applied(101)) for number in range(1, STUDIES + 1)]
    file_id = take(desk, as_bytes(report([TITLES, SETTING], coded)))
    before = numbers(desk)
    store.close()
    child = subprocess.Popen(
        [sys.executable, "-c", BRING, address, str(desk.review_id), str(person.id), str(file_id)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout
    assert child.stdout.readline().strip() == "in the middle"
    child.kill()
    child.communicate()
    again = Desk(store=Store.open(address), review_id=desk.review_id, person_id=person.id)
    assert numbers(again) == before
    assert brought_codings.brought(again) == []
    assert brought_decisions.files(again) == []
    assert decisions.tally(again, Stage.TITLE_ABSTRACT)[State.OPEN] == STUDIES
    assert brought_codings.bring(again, file_id, Wishes()).counts.studies == STUDIES
    again.store.close()
