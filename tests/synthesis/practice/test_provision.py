"""What services report is compared with the suggestion, and what is left open is never 0."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from evidence.coding.answers import Answer
from evidence.coding.read_scheme import load
from evidence.errors import Invalid
from evidence.steps.practice.frameworks import FILE, shipped
from evidence.synthesis.practice.comparisons import (
    Met,
    compared_texts,
    not_asked,
    without_text,
)
from evidence.synthesis.practice.framework import (
    PRODUCTS,
    ROWS,
    Base,
    Counted,
    SuggestedLevel,
)
from evidence.synthesis.practice.provision import (
    SHARED_TEAMS,
    Provision,
    Verdict,
    agreement_provisions,
    element_provisions,
    party_provisions,
    population_of,
    product_provisions,
    provisions,
)
from evidence.synthesis.practice.read_framework import read_framework
from evidence.synthesis.practice.service import Service
from evidence.synthesis.practice.service_form import ServiceForm
from evidence.synthesis.practice.service_report import ServiceReport, by_area, newest_reports
from evidence.synthesis.practice.sufficiency import (
    USUAL,
    AreaBase,
    AreaNumber,
    SufficiencyRules,
    changes,
    rules_as_json,
    rules_from_json,
    usual_rule,
)
from tests.conftest import ROOT

FRAMEWORK = shipped()
IPS_25 = FRAMEWORK.caseloads[-1]
LEAD, SPECIALISTS, EMPLOYER, SUPPORTED, FORUM = (each.kind for each in FRAMEWORK.services)
SCHEME = load(
    (ROOT / "coding_schemes" / "vocational-services.yaml").read_text(encoding="utf-8"), "s.yaml"
)


MERGED = load(
    (ROOT / "coding_schemes" / "vocational-services.yaml")
    .read_text(encoding="utf-8")
    .replace("id: supported-work\n", "id: social-firm\n            replaces: [supported-work]\n")
    .replace("any_of: [supported-work]", "any_of: [social-firm]"),
    "m.yaml",
)


def a_form(
    service: str,
    *kinds: str,
    when: str = "",
    uid: str = "",
    note: str = "",
    is_complete: bool = True,
    **numbers: str,
) -> ServiceForm:
    """A form with numbers by the end of their question's id, and a note on the population."""
    answers = [Answer(question="service-kind", codes=kinds)]
    for name, value in numbers.items():
        is_population = name == "population"
        answers.append(
            Answer(question=f"service-{name}", value=value, note=note if is_population else "")
        )
    return ServiceForm(
        uid=uid or service,
        service=service,
        scheme_id=1,
        occasion=when,
        answers=tuple(answers),
        is_complete=is_complete,
    )


def newest(there: Mapping[str, Service], forms: Iterable[ServiceForm]) -> tuple[ServiceReport, ...]:
    """By the questions of the framework that comes with the program."""
    return newest_reports(there, forms, FRAMEWORK, {1: SCHEME})


def services(**areas: str) -> dict[str, Service]:
    return {name: Service(uid=name, name=name.title(), area=area) for name, area in areas.items()}


def of_kind(
    kind: str, *forms: ServiceForm, area: str = "Dale", rules: SufficiencyRules = USUAL
) -> Provision:
    there = services(**{form.service: area for form in forms})
    given = provisions(FRAMEWORK, by_area(newest(there, forms)), rules)
    return next(each for each in given if each.kind.kind == kind)


def test_the_framework_names_options_of_the_scheme_and_fills_five_by_six() -> None:
    assert len(FRAMEWORK.services) == 5
    assert all(list(each.rows) == list(ROWS) and len(ROWS) == 6 for each in FRAMEWORK.services)
    options = {option.id for question in SCHEME.questions for option in question.walk()}
    named = {
        *(each.kind for each in FRAMEWORK.services),
        *(answer for each in FRAMEWORK.elements for answer in each.answers),
        *(each.answer for each in FRAMEWORK.parties),
        *(answer for each in FRAMEWORK.comparisons for answer in each.answers),
    }
    assert named <= options
    assert FRAMEWORK.numbers_asked == {"service-meetings"}
    assert SCHEME.question("service-meetings") is not None
    assert without_text(FRAMEWORK) == ()
    assert [(each.version, int(each.most)) for each in FRAMEWORK.caseloads] == [
        ("2006", 25),
        ("IPS-15", 25),
        ("IPS-25", 20),
    ]
    assert len(FRAMEWORK.parties) == len(PRODUCTS) == 3


