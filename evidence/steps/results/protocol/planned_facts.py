"""What a review planned, gathered for its report."""

from collections.abc import Iterator, Sequence

from evidence.report.planned.planned_facts import FrozenProtocol, PlannedFacts
from evidence.steps.desk import Desk
from evidence.steps.results.protocol import protocol_versions, search_waves
from evidence.store.results.protocol_versions import ProtocolVersion
from evidence.synthesis.protocol.protocol import differences
from evidence.synthesis.stages.study_stages import NO_STAGES, StudyStages, rule_sentences


def planned_facts(desk: Desk, stages: StudyStages | None) -> PlannedFacts:
    """The plan as it stands.

    Args:
        desk: of the person who looks.
        stages: how far studies go behind the map; None where there is no rule.
    """
    versions = protocol_versions.listing(desk)[::-1]
    since: tuple[str, ...] = ()
    if versions:
        changed = differences(versions[-1].protocol, protocol_versions.current(desk))
        since = tuple(each.part for each in changed)
    return PlannedFacts(
        versions=tuple(_frozen(versions)),
        since=since,
        waves=search_waves.of_review(desk).waves,
        stage_rules=tuple(rule_sentences(stages)) if stages else (),
        stages=stages.counts if stages else NO_STAGES,
    )


def _frozen(versions: Sequence[ProtocolVersion]) -> Iterator[FrozenProtocol]:
    for at, version in enumerate(versions):
        before = versions[at - 1] if at else None
        yield FrozenProtocol(
            number=version.number,
            dated=version.dated,
            note=version.note,
            changed=differences(before.protocol, version.protocol) if before else (),
        )
