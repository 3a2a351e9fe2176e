"""The page Import brings the coding of a file in, and takes it back."""

from streamlit.testing.v1 import AppTest

from evidence.steps.coding import brought_codings
from evidence.steps.desk import Desk
from tests.eppi.made_exports import applied, as_bytes, highlight, reference, report
from tests.eppi.test_screening_sets import SCREENED, TITLES
from tests.pages.conftest import Open, texts
from tests.pages.test_importing import button, drop
from tests.steps.coding.test_brought_codings import OTHER_CODER, SETTING, TWO


def test_a_coding_comes_in_from_the_page_and_goes_back(example_app: Open, desk: Desk) -> None:
    at = drop(example_app("importing"), report_json=as_bytes(TWO))
    at.button(key="import").click().run()
    (file,) = brought_codings.files(desk)
    bring(at, file.id)
    assert "2 codings came in: 3 answers, 1 finding, 1 quotation" in texts(at)
    (brought,) = brought_codings.brought(desk)
    told = [one.value for one in at.caption if "Brought in as" in one.value]
    assert "the coding of Eva by Eva" in told[0]
    assert "2 new studies, 2 codings, 3 answers" in told[0]
    drop(at, ben_json=as_bytes(OTHER_CODER))
    button(at, "Keep its coding")
    assert len(brought_codings.files(desk)) == 2
    at.session_state[f"undo-coding-{brought.id}"] = True
    at.run()
    assert "A scheme goes with them: **Setting**" in texts(at)
    at.checkbox(key=f"undo-references-{brought.id}").check()
    at.button(key=f"undo-coding-yes-{brought.id}").click().run()
    assert not at.error
    assert brought_codings.files(desk) == []


def test_highlights_and_their_passages_are_told_in_both_units(
    example_app: Open, desk: Desk
) -> None:
    words = highlight('Page 3:\n[¬s]"people[¬e]"\n[¬s]"gardens[¬e]"')
    coded = reference(1, applied(2, ItemAttributeFullTextDetails=[words]))
    at = drop(example_app("importing"), report_json=as_bytes(report([SETTING], [coded])))
    assert "1 code applied to a reference" in texts(at)
    at.button(key="import").click().run()
    (file,) = brought_codings.files(desk)
    at.session_state[f"bring-{file.id}"] = True
    at.run()
    button(at, "Show what comes in")
    assert "several passages: 2 quotations of 1 highlight." in texts(at)
    button(at, "Bring this coding in")
    assert "2 quotations of 1 highlight;" in texts(at)


def bring(at: AppTest, file_id: int) -> None:
    at.session_state[f"bring-{file_id}"] = True
    at.run()
    button(at, "Show what comes in")
    assert "2 references with coding: 2 new studies" in texts(at)
    button(at, "Bring this coding in")
    assert not at.error


def test_the_page_asks_whether_a_screening_set_shall_be_a_stage(
    example_app: Open, desk: Desk
) -> None:
    hostile = "**Screen** <img src=x> [on](http://x.org) title"
    named = SCREENED | {"CodeSets": [TITLES | {"SetName": hostile}, *SCREENED["CodeSets"][1:]]}
    at = drop(example_app("importing"), report_json=as_bytes(named))
    at.button(key="import").click().run()
    (file,) = brought_codings.files(desk)
    at.session_state[f"bring-{file.id}"] = True
    at.run()
    asked = [at.selectbox(key=f"stage-{file.id}-{number}") for number in (1, 3)]
    assert [each.value for each in asked] == ["A coding scheme", "A coding scheme"]
    assert "\\[on\\]" in asked[0].label
    assert "1 code that includes and 1 that excludes" in asked[0].label
    button(at, "Show what comes in")
    assert "Scheme **Screen on full text**: new here" in texts(at)
    assert "Decisions at" not in texts(at)
    asked[0].set_value("Decisions: title and abstract").run()
    asked[1].set_value("Decisions: full text").run()
    button(at, "Show what comes in")
    assert "Decisions at title and abstract: 3 included, 1 excluded, 1 both" in texts(at)
    assert "They become your decisions; what you decided here stays" in texts(at)
    assert "2 reasons for exclusion will be added to the review: Not gardens; No results" in texts(
        at
    )
    button(at, "Bring this coding in")
    assert not at.error
    assert "Screening: 6 decisions of yours count now" in texts(at)
    (brought,) = brought_codings.brought(desk)
    at.session_state[f"undo-coding-{brought.id}"] = True
    at.run()
    assert "6 decisions of Eva will be taken back." in texts(at)
    assert "leave the review's list: Not gardens; No results" in texts(at)
    at.button(key=f"undo-coding-yes-{brought.id}").click().run()
    assert not at.error
    assert brought_codings.brought(desk)[0].undone_at is not None
