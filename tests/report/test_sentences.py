"""Each pattern of sentence with none, one, two, all and several alike."""

from dataclasses import replace

import pytest

from evidence.agreement_formulas import agreement_of
from evidence.coding.scheme import Judges, Purpose, Question, QuestionKind, Scheme
from evidence.coding.scheme import Section as SchemeSection
from evidence.report import sentences
from evidence.report.facts import SchemeUse
from evidence.report.shares import MOST_NAMED
from evidence.report.statements import StudyGroup, noun_of_one
from evidence.synthesis.studies import CodedStudy
from evidence.synthesis.study_counts import Count, Counts


def group(total: int, *, years: bool = True, noun: str = "studies") -> StudyGroup:
    studies = tuple(
        CodedStudy(id=n, label=f"S{n}", year=1991 + n if years else None, codes={})
        for n in range(total)
    )
    return StudyGroup(studies=studies, noun=noun, noun_of_one=noun_of_one(noun))


def counts(total: int, numbers: dict[str, int], title: str = "Country") -> Counts:
    """Headings that follow one another through the studies; so none is in two of them."""
    lines, first = [], 0
    for label, number in numbers.items():
        ids = frozenset(range(first, first + number))
        lines.append(Count(id=label, label=label, studies=ids))
        first += number
    without = frozenset(range(first, total))
    return Counts(title=title, lines=tuple(lines), without=without, total=total)


@pytest.mark.parametrize(
    ("total", "text"),
    [
        (0, "No study was included."),
        (1, "One study was included."),
        (2, "Two studies were included."),
        (21, "Twenty-one studies were included."),
        (312, "In all, 312 studies were included."),
    ],
)
def test_included(total: int, text: str) -> None:
    said = sentences.included(group(total))
    assert said.text == text
    assert said.studies == tuple(range(total))


def test_included_under_the_authors_own_name() -> None:
    assert sentences.included(group(6, noun="process evaluations")).text == (
        "Six process evaluations were included."
    )
    assert sentences.included(group(1, noun="outcome studies")).text == (
        "One outcome study was included."
    )


@pytest.mark.parametrize(
    ("total", "text"),
    [
        (0, ""),
        (1, "The one study was published in 1991."),
        (2, "Both studies were published between 1991 and 1992."),
        (21, "All 21 studies were published between 1991 and 2011."),
    ],
)
def test_published(total: int, text: str) -> None:
    assert sentences.published(group(total)).text == text


def test_published_where_years_lack() -> None:
    some = (*group(3).studies, *group(2, years=False).studies)
    assert sentences.published(StudyGroup(studies=some[:4])).text == (
        "Three of four studies were published between 1991 and 1993; the year of one is not known."
    )
    assert sentences.published(group(3, years=False)).text == (
        "None of the three studies has a known year."
    )
    assert sentences.published(group(1, years=False)).text == (
        "The one study does not have a known year."
    )


@pytest.mark.parametrize(
    ("total", "numbers", "text"),
    [
        (
            21,
            {"US": 16, "UK": 3, "Canada": 1, "Europe": 1},
            (
                "Sixteen of 21 studies were carried out in the US, three in the UK and one each in "
                "Canada and Europe."
            ),
        ),
        (21, {"US": 21}, "All 21 studies were carried out in the US."),
        (2, {"US": 2}, "Both studies were carried out in the US."),
        (1, {"Norway": 1}, "The one study was carried out in Norway."),
        (2, {"US": 1, "UK": 1}, "Of two studies, one each was carried out in the US and the UK."),
        (
            5,
            {"US": 1},
            (
                "One of five studies was carried out in the US. Four of five studies have no "
                "country coded."
            ),
        ),
        (
            4,
            {"US": 2, "Not stated": 1},
            (
                "Two of four studies were carried out in the US. One of four studies is coded as "
                "not stating the country. One of four studies has no country coded."
            ),
        ),
        (3, {"Not stated": 3}, "All three studies are coded as not stating the country."),
        (3, {}, "None of the three studies has a country coded."),
        (2, {}, "Neither of the two studies has a country coded."),
        (1, {}, "The one study does not have a country coded."),
        (0, {}, ""),
    ],
)
def test_carried_out_in(total: int, numbers: dict[str, int], text: str) -> None:
    assert sentences.carried_out_in(group(total), counts(total, numbers)).text == text


