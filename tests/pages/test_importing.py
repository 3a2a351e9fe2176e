"""The import page: columns, pasted text, archives, many files, and what may go wrong."""

import io
import zipfile
from dataclasses import replace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from evidence.steps.desk import Desk
from evidence.steps.records import sources
from evidence.steps.records.importing import imports, previews, uploads
from evidence.steps.review import people
from evidence.store import Role
from evidence.store.records import sources as stored_sources
from evidence.store.records.sources import SourceDraft
from evidence.ui.shell.wording import number
from tests.pages.conftest import Open, opened, texts
from tests.pages.test_pages import new_review

TABLE = "Nr;Was;Wer;Wann\n1;A garden study;Meyer, Eva;2001\n2;Another one;Berg, Jan;2003\n"
ENTRY = "TY  - JOUR\nTI  - {}\nPY  - 2001\nER  - \n"


def entries(*titles: str) -> bytes:
    return "".join(map(ENTRY.format, titles)).encode()


def drop(at: AppTest, **files: str | bytes) -> AppTest:
    uploads = [
        (name.replace("_", "."), as_bytes(data), "text/plain") for name, data in files.items()
    ]
    return at.file_uploader[0].set_value(uploads).run()


def as_bytes(data: str | bytes) -> bytes:
    return data.encode() if isinstance(data, str) else data


def button(at: AppTest, label: str, place: int = 0) -> AppTest:
    return [one for one in at.button if one.label == label][place].click().run()


def columns(at: AppTest) -> dict[str, object]:
    return {one.label: one.value for one in at.selectbox if str(one.key).startswith("column-")}


def test_a_table_nobody_has_seen_is_read_as_people_say(example_app: Open, desk: Desk) -> None:
    at = drop(example_app("importing"), list_csv=TABLE)
    assert "a table whose columns are not known" in texts(at)
    assert "A garden study" in texts(at)
    assert columns(at)["Wann"] == "year"
    assert at.button(key="import").disabled
    meanings = {"Nr": "", "Was": "title", "Wer": "authors", "Wann": "year"}
    for one in at.selectbox:
        if str(one.key).startswith("column-"):
            one.set_value(meanings[one.label])
    at.run()
    button(at, "Read with these columns")
    assert not at.error
    assert at.dataframe[0].value["Title"].tolist() == ["A garden study", "Another one"]
    assert at.dataframe[0].value["Authors"].tolist() == ["Meyer, Eva", "Berg, Jan"]
    before = len(sources.listing(desk))
    at.button(key="import").click().run()
    there = sources.listing(desk)
    assert len(there) == before + 1
    at.session_state[f"box-{there[-1].source.id}"] = True
    at.run()
    assert "Was is Title, Wer is Authors, Wann is Year" in texts(at)


def test_a_table_in_another_language_is_no_error(example_app: Open) -> None:
    at = drop(example_app("importing"), list_csv="Nazwa;Kto;Gdzie\nOgród;Jan;P\nWoda;Ewa;Q\n")
    assert not at.error
    assert "a table whose columns are not known" in texts(at)
    assert columns(at) == {"Nazwa": "", "Kto": "", "Gdzie": ""}


def test_what_a_person_calls_a_table_is_no_error_any_more(example_app: Open) -> None:
    at = drop(example_app("importing"), list_csv="Nazwa;Kto\nOgród;Jan\nWoda;Ewa\n")
    assert "not in a format that Waymark reads" in at.error[0].value
    next(one for one in at.toggle if one.label == "It is a table").set_value(True).run()
    assert not at.error
    assert columns(at) == {"Nazwa": "", "Kto": ""}


def test_the_columns_of_a_known_table_can_be_changed(example_app: Open) -> None:
    at = drop(example_app("importing"), known_csv="Title,Other,Year\nEin Garten,A garden,2001\n")
    assert at.dataframe[0].value.loc[0, "Title"] == "Ein Garten"
    next(one for one in at.toggle if one.label == "Change what the columns mean").set_value(
        True
    ).run()
    assert columns(at) == {"Title": "title", "Other": "", "Year": "year"}
    for one in at.selectbox:
        if one.label in {"Title", "Other"}:
            one.set_value({"Title": "notes", "Other": "title"}[one.label])
    at.run()
    button(at, "Read with these columns")
    assert at.dataframe[0].value.loc[0, "Title"] == "A garden"


