"""Claims and principles are entered, judged, filtered, linked and undone on their pages."""

from dataclasses import replace
from typing import Any

from evidence.steps.coding import schemes, studies
from evidence.steps.desk import Desk
from evidence.steps.practice import claims, principles
from evidence.steps.records import records
from evidence.steps.results.concluding import conclusions
from evidence.store.records.filters import Filter
from evidence.synthesis.claims.claim import ClaimVerdict
from evidence.synthesis.conclusions.conclusion import Conclusion
from evidence.synthesis.principles.links import LinkKind
from evidence.ui.practice import claim_form
from tests.pages.conftest import Open, texts
from tests.pages.test_pages import button
from tests.steps.practice.assessed import a_service, assess, take_scale


def test_the_examples_claims_stand_with_conflicts_and_whose_judgements_they_are(
    example_app: Open,
) -> None:
    at = example_app("claims", name="Example reader")
    assert not at.exception
    page = texts(at)
    assert "at least 70 % of clients of NHS mental health trusts" in page
    assert "61 % of those not in employment" in page
    assert "gives 2011 as the year of its figure; the work that it cites for it is of 2008" in page
    assert "Parts against their total**: none" in page
    assert "(Example reader, " in page
    at.selectbox(key="claims-verdict").set_value(ClaimVerdict.DOES_NOT)
    at.run()
    assert "1 of 36 claims" in texts(at)
    assert "Over ten years mental health services cost half as much" in texts(at)
    at.selectbox(key="claims-verdict").set_value(None)
    at.text_input(key="claims-words").set_value("psychosis")
    at.run()
    assert "1 of 36 claims" in texts(at)


def test_what_documents_report_stands_apart_in_words_and_with_its_place(
    example_app: Open,
) -> None:
    at = example_app("claims", name="Example reader")
    at.session_state["claims-tab"] = "As documents report it"
    at.run()
    assert not at.exception
    counts, matrix, media = (each.value for each in at.dataframe)
    assert list(counts["Number"]) == ["21", "6"]
    assert next(iter(matrix["Outcome"])) == "Self-esteem"
    assert media.shape == (3, 4)
    page = texts(at)
    assert "no records of this review" in page
    assert "SCIE digest, Practice survey, second paragraph" in page


def test_the_form_of_a_claim_shows_first_what_everybody_needs(example_app: Open) -> None:
    at = example_app("claims", name="Example reader")
    enter = next(each for each in at.expander if each.label == "Enter a claim")
    below = {field.key for part in enter.expander for field in fields_of(part)}
    first = [field.label for field in fields_of(enter) if field.key not in below]
    assert first == [
        "What is claimed, in your own words", "Claimed in", "Where in it",
        "What it cites, as it is printed there", "What figure 1 counts", "Value of figure 1",
        "Unit of figure 1", "Of whom figure 1 is",
    ]  # fmt: skip
    assert len(below) > 15
    assert all(part.label for part in enter.expander)
    filled = next(each for each in at.expander if each.label.startswith("Change a claim"))
    about = next(each for each in filled.expander if each.label == claim_form.MORE)
    assert about.proto.expanded  # the first claim of the example says of how many people it is


def fields_of(part: Any) -> list[Any]:
    return [*part.text_area, *part.text_input, *part.number_input, *part.selectbox]


def test_a_claim_is_entered_judged_and_undone(example_app: Open, desk: Desk) -> None:
    at = example_app("claims", name="Example reader")
    new = f"claim-new-{desk.review_id}-0"
    at.text_area(key=f"{new}-text").set_value("Gardens <b>*heal*</b>.")
    at.text_input(key=f"{new}-source").set_value("A leaflet")
    at.text_input(key=f"{new}-figure-0-measure").set_value("feel better")
    at.text_input(key=f"{new}-figure-0-value").set_value("55")
    at = button(at, "Add")
    assert "lacks its base" in at.error[0].value
    assert at.text_area(key=f"{new}-text").value == "Gardens <b>*heal*</b>."
    at.text_input(key=f"{new}-figure-0-base").set_value("gardeners")
    at = button(at, "Add")
    assert not at.error
    line = claims.register(desk)[-1]
    assert (line.claim.text, line.claim.figures[0].base) == ("Gardens <b>*heal*</b>.", "gardeners")
    key = f"judgement-{desk.review_id}-{line.claim.uid}-0"
    at.radio(key=f"{key}-verdict").set_value(ClaimVerdict.PARTLY)
    at = button(at, "Keep the judgement")
    assert "Give a reason" in at.error[0].value
    at.text_input(key=f"{key}-work-words").set_value("supported employment")
    at.run()
    works = at.selectbox(key=f"{key}-work-chosen")
    assert len(works.options) > 1
    (first, *_) = records.page(desk, Filter(words="supported employment"), 0, 1)
    works.set_value(first.id)
    at.text_area(key=f"{key}-reason").set_value("Some do.")
    at = button(at, "Keep the judgement")
    assert not at.error
    line = claims.register(desk)[-1]
    assert line.judgement.verdict is ClaimVerdict.PARTLY
    assert line.traced_work is not None
    assert line.traced_work.work == first.id
    at.button(key=f"claim-undo-{line.claim.uid}").click()
    at.run()
    assert claims.register(desk)[-1].judgement.verdict is ClaimVerdict.NOT_LOOKED_UP


