"""Two names of one journal, learnt from the set itself.

Bibliographies name conferences in ways that no list foresees (SIGMOD Conference; International
Conference on Management of Data). Where many of the works under one name have the same title,
authors and year as a work under another name, the two are taken for one journal.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from evidence.deduplication.all_rules import RULE_NUMBERS, RULES
from evidence.deduplication.asking_rules import NAMED_OTHERWISE
from evidence.deduplication.conditional_joins import ALIAS
from evidence.deduplication.facts import LONG, Mask
from evidence.deduplication.judge_pairs import JudgedPairs
from evidence.deduplication.prepare import Integers, PreparedRecords
from evidence.deduplication.rule_types import Band

LEAST = 4  # titles
SHARE = 0.2  # of the records under the rarer of the two names
SAME = np.array([rule.band is Band.SAME for rule in RULES])

Aliases = Mapping[str, str]  # the name of a journal, and the one that stands for it


def learn_aliases(records: PreparedRecords, judged: JudgedPairs) -> Aliases:
    """The names of journals that the set shows to be names of the same one."""
    telling = np.minimum(records.weight[judged.a], records.weight[judged.b]) >= LONG
    named_otherwise = np.isin(judged.rule, [RULE_NUMBERS[code] for code in NAMED_OTHERWISE])
    works = set()
    for pair in np.flatnonzero(named_otherwise & telling).tolist():
        rows = int(judged.a[pair]), int(judged.b[pair])
        first, second = sorted(records.journal[row] for row in rows)
        if first and first != second:
            works.add((first, second, min(records.title[row] for row in rows)))
    size = Counter(records.journal)
    together = Counter((first, second) for first, second, _ in works)
    aliases: dict[str, str] = {}
    for (first, second), count in sorted(together.items()):
        if count >= LEAST and count >= SHARE * min(size[first], size[second]):
            _join(aliases, first, second)
    return aliases


def _join(aliases: dict[str, str], first: str, second: str) -> None:
    name, other = aliases.get(first, first), aliases.get(second, second)
    for alias in [alias for alias, standing in aliases.items() if standing == other]:
        aliases[alias] = name
    aliases |= {first: name, second: name, other: name}


def with_aliases(records: PreparedRecords, aliases: Aliases) -> PreparedRecords:
    """The records with one name for each journal."""
    return replace(records, journal=[aliases.get(name, name) for name in records.journal])


def across_aliases(records: PreparedRecords, aliases: Aliases, a: Integers, b: Integers) -> Mask:
    """Which pairs stand under two names of one journal."""
    number = {name: at for at, name in enumerate(aliases, start=1)}
    own = np.array([number.get(name, 0) for name in records.journal], dtype=np.int64)
    journal = np.array([number.get(aliases.get(name, ""), 0) for name in records.journal])
    across: Mask = (own[a] != own[b]) & (journal[a] == journal[b]) & (journal[a] != 0)
    return across


def mark_learnt(judged: JudgedPairs) -> JudgedPairs:
    """Pairs that are joined because two names are one journal's; their rule says so."""
    rule = np.where(SAME[judged.rule], np.int16(RULE_NUMBERS[ALIAS]), judged.rule)
    return replace(judged, rule=rule)