def test_a_framework_with_faults_is_refused_with_their_lines() -> None:
    text = (
        FILE.read_text("utf-8")
        .replace('least: "10"', "least: ten")
        .replace("per: area", "per: x", 1)
    )
    with pytest.raises(Invalid) as refused:
        read_framework(text, "mine.yaml")
    assert "“x” is not a value of “per”" in str(refused.value)
    assert "“least” should be a number above 0" in str(refused.value)
    assert all(line.startswith("mine.yaml:") for line in str(refused.value).splitlines())
    with pytest.raises(Invalid, match="is missing"):
        read_framework("title: Mine", "mine.yaml")


@pytest.mark.parametrize(
    ("places", "population", "verdict", "numbers", "why"),
    [
        ("5", "40000", Verdict.ENOUGH, "5 places for 40,000 adults: 12.5 per 100,000", ""),
        ("10", "100000", Verdict.ENOUGH, "10 places for 100,000 adults: 10 per 100,000", ""),
        ("9", "100000", Verdict.LESS, "9 places for 100,000 adults: 9 per 100,000", ""),
        ("0", "100000", Verdict.LESS, "0 places for 100,000 adults: 0 per 100,000", ""),
        ("16", "100000", Verdict.ENOUGH, "16 places for 100,000 adults: 16 per 100,000",
         "more than the 15 of the rule"),
        ("12", "", Verdict.UNKNOWN, "12 places", "population not given"),
        ("12", "0", Verdict.UNKNOWN, "12 places", "population not given"),
        ("", "100000", Verdict.UNKNOWN, "", "places not told by North"),
    ],
)  # fmt: skip
def test_places_are_counted_for_the_population(
    places: str, population: str, verdict: Verdict, numbers: str, why: str
) -> None:
    given = of_kind(SUPPORTED, a_form("north", SUPPORTED, places=places, population=population))
    assert (given.verdict, given.numbers, given.why) == (verdict, numbers, why)


def test_the_population_has_its_source_and_forms_that_differ_are_told() -> None:
    one = a_form("north", SUPPORTED, places="5", population="40000", note="Census 2021")
    same = a_form("south", FORUM, population="40000")
    assert of_kind(SUPPORTED, one, same).population == "40,000 (Census 2021)"
    other = a_form("south", FORUM, population="41000")
    given = of_kind(SUPPORTED, one, other)
    assert given.verdict is Verdict.UNKNOWN
    told = "forms differ on the population: 40,000 (Census 2021), 41,000 (no source noted)"
    assert given.why == told
    assert population_of(()).number is None


def test_posts_are_counted_for_teams() -> None:
    given = of_kind(SPECIALISTS, a_form("north", SPECIALISTS, specialists="3.5", teams="4"))
    assert given.verdict is Verdict.LESS
    assert given.numbers == "3.5 posts for 4 teams: 0.9 per team"
    full = of_kind(SPECIALISTS, a_form("north", SPECIALISTS, specialists="4", teams="4"))
    assert (full.verdict, full.numbers) == (Verdict.ENOUGH, "4 posts for 4 teams: 1 per team")
    without = of_kind(LEAD, a_form("north", LEAD, specialists="3"))
    assert (without.verdict, without.why) == (Verdict.UNKNOWN, "teams not given by North")
    none = of_kind(LEAD, a_form("north", LEAD, specialists="3", teams="0"))
    assert (none.verdict, none.why) == (Verdict.UNKNOWN, "no team served")
    both = of_kind(LEAD, a_form("north", LEAD, SPECIALISTS, specialists="3", teams="3"))
    assert (both.verdict, both.why) == (Verdict.UNKNOWN, "posts not told by North")


def test_teams_of_several_services_are_said_to_be_added_up() -> None:
    first = a_form("north", SPECIALISTS, specialists="3", teams="4")
    second = a_form("south", SPECIALISTS, specialists="2", teams="4")
    assert SHARED_TEAMS not in of_kind(SPECIALISTS, first).why
    given = of_kind(SPECIALISTS, first, second)
    assert (given.verdict, given.why) == (Verdict.LESS, SHARED_TEAMS)


