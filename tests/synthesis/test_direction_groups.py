from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from evidence.coding.findings import Direction, Finding
from evidence.coding.scheme import Of
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.direction_groups import (
    Appraisal,
    Grouping,
    appraisal_of,
    direction_groups,
    own_columns,
)
from evidence.synthesis.group_people import People, PeopleFrom
from evidence.synthesis.map_cells import Roles
from evidence.synthesis.studies import CodedStudy
from evidence.synthesis.within_study import Band

OUTCOMES = Dimension(
    id="axis:outcome",
    title="Outcome",
    of=Of.FINDING,
    headings=(
        Heading(id="health", label="Health", covers=frozenset({"health", "mood", "sleep"})),
        Heading(id="mood", label="Mood", depth=1, above=("Health",), covers=frozenset({"mood"})),
        Heading(id="sleep", label="Sleep", depth=1, above=("Health",), covers=frozenset({"sleep"})),
        Heading(id="work", label="Work", covers=frozenset({"work"})),
    ),
)
DESIGNS = Dimension(
    id="question:design",
    title="Design",
    of=Of.STUDY,
    headings=(
        Heading(id="trial", label="Trials", covers=frozenset({"trial", "cluster"})),
        Heading(
            id="cluster",
            label="Cluster trials",
            depth=1,
            above=("Trials",),
            covers=frozenset({"cluster"}),
        ),
        Heading(id="cohort", label="Cohorts", covers=frozenset({"cohort"})),
    ),
)


def finding(outcome: str, n: int | None = None, contrast: str = "arms") -> Finding:
    return Finding(
        intervention="ips",
        outcome=outcome,
        contrast=contrast,
        direction=Direction.BETTER,
        n_intervention=n,
    )


def study(number: int, *findings: Finding, designs: Sequence[str] = ()) -> CodedStudy:
    return CodedStudy(
        id=number,
        label=f"Study {number}",
        year=2000,
        codes={"design": frozenset(designs)},
        findings=findings,
    )


def test_each_design_has_its_own_studies_and_counts() -> None:
    studies = [
        study(1, finding("work"), designs=["cohort"]),
        study(2, finding("work"), designs=["cluster"]),
        study(3, finding("mood"), designs=["trial"]),
        study(4, finding("work")),
    ]
    made = direction_groups(studies, OUTCOMES, "arms", Grouping(designs=DESIGNS))
    named = {group.title: [s.id for s in group.studies] for group in made.groups}
    assert named == {"Trials": [2, 3], "Cohorts": [1], "Design: not coded": [4]}
    counts = {
        group.title: {s.outcome: s.clear for s in group.result.summaries} for group in made.groups
    }
    assert counts["Trials"] == {"mood": 1, "work": 1}
    assert counts["Cohorts"] == {"work": 1}
    assert [heading.id for heading in made.outcomes] == ["mood", "work"]


def test_a_study_with_two_designs_stands_once_under_the_first_and_is_named() -> None:
    both = study(1, finding("work"), designs=["cohort", "trial"])
    made = direction_groups([both], OUTCOMES, "arms", Grouping(designs=DESIGNS))
    assert [(g.title, len(g.studies)) for g in made.groups] == [("Trials", 1)]
    assert made.in_several == ("Study 1",)


def test_a_finding_stands_in_one_column_only() -> None:
    one = study(1, finding("mood"), finding("health"))
    made = direction_groups([one], OUTCOMES, "arms", Grouping())
    effects = {e.outcome: e.total for e in made.groups[0].result.effects}
    assert effects == {"health": 1, "mood": 1}


def test_wider_outcomes_take_in_what_lies_below_them() -> None:
    one = study(1, finding("mood"), finding("sleep"), finding("health"))
    made = direction_groups([one], OUTCOMES.to_depth(1), "arms", Grouping())
    assert {e.outcome: e.total for e in made.groups[0].result.effects} == {"health": 3}


@given(st.sampled_from([1, 2]))
def test_columns_never_share_a_code_and_together_have_all(depth: int) -> None:
    columns = own_columns(OUTCOMES.to_depth(depth)).headings
    codes = [code for heading in columns for code in heading.covers]
    assert sorted(codes) == ["health", "mood", "sleep", "work"]


def test_other_contrasts_are_counted_and_not_shown() -> None:
    studies = [study(1, finding("work"), finding("work", contrast="status")), study(2)]
    made = direction_groups(studies, OUTCOMES, "arms", Grouping())
    assert made.studies == 1
    assert made.without == 1
    assert dict(made.other_contrasts) == {"status": 1}


def test_people_come_from_the_finding_else_from_where_it_is_said() -> None:
    studies = [study(1, finding("work", 40), finding("mood")), study(2, finding("work"))]
    people = {1: "400", 2: "n = 400"}
    made = direction_groups(studies, OUTCOMES, "arms", Grouping(people=people))
    first, second = made.groups[0].studies
    assert first.people == People(number=40, source=PeopleFrom.FINDING)
    assert second.people == People(number=400, source=PeopleFrom.STUDY)
    bands = {(e.study, e.outcome): e.band for e in made.groups[0].result.effects}
    assert bands == {(1, "mood"): Band.LARGE, (1, "work"): Band.SMALL, (2, "work"): Band.LARGE}


def test_the_lowest_judgement_speaks_for_a_study() -> None:
    assert appraisal_of(Roles.HIGH_QUALITY | Roles.LOW_QUALITY) is Appraisal.LOW
    assert appraisal_of(Roles.LOW_WEIGHT) is Appraisal.LOW
    assert appraisal_of(Roles.HIGH_QUALITY | Roles.SOME_CONCERNS) is Appraisal.SOME
    assert appraisal_of(Roles.HIGH_QUALITY | Roles.REVIEW) is Appraisal.HIGH
    assert appraisal_of(Roles.NO_INFORMATION) is Appraisal.NO_INFORMATION
    assert appraisal_of(Roles.REVIEW) is Appraisal.NOT_JUDGED


def test_nothing_is_nothing() -> None:
    made = direction_groups([], OUTCOMES, "arms", Grouping(designs=DESIGNS))
    assert made.groups == ()
    assert made.outcomes == ()


def test_a_study_whose_number_cannot_be_read_stays_and_is_told() -> None:
    studies = [study(1, finding("work", 40)), study(2, finding("work"))]
    made = direction_groups(studies, OUTCOMES, "arms", Grouping(people={2: "about 400"}))
    assert [each.people for each in made.groups[0].studies][1] is None
    assert "in the finding (1), not told (1)." in made.sizes
    assert "Study 2 (“about 400”)" in made.sizes


def test_the_row_and_its_arrows_say_the_same_people() -> None:
    one = study(1, finding("work", 40), finding("mood"))
    of_arm = replace(one, arms={"a": "400"})
    made = direction_groups([of_arm], OUTCOMES, "arms", Grouping(people={1: "900"}))
    assert made.groups[0].studies[0].people == People(number=40, source=PeopleFrom.FINDING)
    sources = {e.outcome: e.people.source for e in made.effects if e.people}
    assert sources == {"work": PeopleFrom.FINDING, "mood": PeopleFrom.ARM}
