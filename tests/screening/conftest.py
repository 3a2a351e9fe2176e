"""A small collection that can be told apart: some records are about gardens, the rest is not."""

from random import Random

import pytest

from evidence.screening.features import Text

GARDEN = (
    "garden",
    "soil",
    "planting",
    "allotment",
    "horticulture",
    "greenhouse",
    "seeds",
    "compost",
)
OTHER = ("engine", "piston", "diesel", "gearbox", "cylinder", "exhaust", "turbine", "clutch")
PLAIN = ("study", "people", "results", "method", "group", "effect", "year", "sample", "measure")


def invented(number: int, *, relevant: bool, chance: Random) -> Text:
    own = GARDEN if relevant else OTHER
    words = [*chance.choices(own, k=6), *chance.choices(PLAIN, k=12)]
    chance.shuffle(words)
    return Text(id=number, title=" ".join(words[:5]), abstract=" ".join(words[5:]))


@pytest.fixture(scope="session")
def relevant() -> dict[int, bool]:
    """Twelve of 120 are relevant."""
    return {number: number % 10 == 3 for number in range(100, 220)}


@pytest.fixture(scope="session")
def texts(relevant: dict[int, bool]) -> tuple[Text, ...]:
    chance = Random(7)  # noqa: S311
    return tuple(invented(n, relevant=side, chance=chance) for n, side in relevant.items())
