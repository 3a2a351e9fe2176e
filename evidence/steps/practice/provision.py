"""What services of the review provide beside what a commissioning framework suggests."""

from dataclasses import dataclass
from functools import cache

from evidence.settings import ROOT
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import service_forms, services
from evidence.synthesis.practice.framework import CaseloadLimit, Framework
from evidence.synthesis.practice.provision import (
    KIND,
    ElementProvision,
    Provision,
    ServiceReport,
    element_provisions,
    newest_reports,
    party_provisions,
    provisions,
)
from evidence.synthesis.practice.read_framework import read_framework

FILE = ROOT / "data" / "frameworks" / "commissioning-2006.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalProvision:
    """What the services of a review provide.

    Attributes:
        limit: by which caseloads were looked at.
        reports: what counts of each service.
        silent: names of services without a complete form that says what kind they are.
        elements: of a complete service.
        parties: who is supported.
    """

    framework: Framework
    limit: CaseloadLimit
    reports: tuple[ServiceReport, ...]
    silent: tuple[str, ...]
    provisions: tuple[Provision, ...]
    elements: tuple[ElementProvision, ...]
    parties: tuple[ElementProvision, ...]

    @property
    def gaps(self) -> int:
        """How many kinds of service are missing or less than suggested, over all areas."""
        return sum(each.is_gap for each in self.provisions)


@cache
def framework() -> Framework:
    """The framework that comes with the program."""
    return read_framework(FILE.read_text("utf-8"), FILE.name)


def is_asked(desk: Desk) -> bool:
    """Whether a scheme of the review asks services of which kind they are."""
    return bool(_schemes(desk))


def local_provision(desk: Desk, version: str = "") -> LocalProvision:
    """What services report, beside the framework.

    Args:
        desk: of a reader.
        version: of the model by which caseloads are looked at; the first one where it is not known.
    """
    known = framework()
    limit = next((each for each in known.caseloads if each.version == version), known.caseloads[0])
    asking = _schemes(desk)
    there = services.listing(desk)
    forms = service_forms.listing(desk).values()
    reports = newest_reports(there, (form for form in forms if form.scheme_id in asking))
    reported = {each.service.uid for each in reports}
    return LocalProvision(
        framework=known,
        limit=limit,
        reports=reports,
        silent=tuple(each.name for uid, each in there.items() if uid not in reported),
        provisions=provisions(known, reports, limit),
        elements=element_provisions(known, reports),
        parties=party_provisions(known, reports),
    )


def _schemes(desk: Desk) -> set[int]:
    return {each.id for each in schemes.of_services(desk) if each.scheme.question(KIND) is not None}
