"""A YAML text that knows its lines, so that every fault can be shown where it stands.

Values are taken as they are written: `yes`, `1.0` and `2006-03` stay text, whatever YAML would
make of them. What makes YAML dangerous or hard to read aloud (tags, anchors) is refused.
"""

from collections.abc import Iterable
from difflib import get_close_matches

import yaml

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 40
MAX_DIGITS = 15  # a float keeps these exactly
MAX_LABEL = 300
MAX_HELP = 4_000
MAX_FAULTS = 1_000  # whoever mends these sees what is left
MAX_MESSAGE = 500

# libyaml where it is built in (all common wheels); it reads a long scheme in milliseconds.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = "tag:yaml.org,2002:null"


class YamlReader:
    """Reads nodes and collects what is wrong with them; reading goes on after a fault.

    Attributes:
        faults: line (counted from 1) and message, in the order they were found; the first
            MAX_FAULTS of them.
        more: how many were found beyond these.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[tuple[int, str]] = []
        self.more = 0

    def fault(self, node: yaml.Node, message: str) -> None:
        """Note what is wrong with a node."""
        if len(self.faults) == MAX_FAULTS:
            self.more += 1
            return
        if len(message) > MAX_MESSAGE:
            message = f"{message[:MAX_MESSAGE]}…"
        self.faults.append((node.start_mark.line + 1, message))

    def listed(self) -> list[str]:
        """All faults as `file:line: message`, by line."""
        return [f"{self.name}:{line}: {message}" for line, message in sorted(set(self.faults))]

    def open(self, text: str) -> yaml.Node | None:
        """The root of the tree; None, and a fault, where there is none."""
        if len(text) > MAX_CHARACTERS:
            self.faults.append((1, f"The file is longer than {MAX_CHARACTERS:,} characters."))
            return None
        # Half a character pair cannot be encoded; a question mark keeps the lines in place.
        data = text.encode("utf-8", errors="replace")
        try:
            root = yaml.compose(data, _Loader) if self._plain(data) else None
        except yaml.YAMLError as error:
            self._broken(error)
            return None
        if root is None and not self.faults:
            self.faults.append((1, "The file is empty; coding_schemes/README.md has the format."))
        return root

    def fields(self, node: yaml.Node, what: str, keys: dict[str, bool]) -> dict[str, yaml.Node]:
        """The values of a mapping that are not empty.

        Args:
            node: the mapping.
            what: it is, with its article: "a question".
            keys: every key that it may have, and whether it must.
        """
        if not isinstance(node, yaml.MappingNode):
            first = next(iter(keys))
            self.fault(node, f"Here should be {what}, written as lines such as `{first}: …`.")
            return {}
        values: dict[str, yaml.Node] = {}
        for key, value in node.value:
            word = key.value if isinstance(key, yaml.ScalarNode) else ""
            if word not in keys:
                self.fault(key, f"“{word[:40]}” is not a key of {what}; {_instead(word, keys)}")
            elif word in values:
                self.fault(key, f"“{word}” is written twice in {what}; keep one.")
            elif value.tag != _NULL:
                values[word] = value
        for word, must in keys.items():
            if must and word not in values:
                self.fault(node, f"“{word}” is missing in {what}; add it.")
        return values

    def text(self, node: yaml.Node | None, key: str, limit: int = MAX_LABEL) -> str:
        """The text of a value; empty, and a fault, where it is something else."""
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self.fault(node, f"“{key}” should be text, not a list or further keys.")
            return ""
        words = str(node.value).strip()
        if not words:
            self.fault(node, f"“{key}” is empty; write it or leave the line out.")
        if len(words) > limit:
            self.fault(node, f"“{key}” has {len(words):,} characters; {limit:,} is the limit.")
        return words

    def items(self, node: yaml.Node | None, key: str) -> list[yaml.Node]:
        """The entries of a list that should not be empty."""
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.fault(node, f"“{key}” should be a list; begin each entry with a dash.")
            return []
        if not node.value:
            self.fault(node, f"“{key}” is an empty list; fill it or leave it out.")
        return list(node.value)

    def word(self, node: yaml.Node | None, key: str, words: Iterable[str]) -> str:
        """One of the words that the format knows; empty, and a fault, where it is another."""
        allowed = tuple(words)
        written = self.text(node, key)
        if node is None or not written or written in allowed:
            return written
        self.fault(
            node, f"“{written[:40]}” is not a value of “{key}”; {_instead(written, allowed)}"
        )
        return ""

    def number(self, node: yaml.Node | None, key: str) -> float | None:
        """A number in digits."""
        written = self.text(node, key)
        if node is None or not written:
            return None
        digits = written.removeprefix("-").replace(".", "", 1)
        if len(digits) <= MAX_DIGITS and digits.isascii() and digits.isdigit():
            return float(written)
        self.fault(node, f"“{written[:40]}” under “{key}” is not a number; write it in digits.")
        return None

    def _plain(self, data: bytes) -> bool:
        """Whether the text is free of what a scheme does not need; checked before it is unfolded,
        because anchors within anchors and deep nesting can exhaust the machine.
        """
        depth = 0
        for event in yaml.parse(data, _Loader):
            opens = isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent)
            closes = isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent)
            depth += opens - closes
            message = _refused(event, depth)
            if message:
                line = event.start_mark.line + 1 if event.start_mark else 1
                self.faults.append((line, message))
                return False
        return True

    def _broken(self, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "a forbidden character"
        message = (
            f"The text cannot be read from here on ({problem}). Common causes: a tab, lines that "
            "are not indented alike, or a colon inside a text without quotation marks."
        )
        self.faults.append((line, message))


def _refused(event: yaml.Event, depth: int) -> str:
    if depth > MAX_DEPTH:
        return f"Lists are nested more than {MAX_DEPTH} deep; lift them up."
    if isinstance(event, yaml.AliasEvent):
        return "References (`*name`) are not used in schemes; write the entry out."
    if getattr(event, "tag", None) is not None:
        return "Tags (`!name`) are not used in schemes; take it out."
    return ""


def _instead(word: str, allowed: Iterable[str]) -> str:
    words = tuple(allowed)
    near = get_close_matches(word, words, n=1)
    return f"did you mean “{near[0]}”?" if near else f"these are: {', '.join(words)}."
