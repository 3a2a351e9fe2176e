"""Two names of one journal, learnt from the set itself.

Bibliographies name conferences in ways that no list foresees (SIGMOD Conference; International
Conference on Management of Data). Where many of the works under one name have the same title,
authors and year as a work under another name, the two are taken for one journal.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from evidence.dedupe.apply_rules import JudgedPairs
from evidence.dedupe.facts import LONG, Mask
from evidence.dedupe.prepare import Integers, PreparedRecords
from evidence.dedupe.questions import ALIAS, NAMED_OTHERWISE
from evidence.dedupe.rule import Band
from evidence.dedupe.rules import RULE_NUMBERS, RULES

LEAST = 4  # titles
SHARE = 0.2  # of the records under the rarer of the two names
SAME = np.array([rule.band is Band.SAME for rule in RULES])

Names = Mapping[str, str]  # the name of a journal, and the one that stands for it


def names_of_one(records: PreparedRecords, judged: JudgedPairs) -> Names:
    """Names of journals that stand for the same one."""
    telling = np.minimum(records.weight[judged.a], records.weight[judged.b]) >= LONG
    seen = np.isin(judged.rule, [RULE_NUMBERS[code] for code in NAMED_OTHERWISE])
    works = set()
    for row in np.flatnonzero(seen & telling).tolist():
        rows = int(judged.a[row]), int(judged.b[row])
        one, other = sorted(records.journal[at] for at in rows)
        if one and one != other:
            works.add((one, other, min(records.title[at] for at in rows)))
    size = Counter(records.journal)
    together = Counter((a, b) for a, b, _ in works)
    known: dict[str, str] = {}
    for (a, b), count in sorted(together.items()):
        if count >= LEAST and count >= SHARE * min(size[a], size[b]):
            _join(known, a, b)
    return known


def _join(known: dict[str, str], a: str, b: str) -> None:
    one, other = known.get(a, a), known.get(b, b)
    for name in [name for name, first in known.items() if first == other]:
        known[name] = one
    known |= {a: one, b: one, other: one}


def renamed(records: PreparedRecords, names: Names) -> PreparedRecords:
    """The records with one name for each journal."""
    return replace(records, journal=[names.get(name, name) for name in records.journal])


def named_otherwise(records: PreparedRecords, names: Names, a: Integers, b: Integers) -> Mask:
    """Which pairs stand under two names of one journal."""
    number = {name: at for at, name in enumerate(names, start=1)}
    own = np.array([number.get(name, 0) for name in records.journal], dtype=np.int64)
    first = np.array([number.get(names.get(name, ""), 0) for name in records.journal])
    found: Mask = (own[a] != own[b]) & (first[a] == first[b]) & (first[a] != 0)
    return found


def as_learnt(judged: JudgedPairs) -> JudgedPairs:
    """Pairs that were joined because two names are one say so."""
    rule = np.where(SAME[judged.rule], np.int16(RULE_NUMBERS[ALIAS]), judged.rule)
    return replace(judged, rule=rule)
