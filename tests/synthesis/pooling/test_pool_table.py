"""From a table as people keep it to a result, or to a sentence that says what to do."""

import csv
from math import atanh, log

import pytest

from evidence.errors import Invalid
from evidence.synthesis.pooling.choices import Choices
from evidence.synthesis.pooling.measures import PooledMeasure
from evidence.synthesis.pooling.methods import EffectTest, Method
from evidence.synthesis.pooling.number_table import read_table
from evidence.synthesis.pooling.pool_table import TablePooled, pool_table
from evidence.synthesis.pooling.study_rows import study_rows
from tests.conftest import SHARED
from tests.synthesis.pooling.test_two_by_two import BCG

SETS = SHARED / "bench" / "meta"
M = PooledMeasure
THREE = "yi,vi\n0.2,0.04\n0.5,0.01\n-0.1,0.0625\n"


def result(text: str, choices: Choices | None = None, file: str = "f.csv") -> TablePooled:
    return pool_table(text.encode(), file, choices or Choices())


def effects_of(
    text: str, measure: PooledMeasure | None, added: float = 0.5
) -> list[tuple[float, float]]:
    rows = study_rows(read_table(text.encode(), "f.csv"), measure, added).rows
    return [(row.effect.estimate, row.effect.variance) for row in rows if row.effect]


@pytest.mark.parametrize(
    ("measure", "text", "estimate", "variance"),
    [
        # R says of escalc of metafor 3.8-1 (the calls stand in tests/coding/effects)
        (M.MD, "m1i,sd1i,n1i,m2i,sd2i,n2i\n12.4,3.2,14,10.1,4.1,17", 2.3, 1.72025210084034),
        (M.SMD, "m1i,sd1i,n1i,m2i,sd2i,n2i\n12.4,3.2,14,10.1,4.1,17",
         0.601552879257214, 0.136088647074895),
        (M.OR, "ai,bi,ci,di\n7,23,11,17", -0.754265995615991, 0.336068024047564),
        (M.OR, "ai,n1i,ci,n2i\n7,30,11,28", -0.754265995615991, 0.336068024047564),
        (M.RR, "ai,bi,ci,di\n7,23,11,17", -0.520977995230009, 0.164718614718615),
        (M.OR, "ai,bi,ci,di\n0,22,3,22", -1.94591014905531, 2.37460317460317),
        (M.RR, "ai,bi,ci,di\n0,22,3,22", -1.82330782696298, 2.20377448638318),
        # by hand, as the formulas are
        (M.RD, "ai,bi,ci,di\n7,23,11,17", 7 / 30 - 11 / 28, 7 * 23 / 30**3 + 11 * 17 / 28**3),
        (M.RD, "ai,bi,ci,di\n0,22,3,22", 0.5 / 23 - 3.5 / 26,
         0.5 * 22.5 / 23**3 + 3.5 * 22.5 / 26**3),
        (M.ROM, "m1i,sd1i,n1i,m2i,sd2i,n2i\n12.4,3.2,14,10.1,4.1,17",
         log(12.4 / 10.1), 3.2**2 / (14 * 12.4**2) + 4.1**2 / (17 * 10.1**2)),
        (M.ROM, "m1i,sd1i,n1i,m2i,sd2i,n2i\n-12.4,3.2,14,-10.1,4.1,17",
         log(12.4 / 10.1), 3.2**2 / (14 * 12.4**2) + 4.1**2 / (17 * 10.1**2)),
        (M.PETO, "ai,bi,ci,di\n7,23,11,17", (7 - 30 * 18 / 58) / (30 * 28 * 18 * 40 / (58**2 * 57)),
         58**2 * 57 / (30 * 28 * 18 * 40)),
        (M.ZCOR, "ri,ni\n0.187,109", atanh(0.187), 1 / 106),
    ],
)  # fmt: skip
def test_effects_are_those_of_escalc(
    measure: PooledMeasure, text: str, estimate: float, variance: float
) -> None:
    [(found, spread)] = effects_of(text, measure)
    assert found == pytest.approx(estimate, rel=1e-12)
    assert spread == pytest.approx(variance, rel=1e-12)


