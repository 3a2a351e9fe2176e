"""Scores become totals and bands, or a word on what they lack; assessors are never averaged."""

from collections.abc import Mapping

import pytest

from evidence.coding.answers import Answer
from evidence.coding.read_scheme import load
from evidence.synthesis.practice.fidelity import (
    Assessment,
    FidelityScale,
    assessment,
    fidelity_scale,
)
from evidence.synthesis.practice.fidelity_over_time import (
    agreements,
    changes,
    newest,
    occasions,
    of_service,
)
from evidence.synthesis.practice.service_form import ServiceForm
from tests.conftest import ROOT

FILE = ROOT / "coding_schemes" / "supported-employment-fidelity-25.yaml"
SMALL = """\
id: invented-scale
title: Invented scale
version: "1"
purpose: appraisal
judges: practice
sections:
  - title: All
    questions:
      - id: warmth
        text: Warmth
        kind: one of
        options: [{id: one, label: "1"}, {id: two, label: "2"}, {id: five, label: "5"}]
      - id: speed
        text: Speed
        kind: one of
        options: [{id: seven, label: "7"}, {id: eight, label: "2"}]
      - {id: remark, text: Remark, kind: text}
"""


def scale_of(yaml: str, scheme_id: int = 1) -> FidelityScale:
    scale = fidelity_scale(scheme_id, load(yaml, "scale.yaml"))
    assert scale is not None
    return scale


IPS = scale_of(FILE.read_text(encoding="utf-8"))
IDS = [item.id for item in IPS.items]


def scored(
    scores: Mapping[str, str],
    *,
    who: str = "Anna",
    day: str = "2026-03-01",
    service: str = "s",
    scale: FidelityScale = IPS,
    is_complete: bool = True,
) -> Assessment:
    form = ServiceForm(
        uid=f"{who}{day}{service}{len(scores)}{sum(map(len, scores.values()))}",
        service=service,
        scheme_id=scale.scheme_id,
        occasion=day,
        filled_by=who,
        answers=tuple(Answer(question=q, codes=(code,)) for q, code in scores.items()),
        is_complete=is_complete,
    )
    return assessment(scale, form, f"Service {service}")


def summing_to(total: int) -> dict[str, str]:
    """Scores of all 25 items that come to a total."""
    fives, rest = divmod(total - 25, 4)
    points = [5] * fives + ([1 + rest] if rest else [])
    points += [1] * (25 - len(points))
    return {each: f"score-{n}" for each, n in zip(IDS, points, strict=True)}


@pytest.mark.parametrize("purpose", ["practice", "monitoring"])
def test_forms_of_a_questionnaire_or_of_quarters_never_count_as_fidelity_too(purpose: str) -> None:
    asked = load(SMALL.replace("appraisal", purpose), "asked.yaml")
    assert fidelity_scale(1, asked) is None
    assert asked.is_about_services


def test_the_scale_has_25_items_in_three_sections_from_25_to_125() -> None:
    assert (len(IPS.items), IPS.lowest, IPS.highest) == (25, 25, 125)
    sizes = [s.items for s in scored({}).sections]
    assert dict(zip(IPS.sections, sizes, strict=True)) == {
        "Staffing": 3, "Organization": 8, "Services": 14,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (25, "not supported employment"), (73, "not supported employment"), (74, "fair"),
        (99, "fair"), (100, "good"), (114, "good"), (115, "exemplary"), (125, "exemplary"),
    ],
)  # fmt: skip
def test_a_total_is_the_sum_and_has_its_band(total: int, band: str) -> None:
    given = scored(summing_to(total))
    assert (given.total, given.band) == (total, band)
    assert sum(section.total or 0 for section in given.sections) == total


def test_what_is_missing_or_cannot_be_rated_leaves_the_total_unclassified() -> None:
    given = scored({**summing_to(120), IDS[4]: "cannot-rate"})
    assert (given.total, given.band) == (None, "")
    assert given.why_unclassified == (
        "Not classified, because items have no score: 5. Integration with mental health treatment "
        "through frequent team member contact (cannot rate)."
    )
    assert [s.total for s in given.sections] == [15, None, 65]
    assert given.sections[1].words == "no sum: 7 of 8 items rated"
    without = scored({q: code for q, code in summing_to(120).items() if q != IDS[0]})
    assert "1. Caseload size (not answered)" in without.words


