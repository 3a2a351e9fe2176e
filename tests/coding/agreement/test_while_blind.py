"""What is shown of agreement while people still code tells nobody's answer."""

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from evidence.coding.agreement.compared import ComparedStudy
from evidence.coding.agreement.figures import Level
from evidence.coding.agreement.while_blind import (
    FEWEST,
    BlindFigures,
    figures_while_blind,
    studies_judged,
)
from tests.coding.agreement.compared_scheme import SCHEME, study, ticked

PEOPLE = ("Anna", "Ben", "Cay")
SAID = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=FEWEST, max_size=6)


def of_coach(said: list[tuple[bool, bool]], *, flipped: bool) -> list[ComparedStudy]:
    """Studies in which Anna and Ben ticked one code, or each ticked it where they did not."""
    return [
        study(number, *(ticked("support", "coach") if yes != flipped else [] for yes in both))
        for number, both in enumerate(said)
    ]


def blind(studies: list[ComparedStudy]) -> BlindFigures:
    return figures_while_blind(SCHEME, studies, PEOPLE[:2])


@given(SAID)
def test_whether_a_code_was_ticked_does_not_show(said: list[tuple[bool, bool]]) -> None:
    as_said, the_other_way = (
        [each for each in blind(of_coach(said, flipped=flipped)).figures if each.subject.code]
        for flipped in (False, True)
    )
    assert as_said == the_other_way
    assert any(each.subject.code == "coach" for each in as_said)


@given(SAID.flatmap(lambda said: st.tuples(st.just(said), st.permutations(said))))
def test_in_which_studies_people_differ_does_not_show(
    both: tuple[list[tuple[bool, bool]], list[tuple[bool, bool]]],
) -> None:
    as_said, mixed = (blind(of_coach(said, flipped=False)) for said in both)
    assert as_said == mixed


@given(SAID)
def test_no_figure_says_more_than_that_nobody_differs(said: list[tuple[bool, bool]]) -> None:
    for each in blind(of_coach(said, flipped=False)).figures:
        assert (each.positive, each.negative, each.by_one) == (None, None, 0)
        assert each.subject.level is not Level.SCHEME_USED
        if not each.differing:
            rest = (each.kappa, each.kappa_low, each.pabak, each.ac1, each.alpha, each.remark)
            assert rest == (None, None, None, None, None, "")


def test_nothing_is_shown_of_few_studies() -> None:
    few = of_coach([(True, False)] * (FEWEST - 1), flipped=False)
    assert blind(few) == BlindFigures(coders=2, studies=FEWEST - 1)


def test_a_question_that_few_studies_answer_is_left_out() -> None:
    studies = [study(n, ticked("design", "trial"), ticked("design", "trial")) for n in range(2)]
    studies += [study(n, [], []) for n in (2, 3)]
    shown = blind(studies)
    assert studies_judged(SCHEME, studies, PEOPLE[:2])["design"] == 2
    assert "design" not in {each.subject.question for each in shown.figures}
    assert shown.too_few > 0


def test_it_has_no_place_for_a_study_or_an_answer() -> None:
    assert {each.name for each in fields(BlindFigures)} == {
        "coders", "studies", "figures", "too_few",
    }  # fmt: skip
