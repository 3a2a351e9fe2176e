"""The page Schemes: what a draft touches is said before it is kept, and nothing is dropped.

What is done in the editor itself is tried in a browser (tests/browser/test_scheme_editor.py).
"""

from dataclasses import replace
from typing import Any

from evidence.coding.scheme import Option
from evidence.steps.coding import coding, scheme_drafts, schemes
from evidence.steps.desk import Desk
from evidence.steps.review import people
from tests.pages.conftest import Open, texts
from tests.steps.coding_progress import progress
from tests.steps.conftest import take_newest


def change(desk: Desk, **said: Any) -> None:
    """What Eva does in the editor of the first scheme."""
    eva = replace(desk, person_id=people.named(desk.store, "Eva").id)
    acts = [{"client_id": str(said), "scheme_id": 1, **said}]
    assert not scheme_drafts.apply(eva, acts).refused


def codes(desk: Desk, question: str) -> dict[str, Option]:
    taken = schemes.of_results(desk)
    assert taken is not None
    asked = taken.scheme.question(question)
    assert asked is not None
    return {option.id: option for option in asked.walk()}


def number_of_versions(desk: Desk) -> int:
    return len(schemes.versions(desk, 1))


def test_a_draft_is_told_and_kept_as_a_new_version(example_app: Open, desk: Desk) -> None:
    at = example_app("schemes")
    assert "Nothing yet." in texts(at)
    change(desk, act="add code", question="country", label="Atlantis")
    at.run()
    assert "The code “Atlantis” of “Country” is added." in texts(at)
    assert "atlantis" not in codes(desk, "country")
    assert number_of_versions(desk) == 1
    at.button(key="keep-version").click().run()
    assert "is kept, and asked from now on." in texts(at)
    assert codes(desk, "country")["atlantis"].label == "Atlantis"
    assert number_of_versions(desk) == 2
    assert "Nothing yet." in texts(at)


def test_merging_says_what_counts_otherwise_and_drops_nothing(
    example_app: Open, desk: Desk
) -> None:
    before = [coding.sheet(desk, line.study.id).rows for line in progress(desk)]
    used = {row.code for rows in before for row in rows if row.question == "country" and row.code}
    merged, into, *_ = sorted(used)
    at = example_app("schemes")
    change(desk, act="merge", question="country", option=merged, into=into)
    at.run()
    assert "as they were given, and count as" in texts(at)
    at.button(key="keep-version").click().run()
    assert merged not in codes(desk, "country")
    assert codes(desk, "country")[into].replaces == (merged,)
    assert [coding.sheet(desk, line.study.id).rows for line in progress(desk)] == before


def test_a_draft_is_dropped_as_a_whole(example_app: Open, desk: Desk) -> None:
    at = example_app("schemes")
    change(desk, act="retire", question="country", option="nor")
    at.run()
    retired = "The code “Norway” of “Country” is retired."
    assert f"{retired} Nothing that you can see is coded with it." in texts(at)
    assert "1 change would be dropped" in texts(at)
    at.button(key="drop-changes").click().run()
    assert "Nothing yet." in texts(at)
    assert number_of_versions(desk) == 1
    at.button(key="bring-changes-back").click().run()
    assert "The code “Norway” of “Country” is retired." in texts(at)
    assert "bring-changes-back" not in {button.key for button in at.button}


def test_versions_stand_side_by_side_and_an_older_one_can_be_begun_from(
    example_app: Open, desk: Desk
) -> None:
    taken = schemes.of_results(desk)
    assert taken is not None
    take_newest(desk, taken.version.yaml.replace("label: Norway", "label: Norge"), "s.yaml")
    at = example_app("schemes")
    at.session_state["scheme-versions"] = True
    at.run()
    assert "1 difference" in texts(at)
    (row,) = [row for _, row in at.dataframe[0].value.iterrows()]
    assert (row["Older"], row["Newer"]) == ("– Norway", "– Norge")
    at.button(key="begin-from-older").click().run()
    assert "The code “Norge” of “Country” is called “Norway” from now." in texts(at)


def test_who_may_not_change_schemes_sees_them(example_app: Open, desk: Desk) -> None:
    at = example_app("schemes", name="Reader", takes_part=False)
    assert "You look on here" in texts(at)
    assert not {"keep-version", "drop-changes"} & {button.key for button in at.button}
