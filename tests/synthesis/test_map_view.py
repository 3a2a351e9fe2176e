from dataclasses import replace

import pytest

from evidence.coding.scheme import Scheme
from evidence.synthesis.dimensions import Dimension, dimensions
from evidence.synthesis.map_address import AddressedView, from_address, to_address
from evidence.synthesis.map_view import Drawing, FilterMode, MapFilter, MapView, default_view

PLAIN = MapView(rows="axis:intervention", columns="axis:outcome")


@pytest.fixture
def sorted_by(scheme: Scheme) -> tuple[Dimension, ...]:
    return dimensions(scheme)


def read(address: str, sorted_by: tuple[Dimension, ...]) -> AddressedView:
    return from_address(address, sorted_by, {1, 12})


def test_an_address_says_what_differs_and_always_rows_and_columns() -> None:
    assert to_address(PLAIN) == "rows=axis%3Aintervention&columns=axis%3Aoutcome"
    view = replace(
        PLAIN,
        segment="question:country",
        view=Drawing.BUBBLES,
        filters=(
            MapFilter(dimension="question:country", mode=FilterMode.NONE, codes=("uk", "us")),
        ),
        years=(1990, None),
        words="peer & work",
        open_rows=("work",),
        open_columns=("*",),
        hide_empty=True,
        order_rows="count",
        order_columns=("esteem", "symptoms"),
        at=("work", None),
        study=12,
    )
    assert to_address(view).split("&")[2:] == [
        *("segment=question%3Acountry", "view=bubbles", "f=question%3Acountry~none~uk,us"),
        *("years=1990-", "words=peer%20%26%20work", "openrows=work", "opencolumns=*"),
        *("empty=hide", "orderrows=count", "ordercolumns=hand~esteem,symptoms"),
        *("at=work,", "study=12"),
    ]


def test_the_way_back_gives_the_same_view(sorted_by: tuple[Dimension, ...]) -> None:
    view = replace(
        PLAIN,
        filters=(
            MapFilter(dimension="axis:outcome", codes=("esteem",)),
            MapFilter(dimension="axis:outcome", mode=FilterMode.ALL, codes=("relapse",)),
        ),
        years=(None, 2010),
        at=(None, None),
        study=1,
    )
    assert read(to_address(view), sorted_by) == AddressedView(view=view, told=())


def test_what_the_map_does_not_have_is_dropped_and_told(sorted_by: tuple[Dimension, ...]) -> None:
    address = "rows=question%3Acountry&columns=xyz&f=axis%3Aoutcome~any~esteem,gone&study=7"
    got = read(address, sorted_by)
    assert got.view == replace(
        PLAIN,
        rows="question:country",
        filters=(MapFilter(dimension="axis:outcome", codes=("esteem",)),),
    )
    assert got.told == (
        "The address names something to sort by that this map does not have: xyz",
        "The address names a code that this map does not have: gone",
        "The address names a study that this map does not have: 7",
    )


@pytest.mark.parametrize(
    "part",
    ["view=pie", "years=abc", "f=axis%3Aoutcome~some~esteem", "words=%E0", "colour=red", "x"],
)
def test_what_cannot_be_read_is_dropped_and_told(
    part: str, sorted_by: tuple[Dimension, ...]
) -> None:
    got = read(part, sorted_by)
    assert got.view == PLAIN
    assert got.told == (f"A part of the address cannot be read: {part}",)


def test_a_code_of_other_rows_opens_nothing(sorted_by: tuple[Dimension, ...]) -> None:
    """Rows are read first, wherever they stand in the address."""
    got = read("openrows=work&rows=question%3Acountry", sorted_by)
    assert got.view.open_rows == ()
    assert got.told == ("The address names a code that this map does not have: work",)


def test_a_map_begins_with_interventions_by_outcomes(sorted_by: tuple[Dimension, ...]) -> None:
    assert default_view(sorted_by) == PLAIN
    country = [d for d in sorted_by if d.id == "question:country"]
    design = replace(country[0], id="question:design")
    assert default_view(country) == MapView(rows="question:country", columns="question:country")
    assert default_view([*sorted_by, design]) == replace(PLAIN, segment="question:design")


def test_without_findings_a_map_begins_with_the_questions_of_these_names(
    sorted_by: tuple[Dimension, ...],
) -> None:
    """As default_view.test.mjs says it of the viewer."""
    (country,) = (d for d in sorted_by if d.id == "question:country")
    names = ("stream", "design", "outcome", "intervention")
    ticked = [replace(country, id=f"question:{name}") for name in names]
    assert default_view(ticked) == MapView(
        rows="question:intervention", columns="question:outcome", segment="question:design"
    )
