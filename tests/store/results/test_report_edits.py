"""Sections of a report are kept row by row; the newest counts, and typing on changes its row."""

from dataclasses import replace

import pytest

from evidence.errors import NotFound
from evidence.report.edited_sections import SectionEdit
from evidence.report.part_values import PartValue
from evidence.store import Role, Store
from evidence.store.results import report_edits
from evidence.store.results.report_edits import KeptEdit
from evidence.store.review.people import Person

BACKGROUND = SectionEdit(key="background", text="Work matters.", mark="a-1")
HARMS = SectionEdit(key="own-harms", title="Harms", text="", position=2.5, mark="b-1")


def newest(store: Store, person: Person, review_id: int) -> dict[str, KeptEdit]:
    with store.reading(review_id, person.id) as c:
        return report_edits.current(c, review_id)


def test_the_newest_row_of_each_section_counts_and_the_others_are_its_history(
    store: Store, anna: Person, review_id: int
) -> None:
    moved = replace(BACKGROUND, position=7.25, is_removed=True)
    with store.writing(review_id, anna.id, Role.EDITOR) as w:
        report_edits.add(w, BACKGROUND, "a-1")
        report_edits.add(w, HARMS, "b-1")
        report_edits.add(w, moved, "a-2")
    kept = newest(store, anna, review_id)
    assert {key: each.edit for key, each in kept.items()} == {
        "own-harms": HARMS,
        "background": moved,
    }
    assert (kept["background"].person, kept["background"].client_ids) == (anna.name, ("a-2",))
    with store.reading(review_id, anna.id) as c:
        rows = report_edits.history(c, review_id, "background")
    assert [row.edit for row in rows] == [moved, BACKGROUND]


def test_every_row_of_a_long_history_is_reached_page_by_page(
    store: Store, anna: Person, review_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_edits, "MOST_ROWS", 2)
    with store.writing(review_id, anna.id, Role.EDITOR) as w:
        for number in range(5):
            report_edits.add(w, replace(BACKGROUND, text=f"text {number}"), str(number))
            report_edits.add(w, HARMS, f"other {number}")
    texts: list[str | None] = []
    before, left = None, []
    with store.reading(review_id, anna.id) as c:
        while rows := report_edits.history(c, review_id, "background", before):
            texts += [row.edit.text for row in rows]
            before = rows[-1].id
            left.append(report_edits.how_many(c, review_id, "background", before))
        assert report_edits.get(c, review_id, "background", before or 0).edit.text == "text 0"
        with pytest.raises(NotFound):
            report_edits.get(c, review_id, "own-harms", before or 0)
    assert (texts, left) == ([f"text {number}" for number in (4, 3, 2, 1, 0)], [3, 1, 0])


def test_typing_on_changes_the_row_and_remembers_its_acts(
    store: Store, anna: Person, ben: Person, review_id: int
) -> None:
    with store.writing(review_id, anna.id, Role.EDITOR) as w:
        report_edits.add(w, BACKGROUND, "a-1")
    begun = newest(store, anna, review_id)["background"]
    longer = replace(BACKGROUND, text="Work matters to people.", mark="a-2")
    with store.writing(review_id, anna.id, Role.EDITOR) as w:
        report_edits.go_on(w, begun, longer, "a-2")
        assert report_edits.is_kept(w, "background", "a-1")
        assert not report_edits.is_kept(w, "background", "a-3")
        assert not report_edits.is_kept(replace(w, person_id=ben.id), "background", "a-1")
    now = newest(store, anna, review_id)["background"]
    assert (now.id, now.edit, now.client_ids) == (begun.id, longer, ("a-1", "a-2"))
    assert now.began_at == begun.began_at
    assert now.at > begun.at


def test_what_live_parts_said_is_kept_without_what_a_database_refuses(
    store: Store, anna: Person, review_id: int
) -> None:
    odd = PartValue(digest="d", text="Sixteen\x00 of 21 \ud800 ünï 💡")
    with store.writing(review_id, anna.id, Role.EDITOR) as w:
        report_edits.add(w, replace(BACKGROUND, values={"number of a=\x00b": odd}), "a-1")
    values = newest(store, anna, review_id)["background"].edit.values
    assert values == {"number of a=b": PartValue(digest="d", text="Sixteen of 21 ? ünï 💡")}
