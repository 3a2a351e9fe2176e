"""A framework goes out as a file and comes back the same; faults are told with their line."""

from dataclasses import replace

import pytest

from evidence.citations.formats.plain_tables import csv_pieces
from evidence.errors import Invalid
from evidence.steps.practice.frameworks import as_csv, as_yaml, read_file, shipped
from evidence.synthesis.practice.framework import Framework, FrameworkQuestions

SHIPPED = shipped()
BARE = replace(
    SHIPPED,
    title="=Housing: “support” #1",
    caseloads=(),
    comparisons=(),
    complete_source="",
    complete_place="",
    elements=(),
    agreements=(),
    products_source="",
    products_place="",
    parties=(),
    asked=FrameworkQuestions(kind="what", places="beds"),
    services=tuple(
        replace(each, rows=dict.fromkeys(each.rows, ()), is_caseload_bounded=False)
        for each in SHIPPED.services[3:]
    ),
)


@pytest.mark.parametrize("framework", [SHIPPED, BARE], ids=["shipped", "bare"])
def test_a_framework_comes_back_the_same_from_both_kinds_of_file(framework: Framework) -> None:
    assert read_file(as_yaml(framework), "f.yaml") == framework
    assert read_file(as_csv(framework), "f.csv") == framework


def test_faults_of_a_table_are_told_with_file_and_line() -> None:
    text = as_csv(SHIPPED).decode()
    broken = text.replace("least,10", "least,ten").replace("caseload,2006", "caselod,2006", 1)
    broken += "service,new-kind,name,New\r\nservice,new-kind,colour,red\r\n"
    with pytest.raises(Invalid) as refused:
        read_file(broken.encode(), "mine.csv")
    told = str(refused.value).splitlines()
    assert all(line.startswith("mine.csv:") for line in told)
    assert any("“caselod” is no part of a framework" in line for line in told)
    assert any("“least” should be a number above 0" in line for line in told)
    assert any("“colour” is not a key of a service" in line for line in told)
    assert any("“level” is missing" in line for line in told)
    line = next(line for line in told if "least" in line)
    at = broken.encode().splitlines()[int(line.split(":")[1]) - 1]
    assert b"least,ten" in at


def test_a_comparison_that_says_not_by_what_is_refused() -> None:
    given = as_yaml(SHIPPED).decode()
    neither = given.replace("question: service-meetings", "answers: [sign-forum]", 1)
    assert neither != given
    with pytest.raises(Invalid, match="Compare with “answers”, or with “question” and “least”"):
        read_file(neither.encode(), "x.yaml")


def test_what_is_no_framework_is_refused_in_words() -> None:
    with pytest.raises(Invalid, match="column Part and Field is missing"):
        read_file(b"Name,Text\r\n1,2\r\n", "x.csv")
    with pytest.raises(Invalid, match="UTF-8"):
        read_file(b"title: \xff", "x.yaml")
    twice = b"".join(
        csv_pieces(("Part", "Name", "Field", "Text"), [("framework", "", "title", "a")] * 2)
    )
    with pytest.raises(Invalid, match="written twice"):
        read_file(twice, "x.csv")
    doubled = as_yaml(SHIPPED).replace(b"version: IPS-15", b"version: '2006'")
    with pytest.raises(Invalid, match="is there twice as “version”"):
        read_file(doubled, "x.yaml")
