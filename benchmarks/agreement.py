"""How long it takes to say how far two people agree, and how much memory.

    python benchmarks/agreement.py [--studies 5000]

Each study is coded whole by two people with a scheme of 60 questions: 50 of ten codes each that
are ticked or not, five with one answer, five numbers. The second person says the same as the first
but for one row in ten. Codings are invented, and put into the database as rows. Measured in one
process: from the database to figures of all codes, the list of what they differ on, and both again
without the database.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import insert

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.exporting import peak  # noqa: E402
from benchmarks.screening import machine  # noqa: E402
from evidence.coding.agreement.disagreements import differences  # noqa: E402
from evidence.coding.agreement.measure import agreement as measured  # noqa: E402
from evidence.steps.coding import agreement, schemes  # noqa: E402
from evidence.steps.desk import Desk  # noqa: E402
from evidence.steps.review import people, reviews  # noqa: E402
from evidence.store import Role, Store, schema  # noqa: E402
from evidence.store.coding import compared_codings  # noqa: E402
from evidence.store.review.reviews import Draft  # noqa: E402

SEED = 20261130
MANY, ONE, NUMBERS = 50, 5, 5  # questions of each kind
CODES = 10  # of a question with options
MOST_TICKS = 2  # of a question of many codes
CHANGED = 0.1  # of the rows of the first coder, left out or said otherwise by the second
AT_ONCE = 200  # studies that are written together
CODERS = ("First", "Second")

Result = TypeVar("Result")


def main() -> None:
    """Measure, and print the table."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--studies", type=int, default=5_000)
    studies = options.parse_args().studies
    print(f"{studies:,} studies; {machine()}; load {os.getloadavg()[0]:.1f}; "
          f"{datetime.now(UTC):%Y-%m-%d}")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        desk, scheme_id = filled(f"sqlite:///{folder}/benchmark.db", studies)
        print("\n| what | s by the clock | CPU s | peak MB |\n|---|---|---|---|")
        found = timed("figures, from the database", lambda: agreement.measure(desk, scheme_id))
        differing = timed(
            "what they differ on, from the database", lambda: agreement.differing(desk, scheme_id)
        )
        with desk.reading() as c:
            compared = timed(
                "reading the codings alone",
                lambda: list(
                    compared_codings.compared(c, desk.review_id, scheme_id, desk.person_id).studies(
                        c
                    )
                ),
            )
        rows = sum(len(each) for study in compared for each in study.rows.values())
        timed("figures alone", lambda: measured(found.scheme, compared, CODERS))
        timed("differences alone", lambda: tuple(differences(found.scheme, compared, CODERS)))
    whole = found.agreed.figures[0]
    print(
        f"\n{rows:,} rows; {len(found.agreed.figures):,} figures; {whole.units:,} judgements on "
        f"{(MANY + ONE) * CODES} codes, alpha {whole.alpha:.3f}; {len(differing):,} differences"
    )


def timed(what: str, act: Callable[[], Result]) -> Result:
    """Do something and print how long it took."""
    began, worked = time.perf_counter(), time.process_time()
    result = act()
    took, cpu = time.perf_counter() - began, time.process_time() - worked
    print(f"| {what} | {took:.1f} | {cpu:.1f} | {peak():,.0f} |", flush=True)
    return result


def scheme() -> str:
    """A scheme of 60 questions with 550 codes."""
    lines = ["id: large", "title: A large scheme", 'version: "1"', "purpose: coding",
             "judges: study", "sections:", "  - title: All", "    questions:"]  # fmt: skip
    for number, kind in enumerate(kinds()):
        lines += [f"      - id: q{number}", f"        text: What of {number}?",
                  f"        kind: {kind}"]  # fmt: skip
        if kind != "number":
            options = ", ".join(f"{{id: c{code}, label: Code {code}}}" for code in range(CODES))
            lines.append(f"        options: [{options}]")
    return "\n".join(lines) + "\n"


def kinds() -> list[str]:
    """The kind of each question."""
    return ["many of"] * MANY + ["one of"] * ONE + ["number"] * NUMBERS


def filled(address: str, size: int) -> tuple[Desk, int]:
    """A review of so many studies, each of which two people coded; and its scheme."""
    store = Store.open(address)
    persons = [people.named(store, name) for name in CODERS]
    desk = reviews.create(store, persons[0].id, Draft(title="Benchmark"))
    scheme_id = schemes.add(desk, scheme(), "large.yaml")
    version = schemes.get(desk, scheme_id).version.id
    chance = random.Random(SEED)  # noqa: S311 - the same codings each time
    at = datetime(2026, 11, 30, tzinfo=UTC)
    with desk.writing(Role.REVIEWER) as w:
        for start in range(1, size + 1, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, size + 1))
            w.connection.execute(insert(schema.study), [
                {"id": number, "review_id": desk.review_id, "label": f"Study {number}",
                 "kind": "study", "created_by": persons[0].id, "created_at": at}
                for number in numbers
            ])  # fmt: skip
            codings, answers = [], []
            for number in numbers:
                first = said(chance)
                for person, rows in zip(persons, (first, changed(first, chance)), strict=True):
                    coding_id = number * len(persons) + persons.index(person)
                    codings.append({
                        "id": coding_id, "study_id": number, "scheme_id": scheme_id,
                        "person_id": person.id, "state": "complete", "completed_at": at,
                        "changed_at": at,
                    })  # fmt: skip
                    answers += [
                        {"coding_id": coding_id, "version_id": version, "changed_at": at, **row}
                        for row in rows
                    ]
            w.connection.execute(insert(schema.coding), codings)
            w.connection.execute(insert(schema.answer), answers)
    return desk, scheme_id


def said(chance: random.Random) -> list[dict[str, object]]:
    """What one person says of a study."""
    rows: list[dict[str, object]] = []
    for number, kind in enumerate(kinds()):
        own = {"question": f"q{number}", "arm": "", "note": ""}
        if kind == "number":
            value = str(chance.randint(10, 400))
            rows.append({**own, "code": "", "chosen": False, "value": value})
        else:
            ticks = 1 if kind == "one of" else chance.randint(0, MOST_TICKS)
            rows += [
                {**own, "code": f"c{code}", "chosen": True, "value": ""}
                for code in chance.sample(range(CODES), ticks)
            ]
    return rows


def changed(rows: list[dict[str, object]], chance: random.Random) -> list[dict[str, object]]:
    """The same but for one row in ten: a tick is missing, another number was read."""
    second = []
    for row in rows:
        if chance.random() >= CHANGED:
            second.append(row)
        elif row["value"]:
            second.append({**row, "value": str(chance.randint(10, 400))})
    return second


if __name__ == "__main__":
    main()