def test_what_is_missing_of_the_columns_is_said_before_the_button_is_pressed(
    example_app: Open,
) -> None:
    at = drop(example_app("importing"), list_csv=TABLE)
    (was,) = (one for one in at.selectbox if one.label == "Was")
    assert "Title (needed)" in was.options
    (read,) = (one for one in at.button if one.label == "Read with these columns")
    assert read.disabled == (was.value != "title")
    was.set_value("").run()
    (read,) = (one for one in at.button if one.label == "Read with these columns")
    assert read.disabled
    assert "Say which column holds the title first" in texts(at)


def test_columns_that_are_not_used_are_named(example_app: Open) -> None:
    names = [f"Extra {number}" for number in range(10)]
    text = f"Title,Blank,*Odd*,{','.join(names)},Year\nA garden,,x,{'y,' * 10}2001\n"
    at = drop(example_app("importing"), known_csv=text)
    shown = ", ".join([r"\*Odd\*", *names[:7]])
    assert f"Not used: {shown} and 4 more (kept with each record)." in texts(at)


def test_the_line_of_unused_columns_follows_what_a_person_says(example_app: Open) -> None:
    at = drop(example_app("importing"), known_csv="Title,Other,Year\nEin Garten,A garden,2001\n")
    assert "Not used: Other (kept with each record)." in texts(at)
    next(one for one in at.toggle if str(one.key).startswith("columns-of-")).set_value(True).run()
    next(one for one in at.selectbox if one.label == "Other").set_value("notes").run()
    button(at, "Read with these columns")
    assert "Not used" not in texts(at)


def test_text_is_pasted(example_app: Open) -> None:
    at = example_app("importing")
    button(at, "Read this text")
    assert "the box is empty" in at.error[0].value
    at.text_area[0].set_value(entries("A pasted title").decode())
    button(at, "Read this text")
    assert "Pasted on " in texts(at)
    assert at.dataframe[0].value.loc[0, "Title"] == "A pasted title"


def test_an_archive_is_shown_file_by_file(example_app: Open) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.ris", entries("One"))
        archive.writestr("page.ris", "<!DOCTYPE html><html><body>Please log in</body></html>")
    at = drop(example_app("importing"), all_zip=data.getvalue())
    assert "**all.zip/a.ris**" in texts(at)
    assert "RIS · UTF-8 · 1 entry in the file · 1 record can be kept" in texts(at)
    assert "web page" in texts(at)


def test_no_grey_button_stands_below_a_report(example_app: Open) -> None:
    at = drop(example_app("importing"), one_ris=entries("One"), page_ris="<html>Log in</html>")
    at.button(key="import").click().run()
    assert "1 record kept" in texts(at)
    assert "web page" in texts(at)
    assert "Nothing to import yet" not in [one.label for one in at.button]


def test_many_files_are_folded_and_can_be_one_source(example_app: Open, desk: Desk) -> None:
    files = {f"part{number}_ris": entries(f"Title {number}") for number in range(5)}
    at = drop(example_app("importing"), **files)
    assert not [one for one in at.text_input if one.label == "Name of the source"]
    at.toggle(key="together").set_value(True).run()
    first = previews.listing(eva(desk))[0]
    at.text_input(key=f"name-together-{first.id}").set_value("Scopus").run()
    at.button(key="import").click().run()
    assert texts(at).count("1 record kept. Source: Scopus.") == 5
    there = sources.listing(desk)[-1]
    assert (there.source.name, len(there.files)) == ("Scopus", 5)


def test_the_next_file_is_not_taken_for_the_one_before(example_app: Open, desk: Desk) -> None:
    """SQLite gave the number of a preview that was gone to the next one."""
    scopus = entries("One").replace(b"ER ", b"DB  - Scopus\nER ")
    at = drop(example_app("importing"), a_ris=scopus)
    (before,) = previews.listing(eva(desk))
    at.text_input(key=f"name-{before.id}").set_value("Scopus in spring").run()
    at.button(key="import").click().run()
    drop(at, b_ris=entries("Two").replace(b"ER ", b"DB  - Embase\nER "))
    (look,) = previews.listing(eva(desk))
    assert look.id != before.id
    assert at.text_input(key=f"name-{look.id}").value == "Embase"
    at.button(key="import").click().run()
    assert [one.source.name for one in sources.listing(desk)][-2:] == [
        "Scopus in spring",
        "Embase",
    ]


