from evidence.coding.scheme import Of
from evidence.synthesis.counts.code_matrix import (
    code_matrix,
    questions_of_same_codes,
    yes_no_after,
)
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.studies import CodedStudy

TREE = (
    Heading(id="peers", label="Peers", covers=frozenset({"peers", "extra"})),
    Heading(id="extra", label="Extra", depth=1, above=("Peers",), covers=frozenset({"extra"})),
    Heading(id="door", label="Open door", covers=frozenset({"door"})),
)


def question(
    name: str,
    headings: tuple[Heading, ...] = TREE,
    of: Of = Of.STUDY,
    *,
    has_several: bool = True,
) -> Dimension:
    return Dimension(
        id=f"question:{name}", title=name, of=of, headings=headings, has_several=has_several
    )


def study(number: int, **codes: set[str]) -> CodedStudy:
    ticked = {name: frozenset(ids) for name, ids in codes.items()}
    return CodedStudy(id=number, label=f"Study {number}", year=None, codes=ticked)


def test_questions_with_the_same_codes_are_together_whatever_they_are_called() -> None:
    told = question("told")
    alone = question("alone", TREE[:1])
    why = question("why")
    one_only = question("rating", has_several=False)
    of_findings = question("finding", of=Of.FINDING)
    other_scheme = question("other/told")
    together = questions_of_same_codes((told, alone, why, one_only, of_findings, other_scheme))
    assert together == ((told, why), (alone,), (other_scheme,))


def test_more_questions_than_a_cell_has_places_for_are_shown_apart() -> None:
    many = tuple(question(f"q{n}") for n in range(6))
    assert questions_of_same_codes(many) == (many[:4], many[4:])


def test_a_study_has_a_code_by_each_question_in_which_it_or_one_below_is_ticked() -> None:
    studies = (
        study(1, told={"extra", "door"}, why={"door"}),
        study(2, told={"peers"}),
        study(3, told=set()),
        study(4),
    )
    matrix = code_matrix(studies, (question("told"), question("why")))
    assert matrix.carried == {
        (1, "peers"): {0},
        (1, "extra"): {0},
        (1, "door"): {0, 1},
        (2, "peers"): {0},
    }
    assert [each.id for each in matrix.studies] == [1, 2]
    assert (matrix.without, matrix.left_out) == (2, 0)
    assert (matrix.of_heading("peers", 0), matrix.of_heading("peers", 1)) == (2, 0)
    assert (matrix.of_study(1, 0), matrix.of_study(1, 1)) == (2, 1)
    assert (matrix.studies_of(0), matrix.studies_of(1)) == (2, 1)


def test_a_code_that_is_only_named_by_a_later_question_is_there_all_the_same() -> None:
    matrix = code_matrix((study(1, why={"door"}),), (question("told"), question("why")))
    assert matrix.carried == {(1, "door"): {1}}
    assert matrix.left_out == 2


def test_without_a_code_the_matrix_is_empty() -> None:
    matrix = code_matrix((study(1),), (question("told"),))
    assert (matrix.studies, matrix.headings, matrix.without) == ((), (), 1)


YES_NO = (
    Heading(id="yes", label="Yes", covers=frozenset({"yes"})),
    Heading(id="no", label="No", covers=frozenset({"no"})),
)


def test_yes_and_no_stand_beside_the_codes_also_of_studies_without_one() -> None:
    why = question("why", YES_NO, has_several=False)
    studies = (
        study(1, told={"door"}, why={"yes"}),
        study(2, why={"no"}),
        study(3, told={"peers"}),
        study(4),
    )
    matrix = code_matrix(studies, (question("told"),), (why,))
    assert matrix.yes_no == ("why",)
    assert matrix.answers == {(1, 0): True, (2, 0): False}
    assert [each.id for each in matrix.studies] == [1, 2, 3]
    assert matrix.without == 1


def test_yes_and_no_that_directly_follow_a_question_belong_to_it() -> None:
    told, why, apart = (
        question("told"),
        question("why", YES_NO, has_several=False),
        question("apart", YES_NO, has_several=False),
    )
    later = question("later", YES_NO, has_several=False)
    order = (later, told, why, apart, question("next"), later)
    assert yes_no_after(order, told) == (why, apart)
    assert yes_no_after(order, order[-2]) == (later,)
    assert yes_no_after(order[:2], told) == ()
