"""Services and views of them made at random, odd ones among them, beside a random review."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from evidence.coding.answers import Answer
from evidence.coding.scheme import (
    Judges,
    Option,
    Purpose,
    Question,
    QuestionKind,
    Scheme,
    Section,
)
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.practice.practice_map import (
    AskedServices,
    PracticeJoin,
    PracticeMap,
    ProvisionMark,
    joins_that_hold,
    practice_map,
    with_areas,
)
from evidence.synthesis.practice.practice_view import (
    AREA,
    Place,
    PracticeView,
    ServiceFilter,
    Shown,
    Side,
)
from evidence.synthesis.practice.service import Service
from evidence.synthesis.practice.service_form import ServiceForm

ODD_NAMES = ["<b>x</b>", "=1+1", "a,b~c", "~", "%zz", "Ärea", "North", "NORTH", "", "'; --", "🙂"]


def random_practice(random: Random, studies: Sequence[Dimension]) -> PracticeMap | None:
    """Services of a scheme or two, some joined with questions about studies."""
    uids = [f"{number:016x}" for number in range(random.choice([0, 1, 4, 12]))]
    services = {
        uid: Service(uid=uid, name=random.choice(ODD_NAMES), area=random.choice(ODD_NAMES))
        for uid in uids
    }
    asked = [_asked(random, f"p{at}", uids) for at in range(random.choice([1, 1, 2]))]
    made = practice_map(services, asked)
    if made is None:
        return None
    made = with_areas(made, random.sample(ODD_NAMES, 2))  # where nobody answered, it may be
    joins = tuple(_joins(random, made, studies))
    return replace(
        made,
        joins=joins_that_hold(joins, made, studies),
        provision=tuple(_marks(random, made)),
    )


def random_practice_view(
    random: Random, practice: PracticeMap, studies: Sequence[Dimension]
) -> PracticeView:
    """A view that can be asked for."""
    ids = [each.id for each in practice.dimensions]
    joined = [join.question for join in practice.joins]
    view = PracticeView(
        show=random.choice([Shown.BOTH, Shown.BOTH, *Shown]),
        rows=random.choice([None, *joined, *joined, *ids]),
        columns=random.choice([None, *joined, *ids]),
        study_columns=random.choice([None, *(each.id for each in studies)]),
        filters=tuple(_filter(random, practice) for _ in range(random.choice([0, 0, 1, 2]))),
        service=random.choice([None, *(each.id for each in practice.services)]),
    )
    places = practice.places
    rows, columns = places.rows(view), places.columns(view)
    view = replace(
        view,
        closed_rows=_closed(random, practice, rows),
        closed_columns=_closed(random, practice, columns),
    )
    row = _place(random, practice, studies, rows, places.joined.get(rows))
    column = _place(random, practice, studies, columns, places.of_study_columns(view))
    if row == (Side.STUDY, None):
        row = (Side.SERVICE, None)
    return replace(view, at=random.choice([None, (row, column)]))


def _closed(random: Random, practice: PracticeMap, dimension: str) -> tuple[str, ...]:
    ids = [h.id for each in practice.dimensions if each.id == dimension for h in each.headings]
    return tuple(random.sample(ids, min(len(ids), random.choice([0, 0, 1, 2]))))


def _asked(random: Random, name: str, uids: Sequence[str]) -> AskedServices:
    kinds = Question(
        id="service-kind", text="Kind", kind=QuestionKind.TREE, options=_options(random, "k", 0)
    )
    other = Question(
        id="design", text="Design", kind=QuestionKind.TREE, options=_options(random, "o", 0)
    )
    questions = random.choice([(kinds, other), (other,), (kinds,)])
    scheme = Scheme(
        id=name,
        title=name,
        version="1",
        purpose=Purpose.PRACTICE,
        judges=Judges.PRACTICE,
        sections=(Section(title="All", questions=questions),),
    )
    about = random.choices(uids, k=20) if uids else []
    forms = [_form(random, at, uid, questions) for at, uid in enumerate(about)]
    return AskedServices(scheme=scheme, forms=tuple(forms))


def _options(random: Random, above: str, depth: int) -> tuple[Option, ...]:
    numbers = random.choice([1, 2, 3]) if depth == 0 else random.choice([0, 0, 1, 2])
    return tuple(
        Option(
            id=(code := f"{above}/{random.choice(['', '~', 'a,b'])}{number}"),
            label=random.choice(ODD_NAMES),
            options=_options(random, code, depth + 1) if depth < 2 else (),
        )
        for number in range(numbers)
    )


def _form(random: Random, at: int, uid: str, questions: Sequence[Question]) -> ServiceForm:
    answers = tuple(
        Answer(
            question=question.id,
            codes=tuple(random.sample(ids, min(len(ids), random.choice([0, 1, 2])))),
        )
        for question in questions
        if (ids := [option.id for option in question.walk()])
    )
    return ServiceForm(
        uid=f"{at:016x}",
        service=uid,
        scheme_id=1,
        occasion=random.choice(["", "2025-Q1", "2026-03-01", "soon"]),
        answers=answers,
        is_complete=random.random() < 0.8,
    )


def _joins(
    random: Random, practice: PracticeMap, studies: Sequence[Dimension]
) -> list[PracticeJoin]:
    with_headings = [each for each in studies if each.headings]
    if not with_headings:
        return []
    joins = []
    for question in practice.dimensions:
        of_studies = random.choice(with_headings)
        if question.headings and random.random() < 0.7:
            pairs = tuple(
                (random.choice(question.headings).id, random.choice(of_studies.headings).id)
                for _ in range(random.choice([1, 2, 4]))
            )
            joins.append(
                PracticeJoin(question=question.id, of_studies=of_studies.id, pairs=tuple(pairs))
            )
    return joins


def _marks(random: Random, practice: PracticeMap) -> list[ProvisionMark]:
    by_id = {each.id: each for each in practice.dimensions}
    if practice.kinds is None or not by_id[AREA].headings:
        return []
    return [
        ProvisionMark(kind=kind.id, area=area.id, verdict=random.choice(["enough", "less"]))
        for kind in by_id[practice.kinds].headings
        for area in by_id[AREA].headings
        if random.random() < 0.5
    ]


def _filter(random: Random, practice: PracticeMap) -> ServiceFilter:
    dimension = random.choice([each for each in practice.dimensions if each.headings])
    ids = [heading.id for heading in dimension.headings]
    codes = random.sample(ids, min(len(ids), random.choice([1, 2])))
    return ServiceFilter(dimension=dimension.id, codes=tuple(codes))


def _place(
    random: Random,
    practice: PracticeMap,
    studies: Sequence[Dimension],
    of_services: str,
    of_studies: str | None,
) -> Place:
    own = next(each for each in practice.dimensions if each.id == of_services)
    other = next((each for each in studies if each.id == of_studies), None)
    places: list[Place] = [(Side.SERVICE, None), (Side.STUDY, None)]
    places += [(Side.SERVICE, heading.id) for heading in own.headings]
    places += [(Side.STUDY, heading.id) for heading in (other.headings if other else ())]
    return random.choice(places)
