"""What was made of facts is kept for these facts only, and never what sections decide."""

from dataclasses import replace
from functools import partial

from evidence.report.live_parts import live_content
from evidence.report.live_tokens import live_token
from evidence.report.once import MOST_KEPT, Once
from evidence.report.usual_sections import Section
from tests.report.made_facts import FACTS


def test_things_are_made_once_and_room_is_made() -> None:
    once = Once()
    made: list[int] = []

    def make(number: int) -> int:
        made.append(number)
        return number

    for number in [*range(MOST_KEPT), 0, MOST_KEPT, 0]:
        assert once.of(number, partial(make, number)) == number
    assert made == [*range(MOST_KEPT), MOST_KEPT, 0]


def test_other_facts_begin_anew_and_other_sections_keep_what_was_made() -> None:
    token = live_token("number")
    first = live_content(FACTS, token)
    assert live_content(FACTS, token) is first
    sections = FACTS.with_sections([Section(key="a", title="A", text="{{criteria}}")])
    assert live_content(sections, token) is first
    fewer = replace(FACTS, studies=FACTS.studies[:1])
    assert live_content(fewer, token) != first


def test_a_checklist_is_filled_anew_for_other_sections() -> None:
    token = live_token("checklist-prisma-2020")
    before = live_content(FACTS, token)
    sections = [Section(key="a", title="A", text="{{criteria}}")]
    assert live_content(FACTS.with_sections(sections), token) != before
