import pytest

from evidence.deduplication.text import title_words
from evidence.deduplication.titles import TitleLevel, compare_titles, same_word


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("Meta-analysis of sub-group effects", "Metaanalysis of subgroup effects", TitleLevel.SAME),
        ("90Y radioembolization in Lome", "Y-90 radioembolization in Lome", TitleLevel.NEAR),
        ("The effect of rest", "Effects of rest", TitleLevel.NEAR),
        ("Adults in a sub group of clinics", "Adult in the subgroup of clinic", TitleLevel.NEAR),
        ("Relapse after care and loss", "Loss and care after relapse", TitleLevel.LIKE),
        (
            "Care in remote mountain areas",
            "Care in remote mountain areas: a review",
            TitleLevel.PART,
        ),
        (
            "What clinics do in a crisis",
            "What clinics do in a crisis: a crisis study",
            TitleLevel.PART,
        ),
        ("A new drug for long pain", "A new oral drug for long pain", TitleLevel.INSERTED),
        ("Trial of rest, part 1", "Trial of rest, part 2", TitleLevel.NUMBERS),
        ("Sensitive disease in adult men", "Resistant disease in adult men", TitleLevel.REPLACED),
        ("Of B trees and old age", "Of R trees and old age", TitleLevel.REPLACED),
        ("A reourse based view of firms", "A resource based view of firms", TitleLevel.NEAR),
        ("Willow rods for old traps", "Old traps made of hazel or willow", TitleLevel.LIKE),
        ("Levels of TNF-a in old mice", "Levels of TNF-alpha in old mice", TitleLevel.NEAR),
        ("A trial of interferon", "A trial of interferon alpha", TitleLevel.SHORT_PART),
        ("Care in remote areas", "Prices of maize", TitleLevel.OTHER),
        ("", "Care", TitleLevel.MISSING),
        ("", "", TitleLevel.MISSING),
    ],
)
def test_levels(a: str, b: str, level: TitleLevel) -> None:
    assert compare_titles(title_words(a), title_words(b)) is level
    assert compare_titles(title_words(b), title_words(a)) is level


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("haemolytic", "hemolytic", True),
        ("beta", "b", True),
        ("beta", "g", False),
        ("b", "c", False),
        ("optimising", "optimizing", True),
        ("adult", "adults", True),
        ("hypertension", "hypotension", False),
        ("intracellular", "intercellular", False),
        ("increased", "decreased", False),
        ("men", "women", False),
        ("rat", "cat", False),
        ("1999", "1998", False),
    ],
)
def test_words_that_are_spellings_of_one(a: str, b: str, same: bool) -> None:  # noqa: FBT001
    assert same_word(a, b) is same
