"""What a report knows of the plan of a review."""

from dataclasses import dataclass

from evidence.synthesis.protocol.protocol import PartDifference
from evidence.synthesis.protocol.search_waves import SearchWave
from evidence.synthesis.stages.study_stages import NO_STAGES, StageCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenProtocol:
    """A version of the protocol.

    Attributes:
        dated: the day from which it holds.
        note: what changed, and why.
        changed: of the version before; nothing for the first.
    """

    number: int
    dated: str
    note: str
    changed: tuple[PartDifference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFacts:
    """The plan of a review.

    Attributes:
        versions: of the protocol, the first one first.
        since: what has changed since the last of them; its parts by name.
        waves: of searching.
        stage_rules: which studies go on from the map, in sentences.
        stages: the same in numbers.
    """

    versions: tuple[FrozenProtocol, ...] = ()
    since: tuple[str, ...] = ()
    waves: tuple[SearchWave, ...] = ()
    stage_rules: tuple[str, ...] = ()
    stages: StageCounts = NO_STAGES


NOTHING_PLANNED = PlannedFacts()
