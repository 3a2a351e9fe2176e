"""`python -m evidence overlap`: what it prints, writes, and how it exits."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from evidence.cli import app

FIVE = "Study,A,B,C,D,E\nOne,1,1,1,1,0\nTwo,1,1,0,0,0\nThree,0,0,0,1,1\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "reviews.csv"
    path.write_text(FIVE, encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["overlap", *(str(argument) for argument in arguments)])


def test_the_worked_number_of_the_field(table: Path) -> None:
    figures = json.loads(run(table, "--json").stdout)
    assert (figures["inclusions"], figures["studies"], figures["reviews"]) == (8, 3, 5)
    assert figures["corrected_covered_area"] == pytest.approx(0.4166667)
    assert figures["overlap"] == "very high"
    assert len(figures["pairs"]) == 10
    assert "41.67%: very high overlap" in run(table).stdout


@pytest.mark.parametrize("picture", ["matrix", "pairs"])
def test_pictures_and_tables_are_written(table: Path, picture: str) -> None:
    for ending, begin in (("svg", b"<svg "), ("png", b"\x89PNG"), ("csv", b"\xef\xbb\xbf")):
        out = table.with_name(f"overlap.{ending}")
        assert run(table, "--picture", picture, "--out", out).exit_code == 0
        assert out.read_bytes().startswith(begin)


def test_a_bad_cell_makes_it_exit_with_1_and_is_named(table: Path) -> None:
    table.write_text(FIVE + "Four,perhaps,1,1,0,0\n", encoding="utf-8")
    result = run(table)
    assert result.exit_code == 1
    assert "reviews.csv, line 5, column A: “perhaps”" in result.stdout
