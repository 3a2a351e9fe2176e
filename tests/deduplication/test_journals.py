import pytest

from evidence.deduplication.authors import FieldLevel
from evidence.deduplication.journals import compare_journals
from evidence.deduplication.text import journal_words


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("J Am Coll Cardiol", "Journal of the American College of Cardiology", FieldLevel.SAME),
        ("Lancet", "The Lancet (London, England)", FieldLevel.SAME),
        ("JAMA", "Journal of the American Medical Association", FieldLevel.SAME),
        (
            "VLDB J.",
            "The VLDB Journal: International Journal on Very Large Data Bases",
            FieldLevel.SAME,
        ),
        (
            "ACM Trans. Database Syst.",
            "ACM Transactions on Database Systems (TODS)",
            FieldLevel.SAME,
        ),
        ("MIS Q.", "MIS Quarterly", FieldLevel.SAME),
        ("N Engl J Med", "New England Journal of Medicine", FieldLevel.SAME),
        ("Dtsch Med Wochenschr", "Deutsche Medizinische Wochenschrift", FieldLevel.SAME),
        ("Proc. STOC", "26th Annual ACM Symposium on Theory of Computing", FieldLevel.SAME),
        (
            "ICIS: Working Together",
            "International Conference on Information Systems",
            FieldLevel.SAME,
        ),
        ("VLDB", "Very Large Data Bases", FieldLevel.SAME),
        ("VLDB", "VLDB J.", FieldLevel.OTHER),
        (
            "VLDB",
            "The VLDB Journal: International Journal on Very Large Data Bases",
            FieldLevel.OTHER,
        ),
        ("SIGMOD Record", "ACM SIGMOD Record", FieldLevel.SAME),
        ("SIGMOD Conference", "International Conference on Management of Data", FieldLevel.SOME),
        ("Machine Learning", "International Conference on Machine Learning", FieldLevel.SOME),
        ("Graph Theory: Proc. 11th Int. Conf.", "Int. Conference on Graph Theory", FieldLevel.SAME),
        ("Neurology", "Journal of Neurology", FieldLevel.SOME),
        ("Blood", "Blood Reviews", FieldLevel.OTHER),
        ("Information Systems Research", "Information Systems Journal", FieldLevel.SOME),
        ("Circulation", "Circulation Research", FieldLevel.SOME),
        ("Lancet", "Lancet Oncology", FieldLevel.SOME),
        ("Blood", "British Journal of Haematology", FieldLevel.OTHER),
        ("", "Blood", FieldLevel.MISSING),
        ("Elsevier", "Blood", FieldLevel.MISSING),
        ("to appear", "Blood", FieldLevel.MISSING),
        ("Proceedings of", "Blood", FieldLevel.MISSING),
        ("JPAG", "Journal of Pediatric and Adolescent Gynecology", FieldLevel.SAME),
        ("CACM", "Communications of the ACM", FieldLevel.SAME),
        ("MISQ", "MIS Quarterly", FieldLevel.SAME),
        (
            "ICML",
            "Machine Learning: Proceedings of the 9th International Conference",
            FieldLevel.SAME,
        ),
        (
            "Proc. 30th IEEE FOCS",
            "IEEE Symposium on Foundations of Computer Science",
            FieldLevel.SAME,
        ),
        (
            "Proceedings of the 2017 CHI Conference on Human Factors in Computing Systems",
            "ACM Conference on Human Factors in Computing Systems",
            FieldLevel.SAME,
        ),
        (
            "Proc. Natl. Acad. Sci. USA",
            "Proceedings of the National Academy of Sciences of the United States of America",
            FieldLevel.SAME,
        ),
        ("JCO", "Onkologie", FieldLevel.OTHER),
        ("PAP", "Pomologia i agronomia polska", FieldLevel.SAME),
        ("PAP", "Pomologia i agronomia slaska", FieldLevel.OTHER),
    ],
)
def test_levels(a: str, b: str, level: FieldLevel) -> None:
    assert compare_journals(journal_words(a), journal_words(b)) is level
    assert compare_journals(journal_words(b), journal_words(a)) is level
