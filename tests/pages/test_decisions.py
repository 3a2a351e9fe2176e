"""The page Decisions: what is said of a file that is read, and of one that is taken back."""

from tests.pages.conftest import Open, texts

TITLE = "A title that no work of the example has"


def test_a_table_that_lacks_columns_is_told_which_and_where_a_template_is(
    example_app: Open,
) -> None:
    at = example_app("decisions")
    table = f"title,doi,verdict,reasons,note\n{TITLE},,perhaps,,\n"
    at.file_uploader[0].set_value([("mine.csv", table.encode(), "text/csv")]).run()
    assert not at.exception
    told = texts(at)
    assert "it lacks `person` and `stage`" in told
    assert "press **Prepare the table** under **Take decisions away**" in told
    assert "the verdict “perhaps” is not known" in told
    assert "Line 2" in told
