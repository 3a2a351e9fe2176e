"""Runs the notebook in docs/guide/notebooks and keeps what its cells give.

    WAYMARK_DATABASE=sqlite:///example.db python -m scripts.notebook

The database must hold the example review as the first (`python -m evidence review example`).
"""

import ast
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = ROOT / "docs" / "guide" / "notebooks" / "a_review.ipynb"


def outputs(notebook: dict[str, Any]) -> Iterator[list[str]]:
    """What each cell of code gives: the text of its last expression, in lines; none without."""
    names: dict[str, Any] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            yield _text(run("".join(cell["source"]), names)).splitlines(keepends=True)


def run(source: str, names: dict[str, Any]) -> Any:
    """The value of the last line, where it is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)  # noqa: S102 - our own notebook
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)  # noqa: S307 - as above


def _text(value: Any) -> str:
    return "" if value is None else repr(value)


def main() -> None:
    """Run the notebook and write it."""
    os.chdir(ROOT)
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for number, (cell, lines) in enumerate(zip(cells, outputs(notebook), strict=True), 1):
        cell["execution_count"] = number
        cell["outputs"] = [
            {
                "output_type": "execute_result",
                "execution_count": number,
                "data": {"text/plain": lines},
                "metadata": {},
            }
        ] * bool(lines)
    NOTEBOOK.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
