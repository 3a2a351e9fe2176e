"""The abstracts of the studies of a map, in which its searches look; they come after the map.

They are most of the text and seldom change, so a coding that counts does not send them again.
"""

import gzip
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence.steps.desk import Desk
from evidence.store.area_versions import Area, made_from
from evidence.store.results import report_references
from evidence.synthesis.map_document import VERSION_DIGITS, as_json


@dataclass(frozen=True, slots=True, kw_only=True)
class MapAbstracts:
    """The abstracts of all reports of a review's studies.

    Attributes:
        version: another one for other abstracts.
        packed: {"studies": ids, "reports": [[title, abstract]…] of each}, JSON compressed with
            gzip; studies without an abstract are left out.
    """

    version: str
    packed: bytes


@made_from(Area.RECORDS | Area.RESULTS)
def of_reports(desk: Desk) -> MapAbstracts:
    """The abstracts of the review, whoever looks: they say nothing of codings."""
    with desk.reading() as c:
        references = report_references.of_studies(c, desk.review_id, abstracts=True)
    return packed(
        {
            study: [(report.title, report.abstract) for report in reports]
            for study, reports in references.items()
        }
    )


def packed(reports: Mapping[int, Sequence[tuple[str, str]]]) -> MapAbstracts:
    """Titles and abstracts of the reports of each study, as browsers fetch them."""
    by_study = {
        study: [[title, abstract] for title, abstract in of_study if abstract]
        for study, of_study in sorted(reports.items())
    }
    with_abstracts = {study: reports for study, reports in by_study.items() if reports}
    text = as_json({"studies": [*with_abstracts], "reports": [*with_abstracts.values()]}).encode()
    return MapAbstracts(
        version=hashlib.sha256(text).hexdigest()[:VERSION_DIGITS],
        packed=gzip.compress(text, mtime=0),
    )
