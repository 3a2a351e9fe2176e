"""Commands that work on files alone."""

import json
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from evidence.citations.record import Reading
from evidence.cli.eppi_account import account_json, coding_of, print_account
from evidence.cli.joined_files import Written, write_joined
from evidence.cli.output import (
    AsJson,
    CsvFile,
    Paths,
    print_json,
    print_table,
    problem_json,
    with_exit_code,
    write_csv,
)
from evidence.problems import Code, Effect, Problem
from evidence.steps.records import without_review
from evidence.synthesis.directions import EffectDirections


@with_exit_code
def read_files(
    paths: Paths,
    out: Annotated[Path | None, typer.Option(help="Write the records as JSON lines.")] = None,
    as_json: AsJson = False,
) -> bool:
    """Read citation files and account for every entry; nothing is kept.

    Of a file of EPPI-Reviewer or EPPI-Mapper what is coded is accounted for, too.
    """
    accounts = []
    coded = []
    is_fine = True
    with out.open("w", encoding="utf-8") if out else nullcontext() as handle:
        for each in without_review.read_whole(paths):
            reading = each.reading
            if handle:
                handle.writelines(_lines(reading))
            account = _account(each.path, reading)
            is_fine &= not reading.lost and bool(reading.records or each.export)
            if each.export:
                coding = coding_of(each.export)
                coded.append(coding)
                is_fine &= not each.export.account.unaccounted
                account |= account_json(coding)
            accounts.append(account)
    if as_json:
        print_json(accounts)
    else:
        head = ("file", "format", "encoding", "seen", "records", "lost")
        print_table(([account[name] for name in head] for account in accounts), head)
        for account in accounts:
            for problem in account["problems"]:
                typer.echo(problem["text"])
        for coding in coded:
            print_account(coding)
    return is_fine


def _lines(reading: Reading) -> Iterator[str]:
    """The records of a file, each as a line of JSON."""
    for record in reading.records:
        row = {"file": reading.file, **asdict(record)}
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _account(path: Path, reading: Reading) -> dict[str, Any]:
    """What came of a file; entries seen = records + lost."""
    return {
        "file": reading.file,
        "path": str(path),
        "format": reading.format,
        "encoding": reading.encoding,
        "seen": reading.seen,
        "records": len(reading.records),
        "lost": reading.lost,
        "other_formats": dict(reading.other_counts),
        "problems": [problem_json(problem) for problem in reading.problems],
    }


@with_exit_code
def dedupe_files(
    paths: Paths,
    out: Annotated[Path | None, typer.Option(help="Write record_id,group_id.")] = None,
    possible: Annotated[Path | None, typer.Option(help="Write the pairs for a person.")] = None,
    write: Written = None,
    workers: Annotated[int, typer.Option(help="Processes; 0 means one for each core.")] = 0,
    as_json: AsJson = False,
) -> bool:
    """Find duplicates in a table (CSV) or in citation files, and join them into one file."""
    if write:
        if out:
            raise typer.BadParameter("--out lists records; it does not go with --write.")
        return write_joined(paths, write, possible, workers, as_json=as_json)
    duplicates = without_review.find_duplicates(paths, workers)
    ids = duplicates.ids
    open_pairs = [v for v in duplicates.result.verdicts if v.band.value == "possible"]
    if out:
        group_ids = (ids[group] for group in duplicates.groups)
        write_csv(out, ("record_id", "group_id"), zip(ids, group_ids, strict=True))
    if possible:
        rows = ((ids[v.a], ids[v.b], v.reason) for v in open_pairs)
        write_csv(possible, ("record_a", "record_b", "reason"), rows)
    numbers = {
        "records": len(ids),
        "works": duplicates.works,
        "duplicates": len(ids) - duplicates.works,
        "possible": len(open_pairs),
        "problems": [problem_json(problem) for problem in duplicates.problems],
    }
    if as_json:
        print_json(numbers)
    else:
        print_table([[numbers[name] for name in list(numbers)[:4]]], list(numbers)[:4])
        for problem in duplicates.problems:
            typer.echo(str(problem))
    return not any(problem.effect is Effect.LOST for problem in duplicates.problems)


@with_exit_code
def directions_of(
    path: CsvFile,
    as_json: AsJson = False,
) -> bool:
    """Each study's direction on each outcome, and the sign test of each outcome.

    The table has the columns study, outcome, direction and n_intervention; contrast may be added.
    """
    results, problems = without_review.directions(path)
    if as_json:
        print_json(
            {
                "contrasts": [directions_json(result) for result in results],
                "problems": [problem_json(problem) for problem in problems],
            }
        )
        return bool(results) and _are_all_read(problems)
    for result in results:
        outcomes = {heading.id: heading.label for heading in result.outcomes}
        if any(result.contrasts):
            typer.echo(f"Contrast: {', '.join(result.contrasts)}")
        rows = [
            (result.studies[e.study], outcomes[e.outcome], e.direction, e.total, e.band)
            for e in result.effects
        ]
        print_table(rows, ("study", "outcome", "direction", "findings", "size"))
        typer.echo("")
        for summary in result.summaries:
            typer.echo(f"{outcomes[summary.outcome]}: {summary.sentence}")
        typer.echo(result.rule)
    for problem in problems:
        typer.echo(str(problem))
    return bool(results) and _are_all_read(problems)


def _are_all_read(problems: Iterable[Problem]) -> bool:
    """Whether no row was left out or changed; a guess of the encoding changes none."""
    return all(problem.code is Code.ENCODING_GUESSED for problem in problems)


def directions_json(result: EffectDirections) -> dict[str, Any]:
    """Effect directions as JSON."""
    outcomes = {heading.id: heading.label for heading in result.outcomes}
    return {
        "contrast": list(result.contrasts),
        "rule": result.rule,
        "studies": [
            {
                "study": result.studies[effect.study],
                "outcome": outcomes[effect.outcome],
                "direction": effect.direction,
                "findings": {d.value: n for d, n in effect.findings.items()},
                "n_intervention": effect.n_intervention,
                "size": effect.band,
            }
            for effect in result.effects
        ],
        "outcomes": [
            {
                "outcome": outcomes[summary.outcome],
                "favourable": summary.favourable,
                "unfavourable": summary.unfavourable,
                "conflicting": summary.conflicting,
                "no_change": summary.no_change,
                "not_stated": summary.not_stated,
                "clear": summary.clear,
                "p": summary.test.p if summary.test else None,
                "proportion": summary.favourable / summary.clear if summary.clear else None,
                "wilson95": [summary.test.low, summary.test.high] if summary.test else None,
                "sentence": summary.sentence,
            }
            for summary in result.summaries
        ],
    }
