"""The tables that people read: studies by coder, and the data dictionary."""

import csv
from dataclasses import replace
from io import StringIO

import pytest

from evidence.coding import finding_fields
from evidence.coding.coding_tables import columns, write_rows
from evidence.coding.coding_tables.effect_rows import NO_NUMBERS
from evidence.coding.coding_tables.exported import Export
from evidence.coding.coding_tables.finding_columns import FINDING_FIELDS
from evidence.coding.finding_effects import computed_of
from evidence.coding.read_scheme import load
from tests.coding.coding_tables.exports import EVERYTHING, SECOND
from tests.coding.coding_tables.test_round_trip import as_csv_files, from_csv_files, from_workbook


def rows_of(table: str, export: Export = EVERYTHING) -> list[dict[str, str]]:
    text = as_csv_files(export)[f"{table}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_a_row_for_each_study_and_coder_says_labels() -> None:
    rows = rows_of(columns.BY_CODER.name)
    assert [(row["Number of the study"], row["Coder"], row["Findings"]) for row in rows] == [
        ("7", "Anna", "1"), ("7", "Ben", "0"), ("8", "", "0"),
    ]  # fmt: skip
    anna = rows[0]
    assert anna["State of the codings"] == "small: complete; other: draft"
    country = "Which country?"  # which both schemes ask
    assert anna[f"{country} (A small scheme)"] == "United Kingdom"  # “=Other” has only a note
    assert anna[f"{country} (Another scheme)"] == "'=Other"
    assert anna["How many left?"] == "IPS: 1e5; Usual: 4"
    assert anna["What is no longer asked?"] == "001"
    assert (anna["Year"], anna["Reports"]) == ("1996", "A title; A later one")


def test_answers_and_findings_have_labels_beside_their_ids() -> None:
    first, _, retired, lost, _, merged, *_ = rows_of("answers")
    assert (merged["code"], merged["counts_as"], merged["code_label"]) == (
        "wales", "uk", "United Kingdom",
    )  # fmt: skip
    assert (first["question"], first["code"], first["code_label"]) == (
        "small/country", "uk", "United Kingdom",
    )  # fmt: skip
    assert retired["question_text"] == "What is no longer asked?"
    assert lost["arm_label"] == "IPS"
    assert (first["chosen"], retired["chosen"], first["version"]) == ("yes", "", "1")
    (finding,) = rows_of("findings")
    assert (finding["intervention"], finding["intervention_label"]) == ("place", "IPS")
    assert (finding["answer.small/site"], finding["answer_label.small/site"]) == (
        "north south", "North; South",
    )  # fmt: skip
    assert finding["version"] == "2"
    assert finding["further_fields"] == '{"answer.small/gone": "x"}'


@pytest.mark.parametrize(
    ("typed", "number"),
    [("14", 14), ("-0.50", -0.5), (" 7 ", 7), ("007", ""), ("about 140", ""), ("1e5", ""),
     ("1,204", ""), ("", ""), ("٣", ""), ("9" * 400, "")],
)  # fmt: skip
def test_only_what_is_typed_as_a_number_is_one(typed: str, number: object) -> None:
    assert write_rows._number(typed) == number


def with_fields(fields: dict[str, str]) -> Export:
    """Everything, its finding being another one."""
    study = EVERYTHING.studies[0]
    coding = study.codings[0]
    finding = replace(coding.findings[0], fields=fields)
    codings = (replace(coding, findings=(finding,)), *study.codings[1:])
    return replace(EVERYTHING, studies=(replace(study, codings=codings),))


def test_numbers_of_findings_stand_as_typed_and_as_read() -> None:
    typed = {
        "n_intervention": "1,204", "n_comparison": "about 60", "numbers.mean1": " −0.50 ",
        "numbers.mean2": "2,5", "numbers.sd1": "1.10", "numbers.level": "90 %",
        "numbers.total1": "74", "numbers.p": "< 0.05", "printed.p": "0.030",
        "numbers.effect_kind": "OR",
    }  # fmt: skip
    (finding,) = rows_of("findings", with_fields(typed))
    assert {name: finding[name] for name in typed} == typed
    read = {name: finding.get(f"{name}_number", "none") for name in typed}
    assert read == {
        "n_intervention": "1204", "n_comparison": "", "numbers.mean1": "-0.5",
        "numbers.mean2": "", "numbers.sd1": "1.1", "numbers.level": "90.0",
        "numbers.total1": "74", "numbers.p": "", "printed.p": "0.03",
        "numbers.effect_kind": "none",
    }  # fmt: skip
    assert finding["numbers.sd2_number"] == ""


def test_effects_are_those_of_the_desk_with_labels() -> None:
    fields = {
        "intervention": "place", "outcome": "hope", "time": "t1", "arm_intervention": "a1",
        "arm_comparison": "somebody", "benefit": "lower", "numbers_kind": "table",
        "numbers.events1": "12", "numbers.total1": "74", "numbers.events2": "20",
        "numbers.total2": "69",
    }  # fmt: skip
    export = with_fields(fields)
    rows = rows_of("effects", export)
    computed = computed_of(fields, load(SECOND, "small"))
    assert [row["effect"] for row in rows] == ["RR", "OR", "RD"]
    for row, effect in zip(rows, computed.effects, strict=True):
        assert float(row["estimate"].lstrip("'")) == effect.estimate
        assert float(row["variance"]) == effect.variance
        assert float(row["natural_high"].lstrip("'")) == effect.natural().high
        assert row["as_shown"] == computed.effect
    first = rows[0]
    assert (first["study"], first["coder"], first["scheme"]) == ("'=Drake 1996", "Anna", "small")
    assert (first["intervention"], first["outcome"], first["time"]) == ("IPS", "Hope", "18 months")
    assert (first["arm_intervention"], first["arm_comparison"]) == ("IPS", "somebody")
    assert (first["scale"], first["computed_from"]) == ("log risk ratio", "2x2 table")
    assert from_workbook(export).export == from_csv_files(export).export == export


def test_a_finding_without_an_effect_says_why() -> None:
    (row,) = rows_of("effects")
    assert (row["effect"], row["estimate"], row["remark"]) == ("", "", NO_NUMBERS)
    fields = {"numbers_kind": "table", "numbers.events1": "5", "numbers.total1": "3"}
    (row,) = rows_of("effects", with_fields(fields))
    assert (row["effect"], row["as_shown"]) == ("", "")
    assert row["remark"] == computed_of(fields, load(SECOND, "small")).why_none != ""
    nobody = fields | {"numbers.total1": "30", "numbers.events1": "0", "numbers.events2": "0",
                       "numbers.total2": "30"}  # fmt: skip
    refused = [row for row in rows_of("effects", with_fields(nobody)) if not row["estimate"]]
    assert {row["effect"] for row in refused} == {"RR", "OR"}
    assert all(row["remark"] for row in refused)


def test_words_of_a_quotation_can_be_read_in_one_line() -> None:
    study = EVERYTHING.studies[0]
    coding = study.codings[0]
    broken = replace(coding.quotations[0], exact="ten\nof  twelve")
    coding = replace(coding, quotations=(broken,))
    (row,) = rows_of(
        "quotations", replace(EVERYTHING, studies=(replace(study, codings=(coding,)),))
    )
    assert (row["words"], row["exact"]) == ("ten of twelve", "ten\nof  twelve")


def test_the_dictionary_says_what_every_table_and_column_means() -> None:
    files = as_csv_files(EVERYTHING)
    told = {(row["table"], row["column"]): row for row in rows_of("data_dictionary")}
    assert all(row["meaning"] for row in told.values())
    for name in files:
        table = name.removesuffix(".csv")
        head = next(csv.reader(StringIO(files[name].decode("utf-8-sig"), newline="")))
        assert {(table, column) for column in ("", *head)} <= told.keys()
    assert told["answers", "code_label"]["read_back"] == "no"
    assert told["answers", "code"]["read_back"] == "yes"
    assert told["studies_by_coder", "How many left?"]["meaning"] == "How many left?"
    assert "docs/methods.md" in told["effects", ""]["meaning"]
    assert told["effects", "estimate"]["read_back"] == "no"


def test_the_dictionary_says_what_every_question_and_code_means() -> None:
    questions = {row["question"]: row for row in rows_of("questions")}
    assert [*questions] == [
        "other/country", "other/chance", "other/overall",
        "small/country", "small/lost", "small/service", "small/hope", "small/site", "small/retired",
    ]  # fmt: skip
    assert (
        questions["small/lost"] | {"kind": "number", "unit": "people", "per_arm": "yes"}
        == (questions["small/lost"])
    )
    assert questions["small/site"]["text"] == "Where?"  # in the words of the newest version
    assert [name for name, row in questions.items() if row["retired"] == "yes"] == ["small/retired"]
    assert questions["other/overall"]["rule"] == "lowest of other/chance"
    codes = {(row["question"], row["code"]): row for row in rows_of("codes")}
    ips = codes["small/service", "ips"]
    assert (ips["label"], ips["path"], ips["role"]) == (
        "IPS", "Supported work > IPS", "primary study",
    )  # fmt: skip
    assert codes["small/service", "supported"]["selectable"] == "no"
    assert codes["other/chance", "bad"]["replaces"] == "poor"


def test_every_field_of_a_finding_has_a_column() -> None:
    assert all(finding_fields.is_field(name) for name in FINDING_FIELDS)
    groups = {
        "": finding_fields._PLAIN,
        "numbers.": finding_fields._NUMBERS,
        "printed.": finding_fields._PRINTED,
    }
    known = {group + name for group, names in groups.items() for name in names}
    assert set(FINDING_FIELDS) == known
