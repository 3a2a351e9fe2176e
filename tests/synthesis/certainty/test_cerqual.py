"""Confidence in a review finding is judged by people, with a reason for each component."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.synthesis.certainty.cerqual import (
    Component,
    ComponentConcern,
    ConcernLevel,
    ReviewFinding,
    confidence_of,
    finding_from,
    is_open,
    judgement_json,
    missing_of,
    reasons_of,
)
from evidence.synthesis.certainty.grade import Certainty

FINE = ComponentConcern(level=ConcernLevel.NONE, reason="as appraised")
WHOLE = ReviewFinding(
    uid="1",
    statement="People value support that goes on.",
    study_ids=(1, 2),
    components=dict.fromkeys(Component, FINE),
    confidence=Certainty.HIGH,
    reason="Rich studies of the very people.",
)


def test_a_new_finding_lacks_everything_but_its_words() -> None:
    new = ReviewFinding(uid="1", statement="Something.")
    assert list(missing_of(new)) == [
        "No study is chosen.",
        "Methodological limitations: not judged.",
        "Coherence: not judged.",
        "Adequacy: not judged.",
        "Relevance: not judged.",
        "Confidence is not judged.",
    ]
    assert is_open(new)
    assert confidence_of(new) is None


def test_a_finding_counts_when_nothing_is_missing() -> None:
    assert list(missing_of(WHOLE)) == []
    assert confidence_of(WHOLE) is Certainty.HIGH
    assert reasons_of(WHOLE) == ["Rich studies of the very people."]


@pytest.mark.parametrize("component", list(Component))
def test_a_concern_without_a_reason_is_not_complete(component: Component) -> None:
    unreasoned = ComponentConcern(level=ConcernLevel.SERIOUS, reason="  ")
    lacking = replace(WHOLE, components={**WHOLE.components, component: unreasoned})
    (sentence,) = missing_of(lacking)
    assert sentence == f"{component.capitalize()}: serious concerns, without a reason."
    assert confidence_of(lacking) is None


def test_a_confidence_without_a_reason_or_a_study_does_not_count() -> None:
    assert list(missing_of(replace(WHOLE, reason=" "))) == ["Why confidence is high is missing."]
    assert confidence_of(replace(WHOLE, study_ids=())) is None


def test_concerns_are_told_with_their_reasons() -> None:
    thin = ComponentConcern(level=ConcernLevel.MODERATE, reason="three thin studies")
    finding = replace(WHOLE, components={**WHOLE.components, Component.ADEQUACY: thin})
    assert reasons_of(finding)[1:] == ["Adequacy, moderate concerns: three thin studies"]


CONCERNS = st.builds(ComponentConcern, level=st.sampled_from(ConcernLevel), reason=st.text())


@given(
    st.builds(
        ReviewFinding,
        uid=st.just("1"),
        statement=st.text(),
        study_ids=st.lists(st.integers(1, 9), unique=True).map(tuple),
        components=st.fixed_dictionaries(dict.fromkeys(Component, CONCERNS)),
        confidence=st.none() | st.sampled_from(Certainty),
        reason=st.text(),
    )
)
def test_a_finding_that_was_stored_is_the_same(finding: ReviewFinding) -> None:
    stored = judgement_json(finding)
    assert finding_from("1", finding.statement, finding.study_ids, stored) == finding
