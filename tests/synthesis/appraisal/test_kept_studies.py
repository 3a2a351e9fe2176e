"""Studies are kept by how they were appraised, and those left out are counted."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from evidence.synthesis.appraisal.judgements import (
    NOT_JUDGED,
    Domain,
    JudgedRow,
    Judgement,
    JudgementTable,
    Level,
    Unit,
)
from evidence.synthesis.appraisal.kept_studies import (
    NOT_APPRAISED,
    JudgedQuestion,
    judged_questions,
    kept_studies,
)

LOW = Judgement(level=Level.FAVOURABLE, words="Low risk")
SOME = Judgement(level=Level.MIDDLING, words="Some concerns")
HIGH = Judgement(level=Level.UNFAVOURABLE, words="High risk")
UNCLEAR = Judgement(level=Level.NO_INFORMATION, words="No information")
MADE = st.sampled_from([LOW, SOME, HIGH, UNCLEAR, NOT_JUDGED])


def table(
    judged: Sequence[tuple[int, Judgement]], *, overall: str = "Overall", unit: Unit = Unit.STUDY
) -> JudgementTable:
    rows = tuple(
        JudgedRow(
            study=f"Study {study}",
            study_id=study,
            judgements=(SOME,),
            overall=judgement if overall else None,
        )
        for study, judgement in judged
    )
    domains = (Domain(name="Blinding of people", short="Blinding"),)
    return JudgementTable(title="RoB", unit=unit, domains=domains, rows=rows, overall=overall)


def overall_of(judged: Sequence[tuple[int, Judgement]], unit: Unit = Unit.STUDY) -> JudgedQuestion:
    return judged_questions("7", table([*judged, (99, LOW)], unit=unit))[0]


@given(
    st.dictionaries(st.integers(1, 9), MADE),
    st.sets(st.integers(1, 12)),
    st.sets(st.sampled_from(["Low risk", "Some concerns", "High risk", NOT_APPRAISED])),
)
def test_every_study_is_kept_or_counted_as_left_out(
    judged: dict[int, Judgement], studies: set[int], ratings: set[str]
) -> None:
    question = overall_of(list(judged.items()))
    kept = kept_studies(sorted(studies), question, ratings)
    assert kept.studies <= studies
    assert all((question.rating(each) in ratings) is (each in kept.studies) for each in studies)
    left_out = len(studies) - len(kept.studies)
    assert f"({len(kept.studies)} of {len(studies)}); {left_out} left out." in kept.sentence


@given(st.dictionaries(st.integers(1, 9), MADE), st.sets(st.integers(1, 12)))
def test_with_all_choices_all_are_kept_and_each_choice_keeps_others(
    judged: dict[int, Judgement], studies: set[int]
) -> None:
    question = overall_of(list(judged.items()))
    parts = [kept_studies(sorted(studies), question, [each]).studies for each in question.choices]
    assert sum(map(len, parts)) == len(studies)
    assert frozenset().union(*parts) == studies
    assert kept_studies(sorted(studies), question, question.choices).studies == studies


def test_the_sentence_names_what_is_kept_the_best_first() -> None:
    judged = [(1, HIGH), (2, SOME), (3, LOW), (4, LOW)]
    question = judged_questions("7", table(judged))[0]
    assert question.choices == ("Low risk", "Some concerns", "High risk", NOT_APPRAISED)
    kept = kept_studies([1, 2, 3, 4, 5], question, {NOT_APPRAISED, "Some concerns", "Low risk"})
    assert kept.sentence == (
        "Only studies with RoB, Overall: Low risk, Some concerns or not appraised (4 of 5); "
        "1 left out."
    )


def test_a_study_is_as_its_worst_result_and_this_is_said() -> None:
    question = overall_of([(1, LOW), (1, HIGH), (1, UNCLEAR), (2, UNCLEAR)], Unit.RESULT)
    assert question.by_study == {1: "High risk", 2: "No information", 99: "Low risk"}
    kept = kept_studies([1, 2], question, {"High risk"})
    assert kept.studies == {1}
    assert "the worst judgement counts" in kept.sentence


def test_without_an_overall_judgement_a_domain_stands_for_itself() -> None:
    (only,) = judged_questions("7", table([(1, LOW)], overall=""))
    assert (only.id, only.name, only.notes) == ("7:Blinding", "Blinding", ())
    both = table([(1, LOW)])
    assert [each.id for each in judged_questions("7", both)] == ["7:Overall", "7:Blinding"]


def test_what_nobody_judged_is_not_offered() -> None:
    assert judged_questions("7", table([])) == ()
    assert [each.id for each in judged_questions("7", table([(1, NOT_JUDGED)]))] == ["7:Blinding"]
