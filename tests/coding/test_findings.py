from dataclasses import replace

import pytest

from evidence.coding.answers import Answer
from evidence.coding.findings import Direction, Finding, finding_faults, finding_questions, hints
from evidence.coding.read_scheme import load
from evidence.coding.scheme import Axis

SCHEME = load(
    """\
id: s
title: T
version: "1"
purpose: coding
judges: study
sections:
  - title: One
    questions:
      - id: intervention
        text: What was done
        kind: tree
        axis: intervention
        options:
          - id: education
            label: Supported education
            options: [{id: education-group, label: In a group}]
          - {id: voluntary-work, label: Voluntary work}
      - id: outcomes
        text: Non-vocational outcomes
        kind: many of
        axis: outcome
        options:
          - {id: self-esteem, label: Self-esteem}
          - {id: hope, label: Hope}
      - id: randomised
        text: Was it randomised?
        kind: yes/no
      - id: how
        text: How was it randomised?
        kind: text
        when: {question: randomised, any_of: [yes]}
  - title: Two
    questions:
      - id: contrast
        text: Who with whom?
        kind: one of
        of: finding
        axis: contrast
        options: [{id: arms, label: Arms}, {id: sites, label: Sites}]
      - id: which-sites
        text: Which sites?
        kind: text
        of: finding
        required: yes
        when: {question: contrast, any_of: [sites]}
""",
    "s.yaml",
)

FINDING = Finding(
    intervention="education", outcome="self-esteem", contrast="arms", direction=Direction.BETTER
)
TICKED = (
    Answer(question="intervention", codes=("education",)),
    Answer(question="outcomes", codes=("self-esteem",)),
)


def test_a_finding_that_fits_the_scheme_has_no_faults() -> None:
    assert finding_faults(FINDING, SCHEME) == ()
    assert hints(SCHEME, TICKED, [FINDING]) == ()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (replace(FINDING, outcome="self-esteem-"), "not on the scheme's list of outcomes"),
        (replace(FINDING, intervention="arms"), "not on the scheme's list of interventions"),
        (replace(FINDING, contrast=""), "The contrast is not chosen yet"),
        (replace(FINDING, n_intervention=-1), "less than none"),
        (replace(FINDING, n_comparison=-20), "-20 people in the comparison group"),
        (replace(FINDING, answers=(Answer(question="gone", value="x"),)), "asks nothing called"),
        (replace(FINDING, answers=(Answer(question="outcomes", codes=("hope",)),)), "asks nothing"),
        (replace(FINDING, contrast="sites"), "“Which sites?” has no answer yet"),
    ],
)
def test_a_fault_of_a_finding_is_told_once(wrong: Finding, said: str) -> None:
    (fault,) = finding_faults(wrong, SCHEME)
    assert said in fault


def test_groups_may_be_empty_or_unknown() -> None:
    assert finding_faults(replace(FINDING, n_intervention=0, n_comparison=None), SCHEME) == ()


def test_questions_about_a_finding_may_wait_for_its_contrast() -> None:
    assert finding_questions(FINDING, SCHEME) == ()
    between = replace(FINDING, contrast="sites")
    assert [question.id for question in finding_questions(between, SCHEME)] == ["which-sites"]
    named = replace(between, answers=(Answer(question="which-sites", value="North, South"),))
    assert finding_faults(named, SCHEME) == ()


CHAIN = """\
id: s
title: T
version: "1"
purpose: coding
judges: study
sections:
  - title: One
    questions:
      - id: intervention
        text: What was done
        kind: tree
        axis: intervention
        options:
          - id: education
            label: Supported education
            options: [{id: education-group, label: In a group}]
          - {id: voluntary-work, label: Voluntary work}
      - {id: randomised, text: Was it randomised, kind: yes/no}
      - id: led-by-peers
        text: Was the group led by peers
        kind: yes/no
        of: finding
        when: {axis: intervention, any_of: [education]}
      - id: peers
        text: By whom
        kind: text
        of: finding
        when: {question: led-by-peers, any_of: [yes]}
      - id: how
        text: How were people allocated to what was compared
        kind: text
        of: finding
        when: {question: randomised, any_of: [yes]}
"""


@pytest.mark.parametrize(
    ("intervention", "peers", "randomised", "asked"),
    [
        ("voluntary-work", "", "", []),
        ("voluntary-work", "yes", "", []),  # what is answered but not asked asks nothing more
        ("education", "", "", ["led-by-peers"]),
        ("education-group", "", "", ["led-by-peers"]),
        ("education-group", "yes", "", ["led-by-peers", "peers"]),
        ("voluntary-work", "", "yes", ["how"]),
    ],
)
def test_questions_about_a_finding_wait_for_the_finding_and_for_the_study(
    intervention: str, peers: str, randomised: str, asked: list[str]
) -> None:
    finding = replace(
        FINDING,
        intervention=intervention,
        answers=(Answer(question="led-by-peers", codes=tuple(peers.split())),),
    )
    study = (
        Answer(question="intervention", codes=("education",)),
        Answer(question="randomised", codes=tuple(randomised.split())),
    )
    questions = finding_questions(finding, load(CHAIN, "s.yaml"), study)
    assert [question.id for question in questions] == asked


def test_a_finding_knows_its_place_on_each_axis() -> None:
    assert [FINDING.code(axis) for axis in Axis] == ["education", "self-esteem", "arms"]


def test_an_outcome_that_is_found_but_not_ticked_is_named() -> None:
    told = hints(SCHEME, TICKED, [FINDING, replace(FINDING, outcome="hope")])
    assert told == ("Findings name Hope, which is not ticked under “Non-vocational outcomes”.",)


def test_what_stands_below_or_above_a_ticked_option_belongs_to_it() -> None:
    finer = replace(FINDING, intervention="education-group")
    assert hints(SCHEME, TICKED, [finer]) == ()
    ticked_finer = (Answer(question="intervention", codes=("education-group",)), TICKED[1])
    assert hints(SCHEME, ticked_finer, [FINDING]) == ()


def test_what_is_ticked_but_never_found_is_named_once_findings_exist() -> None:
    answers = (TICKED[0], Answer(question="outcomes", codes=("self-esteem", "hope")))
    assert hints(SCHEME, answers, []) == ()
    (told,) = hints(SCHEME, answers, [FINDING])
    assert told.endswith("so not on the map: Hope.")


def test_an_answer_that_is_no_longer_asked_is_named() -> None:
    how = Answer(question="how", value="by coin")
    (told,) = hints(SCHEME, (*TICKED, how), [FINDING])
    assert "“How was it randomised?” has an answer but is no longer asked" in told


def test_the_same_finding_twice_is_named() -> None:
    (told,) = hints(SCHEME, TICKED, [FINDING, replace(FINDING, note="again")])
    assert told.startswith("2 findings on Self-esteem have the same")
    assert hints(SCHEME, TICKED, [FINDING, replace(FINDING, time="12 months")]) == ()
