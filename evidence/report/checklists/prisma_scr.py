"""PRISMA-ScR for scoping reviews and maps: 22 items (doi:10.7326/M18-0850), in our own words.

On 2026-12-01 numbers, topics and sections were compared with copies of the authors' form to fill in
(studylib.net 26295603; danya02/rudn-year4-mp-work); that two of them are optional is in the
abstract. The article itself could not be reached.
"""

from evidence.report.checklists import lacks
from evidence.report.checklists.item import Checklist, if_done, in_summary, item
from evidence.report.checklists.prisma_2020 import DISCUSSION, INTRODUCTION, METHODS, RESULTS

_METHODS = (
    item(
        "5",
        METHODS,
        "whether there is a protocol, where, and its registration",
        "protocol registration",
        own="about",
    ),
    item(
        "6", METHODS, "what studies must meet", "criteria", own="question", lacks=(lacks.criteria,)
    ),
    item(
        "7",
        METHODS,
        "all sources, with the day of the last search",
        "search-table",
        lacks=(lacks.searches, lacks.search_days),
    ),
    item(
        "8",
        METHODS,
        "the whole strategy of at least one search",
        "search-strategies",
        lacks=(lacks.searches,),
    ),
    item(
        "9",
        METHODS,
        "how sources were selected",
        "screening-titles screening-full-texts stopping",
        lacks=(lacks.several_people,),
    ),
    item(
        "10",
        METHODS,
        "how studies were coded, by how many people",
        "schemes agreement",
        lacks=(lacks.schemes, lacks.coding_by_several),
    ),
    item("11", METHODS, "everything that was coded", "data-dictionary", lacks=(lacks.schemes,)),
    if_done(
        item(
            "12",
            METHODS,
            "how studies were appraised, and why",
            "appraisal-rules appraisal-table",
            own="methods",
            lacks=(lacks.appraisal,),
        )
    ),
    item(
        "13",
        METHODS,
        "how codes are brought together",
        "counts-figure map direction-rules",
        own="methods",
    ),
)

_RESULTS = (
    item(
        "14",
        RESULTS,
        "what became of all records, with reasons",
        "flow-figure",
        lacks=(lacks.flow, lacks.exclusion_reasons),
    ),
    item(
        "15",
        RESULTS,
        "each study with its characteristics and references",
        "characteristics references",
        lacks=(lacks.studies,),
    ),
    if_done(
        item(
            "16",
            RESULTS,
            "how each study was judged",
            "appraisal-figure",
            lacks=(lacks.appraisal,),
        )
    ),
    item(
        "17",
        RESULTS,
        "what was coded of each study",
        "characteristics directions-figure codes-figure reported-figure",
    ),
    item(
        "18",
        RESULTS,
        "what the codes of all studies come to",
        "counts counts-figure crosstab map-figure map most-studied",
    ),
)

_ITEMS = (
    item("1", "Title", "that it is a scoping review or map", own="title", lacks=(lacks.title,)),
    in_summary(
        item(
            "2",
            "Abstract",
            "a summary with question, methods and results",
            "question searches included-reports included-studies map",
        )
    ),
    item("3", INTRODUCTION, "why the review was made, and why in this form", own="background"),
    item("4", INTRODUCTION, "the question and its parts", "question", lacks=(lacks.question,)),
    *_METHODS,
    *_RESULTS,
    item("19", DISCUSSION, "what was found, for the question and for readers", own="discussion"),
    item("20", DISCUSSION, "limits of how the review was made", own="discussion"),
    item(
        "21",
        DISCUSSION,
        "what follows, for practice and for research",
        "conclusions recommendations",
        own="conclusions",
    ),
    item(
        "22", "Funding", "who paid for studies and review, and their part", "funding", own="about"
    ),
)


PRISMA_SCR = Checklist(
    title="PRISMA-ScR",
    source="Items of PRISMA-ScR (doi:10.7326/M18-0850), in our own words.",
    items=_ITEMS,
)
