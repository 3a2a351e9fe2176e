import pytest

from evidence.deduplication.text import journal_words, title_words


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("P2X<inf>7</inf>-regulated protection", "p 2 x 7 regulated protection"),
        ("β-Thalassemia &amp; Größe", "beta thalassemia grosse"),
        ("Î²-Thalassemia in GonzÃ¡lez", "beta thalassemia in gonzalez"),
        ("Â l'âge de cent ans", "a lage de cent ans"),
        ("Phase II study of three drugs", "phase 2 study of 3 drugs"),
        ("[A translated title]", "a translated title"),
        ("A translated title about clinics. [Chinese]", "a translated title about clinics"),
        ("A title. [Review] [33 refs]", "a title"),
        ("RETRACTED: A title (Retracted article. See vol. 20, 2025)", "a title"),
        ("A title.[Erratum appears in J X. 2006 Feb;36(2):249]", "a title"),
        ("[Correction of posture in children]", "correction of posture in children"),
        ("[Letters from patients. French]", "letters from patients"),
        ("Children's homes", "childrens homes"),
        ("Платформенная занятость", "платформенная занятость"),
        ("(90)Y spheres and their use [1]", "90 y spheres and their use"),
        ("", ""),
    ],
)
def test_titles_in_normal_form(raw: str, plain: str) -> None:
    assert title_words(raw) == plain


def test_a_title_that_is_only_a_language_stays() -> None:
    assert title_words("Chinese") == "chinese"


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("BMJ (Clinical research ed.)", "bmj"),
        ("PLoS ONE [Electronic Resource]", "plos one"),
        ("Blood.Conference: 53rd Annual Meeting of Some Society", "blood"),
        ("Stroke. Conference", "stroke"),
        ("SIGMOD Conference", "sigmod conference"),
        ("(In press)", ""),
        ("Diabetes & Metabolism", "diabetes metabolism"),
    ],
)
def test_journals_in_normal_form(raw: str, plain: str) -> None:
    assert journal_words(raw) == plain
