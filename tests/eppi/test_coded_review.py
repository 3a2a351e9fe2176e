"""What an export means here: schemes, answers by arm, findings with their numbers."""

from typing import Any

import pytest

from evidence.coding.answer_rows import AnswerRow
from evidence.coding.effects.effect import Effect
from evidence.coding.finding_numbers import reported_of
from evidence.coding.scheme import Axis, Of, Purpose, QuestionKind
from evidence.eppi.coded_review import CodedReview, TypedFinding, review_of
from evidence.eppi.export import Export, Outcome
from evidence.eppi.outcome_numbers import fields_of_numbers, numbers_of_fields
from evidence.eppi.read_export import read_export
from evidence.eppi.stored_effects import StoredVerdict, count_verdicts, judged
from tests.conftest import SHARED
from tests.eppi.made_exports import (
    SETTING,
    applied,
    as_bytes,
    code,
    code_set,
    outcome,
    reference,
    report,
)

HEADING = "Not selectable (no checkbox)"
BATCH = SHARED / "eppi" / "hbcp_Batch2PhysicalActivityPrioritisedCodeset.json"


def review(sets: Any, *references: Any) -> CodedReview:
    export = read_export(as_bytes(report(sets, list(references))), "made.json")
    assert isinstance(export, Export)
    return review_of(export)


def only_finding(taken: CodedReview) -> TypedFinding:
    ((finding,),) = [c.findings for study in taken.studies for c in study.codings]
    return finding


def test_codes_at_the_top_are_questions() -> None:
    made = code_set(
        "Tool",
        code(1, "Consent"),
        code(2, "Where?", HEADING, code(3, "City"), code(4, "Land", HEADING, code(5, "Farm"))),
        code(6, "Design", "", code(7, "Trial")),
        code(8, "Other"),
        code(9, "More"),
    )
    (scheme,) = review([made]).schemes
    assert (scheme.id, scheme.title, scheme.purpose) == ("eppi-set-900", "Tool", Purpose.CODING)
    assert [(q.id, q.text, q.kind) for q in scheme.questions] == [
        ("codes", "Tool", QuestionKind.MANY),
        ("top-2", "Where?", QuestionKind.TREE),
        ("top-6", "Design", QuestionKind.TREE),
        ("codes-after-6", "Tool", QuestionKind.MANY),
    ]
    where, design = scheme.questions[1:3]
    assert [(option.label, option.selectable) for option in where.walk()] == [
        *(("City", True), ("Land", False), ("Farm", True)),
    ]
    assert [option.id for option in design.walk()] == ["eppi-6", "eppi-7"]


def test_a_scheme_depends_on_its_set_alone() -> None:
    tree = code_set("Tool", code(2, "Where?", HEADING, code(3, "City")))
    bare = review([tree], reference(1))
    coded = review([tree], reference(1, applied(2, "note"), applied(3, "", 9, "Walkers")))
    assert bare.schemes == coded.schemes
    assert [study.is_coded for study in (*bare.studies, *coded.studies)] == [False, True]
    ((coding,),) = [study.codings for study in coded.studies]
    assert coding.rows == (
        AnswerRow(question="top-2", chosen=True, note="note"),
        AnswerRow(question="top-2", code="eppi-3", arm="arm000009", chosen=True),
    )


def test_screening_sets_and_types_are_known() -> None:
    screening = code_set(
        "Screen", code(1, "In", "Include"), code(2, "Wrong design", "Exclude"),
        SetType={"SetTypeName": "Screening"},
    )  # fmt: skip
    (scheme,) = review([screening]).schemes
    assert scheme.purpose is Purpose.SCREENING
    assert [option.id for option in scheme.questions[0].options] == ["include-1", "exclude-2"]


def test_what_a_scheme_cannot_hold_is_told() -> None:
    long = code(1, "n" * 400) | {"AttributeSetDescription": "d" * 9000, "ExtURL": "no address"}
    taken = review([code_set("Tool", long, code(2, "Alone", HEADING))])
    (option, alone) = taken.schemes[0].questions[0].options
    assert (len(option.label), len(option.help), option.link) == (300, 4000, "")
    assert option.help.startswith("n" * 400)
    assert alone.selectable
    assert [repair.number for repair in taken.repairs] == [1, 1, 1]


