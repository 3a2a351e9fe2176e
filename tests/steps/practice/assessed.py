"""Invented services that were assessed on the fidelity scale."""

from collections.abc import Mapping

from evidence.coding.answers import Answer
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import service_forms, services
from evidence.synthesis.practice.service import Service
from evidence.synthesis.practice.service_form import ServiceForm
from tests.conftest import ROOT

SCALE = ROOT / "coding_schemes" / "supported-employment-fidelity-25.yaml"


def take_scale(desk: Desk) -> int:
    """Take the scale; gives the id of the scheme."""
    return schemes.add(desk, SCALE.read_text(encoding="utf-8"), SCALE.name)


def a_service(desk: Desk, name: str, area: str = "") -> Service:
    """A service that was added."""
    service = Service(uid=services.new_uid(), name=name, area=area)
    services.add(desk, service)
    return service


def assess(
    desk: Desk,
    scheme_id: int,
    service: Service,
    day: str,
    scores: Mapping[str, str],
    who: str = "Anna",
) -> ServiceForm:
    """An assessment that is finished where nothing is missing."""
    form = ServiceForm(
        uid=services.new_uid(),
        service=service.uid,
        scheme_id=scheme_id,
        occasion=day,
        filled_by=who,
        answers=tuple(Answer(question=q, codes=(code,)) for q, code in scores.items()),
        is_complete=len(scores) == len(schemes.get(desk, scheme_id).scheme.questions),
    )
    return service_forms.save(desk, form)
