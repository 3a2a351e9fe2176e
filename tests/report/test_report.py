"""A report is filled from one set of facts, and tells what it could not fill."""

from dataclasses import replace

from evidence.report.evidence_marks import evidence_marks
from evidence.report.live_content import NotLive, ReportFigure, ReportList, ReportTable
from evidence.report.live_parts import LIVE_PARTS, live_content
from evidence.report.live_tokens import live_token
from evidence.report.report import report
from evidence.report.statements import Statement
from evidence.report.usual_sections import Section, usual_sections
from tests.report.made_facts import FACTS, STUDIES, study


def text(token: str) -> str:
    content = live_content(FACTS, live_token(token))
    assert isinstance(content, Statement), content
    return content.text


def test_the_usual_report_has_no_fault_and_says_what_is_not_written() -> None:
    made = report(FACTS, usual_sections(FACTS))
    assert made.faults == ()
    assert made.unwritten == ("Background", "Discussion", "Conclusions", "About this review")


def test_an_empty_review_has_a_report_without_a_fault() -> None:
    facts = replace(FACTS, studies=(), dimensions=(), reports={}, searches=(), people={})
    made = report(facts, usual_sections(facts))
    assert made.faults == ()
    assert not evidence_marks(made)


def test_studies_are_narrowed_by_codes_and_called_as_the_author_says() -> None:
    assert text("countries of stream=outcome as outcome studies") == (
        "Two of three outcome studies were carried out in the US and one in Norway."
    )
    assert text("number of stream=outcome, country=US") == "2"
    assert text("included-studies of stream=process") == (
        "One study coded “Stream: Process evaluation” was included."
    )


def test_one_study_more_changes_sentence_table_and_figure_alike() -> None:
    more = replace(FACTS, studies=(*STUDIES, study(5, "no", "outcome")))
    for facts, number, country in ((FACTS, 4, 1), (more, 5, 2)):
        sentence = live_content(facts, live_token("included-studies"))
        table = live_content(facts, live_token("counts by country"))
        figure = live_content(facts, live_token("counts-figure by country"))
        assert isinstance(sentence, Statement)
        assert isinstance(table, ReportTable)
        assert isinstance(figure, ReportFigure)
        assert len(sentence.studies) == len(table.studies) == len(figure.studies) == number
        norway = next(row for row in table.rows if row.cells[0] == "Norway")
        assert norway.cells[1:] == (str(country), f"{country / number:.0%}")


def test_what_cannot_be_filled_says_why_and_where() -> None:
    wrong = {
        "nothing-known": "No live part is called",
        "counts": "by which question",
        "counts by colour": "No question is called “colour”; there are country, stream",
        "countries of country=Mars": "has no code “Mars”; it has us, uk, no",
        "countries of colour=red": "No question is called “colour”",
        "searches of a=b": "takes no “of”",
        "characteristics by colour": "No question is called “colour”",
        "Bad": "begins with its name",
    }
    for token, why in wrong.items():
        content = live_content(FACTS, live_token(token))
        assert isinstance(content, NotLive), token
        assert why in content.why
    sections = [Section(key="a", title="Mine", text="So {{nothing-known}} it is.")]
    assert report(FACTS, sections).faults == (
        "Section “Mine”, {{nothing-known}}: No live part is called “nothing-known”.",
    )


def test_every_live_part_can_be_filled() -> None:
    for name, part in LIVE_PARTS.items():
        by = " by country" if "by" in part.takes else ""
        content = live_content(FACTS, live_token(name + by))
        assert not isinstance(content, NotLive), name


def test_characteristics_have_the_columns_that_are_asked_for() -> None:
    table = live_content(FACTS, live_token("characteristics by stream"))
    assert isinstance(table, ReportTable)
    assert table.head == ("Study", "Year", "Stream", "People")
    assert table.rows[2].cells == ("Study 3", "2003", "Process evaluation", "–")
    assert table.note == "–: not coded."


def test_references_name_each_study_with_its_reports() -> None:
    found = live_content(FACTS, live_token("references of country=uk"))
    assert isinstance(found, ReportList)
    assert found.lines == (
        Statement(
            text="Study 3: Doe JA (2003). Title 3. Journal 1(2):3-4. doi:10.1/3", studies=(3,)
        ),
    )


def test_a_statement_is_marked_once_however_often_it_stands() -> None:
    sections = [
        Section(key="a", title="A", text="{{years}} {{countries}}"),
        Section(key="b", title="B", text="{{countries}} {{number of country=us}}"),
    ]
    marks = evidence_marks(report(FACTS, sections))
    assert [(mark.name, mark.is_number) for mark in marks.values()] == [
        ("E1", False),
        ("E2", False),
        ("E3", True),
    ]
    assert marks["number of country=us"].studies == ((1, "Study 1"), (2, "Study 2"))