def test_a_rounded_rate_never_hides_that_it_is_less() -> None:
    given = of_kind(SPECIALISTS, a_form("north", SPECIALISTS, specialists="99", teams="100"))
    assert given.verdict is Verdict.LESS
    assert given.numbers == "99 posts for 100 teams: 0.99 per team"


def test_a_part_that_is_missing_is_no_zero() -> None:
    silent = a_form("south", SUPPORTED)
    little = a_form("north", SUPPORTED, places="4", population="100000")
    given = of_kind(SUPPORTED, little, silent)
    assert (given.verdict, given.why) == (Verdict.UNKNOWN, "places not told by South")
    assert given.numbers == "at least 4 places for 100,000 adults: at least 4 per 100,000"
    much = a_form("north", SUPPORTED, places="11", population="100000")
    given = of_kind(SUPPORTED, much, silent)
    assert (given.verdict, given.why) == (Verdict.ENOUGH, "places not told by South")
    assert given.overlap == "2 services of this kind: North, South"


def test_what_no_form_names_is_a_gap_and_one_in_an_area_is_enough_for_it() -> None:
    forms = [a_form("north", FORUM), a_form("south", EMPLOYER, specialists="1")]
    assert of_kind(LEAD, *forms).verdict is Verdict.NONE
    assert of_kind(LEAD, *forms).is_gap
    assert of_kind(FORUM, *forms).numbers == "1 service in the area"
    assert of_kind(EMPLOYER, *forms).verdict is Verdict.ENOUGH
    assert not of_kind(FORUM, *forms).is_gap
    assert of_kind(FORUM, *forms).overlap == ""


def test_caseloads_are_held_against_the_version_that_was_chosen() -> None:
    form = a_form("north", SPECIALISTS, specialists="1", teams="1", caseload="22")
    usual = usual_rule(FRAMEWORK, SPECIALISTS)
    twenty = replace(usual, caseload=IPS_25.most, caseload_source="IPS-25")
    rules = [USUAL, USUAL.with_rule(twenty, usual)]
    told = [of_kind(SPECIALISTS, form, rules=each).caseloads for each in rules]
    assert told == ["North: 22, within 25", "North: 22, more than 20"]
    assert twenty.words == "1 post per team; caseload up to 20 (IPS-25)"


def test_the_review_settles_from_where_on_it_is_sufficient_and_for_how_many_people() -> None:
    usual = usual_rule(FRAMEWORK, SUPPORTED)
    assert "commissioning guidance" in usual.source
    level = SuggestedLevel(of=Counted.PLACES, per=Base.PEOPLE, least=Decimal(4))
    rule = replace(usual, level=level, source="Board of Dale, 2026")
    people = AreaNumber(area="dale ", number=Decimal(50000), source="Register 2026")
    rules = USUAL.with_rule(rule, usual).with_number(AreaBase.PEOPLE, "Dale", people)
    form = a_form("north", SUPPORTED, places="3", population="100000")
    assert of_kind(SUPPORTED, form).verdict is Verdict.LESS
    given = of_kind(SUPPORTED, form, rules=rules)
    assert (given.verdict, given.rule) == (Verdict.ENOUGH, rule)
    assert given.population == "50,000 (Register 2026; settled by the review)"
    assert given.numbers == "3 places for 50,000 adults: 6 per 100,000"
    assert rules_from_json(rules_as_json(rules)) == rules
    assert changes(FRAMEWORK, USUAL, rules) == [
        f"{given.kind.name}: 4 places per 100,000 (Board of Dale, 2026)",
        f"population of dale : {people.words}",
    ]
    assert rules.with_rule(usual, usual).with_number(AreaBase.PEOPLE, "DALE", None) == USUAL


def test_the_newest_complete_form_of_a_service_counts() -> None:
    old = a_form("north", FORUM, when="2025-Q4", uid="a")
    new = a_form("north", LEAD, when="2026-03-01", uid="b")
    later_without_a_day = a_form("north", SUPPORTED, uid="c")
    draft = a_form("north", SUPPORTED, when="2026-09-01", uid="d", is_complete=False)
    there = services(north="Dale")
    forms = [new, old, later_without_a_day, draft]
    assert [each.form.uid for each in newest(there, forms)] == ["b"]
    again = a_form("north", FORUM, when="2026-03-01", uid="e")
    assert [each.form.uid for each in newest(there, [*forms, again])] == ["e"]
    assert newest({}, forms) == ()
    assert newest(there, [a_form("north")]) == ()


