"""The shipped schemes are complete, sourced, and do not get into one another's way."""

from collections import Counter
from collections.abc import Iterator

import pytest

from evidence.coding.read_scheme import load
from evidence.coding.scheme import Judges, OptionRole, Purpose, Question, QuestionKind, Scheme, Take
from tests.conftest import ROOT

SCHEMES = {
    path.stem: load(path.read_text(encoding="utf-8"), path.name)
    for path in sorted((ROOT / "coding_schemes").glob("*.yaml"))
}
SOURCES = {
    "recovery-vocational": "Carr and Clapton (2007)",
    "process-components": "https://doi.org/10.1136/bmj.h1258",
    "weight-of-evidence": "https://doi.org/10.1080/02671520701296189",
    "risk-of-bias-randomised": "https://doi.org/10.1136/bmj.l4898",
    "risk-of-bias-comparative": "https://doi.org/10.1136/bmj.i4919",
    "amstar-2": "https://doi.org/10.1136/bmj.j4008",
    "equity": "https://doi.org/10.1016/j.jclinepi.2013.08.005",
    "economic-studies": "https://doi.org/10.1136/bmj-2021-067975",
    "map-database": "https://doi.org/10.1186/s13750-016-0059-6",
    "vocational-services": "commissioning framework",
    "vocational-monitoring": "commissioning guidance",
    "supported-employment-fidelity-25": "https://doi.org/10.1176/appi.ps.201100476",
}
APPRAISALS = [scheme for scheme in SCHEMES.values() if scheme.purpose is Purpose.APPRAISAL]


def roles(question: Question) -> list[OptionRole]:
    return [option.role for option in question.walk() if option.role]


def overall(scheme: Scheme) -> Question:
    (question,) = (question for question in scheme.questions if question.rule)
    return question


def rated(scheme: Scheme) -> Iterator[Question]:
    for question in scheme.questions:
        if question.kind is QuestionKind.ONE and question.required:
            yield question


def test_each_names_its_source() -> None:
    assert SOURCES.keys() == SCHEMES.keys()
    assert [
        name for name, source in SOURCES.items() if source not in SCHEMES[name].description
    ] == []


def test_no_question_id_stands_in_two_schemes() -> None:
    counts = Counter(q.id for scheme in SCHEMES.values() for q in scheme.questions)
    assert [question for question, times in counts.items() if times > 1] == []


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=list(SCHEMES))
def test_every_question_says_what_it_asks(scheme: Scheme) -> None:
    """By its text, which is a question, or by help under a bare name."""
    bare = [q.id for q in scheme.questions if not (q.text.endswith("?") or q.help)]
    named = {q.id for q in scheme.questions if q.id.startswith(("amstar-", "fidelity-"))}
    assert [question for question in bare if question not in named] == []
    for question in scheme.questions:
        for options in (question.options, *(option.options for option in question.walk())):
            labels = [option.label for option in options]
            assert len(set(labels)) == len(labels), question.id


@pytest.mark.parametrize("scheme", APPRAISALS, ids=[scheme.id for scheme in APPRAISALS])
def test_what_cannot_be_judged_is_a_state_of_its_own(scheme: Scheme) -> None:
    judgements = [q for q in rated(scheme) if roles(q)]
    assert judgements
    if scheme.judges is not Judges.REVIEW:
        assert all(OptionRole.NO_INFORMATION in roles(question) for question in judgements)
    assert not [q.id for q in scheme.questions if q.kind is QuestionKind.NUMBER], "no sums"


def test_weight_of_evidence_has_a_rule_over_its_three_judgements() -> None:
    scheme = SCHEMES["weight-of-evidence"]
    weight = overall(scheme)
    assert weight.id == "weight-d"
    assert weight.rule
    assert weight.rule.of == ("weight-a", "weight-b", "weight-c")
    assert OptionRole.LOW_WEIGHT in roles(weight)


@pytest.mark.parametrize(
    ("name", "domains", "judgements"),
    [
        ("risk-of-bias-randomised", 5, ["Low risk", "Some concerns", "High risk"]),
        (
            "risk-of-bias-comparative",
            7,
            ["Low risk", "Moderate risk", "Serious risk", "Critical risk"],
        ),
    ],
)
def test_risk_of_bias_follows_from_all_domains(
    name: str, domains: int, judgements: list[str]
) -> None:
    scheme = SCHEMES[name]
    question = overall(scheme)
    assert question.rule
    assert question.rule.take is Take.LOWEST
    assert scheme.judges is Judges.FINDING
    with_reason = {each.id for each in scheme.questions if each.needs_reason}
    assert with_reason == {question.id, *question.rule.of}
    (section,) = (section for section in scheme.sections if section.title == "Domains")
    assert question.rule.of == tuple(each.id for each in section.questions)
    assert len(section.questions) == domains
    assert [option.label for option in question.options] == [*judgements, "No information"]


def test_amstar_2_has_sixteen_items_and_a_confidence_that_people_judge() -> None:
    scheme = SCHEMES["amstar-2"]
    assert scheme.judges is Judges.REVIEW
    *items, confidence = scheme.questions
    assert [item.text.partition(".")[0] for item in items] == [str(n + 1) for n in range(16)]
    critical = [n for n, item in enumerate(items, 1) if item.critical]
    assert critical == [2, 4, 7, 9, 11, 13, 15]
    assert confidence.rule is None
    labels = [option.label for option in confidence.options]
    assert labels == ["High", "Moderate", "Low", "Critically low"]


def test_the_components_are_the_same_for_presence_mechanism_and_difference() -> None:
    scheme = SCHEMES["process-components"]
    names = ("component-described", "component-mechanism", "component-differentiates")
    described, mechanism, differentiates = (scheme.question(name) for name in names)
    assert described
    assert mechanism
    assert differentiates
    assert described.options == mechanism.options == differentiates.options
    codes = {option.id for option in described.walk()}
    assert {"person-centred", "strengths-based", "peers-added", "peers-integral", "open-door",
            "power", "barriers-benefits", "funding-counts"} <= codes  # fmt: skip


def test_designs_say_whether_they_are_primary_studies_or_reviews() -> None:
    design = SCHEMES["recovery-vocational"].question("design")
    status = SCHEMES["recovery-vocational"].question("status")
    assert design
    assert status
    reviews = {option.id for option in design.options if option.role is OptionRole.REVIEW}
    assert reviews == {"systematic-review", "other-review"}
    without = {option.id for option in design.options if option.role is None}
    assert without == {"economic-model", "design-not-stated"}
    ongoing = {option.id for option in status.options if option.role is OptionRole.ONGOING}
    assert ongoing == {"ongoing", "protocol-only"}
