import pytest

from evidence.synthesis.review_overlap.proposed_matches import MatchCandidate, proposed_match

TITLE = "Gardens, paid employment and recovery in four towns"
GARDENS = MatchCandidate(
    study_id=1,
    label="Drake 1996",
    titles=(TITLE,),
    dois=("10.1000/Gardens(96)1",),
    authors=(("Drake", 1996), ("Drake", 1999)),
)
KITCHENS = MatchCandidate(study_id=2, label="van der Berg 2001", authors=(("van der Berg", 2001),))
SECOND = MatchCandidate(study_id=3, label="Drake 1996b", authors=(("Drake", 1996),))


@pytest.mark.parametrize(
    ("citation", "study", "why"),
    [
        (f"Somebody else. {TITLE.upper()}! Journal 2004", 1, "title"),
        ("drake (1996)", 1, "label"),
        ("Van der Berg 2001. https://doi.org/10.1000/gardens(96)1.", 1, "DOI"),
        ("Drake RE, Becker DR: Something. Journal 1999;3", 1, "author and year"),
        ("Van der Berg et al., 2001a", 2, "author and year"),
    ],
)
def test_what_speaks_for_a_study_is_told(citation: str, study: int, why: str) -> None:
    proposed = proposed_match(citation, [GARDENS, KITCHENS])
    assert proposed is not None
    assert (proposed.study_id, proposed.why) == (study, why)


@pytest.mark.parametrize(
    "citation", ["", "***", "Drake 1980", "Berg 2001", "1996", "Drakensberg 1996", "Gardens"]
)
def test_nothing_is_proposed_on_a_thin_likeness(citation: str) -> None:
    assert proposed_match(citation, [GARDENS, KITCHENS]) is None


def test_nothing_is_proposed_where_two_fit_equally() -> None:
    assert proposed_match("Drake RE et al. 1996", [GARDENS, SECOND]) is None
    assert proposed_match("Drake 1996b", [GARDENS, SECOND]) is not None
