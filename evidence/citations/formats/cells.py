"""Cells that spreadsheet programs could take for formulas, and what those programs write."""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NEUTRALISED = re.compile(r"'+[=+\-@\t\r]")
_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)  # ="0012" keeps Excel from dropping the zeros


def neutralise(text: str) -> str:
    """The text, with an apostrophe before it where a program would run it as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def restore_cell(cell: str) -> str:
    """What a cell held before it was made neutral, or written as `="…"`."""
    if cell.startswith('="') and (match := _AS_TEXT.fullmatch(cell)):
        return match[1]
    return cell[1:] if _NEUTRALISED.match(cell) else cell
