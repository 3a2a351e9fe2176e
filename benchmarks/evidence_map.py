"""How long a large map takes: its document in Python, its counts in Node as in a browser.

    python benchmarks/evidence_map.py [--studies 5000]

40 interventions in 8 groups, 60 outcomes in 10 groups, and each study with up to six findings, a
design, up to three countries, a report with an abstract of 150 words. All of it is invented. Node
is the one that Playwright brings; each line is of 20 runs.
"""

import argparse
import os
import platform
import subprocess
import sys
import time
import zlib
from datetime import UTC, datetime
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright._impl._driver import compute_driver_executable  # noqa: E402

from evidence.coding.findings import Direction, Finding  # noqa: E402
from evidence.coding.scheme import (  # noqa: E402
    Axis,
    Judges,
    Of,
    Option,
    OptionRole,
    Purpose,
    Question,
    QuestionKind,
    Scheme,
    Section,
)
from evidence.synthesis.crosstab import crosstab  # noqa: E402
from evidence.synthesis.dimensions import dimensions  # noqa: E402
from evidence.synthesis.map_document import (  # noqa: E402
    LongTexts,
    MapContent,
    MapReport,
    as_json,
    map_document,
)
from evidence.synthesis.map_view import MapView  # noqa: E402
from evidence.synthesis.studies import CodedStudy  # noqa: E402

INTERVENTIONS, OUTCOMES = (8, 4), (10, 5)  # groups, and how many below each
WORDS = [f"word{number}" for number in range(4_000)]
LETTERS_OF_A_LABEL = 40


def main() -> None:
    """Make a map, and print how long everything takes."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--studies", type=int, default=5_000)
    content = made_map(options.parse_args().studies)
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    busy = f"load {os.getloadavg()[0]:.1f}; {datetime.now(UTC):%Y-%m-%d}"
    findings = sum(len(study.findings) for study in content.studies)
    print(f"{len(content.studies):,} studies, {findings:,} findings; {machine}; {busy}\n")
    began = time.process_time()
    document = as_json(map_document(content))
    print(f"document made in {time.process_time() - began:.2f} s (CPU)")
    began = time.process_time()
    crosstab(content.studies, content.dimensions[0], content.dimensions[1])
    print(f"crosstab in {time.process_time() - began:.2f} s (CPU)")
    for name, text in (
        ("with abstracts", document),
        ("without", as_json(map_document(content, LongTexts()))),
    ):
        packed = len(zlib.compress(text.encode(), 9))
        print(f"{name}: {len(text.encode()) / 1e6:.2f} MB, deflated {packed / 1e6:.2f} MB")
    node, _ = compute_driver_executable()
    script = Path(__file__).with_suffix(".mjs")
    sys.stdout.flush()
    subprocess.run([str(node), str(script)], input=document.encode(), check=True)


def made_map(count: int) -> MapContent:
    """A map of invented studies."""
    random = Random(13)  # noqa: S311 - examples, the same in every run
    scheme = _scheme()
    interventions, outcomes = (
        [o.id for q in scheme.axis(axis) for o in q.walk()]
        for axis in (Axis.INTERVENTION, Axis.OUTCOME)
    )
    designs, countries = ([o.id for o in q.walk()] for q in scheme.questions[3:])
    studies = tuple(
        CodedStudy(
            id=number,
            label=f"Author {number}",
            year=random.randint(1980, 2026),
            codes={
                "design": frozenset(random.sample(designs, 1)),
                "country": frozenset(random.sample(countries, random.randint(1, 3))),
            },
            findings=tuple(
                Finding(
                    intervention=random.choice(interventions),
                    outcome=random.choice(outcomes),
                    contrast=random.choice(["arms", "before-after"]),
                    direction=random.choice(list(Direction)),
                )
                for _ in range(random.randint(0, 6))
            ),
        )
        for number in range(1, count + 1)
    )
    return MapContent(
        title="Invented",
        studies=studies,
        dimensions=dimensions(scheme),
        view=MapView(rows="axis:intervention", columns="axis:outcome"),
        reports={
            study.id: (
                MapReport(
                    title=" ".join(random.choices(WORDS, k=12)),
                    authors=tuple(f"Author {random.choice(WORDS)}" for _ in range(4)),
                    year=study.year,
                    journal=f"Journal of {random.choice(WORDS[:200])}",
                    doi=f"10.1234/{study.id}",
                    abstract=" ".join(random.choices(WORDS, k=150)),
                ),
            )
            for study in studies
        },
    )


def _scheme() -> Scheme:
    def of_findings(axis: Axis, options: tuple[Option, ...]) -> Question:
        kind = QuestionKind.TREE
        return Question(
            id=axis.value, text=axis.value, kind=kind, of=Of.FINDING, axis=axis, options=options
        )

    design = tuple(
        Option(id=f"design{i}", label=f"Design {i}", role=OptionRole.REVIEW if i == 0 else None)
        for i in range(6)
    )
    country = tuple(Option(id=f"country{i}", label=f"Country {i}") for i in range(80))
    questions = (
        of_findings(Axis.INTERVENTION, _tree("i", *INTERVENTIONS)),
        of_findings(Axis.OUTCOME, _tree("o", *OUTCOMES)),
        of_findings(
            Axis.CONTRAST,
            (Option(id="arms", label="Arms"), Option(id="before-after", label="Before and after")),
        ),
        Question(id="design", text="Design", kind=QuestionKind.ONE, options=design),
        Question(id="country", text="Country", kind=QuestionKind.MANY, options=country),
    )
    return Scheme(
        id="made",
        title="Made",
        version="1",
        purpose=Purpose.CODING,
        judges=Judges.STUDY,
        sections=(Section(title="All", questions=questions),),
    )


def _tree(letter: str, groups: int, below: int) -> tuple[Option, ...]:
    def option(code: str, options: tuple[Option, ...] = ()) -> Option:
        return Option(id=code, label=code.ljust(LETTERS_OF_A_LABEL, "x"), options=options)

    return tuple(
        option(f"{letter}{i}", tuple(option(f"{letter}{i}-{j}") for j in range(below)))
        for i in range(groups)
    )


if __name__ == "__main__":
    main()
