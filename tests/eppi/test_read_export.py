"""Exports are read whatever their generation, and all that they hold is kept or told."""

import json
from typing import Any

import pytest

from evidence.eppi.account import Part
from evidence.eppi.export import CodeType, Export, Generation, Highlight, SetType
from evidence.eppi.json_text import may_be_eppi
from evidence.eppi.read_export import Unreadable, read_export
from tests.conftest import SHARED
from tests.eppi.made_exports import (
    SETTING,
    applied,
    as_bytes,
    code,
    code_set,
    highlight,
    outcome,
    page,
    reference,
    report,
)

FOLDER = SHARED / "eppi"
FILES = sorted([*FOLDER.rglob("*.json"), *FOLDER.rglob("*.html")])


def read(value: Any) -> Export:
    content = value if isinstance(value, bytes) else as_bytes(value)
    assert may_be_eppi(content)
    export = read_export(content, "made.json")
    assert isinstance(export, Export)
    assert export.account.unaccounted == {}
    return export


def sentences(export: Export) -> str:
    account = export.account
    lines = [repair.sentence for repair in account.repairs]
    return " ".join([*lines, *(left.sentence for left in account.left_out)])


@pytest.mark.skipif(not FILES, reason="the shared exports are not beside the repository")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_shared_file_is_accounted_for(path: Any) -> None:
    export = read(path.read_bytes())
    assert export.account.held[Part.CODES] > 0
    if "homelessness" not in path.name:
        assert export.account.left_out == ()


@pytest.mark.skipif(not FILES, reason="the shared exports are not beside the repository")
def test_the_shared_files_hold_what_was_counted_by_hand() -> None:
    exports = {path.name: read(path.read_bytes()) for path in FILES}
    batch = exports["hbcp_Batch2PhysicalActivityPrioritisedCodeset.json"]
    assert [batch.account.kept[part] for part in Part] == [62, 2, 338, 3443, 2605, 3674, 146, 111]
    assert batch.encoding == "cesu-8"
    assert batch.generation is Generation.WEB
    assert batch.references[0].created == "2021-01-20"  # month first, seen from the whole file
    assert exports["hbcp_MultipleOutcomes_1Dec19.json"].generation is Generation.SILVERLIGHT
    sets = [each for name, each in exports.items() if name.startswith("destiny")]
    assert [each.account.kept[Part.CODES] for each in sets] == [594, 1245, 212]
    assert {each.generation for each in sets} == {Generation.OLDEST_IDS}
    mapped = next(each for each in exports.values() if each.is_page)
    kept = mapped.account.kept
    assert (kept[Part.REFERENCES], kept[Part.APPLIED], kept[Part.CODES]) == (800, 27479, 465)
    assert mapped.account.told[Part.APPLIED] == 76  # 32 codes that stand in no part of the page
    rows, columns = mapped.sets[:2]
    assert (len(columns.codes), len(columns.codes[0].codes), len(rows.codes[0].codes)) == (1, 7, 9)
    leaves = [sum(not each.codes for each in part.walk()) for part in (columns, rows)]
    assert leaves == [24, 43]


def test_a_reference_becomes_a_record() -> None:
    full = reference(
        54,
        ParentTitle="Journal of Gardens",
        StandardNumber="1234-5679",
        Pages="12-9",
        DOI="https://doi.org/10.5555/ABC",
        Keywords="work\r\nrest",
        Comments="a remark",
        City="Bonn",
        Country="Germany",
    )
    (only,) = read(report([SETTING], [full])).references
    normal = only.record.reference
    assert (only.item_id, only.record.key) == (54, "54")
    assert [str(author) for author in normal.authors] == ["Roe, Ann", "Doe, B"]
    assert (normal.type, normal.year, normal.journal) == ("article", 2020, "Journal of Gardens")
    assert (normal.issn, normal.doi) == (("1234-5679",), "10.5555/abc")
    assert (normal.keywords, normal.notes) == (("work", "rest"), ("a remark",))
    assert normal.place == "Bonn, Germany"
    assert ("ItemId", "54") in only.record.fields
    assert "Codes" not in json.loads(only.record.raw)


