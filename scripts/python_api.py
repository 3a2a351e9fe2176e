"""Writes docs/python-api.md from the docstrings of what `import evidence as wm` gives.

python -m scripts.python_api
"""

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import evidence as wm
from evidence.notebook.figure import Figure

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "python-api.md"
HEAD = """# Python, in full

What `import evidence as wm` gives, as `help()` tells it; made by `scripts/python_api.py`.
What each is for, with a notebook: [Notebooks](guide/notebooks.md).
"""
MODULES = re.compile(r"\b(?:[a-z_]+\.)+(?=[A-Z])|\bpathlib\.")
SECTION = re.compile(r"^(Args|Attributes|Returns|Raises):$")
FIELD = re.compile(r"^    (\w[\w, *]*): (.*)")


def page() -> str:
    """The whole document."""
    return "\n".join([HEAD, *_entries()]).rstrip() + "\n"


def _entries() -> Iterator[str]:
    for name in sorted(wm.__all__, key=str.casefold):
        yield from _entry(f"wm.{name}", getattr(wm, name))
    yield from _entry("Figure", Figure, "What `wm.pool` and `wm.flow` give to look at.\n")


def _entry(name: str, what: Any, before: str = "") -> Iterator[str]:
    yield from (
        f"## {name}",
        "",
        *([before] if before else []),
        *_signature(name, what),
        *_told(what),
    )
    if inspect.isclass(what):
        made = what.__init__
        if name.startswith("wm.") and made.__doc__:
            yield from _told(made)
        for method, function in vars(what).items():
            if not method.startswith("_") and (found := _function(function)):
                yield f"### {name.removeprefix('wm.')}.{method}"
                yield ""
                yield from (*_signature(f".{method}", function), *_told(found))


def _function(found: Any) -> Callable[..., Any] | None:
    """A method, or what a property asks; nothing of what is only kept."""
    if isinstance(found, property):
        return found.fget
    return found if inspect.isfunction(found) else None


def _signature(name: str, what: Any) -> list[str]:
    if isinstance(what, property) or what is Figure:
        return []
    signature = inspect.signature(what)
    kept = [each for each in signature.parameters.values() if each.name != "self"]
    gives = inspect.Signature.empty if inspect.isclass(what) else signature.return_annotation
    shown = str(signature.replace(parameters=kept, return_annotation=gives))
    return ["```python", name + MODULES.sub("", shown), "```", ""]


def _told(what: Any) -> Iterator[str]:
    """A docstring as Markdown: its sections as lists, its examples as code."""
    section, is_code = "", False
    for line in inspect.cleandoc(what.__doc__ or "").splitlines():
        example = line.startswith(">>>") or (is_code and bool(line.strip()))
        if example != is_code:
            yield "```python" if example else "```"
            is_code = example
        if heading := SECTION.match(line):
            section = heading[1]
            yield from (f"**{section}**", "")
        else:
            yield line if example else _line(line, section)
    yield from (["```", ""] if is_code else [""])


def _line(line: str, section: str) -> str:
    """A line of prose, or an item where the section lists names."""
    if section != "Returns" and (field := FIELD.match(line)):
        return f"- `{field[1]}`: {field[2]}"
    return f"  {line.strip()}" if line.startswith(" " * 8) else line.strip()


if __name__ == "__main__":
    DOCUMENT.write_text(page(), encoding="utf-8")