def test_a_colleagues_words_are_shown_and_ones_own_stay(example_app: Open, desk: Desk) -> None:
    at = example_app("claims", name="Example reader")
    before = claims.register(desk)[0].claim
    claims.change(desk, replace(before, text="A colleague's words."), before)
    key = f"claim-{desk.review_id}-{before.uid}"
    at.text_area(key=f"{key}-0-text").set_value("My words.")
    at = button(at, "Keep")
    assert "meanwhile" in at.error[0].value
    assert at.text_area(key=f"{key}-0-text").value == "My words."
    at = button(at, "Begin with what stands now")
    assert at.text_area(key=f"{key}-1-text").value == "A colleague's words."


def test_principles_stand_in_two_versions_and_lead_to_what_they_are_linked_to(
    example_app: Open, desk: Desk
) -> None:
    said = Conclusion(uid=conclusions.new_uid(), text="Look for a job soon.")
    conclusions.add(desk, said)
    at = example_app("principles", name="Example reader")
    assert not at.exception
    (seven, eight) = (each.value for each in at.dataframe)
    assert list(seven["Strength of evidence"]) == [
        *["Strong"] * 3, *["Moderately strong"] * 3, "Weak",
    ]  # fmt: skip
    assert set(eight["Strength of evidence"]) == {"Not graded by the source"}
    assert list(eight["Corresponds to"])[-1] == "–"
    line = principles.listing(desk)[0]
    given = line.principles
    study = studies.listing(desk)[0]
    first, _ = next(given.walk())
    key = f"principle-links-{given.uid}-{first}-0"
    at.multiselect(key=f"{key}-{LinkKind.STUDY}").set_value([f'["{study.id}"]'])
    at.multiselect(key=f"{key}-{LinkKind.STATEMENT}").set_value([f'["{said.uid}"]'])
    at = button(at, "Keep the links")
    assert not at.error
    assert study.label in texts(at)
    assert principles.by_study(desk)[study.id][0].endswith("(strong)")
    assert len(principles.listing(desk)[0].links) == len(line.links) + 2
    at = example_app("conclusions", name="Example reader")
    assert "Linked to 1 principle" in texts(at)
    at = example_app("studies", name="Example reader")
    assert "Linked to 1 principle" in texts(at)


def test_a_principle_leads_to_the_very_statement_and_the_very_item(
    example_app: Open, desk: Desk
) -> None:
    said, other = (
        Conclusion(uid=conclusions.new_uid(), text=text) for text in ("Start soon.", "Stay long.")
    )
    conclusions.add(desk, said)
    conclusions.add(desk, other)
    at = example_app("conclusions", name="Example reader", query={"statement": other.uid})
    assert "Stay long" in texts(at)
    assert "Start soon" not in " ".join(each.value for each in at.markdown)
    scheme_id = take_scale(desk)
    north = a_service(desk, "North <b>")
    item = schemes.get(desk, scheme_id).scheme.questions[8]
    scores = {item.id: item.options[3].id}
    assess(desk, scheme_id, north, "2026-03-01", scores)
    at = example_app("fidelity", name="Example reader", query={"item": item.id})
    assert not at.exception
    shown = at.dataframe[0].value
    assert list(shown["Service"]) == ["North <b>"]
    assert list(shown["Score"]) == [4]


def test_a_principle_is_added_and_one_goes(example_app: Open, desk: Desk) -> None:
    at = example_app("principles", name="Example reader")
    given = principles.listing(desk)[0].principles
    numbers = [str(each.key) for each in at.text_input if each.label == "Number"]
    key = next(key for key in numbers if given.uid in key).removesuffix("-number")
    at.text_input(key=f"{key}-number").set_value("9")
    at = button(at, "Keep")
    assert "has no words" in at.error[0].value
    at.text_input(key=f"{key}-text").set_value("Peers are employed")
    at = button(at, "Keep")
    assert not at.error
    now = principles.listing(desk)[0].principles
    assert [each.text for each in now.versions[1].principles][-1] == "Peers are employed"
    at = button(at, "Take these principles away")
    assert principles.listing(desk) == ()
    at = button(at, "Use these")
    assert not at.error
    assert principles.listing(desk)[0].principles.versions == given.versions
