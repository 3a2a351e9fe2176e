"""`-` for files, and citation files joined into one."""

import csv
import io
import json
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from typer.testing import CliRunner, Result

from evidence.citations import formats
from evidence.cli import app
from evidence.cli.commands import COMMANDS
from evidence.cli.standard_streams import READ
from evidence.store import Store
from tests.conftest import ROOT

FILES = ROOT / "data" / "example" / "imports"
PUBMED = FILES / "pubmed.ris"
SUPPORTED = "The effectiveness of supported employment for people with severe mental illness"


def run(*words: object, given: bytes = b"") -> Result:
    return CliRunner().invoke(app, list(map(str, words)), input=given)


def records(content: bytes, name: str) -> list[str]:
    return [record.reference.title for record in formats.read(content, name).records]


@pytest.mark.parametrize("ending", ["ris", "bib", "nbib", "json", "csv", "xlsx"])
def test_five_files_become_one_in_which_each_publication_stands_once(
    tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"merged.{ending}"
    files = sorted(FILES.glob("*.ris"))[:3] + sorted(FILES.glob("*.bib"))
    done = run("dedupe", *files, "--write", out, "--workers", 1)
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    _, numbers, *joined = done.stderr.splitlines()
    n_records, n_works, duplicates, _ = map(int, numbers.split())
    reading = formats.read(out.read_bytes(), out.name)
    assert (reading.lost, len(reading.records)) == (0, n_works)
    assert n_records == n_works + duplicates
    told = [line for line in joined if " joins " in line]
    assert sum(line.split(": ")[0].count(":") - 1 for line in told) == duplicates
    assert any("publishers.bib:15, southdown-leaflet.bib:93: " + SUPPORTED in line for line in told)


def test_what_was_joined_keeps_the_fullest_values_of_all(tmp_path: Path) -> None:
    one, two = tmp_path / "one.ris", tmp_path / "two.ris"
    both = "TY  - JOUR\nTI  - Hope at work for all people\nAU  - Ito, A\nPY  - 2001\n"
    one.write_text(f"{both}DO  - 10.1000/hope\nER  -\n")
    two.write_text(f"{both}JO  - Work\nVL  - 3\nDO  - 10.1000/hope\nAB  - Hope rose.\nER  -\n")
    done = run("dedupe", one, two, "--write", "-", "--json")
    assert done.exit_code == 0
    (reading,) = formats.read(done.stdout_bytes, "merged.ris").records
    assert (reading.reference.doi, reading.reference.volume) == ("10.1000/hope", "3")
    assert reading.reference.abstract == "Hope rose."
    told = json.loads(done.stderr)
    assert told["joined"] == {"w1": ["one.ris:1", "two.ris:1"]}
    assert (told["records"], told["works"], told["duplicates"]) == (2, 1, 1)


def test_what_was_wrong_in_the_files_is_told_and_the_rest_written(tmp_path: Path) -> None:
    odd = tmp_path / "odd.ris"
    odd.write_text("TY  - JOUR\nTI  - Hope\nPY  - soon\nER  -\n\nthis is no reference\n")
    done = run("dedupe", odd, PUBMED, "--write", tmp_path / "all.ris")
    assert done.exit_code == 0
    assert "odd.ris, line 6" in done.stderr
    assert "Hope" in records((tmp_path / "all.ris").read_bytes(), "all.ris")


def test_without_a_record_nothing_is_written(tmp_path: Path) -> None:
    out = tmp_path / "merged.ris"
    out.write_text("kept")
    done = run("dedupe", "-", "--write", out)
    assert done.exit_code == 1
    assert done.stderr.endswith("No record was found.\n")
    assert out.read_text() == "kept"


def test_a_format_that_cannot_be_written_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    done = run("dedupe", PUBMED, "--write", tmp_path / "merged.docx")
    assert done.exit_code == 1
    assert "end it in one of .ris, .bib" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_files_go_through_standard_streams(tmp_path: Path) -> None:
    joined = run("dedupe", "-", FILES / "publishers.bib", "--write", "-.csv",
                 given=PUBMED.read_bytes())  # fmt: skip
    assert joined.exit_code == 0
    assert len(list(csv.reader(io.StringIO(joined.stdout)))) == 21
    again = run("read", "-", "--json", given=joined.stdout_bytes)
    (account,) = json.loads(again.stdout)
    assert (account["file"], account["records"], account["lost"]) == ("standard-input", 20, 0)


def test_a_table_of_records_comes_by_standard_input(tmp_path: Path) -> None:
    table = (
        b"record_id,title,author,year,journal\na,Hope at work,Ito,1996,Work\nb,Soil,Li,1990,Earth\n"
    )
    done = run("dedupe", "-", "--out", "-", given=table)
    assert done.exit_code == 0
    assert done.stdout.splitlines() == ["record_id,group_id", "a,a", "b,b"]
    assert "2        2" in done.stderr


def test_a_picture_says_its_format_behind_the_dash() -> None:
    table = b"author,year,yi,vi\nIto,1996,0.2,0.04\nLi,1999,0.3,0.05\nOda,2001,0.1,0.02\n"
    done = run("pool", "-", "--out", "-.svg", given=table)
    assert done.exit_code == 0
    assert done.stdout.startswith("<svg")
    assert done.stdout.count("<svg") == 1
    wrong = run("pool", "-", "--out", "-", given=table)
    assert wrong.exit_code == 1
    assert "end it in" in wrong.stderr


def test_a_backup_comes_out_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                  sqlite_template: Path) -> None:  # fmt: skip
    monkeypatch.setenv("WAYMARK_DATABASE", f"sqlite:///{sqlite_template}")
    done = run("backup", "-")
    assert done.exit_code == 0
    kept = tmp_path / "kept.db"
    kept.write_bytes(done.stdout_bytes)
    Store.open(f"sqlite:///{kept}").close()
    assert "standard output" in done.stderr


