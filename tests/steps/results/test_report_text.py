"""People write one report together: nobody's words are lost, and what changed is known."""

from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.report.edited_sections import (
    EditedSection,
    SectionEdit,
    edited_sections,
    position_after,
)
from evidence.report.live_tokens import live_token
from evidence.report.usual_sections import Section, usual_sections
from evidence.steps.coding.desk_messages import Outcome
from evidence.steps.desk import Desk
from evidence.steps.results import report
from evidence.steps.results.reporting import report_text
from evidence.steps.results.reporting.report_parts import FilledParts
from tests.report.made_facts import FACTS
from tests.steps.conftest import enter

PARTS = FilledParts(facts=FACTS)
FEWER = FilledParts(facts=replace(FACTS, studies=FACTS.studies[:-1]))
_ids = count()


def send(desk: Desk, parts: FilledParts = PARTS, **act: Any) -> Outcome:
    """One act under a new id, unless it says one."""
    return report_text.apply(desk, [{"client_id": f"id-{next(_ids)}", **act}], lambda: parts)


def write(desk: Desk, text: str, parts: FilledParts = PARTS, **act: Any) -> Outcome:
    """Text of the section on the background."""
    asked = {"section": "background", "title": "Background", "before": [""], **act}
    return send(desk, parts, act="write", text=text, **asked)


def section(desk: Desk, key: str = "background") -> EditedSection:
    every = report_text.sections(desk, usual_sections(FACTS))
    return next(each for each in every if each.section.key == key)


def keys(desk: Desk) -> list[str]:
    return [each.key for each in report_text.standing(desk, FACTS)]


def mark(desk: Desk, key: str = "background") -> str:
    return section(desk, key).edit.mark


def test_what_somebody_wrote_stands_in_the_report_and_in_the_file(desk: Desk) -> None:
    assert write(desk, "Work matters. {{included-studies}}").accepted
    made = report.filled(desk)
    (background,) = (each for each in made.report.sections if each.key == "background")
    assert "Work matters." in repr(background.blocks)
    assert "included-studies" in made.report.live


def test_a_section_that_nobody_edited_follows_the_usual_one_and_an_edited_one_never(
    desk: Desk,
) -> None:
    write(desk, "Mine", section="studies", title="The studies", before=[""])
    other = replace(FACTS, dimensions=())
    texts = {each.key: each.text for each in report_text.standing(desk, other)}
    assert texts["studies"] == "Mine"
    assert texts["summary"] == usual_sections(other)[0].text != usual_sections(FACTS)[0].text


def test_the_usual_text_again_follows_the_usual_text_again(desk: Desk) -> None:
    write(desk, "Mine")
    write(desk, "", before=[mark(desk)])
    assert section(desk).edit.text is None
    assert mark(desk)  # whoever saw “Mine” has not seen this


def test_what_was_not_seen_is_not_written_over(desk: Desk, bens_desk: Desk) -> None:
    enter(bens_desk)
    write(desk, "Anna's", client_id="annas")
    outcome = write(bens_desk, "Ben's", client_id="bens")
    assert outcome.clashes["bens"].now == "annas"
    assert section(desk).section.text == "Anna's"
    assert write(bens_desk, "Both", before=["", "annas"]).accepted
    assert section(desk).section.text == "Both"
    assert [kept.edit.text for kept in report_text.history(desk, "background")] == [
        "Both",
        "Anna's",
    ]


def test_what_comes_twice_is_kept_once_also_after_others_wrote(desk: Desk, bens_desk: Desk) -> None:
    enter(bens_desk)
    for number in range(3):
        write(desk, "a" * number, client_id=f"a{number}", before=["", "a0", "a1"])
    write(bens_desk, "Ben's", before=["a2"], client_id="bens")
    outcome = write(desk, "a", client_id="a1", before=["", "a0"])
    assert outcome.accepted == ["a1"]
    assert section(desk).section.text == "Ben's"


def test_typing_is_one_row_until_somebody_else_writes(desk: Desk, bens_desk: Desk) -> None:
    enter(bens_desk)
    write(desk, "W")
    write(desk, "Wo", before=[mark(desk)])
    write(bens_desk, "Wo!", before=[mark(desk)])
    write(desk, "Work", before=[mark(desk)])
    rows = [(kept.person, kept.edit.text) for kept in report_text.history(desk, "background")]
    assert [text for _, text in rows] == ["Work", "Wo!", "Wo"]
    assert len({person for person, _ in rows}) == 2


def test_much_that_is_taken_away_while_typing_stays_in_the_history(desk: Desk) -> None:
    write(desk, "long " * 100)
    write(desk, "", before=[mark(desk)])
    write(desk, "other", before=[mark(desk)])
    texts = [kept.edit.text for kept in report_text.history(desk, "background")]
    assert texts == ["other", "long " * 100]


