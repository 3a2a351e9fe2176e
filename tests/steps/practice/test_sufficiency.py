"""What is sufficient is settled with its source, and ratings have a reason; nothing is overwritten
unseen."""

from dataclasses import replace
from decimal import Decimal

import pytest

from evidence.coding.answers import Answer
from evidence.errors import Invalid, NotAllowed
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import (
    frameworks,
    provision,
    ratings,
    service_forms,
    services,
    sufficiency,
)
from evidence.steps.practice.provision_tables import rule_table
from evidence.synthesis.practice.provision import Verdict
from evidence.synthesis.practice.rating import Aspect, Grade, ProvisionRating, RatedThing
from evidence.synthesis.practice.service import Service
from evidence.synthesis.practice.service_form import ServiceForm
from evidence.synthesis.practice.sufficiency import AreaBase, AreaNumber, usual_rule
from tests.conftest import ROOT
from tests.steps.practice.assessed import a_service

SCHEME = ROOT / "coding_schemes" / "vocational-services.yaml"
KIND = "supported-work"


@pytest.fixture
def north(desk: Desk) -> Service:
    """A service of 5 places for 100,000 adults, as its form says."""
    scheme_id = schemes.add(desk, SCHEME.read_text(encoding="utf-8"), SCHEME.name)
    north = a_service(desk, "North", area="Dale")
    numbers = {"service-places": "5", "service-population": "100000"}
    answers = (
        Answer(question="service-kind", codes=(KIND,)),
        *(Answer(question=name, value=value) for name, value in numbers.items()),
    )
    form = ServiceForm(
        uid=services.new_uid(), service=north.uid, scheme_id=scheme_id, answers=answers,
        is_complete=True,
    )  # fmt: skip
    service_forms.save(desk, form)
    return north


def kinds(desk: Desk) -> tuple[provision.KindInArea, ...]:
    given = provision.local_provision(desk).provisions
    return provision.with_ratings(given, ratings.listing(desk))


def in_dale(desk: Desk) -> provision.KindInArea:
    (found,) = (each for each in kinds(desk) if each.kind == KIND and each.area == "Dale")
    return found


def test_a_rule_of_the_review_counts_with_its_source(desk: Desk, north: Service) -> None:
    usual = usual_rule(frameworks.shipped(), KIND)
    assert "nothing else" in sufficiency.when_set(desk)
    assert in_dale(desk).provision is Verdict.LESS
    lower = replace(usual, level=replace(usual.level, least=Decimal(5), most=None))
    with pytest.raises(Invalid, match="not the one that the framework suggests"):
        sufficiency.change(desk, lower, usual)
    rule = replace(lower, source="Board of  Dale")
    sufficiency.change(desk, rule, usual)
    sufficiency.change(desk, replace(rule, source="Board of Dale"), usual)  # sent twice
    found = in_dale(desk)
    assert (found.provision, found.rule_source) == (Verdict.ENOUGH, "Board of Dale")
    assert found.services == (north.name,)
    with pytest.raises(Invalid, match="meanwhile"):
        sufficiency.change(desk, usual, replace(rule, source="Of others"))
    people = AreaNumber(area="dale", number=Decimal(200000), source="Register 2026")
    sufficiency.set_number(desk, AreaBase.PEOPLE, "dale", people, None)
    found = in_dale(desk)
    assert found.provision is Verdict.LESS
    assert found.population == "200,000 (Register 2026; settled by the review)"
    assert sufficiency.when_set(desk).startswith("The review set what is sufficient on ")
    sufficiency.change(desk, usual, replace(rule, source="Board of Dale"))
    since = sufficiency.when_set(desk)
    assert since.startswith("What is sufficient is as the framework suggests; ")
    assert "settled the population of 1 area, last on " in since
    sufficiency.set_number(desk, AreaBase.PEOPLE, "Dale", None, people)
    told = [change.changes for change in sufficiency.history(desk)]
    assert len(told) == 4
    assert told[1] == ("Supported work (social enterprises and firms): as the framework suggests",)
    assert "5 places per 100,000 (Board of Dale)" in told[3][0]
    assert "nothing else" in sufficiency.when_set(desk)


