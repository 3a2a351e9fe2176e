"""The page Records: search, filters and columns."""

from evidence.screening.verdicts import State
from evidence.steps.desk import Desk
from evidence.steps.records import records
from evidence.steps.records.work_tables import Contents
from evidence.store.records.filters import Filter
from evidence.ui.shell.wording import number
from tests.pages.conftest import Open, texts


def test_filters_narrow_the_list_and_can_be_cleared(example_app: Open, desk: Desk) -> None:
    everything = records.count(desk, Filter())
    included = records.count(desk, Filter(full_text=State.INCLUDE.value))
    assert 0 < included < everything
    at = example_app("records")
    at.selectbox(key="filter-full_text").set_value(State.INCLUDE).run()
    assert f"{included} works. Choose one" in texts(at)
    assert {*at.dataframe[0].value["Full text"]} == {"Included"}
    at.number_input(key="filter-to").set_value(1900).run()
    assert "Nothing found." in texts(at)
    clear = next(button for button in at.button if button.label == "Clear all filters")
    clear.click().run()
    assert f"{everything} works. Choose one" in texts(at)


def test_own_decisions_are_ones_own(example_app: Open) -> None:
    at = example_app("records")  # the visitor decided nothing; the example's reader did
    at.selectbox(key="filter-own").set_value("any").run()
    assert "Nothing found." in texts(at)
    assert not at.exception


def test_what_does_not_fit_in_a_search_is_told(example_app: Open) -> None:
    at = example_app("records")
    at.text_input(key="words").set_value('clubhouse OR "open').run()
    assert "A quotation mark is not closed" in texts(at)
    at.text_input(key="words").set_value("a " * 31).run()
    assert "at most 30 words" in texts(at)
    assert not at.exception


def test_columns_are_kept_for_a_person(example_app: Open) -> None:
    at = example_app("records")
    assert list(at.dataframe[0].value) == [
        *("Title", "Authors", "Year", "Journal", "Records", "Title and abstract", "Full text")
    ]
    at.multiselect(key="work-columns-1").set_value(["doi", "sources", "year"]).run()
    assert list(at.dataframe[0].value) == ["Title", "Year", "DOI", "Sources"]
    again = example_app("records")
    assert list(again.dataframe[0].value) == ["Title", "Year", "DOI", "Sources"]
    other = example_app("records", name="Ben")
    assert "Authors" in list(other.dataframe[0].value)


def test_every_column_can_be_shown(example_app: Open) -> None:
    at = example_app("records")
    box = at.multiselect(key="work-columns-1")
    box.set_value(list(box.options)).run()
    assert not at.exception
    assert len(at.dataframe[0].value.columns) == len(box.options) + 1


def test_works_with_decisions_are_taken_away(example_app: Open, desk: Desk) -> None:
    excluded = records.count(desk, Filter(full_text=State.EXCLUDE.value))
    at = example_app("records")

    def download() -> str:
        assert not at.exception
        assert not at.error
        return str(at.get("download_button")[0].label)  # type: ignore[union-attr]

    at.session_state["export-contents"] = Contents.WORKS
    at.run()
    assert download() == "Download 82 works (.csv)"
    at.selectbox(key="export-set").set_value("included").run()
    at.session_state["export-contents"] = Contents.EXCLUDED
    at.run()
    assert download() == f"Download {number(excluded, 'work')} (.csv)"
    at.selectbox(key="export-table-format").set_value("xlsx").run()
    assert download() == f"Download {number(excluded, 'work')} (.xlsx)"