def test_after_some_time_typing_is_a_new_row(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    write(desk, "W")
    monkeypatch.setattr(report_text, "TYPING", timedelta())
    write(desk, "Wo", before=[mark(desk)])
    assert len(report_text.history(desk, "background")) == 2


def test_sections_are_added_moved_taken_out_and_brought_back(desk: Desk) -> None:
    send(desk, act="add", section="own-abcdef", title="Harms", text="Few.", after="flow")
    place = keys(desk).index("own-abcdef")
    assert keys(desk)[place - 1] == "flow"
    send(desk, act="move", section="own-abcdef", after="")
    assert keys(desk)[0] == "own-abcdef"
    refused = send(desk, act="remove", section="own-abcdef", before=[""])
    assert refused.clashes  # its text was not seen
    send(desk, act="remove", section="own-abcdef", before=[mark(desk, "own-abcdef")])
    assert "own-abcdef" not in keys(desk)
    send(desk, act="bring back", section="own-abcdef")
    assert keys(desk)[0] == "own-abcdef"


def test_a_section_that_was_moved_only_follows_the_usual_text(desk: Desk) -> None:
    send(desk, act="move", section="studies", after="")
    assert section(desk, "studies").edit.text is None
    assert keys(desk)[0] == "studies"


def test_who_writes_in_a_section_that_was_taken_out_brings_it_back(
    desk: Desk, bens_desk: Desk
) -> None:
    enter(bens_desk)
    send(desk, act="remove", section="background", before=[""])
    write(bens_desk, "Still needed")
    assert "background" in keys(desk)


def test_many_moves_to_the_same_place_find_room(desk: Desk) -> None:
    for number in range(60):
        moved = ("flow", "methods")[number % 2]
        assert send(desk, act="move", section=moved, after="summary").accepted
    assert keys(desk)[:2] == ["summary", "methods"]
    assert len(keys(desk)) == len(usual_sections(FACTS))


def test_a_change_of_a_live_part_is_known_until_somebody_saw_it(desk: Desk) -> None:
    write(desk, "{{included-studies}} {{nothing-such}}", FEWER)
    before = section(desk).edit.values
    assert before["included-studies"].text == "Three studies were included."
    write(desk, "More. {{included-studies}} {{number}}", before=[mark(desk)])
    now_kept = section(desk).edit.values
    assert now_kept["included-studies"] == before["included-studies"]  # typing on has not seen it
    assert now_kept["number"].text == "4"
    seen: dict[str, Any] = {"act": "seen", "section": "background", "part": "included-studies"}
    assert send(desk, **seen, digest=before["included-studies"].digest).refused
    now = PARTS.value(live_token("included-studies"))
    assert now is not None
    assert send(desk, **seen, digest=now.digest).accepted
    assert section(desk).edit.values["included-studies"] == now


def test_what_somebody_may_not_hear_fully_is_no_measure_for_others(desk: Desk) -> None:
    blind = FilledParts(facts=FEWER.facts, hears_all=False)
    write(desk, "{{number}}", blind)
    assert section(desk).edit.values == {}
    outcome = send(desk, blind, act="seen", section="background", part="number", digest="x")
    assert "hidden from you" in " ".join(outcome.refused.values())


def test_readers_are_refused(bens_desk: Desk) -> None:
    assert "team" in " ".join(write(bens_desk, "Mine").refused.values())


@pytest.mark.parametrize(
    ("act", "why"),
    [
        ({"act": "write", "section": "background", "title": "T", "text": "a" * 100_001}, "100,000"),
        ({"act": "write", "section": "background", "title": "T" * 301}, "300"),
        ({"act": "write", "section": "background", "title": " \n"}, "needs a title"),
        ({"act": "write", "section": "nowhere", "title": "T"}, "no section nowhere"),
        ({"act": "write", "section": "../x", "title": "T"}, "cannot be read"),
        ({"act": "write", "section": ["background"], "title": "T"}, "cannot be read"),
        ({"act": "write", "section": "background", "title": "T", "before": "x"}, "cannot be read"),
        ({"act": "write", "section": "background", "title": "T", "text": 3}, "cannot be read"),
        ({"act": ["write"], "section": "background"}, "cannot be read"),
        ({"act": "add", "section": "background", "title": "T"}, "already"),
        ({"act": "add", "section": "mine", "title": "T"}, "already"),
        ({"act": "bring back", "section": "background"}, "stands in the report"),
        ({"client_id": 3, "act": "write", "section": "background"}, "cannot be read"),
    ],
)
def test_what_cannot_be_is_refused_in_words(desk: Desk, act: dict[str, Any], why: str) -> None:
    (told,) = send(desk, **act).refused.values()
    assert why in told
    assert report_text.current(desk) == {}


def test_a_report_has_so_many_sections(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_text, "MOST_SECTIONS", len(usual_sections(FACTS)))
    (told,) = send(desk, act="add", section="own-abcdef", title="T").refused.values()
    assert "up to" in told


def test_characters_that_a_database_refuses_do_not_lose_a_text(desk: Desk) -> None:
    assert write(desk, "a\x00b\ud800 {{number}}").accepted
    assert section(desk).section.text == "ab? {{number}}"


@given(
    st.lists(st.floats(min_value=-50, max_value=50), min_size=1, max_size=8, unique=True),
    st.data(),
)
def test_a_moved_section_stands_right_after_the_other(places: list[float], drawn: Any) -> None:
    usual = [Section(key=f"s{n}", title="") for n in range(len(places))]
    edits = {f"s{n}": SectionEdit(key=f"s{n}", position=at) for n, at in enumerate(places)}
    order = edited_sections(usual, edits)
    names = [each.section.key for each in order]
    moved = drawn.draw(st.sampled_from(names))
    after = drawn.draw(st.sampled_from([*(name for name in names if name != moved), ""]))
    position = position_after(order, moved, after)
    if position is None:
        return
    edits[moved] = replace(edits[moved], position=position)
    now = [each.section.key for each in edited_sections(usual, edits)]
    expected = [name for name in names if name != moved]
    expected.insert(expected.index(after) + 1 if after else 0, moved)
    assert now == expected
