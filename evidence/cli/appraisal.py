"""Judgements from a table, as a traffic light or as summary bars."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from evidence.charts.judgement_bars import judgement_bars_picture
from evidence.charts.picture import Picture
from evidence.charts.traffic_light import traffic_light_picture
from evidence.cli.output import AsJson, CsvFile, print_json, print_table, with_exit_code
from evidence.cli.pictures import PictureFile, check_picture_file, print_written, write_picture
from evidence.errors import Invalid
from evidence.synthesis.appraisal.judgement_file import ReadJudgements
from evidence.synthesis.appraisal.judgements import JudgementTable, domain_shares
from evidence.synthesis.appraisal.read_judgements import read_judgements
from evidence.synthesis.appraisal.tools import Tool

_MOST_SHOWN = 20  # faults; JSON has all


class AppraisalPicture(StrEnum):
    """How judgements are drawn."""

    TRAFFIC_LIGHT = "traffic-light"
    BARS = "bars"


@with_exit_code
def appraisal_of(
    path: CsvFile,
    out: PictureFile = None,
    picture: Annotated[
        AppraisalPicture, typer.Option(help="Which picture.")
    ] = AppraisalPicture.TRAFFIC_LIGHT,
    weighted: Annotated[
        bool, typer.Option("--weighted", help="Bars by column Weight, of one meta-analysis.")
    ] = False,
    tool: Annotated[Tool | None, typer.Option(help="Whose domains D1, D2 … are.")] = None,
    critical: Annotated[
        str, typer.Option(help="Critical items of AMSTAR 2, as 2,4,7; else those of its authors.")
    ] = "",
    as_json: AsJson = False,
) -> bool:
    """Draw judgements of studies (risk of bias): columns Study, one per domain, Overall, Weight;
    or of reviews (AMSTAR 2): columns Review, and Q1 to Q16.
    """
    check_picture_file(out, path)
    read = read_judgements(path.read_bytes(), path.name, tool, _numbers(critical))
    if weighted:
        _require_weights(read.table, path.name)
    written = write_picture(_picture(read.table, picture, weighted=weighted), out) if out else []
    if as_json:
        print_json(_json(read, written, weighted=weighted))
    else:
        _print(read, written, weighted=weighted)
    return not read.faults


def _numbers(critical: str) -> frozenset[int] | None:
    if not critical.strip():
        return None
    parts = [part.strip() for part in critical.split(",")]
    if not all(part.isdecimal() for part in parts):
        raise Invalid(
            f"Critical items are numbers with commas between, as 2,4,7; not “{critical}”."
        )
    return frozenset(map(int, parts))


def _require_weights(table: JudgementTable, file: str) -> None:
    without = [row.study for row in table.rows if row.weight is None]
    if without:
        raise Invalid(
            f"Weighted bars need a number in column Weight for every study; {file} has none for "
            f"{len(without):,} of {len(table.rows):,}, the first “{without[0][:40]}”."
        )


def _picture(table: JudgementTable, wanted: AppraisalPicture, *, weighted: bool) -> Picture:
    if wanted is AppraisalPicture.BARS:
        return judgement_bars_picture(table, weighted=weighted)
    return traffic_light_picture(table)


def _json(read: ReadJudgements, written: list[Path], *, weighted: bool) -> dict[str, Any]:
    table = read.table
    return {
        "title": table.title,
        "studies": len(table.rows),
        "domains": domains_json(table, weighted=weighted),
        "by_published_rule": {row.study: row.by_rule.words for row in table.rows if row.by_rule},
        "weighted": weighted,
        "files": [str(path) for path in written],
        "faults": list(read.faults),
        "remarks": list(read.remarks),
    }


def domains_json(table: JudgementTable, *, weighted: bool) -> list[dict[str, Any]]:
    """Each domain with how often each judgement was made."""
    return [
        {
            "domain": each.domain.name,
            "overall": each.is_overall,
            "critical": each.domain.is_critical,
            "judgements": [
                {
                    "judgement": share.words,
                    "level": share.level.value,
                    "number": share.number,
                    "share": share.share,
                }
                for share in each.shares
            ],
        }
        for each in domain_shares(table, weighted=weighted)
    ]


def print_domains(table: JudgementTable, *, weighted: bool) -> None:
    """The same as a table."""
    print_table(
        [
            (each.domain.name, share.words, f"{share.number:,}", f"{share.share:.0%}")
            for each in domain_shares(table, weighted=weighted)
            for share in each.shares
        ],
        ("domain", "judgement", "number", "weight" if weighted else "share"),
    )


def _print(read: ReadJudgements, written: list[Path], *, weighted: bool) -> None:
    table = read.table
    typer.echo(f"{table.title}; {table.unit.counted(len(table.rows))}")
    typer.echo("")
    print_domains(table, weighted=weighted)
    if written or read.remarks or read.faults:
        typer.echo("")
    print_written(written)
    for sentence in (*read.remarks, *read.faults[:_MOST_SHOWN]):
        typer.echo(sentence)
    if len(read.faults) > _MOST_SHOWN:
        typer.echo(f"… and {len(read.faults) - _MOST_SHOWN:,} more; --json has all.")
