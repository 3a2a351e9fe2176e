from evidence.charts.judgement_bars import judgement_bars_picture
from evidence.synthesis.appraisal.judgements import (
    Domain,
    JudgedRow,
    Judgement,
    JudgementTable,
    Level,
    Unit,
    domain_shares,
)
from evidence.synthesis.appraisal.weights import with_weights

LOW = Judgement(level=Level.FAVOURABLE, words="Low")
HIGH = Judgement(level=Level.UNFAVOURABLE, words="High")


def table(*rows: tuple[int, Judgement], unit: Unit = Unit.STUDY) -> JudgementTable:
    return JudgementTable(
        title="Bias",
        unit=unit,
        domains=(Domain(name="Selection", short="Selection"),),
        rows=tuple(
            JudgedRow(study=f"S{study}", judgements=(judgement,), study_id=study)
            for study, judgement in rows
        ),
    )


def test_bars_are_of_the_studies_that_have_a_weight_and_say_so() -> None:
    made = with_weights(
        table((1, LOW), (2, HIGH), (3, HIGH), (4, LOW)), {1: 30, 2: 10, 4: 0}, "people analysed"
    )
    (bar,) = domain_shares(made, weighted=True)
    assert [share.share for share in bar.shares] == [0.75, 0.25]
    assert made.notes == ("2 studies without such a weight are left out.",)
    text = "".join(judgement_bars_picture(made, weighted=True).draw("light"))
    assert "weighted by people analysed" in text


def test_results_of_one_study_share_its_weight() -> None:
    made = with_weights(
        table((1, LOW), (1, HIGH), (2, LOW), unit=Unit.RESULT), {1: 10, 2: 30}, "people"
    )
    (bar,) = domain_shares(made, weighted=True)
    assert [share.share for share in bar.shares] == [0.875, 0.125]
    assert made.notes == ("Several results of one study share its weight equally.",)


def test_nothing_has_a_weight() -> None:
    made = with_weights(table((1, LOW)), {}, "people")
    assert made.rows == ()
    assert not made.has_weights