def test_codes_keep_type_order_depth_and_description() -> None:
    tree = code(1, "Where?", "Not Selectable (no checkbox)", code(2, " City\t"), code(3, "Country"))
    tree["AttributeSetDescription"] = "One answer."
    tree["ExtURL"] = "https://example.org/where"
    others = [
        code(4, "Sleep", "Outcome"),
        code(5, "Walks", "", code(6, "Short", "Intervention")),
        code(7, "In", "INCLUDE"),
    ]
    (only,) = read(report([code_set("Tool", tree, *others)], [])).sets
    assert [each.name for each in only.walk()] == [
        *("Where?", "City", "Country", "Sleep", "Walks", "Short", "In"),
    ]
    assert only.codes[0].type is CodeType.NOT_SELECTABLE
    assert (only.codes[0].description, only.codes[0].link) == (
        "One answer.",
        "https://example.org/where",
    )
    assert [each.type for each in only.codes[1:]] == [
        *(CodeType.OUTCOME, CodeType.SELECTABLE, CodeType.INCLUDE),
    ]


def test_codes_are_kept_by_arm_with_note_and_words() -> None:
    words = highlight('Page 2:\n[¬s]"group walks"\n"CC + HOME[¬e]"')
    plain = highlight("as it stood", IsFromPDF=False, TextFrom=20, TextTo=31)
    given = reference(
        1,
        applied(1, "whole"),
        applied(1, "line\rline", 31, "Walkers", ItemAttributeFullTextDetails=[words, plain]),
        applied(2, "", 32, "Others", ItemAttributeFullTextDetails=None),
    )
    (only,) = read(report([SETTING], [given])).references
    assert [(each.code, each.arm, each.note) for each in only.applied] == [
        *((1, "", "whole"), (1, "31", "line\rline"), (2, "32", "")),
    ]
    assert [(arm.id, arm.title) for arm in only.arms] == [(31, "Walkers"), (32, "Others")]
    first, second = only.applied[1].highlights
    assert first == Highlight(
        document="Garden.pdf", document_id=7, page=2, words=("group walks", "CC + HOME")
    )
    assert (second.words, second.start, second.end, second.is_from_pdf) == (
        *(("as it stood",), 20, 31, False),
    )


def test_the_newest_generation_lists_arms_and_times() -> None:
    arms = [
        {"itemArmId": 2, "itemId": 1, "ordering": 1, "title": "Second"},
        {"itemArmId": 1, "itemId": 1, "ordering": 0, "title": "First"},
    ]
    time = {"itemTimepointId": 5, "itemId": 1, "timepointValue": 6, "timepointMetric": "months"}
    given = reference(1, applied(1, arm=2, title="Second"), Arms=arms, Timepoints=[time])
    export = read(report([SETTING], [given]))
    (only,) = export.references
    assert export.generation is Generation.ARMS
    assert [arm.title for arm in only.arms] == ["First", "Second"]
    assert [(point.id, point.label) for point in only.time_points] == [(5, "6 months")]


def test_an_outcome_keeps_numbers_arms_and_time() -> None:
    given = outcome(
        9,
        1,
        (10, 20, 3.5, 4, 1, "NaN", None),
        ItemArmIdGrp1=1,
        grp1ArmName="Walkers",
        ItemTimepointId=4,
        TimepointDisplayValue="6 months",
        SMD=-0.5,
        SESMD="NaN",
        OutcomeCodes={"OutcomeItemAttributesList": [{"AttributeId": 2, "AdditionalText": "n"}]},
    )
    export = read(report([SETTING], [reference(1, Outcomes=[given])]))
    (only,) = export.references[0].outcomes
    assert only.numbers[:7] == (10, 20, 3.5, 4, 1, None, None)
    assert (only.arm_1, only.arm_2, only.time_point) == ("1", "", 4)
    assert (only.stored, only.classification) == ((("SMD", -0.5),), ((2, "n"),))
    assert "Data6 is no number" in sentences(export)


@pytest.mark.parametrize(
    ("more_set", "more_code", "more_reference", "generation"),
    [
        ({}, {}, {}, Generation.SILVERLIGHT),
        ({}, {"ExtURL": ""}, {}, Generation.WEB),
        ({}, {}, {"Outcomes": []}, Generation.WEB),
        ({}, {"AttributeTypeId": 2}, {}, Generation.TYPE_IDS),
        ({"OriginalSetId": 0}, {"AttributeTypeId": 2}, {}, Generation.OLDEST_IDS),
        ({}, {"OldestKnownId": 0}, {"Arms": []}, Generation.ARMS),
    ],
)
def test_generations_are_told_by_keys(
    more_set: Any, more_code: Any, more_reference: Any, generation: Generation
) -> None:
    made = code_set("Tool", code(1, "City") | more_code, **more_set)
    export = read(report([made], [reference(1, **more_reference)]))
    assert export.generation is generation


