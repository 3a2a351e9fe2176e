"""The page Records: search, filters and columns."""

from dataclasses import replace

from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.records import records
from evidence.steps.records.work_tables import Contents
from evidence.steps.review import membership, people
from evidence.steps.screening import decisions, stage_settings
from evidence.store import Role, schema
from evidence.store.records.filters import Filter
from evidence.store.screening.decisions import NewDecision
from evidence.ui.records.work_decisions import HIDDEN
from evidence.ui.shell.wording import number
from tests.pages.conftest import Open, texts
from tests.pages.hostile import FIRST_ROW

TA = Stage.TITLE_ABSTRACT


def test_filters_narrow_the_list_and_can_be_cleared(example_app: Open, desk: Desk) -> None:
    everything = records.count(desk, Filter())
    included = records.count(desk, Filter(full_text=State.INCLUDE.value))
    assert 0 < included < everything
    at = example_app("records")
    at.selectbox(key="filter-full_text").set_value(State.INCLUDE).run()
    assert f"{included} works, with 1 filter. Choose one" in texts(at)
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


def test_a_card_shows_decisions_as_far_as_one_may_know_them(example_app: Open, desk: Desk) -> None:
    """The title of the example's first work, before and after two people have decided on it."""
    work_id = records.page_ids(desk, Filter(), 0, 1)[0]
    title = records.get(desk, work_id).reference.title
    before = stage_settings.current(desk, TA)

    def card(name: str) -> str:
        at = example_app("records", name=name)
        at.text_input(key="words").set_value(f'"{title}"').run()
        at.session_state[str(at.dataframe[0].key)] = FIRST_ROW
        at.run()
        assert not at.exception
        return texts(at)

    def decide(name: str, note: str) -> None:
        who = Desk(
            store=desk.store,
            review_id=desk.review_id,
            person_id=people.named(desk.store, name).id,
        )
        if not membership.standing(who).belongs:
            membership.join(who)
        new = NewDecision(
            work_id=work_id, stage=TA, verdict=Verdict.EXCLUDE, client_id=note, note=note
        )
        assert decisions.decide(who, [new]) == 1

    with desk.writing(Role.OWNER) as w:
        w.connection.execute(schema.decision.delete())
        w.connection.execute(schema.work.update().values(title_abstract="open", full_text="open"))
    stage_settings.change(desk, TA, replace(before, voices=2), before)
    assert "You decided nothing here." in card("Eva")
    decide("Eva", "note of Eva")
    decide("Ben", "note of Ben")
    with desk.writing(Role.OWNER) as w:  # as if a third had to read it still
        w.connection.execute(schema.work.update().values(title_abstract="open"))
    shown = card("Eva")
    assert "note of Eva" in shown
    assert "note of Ben" not in shown
    assert HIDDEN in shown
    with desk.writing(Role.OWNER) as w:
        w.connection.execute(schema.work.update().values(title_abstract="exclude"))
    shown = card("Eva")
    assert "Ben: Exclude (“note of Ben”)" in shown
    assert "note of Eva" in shown
    assert HIDDEN not in shown
