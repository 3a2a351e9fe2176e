"""`python -m evidence agreement`, on files."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from evidence.cli import app
from tests.eppi.made_exports import SETTING, applied, as_bytes, reference, report

IRR = Path(__file__).resolve().parents[1] / ".." / "shared" / "eppi" / "irr"


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["agreement", *map(str, words)])


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Anna sees the city in 1 and 2, Ben in 1 only."""
    codings: list[list[Any]] = [
        [reference(1, applied(1)), reference(2, applied(1, arm=5, title="=1+1"))],
        [reference(1, applied(1)), reference(2)],
    ]
    paths = [tmp_path / "anna.json", tmp_path / "ben.json"]
    for path, coded in zip(paths, codings, strict=True):
        path.write_bytes(as_bytes(report([SETTING], coded)))
    return paths


def test_json_has_a_row_for_each_code_and_what_they_differ_on(files: list[Path]) -> None:
    result = run(*files, "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    rows = {row["code"]: row for row in found["rows"]}
    assert list(rows) == ["All Entities", "Entities with data", "Setting", "City", "Country"]
    assert (rows["City"]["units"], rows["City"]["agreed"]) == (2, 1)
    assert rows["City"]["alpha"] == 0
    assert rows["Country"]["alpha"] is None
    assert found["differences"] == [
        {
            "study": "1:2",
            "label": "Study 2",
            "arm": "=1+1",
            "asked": "Setting: City",
            "answers": {"coder 1": "yes", "coder 2": "no"},
        }
    ]
    assert found["sentence"].startswith("Two people coded the same 2 studies with “Setting”.")


def test_the_table_is_for_people_and_tables_can_be_written(
    files: list[Path], tmp_path: Path
) -> None:
    out, differences = tmp_path / "figures.csv", tmp_path / "differences.csv"
    result = run(*files, "--out", out, "--differences", differences)
    assert result.exit_code == 0
    assert "1 code that nobody used is not listed." in result.stdout
    assert "Krippendorff's alpha was" in result.stdout
    with out.open(encoding="utf-8-sig") as handle:
        assert [row["name"] for row in csv.DictReader(handle)][-1] == "Country"
    with differences.open(encoding="utf-8-sig") as handle:
        (row,) = csv.DictReader(handle)
    assert (row["arm"], row["coder 1"], row["coder 2"]) == ("'=1+1", "yes", "no")


def test_decisions_are_compared_too(tmp_path: Path) -> None:
    paths = []
    for person, verdict in (("Anna", "include"), ("Ben", "exclude")):
        path = tmp_path / f"{person}.csv"
        path.write_text(
            f"title,year,person,stage,verdict\nOne,2001,{person},title_abstract,{verdict}\n"
            f"Two,2001,{person},title_abstract,include\n",
            encoding="utf-8",
        )
        paths.append(path)
    found = json.loads(run(*paths, "--json").stdout)
    assert found["rows"][0]["code"] == "Decision on title and abstract"
    assert found["rows"][0]["agreed"] == 1


def test_an_odd_number_is_wrong_usage(files: list[Path]) -> None:
    result = run(files[0])
    assert result.exit_code == 2
    assert "even number" in result.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "There are no decisions in bad.json: The file is empty."),
        (b"title,year,verdict\nOne,2001,include\n", "It lacks the column person, stage."),
        (b'{"CodeSets": [], "References": [', "bad.json cannot be read"),
        (b'{"CodeSets": [], "References": []}', "bad.json holds no codes"),
        (as_bytes(SETTING), "bad.json holds code sets and no references"),
        (as_bytes(report([SETTING], [reference(9)])), "have no reference in common"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(
    files: list[Path], tmp_path: Path, content: bytes, message: str
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_bytes(content)
    pair = (files[0], bad) if b"CodeSets" in content or b"SetName" in content else (bad, bad)
    result = run(*pair)
    assert (result.exit_code, result.stdout) == (1, "")
    assert message in result.stderr
    assert "bad.json" in result.stderr


def test_kinds_of_files_are_not_mixed_and_a_file_against_itself_is_told(
    files: list[Path], tmp_path: Path
) -> None:
    other = tmp_path / "decisions.csv"
    other.write_text("title,person,stage,verdict\n", encoding="utf-8")
    result = run(files[0], other)
    assert result.exit_code == 1
    assert "decisions.csv is no export of EPPI-Reviewer, and others are" in result.stderr
    assert "are the same file" in run(files[0], files[0]).stdout


def test_what_is_left_out_ends_with_1(files: list[Path]) -> None:
    files[1].write_bytes(as_bytes(report([SETTING], [reference(1, applied(1))])))
    result = run(*files)
    assert result.exit_code == 1
    assert "1 reference is in anna.json and not in ben.json" in result.stdout


def test_the_published_alphas_come_out_unrounded() -> None:
    if not IRR.is_dir():
        pytest.skip("the shared exports are not beside the repository")
    paths = [
        IRR / f"hbcp_irr_Behaviour{behaviour}_Coder{coder}.json"
        for coder in (1, 2)
        for behaviour in (1, 2)
    ]
    result = run(*paths, "--json")
    assert result.exit_code == 0
    found = {row["code"]: row["alpha"] for row in json.loads(result.stdout)["rows"]}
    with (IRR / "hbcp_IRR_PythonScript_Results.csv").open(encoding="utf-8") as handle:
        published = {
            row["attributes"]: float(row["alpha values"]) for row in csv.DictReader(handle)
        }
    assert len(published) == 27
    assert {name: found[name] for name in published} == pytest.approx(published, abs=1e-9)