def test_a_study_in_two_countries_is_told_and_counted_once() -> None:
    lines = (
        Count(id="us", label="United States", studies=frozenset({0, 1})),
        Count(id="uk", label="Another country", studies=frozenset({1})),
    )
    found = Counts(title="Country", lines=lines, without=frozenset(), total=2)
    assert sentences.carried_out_in(group(2), found).text == (
        "Both studies were carried out in the United States and one in another country. One of "
        "them was carried out in more than one of these."
    )


def test_more_countries_than_can_be_named_are_one_number() -> None:
    total = MOST_NAMED + 5
    found = counts(total, {f"C{n}": 1 for n in range(total)})
    text = sentences.carried_out_in(group(total), found).text
    assert text.endswith("C9 and five elsewhere.")


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ({"A": 2, "B": 1}, "Design: two of three studies are coded “A” and one “B”."),
        ({"A": 3}, "Design: all three studies are coded “A”."),
        ({}, "Design: none of the three studies has a code for it."),
    ],
)
def test_coded_as(numbers: dict[str, int], text: str) -> None:
    assert sentences.coded_as(group(3), counts(3, numbers, "Design")).text == text


def test_studied_most_and_not_at_all() -> None:
    found = counts(9, {"Hope": 1, "Work": 5, "Stress": 0, "Sleep": 3, "Sex": 0}, "Outcome")
    assert sentences.studied_most(group(9), found).text == (
        "Outcome: studied most often were “Work” (5 of 9 studies), “Sleep” (3 of 9) and “Hope” "
        "(1 of 9)."
    )
    assert sentences.not_studied(group(9), found).text == (
        "Outcome: none of the nine studies is on “Stress” or “Sex”."
    )
    assert sentences.not_studied(group(1), counts(1, {"Hope": 0}, "Outcome")).text == (
        "Outcome: the one study is not on “Hope”."
    )
    assert not sentences.not_studied(group(1), counts(1, {"Hope": 1}, "Outcome")).text
    assert not sentences.studied_most(group(2), counts(2, {}, "Outcome")).text


@pytest.mark.parametrize(
    ("people", "text"),
    [
        ({}, "None of the three studies has a number of people coded."),
        ({1: 40}, "One of three studies says how many people took part: 40."),
        (
            {0: 24, 1: 1312, 2: 91},
            (
                "All three studies say how many people took part: 24 to 1,312 (median 91), "
                "1,427 in all."
            ),
        ),
        (
            {0: 40, 1: 51, 9: 7},
            (
                "Two of three studies say how many people took part: 40 to 51 (median 45.5), 91 in "
                "all."
            ),
        ),
    ],
)
def test_took_part(people: dict[int, int], text: str) -> None:
    assert sentences.took_part(group(3), people).text == text


def test_several_reports() -> None:
    assert not sentences.several_reports(group(3), {0: 1, 1: 1}).text
    assert sentences.several_reports(group(3), {0: 2, 1: 1}).text == (
        "One of three studies has more than one report."
    )
    assert sentences.several_reports(group(2), {0: 2, 1: 3}).text == (
        "Both studies have more than one report."
    )


def test_not_counted() -> None:
    waiting = {"not coded completely yet": ("A", "B"), "still to be reconciled": ("C",)}
    assert sentences.not_counted(waiting, 23).text == (
        "Of 23 studies, two are not coded completely yet and one is still to be reconciled; what "
        "is said of studies rests on the others."
    )
    assert not sentences.not_counted({"not coded completely yet": ()}, 3).text


