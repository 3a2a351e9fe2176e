"""The services that stand beside the studies of a map, for the person who looks.

What services say is shown to whoever may look at results: forms of services are nobody's coding, so
nothing of them is hidden from coders.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence.steps.coding import schemes
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.steps.practice import frameworks, provision, ratings, service_forms, services
from evidence.steps.practice.ratings import RatingLine
from evidence.store.practice.practice_stamp import practice_stamp
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.map_dimensions import map_dimensions
from evidence.synthesis.practice.practice_map import (
    AskedServices,
    PracticeJoin,
    PracticeMap,
    ProvisionMark,
    joins_that_hold,
    practice_map,
    questions_of,
    with_areas,
)
from evidence.synthesis.practice.practice_view import AREA
from evidence.synthesis.practice.service import area_key
from evidence.synthesis.practice.service_report import code_now

PracticeStamp = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinChoices:
    """What can be joined.

    Attributes:
        questions: to services.
        of_studies: what studies, or their findings, are sorted by.
    """

    questions: tuple[Dimension, ...]
    of_studies: tuple[Dimension, ...]


def join_choices(desk: Desk) -> JoinChoices:
    """The questions to services and those about studies, by the schemes of the review."""
    asking = [each.scheme for each in schemes.questionnaires(desk)]
    of_map = [taken.scheme for taken in schemes.of_map(desk)]
    return JoinChoices(
        questions=questions_of(asking) if asking else (),
        of_studies=map_dimensions(of_map[0], of_map[1:]) if of_map else (),
    )


def stamp(desk: Desk) -> PracticeStamp:
    """Another one whenever services on the map may be others; empty where the review has none."""
    with desk.reading() as c:
        newest = practice_stamp(c, desk.review_id)
    return (*newest, *(each.version.id for each in schemes.questionnaires(desk))) if newest else ()


def of_review(
    desk: Desk, joins: Sequence[PracticeJoin], of_map: Sequence[Dimension]
) -> PracticeMap | None:
    """The services that a questionnaire was answered of; None where there is none.

    Args:
        desk: of the person who looks.
        joins: of questions to services with those about studies, as the review has them.
        of_map: dimensions of the studies.
    """
    asking = schemes.questionnaires(desk)
    if not asking:
        return None
    asked = [
        AskedServices(
            scheme=each.scheme, forms=tuple(service_forms.listing(desk, each.id).values())
        )
        for each in asking
    ]
    made = practice_map(services.listing(desk), asked, frameworks.current(desk).asked)
    if made is None:
        return None
    made = replace(made, joins=joins_that_hold(joins, made, of_map), ratings=_of_services(desk))
    return _with_provision(desk, made, asking) if made.kinds else made


def _with_provision(desk: Desk, made: PracticeMap, asking: Sequence[TakenScheme]) -> PracticeMap:
    """With whether provision is sufficient by the rules of the review, and how it is rated; also
    in areas where nobody answered.
    """
    local = provision.local_provision(desk)
    made = with_areas(made, [each.area for each in local.provisions])
    spelling = {area_key(h.id): h.id for d in made.dimensions if d.id == AREA for h in d.headings}
    asked = (each.scheme.question(local.framework.asked.kind) for each in asking)
    question = next(filter(None, asked), None)
    marks = tuple(
        ProvisionMark(
            kind=code_now(question, each.kind),
            area=spelling[area_key(each.area)],
            verdict=each.provision.value,
            why="; ".join(filter(None, (each.reported, each.why, f"rule: {each.rule}"))),
            ratings=tuple(_in_words(line) for line in each.ratings if not line.is_of_service),
        )
        for each in provision.with_ratings(local.provisions, ratings.listing(desk))
        if each.area
    )
    first = {(mark.kind, mark.area): mark for mark in reversed(marks)}
    return replace(made, provision=tuple(reversed(first.values())), rule=local.when_set)


def _of_services(desk: Desk) -> dict[str, tuple[tuple[str, str], ...]]:
    rated: dict[str, tuple[tuple[str, str], ...]] = {}
    for line in ratings.listing(desk):
        if line.is_of_service:
            rated[line.thing.service] = (*rated.get(line.thing.service, ()), _in_words(line))
    return rated


def _in_words(line: RatingLine) -> tuple[str, str]:
    return f"{line.aspect}: {line.grade}", line.reason
