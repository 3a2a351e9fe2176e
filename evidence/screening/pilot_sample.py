"""Which works a pilot's sample has: drawn at random from those that nobody has decided on."""

import random
from collections.abc import Sequence


def draw(candidates: Sequence[int], size: int, seed: int) -> list[int]:
    """Draw `size` works from the candidates, in rising order of their ids.

    The same candidates, size and seed give the same sample.

    Args:
        candidates: ids of works; each can be drawn once.
        size: how many; at most as many as there are candidates.
        seed: of the draw.
    """
    chance = random.Random(seed)  # noqa: S311 - a draw that must be repeatable, not secret
    return sorted(chance.sample(candidates, size))
