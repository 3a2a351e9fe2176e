"""How long it takes to take codings away and to read them back, how large they are, and the memory.

    python benchmarks/codings_export.py [--studies 5000]

Each study is coded by one person with a scheme of 60 questions, 20 of them with options, 20 numbers
and 20 texts, and has three findings with numbers. The codings are put into the
database as rows. Each form is written, and then read back, in a process of its own.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.exporting import peak  # noqa: E402
from evidence.steps.coding import codings_check, codings_export, schemes  # noqa: E402
from evidence.steps.desk import Desk  # noqa: E402
from evidence.steps.review import people, reviews  # noqa: E402
from evidence.store import Role, Store, schema  # noqa: E402
from evidence.store.review.reviews import Draft  # noqa: E402

QUESTIONS = 60
KINDS = ("one of", "number", "text")
FORMS = {"workbook": "codings.xlsx", "CSV files": "codings"}
NOTE = "As the report says on its third page, in the section on participants."


def main() -> None:
    """Measure, and print the table."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--studies", type=int, default=5_000)
    options.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    args = options.parse_args()
    if args.one:
        measure(*args.one)
        return
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    busy = f"load {os.getloadavg()[0]:.1f}; {datetime.now(UTC):%Y-%m-%d}"
    print(f"{args.studies:,} studies x {QUESTIONS} answers; {machine}; {busy}")
    print("\n| what | answers | s | CPU s | MB | peak MB | before MB |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/benchmark.db"
        desk = filled(address, args.studies)
        for form in FORMS:
            for act in ("write", "read"):
                where = [f"{act} {form}", address, str(desk.review_id), str(desk.person_id)]
                subprocess.run([sys.executable, __file__, "--one", *where], check=True)


def scheme() -> str:
    """A scheme of 60 questions."""
    lines = ["id: large", "title: A large scheme", 'version: "1"', "purpose: coding",
             "judges: study", "sections:", "  - title: All", "    questions:"]  # fmt: skip
    for number in range(QUESTIONS):
        kind = KINDS[number % len(KINDS)]
        lines += [f"      - id: q{number}", f"        text: What of {number}?",
                  f"        kind: {kind}"]  # fmt: skip
        if kind == "one of":
            options = ", ".join(f"{{id: c{code}, label: Code {code}}}" for code in range(12))
            lines.append(f"        options: [{options}]")
    return "\n".join(lines) + "\n"


def filled(address: str, size: int) -> Desk:
    """A review with so many coded studies."""
    store = Store.open(address)
    person = people.named(store, "Benchmark")
    desk = reviews.create(store, person.id, Draft(title="Benchmark"))
    scheme_id = schemes.add(desk, scheme(), "large.yaml")
    (taken,) = schemes.taken(desk)
    at = datetime(2026, 11, 30, tzinfo=UTC)
    seen = {"version_id": taken.version.id, "changed_at": at}
    with desk.writing(Role.REVIEWER) as w:
        for number in range(1, size + 1):
            by = {"created_by": person.id, "created_at": at}
            study = {"id": number, "review_id": desk.review_id, "label": f"Study {number}"}
            w.connection.execute(insert(schema.study).values(kind="study", **study, **by))
            coding = {"id": number, "study_id": number, "scheme_id": scheme_id}
            w.connection.execute(
                insert(schema.coding).values(
                    person_id=person.id, state="complete", completed_at=at, changed_at=at, **coding
                )
            )
            answers = [said(number, question) | {"coding_id": number, **seen}
                       for question in range(QUESTIONS)]  # fmt: skip
            w.connection.execute(insert(schema.answer), answers)
            w.connection.execute(insert(schema.finding), [
                {"coding_id": number, "uid": f"f{number}-{f}", "fields": {
                    "measure": "Scale", "direction": "better", "numbers.mean1": "12.5",
                    "numbers.mean2": "11.5", "numbers.sd1": "3.1", "numbers.sd2": "3.2",
                    "n_intervention": "40", "n_comparison": "41", "note": NOTE}, **seen}
                for f in range(3)
            ])  # fmt: skip
    store.close()
    return desk


def said(study: int, question: int) -> dict[str, object]:
    """An answer of the kind that the question asks for; every seventh has a note."""
    kind = KINDS[question % len(KINDS)]
    values = {"one of": "", "number": str(study * question), "text": f"What study {study} says"}
    return {
        "question": f"q{question}",
        "code": f"c{study % 12}" if kind == "one of" else "",
        "arm": "",
        "chosen": kind == "one of",
        "value": values[kind],
        "note": NOTE if question % 7 == 0 else "",
    }


def measure(what: str, address: str, review_id: str, person_id: str) -> None:
    """Write or read one form, and print its row."""
    act, _, form = what.partition(" ")
    desk = Desk(store=Store.open(address), review_id=int(review_id), person_id=int(person_id))
    out = Path(address.removeprefix("sqlite:///")).parent / FORMS[form]
    before = peak()
    began, worked = time.perf_counter(), time.process_time()
    if act == "write":
        answers = codings_export.save(desk, out).answers
    else:
        found = codings_check.read(out)
        answers = found.export.counts.answers if found.is_whole else 0
    took, cpu = time.perf_counter() - began, time.process_time() - worked
    files = list(out.iterdir()) if out.is_dir() else [out]
    size = sum(file.stat().st_size for file in files) / 1e6
    print(f"| {what} | {answers:,} | {took:.1f} | {cpu:.1f} | {size:.1f} | {peak():,.0f} "
          f"| {before:,.0f} |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
