"""Two people's codings out of exports: which codes and references belong together."""

import csv
from pathlib import Path
from typing import Any

import pytest

from evidence.coding.agreement.compared import TWO_CODERS, DoubleCoding
from evidence.coding.agreement.figures import Figure, Level
from evidence.coding.agreement.measure import agreement
from evidence.eppi.double_coding import double_coding
from evidence.eppi.export import Export
from evidence.eppi.read_export import read_export
from evidence.errors import Invalid
from tests.eppi.made_exports import applied, as_bytes, code, code_set, reference, report

IRR = Path(__file__).resolve().parents[2] / ".." / "shared" / "eppi" / "irr"


def export(file: str, sets: Any, *references: Any) -> Export:
    read = read_export(as_bytes(report(sets, list(references))), file)
    assert isinstance(read, Export)
    return read


def setting(first: int = 1, *more: Any, name: str = "Setting") -> list[Any]:
    return [code_set(name, code(first, "City"), code(first + 1, "Village"), *more)]


def by_name(coded: DoubleCoding) -> dict[str, Figure]:
    found = agreement(coded.scheme, coded.studies, TWO_CODERS).figures
    return {each.subject.name: each for each in found if each.subject.level is Level.CODE}


def test_the_published_alphas_of_two_pairs_of_files() -> None:
    """25 codes and 2 pooled values, as the authors of the files gave them; unit = item x arm."""
    if not IRR.is_dir():
        pytest.skip("the shared exports are not beside the repository")

    def read(behaviour: int, coder: int) -> Export:
        path = IRR / f"hbcp_irr_Behaviour{behaviour}_Coder{coder}.json"
        found = read_export(path.read_bytes(), path.name)
        assert isinstance(found, Export)
        return found

    coded = double_coding([(read(1, 1), read(1, 2)), (read(2, 1), read(2, 2))])
    agreed = agreement(coded.scheme, coded.studies, TWO_CODERS)
    with (IRR / "hbcp_IRR_PythonScript_Results.csv").open(encoding="utf-8") as handle:
        published = {
            row["attributes"]: float(row["alpha values"]) for row in csv.DictReader(handle)
        }
    pooled = {"All Entities": Level.SCHEME, "Entities with data": Level.SCHEME_USED}
    found = {
        name: figure.alpha
        for name in published
        for figure in agreed.figures
        if figure.subject.level is pooled.get(name, Level.CODE)
        if name in pooled or figure.subject.name == name
    }
    assert len(found) == 27
    assert found == pytest.approx(published, abs=1e-9)
    assert agreed.studies == 50
    assert coded.left_out == ()


def test_copies_of_a_set_are_one_by_their_names() -> None:
    coded = double_coding(
        [
            (
                export("a1", setting(1), reference(1, applied(1))),
                export("a2", setting(1), reference(1, applied(1))),
            ),
            (
                export("b1", setting(11), reference(1, applied(11))),
                export("b2", setting(11), reference(1, applied(12))),
            ),
        ]
    )
    city = by_name(coded)["City"]
    assert (city.units, city.agreed) == (2, 1)  # the references of two pairs are never the same
    assert coded.remarks == ()


def test_a_code_that_was_renamed_within_a_pair_stays_itself() -> None:
    renamed = [code_set("Setting", code(1, "Town"), code(2, "Village"))]
    coded = double_coding(
        [
            (
                export("a1", setting(), reference(1, applied(1))),
                export("a2", renamed, reference(1, applied(1))),
            )
        ]
    )
    assert by_name(coded)["City"].agreed == 1
    assert "Town" not in by_name(coded)


def test_a_code_of_one_coder_alone_is_not_compared_and_one_of_neither_is_not_ticked() -> None:
    more = setting(1, code(3, "Island"))
    coded = double_coding(
        [
            (
                export("a1", more, reference(1, applied(3))),
                export("a2", setting(), reference(1)),
            ),
            (
                export("b1", setting(11), reference(1)),
                export("b2", setting(11), reference(1)),
            ),
        ]
    )
    island = by_name(coded)["Island"]
    assert (island.units, island.agreed) == (1, 1)
    assert coded.remarks == (
        "“Island” is in only one of a1 and a2, so not compared in these.",
        "“Island” is neither in b1 nor in b2; counted there as ticked by nobody.",
    )


def test_what_cannot_be_compared_is_told() -> None:
    alone = reference(2, applied(1))
    nameless = {"Codes": [applied(1)], "Title": ""}
    coded = double_coding(
        [
            (
                export("a1", setting(), reference(1, applied(1), applied(99)), alone, nameless),
                export("a2", setting(), reference(1)),
            )
        ]
    )
    assert coded.left_out == (
        "a1: 1 applied code could not be read; `python -m evidence read a1` says which and why.",
        "a1: 1 reference has neither an ItemId nor a title and cannot be compared.",
        "1 reference is in a1 and not in a2, so not compared; the first is “Study 2”.",
    )


def test_titles_name_references_without_a_number_and_repeated_ones_are_one() -> None:
    def titled(*codes: Any) -> Any:
        return {"Title": " A  study ", "Codes": list(codes)}

    coded = double_coding(
        [
            (
                export("a1", setting(), titled(applied(1)), titled(applied(2))),
                export("a2", setting(), {"Title": "a Study", "Codes": [applied(1), applied(2)]}),
            )
        ]
    )
    assert [each.agreed for each in by_name(coded).values()] == [1, 1]


def test_headings_and_codes_of_one_name() -> None:
    sets = [
        code_set(
            "Setting",
            code(1, "Places", "Not selectable (no checkbox)", code(2, "City"), code(3, "City")),
            code(4, "City"),
        )
    ]
    coded = double_coding(
        [
            (
                export("a1", sets, reference(1, applied(2))),
                export("a2", sets, reference(1, applied(3))),
            )
        ]
    )
    figures = agreement(coded.scheme, coded.studies, TWO_CODERS).figures
    codes = [each.subject for each in figures if each.subject.level is Level.CODE]
    assert [(each.name, each.within) for each in codes] == [
        ("City", "Setting › Places"),
        ("City", "Setting"),
    ]
    assert all(each.differing == 0 for each in figures)
    assert len(coded.remarks) == 2


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        (
            export("a1", [], reference(1)),
            export("a2", setting(), reference(1)),
            "a1 holds no codes",
        ),
        (
            export("a1", setting(), reference(1)),
            export("a2", setting()),
            "a2 holds code sets and no",
        ),
        (
            export("a1", setting(), reference(1)),
            export("a2", setting(), reference(2)),
            "a1 and a2 have no reference in common",
        ),
    ],
)
def test_files_that_cannot_be_used_are_named(first: Export, second: Export, message: str) -> None:
    with pytest.raises(Invalid, match=message):
        double_coding([(first, second)])
