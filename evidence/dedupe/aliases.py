"""Two names of one journal, learnt from the set itself.

Bibliographies name conferences in ways that no list foresees (SIGMOD Conference; International
Conference on Management of Data). Where many of the records under one name have the same title,
authors and year as a record under another name, the two are taken for one journal.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from evidence.dedupe.facts import LONG
from evidence.dedupe.joins import ALIAS, OTHER_JOURNAL
from evidence.dedupe.judge import Judged
from evidence.dedupe.prepare import Prepared
from evidence.dedupe.rules import PLACES

LEAST = 5  # pairs of records
SHARE = 0.2  # of the records under the rarer of the two names


def with_aliases(records: Prepared, judged: Judged) -> Judged:
    """Join the pairs that only differ in the name of the journal, where the set shows it is one."""
    asked = np.flatnonzero(judged.rule == PLACES[OTHER_JOURNAL])
    names = [
        _names(records.journal, a, b)
        for a, b in zip(judged.a[asked].tolist(), judged.b[asked].tolist(), strict=True)
    ]
    telling = np.minimum(records.weight[judged.a[asked]], records.weight[judged.b[asked]]) >= LONG
    together = Counter(pair for pair, long in zip(names, telling.tolist(), strict=True) if long)
    size = Counter(records.journal)
    known = {
        pair
        for pair, count in together.items()
        if count >= LEAST and count >= SHARE * min(size[pair[0]], size[pair[1]])
    }
    rule = judged.rule.copy()
    rule[asked[[pair in known for pair in names]]] = PLACES[ALIAS]
    return replace(judged, rule=rule)


def _names(journals: Sequence[str], a: int, b: int) -> tuple[str, str]:
    return min(journals[a], journals[b]), max(journals[a], journals[b])