@pytest.mark.parametrize(
    ("name", "measure", "heads"),
    [
        ("bcg_logOR", M.OR, {"tpos": "ai", "tneg": "bi", "cpos": "ci", "cneg": "di"}),
        ("bcg_logRR", M.RR, {"tpos": "ai", "tneg": "bi", "cpos": "ci", "cneg": "di"}),
        ("normand_MD", M.MD, {}),
        ("normand_SMD", M.SMD, {}),
        ("molloy_ZCOR", M.ZCOR, {}),
    ],
)
def test_effects_of_published_sets(
    name: str, measure: PooledMeasure, heads: dict[str, str]
) -> None:
    path = SETS / f"{name}.csv"
    if not path.exists():
        pytest.skip("the sets with metafor's results are not beside the repository")
    text = path.read_text(encoding="utf-8")
    for theirs, ours in heads.items():
        text = text.replace(f'"{theirs}"', ours)
    wanted = [(float(row["yi"]), float(row["vi"])) for row in csv.DictReader(text.splitlines())]
    for found, expected in zip(effects_of(text, measure), wanted, strict=True):
        assert found == pytest.approx(expected, rel=1e-11)


def test_zero_cells_follow_a_printed_rule() -> None:
    text = "study,ai,bi,ci,di\nA,7,23,11,17\nB,0,22,3,22\nC,0,30,0,30\nD,2,38,5,33\n"
    found = result(text, Choices(measure=M.OR, method=Method.FE))
    assert (found.result.k, found.left_out) == (3, ())
    assert any(remark.endswith("Not pooled: C.") for remark in found.remarks)
    assert any(remark.startswith("0.5 is added to each cell") for remark in found.remarks)
    assert result(text, Choices(measure=M.RD, method=Method.FE)).result.k == 4
    nothing = result(text, Choices(measure=M.OR, method=Method.FE, added=0))
    assert nothing.result.k == 2
    assert any("Not pooled: B." in remark for remark in nothing.remarks)
    tables = result(text, Choices(measure=M.OR, method=Method.MH))
    assert any(remark.startswith("Nothing is added") for remark in tables.remarks)


def test_mantel_haenszel_and_peto_from_a_table() -> None:
    text = "ai,bi,ci,di\n" + "\n".join(",".join(map(str, cells)) for cells in BCG)
    risk = result(text, Choices(measure=M.RR, method=Method.MH))
    assert round(M.RR.natural(risk.result.estimate), 3) == 0.635
    assert len(risk.without) == 13
    odds = result(text, Choices(measure=M.OR, method=Method.PETO))
    assert round(M.OR.natural(odds.result.estimate), 3) == 0.622


@pytest.mark.parametrize(
    ("written", "remark"),
    [
        ("\ufeffyi,vi\n0.2,0.04\n0.5,0.01\n-0.1,0.0625\n", ""),
        ("yi;vi\n0,2;0,04\n0,5;0,01\n-0,1;0,0625\n", "6 cells have decimal commas"),
        ("yi\tvi\n0.2\t0.04\n0.5\t0.01\n−0.1\t0.0625\n", ""),
        ('"yi","vi"\r\n"0,2","0.04"\r\n.5,1e-2\r\n-.1,6.25E-2\r\n', "1 cell has a decimal comma"),
        ("VI , Yi,study\n0.04,0.2,a\n\n0.01,0.5,b\n0.0625,-0.1,c", ""),
    ],
)
def test_tables_as_spreadsheets_write_them(written: str, remark: str) -> None:
    found, usual = result(written), result(THREE)
    assert found.result.estimate == pytest.approx(usual.result.estimate, rel=1e-15)
    assert found.left_out == ()
    assert (not remark) or any(remark in each for each in found.remarks)


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (",0.1", "yi", "It is missing."),
        ("0.3,NA", "vi", "It is missing."),
        ("0.3,0", "vi", "is 0"),
        ("0.3,-0.2", "vi", "below 0"),
        ("0.3,inf", "vi", "infinite"),
        ("-Inf,0.2", "yi", "infinite"),
        ("abc,0.2", "yi", "“abc” is not a number"),
        ("1.234.5,0.2", "yi", "not a number"),
        ("1e999,0.2", "yi", "larger than all numbers"),
        ("0.3,0.2,7", "", "3 cells for 2 columns"),
        ("=1+1,0.2", "yi", "not a number"),
    ],
)
def test_a_row_at_fault_is_named_and_the_others_are_pooled(
    row: str, column: str, words: str
) -> None:
    found = result(f"{THREE}{row}\n")
    assert found.result == result(THREE).result
    [fault] = found.left_out
    assert (fault.line, fault.column) == (5, column)
    assert words in fault.sentence
    assert str(fault).startswith("f.csv, line 5")
    assert str(fault).endswith("The row is left out.")


