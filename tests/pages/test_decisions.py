"""The page Decisions: what is said of a file that is read, and of one that is taken back."""

from dataclasses import replace

from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from evidence.screening.verdicts import Stage
from evidence.steps.desk import Desk
from evidence.steps.review import membership, people
from evidence.steps.screening import brought_decisions, decision_files
from evidence.store import schema
from tests.pages.conftest import Open, texts

TITLE = "A title that no work of the example has"


def press(at: AppTest, label: str) -> AppTest:
    return next(one for one in at.button if one.label == label).click().run()


def first_title(desk: Desk) -> str:
    """Of a record of the example."""
    with desk.reading() as c:
        query = select(schema.record.c.title).order_by(schema.record.c.id)
        return str(c.execute(query.limit(1)).scalar_one())


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


def test_after_a_file_was_taken_back_the_page_says_that_only_and_stays_where_it_was(
    example_app: Open, desk: Desk
) -> None:
    owner, title = membership.standing(desk).name, first_title(desk)
    at = example_app("decisions", name="Ben Brook")
    exported = (
        f'TY  - JOUR\nTI  - {title}\nN1  - RAYYAN-INCLUSION: {{"me"=>"Included", '
        '"other"=>"Included"}\nER  - \n'
    )
    at.file_uploader[0].set_value([("theirs.ris", exported.encode(), "text/plain")]).run()
    boxes = {one.label: one for one in at.selectbox}
    boxes["“me” is"].set_value("Ben Brook")
    boxes["“other” is"].set_value(owner)
    press(at, "Bring these decisions in")
    assert f"waits for {owner}" in texts(at)
    (file,) = brought_decisions.files(desk)
    at.session_state["decisions-tabs"] = "Files brought in"
    at.session_state[f"undo-box-{file.file.id}"] = True
    at.run()
    press(at, "Yes, take it back")
    assert "theirs.ris: Taken back: " in texts(at)
    assert f"waits for {owner}" not in texts(at)
    assert at.session_state["decisions-tabs"] == "Files brought in"


def test_whose_decisions_somebody_else_took_back_is_told(example_app: Open, desk: Desk) -> None:
    ben = replace(desk, person_id=people.named(desk.store, "Ben Brook").id)
    membership.join(ben)
    title = first_title(desk)
    exported = f'TY  - JOUR\nTI  - {title}\nN1  - RAYYAN-INCLUSION: {{"b"=>"Included"}}\nER  - \n'
    preview = decision_files.preview(desk, "theirs.ris", exported.encode())
    report = decision_files.bring(desk, preview, {"b": "Ben Brook"}, stage=Stage.TITLE_ABSTRACT)
    assert report.file_id is not None
    assert brought_decisions.confirm(ben, report.file_id).added == 1
    at = example_app("decisions", name="Ben Brook")
    assert "took the file" not in texts(at)
    brought_decisions.undo(desk, report.file_id)
    owner = membership.standing(desk).name
    at.run()
    assert f"{owner} took the file" in texts(at)
    assert "1 decision of yours was taken back" in texts(at)
    assert "took the file" not in texts(example_app("decisions", name=owner))
    press(at, "I have read this")
    assert "took the file" not in texts(at)
