"""ROSES for reports of systematic maps (doi:10.1186/s13750-018-0121-7), in our own words.

The topics follow the order of a map's report. ROSES has a form of its own with its own numbers, so
that topics are numbered here for reference only. The form (version 1.0, 2017) could not be reached
and the topics are not verified against it; on 2026-12-01 they were compared with what the journal
Environmental Evidence asks of systematic maps.
"""

from evidence.report.checklists import lacks
from evidence.report.checklists.item import Checklist, if_done, in_summary, item
from evidence.report.checklists.prisma_2020 import DISCUSSION, METHODS, RESULTS

SEARCHES, SCREENING, CODING = "Searches", "Screening", "Coding"

_SEARCHES = (
    item(
        "9",
        SEARCHES,
        "each search as it was typed",
        "search-strategies",
        lacks=(lacks.searches, lacks.search_strategies),
    ),
    item("10", SEARCHES, "languages of searches", own="methods"),
    item(
        "11",
        SEARCHES,
        "each database with its platform and day",
        "search-table",
        lacks=(lacks.searches, lacks.search_platforms, lacks.search_days),
    ),
    item(
        "12",
        SEARCHES,
        "websites and organisations",
        "search-table",
        own="methods",
        lacks=(lacks.source_of_kind("website", "organisation"),),
    ),
    item(
        "13",
        SEARCHES,
        "whether the searches find what is known",
        "found-alone sources-figure",
        own="methods",
    ),
    item("14", SEARCHES, "searches brought up to date", "search-table", lacks=(lacks.updates,)),
    item("15", SEARCHES, "how duplicates were found", "duplicates", lacks=(lacks.duplicates,)),
)

_SELECTION = (
    item(
        "16",
        SCREENING,
        "how records were screened, and how far people agree",
        "screening-titles screening-full-texts",
        lacks=(lacks.several_people,),
    ),
    item("17", SCREENING, "what studies must meet", "criteria", lacks=(lacks.criteria,)),
    item(
        "18",
        SCREENING,
        "reports excluded in full text, with reasons",
        "excluded-reports",
        lacks=(lacks.exclusion_reasons,),
    ),
    item("19", SCREENING, "reports that could not be had", "not-retrieved-reports retrieved"),
    if_done(
        item(
            "20",
            "Appraisal",
            "how studies were appraised, and by whom",
            "appraisal-rules appraisal appraisal-table",
            own="methods",
            lacks=(lacks.appraisal,),
        )
    ),
    item("21", CODING, "everything that was coded", "data-dictionary", lacks=(lacks.schemes,)),
    item(
        "22",
        CODING,
        "who coded, and how far they agree",
        "agreement schemes",
        lacks=(lacks.coding_by_several, lacks.agreement),
    ),
    item("23", CODING, "authors who judged studies of their own", own="methods about"),
    item(
        "24",
        "Mapping",
        "how gaps and clusters are told",
        "map-gaps synthesis-gaps",
        own="methods",
        lacks=(lacks.map_day,),
    ),
)

_RESULTS = (
    item("25", RESULTS, "what became of all records", "flow-figure", lacks=(lacks.flow,)),
    item(
        "26",
        RESULTS,
        "each study with what was coded",
        "characteristics",
        lacks=(lacks.studies,),
    ),
    item(
        "27",
        RESULTS,
        "what the map shows",
        "map map-figure counts counts-figure crosstab most-studied",
    ),
    item(
        "28",
        RESULTS,
        "gaps and clusters",
        "map-gaps synthesis-gaps not-studied",
        lacks=(lacks.map_day,),
    ),
    item("29", DISCUSSION, "limits of the map and of the evidence", own="discussion"),
    item(
        "30",
        "Conclusions",
        "what follows for policy and practice",
        "conclusions recommendations",
        own="conclusions",
    ),
    item(
        "31",
        "Conclusions",
        "what follows for research",
        "conclusions recommendations",
        own="conclusions",
    ),
    item(
        "32",
        "Declarations",
        "money, competing interests, where data are",
        "funding competing-interests",
        own="about",
    ),
)

_ITEMS = (
    item("1", "Title", "that it is a systematic map", own="title", lacks=(lacks.title,)),
    item("2", "Authors", "names and contacts", "authors contact", own="about"),
    in_summary(
        item(
            "3",
            "Abstract",
            "a summary with question, methods and findings",
            "question searches included-reports included-studies map",
        )
    ),
    item("4", "Background", "why the map was made", own="background"),
    item("5", "Background", "who was asked what the map should answer", own="background about"),
    item("6", "Objective", "the question", "question", lacks=(lacks.question,)),
    item(
        "7",
        "Objective",
        "the parts of the question",
        "criteria",
        own="question",
        lacks=(lacks.criteria,),
    ),
    item(
        "8",
        METHODS,
        "the protocol, and what was done otherwise",
        "history protocol deviations",
        own="about",
    ),
    *_SEARCHES,
    *_SELECTION,
    *_RESULTS,
)


ROSES_MAPS = Checklist(
    title="ROSES for systematic maps",
    source="Topics of ROSES (doi:10.1186/s13750-018-0121-7), in our own words.",
    items=_ITEMS,
    note="The numbers are ours; journals ask for the form of roses-reporting.com.",
)
