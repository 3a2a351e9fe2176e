"""Which studies go on follows from what is coded; what is not coded is never guessed."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from evidence.synthesis.stages.stage_rule import (
    NO_RULE,
    Outcome,
    RuleQuestion,
    StageCondition,
    StageRule,
    check,
    faults_of,
    in_words,
    lost_parts,
)
from evidence.synthesis.stages.study_stages import (
    OVERRULED,
    Overruling,
    ReviewStage,
    StageRules,
    rule_sentences,
    stage_dimension,
    study_stages,
)

CODES: dict[str, dict[int, frozenset[str]]] = {
    "country": {1: frozenset({"england"}), 2: frozenset({"us"}), 4: frozenset({"us", "uk"})},
    "stream": {1: frozenset({"outcome"}), 2: frozenset({"process"}), 3: frozenset({"outcome"})},
    "weight": {1: frozenset({"High"}), 4: frozenset({"Low"})},
}
LABELS = {
    "country": {"uk": "UK", "england": "England", "us": "US"},
    "stream": {"outcome": "Outcome evaluation", "process": "Process evaluation"},
    "weight": {"High": "High", "Medium": "Medium", "Low": "Low"},
}
QUESTIONS = {
    name: RuleQuestion(
        id=name,
        title=name.capitalize(),
        labels=labels,
        covers={"uk": frozenset({"uk", "england"})} if name == "country" else {},
        codes=CODES[name],
    )
    for name, labels in LABELS.items()
}
UK = StageCondition(question="country", codes=("uk",))
OUTCOME = StageCondition(question="stream", codes=("outcome",))
BOTH = StageRule(alternatives=((UK, OUTCOME),))
EITHER = StageRule(alternatives=((UK,), (OUTCOME,)))
GATE = StageRule(alternatives=((StageCondition(question="weight", codes=("High", "Medium")),),))
STUDIES = [(1, "Ash 2001"), (2, "Beech 2002"), (3, "Cedar 2003"), (4, "Dogwood 2004")]


def test_each_study_says_what_it_met_or_lacked() -> None:
    first, second, third, fourth = (check(BOTH, QUESTIONS, study) for study, _ in STUDIES)
    assert first.outcome is Outcome.GOES_ON
    assert first.met == ("Country is UK", "Stream is Outcome evaluation")
    assert second.outcome is Outcome.STAYS
    assert second.lacking == (
        "Country is UK (it is US)",
        "Stream is Outcome evaluation (it is Process evaluation)",
    )
    assert second.reason == "Country: not UK"
    assert (third.outcome, third.reason) == (Outcome.UNTOLD, "Country not coded")
    assert third.met == ("Stream is Outcome evaluation",)
    assert (fourth.outcome, fourth.untold) == (Outcome.UNTOLD, ("Stream not coded",))


def test_what_is_not_coded_does_not_matter_where_the_rest_decides() -> None:
    assert check(EITHER, QUESTIONS, 3).outcome is Outcome.GOES_ON
    us_only = StageCondition(question="country", codes=("us",))
    weighed = StageRule(alternatives=((*BOTH.alternatives[0], *GATE.alternatives[0]), (us_only,)))
    assert check(weighed, QUESTIONS, 2).outcome is Outcome.GOES_ON
    stopped = StageRule(alternatives=(BOTH.alternatives[0] + GATE.alternatives[0],))
    assert check(stopped, QUESTIONS, 2).outcome is Outcome.STAYS


def test_a_negated_condition_asks_for_none_of_the_codes() -> None:
    not_us = StageRule(
        alternatives=((StageCondition(question="country", codes=("us",), is_negated=True),),)
    )
    assert [check(not_us, QUESTIONS, study).outcome for study, _ in STUDIES] == [
        Outcome.GOES_ON,
        Outcome.STAYS,
        Outcome.UNTOLD,
        Outcome.STAYS,
    ]
    assert check(not_us, QUESTIONS, 2).reason == "Country: US"
    assert in_words(not_us, QUESTIONS) == "Country is not US"


def test_a_rule_is_told_in_words_and_says_what_it_lost() -> None:
    assert in_words(EITHER, QUESTIONS) == "Country is UK, or Stream is Outcome evaluation"
    wide = StageRule(alternatives=((UK, OUTCOME), GATE.alternatives[0]))
    assert in_words(wide, QUESTIONS) == (
        "(Country is UK and Stream is Outcome evaluation), or Weight is High or Medium"
    )
    lost = StageRule(alternatives=((StageCondition(question="setting", codes=("home",)), UK),))
    assert list(lost_parts(lost, QUESTIONS)) == [
        "No scheme of the review has “setting” now, so this cannot be told of any study."
    ]
    assert check(lost, QUESTIONS, 1).reason == "“setting” is in no scheme now"
    assert [*faults_of(StageRule(alternatives=((),)))] != []
    assert [*faults_of(BOTH)] == []


def test_the_quality_gate_is_apart_and_asks_only_studies_that_go_on() -> None:
    stages = study_stages(StageRules(in_depth=EITHER, sound=GATE), QUESTIONS, STUDIES)
    assert [study.code for study in stages.studies] == [
        "sound",
        "stays",
        "soundness-untold",
        "not-sound",
    ]
    counts = stages.counts
    assert counts.in_depth is not None
    assert counts.sound is not None
    assert (counts.in_depth.passed, counts.in_depth.stopped) == (3, (("Country: not UK", 1),))
    assert (counts.sound.passed, counts.sound.stopped, counts.sound.untold) == (
        1,
        (("Weight: not High or Medium", 1),),
        (("Weight not coded", 1),),
    )
    assert list(rule_sentences(stages)) == [
        "In the in-depth review are studies where Country is UK, or Stream is Outcome evaluation.",
        "Sound are those where Weight is High or Medium.",
    ]


def test_a_person_can_overrule_and_is_counted_apart() -> None:
    stays = Overruling(
        study_id=1, stage=ReviewStage.IN_DEPTH, outcome=Outcome.STAYS, reason="same trial as Elm"
    )
    stages = study_stages(StageRules(in_depth=EITHER, overrulings=(stays,)), QUESTIONS, STUDIES)
    counts = stages.counts
    assert counts.in_depth is not None
    assert counts.sound is None
    assert counts.in_depth.stopped == ((OVERRULED, 1), ("Country: not UK", 1))
    assert stages.studies[0].in_depth.by_rule.outcome is Outcome.GOES_ON
    assert "People decided otherwise for 1 study, with a reason." in rule_sentences(stages)


def test_the_stages_are_a_question_whose_parts_add_up() -> None:
    stages = study_stages(StageRules(in_depth=EITHER, sound=GATE), QUESTIONS, STUDIES)
    headings = {heading.id: heading for heading in stage_dimension(stages).headings}
    assert {study.code for study in stages.studies} <= set(headings)
    assert headings["in-depth"].covers == {"in-depth", "sound", "not-sound", "soundness-untold"}
    assert check(NO_RULE, QUESTIONS, 9).outcome is Outcome.GOES_ON


CONDITIONS = st.builds(
    StageCondition,
    question=st.sampled_from([*LABELS, "gone"]),
    codes=st.lists(st.sampled_from(["uk", "us", "outcome", "High"]), min_size=1).map(tuple),
    is_negated=st.booleans(),
)
RULES = st.builds(
    StageRule,
    alternatives=st.lists(st.lists(CONDITIONS, min_size=1, max_size=3).map(tuple), max_size=3).map(
        tuple
    ),
)


@given(RULES, st.integers(1, 4))
def test_coding_more_never_turns_what_was_told(rule: StageRule, study: int) -> None:
    before = check(rule, QUESTIONS, study).outcome
    if before is Outcome.UNTOLD:
        return
    missing = [name for name in LABELS if study not in CODES[name]]
    for chosen in product(*([*LABELS[name]] for name in missing)):
        more = dict(QUESTIONS)
        for name, code in zip(missing, chosen, strict=True):
            old = QUESTIONS[name]
            more[name] = RuleQuestion(
                id=name,
                title=old.title,
                labels=old.labels,
                covers=old.covers,
                codes={**old.codes, study: frozenset({code})},
            )
        assert check(rule, more, study).outcome is before


@given(RULES)
def test_every_study_is_counted_once(rule: StageRule) -> None:
    stages = study_stages(StageRules(in_depth=rule, sound=GATE), QUESTIONS, STUDIES)
    counts = stages.counts
    passed = counts.in_depth.passed if counts.in_depth else len(STUDIES)
    if counts.in_depth:
        assert passed + counts.in_depth.not_passed == len(STUDIES)
    assert counts.sound is not None
    assert counts.sound.passed + counts.sound.not_passed == passed
