"""`python -m evidence counts`: what it prints, writes, and how it exits."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from evidence.cli import app
from tests.steps.prepared import example_database


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Result]:
    """Runs commands on a store with the example review."""
    database = tmp_path_factory.mktemp("counts") / "waymark.db"
    database.write_bytes(example_database())
    runner = CliRunner(env={"WAYMARK_DATABASE": f"sqlite:///{database}"})
    return lambda *arguments: runner.invoke(app, ["counts", "1", *map(str, arguments)])


@pytest.mark.parametrize(
    ("options", "keys"),
    [
        ("--by question:design", "heading within studies share"),
        ("--picture map", "place kind iso studies share"),
        ("--picture years --by question:design", "heading year studies"),
        ("--picture years", "heading year studies"),
        (
            "--picture crosstab --by question:design --across question:country",
            "row column studies",
        ),
        ("--picture outcomes", "study outcome result"),
        ("--picture codes --by question:population", "study code"),
    ],
)
def test_every_picture_has_its_rows_and_is_written(
    run: Callable[..., Result], options: str, keys: str, tmp_path: Path
) -> None:
    words = options.split()
    answer = json.loads(run(*words, "--json").stdout)
    assert answer["rests_on"].startswith("Rests on 18 of 19 studies")
    assert {key for row in answer["rows"] for key in row} - {"answers"} == set(keys.split())
    for ending, begin in (("svg", b"<svg "), ("csv", b"\xef\xbb\xbf")):
        written = json.loads(run(*words, "--out", tmp_path / f"n.{ending}", "--json").stdout)
        assert written["files"]
        assert all(Path(file).read_bytes().startswith(begin) for file in written["files"])


def test_countries_come_first_and_are_known(run: Callable[..., Result]) -> None:
    rows = json.loads(run("--picture", "map", "--json").stdout)["rows"]
    assert ("United States", "USA") in {(row["place"], row["iso"]) for row in rows}
    assert "Country" in run().stdout


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--by", "question:nonsense"), "cannot be counted by “question:nonsense”, but by: "),
        (("--by", "question:nonsense"), "question:country (Country)"),
        (("--picture", "map", "--by", "question:design"), "are not countries"),
        (("--picture", "crosstab"), "needs --across"),
        (("--picture", "codes", "--by", "question:design"), "cannot be shown study by study"),
        (("--out", "counts.pdf"), "end it in"),
    ],
)
def test_what_cannot_be_is_told(
    run: Callable[..., Result], options: tuple[str, ...], words: str
) -> None:
    result = run(*options)
    assert result.exit_code == 1
    assert words in result.stderr
