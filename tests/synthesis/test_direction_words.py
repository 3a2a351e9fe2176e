from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.coding.findings import Direction, Finding
from evidence.coding.scheme import Of
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.direction_rules import USUAL, DirectionRules
from evidence.synthesis.direction_words import Agreement, direction_words, word_of
from evidence.synthesis.studies import CodedStudy
from evidence.synthesis.within_study import EffectDirection

F, U, C, N, S = (
    EffectDirection.FAVOURABLE,
    EffectDirection.UNFAVOURABLE,
    EffectDirection.CONFLICTING,
    EffectDirection.NO_CHANGE,
    EffectDirection.NOT_STATED,
)


def so_many(counts: dict[EffectDirection, int]) -> dict[EffectDirection, tuple[int, ...]]:
    return {each: tuple(range(number)) for each, number in counts.items() if number}


@pytest.mark.parametrize(
    ("counts", "word", "direction"),
    [
        ({}, Agreement.NO_STUDIES, None),
        ({S: 4}, Agreement.NOT_STATED, None),
        ({F: 2}, Agreement.FEW, None),
        ({F: 2, S: 9}, Agreement.FEW, None),
        ({F: 3}, Agreement.CONSISTENT, F),
        ({F: 3, S: 9}, Agreement.CONSISTENT, F),
        ({U: 7, F: 3}, Agreement.MOST, U),
        ({U: 69, F: 31}, Agreement.MIXED, None),
        ({F: 3, C: 2}, Agreement.MIXED, None),
        ({N: 4, C: 1}, Agreement.MOST, N),
        ({C: 5}, Agreement.MIXED, None),
    ],
)
def test_the_word_follows_from_the_rule(
    counts: dict[EffectDirection, int], word: Agreement, direction: EffectDirection | None
) -> None:
    assert word_of(so_many(counts)) == (word, direction)


def test_a_protocol_may_ask_for_more_studies_or_a_larger_share() -> None:
    strict = DirectionRules(least_studies=6, consistent_percent=90, most_percent=80)
    assert word_of(so_many({F: 5}), strict)[0] is Agreement.FEW
    assert word_of(so_many({F: 9, U: 1}), strict) == (Agreement.CONSISTENT, F)
    assert word_of(so_many({F: 8, U: 2}), strict) == (Agreement.MOST, F)
    assert word_of(so_many({F: 7, U: 3}), strict)[0] is Agreement.MIXED


@given(st.dictionaries(st.sampled_from([F, U, C, N, S]), st.integers(0, 30)))
def test_turning_all_directions_round_turns_the_word_round(
    counts: dict[EffectDirection, int],
) -> None:
    turned = {F: U, U: F}
    word, direction = word_of(so_many(counts))
    mirrored = so_many({turned.get(each, each): number for each, number in counts.items()})
    assert word_of(mirrored) == (word, turned.get(direction, direction) if direction else None)


def heading(code: str, *below: str) -> Heading:
    return Heading(id=code, label=code.title(), covers=frozenset({code, *below}))


def test_each_intervention_and_outcome_has_its_studies_and_no_other() -> None:
    interventions = Dimension(
        id="axis:intervention",
        title="",
        of=Of.FINDING,
        headings=(heading("support", "ips"), heading("training")),
    )
    outcomes = Dimension(
        id="axis:outcome", title="", of=Of.FINDING, headings=(heading("work"), heading("mood"))
    )
    studies = [
        CodedStudy(
            id=number,
            label=f"S{number}",
            year=None,
            codes={},
            findings=tuple(
                Finding(intervention=i, outcome=o, contrast=c, direction=Direction.BETTER)
                for i, o, c in found
            ),
        )
        for number, found in enumerate(
            [
                [("ips", "work", "arms"), ("ips", "work", "status")],
                [("support", "work", "arms"), ("training", "mood", "arms")],
                [("ips", "work", "status")],
            ]
        )
    ]
    words = direction_words(studies, interventions, outcomes, "arms")
    found = {(w.intervention, w.outcome): w.studies for w in words}
    assert found == {("support", "work"): {F: (0, 1)}, ("training", "mood"): {F: (1,)}}
    assert {w.text for w in words} == {"few studies"}
    every = direction_words(studies, interventions, outcomes, "arms", without_studies=True)
    told = {(w.intervention, w.outcome): w.text for w in every}
    assert told == {
        ("support", "work"): "few studies",
        ("support", "mood"): "no studies",
        ("training", "work"): "no studies",
        ("training", "mood"): "few studies",
    }


def test_the_rules_are_told_in_words() -> None:
    for agree, counts in product((70, 80), (True, False)):
        told = DirectionRules(agree_percent=agree, count_no_change=counts).of_study
        assert f"at least {agree}%" in told
        assert ("third direction" in told) is counts
    assert "from 3 studies" in USUAL.of_words
    assert "all of them" in USUAL.of_words
    assert "at least 90% of them" in DirectionRules(consistent_percent=90).of_words
