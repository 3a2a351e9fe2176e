from collections.abc import Callable
from dataclasses import replace

from evidence.coding.answers import Answer
from evidence.coding.findings import Finding
from evidence.coding.scheme import Axis, Of, Option, Purpose, Question, QuestionKind, Scheme
from evidence.synthesis.dimensions import Property, dimensions, of_axis, of_property, of_question
from evidence.synthesis.map_dimensions import map_dimensions
from evidence.synthesis.studies import CodedStudy

Studies = Callable[..., CodedStudy]
Findings = Callable[..., Finding]


def question(scheme: Scheme, question_id: str) -> Question:
    found = scheme.question(question_id)
    assert found
    return found


def test_a_name_that_question_and_scheme_have_in_common_is_said_once(scheme: Scheme) -> None:
    own = next(each.title for each in dimensions(scheme) if each.id == "question:country")
    titles = {
        title: {each.title for each in map_dimensions(scheme, [replace(scheme, title=title)])}
        for title in (own, "Other")
    }
    assert f"{own} ({own})" not in titles[own]
    assert f"{own} (Other)" in titles["Other"]


def test_a_scheme_is_named_where_its_question_says_too_little_alone(scheme: Scheme) -> None:
    """Fault of imported maps: their axes were called “Intervention (Rows of the map)”."""

    def renamed(text: str, purpose: Purpose) -> Scheme:
        sections = tuple(
            replace(s, questions=tuple(replace(q, text=text) for q in s.questions if q.options))
            for s in scheme.sections
        )
        return replace(scheme, id="other", title="Rows", purpose=purpose, sections=sections)

    def last(*others: Scheme) -> str:
        return map_dimensions(scheme, others)[-1].title

    one = replace(renamed("Region", Purpose.CODING), title="Rows of the map")
    alone = replace(one, sections=(replace(one.sections[0], questions=(_of_study(one),)),))
    assert last(alone) == "Region"
    assert last(replace(alone, purpose=Purpose.APPRAISAL)) == "Region (Rows of the map)"
    assert last(alone, replace(alone, id="third", title="Third")) == "Region (Third)"


def _of_study(scheme: Scheme) -> Question:
    return next(q for q in scheme.questions if q.options and q.of is Of.STUDY and not q.axis)


def test_a_scheme_offers_its_axes_the_properties_and_the_questions_with_options(
    scheme: Scheme,
) -> None:
    assert [dimension.id for dimension in dimensions(scheme)] == [
        "axis:intervention",
        "axis:outcome",
        "property:direction",
        "property:significance",
        "question:country",
        "question:user-led",
    ]


def test_what_is_ticked_for_the_study_has_another_name_than_the_axis(scheme: Scheme) -> None:
    """Fault 8 of the first form: a question about the study passed for the axis of its name."""
    asked = replace(question(scheme, "social"), of=Of.STUDY, text="Outcome")
    section = replace(scheme.sections[0], questions=(*scheme.questions, asked))
    offered = dimensions(replace(scheme, sections=(section,)))
    titles = [dimension.title for dimension in offered]
    assert len(set(titles)) == len(titles)
    assert titles[-1] == "Outcome (ticked for the study)"
    assert (offered[-1].of, offered[-1].axis) == (Of.STUDY, Axis.OUTCOME)


def test_a_scheme_without_findings_offers_no_properties_of_findings(scheme: Scheme) -> None:
    sections = tuple(
        replace(section, questions=tuple(q for q in section.questions if q.axis is None))
        for section in scheme.sections
    )
    offered = dimensions(replace(scheme, sections=sections))
    assert [dimension.id for dimension in offered] == ["question:country", "question:user-led"]


def test_an_axis_joins_the_options_of_all_its_questions_in_order(scheme: Scheme) -> None:
    headings = of_axis(scheme, Axis.OUTCOME).headings
    assert [heading.id for heading in headings] == ["symptoms", "relapse", "esteem"]


def test_a_parent_covers_itself_and_all_below(scheme: Scheme) -> None:
    work, ips, *_ = of_axis(scheme, Axis.INTERVENTION).headings
    assert work.covers == {"work", "ips", "sheltered"}
    assert (ips.depth, ips.above, set(ips.covers)) == (1, ("Work",), {"ips"})


def test_fewer_levels_still_cover_what_lies_deeper(scheme: Scheme) -> None:
    full = of_axis(scheme, Axis.INTERVENTION)
    top = full.to_depth(1)
    assert [heading.id for heading in top.headings] == ["work", "education"]
    assert "ips" in top.headings[0].covers


def test_the_title_of_a_question_is_its_short_name_where_it_has_one(scheme: Scheme) -> None:
    asked = question(scheme, "country")
    assert of_question(asked).title == "Country"
    assert of_question(replace(asked, text="In which country?", short="Country")).title == "Country"
    assert of_question(replace(asked, text="In which country?")).title == "In which country?"


def test_yes_and_no_are_headings(scheme: Scheme) -> None:
    headings = of_question(question(scheme, "user-led")).headings
    assert [heading.label for heading in headings] == ["Yes", "No"]


def test_properties_are_read_from_findings(study: Studies, finding: Findings) -> None:
    one = study(finding())
    direction = of_property(Property.DIRECTION)
    assert direction.codes(one, one.findings[0]) == {"better"}
    assert direction.codes(one) == frozenset()
    assert {"better", "mixed", "not stated"} < {heading.id for heading in direction.headings}
    assert of_property(Property.SIGNIFICANCE).codes(one, one.findings[0]) == {"not reported"}


def test_questions_about_findings_off_the_axes_are_read_from_their_answers(
    study: Studies, finding: Findings
) -> None:
    site = Question(
        id="site",
        text="Site",
        kind=QuestionKind.ONE,
        of=Of.FINDING,
        options=(Option(id="urban", label="Urban"),),
    )
    urban = replace(finding(), answers=(Answer(question="site", codes=("urban",)),))
    one = study(urban, codes={"site": {"never-read"}})
    assert of_question(site).codes(one, urban) == {"urban"}


def test_an_uncoded_axis_is_no_code(study: Studies, finding: Findings, scheme: Scheme) -> None:
    one = study(finding(intervention=""))
    assert of_axis(scheme, Axis.INTERVENTION).codes(one, one.findings[0]) == frozenset()


def test_labels_for_a_table_are_all_different() -> None:
    other = Option(id="other-1", label="Other")
    options = (
        Option(id="a", label="A", options=(other,)),
        Option(id="b", label="B", options=(Option(id="other-2", label="Other"),)),
        Option(id="c", label="C"),
        Option(id="d", label="C"),
    )
    asked = Question(id="q", text="Q", kind=QuestionKind.TREE, options=options)
    assert list(of_question(asked).labels().values()) == [
        "A",
        "A › Other",
        "B",
        "B › Other",
        "C",
        "C (2)",
    ]