def test_a_service_that_is_renamed_keeps_its_report_and_areas_ignore_capitals() -> None:
    forms = [a_form("north", FORUM), a_form("south", FORUM, area="dale")]
    there = services(north="Dale", south="")
    there["north"] = Service(uid="north", name="New *name*", area="Dale")
    given = provisions(FRAMEWORK, by_area(newest(there, forms)), USUAL)
    assert {each.area for each in given} == {"Dale"}
    forums = next(each for each in given if each.kind.kind == FORUM)
    assert forums.services == ("New *name*", "South")


def test_elements_and_parties_name_who_reports_them() -> None:
    form = a_form("north", FORUM)
    answers = (
        *form.answers,
        Answer(question="service-stages", codes=("stage-staying",)),
        Answer(question="service-parties", codes=("supports-employer",)),
    )
    whole = ServiceForm(uid="x", service="north", scheme_id=1, answers=answers, is_complete=True)
    reports = newest(services(north="Dale"), [whole])
    elements = {e.element: e.services for e in element_provisions(FRAMEWORK, by_area(reports))}
    assert elements["Help during work"] == ("North",)
    assert elements["Occupational health"] == ()
    parties = {e.element: e.services for e in party_provisions(FRAMEWORK, by_area(reports))}
    assert list(parties.values()) == [(), (), ("North",)]


def test_agreements_and_products_are_missing_only_where_the_question_was_answered() -> None:
    form = a_form("north", FORUM)
    answers = (
        *form.answers,
        Answer(question="service-offers-employer", codes=("employer-support",)),
        Answer(question="service-agreements", codes=("agreed-nothing",)),
    )
    whole = ServiceForm(uid="x", service="north", scheme_id=1, answers=answers, is_complete=True)
    areas = by_area(newest(services(north="Dale"), [whole]))
    agreed = agreement_provisions(FRAMEWORK, areas)
    assert [e.element for e in agreed] == list(FRAMEWORK.agreements)
    assert {e.verdict for e in agreed} == {Verdict.NONE}
    offered = {e.element: e.verdict for e in product_provisions(FRAMEWORK, areas)}
    assert len(offered) == 9
    assert offered["The employer: support"] is Verdict.ENOUGH
    assert offered["The employer: learning"] is Verdict.NONE
    assert offered["The person: learning"] is Verdict.UNANSWERED
    before = by_area(newest(services(north="Dale"), [form]))
    assert {e.verdict for e in agreement_provisions(FRAMEWORK, before)} == {Verdict.UNANSWERED}


def test_numbers_that_are_none_are_not_given() -> None:
    (report,) = newest(services(n="D"), [a_form("n", FORUM, places="many", teams="-1")])
    assert report.amount("service-places") is None
    assert report.amount("service-teams") is None
    (report,) = newest(services(n="D"), [a_form("n", FORUM, places="0")])
    assert report.amount("service-places") == Decimal(0)


@pytest.mark.parametrize("code", ["supported-work", "social-firm"])
@pytest.mark.parametrize("named", ["supported-work", "social-firm"])
def test_an_option_that_was_merged_makes_no_gap(code: str, named: str) -> None:
    firm = replace(FRAMEWORK.services[3], kind=named)
    element = replace(FRAMEWORK.elements[0], answers=(named,))
    framework = replace(FRAMEWORK, services=(firm,), elements=(element,))
    form = a_form("north", code, places="12", population="100000")
    areas = by_area(newest_reports(services(north="Dale"), [form], framework, {1: MERGED}))
    (given,) = provisions(framework, areas, USUAL)
    assert (given.verdict, given.services) == (Verdict.ENOUGH, ("North",))
    assert [each.services for each in element_provisions(framework, areas)] == [("North",)]


def test_where_nobody_answered_nothing_is_called_missing() -> None:
    there = services(north="Dale", south="Dale", west="Vale")
    reports = newest(there, [a_form("north", FORUM), a_form("west", FORUM, is_complete=False)])
    silent = [there["south"], there["west"], Service(uid="x", name="Nowhere")]
    hill = AreaNumber(area="Hill", number=Decimal(900), source="Register")
    rules = USUAL.with_number(AreaBase.PEOPLE, "Hill", hill)
    areas = by_area(reports, silent, rules.areas)
    told = {
        (each.area, each.kind.kind): (each.verdict, each.why, each.reported)
        for each in provisions(FRAMEWORK, areas, rules)
    }
    assert list(dict.fromkeys(area for area, _ in told)) == ["Dale", "Hill", "Vale"]
    assert told["Dale", LEAD] == (Verdict.NONE, "no complete form of South", "none")
    assert told["Vale", LEAD] == (Verdict.UNANSWERED, "no complete form of West", "no answer")
    why = "no service of this area is listed, so none was asked"
    assert told["Hill", LEAD] == (Verdict.UNANSWERED, why, "no answer")
    verdicts = {
        each.verdict for each in element_provisions(FRAMEWORK, areas) if each.area != "Dale"
    }
    assert verdicts == {Verdict.UNANSWERED}


