"""The tables that people read: studies by coder, and the data dictionary."""

import csv
from io import StringIO

from evidence.coding import finding_fields
from evidence.coding.coding_tables import columns
from tests.coding.coding_tables.exports import EVERYTHING
from tests.coding.coding_tables.test_round_trip import as_csv_files


def rows_of(table: str) -> list[dict[str, str]]:
    text = as_csv_files(EVERYTHING)[f"{table}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_a_row_for_each_study_and_coder_says_labels() -> None:
    rows = rows_of(columns.BY_CODER.name)
    assert [(row["study_id"], row["coder"], row["findings"]) for row in rows] == [
        ("7", "Anna", "1"), ("7", "Ben", "0"), ("8", "", "0"),
    ]  # fmt: skip
    anna = rows[0]
    assert anna["state"] == "small: complete; other: draft"
    assert anna["small/country"] == "United Kingdom"  # not “=Other”, which has only a note
    assert anna["other/country"] == "'=Other"
    assert anna["small/lost"] == "IPS: 1e5; Usual: 4"
    assert anna["small/retired"] == "001"
    assert (anna["year"], anna["reports"]) == ("1996", "A title; A later one")


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
    (finding,) = rows_of("findings")
    assert (finding["intervention"], finding["intervention_label"]) == ("place", "IPS")
    assert (finding["answer.small/site"], finding["answer_label.small/site"]) == (
        "north south", "North; South",
    )  # fmt: skip
    assert finding["further_fields"] == '{"answer.small/gone": "x"}'


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
    assert told["studies_by_coder", "small/lost"]["meaning"] == "How many left?"


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
    assert all(finding_fields.is_field(name) for name in columns.FINDING_FIELDS)
    groups = {
        "": finding_fields._PLAIN,
        "numbers.": finding_fields._NUMBERS,
        "printed.": finding_fields._PRINTED,
    }
    known = {group + name for group, names in groups.items() for name in names}
    assert set(columns.FINDING_FIELDS) == known
