"""Services of a review: who they are, what they answer, and what areas have of each kind."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from evidence.cli.output import IS_FILE, AsJson, print_json, print_table, with_exit_code
from evidence.cli.reviews import ReviewName, find_own_review, store
from evidence.errors import Invalid
from evidence.exports.picture_files import table_csv
from evidence.steps.coding import schemes
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.steps.practice import (
    answers_in_files,
    provision,
    ratings,
    service_forms,
    services,
)
from evidence.steps.practice.provision import KindInArea
from evidence.steps.practice.provision_tables import provision_table
from evidence.steps.practice.ratings import RatingLine
from evidence.steps.review.find_review import find_review
from evidence.synthesis.practice import form_table
from evidence.synthesis.practice.answer_file import read_answer_file
from evidence.synthesis.practice.comparisons import ComparedText

SchemeId = Annotated[str, typer.Option(help="Id of the scheme; the only one where there is one.")]


@with_exit_code
def practice_services(review: ReviewName, as_json: AsJson = False) -> bool:
    """Services of a review, with how many forms each has and how people rated it."""
    desk = find_review(store(), review)
    there = services.listing(desk)
    rated = [line for line in ratings.listing(desk) if line.is_of_service]
    forms = service_forms.listing(desk).values()
    rows = [
        {
            **asdict(each),
            "forms": sum(form.service == uid for form in forms),
            "ratings": [_rating_json(line) for line in rated if line.thing.service == uid],
        }
        for uid, each in there.items()
    ]
    if as_json:
        print_json({"services": rows})
        return True
    print_table(
        [
            (
                row["name"],
                row["area"],
                row["provider"],
                row["forms"],
                "; ".join(f"{each['aspect']} {each['grade']}" for each in row["ratings"]),
            )
            for row in rows
        ],
        ("service", "area", "run by", "forms", "rated"),
    )
    return True


@with_exit_code
def practice_provision(
    review: ReviewName,
    out: Annotated[Path | None, typer.Option(help="Write it as a table (CSV).")] = None,
    as_json: AsJson = False,
) -> bool:
    """What services of each area provide, beside what the review calls sufficient."""
    desk = find_review(store(), review)
    local, rated = provision.local_provision(desk), ratings.listing(desk)
    if out:
        out.write_bytes(table_csv(provision_table(local, rated)))
    kinds = provision.with_ratings(local.provisions, rated)
    source = f"{local.framework.source}: {local.framework.place}"
    if as_json:
        print_json(
            {
                "framework": local.framework.title,
                "source": source,
                "when_set": local.when_set,
                "gaps": local.gaps,
                "areas_without_answer": local.unanswered,
                "silent": list(local.silent),
                "kinds": [_kind_json(each) for each in kinds],
                "links_and_signs": [_compared_json(each) for each in local.compared],
            }
        )
        return True
    rows = [
        (each.area, each.name, each.rule, each.reported, f"{each.provision}", each.why)
        for each in kinds
    ]
    print_table(rows, ("area", "kind of service", "sufficient from", "reported", "", "open"))
    links = [(each.area, each.kind.name, each.text, each.verdict.value) for each in local.compared]
    if links:
        typer.echo("")
        print_table(links, ("area", "kind of service", "suggested link or sign", ""))
    typer.echo(f"\n{source}. {local.when_set}")
    if local.silent:
        typer.echo(f"Without a complete form that says its kind: {', '.join(local.silent)}.")
    return True


@with_exit_code
def practice_answers(
    review: ReviewName,
    scheme: SchemeId = "",
    out: Annotated[Path | None, typer.Option(help="Write all forms as a table (CSV).")] = None,
    taken_in: Annotated[
        Path | None, typer.Option("--in", help="Bring answers (CSV, Excel) in.", **IS_FILE)
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN=HEAD",
            help="What a column is, by a head of the table that --out writes. May be given several "
            "times; columns with such a head are known.",
        ),
    ] = None,
    drafts: Annotated[bool, typer.Option("--drafts", help="Leave the forms open.")] = False,
    as_json: AsJson = False,
) -> bool:
    """Forms about services: how many there are, or all of a scheme out of or into the review."""
    if taken_in and out:
        raise typer.BadParameter("Give --in or --out, not both.")
    desk = (find_own_review if taken_in else find_review)(store(), review)
    asking = schemes.of_services(desk)
    if taken_in:
        taken = _scheme(asking, scheme)
        return _bring(desk, taken, taken_in, column or [], as_json=as_json, are_complete=not drafts)
    written = ""
    if out:
        out.write_bytes(answers_in_files.as_csv(desk, _scheme(asking, scheme).id))
        written = str(out)
    forms = service_forms.listing(desk).values()
    rows = [
        {
            "scheme": each.scheme.id,
            "title": each.scheme.title,
            "forms": sum(form.scheme_id == each.id for form in forms),
            "complete": sum(form.scheme_id == each.id and form.is_complete for form in forms),
        }
        for each in asking
    ]
    if as_json:
        print_json({"schemes": rows, "file": written})
        return True
    print_table([tuple(row.values()) for row in rows], ("scheme", "title", "forms", "complete"))
    if written:
        typer.echo(f"Written: {written}")
    return True


def _bring(
    desk: Desk,
    taken: TakenScheme,
    path: Path,
    named: Sequence[str],
    *,
    as_json: bool,
    are_complete: bool,
) -> bool:
    file = read_answer_file(path.read_bytes(), path.name)
    mapping = form_table.usual_mapping(taken.scheme, file.columns) | _columns(
        named, file.columns, form_table.heads(taken.scheme)
    )
    read = answers_in_files.read(desk, taken.id, file, mapping)
    brought = answers_in_files.bring_in(desk, read.rows, are_complete=are_complete)
    numbers = {
        "forms": brought.forms,
        "services": brought.services,
        "known": brought.known,
        "drafts": brought.drafts,
        "completed": brought.completed,
    }
    if as_json:
        told = {"faults": list(read.faults), "unread": list(read.unread)}
        print_json({**numbers, **told, "remarks": list(file.remarks)})
    else:
        print_table([tuple(numbers.values())], tuple(numbers))
        for sentence in (*file.remarks, *read.faults):
            typer.echo(sentence)
        if read.unread:
            typer.echo(f"Columns that were not read: {', '.join(read.unread)}.")
    return not read.faults


def _scheme(asking: Sequence[TakenScheme], name: str) -> TakenScheme:
    """The scheme that is named, or the only one."""
    found = [each for each in asking if name in ("", each.scheme.id)]
    if len(found) == 1:
        return found[0]
    known = ", ".join(each.scheme.id for each in asking) or "none"
    raise Invalid(f"Name one scheme about services with --scheme; the review has: {known}.")


def _columns(named: Sequence[str], columns: Sequence[str], heads: Sequence[str]) -> dict[str, str]:
    mapping = {}
    for each in named:
        column, sign, head = (part.strip() for part in each.rpartition("="))
        if not sign or column not in columns or head not in heads:
            raise typer.BadParameter(
                f"Write COLUMN=HEAD: a column of the file and a head of the table; not “{each}”."
            )
        mapping[column] = head
    return mapping


def _kind_json(each: KindInArea) -> dict[str, Any]:
    return {
        "area": each.area,
        "kind": each.kind,
        "name": each.name,
        "services": list(each.services),
        "provision": each.provision.value,
        "reported": each.reported,
        "why": each.why,
        "rule": each.rule,
        "rule_source": each.rule_source,
        "population": each.population,
        "teams": each.teams,
        "ratings": [_rating_json(line) for line in each.ratings],
    }


def _compared_json(each: ComparedText) -> dict[str, Any]:
    return {
        "area": each.area,
        "kind": each.kind.kind,
        "row": each.row,
        "text": each.text,
        "comparison": each.verdict.value,
        **{met.value.replace(" ", "_"): list(names) for met, names in each.said.items()},
        "numbers": dict(each.numbers),
    }


def _rating_json(line: RatingLine) -> dict[str, Any]:
    return {
        "about": line.about,
        "of_service": line.is_of_service,
        "aspect": line.aspect.value,
        "grade": line.grade.value,
        "reason": line.reason,
        "person": line.person,
        "on": f"{line.at:%Y-%m-%d}",
    }
