"""Statements as a table that people take along."""

from collections.abc import Mapping, Sequence

from evidence.citations.formats.plain_tables import csv_pieces
from evidence.steps.results.concluding.conclusions import LedgerLine

HEAD = (
    "Statement",
    "Kind",
    "For",
    "Strength",
    "Why",
    "Rests on",
    "Studies behind it",
    "To look at",
    "Last changed by",
    "Last changed at",
)


def as_csv(lines: Sequence[LedgerLine], labels: Mapping[int, str]) -> bytes:
    """A row for each statement; no cell can run as a formula.

    Args:
        lines: of the ledger.
        labels: what studies are called, by id.
    """
    return b"".join(csv_pieces(HEAD, (_row(line, labels) for line in lines)))


def _row(line: LedgerLine, labels: Mapping[int, str]) -> tuple[str, ...]:
    said = line.conclusion
    return (
        said.text,
        said.kind,
        said.audience,
        said.strength,
        said.reason,
        "; ".join(line.supports.values()),
        "; ".join(labels.get(study, "?") for study in line.studies),
        " ".join(flag.text for flag in line.flags),
        line.change.person,
        f"{line.change.at:%Y-%m-%d %H:%M} UTC",
    )
