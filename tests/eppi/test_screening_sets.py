"""Screening sets of an export become stages; in the file = kept + told holds of them, too."""

import json
from collections.abc import Mapping

import pytest

from evidence.eppi.account import Part
from evidence.eppi.coded_review import review_of
from evidence.eppi.export import Export
from evidence.eppi.read_export import read_export
from evidence.eppi.screening_sets import StagedExport, screening_sets, with_stages
from evidence.screening.external_decisions import ExternalDecision
from evidence.screening.verdicts import Stage, Verdict
from tests.conftest import SHARED
from tests.eppi.made_exports import (
    Object,
    applied,
    as_bytes,
    code,
    code_set,
    highlight,
    outcome,
    reference,
    report,
)

SCREENING = {"SetTypeName": "Screening", "SetTypeDescription": ""}
TITLES = code_set(
    "Screen on title",
    code(101, "Include", "Include"),
    code(102, "Not gardens", "Exclude"),
    code(103, "Remarks", "Not selectable (no checkbox)", code(104, "Background")),
    SetId=910,
    SetType=SCREENING,
)
TEXTS = code_set(
    "Screen on full text",
    code(201, "Include", "Include"),
    code(202, "Include for the map only", "Include"),
    code(203, "No results", "Exclude"),
    SetId=911,
    SetType=SCREENING | {"SetTypeId": 5},
)
SETTING = code_set("Setting", code(1, "City"), code(2, "Country"))
SCREENED = report(
    [TITLES, SETTING, TEXTS],
    [
        reference(1, applied(101, "A garden"), applied(1, "Vienna"), applied(202, "Small")),
        reference(2, applied(102, "A factory", 5, "Walkers"), applied(104, "Read it again")),
        reference(3, applied(101), applied(102)),
        reference(4, applied(101, ItemAttributeFullTextDetails=[highlight("Page 1:\nwords")])),
        reference(5, applied(203), applied(101)),
        reference(6),
    ],
)
BOTH = {1: Stage.TITLE_ABSTRACT, 3: Stage.FULL_TEXT}


def exported(made: Object) -> Export:
    export = read_export(as_bytes(made), "Report.json")
    assert isinstance(export, Export)
    return export


def verdicts(decisions: Mapping[int, tuple[ExternalDecision, ...]]) -> dict[int, list[str]]:
    return {
        line: [f"{each.stage} {each.verdict}" for each in some] for line, some in decisions.items()
    }


def accounted(staged: StagedExport) -> None:
    assert staged.export.account.unaccounted == {}


def test_the_sets_by_which_was_screened_are_found() -> None:
    first, second = screening_sets(exported(SCREENED))
    assert (first.number, first.id, first.name) == (1, 910, "Screen on title")
    assert (first.includes, first.excludes) == (("Include",), ("Not gardens",))
    assert (second.number, second.includes[1]) == (3, "Include for the map only")
    without_verdicts = code_set("Screen", code(1, "Seen"), SetType=SCREENING)
    assert screening_sets(exported(report([without_verdicts], []))) == ()


def test_nothing_changes_where_no_set_shall_be_a_stage() -> None:
    export = exported(SCREENED)
    assert with_stages(export, {}) == StagedExport(export=export, decisions={})
    assert len(review_of(export).schemes) == 3


def test_codes_become_decisions_of_their_stage_and_the_set_no_scheme() -> None:
    staged = with_stages(exported(SCREENED), BOTH)
    ta, ft = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
    assert verdicts(staged.decisions) == {
        1: [f"{ta} include", f"{ft} include"],
        2: [f"{ta} exclude"],
        3: [f"{ta} include", f"{ta} exclude"],
        4: [f"{ta} include"],
        5: [f"{ta} include", f"{ft} exclude"],
    }
    (excluded,) = staged.decisions[2]
    assert (excluded.reasons, excluded.note) == (("Not gardens",), "A factory")
    review = review_of(staged.export)
    assert [scheme.title for scheme in review.schemes] == ["Setting"]
    assert [each.record.line for each in review.studies if each.is_coded] == [1]
    accounted(staged)


def test_the_name_of_an_include_is_kept_where_a_set_has_several() -> None:
    staged = with_stages(exported(SCREENED), BOTH)
    by_title, by_text = staged.decisions[1]
    assert by_title.note == "A garden"
    assert by_text.note == "Include for the map only: Small"
    assert by_text.reasons == ()


def test_what_has_no_place_in_a_decision_is_told() -> None:
    export = exported(SCREENED)
    staged = with_stages(export, BOTH)
    accounted(staged)
    told = staged.export.account.told
    assert told[Part.CODES] == 2  # a heading, and the code below it
    assert (told[Part.APPLIED], told[Part.NOTES], told[Part.QUOTATIONS]) == (1, 1, 1)
    assert export.account.kept[Part.APPLIED] == staged.export.account.kept[Part.APPLIED] + 1
    mended = {each.sentence: each.number for each in staged.export.account.repairs}
    assert mended["A reference was screened for one arm; a decision is about all of it."] == 1


def test_outcomes_of_a_file_without_any_other_set_are_told() -> None:
    coded = reference(1, applied(101), Outcomes=[outcome(7, 1, (30, 30, 5.5, 4.5, 1.5, 1.25))])
    staged = with_stages(exported(report([TITLES], [coded])), {1: Stage.TITLE_ABSTRACT})
    review = review_of(staged.export)
    assert (review.schemes, review.studies[0].is_coded) == ((), False)
    assert staged.export.account.told[Part.OUTCOMES] == 1
    accounted(staged)


@pytest.mark.parametrize(
    ("name", "number"),
    [("infoqualitylab_eppi_export_2021-09-09.json", 0),
     ("hbcp_Batch2PhysicalActivityPrioritisedCodeset.json", 1)],
)  # fmt: skip
def test_a_shared_export_whose_codes_are_made_verdicts_is_accounted_for(
    name: str, number: int
) -> None:
    """No shared file has a screening set; of a real one a set is made one."""
    path = SHARED / "eppi" / name
    if not path.exists():
        pytest.skip("the shared exports are not beside the repository")
    text = path.read_bytes().decode("utf-8-sig", "surrogatepass")
    root = json.loads(text.encode("utf-16", "surrogatepass").decode("utf-16"), strict=False)
    of_set = root["CodeSets"][number]
    of_set["SetType"] = SCREENING
    waiting = list(of_set["Attributes"]["AttributesList"])
    count = 0
    while waiting:
        each = waiting.pop()
        waiting += each.get("Attributes", {}).get("AttributesList", ())
        if each["AttributeType"].startswith("Selectable"):
            count += 1
            each["AttributeType"] = ("Include", "Exclude", "Exclude", each["AttributeType"])[
                count % 4
            ]
    export = exported(root)
    assert [each.number for each in screening_sets(export)] == [number + 1]
    staged = with_stages(export, {number + 1: Stage.TITLE_ABSTRACT})
    accounted(staged)
    found = {each.verdict for some in staged.decisions.values() for each in some}
    assert found == {Verdict.INCLUDE, Verdict.EXCLUDE}
    assert staged.export.account.told[Part.APPLIED] > export.account.told[Part.APPLIED]
    assert review_of(staged.export).schemes == review_of(export).schemes[:number] + tuple(
        review_of(export).schemes[number + 1 :]
    )
