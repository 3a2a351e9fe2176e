"""Live parts as an author writes them into a section: `{{countries of stream=outcome}}`.

Read aloud: the name of the part; `by` which question; `of` which studies, as question=code and
several with commas; `as` what these studies are called. The text between the braces is the id of
the part: two equal ones say the same.
"""

import re
from dataclasses import dataclass

OPEN, CLOSE = "{{", "}}"
LONGEST = 300  # characters between the braces
_PARTS = re.compile(
    r"(?P<name>[a-z]+(?:-[a-z]+)*)"
    r"(?:\s+by\s+(?P<by>\S+))?"
    r"(?:\s+of\s+(?P<of>\S.*?))?"
    r"(?:\s+as\s+(?P<noun>\S.*?))?"
)
_CODE = re.compile(r"(?P<question>[^=]+?)\s*=\s*(?P<code>\S.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveToken:
    """One live part that an author asks for.

    Attributes:
        id: the text between the braces, with single spaces.
        name: which part.
        by: id of the question by which it counts; empty for none.
        of: (question, code) pairs that all its studies have; ids or labels.
        noun: what its studies are called; empty for the usual words.
        fault: why the text could not be read; empty where it could.
    """

    id: str
    name: str = ""
    by: str = ""
    of: tuple[tuple[str, str], ...] = ()
    noun: str = ""
    fault: str = ""

    @property
    def written(self) -> str:
        """As it stands in the text of a section."""
        return f"{OPEN}{self.id}{CLOSE}"


def live_token(text: str) -> LiveToken:
    """Read what stands between two pairs of braces; what cannot be read says why."""
    token_id = " ".join(text.split())
    match = _PARTS.fullmatch(token_id)
    if match is None:
        return LiveToken(
            id=token_id[:LONGEST],
            fault="A live part begins with its name in small letters, as in {{included-studies}}.",
        )
    codes = []
    for part in (match["of"] or "").split(","):
        found = _CODE.fullmatch(part.strip())
        if found:
            codes.append((found["question"], found["code"]))
        elif part.strip():
            return LiveToken(
                id=token_id,
                name=match["name"],
                fault=f"“{part.strip()}” after “of” names no code: write question=code.",
            )
    return LiveToken(
        id=token_id,
        name=match["name"],
        by=match["by"] or "",
        of=tuple(codes),
        noun=match["noun"] or "",
    )
