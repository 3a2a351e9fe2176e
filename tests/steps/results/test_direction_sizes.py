"""Arrows are sized by what is said of people: in the finding, of its arm, of the study."""

from evidence.steps.desk import Desk
from evidence.steps.results import directions, schemes_of_map
from evidence.steps.review import reviews
from evidence.store.area_versions import Area
from evidence.synthesis.direction_groups import DirectionGroups
from evidence.synthesis.direction_rules import DirectionRules
from evidence.synthesis.group_people import People, PeopleFrom
from tests.steps.coding.test_coding import study_id
from tests.steps.coding.test_desk_messages import Tab, tab
from tests.steps.coding.test_sent_once import said, state
from tests.steps.conftest import enter

__all__ = ["study_id", "tab"]


def groups(desk: Desk) -> DirectionGroups:
    found = directions.of_complete_codings(desk, schemes_of_map.unheard(desk))
    assert found is not None
    return directions.groups(found, "arms", rules=DirectionRules(people_question="people"))


def people(desk: Desk) -> People | None:
    return groups(desk).groups[0].studies[0].people


def code(tab: Tab) -> None:
    tab.say("stream", "choice", "", "outcome")
    tab.say("people", "value", "", "300")
    tab.send(said(tab, "arm", "arm0001", "", "IPS"))
    fields = {"intervention": "ips", "outcome": "hope", "contrast": "arms", "direction": "better"}
    for field, text in fields.items():
        tab.fill("finding1", field, "", text)


def complete(tab: Tab) -> None:
    assert tab.send(state(tab, "complete")).refused == {}


def test_a_number_comes_from_the_finding_else_from_its_arm_else_from_the_study(
    desk: Desk, tab: Tab
) -> None:
    code(tab)
    tab.send(said(tab, "arm", "arm0002", "", "Usual services"))
    complete(tab)
    assert people(desk) == People(number=300, source=PeopleFrom.STUDY)
    tab.send(state(tab, "draft"))
    tab.fill("finding1", "arm_intervention", "", "arm0001")
    tab.send(said(tab, "arm", "arm0001", "", "n = 52", "people"))
    complete(tab)
    assert people(desk) == People(number=52, source=PeopleFrom.ARM)
    tab.send(state(tab, "draft"))
    tab.fill("finding1", "numbers_kind", "", "means")
    tab.fill("finding1", "numbers.n1", "", "40")
    complete(tab)
    assert people(desk) == People(number=40, source=PeopleFrom.FINDING)


def test_a_colleague_who_counts_an_arm_changes_what_is_shown(
    desk: Desk, tab: Tab, bens_desk: Desk
) -> None:
    code(tab)
    tab.fill("finding1", "arm_intervention", "", "arm0001")
    complete(tab)
    before = reviews.versions(desk, Area.RESULTS)
    enter(bens_desk)
    ben = Tab(bens_desk, tab.study_id)
    ben.send(said(ben, "arm", "arm0001", "", "about 52", "people"))
    assert reviews.versions(desk, Area.RESULTS) != before
    assert "(“about 52”)" in groups(desk).sizes
