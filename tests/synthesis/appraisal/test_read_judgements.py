import pytest

from evidence.errors import Invalid
from evidence.synthesis.appraisal.judgement_file import ReadJudgements
from evidence.synthesis.appraisal.judgements import Level, Unit, domain_shares
from evidence.synthesis.appraisal.read_judgements import read_judgements
from evidence.synthesis.appraisal.tools import TOOLS, Tool
from tests.conftest import SHARED

FIGURES = SHARED / "bench" / "figures"


def read(text: str, tool: Tool | None = None) -> ReadJudgements:
    return read_judgements(text.encode(), "judged.csv", tool)


def levels(text: str) -> list[Level]:
    return [each.level for row in read(text).table.rows for each in row.judgements]


@pytest.mark.parametrize(
    ("file", "studies", "domains", "overall"),
    [
        ("robvis_data_rob1.csv", 9, 7, {"Low": 1, "Unclear": 3, "High": 5}),
        ("robvis_data_rob2.csv", 9, 5, {"Low": 1, "Some concerns": 3, "High": 5}),
        ("robvis_data_robins_i.csv", 10, 7, {"Moderate": 1, "Serious": 7, "Critical": 2}),
    ],
)
@pytest.mark.skipif(not FIGURES.is_dir(), reason="the files of robvis are not here")
def test_files_of_robvis_are_read_whole(
    file: str, studies: int, domains: int, overall: dict[str, int]
) -> None:
    result = read_judgements((FIGURES / file).read_bytes(), file)
    assert result.faults == ()
    assert (len(result.table.rows), len(result.table.domains)) == (studies, domains)
    last = domain_shares(result.table)[-1]
    assert {share.words: share.number for share in last.shares} == overall


def test_numbered_domains_get_the_names_of_the_tool_and_the_guess_is_told() -> None:
    result = read("Study,D1,D2,D3,D4,D5,Overall\nA,Low,Low,Some concerns,Low,High,High\n")
    assert result.table.domains == TOOLS[Tool.ROB_2].domains
    assert any("--tool rob2" in remark for remark in result.remarks)


def test_numbered_domains_that_any_tool_could_have_stay_numbers() -> None:
    result = read("Study,D1,D2,D3,D4,D5\nA,Low,Low,High,Low,High\n")
    assert [domain.name for domain in result.table.domains] == ["D1", "D2", "D3", "D4", "D5"]
    assert any("name them" in remark for remark in result.remarks)


def test_a_tool_that_does_not_fit_is_refused() -> None:
    with pytest.raises(Invalid, match="has 2 columns of domains, and rob2 has 5"):
        read("Study,D1,D2\nA,Low,Low\n", Tool.ROB_2)


@pytest.mark.parametrize(
    ("cell", "level"),
    [("low", Level.FAVOURABLE), ("Low risk of bias", Level.FAVOURABLE),
     ("Some.concerns", Level.MIDDLING), ("SERIOUS RISK", Level.UNFAVOURABLE),
     ("Critical", Level.CRITICAL), ("no information", Level.NO_INFORMATION),
     ("NA", Level.NOT_JUDGED), ("", Level.NOT_JUDGED)],
)  # fmt: skip
def test_judgements_are_known_however_they_are_written(cell: str, level: Level) -> None:
    assert levels(f"Study,Measurement\nA,{cell}\n") == [level]


def test_a_bad_cell_is_told_with_its_place_and_stands_as_not_judged() -> None:
    result = read("Study,Selection,Overall\nA,Low,Low\nB,Lwo,High\n")
    (fault,) = result.faults
    assert fault.startswith("judged.csv, line 3, column Selection: “Lwo” is no judgement")
    assert result.table.rows[1].judgements[0].level is Level.NOT_JUDGED
    assert any("could not be read" in note for note in result.table.notes)


@pytest.mark.parametrize("weight", ["heavy", "0", "-3"])
def test_a_bad_weight_is_told_and_none(weight: str) -> None:
    result = read(f"Study,D1,Weight\nA,Low,{weight}\n")
    assert result.faults[0].startswith("judged.csv, line 2, column Weight: ")
    assert result.table.rows[0].weight is None


def test_weights_are_read_and_do_not_count_unasked() -> None:
    result = read("Study,Selection,Weight\nA,Low,33.3%\nB,High,66.7\n")
    assert [row.weight for row in result.table.rows] == [33.3, 66.7]
    assert any("unless --weighted" in remark for remark in result.remarks)


def test_results_of_a_study_are_told_apart() -> None:
    table = read("Study,Outcome,Selection\nA,Work,Low\nA,Self-esteem,High\n").table
    assert table.unit is Unit.RESULT
    assert [row.result for row in table.rows] == ["Work", "Self-esteem"]
    assert [domain.name for domain in table.domains] == ["Selection"]


def test_a_study_in_two_rows_is_told() -> None:
    assert any("A" in r and "In several rows" in r for r in read("Study,S\nA,Low\nA,Low\n").remarks)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "is empty"), ("Trial,D1\nA,Low\n", "no column Study"), ("Study,D1\n", "has no row"),
     ("Study,Overall\nA,Low\n", "no column with judgements"), ('Study,D1\n"A,Low\n', "quotation")],
)  # fmt: skip
def test_what_is_no_table_of_judgements_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        read(text)


def test_far_too_many_judgements_are_refused() -> None:
    heads = ",".join(f"domain {n}" for n in range(1000))
    rows = "".join(f"S{n}{',Low' * 1000}\n" for n in range(101))
    with pytest.raises(Invalid, match="more than 100,000 judgements"):
        read(f"Study,{heads}\n{rows}")
