"""One direction of a study and a cell: the viewer has the rule of `within_study`."""

from itertools import product

from evidence.coding.findings import Direction
from evidence.synthesis.within_study import within_study
from tests.viewer import node

VOTES = (Direction.BETTER, Direction.WORSE, Direction.NO_CHANGE, Direction.MIXED)
MOST = 10  # findings of each direction; 7 of 10 is where one prevails


def test_every_mixture_of_findings_gives_the_same_direction() -> None:
    mixtures = [
        (*counts, setting, percent)
        for counts in product(range(MOST + 1), repeat=len(VOTES))
        for setting in (True, False)
        for percent in (51, 70, 100)
        if sum(counts) <= MOST
    ]
    answers = node.answer("directions_in_node.mjs", mixtures)
    for (*counts, setting, percent), direction in zip(mixtures, answers, strict=True):
        findings = [vote for vote, count in zip(VOTES, counts, strict=True) for _ in range(count)]
        expected = within_study(findings, count_no_change=bool(setting), agree_percent=percent)
        assert direction == expected.value, (counts, setting, percent)
