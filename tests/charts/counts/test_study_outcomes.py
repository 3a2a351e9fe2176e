from collections.abc import Callable
from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import pytest

from evidence.charts.counts.study_outcomes import (
    StudyOutcomes,
    study_outcomes,
    study_outcomes_picture,
)
from evidence.charts.pixels import as_png
from evidence.coding.findings import Reporting
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.studies import CodedStudy
from evidence.synthesis.study_counts import outcome_reporting
from tests.charts.conftest import HOSTILE

Axes = Callable[..., Dimension]
Studies = Callable[..., CodedStudy]
SVG = "{http://www.w3.org/2000/svg}"
R = Reporting


def reported(study: CodedStudy, *how: Reporting) -> CodedStudy:
    findings = zip(study.findings, how, strict=True)
    return replace(study, findings=tuple(replace(f, reporting=each) for f, each in findings))


def drawn(page: str) -> Element:
    return fromstring(page)  # noqa: S314 - the text is our own


def made(axis: Axes, *studies: CodedStudy) -> StudyOutcomes:
    outcomes = axis("axis:outcome", ["Paid work", "Hope", "Never"])
    return study_outcomes(studies, outcomes, outcome_reporting(studies, outcomes), "Rests on all.")


def test_each_outcome_of_a_study_is_reported_partly_or_measured_only(
    axis: Axes, study: Studies
) -> None:
    one = reported(study("n0 e0", "n0 e0", "n0 e1"), R.REPORTED, R.MEASURED_ONLY, R.MEASURED_ONLY)
    other = reported(study("n0 e0"), R.REPORTED)
    found = made(axis, one, other, study())
    assert [each.label for each in found.outcomes] == ["Paid work", "Hope"]
    assert found.without == 1
    picture = study_outcomes_picture(found)
    assert picture.table.rows == (
        (one.label, "Paid work", "partly"),
        (one.label, "Hope", "measured only"),
        (other.label, "Paid work", "reported"),
    )
    (page,) = picture.draw("light")
    texts = [text.text for text in drawn(page).iter(f"{SVG}text")]
    assert {"0 of 2", "1 of 1", "blank: nobody coded that it was measured"} <= set(texts)
    assert "1 result reported, 1 partly reported, 1 measured, result not reported" in picture.text
    assert len(list(drawn(page).iter(f"{SVG}circle"))) == 3 + 3


@pytest.mark.parametrize(("studies", "outcomes"), [(0, 0), (1, 1), (60, 3), (3, 200)])
def test_many_studies_and_outcomes_go_on_further_pages(
    axis: Axes, study: Studies, studies: int, outcomes: int
) -> None:
    columns = axis("axis:outcome", [f"{n} {HOSTILE[n % len(HOSTILE)]}" for n in range(outcomes)])
    links = [f"n0 e{n}" for n in range(outcomes)]
    coded = [study(*links, label=HOSTILE[n % len(HOSTILE)]) for n in range(studies)]
    found = study_outcomes(coded, columns, outcome_reporting(coded, columns))
    pages = study_outcomes_picture(found).draw("dark")
    marks = sum(len(list(drawn(page).iter(f"{SVG}circle"))) - 3 for page in pages)
    assert marks == studies * outcomes
    assert as_png(pages[0], 96).startswith(b"\x89PNG")
