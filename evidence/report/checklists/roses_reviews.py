"""ROSES for reports of systematic reviews (doi:10.1186/s13750-018-0121-7), in our own words.

What a review and a map are both asked is that of the list for maps; beside it stand appraisal,
results and synthesis. As there, the numbers are ours, and topics are not verified against the form,
which could not be reached.
"""

from collections.abc import Sequence
from dataclasses import replace

from evidence.report.checklists import lacks
from evidence.report.checklists.item import Checklist, ChecklistItem, item
from evidence.report.checklists.prisma_2020 import DISCUSSION, RESULTS
from evidence.report.checklists.roses_maps import CODING, ROSES_MAPS

_OF_MAPS = {each.number: each for each in ROSES_MAPS.items}
_SYNTHESIS = "Synthesis"


def _shared(first: int, last: int) -> list[ChecklistItem]:
    """What a map is asked just so."""
    return [_OF_MAPS[str(number)] for number in range(first, last + 1)]


def _numbered(items: Sequence[ChecklistItem]) -> tuple[ChecklistItem, ...]:
    return tuple(replace(each, number=str(place)) for place, each in enumerate(items, start=1))


_METHODS = [
    item(
        "",
        "Appraisal",
        "how studies were appraised, and by whom",
        "appraisal-rules appraisal appraisal-table",
        own="methods",
        lacks=(lacks.appraisal,),
    ),
    item("", "Appraisal", "what appraisal changes in the synthesis", own="methods"),
    *_shared(21, 23),
    item("", CODING, "what may cause differences, and why", own="methods"),
    item(
        "",
        _SYNTHESIS,
        "how results were put together",
        "direction-rules pooled-table",
        own="methods",
        lacks=(lacks.findings,),
    ),
    item("", _SYNTHESIS, "how robustness was tried", own="methods"),
    item("", _SYNTHESIS, "how missing results were judged", own="methods"),
]

_RESULTS = [
    *_shared(25, 26),
    item(
        "",
        RESULTS,
        "the appraisal of each study",
        "appraisal-table appraisal",
        lacks=(lacks.appraisal,),
    ),
    item(
        "",
        RESULTS,
        "what each study found",
        "directions-table forest pooled-table",
        lacks=(lacks.findings,),
    ),
    item(
        "",
        RESULTS,
        "what the studies say together",
        "directions-in-all directions pooled summary-table",
        lacks=(lacks.findings,),
    ),
    item("", RESULTS, "what causes of differences were found", own="pooled directions"),
    item("", RESULTS, "how robust results are", own="pooled directions"),
    item("", DISCUSSION, "limits of the review and of the evidence", own="discussion"),
    *_shared(30, 32),
]

_ITEMS = _numbered(
    [
        item("", "Title", "that it is a systematic review", own="title", lacks=(lacks.title,)),
        *_shared(2, 3),
        item("", "Background", "why the review was made", own="background"),
        item(
            "",
            "Background",
            "who was asked what the review should answer",
            own="background about",
        ),
        *_shared(6, 19),
        *_METHODS,
        *_RESULTS,
    ]
)


ROSES_REVIEWS = Checklist(
    title="ROSES for systematic reviews",
    source=ROSES_MAPS.source,
    items=_ITEMS,
    note=ROSES_MAPS.note,
)