@pytest.mark.parametrize(
    ("measure", "text", "words"),
    [
        (M.MD, "m1i,sd1i,n1i,m2i,sd2i,n2i\n1,0,10,2,1,10", "always above 0"),
        (M.SMD, "m1i,sd1i,n1i,m2i,sd2i,n2i\n1,1,1,2,1,10", "too few"),
        (M.ROM, "m1i,sd1i,n1i,m2i,sd2i,n2i\n-1,1,10,2,1,10", "one side of 0"),
        (M.OR, "ai,n1i,ci,n2i\n12,10,3,10", "too many"),
        (M.OR, "ai,bi,ci,di\n1,-1,3,10", "less than none"),
        (M.OR, "ai,bi,ci,di\n0,0,3,10", "too few"),
        (M.OR, 'ai,bi,ci,di\n5,"1,204",3,10', "thousands or decimals"),
        (M.ZCOR, "ri,ni\n1,10", "correlation lies between"),
        (M.ZCOR, "ri,ni\n0.5,3", "too few"),
    ],
)
def test_impossible_numbers_are_named(measure: PooledMeasure, text: str, words: str) -> None:
    read = study_rows(read_table(text.encode(), "f.csv"), measure, 0.5)
    [fault] = read.left_out
    assert words in fault.sentence


@pytest.mark.parametrize(
    ("text", "choices", "words"),
    [
        ("", Choices(), "is empty"),
        ("\n\n", Choices(), "is empty"),
        (",,\n,\n", Choices(), "is empty"),
        ("a,b\n1,2\n", Choices(), "lacks yi and vi"),
        ("yi,vi\n", Choices(), "no study that can be pooled"),
        ("yi,vi\nx,1\n", Choices(), "line 2, column yi"),
        ("a,b\n1,2\n", Choices(measure=M.OR), "ai bi ci di, or ai n1i ci n2i, or yi vi"),
        (THREE, Choices(measure=M.OR, method=Method.MH), "use FE"),
        ('yi,vi\n"0.1,0.2\n0.3,0.4\n', Choices(), "never closed"),
    ],
)
def test_a_table_that_cannot_be_pooled_says_why(text: str, choices: Choices, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        result(text, choices)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("measure", "method", "test", "words"),
    [
        (None, Method.MH, None, "name the measure"),
        (M.SMD, Method.MH, None, "name the measure"),
        (M.RR, Method.PETO, None, "OR or none"),
        (None, Method.PETO, EffectTest.KNHA, "use z"),
    ],
)
def test_choices_that_do_not_go_together_are_refused(
    measure: PooledMeasure | None, method: Method, test: EffectTest | None, words: str
) -> None:
    with pytest.raises(Invalid, match=words):
        Choices(measure=measure, method=method, test=test)


def test_no_more_than_1_is_added_to_a_cell() -> None:
    with pytest.raises(Invalid, match="cannot be added"):
        Choices(added=2)


def test_a_measure_without_its_columns_takes_yi_and_vi_and_says_so() -> None:
    found = result(THREE, Choices(measure=M.OR))
    assert any("are taken as log odds ratio" in remark for remark in found.remarks)


def test_a_large_smd_asks_whether_an_se_was_entered() -> None:
    text = "study,m1i,sd1i,n1i,m2i,sd2i,n2i\nBig,9,1,20,2,1,20\nUsual,2,1,20,2.2,1,20\n"
    remarks = result(text, Choices(measure=M.SMD)).remarks
    assert "An SMD beyond ±2 (Big): was a standard error entered as the SD?" in remarks


def test_studies_are_named_as_the_table_names_them() -> None:
    text = "author,year,study,yi,vi\nKnapp,2003,1,0.2,0.1\n,,2,0.3,0.1\n,,,0.4,0.1\n"
    assert result(text).studies == ("Knapp 2003", "2", "line 4")


def test_columns_that_stand_twice_are_said() -> None:
    found = result("yi,vi,yi\n0.2,0.04,9\n0.5,0.01,9\n")
    assert any("several columns yi; the first one counts" in remark for remark in found.remarks)
    assert found.result.estimate < 1


def test_ten_thousand_rows_are_pooled() -> None:
    rows = "\n".join(f"{at % 7 / 10},{1 + at % 5}" for at in range(10_000))
    found = result(f"yi,vi\n{rows}\n")
    assert (found.result.k, found.without) == (10_000, ())
    assert any(
        "More than 1,000" in remark or "more than 1,000" in remark for remark in found.remarks
    )
