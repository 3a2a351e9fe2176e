from evidence.coding.scheme import Of
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.studies import CodedStudy
from evidence.synthesis.study_counts import ALL, NOT_CODED, study_years

STREAMS = Dimension(
    id="question:stream",
    title="Stream",
    of=Of.STUDY,
    headings=tuple(
        Heading(id=label, label=label, covers=frozenset({label}))
        for label in ("Outcomes", "Process", "Survey")
    ),
)


def study(number: int, year: int | None, *streams: str) -> CodedStudy:
    return CodedStudy(
        id=number, label=f"S{number}", year=year, codes={"stream": frozenset(streams)}
    )


STUDIES = (
    study(1, 2006, "Outcomes"),
    study(2, 1991, "Outcomes", "Process"),
    study(3, None, "Process"),
    study(4, 1991),
)


def test_each_stream_has_its_own_years_and_a_study_with_two_codes_is_in_both() -> None:
    found = {years.label: years for years in study_years(STUDIES, STREAMS)}
    assert list(found) == [ALL, "Outcomes", "Process", NOT_CODED]
    assert found[ALL].numbers == {1991: 2, 2006: 1}
    assert found["Outcomes"].span == (1991, 2006)
    assert (found["Process"].span, found["Process"].without) == ((1991, 1991), 1)
    assert found[NOT_CODED].studies == 1


def test_without_a_question_and_without_a_study_there_is_one_row() -> None:
    (years,) = study_years(())
    assert (years.label, years.studies, years.span) == (ALL, 0, None)
