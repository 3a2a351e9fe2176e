"""The numbers of a flow diagram as tables: box by box, and of PRISMA 2020 for the R package.

The package PRISMA2020 (Haddaway and others 2022, doi:10.1002/cl2.1230) draws from a CSV with the
columns and keys below. Its diagram has an arm for other methods, or an earlier version, where those
are numbers.
"""

from collections.abc import Iterable, Iterator

from evidence.charts.picture import Cell, PictureTable
from evidence.synthesis.flow.flow_boxes import BoxId
from evidence.synthesis.flow.flow_notes import flow_boxes
from evidence.synthesis.flow.flow_settings import Template
from evidence.synthesis.flow.prisma_flow import Arm, Flow, SourceKind, StudyUses

NO_NUMBER = "NA"
_SPLITTING = str.maketrans({",": "/", ";": "/", "\\": "/", "'": "’", '"': "”", "\n": " "})
"""The package parts lists at commas and semicolons, and puts names between quotation marks."""
_VIA_OTHERS = {
    BoxId.OTHER_IDENTIFIED,
    BoxId.OTHER_SOUGHT,
    BoxId.OTHER_NOT_RETRIEVED,
    BoxId.OTHER_ASSESSED,
    BoxId.OTHER_INELIGIBLE,
}
_OF_ALL = {
    BoxId.PREVIOUS,
    BoxId.INCLUDED,
    BoxId.TOTAL,
    BoxId.USES,
    BoxId.IN_DEPTH,
    BoxId.NOT_IN_DEPTH,
    BoxId.SOUND,
    BoxId.NOT_SOUND,
}
_Row = tuple[str, str, str, str, str | int]
"""Key, node, box, what it counts, number; without a key it is a head."""


def boxes_table(flow: Flow) -> PictureTable:
    """All boxes with all their lines, in reading order; "?" where a number was not entered yet."""
    rows: list[tuple[Cell, ...]] = []
    together = flow.drawn_as is Template.ROSES_MAP
    for box in flow_boxes(flow):
        via = "other methods" if box.id in _VIA_OTHERS else "databases and registers"
        named = ("" if together or box.id in _OF_ALL else via, box.title)
        if box.number is not None:
            rows.append((*named, "", box.number))
        rows += [(*named, ln.label, "?" if ln.number is None else ln.number) for ln in box.lines]
    return PictureTable(head=("Identified via", "Box", "Of these", "n"), rows=tuple(rows))


def r_package_table(flow: Flow) -> PictureTable:
    """What `PRISMA_data()` of the R package reads."""
    rows = [
        (key or NO_NUMBER, node or NO_NUMBER, box, said, said, said if node else NO_NUMBER, "", n)
        for key, node, box, said, n in (
            *_identification(flow),
            *_screening(flow),
            *_inclusion(flow),
            *_stages(),
        )
    ]
    head = ("data", "node", "box", "description", "boxtext", "tooltips", "url", "n")
    return PictureTable(head=head, rows=tuple(rows))


def _identification(flow: Flow) -> Iterator[_Row]:
    yield ("", "node4", "prevstud", "Earlier version of this review", 0)
    previous = (flow.previous_studies, flow.previous_reports)
    yield ("previous_studies", "node5", "box1", "Studies of the earlier version", _n(previous[0]))
    yield ("previous_reports", "", "box1", "Reports of the earlier version", _n(previous[1]))
    yield ("", "node6", "newstud", "New studies from databases and registers", 0)
    for kind, name, node in (
        (SourceKind.DATABASE, "database", "node7"),
        (SourceKind.REGISTER, "register", ""),
    ):
        title = f"{name.capitalize()}s"
        yield (f"{name}_results", node, "box2", title, flow.identified(kind))
        listed = _listed((s.name, s.records) for s in flow.sources if s.kind is kind)
        yield (f"{name}_specific_results", "", "box2", f"{title} one by one", listed)
    yield ("", "node16", "othstud", "New studies from other methods", 0)
    none = flow.other is None
    unlike = flow.identified(SourceKind.OTHER)
    websites, people, citations = (
        flow.identified(kind)
        for kind in (SourceKind.WEBSITE, SourceKind.ORGANISATION, SourceKind.CITATIONS)
    )
    title = "Organisations and other sources" if unlike else "Organisations"
    yield ("website_results", "node17", "box11", "Websites", _n(None if none else websites))
    yield ("organisation_results", "", "box11", title, _n(None if none else people + unlike))
    yield ("citations_results", "", "box11", "Citation searching", _n(None if none else citations))


def _screening(flow: Flow) -> Iterator[_Row]:
    yield ("duplicates", "node8", "box3", "Duplicates", flow.duplicates)
    by_tools = "Marked as ineligible by automation tools"
    yield ("excluded_automatic", "", "box3", by_tools, flow.automation)
    yield ("excluded_other", "", "box3", "Removed for other reasons", flow.removed_otherwise)
    yield ("records_screened", "node9", "box4", "Records screened", flow.screened)
    yield ("records_excluded", "node10", "box5", "Records excluded", flow.excluded)
    yield from _arm("dbr", flow.searched, (11, 12, 13, 14), (6, 7, 8, 9))
    yield from _arm("other", flow.other, (18, 19, 20, 21), (12, 13, 14, 15))


def _arm(
    name: str, arm: Arm | None, nodes: tuple[int, ...], numbers: tuple[int, ...]
) -> Iterator[_Row]:
    """The four boxes of an arm; a list of reasons must be there for the package even without it."""
    values: tuple[str | int, ...] = (NO_NUMBER, NO_NUMBER, NO_NUMBER, "0")
    if arm is not None:
        values = (arm.sought, arm.not_retrieved, arm.assessed, _listed(arm.excluded))
    keys = ("sought_reports", "notretrieved_reports", "assessed", "excluded")
    said = (
        "Reports sought for retrieval",
        "Reports not retrieved",
        "Reports assessed for eligibility",
        "Reports excluded",
    )
    for key, node, box, text, n in zip(keys, nodes, numbers, said, values, strict=True):
        yield (f"{name}_{key}", f"node{node}", f"box{box}", text, n)


def _inclusion(flow: Flow) -> Iterator[_Row]:
    is_update = flow.drawn_as.is_update
    total = (flow.total_studies, flow.total_reports) if is_update else (None, None)
    yield ("new_studies", "node15", "box10", "New studies included", flow.included_studies)
    yield ("new_reports", "", "box10", "Reports of new studies", flow.included_reports)
    yield ("total_studies", "node22", "box16", "Studies, with the earlier version", _n(total[0]))
    yield ("total_reports", "", "box16", "Reports, with the earlier version", _n(total[1]))
    uses = flow.uses or StudyUses()
    pooled, reports = _n(uses.pooled), _n(uses.pooled_reports)
    yield ("total_studies_ma", "node23", "box17", "Studies in a meta-analysis", pooled)
    yield ("total_reports_ma", "", "box17", "Reports of studies in a meta-analysis", reports)


def _stages() -> Iterator[_Row]:
    for number, name in enumerate(("identification", "screening", "included"), start=1):
        yield (name, f"node{number}", name, name.capitalize(), 0)


def _n(number: int | None) -> str | int:
    return NO_NUMBER if number is None else number


def _listed(items: Iterable[tuple[str, int]]) -> str:
    """A list as the package parts it; the number 0 where it is empty."""
    return "; ".join(f"{name.translate(_SPLITTING)}, {n}" for name, n in items) or "0"
