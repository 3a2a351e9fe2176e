"""Modules for the browser that are joined into one script, so that no build is needed."""

import re
from collections.abc import Iterable
from pathlib import Path

_IMPORT = re.compile(r"^import \{[^}]*\} from \"([^\"]*)\";\n", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?://.*|/\*\*(?:[^*]|\*(?!/))*\*/[ \t]*)\n", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function |const |class )", re.MULTILINE)


def with_imports(begin: Path) -> list[Path]:
    """A module and all that it imports, at any remove, each after what it imports itself."""
    listed: list[Path] = []
    seen: set[Path] = set()

    def add(part: Path) -> None:
        if part in seen:
            return
        seen.add(part)
        for name in _IMPORT.findall(part.read_text(encoding="utf-8")):
            add((part.parent / name).resolve())
        listed.append(part)

    add(begin.resolve())
    return listed


def joined(parts: Iterable[Path]) -> str:
    """One script from modules that import from each other; what they import must be among them.

    All names are in one scope then, so no two modules may have the same at their top.
    """
    texts = [part.read_text(encoding="utf-8") for part in parts]
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", text)) for text in texts)


def shortened(script: str) -> str:
    """A script of ours without indents and comments that have lines of their own; it does the same.

    No text within the script may go over several lines.
    """
    return _INDENT.sub("", _COMMENT.sub("", script))
