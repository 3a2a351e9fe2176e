"""What services write stands under themes beside studies, apart from them in every number."""

from dataclasses import replace
from pathlib import Path

import pytest

from evidence.coding.answers import Answer
from evidence.report.live_content import ReportList, ReportTable
from evidence.report.live_parts import live_content
from evidence.report.live_tokens import live_token
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import service_forms, services
from evidence.steps.results.report_facts import facts
from evidence.steps.results.theming import theme_table, themes
from evidence.steps.results.theming.themes import ThemeBoard
from evidence.steps.review import archive
from evidence.synthesis.practice.service import Service
from evidence.synthesis.practice.service_form import ServiceForm
from evidence.synthesis.themes.theme_tree import Theme, ThemeLevel
from tests.steps.practice.assessed import a_service

SCHEME = """
id: asks-services
title: Questions to services
version: "1"
purpose: practice
judges: practice
sections:
  - title: All
    questions:
      - {id: peers, text: How do peers help?, short: Peers, kind: text}
      - {id: benefits, text: Is advice given?, short: Advice, kind: yes/no}
      - {id: places, text: How many places?, kind: number}
"""
PAY = Theme(uid="0123456789abcdef", level=ThemeLevel.CODE, name="Pay")


@pytest.fixture
def scheme_id(desk: Desk) -> int:
    themes.add(desk, PAY)
    return schemes.add(desk, SCHEME, "asks.yaml")


@pytest.fixture
def north(desk: Desk, scheme_id: int) -> Service:
    return a_service(desk, "North", "Dale")


def answered(
    desk: Desk, scheme_id: int, service: Service, day: str, words: str, note: str = ""
) -> ServiceForm:
    form = ServiceForm(
        uid=services.new_uid(),
        service=service.uid,
        scheme_id=scheme_id,
        occasion=day,
        filled_by="Anna Planted",
        answers=(
            Answer(question="peers", value=words),
            Answer(question="benefits", codes=("yes",), note=note),
            Answer(question="places", value="3"),
        ),
        is_complete=True,
    )
    return service_forms.save(desk, form)


def place_all(desk: Desk) -> None:
    themes.place(desk, PAY.uid, list(themes.board(desk).pieces))


def told(board: ThemeBoard) -> list[tuple[str, str, str]]:
    return [(p.said_by, p.words(99), p.became) for p in board.tree.pieces.get(PAY.uid, ())]


def test_answers_in_words_and_notes_of_complete_forms_are_pieces(
    desk: Desk, scheme_id: int, north: Service
) -> None:
    form = answered(desk, scheme_id, north, "2026-03-01", "Weekly <b>lunch</b>", "By phone")
    place_all(desk)
    assert told(themes.board(desk)) == [
        ("North, form 2026-03-01", "Peers: “Weekly <b>lunch</b>”", ""),
        ("North, form 2026-03-01", "Advice: By phone", ""),
    ]
    tree = themes.board(desk).tree
    assert (tree.studies(PAY.uid), tree.services(PAY.uid)) == ((), (north.uid,))
    draft = service_forms.save(desk, replace(form, is_complete=False), form)
    board = themes.board(desk)
    assert (told(board), [lost.why for _, lost in board.lost]) == (
        [],
        ["the form is a draft again"] * 2,
    )
    service_forms.save(desk, form, draft)
    assert len(told(themes.board(desk))) == 2
    services.change(desk, replace(north, name="Renamed"), north)
    assert told(themes.board(desk))[0][0] == "Renamed, form 2026-03-01"


def test_changed_words_say_what_they_were_until_somebody_saw_it(
    desk: Desk, scheme_id: int, north: Service
) -> None:
    form = answered(desk, scheme_id, north, "", "Lunch")
    place_all(desk)
    changed = replace(form, answers=(Answer(question="peers", value="Dinner"), *form.answers[1:]))
    service_forms.save(desk, changed, form)
    ((by, words, became),) = told(themes.board(desk))
    assert by.startswith("North, form kept 20")
    assert (words, became) == ("Peers: “Dinner”", "changed since it was placed; it said “Lunch”")
    themes.place(desk, PAY.uid, themes.board(desk).changed[PAY.uid])
    assert told(themes.board(desk))[0][2] == ""
    last = themes.board(desk).last
    assert last
    themes.undo(desk, last.number)
    assert told(themes.board(desk))[0][2] == became


def test_a_later_form_leaves_what_was_placed_and_says_what_it_says_instead(
    desk: Desk, scheme_id: int, north: Service
) -> None:
    first = answered(desk, scheme_id, north, "2026-03-01", "Lunch", "By phone")
    place_all(desk)
    answered(desk, scheme_id, north, "2026-09-01", "Dinner")
    assert [became for _, _, became in told(themes.board(desk))] == [
        "a later form (2026-09-01) says “Dinner”", "a later form (2026-09-01) says nothing there",
    ]  # fmt: skip
    place_all(desk)
    assert len(told(themes.board(desk))) == 3
    assert themes.board(desk).tree.services(PAY.uid) == (north.uid,)
    service_forms.remove(desk, first)
    board = themes.board(desk)
    assert [lost.text for _, lost in board.lost] == ["Lunch", "By phone"]
    assert {lost.why for _, lost in board.lost} == {"the form was taken away"}
    services.remove(desk, north)
    assert {lost.why for _, lost in themes.board(desk).lost} == {"the service was taken away"}
    service_forms.bring_back(desk, first.uid)
    services.bring_back(desk, north.uid)
    assert (len(told(themes.board(desk))), themes.board(desk).lost) == (3, ())


def test_an_archive_has_what_services_say_under_themes(
    desk: Desk, scheme_id: int, north: Service, tmp_path: Path
) -> None:
    first = answered(desk, scheme_id, north, "2026-03-01", "Lunch")
    place_all(desk)
    service_forms.save(
        desk, replace(first, answers=(Answer(question="peers", value="Tea"),)), first
    )
    path = tmp_path / "review.zip"
    archive.save(desk, path, on_the_machine=True)
    taken = archive.take_in(desk.store, path)
    copy = replace(desk, review_id=taken.review_id)
    assert told(themes.board(copy)) == told(themes.board(desk))
    assert told(themes.board(copy))[0][2] == "changed since it was placed; it said “Lunch”"


def test_the_report_joins_both_and_leads_to_the_service(
    desk: Desk, scheme_id: int, north: Service
) -> None:
    answered(desk, scheme_id, north, "2026-03-01", "=Lunch")
    place_all(desk)
    known = facts(desk)
    joined = live_content(known, live_token("themes-joined"))
    listed = live_content(known, live_token("services"))
    said = live_content(known, live_token("theme-services"))
    assert isinstance(joined, ReportTable)
    assert isinstance(listed, ReportTable)
    assert isinstance(said, ReportList)
    head, words = joined.rows
    assert head.cells == ("Pay", "0 studies", "", "1 service", "")
    assert words.cells == ("", "", "", "Peers: “=Lunch”", "North, form 2026-03-01")
    (row,) = listed.rows
    assert row.cells == ("North", "Dale", "–", "Questions to services (2026-03-01)")
    assert words.leads == {4: row.anchor}
    assert said.lines[0].text == "Pay: Peers: “=Lunch” (North, form 2026-03-01)"
    table = live_content(known, live_token("themes"))
    assert isinstance(table, ReportTable)
    assert dict(zip(table.head, table.rows[0].cells, strict=True))["Services"] == "1"
    assert "Planted" not in repr((joined, listed, said, table))
    csv = theme_table.as_csv(desk).decode()
    assert "practice" in csv
    assert ",=Lunch" not in csv
