"""Style, types, contracts, and the tests that a change can touch, in less than a minute.

    python scripts/quick.py              what differs from the last commit; else that commit
    python scripts/quick.py --since REV

A test file is touched by a change in the modules that it imports, directly or through others; the
nearest come first. What takes longer than there is time for is left to `make test`, and said.
"""

import argparse
import ast
import json
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CODE = ("evidence", "pages", "tests", "scripts", "benchmarks")
DURATIONS = ROOT / ".pytest_cache" / "v" / "waymark" / "seconds"  # written by tests/conftest.py
SECONDS_FOR_TESTS = 30.0  # of one process; two run at once
USUAL_SECONDS = 2.0  # of a test file that never ran here
CHECKS = {
    "style": ["ruff", "check", "--quiet", "."],
    "format": ["ruff", "format", "--quiet", "--check", "."],
    "types": ["mypy"],
    "contracts": ["lint-imports", "--no-logo"],
}


def changed_files(since: str) -> list[str]:
    """Paths that differ from a commit, new ones too; without any, those of the last commit."""
    new = _git("ls-files", "--others", "--exclude-standard")
    changed = _git("diff", "--name-only", since) + new
    return changed or _git("diff", "--name-only", "HEAD~1")


def module_name(path: Path) -> str:
    """The dotted name of a module, as others import it."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> set[str]:
    """Dotted names that a file imports; of `from a import b` both `a` and `a.b`."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def distances(changed: Iterable[str], imports: Mapping[str, set[str]]) -> dict[str, int]:
    """For each module that a change can touch, how many imports lie between."""
    importers: dict[str, set[str]] = {}
    for module, names in imports.items():
        for name in names & imports.keys():
            importers.setdefault(name, set()).add(module)
    steps = {module: 0 for module in changed if module in imports}
    waiting = deque(steps)
    while waiting:
        module = waiting.popleft()
        for importer in importers.get(module, ()):
            if importer not in steps:
                steps[importer] = steps[module] + 1
                waiting.append(importer)
    return steps


def touched_tests(changed: list[str]) -> tuple[list[str], int]:
    """Test files to run, the nearest first, and how many there is no time for.

    Pages and files that are no Python are read by tests without an import; tests/pages, test_docs
    and test_architecture stand for them.
    """
    paths = {module_name(path): path for room in CODE for path in (ROOT / room).rglob("*.py")}
    imports = {module: imports_of(path) for module, path in paths.items()}
    changed_modules = [module_name(ROOT / name) for name in changed if name.endswith(".py")]
    near = distances(changed_modules, imports)
    tests = {
        str(paths[module].relative_to(ROOT)): steps
        for module, steps in near.items()
        if paths[module].name.startswith("test_") and "browser" not in paths[module].parts
    }
    tests |= {"tests/test_architecture.py": 0, "tests/test_docs.py": 0}
    if any(name.startswith(("pages/", "evidence/ui/")) for name in changed):
        of_pages = (ROOT / "tests" / "pages").glob("test_*.py")
        tests |= {str(path.relative_to(ROOT)): 1 for path in of_pages}
    seconds = json.loads(DURATIONS.read_text(encoding="utf-8")) if DURATIONS.exists() else {}
    costs = {test: seconds.get(test, USUAL_SECONDS) for test in tests}
    chosen: list[str] = []
    left = 2 * SECONDS_FOR_TESTS
    for test in sorted(tests, key=lambda test: (tests[test], costs[test], test)):
        left -= costs[test]
        if left < 0:
            break
        chosen.append(test)
    return chosen, len(tests) - len(chosen)


def main() -> int:
    """Run all of it at once; the exit code is 1 where something fails."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--since", default="HEAD", help="the commit to compare with")
    tests, without = touched_tests(changed_files(parser.parse_args().since))
    bin_ = Path(sys.executable).parent
    runs = {name: [str(bin_ / command[0]), *command[1:]] for name, command in CHECKS.items()}
    runs["tests"] = [
        str(bin_ / "pytest"), "-q", "-n", "2", "--dist", "worksteal", "-m",
        "not browser and not postgres", *tests,
    ]  # fmt: skip
    with ThreadPoolExecutor(len(runs)) as pool:
        results = list(pool.map(_run, runs.values()))
    for name, result in zip(runs, results, strict=True):
        print(f"{name}: {'ok' if result.returncode == 0 else 'FAILED'}")
        if result.returncode:
            print(result.stdout + result.stderr)
    print(f"{len(tests)} test files ran; {without} that the change can touch are left to make test")
    return int(any(result.returncode for result in results))


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def _git(*words: str) -> list[str]:
    output = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return [line for line in output.stdout.splitlines() if (ROOT / line).exists()]


if __name__ == "__main__":
    sys.exit(main())
