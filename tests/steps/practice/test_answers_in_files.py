"""Answers of services come in from files row by row, leave again, and come back the same."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from evidence.coding.answers import Answer
from evidence.coding.read_scheme import load
from evidence.errors import Invalid, NotAllowed
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import answers_in_files, service_forms, services
from evidence.steps.practice.answers_in_files import BroughtForms
from evidence.synthesis.practice import form_table
from evidence.synthesis.practice.answer_file import read_answer_file
from evidence.synthesis.practice.service import Service
from evidence.synthesis.practice.service_form import ServiceForm

SCHEME = """\
id: invented-survey
title: Invented survey
version: "1"
purpose: practice
judges: practice
sections:
  - title: All
    questions:
      - id: kind
        text: What is it?
        short: Kind
        kind: many of
        required: yes
        options:
          - {id: club, label: "Club; or house"}
          - {id: shop, label: Shop}
      - id: open
        text: Is it open to all?
        kind: yes/no
      - id: places
        text: How many places?
        short: Places
        kind: number
        minimum: 0
      - id: words
        text: What is it like?
        short: Area
        kind: text
"""
FILE = (
    "Name;Where;Kind;Is it open to all?;places;Remark\r\n"
    "North club;North;Shop;Yes;12;x\r\n"
    ";South;Shop;;;\r\n"
    'South house;South;"Club; or house";maybe;-3;\r\n'
).encode("cp1252")
MAPPING = {"Name": form_table.SERVICE, "Where": form_table.AREA}


@pytest.fixture
def scheme_id(desk: Desk) -> int:
    return schemes.add(desk, SCHEME, "survey.yaml")


def test_a_file_comes_in_row_by_row_and_faults_are_named(desk: Desk, scheme_id: int) -> None:
    file = read_answer_file(FILE, "answers.csv")
    mapping = form_table.usual_mapping(schemes.get(desk, scheme_id).scheme, file.columns)
    assert mapping["Kind"] == "Kind"
    assert mapping["Remark"] == form_table.LEAVE_OUT
    found = answers_in_files.read(desk, scheme_id, file, mapping | MAPPING)
    assert [row.line for row in found.rows] == [2, 4]
    assert found.unread == ("Remark",)
    assert found.faults[0] == "Line 3: no service is named, so the row is left out."
    assert "“maybe” is none of the options" in found.faults[1]
    assert "The options are: Yes; No" in found.faults[1]
    assert "-3 under “How many places?” is below 0" in found.faults[2]
    brought = answers_in_files.bring_in(desk, found.rows, are_complete=True)
    assert (brought.forms, brought.services, brought.known) == (2, 2, 0)
    assert answers_in_files.bring_in(desk, found.rows, are_complete=True).known == 2
    forms = list(service_forms.listing(desk, scheme_id).values())
    assert [form.answer("kind").codes for form in forms] == [("shop",), ("club",)]
    assert all(form.is_complete for form in forms)


def test_a_fault_names_the_column_as_the_file_does(desk: Desk, scheme_id: int) -> None:
    file = read_answer_file(b"Service,Type\nNorth,160\nSouth,40\n", "a.csv")
    mapping = {"Service": form_table.SERVICE, "Type": "Kind"}
    first, second = answers_in_files.read(desk, scheme_id, file, mapping).faults
    assert first == (
        "Line 2, column “Type” (Kind): “160” is none of the options; the rest of the row is read. "
        "The options are: Club; or house; Shop."
    )
    assert second.endswith("the rest of the row is read.")  # options are listed once
    words = form_table.heads_in_words(schemes.get(desk, scheme_id).scheme)
    assert words["Area (words)"] == "Area: What is it like?"
    assert words["Kind"] == "Kind"


def test_a_file_that_came_in_as_drafts_completes_them(desk: Desk, scheme_id: int) -> None:
    file = read_answer_file(b"Service,Kind,Places\nNorth,Shop,1\nSouth,Shop,2\nEast,,3\n", "a.csv")
    mapping = {"Service": form_table.SERVICE, "Kind": "Kind", "Places": "Places"}
    rows = answers_in_files.read(desk, scheme_id, file, mapping).rows
    for are_complete, wanted in (
        (False, BroughtForms(forms=3, services=3, known=0, drafts=3)),
        (False, BroughtForms(forms=0, services=0, known=3)),
        (True, BroughtForms(forms=0, services=0, known=1, completed=2)),
        (True, BroughtForms(forms=0, services=0, known=3)),
        (False, BroughtForms(forms=0, services=0, known=3)),
    ):
        assert answers_in_files.outlook(desk, rows, are_complete=are_complete) == wanted
        assert answers_in_files.bring_in(desk, rows, are_complete=are_complete) == wanted
    forms = service_forms.listing(desk, scheme_id).values()
    assert [form.is_complete for form in forms] == [True, True, False]


def test_what_leaves_comes_back_the_same(desk: Desk, scheme_id: int) -> None:
    service = Service(uid=services.new_uid(), name="=North", area="North", provider="Trust")
    services.add(desk, service)
    answers = (
        Answer(question="kind", codes=("club", "shop"), note="-a note\nof two lines"),
        Answer(question="open", codes=("no",)),
        Answer(question="words", value="@home, “quiet”"),
    )
    form = ServiceForm(
        uid=services.new_uid(), service=service.uid, scheme_id=scheme_id, occasion="2026-Q3",
        filled_by="Bea", answers=answers,
    )  # fmt: skip
    kept = service_forms.save(desk, form)
    file = read_answer_file(answers_in_files.as_csv(desk, scheme_id), "out.csv")
    mapping = form_table.usual_mapping(schemes.get(desk, scheme_id).scheme, file.columns)
    (row,) = answers_in_files.read(desk, scheme_id, file, mapping).rows
    assert row.form.answers == kept.answers
    assert (row.service.name, row.form.occasion, row.form.filled_by) == ("=North", "2026-Q3", "Bea")
    assert answers_in_files.bring_in(desk, (row,), are_complete=False).known == 1


def test_a_workbook_is_read_as_a_csv_is(desk: Desk, scheme_id: int) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Service", "Places", "Places"])
    book.active.append(["North", 12, None])
    packed = io.BytesIO()
    book.save(packed)
    file = read_answer_file(packed.getvalue(), "answers.xlsx")
    assert file.columns == ("Service", "Places", "Places (3)")
    mapping = form_table.usual_mapping(schemes.get(desk, scheme_id).scheme, file.columns)
    (row,) = answers_in_files.read(desk, scheme_id, file, mapping).rows
    assert row.form.answer("places").value == "12"


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 50, b"PK\x03\x04 cut"])
def test_what_is_no_table_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(Invalid, match=r"file\.csv"):
        read_answer_file(data, "file.csv")


def test_a_looker_on_brings_nothing_in(desk: Desk, bens_desk: Desk, scheme_id: int) -> None:
    file = read_answer_file(b"Service,Places\nNorth,1\n", "a.csv")
    mapping = {"Service": form_table.SERVICE, "Places": "Places"}
    rows = answers_in_files.read(desk, scheme_id, file, mapping).rows
    with pytest.raises(NotAllowed):
        answers_in_files.bring_in(bens_desk, rows, are_complete=False)
    assert not services.listing(desk)


def test_a_file_that_two_bring_in_at_one_moment_is_there_once(
    desk: Desk, scheme_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = read_answer_file("Service,Places\n\u202eNorth,1\n".encode(), "a.csv")
    mapping = {"Service": form_table.SERVICE, "Places": "Places"}
    rows = answers_in_files.read(desk, scheme_id, file, mapping).rows
    assert answers_in_files.bring_in(desk, rows, are_complete=True).services == 1
    with monkeypatch.context() as patch:
        patch.setattr(service_forms, "listing", lambda *_: {})  # as the second one saw it
        brought = answers_in_files.bring_in(desk, rows, are_complete=True)
    assert (brought.forms, brought.services, brought.known) == (0, 0, 1)
    assert len(service_forms.listing(desk, scheme_id)) == 1


@given(
    st.lists(st.sampled_from(["club", "shop"]), unique=True),
    st.sampled_from(["", "yes", "no"]),
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20).map(str.strip),
)
def test_every_form_comes_back(codes: list[str], answer: str, words: str) -> None:
    scheme = load(SCHEME, "survey.yaml")
    service = Service(uid="0" * 16, name="North")
    said = [Answer(question="kind", codes=tuple(codes), note=words)]
    said += [Answer(question="open", codes=(answer,) if answer else ())]
    said += [Answer(question="words", value=words)]
    form = ServiceForm(
        uid="1" * 16, service=service.uid, scheme_id=1,
        answers=tuple(each for each in said if each.is_answered or each.note),
    )  # fmt: skip
    (cells,) = form_table.rows(scheme, [form], {service.uid: service})
    named = dict(zip(form_table.heads(scheme), cells, strict=True))
    found = form_table.read_forms(scheme, 1, [(2, named)], {head: head for head in named})
    assert found.rows[0].form.answers == form.answers
    assert not found.faults
