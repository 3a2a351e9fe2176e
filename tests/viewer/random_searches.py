"""Searches made at random, each with the studies that it must find by plain sets."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from evidence.coding.scheme import Of
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.map_search.search_terms import Code, CodeNames, TextField, escaped
from evidence.synthesis.studies import CodedStudy

TERMS = ["work", "WORK", "Emile", "émile", "peer", "naïve", "strasse", "Straße", "σισυφος",
         "fidelity", "2o", "nothing"]  # fmt: skip
BEGINNINGS = ["w*", "WOR*", "É*", "σισυφοσ*", "2*", "x*"]
PHRASES = [
    '"work peer"',
    "“PEER SUPPORT”",
    '"émile"',
    '"work wo*"',
    '"peer, support!"',
    "self-care",
]
Found = tuple[str, frozenset[int]]
"""A text and the ids of the studies that it finds."""


@dataclass(frozen=True)
class SearchedReview:
    """What searches are made for.

    Attributes:
        texts: by study and field.
    """

    studies: Sequence[CodedStudy]
    dimensions: Sequence[Dimension]
    texts: Mapping[int, Mapping[TextField, Sequence[str]]]


def random_searches(random: Random, review: SearchedReview, count: int) -> list[Found]:
    """So many searches; each may refer to those before it."""
    names = CodeNames(review.dimensions)
    searches: list[Found] = []
    for _ in range(count):
        searches.append(_tree(random, review, names, searches, depth=random.choice([0, 1, 2, 3])))
    return searches


def _tree(
    random: Random,
    review: SearchedReview,
    names: CodeNames,
    earlier: Sequence[Found],
    *,
    depth: int,
) -> Found:
    if depth == 0:
        return _term(random, review, names, earlier)
    kind = random.choice(["and", "or", "not", "a not b"])
    parts = [
        _tree(random, review, names, earlier, depth=depth - 1)
        for _ in range({"not": 1, "a not b": 2}.get(kind, random.choice([2, 3])))
    ]
    grouped = [_grouped(random, text) for text, _ in parts]
    sets = [found for _, found in parts]
    everyone = frozenset(study.id for study in review.studies)
    if kind == "and":
        joins = [random.choice([" and ", " AND ", " "]) for _ in grouped[1:]]
        text = grouped[0] + "".join(j + g for j, g in zip(joins, grouped[1:], strict=True))
        return text, frozenset.intersection(*sets)
    if kind == "or":
        return random.choice([" or ", "  Or "]).join(grouped), frozenset.union(*sets)
    if kind == "not":
        return f"not {grouped[0]}", everyone - sets[0]
    return f"{grouped[0]} not {grouped[1]}", sets[0] - sets[1]


def _grouped(random: Random, text: str) -> str:
    """In parentheses, which a single term can have, too."""
    is_term = not re.search(r"[\s()]", text)
    return text if is_term and random.random() < 0.7 else f"({text})"


def _term(
    random: Random, review: SearchedReview, names: CodeNames, earlier: Sequence[Found]
) -> Found:
    kind = random.choice(["word", "word", "phrase", "field", "year", "code", "code", "reference"])
    if kind == "reference" and earlier:
        number = random.randrange(len(earlier))
        return f"#{number + 1}", earlier[number][1]
    codes = [(d, h) for d in review.dimensions for h in d.headings]
    if kind == "code" and codes:
        return _code(random.choice(codes), review, names)
    if kind == "year":
        return _years(random, review)
    text = random.choice(PHRASES if kind == "phrase" else TERMS + BEGINNINGS)
    field = random.choice(list(TextField)) if kind == "field" else None
    return (f"{field}:{text}" if field else text), _with_words(text, field, review)


def _code(code: tuple[Dimension, Heading], review: SearchedReview, names: CodeNames) -> Found:
    dimension, heading = code
    text = names.text(Code(dimension=dimension.id, heading=heading.id))
    found = frozenset(
        study.id
        for study in review.studies
        for unit in ((None,) if dimension.of is Of.STUDY else study.findings)
        if heading.covers & dimension.codes(study, unit)
    )
    return f"[{escaped(text)}]", found


def _years(random: Random, review: SearchedReview) -> Found:
    text, span = random.choice(
        [
            ("2018", range(2018, 2019)),
            ("2017-2020", range(2017, 2021)),
            ("2019–", range(2019, 9999)),
            ("-2020", range(2021)),
        ]
    )
    return f"year:{text}", frozenset(study.id for study in review.studies if study.year in span)


def _with_words(text: str, field: TextField | None, review: SearchedReview) -> frozenset[int]:
    wanted = " ".join(_words(text))
    ending = "" if text.rstrip('"”').endswith("*") else r"\b"
    pattern = re.compile(rf"\b{re.escape(wanted)}{ending}")
    return frozenset(
        study
        for study, fields in review.texts.items()
        for each in ([field] if field else TextField)
        for own in fields[each]
        if pattern.search(" ".join(_words(own)))
    )


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text)).lower()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).replace("ς", "σ")
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKD", plain))
