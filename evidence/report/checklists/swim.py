"""SWiM for syntheses without meta-analysis: nine items (doi:10.1136/bmj.l6890), in own words.

On 2026-12-01 items 1a to 7 were compared with table 1 of PMC7190266, items 8 and 9 with a summary
of the guideline that names all nine topics in their order.
"""

from evidence.report.checklists import lacks
from evidence.report.checklists.item import Checklist, item
from evidence.report.checklists.prisma_2020 import DISCUSSION, METHODS, RESULTS

_ITEMS = (
    item(
        "1a",
        METHODS,
        "how studies are grouped, and why",
        "directions-figure directions-table",
        own="methods",
        lacks=(lacks.findings,),
    ),
    item("1b", METHODS, "what changed in the groups since the protocol", own="methods"),
    item(
        "2",
        METHODS,
        "the one measure to which results were brought",
        "direction-rules",
        own="methods",
        lacks=(lacks.findings,),
    ),
    item("3", METHODS, "how results were put together", "direction-rules", own="methods"),
    item("4", METHODS, "which results weigh more, and by what", own="methods"),
    item("5", METHODS, "how causes of differences were looked for", own="methods"),
    item(
        "6",
        METHODS,
        "how certainty was judged",
        "summary-table review-findings",
        own="methods",
        lacks=(lacks.certainty,),
    ),
    item(
        "7",
        METHODS,
        "how results are shown, and in which order",
        "directions-figure harvest-figure directions-table",
        lacks=(lacks.findings,),
    ),
    item(
        "8",
        RESULTS,
        "what each synthesis found, from which studies, how certain",
        "directions-in-all directions directions-table",
        lacks=(lacks.findings, lacks.certainty),
    ),
    item("9", DISCUSSION, "limits of this way of synthesis", own="discussion"),
)


SWIM = Checklist(
    title="SWiM",
    source="Items of SWiM (doi:10.1136/bmj.l6890), in our own words.",
    items=_ITEMS,
)
