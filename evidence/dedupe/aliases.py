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
from evidence.dedupe.joins import ALIAS, OTHER_JOURNAL, SIMILAR_JOURNAL
from evidence.dedupe.judge import Judged
from evidence.dedupe.prepare import Integers, Prepared
from evidence.dedupe.rules import PLACES

LEAST = 5  # pairs of records
SHARE = 0.2  # of the records under the rarer of the two names


def with_aliases(records: Prepared, judged: Judged) -> Judged:
    """Join the pairs that only differ in the name of the journal, where the set shows it is one."""
    telling = np.minimum(records.weight[judged.a], records.weight[judged.b]) >= LONG
    seen = np.isin(judged.rule, [PLACES[code] for code in (OTHER_JOURNAL, *SIMILAR_JOURNAL)])
    together = Counter(_names(records.journal, judged, np.flatnonzero(seen & telling)))
    size = Counter(records.journal)
    known = {
        (a, b)
        for (a, b), count in together.items()
        if count >= LEAST and count >= SHARE * min(size[a], size[b])
    }
    asked = np.flatnonzero(judged.rule == PLACES[OTHER_JOURNAL])
    names = _names(records.journal, judged, asked)
    rule = judged.rule.copy()
    rule[asked[[pair in known for pair in names]]] = PLACES[ALIAS]
    return replace(judged, rule=rule)


def _names(journals: Sequence[str], judged: Judged, at: Integers) -> list[tuple[str, str]]:
    both = zip(judged.a[at].tolist(), judged.b[at].tolist(), strict=True)
    return [(min(journals[a], journals[b]), max(journals[a], journals[b])) for a, b in both]
