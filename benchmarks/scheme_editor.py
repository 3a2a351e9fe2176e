"""How long the server takes for each change in a large coding scheme on the page Schemes.

    python -m benchmarks.scheme_editor [--questions 0]

The scheme is the codeset of ../shared/eppi/codesets with 1,245 codes in one tree; --questions adds
so many invented questions. For each change: what the step takes to keep it, what the page then
reads and says to its component, and what it says of the change below the editor. Nothing is drawn
and no browser is there.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from benchmarks.coding_review import large_scheme, made_scheme
from benchmarks.screening import machine, quantile
from evidence.coding.scheme import Scheme
from evidence.coding.write_scheme import as_yaml
from evidence.steps.coding import scheme_drafts, scheme_versions, schemes
from evidence.steps.review import people, reviews
from evidence.store import Store
from evidence.store.review.reviews import Draft
from evidence.ui.coding.scheme_editor import editor_data

TIMES = 10  # each change is done so often
PARTS = ("keep", "read", "say", "what changes")


def main() -> None:
    """Measure, and print the table."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--questions", type=int, default=0)
    scheme = _with_questions(large_scheme(), options.parse_args().questions)
    text = as_yaml(scheme)
    codes = sum(1 for question in scheme.questions for _ in question.walk())
    print(f"{codes:,} codes, {len(text) / 1024:.0f} KB; {machine()}; "
          f"load {os.getloadavg()[0]:.1f}; {datetime.now(UTC):%Y-%m-%d}")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{folder}/benchmark.db")
        desk = reviews.create(store, people.named(store, "Editor").id, Draft(title="Benchmark"))
        scheme_id = schemes.add(desk, text, "large.yaml")
        took: dict[str, dict[str, list[float]]] = {}
        size = 0.0
        for number in range(TIMES):
            for what, act in _acts(scheme, number).items():
                cells = took.setdefault(what, {part: [] for part in PARTS})
                message = {"client_id": f"{what} {number}", "scheme_id": scheme_id, **act}

                def keep(message: dict[str, object] = message) -> None:
                    outcome = scheme_drafts.apply(desk, [message])
                    if outcome.refused or outcome.trouble:
                        raise RuntimeError(str(outcome))

                cells["keep"].append(_cpu(keep))
                read: list[scheme_drafts.SchemeDraft] = []
                cells["read"].append(_cpu(lambda: read.append(  # noqa: B023 - called at once
                    scheme_drafts.draft_of(desk, scheme_id))))  # fmt: skip
                said: list[str] = []
                cells["say"].append(_cpu(lambda: said.append(  # noqa: B023 - called at once
                    json.dumps(editor_data(desk, read[0], may_edit=True)))))  # noqa: B023  # fmt: skip
                size = len(said[0]) / 1024
                cells["what changes"].append(_cpu(
                    lambda: scheme_versions.preview(desk, read[0].scheme)))  # noqa: B023  # fmt: skip
        store.close()
    print(f"the component is told {size:.0f} KB\n")
    print(f"| CPU ms: least, median | {' | '.join(PARTS)} |\n|---|{'---:|' * len(PARTS)}")
    for what, cells in took.items():
        told = (f"{min(cells[part]):.0f}, {quantile(cells[part], 0.5):.0f}" for part in PARTS)
        print(f"| {what} | {' | '.join(told)} |")


def _acts(scheme: Scheme, number: int) -> dict[str, dict[str, object]]:
    """Changes as the page's component sends them."""
    tree = next(question for question in scheme.questions if question.options)
    *_, last = tree.walk()
    code = {"question": tree.id, "option": last.id}
    return {
        "a code is renamed": {"act": "field", **code, "field": "label",
                              "value": f"Renamed {number}"},
        "a code is moved": {"act": "move", **code, "way": "up"},
        "taken back": {"act": "undo"},
    }  # fmt: skip


def _with_questions(scheme: Scheme, count: int) -> Scheme:
    made = [question for question in made_scheme().questions if not question.axis][:count]
    if not made:
        return scheme
    more = replace(scheme.sections[0], title="More", questions=tuple(made))
    return replace(scheme, sections=(*scheme.sections, more))


def _cpu(act: Callable[[], object]) -> float:
    begin = time.process_time()
    act()
    return 1000 * (time.process_time() - begin)


if __name__ == "__main__":
    main()