def test_an_outcome_is_a_finding_on_its_axes() -> None:
    tool = code_set(
        "Tool",
        code(1, "Sleep", "Outcome", code(2, "Deep sleep", "Outcome")),
        code(3, "Walks", "Intervention"),
        code(4, "Usual care", "Comparison"),
        code(5, "Diary", "Outcome classification code"),
    )
    given = outcome(
        70, 1, (10, 20, 3.5, 4, 1, 2), OutcomeDescription="Table 2",
        ItemAttributeIdOutcome=2, ItemAttributeIdIntervention=3, ItemAttributeIdControl=4,
        ItemArmIdGrp1=8, grp1ArmName="Walkers", ItemTimepointId=6, TimepointDisplayValue="1 year",
        OutcomeCodes={"OutcomeItemAttributesList": [{"AttributeId": 5, "AdditionalText": "own"}]},
    )  # fmt: skip
    other = code_set("Other", code(21, "City"))
    taken = review([other, tool | {"SetId": 7}], reference(1, Outcomes=[given]))
    scheme = taken.schemes[1]
    assert [scheme.axis(axis)[0].id for axis in Axis] == [
        *("finding-intervention", "finding-outcome", "finding-contrast"),
    ]
    assert [q.id for q in scheme.questions if q.of is Of.FINDING and not q.axis] == [
        "outcome-classification"
    ]
    finding = only_finding(taken)
    assert taken.studies[0].codings[0].scheme == scheme.id
    assert (finding.uid, dict(finding.fields)) == (
        "outcome70",
        {
            "intervention": "eppi-3",
            "outcome": "eppi-2",
            "contrast": "eppi-4",
            "measure": "Wellbeing",
            "time": "time000006",
            "arm_intervention": "arm000008",
            "numbers_kind": "means",
            "n_intervention": "10",
            "n_comparison": "20",
            "numbers.mean1": "3.5",
            "numbers.mean2": "4",
            "numbers.sd1": "1",
            "numbers.sd2": "2",
            "answer.outcome-classification": "eppi-5",
            "answer_note.outcome-classification": "own",
            "note": "Table 2",
        },
    )
    assert [point.label for point in taken.studies[0].time_points] == ["1 year"]


def test_what_an_outcome_names_off_the_axes_stands_in_its_note() -> None:
    given = outcome(
        1, 6, (1, 2, 3, 4), OutcomeText="Sleep", ItemAttributeIdIntervention=1,
        ItemAttributeIdControl=99,
    )  # fmt: skip
    taken = review([SETTING], reference(1, Outcomes=[given]))
    finding = only_finding(taken)
    assert finding.fields["note"].splitlines() == [
        *("Intervention: code 1", "Outcome: Sleep", "Contrast: code 99"),
        *("True positives = 1", "False positives = 2"),
        *("False negatives = 3", "True negatives = 4"),
    ]


def test_outcomes_without_a_set_are_told() -> None:
    export = read_export(as_bytes(report([], [reference(1, Outcomes=[outcome()])])), "made.json")
    assert isinstance(export, Export)
    assert export.account.unaccounted == {}
    assert [left.part.value for left in export.account.left_out] == ["outcomes"]
    assert review_of(export).studies[0].codings == ()


def test_a_code_applied_twice_keeps_both_notes() -> None:
    taken = review([SETTING], reference(1, applied(1, "one"), applied(1, "two")))
    ((row,),) = [coding.rows for study in taken.studies for coding in study.codings]
    assert row.note == "one\ntwo"
    assert "twice" in taken.repairs[0].sentence


