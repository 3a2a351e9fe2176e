"""The sentence for a report, and the tables."""

from dataclasses import replace

from evidence.citations.formats.plain_tables import csv_pieces
from evidence.coding.agreement import words
from evidence.coding.agreement.disagreements import differences
from evidence.coding.agreement.measure import agreement
from evidence.coding.scheme import Purpose
from tests.coding.agreement.compared_scheme import SCHEME, study, ticked

PAIR = ("Anna", "Ben")


def test_the_sentence_has_every_figure_that_has_a_value() -> None:
    studies = [
        study(1, ticked("support", "coach"), ticked("support", "coach", "peer")),
        study(2, ticked("support", "peer"), ticked("support", "peer")),
    ]
    said = words.sentence(agreement(SCHEME, studies, PAIR), SCHEME)
    assert said == (
        "Two people coded the same 2 studies with “Support”. In 10 judgements on 5 codes (each on "
        "a study or one of its arms) they agreed in 90.0% (positive agreement 80.0%, negative "
        "agreement 93.3%). Krippendorff's alpha was 0.75, Cohen's kappa 0.74, PABAK 0.80 and "
        "Gwet's AC1 0.84. Over the codes that somebody used alpha was 0.53."
    )


def test_the_sentence_names_no_figure_that_has_no_value() -> None:
    alike = words.sentence(agreement(SCHEME, [study(1, [], [])], PAIR), SCHEME)
    assert "alpha" not in alike
    assert "kappa" not in alike
    assert words.sentence(agreement(SCHEME, [], PAIR), SCHEME) == (
        "Two people coded no study in common with “Support”, so agreement was not measured."
    )


def test_tables_hold_numbers_with_all_digits_and_no_formula() -> None:
    studies = [study(1, ticked("design", "trial"), ticked("design", "survey"))]
    coders = ("Anna", "=Ben")
    renamed = [
        type(each)(id="=1+1", label="-1", rows=dict(zip(coders, each.rows.values(), strict=True)))
        for each in studies
    ]
    agreed = agreement(SCHEME, renamed, coders)
    table = b"".join(csv_pieces(words.FIGURES_HEAD, words.figure_rows(agreed))).decode()
    (line,) = [line for line in table.splitlines() if line.startswith("question,Support,Design")]
    assert ",1,0,0,0.0,0.0,0.7934506856227626," in line
    assert ",-0.5," in line  # PABAK of three codes; a negative number stays a number
    rows = words.difference_rows(differences(SCHEME, renamed, coders), coders)
    text = b"".join(csv_pieces(words.difference_head(("Anna", "Ben")), rows)).decode()
    assert "'=1+1,'-1,,Design,Trial,Survey" in text


def test_decisions_are_told_question_by_question() -> None:
    screening = replace(SCHEME, purpose=Purpose.SCREENING)
    studies = [
        study(1, ticked("design", "trial"), ticked("design", "trial")),
        study(2, ticked("design", "trial"), ticked("design", "survey")),
    ]
    said = words.sentence(agreement(screening, studies, PAIR), screening)
    assert said.startswith(
        "Two people screened the same 2 works. In 2 judgements on “Design” they agreed in 50.0%."
    )
