"""Searches as conditions, the same on SQLite and PostgreSQL."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Boolean, ColumnElement, and_, literal, not_, or_, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from evidence.citations import search, search_folding
from evidence.citations.search import AllOf, AnyOf, Doi, Node, Not, Phrase
from evidence.errors import Invalid
from evidence.store.bulk import to_json
from evidence.store.engine import TEXT_HOLDS

OfDoi = Callable[[str], ColumnElement[bool]]
"""The condition that a row has a DOI that begins so."""


class _Holds(FunctionElement[bool]):
    """Of each group of phrases one stands in the texts at least. SQLite is asked by our function,
    so that a text is read once for all phrases; the others by the condition.

    Its parts: groups of phrases as JSON, the same as a condition, the texts.
    """

    name = "holds"
    type = Boolean()
    inherit_cache = True


@compiles(_Holds)
def _by_condition(element: _Holds, compiler: SQLCompiler, **options: Any) -> str:
    _, condition, *_ = element.clauses
    return compiler.process(condition, **options)


@compiles(_Holds, "sqlite")
def _by_function(element: _Holds, compiler: SQLCompiler, **options: Any) -> str:
    groups, _, *texts = (compiler.process(part, **options) for part in element.clauses)
    return f"{TEXT_HOLDS}({', '.join([groups, *texts])})"


def conditions(
    text: str, texts: Sequence[ColumnElement[str]], of_doi: OfDoi
) -> list[ColumnElement[bool]]:
    """What rows must meet whose texts hold what somebody looks for; none where that is nothing.

    Raises:
        Invalid: more than a database can look for in a moment.
    """
    parsed = search.parse(text[: search.LONGEST_SEARCH])
    if parsed.words > search.MOST_WORDS or len(text) > search.LONGEST_SEARCH:
        raise Invalid(
            f"Please search for at most {search.MOST_WORDS} words and {search.LONGEST_SEARCH} "
            "letters at once."
        )
    return [] if parsed.tree is None else [_condition(parsed.tree, texts, of_doi)]


def _condition(
    node: Node, texts: Sequence[ColumnElement[str]], of_doi: OfDoi
) -> ColumnElement[bool]:
    if isinstance(node, Doi):
        return of_doi(node.name)
    if isinstance(node, Not):
        return not_(_condition(node.part, texts, of_doi))
    if isinstance(node, AnyOf) and _group(node) is None:
        return or_(*(_condition(part, texts, of_doi) for part in node.parts))
    parts = node.parts if isinstance(node, AllOf) else (node,)
    groups = [group for part in parts if (group := _group(part))]
    others = [part for part in parts if not _group(part)]
    together = [_holds(groups, texts)] if groups else []
    return and_(*together, *(_condition(part, texts, of_doi) for part in others))


def _group(node: Node) -> list[str] | None:
    """Phrases of which one must stand there; None where a part asks for something else."""
    if isinstance(node, Phrase):
        return [node.text]
    if isinstance(node, AnyOf):
        phrases = [part.text for part in node.parts if isinstance(part, Phrase)]
        return phrases if len(phrases) == len(node.parts) else None
    return None


def _holds(groups: list[list[str]], texts: Sequence[ColumnElement[str]]) -> ColumnElement[bool]:
    patterns = ["|".join(map(search_folding.pattern, group)) for group in groups]
    condition = and_(true(), *(or_(*(text.regexp_match(p) for text in texts)) for p in patterns))
    return _Holds(literal(to_json(groups)), condition.self_group(), *texts)
