"""A report is filled from one set of facts, and tells what it could not fill."""

from collections.abc import Mapping
from dataclasses import replace

from evidence.coding.scheme import Axis, Judges, Of, Purpose, Question, QuestionKind, Scheme
from evidence.coding.scheme import Section as SchemeSection
from evidence.report.evidence_marks import evidence_marks
from evidence.report.facts import SchemeUse
from evidence.report.live_content import NotLive, PartKind, ReportFigure, ReportList, ReportTable
from evidence.report.live_parts import LIVE_PARTS, live_content
from evidence.report.live_tokens import live_token
from evidence.report.report import report
from evidence.report.statements import Statement
from evidence.report.usual_sections import Section, usual_sections
from tests.report.made_facts import FACTS, STUDIES, WITH_RESULTS, MadeResults, dimension, study


def text(token: str) -> str:
    content = live_content(FACTS, live_token(token))
    assert isinstance(content, Statement), content
    return content.text


def test_the_usual_report_has_no_fault_and_says_what_is_not_written() -> None:
    made = report(FACTS, usual_sections(FACTS))
    assert made.faults == ()
    assert made.unwritten == ("Background", "Discussion", "Conclusions")


def test_an_empty_review_has_a_report_without_a_fault() -> None:
    facts = replace(FACTS, studies=(), dimensions=(), reports={}, searches=(), people={})
    made = report(facts, usual_sections(facts))
    assert made.faults == ()
    assert not evidence_marks(made)


def test_each_stream_has_tables_and_figures_of_its_own() -> None:
    (studies,) = (each for each in usual_sections(FACTS) if each.key == "studies")
    _, *streams = studies.text.split("### ")
    assert [each.splitlines()[0] for each in streams] == [
        "Outcome evaluation",
        "Process evaluation",
    ]
    for stream, number in zip(("outcome", "process"), (3, 1), strict=True):
        for token in ("years-figure", "characteristics"):
            assert f"{{{{{token} of stream={stream}}}}}" in studies.text
        shown = live_content(FACTS, live_token(f"characteristics of stream={stream}"))
        assert isinstance(shown, ReportTable)
        assert len(shown.rows) == number
        assert f"“Stream: {stream.title()} evaluation”" in shown.caption
    assert "{{characteristics}}" not in studies.text  # each study stands in the table of its stream
    unplaced = replace(FACTS, studies=(*STUDIES, study(9, "no", "")))
    (studies,) = (each for each in usual_sections(unplaced) if each.key == "studies")
    assert "{{characteristics}}" in studies.text
    alone = replace(FACTS, studies=STUDIES[:2])
    assert not any("of stream=" in each.text for each in usual_sections(alone))


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


ASKED = {
    "components": " by topics",
    "codes-table": " by topics",
    "codes-figure": " by topics",
    "crosstab": " by country,stream",
    "crosstab-figure": " by country,stream",
    "directions": " for intervention=club",
    "pooled": " for intervention=ips",
    "forest": " for intervention=IPS, measure=smd",
}


def test_every_live_part_can_be_filled_and_is_of_its_kind() -> None:
    kinds: dict[PartKind, tuple[type, ...]] = {
        PartKind.NUMBER: (Statement,),
        PartKind.SENTENCE: (Statement,),
        PartKind.LIST: (ReportList,),
        PartKind.TABLE: (ReportTable,),
        PartKind.FIGURE: (ReportFigure, Statement),
    }
    for name, part in LIVE_PARTS.items():
        asked = ASKED.get(name, " by country" if "by" in part.takes else "")
        content = live_content(WITH_RESULTS, live_token(name + asked))
        assert isinstance(content, kinds[part.kind]), (name, content)


