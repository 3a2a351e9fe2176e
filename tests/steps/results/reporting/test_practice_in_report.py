"""What services, claims and principles come to in the report follows each change at once."""

from dataclasses import replace

from evidence.coding.answers import Answer
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import ratings, service_forms, services
from evidence.steps.results.report_facts import facts
from evidence.steps.results.reporting.report_parts import hearer
from evidence.synthesis.practice.provision import Verdict
from evidence.synthesis.practice.rating import Aspect, Grade, ProvisionRating, RatedThing
from evidence.synthesis.practice.service import Service
from evidence.synthesis.practice.service_form import ServiceForm
from tests.conftest import ROOT

SCHEME = ROOT / "coding_schemes" / "vocational-services.yaml"


def test_the_report_is_filled_anew_when_a_service_or_its_form_changes(desk: Desk) -> None:
    scheme_id = schemes.add(desk, SCHEME.read_text(encoding="utf-8"), SCHEME.name)
    seen = [hearer(desk)]
    service = Service(uid=services.new_uid(), name="North", area="Dale")
    services.add(desk, service)
    seen.append(hearer(desk))
    form = ServiceForm(
        uid=services.new_uid(),
        service=service.uid,
        scheme_id=scheme_id,
        answers=(Answer(question="service-kind", codes=("local-forum",)),),
        is_complete=True,
    )
    service_forms.save(desk, form)
    seen.append(hearer(desk))
    told = facts(desk).provisions
    assert [each.verdict for each in told].count(Verdict.NONE) == 4
    assert {each.kind.kind for each in facts(desk).compared} == {"local-forum"}
    services.change(desk, replace(service, name="Renamed"), service)
    seen.append(hearer(desk))
    rating = ProvisionRating(
        thing=RatedThing(service=service.uid),
        aspect=Aspect.SUITABILITY,
        grade=Grade.POOR,
        reason="Too far",
    )
    ratings.rate(desk, rating, None)
    seen.append(hearer(desk))
    assert "Renamed: suitability poor (Too far)" in facts(desk).provision_ratings
    assert len(set(map(repr, seen))) == len(seen)
    (forum,) = (each for each in facts(desk).provisions if each.services)
    assert (forum.services, forum.verdict) == (("Renamed",), Verdict.ENOUGH)
