"""What a printed figure says, and what the three checks find among claims."""

import pytest

from evidence.synthesis.claims.checks import (
    Check,
    TracedClaim,
    conflicts,
    dates,
    parts_against_total,
)
from evidence.synthesis.claims.claim import (
    Claim,
    ClaimJudgement,
    ClaimVerdict,
    NamedWork,
    why_no_claim,
    why_no_judgement,
    years,
)
from evidence.synthesis.claims.figures import (
    Figure,
    FigureRole,
    figures_in_words,
    read_amount,
    why_no_figure,
)


def figure(value: str, measure: str = "want paid work", **more: object) -> Figure:
    return Figure(measure=measure, value=value, **{"base": "respondents", **more})  # type: ignore[arg-type]


def traced(uid: str, *figures: Figure, works: str = "survey", **more: object) -> TracedClaim:
    claim = Claim(uid=uid, text="a claim", source=f"Leaflet {uid}", figures=figures, **more)  # type: ignore[arg-type]
    return TracedClaim(claim=claim, works=frozenset(works.split()))


@pytest.mark.parametrize(
    ("first", "second", "agree"),
    [
        ("61", "60.6", True),  # a rounding of it
        ("42", "42.7", False),  # 42.7 is rounded to 43
        ("at least 70", "61", False),
        ("at least 70", "71", True),
        ("less than 25", "23", True),
        ("less than 25", "30", False),
        ("30-40", "38", True),
        ("61", "62", False),
        ("479", "480", False),
        ("30-40", "41", False),
        ("50 to 60", "55-70", True),
        ("166,350", "166350", True),
    ],
)
def test_two_printed_values_agree_where_they_can_be_the_same(
    first: str, second: str, *, agree: bool
) -> None:
    one, other = read_amount(first), read_amount(second)
    assert one is not None
    assert other is not None
    assert one.agrees(other) is agree
    assert other.agrees(one) is agree


@pytest.mark.parametrize("text", ["", "many", "60-50", "5%", "1,2", "nearly all", "1e5", "some 5"])
def test_what_is_no_figure_is_none(text: str) -> None:
    assert read_amount(text) is None


def test_a_percentage_needs_its_base_and_others_do_not() -> None:
    assert "lacks its base" in why_no_figure(figure("61", base=""))
    assert not why_no_figure(figure("61"))
    assert not why_no_figure(figure("479", unit="people", base=""))
    assert "no figure" in why_no_figure(figure("many"))
    assert "at least one" in why_no_figure(figure("61", base_number=0))


def test_a_claim_needs_words_and_a_source_and_a_judgement_its_reason() -> None:
    assert "your own words" in why_no_claim(Claim(uid="a", text="", source="Leaflet"))
    assert "Name the document" in why_no_claim(Claim(uid="a", text="It helps"))
    assert "lacks its base" in why_no_claim(
        Claim(uid="a", text="It helps", source="Leaflet", figures=(figure("6", base=""),))
    )
    assert not why_no_judgement(ClaimJudgement())
    assert "Give a reason" in why_no_judgement(ClaimJudgement(verdict=ClaimVerdict.PARTLY))


def test_figures_of_groups_stand_against_each_other_with_their_base() -> None:
    told = figures_in_words(
        (
            figure("55", "worked", group="IPS", base="people allocated", base_number=156),
            figure("28", "worked", group="usual", base="people allocated"),
            figure("1,495", "clients", unit="people", base=""),
        )
    )
    assert told == (
        "worked: 55 % of people allocated (156) (IPS) v 28 % of people allocated (usual); "
        "clients: 1,495 people"
    )


def test_the_same_figure_of_the_same_work_with_another_value_is_told_with_both_bases() -> None:
    leaflet = traced("a", figure("at least 70", base="clients of a trust"))
    survey = traced("b", figure("61", base="those not employed"))
    (found,) = conflicts([leaflet, survey])
    assert found.check is Check.OTHER_VALUE
    assert found.uids == ("a", "b")
    assert "at least 70 % of clients of a trust in “Leaflet a”" in found.text
    assert "61 % of those not employed in “Leaflet b”" in found.text
    assert "Their bases differ, too." in found.text


def test_another_work_measure_group_or_unit_is_no_conflict() -> None:
    first = traced("a", figure("70"))
    for other in (
        traced("b", figure("61"), works="another"),
        traced("b", figure("61", "want to work later")),
        traced("b", figure("61", group="women")),
        traced("b", figure("61", unit="people")),
        traced("b", figure("70")),
        TracedClaim(claim=traced("b", figure("61")).claim),
    ):
        assert not conflicts([first, other])


def test_one_work_in_common_is_enough() -> None:
    assert conflicts([traced("a", figure("70"), works="x y"), traced("b", figure("61"), works="y")])


def part(value: str, unit: str = "%") -> Figure:
    return figure(value, f"part {value}", unit=unit, role=FigureRole.PART)


def total(value: str, unit: str = "%") -> Figure:
    return figure(value, "total", unit=unit, role=FigureRole.TOTAL)


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        ((total("88"), part("46"), part("37"), part("4")), 0),  # 87, and 1.5 is allowed
        ((total("89"), part("46"), part("37"), part("4")), 1),
        ((total("100"), part("33.3"), part("33.3"), part("33.3")), 0),
        ((total("100"), part("33.2"), part("33.3"), part("33.3")), 1),
        ((total("922", "people"), *(part(n, "people") for n in ("479", "289", "154"))), 0),
        ((total("923", "people"), *(part(n, "people") for n in ("479", "289", "154"))), 1),
        ((total("88"), part("46"), part("37"), part("4"), part("99", "people")), 0),
        ((total("88"), part("46"), part("at least 4")), 0),  # adds up to nothing
        ((total("88"),), 0),
    ],
)
def test_parts_are_added_up_with_half_a_unit_for_each_rounded_one(
    figures: tuple[Figure, ...], found: int
) -> None:
    claim = traced("a", *figures).claim
    told = list(parts_against_total(claim))
    assert len(told) == found
    assert all(each.check is Check.PARTS and "the total is" in each.text for each in told)


def test_the_sentence_on_parts_has_the_sum_and_what_rounding_explains() -> None:
    (told,) = parts_against_total(traced("a", total("89"), part("46"), part("37"), part("4")).claim)
    assert told.text == (
        "In “Leaflet a”, 46 + 37 + 4 is 87 %; the total is 89 %, and rounding explains 1.5 at most."
    )


def test_years_stand_in_their_order_or_it_is_told() -> None:
    def told(known: int | None = None, **more: object) -> list[str]:
        claim = Claim(uid="a", text="x", source="Leaflet", **more)  # type: ignore[arg-type]
        return [each.text for each in dates(TracedClaim(claim=claim, cited_year=known))]

    printed = NamedWork(citation="A survey", year="2008")
    assert not told(year="2004/05", cited=printed, source_year="2012", known=2008)
    (later,) = told(year="2011", cited=printed, source_year="2012")
    assert "gives 2011 as the year of its figure" in later
    assert "is of 2008" in later
    (wrong,) = told(cited=printed, known=2006)
    assert "dates the work that it cites 2008; the review has 2006" in wrong
    (unborn,) = told(cited=printed, source_year="2006")
    assert "which is later" in unborn
    (ahead,) = told(year="2007", source_year="2006")
    assert "the year of its figure is 2007" in ahead
    assert not told()


def test_years_are_read_out_of_any_words() -> None:
    assert years("2004/05") == (2004,)
    assert years("1991 to 2006, n = 1,495") == (1991, 2006)
    assert years("12010") == ()
