import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.synthesis.certainty.grade import (
    MOST_RAISED,
    OPEN,
    Certainty,
    CertaintyJudgement,
    Concern,
    DomainConcern,
    GradeDomain,
    certainty_of,
    judgement_from,
    judgement_json,
    missing_of,
    proposed_certainty,
    reasons_of,
)


def judged(
    *concerns: Concern, start: Certainty = Certainty.HIGH, reason: str = "why", **more: object
) -> CertaintyJudgement:
    """The first domains have these concerns, the others none."""
    each = [*concerns, *[Concern.NONE] * (len(GradeDomain) - len(concerns))]
    domains = {
        domain: DomainConcern(concern=concern, reason=reason)
        for domain, concern in zip(GradeDomain, each, strict=True)
    }
    return CertaintyJudgement(start=start, domains=domains, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("concerns", "start", "raised", "certainty"),
    [
        ((), Certainty.HIGH, 0, Certainty.HIGH),
        ((Concern.SERIOUS,), Certainty.HIGH, 0, Certainty.MODERATE),
        ((Concern.SERIOUS, Concern.SERIOUS), Certainty.HIGH, 0, Certainty.LOW),
        ((Concern.VERY_SERIOUS, Concern.SERIOUS), Certainty.HIGH, 0, Certainty.VERY_LOW),
        ((Concern.VERY_SERIOUS,) * 5, Certainty.HIGH, 0, Certainty.VERY_LOW),
        ((), Certainty.LOW, 0, Certainty.LOW),
        ((), Certainty.LOW, 2, Certainty.HIGH),
        ((Concern.SERIOUS,), Certainty.LOW, 1, Certainty.LOW),
        ((), Certainty.HIGH, 2, Certainty.HIGH),
    ],
)
def test_certainty_follows_from_start_and_domains(
    concerns: tuple[Concern, ...], start: Certainty, raised: int, certainty: Certainty
) -> None:
    judgement = judged(*concerns, start=start, raised=raised, raised_reason="large effect")
    assert proposed_certainty(judgement) is certainty_of(judgement) is certainty


def test_nothing_follows_while_a_domain_is_open() -> None:
    judgement = judged(Concern.OPEN)
    assert proposed_certainty(judgement) is None
    assert list(missing_of(judgement)) == ["Risk of bias is not judged."]
    assert len(list(missing_of(OPEN))) == len(GradeDomain)


def test_every_domain_needs_its_reason_also_where_it_is_not_serious() -> None:
    judgement = judged(Concern.SERIOUS, reason=" ")
    assert certainty_of(judgement) is None
    assert next(missing_of(judgement)) == "Risk of bias, serious, lacks its reason."
    assert len(list(missing_of(judgement))) == len(GradeDomain)


def test_another_certainty_than_follows_needs_a_reason() -> None:
    judgement = judged(overall=Certainty.LOW)
    assert certainty_of(judgement) is None
    assert "by the domains it would be high" in next(missing_of(judgement))
    whole = CertaintyJudgement(
        domains=judgement.domains, overall=Certainty.LOW, reason="two domains weigh together"
    )
    assert certainty_of(whole) is Certainty.LOW
    assert "Judged otherwise: two domains weigh together" in reasons_of(whole)


def test_reasons_name_what_lowers_and_what_raises() -> None:
    judgement = judged(Concern.SERIOUS, start=Certainty.LOW, raised=1, raised_reason="large effect")
    assert reasons_of(judgement) == [
        "Begins as low", "Risk of bias, serious: why", "Raised by 1: large effect"
    ]  # fmt: skip


domains = st.fixed_dictionaries({
    domain: st.builds(DomainConcern, concern=st.sampled_from(Concern), reason=st.text())
    for domain in GradeDomain
})  # fmt: skip


@given(
    st.builds(
        CertaintyJudgement,
        start=st.sampled_from(Certainty),
        domains=domains,
        raised=st.integers(0, MOST_RAISED),
        raised_reason=st.text(),
        overall=st.none() | st.sampled_from(Certainty),
        reason=st.text(),
    )
)
def test_a_judgement_is_stored_and_read_as_it_was(judgement: CertaintyJudgement) -> None:
    stored = json.loads(json.dumps(judgement_json(judgement)))
    assert judgement_from(stored) == judgement
