"""Decisions in the exports of other tools are found, with the words of each tool."""

import time

import pytest

from evidence.citations import formats
from evidence.screening.external_decisions import (
    ExternalDecision,
    Tool,
    decisions_in,
    labels_in,
)
from evidence.screening.verdicts import Stage, Verdict
from tests.conftest import SHARED

RAYYAN = """TY  - JOUR
TI  - Gardens and work
N1  - RAYYAN-INCLUSION: {"Eva"=>"Excluded", "Ken, M."=>"Included"} | RAYYAN-LABELS: pilot | \
RAYYAN-EXCLUSION-REASONS: wrong population,not work | USER-NOTES: {"Eva"=>["too young"]}
ER  -
"""


def in_text(text: str) -> list[ExternalDecision]:
    (record,) = formats.read_text(text, "f").records
    return decisions_in(record)


def test_rayyan_names_its_people_their_verdicts_reasons_and_notes() -> None:
    eva, ken = in_text(RAYYAN)
    assert (eva.person, eva.verdict, eva.note) == ("Eva", Verdict.EXCLUDE, "too young")
    assert eva.reasons == ("wrong population", "not work")
    assert (ken.person, ken.verdict, ken.reasons) == ("Ken, M.", Verdict.INCLUDE, ())
    assert {eva.tool, ken.tool} == {Tool.RAYYAN}
    assert eva.stage is None


def test_a_rayyan_table_says_the_same() -> None:
    table = (
        "key,title,year,notes\n"
        'rayyan-1,Gardens and work,2001,"RAYYAN-INCLUSION: {""Eva""=>""Maybe""}"\n'
    )
    (eva,) = in_text(table)
    assert (eva.person, eva.verdict) == ("Eva", Verdict.MAYBE)


@pytest.mark.parametrize(
    ("label", "verdict"), [("1", Verdict.INCLUDE), ("0", Verdict.EXCLUDE), ("0.0", Verdict.EXCLUDE)]
)
def test_asreview_labels_in_columns(label: str, verdict: Verdict) -> None:
    table = f"title,abstract,asreview_label,asreview_note\nGardens and work,A,{label},early\n"
    (one,) = in_text(table)
    assert (one.verdict, one.note, one.tool) == (verdict, "early", Tool.ASREVIEW)


@pytest.mark.parametrize("label", ["", "-1", "unseen"])
def test_asreview_records_that_nobody_saw_carry_nothing(label: str) -> None:
    assert in_text(f"title,abstract,included\nGardens and work,A,{label}\n") == []


def test_asreview_labels_in_notes() -> None:
    entry = "TY  - JOUR\nTI  - Gardens\nN1  - ASReview_{}\nER  -\n"
    assert in_text(entry.format("relevant"))[0].verdict is Verdict.INCLUDE
    assert in_text(entry.format("irrelevant"))[0].verdict is Verdict.EXCLUDE
    assert in_text(entry.format("not_seen")) == []


def test_covidence_says_a_reason_but_no_verdict() -> None:
    table = (
        "Title,Authors,Abstract,Covidence #,Notes,Tags\n"
        "Gardens and work,Meyer E,A,#7,Exclusion reason: Wrong setting; ,\n"
    )
    (one,) = in_text(table)
    assert (one.tool, one.verdict, one.reasons) == (Tool.COVIDENCE, None, ("Wrong setting",))


def test_an_ordinary_export_carries_no_decision() -> None:
    assert in_text("TY  - JOUR\nTI  - Included patients\nN1  - included\nER  -\n") == []


@pytest.mark.parametrize("column", ["work_id", "record"])  # version 0.1 called a work a record
def test_the_table_of_this_program_is_read(column: str) -> None:
    table = (
        f"{column},title,person,stage,verdict,reasons,note,seconds,at,settles,how\n"
        "7,Gardens,Eva Meyer,full_text,exclude,Not about work; Not adults,a note,2.5,"
        "2026-11-22T12:00:00+00:00,False,\n"
    )
    (record,) = formats.read(table.encode(), "decisions.csv").records
    (decision,) = decisions_in(record)
    assert record.reference.title == "Gardens"
    assert decision == ExternalDecision(
        tool=Tool.WAYMARK,
        person="Eva Meyer",
        verdict=Verdict.EXCLUDE,
        stage=Stage.FULL_TEXT,
        reasons=("Not about work", "Not adults"),
        note="a note",
        seconds=2.5,
        at="2026-11-22T12:00:00+00:00",
    )


def test_the_shared_export_of_rayyan_is_read_whole() -> None:
    path = SHARED / "citations" / "asreview_citation-file-formatting" / "_baseline_rayyan.ris"
    if not path.exists():
        pytest.skip("the shared citation files are not beside the repository")
    reading = formats.read(path.read_bytes(), path.name)
    told = [decisions_in(record) for record in reading.records]
    marked = sum("RAYYAN-INCLUSION" in record.raw for record in reading.records)
    assert sum(bool(one) for one in told) == marked > 0
    assert {one.person for each in told for one in each} == {"Emily"}


