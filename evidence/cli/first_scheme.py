"""A first coding scheme from a topic; no review is touched."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from evidence.cli.output import AsJson, print_json, with_exit_code
from evidence.coding.first_scheme.making import first_scheme, remarks
from evidence.coding.first_scheme.topic import PEOPLE, TypedTopic, read_topic
from evidence.coding.write_scheme import as_yaml
from evidence.errors import Invalid
from evidence.synthesis.counts.country_names import all_countries

ALL, NONE = "all", "none"
STREAM = "-"  # standard input, in the place of a file
LINES = (
    "One name; can be given several times. One that ends with a colon begins a group; @FILE takes "
    "the lines of a file, @- those of standard input."
)


@with_exit_code
def schemes_new(
    topic: Annotated[str, typer.Option(help="In a few words; the title of the scheme.")],
    out: Annotated[Path, typer.Option(dir_okay=False, help="The YAML file to write.")],
    intervention: Annotated[list[str] | None, typer.Option(help=LINES)] = None,
    outcome: Annotated[list[str] | None, typer.Option(help=LINES)] = None,
    population: Annotated[list[str] | None, typer.Option(help=LINES)] = None,
    countries: Annotated[
        str, typer.Option(help="all, none, or codes of three letters with commas between.")
    ] = ALL,
    counted: Annotated[str, typer.Option(help="What the size of a study counts.")] = PEOPLE,
    findings: Annotated[bool, typer.Option(help="Single results are coded.")] = True,
    process: Annotated[
        bool, typer.Option(help="Studies of how something works are expected.")
    ] = False,
    as_json: AsJson = False,
) -> bool:
    """Make a first coding scheme from a topic: kind of study, design, country, intervention,
    comparator, outcomes, findings. Look at it and change it before you use it.
    """
    names = [*(intervention or ()), *(outcome or ()), *(population or ())]
    if names.count(f"@{STREAM}") > 1:
        raise Invalid("Only one file can be “-”; name the others.")
    typed = TypedTopic(
        title=topic,
        interventions=_lines(intervention),
        outcomes=_lines(outcome),
        populations=_lines(population),
        countries=_countries(countries),
        counted=counted,
        has_findings=findings,
        has_process=process,
    )
    read = read_topic(typed)
    if out.exists():
        raise Invalid(f"{out} is there already; name another file, or take that one away.")
    scheme = first_scheme(read)
    out.write_text(as_yaml(scheme), encoding="utf-8")
    said = remarks(read)
    if as_json:
        print_json({
            "file": str(out), "id": scheme.id, "sections": len(scheme.sections),
            "questions": len(scheme.questions), "remarks": list(said)})  # fmt: skip
        return True
    typer.echo(
        f"{out}: “{scheme.title}”, {len(scheme.questions)} questions in "
        f"{len(scheme.sections)} sections."
    )
    for sentence in said:
        typer.echo(sentence)
    typer.echo("Look at it and change it before you use it.")
    return True


def _lines(names: Sequence[str] | None) -> str:
    """Names as lines of a list; those of files in place."""
    return "\n".join(_of_file(name) if name.startswith("@") else name for name in names or ())


def _of_file(name: str) -> str:
    path = Path(name.removeprefix("@"))
    content = sys.stdin.buffer.read() if str(path) == STREAM else path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Invalid(f"{path}:{line}: Here is a character that is not UTF-8.") from error


def _countries(words: str) -> dict[str, str]:
    known = all_countries()
    if words.strip().lower() in {ALL, NONE}:
        return known if words.strip().lower() == ALL else {}
    codes = [code.strip().lower() for code in words.split(",") if code.strip()]
    unknown = [code for code in codes if code not in known]
    if unknown:
        raise Invalid(
            f"“{unknown[0][:40]}” is no code of a country in ISO 3166-1; write three letters, such "
            "as nor, or all, or none."
        )
    return {code: known[code] for code in codes}
