"""Services and the forms about them are kept by their numbers; nothing is overwritten unseen."""

from dataclasses import replace

import pytest

from evidence.coding.answers import Answer
from evidence.errors import Invalid
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import service_forms, services
from evidence.synthesis.practice.service import Service
from evidence.synthesis.practice.service_form import ServiceForm

SCHEME = """\
id: invented-survey
title: Invented survey
version: "1"
purpose: practice
judges: practice
sections:
  - title: All
    questions:
      - id: kind
        text: What is it?
        kind: one of
        required: yes
        options:
          - {id: club, label: A club}
          - {id: shop, label: A shop}
      - id: places
        text: How many places?
        kind: number
        minimum: 0
        when: {question: kind, any_of: [club]}
"""


@pytest.fixture
def north(desk: Desk) -> Service:
    service = Service(uid=services.new_uid(), name="North club", area="North", provider="A trust")
    services.add(desk, service)
    return service


@pytest.fixture
def form(desk: Desk, north: Service) -> ServiceForm:
    scheme_id = schemes.add(desk, SCHEME, "survey.yaml")
    answers = (Answer(question="kind", codes=("club",)), Answer(question="places", value=" 12 "))
    first = ServiceForm(
        uid=services.new_uid(), service=north.uid, scheme_id=scheme_id, answers=answers
    )
    return service_forms.save(desk, first)


def test_a_service_stays_itself_when_it_is_renamed(desk: Desk, north: Service) -> None:
    renamed = replace(north, name="  Northern\n club ")
    services.change(desk, renamed, north)
    services.change(desk, renamed, north)  # sent again
    assert [each.name for each in services.listing(desk).values()] == ["Northern club"]
    assert [state.service.name for state in services.history(desk)] == [
        "North club", "Northern club",
    ]  # fmt: skip
    with pytest.raises(Invalid, match="Somebody else changed"):
        services.change(desk, replace(north, name="Other"), north)


def test_a_service_comes_back_with_its_forms(desk: Desk, north: Service, form: ServiceForm) -> None:
    services.remove(desk, north)
    assert not service_forms.listing(desk)
    assert not services.listing(desk)
    assert services.removed(services.history(desk)) == [north]
    services.bring_back(desk, north.uid)
    assert service_forms.listing(desk) == {form.uid: form}


def test_services_of_one_name_and_area_are_refused_all_or_none(desk: Desk, north: Service) -> None:
    south = Service(uid=services.new_uid(), name="North club", area="South")
    again = Service(uid=services.new_uid(), name="NORTH CLUB", area="north")
    with pytest.raises(Invalid, match="already"):
        services.add(desk, south, again)
    assert list(services.listing(desk)) == [north.uid]
    services.add(desk, south)


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_a_service_has_a_name(desk: Desk, name: str) -> None:
    with pytest.raises(Invalid):
        services.add(desk, Service(uid=services.new_uid(), name=name))


def test_a_form_is_kept_tidy_and_without_what_is_not_asked(desk: Desk, form: ServiceForm) -> None:
    assert form.answer("places").value == "12"
    shop = replace(form, answers=(Answer(question="kind", codes=("shop",)), form.answers[1]))
    kept = service_forms.save(desk, shop, form)
    assert kept.answers == (Answer(question="kind", codes=("shop",)),)
    assert [state.form for state in service_forms.history(desk, form.uid)] == [form, kept]
    with pytest.raises(Invalid, match="Somebody else changed"):
        service_forms.save(desk, replace(form, occasion="2026-Q4"), form)


def test_faults_of_a_form_are_all_told(desk: Desk, form: ServiceForm) -> None:
    answers = [("kind", "club", ""), ("places", "", "-1"), ("other", "", "x")]
    wrong = replace(
        form,
        answers=tuple(
            Answer(question=question, codes=(code,) if code else (), value=value)
            for question, code, value in answers
        ),
    )
    with pytest.raises(Invalid, match=r"below 0.*asks nothing called “other”"):
        service_forms.save(desk, wrong, form)
    empty = replace(form, answers=(), is_complete=True)
    with pytest.raises(Invalid, match=r"“What is it\?” has no answer yet"):
        service_forms.save(desk, empty, form)


def test_a_form_that_is_taken_away_comes_back(desk: Desk, form: ServiceForm) -> None:
    service_forms.remove(desk, form)
    assert service_forms.listing(desk, form.scheme_id) == {}
    service_forms.bring_back(desk, form.uid)
    assert service_forms.listing(desk, form.scheme_id) == {form.uid: form}


def test_schemes_of_services_are_not_for_coding_studies(desk: Desk, form: ServiceForm) -> None:
    assert form.scheme_id in [each.id for each in schemes.of_services(desk)]
    assert form.scheme_id not in [each.id for each in schemes.of_studies(desk)]
