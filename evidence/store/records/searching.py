"""Searches as conditions, the same on SQLite and PostgreSQL."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Boolean, ColumnElement, and_, literal, not_, or_
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
    """One of some phrases stands in one of some texts: the phrases as JSON, the same as a regular
    expression, and the texts.
    """

    name = "holds"
    type = Boolean()
    inherit_cache = True


@compiles(_Holds, "sqlite")
def _on_sqlite(element: _Holds, compiler: SQLCompiler, **options: Any) -> str:
    phrases, _, *texts = (compiler.process(part, **options) for part in element.clauses)
    return f"{TEXT_HOLDS}({', '.join([phrases, *texts])})"


@compiles(_Holds, "postgresql")
def _on_postgresql(element: _Holds, compiler: SQLCompiler, **options: Any) -> str:
    _, pattern, *texts = element.clauses
    tests = (f"{compiler.process(t, **options)} ~ {compiler.process(pattern, **options)}"
             for t in texts)  # fmt: skip
    return f"({' OR '.join(tests)})"


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
    if isinstance(node, Phrase):
        return _holds([node], texts)
    if isinstance(node, Doi):
        return of_doi(node.name)
    if isinstance(node, Not):
        return not_(_condition(node.part, texts, of_doi))
    if isinstance(node, AllOf):
        return and_(*(_condition(part, texts, of_doi) for part in node.parts))
    return _any_of(node, texts, of_doi)


def _any_of(node: AnyOf, texts: Sequence[ColumnElement[str]], of_doi: OfDoi) -> ColumnElement[bool]:
    """Phrases are looked for together, so that each text is read once."""
    phrases = [part for part in node.parts if isinstance(part, Phrase)]
    others = [part for part in node.parts if not isinstance(part, Phrase)]
    together = [_holds(phrases, texts)] if phrases else []
    return or_(*together, *(_condition(part, texts, of_doi) for part in others))


def _holds(phrases: Sequence[Phrase], texts: Sequence[ColumnElement[str]]) -> ColumnElement[bool]:
    words = [phrase.text for phrase in phrases]
    pattern = "|".join(map(search_folding.pattern, words))
    return _Holds(literal(to_json(words)), literal(pattern), *texts)
