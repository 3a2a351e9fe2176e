"""How long a coded review of EPPI-Reviewer takes to come in, and to be taken back.

    python benchmarks/eppi_review.py [--references 10000] [--database ADDRESS]

The file is that of eppi.py. The reading of the references, which the page does in processes of its
own, is done here in one.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.eppi import made_export, timed
from evidence.settings import Settings
from evidence.steps.coding import brought_codings
from evidence.steps.coding.brought_stages import Wishes
from evidence.steps.records.importing import imports, previews, uploads
from evidence.steps.records.importing.imports import Choice
from evidence.steps.review import people, reviews
from evidence.store import Store
from evidence.store.review.reviews import Draft


def main() -> None:
    """Measure, and print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--references", type=int, default=10_000)
    options.add_argument("--database", help="an empty one; else a SQLite file is made")
    args = options.parse_args()
    content = json.dumps(made_export(args.references)).encode()
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    busy = f"load {os.getloadavg()[0]:.1f}; {datetime.now(UTC):%Y-%m-%d}"
    print(f"{args.references:,} references, {len(content) / 1e6:.0f} MB; {machine}; {busy}")
    print("\n| what | s | CPU s | peak MB |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(args.database or f"sqlite:///{folder}/benchmark.db")
        person = people.named(store, "Benchmark")
        desk = reviews.create(store, person.id, Draft(title="Benchmark"))
        preview_id = timed(
            "read the references",
            lambda: uploads.add(desk, "made.json", content, Settings(), wait=True),
        )
        (preview,) = previews.listing(desk)
        choice = Choice(preview_id, preview.suggested_source)
        timed("keep them", lambda: imports.import_files(desk, [choice]))
        (file,) = brought_codings.files(desk)
        timed("show what comes in", lambda: brought_codings.look(desk, file.id, Wishes()))
        done = timed("bring it in", lambda: brought_codings.bring(desk, file.id, Wishes()))
        timed("show what undoing does", lambda: brought_codings.look_at_undo(desk, done.id))
        timed("take it back", lambda: brought_codings.undo(desk, done.id))
        store.close()
    counts = done.counts
    words = f"{counts.answers:,} answers, {counts.findings:,} findings"
    print(f"\n{counts.codings:,} codings, {words}, {counts.quotations:,} quotations.")


if __name__ == "__main__":
    main()
