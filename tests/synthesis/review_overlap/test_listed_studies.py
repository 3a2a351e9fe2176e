from evidence.synthesis.review_overlap.covered_area import covered_area
from evidence.synthesis.review_overlap.listed_studies import (
    ListedStudy,
    StudyMatch,
    inclusion_table,
)

LABELS = {1: "Bond 2008", 2: "Modini 2016", 3: "Drake 1996", 4: "Drake 1996"}


def entry(including: int, citation: str, primary: int | None = None) -> ListedStudy:
    match = StudyMatch.OPEN if primary is None else StudyMatch.STUDY
    return ListedStudy(including=including, citation=citation, match=match, primary=primary)


def test_citations_of_one_study_are_one_primary_study() -> None:
    table = inclusion_table(
        [entry(1, "Drake et al. (1996)", 3), entry(2, "DRAKE 96", 3), entry(2, "Elsewhere 2001")],
        LABELS,
    )
    assert table.reviews == ("Bond 2008", "Modini 2016")
    assert table.studies == ("Drake 1996", "Elsewhere 2001")
    assert covered_area(table).inclusions == 3


def test_citations_that_differ_in_signs_only_are_one() -> None:
    table = inclusion_table([entry(1, "Müller, A. (2001)"), entry(2, "muller a 2001")], LABELS)
    assert table.studies == ("Müller, A. (2001)",)
    assert covered_area(table).share == 1


def test_studies_with_the_same_label_stay_two() -> None:
    table = inclusion_table([entry(1, "Drake a", 3), entry(1, "Drake b", 4)], LABELS)
    assert table.studies == ("Drake 1996", "Drake 1996")
    assert len(table.inclusions) == 2


def test_a_citation_of_signs_alone_is_kept_as_it_is() -> None:
    assert inclusion_table([entry(1, "***"), entry(1, "???")], LABELS).studies == ("***", "???")


def test_one_review_has_a_table_without_overlap() -> None:
    assert covered_area(inclusion_table([entry(1, "A")], LABELS)).share is None
    assert inclusion_table([], LABELS).reviews == ()
