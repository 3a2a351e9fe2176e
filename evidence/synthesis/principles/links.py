"""To what a principle is linked: studies, items of a scale, statements of the review."""

from dataclasses import dataclass
from enum import StrEnum

from evidence.synthesis.principles.principle_set import PrincipleName


class LinkKind(StrEnum):
    """What a principle can be linked to. The codes stand in databases and never change."""

    STUDY = "study"
    ITEM = "item"
    STATEMENT = "statement"


IDS_OF = {LinkKind.STUDY: 1, LinkKind.ITEM: 2, LinkKind.STATEMENT: 1}
"""How many ids name a thing of each kind."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class PrincipleLink:
    """That a principle is linked to something.

    Attributes:
        principle: of the set.
        ids: by its kind: the id of a study; the id of a scheme and of a question of it; the uid of
            a statement.
        note: why, such as that both have the same name.
    """

    principle: PrincipleName
    kind: LinkKind
    ids: tuple[str, ...]
    note: str = ""
