"""How far pooling differs from metafor, run here, on sets that nobody looked at before.

    python -m benchmarks.pooling_in_r [--sets 150] [--seed 7]

Needs R with metafor (Debian: r-cran-metafor). Invented sets of 2 to 39 studies on scales from 1/30
to 15. Twice: both with metafor's usual tolerance, and both searched to the end.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from evidence.synthesis.pooling.methods import EffectTest, Method
from evidence.synthesis.pooling.pool import pool
from evidence.synthesis.pooling.results import Pooled
from evidence.synthesis.pooling.study_effects import StudyEffect

METHODS = (Method.DL, Method.HE, Method.SJ, Method.PM, Method.REML)
TO_THE_END = "threshold=1e-13, tol=1e-13, maxiter=5000"
IN_R = """
suppressMessages(library(metafor))
d <- read.csv("{file}")
for (set in unique(d$set)) for (method in c({methods})) {{
  x <- d[d$set == set, ]
  fit <- try(rma(yi, vi, data = x, method = method, control = list({control})), silent = TRUE)
  if (!inherits(fit, "try-error"))
    cat(set, method, sprintf("%.15g", c(fit$tau2, fit$b, fit$se, fit$I2)), "\\n")
}}
"""
SAME = 1e-6
"""Of tau² beside metafor's, or of nothing."""
Sets = list[list[StudyEffect]]


def main() -> int:
    """Print for each method how many sets agree, and how far the others are off."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--sets", type=int, default=150)
    options.add_argument("--seed", type=int, default=7)
    asked = options.parse_args()
    if shutil.which("Rscript") is None:
        print("R (Rscript) is not installed; nothing was compared.", file=sys.stderr)
        return 1
    sets = list(made(asked.sets, asked.seed))
    print(
        "| searched | method | sets | same | largest difference of tau², of the median variance |"
    )
    print("|---|---|---|---|---|")
    for exact in (False, True):
        compare(sets, exact=exact)
    return 0


def made(number: int, seed: int) -> Iterator[list[StudyEffect]]:
    """Invented effects, with and without differences between studies."""
    random = np.random.default_rng(seed)
    for _ in range(number):
        k, scale = int(random.integers(2, 40)), 10 ** random.uniform(-1.5, 1.2)
        v = random.gamma(2, 0.05, k) * scale**2
        y = random.normal(0.3, np.sqrt(v + random.choice([0, 0.05, 0.3]) * scale**2))
        yield [
            StudyEffect(study=str(at), estimate=float(a), variance=float(b))
            for at, (a, b) in enumerate(zip(y, v, strict=True), start=1)
        ]


def compare(sets: Sets, *, exact: bool) -> None:
    """Print a line for each method."""
    theirs = in_r(sets, TO_THE_END if exact else "")
    for method in METHODS:
        differences, same = [], 0
        for at, effects in enumerate(sets):
            if (at, method) not in theirs:
                continue
            found = pool(effects, method, EffectTest.Z, exact=exact)
            if not isinstance(found, Pooled):
                raise TypeError(found)
            wanted, ours = theirs[at, method][0], found.heterogeneity.tau2
            same += abs(ours - wanted) <= SAME * wanted + 1e-12
            median = float(np.median([effect.variance for effect in effects]))
            differences.append(abs(ours - wanted) / median)
        how = "to the end" if exact else "to metafor's tolerance"
        print(f"| {how} | {method} | {len(differences)} | {same} | {max(differences):.1e} |")


def in_r(sets: Sequence[Sequence[StudyEffect]], control: str) -> dict[tuple[int, str], list[float]]:
    """What metafor says of each set: tau², estimate, its error, I²."""
    with tempfile.TemporaryDirectory() as folder:
        file, script = Path(folder) / "sets.csv", Path(folder) / "pool.R"
        rows = [f"{at},{e.estimate!r},{e.variance!r}" for at, s in enumerate(sets) for e in s]
        file.write_text("set,yi,vi\n" + "\n".join(rows) + "\n", encoding="utf-8")
        methods = ", ".join(f'"{method}"' for method in METHODS)
        program = IN_R.format(file=file, methods=methods, control=control)
        script.write_text(program, encoding="utf-8")
        run = subprocess.run(["Rscript", str(script)], check=True, capture_output=True, text=True)
    lines = (line.split() for line in run.stdout.splitlines())
    return {(int(at), method): [float(n) for n in numbers] for at, method, *numbers in lines}


if __name__ == "__main__":
    sys.exit(main())
