"""The rules by which two records are the same, possibly the same, or different.

RULES is one table, and the first line that applies decides: vetoes first, then what joins, then
what a person decides, then what speaks against. A pair that no line applies to has too little in
common to say anything.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from evidence.deduplication.asking_rules import BEFORE_VETOES, QUESTIONS
from evidence.deduplication.conditional_joins import LEARNT, VERSIONS
from evidence.deduplication.facts import Fact, Mask
from evidence.deduplication.joining_rules import JOINING_RULES
from evidence.deduplication.rule_types import Band, DedupeSettings, Rule, Veto
from evidence.deduplication.vetoes import AGAINST, VETOES

VERSION = "3"
RULES = (*BEFORE_VETOES, *VETOES, *JOINING_RULES, *VERSIONS, *LEARNT, *QUESTIONS, *AGAINST)
RULE_NUMBERS = {rule.code: number for number, rule in enumerate(RULES)}
DIFFERENT = np.array([rule.band is Band.DIFFERENT for rule in RULES])
NOTHING = -1  # no line applies


def decide(facts: Mapping[Fact, Mask], settings: DedupeSettings) -> NDArray[np.int16]:
    """For each pair the number in RULES of the first line that applies; NOTHING where none does."""
    numbers = np.full(len(facts[Fact.TITLE_SAME]), NOTHING, dtype=np.int16)
    for number, rule in enumerate(RULES):
        if not rule.learnt and (rule.veto is None or rule.veto in settings.vetoes):
            numbers[(numbers == NOTHING) & _applies(rule, facts)] = number
    return numbers


def _applies(rule: Rule, facts: Mapping[Fact, Mask]) -> Mask:
    holds = np.ones(len(facts[Fact.TITLE_SAME]), dtype=bool)
    for choice in rule.when:
        either = choice if isinstance(choice, tuple) else (choice,)
        holds &= np.logical_or.reduce([facts[fact] for fact in either])
    for fact in rule.unless:
        holds &= ~facts[fact]
    return holds


def version(settings: DedupeSettings) -> str:
    """What to store with verdicts, so that they can be traced to these rules."""
    off = sorted(set(Veto) - settings.vetoes)
    return VERSION + (f" without {', '.join(off)}" if off else "")
