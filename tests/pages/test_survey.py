"""Services are added, forms are filled in, and what came by a link is taken in, on the pages."""

from evidence.coding.answers import Answer
from evidence.settings import ROOT
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import service_forms, services, survey_links
from evidence.synthesis.practice.answer_file import read_answer_file
from evidence.synthesis.practice.service import Service
from tests.pages.conftest import Open, texts
from tests.pages.test_pages import button
from tests.pages.test_themes import fill
from tests.steps.practice.answering import answer_by_link

EVIL = "**North** [x](http://evil.example)"


def a_survey(desk: Desk) -> int:
    path = ROOT / "coding_schemes" / "vocational-services.yaml"
    return schemes.add(desk, path.read_text(encoding="utf-8"), path.name)


def test_a_service_is_added_and_taken_away_and_comes_back(example_app: Open, desk: Desk) -> None:
    at = example_app("services", name="Example reader")
    fill(at, "Name", EVIL)
    fill(at, "Area", "North")
    at = button(at, "Add")
    assert not at.error
    (service,) = services.listing(desk).values()
    assert (service.name, service.area) == (EVIL, "North")
    at = button(at, "Take it away")
    assert not services.listing(desk)
    at = button(at, "Bring it back")
    assert list(services.listing(desk).values()) == [service]
    assert not at.exception


def test_the_way_from_a_questionnaire_to_its_questions_is_plain(
    example_app: Open, desk: Desk
) -> None:
    a_survey(desk)
    told = "Change its questions, or take another questionnaire"
    at = example_app("survey", name="Example reader")
    assert "Questionnaire: Vocational services (practice survey), 28 questions" in texts(at)
    assert told in [each.proto.label for each in at.get("page_link")]
    at = example_app("survey", name="Onlooker", takes_part=False)
    assert told not in [each.proto.label for each in at.get("page_link")]


def test_a_form_is_filled_in_and_asks_what_follows(example_app: Open, desk: Desk) -> None:
    a_survey(desk)
    service = Service(uid=services.new_uid(), name=EVIL)
    services.add(desk, service)
    at = example_app("survey", name="Example reader")
    scheme_id = schemes.of_services(desk)[0].id
    at.selectbox(key=f"form-service-{scheme_id}").set_value(service.uid).run()
    key = f"form-{scheme_id}-{service.uid}-new-0"
    assert "How many places does it have?" not in labels(at)
    at.multiselect(key=f"{key}-service-kind").set_value(["supported-work"]).run()
    assert "How many places does it have?" in labels(at)
    at.text_input(key=f"{key}-service-places").set_value("twelve")
    at = button(at, "Keep the form")
    assert "is not a number" in at.error[0].value
    at.text_input(key=f"{key}-service-places").set_value("12")
    at = button(at, "Keep the form")
    assert not at.error
    (form,) = service_forms.listing(desk).values()
    assert form.answer("service-places").value == "12"
    assert "1 form on 1 of 1 service" in texts(at)


def test_a_file_says_what_will_happen_and_comes_in_complete(example_app: Open, desk: Desk) -> None:
    a_survey(desk)
    kept = read_answer_file(b"Service,Kind of service\nNorth,Supported work\n", "a.csv")
    for wanted in ("1 complete form added; 1 service added.", "1 row here already"):
        at = example_app("survey", name="Example reader")
        at.session_state["survey-tab"] = "From a file"
        at.session_state[f"answers-read-{desk.review_id}"] = kept
        at.session_state["answers-batch"] = 1
        at = at.run()
        assert f"What will happen: {wanted}" in texts(at)
        if "added" in wanted:
            at = button(at, "Bring them in")
            assert [each.value for each in at.success] == [wanted]
    assert [form.is_complete for form in service_forms.listing(desk).values()] == [True]


def test_what_was_sent_by_a_link_is_taken_in(example_app: Open, desk: Desk) -> None:
    scheme_id = a_survey(desk)
    survey_links.invite(desk, scheme_id, EVIL, "We ask.")
    kind = Answer(question="service-kind", codes=("supported-work",), note=EVIL)
    answer_by_link(desk, (kind,), service=EVIL)
    at = example_app("survey", name="Example reader")
    at.session_state["survey-tab"] = "By a link"
    at = at.run()
    assert "1 form waiting" in texts(at)
    at = button(at, "Take it in")
    assert not at.error
    (form,) = service_forms.listing(desk).values()
    assert services.listing(desk)[form.service].name == EVIL
    assert form.answer("service-kind").note == EVIL
    assert not at.exception


def test_responses_stand_with_the_questionnaire_that_they_answer(
    example_app: Open, desk: Desk
) -> None:
    scheme_id = a_survey(desk)
    survey_links.invite(desk, scheme_id, "A survey", "We ask.")
    answer_by_link(desk, (Answer(question="service-kind", codes=("supported-work",)),))
    same = (ROOT / "coding_schemes" / "vocational-services.yaml").read_text("utf-8")
    other = same.replace("id: vocational-services", "id: other-services", 1)
    survey_links.invite(desk, schemes.add(desk, other, "other.yaml"), "Other", "We ask.")
    answer_by_link(desk, (Answer(question="service-kind", codes=("supported-work",)),))
    at = example_app("survey", name="Example reader")
    at.session_state["survey-tab"] = "By a link"
    shown = texts(at.run())
    assert len(survey_links.responses(desk)) == 2
    assert "1 form waiting, 0 taken in or put aside" in shown


def labels(at: object) -> set[str]:
    return {each.label.removesuffix(" *") for each in at.text_input}  # type: ignore[attr-defined]
