"""Claims and principles in the report say what they rest on, and that a source gave no grade."""

from dataclasses import replace

from evidence.report.facts import ReportedClaim, ReportedPrinciples, ReportedService, ReviewFacts
from evidence.report.live_content import LiveContent, ReportList, ReportTable
from evidence.report.live_parts import live_content
from evidence.report.live_tokens import live_token
from evidence.report.usual_sections import usual_sections
from evidence.steps.practice.frameworks import shipped
from evidence.synthesis.claims.checks import Check, ClaimConflict
from evidence.synthesis.claims.claim import Claim, ClaimJudgement, ClaimVerdict
from evidence.synthesis.claims.figures import Figure
from evidence.synthesis.practice.provision import Provision, Verdict
from evidence.synthesis.practice.service import Service
from evidence.synthesis.practice.sufficiency import usual_rule
from evidence.synthesis.principles.principle_set import (
    Principle,
    PrincipleName,
    PrincipleSet,
    PrincipleVersion,
)
from tests.report.made_facts import FACTS

CLAIM = Claim(
    uid="a",
    text="It helps",
    figures=(Figure(measure="worked", value="55", base="people allocated"),),
    source="A leaflet",
    place="page 3",
    source_year="2012",
)
ONE, TWO = PrincipleName(version="a", number="1"), PrincipleName(version="b", number="1")
PRINCIPLES = PrincipleSet(
    uid="x",
    title="Rules",
    versions=(
        PrincipleVersion(
            name="a",
            source="A book",
            grades=("weak",),
            principles=(Principle(number="1", text="Be kind", grade="weak"),),
        ),
        PrincipleVersion(name="b", principles=(Principle(number="1", text="Be kinder"),)),
    ),
    pairs=((ONE, TWO),),
)


def part(facts: ReviewFacts, name: str) -> LiveContent:
    return live_content(facts, live_token(name))


def table(facts: ReviewFacts, name: str) -> ReportTable:
    content = part(facts, name)
    assert isinstance(content, ReportTable)
    return content


def test_a_claim_stands_with_its_base_its_place_and_who_judged_it() -> None:
    said = ClaimJudgement(verdict=ClaimVerdict.PARTLY, reason="Other people")
    study = FACTS.studies[0].id
    claim = ReportedClaim(
        claim=CLAIM, judgement=said, cited="A trial", judged_by="Anna", studies=(study, 10**6)
    )
    shown = table(replace(FACTS, claims=(claim,)), "claims")
    (row,) = shown.rows
    assert row.cells == (
        "It helps",
        "worked: 55 % of people allocated",
        "A leaflet, page 3 (2012)",
        "A trial",
        "Partly (Anna): Other people",
    )
    assert row.studies == (study,)
    assert "supports it partly: 1 of 1." in shown.note
    assert table(FACTS, "claims").rows == ()


def test_conflicts_are_listed_by_the_name_of_their_check() -> None:
    found = ClaimConflict(check=Check.DATES, uids=("a",), text="2011 is later than 2008.")
    content = part(replace(FACTS, claim_conflicts=(found,)), "claim-conflicts")
    assert isinstance(content, ReportList)
    assert [line.text for line in content.lines] == ["Dates: 2011 is later than 2008."]
    none = part(FACTS, "claim-conflicts")
    assert isinstance(none, ReportList)
    assert "no conflict" in none.empty


def test_principles_stand_with_their_grades_and_never_with_a_blank() -> None:
    given = ReportedPrinciples(principles=PRINCIPLES, links={ONE: ("Drake 1996", "Item 9")})
    shown = table(replace(FACTS, principles=(given,)), "principles")
    assert [row.cells for row in shown.rows] == [
        ("a", "1. Be kind", "Weak", "b/1", "Drake 1996; Item 9"),
        ("b", "1. Be kinder", "Not graded by the source", "a/1", "–"),
    ]
    assert "Rules, a: A book." in shown.note


def test_provision_stands_by_area_with_what_cannot_be_told() -> None:
    kind = shipped().services[3]
    less = Provision(
        area="<b>Dale</b>",
        kind=kind,
        rule=usual_rule(shipped(), kind.kind),
        verdict=Verdict.LESS,
        services=("North", "South"),
        numbers="9 places for 100,000 adults: 9 per 100,000",
        population="100,000 (Census 2021)",
    )
    open_one = Provision(
        area="",
        kind=kind,
        rule=usual_rule(shipped(), kind.kind),
        verdict=Verdict.UNKNOWN,
        services=("East",),
        numbers="9 places",
        why="population not given",
    )
    facts = replace(FACTS, provisions=(less, open_one), provision_source="A guide: Table 1.")
    shown = table(facts, "provision")
    first, second = (row.cells for row in shown.rows)
    assert first == (
        "<b>Dale</b>",
        kind.name,
        "10 to 15 places per 100,000",
        f"{less.numbers}; population 100,000 (Census 2021); {less.overlap}",
        "less than the rule asks for",
    )
    assert second[0] == "No area named"
    assert second[3:] == ("9 places", "cannot be told: population not given")
    assert shown.note.startswith("A guide: Table 1. ")
    assert table(FACTS, "provision").note == ""
    rated = replace(facts, provision_ratings=("suitability poor (Too far)", ""))
    assert [row.cells[-1] for row in table(rated, "provision").rows] == [
        "suitability poor (Too far)",
        "not rated",
    ]


def test_the_summary_of_a_review_of_practice_alone_tells_of_its_services() -> None:
    asked = ReportedService(service=Service(uid="a", name="North"), questionnaires=1)
    alone = ReviewFacts(title="Our council", services=(asked,))
    (summary,) = (each.text for each in usual_sections(alone) if each.key == "summary")
    assert "{{services-asked}}" in summary
    assert "{{searches}}" not in summary
    both = replace(FACTS, services=(asked,))
    (summary,) = (each.text for each in usual_sections(both) if each.key == "summary")
    assert "{{searches}}" in summary