def test_a_score_outside_the_scale_and_an_item_of_another_version_are_told_and_not_summed() -> None:
    odd = scored({**summing_to(120), IDS[0]: "score-6"})
    assert odd.total is None
    assert odd.words == (
        "“score-6” is no score of “1. Caseload size”; choose 1 to 5 or “cannot rate”."
    )
    other = scored({**summing_to(120), "fidelity-26": "score-5"})
    assert other.total is None
    assert "not an item of this version" in other.words


def test_any_scheme_with_scores_is_a_scale_and_has_no_band_that_nobody_gave_it() -> None:
    scale = scale_of(SMALL)
    assert (scale.lowest, scale.highest, scale.bands) == (1, 5, ())
    assert scale.faults == ("“Speed” has scores outside 1 to 5 (7) and is left out.",)
    given = scored({"warmth": "five"}, scale=scale)
    assert given.words == "5 of 1 to 5; this scale has no bands here."
    survey = (ROOT / "coding_schemes" / "vocational-services.yaml").read_text(encoding="utf-8")
    assert fidelity_scale(1, load(survey, "survey.yaml")) is None


def test_assessors_of_one_day_stand_beside_each_other_and_agree_by_item() -> None:
    first = scored(summing_to(100), who="Anna")
    second = scored({**summing_to(100), IDS[0]: "score-4", IDS[1]: "score-1"}, who="Ben")
    (together,) = occasions([first, second])
    assert together.total is None
    assert together.total_words == "Anna 100; Ben 95"
    assert together.band_words == "assessors differ: good, fair"
    (agreed,) = agreements(together)
    assert (agreed.both, agreed.exact, agreed.within_one) == (25, 23, 24)
    # 23 pairs on the diagonal, one a point apart, one four points apart
    assert agreed.kappa == pytest.approx(1 - 5 / 25 / expected_apart(first, second))
    same = agreements(occasions([first, scored(summing_to(100), who="Cleo")])[0])[0]
    assert (same.exact, same.kappa) == (25, 1)


def expected_apart(first: Assessment, second: Assessment) -> float:
    """The mean distance of any score of one from any score of the other."""
    pairs = [abs(a - b) for a in first.scores.values() for b in second.scores.values()]
    return sum(pairs) / len(pairs)


def test_an_item_that_one_cannot_rate_is_not_compared() -> None:
    first = scored(summing_to(100))
    second = scored({**summing_to(100), IDS[0]: "cannot-rate"}, who="Ben")
    (agreed,) = agreements(occasions([first, second])[0])
    assert (agreed.both, len(agreed.items), agreed.items[0].apart) == (24, 25, None)
    assert "of 24 items that both scored (of 25)" in agreed.words


@pytest.mark.parametrize(
    ("one", "other"), [("2026-Q4", "2026 q4"), ("2026-11-30", "20261130"), ("soon", " soon ")]
)
def test_a_time_that_is_written_otherwise_is_the_same_time(one: str, other: str) -> None:
    first, second = scored(summing_to(75), day=one), scored(summing_to(125), who="Ben", day=other)
    (together,) = occasions([first, second])
    assert together.total_words == "Anna 75; Ben 125"


def test_the_same_assessor_twice_on_a_day_is_told() -> None:
    (day,) = occasions([scored(summing_to(100)), scored(summing_to(101), who="anna")])
    assert day.warnings == ("Service s, 2026-03-01: anna filled in more than one form.",)


def test_changes_are_told_in_time_and_only_where_there_are_totals() -> None:
    each = [
        scored(summing_to(90), day="2026-11-01"),
        scored(summing_to(80), day="2025-12-31"),
        scored({}, day="2026-Q4"),
        scored(summing_to(125), day="soon"),
        scored(summing_to(110), day="2026-05-01", is_complete=False),
    ]
    in_time = of_service(occasions(each), "s")
    assert [o.occasion for o in in_time] == ["2025-12-31", "2026-11-01", "2026-Q4"]
    told = changes(in_time)
    assert [change.change for change in told] == [10, None]
    assert {(item.id, was, now) for item, was, now in told[0].items} == {
        (IDS[13], 4, 5), (IDS[14], 1, 5), (IDS[15], 1, 5), (IDS[16], 1, 2),
    }  # fmt: skip
    undated = occasions(each)[0]
    assert "stands in no comparison over time" in undated.warnings[0]
    assert [o.occasion for o in newest(occasions(each))] == ["2026-Q4"]


def test_two_scales_are_never_put_together() -> None:
    other = scale_of(SMALL, scheme_id=2)
    each = occasions([scored(summing_to(100)), scored({"warmth": "two"}, scale=other)])
    assert [len(o.assessments) for o in each] == [1, 1]
    assert changes(each) == ()
    assert len(newest(each)) == 2