def test_a_source_is_corrected_as_a_whole(example_app: Open, desk: Desk) -> None:
    at = example_app("importing")
    one = sources.listing(desk)[0].source
    at.session_state[f"box-{one.id}"] = True
    at.run()
    at.text_input(key=f"name-kept-{one.id}").set_value("Another name")
    at.text_input(key=f"date-kept-{one.id}").set_value("2026-11-01")
    next(each for each in at.button if each.label == "Save").click().run()
    changed = sources.listing(desk)[0].source
    assert (changed.name, changed.date_searched) == ("Another name", "2026-11-01")


def test_a_date_that_is_none_is_told_before_anything_is_imported(
    example_app: Open, desk: Desk
) -> None:
    before = len(sources.listing(desk))
    at = drop(example_app("importing"), one_ris=entries("One"))
    (look,) = previews.listing(eva(desk))
    at.text_input(key=f"date-{look.id}").set_value("31.02.2026").run()
    at.button(key="import").click().run()
    assert "“31.02.2026” is no date" in at.error[0].value
    assert len(sources.listing(desk)) == before
    at.text_input(key=f"date-{look.id}").set_value("2026-02").run()
    at.button(key="import").click().run()
    assert not at.error
    assert sources.listing(desk)[-1].source.date_searched == "2026-02"


def test_an_old_date_in_other_words_does_not_stand_in_the_way(
    example_app: Open, desk: Desk
) -> None:
    one = sources.listing(desk)[0].source
    with desk.writing(Role.EDITOR) as w:
        draft = {name: getattr(one, name) for name in SourceDraft.__slots__}
        stored_sources.change(w, one.id, SourceDraft(**draft | {"date_searched": "in May"}))
    at = example_app("importing")
    for key, value, errors in (("name", "Another name", 0), ("date", "in June", 1)):
        at.session_state[f"box-{one.id}"] = True
        at.run()
        at.text_input(key=f"{key}-kept-{one.id}").set_value(value)
        button(at, "Save")
        assert len(at.error) == errors
    changed = sources.listing(desk)[0].source
    assert (changed.name, changed.date_searched) == ("Another name", "in May")


def test_what_is_said_of_a_source_stays_when_its_card_is_folded(
    example_app: Open, desk: Desk
) -> None:
    at = drop(example_app("importing"), one_ris=entries("One"))
    (look,) = previews.listing(eva(desk))
    at.text_input(key=f"name-{look.id}").set_value("ASSIA").run()
    drop(at, **{f"more{number}_ris": entries(f"Title {number}") for number in range(3)})
    at.button(key="import").click().run()
    assert [one.source.name for one in sources.listing(desk)][-4:] == [
        *("ASSIA", "more0", "more1", "more2")
    ]


def eva(desk: Desk) -> Desk:
    """The desk of the person that the app of these tests has signed in."""
    person = next(one for one in people.everybody(desk.store) if one.name == "Eva")
    return replace(desk, person_id=person.id)


def test_single_entries_are_left_out(example_app: Open, desk: Desk) -> None:
    text = entries("One").decode() + "TY  - JOUR\nPY  - 2003\nER  - \n"
    at = drop(example_app("importing"), a_ris=text)
    assert at.multiselect[0].options == ["1 · One", "5 · without a title"]
    at.multiselect[0].set_value([1]).run()
    assert at.button(key="import").label == "Import 1 record"
    at.button(key="import").click().run()
    assert "2 entries in the file, 1 record kept, 1 not kept (the remarks say why)." in texts(at)
    assert sources.listing(desk)[-1].records == 1


ONE_LINE = "".join(
    f"<record><ref-type name='Book'>6</ref-type><titles><title>{title}</title></titles></record>"
    for title in ("One", "", "Three")
)


def test_of_a_file_in_a_single_line_one_entry_is_left_out(example_app: Open, desk: Desk) -> None:
    text = f"<xml><records>{ONE_LINE}</records></xml>"
    at = drop(example_app("importing"), a_xml=text)
    assert at.multiselect[0].options == ["1 · One", "2 · without a title", "3 · Three"]
    at.multiselect[0].set_value([1]).run()
    at.button(key="import").click().run()
    assert sources.listing(desk)[-1].records == 2


