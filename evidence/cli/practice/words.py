"""What documents claim, and the principles that they give."""

from pathlib import Path
from typing import Annotated, Any

import typer

from evidence.cli.output import AsJson, print_json, print_table, with_exit_code
from evidence.cli.reviews import ReviewName, store
from evidence.errors import Invalid
from evidence.steps.practice import claim_file, claims, principles
from evidence.steps.practice.claims import ClaimLine
from evidence.steps.practice.principles import PrinciplesLine
from evidence.steps.review.find_review import find_review
from evidence.synthesis.claims.figures import Figure
from evidence.synthesis.principles.principle_set import PrincipleName

_LONGEST = 70  # characters of a text in the table


@with_exit_code
def practice_claims(
    review: ReviewName,
    out: Annotated[Path | None, typer.Option(help="Write them as a table (CSV).")] = None,
    as_json: AsJson = False,
) -> bool:
    """Published claims with their figures, what people judged, and what the checks found."""
    lines = claims.register(find_review(store(), review))
    found = claims.conflicts_among(lines)
    if out:
        out.write_bytes(claim_file.as_csv(lines, found))
    if as_json:
        told = [
            {"check": each.check.value, "claims": list(each.uids), "text": each.text}
            for each in found
        ]
        print_json({"claims": [_claim_json(line) for line in lines], "conflicts": told})
        return True
    rows = [
        (
            _short(line.claim.text),
            _short(line.claim.source),
            line.claim.source_year,
            line.judgement.verdict.value,
        )
        for line in lines
    ]
    print_table(rows, ("claim", "claimed in", "year", "supported by what is cited?"))
    for each in found:
        typer.echo(each.text)
    return True


@with_exit_code
def practice_principles(
    review: ReviewName,
    out: Annotated[Path | None, typer.Option(help="Write a set as a table (CSV).")] = None,
    title: Annotated[str, typer.Option(help="Of the set that --out writes.")] = "",
    as_json: AsJson = False,
) -> bool:
    """Principles in their versions, with the grades of the source and what they are linked to."""
    lines = principles.listing(find_review(store(), review))
    if out:
        out.write_bytes(principles.as_csv(_set(lines, title).principles))
    if as_json:
        print_json({"sets": [_set_json(line) for line in lines]})
        return True
    for line in lines:
        typer.echo(line.principles.title)
        words = line.link_words()
        rows = [
            (name.line, _short(each.text), each.grade_words, len(words.get(name, ())))
            for name, each in line.principles.walk()
        ]
        print_table(rows, ("principle", "words", "strength of evidence", "links"))
    return True


def _set(lines: tuple[PrinciplesLine, ...], title: str) -> PrinciplesLine:
    found = [line for line in lines if title in ("", line.principles.title)]
    if len(found) == 1:
        return found[0]
    known = ", ".join(line.principles.title for line in lines) or "none"
    raise Invalid(f"Name one set with --title; the review has: {known}.")


def _claim_json(line: ClaimLine) -> dict[str, Any]:
    stated, judgement = line.claim, line.judgement
    return {
        "claim": stated.uid,
        "text": stated.text,
        "kind": stated.kind.value,
        "figures": [_figure_json(each) for each in stated.figures],
        "people": stated.people,
        "year": stated.year,
        "population": stated.population,
        "comparator": stated.comparator,
        "source": stated.source,
        "place": stated.place,
        "source_year": stated.source_year,
        "cited": line.cited,
        "cited_year": stated.cited.year,
        "verdict": judgement.verdict.value,
        "reason": judgement.reason,
        "traced": line.traced,
        "judged_by": line.judged_by,
        "judged_on": f"{line.judged_at:%Y-%m-%d}" if line.judged_at else "",
        "changed_since": line.is_older,
    }


def _figure_json(figure: Figure) -> dict[str, Any]:
    return {
        "measure": figure.measure,
        "value": figure.value,
        "unit": figure.unit,
        "group": figure.group,
        "base": figure.base,
        "base_number": figure.base_number,
        "role": figure.role.value,
    }


def _set_json(line: PrinciplesLine) -> dict[str, Any]:
    given = line.principles
    return {
        "title": given.title,
        "versions": [
            {
                "version": version.name,
                "source": version.source,
                "place": version.place,
                "grades": list(version.grades),
                "principles": [
                    {
                        "number": each.number,
                        "text": each.text,
                        "grade": each.grade or None,
                        **_linked_json(
                            line, PrincipleName(version=version.name, number=each.number)
                        ),
                    }
                    for each in version.principles
                ],
            }
            for version in given.versions
        ],
    }


def _linked_json(line: PrinciplesLine, name: PrincipleName) -> dict[str, Any]:
    others = line.principles.corresponding(name)
    links = [each for each in line.links if each.principle == name]
    return {
        "corresponds_to": [other.line for other in others],
        "links": [
            {
                "kind": each.kind.value,
                "ids": list(each.ids),
                "label": line.label(each),
                "note": each.note,
            }
            for each in links
        ],
    }


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
