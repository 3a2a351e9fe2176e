"""How long a person waits for the help of the command line, and what is loaded meanwhile.

    python -m benchmarks.help [TIMES]      (9 unless told)

Each time is a process of its own, from its start to its end. Figures go to docs/benchmarks.md with
the machine and the date.
"""

import os
import resource
import statistics
import subprocess
import sys
import time

from benchmarks.screening import machine

WORDS = (("--version",), ("--help",), ("dedupe", "--help"), ("results", "pool", "--help"))
LIMIT = 0.5  # seconds that help may take
BARE = [sys.executable, "-c", "pass"]


def taken(command: list[str]) -> tuple[float, float]:
    """Seconds by the clock and of the processor that a process takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    clock = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return clock, cpu


def medians(command: list[str], times: int) -> tuple[float, float]:
    """The medians of both; the first run, which may write compiled modules, is left out."""
    taken(command)
    clocks, cpus = zip(*(taken(command) for _ in range(times)), strict=True)
    return statistics.median(clocks), statistics.median(cpus)


def main() -> int:
    """Print the figures; gives 1 where the help takes too long."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    print(f"{machine()}; load {os.getloadavg()[0]:.1f}")
    slowest = 0.0
    for words in ((), *WORDS):
        command = [sys.executable, "-m", "evidence", *words] if words else BARE
        clock, cpu = medians(command, times)
        if words in WORDS[:2]:
            slowest = max(slowest, cpu)
        print(f"| {' '.join(words) or 'Python alone'} | {clock:.2f} | {cpu:.2f} |")
    return int(slowest > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