@pytest.mark.parametrize(
    ("kind", "numbers", "fields"),
    [
        (0, (0.5, 0.1), "numbers_kind=effect effect_kind=SMD effect=0.5 se=0.1"),
        (0, (0, 0, 0.3, 0.1), "numbers_kind=effect effect_kind=r effect=0.3 se=0.1"),
        (0, (0, 0, 0, 0, 1.5, 0.2), "numbers_kind=effect effect_kind=OR effect=1.5 se=0.2"),
        (0, (0, 0, 0, 0, 0, 0, 2, 0.2), "numbers_kind=effect effect_kind=RR effect=2 se=0.2"),
        (0, (0,) * 10 + (0.1, 0.2), "numbers_kind=effect effect_kind=RD effect=0.1 se=0.2"),
        (0, (0,) * 12 + (0, 0.2), "numbers_kind=effect effect_kind=MD effect=0 se=0.2"),
        (0, (), ""),
        (2, (3, 4, 7, 16), "numbers_kind=table events1=3 total1=10 events2=4 total2=20"),
        (
            *(3, (5, 6, 1, 2, 0.5, 0.25)),
            "numbers_kind=means n_intervention=5 n_comparison=6 mean1=1 mean2=2 se1=0.5 se2=0.25",
        ),
        (
            *(4, (5, 6, 1, 2, 0, 1, 2, 3)),
            (
                "numbers_kind=means n_intervention=5 n_comparison=6 mean1=1 mean2=2 "
                "low1=0 low2=1 high1=2 high2=3"
            ),
        ),
        (5, (5, 6, 2.5, 0), "numbers_kind=test n_intervention=5 n_comparison=6 t=2.5"),
        (5, (5, 6, 0, 0.03), "numbers_kind=test n_intervention=5 n_comparison=6 p=0.03"),
        (
            *(7, (40, -0.2, 0, 0, 0, 0, 0, 0, 12, 0.05)),
            "numbers_kind=correlation n=40 r=-0.2 cluster=12 icc=0.05",
        ),
    ],
)
def test_numbers_of_every_kind_go_both_ways(kind: int, numbers: Any, fields: str) -> None:
    given = (*numbers, *[0] * (14 - len(numbers)))
    read = fields_of_numbers(kind, given)
    short = {name.removeprefix("numbers."): text for name, text in read.fields.items()}
    short.pop("icc_from", "")
    assert " ".join(f"{name}={short[name]}" for name in sorted(short)) == " ".join(
        sorted(fields.split())
    )
    assert read.beside == ()
    written = numbers_of_fields(read.fields)
    assert (written.kind, tuple(x or 0 for x in written.numbers)) == (kind, given)
    assert written.unsaid == ()


def test_numbers_without_a_place_stand_beside() -> None:
    read = fields_of_numbers(1, (10, 20, 1, 2, 3, 4, 5, 0, 0, 0, 1e300, 0, 0, None))
    assert read.beside == ("Data7 = 5", "Data11 = 1e+300")
    typed = {"numbers_kind": "means", "numbers.mean1": "about 3", "numbers.sd1": "1"}
    assert numbers_of_fields(typed).unsaid == ("numbers.mean1",)


def test_numbers_that_were_not_typed_are_no_zeros() -> None:
    fields = {"numbers_kind": "means", "n_intervention": "10", "numbers.mean1": "0"}
    written = numbers_of_fields(fields)
    assert written.numbers[:6] == (10, None, 0, None, None, None)
    assert fields_of_numbers(written.kind, written.numbers).fields == fields


@pytest.mark.skipif(not BATCH.exists(), reason="the shared exports are not beside the repository")
def test_stored_effects_are_judged_and_never_taken_over() -> None:
    export = read_export(BATCH.read_bytes(), BATCH.name)
    assert isinstance(export, Export)
    outcomes = [each for reference in export.references for each in reference.outcomes]
    counts = {
        kind: count_verdicts(each for each in outcomes if each.type == kind) for kind in (1, 3, 4)
    }
    assert [counts[1][verdict] for verdict in StoredVerdict] == [91, 0, 2, 0]
    assert [counts[3][StoredVerdict.BESIDE], counts[4][StoredVerdict.BESIDE]] == [9, 9]
    refused = [e for o in outcomes if (e := judged(o)) and e.verdict is StoredVerdict.REFUSED]
    assert all("SD of the intervention group is 0;" in each.sentence for each in refused)
    apart = [e for o in outcomes if o.type in {3, 4} and (e := judged(o))]
    assert all("with the people of group 1" in each.sentence for each in apart)
    ours = [(e.stored, e.ours.estimate) for e in apart if isinstance(e.ours, Effect)]
    assert len(ours) == 18
    assert sum(abs(stored - own) > 1e-2 * abs(own) for stored, own in ours) > 0
    for each in outcomes:
        assert reported_of(fields_of_numbers(each.type, each.numbers).fields) is not None


def test_a_stored_effect_that_was_changed_is_named() -> None:
    numbers = (10.0, 10.0, 5.0, 4.0, 1.0, 1.0, *[0.0] * 8)
    changed = Outcome(id=1, type=1, numbers=numbers, stored=(("SMD", 3.0), ("SESMD", 0.5)))
    effect = judged(changed)
    assert effect is not None
    assert effect.verdict is StoredVerdict.DIFFERS
    assert "it would be 0.9577" in effect.sentence
    assert judged(Outcome(id=1, type=0)) is None
    unread = judged(Outcome(id=1, type=6, stored=(("ES", 0.4),)))
    assert unread is not None
    assert (unread.verdict, unread.ours) == (StoredVerdict.REFUSED, None)
    by_counts = Outcome(id=1, type=2, numbers=(3.0, 4.0, 7.0, 16.0, *[0.0] * 10))
    beside = judged(by_counts)
    assert beside is not None
    assert beside.verdict is StoredVerdict.BESIDE
