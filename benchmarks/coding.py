"""How quick the coding desk is with many studies and with a large scheme.

    python -m benchmarks.coding [STUDIES] [steps] [clients] [browser]      (5,000; all three)

First the server's work: an answer, a study, and what the page does each time it is drawn. Then
twenty people at once, each at a websocket of its own as a browser has it, against a server in a
process of its own. Last a browser with a scheme of 1,245 codes, in which only the desk is measured.
Studies and codings are invented; the codes are those of ../shared/eppi/codesets, and without that
file nothing is measured in a browser.
Figures go to docs/benchmarks.md with the machine and the date.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.coding_browser import in_browser
from benchmarks.coding_clients import goes_on, together
from benchmarks.coding_review import CODESET, MadeReview, item, joined, made
from benchmarks.screening import machine, quantile
from evidence.steps.coding import coding, desk_messages, desk_sheet, schemes, study_list
from evidence.store import Store
from evidence.store.coding.study_table import StudyFilter
from scripts.serving import Server, free_port

TIMES = 40  # each step is measured so often
CLIENTS = 20
SECONDS = 30.0  # for which they answer
THINK = 1.5  # seconds between two answers of a person
PARTS = ("steps", "clients", "browser")


def main(studies: int, parts: tuple[str, ...]) -> None:
    """Measure and print."""
    print(f"{studies:,} studies; {machine()}; {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    with tempfile.TemporaryDirectory() as folder:
        if {"steps", "clients"} & set(parts):
            server = Server(folder=Path(folder), port=free_port())
            store = Store.open(server.database)
            review = made(store, studies)
            if "steps" in parts:
                steps(review)
            if "clients" in parts:
                clients(server, store, review)
            store.close()
        if "browser" in parts and CODESET.exists():
            _say_load("browser")
            for what, values in in_browser(CODESET).items():
                print_times(what, values)


def steps(review: MadeReview) -> None:
    """What the server does for an answer, for a study, and for the page."""
    desk, scheme_id = review.desk, review.scheme_id
    coded, new = review.study_ids[0], review.study_ids[1]
    middle = review.study_ids[len(review.study_ids) // 2]
    _say_load("steps")

    def answer(number: int) -> None:
        said = {
            "kind": "answer",
            "question": "q4",
            "field": "value",
            "before": f"text {number - 1}" if number else "",
            "after": f"text {number}",
        }
        outcome = desk_messages.apply(desk, [item(review, new, said, f"steps-{number}")])
        if outcome.accepted != [f"steps-{number}"]:
            raise RuntimeError(str(outcome))

    measured: dict[str, Callable[[int], object]] = {
        "one answer": answer,
        "a coded study's sheet": lambda _: desk_sheet.sheet_data(desk, coded, scheme_id),
        "an uncoded study's sheet": lambda _: desk_sheet.sheet_data(desk, middle, scheme_id),
        "the scheme": lambda _: desk_sheet.scheme_data(
            schemes.get_version(desk, review.version_id)
        ),
        "page: schemes": lambda _: (schemes.taken(desk), schemes.of_results(desk)),
        "page: place of the study": lambda _: study_list.place(desk, scheme_id, middle),
        "page: place of none": lambda _: study_list.place(desk, scheme_id, None),
        "page: what follows": lambda _: desk_sheet.computed_data(
            coding.sheet(desk, coded, scheme_id)
        ),
        "table: a page": lambda _: study_list.page(desk, scheme_id, StudyFilter()),
        "table: a search": lambda _: study_list.page(desk, scheme_id, StudyFilter(words="b* d*")),
    }
    for what, act in measured.items():
        waited, worked = [], []
        for number in range(TIMES):
            begin, begin_work = time.perf_counter(), time.thread_time()
            act(number)
            waited.append(1000 * (time.perf_counter() - begin))
            worked.append(1000 * (time.thread_time() - begin_work))
        print_times(what, waited)
        print_times(f"{what}, CPU", worked)


def clients(server: Server, store: Store, review: MadeReview) -> None:
    """Twenty people who answer at the same time."""
    tokens = [f"benchmark-{number}" for number in range(CLIENTS)]
    for number, token in enumerate(tokens):
        joined(review.desk, f"Person {number}", token)
    store.checkpoint()
    server.start()
    try:
        _say_load(f"1 client without a pause, {TIMES} answers, then {TIMES} studies")
        worked = [_worked(server) for _ in goes_on(server, review, tokens[0], TIMES)]
        for what, begin, end in zip(("an answer", "a study"), worked, worked[1:], strict=False):
            print(f"  the server's CPU for {what}: {(end - begin) / TIMES:.1f}")
        for some in (tokens[:1], tokens):
            _say_load(f"{len(some)} client(s), an answer each {THINK} s for {SECONDS:.0f} s")
            before = _worked(server)
            seen = together(server, review, some, SECONDS, THINK)
            acts = max(1, len(seen.kept) + len(seen.placed) + len(seen.opened))
            print_times("page opened", seen.opened)
            print_times("answer kept", seen.kept)
            print_times("next study's sheet", seen.sheets)
            print_times("next study in the page", seen.placed)
            print_times("received, KB", [size / 1024 for size in seen.received])
            print(f"  the server's CPU for each of these: {(_worked(server) - before) / acts:.1f}")
            for failure in sorted(set(seen.failed)):
                print(f"  FAILED {failure}")
    finally:
        server.kill()


def _worked(server: Server) -> float:
    """Milliseconds of CPU time that the server has used so far; 0 where the system does not say."""
    path = Path(f"/proc/{server.process.pid}/stat") if server.process else Path()
    if not path.is_file():
        return 0.0
    user, system = path.read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
    return 1000 * (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def print_times(what: str, values: list[float]) -> None:
    """One line of the table."""
    if values:
        print(
            f"  {what:42}p10 {quantile(values, 0.1):8.1f}  p50 {quantile(values, 0.5):8.1f}"
            f"  p95 {quantile(values, 0.95):8.1f}"
            f"  max {max(values):8.1f}  n {len(values)}"
        )


def _say_load(part: str) -> None:
    print(f"{part} (ms); load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    sizes = [argument for argument in sys.argv[1:] if argument.isdigit()]
    chosen = tuple(part for part in PARTS if part in sys.argv[1:])
    main(int(sizes[0]) if sizes else 5_000, chosen or PARTS)
