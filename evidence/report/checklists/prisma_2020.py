"""PRISMA 2020 for reports of systematic reviews: 27 items with their parts (doi:10.1136/bmj.n71).

Names are our own short words; the statement says in full what each item asks. On 2026-12-01 every
number, 1 to 27 with all letters, and what it is about were compared with copies of the checklist in
publications (PMC11508855 and others) and, from 13 to 27, with the authors' preprint as a public
repository keeps it (p1m-ortho/qs-global-ortho-search-queries); the journal's own page could not be
reached. The checklist for abstracts behind item 2 is not among the items.
"""

from evidence.report.checklists import lacks
from evidence.report.checklists.item import Checklist, in_summary, item

INTRODUCTION, METHODS, RESULTS = "Introduction", "Methods", "Results"
DISCUSSION, OTHER = "Discussion", "Other"

_METHODS = (
    item(
        "5", METHODS, "what studies must meet", "criteria", own="question", lacks=(lacks.criteria,)
    ),
    item(
        "6",
        METHODS,
        "all sources, with the day of each search",
        "search-table",
        lacks=(lacks.searches, lacks.search_days),
    ),
    item(
        "7",
        METHODS,
        "the whole strategy of each search",
        "search-strategies",
        lacks=(lacks.searches, lacks.search_strategies),
    ),
    item(
        "8",
        METHODS,
        "how studies were selected, by how many people",
        "screening-titles screening-full-texts stopping",
        lacks=(lacks.several_people,),
    ),
    item(
        "9",
        METHODS,
        "how studies were coded, by how many people",
        "schemes agreement",
        lacks=(lacks.schemes, lacks.coding_by_several),
    ),
    item("10a", METHODS, "the outcomes that were sought", "data-dictionary"),
    item(
        "10b", METHODS, "everything else that was sought", "data-dictionary", lacks=(lacks.schemes,)
    ),
    item(
        "11",
        METHODS,
        "how risk of bias was judged",
        "appraisal-rules appraisal-table",
        own="methods",
        lacks=(lacks.appraisal,),
    ),
    item(
        "12",
        METHODS,
        "the measure of effect on each outcome",
        "pooled pooled-table forest",
        own="methods",
        lacks=(lacks.pooled,),
    ),
    item(
        "13a",
        METHODS,
        "which studies went into each synthesis",
        "directions-table directions-figure pooled-table",
        own="methods",
    ),
    item("13b", METHODS, "how results were made ready for it", "direction-rules", own="methods"),
    item(
        "13c",
        METHODS,
        "how results are shown",
        "directions-figure harvest-figure forest counts-figure map-figure",
    ),
    item(
        "13d",
        METHODS,
        "how results were put together",
        "direction-rules pooled-table",
        own="methods",
    ),
    item("13e", METHODS, "how causes of differences were looked for", own="methods"),
    item("13f", METHODS, "how robustness was tried", own="methods"),
    item("14", METHODS, "how missing results were judged", own="methods"),
    item(
        "15",
        METHODS,
        "how certainty was judged",
        "summary-table summary-figure review-findings",
        own="methods",
        lacks=(lacks.certainty,),
    ),
)

_RESULTS = (
    item("16a", RESULTS, "what became of all records", "flow-figure", lacks=(lacks.flow,)),
    item(
        "16b",
        RESULTS,
        "reports that look fit and were excluded, and why",
        "excluded-reports",
        lacks=(lacks.exclusion_reasons,),
    ),
    item(
        "17",
        RESULTS,
        "each study with its characteristics",
        "characteristics references",
        lacks=(lacks.studies,),
    ),
    item(
        "18",
        RESULTS,
        "risk of bias of each study",
        "appraisal-figure",
        lacks=(lacks.appraisal,),
    ),
    item(
        "19",
        RESULTS,
        "the results of each study",
        "directions-figure forest reported-figure",
        lacks=(lacks.findings,),
    ),
    item(
        "20a",
        RESULTS,
        "what the studies of each synthesis are like",
        "directions-in-all directions pooled",
        lacks=(lacks.findings,),
    ),
    item(
        "20b",
        RESULTS,
        "what each synthesis came to",
        "directions-in-all directions directions-table pooled pooled-table",
        lacks=(lacks.findings,),
    ),
    item("20c", RESULTS, "what causes of differences were found", own="pooled directions"),
    item("20d", RESULTS, "how robust results are", own="pooled directions"),
    item(
        "21",
        RESULTS,
        "results that may be missing",
        "reported reported-figure",
        own="discussion",
        lacks=(lacks.missing_results,),
    ),
    item(
        "22",
        RESULTS,
        "certainty on each outcome",
        "certainty summary-table summary-figure confidence",
        lacks=(lacks.certainty,),
    ),
)

_ITEMS = (
    item("1", "Title", "that it is a review", own="title", lacks=(lacks.title,)),
    in_summary(
        item(
            "2",
            "Abstract",
            "a summary with question, methods and results",
            "question searches included-reports included-studies directions-in-all certainty",
        )
    ),
    item("3", INTRODUCTION, "why the review was made", own="background"),
    item("4", INTRODUCTION, "the question", "question", lacks=(lacks.question,)),
    *_METHODS,
    *_RESULTS,
    item("23a", DISCUSSION, "what the results mean beside other evidence", own="discussion"),
    item("23b", DISCUSSION, "limits of the evidence", own="discussion"),
    item("23c", DISCUSSION, "limits of how the review was made", own="discussion"),
    item(
        "23d",
        DISCUSSION,
        "what follows for practice, policy and research",
        "conclusions recommendations",
        own="conclusions",
    ),
    item("24a", OTHER, "where the review is registered", "registration", own="about"),
    item("24b", OTHER, "where the protocol can be read", "protocol", own="about"),
    item(
        "24c", OTHER, "what changed since the protocol", "history deviations", own="about methods"
    ),
    item("25", OTHER, "who paid, and their part in it", "funding", own="about"),
    item("26", OTHER, "competing interests", "competing-interests", own="about"),
    item("27", OTHER, "where forms, data, code and other material can be had", own="about"),
)


PRISMA_2020 = Checklist(
    title="PRISMA 2020",
    source="Items of PRISMA 2020 (doi:10.1136/bmj.n71), in our own words.",
    items=_ITEMS,
)