def test_screening_agreement() -> None:
    pair = agreement_of(
        {("include", "include"): 40, ("exclude", "exclude"): 50, ("include", "exclude"): 10}
    )
    assert sentences.screening_agreement(100, 2, [pair]).text == (
        "Two people screened the same 100 records independently: they agreed on 90 (90%; Cohen's "
        "kappa 0.80, PABAK 0.80)."
    )
    assert not sentences.screening_agreement(0, 0, []).text
    other = agreement_of({("include", "include"): 10})
    assert sentences.screening_agreement(110, 3, [pair, other]).text == (
        "Three people screened 110 records at least twice, independently: in two pairs of people, "
        "agreement was 90% to 100% (Cohen's kappa 0.80)."
    )


def test_coded_with_says_of_how_many_studies_and_whether_people_agreed() -> None:
    scheme = Scheme(
        id="s",
        title="Recovery",
        version="2",
        purpose=Purpose.CODING,
        judges=Judges.STUDY,
        sections=(
            SchemeSection(
                title="A", questions=(Question(id="q", text="Q?", kind=QuestionKind.TEXT),)
            ),
        ),
    )
    use = SchemeUse(scheme=scheme)
    assert sentences.coded_with((), 3).text == ""
    assert sentences.coded_with((use,), 3).text == (
        "With “Recovery”, version 2, none of the three studies is coded (one question)."
    )
    assert sentences.coded_with((replace(use, studies=3),), 3).text == (
        "With “Recovery”, version 2, all three studies are coded (one question); for none of them "
        "did several people agree on one coding."
    )
    judged = replace(use, scheme=replace(scheme, purpose=Purpose.APPRAISAL), studies=2, agreed=1)
    assert sentences.coded_with((judged,), 12).text == (
        "With “Recovery”, version 2, two of 12 studies are appraised (one question); for one of "
        "them several people agreed on one coding."
    )


@pytest.mark.parametrize(
    ("studies", "agreed", "total", "text"),
    [
        (0, 0, 1, "the one study is not coded (one question)."),
        (1, 1, 1, "the one study is coded (one question); for it several people agreed"),
        (1, 0, 2, "one of the two studies is coded (one question); for none did several people"),
        (2, 0, 2, "both studies are coded (one question); for neither of them did several people"),
        (2, 2, 9, "two of nine studies are coded (one question); for both of them several people"),
        (9, 9, 9, "all nine studies are coded (one question); for all of them several people"),
    ],
)
def test_coded_with_few_and_all(studies: int, agreed: int, total: int, text: str) -> None:
    question = Question(id="q", text="Q?", kind=QuestionKind.TEXT)
    scheme = Scheme(
        id="s",
        title="Recovery",
        version="2",
        purpose=Purpose.CODING,
        judges=Judges.STUDY,
        sections=(SchemeSection(title="A", questions=(question,)),),
    )
    use = SchemeUse(scheme=scheme, studies=studies, agreed=agreed)
    assert sentences.coded_with((use,), total).text.startswith(
        f"With “Recovery”, version 2, {text}"
    )


def test_one_study_in_two_countries() -> None:
    lines = tuple(Count(id=c, label=c, studies=frozenset({0})) for c in ("US", "Norway"))
    found = Counts(title="Country", lines=lines, without=frozenset(), total=1)
    assert sentences.carried_out_in(group(1), found).text == (
        "The one study was carried out in the US and Norway."
    )
    assert sentences.studied_most(group(1), found).text == (
        "Country: the one study is on “US” and “Norway”."
    )


def test_of_many_that_are_studied_as_often_the_rest_is_one_number() -> None:
    total = MOST_NAMED + 5
    found = counts(total, {f"C{n}": 1 for n in range(total)}, "Outcome")
    text = sentences.studied_most(group(total), found).text
    assert text.endswith("“C9” (1 of 15) and five more (1 of 15 each).")


def test_the_year_of_the_other_one_and_as_many_people_in_both() -> None:
    two = (*group(1).studies, *(replace(s, id=9) for s in group(1, years=False).studies))
    assert sentences.published(StudyGroup(studies=two)).text == (
        "One of the two studies was published in 1991; the year of the other is not known."
    )
    assert sentences.took_part(group(2), {0: 40, 1: 40}).text == (
        "Both studies say how many people took part: 40 each, 80 in all."
    )
