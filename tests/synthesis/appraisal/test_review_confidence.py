"""The published rule of AMSTAR 2: critical weaknesses decide, nothing is added up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.synthesis.appraisal.judgements import NOT_JUDGED, Domain, Judgement, Level
from evidence.synthesis.appraisal.review_confidence import ReviewConfidence, review_confidence

YES = Judgement(level=Level.FAVOURABLE, words="Yes")
PARTIAL = Judgement(level=Level.MIDDLING, words="Partial yes")
NO = Judgement(level=Level.UNFAVOURABLE, words="No")
NONE = Judgement(level=Level.NOT_APPLICABLE, words="No meta-analysis was done")
CRITICAL, OTHER = (Domain(name=name, short=name, is_critical=name == "c") for name in "co")


def confidence(critical: list[Judgement], others: list[Judgement]) -> ReviewConfidence | None:
    domains = [CRITICAL] * len(critical) + [OTHER] * len(others)
    return review_confidence(domains, critical + others)


@pytest.mark.parametrize(
    ("critical", "others", "expected"),
    [
        ([YES, PARTIAL, NONE], [YES, PARTIAL], "high"),
        ([YES], [NO, YES], "high"),
        ([YES], [NO, NO], "moderate"),
        ([NO, YES], [YES], "low"),
        ([NO, YES], [NO, NO, NO], "low"),
        ([NO, NO], [YES], "critically low"),
    ],
)
def test_confidence_follows_from_weaknesses(
    critical: list[Judgement], others: list[Judgement], expected: str
) -> None:
    assert confidence(critical, others) == expected


def test_nothing_follows_while_an_item_is_open_or_none_is_critical() -> None:
    assert confidence([YES, NOT_JUDGED], [YES]) is None
    assert confidence([NO, NO], [NOT_JUDGED]) is None
    assert confidence([], [YES, NO]) is None


ANSWERS = st.lists(st.sampled_from([YES, PARTIAL, NO, NONE]), min_size=1, max_size=8)


@given(ANSWERS, ANSWERS)
def test_another_weakness_never_makes_a_review_better(
    critical: list[Judgement], others: list[Judgement]
) -> None:
    order = list(ReviewConfidence)
    before = confidence(critical, others)
    assert before is not None
    for worse in (confidence([*critical, NO], others), confidence(critical, [*others, NO])):
        assert worse is not None
        assert order.index(worse) >= order.index(before)
