"""Waymark: systematic maps and knowledge reviews, from the first export to the finished report.

For notebooks: `import evidence as wm`, then `wm.read`, `wm.dedupe`, `wm.rank`, `wm.simulate`,
`wm.agreement`, `wm.directions`, `wm.pool` work on files and tables, `wm.Review` opens a review, and
`wm.crosstab` and `wm.flow` count in it. All give pandas DataFrames. docs/guide/notebooks.md shows
each; what they need is loaded when they are first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evidence.notebook.files import dedupe, read
    from evidence.notebook.reviews import Review, crosstab, flow
    from evidence.notebook.screening import agreement, rank, simulate
    from evidence.notebook.synthesis import directions, pool

__version__ = "0.2.0"
__all__ = [
    "Review",
    "agreement",
    "crosstab",
    "dedupe",
    "directions",
    "flow",
    "pool",
    "rank",
    "read",
    "simulate",
]

_WHERE = {
    "files": ("read", "dedupe"),
    "screening": ("rank", "simulate", "agreement"),
    "synthesis": ("directions", "pool"),
    "reviews": ("Review", "crosstab", "flow"),
}
_MODULES = {name: module for module, names in _WHERE.items() for name in names}


def __getattr__(name: str) -> Any:
    """What notebooks use, loaded when it is asked for."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"evidence.notebook.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
