"""Live parts are filled anew when anything changes that a report tells of."""

from collections import Counter

from evidence.steps.results.reporting.report_parts import JUDGED, of_person
from evidence.store.area_versions import Area, areas_of
from evidence.store.events import EventKind as Kind

BY_AREA = {
    Area.RECORDS: {
        Kind.REVIEW_CHANGED, Kind.SOURCE_CHANGED, Kind.IMPORT_UNDONE, Kind.IMPORT_PARTLY_UNDONE,
    },
    Area.SCREENING: {
        Kind.REASONS_CHANGED, Kind.REASON_RENAMED, Kind.REASONS_MERGED, Kind.MEMBER_ADDED,
        Kind.MEMBER_REMOVED, Kind.ROLE_CHANGED, Kind.STAGE_SETTINGS_CHANGED, Kind.PILOT_BEGUN,
        Kind.PILOT_ENDED, Kind.WORKS_DIVIDED, Kind.WORKS_GIVEN, Kind.WORKS_TAKEN_BACK,
        Kind.STOPPING_RULE_CHOSEN, Kind.DECISIONS_IMPORTED, Kind.DECISIONS_CONFIRMED,
        Kind.DECISIONS_DECLINED, Kind.DECISIONS_VOUCHED, Kind.DECISIONS_GIVEN,
        Kind.DECISION_FILE_UNDONE, Kind.FULL_TEXT_ADDED, Kind.FULL_TEXT_REMOVED,
        Kind.FULL_TEXT_RESTORED,
    },
    Area.RESULTS: {
        Kind.STUDY_CREATED, Kind.STUDY_RENAMED, Kind.REPORTS_LINKED, Kind.REPORT_UNLINKED,
        Kind.SCHEME_ADDED, Kind.QUESTION_ANSWERED, Kind.FINDING_ADDED, Kind.FINDING_CHANGED,
        Kind.FINDING_REMOVED, Kind.CODING_COMPLETED, Kind.CODING_REOPENED, Kind.CODERS_CHANGED,
        Kind.CODING_GIVEN, Kind.CODING_TAKEN_BACK, Kind.CODING_PILOT_BEGUN,
        Kind.CODING_PILOT_ENDED, Kind.CODINGS_BROUGHT, Kind.CODINGS_TAKEN_BACK, Kind.OTHER,
    },
}  # fmt: skip
"""Kinds that change a report, each with an area whose version grows when it is noted."""

NOT_TOLD = {
    Kind.LABEL_RENAMED,  # people's own labels of records stand in no report
    Kind.SCHEME_BEGUN,  # not taken yet, so nobody codes by it
    Kind.SCHEME_DISCARDED,
    Kind.MAP_FROZEN,  # a report tells of the map as it is
    Kind.ARCHIVED,
    Kind.PUBLISHED,
    Kind.PUBLICATION_CHANGED,
    Kind.SURVEY_CHANGED,  # what is sent by it is a form, which is noted for itself
}
"""Kinds that change nothing that a report says."""


def test_each_kind_of_change_is_classed_by_whether_it_changes_a_report() -> None:
    classed = Counter([*JUDGED, *NOT_TOLD, *(kind for some in BY_AREA.values() for kind in some)])
    left = set(Kind) - set(classed)
    assert not left, f"Does a report say something else after {left}? Class them here, or in JUDGED"
    assert [kind for kind, times in classed.items() if times > 1] == []
    assert all(area in areas_of(of_person) for area in BY_AREA)
