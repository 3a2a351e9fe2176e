"""Decisions of two people out of files."""

import pytest

from evidence.coding.agreement.compared import TWO_CODERS
from evidence.coding.agreement.figures import Figure
from evidence.coding.agreement.measure import agreement
from evidence.errors import Invalid
from evidence.steps.screening.double_screening import double_screening

HEAD = "title,year,person,stage,verdict,settles\n"


def table(name: str, *rows: str) -> tuple[str, bytes]:
    return name, (HEAD + "\n".join(rows) + "\n").encode()


def decided(person: str, *verdicts: str, stage: str = "title_abstract") -> list[str]:
    return [
        f"Work number {number},2001,{person},{stage},{verdict},"
        for number, verdict in enumerate(verdicts)
        if verdict
    ]


def figures(*pairs: tuple[tuple[str, bytes], tuple[str, bytes]]) -> dict[str, Figure]:
    compared = double_screening(pairs)
    found = agreement(compared.scheme, compared.studies, TWO_CODERS).figures
    return {each.subject.name: each for each in found}


def test_decisions_are_compared_work_by_work() -> None:
    """Both include 1, both exclude 1, they differ on 1: kappa 0.4 by hand."""
    anna = table("anna.csv", *decided("Anna", "include", "exclude", "include"))
    ben = table("ben.csv", *decided("Ben", "include", "exclude", "exclude")[::-1])
    found = figures((anna, ben))
    decision = found["Decision on title and abstract"]
    assert (decision.units, decision.agreed) == (3, 2)
    assert decision.kappa == pytest.approx(0.4)
    assert decision.pabak == pytest.approx(1 / 3)  # nobody said maybe, so two were possible
    assert "Maybe" not in found
    assert found["Include"].positive == pytest.approx(2 / 3)
    assert "All codes" not in found


def test_stages_are_compared_apart() -> None:
    anna = [*decided("Anna", "include"), *decided("Anna", "exclude", stage="full_text")]
    ben = [*decided("Ben", "maybe"), *decided("Ben", "exclude", stage="full_text")]
    found = figures((table("a.csv", *anna), table("b.csv", *ben)))
    assert found["Decision on title and abstract"].agreed == 0
    assert found["Decision on full text"].agreed == 1
    assert "All codes" not in found


def test_the_first_decision_counts_what_was_withdrawn_and_resolutions_do_not() -> None:
    anna = [
        *decided("Anna", "exclude", "include"),
        *decided("Anna", "withdrawn", "exclude"),
        *decided("Anna", "include"),
        "Work number 1,2001,Anna,title_abstract,exclude,true",
    ]
    ben = decided("Ben", "include", "include")
    found = figures((table("a.csv", *anna), table("b.csv", *ben)))
    assert found["Decision on title and abstract"].agreed == 2


def test_works_of_one_file_only_and_words_that_are_not_known_are_told() -> None:
    anna = table("a.csv", *decided("Anna", "include", "include", "perhaps"))
    ben = table("b.csv", *decided("Ben", "include"))
    left_out = double_screening([(anna, ben)]).left_out
    assert left_out[-1] == "1 work is decided in a.csv and not in b.csv, so not compared."
    assert "perhaps" in left_out[0]


def test_files_that_cannot_be_used_are_named() -> None:
    anna = table("a.csv", *decided("Anna", "include"))
    both = table("both.csv", *decided("Anna", "include"), *decided("Ben", "include"))
    with pytest.raises(Invalid, match=r"both\.csv holds decisions of 2 people \(Anna, Ben\)"):
        double_screening([(anna, both)])
    with pytest.raises(Invalid, match=r"none\.csv holds no decisions"):
        double_screening([(anna, ("none.csv", b"title,year\nOne,2001\n"))])
    later = table("c.csv", "Another work,2001,Cleo,title_abstract,include,")
    with pytest.raises(Invalid, match=r"a\.csv and c\.csv have no decided work in common"):
        double_screening([(anna, later)])
