"""The terms that a review highlights while people screen."""

import re
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from evidence.errors import Invalid
from evidence.store.engine import Write
from evidence.store.review.reasons import check_length
from evidence.store.schema import term

MOST_STARS = 2  # of a term
MOST_TERMS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Words to highlight while screening; a `*` stands for any letters."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


def get(connection: Connection, review_id: int) -> Terms:
    """The terms to highlight."""
    query = select(term.c.kind, term.c.pattern).where(term.c.review_id == review_id)
    patterns: dict[str, list[str]] = {"include": [], "exclude": []}
    for kind, pattern in connection.execute(query.order_by(term.c.id)):
        patterns[kind].append(pattern)
    return Terms(include=tuple(patterns["include"]), exclude=tuple(patterns["exclude"]))


def replace(write: Write, terms: Terms) -> None:
    """Make these the terms to highlight; raises Invalid as check_terms does."""
    check_terms(terms)
    write.connection.execute(delete(term).where(term.c.review_id == write.review_id))
    rows = [
        write.for_review(kind=kind, pattern=pattern)
        for kind, patterns in (("include", terms.include), ("exclude", terms.exclude))
        for pattern in dict.fromkeys(patterns)
    ]
    if rows:
        write.connection.execute(insert(term), rows)


def check_terms(terms: Terms) -> None:
    """Refuse terms that are too long, too many, or mostly stars; raises Invalid."""
    patterns = [*terms.include, *terms.exclude]
    check_length("term", patterns)
    if len(patterns) > MOST_TERMS:
        raise Invalid(f"Please give at most {MOST_TERMS:,} terms; these are {len(patterns):,}.")
    for pattern in patterns:
        if len(re.findall(r"\*+", pattern)) > MOST_STARS:
            raise Invalid(
                f"A term has at most two stars; this one has more: “{pattern[:60]}”. "
                "Each star stands for any letters."
            )
