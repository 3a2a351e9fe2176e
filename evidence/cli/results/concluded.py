"""What people made of the studies: themes, certainty of outcomes, conclusions."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from evidence.cli.output import AsJson, print_json, print_listing, with_exit_code
from evidence.cli.reviews import ReviewName, store
from evidence.steps.records.exporting import save_pieces
from evidence.steps.results import directions, schemes_of_map
from evidence.steps.results.concluding import conclusions, ledger_file
from evidence.steps.results.concluding.conclusions import LedgerLine
from evidence.steps.results.review_findings import labels
from evidence.steps.results.theming import theme_table, themes
from evidence.steps.results.whole_summary import whole_summary
from evidence.steps.review.find_review import find_review
from evidence.synthesis.certainty.cerqual import ReviewFinding
from evidence.synthesis.certainty.outcome_rows import OutcomeRow
from evidence.synthesis.certainty.whole_summary import WholeSummary

TableFile = Annotated[Path | None, typer.Option(help="Write it as a table (CSV).")]
PIECE_COLUMNS = (
    "theme", "level", "under", "kind", "said_by", "form", "about", "words", "whose_words", "note",
    "became",
)  # fmt: skip


@with_exit_code
def review_themes(review: ReviewName, out: TableFile = None, as_json: AsJson = False) -> bool:
    """Codes and themes, and all that stands under them, research and practice told apart."""
    desk = find_review(store(), review)
    board = themes.board(desk)
    tree = board.tree
    listed = [
        {
            "theme": theme.name,
            "level": theme.level.words,
            "depth": depth,
            "note": theme.note,
            "pieces": len(tree.all_pieces(theme.uid)),
            "studies": len(tree.studies(theme.uid)),
            "services": len(tree.services(theme.uid)),
        }
        for depth, theme in tree.walk()
    ]
    if out:
        save_pieces([theme_table.as_csv(desk)], out)
    if as_json:
        rows = theme_table.theme_rows(board)
        pieces = [dict(zip(PIECE_COLUMNS, row, strict=True)) for row in rows]
        file = str(out) if out else None
        print_json({"themes": listed, "pieces": pieces, "not_shown": board.not_shown, "file": file})
        return True
    shown = [
        {
            "theme": f"{'  ' * depth}{theme.name}",
            "level": theme.level.words,
            "studies": len(tree.studies(theme.uid)),
            "services": len(tree.services(theme.uid)),
        }
        for depth, theme in tree.walk()
    ]
    print_listing(shown, "No code or theme was added yet.")
    if out:
        typer.echo(f"Written: {out}")
    return True


@with_exit_code
def review_conclusions(review: ReviewName, out: TableFile = None, as_json: AsJson = False) -> bool:
    """What the review concludes and recommends, on what it rests, and what changed below it."""
    desk = find_review(store(), review)
    ledger, names = conclusions.ledger(desk), labels(desk)
    if out:
        save_pieces([ledger_file.as_csv(ledger, names)], out)
    statements = [_statement_json(line, names) for line in ledger]
    if as_json:
        print_json({"statements": statements, "file": str(out) if out else None})
        return True
    columns = ("kind", "audience", "strength", "text", "flags")
    rows = [{name: each[name] for name in columns} for each in statements]
    print_listing(rows, "No statement is written yet.")
    if out:
        typer.echo(f"Written: {out}")
    return True


@with_exit_code
def review_summary(review: ReviewName, as_json: AsJson = False) -> bool:
    """The summary of findings: how certain people are of each outcome, and of what views say."""
    desk = find_review(store(), review)
    summary = whole_summary(
        desk, directions.of_complete_codings(desk, schemes_of_map.unheard(desk))
    )
    outcomes = _outcomes_json(summary)
    findings = [_finding_json(each, summary.labels) for each in summary.review_findings]
    if as_json:
        print_json({"outcomes": outcomes, "findings": findings, "notes": list(summary.notes)})
        return True
    columns = ("contrast", "intervention", "outcome", "studies", "directions", "certainty")
    rows = [{name: each[name] for name in columns} for each in outcomes]
    print_listing(rows, "Nobody judged the certainty of an outcome yet.")
    typer.echo("")
    print_listing(findings, "No finding of views and process was written yet.")
    for note in summary.notes:
        typer.echo(note)
    return True


def _statement_json(line: LedgerLine, names: Mapping[int, str]) -> dict[str, Any]:
    statement = line.conclusion
    return {
        "text": statement.text,
        "kind": statement.kind.value,
        "audience": statement.audience,
        "strength": statement.strength,
        "reason": statement.reason,
        "rests_on": list(line.supports.values()),
        "studies": [names[study] for study in line.studies if study in names],
        "flags": [flag.text for flag in line.flags],
        "person": line.change.person,
        "at": f"{line.change.at:%Y-%m-%d}",
    }


def _outcomes_json(summary: WholeSummary) -> list[dict[str, Any]]:
    return [
        {"contrast": part.contrast, "intervention": part.intervention, **_outcome_json(row)}
        for part in summary.parts
        for row in part.rows
    ]


def _outcome_json(row: OutcomeRow) -> dict[str, Any]:
    return {
        "outcome": row.outcome,
        "studies": row.word.total,
        "people": row.people,
        "directions": row.directions,
        "effect": list(row.effect_words),
        "certainty": row.certainty_words,
        "why": list(row.why),
    }


def _finding_json(finding: ReviewFinding, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "finding": finding.statement,
        "studies": [names[study] for study in finding.study_ids if study in names],
        "confidence": finding.confidence.value if finding.confidence else None,
        "reason": finding.reason,
    }
