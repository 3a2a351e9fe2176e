"""`python -m evidence pool`: what it prints, and how it exits."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from evidence.cli import app

THREE = "study,yi,vi\nA,0.2,0.04\nB,0.5,0.01\nC,-0.1,0.0625\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "effects.csv"
    path.write_text(THREE, encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["pool", *(str(argument) for argument in arguments)])


def test_json_is_one_flat_object_with_metafors_names(table: Path) -> None:
    result = run(table, "--method", "REML", "--test", "knha", "--json")
    assert result.exit_code == 0
    figures = json.loads(result.stdout)
    names = {"k", "estimate", "se", "stat", "p", "ci_low", "ci_high", "Q", "Q_p", "I2", "H2",
             "tau2", "tau2_low", "tau2_high", "pi_low", "pi_high", "leave_out_1", "leave_out_2",
             "leave_out_3"}  # fmt: skip
    assert names <= set(figures)
    assert all(isinstance(figures[name], float | int) for name in names)
    assert not any(isinstance(value, dict | list) for value in figures.values())


def test_the_table_for_people_has_effect_intervals_and_remarks(table: Path) -> None:
    result = run(table, "--measure", "or")
    assert result.exit_code == 0
    for words in ("3 studies", "log odds ratio", "odds ratio", "prediction interval", "tau²",
                  "estimate without it", "yi and vi are taken as log odds ratio"):  # fmt: skip
        assert words in result.stdout


def test_methods_and_measures_are_known_in_small_letters(table: Path) -> None:
    assert json.loads(run(table, "--method", "fe", "--json").stdout)["method"] == "FE"


def test_a_row_at_fault_makes_it_exit_with_1_and_is_named(table: Path) -> None:
    table.write_text(THREE + "D,0.3,0\n", encoding="utf-8")
    result = run(table, "--json")
    assert result.exit_code == 1
    figures = json.loads(result.stdout)
    assert figures["k"] == 3
    assert figures["left_out"].startswith("effects.csv, line 5, column vi: ")
    assert "effects.csv, line 5, column vi: " in run(table).stdout


def test_many_rows_at_fault_are_counted_not_all_printed(table: Path) -> None:
    table.write_text(THREE + "D,0.3,0\n" * 100, encoding="utf-8")
    result = run(table)
    assert "… and 80 more rows; --json has all." in result.stdout


def test_without_a_file_or_with_a_method_that_is_none_it_exits_with_2(tmp_path: Path) -> None:
    assert run(tmp_path / "none.csv").exit_code == 2
    (tmp_path / "f.csv").write_text(THREE, encoding="utf-8")
    assert run(tmp_path / "f.csv", "--method", "ML").exit_code == 2
    assert run(tmp_path / "f.csv", "--test", "t").exit_code == 2


def test_a_file_that_is_no_table_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("", encoding="utf-8")
    result = run(path, "--json")
    assert result.exit_code == 1
    assert "empty.csv is empty." in result.stderr
    path.write_bytes(b"%PDF-1.7\n\x00\x01\x02" * 200)
    result = run(path)
    assert result.exit_code == 1
    assert "Traceback" not in result.output


def test_plots_are_written_with_the_result(table: Path, tmp_path: Path) -> None:
    forest, funnel = tmp_path / "forest.svg", tmp_path / "funnel.png"
    result = run(table, "--out", forest, "--funnel", funnel, "--title", "Work", "--left", "Support")
    assert result.exit_code == 0
    assert "Written: " in result.stdout
    assert ">Work</text>" in forest.read_text(encoding="utf-8")
    assert "← Support" in forest.read_text(encoding="utf-8")
    assert funnel.read_bytes().startswith(b"\x89PNG")


def test_a_plot_that_no_picture_can_be_is_refused_before_anything_is_written(
    table: Path, tmp_path: Path
) -> None:
    result = run(table, "--out", tmp_path / "forest.svg", "--funnel", tmp_path / "funnel.pdf")
    assert result.exit_code == 1
    assert ".svg, .png, .csv" in result.output
    assert not (tmp_path / "forest.svg").exists()


def test_a_forest_that_nobody_could_read_is_refused_and_its_table_written(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    rows = (f"S{n},{n % 7 / 10},0.0{n % 5 + 1}" for n in range(2_100))
    path.write_text("study,yi,vi\n" + "\n".join(rows), encoding="utf-8")
    result = run(path, "--out", tmp_path / "forest.svg")
    assert result.exit_code == 1
    assert "2,100 studies cannot be read" in result.stderr
    assert not (tmp_path / "forest.svg").exists()
    assert run(path, "--out", tmp_path / "forest.csv").exit_code == 0
    assert (tmp_path / "forest.csv").read_text(encoding="utf-8-sig").count("\n") > 2_100


def test_pages_of_a_plot_are_files_with_numbers(tmp_path: Path) -> None:
    path = tmp_path / "sixty.csv"
    rows = (f"S{n},{n % 7 / 10},0.0{n % 5 + 1}" for n in range(130))
    path.write_text("study,yi,vi\n" + "\n".join(rows), encoding="utf-8")
    result = run(path, "--out", tmp_path / "forest.svg")
    assert result.exit_code == 0
    assert [each.name for each in sorted(tmp_path.glob("forest*.svg"))][:2] == [
        "forest-1.svg",
        "forest-2.svg",
    ]


def test_columns_in_a_message_are_bounded(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(",".join(["x" * 500, *(f"c{n}" for n in range(900))]) + "\n", encoding="utf-8")
    result = run(path)
    assert result.exit_code == 1
    assert "and 871 more" in result.stderr
    assert len(result.stderr) < 800


def test_an_effect_of_nothing_has_no_sign(tmp_path: Path) -> None:
    path = tmp_path / "same.csv"
    path.write_text("ai,bi,ci,di\n3,4,6,8\n", encoding="utf-8")
    printed = run(path, "--measure", "OR").stdout
    assert "e-16" not in printed
    assert "z 0.000" in printed


@pytest.mark.parametrize("option", ["--out", "--funnel"])
def test_the_table_that_is_read_is_never_written_over(table: Path, option: str) -> None:
    result = run(table, option, table.parent / "." / table.name)
    assert result.exit_code == 1
    assert "is named twice" in result.stderr
    assert table.read_text(encoding="utf-8") == THREE


def test_two_plots_do_not_share_a_file(table: Path, tmp_path: Path) -> None:
    plot = tmp_path / "plot.svg"
    assert "is named twice" in run(table, "--out", plot, "--funnel", plot).stderr
    assert not plot.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_a_sentence(table: Path, tmp_path: Path) -> None:
    plot = tmp_path / "plot.svg"
    plot.symlink_to("/dev/full")
    result = run(table, "--out", plot, "--json")
    assert result.exit_code != 0
    assert "Make room" in result.stderr
    assert not result.stdout


def test_names_give_a_terminal_no_commands_and_leave_room_for_figures(table: Path) -> None:
    table.write_text(
        f"study,yi,vi\n\x1b[31mRed,0.1,0.02\n\u202eevil,0.2,0.02\n{'long ' * 900},0,0.03\n",
        encoding="utf-8",
    )
    printed = run(table).stdout
    assert not set(printed) & {"\x1b", "\u202e"}
    assert max(len(line) for line in printed.splitlines()) < 120


def test_a_table_with_heads_alone_is_named(table: Path) -> None:
    table.write_text("study,yi,vi\n", encoding="utf-8")
    assert run(table).stderr.startswith("effects.csv: There is no study")
