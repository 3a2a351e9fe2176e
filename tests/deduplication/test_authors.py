import pytest

from evidence.deduplication.authors import FieldLevel, compare_authors, names


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("Lv, Y; Qi, X; Xia, J", "Lv, Y; Qi, XS; Xia, JL", FieldLevel.SAME),
        ("Okuda, K.", "Okuda, K.; Orozco, H.; Takahashi, T.", FieldLevel.SAME),
        ("DIMASCIO, R; MARCHIOLI, R", "Di Mascio, R; Marchioli, R", FieldLevel.SAME),
        ("Joode, E. A.; Heugten, C. M.", "De Joode, E. A.; Van Heugten, C. M.", FieldLevel.SAME),
        ("Mara Dietz, Jonas Okafor", "Dietz, M. and Okafor, J.", FieldLevel.SAME),
        ("Wilkinson, E. J.; Raab, S. S.", "Flowers, L. C.; Tadros, T. S.", FieldLevel.OTHER),
        ("Armentano, P.", "Carter, G. T.; Mirken, B.", FieldLevel.OTHER),
        ("", "Okuda, K.", FieldLevel.MISSING),
    ],
)
def test_levels(a: str, b: str, level: FieldLevel) -> None:
    (family_a, words_a), (family_b, words_b) = names(a), names(b)

    assert compare_authors(words_a, words_b, family_a, family_b)[0] is level
    assert compare_authors(words_b, words_a, family_b, family_a)[0] is level


def test_one_shared_name_among_many_is_not_the_same_author() -> None:
    many = "chen li zhao sun xu qi gao wang"

    assert compare_authors("wang", many, "wang", "chen")[0] is FieldLevel.SOME
    assert compare_authors("wang", "chen li zhao", "wang", "chen")[0] is FieldLevel.OTHER