def test_files_of_scripts_are_read() -> None:
    bare = {"SetName": "Tool", "Attributes": {"AttributesList": [{"AttributeId": 1}]}}
    given = {"Title": "Study", "Codes": [{"AttributeId": 1, "ArmTitle": "Walkers"}]}
    export = read(report([bare], [given]))
    assert export.generation is None
    assert [each.title for each in export.references[0].arms] == ["Walkers"]
    assert export.sets[0].codes[0].name == "Code 1"
    alone = read(bare | {"SetType": {"SetTypeName": "Screening"}})
    assert alone.sets[0].type is SetType.SCREENING


@pytest.mark.parametrize(
    ("dates", "created"),
    [
        (["2017-03-23T16:01:50.903"], "2017-03-23"),
        (["10/02/2021", "20/02/2021"], "2021-02-10"),
        (["10/02/2021", "1/20/2021"], "2021-10-02"),
        (["10/02/2021"], "10/02/2021"),
        (["10/02/2021", "1/20/2021", "20/1/2021"], "10/02/2021"),
        ([None], ""),
    ],
)
def test_the_day_is_decided_for_the_whole_file(dates: list[Any], created: str) -> None:
    export = read(report([SETTING], [reference(1, DateCreated=date) for date in dates]))
    assert export.references[0].created == created


def test_rare_characters_in_two_halves_are_put_together() -> None:
    given = as_bytes(report([SETTING], [reference(1, applied(1, "\ud835\udf12² rises"))]))
    export = read(given)
    assert export.references[0].applied[0].note == "𝜒² rises"
    assert (export.encoding, "CESU-8" in sentences(export)) == ("cesu-8", True)


def test_other_encodings_and_control_characters_are_read() -> None:
    text = json.dumps(report([SETTING], [reference(1, applied(1, "Zoë"))]), ensure_ascii=False)
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        assert read(text.encode(encoding)).references[0].applied[0].note == "Zoë"
    broken = text.replace("Zoë", "a\tb\x01")
    assert read(broken.encode()).references[0].applied[0].note == "a\tb\x01"
    halved = as_bytes(report([SETTING], [])).replace(b"Setting", b"\\ud83d\\u0000")
    assert read(halved).sets[0].name == "\N{REPLACEMENT CHARACTER}" * 2


def test_what_cannot_be_kept_is_told_with_its_place() -> None:
    given = reference(
        1,
        applied(77, "lost", ItemAttributeFullTextDetails=[highlight("x"), 3]),
        applied([], "script"),
        applied(1, ItemAttributeFullTextDetails=[highlight(" "), "no"]),
        "no code",
        Outcomes=[None, outcome()],
    )
    no_code: Any = "no code"
    sets = [code_set("Tool", code(1, "City"), no_code, code(1, "City again")), None]
    export = read(report(sets, [given, "no reference"]))
    account = export.account
    assert [account.told[part] for part in Part] == [1, 1, 1, 3, 2, 4, 0, 1]
    places = {place for each in account.left_out for place in each.places}
    assert "code 77, reference 1" in places
    assert "the same id" in sentences(export)
    assert [each.id for each in export.sets[0].codes] == [1, None]


def test_codes_that_are_too_deep_are_told() -> None:
    deep = code(100, "leaf")
    for number in range(99, 70, -1):
        deep = code(number, f"level {number}", "", deep)
    export = read(report([code_set("Tool", deep)], []))
    assert (export.account.kept[Part.CODES], export.account.told[Part.CODES]) == (16, 14)


def test_hostile_values_stay_text() -> None:
    name = "<img src=x onerror=alert(1)>=1+1\u202e"
    export = read(report([code_set(name, code(1, name))], [reference(1, applied(1, name))]))
    assert export.sets[0].codes[0].name == name
    assert export.references[0].applied[0].note == name


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"CodeSets": [', "breaks off at line 1"),
        (b'{"References": [' + b"[" * 50_000, "nested too deep"),
        (b"<!DOCTYPE html><p>referenceData csvData</p>", "without the references"),
        (b"<html>const csvData = {}; const referenceData = [{;", "“referenceData” breaks off"),
    ],
)
def test_what_is_no_json_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    assert may_be_eppi(content)
    file = read_export(content, "bad.json")
    assert isinstance(file, Unreadable)
    assert reason in file.reason


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"TY  - JOUR", b"<html></html>"])
def test_other_files_are_left_to_others(content: bytes) -> None:
    assert not may_be_eppi(content)


