"""The example review goes the whole road, on both databases, and is honest about itself."""

import io
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document

from evidence.coding.answers import Answer
from evidence.coding.findings import Direction, Finding
from evidence.report.live_content import LiveContent, PartKind, ReportFigure, ReportTable
from evidence.report.live_parts import LIVE_PARTS
from evidence.report.numerals import beginning
from evidence.report.report import report as made_report
from evidence.report.statements import Statement
from evidence.screening.verdicts import Stage, Verdict
from evidence.settings import Settings
from evidence.steps import example
from evidence.steps.coding import coding, schemes, studies, study_list
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates import duplicates
from evidence.steps.results import (
    coded_studies,
    directions,
    map_document,
    prisma_flow,
    report,
    report_facts,
    report_pictures,
    schemes_of_map,
)
from evidence.steps.results.directions import DirectionStudies
from evidence.steps.results.report import FilledReport, ReportFormat
from evidence.steps.results.reporting import report_text
from evidence.steps.review import reasons, reviews
from evidence.steps.screening import decisions
from evidence.store import Store
from evidence.store.coding.study_table import StudyFilter
from evidence.store.screening.decisions import NewDecision
from evidence.synthesis.crosstab import crosstab
from tests.conftest import empty_database
from tests.steps import recount_pictures
from tests.steps.prepared import example_database
from tests.steps.recount import numbers_in, recount


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.journey])],
)
def desk(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """The example, loaded once on each database and only looked at."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("example") / "waymark.db"
        path.write_bytes(example_database())
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
    assert flow.screened == 7
    assert "Of seven records from databases and registers that were screened by title and" in html
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


@pytest.fixture
def changed(desk: Desk, tmp_path: Path) -> Iterator[Desk]:
    """A copy of the example in which reports were excluded and other studies came in."""
    address = desk.store.engine.url
    if address.get_backend_name() != "sqlite":
        pytest.skip("a copy is made of a file")
    path = tmp_path / "changed.db"
    copied = sqlite3.connect(str(address.database))
    copied.execute("VACUUM INTO ?", (str(path),))
    copied.close()
    store = Store.open(f"sqlite:///{path}")
    copy = Desk(store=store, review_id=desk.review_id, person_id=desk.person_id)
    change(copy)
    yield copy
    store.close()


def change(desk: Desk) -> None:
    """Exclude a study, the first report of another, and code two more, one without a year."""
    with desk.reading() as c:
        again = recount(c, desk.review_id)
        linked = again.rows("SELECT study_id, work_id FROM study_work ORDER BY study_id, work_id")
        waiting = again.rows(
            "SELECT id FROM work WHERE review_id = :review AND merged_into IS NULL "
            "AND title_abstract = 'open' ORDER BY id"
        )
        dated = again.rows("SELECT id, year FROM work WHERE review_id = :review")
    reports: dict[int, list[int]] = {}
    for study, work in linked:
        reports.setdefault(study, []).append(work)
    years = dict(dated)
    alone = next(works for works in reports.values() if len(works) == 1)
    several = next(works for works in reports.values() if len({years[w] for w in works}) > 1)
    first = min(several, key=lambda work: years[work] or 9999)
    verdicts = [(work, Stage.FULL_TEXT, Verdict.EXCLUDE) for work in (alone[0], first)]
    new = [waiting[0][0], waiting[1][0]]
    for stage in Stage:
        verdicts += [(work, stage, Verdict.INCLUDE) for work in new]
    reason = reasons.listing(desk)[0].id
    decisions.decide(
        desk,
        [
            NewDecision(
                work_id=work,
                stage=stage,
                verdict=verdict,
                client_id=f"changed-{stage}-{work}",
                reason_id=reason if verdict is Verdict.EXCLUDE else None,
            )
            for work, stage, verdict in verdicts
        ],
    )
    for work, countries in zip(new, (("gbr", "usa", "can"), ("gbr",)), strict=True):
        study = studies.create(desk, [work], f"New {work}")
        for question, codes in (
            ("stream", ("outcome-evaluation", "process-evaluation")),
            ("design", ("survey",)),
            ("country", countries),
            ("intervention", ("peer-support",)),
        ):
            coding.set_answer(desk, study, Answer(question=question, codes=codes))
        coding.set_answer(desk, study, Answer(question="participants", value="1204"))
        finding = Finding(
            intervention="ips",
            outcome="gaining-employment",
            contrast="allocated-arms",
            direction=Direction.WORSE,
        )
        coding.put_finding(desk, study, finding)
        coding.complete(desk, study)
    scheme = Path(Settings().schemes) / "weight-of-evidence.yaml"
    schemes.add(desk, scheme.read_text(encoding="utf-8"), scheme.name)


def told(live: Mapping[str, LiveContent], name: str) -> str:
    """The words of a live part."""
    part = live[name]
    assert isinstance(part, Statement), name
    return part.text


def check(desk: Desk, live: Mapping[str, LiveContent]) -> None:
    """The numbers of the report against a second count."""
    with desk.reading() as c:
        again = recount(c, desk.review_id)
        total, dated = len(again.codings), again.years()
        in_all = len(again.with_included_report())
        people, *rest = again.span()
        years = [len(dated), total, min(dated.values()), max(dated.values()), total - len(dated)]
        expected = {
            "included-studies": [total, in_all],
            "years": years if total > len(dated) else [total, *years[2:4]],
            "participants": [people, total, *rest] if people < total else [total, *rest],
            "several-reports": [again.with_several_reports(), total, 1],
            "number": [total],
        }
        for name, right in expected.items():
            assert numbers_in(told(live, name)) == right, name
        coded = numbers_in(told(live, "coding").split(";")[0].split(", version ")[1])
        assert coded[1:3] == [total, in_all]
        for question in ("design", "intervention", "non-vocational-outcomes"):
            name = "design" if question == "design" else f"question:{question}"
            table = live[f"counts by {name}"]
            assert isinstance(table, ReportTable)
            rows = [tuple(cell.strip() for cell in row.cells) for row in table.rows]
            assert rows == again.table(question), question
        for label, number in again.main("country"):
            if label != "Not stated":
                assert label.removeprefix("United ") in told(live, "countries")
            assert number in numbers_in(told(live, "countries")) or number == 1
        for contrast in ("allocated-arms", "work-status"):
            numbers = numbers_in(told(live, f"directions-in-all for contrast={contrast}"))
            enough, few, none = again.enough_and_few(contrast)
            pairs = again.directions(contrast)
            of_contrast = {s for s, f in again.findings() if f["contrast"] == contrast}
            assert numbers[:2] == [len(of_contrast), len(pairs)]
            assert (few, len(pairs)) in pairwise(numbers)
            assert not none or (none, len(pairs)) in pairwise(numbers)
            assert enough == len(pairs) - few - none
        assert numbers_in(told(live, "map-gaps"))[:2] == list(again.cells_without_study())
    lines = study_list.page(desk, schemes.taken(desk)[0].id, StudyFilter(), limit=100).lines
    listed = {line.id: line.year for line in lines if line.year and line.id in again.codings}
    assert listed == dated


def check_pictures_and_lists(desk: Desk, filled: FilledReport) -> None:
    """The numbers behind the figures, and the lines of lists, against a second count."""
    behind = {name: picture.table.rows for name, picture in filled.pictures.items()}
    with desk.reading() as c:
        again = recount(c, desk.review_id)
        assert list(behind["years-figure"]) == recount_pictures.years(again)
        shown = [(row[0], *row[3:]) for row in behind["countries-figure by country"]]
        assert sorted(shown) == recount_pictures.countries(again)
        assert sorted(behind["map-figure"]) == recount_pictures.cells(again)
        for contrast in ("allocated-arms", "work-status", "before-after"):
            rows = behind[f"directions-figure for contrast={contrast}"]
            arrows = sorted((row[1], *row[3:6]) for row in rows)
            assert arrows == recount_pictures.arrows(again, contrast), contrast
        live = filled.report.live
        lines = {name: _lines(live, name) for name in ("excluded-reports", "not-retrieved-reports")}
        for name, state in (("excluded-reports", "exclude"),
                            ("not-retrieved-reports", "not_retrieved")):  # fmt: skip
            titles = recount_pictures.counted_by_title(again, state)
            assert len(lines[name]) == titles.total()
            assert all(any(title in row[0] for row in lines[name]) for title in titles)
        told_reasons = Counter(row[1] for row in lines["excluded-reports"])
        assert told_reasons == recount_pictures.reasons(again)
        asked = recount_pictures.questions(again)
        dictionary = [(r[0], r[2]) for r in _lines(live, "data-dictionary") if len(r) > 2 and r[1]]
        assert dictionary[: len(asked)] == asked
        flow = behind["flow-figure"]
        given = recount_pictures.records_by_source(again)
        told_given = {row[2]: row[3] for row in flow if row[1] == "Records identified from"}
        assert {name: told_given[name] for name in given} == given
        for box, number in recount_pictures.boxes(again).items():
            told_box = sum(int(str(row[3])) for row in flow if row[1:3] == (box, ""))
            assert told_box == number, box


def _lines(live: Mapping[str, LiveContent], name: str) -> list[tuple[str, ...]]:
    table = live[name]
    assert isinstance(table, ReportTable), name
    return [tuple(row.cells) for row in table.rows]


def test_a_second_count_of_the_database_gives_the_numbers_of_the_report(
    desk: Desk, filled: FilledReport
) -> None:
    check(desk, filled.report.live)
    check_pictures_and_lists(desk, filled)


def test_after_changes_a_second_count_gives_the_numbers_of_the_report(changed: Desk) -> None:
    known = report_facts.facts(changed, date(2026, 1, 2))
    known = known.with_sections(report_text.standing(changed, known))
    live = made_report(known, known.sections).live
    check(changed, live)
    check_pictures_and_lists(changed, report.filled(changed, date(2026, 1, 2)))
    assert "carried out in more than one of these" in told(live, "countries")
    assert len(known.schemes) == 2
