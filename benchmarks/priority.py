"""How soon priority order finds the relevant records, and how long it takes.

    python -m benchmarks.priority                          all sets beside the repository
    python -m benchmarks.priority --asreview-python PATH   and ASReview's default model beside it
        ... --cache FOLDER                                 and its answers read from there again
    python -m benchmarks.priority --speed                  re-ranking 10,000 records
    python -m benchmarks.priority --memory                 describing 100,000 records

Each set is screened by the computer from one relevant and one irrelevant record, drawn by seeds 1
to 3 (1 alone for sets of more than 1,000 records, unless --seeds says otherwise). These two are
in no figure. ATD: average time to discovery, the mean share of the collection that was read when
a relevant record was found. Loss: the same scaled so that 0 is perfect and 0.5 random. WSS@95:
the work saved over random reading at 95 % recall.
"""

import argparse
import json
import math
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean

from evidence.screening.features import Text, describe
from evidence.screening.order_measures import measure
from evidence.screening.priority import rank
from evidence.screening.screened_table import NEEDED, Labelled, read_table
from evidence.screening.simulation import draw_prior, simulate

SETS = Path(__file__).resolve().parents[1] / ".." / "shared" / "bench" / "screening"
SMALL = 1_000  # records; up to here three seeds

ASREVIEW = """
import json, sys, time
import pandas
from asreview import ActiveLearningCycle, Simulate
from asreview.models.models import get_ai_config
path, *known = sys.argv[1:]
table = pandas.read_csv(path, dtype=str, keep_default_na=False)
labels = table["label_included"].astype(int)
wall, cpu = time.perf_counter(), time.process_time()
cycle = ActiveLearningCycle.from_meta(get_ai_config()["value"])
review = Simulate(table[["title", "abstract"]], labels, cycle, print_progress=False)
review.label([int(row) for row in known])
review.review()
spent = time.perf_counter() - wall, time.process_time() - cpu
print(json.dumps([[int(row) for row in review._results["record_id"]], *spent]))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One simulated review: the measures of its order, and the seconds it took."""

    atd: float
    loss: float
    wss95: float
    recall10: float
    wall: float
    cpu: float


def run_of(relevant: Sequence[bool], wall: float, cpu: float) -> Run:
    """A run, from whether each record is relevant in the order read."""
    measures = measure(relevant)
    if measures is None:
        raise ValueError("The set has no relevant record but the one that was known.")
    return Run(**asdict(measures), wall=wall, cpu=cpu)


def ours(records: Sequence[Labelled], seeds: Sequence[int]) -> Iterator[Run]:
    """Our simulation, features included in the time of each run."""
    relevant = {record.row: record.relevant for record in records}
    for seed in seeds:
        wall, cpu = time.perf_counter(), time.process_time()
        features = describe(record.text for record in records)
        priors = draw_prior(relevant, seed)
        order = simulate(features, relevant, priors, seed=seed).order[len(priors) :]
        spent = time.perf_counter() - wall, time.process_time() - cpu
        yield run_of([relevant[key] for key in order], *spent)


def asreviews(
    path: Path, records: Sequence[Labelled], seeds: Sequence[int], asreview: "ASReview"
) -> Iterator[Run]:
    """ASReview's default model on the same records from the same beginnings."""
    relevant = {record.row: record.relevant for record in records}
    for seed in seeds:
        priors = draw_prior(relevant, seed)
        order, wall, cpu = asreview.answer(path, priors, seed)
        read = order[len(priors) :]  # it stops at the last relevant record
        rest = len(records) - len(order)
        yield run_of([relevant[row] for row in read] + [False] * rest, wall, cpu)


