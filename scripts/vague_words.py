"""Count the vague names of the code: a name should say what a thing is, in the field's words.

    python scripts/vague_words.py           a table by folder, and the total per 1,000 lines
    python scripts/vague_words.py --list    each place as well, as file:line and the line itself

Counted are the fourteen words as whole names (variables, parameters, attributes, functions), over
all lines of `evidence/` and `pages/`; strings, docstrings and comments are left out, and so are
names that only contain such a word. This reports and never fails: a word here and there is fine.
"""

import argparse
import io
import tokenize
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("evidence", "pages")
DEEPEST = 3  # parts of a path by which the table sums up: evidence/steps/records
VAGUE_WORDS = frozenset(
    {"one", "found", "told", "said", "known", "chosen", "kept", "left", "made", "given", "asked"}
    | {"shown", "taken", "settled"}
)


@dataclass(frozen=True, slots=True)
class Use:
    """A vague word as a name: where it stands, and the line that holds it."""

    line: int
    word: str
    text: str


def vague_uses(source: str) -> Iterator[Use]:
    """The vague words among the names of a Python source, in reading order."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.NAME and token.string in VAGUE_WORDS:
            yield Use(token.start[0], token.string, token.line.strip())


def folder_of(path: Path) -> str:
    """The folder that a file is summed up under; no deeper than DEEPEST."""
    parts = path.parts[:DEEPEST] if len(path.parts) > DEEPEST else path.parts[:-1]
    return "/".join(parts)


def main() -> None:
    """Print the table; with --list, each place before it."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--list", action="store_true", help="list each place")
    with_places = options.parse_args().list
    uses: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    for path in (path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))):
        source, name = path.read_text(encoding="utf-8"), path.relative_to(ROOT)
        places = list(vague_uses(source))
        uses[folder_of(name)] += len(places)
        lines[folder_of(name)] += source.count("\n")
        for use in places if with_places else ():
            print(f"{name}:{use.line}: {use.word}: {use.text}")
    print(f"{'folder':<32}{'words':>7}{'lines':>8}{'per 1,000':>11}")
    for folder in sorted(lines):
        print(_row(folder, uses[folder], lines[folder]))
    print(_row("total", uses.total(), lines.total()))


def _row(folder: str, words: int, lines: int) -> str:
    return f"{folder:<32}{words:>7,}{lines:>8,}{1000 * words / max(1, lines):>11.1f}"


if __name__ == "__main__":
    main()
