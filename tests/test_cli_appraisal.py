"""`python -m evidence appraisal`: what it prints, writes, and how it exits."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from evidence.cli import app

TWO = (
    "Study,Selection,Measurement,Overall,Weight\nA,Low,High,High,30\nB,Low,No information,Low,10\n"
)


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    path = tmp_path / "judged.csv"
    path.write_text(TWO, encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["appraisal", *(str(argument) for argument in arguments)])


@pytest.mark.parametrize("picture", ["traffic-light", "bars"])
@pytest.mark.parametrize(("ending", "begin"), [("svg", b"<svg "), ("png", b"\x89PNG")])
def test_pictures_are_written_as_their_ending_says(
    judged: Path, picture: str, ending: str, begin: bytes
) -> None:
    out = judged.with_name(f"picture.{ending}")
    assert run(judged, "--picture", picture, "--out", out).exit_code == 0
    assert out.read_bytes().startswith(begin)


def test_the_table_behind_it_is_written_as_csv(judged: Path) -> None:
    out = judged.with_name("picture.csv")
    run(judged, "--out", out)
    assert "B,Low,No information,Low,10" in out.read_text(encoding="utf-8-sig")


def test_several_pages_are_several_files(judged: Path) -> None:
    judged.write_text(TWO + "C,Low,Low,Low,1\n" * 60, encoding="utf-8")
    result = run(judged, "--out", judged.with_name("picture.svg"), "--json")
    files = json.loads(result.stdout)["files"]
    assert [Path(name).name for name in files] == [
        f"picture-{number}.svg" for number in range(1, len(files) + 1)
    ]
    assert len(files) > 1
    assert all(Path(name).is_file() for name in files)


def test_an_ending_that_is_no_picture_is_refused(judged: Path) -> None:
    result = run(judged, "--out", judged.with_name("picture.docx"))
    assert result.exit_code == 1
    assert "end it in .svg, .png, .csv" in result.stderr


def test_weights_count_when_they_are_asked_for(judged: Path) -> None:
    def shares(*options: str) -> list[float]:
        domains = json.loads(run(judged, "--json", *options).stdout)["domains"]
        return [each["share"] for each in domains[-1]["judgements"]]

    assert shares() == [0.5, 0.5]
    assert shares("--weighted") == [0.25, 0.75]


def test_weighted_bars_without_weights_are_refused(judged: Path) -> None:
    judged.write_text(TWO + "C,Low,Low,Low,\n", encoding="utf-8")
    result = run(judged, "--weighted")
    assert result.exit_code == 1
    assert "has none for 1 of 3, the first “C”" in result.stderr


def test_a_bad_cell_makes_it_exit_with_1_and_is_named(judged: Path) -> None:
    judged.write_text(TWO + "C,Lwo,Low,Low,1\n", encoding="utf-8")
    result = run(judged)
    assert result.exit_code == 1
    assert "judged.csv, line 4, column Selection: “Lwo”" in result.stdout


def test_critical_items_of_reviews_are_chosen_by_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv"
    heads = ",".join(["Review", *(f"Q{n}" for n in range(1, 17))])
    path.write_text(f"{heads}\nPark 2001{',Y' * 14},N,N\n", encoding="utf-8")
    usual = json.loads(run(path, "--json").stdout)
    assert usual["by_published_rule"] == {"Park 2001": "Low"}
    chosen = json.loads(run(path, "--critical", "15,16", "--json").stdout)
    assert chosen["by_published_rule"] == {"Park 2001": "Critically low"}
    assert [each["critical"] for each in chosen["domains"]][14:] == [True, True, False]
    assert "numbers with commas" in run(path, "--critical", "two").output
