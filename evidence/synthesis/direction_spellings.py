"""How people write directions of effect, and the heads of their columns.

Both tables are for domain people to read and extend. Case and spaces at the ends do not matter; in
heads of columns, neither do `_` and `-`.
"""

from evidence.coding.findings import Direction

COLUMNS = {
    "study": ("study", "study id", "study label", "author"),
    "outcome": ("outcome", "outcome domain", "domain"),
    "direction": ("direction", "effect direction", "effect"),
    "n_intervention": ("n intervention", "intervention n", "n"),
    "contrast": ("contrast", "contrast type", "comparison"),
}

REQUIRED = ("study", "outcome", "direction")

SPELLINGS = {
    Direction.BETTER: (
        "better",
        "improved",
        "improvement",
        "improves",
        "favourable",
        "favorable",
        "favours intervention",
        "favors intervention",
        "favours the intervention",
        "favors the intervention",
        "beneficial",
        "benefit",
        "positive",
        "up",
        "▲",
        "△",
        "↑",
        "+",
    ),
    Direction.WORSE: (
        "worse",
        "worsened",
        "worsening",
        "unfavourable",
        "unfavorable",
        "favours comparison",
        "favors comparison",
        "favours control",
        "favors control",
        "favours the comparison",
        "favors the comparison",
        "harmful",
        "harm",
        "negative",
        "down",
        "▼",
        "▽",
        "↓",
    ),
    Direction.NO_CHANGE: ("no change", "unchanged", "the same", "same", "equal", "●", "="),
    Direction.MIXED: (
        "mixed",
        "mixed effects",
        "conflicting",
        "conflicting findings",
        "inconsistent",
        "sideways",
        "◄►",
        "◀▶",
        "<>",
        "↔",
        "↕",
    ),
    # "No difference" says that nothing was significant; where the estimate lay, it does not say.
    Direction.NOT_STATED: (
        "not stated",
        "direction not stated",
        "not reported",
        "unclear",
        "unknown",
        "no difference",
        "no differences",
        "no difference reported",
        "no difference reported (direction not stated)",
        "no significant difference",
        "no effect",
        "no evidence of effect",
        "not significant",
        "ns",
        "n.s.",
        "n/a",
        "?",
        "–",
    ),
}

DIRECTIONS = {text: direction for direction, texts in SPELLINGS.items() for text in texts}