def test_results_are_of_one_contrast_and_say_how_else_to_ask() -> None:
    several = replace(WITH_RESULTS, results=TwoContrasts())
    wrong = {
        "directions-in-all": "Write which contrast, as in “for contrast=…”; there are a, b.",
        "directions for contrast=c": "No contrast is called “c”; there are a, b.",
        "pooled for contrast=a, outcome=hope": "Write which intervention",
        "forest for contrast=a, outcome=hope, intervention=ips, measure=x": "No measure is called",
        "years for contrast=a": "takes no “contrast” after “for”",
        "appraisal for scheme=none": "No scheme is called “none”; there are rob.",
        "crosstab by country": "Write two questions",
        "codes-table by country": "cannot be shown study by study",
    }
    for token, why in wrong.items():
        content = live_content(several, live_token(token))
        assert isinstance(content, NotLive), token
        assert why in content.why
    said = live_content(several, live_token("directions for contrast=B, intervention=IPS"))
    assert isinstance(said, Statement)
    assert said.text.startswith("“IPS” on “Hope” (B): consistent favourable")
    assert said.studies == (1, 2, 4)


def test_no_studies_is_told_of_a_pair_that_nobody_studied() -> None:
    said = live_content(WITH_RESULTS, live_token("directions for intervention=club"))
    assert said == Statement(text="“Clubhouse” on “Hope” (between groups): no studies.")


def test_a_review_with_results_has_their_sections_in_order() -> None:
    sections = usual_sections(WITH_RESULTS)
    keys = [section.key for section in sections]
    assert keys[keys.index("flow") : keys.index("discussion")] == [
        "flow",
        "studies",
        "appraisal",
        "map",
        "directions",
        "pooled",
        "certainty",
        "themes",
    ]
    assert report(WITH_RESULTS, sections).faults == ()
    assert "appraisal" not in {section.key for section in usual_sections(FACTS)}


def test_a_data_dictionary_of_two_schemes_names_each_before_its_questions() -> None:
    question = Question(id="q", text="How?", kind=QuestionKind.TEXT)
    schemes = [
        Scheme(
            id=title,
            title=title,
            version="1",
            purpose=Purpose.CODING,
            judges=Judges.STUDY,
            sections=(SchemeSection(title="A", questions=(question,)),),
        )
        for title in "XY"
    ]
    facts = replace(FACTS, schemes=tuple(SchemeUse(scheme=each) for each in schemes))
    table = live_content(facts, live_token("data-dictionary"))
    assert isinstance(table, ReportTable)
    firsts = [row.cells[0] for row in table.rows]
    assert firsts == ["“X”, version 1", "How? (q)", "“Y”, version 1", "How? (q)"]


def test_what_nobody_coded_is_told_and_has_no_table() -> None:
    nothing = dimension("intervention", ips="IPS")
    asked = replace(nothing, id="question:intervention", axis=Axis.INTERVENTION, of=Of.STUDY)
    facts = replace(FACTS, dimensions=(*FACTS.dimensions, asked))
    (studies,) = [each.text for each in usual_sections(facts) if each.key == "studies"]
    assert "{{not-studied by question:intervention}}" in studies
    assert "{{counts by question:intervention}}" not in studies


class TwoContrasts(MadeResults):
    contrasts: Mapping[str, str] = {"a": "A", "b": "B"}


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


def test_a_statement_on_nearly_all_studies_names_those_it_leaves_out() -> None:
    ten = tuple(study(n, "us" if n > 2 else "uk", "outcome") for n in range(1, 11))
    facts = replace(FACTS, studies=ten)
    section = Section(
        key="a", title="A", text="{{years}} {{years of country=us}} {{years of country=uk}}"
    )
    every, most, few = evidence_marks(report(facts, [section])).values()
    assert (every.in_short, every.listed) == ("All 10 studies", ())
    assert (most.in_short, most.listed) == (
        "All 10 studies but",
        ((1, "Study 1"), (2, "Study 2")),
    )
    assert most.text.endswith("(Country: US)")
    assert (few.in_short, len(few.listed)) == ("", 2)
