from evidence.coding.findings import Direction, Finding
from evidence.coding.scheme import Of
from evidence.synthesis.certainty.grade import OPEN, CertaintyJudgement
from evidence.synthesis.certainty.outcome_rows import (
    OutcomeRow,
    SummaryKey,
    certain_rows,
    incomplete,
    outcome_rows,
)
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.studies import CodedStudy

INTERVENTIONS = Dimension(
    id="axis:intervention",
    title="",
    of=Of.FINDING,
    headings=(
        Heading(id="all", label="All work", covers=frozenset({"all", "ips"})),
        Heading(id="ips", label="IPS", depth=1, above=("All work",), covers=frozenset({"ips"})),
    ),
)
OUTCOMES = Dimension(
    id="axis:outcome",
    title="",
    of=Of.FINDING,
    headings=(
        Heading(id="work", label="Work", covers=frozenset({"work", "hours"})),
        Heading(id="hours", label="Hours", depth=1, above=("Work",), covers=frozenset({"hours"})),
    ),
)
Findings = tuple[str, str, Direction, tuple[int | None, int | None]]


def a_study(number: int, *findings: Findings, contrast: str = "arms") -> CodedStudy:
    return CodedStudy(
        id=number,
        label=f"Study {number}",
        year=2000,
        codes={},
        findings=tuple(
            Finding(
                intervention=intervention,
                outcome=outcome,
                contrast=contrast,
                direction=direction,
                n_intervention=people[0],
                n_comparison=people[1],
            )
            for intervention, outcome, direction, people in findings
        ),
    )


def rows(
    *studies: CodedStudy,
    intervention: str = "all",
    judged: dict[SummaryKey, CertaintyJudgement] | None = None,
) -> dict[str, OutcomeRow]:
    made = outcome_rows(studies, INTERVENTIONS, OUTCOMES, ("arms", intervention), judged or {})
    return {row.outcome: row for row in made}


BETTER = Direction.BETTER


def test_each_finding_stands_at_its_own_outcome_and_below_the_intervention() -> None:
    made = rows(
        a_study(1, ("ips", "hours", BETTER, (10, 12))),
        a_study(2, ("all", "work", BETTER, (20, 20))),
    )
    assert {outcome: row.word.total for outcome, row in made.items()} == {
        "Work": 1, "Work › Hours": 1
    }  # fmt: skip
    ips = rows(a_study(2, ("all", "work", BETTER, (20, 20))), intervention="ips")
    assert ips == {}


def test_other_contrasts_do_not_count() -> None:
    assert rows(a_study(1, ("ips", "work", BETTER, (1, 1)), contrast="work status")) == {}


def test_people_are_those_of_the_largest_finding_of_each_study() -> None:
    made = rows(
        a_study(1, ("ips", "work", BETTER, (10, 12)), ("ips", "work", BETTER, (30, 30))),
        a_study(2, ("ips", "work", BETTER, (5, None))),
    )
    assert (made["Work"].people, made["Work"].unknown) == (60, 1)
    assert made["Work"].people_words == "60 (1 not known)"
    assert rows(a_study(1, ("ips", "work", BETTER, (None, None))))["Work"].people_words == (
        "not known"
    )


def test_a_judgement_stands_at_its_outcome_and_what_it_lacks_is_said() -> None:
    key = SummaryKey(contrast="arms", intervention="all", outcome="work")
    mine = CertaintyJudgement(raised=1)
    made = rows(a_study(1, ("ips", "work", BETTER, (1, 1))), judged={key: mine})
    assert made["Work"].judgement == mine
    other = rows(
        a_study(1, ("ips", "work", BETTER, (1, 1))), intervention="ips", judged={key: mine}
    )
    assert other["Work"].judgement == OPEN
    (sentence,) = incomplete(list(made.values()))
    assert sentence.startswith("Work: Risk of bias is not judged.")
    assert certain_rows(list(made.values())) == 0


def test_directions_are_said_with_their_numbers() -> None:
    made = rows(*(a_study(n, ("ips", "work", BETTER, (1, 1))) for n in range(3)))
    assert made["Work"].directions == "Consistent favourable (3 favourable)"
