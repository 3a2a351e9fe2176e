"""The example review goes the whole road, on both databases, and is honest about itself."""

import io
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from evidence.report.live_content import PartKind, ReportFigure
from evidence.report.live_parts import LIVE_PARTS
from evidence.report.numerals import beginning
from evidence.report.statements import Statement
from evidence.steps import example
from evidence.steps.coding import studies
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates import duplicates
from evidence.steps.results import (
    coded_studies,
    directions,
    map_document,
    prisma_flow,
    report,
    report_pictures,
    schemes_of_map,
)
from evidence.steps.results.directions import DirectionStudies
from evidence.steps.results.report import FilledReport, ReportFormat
from evidence.steps.review import reviews
from evidence.store import Store
from evidence.synthesis.crosstab import crosstab
from tests.conftest import empty_database


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.journey])],
)
def desk(
    request: pytest.FixtureRequest, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """The example, loaded once on each database and only looked at."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("example") / "waymark.db"
        shutil.copy(sqlite_template, path)
        address = f"sqlite:///{path}"
    else:
        address = empty_database(request.getfixturevalue("postgres"))
    store = Store.open(address)
    yield example.load(store)
    store.close()


def on_map(desk: Desk) -> frozenset[int]:
    """The studies that have a place on the map that is shown at first."""
    content = map_document.content(desk, map_document.wanted(desk))
    assert content is not None
    by_id = {dimension.id: dimension for dimension in content.dimensions}
    tab = crosstab(content.studies, by_id[content.view.rows], by_id[content.view.columns])
    return tab.studies()


def with_directions(desk: Desk) -> DirectionStudies:
    """The studies as the page of effect directions takes them."""
    found = directions.of_complete_codings(desk, schemes_of_map.unheard(desk))
    assert found is not None
    return found


def test_the_example_goes_the_whole_road(desk: Desk) -> None:
    review = reviews.get(desk)
    assert review.demonstration
    assert "not findings" in review.label
    state = duplicates.counts(desk)
    assert (state.records, state.works, state.possible) == (96, 82, 2)
    found = coded_studies.load(desk)
    assert found is not None
    assert found.sentence == "Rests on 18 of 19 studies; 1 not coded completely yet."
    assert len(on_map(desk)) == 16
    wide = directions.groups(with_directions(desk), "allocated-arms", depth=1)
    assert [
        summary.favourable
        for group in wide.groups
        for summary in group.result.summaries
        if summary.outcome == "gaining-employment"
    ] == [6]
    numbers = prisma_flow.flow(desk)
    assert prisma_flow.faults(numbers) == ()
    assert (numbers.included_reports, numbers.included_studies) == (26, 19)


def test_loading_it_again_opens_the_one_that_is_there(desk: Desk) -> None:
    assert example.load(desk.store) == desk
    assert len(reviews.overviews(desk.store)) == 1


def test_the_new_hampshire_trial_is_one_study_and_gold_another(desk: Desk) -> None:
    sizes = {study.label: len(study.reports) for study in studies.listing(desk)}
    assert sizes["New Hampshire trial of supported employment"] == 3
    assert sizes["South Carolina trial of ACT with IPS"] == 1


def test_between_arms_and_by_work_status_are_never_pooled_unasked(desk: Desk) -> None:
    found = with_directions(desk)
    kinds = directions.contrasts(found)
    assert {"allocated-arms", "work-status"} <= set(kinds) <= set(directions.contrast_labels(found))
    alone = directions.groups(found, "work-status")
    assert {group.result.contrasts for group in alone.groups} == {("work-status",)}
    assert sum(alone.other_contrasts.values()) == sum(kinds.values()) - kinds["work-status"]


@pytest.fixture(scope="module")
def filled(desk: Desk) -> FilledReport:
    """The report of the example."""
    return report.filled(desk, date(2026, 1, 2))


def test_the_report_of_the_example_is_a_report(filled: FilledReport) -> None:
    document = Document(io.BytesIO(report.file_of(filled, ReportFormat.DOCX)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert filled.report.faults == ()
    assert len(text.split()) > 500  # outside of tables
    assert len(document.tables) >= 3
    assert len(re.findall(r"\b[\w-]+ of (?:the )?[\w-]+ studies\b", text)) >= 5


def test_numbers_of_the_report_are_those_of_the_pages(desk: Desk, filled: FilledReport) -> None:
    html = report.file_of(filled, ReportFormat.HTML).decode()
    found = with_directions(desk)
    american = [s for s in found.studies if "usa" in s.codes.get("country", ())]
    assert (len(american), len(found.studies)) == (5, 18)
    assert "Five of 18 studies were carried out in the United States" in html
    flow = prisma_flow.flow(desk)
    assert f"Of {flow.screened:,} records screened by title and abstract" in html
    years = sorted(study.year for study in found.studies if study.year)
    assert f"published between {years[0]} and {years[-1]}" in html


def test_directions_of_the_report_are_those_of_the_page(desk: Desk, filled: FilledReport) -> None:
    """The sentence of one contrast, the plot beside it, and the words of the page."""
    live = filled.report.live
    told = live["directions-in-all for contrast=work-status"]
    plot = live["directions-figure for contrast=work-status"]
    words = directions.words(with_directions(desk), "work-status")
    on_page = {study for word in words for ids in word.studies.values() for study in ids}
    assert isinstance(told, Statement)
    assert isinstance(plot, ReportFigure)
    assert set(told.studies) == set(plot.studies) == on_page
    assert told.text.startswith(f"{beginning(len(on_page))} studies report on")
    assert filled.pictures["directions-figure for contrast=work-status"].title.endswith(
        "by work status within a cohort"
    )


def test_every_figure_of_a_report_can_be_drawn() -> None:
    figures = {name for name, part in LIVE_PARTS.items() if part.kind is PartKind.FIGURE}
    assert figures == report_pictures.DRAWN.keys()


def test_each_report_of_the_example_is_a_reference(desk: Desk, filled: FilledReport) -> None:
    written = report.file_of(filled, ReportFormat.RIS).decode()
    studies = with_directions(desk).studies
    reports = sum(len(filled.facts.reports[study.id]) for study in studies)
    assert written.count("TY  - ") == reports > len(studies)