def of_table(text: str, *columns: str) -> list[list[ExternalDecision]]:
    return [decisions_in(record, columns) for record in formats.read_text(text, "f.csv").records]


OLD_AND_NEW = (
    "title,abstract,included,asreview_label,asreview_user_name,asreview_time,asreview_note\n"
    "Work in gardens,A,1,,,,\n"
    "Work in kitchens,B,0,1,Eva,1.7e9,seen twice\n"
    "Work in stables,C,1,0,Eva,,\n"
    "Work in schools,D,1,-1,,,\n"
)


def test_what_asreview_showed_to_nobody_is_no_decision_whatever_older_columns_say() -> None:
    unseen, included, excluded, odd = of_table(OLD_AND_NEW, "Included", "ASReview_label")
    assert unseen == odd == []
    assert [(d.verdict, d.person, d.note, d.at) for d in included] == [
        (Verdict.INCLUDE, "Eva", "seen twice", "1.7e9")
    ]
    assert [d.verdict for d in excluded] == [Verdict.EXCLUDE]


def test_notes_of_every_round_of_asreview_are_kept() -> None:
    table = (
        "title,abstract,included,exported_notes_1,exported_notes_2\n"
        "Work in gardens,A,1,early,late\nWork in kitchens,B,0,,late\nWork in stables,C,,,later\n"
    )
    assert [[d.note for d in each] for each in of_table(table)] == [["early; late"], ["late"], []]


def test_asreviews_ris_keeps_person_time_and_note() -> None:
    entry = (
        'TY  - JOUR\nTI  - Gardens\nN1  - ASReview_irrelevant\nN1  - asreview_time: "1743.5"\n'
        'N1  - asreview_note: "so \\"called\\" work"\nN1  - asreview_user_name: Eva\nER  -\n'
    )
    (one,) = in_text(entry)
    assert (one.verdict, one.person, one.at) == (Verdict.EXCLUDE, "Eva", "1743.5")
    assert one.note == 'so "called" work'


def test_not_seen_speaks_against_an_older_mark() -> None:
    entry = "TY  - JOUR\nTI  - Gardens\nN1  - ASReview_relevant\nN1  - ASReview_not_seen\nER  -\n"
    assert in_text(entry) == []


def test_all_notes_of_a_person_in_rayyan_are_kept() -> None:
    notes = r'{"Eva"=>["first, [really]", "a \"second\""], "Ken"=>["third"]}'
    entry = (
        "TY  - JOUR\nTI  - Gardens\n"
        f'N1  - RAYYAN-INCLUSION: {{"Eva"=>"Included"}} | USER-NOTES: {notes}\nER  -\n'
    )
    (one,) = in_text(entry)
    assert one.note == 'first, [really]; a "second"'


def test_a_long_damaged_note_is_read_in_no_time() -> None:
    notes = '{"Eva"=>[' + '"a" ' * 5000
    begun = time.process_time()
    in_text(f"TY  - JOUR\nTI  - Gardens\nN1  - RAYYAN-INCLUSION: {notes}\nER  -\n")
    assert time.process_time() - begun < 1


def test_labels_of_rayyan_covidence_and_asreview() -> None:
    (rayyan,) = formats.read_text(RAYYAN.replace("pilot", "pilot, To  discuss"), "f").records
    assert labels_in(rayyan) == ("pilot", "To discuss")
    table = (
        "Title,Authors,Abstract,Covidence #,Notes,Tags\n"
        "Gardens and work,Meyer E,A,#7,,Exclusion reason: Wrong setting; pilot; to discuss\n"
    )
    (covidence,) = formats.read_text(table, "f.csv").records
    assert labels_in(covidence) == ("pilot", "to discuss")
    table = "title,abstract,asreview_label,asreview_tag_a_pilot,asreview_tag_b\nGardens,A,1,1,0\n"
    (asreview,) = formats.read_text(table, "f.csv").records
    assert labels_in(asreview) == ("a pilot",)


CASES = SHARED / "cases" / "decisions"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("dec_asreview_v1.csv", [["early note"], ["later note"], []]),
        ("dec_asreview_v2.ris", [["my note"]]),
        ("dec_rayyan_notes.ris", [["first note; second note"]]),
    ],
)
def test_the_shared_cases_keep_their_notes(name: str, expected: list[list[str]]) -> None:
    if not CASES.exists():
        pytest.skip("the shared cases are not beside the repository")
    records = formats.read((CASES / name).read_bytes(), name).records
    assert [[d.note for d in decisions_in(record)] for record in records] == expected
