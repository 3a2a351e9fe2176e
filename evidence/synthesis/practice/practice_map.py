"""Services on the map of a review: what their forms say, beside what was coded of studies.

Services are never among the studies of a map. They are sorted by the questions of the schemes that
ask them, by area and each for itself. Where a question to services and one about studies ask for
the same thing, people say so (`PracticeJoin`); nothing is joined because it sounds alike.
docs/decisions/map.md says what the document has of it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from evidence.coding.scheme import Of, Scheme
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.map_dimensions import map_dimensions, question_dimension, with_codes_of
from evidence.synthesis.practice.counting_forms import (
    area_of,
    codes_now,
    newest_first,
    newest_forms,
)
from evidence.synthesis.practice.framework import FrameworkQuestions
from evidence.synthesis.practice.practice_view import AREA, SERVICE, PracticePlaces
from evidence.synthesis.practice.service import Service, area_key
from evidence.synthesis.practice.service_form import ServiceForm
from evidence.synthesis.studies import CodedStudy

USUAL_QUESTIONS = FrameworkQuestions()
AREA_QUESTION = USUAL_QUESTIONS.area

Json = dict[str, Any]

Rated = tuple[str, str]
"""A rating in words, and its reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeJoin:
    """That a question to services and a question about studies ask for the same thing.

    Attributes:
        question: id of the dimension of services.
        of_studies: id of the dimension of studies.
        pairs: headings that mean the same, of services first; one can stand in several pairs.
    """

    question: str
    of_studies: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapService:
    """A service with what its newest complete forms say.

    Attributes:
        id: its uid, or a number where names stay out.
        label: its name.
        when: for which day or quarter its newest form holds.
        codes: option ids by question, as of studies; its area and itself among them.
    """

    id: str
    label: str
    area: str
    provider: str
    when: str
    codes: Mapping[str, frozenset[str]]

    @property
    def as_study(self) -> CodedStudy:
        """What dimensions read codes from; it is counted nowhere as a study."""
        return CodedStudy(id=0, label=self.label, year=None, codes=self.codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionMark:
    """How provision of one kind of service in an area compares with what is suggested.

    Attributes:
        kind: id of a heading among the kinds.
        area: id of a heading among the areas.
        verdict: in words, as the framework's page has it.
        why: numbers with their base, what is missing, and the rule.
        ratings: how people rated it, each in words and with its reason.
    """

    kind: str
    area: str
    verdict: str
    why: str = ""
    ratings: tuple[Rated, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeMap:
    """The services of a map.

    Attributes:
        caption: what they rest on.
        dimensions: questions of the schemes that ask services, areas, the services themselves.
        kinds: id of the dimension that says of which kind a service is, where one does.
        rule: since when the rules of provision hold, in words; empty where nothing is compared.
        ratings: of services, by their ids.
    """

    caption: str
    services: tuple[MapService, ...]
    dimensions: tuple[Dimension, ...]
    joins: tuple[PracticeJoin, ...] = ()
    kinds: str | None = None
    provision: tuple[ProvisionMark, ...] = ()
    rule: str = ""
    ratings: Mapping[str, tuple[Rated, ...]] = field(default_factory=dict)

    @property
    def places(self) -> PracticePlaces:
        """What an address can name of it."""
        return PracticePlaces(
            dimensions=self.dimensions,
            joined={each.question: each.of_studies for each in self.joins},
            kinds=self.kinds,
            services=frozenset(each.id for each in self.services),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedServices:
    """What the forms of one scheme say, as `practice_map` takes them.

    Attributes:
        forms: in the order in which they were begun.
    """

    scheme: Scheme
    forms: tuple[ServiceForm, ...] = field(default=())


def practice_map(
    services: Mapping[str, Service],
    asked: Sequence[AskedServices],
    questions: FrameworkQuestions = USUAL_QUESTIONS,
) -> PracticeMap | None:
    """The services that a form says something of; None where there is none.

    Args:
        services: those that are there, by uid.
        asked: the schemes that ask them, the main one first.
        questions: by which the framework of the review reads kinds and areas.
    """
    forms_there = [[form for form in each.forms if form.service in services] for each in asked]
    counting = [
        {uid: codes_now(each.scheme, form) for uid, form in newest_forms(forms).items()}
        for each, forms in zip(asked, forms_there, strict=True)
    ]
    uids = sorted({uid for forms in counting for uid in forms})
    if not uids:
        return None
    of_each = [services[uid] for uid in uids]
    of_services = newest_first(chain.from_iterable(forms_there))
    areas = [area_of(each, of_services[each.uid], questions.area) for each in of_each]
    spelling = _spelling(zip(of_each, areas, strict=True))
    schemes = [each.scheme for each in asked]
    coded = _coded(uids, schemes, counting)
    ordered = sorted(
        (
            _map_service(each, codes.codes, spelling.get(area_key(area), ""), counting)
            for each, area, codes in zip(of_each, areas, coded, strict=True)
        ),
        key=lambda each: (area_key(each.area), each.label.casefold(), each.id),
    )
    dimensions = (
        *questions_of(schemes),
        _listed(AREA, "Area", [(area, area) for area in sorted(spelling.values(), key=_folded)]),
        _listed(SERVICE, "Service", [(each.id, each.label) for each in ordered]),
    )
    return PracticeMap(
        caption=_caption(len(ordered), len(services)),
        services=tuple(ordered),
        dimensions=dimensions,
        kinds=_kinds(schemes, questions.kind, {each.id for each in dimensions}),
    )


def _kinds(schemes: Sequence[Scheme], question: str, there: Collection[str]) -> str | None:
    """The dimension of the first scheme that asks of which kind a service is."""
    ids = (question_dimension(question, each if at else None) for at, each in enumerate(schemes))
    return next((each for each in ids if each in there), None)


def with_areas(practice: PracticeMap, areas: Iterable[str]) -> PracticeMap:
    """With areas in which no service has a form; capitals make no other area."""
    (there,) = (each for each in practice.dimensions if each.id == AREA)
    names = _by_area([*(each.id for each in there.headings), *areas])
    listed = _listed(AREA, there.title, [(name, name) for name in sorted(names, key=_folded)])
    dimensions = tuple(listed if each is there else each for each in practice.dimensions)
    return replace(practice, dimensions=dimensions)


def _by_area(areas: Iterable[str]) -> list[str]:
    """Areas as they are spelt first; services without one are in none."""
    spelling: dict[str, str] = {}
    for area in filter(None, areas):
        spelling.setdefault(area_key(area), area)
    return list(spelling.values())


def joins_that_hold(
    joins: Iterable[PracticeJoin], practice: PracticeMap, studies: Sequence[Dimension]
) -> tuple[PracticeJoin, ...]:
    """The joins of which both questions are there, with the pairs of which both headings are."""
    of_services = {d.id: {h.id for h in d.headings} for d in practice.dimensions}
    of_studies = {d.id: {h.id for h in d.headings} for d in studies}
    held = (
        replace(
            join,
            pairs=tuple(
                (one, other)
                for one, other in join.pairs
                if one in of_services[join.question] and other in of_studies[join.of_studies]
            ),
        )
        for join in joins
        if join.question in of_services and join.of_studies in of_studies
    )
    return tuple(join for join in held if join.pairs)


def proposed_pairs(question: Dimension, of_studies: Dimension) -> tuple[tuple[str, str], ...]:
    """Headings of two questions that may mean the same: of the same id, else of the same words."""
    pairs = []
    for heading in question.headings:
        same = [each for each in of_studies.headings if each.id == heading.id] or [
            each for each in of_studies.headings if _folded(each.label) == _folded(heading.label)
        ]
        pairs += [(heading.id, each.id) for each in same]
    return tuple(pairs)


def practice_document(practice: PracticeMap) -> Json:
    """The part of a map's document that has its services."""
    services = practice.services
    return {
        "caption": practice.caption,
        "kinds": practice.kinds,
        "services": {
            "id": [each.id for each in services],
            "label": [each.label for each in services],
            "area": [each.area for each in services],
            "provider": [each.provider for each in services],
            "when": [each.when for each in services],
            "ratings": [_rated(practice.ratings.get(each.id, ())) for each in services],
        },
        "dimensions": [_dimension(each, services) for each in practice.dimensions],
        "joins": [
            {
                "question": join.question,
                "of_studies": join.of_studies,
                "pairs": [list(pair) for pair in join.pairs],
            }
            for join in practice.joins
        ],
        "provision": {
            "rule": practice.rule,
            "marks": [
                [m.kind, m.area, m.verdict, m.why, _rated(m.ratings)] for m in practice.provision
            ],
        },
    }


def _rated(ratings: Iterable[Rated]) -> list[list[str]]:
    return [list(each) for each in ratings]


def places_in(document: Mapping[str, Any]) -> PracticePlaces | None:
    """What an address can name of the services of a document; None where it has none."""
    part = document.get("practice")
    if part is None:
        return None
    return PracticePlaces(
        dimensions=tuple(
            _listed(
                each["id"],
                each["title"],
                list(zip(each["headings"]["id"], each["headings"]["label"], strict=True)),
            )
            for each in part["dimensions"]
        ),
        joined={join["question"]: join["of_studies"] for join in part["joins"]},
        kinds=part["kinds"],
        services=frozenset(part["services"]["id"]),
    )


def without_names(part: Mapping[str, Any]) -> Json:
    """The part of a document without what services are called, who runs them, and reasons.

    Areas, answers and grades stay, by which people who know an area may still know a service.
    """
    services = part["services"]
    order = sorted(range(len(services["id"])), key=lambda at: services["id"][at])
    number = {at: str(place + 1) for place, at in enumerate(order)}
    ids = [number[at] for at in range(len(order))]
    own = {uid: ids[at] for at, uid in enumerate(services["id"])}
    unnamed = [f"Service {each}" for each in ids]
    return {
        **part,
        "services": {
            **services,
            "id": ids,
            "label": unnamed,
            "provider": [""] * len(ids),
            "ratings": [_without_reasons(each) for each in services["ratings"]],
        },
        "dimensions": [
            _unnamed(each, own) if each["id"] == SERVICE else each for each in part["dimensions"]
        ],
        "provision": {
            **part["provision"],
            "marks": [
                [kind, area, verdict, "", _without_reasons(ratings)]
                for kind, area, verdict, _, ratings in part["provision"]["marks"]
            ],
        },
    }


def _without_reasons(ratings: Iterable[Sequence[str]]) -> list[list[str]]:
    return [[words, ""] for words, _ in ratings]


def _unnamed(dimension: Mapping[str, Any], own: Mapping[str, str]) -> Json:
    ids = [own[uid] for uid in dimension["headings"]["id"]]
    headings = {**dimension["headings"], "id": ids, "label": [f"Service {each}" for each in ids]}
    return {**dimension, "headings": headings}


def _coded(
    uids: Sequence[str], schemes: Sequence[Scheme], counting: Sequence[Mapping[str, ServiceForm]]
) -> Sequence[CodedStudy]:
    """Of each service the codes of all its forms, under the names that the dimensions read."""
    of_scheme = [
        [_codes_of(at, forms.get(uid)) for at, uid in enumerate(uids)] for forms in counting
    ]
    return with_codes_of(of_scheme[0], list(zip(schemes[1:], of_scheme[1:], strict=True)))


def _codes_of(at: int, form: ServiceForm | None) -> CodedStudy:
    codes = {a.question: frozenset(a.codes) for a in form.answers if a.codes} if form else {}
    return CodedStudy(id=at, label="", year=None, codes=codes)


def _map_service(
    service: Service,
    codes: Mapping[str, frozenset[str]],
    area: str,
    counting: Sequence[Mapping[str, ServiceForm]],
) -> MapService:
    own = [forms[service.uid] for forms in counting if service.uid in forms]
    return MapService(
        id=service.uid,
        label=service.name,
        area=area,
        provider=service.provider,
        when=own[0].occasion,
        codes={
            **codes,
            AREA.partition(":")[2]: frozenset({area} - {""}),
            SERVICE.partition(":")[2]: frozenset({service.uid}),
        },
    )


def _spelling(areas: Iterable[tuple[Service, str]]) -> dict[str, str]:
    """By area without regard to capitals, how it is spelt: as of the service that is first by name,
    as the page of the framework has it.
    """
    spelling: dict[str, str] = {}
    for _, area in sorted(areas, key=lambda each: each[0].name.casefold()):
        if area:
            spelling.setdefault(area_key(area), area)
    return spelling


def questions_of(schemes: Sequence[Scheme]) -> tuple[Dimension, ...]:
    """The questions with options of schemes that ask services, the main one first."""
    return tuple(
        each
        for each in map_dimensions(schemes[0], schemes[1:])
        if each.of is Of.STUDY and each.headings
    )


def _listed(dimension_id: str, title: str, headings: Iterable[tuple[str, str]]) -> Dimension:
    return Dimension(
        id=dimension_id,
        title=title,
        of=Of.STUDY,
        headings=tuple(
            Heading(id=code, label=label, covers=frozenset({code})) for code, label in headings
        ),
    )


def _caption(counting: int, there: int) -> str:
    services = f"{counting:,} service{'' if counting == 1 else 's'}"
    silent = there - counting
    without = f" {silent:,} more without a complete form." if silent else ""
    return f"{services}, each by its newest complete form.{without}"


def _dimension(dimension: Dimension, services: Sequence[MapService]) -> Json:
    headings = dimension.headings
    positions = {code: i for i, heading in enumerate(headings) for code in heading.covers}
    ticked = [dimension.codes(each.as_study) for each in services]
    return {
        "id": dimension.id,
        "title": dimension.title,
        "headings": {
            "id": [heading.id for heading in headings],
            "label": [heading.label for heading in headings],
            "depth": [heading.depth for heading in headings],
            "help": [heading.help for heading in headings],
        },
        "codes": [sorted({positions[c] for c in codes if c in positions}) for codes in ticked],
    }


def _folded(text: str) -> str:
    return text.strip().casefold()
