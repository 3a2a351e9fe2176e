"""What notebooks use: tables that say what the pages and commands say."""

import doctest
import json
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import evidence as wm
from evidence.cli import app
from evidence.errors import Invalid
from scripts import notebook
from tests.conftest import ROOT
from tests.steps.prepared import example_database

FILES = ROOT / "data" / "example" / "imports"
GUIDE = ROOT / "docs" / "guide" / "notebooks.md"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The example, made once in a run."""
    path = tmp_path_factory.mktemp("notebook") / "waymark.db"
    path.write_bytes(example_database())
    return f"sqlite:///{path}"


@pytest.fixture(scope="module")
def review(database: str) -> Iterator[wm.Review]:
    with wm.Review(1, database) as opened:
        yield opened


def said(database: str, *words: str) -> str:
    """What a command prints."""
    done = CliRunner().invoke(app, list(words), env={"WAYMARK_DATABASE": database})
    assert done.exit_code == 0, done.output
    return done.stdout


# ── what is public ────────────────────────────────────────────────────────────────────────────────


def test_all_that_is_public_is_in_the_guide_and_documented() -> None:
    guide = GUIDE.read_text("utf-8")
    assert sorted(wm.__all__) == wm.__all__
    for name in wm.__all__:
        assert f"wm.{name}" in guide, name
        assert getattr(wm, name).__doc__
    headings = {line.removeprefix("## `wm.").split("`")[0].split("(")[0]
                for line in guide.splitlines() if line.startswith("## `wm.")}  # fmt: skip
    assert headings == set(wm.__all__)


def test_importing_it_loads_nothing_heavy() -> None:
    heavy = {"pandas", "numpy", "sqlalchemy"}
    script = f"import sys, evidence; print(sorted({heavy!r} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_what_is_not_there_is_told_as_python_tells_it() -> None:
    with pytest.raises(AttributeError, match="no attribute 'reed'"):
        wm.reed  # noqa: B018
    assert set(wm.__all__) <= set(dir(wm))


@pytest.mark.parametrize("module", ["files", "screening", "synthesis", "reviews"])
def test_examples_in_docstrings_are_right(
    module: str, database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In the folder of Waymark, with the example as review 1."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("WAYMARK_DATABASE", database)
    tried = doctest.testmod(import_module(f"evidence.notebook.{module}"))
    assert tried.failed == 0
    assert tried.attempted >= 4


def test_each_public_name_has_an_example_in_its_docstring() -> None:
    assert [name for name in wm.__all__ if ">>> " not in (getattr(wm, name).__doc__ or "")] == []


# ── files ─────────────────────────────────────────────────────────────────────────────────────────


def test_records_are_those_that_the_command_reads() -> None:
    paths = sorted(FILES.glob("*.ris"))
    records = wm.read(*paths)
    counted = json.loads(CliRunner().invoke(app, ["read", *map(str, paths), "--json"]).stdout)
    assert len(records) == sum(each["records"] for each in counted)
    assert records["file"].value_counts().to_dict() == {
        each["file"]: each["records"] for each in counted
    }
    assert records["year"].dtype == "Int64"
    assert records.attrs["problems"] == [
        problem["text"] for each in counted for problem in each["problems"]
    ]


def test_works_are_those_that_the_command_joins() -> None:
    paths = [*sorted(FILES.glob("*.ris")), *sorted(FILES.glob("*.bib"))]
    works = wm.dedupe(wm.read(*paths))
    told = json.loads(CliRunner().invoke(app, ["dedupe", *map(str, paths), "--json"]).stdout)
    assert (len(works), len(works.attrs["possible"])) == (told["works"], told["possible"])
    assert sorted(at for each in works["records"] for at in each) == list(range(told["records"]))


def test_a_table_of_ones_own_is_deduplicated_whatever_it_lacks() -> None:
    own = pd.DataFrame(
        {"title": ["Hope at work", "Hope at work", None], "year": [2001, 2001, None],
         "authors": [["Ito, A"], "Ito, A", float("nan")], "doi": ["10.1000/hope"] * 2 + [""],
         "mine": [1, 2, 3]},
        index=["a", "b", "c"],
    )  # fmt: skip
    works = wm.dedupe(own)
    assert works["records"].tolist() == [["a", "b"], ["c"]]
    assert works.loc[0, "authors"] == ["Ito, A"]
    assert wm.dedupe(own.iloc[:0]).empty


# ── screening ─────────────────────────────────────────────────────────────────────────────────────

SCREENED = pd.DataFrame(
    {
        "title": [
            "Hope at work",
            "Soil",
            "Hope and job coaches",
            "Compost",
            "Soil and seed",
            "Jobs",
        ],
        "abstract": ["Job coaches bring hope", "", "Hope grows", "Soil", "Compost", "Job coaches"],
        "keywords": [["hope"], [], "hope; work", None, [], []],
        "label_included": [1, 0, 1, 0, 0, 1],
    },
    index=list("abcdef"),
)


def test_a_review_is_simulated_as_the_command_does(tmp_path: Path) -> None:
    table = tmp_path / "screened.csv"
    words = SCREENED.assign(
        keywords=[v if isinstance(v, str) else "; ".join(v or []) for v in SCREENED["keywords"]]
    )
    words.to_csv(table, index_label="record_id")
    order = wm.simulate(SCREENED, seed=3)
    done = CliRunner().invoke(
        app, ["rank", str(table), "--seed", "3", "--out", str(tmp_path / "order.csv"), "--json"]
    )
    told = json.loads(done.stdout)
    assert pd.read_csv(tmp_path / "order.csv")["record_id"].tolist() == order.index.tolist()
    assert {name: round(order.attrs[name], 4) for name in ("atd", "loss", "wss95", "recall10")} == {
        name: told[name] for name in ("atd", "loss", "wss95", "recall10")
    }
    assert order["is_prior"].tolist() == [True, True, False, False, False, False]


def test_what_was_not_read_is_put_in_order() -> None:
    waiting = SCREENED.assign(label_included=pd.Series([1, 0], index=["a", "b"]))
    order = wm.rank(waiting, seed=1)
    assert sorted(order.index) == list("cdef")
    assert set(order.index[:2]) == {"c", "f"}
    assert order["score"].is_monotonic_decreasing


@pytest.mark.parametrize(
    ("labels", "words"),
    [([1, 0, 1, None, 0, 1], "that of d has none"), ([1] * 6, "is the same for all")],
)
def test_what_cannot_be_simulated_is_told(labels: list[int | None], words: str) -> None:
    known = pd.Series(labels, index=SCREENED.index, dtype="Int64")
    with pytest.raises(Invalid, match=words):
        wm.simulate(SCREENED.assign(label_included=known))
    with pytest.raises(Invalid, match="no column title"):
        wm.rank(SCREENED.drop(columns="title"))


def test_two_peoples_decisions_are_compared(tmp_path: Path) -> None:
    paths = []
    for name, verdicts in (("anna", "include exclude include"), ("ben", "include include include")):
        rows = "".join(
            f"Work {n},10.1000/{n},{name},title_abstract,{v}\n"
            for n, v in enumerate(verdicts.split())
        )
        paths.append(tmp_path / f"{name}.csv")
        paths[-1].write_text(f"title,doi,person,stage,verdict\n{rows}")
    figures = wm.agreement(*paths)
    told = json.loads(CliRunner().invoke(app, ["agreement", *map(str, paths), "--json"]).stdout)
    assert figures.attrs["sentence"] == told["sentence"]
    assert figures["percent"].max() > 0


# ── synthesis ─────────────────────────────────────────────────────────────────────────────────────


def test_effects_are_pooled_as_the_command_does(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {"study": list("abcd"), "yi": [0.2, 0.3, 0.1, 0.5], "vi": [0.04, 0.05, 0.02, 0.1]}
    )
    path = tmp_path / "effects.csv"
    table.to_csv(path, index=False)
    pooled = wm.pool(table, method="DL", test="z")
    done = CliRunner().invoke(app, ["pool", str(path), "--method", "DL", "--test", "z", "--json"])
    told = json.loads(done.stdout)
    assert pooled.figures.to_dict() == told
    assert wm.pool(path, method="DL", test="z").figures.to_dict() == told
    assert pooled.forest._repr_html_().startswith("<div><svg")
    assert [each.name for each in pooled.funnel.save(tmp_path / "funnel.png")] == ["funnel.png"]
    assert (tmp_path / "funnel.png").read_bytes().startswith(b"\x89PNG")
    assert len(pooled.forest.table) >= len(table)


def test_a_method_that_is_none_is_told_with_those_there_are() -> None:
    table = pd.DataFrame({"yi": [0.1, 0.2], "vi": [0.1, 0.2]})
    with pytest.raises(Invalid, match="“REM” is none of FE"):
        wm.pool(table, method="REM")


def test_directions_are_those_of_the_command(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {"study": ["a", "a", "b", "c"], "outcome": ["Hope"] * 4,
         "direction": ["better", "worse", "better", "no change"],
         "n_intervention": [20, 20, 200, 5]}
    )  # fmt: skip
    path = tmp_path / "findings.csv"
    table.to_csv(path, index=False)
    found = wm.directions(table)
    (told,) = json.loads(CliRunner().invoke(app, ["directions", str(path), "--json"]).stdout)[
        "contrasts"
    ]
    assert found[["study", "direction"]].to_dict("records") == [
        {"study": each["study"], "direction": each["direction"]} for each in told["studies"]
    ]
    assert found.attrs["outcomes"]["sentence"].tolist() == [o["sentence"] for o in told["outcomes"]]


# ── reviews ───────────────────────────────────────────────────────────────────────────────────────


def test_a_review_gives_its_works_decisions_codings_and_findings(
    review: wm.Review, database: str, tmp_path: Path
) -> None:
    works = review.works()
    assert (len(works), works.index.is_unique) == (82, True)
    path = tmp_path / "works.csv"
    said(database, "review", "export", "1", "--contents", "works", "--format", "csv",
         "--out", str(path))  # fmt: skip
    assert works.index.tolist() == pd.read_csv(path)["work_id"].tolist()
    assert set(review.decisions()["verdict"]) >= {"include", "exclude", "maybe"}
    codings = review.codings()
    assert {"study", "question", "code"} <= set(codings.columns)
    assert review.findings()["study"].nunique() == 16
    assert repr(review) == f"<Review 1: {review.title}>"


def test_cells_of_the_map_are_those_of_the_command(review: wm.Review, database: str) -> None:
    numbers = wm.crosstab(review)
    told: dict[tuple[str, str], set[str]] = {}
    for cell in json.loads(said(database, "map", "1", "--json"))["cells"]:
        told.setdefault((cell["row"], cell["column"]), set()).update(cell["studies"])
    assert {place: set(names) for place, names in numbers.attrs["studies"].items()} == told
    assert all(numbers.loc[row, column] == len(names) for (row, column), names in told.items())
    assert numbers.to_numpy().sum() == sum(map(len, told.values()))
    with pytest.raises(Invalid, match=r"no 'colour'; it has: .*intervention"):
        wm.crosstab(review, rows="colour")


def test_the_flow_is_that_of_the_command(review: wm.Review, database: str) -> None:
    told = json.loads(said(database, "flow", "1", "--json"))
    numbers = wm.flow(review)
    rows = zip(numbers["box"], numbers["line"], numbers["n"], strict=True)
    assert [{"box": box, "line": line, "n": n} for box, line, n in rows] == told["boxes"]
    assert numbers.attrs["still_open"] == told["still_open"]
    assert "<svg" in numbers.attrs["figure"]._repr_html_()


def test_a_review_that_is_not_there_is_told_with_those_there_are(database: str) -> None:
    with pytest.raises(Invalid, match=r"There is no review “Gardens”\. There are: 1 "):
        wm.Review("Gardens", database)


def test_the_notebook_in_the_guide_gives_what_it_shows(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("WAYMARK_DATABASE", database)
    shown = json.loads(notebook.NOTEBOOK.read_text("utf-8"))
    cells = [cell for cell in shown["cells"] if cell["cell_type"] == "code"]
    kept = [
        [line for output in cell["outputs"] for line in output["data"]["text/plain"]]
        for cell in cells
    ]
    assert list(notebook.outputs(shown)) == kept
    assert sum(map(bool, kept)) >= 8
