"""How long an export of EPPI-Reviewer takes to be read, said in our words, and written back.

    python benchmarks/eppi.py [--references 10000]

Each reference has 40 codes of a set of 400, half of them for one of two arms, 20 with a note, 10
with a highlight, and one outcome with means and SDs. All of it is invented. Nothing is stored.
"""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.exporting import peak  # noqa: E402
from evidence.eppi.account import Part  # noqa: E402
from evidence.eppi.coded_review import review_of  # noqa: E402
from evidence.eppi.export import Export  # noqa: E402
from evidence.eppi.read_export import read_export  # noqa: E402
from evidence.eppi.stored_effects import count_verdicts  # noqa: E402
from evidence.eppi.write_export import write_export  # noqa: E402

TOPS, BELOW, CODES, NOTES, HIGHLIGHTS = 20, 20, 40, 20, 10
NOTE = "As the report says on its third page, in the section on participants."
T = TypeVar("T")


def main() -> None:
    """Measure, and print the table."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--references", type=int, default=10_000)
    count = options.parse_args().references
    content = json.dumps(made_export(count)).encode()
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    busy = f"load {os.getloadavg()[0]:.1f}; {datetime.now(UTC):%Y-%m-%d}"
    print(f"{count:,} references, {len(content) / 1e6:.0f} MB; {machine}; {busy}")
    print("\n| what | s | CPU s | peak MB |")
    print("|---|---|---|---|")
    export = timed("read and count", lambda: read_export(content, "made.json"))
    if not isinstance(export, Export) or export.account.unaccounted:
        raise SystemExit("The export was not read whole.")
    outcomes = [outcome for each in export.references for outcome in each.outcomes]
    timed("judge stored effects", lambda: count_verdicts(outcomes))
    review = timed("say in our words", lambda: review_of(export))
    timed("write back", lambda: write_export(review).content)
    print(f"\n{export.account.kept[Part.APPLIED]:,} applied codes were kept.")


def timed(what: str, act: Callable[[], T]) -> T:
    """Do something, and print how long it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    made = act()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"| {what} | {wall:.1f} | {cpu:.1f} | {peak():.0f} |")
    return made


def made_export(count: int) -> dict[str, Any]:
    """An invented export."""
    tops = [
        code(top, [code(TOPS + top * BELOW + below, []) for below in range(BELOW)])
        for top in range(TOPS)
    ]
    tool: dict[str, Any] = {"SetName": "Tool", "SetId": 1, "SetType": {"SetTypeName": "Standard"}}
    tool["Attributes"] = {"AttributesList": tops}
    return {"CodeSets": [tool], "References": [reference(number) for number in range(1, count + 1)]}


def code(number: int, below: list[dict[str, Any]]) -> dict[str, Any]:
    """A code with those below it."""
    kind = "Not selectable (no checkbox)" if below else "Selectable (show checkbox)"
    made: dict[str, Any] = {"AttributeId": number + 1, "AttributeName": f"Code {number}"}
    return made | {"AttributeType": kind, "Attributes": {"AttributesList": below}}


def reference(number: int) -> dict[str, Any]:
    """A reference with its codes and one outcome."""
    numbers = (30 + number % 9, 30, 5.5, 4.5, 1.5, 1.25)
    outcome: dict[str, Any] = {f"Data{place}": value for place, value in enumerate(numbers, 1)}
    outcome |= {"OutcomeId": number, "OutcomeTypeId": 1, "Title": "Wellbeing", "SMD": 0.7}
    return {
        "ItemId": number,
        "Title": f"An invented study of gardens, number {number}",
        "Authors": "Roe Ann; Doe Bea; ",
        "Year": "2020",
        "TypeName": "Journal, Article",
        "Abstract": "What people do in gardens was asked. " * 30,
        "Codes": list(codes(number)),
        "Outcomes": [outcome],
    }


def codes(number: int) -> Iterator[dict[str, Any]]:
    """The codes of a reference, each once."""
    for place in range(CODES):
        arm = number * 2 + place % 4 // 2 if place % 2 else 0
        words: dict[str, Any] = {
            "ItemDocumentId": number,
            "IsFromPDF": True,
            "DocTitle": "Roe 2020.pdf",
        }
        words |= {"Text": f'Page {place % 12 + 1}:\n[¬s]"people in gardens"\n"and parks[¬e]"'}
        yield {
            "AttributeId": TOPS + 1 + (number * 7 + place * 9) % (TOPS * BELOW),
            "AdditionalText": NOTE if place < NOTES else "",
            "ArmId": arm,
            "ArmTitle": "Walkers" if arm else "",
            "ItemAttributeFullTextDetails": [words] if place < HIGHLIGHTS else [],
        }


if __name__ == "__main__":
    main()
