"""Writes the table of live parts of docs/guide/report-parts.md from evidence/report.

python -m scripts.report_parts
"""

from collections.abc import Iterator
from pathlib import Path

from evidence.report.live_part import LivePart
from evidence.report.live_parts import LIVE_PARTS
from evidence.report.live_tokens import Choice

DOCUMENT = Path(__file__).parents[1] / "docs" / "guide" / "report-parts.md"
BEGIN = "<!-- made by scripts/report_parts.py from here on -->\n"
END = "<!-- made by scripts/report_parts.py up to here -->\n"


def updated(document: str) -> str:
    """The document with its table made anew; all else stands as it is."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + "\n" + "\n".join(_lines()) + "\n\n" + END + after


def _lines() -> Iterator[str]:
    yield "| live part | is a | gives | may be followed by |"
    yield "|---|---|---|---|"
    for name, part in LIVE_PARTS.items():
        yield f"| `{{{{{name}}}}}` | {part.kind} | {part.title} | {_followed_by(part) or '–'} |"


def _followed_by(part: LivePart) -> str:
    words = [f"`{word}`" for word in ("by", "of", "as") if word in part.takes]
    choices = [f"{choice}=" for choice in Choice if choice in part.chooses]
    return ", ".join(words + ([f"`for` {', '.join(choices)}"] if choices else []))


def main() -> None:
    """Write the document."""
    DOCUMENT.write_text(updated(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
