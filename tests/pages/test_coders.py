"""The page Coders, through the frame."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from evidence.agreement_formulas import Scale
from evidence.coding.agreement.figures import ALL_ALIKE, CLUSTERED, NOTHING, Figure, Level, Subject
from evidence.coding.answers import Answer
from evidence.coding.which_counts import Moves
from evidence.coding.write_scheme import as_yaml
from evidence.steps.coding import coders, coding, schemes
from evidence.steps.desk import Desk
from evidence.steps.review import membership, people, team
from evidence.store import Role
from evidence.store.coding import studies as kept_studies
from evidence.store.schema import member
from evidence.ui.coding.coders.agreement import CHANGED, why
from evidence.ui.coding.coders.how_many import move_sentences, opened_words, share_words
from evidence.ui.shell.wording import plain
from tests.pages.conftest import Open, texts
from tests.pages.hostile import FIRST_ROW
from tests.steps.coding_progress import progress

SCHEME = 1
READER = "Example reader"
READ_ALREADY = "could be read by everybody already: whoever codes next may know what was said."
FORMS = {"Keep this", "Divide", "Take back", "Begin the pilot", "End this pilot"}


def tab(at: AppTest, name: str) -> AppTest:
    at.session_state["coders"] = name
    return at.run()


def by_label(found: Any, label: str) -> Any:
    return next(one for one in found if one.label == label)


def press(at: AppTest, label: str) -> AppTest:
    return next(one for one in at.button if one.label == label).click().run()


@pytest.fixture
def ben(desk: Desk, example_app: Open) -> Desk:
    del example_app  # it lays the database down
    ben = replace(desk, person_id=people.named(desk.store, "Ben").id)
    membership.join(ben)
    return ben


def test_the_page_opens_on_the_scheme_of_results_unless_one_chose_here(
    example_app: Open, desk: Desk
) -> None:
    at = example_app("coders", name=READER)
    first = schemes.taken(desk)[0]
    other = replace(first.scheme, id="other", title="A *second* scheme")
    second = schemes.add(desk, as_yaml(other), "other.yaml")
    at.session_state["coding-scheme"] = second  # at the desk
    at.run()
    choice = by_label(at.selectbox, "Scheme")
    assert choice.value == first.id
    assert at.header[0].value == f"How “{plain(first.scheme.title)}” is coded"
    choice.select(second).run()
    assert at.header[0].value == "How “A \\*second\\* scheme” is coded"


def code(desk: Desk, study_id: int, *codes: str) -> None:
    coding.set_answer(desk, study_id, Answer(question="stream", codes=codes), SCHEME)
    for question in coding.sheet(desk, study_id, SCHEME).missing:
        first = next(option.id for option in question.walk() if option.selectable)
        coding.set_answer(desk, study_id, Answer(question=question.id, codes=(first,)), SCHEME)
    coding.complete(desk, study_id, SCHEME)


def tick_first(at: AppTest, table: int) -> AppTest:
    """Tick the first row of a table."""
    at.session_state[str(at.dataframe[table].key)] = FIRST_ROW
    return at.run()


def new_studies(desk: Desk, many: int) -> list[int]:
    with desk.writing(Role.REVIEWER) as w:
        return [kept_studies.create(w, f"New {n}", [], free=set()) for n in range(many)]


def study_ids(desk: Desk) -> list[int]:
    return [each.study.id for each in progress(desk)]


def test_what_a_change_does_is_listed_and_kept(example_app: Open, desk: Desk, ben: Desk) -> None:
    del ben
    at = example_app("coders", name=READER)
    by_label(at.radio, "Who codes each study?").set_value("two").run()
    assert "would wait for another coder" in texts(at)
    assert "could be read by everybody already" in texts(at)
    assert "No answer is changed" in texts(at)
    assert coders.page(desk, SCHEME).share == 0
    press(at, "Keep this")
    assert coders.page(desk, SCHEME).share == 100
    assert "one person codes each study → two people code each study" in texts(at)
    by_label(at.radio, "Who codes each study?").set_value("one").run()
    warned = next(each.value for each in at.warning if "could be read" in each.value)
    opened = coders.opened_by_share(desk, SCHEME, 0)
    assert opened
    assert opened_words(len(opened)) in warned
    assert plain(opened[0]) in warned
    by_label(at.radio, "Who codes each study?").set_value("share").run()
    assert at.slider[0].value == 20
    at.slider[0].set_value(35).run()
    assert "Two people code 35 % of the studies, one person codes the others" in texts(at)
    press(at, "Leave it as it was")
    assert by_label(at.radio, "Who codes each study?").value == "two"
    assert coders.page(desk, SCHEME).share == 100
    assert not at.exception


def test_a_setting_of_somebody_else_is_not_overwritten(
    example_app: Open, desk: Desk, ben: Desk
) -> None:
    at = example_app("coders", name=READER)
    by_label(at.radio, "Who codes each study?").set_value("two").run()
    coders.change(ben, SCHEME, 30, before=0)
    press(at, "Keep this")
    assert "Ben changed how many people code a study meanwhile" in at.error[0].value
    assert coders.page(desk, SCHEME).share == 30
    press(at, "Leave it as it was")
    assert at.slider[0].value == 30


def test_studies_are_divided_given_by_hand_and_taken_back(
    example_app: Open, desk: Desk, ben: Desk
) -> None:
    coders.change(desk, SCHEME, 100, before=0)
    at = tab(example_app("coders", name=READER), "Who codes what")
    assert "lack coders" in texts(at)
    by_label(at.number_input, "How many studies?").set_value(2)
    press(at, "Divide")
    assert "Given out:" in texts(at)
    assert "seed" in texts(at)
    given = sum(one.given for one in coders.page(desk, SCHEME).coders)
    assert 2 <= given <= 4
    at.session_state["give-by-hand"] = True
    at.run()
    at.selectbox(key=f"hand-to-{SCHEME}").set_value(ben.person_id).run()
    by_label(at.number_input, "How many, from the top?").set_value(3).run()
    press(at, "Give 3 studies")
    assert "given to Ben." in texts(at)
    held = next(one for one in coders.page(desk, SCHEME).coders if one.name == "Ben")
    assert held.given >= 3
    at.run()
    at.multiselect(key=f"coders-from-{SCHEME}").set_value([ben.person_id]).run()
    press(at, "Take back")
    assert f"{held.given} studies taken back." in texts(at)
    assert not at.error
    assert not at.exception


def test_a_pilot_is_begun_followed_and_ended(example_app: Open, desk: Desk, ben: Desk) -> None:
    del ben
    new_studies(desk, 3)
    at = tab(example_app("coders", name=READER), "Pilots")
    by_label(at.number_input, "How many studies?").set_value(900)
    press(at, "Begin the pilot")
    assert "studies are left that nobody codes yet" in at.error[0].value
    left = int(at.error[0].value.split()[1])
    by_label(at.number_input, "How many studies?").set_value(left)
    press(at, "Begin the pilot")
    assert "Pilot 1" in texts(at)
    assert at.dataframe[0].value["Left in it"].tolist() == [left, left]
    assert "once two people completed the same 3 studies" in texts(at)
    press(at, "End this pilot")
    assert coders.page(desk, SCHEME).pilots[0].is_over
    assert not at.error


def test_agreement_with_what_people_differ_on(example_app: Open, desk: Desk, ben: Desk) -> None:
    at = tab(example_app("coders", name=READER), "Agreement")
    assert "No study was completed by two people yet" in texts(at)
    first, second = new_studies(desk, 2)
    for study_id, codes in ((first, ("outcome-evaluation",)), (second, ("practice-survey",))):
        code(desk, study_id, "outcome-evaluation")
        code(ben, study_id, *codes)
    at.run()
    assert "2 studies coded by Ben and Example reader." in texts(at)
    assert "Two people coded the same 2 studies" in at.code[0].value
    assert CHANGED not in texts(at)
    coding.reopen(ben, second, SCHEME)  # having been able to read the other
    code(ben, second, "outcome-evaluation")
    at.run()
    assert f"1 coding was {CHANGED}" in texts(at)
    at.segmented_control[0].set_value("Where they differ").run()
    table = at.dataframe[0].value
    assert table["Differ"].tolist() == [2, 1, 1]  # of the question, and of its two codes
    tick_first(at, 0)
    assert "What they differ on: Stream" in texts(at)
    differing = at.dataframe[1].value
    assert differing["Study"].tolist() == ["New 1", "New 1"]
    assert differing["Ben said"].tolist() == ["no", "yes"]
    assert differing["Example reader said"].tolist() == ["yes", "no"]
    tick_first(at, 1)
    press(at, "Reconcile New 1")
    assert at.title[0].value == "Reconcile"
    assert at.session_state["study-to-reconcile"] == second
    assert not at.exception


def test_while_a_pilot_runs_figures_are_shown_and_no_answer(
    example_app: Open, desk: Desk, ben: Desk
) -> None:
    cay = replace(desk, person_id=people.named(desk.store, "Cay").id)
    dot = replace(desk, person_id=people.named(desk.store, "Dot").id)
    for one in (cay, dot):
        membership.join(one)
    new_studies(desk, 3)
    three = [one.person_id for one in (ben, cay, dot)]
    for study_id in coders.begin_pilot(desk, SCHEME, three, 3).studies:
        code(ben, study_id, "outcome-evaluation")
        code(cay, study_id, "practice-survey")
    at = tab(example_app("coders", name=READER), "Pilots")
    assert "How far they agree so far" in texts(at)
    table = at.dataframe[1].value
    assert table["Agree"].tolist()[0] > 90
    assert not {"Positive", "Negative"} & set(table.columns)
    shown = texts(at) + "".join(one.value.to_csv() for one in at.dataframe[1:])
    assert not [hidden for hidden in ("New 0", "Ben", "Cay") if hidden in shown]
    with desk.writing(Role.EDITOR) as w:
        is_ben = member.c.person_id == ben.person_id
        w.connection.execute(update(member).where(is_ben).values(role="reviewer"))
    at = tab(example_app("coders", name="Ben"), "Pilots")
    assert "is shown when all have coded all of it" in texts(at)
    assert len(at.dataframe) == 1
    assert not at.exception


def test_who_looks_on_gets_no_forms(example_app: Open, desk: Desk, ben: Desk) -> None:
    coders.give(desk, SCHEME, ben.person_id, study_ids(desk)[:2])
    at = example_app("coders", takes_part=False)
    for name in ("How it is coded", "Who codes what", "Pilots"):
        tab(at, name)
        assert "You look on here" in texts(at)
        assert not {one.label for one in at.button} & FORMS
    tab(at, "Agreement")
    assert "Only people of the team" in texts(at)
    assert not at.exception


def test_sentences_of_a_change() -> None:
    assert move_sentences(Moves()) == ["No study that was coded so far would change."]
    assert move_sentences(Moves(waiting=3, shown=3, counted=1, reconcile=2)) == [
        "3 studies would wait for another coder.",
        f"All of these {READ_ALREADY}",
        "1 study would count, and did not so far.",
        "2 studies would have to be reconciled.",
    ]
    assert share_words(0) == "One person codes each study"


def test_what_has_no_value_says_why_in_a_word() -> None:
    figure = Figure(
        subject=Subject(level=Level.CODE, name="Job coach"),
        units=3,
        agreed=3,
        scale=Scale.NOMINAL,
        remark=f"{ALL_ALIKE} {CLUSTERED}",
    )
    assert why(figure) == "all alike, pooled: no intervals"
    unanswered = replace(figure, units=0, agreed=0, remark=NOTHING)
    assert why(unanswered) == "answered by one or nobody"
    perfect = replace(figure, remark="", kappa=1.0)
    assert why(perfect) == "always agree: no interval of kappa"


def test_the_team_is_asked_for_where_there_is_none(example_app: Open, desk: Desk) -> None:
    at = tab(example_app("coders", name=READER), "Pilots")
    assert len(team.names(desk)) == 1
    assert "at least two people in the team" in texts(at)