@pytest.mark.parametrize("value", [3, "x", None, [], [3], [[]], {}, {"AttributesList": 3}, True])
def test_values_of_another_kind_break_nothing(value: Any) -> None:
    odd = dict.fromkeys(code(1, "x"), value) | {"Attributes": value, "ExtURL": value}
    sets = [code_set("Tool", odd, SetType=value), code_set("x") | {"Attributes": value}]
    strange = dict.fromkeys((*reference(), "Arms", "Timepoints", "Outcomes", "DOI"), value)
    inner = reference(1, dict.fromkeys(applied(1), value), Outcomes=[
        dict.fromkeys((*outcome(1, 1, (1,)), "OutcomeCodes", "SMD", "grp1ArmName"), value),
    ])  # fmt: skip
    read(report(sets, [strange, inner, value]))
    read(report(value, value))
    read(page(csvData=value, filters=[value], referenceData=[]) if isinstance(value, dict | list)
         else page(csvData={"rows": value}, filters=[value], referenceData=[value]))  # fmt: skip


def test_huge_numbers_are_texts() -> None:
    content = as_bytes(report([SETTING], [reference(1, Volume="V")]))
    content = content.replace(b'"V"', b"9" * 6000).replace(b'"ItemId": 1', b'"ItemId": 1e400')
    (only,) = read(content).references
    assert only.item_id is None
    assert only.record.reference.volume == "9" * 6000


def test_a_page_gives_its_parts_as_sets() -> None:
    def heading(number: int, title: str, span: int = 1, **more: Any) -> dict[str, Any]:
        return {"id": number, "title": title, "span": span} | more

    rows = [
        [heading(1, "Outcomes", 2)],
        [heading(2, "Sleep", setDescription="How long"), heading(3, "Work")],
        [heading(4, "Help", 1), heading(5, "At home", 2), heading(6, "Visits")],
        [heading(7, "Calls\t")],
        [heading(8, "Outside", 1), heading(9, "Walks")],
    ]
    grid = {"rows": rows, "totalColDepth": 2, "totalColBreadth": 2, "totalRowBreadth": 3}
    linked = [
        {"AttributeId": 10, "AttributeName": "Design", "ExtURL": "https://example.org"},
        {"AttributeId": 11, "AttributeName": "Design - Trial"},
        {"AttributeId": 3, "AttributeName": "Work"},
    ]
    export = read(
        page(
            csvData=grid,
            filters=[{"id": 12, "label": "Region", "children": [{"id": 13, "label": "North"}]}],
            segmentAttributes=[{"attribute": {"AttributeId": 13, "AttributeName": "North"}}],
            externalURLedAttributes=linked,
            referenceData=[reference(1, applied(3), applied(11), applied(99))],
        )
    )
    trees = [
        [(top.name, [(each.name, [c.name for c in each.codes]) for each in top.codes])]
        for each in export.sets
        for top in each.codes
    ]
    assert trees == [
        [("Help", [("At home", ["Visits", "Calls"]), ("Outside", ["Walks"])])],
        [("Outcomes", [("Sleep", []), ("Work", [])])],
        [("Region", [("North", [])])],
        [("Design", [("Trial", [])])],
    ]
    assert [export.account.told[part] for part in (Part.SETS, Part.APPLIED)] == [1, 1]


def test_a_page_may_be_packed_and_share_names_with_libraries() -> None:
    references = json.dumps([reference(1, applied(13))])
    script = (
        "var filters=[];function x(o){filters=[o,1];o.referenceData=[];}"
        'const csvData={"rows":[]},filters=[{"id":13,"label":"North"}],'
        f"referenceData={references};window.segmentAttributes=[broken];"
    )
    export = read(f"<html><script>{script}</script></html>".encode())
    assert [each.code for each in export.references[0].applied] == [13]
    assert "A part of the page cannot be read" in sentences(export)
