"""The boxes of a ROSES flow diagram of a systematic map in words and numbers.

What each box counts follows ROSES (Haddaway and others 2018, doi:10.1186/s13750-018-0121-7).
Records of all sources come together before duplicates are removed; title and abstract are read
together.
"""

from collections.abc import Iterator

from evidence.synthesis.flow.flow_boxes import (
    Box,
    BoxId,
    reason_lines,
    source_lines,
    stage_boxes,
    studies_and_reports,
)
from evidence.synthesis.flow.prisma_flow import SEARCHED, Flow, SourceKind, StudyUses


def roses_boxes(flow: Flow) -> tuple[Box, ...]:
    """The boxes that this map has, in reading order."""
    arm = flow.searched
    deduplicated = flow.identified(*SourceKind) - flow.duplicates
    others = frozenset(SourceKind) - SEARCHED
    return (
        _sources(flow, BoxId.IDENTIFIED, "Records from bibliographic databases", SEARCHED),
        _sources(flow, BoxId.OTHER_IDENTIFIED, "Records from other sources", others),
        Box(BoxId.DEDUPLICATED, "Records after duplicates were removed", deduplicated),
        Box(BoxId.REMOVED, "Duplicates removed", flow.duplicates),
        Box(BoxId.SOUGHT, "Records kept by title and abstract", arm.sought),
        Box(
            BoxId.EXCLUDED,
            "Excluded by title and abstract",
            flow.excluded,
            reason_lines(flow.excluded_reasons),
        ),
        Box(BoxId.ASSESSED, "Articles retrieved and read in full", arm.assessed),
        Box(BoxId.NOT_RETRIEVED, "Full texts not retrieved", arm.not_retrieved),
        Box(BoxId.ELIGIBLE, "Articles kept by full text", arm.eligible),
        Box(
            BoxId.INELIGIBLE,
            "Full texts excluded",
            arm.assessed - arm.eligible,
            reason_lines(arm.excluded),
        ),
        Box(
            BoxId.INCLUDED,
            "Included in the map",
            lines=studies_and_reports(flow.included_studies, flow.included_reports),
        ),
        *_uses(flow.uses or StudyUses()),
        *stage_boxes(flow.stages),
    )


def _sources(flow: Flow, box_id: BoxId, title: str, kinds: frozenset[SourceKind]) -> Box:
    return Box(box_id, title, flow.identified(*kinds), source_lines(flow.sources, kinds))


def _uses(uses: StudyUses) -> Iterator[Box]:
    """Critical appraisal is an option of maps; what nobody counted has no box."""
    if uses.appraised is not None:
        yield Box(BoxId.APPRAISED, "Studies critically appraised", uses.appraised)
    if uses.coded is not None:
        yield Box(BoxId.CODED, "Studies coded", uses.coded)
    if uses.mapped is not None:
        title = "Studies in the map's database and narrative synthesis"
        yield Box(BoxId.MAPPED, title, uses.mapped)
