import pytest

from evidence.dedupe.journals import compare_journals
from evidence.dedupe.people import Field
from evidence.dedupe.text import journal_words


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("J Am Coll Cardiol", "Journal of the American College of Cardiology", Field.SAME),
        ("Lancet", "The Lancet (London, England)", Field.SAME),
        ("JAMA", "Journal of the American Medical Association", Field.SAME),
        (
            "VLDB J.",
            "The VLDB Journal: International Journal on Very Large Data Bases",
            Field.SAME,
        ),
        ("ACM Trans. Database Syst.", "ACM Transactions on Database Systems (TODS)", Field.SAME),
        ("MIS Q.", "MIS Quarterly", Field.SAME),
        ("N Engl J Med", "New England Journal of Medicine", Field.SAME),
        ("Dtsch Med Wochenschr", "Deutsche Medizinische Wochenschrift", Field.SAME),
        ("Proc. STOC", "26th Annual ACM Symposium on Theory of Computing", Field.SAME),
        ("ICIS: Working Together", "International Conference on Information Systems", Field.SAME),
        ("VLDB", "Very Large Data Bases", Field.SAME),
        ("VLDB", "VLDB J.", Field.OTHER),
        ("VLDB", "The VLDB Journal: International Journal on Very Large Data Bases", Field.OTHER),
        ("SIGMOD Record", "ACM SIGMOD Record", Field.SAME),
        ("SIGMOD Conference", "International Conference on Management of Data", Field.SOME),
        ("Machine Learning", "International Conference on Machine Learning", Field.SOME),
        ("Graph Theory: Proc. 11th Int. Conf.", "Int. Conference on Graph Theory", Field.SAME),
        ("Neurology", "Journal of Neurology", Field.SOME),
        ("Blood", "Blood Reviews", Field.OTHER),
        ("Information Systems Research", "Information Systems Journal", Field.SOME),
        ("Circulation", "Circulation Research", Field.SOME),
        ("Lancet", "Lancet Oncology", Field.SOME),
        ("Blood", "British Journal of Haematology", Field.OTHER),
        ("", "Blood", Field.MISSING),
        ("Elsevier", "Blood", Field.MISSING),
        ("to appear", "Blood", Field.MISSING),
        ("Proceedings of", "Blood", Field.MISSING),
        ("JPAG", "Journal of Pediatric and Adolescent Gynecology", Field.SAME),
        ("CACM", "Communications of the ACM", Field.SAME),
        ("MISQ", "MIS Quarterly", Field.SAME),
        ("ICML", "Machine Learning: Proceedings of the 9th International Conference", Field.SAME),
        ("Proc. 30th IEEE FOCS", "IEEE Symposium on Foundations of Computer Science", Field.SAME),
        (
            "Proceedings of the 2017 CHI Conference on Human Factors in Computing Systems",
            "ACM Conference on Human Factors in Computing Systems",
            Field.SAME,
        ),
        (
            "Proc. Natl. Acad. Sci. USA",
            "Proceedings of the National Academy of Sciences of the United States of America",
            Field.SAME,
        ),
        ("JCO", "Onkologie", Field.OTHER),
    ],
)
def test_levels(a: str, b: str, level: Field) -> None:
    assert compare_journals(journal_words(a), journal_words(b)) is level
    assert compare_journals(journal_words(b), journal_words(a)) is level