@pytest.mark.parametrize(
    "words", [("read", "-", "-"), ("dedupe", "-", "--out", "-", "--possible", "-")]
)
def test_one_stream_is_not_for_two_files(words: tuple[str, ...]) -> None:
    done = run(*words, given=PUBMED.read_bytes())
    assert done.exit_code == 1
    assert done.stderr == "Only one file can be “-”; name the others.\n"
    assert done.stdout == ""


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_reads_is_known_from_what_it_writes(name: str) -> None:
    """By the names of parameters; typer checks whether what is read is there."""
    module, _, function = COMMANDS[name].rpartition(".")
    called = getattr(import_module(f"evidence.cli.{module}"), function)
    hints = get_type_hints(called, include_extras=True)
    for parameter in signature(called).parameters:
        kind, *extras = get_args(hints[parameter]) or (hints[parameter],)
        if Path in {kind, *get_args(kind)}:
            assert any(getattr(each, "exists", False) for each in extras) == (parameter in READ)


def test_what_is_no_file_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder.ris").mkdir()
    refused = run("dedupe", PUBMED, "--write", tmp_path / "folder.ris", "--workers", 1)
    assert refused.exit_code == 2
    assert "Is a directory" in refused.stderr
    (tmp_path / "whole.ris").touch()
    (tmp_path / "link.ris").symlink_to("whole.ris")
    assert run("dedupe", PUBMED, "--write", tmp_path / "link.ris", "--workers", 1).exit_code == 0
    assert (tmp_path / "link.ris").is_symlink()
    assert (tmp_path / "whole.ris").read_bytes().startswith(b"TY  - ")


def test_another_kind_of_file_in_the_place_of_the_database_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "merged.ris").write_bytes(PUBMED.read_bytes())
    monkeypatch.setenv("WAYMARK_DATABASE", f"sqlite:///{tmp_path / 'merged.ris'}")
    refused = run("review", "list")
    assert refused.exit_code == 1
    assert "another kind of file" in refused.stderr
    assert (tmp_path / "merged.ris").read_bytes() == PUBMED.read_bytes()
