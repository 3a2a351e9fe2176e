"""Assessments of fidelity: the scales of a review, and what services were scored at."""

from dataclasses import dataclass

from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import service_forms, services
from evidence.synthesis.practice.fidelity import (
    Assessment,
    FidelityScale,
    assessment,
    fidelity_scale,
    finished,
)
from evidence.synthesis.practice.fidelity_over_time import FidelityOccasion, occasions


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleAssessments:
    """A scale with all that was assessed by it; another scale has its own.

    Attributes:
        assessments: also those that are not finished, in the order in which they were begun.
    """

    scale: FidelityScale
    assessments: tuple[Assessment, ...] = ()

    @property
    def unfinished(self) -> int:
        """How many count in nothing yet."""
        return len(self.assessments) - len(finished(self.assessments))

    @property
    def occasions(self) -> tuple[FidelityOccasion, ...]:
        """The finished ones by service and time."""
        return occasions(self.assessments)


def scales(desk: Desk) -> tuple[FidelityScale, ...]:
    """The scales of the review, in the order in which it took them."""
    each_scheme = schemes.of_services(desk)
    return tuple(s for t in each_scheme if (s := fidelity_scale(t.id, t.scheme)) is not None)


def by_scale(desk: Desk) -> tuple[ScaleAssessments, ...]:
    """Each scale of the review with what was assessed by it."""
    each_scale = scales(desk)
    if not each_scale:
        return ()
    names = {uid: service.name for uid, service in services.listing(desk).items()}
    forms = service_forms.listing(desk).values()
    return tuple(
        ScaleAssessments(
            scale=scale,
            assessments=tuple(
                assessment(scale, form, names[form.service])
                for form in forms
                if form.scheme_id == scale.scheme_id and form.service in names
            ),
        )
        for scale in each_scale
    )
