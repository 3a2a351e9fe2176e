from pathlib import Path

from scripts.vague_words import Use, folder_of, vague_uses

SOURCE = '''"""One of the known, as told."""
for one in rows:  # said and done
    label = "kept"
    found_rows = one.given
'''


def test_whole_names_count_and_strings_comments_and_parts_of_names_do_not() -> None:
    assert list(vague_uses(SOURCE)) == [
        Use(2, "one", "for one in rows:  # said and done"),
        Use(4, "one", "found_rows = one.given"),
        Use(4, "given", "found_rows = one.given"),
    ]


def test_files_are_summed_up_by_the_third_folder_at_most() -> None:
    assert folder_of(Path("evidence/agreement_formulas.py")) == "evidence"
    assert folder_of(Path("evidence/citations/names.py")) == "evidence/citations"
    assert folder_of(Path("evidence/ui/screening/deck/page.py")) == "evidence/ui/screening"
