import pytest

from evidence.deduplication.authors import names


@pytest.mark.parametrize(
    "text",
    [
        "Chen, J. M. and Gong, X. Q. and Zhong, J. G.",
        "Chen, J. M.; Gong, X. Q.; Zhong, J. G.",
        "Chen J. M.Gong X. Q.Zhong J. G.",
        "ChenJ.M.GongX.Q.ZhongJ.G.",
        "Chen JM, Gong XQ, Zhong JG",
        "Chen, J.M., Gong, X.Q., Zhong, J.G.",
        "J. M. Chen, X. Q. Gong, and J. G. Zhong",
        "Chen, J. M. and Gong, X. Q. and Zhong, J. G. et al.",
    ],
)
def test_every_layout_gives_the_same_names(text: str) -> None:
    assert names(text) == ("chen", "chen gong zhong")


@pytest.mark.parametrize(
    ("text", "family", "words"),
    [
        ("Mara Dietz, Jonas Okafor", "dietz", "mara dietz jonas okafor"),
        ("Smithe, John", "smithe", "smithe john"),
        ("SMITHE J, DOE A", "smithe", "smithe doe"),
        ("Nowak-Göttl, U.", "nowakgottl", "nowakgottl"),
        ("World Health Organization", "organization", "world health organization"),
        ("Бобров, В. Н. and Черных, Е. А.", "бобров", "бобров черных"),
        ("Anonymous", "", ""),
        ("[Anonymous]", "", ""),
        ("", "", ""),
        (".,;", "", ""),
    ],
)
def test_other_layouts(text: str, family: str, words: str) -> None:
    assert names(text) == (family, words)


def test_three_thousand_authors_are_cut() -> None:
    text = " and ".join(f"Family{'abcdefghij'[n % 10]}, A." for n in range(3_000))

    assert len(names(text)[1].split()) < 100
