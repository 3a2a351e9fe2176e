import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.synthesis.appraisal.judgements import (
    Domain,
    JudgedRow,
    Judgement,
    JudgementTable,
    Level,
    Unit,
    domain_shares,
)

LOW = Judgement(level=Level.FAVOURABLE, words="Low")
HIGH = Judgement(level=Level.UNFAVOURABLE, words="High")
NOTHING = Judgement(level=Level.NO_INFORMATION, words="No information")
ONE_DOMAIN = (Domain(name="Bias in measurement", short="Measurement"),)

JUDGED = st.tuples(st.sampled_from([LOW, HIGH, NOTHING]), st.floats(0.01, 1e6))


def a_table(*rows: JudgedRow, overall: str = "") -> JudgementTable:
    return JudgementTable(
        title="T", unit=Unit.STUDY, domains=ONE_DOMAIN, rows=rows, overall=overall
    )


def a_row(judgement: Judgement, weight: float | None = None) -> JudgedRow:
    return JudgedRow(study="S", judgements=(judgement,), weight=weight)


def test_no_information_is_counted_apart_and_within_the_base() -> None:
    (domain,) = domain_shares(a_table(a_row(LOW), a_row(HIGH), a_row(NOTHING), a_row(NOTHING)))
    assert [(share.words, share.number, share.share) for share in domain.shares] == [
        ("Low", 1, 0.25), ("High", 1, 0.25), ("No information", 2, 0.5)
    ]  # fmt: skip


def test_weights_count_only_where_they_are_asked_for() -> None:
    table = a_table(a_row(LOW, weight=30), a_row(HIGH, weight=10))
    assert [share.share for share in domain_shares(table)[0].shares] == [0.5, 0.5]
    assert [s.share for s in domain_shares(table, weighted=True)[0].shares] == [0.75, 0.25]


def test_weighted_shares_need_every_weight() -> None:
    with pytest.raises(ValueError, match="no weight"):
        domain_shares(a_table(a_row(LOW, weight=1), a_row(HIGH)), weighted=True)


def test_a_row_without_an_overall_judgement_is_not_judged() -> None:
    (_, overall) = domain_shares(a_table(a_row(LOW), overall="Overall"))
    assert overall.is_overall
    assert [share.level for share in overall.shares] == [Level.NOT_JUDGED]


def test_the_words_of_a_level_are_those_that_occur() -> None:
    unclear = Judgement(level=Level.MIDDLING, words="Unclear")
    concerns = Judgement(level=Level.MIDDLING, words="Some concerns")
    table = a_table(a_row(unclear), a_row(concerns), a_row(unclear))
    assert table.words_by_level() == {Level.MIDDLING: ("Unclear", "Some concerns")}


@given(
    judged=st.lists(JUDGED, min_size=1),
    weighted=st.booleans(),
)
def test_shares_of_a_domain_come_to_all(
    judged: list[tuple[Judgement, float]], *, weighted: bool
) -> None:
    table = a_table(*(a_row(judgement, weight) for judgement, weight in judged))
    (domain,) = domain_shares(table, weighted=weighted)
    assert sum(share.share for share in domain.shares) == pytest.approx(1)
    assert sum(share.number for share in domain.shares) == len(judged)
