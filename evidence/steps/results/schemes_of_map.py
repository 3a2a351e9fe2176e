"""The coded studies with every scheme of the map, as the map, directions and pooling take them."""

from evidence.steps.coding import schemes
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.steps.results import coded_studies
from evidence.steps.results.coded_studies import CodedStudies

UnheardByScheme = tuple[tuple[int, tuple[int, ...]], ...]
"""For each scheme, by its id, the studies of which nothing that others say may reach the person."""


def unheard(desk: Desk) -> UnheardByScheme:
    """Of each scheme of the map, what the person at the desk may not hear yet."""
    return tuple(
        (taken.id, coded_studies.unheard_with(desk, taken.id)) for taken in schemes.of_map(desk)
    )


def coded(
    desk: Desk, unheard_of: UnheardByScheme, *, drafts: bool
) -> tuple[tuple[TakenScheme, CodedStudies], ...]:
    """Each scheme with its studies and texts, the one of results first; empty without that one.

    Args:
        desk: of the person who looks.
        unheard_of: what `unheard` gives for them.
        drafts: whether studies of which no coding counts yet are shown by a draft.
    """
    hidden = dict(unheard_of)
    return tuple(
        (
            taken,
            coded_studies.with_scheme(
                desk, taken, drafts=drafts, unheard_of=hidden.get(taken.id), texts=True
            ),
        )
        for taken in schemes.of_map(desk)
    )
