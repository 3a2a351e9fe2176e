"""Scripts of our own components: modules that are joined into one, so that no build is needed."""

import re
from collections.abc import Iterable
from pathlib import Path

SHELL = Path(__file__).parent
OUTBOX = (SHELL / "link.js", SHELL / "outbox.js")
"""For components that send what people do: it waits, is sent again, is acknowledged."""

_IMPORT = re.compile(r"^import \{[^}]*\} from \"[^\"]*\";\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function |const |class )", re.MULTILINE)


def joined(parts: Iterable[Path]) -> str:
    """One script from modules that import from each other; what they import must be among them.

    All names are in one scope then, so no two modules may have the same at their top.
    """
    texts = [part.read_text(encoding="utf-8") for part in parts]
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", text)) for text in texts)
