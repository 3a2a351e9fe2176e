"""How the findings of a study are called in tables, in which others are judged by their ids."""

from evidence.coding.coding_tables.exported import ExportedStudy
from evidence.coding.coding_tables.vocabulary import Vocabulary
from evidence.coding.judged_findings import finding_label


def judged_labels(study: ExportedStudy, vocabulary: Vocabulary) -> dict[str, str]:
    """The findings of all codings of a study that leave, in words, by uid."""
    times = {point.uid: point.label for point in study.time_points}
    return {
        finding.uid: finding_label(finding.fields, vocabulary.newest[coding.scheme], times, number)
        for coding in study.codings
        for number, finding in enumerate(coding.findings, 1)
    }
