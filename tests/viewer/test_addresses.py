"""An address means the same in Python and in the browser, whatever somebody typed into it."""

from dataclasses import asdict
from random import Random
from typing import Any

import pytest

from evidence.synthesis.map_address import from_address, to_address
from evidence.synthesis.map_view import MapView, default_view
from tests.viewer import node
from tests.viewer.random_reviews import VERSION, RandomReview, random_review

REVIEWS = 60
ODD_PARTS = [
    *("", "#", "rows=", "rows=nothing", "columns=%zz", "f=", "f=a~any~b", "f=a~some~b", "f=~~~"),
    *("years=abc", "years=-", "years=1990", "years=-2010", "years=1990-", "years=19901-2", "view="),
    *("view=pie", "words=%E0%A4%A", "words=a+b%20%26", "openrows=*", "openrows=*,*", "openrows="),
    *("empty=show", "empty=hide", "orderrows=hand~", "orderrows=hand~x", "ordercolumns=count"),
    *("ordercolumns=scheme", "contrast=none", "at=", "at=,", "at=a,b,c", "at=x,", "study=0"),
    *("study=-1", "study=99999999999999999", "study=١", "segment=*", "=", "%", "__proto__=1"),
    *(
        "find=",
        "find=work",
        "find=%23%31%20not%20%232",
        "find=and",
        "find=%22",
        "find=%zz",
        "find=#1",
    ),
    *("find=work%20or", f"find={'x' * 1001}", "&".join(["find=work"] * 51), "search=1", "search=0"),
    *("since=3~added", "since=3~recoded,added", "since=2~recoded", "since=3", "since=~added"),
    *("since=3~added,recoded", "since=1234567890~added", "since=03~recoded", "since=3~"),
    *("search=2", "search=51", "search=x", "search=", "search=99999"),
    *("page=", "page=pie", "page=frequencies", "page=crosstab", "question=", "question=year"),
    *(
        "question=nothing",
        "orderlist=title",
        "orderlist=label",
        "shares=",
        "shares=some",
        "shares=none",
        "only=",
        "only=both",
        "only=reviews",
    ),
    *("line=", "line=,", "line=year", "line=year,", "line=year,~", "line=year,20x", "line=year,~,"),
    *("line=year,2019", "line=year,%7E", "line=nothing,~", "at=~,", "at=~,~", "at=%7E,"),
    *(f"rows={'🙂x' * 41}", f"{'%' * 81}", f"openrows={','.join(f'no{i}' for i in range(3000))}"),
    *("page=practice", "show=", "show=services", "show=all", "prows=", "prows=by%3A%40area"),
    *("pcolumns=question%3Adesign", "pcolumns=nothing", "pstudies=question%3Adesign", "pf="),
    *("pf=by%3A%40area~North", "pf=by%3A%40area~North~", "pf=nothing~x", "pat=", "pat=,", "pat=~,"),
    *("pat=,~", "pat=~x,~y", "pat=North,", "pat=a,b,c", "service=", "service=%zz", "service=x"),
    *("constructor=x", "rows=__proto__", "words=%ED%A0%80", "words=%C0%AF", "words=%00", "f=%"),
]


@pytest.mark.journey
def test_broken_addresses_are_read_and_told_alike() -> None:
    asked = [_with_addresses(random_review(seed, views=10), seed) for seed in range(REVIEWS)]
    answers = node.asked(
        "addressed_in_node.mjs",
        [(review.document, addresses) for review, addresses in asked],
    )
    told = 0
    for (review, addresses), answer in zip(asked, answers, strict=True):
        content = review.content
        ids = [study.id for study in content.studies]
        for address, read in zip(addresses, answer["views"], strict=True):
            places = content.practice.places if content.practice else None
            expected = from_address(address, content.dimensions, ids, VERSION, places)
            assert read["told"] == list(expected.told), address
            assert read["view"] == _as_json(expected.view), address
            assert read["address"] == to_address(expected.view), address
            again = from_address(read["address"], content.dimensions, ids, VERSION, places)
            assert again.view == expected.view
            told += len(read["told"])
        assert answer["beginning"] == {"view": _as_json(content.view), "told": []}
        assert answer["default"] == _as_json(default_view(content.dimensions))
    assert told > REVIEWS


def test_what_is_told_of_an_address_is_short_however_long_it_is() -> None:
    content = random_review(1).content
    address = f"rows={'x' * 50_000}&openrows={','.join(f'no{i}' for i in range(3000))}"
    told = from_address(address, content.dimensions, []).told
    assert told[0].endswith(f"does not have: {'x' * 80}…")
    assert told[-1] == "And 2991 more of such parts."
    assert len(told) == 11


def _with_addresses(review: RandomReview, seed: int) -> tuple[RandomReview, list[str]]:
    """Whole addresses, broken ones, and parts of several in any order."""
    random = Random(seed)  # noqa: S311 - examples, the same in every run
    addresses = [to_address(view) for view in review.views]
    parts = [*ODD_PARTS, *(part for address in addresses for part in address.split("&"))]
    mixed = ["&".join(random.choices(parts, k=random.choice([1, 3, 9]))) for _ in range(20)]
    return review, [*addresses, "", "#" + addresses[0], *mixed]


def _as_json(view: MapView) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        if isinstance(value, tuple):
            return [plain(each) for each in value]
        if isinstance(value, dict):
            return {name: plain(each) for name, each in value.items()}
        return str(value) if isinstance(value, str) else value

    fields: dict[str, Any] = plain(asdict(view))
    return fields