@dataclass(frozen=True, slots=True, kw_only=True)
class ASReview:
    """ASReview in a process of its own.

    Attributes:
        python: one that has it.
        cache: the folder that holds its answers, if any.
    """

    python: str
    cache: Path | None = None

    def answer(
        self, path: Path, priors: Sequence[int], seed: int
    ) -> tuple[list[int], float, float]:
        """The rows in the order read, and the seconds it took by the clock and of the processor."""
        file = self.cache / f"{path.stem}_{seed}.json" if self.cache else None
        if file and file.exists():
            answer = file.read_text(encoding="utf-8")
        else:
            command = [self.python, "-c", ASREVIEW, str(path), *map(str, priors)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            answer = done.stdout.splitlines()[-1]
            if file:
                file.write_text(answer, encoding="utf-8")
        order, wall, cpu = json.loads(answer)
        return order, wall, cpu


def mean(runs: Sequence[Run]) -> Run:
    """The mean of some runs, measure by measure."""
    fields = Run.__dataclass_fields__
    return Run(**{name: fmean(getattr(run, name) for run in runs) for name in fields})


def line(name: str, run: Run) -> str:
    """A row of the table."""
    return (
        f"{name:36s} {run.atd:.4f}  {run.loss:.4f}  {run.wss95:6.3f}  {run.recall10:.3f}"
        f"  {run.wall:7.1f}  {run.cpu:7.1f}"
    )


def sets_in(folder: Path, names: Sequence[str] = ()) -> list[Path]:
    """The sets of a folder, or those of some names; other tables in it are none.

    Raises:
        SystemExit: there are none.
    """
    paths = [path for path in sorted(folder.glob("*.csv")) if not names or path.stem in names]
    sets = [path for path in paths if _is_set(path)]
    if not sets:
        sys.exit(f"No sets in {folder}.")
    return sets


def _is_set(path: Path) -> bool:
    with path.open(encoding="utf-8-sig") as file:
        columns = [name.strip().strip('"').lower() for name in file.readline().split(",")]
    return set(NEEDED) <= set(columns)


def read_set(path: Path) -> tuple[Labelled, ...]:
    """All usable records of a set."""
    return read_table(path.read_bytes(), path.name).records


def seeds_of(records: Sequence[Labelled]) -> Sequence[int]:
    """The beginnings that a set has unless others are asked for."""
    return (1, 2, 3) if len(records) <= SMALL else (1,)


def table(paths: Sequence[Path], seeds: Sequence[int] | None, asreview: ASReview | None) -> None:
    """Print the measures of each set, and their means."""
    print(f"{'set':36s} ATD     loss    WSS@95  r@10%   wall s   CPU s")
    means: dict[str, list[Run]] = {}
    for path in paths:
        records = read_set(path)
        used = seeds or seeds_of(records)
        runs = {"Waymark": list(ours(records, used))}
        if asreview:
            runs["ASReview"] = list(asreviews(path, records, used, asreview))
        for who, of_set in runs.items():
            means.setdefault(who, []).append(mean(of_set))
            print(line(f"{path.stem} {who}", means[who][-1]), flush=True)
    for who, of_sets in means.items():
        print(line(f"mean of {len(of_sets)} {who}", mean(of_sets)))


def speed(paths: Sequence[Path], size: int) -> None:
    """Print how long it takes to rank a large collection anew after new decisions."""
    records = [record for path in paths for record in read_set(path)]
    copies = math.ceil(size / len(records))
    several = [
        Text(id=at, title=record.text.title, abstract=record.text.abstract)
        for at, record in enumerate((records * copies)[:size])
    ]
    relevant = [record.relevant for record in records * copies]
    began = time.perf_counter(), time.process_time()
    features = describe(several)
    spent = time.perf_counter() - began[0], time.process_time() - began[1]
    print(f"{size:,} records, features: {spent[0]:.2f} s wall, {spent[1]:.2f} s CPU (once)")
    order = random.Random(1).sample(range(size), size)  # noqa: S311
    for decided in (20, 200, 1_000, 2_000, 5_000):
        decisions = {key: relevant[key] for key in order[:decided]}
        began = time.perf_counter(), time.process_time()
        rank(features, decisions, seed=1, random_share=0.05)
        spent = time.perf_counter() - began[0], time.process_time() - began[1]
        print(f"  after {decided:5,} decisions: {spent[0]:.2f} s wall, {spent[1]:.2f} s CPU")


def mixed(records: Sequence[Labelled], size: int) -> Iterator[Text]:
    """Records whose sentences come from others at random, so that pairs of words are as varied."""
    chance = random.Random(1)  # noqa: S311
    sentences = [sentence for record in records for sentence in record.text.abstract.split(". ")]
    for at in range(size):
        own = records[at % len(records)].text
        length = own.abstract.count(". ") + 1
        yield Text(id=at, title=own.title, abstract=". ".join(chance.choices(sentences, k=length)))


def memory(paths: Sequence[Path], size: int) -> None:
    """Print how much memory it takes to describe a large collection."""
    records = [record for path in paths for record in read_set(path)]
    before = peak()
    began = time.perf_counter(), time.process_time()
    features = describe(mixed(records, size))
    spent = time.perf_counter() - began[0], time.process_time() - began[1]
    print(f"{size:,} records: {spent[0]:.1f} s wall, {spent[1]:.1f} s CPU")
    print(f"  peak {peak()} MB, {before} MB of it before; features {features.rows.shape[1]:,}")
    matrices = (features.rows, features.words, features.runs)
    size = sum(m.data.nbytes + m.indices.nbytes + m.indptr.nbytes for m in matrices)
    print(f"  numbers kept {size / 2**20:,.0f} MB")


def peak() -> int:
    """The most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sets", nargs="*", help="names of sets; all of the folder without")
    parser.add_argument("--folder", type=Path, default=SETS)
    parser.add_argument("--seeds", type=int, nargs="+")
    parser.add_argument("--asreview-python", help="a Python that has ASReview")
    parser.add_argument("--speed", type=int, nargs="?", const=10_000, metavar="RECORDS")
    parser.add_argument("--memory", type=int, nargs="?", const=100_000, metavar="RECORDS")
    parser.add_argument("--cache", type=Path, help="folder for the answers of ASReview")
    args = parser.parse_args()
    paths = sets_in(args.folder, args.sets)
    if args.speed:
        speed(paths, args.speed)
    elif args.memory:
        memory(paths, args.memory)
    else:
        python = args.asreview_python
        asreview = ASReview(python=python, cache=args.cache) if python else None
        table(paths, args.seeds, asreview)


if __name__ == "__main__":
    main()
