"""What a scheme's judgements are, with the schemes that are shipped and with odd ones."""

import pytest

from evidence.coding.answers import Answer
from evidence.coding.read_scheme import load
from evidence.coding.scheme import OptionRole, Scheme
from evidence.synthesis.appraisal.judgements import Level, Unit
from evidence.synthesis.appraisal.scheme_judgements import NO_RULE, Appraised, scheme_judgements
from evidence.synthesis.map_cells import ROLES
from tests.conftest import ROOT

QUESTION = """
      - id: {id}
        text: Question {id}
        kind: one of
        {more}
        options: [{options}]"""
HEAD = """\
id: small
title: A small appraisal
version: "1"
purpose: appraisal
judges: study
sections:
  - title: All
    questions:"""


def shipped(name: str) -> Scheme:
    file = f"{name}.yaml"
    return load((ROOT / "coding_schemes" / file).read_text(encoding="utf-8"), file)


def a_scheme(*questions: tuple[str, str, str]) -> Scheme:
    """From id, what else it has, and options written `id role`."""
    written = [
        QUESTION.format(
            id=question,
            more=more,
            options=", ".join(
                f"{{id: {option}, label: {option.capitalize()}"
                + (f", role: {' '.join(role)}}}" if role else "}")
                for option, *role in (each.split() for each in options.split(", "))
            ),
        )
        for question, more, options in questions
    ]
    return load(HEAD + "".join(written), "small.yaml")


def judged(**codes: str) -> Appraised:
    answers = tuple(Answer(question=q.replace("_", "-"), codes=(c,)) for q, c in codes.items())
    return Appraised(study_id=1, study="Study A", answers=answers)


def levels(scheme: Scheme, **codes: str) -> list[Level]:
    (row,) = scheme_judgements(scheme, [judged(**codes)]).rows
    return [judgement.level for judgement in row.judgements]


def test_rob_2_has_five_domains_of_results_and_the_overall_one() -> None:
    table = scheme_judgements(shipped("risk-of-bias-randomised"), [])
    assert [domain.short for domain in table.domains] == [
        "Randomisation", "Deviations", "Missing data", "Measurement", "Reported result"
    ]  # fmt: skip
    assert (table.overall, table.unit) == ("Overall risk", Unit.RESULT)
    assert table.notes[0].startswith("Overall risk: by the rule, the worst of Randomisation, ")


def test_serious_and_critical_differ_though_both_are_low_quality() -> None:
    scheme = shipped("risk-of-bias-comparative")
    found = levels(
        scheme, robins_confounding="serious", robins_selection="critical", robins_missing="low"
    )
    assert found[:2] == [Level.UNFAVOURABLE, Level.CRITICAL]
    assert Level.NOT_JUDGED in found


def test_weight_b_and_c_mean_what_weight_a_means() -> None:
    scheme = shipped("weight-of-evidence")
    codes = {"weight_a": "high", "weight_b": "medium", "weight_c": "low"}
    assert levels(scheme, **codes) == [Level.FAVOURABLE, Level.MIDDLING, Level.UNFAVOURABLE]
    assert levels(scheme, weight_b="cannot-judge")[1] is Level.NO_INFORMATION
    (row,) = scheme_judgements(scheme, [judged(weight_d="low")]).rows
    assert row.overall is not None
    assert (row.overall.level, row.overall.words) == (Level.UNFAVOURABLE, "Low")


def test_the_rule_is_said_and_how_often_people_judged_otherwise() -> None:
    scheme = shipped("weight-of-evidence")
    codes = {"weight_a": "high", "weight_b": "high", "weight_c": "low"}
    rows = [judged(**codes, weight_d=weight) for weight in ("low", "medium", "high")]
    rule, otherwise = scheme_judgements(scheme, rows).notes
    assert rule.startswith("D: Overall weight: by the rule, the worst of A: Soundness, B: Fit")
    assert otherwise == "People judged 2 studies otherwise than the rule."


