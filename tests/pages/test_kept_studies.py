"""One choice of studies by their appraisal, for all pages of results."""

from streamlit.testing.v1 import AppTest

from evidence.coding.answers import Answer
from evidence.steps.coding import coding, schemes
from evidence.steps.desk import Desk
from evidence.steps.results import coded_studies
from evidence.ui.results.kept_studies import BY, KEEP, NOTHING_JUDGED
from tests.conftest import ROOT
from tests.pages.conftest import Open, texts


def appraise(desk: Desk) -> str:
    """Judge the first two studies that results rest on; gives the id of the overall judgement."""
    yaml = (ROOT / "coding_schemes" / "weight-of-evidence.yaml").read_text(encoding="utf-8")
    scheme_id = schemes.add(desk, yaml, "weight-of-evidence.yaml")
    coded = coded_studies.load(desk)
    assert coded is not None
    for study, judgement in zip(coded.studies[:2], ("high", "low"), strict=True):
        for letter in "abcd":
            answer = Answer(question=f"weight-{letter}", codes=(judgement,))
            coding.set_answer(desk, study.id, answer, scheme_id)
        coding.complete(desk, study.id, scheme_id)
    return f"{scheme_id}:D: Overall weight"


def keep(at: AppTest, question: str, *judgements: str) -> AppTest:
    at.session_state["kept-studies-1"] = question
    at.session_state[f"kept-studies-1-{question}"] = list(judgements)
    return at.run()


def test_without_judgements_the_pages_say_so(example_app: Open) -> None:
    for page in ("directions", "pooling", "summary_of_findings"):
        assert NOTHING_JUDGED in texts(example_app(page))


def test_a_choice_stands_in_the_address_and_is_taken_from_it_on_all_pages(
    example_app: Open, desk: Desk
) -> None:
    question = appraise(desk)
    at = example_app("directions")
    assert "left out" not in texts(at)
    keep(at, question, "High")
    told = "Only studies with Weight of evidence, D: Overall weight: High (1 of 18); 17 left out."
    assert told in texts(at)
    assert (at.query_params[BY], at.query_params[KEEP]) == (question, "High")
    for page in ("summary_of_findings", "pooling", "counts"):
        at = example_app(page)
        at.session_state["counts-tab"] = "Studies"
        at.query_params[BY], at.query_params[KEEP] = question, "High"
        at.run()
        assert not at.exception
        assert told in texts(at), page


def test_a_link_brings_the_choice_along_and_can_be_changed(example_app: Open, desk: Desk) -> None:
    question = appraise(desk)
    at = example_app("directions")
    at.query_params[BY] = question
    at.query_params[KEEP] = ["Low", "Not appraised", "never a judgement"]
    at.run()
    assert "Low or not appraised (17 of 18); 1 left out." in texts(at)
    keep(at, question, "High", "Low", "Not appraised")
    assert "left out" not in texts(at)
    keep(at, "", "Low")
    assert BY not in at.query_params
    assert KEEP not in at.query_params


def test_a_link_to_what_the_review_does_not_have_shows_all_and_says_so(
    example_app: Open, desk: Desk
) -> None:
    appraise(desk)
    at = example_app("directions")
    at.query_params[BY] = "77:Gone"
    at.run()
    assert "does not have" in texts(at)
    assert "left out" not in texts(at)


def test_where_nothing_is_kept_all_studies_are_shown(example_app: Open, desk: Desk) -> None:
    question = appraise(desk)
    at = keep(example_app("directions"), question)
    assert "No judgement is chosen, so all studies are shown." in texts(at)
    keep(at, f"{question.partition(':')[0]}:A: Soundness", "High")
    assert "A: Soundness: High (1 of 18)" in texts(at)