@pytest.mark.parametrize(
    ("least", "most", "source", "refused"),
    [
        ("0", None, "x", "above 0"),
        ("NaN", None, "x", "above 0"),
        ("3", "2", "x", "cannot be less"),
        ("3", None, " ", "Give the source"),
        ("3", None, "x" * 501, "more than 500"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(
    desk: Desk, least: str, most: str | None, source: str, refused: str
) -> None:
    usual = usual_rule(frameworks.shipped(), KIND)
    top = None if most is None else Decimal(most)
    level = replace(usual.level, least=Decimal(least), most=top)
    with pytest.raises(Invalid, match=refused):
        sufficiency.change(desk, replace(usual, level=level, source=source), usual)
    assert sufficiency.history(desk) == []


def test_people_rate_with_a_reason_and_the_next_one_sees_it(
    desk: Desk, bens_desk: Desk, north: Service
) -> None:
    of_kind = ProvisionRating(
        thing=RatedThing(kind=KIND, area="Dale"),
        aspect=Aspect.EFFECTIVENESS,
        grade=Grade.PARTLY,
        reason="Few move on <b>",
    )
    of_north = replace(of_kind, thing=RatedThing(service=north.uid), aspect=Aspect.SUITABILITY)
    with pytest.raises(Invalid, match="Give the reason"):
        ratings.rate(desk, replace(of_kind, reason=" "), None)
    with pytest.raises(Invalid, match="no such service"):
        ratings.rate(desk, replace(of_kind, thing=RatedThing(service="f" * 16)), None)
    with pytest.raises(Invalid, match="no such kind"):
        ratings.rate(desk, replace(of_kind, thing=RatedThing(kind="x")), None)
    with pytest.raises(NotAllowed):
        ratings.rate(bens_desk, of_kind, None)
    for rating in (of_kind, of_kind, of_north):
        ratings.rate(desk, rating, None)
    told = in_dale(desk).ratings
    assert [(line.about, line.grade) for line in told] == [
        ("Supported work (social enterprises and firms)", Grade.PARTLY),
        ("North", Grade.PARTLY),
    ]
    other = replace(of_kind, thing=RatedThing(kind=KIND, area="DALE"), grade=Grade.POOR)
    with pytest.raises(Invalid, match="meanwhile"):
        ratings.rate(desk, other, None)
    ratings.rate(desk, other, of_kind)
    ratings.take_back(desk, other)
    services.remove(desk, north)
    assert ratings.listing(desk) == []
    assert [is_removed for _, is_removed in ratings.history(desk)] == [True, False, False, False]


def test_services_are_seen_by_a_framework_of_ones_own(desk: Desk, north: Service) -> None:
    shipped = frameworks.shipped()
    firm = shipped.services[3]
    own = replace(shipped, title="Two kinds", services=(firm, replace(firm, kind="allotment")))
    assert frameworks.unknown_answers(desk, own) == ["allotment"]
    frameworks.change(desk, own, shipped)
    frameworks.change(desk, own, shipped)  # sent twice
    seen = kinds(desk)
    assert [each.kind for each in seen] == [KIND, "allotment"]
    assert seen[0].services == (north.name,)
    assert seen[1].provision is Verdict.NONE
    with pytest.raises(Invalid, match="meanwhile"):
        frameworks.change(desk, replace(own, title="Other"), shipped)
    frameworks.change(desk, shipped, own)
    assert [change.is_shipped for change in frameworks.history(desk)] == [True, False]
    assert frameworks.current(desk) == shipped


def test_teams_of_an_area_are_settled_as_its_people_are(desk: Desk, north: Service) -> None:
    lead = "clinical-vocational-lead"
    teams = AreaNumber(of=AreaBase.TEAMS, area="Hill", number=Decimal("4.5"), source="Trust 2026")
    with pytest.raises(Invalid, match="Give the source of the clinical teams"):
        sufficiency.set_number(desk, AreaBase.TEAMS, "Hill", replace(teams, source=" "), None)
    with pytest.raises(Invalid, match="above 0"):
        sufficiency.set_number(
            desk, AreaBase.TEAMS, "Hill", replace(teams, number=Decimal(0)), None
        )
    sufficiency.set_number(desk, AreaBase.TEAMS, "Hill", teams, None)
    with pytest.raises(Invalid, match="meanwhile"):
        sufficiency.set_number(desk, AreaBase.TEAMS, "hill", None, None)
    (found,) = (each for each in kinds(desk) if (each.area, each.kind) == ("Hill", lead))
    assert (found.provision, found.teams) == (Verdict.UNANSWERED, teams.words)
    assert "settled the clinical teams of 1 area, last on " in sufficiency.when_set(desk)
    assert provision.local_provision(desk).unanswered == 1
    rows = rule_table(provision.local_provision(desk)).rows
    assert rows[-1][:3] == ("Clinical teams of Hill", "4.5", "Trust 2026")
