"""What an archive says of itself in words, and as a Data Package."""

from collections.abc import Iterator
from typing import Any

from evidence import __version__
from evidence.store.archive.dictionary import PROFILE
from evidence.store.review.reviews import Review
from evidence.synthesis.review_about import LICENCES, Author, ReviewAbout

_README = """\
# {title}

This archive holds a whole review: everything that was brought into Waymark, and everything that
people decided, coded and wrote there. It was made on {made_at} by Waymark {program}.
{label}{about}
## What is in it

- `tables/`: each table of the review as CSV (UTF-8, commas, the first line names the columns).
- `data-dictionary.csv`: what each table and column means; `datapackage.json` says the same in the
  form of a Frictionless Data Package (https://datapackage.org), which programs read.
- `schemes/`: the coding schemes, each version as YAML.
- `snapshots/`: versions of the evidence map, as JSON, as they were frozen.
- `files/`: {full_texts}
- `long/`: texts that are too long for a cell.
- `manifest.json`: the version of Waymark and of its tables, and for each file its size and SHA-256,
  by which a change is noticed.

## How to read it

- Rows name each other by number: a cell in `decision.csv` under `work_id` is a number under `id` in
  `work.csv`. Of rows about the same thing the one with the largest number is the newest.
- A work whose `merged_into` is filled was a duplicate; the work that it names stands for it.
- A cell that begins with `file:` names the file of the archive that holds the value.
- An empty cell is no value, or an empty text. A cell that is one apostrophe is an empty text in a
  column that may also have no value.
- Where a text begins with `=`, `+`, `-` or `@`, an apostrophe stands before it, so that no
  spreadsheet runs it. Take one apostrophe away, and the text is as it was.
- Times are in UTC. Lists and objects are JSON.

## How to take it into Waymark

    python -m evidence archive --in this-file.zip

Use the file as it is: what was unpacked, changed and packed again is refused.

## Before you publish it

Names of people, all their votes and notes, and abstracts from databases are in it{and_full_texts}.
Abstracts and full texts often belong to publishers: see that you may pass them on.
"""


def readme(review: Review, about: ReviewAbout, made_at: str, *, with_full_texts: bool) -> str:
    """The text that greets whoever opens an archive."""
    kept = "the PDFs that people added, and files of other programs with their coding."
    left = (
        "files of other programs with their coding. Full texts (PDFs) were left out; their names,\n"
    )
    left += "  sizes and checksums stand in `document.csv`."
    return _README.format(
        title=review.title,
        made_at=made_at,
        program=__version__,
        label=f"\n**{review.label}**\n" if review.label else "",
        about="".join(f"\n{line}\n" for line in _about(about)),
        full_texts=kept if with_full_texts else left,
        and_full_texts=", and full texts" if with_full_texts else "",
    )


def _about(about: ReviewAbout) -> Iterator[str]:
    said = {
        "Authors": "; ".join(author.line for author in about.authors),
        "Licence": about.licence,
        "Funding": about.funding,
        "Competing interests": about.competing_interests,
        "Registration": about.registration,
        "Protocol": about.protocol,
        "Deviations from the protocol": about.deviations,
        "Contact": about.contact,
    }
    if about.description:
        yield about.description
    yield from (f"**{name}.** {text}" for name, text in said.items() if text)


def package(
    review: Review, about: ReviewAbout, tables: list[dict[str, Any]], made_at: str
) -> dict[str, Any]:
    """The archive as a Data Package: what it is, and what each table and column means."""
    described = about.description or review.question
    content = {
        "$schema": PROFILE,
        "name": "waymark-review",
        "title": review.title,
        "description": "\n\n".join(filter(None, (review.label, described))),
        "created": made_at,
        "version": made_at[:10],
        "keywords": list(about.keywords),
        "contributors": [_contributor(author) for author in about.authors],
        "licenses": [_licence(about.licence)] if about.licence else [],
        "resources": tables,
    }
    return {name: value for name, value in content.items() if value}


def _contributor(author: Author) -> dict[str, Any]:
    named = {"title": author.name, "roles": ["author"]}
    return named | ({"path": f"https://orcid.org/{author.orcid}"} if author.orcid else {})


def _licence(licence: str) -> dict[str, str]:
    """A usual one by its code of SPDX and its address; any other by its words."""
    if licence not in LICENCES:
        return {"title": licence}
    code = licence.replace(" ", "-")
    return {"name": code, "title": licence, "path": LICENCES[licence]}