def test_a_source_is_named_after_the_database_that_the_records_name(
    example_app: Open, desk: Desk
) -> None:
    scopus = entries("One").replace(b"ER ", b"DB  - Scopus\nER ")
    mixed = scopus + entries("Two").replace(b"ER ", b"DB  - Embase\nER ")
    at = drop(example_app("importing"), savedrecs_ris=scopus, both_ris=mixed)
    assert "Correct them if they are wrong" in texts(at)
    first, second = previews.listing(eva(desk))
    assert at.text_input(key=f"name-{first.id}").value == "Scopus"
    assert at.text_input(key=f"database-{first.id}").value == "Scopus"
    assert at.text_input(key=f"name-{second.id}").value == "both"
    at.text_input(key=f"database-{first.id}").set_value("Scopus, all years").run()
    at.button(key="import").click().run()
    last = [one.source for one in sources.listing(desk)][-2:]
    assert [(one.name, one.database) for one in last] == [
        ("Scopus", "Scopus, all years"),
        ("both", ""),
    ]


def test_an_update_search_is_marked(example_app: Open, desk: Desk) -> None:
    first = sources.listing(desk)[0].source
    at = drop(example_app("importing"), again_ris=entries("One"))
    (look,) = previews.listing(eva(desk))
    at.selectbox(key=f"update-{look.id}").set_value(first.id).run()
    at.button(key="import").click().run()
    assert sources.listing(desk)[-1].source.update_of == first.id
    assert first.name in at.dataframe[0].value["Update of"].tolist()


def test_a_source_without_a_name_keeps_the_one_it_had(example_app: Open, desk: Desk) -> None:
    at = drop(example_app("importing"), a_ris=entries("One"))
    (look,) = previews.listing(eva(desk))
    at.text_input(key=f"name-{look.id}").set_value("  ").run()
    at.button(key="import").click().run()
    assert sources.listing(desk)[-1].source.name == "a"


def test_what_was_read_waits_after_a_reload(example_app: Open) -> None:
    drop(example_app("importing"), a_ris=entries("One"))
    at = opened("importing")
    assert "1 record can be kept" in texts(at)


def test_a_run_that_is_cut_off_reads_no_file_twice(
    example_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when somebody takes a file out of the box, or reloads, while another is being read."""
    add_all, calls = uploads.add_all, []

    def cut_off(*args: object) -> list[int]:
        calls.append(args[1])
        if len(calls) == 2:
            st.stop()
        return add_all(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(uploads, "add_all", cut_off)
    at = drop(example_app("importing"), a_ris=entries("One"), b_ris=entries("Two"))
    at.run()
    assert [one.file.name for one in previews.listing(eva(desk))] == ["a.ris", "b.ris"]


def test_names_of_files_are_shown_as_they_are(empty_app: Open) -> None:
    new_review(empty_app(review=None))
    at = opened("importing")
    name = "<script>alert(1)</script> **bold** " + "long " * 200 + ".ris"
    at.file_uploader[0].set_value([(name, entries("One"), "text/plain")]).run()
    assert "\\<script>" in texts(at)
    assert "long " * 100 not in texts(at)
    at.button(key="import").click().run()
    assert "1 record kept" in texts(at)


def test_what_stops_an_undo_stands_there_before_it_is_confirmed(
    example_app: Open, desk: Desk
) -> None:
    summary = next(
        each for each in sources.listing(desk) if imports.look_at_undo(desk, each.files[0].id).stay
    )
    (file,) = summary.files
    undoing = imports.look_at_undo(desk, file.id)
    at = example_app("importing")
    at.session_state[f"box-{summary.source.id}"] = True
    at.session_state[f"undo-box-{file.id}"] = True
    at.run()
    assert f"{undoing.stay:,} cannot be removed" in texts(at)
    for obstacle in undoing.obstacles:
        assert f"- {number(obstacle.records, 'record')} {obstacle.act}" in texts(at)
    keys = {button.key for button in at.button}
    assert f"undo-{file.id}" not in keys
    assert (f"undo-rest-{file.id}" in keys) is bool(undoing.go)
    if undoing.go:
        at.button(key=f"undo-rest-{file.id}").click().run()
        assert not at.error
        assert imports.look_at_undo(desk, file.id).records == undoing.stay
