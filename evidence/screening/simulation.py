"""A whole review screened by the computer, to see how soon the relevant works would be found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from evidence.errors import Invalid
from evidence.screening.features import Features
from evidence.screening.model import line_between
from evidence.screening.priority import Model, rank

PATIENCE = 50  # the model learns anew when decisions have grown by one in so many


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """The works of a review in the order in which they would have been screened.

    Attributes:
        order: what was decided before screening comes first.
        random: the works that were read because chance drew them.
    """

    order: tuple[int, ...]
    random: frozenset[int]


def draw_prior(relevant: Mapping[int, bool], seed: int) -> tuple[int, ...]:
    """One relevant and one irrelevant work to begin with, where there are such.

    The draws are those of simulations with ASReview: first among the relevant, then among the
    others, in the order given, by Python's generator.
    """
    chance = Random(seed)  # noqa: S311
    groups = ([key for key in relevant if relevant[key] is side] for side in (True, False))
    return tuple(chance.choice(group) for group in groups if group)


def simulate(
    features: Features,
    relevant: Mapping[int, bool],
    prior: Sequence[int],
    *,
    seed: int,
    random_share: float = 0.0,
    model: Model = line_between,
) -> Simulation:
    """Screen a review of which everything was decided.

    Args:
        features: of the works.
        relevant: the decision on each work; one is looked at only once the work is read.
        prior: the works that are decided before screening begins.
        seed: of all that is left to chance.
        random_share: the part of all reading that goes to works drawn at random, 0 to 1.
        model: what learns from the decisions.

    Raises:
        Invalid: works without a decision, or prior ones that the review does not have.
    """
    if relevant.keys() != features.rows_by_id.keys() or not relevant.keys() >= set(prior):
        raise Invalid("A simulation needs a decision on each work, and no other works.")
    decided = {key: relevant[key] for key in prior}
    random: set[int] = set()
    line = None
    while len(decided) < len(relevant):
        ranking = rank(
            features, decided, seed=seed, random_share=random_share, start=line, model=model
        )
        line = ranking.line
        read = ranking.order[: max(1, len(decided) // PATIENCE)]
        decided.update((key, relevant[key]) for key in read)
        random.update(ranking.random.intersection(read))
    return Simulation(order=tuple(decided), random=frozenset(random))
