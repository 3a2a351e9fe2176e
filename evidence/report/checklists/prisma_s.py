"""PRISMA-S for searches: 16 items (doi:10.1186/s13643-020-01542-z), in our own words.

On 2026-12-01 numbers, topics and the four groups were compared with table 1 of the journal (items 1
to 12) and with the authors' preprint as a public repository keeps it (all 16;
p1m-ortho/qs-global-ortho-search-queries).
"""

from evidence.report.checklists import lacks
from evidence.report.checklists.item import Checklist, if_done, item
from evidence.synthesis.flow.prisma_flow import SourceKind

SOURCES, STRATEGIES = "Sources", "Strategies"
REVIEW, RECORDS = "Peer review", "Records"

_ITEMS = (
    item(
        "1",
        SOURCES,
        "each database with its platform",
        "search-table",
        lacks=(lacks.searches, lacks.search_platforms),
    ),
    if_done(item("2", SOURCES, "databases searched at once on one platform", own="methods")),
    item(
        "3",
        SOURCES,
        "registers of studies",
        "search-table",
        own="methods",
        lacks=(lacks.source_of_kind(SourceKind.REGISTER),),
    ),
    item(
        "4",
        SOURCES,
        "websites and print",
        "search-table",
        own="methods",
        lacks=(lacks.source_of_kind(SourceKind.WEBSITE, SourceKind.ORGANISATION),),
    ),
    item(
        "5",
        SOURCES,
        "citing and cited references",
        "search-table",
        own="methods",
        lacks=(lacks.source_of_kind(SourceKind.CITATIONS),),
    ),
    item("6", SOURCES, "authors, experts and others who were asked", own="methods"),
    item(
        "7",
        SOURCES,
        "other ways of finding studies",
        "search-table",
        own="methods",
        lacks=(lacks.source_of_kind(SourceKind.OTHER),),
    ),
    item(
        "8",
        STRATEGIES,
        "each search as it was typed",
        "search-strategies",
        lacks=(lacks.searches, lacks.search_strategies),
    ),
    item("9", STRATEGIES, "limits, or that there were none", own="methods"),
    item("10", STRATEGIES, "filters of others, or that none was used", own="methods"),
    item("11", STRATEGIES, "searches of other reviews that were used again", own="methods"),
    item(
        "12",
        STRATEGIES,
        "how searches were brought up to date",
        "search-table",
        own="methods",
        lacks=(lacks.updates,),
    ),
    item(
        "13",
        STRATEGIES,
        "the day of each search",
        "search-table",
        lacks=(lacks.searches, lacks.search_days),
    ),
    item("14", REVIEW, "who looked over the strategies", own="methods"),
    item(
        "15",
        RECORDS,
        "how many records each source gave",
        "search-table flow-figure",
        lacks=(lacks.searches, lacks.search_records),
    ),
    item("16", RECORDS, "how duplicates were found", "duplicates", lacks=(lacks.duplicates,)),
)


PRISMA_S = Checklist(
    title="PRISMA-S",
    source="Items of PRISMA-S (doi:10.1186/s13643-020-01542-z), in our own words.",
    items=_ITEMS,
)
