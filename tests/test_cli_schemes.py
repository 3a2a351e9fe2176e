"""Coding schemes on the command line."""

import csv
import json
from pathlib import Path

from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from evidence.cli import app
from evidence.coding.read_scheme import load
from tests.conftest import ROOT
from tests.eppi.made_exports import SETTING, as_bytes, code, code_set, report

WEIGHT = ROOT / "coding_schemes" / "weight-of-evidence.yaml"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["schemes", *(str(argument) for argument in arguments)])


def changed(tmp_path: Path, *pairs: tuple[str, str]) -> Path:
    text = WEIGHT.read_text(encoding="utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after, 1)
    path = tmp_path / "changed.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_check_says_what_is_in_a_file() -> None:
    result = run("check", WEIGHT, "--json")
    assert result.exit_code == 0
    found = json.loads(result.output)
    assert found["faults"] == found["changes"] == []
    (scheme,) = found["schemes"]
    assert (scheme["id"], scheme["questions"], scheme["codes"]) == ("weight-of-evidence", 4, 16)


def test_check_names_every_fault_with_its_line_and_still_checks_the_others(tmp_path: Path) -> None:
    bad = changed(
        tmp_path, ("purpose: appraisal", "purpose: apprasal"), ("take: lowest", "take: x")
    )
    lines = bad.read_text(encoding="utf-8").splitlines()
    result = run("check", bad, WEIGHT)
    assert result.exit_code == 1
    for word in ("apprasal", "take: x"):
        line = next(n for n, text in enumerate(lines, 1) if word in text)
        assert f"{bad}:{line}: " in result.output
    assert "did you mean “appraisal”?" in result.output
    assert WEIGHT.name in result.output


def test_check_says_what_a_new_version_changes(tmp_path: Path) -> None:
    newer = changed(
        tmp_path, ("take: lowest", "take: median"), ("id: weight-a", "id: weight-first"),
        ("[weight-a,", "[weight-first,"),
    )  # fmt: skip
    result = run("check", WEIGHT, newer)
    assert result.exit_code == 0
    assert f"{WEIGHT} → {newer}" in result.output
    assert "retired weight-a “A: How sound is it in its own terms?”" in result.output
    assert "added weight-first" in result.output
    names = "A: Soundness, B: Fit of design and C: Relevance"
    assert f"rule: the worst of {names} → the median of {names}" in result.output
    same = run("check", WEIGHT, WEIGHT)
    assert "no difference" in same.output


def test_check_says_where_a_file_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes(b"id: a\ntitle: \xe4\n")
    result = run("check", path)
    assert result.exit_code == 1
    assert f"{path}:2: Here is a character that is not UTF-8" in result.output


def test_convert_writes_older_words_anew(tmp_path: Path) -> None:
    older = changed(tmp_path, ("purpose:", "kind:"), ("judges:", "applies_to:"))
    out = tmp_path / "new.yaml"
    result = run("convert", older, "--to", "yaml", "--out", out)
    assert result.exit_code == 0
    assert "Comments of the file" in result.output
    written = out.read_text(encoding="utf-8")
    assert "purpose: appraisal" in written
    assert "applies_to" not in written
    assert load(written, "new.yaml") == load(WEIGHT.read_text(encoding="utf-8"), "old.yaml")


def test_convert_does_not_replace_the_file_whose_comments_would_be_lost(tmp_path: Path) -> None:
    path = changed(tmp_path)
    before = path.read_bytes()
    result = run("convert", path, "--out", path)
    assert result.exit_code == 1
    assert path.read_bytes() == before


def test_convert_writes_a_table_in_which_nothing_runs(tmp_path: Path) -> None:
    path = changed(tmp_path, ("label: Medium", 'label: "=1+1"'))
    comma, book = tmp_path / "t.csv", tmp_path / "t.xlsx"
    assert run("convert", path, "--to", "table", "--out", comma).exit_code == 0
    assert run("convert", path, "--to", "table", "--out", book, "--json").exit_code == 0
    rows = list(csv.DictReader(comma.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 4 + 16
    assert rows[0]["question id"] == "weight-a"
    assert rows[2]["code"] == "'=1+1"
    sheet = load_workbook(book).active
    assert sheet is not None
    assert sheet.max_row == 1 + len(rows)
    assert sheet["H4"].value == "'=1+1"


def test_convert_refuses_a_table_of_an_unknown_kind(tmp_path: Path) -> None:
    out = tmp_path / "t.pdf"
    result = run("convert", WEIGHT, "--to", "table", "--out", out)
    assert result.exit_code == 1
    assert "“t.pdf” is neither" in result.output
    assert not out.exists()
    assert run("convert", WEIGHT, "--to", "word", "--out", out).exit_code == 2


def test_a_code_set_of_eppi_reviewer_is_checked_and_converted(tmp_path: Path) -> None:
    path, out = tmp_path / "set.json", tmp_path / "set.yaml"
    path.write_bytes(as_bytes(SETTING))
    (scheme,) = json.loads(run("check", path, "--json").output)["schemes"]
    assert (scheme["id"], scheme["codes"]) == ("eppi-set-900", 2)
    assert run("convert", path, "--out", out).exit_code == 0
    assert load(out.read_text(encoding="utf-8"), "set.yaml").title == "Setting"
    two = report([SETTING, code_set("Other", code(5, "x"), SetId=7)], [])
    path.write_bytes(as_bytes(two))
    result = run("check", path)
    assert result.exit_code == 1
    assert "several code sets: “Setting”, “Other”" in result.output


def test_new_makes_a_scheme_that_check_takes(tmp_path: Path) -> None:
    names, out = tmp_path / "outcomes.txt", tmp_path / "rivers.yaml"
    names.write_text("Life:\nFish\nPlants\n\nWater:\nErosion\n", encoding="utf-8")
    made = run("new", "--topic", "River restoration", "--intervention", "Dam removal",
               "--intervention", "dam removal", "--outcome", f"@{names}", "--countries", "nor, swe",
               "--no-findings", "--process", "--out", out, "--json")  # fmt: skip
    assert made.exit_code == 0
    found = json.loads(made.output)
    assert found["id"] == "river-restoration"
    assert "“dam removal”" in found["remarks"][0]
    scheme = load(out.read_text(encoding="utf-8"), out.name)
    country, outcome = scheme.question("country"), scheme.question("outcome")
    assert country
    assert outcome
    assert [option.id for option in country.options][:2] == ["nor", "swe"]
    assert [option.label for option in outcome.options] == ["Life", "Water", "Another outcome"]
    checked = run("check", out, "--json")
    assert checked.exit_code == 0
    assert json.loads(checked.output)["faults"] == []


def test_new_writes_over_nothing_and_says_what_cannot_be(tmp_path: Path) -> None:
    out = tmp_path / "there.yaml"
    out.write_text("mine", encoding="utf-8")
    refused = run("new", "--topic", "Bees", "--out", out)
    assert refused.exit_code == 1
    assert "is there already" in refused.output
    assert out.read_text(encoding="utf-8") == "mine"
    other = tmp_path / "other.yaml"
    refused = run("new", "--topic", " ", "--outcome", "x" * 5000, "--out", other)
    assert refused.exit_code == 1
    assert "Say what the topic is" in refused.output
    assert "Line 1 of the outcomes has 5,000 characters" in refused.output
    refused = run("new", "--topic", "Bees", "--countries", "nor,xx", "--out", other)
    assert refused.exit_code == 1
    assert "“xx” is no code of a country" in refused.output
    assert run("new", "--topic", "Bees", "--outcome", "@none.txt", "--out", other).exit_code == 2
    assert not other.exists()
