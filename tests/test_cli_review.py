"""Commands on what a review holds: what they print for people, and what they cannot do."""

from collections.abc import Callable

import pytest
from typer.testing import CliRunner, Result

from evidence.cli import app
from tests.steps.prepared import example_database


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Result]:
    """Runs commands on a store with the example review; the command line is not in its team."""
    database = tmp_path_factory.mktemp("review") / "waymark.db"
    database.write_bytes(example_database())
    runner = CliRunner(env={"WAYMARK_DATABASE": f"sqlite:///{database}"})
    return lambda *words: runner.invoke(app, words)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("screening", "agreement", "1", "--pilot", "Third"), "There is no pilot “Third”"),
        (("screening", "order", "1", "--learn"), "the command line writes as “Command line”"),
        (("results", "directions", "1", "--contrast", "sun"), "allocated-arms (Between allocated"),
        (("results", "directions", "1", "--out", "plot.pdf"), "end it in .svg"),
        (("results", "pool", "1"), "No finding of this review has numbers"),
        (("results", "appraisal", "1"), "has no such coding scheme yet"),
        (("codings", "state", "1", "--scheme", "rob"), "Name one scheme with --scheme: recovery-"),
        (("codings", "agreement", "1"), "How far coders agree is for people of the team"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_is_told_with_what_can(
    run: Callable[..., Result], words: tuple[str, ...], told: str
) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr


def test_a_decision_is_one_row_and_a_stage_can_be_chosen(run: Callable[..., Result]) -> None:
    rows = run("screening", "decisions", "1", "--stage", "full_text").stdout.splitlines()[1:]
    assert len(rows) == 39
    assert {row.split("  ")[0] for row in rows} > {"1", "2"}
    assert all("full_text" in row for row in rows)


def test_directions_say_on_what_they_rest_and_by_which_rule(run: Callable[..., Result]) -> None:
    first, head, *rows, rule = run("results", "directions", "1", "--depth", "1").stdout.splitlines()
    assert first == "Rests on 18 of 19 studies; 1 not coded completely yet."
    assert head.startswith("Intervention")
    assert rows
    assert rule.startswith("Words are used from 3 studies")