def test_teams_that_the_review_settled_count_before_those_of_forms() -> None:
    teams = AreaNumber(of=AreaBase.TEAMS, area="DALE", number=Decimal(5), source="Trust 2026")
    rules = USUAL.with_number(AreaBase.TEAMS, "Dale", teams)
    forms = [a_form("north", SPECIALISTS, specialists="3", teams="2"),
             a_form("south", SPECIALISTS, specialists="2")]  # fmt: skip
    assert of_kind(SPECIALISTS, *forms).verdict is Verdict.UNKNOWN
    given = of_kind(SPECIALISTS, *forms, rules=rules)
    assert (given.verdict, given.why) == (Verdict.ENOUGH, "")
    assert given.numbers == "5 posts for 5 teams: 1 per team"
    assert given.teams == "5 (Trust 2026; settled by the review)"
    assert of_kind(FORUM, a_form("north", FORUM), rules=rules).teams == ""
    assert rules_from_json(rules_as_json(rules)) == rules
    assert changes(FRAMEWORK, USUAL, rules) == [f"clinical teams of DALE: {teams.words}"]
    assert rules.number_of(AreaBase.PEOPLE, "Dale") is None
    assert rules.with_number(AreaBase.TEAMS, "dale", None) == USUAL


def test_an_empty_area_hides_no_other_one() -> None:
    older = replace(a_form("north", FORUM, when="2025-01-01", uid="a", area="Old Dale"))
    newer = a_form("north", FORUM, when="2026-01-01", uid="b", area=" ")
    (report,) = newest(services(north=""), [older, newer])
    assert (report.form.uid, report.area) == ("b", "Old Dale")


def test_links_meetings_and_signs_are_held_against_the_framework() -> None:
    quarterly, links = "Meets every quarter or more often", "Jobcentre Plus"

    def linked(form: ServiceForm, *codes: str) -> ServiceForm:
        more = Answer(question="service-links", codes=codes)
        return replace(form, answers=(*form.answers, more))

    forms = [
        a_form("east", FORUM, meetings="4"),
        a_form("north", FORUM, meetings="3"),
        a_form("south", FORUM),
        a_form("west", SPECIALISTS),
        linked(a_form("north", SPECIALISTS, uid="n2", when="2026-01-01"), "link-colleges"),
    ]
    areas = {"east": "Ham", "north": "Dale", "south": "Vale", "west": "Vale"}
    there = by_area(newest(services(**areas), forms[:4]))
    told = {
        (e.area, e.kind.kind, e.text): (e.verdict, e.said) for e in compared_texts(FRAMEWORK, there)
    }
    assert told["Ham", FORUM, quarterly][0] is Met.MET
    assert told["Dale", FORUM, quarterly] == (
        Met.NOT_MET, {Met.MET: (), Met.NOT_MET: ("North",), Met.NOT_SAID: ()},
    )  # fmt: skip
    assert told["Vale", FORUM, quarterly][0] is Met.NOT_SAID
    assert told["Vale", SPECIALISTS, links][0] is Met.NOT_SAID
    assert ("Ham", SPECIALISTS, links) not in told  # that there is none is said elsewhere
    elsewhere = by_area(newest(services(**areas), [forms[4]]))
    (link,) = (e for e in compared_texts(FRAMEWORK, elsewhere) if e.text == links)
    assert (link.verdict, link.row) == (Met.NOT_MET, "linkages")
    specialists = FRAMEWORK.services[1].name
    open_texts = {(kind, row): texts for kind, row, texts in not_asked(FRAMEWORK)}
    assert "Connexions" in open_texts[specialists, "linkages"]
    assert links not in open_texts[specialists, "linkages"]
    assert (specialists, "indicators") not in open_texts
