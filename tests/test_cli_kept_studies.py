"""`--appraised-by` and `--appraised-as`: the same studies on the command line as on the pages."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evidence.cli import app
from evidence.steps import example
from evidence.store import Store
from tests.pages.test_kept_studies import appraise
from tests.steps.prepared import example_database

NAME = "Weight of evidence, D: Overall weight"


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> CliRunner:
    """On a store with the example review, two of whose studies are appraised."""
    path = tmp_path_factory.mktemp("kept") / "waymark.db"
    path.write_bytes(example_database())
    database = f"sqlite:///{path}"
    made = CliRunner(env={"WAYMARK_DATABASE": database})
    assert made.invoke(app, ["review", "example"]).exit_code == 0
    store = Store.open(database)
    appraise(example.load(store))
    store.close()
    return made


def test_counts_are_of_the_kept_studies_and_their_files_say_so(
    runner: CliRunner, tmp_path: Path
) -> None:
    file = tmp_path / "years.csv"
    command = ["counts", "1", "--picture", "years", "--appraised-by", NAME]
    kept = ["--appraised-as", "High", "--appraised-as", "Low", "--out", str(file), "--json"]
    answer = json.loads(runner.invoke(app, [*command, *kept]).stdout)
    told = f"Only studies with {NAME}: High or Low (2 of 18); 16 left out."
    assert told in answer["rests_on"]
    assert f'"{told}"' in file.read_text(encoding="utf-8-sig")
    drawing = file.with_suffix(".svg")
    runner.invoke(app, [*command, "--appraised-as", "High", "--out", str(drawing)])
    assert "17 left out." in drawing.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--appraised-by", "nothing"), f"--appraised-by can be: “{NAME}”"),
        (("--appraised-as", "High"), f"--appraised-by can be: “{NAME}”"),
        (("--appraised-by", NAME), "Say which judgements are kept"),
        (("--appraised-by", NAME, "--appraised-as", "Great"), "was never judged “Great”"),
    ],
)
def test_what_was_never_judged_is_refused_with_what_was(
    runner: CliRunner, options: tuple[str, ...], why: str
) -> None:
    refused = runner.invoke(app, ["counts", "1", *options])
    assert refused.exit_code != 0
    assert why in " ".join(refused.output.split())
