"""Reviews and views made at random, odd ones among them, each from a number of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from evidence.coding.answers import Answer
from evidence.coding.findings import Direction, Finding, Significance
from evidence.coding.scheme import (
    Axis,
    Judges,
    Of,
    Option,
    OptionRole,
    Purpose,
    Question,
    QuestionKind,
    Rule,
    Scheme,
    Section,
    Take,
)
from evidence.synthesis.changes.map_since import ChangeKind, MapSince
from evidence.synthesis.dimensions import Dimension, dimensions
from evidence.synthesis.direction_rules import DirectionRules
from evidence.synthesis.map_cells import Gaps
from evidence.synthesis.map_document import (
    Json,
    MapContent,
    MapNote,
    MapReport,
    map_document,
    sealed,
    texts_of,
)
from evidence.synthesis.map_view import (
    ALL_BRANCHES,
    NONE_OF_THESE,
    YEAR,
    Drawing,
    FilterMode,
    ListOrder,
    MapFilter,
    MapView,
    Only,
    Order,
    Page,
    Shares,
)
from evidence.synthesis.practice.practice_view import PLAIN, PracticeView
from evidence.synthesis.studies import CodedStudy
from tests.viewer.random_practice import random_practice, random_practice_view
from tests.viewer.random_searches import SearchedReview, random_searches

VERSION = 3  # since which the invented changes are
ODD_SIGNS = ["", "ü", "~", "*", "a,b", "100 %", "&=", "#", "é", "١", "x'(y)!", "İ", "ß", "🙂"]
WORDS = ["Work", "Émile", "peer", "SUPPORT", "naïve", "Straße", "ΣΊΣΥΦΟΣ", "ﬁdelity", "2º"]


@dataclass(frozen=True)
class RandomReview:
    """A review, with the studies that changed since an invented version of its map."""

    content: MapContent
    views: tuple[MapView, ...]
    changes: dict[ChangeKind, frozenset[int]]

    @property
    def document(self) -> Json:
        """The document with what changed."""
        ids = [study.id for study in self.content.studies]
        since: Json = {
            kind: [at for at, i in enumerate(ids) if i in self.changes[kind]] for kind in ChangeKind
        }
        return sealed({**map_document(self.content), "since": {"number": VERSION, **since}})


def random_review(seed: int, views: int = 4) -> RandomReview:
    random = Random(seed)  # noqa: S311 - examples, the same in every run
    sorted_by = dimensions(_scheme(random))
    studies = tuple(_study(random, number, sorted_by) for number in _ids(random))
    content = MapContent(
        title=_words(random),
        studies=studies,
        dimensions=sorted_by,
        view=_view(random, sorted_by, studies),
        reports={
            s.id: tuple(_report(random) for _ in range(random.choice([0, 1, 2]))) for s in studies
        },
        notes=tuple(
            MapNote(study=s.id, question="Notes", text=_words(random))
            for s in studies
            if random.random() < 0.2
        ),
        gaps=_gaps(random, sorted_by),
        rules=DirectionRules(
            count_no_change=random.random() < 0.5,
            agree_percent=random.choice((51, 60, 70, 80, 100)),
        ),
    )
    searched = SearchedReview(studies, sorted_by, texts_of(content))
    all_views = [_view(random, sorted_by, studies) for _ in range(views)]
    with_searches = [_with_searches(random, view, searched) for view in all_views]
    changes = {
        kind: frozenset(study.id for study in studies if random.random() < 0.4)
        for kind in ChangeKind
    }
    review = RandomReview(content, tuple(_since(random, v) for v in with_searches), changes)
    return _with_services(review, seed)


def _with_services(review: RandomReview, seed: int) -> RandomReview:
    """With services, some of whose views are asked for; by dice of their own."""
    random = Random(f"services {seed}")  # noqa: S311 - examples, the same in every run
    studies = review.content.dimensions
    practice = random_practice(random, studies)
    if practice is None:
        return review
    views = tuple(
        _of_services(random, view, random_practice_view(random, practice, studies))
        for view in review.views
    )
    return replace(review, content=replace(review.content, practice=practice), views=views)


def _of_services(random: Random, view: MapView, practice: PracticeView) -> MapView:
    if random.random() < 0.5:
        return replace(view, practice=random.choice([PLAIN, practice]))
    return replace(view, page=Page.PRACTICE, at=None, practice=practice)


def _ids(random: Random) -> list[int]:
    return random.sample(range(1, 500), random.choice([0, 1, 2, 5, 12, 30]))


# ── the scheme ────────────────────────────────────────────────────────────────────────────────────


def _scheme(random: Random) -> Scheme:
    judgement = _question(random, "judgement", roles=True)
    questions = [
        _question(random, "design", roles=True),
        _question(random, "country"),
        judgement,
        _question(random, "overall", roles=True, rule=Rule(take=Take.LOWEST, of=(judgement.id,))),
        _question(random, "ticked", axis=Axis.OUTCOME),
        _question(random, "site", of=Of.FINDING),
    ]
    for axis in Axis:
        questions += [
            _question(random, f"{axis}{number}", of=Of.FINDING, axis=axis)
            for number in range(random.choice([0, 1, 1, 1, 2]))
        ]
    random.shuffle(questions)
    return Scheme(
        id="s",
        title="S",
        version="1",
        purpose=Purpose.CODING,
        judges=Judges.STUDY,
        sections=(Section(title="All", questions=tuple(questions)),),
    )


def _question(
    random: Random,
    name: str,
    *,
    of: Of = Of.STUDY,
    axis: Axis | None = None,
    roles: bool = False,
    rule: Rule | None = None,
) -> Question:
    return Question(
        id=name,
        text=name.title(),
        kind=QuestionKind.TREE,
        of=of,
        axis=axis,
        rule=rule,
        options=_options(random, name, 0, roles=roles),
    )


def _options(random: Random, above: str, depth: int, *, roles: bool) -> tuple[Option, ...]:
    """Trees of up to four levels; at times one option over all others, at times none at all."""
    numbers = range(
        random.choice([0, 1, 2, 3, 4, 4]) if depth == 0 else random.choice([0, 0, 1, 2, 3])
    )
    return tuple(
        Option(
            id=(code := f"{above}/{random.choice(ODD_SIGNS)}{number}"),
            label=_words(random),
            role=random.choice([None, None, *OptionRole]) if roles else None,
            options=_options(random, code, depth + 1, roles=roles) if depth < 3 else (),
        )
        for number in numbers
    )


# ── the studies ───────────────────────────────────────────────────────────────────────────────────


def _study(random: Random, number: int, sorted_by: tuple[Dimension, ...]) -> CodedStudy:
    codes = {
        dimension.id.removeprefix("question:"): _ticked(random, dimension)
        for dimension in sorted_by
        if dimension.of is Of.STUDY and random.random() < 0.8
    }
    return CodedStudy(
        id=number,
        label=f"{_words(random)} {number}",
        year=random.choice([None, *range(2015, 2025)]),
        codes=codes,
        findings=_findings(random, sorted_by),
    )


def _findings(random: Random, sorted_by: tuple[Dimension, ...]) -> tuple[Finding, ...]:
    """Few as a rule; at times ten that differ in direction only, seven of them alike."""
    number = random.choice([0, 1, 1, 2, 6, 10])
    if number < 10:
        return tuple(_finding(random, sorted_by) for _ in range(number))
    same = _finding(random, sorted_by)
    often, rare = random.sample(list(Direction), 2)
    return tuple(replace(same, direction=often if i < 7 else rare) for i in range(number))


def _ticked(random: Random, dimension: Dimension) -> frozenset[str]:
    """Several codes at times, those above among them, and codes that are not listed any more."""
    ids = [heading.id for heading in dimension.headings]
    codes = random.sample(ids, min(len(ids), random.choice([0, 1, 1, 1, 2, 3])))
    return frozenset(codes + (["retired"] if random.random() < 0.1 else []))


def _finding(random: Random, sorted_by: tuple[Dimension, ...]) -> Finding:
    by_id = {dimension.id: dimension for dimension in sorted_by}
    codes = {axis: _code(random, by_id.get(f"axis:{axis}")) for axis in Axis}
    site = by_id.get("question:site")
    answers = (Answer(question="site", codes=tuple(_ticked(random, site))),) if site else ()
    return Finding(
        intervention=codes[Axis.INTERVENTION],
        outcome=codes[Axis.OUTCOME],
        contrast=codes[Axis.CONTRAST],
        direction=random.choice(list(Direction)),
        significance=random.choice(list(Significance)),
        n_intervention=random.choice([None, 0, 30]),
        quotation=_words(random),
        note=_words(random),
        answers=answers,
    )


def _code(random: Random, dimension: Dimension | None) -> str:
    ids = [heading.id for heading in dimension.headings] if dimension else []
    return random.choice([*ids, *ids, *ids, "", "retired"])


def _words(random: Random) -> str:
    return " ".join(random.choices(WORDS, k=random.choice([0, 1, 2, 3])))


def _report(random: Random) -> MapReport:
    return MapReport(
        title=_words(random),
        authors=tuple(_words(random) for _ in range(random.choice([0, 1, 2]))),
        year=random.choice([None, 2020]),
        journal=_words(random),
        abstract=_words(random),
    )


def _gaps(random: Random, sorted_by: tuple[Dimension, ...]) -> Gaps:
    return Gaps(
        few=random.choice([0, 0, 1, 2]),
        several=random.choice([0, 1, 2, 3]),
        recent_since=random.choice([None, 2019]),
        not_applicable=tuple(
            (first.id, random.choice(first.headings).id, other.id, random.choice(other.headings).id)
            for first, other in (
                random.choices([d for d in sorted_by if d.headings], k=2)
                for _ in range(random.choice([0, 6]))
            )
        ),
    )


# ── the views ─────────────────────────────────────────────────────────────────────────────────────


def _view(
    random: Random, sorted_by: tuple[Dimension, ...], studies: tuple[CodedStudy, ...]
) -> MapView:
    rows, columns = random.choices(sorted_by, k=2)
    contrasts = [h.id for d in sorted_by if d.id == "axis:contrast" for h in d.headings]
    page = random.choice([page for page in Page if page is not Page.PRACTICE])
    nothing = [NONE_OF_THESE] if page is Page.CROSSTAB else []
    return MapView(
        page=page,
        rows=rows.id,
        columns=columns.id,
        segment=random.choice([None, *(d.id for d in sorted_by)]),
        view=random.choice([Drawing.DIRECTIONS, *Drawing]),
        filters=tuple(_filter(random, sorted_by) for _ in range(random.choice([0, 0, 1, 1, 2, 3]))),
        years=random.choice([(None, None)] * 3 + [(2018, None), (None, 2021), (2019, 2019)]),
        words=random.choice(
            ["", "", "", "work", "PEER naive", "emile", "strasse", "σισυφοσ", "fi"]
        ),
        open_rows=_branches(random, rows),
        open_columns=_branches(random, columns),
        hide_empty=random.random() < 0.5,
        order_rows=_order(random, rows),
        order_columns=_order(random, columns),
        contrast=random.choice([None, None, *contrasts]),
        question=random.choice([None, YEAR, *(d.id for d in sorted_by)]),
        shares=random.choice(list(Shares)),
        order_list=random.choice(list(ListOrder)),
        at=random.choice(
            [None, (_heading(random, rows, nothing), _heading(random, columns, nothing))]
        ),
        line=random.choice(
            [
                None,
                (YEAR, random.choice([None, NONE_OF_THESE, "2019"])),
                _line(random, random.choice(sorted_by)),
            ]
        ),
        only=random.choice([None, *Only]),
        study=random.choice([None, *(study.id for study in studies)]),
    )


def _with_searches(random: Random, view: MapView, searched: SearchedReview) -> MapView:
    searches = random_searches(random, searched, random.choice([0, 0, 1, 3]))
    shown = random.choice([None, *range(1, len(searches) + 1)])
    return replace(view, searches=tuple(text for text, _ in searches), search=shown)


def _since(random: Random, view: MapView) -> MapView:
    """Half of the views ask for no change."""
    which = random.choice([(), (), (), *(((kind,)) for kind in ChangeKind), tuple(ChangeKind)])
    return replace(view, since=MapSince(version=VERSION, which=which) if which else None)


def _heading(
    random: Random, dimension: Dimension, more: Sequence[str] = (NONE_OF_THESE,)
) -> str | None:
    return random.choice([None, *more, *(heading.id for heading in dimension.headings)])


def _line(random: Random, dimension: Dimension) -> tuple[str, str | None]:
    return dimension.id, _heading(random, dimension)


def _some(random: Random, dimension: Dimension, at_least: int = 1) -> tuple[str, ...]:
    ids = [heading.id for heading in dimension.headings]
    return tuple(random.sample(ids, min(len(ids), random.choice([at_least, 1, 2, 3]))))


def _filter(random: Random, sorted_by: tuple[Dimension, ...]) -> MapFilter:
    dimension = random.choice([d for d in sorted_by if d.headings])
    return MapFilter(
        dimension=dimension.id,
        mode=random.choice(list(FilterMode)),
        codes=_some(random, dimension),
    )


def _branches(random: Random, dimension: Dimension) -> tuple[str, ...]:
    return random.choice([(), (ALL_BRANCHES,), _some(random, dimension)])


def _order(random: Random, dimension: Dimension) -> Order:
    return random.choice(["scheme", "count", _some(random, dimension) or "scheme"])
