"""Statements are written, flagged, seen and taken away on their page, and nothing typed is lost."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, select, update

from evidence.steps.coding import studies
from evidence.steps.desk import Desk
from evidence.steps.results import review_findings
from evidence.steps.results.concluding import conclusions, strength_rules
from evidence.steps.results.concluding.conclusions import new_uid
from evidence.steps.review import team
from evidence.store import Role, schema
from evidence.synthesis.conclusions.conclusion import (
    POLICY,
    RESEARCH,
    Conclusion,
    Support,
    SupportKind,
)
from tests.pages.conftest import Open, texts
from tests.pages.test_pages import area, button


@pytest.fixture(autouse=True)
def _empty_ledger(example_app: Open, desk: Desk) -> None:
    """Without the recommendations of the example."""
    with desk.store.writing_outside() as c:
        c.execute(delete(schema.conclusion_support))
        c.execute(delete(schema.conclusion))


def said(desk: Desk, *supports: Support, text: str = "Offer <b>*support*</b>.") -> Conclusion:
    made = Conclusion(uid=new_uid(), text=text, supports=supports)
    conclusions.add(desk, made)
    return made


def test_a_statement_is_written_supported_flagged_and_seen(example_app: Open, desk: Desk) -> None:
    at = example_app("conclusions", name="Example reader")
    assert not at.exception
    assert "No statement is written yet" in texts(at)
    area(at, "A new statement").set_value("Offer <b>*support*</b>.")
    at = button(at, "Add")
    assert not at.error
    (line,) = conclusions.ledger(desk)
    assert "It is not said yet on what it rests." in texts(at)
    assert "nothing that stands" not in texts(at)
    key = f"conclusion-{desk.review_id}-{line.conclusion.uid}-0"
    study = studies.listing(desk)[0]
    at.multiselect(key=f"{key}-study").set_value([f'["{study.id}"]'])
    at.text_area(key=f"{key}-practice").set_value("A survey of 12 teams\n\n")
    at.selectbox(key=f"{key}-strength").set_value("strong")
    at = button(at, "Keep")
    assert "Say why it has this strength" in at.error[0].value
    assert at.text_area(key=f"{key}-practice").value == "A survey of 12 teams\n\n"
    at.text_input(key=f"{key}-why").set_value("large effects")
    at = button(at, "Keep")
    assert not at.error
    (line,) = conclusions.ledger(desk)
    assert line.studies == (study.id,)
    assert list(line.supports.values()) == [study.label, "A survey of 12 teams"]
    assert "nothing to look at" in texts(at)
    at = button(at, "Take this statement away")
    assert conclusions.ledger(desk) == ()
    at = button(at, "Bring back")
    assert conclusions.ledger(desk)[0].conclusion == line.conclusion


def test_an_audience_is_chosen_or_named_in_a_field_of_its_own(
    example_app: Open, desk: Desk
) -> None:
    at = example_app("conclusions", name="Example reader")
    for other, expected in (
        ("", POLICY),
        (" Funders ", "Funders"),
        ("policy and PRACTICE", POLICY),
        ("FUNDERS", "Funders"),
    ):
        area(at, "A new statement").set_value(f"For {expected}, {other}.")
        field = next(each for each in at.text_input if "conclusion-new" in (each.key or ""))
        field.set_value(other)
        at = button(at, "Add")
        assert not at.exception
    audiences = [each.conclusion.audience for each in conclusions.ledger(desk)]
    assert sorted(audiences) == sorted([POLICY, "Funders", POLICY, "Funders"])
    choice = next(each for each in at.selectbox if each.label == "For whom")
    assert choice.options == [POLICY, RESEARCH, "Funders"]


def test_what_changed_below_is_told_until_it_is_seen(example_app: Open, desk: Desk) -> None:
    uid = review_findings.add(desk, "People value support.")
    said(desk, Support(kind=SupportKind.FINDING, ids=(uid,)))
    review_findings.remove(desk, review_findings.current(desk)[uid].finding)
    at = example_app("conclusions", name="Example reader")
    assert "is not there any more" in texts(at)
    at = button(at, "I have seen this change")
    assert not at.error
    (line,) = conclusions.ledger(desk)
    assert not line.changes
    assert conclusions.history(desk)[0].seen


def test_words_of_a_colleague_are_shown_and_ones_own_stay(example_app: Open, desk: Desk) -> None:
    before = said(desk)
    at = example_app("conclusions", name="Example reader")
    conclusions.change(desk, replace(before, text="A colleague's words."), before)
    key = f"conclusion-{desk.review_id}-{before.uid}"
    at.text_area(key=f"{key}-0-text").set_value("My words.")
    at = button(at, "Keep")
    assert "meanwhile" in at.error[0].value
    assert "A colleague's words." in texts(at)
    assert at.text_area(key=f"{key}-0-text").value == "My words."
    at = button(at, "Begin with what stands now")
    assert at.text_area(key=f"{key}-1-text").value == "A colleague's words."


def test_the_rule_of_strength_is_printed_and_changed(example_app: Open, desk: Desk) -> None:
    at = example_app("conclusions", name="Example reader")
    assert "Strength (strong, moderate, tentative) is given by people" in texts(at)
    at.session_state["strength-rule"] = True
    at.run()
    area(at, "Levels, the strongest first, one per line").set_value("sure: high\nunsure")
    at = button(at, "Keep the rule")
    assert not at.error
    assert strength_rules.current(desk).names == ("sure", "unsure")


def test_readers_see_statements_and_no_forms(example_app: Open, desk: Desk) -> None:
    said(desk)
    team.add(desk, "A reader")
    with desk.store.writing_outside() as c:
        theirs = select(schema.person.c.id).where(schema.person.c.name == "A reader")
        c.execute(
            update(schema.member)
            .where(schema.member.c.person_id.in_(theirs))
            .values(role=Role.READER.name.lower())
        )
    at = example_app("conclusions", name="A reader")
    assert "Editors of the review write" in texts(at)
    assert not [each for each in at.button if each.label in {"Add", "Keep"}]
