"""The command line: what it prints, what it writes, how it exits."""

import csv
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner, Result

from evidence.cli import app
from evidence.errors import WaymarkError
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.records.importing import imports
from evidence.steps.review import membership, people, reviews, team
from evidence.store import Store
from evidence.store.review.reviews import Draft
from tests.conftest import ROOT, SHARED
from tests.eppi import test_screening_sets as screening_sets
from tests.eppi.made_exports import SETTING, applied, as_bytes, reference, report
from tests.steps.prepared import example_database

IMPORTS = ROOT / "data" / "example" / "imports"
VECTORS = SHARED / "domain" / "test_vectors.json"
SHARED_TABLES = SHARED / "cases" / "tables"
TWINS = """\
record_id,title,author,year,journal,volume,number,pages,doi,abstract,isbn
a,Supported employment for everybody in town,"Drake, R.; Ito, K.",1996,Work Journal,64,2,391-399,,,
b,SUPPORTED EMPLOYMENT FOR EVERYBODY IN TOWN,"Drake R; Ito K",1996,Work J.,64,2,391-9,,,
c,Gardening and rest,"Meyer, E.",2003,Rest,1,1,1-9,,,
"""


@pytest.fixture(autouse=True)
def store_of_its_own(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its tables; `Store.open` makes them where there are none, which takes half a second."""
    shutil.copy(sqlite_template, tmp_path / "cli.db")
    monkeypatch.setenv("WAYMARK_DATABASE", f"sqlite:///{tmp_path / 'cli.db'}")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_read_accounts_for_every_entry(tmp_path: Path) -> None:
    out = tmp_path / "records.jsonl"
    result = run("read", IMPORTS / "pubmed.ris", IMPORTS / "publishers.bib", "--json", "--out", out)
    assert result.exit_code == 0
    accounts = json.loads(result.output)
    assert [(a["file"], a["format"], a["seen"], a["records"]) for a in accounts] == [
        ("pubmed.ris", "ris", 7, 7),
        ("publishers.bib", "bibtex", 13, 13),
    ]
    assert accounts[0]["path"] == str(IMPORTS / "pubmed.ris")
    assert accounts[0]["lost"] == 0
    lines = out.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 20
    assert json.loads(lines[0])["key"] == "drake1996"


def test_read_accounts_for_what_is_coded_in_an_export_of_eppi(tmp_path: Path) -> None:
    path = tmp_path / "Report.json"
    given = reference(1, applied(1, "a note", 5, "Walkers"), applied(99))
    path.write_bytes(as_bytes(report([SETTING], [given])))
    result = run("read", path, "--json")
    assert result.exit_code == 0
    (account,) = json.loads(result.output)
    parts = ("references", "sets", "codes", "applied", "notes", "quotations", "arms", "outcomes")
    assert [account[part] for part in parts] == [1, 1, 2, 2, 1, 0, 1, 0]
    for part in parts:
        assert account[part] == account["kept"][part] + account["told"][part]
    assert (account["told"]["applied"], account["repairs"]) == (1, 0)
    assert (account["format"], account["seen"], account["records"]) == ("eppi", 1, 1)
    printed = run("read", path).output
    assert "Left out, applied: A code was applied that stands in no set of the file." in printed


def test_read_says_why_json_of_eppi_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "Report.json"
    path.write_bytes(b'{"CodeSets": [')
    result = run("read", path)
    assert result.exit_code == 1
    assert "the JSON breaks off at line 1" in result.output


def test_read_exits_with_1_on_trouble_in_the_data(tmp_path: Path) -> None:
    bad = tmp_path / "page.ris"
    bad.write_text("<html><body>Log in</body></html>")
    result = run("read", bad)
    assert result.exit_code == 1
    assert "page.ris: This is a web page" in result.output


@pytest.mark.journey
def test_works_are_exported_and_come_back(tmp_path: Path) -> None:
    assert run("review", "example").exit_code == 0
    out = tmp_path / "out.ris"
    result = run("review", "export", 1, "--format", "ris", "--out", out, "--json")
    assert json.loads(result.output) == {
        "file": str(out),
        "format": "ris",
        "set": "all",
        "works": 82,
    }
    result = run("read", out, "--json")
    assert [account["records"] for account in json.loads(result.output)] == [82]
    narrow = ("--set", "title-abstract-included", "--search", "clubhouse", "--json")
    result = run("review", "export", 1, "--format", "csv", "--out", out, *narrow)
    assert 0 <= json.loads(result.output)["works"] < 3


@pytest.mark.journey
def test_works_with_decisions_and_the_appendix_are_exported(tmp_path: Path) -> None:
    assert run("review", "example").exit_code == 0
    out = tmp_path / "out.csv"
    to_csv = ("--format", "csv", "--out", out, "--json")
    result = run("review", "export", 1, *to_csv, "--contents", "works")
    assert json.loads(result.output) == {
        "file": str(out),
        "format": "csv",
        "contents": "works",
        "set": "all",
        "works": 82,
    }
    with out.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) == 82
    excluded = {row["work_id"]: row for row in rows if row["Full text"] == "excluded"}
    result = run("review", "export", 1, *to_csv, "--contents", "excluded")
    assert json.loads(result.output)["works"] == len(excluded) > 0
    with out.open(encoding="utf-8-sig", newline="") as handle:
        appendix = list(csv.DictReader(handle))
    assert {row["work_id"] for row in appendix} == set(excluded)
    for row in appendix:
        assert row["Reason"] == excluded[row["work_id"]]["Full text: reasons"].split("; ")[0]
        assert row["Title"].rstrip(".") in row["Reference"]


@pytest.mark.journey
@pytest.mark.parametrize("name", ["codings.xlsx", "codings"])
def test_codings_are_exported_and_checked(tmp_path: Path, name: str) -> None:
    assert run("review", "example").exit_code == 0
    out = tmp_path / name
    result = run("review", "export", 1, "--codings", "--out", out, "--json")
    counts = {"studies": 19, "codings": 18, "answers": 311, "findings": 76, "quotations": 0,
              "schemes": 1}  # fmt: skip
    assert json.loads(result.output) == {"out": str(out), **counts}
    result = run("codings", "check", out, "--json")
    assert (result.exit_code, json.loads(result.output)) == (0, counts | {"problems": []})


@pytest.mark.journey
def test_codings_leave_for_eppi_reviewer(tmp_path: Path) -> None:
    assert run("review", "example").exit_code == 0
    out = tmp_path / "for-eppi.json"
    result = run("review", "export", 1, "--codings", "--out", out, "--json")
    assert result.exit_code == 0
    left = json.loads(result.output)
    assert (left["references"], left["outcomes"]) == (26, 76)
    assert "The direction of a finding is not said." in {each["text"] for each in left["unsaid"]}
    (account,) = json.loads(run("read", out, "--json").output)
    assert (account["references"], account["applied"]) == (26, left["codes"])
    assert account["generation"] == 5
    assert account["told"]["applied"] == account["told"]["outcomes"] == 0
    printed = run("review", "export", 1, "--codings", "--out", out).output
    assert "The direction of a finding is not said." in printed
    wrong = run("review", "export", 1, "--codings", "--out", out, "--coder", "Nobody")
    assert (wrong.exit_code, "no coder “Nobody”" in wrong.output) == (1, True)


@pytest.mark.journey
def test_a_table_of_codings_with_faults_exits_with_1(tmp_path: Path) -> None:
    assert run("review", "example").exit_code == 0
    out = tmp_path / "codings"
    run("review", "export", 1, "--codings", "--out", out)
    answers = out / "answers.csv"
    answers.write_bytes(answers.read_bytes().replace(b",yes,", b",perhaps,", 1))
    result = run("codings", "check", out)
    assert result.exit_code == 1
    assert "answers.csv, line 2: “perhaps” in chosen is neither yes nor no." in result.output
    (problem,) = json.loads(run("codings", "check", out, "--json").output)["problems"]
    assert (problem["file"], problem["line"], problem["is_lost"]) == ("answers.csv", 2, True)


def test_whoever_took_the_command_line_out_of_the_team_keeps_codings_from_it(
    tmp_path: Path,
) -> None:
    run("review", "new", "Empty")
    store = Store.open(Settings.from_environment().database)
    (owner,) = people.everybody(store)
    other = people.named(store, "Anna")
    desk = reviews.create(store, other.id, Draft(title="Anna's"))
    membership.join(desk)
    team.add(desk, owner.name)
    out = tmp_path / "codings.xlsx"
    assert run("review", "export", desk.review_id, "--codings", "--out", out).exit_code == 0
    team.take_out(desk, owner.id)
    store.close()
    result = run("review", "export", desk.review_id, "--codings", "--out", out)
    assert (result.exit_code, "for the people of the review" in result.output) == (1, True)


@pytest.mark.parametrize(
    ("wrong", "code", "said"),
    [
        ((), 2, "--codings"),
        (("--codings", "--format", "csv"), 2, "--out only"),
        (("--codings", "--set", "included"), 2, "--out only"),
        (("--codings", "--out", "codings.xlsx", "--coder", "Anna"), 2, "FILE.json only"),
        (("--codings", "--out", "codings.csv"), 1, "codings.csv is neither"),
        (("--format", "ris", "--out", "."), 2, "is a folder"),
        (("--format", "nbib", "--contents", "works"), 1, "“nbib” cannot be written"),
        (("--format", "csv", "--contents", "all"), 2, "“all” is none of references"),
        (("--format", "csv", "--contents", "excluded", "--set", "included"), 2, "--set"),
        (("--format", "docx"), 2, "docx"),
        (("--format", "ris", "--set", "some"), 2, "some"),
        (("--format", "ris", "--source", "nowhere"), 1, "There is no source “nowhere”"),
    ],
)
def test_a_wrong_export_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: Sequence[str], code: int, said: str
) -> None:
    run("review", "new", "Empty")
    monkeypatch.chdir(tmp_path)
    result = run("review", "export", 1, "--out", tmp_path / "out", *wrong)
    assert result.exit_code == code
    assert said in result.output
    assert not (tmp_path / "out").exists()


def test_read_names_file_line_and_effect_of_each_problem(tmp_path: Path) -> None:
    bad = tmp_path / "two.zip"
    with zipfile.ZipFile(bad, "w") as archive:
        archive.writestr("a.ris", "TY  - JOUR\nTI  - t\nER  - \n\nTY  - JOUR\nER  - \n")
    result = run("read", bad, "--json")
    assert result.exit_code == 1
    (account,) = json.loads(result.output)
    (problem,) = account["problems"]
    assert (account["seen"], account["records"], account["lost"]) == (2, 1, 1)
    assert (problem["code"], problem["file"], problem["line"], problem["effect"]) == (
        "entry-empty",
        "two.zip/a.ris",
        5,
        "lost",
    )


def test_a_file_that_is_not_there_or_is_a_folder_is_wrong_usage(tmp_path: Path) -> None:
    assert run("read", "nowhere.ris").exit_code == 2
    assert run("read", tmp_path).exit_code == 2
    assert run("directions").exit_code == 2


def test_dedupe_writes_groups(tmp_path: Path) -> None:
    table, out = tmp_path / "t.csv", tmp_path / "groups.csv"
    table.write_text(TWINS, encoding="utf-8")
    result = run("dedupe", table, "--out", out, "--json")
    assert result.exit_code == 0
    assert json.loads(result.output) | {"problems": []} == {
        "records": 3,
        "works": 2,
        "duplicates": 1,
        "possible": 0,
        "problems": [],
    }
    with out.open(encoding="utf-8") as handle:
        rows = [(row["record_id"], row["group_id"]) for row in csv.DictReader(handle)]
    assert rows == [("a", "a"), ("b", "a"), ("c", "c")]


def test_dedupe_names_the_columns_that_are_missing(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("id,name\n1,x\n", encoding="utf-8")
    result = run("dedupe", table)
    assert result.exit_code == 1
    assert "record_id" in result.output


ENCODINGS = ("cp1252", "utf-16", "utf-16-le", "utf-8-sig", "utf-8")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_table_of_directions_keeps_its_letters(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "d.csv"
    rows = ["study,outcome,direction", "Märkl 2001,Schlaf,better", "Mörkl 2001,Schlaf,worse"]
    path.write_bytes("\r\n".join([*rows, ""]).encode(encoding))
    result = run("directions", path, "--json")
    (found,) = json.loads(result.output)["contrasts"]
    studies = [(study["study"], study["direction"]) for study in found["studies"]]
    assert studies == [("Märkl 2001", "favourable"), ("Mörkl 2001", "unfavourable")]


@pytest.mark.skipif(
    not SHARED_TABLES.is_dir(), reason="../shared/cases is not beside the repository"
)
def test_shared_tables_in_any_encoding() -> None:
    (found,) = json.loads(run("directions", SHARED_TABLES / "r5_merge.csv", "--json").output)[
        "contrasts"
    ]
    assert [(study["study"], study["direction"]) for study in found["studies"]] == [
        ("Müller 2001", "favourable"),
        ("Möller 2001", "unfavourable"),
    ]
    works = json.loads(run("dedupe", SHARED_TABLES / "d15_utf16.csv", "--json").output)
    assert (works["records"], works["works"]) == (2, 1)
    whole, damaged = IMPORTS / "pubmed.ris", SHARED_TABLES / "damaged.xlsx"
    accounts = json.loads(run("read", damaged, whole, "--json").output)
    assert [account["records"] for account in accounts] == [0, 7]


def test_a_guessed_encoding_is_told_and_is_no_failure(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_bytes(
        "study,outcome,direction,n_intervention\nMörkl,Schlaf,worse,3\n".encode("cp1252")
    )
    result = run("directions", path)
    assert result.exit_code == 0
    assert "its encoding was guessed" in result.output


def test_a_workbook_is_no_table_of_directions(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 9)
    result = run("directions", path)
    assert result.exit_code == 1
    assert "the heads are" not in result.output
    assert result.output.startswith("d.csv: ")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_table_of_records_keeps_its_letters(tmp_path: Path, encoding: str) -> None:
    path, out = tmp_path / "r.csv", tmp_path / "groups.csv"
    path.write_bytes(TWINS.replace("Drake", "Dräke").replace("a,", "ä,", 1).encode(encoding))
    result = run("dedupe", path, "--out", out)
    assert result.output.splitlines()[1].split()[:3] == ["3", "2", "1"]
    assert out.read_text(encoding="utf-8").splitlines()[1:] == ["ä,ä", "b,ä", "c,c"]


def test_a_table_of_a_database_is_compared_as_an_export(tmp_path: Path) -> None:
    path = tmp_path / "scopus.csv"
    row = '"Arbor, A.; Berg, B.",Soil and seeds in allotments,2001,Garden Journal,3,10.5555/a\n'
    path.write_text("Authors,Title,Year,Source title,Volume,DOI\n" + row * 2)
    result = run("dedupe", path)
    assert result.output.splitlines()[1].split()[:3] == ["2", "1", "1"]


def directions(tmp_path: Path, rows: Sequence[tuple[object, ...]]) -> dict[str, object]:
    path = tmp_path / "d.csv"
    with path.open("w", newline="", encoding="utf-8") as handle:
        csv.writer(handle).writerows([("study", "outcome", "direction", "n_intervention"), *rows])
    result = run("directions", path, "--json")
    assert result.exit_code == 0, result.output
    (found,) = json.loads(result.output)["contrasts"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("favourable", "unfavourable", "conflicting", "p"),
    [(9, 0, 1, 0.00390625), (5, 1, 0, 0.21875), (10, 2, 3, 0.03857421875), (6, 0, 0, 0.03125)],
)
def test_directions_give_the_published_p(
    tmp_path: Path, favourable: int, unfavourable: int, conflicting: int, p: float
) -> None:
    says = ["up"] * favourable + ["down"] * unfavourable
    rows: list[tuple[object, ...]] = [(f"s{n}", "hope", say, 10) for n, say in enumerate(says)]
    rows += [(f"c{n}", "hope", say, "") for n in range(conflicting) for say in ("up", "down")]
    outcomes = directions(tmp_path, rows)["outcomes"]
    assert isinstance(outcomes, list)
    assert outcomes[0]["p"] == pytest.approx(p)
    assert outcomes[0]["conflicting"] == conflicting


@pytest.mark.skipif(not VECTORS.exists(), reason="../shared is not here")
def test_directions_agree_with_the_vectors_of_the_field(tmp_path: Path) -> None:
    vectors = json.loads(VECTORS.read_text(encoding="utf-8"))
    words = {"up": "favourable", "down": "unfavourable", "conflicting": "conflicting"}
    for one in vectors["within_study_70_percent_rule"][:-1]:
        rows: list[tuple[object, ...]] = [("s", "o", "up", "")] * one["up"]
        rows += [("s", "o", "down", "")] * one["down"]
        studies = directions(tmp_path, rows)["studies"]
        assert isinstance(studies, list)
        assert studies[0]["direction"] == words[one["result"]]
    for one in vectors["arrow_size_bands_intervention_group_n"]:
        studies = directions(tmp_path, [("s", "o", "up", one["n"])])["studies"]
        assert isinstance(studies, list)
        assert studies[0]["size"] == one["size"]
    for one in vectors["sign_test_two_sided_exact_p0.5"]["computed"]:
        says = ["better"] * one["k"] + ["worse"] * (one["n"] - one["k"])
        if says:
            made = [(f"s{n}", "o", say, "") for n, say in enumerate(says)]
            outcomes = directions(tmp_path, made)["outcomes"]
            assert isinstance(outcomes, list)
            assert outcomes[0]["p"] == pytest.approx(one["p"])


def test_directions_say_when_p_is_out_of_reach_and_which_line_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text("study,outcome,direction,n_intervention\na,hope,better,10\nb,hope,purple,10\n")
    result = run("directions", path)
    assert result.exit_code == 1
    assert "out of reach" in result.output
    assert "d.csv, line 3" in result.output


SCREENED = """\
record_id,title,abstract,label_included
a,Supported employment and hope,Job coaches and work,1
b,Soil of a greenhouse,,0
c,Hope at work,Hope grows with supported employment,1
d,Soil and compost,Compost for a greenhouse,0
e,Job coaches,Supported employment with job coaches,1
"""


def screened(tmp_path: Path, text: str = SCREENED) -> Path:
    path = tmp_path / "screened.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_rank_writes_the_order_with_priors_first(tmp_path: Path) -> None:
    out = tmp_path / "order.csv"
    result = run("rank", screened(tmp_path), "--priors", "4, 1", "--out", out, "--json")
    assert result.exit_code == 0
    found = json.loads(result.output)
    assert found["priors"] == [4, 1]
    assert (found["records"], found["relevant"], found["no_abstract"]) == (5, 3, 1)
    assert (found["loss"], found["problems"]) == (0, [])
    with out.open(encoding="utf-8", newline="") as handle:
        rows = [(row["record_id"], row["label_included"]) for row in csv.DictReader(handle)]
    assert rows[:2] == [("e", "1"), ("b", "0")]
    assert {row for row, _ in rows[2:4]} == {"a", "c"}
    assert rows[4] == ("d", "0")


def test_rank_gives_the_same_order_for_the_same_seed(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    for out in (one, two):
        assert run("rank", screened(tmp_path), "--seed", 3, "--out", out).exit_code == 0
    assert one.read_bytes() == two.read_bytes()


def test_rank_has_no_figures_where_all_was_known_before(tmp_path: Path) -> None:
    result = run("rank", screened(tmp_path), "--priors", "0,2,4", "--json")
    assert result.exit_code == 0
    assert json.loads(result.output)["atd"] is None
    assert "–" in run("rank", screened(tmp_path), "--priors", "0,2,4").output


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("record_id,title\na,b\n", "lacks the columns abstract, label_included"),
        ("", "lacks the columns"),
        ("record_id,title,abstract,label_included\n", "no record that can be used"),
        ("record_id,title,abstract,label_included\na,t,x,yes\n", "line 2: The entry could not"),
        (SCREENED.replace(",0\n", ",1\n"), "label_included is relevant (1) in all"),
        (SCREENED.replace(",1\n", ",0\n"), "label_included is irrelevant (0) in all"),
    ],
)
def test_rank_says_what_is_wrong_with_a_table(tmp_path: Path, text: str, said: str) -> None:
    out = tmp_path / "order.csv"
    result = run("rank", screened(tmp_path, text), "--out", out)
    assert result.exit_code == 1
    assert said in result.output
    assert not out.exists()


def test_rank_goes_on_without_a_row_that_cannot_be_used(tmp_path: Path) -> None:
    out = tmp_path / "order.csv"
    result = run("rank", screened(tmp_path, SCREENED + "f,t,x,perhaps\n"), "--out", out)
    assert result.exit_code == 1
    assert "screened.csv, line 7" in result.output
    assert len(out.read_text(encoding="utf-8").splitlines()) == 6


@pytest.mark.parametrize("priors", ["9", "-1", "a", "1;2"])
def test_rank_refuses_rows_that_are_none(tmp_path: Path, priors: str) -> None:
    result = run("rank", screened(tmp_path), f"--priors={priors}")
    assert result.exit_code == 2


def test_rank_refuses_a_folder_that_is_not_there(tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "order.csv"
    assert run("rank", screened(tmp_path), "--out", out).exit_code == 2


def test_a_review_goes_the_road_by_commands() -> None:
    assert json.loads(run("review", "new", "Gardens", "--json").output) == {"review": 1}
    files = (IMPORTS / "pubmed.ris", IMPORTS / "scie-digest.ris")
    report = run("review", "import", "Gardens", *files, "--database", "PubMed", "--json")
    assert [kept["records"] for kept in json.loads(report.output)] == [7, 8]
    again = run("review", "import", "1", files[0])
    assert again.exit_code == 1
    assert "imported before" in again.output
    assert json.loads(run("review", "dedupe", "1", "--json").output)["records"] == 15
    (row,) = json.loads(run("review", "list", "--json").output)
    assert (row["title"], row["records"]) == ("Gardens", 15)
    missing = run("map", "Nothing")
    assert missing.exit_code == 1
    assert "There is no review “Nothing”. There are: 1 “Gardens”." in missing.output


def test_the_codings_of_two_coders_come_in_by_commands(tmp_path: Path) -> None:
    run("review", "new", "Gardens")
    for name, code in (("anna", 1), ("ben", 2)):
        coded = report([SETTING], [reference(1, applied(code)), reference(2)])
        (tmp_path / f"{name}.json").write_bytes(as_bytes(coded))
        done = run("review", "bring-codings", "1", tmp_path / f"{name}.json",
                   "--coder", name, "--json")  # fmt: skip
        told = json.loads(done.output)
        assert (told["codings"], told["answers"]) == (1, 1)
    assert told["joined"] == 1
    (row,) = json.loads(run("review", "list", "--json").output)
    assert (row["records"], row["studies"]) == (2, 1)
    twice = run("review", "bring-codings", "1", tmp_path / "ben.json", "--coder", "ben")
    assert twice.exit_code == 1
    assert "brought in already, as that of “ben”" in twice.output
    nothing = run("review", "bring-codings", "1", IMPORTS / "pubmed.ris")
    assert nothing.exit_code == 1
    assert "holds no coding" in nothing.output


def test_a_screening_set_becomes_decisions_by_a_command(tmp_path: Path) -> None:
    run("review", "new", "Gardens")
    path = tmp_path / "screened.json"
    path.write_bytes(as_bytes(screening_sets.SCREENED))
    bring = ("review", "bring-codings", "1", path)
    for wrong, told in (
        ("Setting=full_text", "no screening set of this file"),
        ("Screen on title", "Write SET=STAGE"),
        ("Screen on title=later", "Write SET=STAGE"),
    ):
        refused = run(*bring, "--stage", wrong)
        assert refused.exit_code != 0
        assert told in " ".join(refused.output.replace("│", " ").split())
    twice = run(*bring, "--stage", "910=full_text", "--stage", "Screen on title=title_abstract")
    assert "named twice" in twice.output
    (row,) = json.loads(run("review", "list", "--json").output)
    assert row["records"] == 0
    done = run(
        *bring, "--stage", "Screen on title=title_abstract", "--stage", "911=full_text", "--json"
    )
    told_numbers = json.loads(done.output)
    assert (told_numbers["decisions"], told_numbers["decisions_waiting"]) == (6, 2)
    assert told_numbers["studies"] == 1


def test_the_map_of_the_example_is_printed_and_written(tmp_path: Path) -> None:
    (tmp_path / "cli.db").write_bytes(example_database())
    found = json.loads(run("map", "1", "--json").output)
    assert "not findings. Rests on 18 of 19 studies" in found["rests_on"]
    assert any("New Hampshire" in study for cell in found["cells"] for study in cell["studies"])
    out = tmp_path / "map.html"
    told = json.loads(run("map", "1", "--out", out, "--json").output)
    assert told == {"file": str(out), "bytes": out.stat().st_size, "studies": 18}
    assert told["bytes"] < 450_000
    page = out.read_text(encoding="utf-8")
    assert "Rests on 18 of 19 studies" in page
    assert "not findings" in page
    assert "New Hampshire" in page


@pytest.mark.journey
def test_a_map_has_what_the_command_asks_for(tmp_path: Path) -> None:
    run("review", "example")
    out = tmp_path / "map.html"
    options = ("--title", "A title", "--with-quotations", "--rows", "axis:outcome", "--accent",
               "#804000", "--without", "design", "--out", out)  # fmt: skip
    assert run("map", "1", *options).exit_code == 0
    page = out.read_text(encoding="utf-8")
    assert "<title>A title</title>" in page
    assert "#804000" in page
    assert "question:design" not in page
    assert '"quotation":[' in page
    assert 'view":"rows=axis%3Aoutcome&columns=axis%3Aintervention' in page
    for option in (("--without", "nothing"), ("--view", "rows=x"), ("--accent", "blue")):
        refused = run("map", "1", "--out", tmp_path / "none.html", *option)
        assert refused.exit_code == 1, option
    assert not (tmp_path / "none.html").exists()
    assert run("map", "1", "--out", tmp_path).exit_code == 2


@pytest.mark.journey
def test_a_map_is_frozen_by_the_team_and_its_version_written_later(tmp_path: Path) -> None:
    run("review", "example")
    refused = run("map", "1", "--freeze", "As submitted")
    assert refused.exit_code == 1
    assert "Command line" in refused.output
    opened = Store.open(f"sqlite:///{tmp_path / 'cli.db'}")
    person = people.named(opened, "Command line")
    membership.join(Desk(store=opened, review_id=1, person_id=person.id))
    opened.close()
    told = json.loads(run("map", "1", "--freeze", "As submitted", "--json").output)
    assert told == {"version": 1, "studies": 18}
    again = run("map", "1", "--freeze", "")
    assert (again.exit_code, "Nothing on the map changed" in again.output) == (1, True)
    out = tmp_path / "map.html"
    assert run("map", "1", "--version", "1", "--out", out).exit_code == 0
    assert "Version 1 of this map, frozen on" in out.read_text(encoding="utf-8")
    for options in (("--version", "1"), ("--version", "2", "--out", tmp_path / "none.html")):
        assert run("map", "1", *options).exit_code == 1


@pytest.mark.journey
def test_a_map_takes_no_option_that_would_do_nothing(tmp_path: Path) -> None:
    run("review", "example")
    for options in (("--title", "T"), ("--version", "0"), ("--with-notes",)):
        refused = run("map", "1", *options)
        told = f"{options[0]} is for the file; name it with --out, too."
        assert (refused.exit_code, told in refused.output) == (1, True)
    for option in (("--out", tmp_path / "none.html"), ("--since", "1"), ("--rows", "country")):
        refused = run("map", "1", "--freeze", "", *option)
        told = f"{option[0]} cannot stand beside --freeze."
        assert (refused.exit_code, told in refused.output) == (1, True)
    assert not (tmp_path / "none.html").exists()


@pytest.mark.parametrize("command", ["read", "dedupe"])
def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, command: str) -> None:
    table = tmp_path / "table.csv"
    table.write_text(TWINS, encoding="utf-8")
    for out, words in ((tmp_path / "no" / "x", "There is no folder"), (tmp_path, "cannot be")):
        result = run(command, table, "--out", out)
        assert result.exit_code == 2
        assert words in result.output


def test_a_backup_is_made_and_restored(tmp_path: Path) -> None:
    run("review", "new", "Gardens")
    backup = tmp_path / "backup.db"
    contents = {"reviews": 1, "records": 0, "decisions": 0}
    assert json.loads(run("backup", backup, "--json").output) == {"file": str(backup)} | contents
    run("review", "new", "Later")
    refused = run("restore", backup)
    assert refused.exit_code == 1
    assert "Add --replace" in refused.output
    restored = json.loads(run("restore", backup, "--replace", "--json").output)
    replaced = Path(restored.pop("replaced"))
    whole = {"tried": False, "faults": []}
    assert restored == {"database": str(tmp_path / "cli.db")} | contents | whole
    assert [row["title"] for row in json.loads(run("review", "list", "--json").output)] == [
        "Gardens"
    ]
    assert run("restore", replaced, "--replace").exit_code == 0
    titles = [row["title"] for row in json.loads(run("review", "list", "--json").output)]
    assert titles == ["Later", "Gardens"]


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_reviews_in_postgresql_have_backups_of_their_own(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYMARK_DATABASE", "postgresql+psycopg://me:secret@nowhere/waymark")
    (tmp_path / "backup.db").touch()
    result = run(command, tmp_path / "backup.db", "--replace")
    assert result.exit_code == 1
    assert "pg_dump" in result.output
    assert "secret" not in result.output


def test_a_restored_backup_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    assert run("restore", tmp_path / "none.db").exit_code == 2
    run("review", "new", "Gardens")
    nowhere = run("backup", tmp_path / "nowhere" / "backup.db")
    assert nowhere.exit_code == 2
    assert "There is no folder" in nowhere.output


def dump(tmp_path: Path) -> list[str]:
    """All that the database holds, next numbers included."""
    with closing(sqlite3.connect(tmp_path / "cli.db")) as connection:
        return list(connection.iterdump())


def archive(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, text in members.items():
            made.writestr(name.replace("_", "."), text)
    return path


@pytest.mark.parametrize(
    ("file", "options", "words"),
    [
        ("good.ris", ("--kind", "gossip"), "A source can be one of"),
        ("page.ris", (), "This is a web page"),
        ("empty.ris", (), "empty"),
        ("known.ris", (), "imported before"),
        ("pages.zip", (), "This is a web page"),
        ("nothing.zip", (), "empty"),
        ("damaged.zip", (), "damaged.zip"),
        ("large.ris", (), "limit is 1 MB"),
    ],
)
def test_an_import_that_fails_leaves_nothing_and_takes_no_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, options: tuple[str, ...], words: str
) -> None:
    monkeypatch.setenv("WAYMARK_MAX_UPLOAD_MB", "1")
    good, page = "TY  - JOUR\nTI  - Gardens\nER  - \n", "<html><body>Log in</body></html>"
    for name, text in {
        "good.ris": good.replace("Gardens", "Work"),
        "known.ris": good,
        "page.ris": page,
        "empty.ris": "",
        "damaged.zip": "PK\x03\x04 and no more",
        "large.ris": good * 40_000,
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    archive(tmp_path / "pages.zip", a_ris=page, b_ris=page)
    archive(tmp_path / "nothing.zip")
    run("review", "new", "Gardens")
    assert run("review", "import", "Gardens", tmp_path / "known.ris").exit_code == 0
    before = dump(tmp_path)
    result = run("review", "import", "Gardens", tmp_path / file, *options)
    assert result.exit_code == 1
    assert words in result.output
    assert dump(tmp_path) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("review", "import", "1", IMPORTS / "pubmed.ris", "--date", "22.11.2026"), "is no date"),
        (("review", "import", "1", IMPORTS / "pubmed.ris", "--date", "2026-02-30"), "is no date"),
        (("review", "import", "1", IMPORTS / "pubmed.ris", "--date", "2026-2-3"), "is no date"),
        (("review", "import", "1", IMPORTS / "pubmed.ris", "--date", "٢٠٢٦"), "is no date"),
        (("review", "import", "1", IMPORTS / "pubmed.ris", "--date", "2999"), "still to come"),
        (("publish", "1", "--until", "2020-13-01"), "is no day; write it as 2027-03-31, or never"),
        (("publish", "1", "--until", "20270331"), "is no day"),
    ],
    ids=lambda value: value[-1],
)
def test_a_day_that_is_none_is_wrong_usage_and_names_the_option(
    words: tuple[object, ...], told: str
) -> None:
    result = run(*words)
    said = " ".join(result.stderr.replace("│", " ").split())
    assert result.exit_code == 2
    assert f"Invalid value for '{words[-2]}': " in said
    assert told in said


@pytest.mark.parametrize("date", ["2026-11-22", "2024-02-29", "2026-11", "2026", ""])
def test_a_date_may_leave_open_what_is_not_known(tmp_path: Path, date: str) -> None:
    run("review", "new", "Gardens")
    result = run("review", "import", "1", IMPORTS / "pubmed.ris", f"--date={date}")
    assert result.exit_code == 0
    assert f"'{date}'" in "".join(line for line in dump(tmp_path) if '"source"' in line)


def test_an_import_that_breaks_off_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise WaymarkError("The disk is full.")

    run("review", "new", "Gardens")
    monkeypatch.setattr(imports, "import_files", full)
    result = run("review", "import", "1", IMPORTS / "pubmed.ris")
    assert (result.exit_code, result.output) == (1, "The disk is full.\n")
    with closing(sqlite3.connect(tmp_path / "cli.db")) as connection:
        for table, rows in (("review", 1), ("imported_file", 0), ("record", 0), ("job", 0)):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (rows,)  # noqa: S608


def test_a_damaged_workbook_stops_no_other_file(tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["Title", "Year"])
    sheet.append(["In a workbook", 2001])
    whole, damaged, ris = (tmp_path / name for name in ("w.xlsx", "d.xlsx", "a.ris"))
    book.save(whole)
    damaged.write_bytes(whole.read_bytes()[:-60])
    ris.write_text("TY  - JOUR\nTI  - One\nER  - \n")
    run("review", "new", "Gardens")
    result = run("review", "import", "1", damaged, ris, whole, "--json")
    assert [file["records"] for file in json.loads(result.output)] == [0, 1, 1]
    assert result.exit_code == 1
    assert "it is damaged" in result.output
    read = run("read", damaged, ris, whole, "--json")
    assert [file["records"] for file in json.loads(read.output)] == [0, 1, 1]


def test_a_file_that_fails_does_not_keep_the_others_out(tmp_path: Path) -> None:
    run("review", "new", "Gardens")
    page = tmp_path / "page.ris"
    page.write_text("<html><body>Log in</body></html>")
    both = archive(tmp_path / "both.zip", a_ris="TY  - JOUR\nTI  - Work\nER  - \n", b_ris="<html>")
    result = run("review", "import", "1", page, IMPORTS / "pubmed.ris", both, "--json")
    assert result.exit_code == 1
    counts = [(file["file"], file["records"]) for file in json.loads(result.output)]
    assert counts == [
        ("page.ris", 0), ("pubmed.ris", 7), ("both.zip/a.ris", 1), ("both.zip/b.ris", 0),
    ]  # fmt: skip
    again = run("review", "import", "1", IMPORTS / "pubmed.ris", IMPORTS / "scie-digest.ris")
    assert again.exit_code == 1
    assert "imported before" in again.output


def test_two_reviews_of_one_title_are_told_apart_by_number(tmp_path: Path) -> None:
    for title in ("Gardens", "Gardens", "1"):
        run("review", "new", title)
    before = dump(tmp_path)
    for command in (("import", "Gardens", IMPORTS / "pubmed.ris"), ("dedupe", "Gardens")):
        result = run("review", *command)
        assert result.exit_code == 1
        assert "2 reviews are called “Gardens”; name a number: 2, 1." in result.output
    assert dump(tmp_path) == before
    run("review", "import", "1", IMPORTS / "pubmed.ris")  # a number, though a title as well
    rows = json.loads(run("review", "list", "--json").output)
    assert [(row["review"], row["records"]) for row in rows] == [(3, 0), (2, 0), (1, 7)]


@pytest.mark.journey
def test_a_review_of_others_is_only_looked_at(tmp_path: Path) -> None:
    run("review", "example")
    before = dump(tmp_path)
    for command in (("import", "1", IMPORTS / "pubmed.ris"), ("dedupe", "1")):
        result = run("review", *command)
        assert result.exit_code == 1
        assert "Add that name on the review's page Team" in result.output
    assert run("map", "1").exit_code == 0
    assert dump(tmp_path) == before