def test_amstar_2_has_sixteen_items_and_a_confidence_that_is_no_sum() -> None:
    scheme = shipped("amstar-2")
    row = judged(
        amstar_pico="full", amstar_protocol="partial", amstar_search="missing",
        amstar_methods="no-meta-analysis", amstar_confidence="critically-low",
    )  # fmt: skip
    table = scheme_judgements(scheme, [row])
    assert (len(table.domains), table.overall, table.unit) == (16, "Confidence", Unit.REVIEW)
    assert [table.rows[0].judgements[at].level for at in (0, 1, 3, 10, 15)] == [
        Level.FAVOURABLE, Level.MIDDLING, Level.UNFAVOURABLE, Level.NOT_APPLICABLE,
        Level.NOT_JUDGED,
    ]  # fmt: skip
    assert table.rows[0].overall is not None
    assert (table.rows[0].overall.level, table.rows[0].overall.words) == (
        Level.CRITICAL, "Critically low"
    )  # fmt: skip
    assert "items are not added up" in table.notes[0]


def test_critical_items_of_a_scheme_are_marked_and_confidence_follows() -> None:
    scheme = shipped("amstar-2")
    items = [question.id for question in scheme.questions[:-1]]
    answers = dict.fromkeys((item.replace("-", "_") for item in items), "full")
    right = judged(**answers, amstar_confidence="high")
    wrong = judged(**(answers | {"amstar_protocol": "missing"}), amstar_confidence="high")
    table = scheme_judgements(scheme, [right, wrong])
    marked = [domain.short.partition(".")[0] for domain in table.domains if domain.is_critical]
    assert marked == ["2", "4", "7", "9", "11", "13", "15"]
    assert [row.by_rule and row.by_rule.words for row in table.rows] == ["High", "Low"]
    assert "People judged 1 review otherwise than the rule." in table.notes
    assert any("doi:10.1136/bmj.j4008" in note for note in table.notes)


def test_items_say_nothing_of_a_study_as_a_whole() -> None:
    assert not {role for role in OptionRole if "met" in role.value.split()} & ROLES.keys()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("a, b", [Level.FAVOURABLE, Level.UNFAVOURABLE]),
        ("a, b, c", [Level.FAVOURABLE, Level.MIDDLING, Level.UNFAVOURABLE]),
        ("a, b, c, d, e", [Level.FAVOURABLE, Level.MIDDLING, Level.MIDDLING, Level.UNFAVOURABLE,
                           Level.CRITICAL]),
    ],
)  # fmt: skip
def test_without_roles_the_order_of_a_rule_speaks(options: str, expected: list[Level]) -> None:
    scheme = a_scheme(("first", "", options), ("all", "rule: {take: lowest, of: [first]}", options))
    found = [levels(scheme, first=option)[0] for option in options.split(", ")]
    assert found == expected


def test_a_scheme_without_a_rule_says_so_and_has_no_overall_column() -> None:
    scheme = a_scheme(("sound", "", "yes high quality, no low quality, other"))
    table = scheme_judgements(scheme, [judged(sound="other")])
    assert (table.overall, table.notes) == ("", (NO_RULE,))
    assert table.rows[0].judgements[0].level is Level.UNRANKED


def test_questions_that_judge_nothing_are_no_domains() -> None:
    scheme = a_scheme(("effect", "", "assigned, adhering"))
    assert scheme_judgements(scheme, [judged(effect="assigned")]).domains == ()


def test_what_is_not_asked_is_not_applicable_and_what_is_open_is_not_judged() -> None:
    scheme = a_scheme(
        ("first", "", "yes high quality, no low quality"),
        ("second", "when: {question: first, any_of: [yes]}", "yes high quality, no low quality"),
    )
    assert levels(scheme, first="no")[1] is Level.NOT_APPLICABLE
    assert levels(scheme, first="yes")[1] is Level.NOT_JUDGED


def test_of_several_codes_the_worst_counts_and_all_are_said() -> None:
    scheme = a_scheme(("sound", "", "yes high quality, no low quality, unclear no information"))
    answer = Answer(question="sound", codes=("yes", "no", "unclear"))
    row = Appraised(study_id=1, study="A", answers=(answer,))
    judgement = scheme_judgements(scheme, [row]).rows[0].judgements[0]
    assert (judgement.level, judgement.words) == (Level.UNFAVOURABLE, "Yes / No / Unclear")


def test_a_code_that_the_scheme_lost_is_shown_as_it_is() -> None:
    scheme = a_scheme(("sound", "", "yes high quality, no low quality"))
    judgement = scheme_judgements(scheme, [judged(sound="perhaps")]).rows[0].judgements[0]
    assert (judgement.level, judgement.words) == (Level.UNRANKED, "perhaps")
