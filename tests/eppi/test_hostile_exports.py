"""Files that were made to do harm, or came to harm: what they hold is kept or told."""

import json
from typing import Any

import pytest

from evidence.coding.read_scheme import load
from evidence.coding.write_scheme import as_yaml
from evidence.coding.yaml_reader import MAX_CHARACTERS
from evidence.eppi.account import Part
from evidence.eppi.code_sets import DEEPEST
from evidence.eppi.coded_review import CodedReview, review_of
from evidence.eppi.export import Export
from evidence.eppi.read_export import Unreadable, read_export
from tests.eppi.made_exports import (
    SETTING,
    Object,
    applied,
    as_bytes,
    code,
    code_set,
    outcome,
    page,
    reference,
    report,
)
from tests.eppi.test_read_export import read, sentences


def usable(export: Export) -> CodedReview:
    """The review of an export, of which each scheme can be kept and opened again."""
    review = review_of(export)
    for scheme in review.schemes:
        assert load(as_yaml(scheme), scheme.title) == scheme
    return review


def tower(levels: int, kind: str = "") -> Object:
    """Codes of which each stands below the one before, the first on top."""
    built = code(levels, f"level {levels}", kind)
    for number in range(levels - 1, 0, -1):
        built = code(number, f"level {number}", kind, built)
    return built


@pytest.mark.parametrize("kind", ["", "Not selectable (no checkbox)", "Outcome"])
def test_the_deepest_codes_that_are_read_make_a_scheme_that_opens(kind: str) -> None:
    export = read(report([code_set("Deep", tower(DEEPEST + 5, kind))], [reference(1, applied(1))]))
    assert export.account.told[Part.CODES] == 5
    (scheme,) = usable(export).schemes
    assert scheme.title == "Deep"


def test_a_page_of_deep_filters_makes_a_scheme_that_opens() -> None:
    deep: dict[str, Any] = {"id": 200, "label": "x"}
    for number in range(199, 0, -1):
        deep = {"id": number, "label": "x", "children": [deep]}
    coded = [reference(1, applied(3)), reference(2, applied(150))]
    export = read(page(csvData={}, filters=[deep], referenceData=coded))
    assert export.account.told[Part.CODES] == 200 - DEEPEST
    assert export.account.told[Part.APPLIED] == 1
    assert len(usable(export).schemes) == 1


def test_attributes_five_thousand_deep_are_refused_with_a_reason() -> None:
    opened = "".join(
        f'{{"AttributeId":{number},"AttributeName":"x","Attributes":{{"AttributesList":['
        for number in range(1, 5001)
    )
    sets = f'[{{"SetName":"T","Attributes":{{"AttributesList":[{opened}{"]}}" * 5000}]}}}}]'
    refused = read_export(f'{{"CodeSets":{sets},"References":[]}}'.encode(), "deep.json")
    assert isinstance(refused, Unreadable)
    assert refused.reason == "its lists are nested too deep"


def test_a_code_that_names_itself_as_its_parent_counts_once() -> None:
    cycle = code(1, "a", "", code(1, "b", "", code(1, "c")))
    export = read(report([code_set("Cycle", cycle)], [reference(1, applied(1, "here"))]))
    review = usable(export)
    assert [each.id for each in export.sets[0].walk()] == [1, None, None]
    assert len(review.studies[0].codings[0].rows) == 1


@pytest.mark.parametrize("ids", [(1, 2), (None, None), (7, 7)])
def test_sets_of_one_name_are_schemes_of_their_own(ids: tuple[int | None, int | None]) -> None:
    twins = [code_set("Setting", code(1, "City")), code_set("Setting", code(2, "Park"))]
    for each, number in zip(twins, ids, strict=True):
        each["SetId"] = number
    export = read(report(twins, [reference(1, applied(1), applied(2))]))
    review = usable(export)
    assert len({scheme.id for scheme in review.schemes}) == 2
    assert [len(coding.rows) for coding in review.studies[0].codings] == [1, 1]


def test_a_set_without_codes_is_told_and_keeps_nothing_else_out() -> None:
    coded = reference(1, applied(1), Outcomes=[outcome(7)])
    export = read(report([code_set("Empty"), SETTING], [coded]))
    assert (export.account.kept[Part.SETS], export.account.told[Part.SETS]) == (1, 1)
    assert usable(export).studies[0].codings[0].findings
    alone = read(report([code_set("Empty")], [coded]))
    assert usable(alone).schemes == ()
    assert alone.account.told[Part.OUTCOMES] == 1


