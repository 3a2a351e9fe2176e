"""Figures of agreement from codings: which units there are, and what is left out."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.agreement_formulas import Scale, krippendorff
from evidence.coding.agreement import figures
from evidence.coding.agreement.compared import ComparedStudy
from evidence.coding.agreement.figures import Figure, Level
from evidence.coding.agreement.measure import CoderAgreement, agreement, agreement_with_pairs
from evidence.coding.answer_rows import AnswerRow
from tests.coding.agreement.compared_scheme import SCHEME, study, ticked, typed

PAIR = ("Anna", "Ben")


def figure(agreed: CoderAgreement, question: str, code: str = "") -> Figure:
    (found,) = [
        each
        for each in agreed.figures
        if (each.subject.question, each.subject.code) == (question, code)
        if question
    ]
    return found


def test_a_code_among_others_is_a_yes_or_no_of_each_study_that_both_coded() -> None:
    studies = [
        study(1, ticked("support", "coach"), ticked("support", "coach", "peer")),
        study(2, ticked("support", "peer"), ticked("support", "peer")),
        study(3, [], []),
        study(4, ticked("support", "coach")),
    ]
    agreed = agreement(SCHEME, studies, PAIR)
    assert agreed.studies == 3
    coach, peer = figure(agreed, "support", "coach"), figure(agreed, "support", "peer")
    assert (coach.units, coach.agreed, coach.kappa, coach.positive) == (3, 3, 1, 1)
    # Anna no, yes, no; Ben yes, yes, no: both yes once, neither once (by hand)
    assert (peer.units, peer.agreed, peer.differing) == (3, 2, 1)
    assert (peer.positive, peer.negative) == pytest.approx((2 / 3, 2 / 3))
    assert peer.kappa == pytest.approx(0.4)  # observed 2/3, expected 4/9
    assert peer.subject.within == "Support"
    loan = figure(agreed, "support", "loan")
    assert (loan.percent, loan.negative, loan.positive) == (1, 1, None)
    assert (loan.kappa, loan.alpha, loan.remark) == (None, None, figures.ALL_ALIKE)
    whole = figure(agreed, "support")
    assert (whole.units, whole.agreed) == (9, 8)
    assert whole.low is None
    assert figures.CLUSTERED in whole.remark


def test_what_only_one_of_them_was_asked_is_not_compared() -> None:
    trial, survey = ticked("design", "trial"), ticked("design", "survey")
    studies = [
        study(1, [*trial, *ticked("control", "usual")], survey),
        study(2, [*trial, *ticked("control", "usual")], trial),
    ]
    usual = figure(agreement(SCHEME, studies, PAIR), "control", "usual")
    assert (usual.units, usual.agreed) == (1, 0)


def test_a_tick_for_an_arm_is_a_unit_of_its_own() -> None:
    studies = [
        study(1, ticked("support", "coach", arm="x"), ticked("support", "coach")),
        study(2, ticked("support", "coach", arm="x"), ticked("support", "coach", arm="x")),
        study(3, ticked("support", "peer", arm="x"), []),
    ]
    agreed = agreement(SCHEME, studies, PAIR)
    coach = figure(agreed, "support", "coach")
    assert (coach.units, coach.agreed) == (4, 2)  # two of study 1, one each of 2 and 3
    assert figure(agreed, "support", "loan").units == 3


def test_what_is_asked_of_each_arm_has_a_unit_for_each() -> None:
    arms = {"x": "Drug", "y": "Placebo"}
    studies = [
        study(1, ticked("drug", "a", arm="x"), ticked("drug", "a", arm="x"), arms=arms),
        study(2, ticked("drug", "a"), []),
    ]
    agreed = agreement(SCHEME, studies, PAIR)
    assert (figure(agreed, "drug", "a").units, figure(agreed, "drug", "a").agreed) == (3, 2)
    assert figure(agreed, "drug", "b").units == 3


def test_a_code_that_not_both_could_give_is_left_out_of_that_study() -> None:
    one = ComparedStudy(
        id="1",
        label="",
        rows={"Anna": ticked("support", "loan"), "Ben": []},
        not_common=frozenset({("support", "loan"), ("support", "peer")}),
    )
    agreed = agreement(SCHEME, [one, study(2, [], [])], PAIR)
    units = [figure(agreed, "support", code).units for code in ("coach", "peer", "loan")]
    assert units == [2, 1, 1]


def test_a_merged_code_counts_as_the_one_it_became() -> None:
    agreed = agreement(
        SCHEME, [study(1, ticked("support", "buddy"), ticked("support", "peer"))], PAIR
    )
    assert figure(agreed, "support", "peer").agreed == 1


def test_one_answer_of_several_and_its_codes() -> None:
    """By hand: they agree on trial twice and on survey once, and differ once."""
    said = [("trial", "trial"), ("trial", "trial"), ("survey", "survey"), ("trial", "survey")]
    studies = [
        study(number, ticked("design", anna), ticked("design", ben))
        for number, (anna, ben) in enumerate(said)
    ]
    studies += [study(5, ticked("design", "trial"), []), study(6, ticked("design", "trial"))]
    agreed = agreement(SCHEME, studies, PAIR)
    design = figure(agreed, "design")
    assert (design.units, design.agreed, design.percent) == (4, 3, 0.75)
    assert design.by_one == 1  # in study 5; study 6 has one coder
    assert design.kappa == pytest.approx((0.75 - 0.5) / 0.5)
    assert design.pabak == pytest.approx((3 * 0.75 - 1) / 2)  # three could have been said
    assert design.low is not None
    trial = figure(agreed, "design", "trial")
    assert (trial.units, trial.positive, trial.negative) == (4, 4 / 5, 2 / 3)


def test_two_ticks_where_one_is_asked_are_no_answer() -> None:
    agreed = agreement(
        SCHEME, [study(1, ticked("design", "trial", "survey"), ticked("design", "trial"))], PAIR
    )
    assert figure(agreed, "design").units == 0
    assert figure(agreed, "design").remark == figures.NOTHING


def test_ordered_options_are_compared_as_ranks_without_the_one_that_says_nothing() -> None:
    said = [("low", "low"), ("some", "some"), ("low", "high"), ("unknown", "unknown")]
    studies = [
        study(number, ticked("blind", anna), ticked("blind", ben))
        for number, (anna, ben) in enumerate(said)
    ]
    blind = figure(agreement(SCHEME, studies, PAIR), "blind")
    assert (blind.units, blind.agreed, blind.scale) == (4, 3, Scale.ORDINAL)
    assert blind.alpha == pytest.approx(1 / 9)  # by hand in tests/test_agreement_formulas.py
    assert figure(agreement(SCHEME, studies, PAIR), "design").scale is Scale.NOMINAL
    alike = [study(1, ticked("blind", "low"), ticked("blind", "unknown"))]
    found = figure(agreement(SCHEME, alike, PAIR), "blind")
    assert (found.alpha, found.remark) == (None, figures.NO_RANKS)


def test_numbers_are_compared_by_how_near_they_lie() -> None:
    said = [("1", "1.0"), ("2", "2"), ("1", "3"), ("about 4", "4")]
    studies = [
        study(number, typed("left", anna), typed("left", ben))
        for number, (anna, ben) in enumerate(said)
    ]
    left = figure(agreement(SCHEME, studies, PAIR), "left")
    assert (left.units, left.agreed, left.scale) == (3, 2, Scale.INTERVAL)
    assert left.alpha == pytest.approx(0)  # by hand in tests/test_agreement_formulas.py
    assert (left.kappa, left.remark) == (None, figures.NUMBERS)
    same = [study(1, typed("left", "3"), typed("left", "3"))]
    assert figure(agreement(SCHEME, same, PAIR), "left").alpha is None


def test_dates_are_the_same_or_not_and_words_are_not_compared() -> None:
    rows = [*typed("start", "2006"), *typed("remarks", "Odd")]
    agreed = agreement(SCHEME, [study(1, rows, [*typed("start", "2006-03")])], PAIR)
    assert figure(agreed, "start").agreed == 0
    assert not [each for each in agreed.figures if each.subject.question == "remarks"]


def test_nobody_coded_the_same() -> None:
    agreed = agreement(SCHEME, [study(1, ticked("design", "trial"))], PAIR)
    assert agreed.studies == 0
    assert {each.remark for each in agreed.figures} == {figures.NOTHING}
    assert agreement_with_pairs(SCHEME, [study(1, [])], PAIR)[1] == ()


def test_of_three_people_alpha_and_ac1_hold_for_all_and_kappa_for_pairs() -> None:
    studies = [
        study(1, *(ticked("support", "coach") for _ in range(3))),
        study(2, ticked("support", "coach"), [], ticked("support", "coach")),
        study(3, [], []),
    ]
    three = ("Anna", "Ben", "Cleo")
    together, pairs = agreement_with_pairs(SCHEME, studies, three)
    coach = figure(together, "support", "coach")
    assert (coach.units, coach.agreed, coach.kappa, coach.positive) == (3, 2, None, None)
    assert coach.percent == pytest.approx((1 + 1 / 3 + 1) / 3)
    assert coach.alpha == pytest.approx(krippendorff({(1, 1, 1): 1, (1, 0, 1): 1, (0, 0): 1}) or 0)
    assert [(each.coders, each.studies) for each in pairs] == [
        (("Anna", "Ben"), 3),
        (("Anna", "Cleo"), 2),
        (("Ben", "Cleo"), 2),
    ]
    assert figure(pairs[0], "support", "coach").kappa is not None


def test_the_scheme_stands_first_over_all_codes_and_over_those_used() -> None:
    agreed = agreement(SCHEME, [study(1, ticked("support", "coach"), [])], PAIR)
    levels = [each.subject.level for each in agreed.figures]
    assert levels[:3] == [Level.SCHEME, Level.SCHEME_USED, Level.QUESTION]
    every, used = agreed.scheme_figures
    assert (every.units, used.units) == (3 + 2, 1)  # support and drug; nobody was asked of control


CODES = ("coach", "peer", "loan")
ROWS = st.lists(
    st.builds(
        AnswerRow,
        question=st.just("support"),
        code=st.sampled_from(CODES),
        arm=st.sampled_from(["", "x", "y"]),
        chosen=st.booleans(),
    ),
    max_size=5,
)
CODED_BY = st.fixed_dictionaries({}, optional=dict.fromkeys(("Anna", "Ben"), ROWS))


@given(st.lists(CODED_BY, max_size=6))
def test_counting_ticks_alone_gives_what_looking_at_every_unit_gives(
    codings: list[dict[str, list[AnswerRow]]],
) -> None:
    studies = [
        ComparedStudy(id=str(number), label="", rows=rows) for number, rows in enumerate(codings)
    ]
    agreed = agreement(SCHEME, studies, PAIR)
    backwards = agreement(SCHEME, studies[::-1], PAIR[::-1])
    for code in CODES:
        met: Counter[tuple[bool, ...]] = Counter()
        for rows in codings:
            if len(rows) == 2:
                ticks = [
                    {row.arm for row in rows[coder] if row.code == code and row.chosen}
                    for coder in PAIR
                ]
                for arm in ticks[0] | ticks[1] or {""}:
                    met[arm in ticks[0], arm in ticks[1]] += 1
        found = figure(agreed, "support", code)
        assert (found.units, found.differing) == (
            met.total(),
            met[True, False] + met[False, True],
        )
        assert found.alpha == pytest.approx(krippendorff(Counter(met)))
        other = figure(backwards, "support", code)
        assert (other.alpha, other.kappa) == pytest.approx((found.alpha, found.kappa))
