from pathlib import Path

import pytest

from evidence.coding.findings import Direction
from evidence.problems import Code, Effect
from evidence.synthesis.direction_rows import from_rows, read_rows, studies_of
from evidence.synthesis.direction_spellings import COLUMNS, DIRECTIONS, SPELLINGS
from evidence.synthesis.within_study import EffectDirection

OUTCOMES = Path(__file__).resolve().parents[2] / ".." / "shared" / "domain" / "outcomes.csv"
HEAD = "study,outcome,direction,n_intervention"


def test_rows_become_findings_of_studies() -> None:
    text = [HEAD, "Burns 2009,symptoms,better,150", "Burns 2009,functioning,worse,", "Bond,x,up,20"]
    rows, problems = read_rows(text, "f.csv")
    assert problems == ()
    burns, bond = studies_of(rows)
    assert (burns.label, len(burns.findings)) == ("Burns 2009", 2)
    assert burns.findings[0].n_intervention == 150
    assert burns.findings[1].n_intervention is None
    assert bond.findings[0].direction is Direction.BETTER


def test_a_row_knows_the_line_it_begins_on() -> None:
    text = ["\ufeff" + HEAD + "\r\n", '"two\n', 'lines",o,up,1\n', "\n", "b,o,down,1\n"]
    rows, problems = read_rows(text, "f.csv")
    assert [(row.line, row.study) for row in rows] == [(2, "two lines"), (5, "b")]
    assert problems == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_may_be_parted_as_spreadsheets_do(delimiter: str) -> None:
    rows, problems = read_rows(
        [HEAD.replace(",", delimiter), delimiter.join(["a", "o", "▲", "5"])], "f"
    )
    assert (rows[0].direction, rows[0].n_intervention, problems) == (Direction.BETTER, 5, ())


@pytest.mark.parametrize("head", ["Study_ID, OUTCOME  Domain ,Effect-Direction,N", HEAD.upper()])
def test_heads_of_columns_are_known_by_other_names(head: str) -> None:
    rows, problems = read_rows([head, "a,o,better,5"], "f")
    assert (rows[0].study, rows[0].n_intervention, problems) == ("a", 5, ())


@pytest.mark.parametrize(
    ("written", "direction"),
    [
        ("Better", Direction.BETTER),
        ("FAVOURS INTERVENTION", Direction.BETTER),
        ("improvement", Direction.BETTER),
        ("▼", Direction.WORSE),
        ("down", Direction.WORSE),
        ("no change", Direction.NO_CHANGE),
        ("◄►", Direction.MIXED),
        ("conflicting", Direction.MIXED),
        ("no difference reported (direction not stated)", Direction.NOT_STATED),
        ("No significant difference", Direction.NOT_STATED),
    ],
)
def test_directions_in_many_spellings(written: str, direction: Direction) -> None:
    rows, problems = read_rows([HEAD, f"a,o,{written},1"], "f")
    assert (rows[0].direction, problems) == (direction, ())


def test_a_spelling_means_one_thing() -> None:
    spellings = [text for texts in SPELLINGS.values() for text in texts]
    assert len(spellings) == len(DIRECTIONS)
    assert all(text == text.casefold() for text in spellings)
    heads = [head for known in COLUMNS.values() for head in known]
    assert len(heads) == len(set(heads))


def problem(text: list[str]) -> tuple[Code, int | None, str]:
    [one] = read_rows(text, "f.csv")[1]
    assert one.file == "f.csv"
    return one.code, one.line, one.detail


@pytest.mark.parametrize(
    ("row", "code", "detail"),
    [
        ("a,o,wurse,1", Code.VALUE_UNREADABLE, "direction “wurse”, counted as not stated"),
        ("a,o,,1", Code.FIELD_REPAIRED, "no direction, read as not stated"),
        ("a,o,up,many", Code.VALUE_UNREADABLE, "n_intervention “many”, taken as unknown"),
        ("a,o,up,-5", Code.VALUE_UNREADABLE, "n_intervention “-5”, taken as unknown"),
        ("a,o,up,0", Code.VALUE_UNREADABLE, "n_intervention “0”, taken as unknown"),
        ("a,o,up,5.5", Code.VALUE_UNREADABLE, "n_intervention “5.5”, taken as unknown"),
        ('a,o,up,"1,200"', Code.FIELD_REPAIRED, "n_intervention “1,200”, read as 1200"),
        ("a,o,up,n = 12", Code.FIELD_REPAIRED, "n_intervention “n = 12”, read as 12"),
        ("a,o,up,12.0", Code.FIELD_REPAIRED, "n_intervention “12.0”, read as 12"),
        (",o,up,1", Code.VALUE_UNREADABLE, "no study; the row was left out"),
        ("a", Code.VALUE_UNREADABLE, "no outcome; the row was left out"),
        (
            "Burns, T,o,up,1",
            Code.VALUE_UNREADABLE,
            "more cells than heads, perhaps a comma without quotation marks; the row was left out",
        ),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(row: str, code: Code, detail: str) -> None:
    assert problem([HEAD, "", row]) == (code, 3, detail)


def test_a_row_with_an_unknown_direction_is_kept_as_not_stated() -> None:
    rows, _ = read_rows([HEAD, "a,o,wurse,1"], "f")
    assert rows[0].direction is Direction.NOT_STATED


def test_a_missing_column_is_named() -> None:
    assert problem(["study,outcome", "a,b"])[1:] == (
        1,
        "no column direction; the heads are “study”, “outcome”",
    )
    without_sizes = ["study,outcome,direction", "a,b,up"]
    assert problem(without_sizes)[0] is Code.FIELD_REPAIRED
    assert len(read_rows(without_sizes, "f")[0]) == 1


@pytest.mark.parametrize("text", [[], [""], ["\n", " , \n"]])
def test_an_empty_file_is_a_problem(text: list[str]) -> None:
    assert problem(text)[0] is Code.FILE_EMPTY


def test_a_broken_file_keeps_what_came_before() -> None:
    rows, problems = read_rows([HEAD, "a,o,up,1", "b,o\rp,up,2"], "f")
    assert [row.study for row in rows] == ["a"]
    assert problems[0].line == 3
    assert problems[0].effect is not Effect.REPAIRED


def test_types_of_contrast_are_kept_apart() -> None:
    text = [HEAD + ",contrast", "a,o,up,1,arms", "a,o,down,1,work status", "b,o,up,1,arms"]
    arms, work = from_rows(read_rows(text, "f")[0])
    assert (arms.contrasts, arms.summaries[0].favourable) == (("arms",), 2)
    assert (work.contrasts, work.summaries[0].unfavourable) == (("work status",), 1)


def test_the_published_example_of_boon_and_thomson_from_rows() -> None:
    text = [HEAD, *(f"study {n},housing,up,60" for n in range(9)), "study 9,housing,◄►,60"]
    [result] = from_rows(read_rows(text, "f")[0])
    test = result.summaries[0].test
    assert test
    assert test.p == 0.00390625
    assert result.effects[-1].direction is EffectDirection.CONFLICTING


def test_the_shared_table_of_outcomes_is_read_whole() -> None:
    if not OUTCOMES.exists():
        pytest.skip("the shared table of outcomes is not beside the repository")
    rows, problems = read_rows(OUTCOMES.read_text(encoding="utf-8").splitlines(), "outcomes.csv")
    assert len(rows) == 57
    assert [one.detail for one in problems] == ["no column n_intervention: sizes are unknown"]
    assert sum(row.direction is Direction.NOT_STATED for row in rows) == 20
    assert len(from_rows(rows)) == len({row.contrast for row in rows})