def test_descriptions_that_are_too_long_together_are_cut_and_told() -> None:
    wordy = [
        code(n, f"Code {n}") | {"AttributeSetDescription": "word " * 780} for n in range(1, 401)
    ]
    (scheme,) = (review := usable(read(report([code_set("Wordy", *wordy)], [])))).schemes
    assert len(as_yaml(scheme)) <= MAX_CHARACTERS
    told = {repair.sentence: repair.number for repair in review.repairs}
    assert told["A description was cut after 1,000 characters."] == 400


def test_two_references_with_one_number_stay_two_and_are_told() -> None:
    twice = [reference(1, applied(1)), reference(1, applied(2)), reference(2)]
    export = read(report([SETTING], twice))
    assert len(export.references) == 3
    (repair,) = [r for r in export.account.repairs if "same ItemId" in r.sentence]
    assert (repair.number, repair.places) == (1, ("reference 2",))


def test_a_few_damaged_bytes_spoil_only_themselves() -> None:
    made = report([SETTING], [reference(1, applied(1, "Zoë Müller, café, \ud835\udf12 ?"))])
    for damage, put in ((b"\xe9", "é"), (b"\xf0\x9f", "ðŸ"), (b"\xed\xa0", "í\xa0")):
        export = read(as_bytes(made).replace(b"?", damage))
        (note,) = [each.note for each in export.references[0].applied]
        assert note == f"Zoë Müller, café, 𝜒 {put}".strip()
        assert "Bytes that are not UTF-8" in sentences(export)


def test_a_half_character_without_its_other_half_is_a_damaged_character() -> None:
    for text in ("a \ud835", "\udf12 b", "\udf12\ud835"):
        export = read(as_bytes(report([SETTING], [reference(1, applied(1, text))])))
        (note,) = [each.note for each in export.references[0].applied]
        assert note == text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


NUMBERS = (
    "NaN",
    "Infinity",
    "-Infinity",
    "1e999",
    "-0",
    "null",
    "true",
    '"NaN"',
    '"٣"',
    "[]",
    "{}",
)


@pytest.mark.parametrize("value", NUMBERS)
def test_no_number_is_too_odd(value: str) -> None:
    coded = reference(1, applied(1, "n"), Outcomes=[outcome(1, 1, (1, 2, 3, 4, 5, 6))])
    text = json.dumps(report([SETTING], [coded | {"Volume": "V"}]))
    for name in ("AttributeId", "ItemId", "Data1", "Year", "ArmId", "SetId", "OutcomeId", "Volume"):
        start = text.index(f'"{name}": ') + len(name) + 4
        end = min(text.index(sign, start) for sign in ",}" if sign in text[start:])
        usable(read((text[:start] + value + text[end:]).encode()))


def test_blanks_without_end_are_read_over() -> None:
    blanks = b" " * 20_000_000
    export = read(blanks + as_bytes(report([SETTING], [reference(1, applied(1))])) + blanks)
    assert export.account.kept[Part.APPLIED] == 1


@pytest.mark.parametrize(
    "broken",
    [
        '{"rows": [[{"id":3,', "{rows: [[{id:3}]]}", "null", "[]", '{"rows":' + "[" * 50_000,
        '{"rows":[[{"id":3,"span":1e9}]],"totalColDepth":1e3}',
        '{"rows":[[{"id":3,"span":-1}]],"totalColDepth":-5,"totalColBreadth":"x"}',
    ],
)  # fmt: skip
def test_a_page_with_broken_csv_data_keeps_its_references_and_other_parts(broken: str) -> None:
    listed = json.dumps([reference(1, applied(3), applied(4)), reference(2, applied(4))])
    text = (
        f"<!DOCTYPE html><html><script>const csvData = {broken};\n"
        f'const filters = [{{"id":4,"label":"North"}}];\nconst referenceData = {listed};</script>'
    )
    export = read(text.encode())
    assert export.account.kept[Part.REFERENCES] == 2
    assert export.account.kept[Part.APPLIED] >= 2
    usable(export)
