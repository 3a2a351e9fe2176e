"""The document of a review's map: what its viewer draws and counts, for the person who looks."""

import gzip
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from evidence.citations.record import Reference
from evidence.coding.effects.compute import effects_of
from evidence.coding.effects.effect import Effect
from evidence.coding.effects.effect_text import effect_text
from evidence.coding.effects.faults import faults_in
from evidence.coding.findings import Finding
from evidence.errors import Invalid
from evidence.steps import jobs
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.steps.practice import map_practice
from evidence.steps.practice.map_practice import PracticeStamp
from evidence.steps.results import kept_studies, map_texts, schemes_of_map
from evidence.steps.results.coded_studies import CodedStudies
from evidence.steps.results.kept_studies import UnheardOfEach
from evidence.steps.results.map_texts import KnownTexts
from evidence.steps.results.schemes_of_map import UnheardByScheme
from evidence.steps.results.stages import stage_rules, study_stages
from evidence.store.area_versions import Area, made_from
from evidence.store.coding import studies as stored_studies
from evidence.store.results import direction_rules, map_settings, report_references
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.direction_rules import USUAL, DirectionRules
from evidence.synthesis.map_address import AddressedView, from_address
from evidence.synthesis.map_cells import Gaps, tells_reviews
from evidence.synthesis.map_dimensions import map_dimensions, question_dimension, with_codes_of
from evidence.synthesis.map_document import (
    Json,
    LongTexts,
    MapAbout,
    MapContent,
    MapNote,
    MapReport,
    as_json,
    map_document,
)
from evidence.synthesis.map_settings import MapCell, MapSettings, MapTexts
from evidence.synthesis.map_view import default_view
from evidence.synthesis.practice.practice_map import PracticeMap
from evidence.synthesis.stages.study_stages import stage_dimension, with_stage_codes
from evidence.synthesis.studies import CodedStudy

LARGE = 1000  # studies from which on a cluster makes the map
RECENT = 5  # years before the last search
YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
ROWS_AND_COLUMNS = 2
NOTHING_CODED = "No study of this review is coded completely yet."
TOO_FEW = "A map needs a scheme with at least two questions that have options."
WEB = ("https://", "http://")
REVIEWS_UNTOLD = (
    "No code says which studies are reviews: all count as primary studies, and no synthesis gap is "
    "marked."
)
TEXTS_OF_THE_APP = LongTexts(quotations=True, notes=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How a map is wanted: in what it differs beside the codings it is made from.

    Attributes:
        unheard_of: what may not reach the person who looks.
        not_applicable: the marked cells.
        rules: how directions are read.
        unheard_judgements: what may not reach them of how studies were appraised, on which the
            stages behind the map rest.
        practice: another one whenever the services beside the studies may be others.
    """

    unheard_of: UnheardByScheme
    settings: MapSettings
    not_applicable: tuple[MapCell, ...]
    rules: DirectionRules = USUAL
    unheard_judgements: UnheardOfEach = ()
    practice: PracticeStamp = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedMap:
    """The document of a map as browsers fetch it.

    Attributes:
        version: another one for every other document.
        packed: JSON as evidence/viewer reads it, compressed with gzip.
    """

    version: str
    packed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewMap:
    """A map as one person may see it.

    Attributes:
        packed: its document.
        sentence: what it rests on, for people.
        studies: how many are on it.
        all_studies: how many count, or will once they are coded, reconciled, or may be seen.
        nothing_to_show: why no study is on it, where none is.
        open: labels of the studies that are not coded completely yet.
        drafts: whether studies of which no coding counts yet are on it by a draft.
        known: what the review says of itself, where nobody wrote something else.
        recent_since: the year from which on reviews are recent.
        tells_reviews: whether any code says that a study is a review.
        dropped_of_view: a sentence for each part of the view to begin with that the map does not
            have any more.
    """

    packed: PackedMap
    sentence: str
    studies: int
    all_studies: int
    nothing_to_show: str
    open: tuple[str, ...]
    drafts: bool
    known: KnownTexts
    recent_since: int | None
    tells_reviews: bool
    dropped_of_view: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Codings:
    """The codings with all schemes of a map; `first` is of the one on which results rest."""

    taken: TakenScheme
    first: CodedStudies
    others: tuple[CodedStudies, ...]


def wanted(desk: Desk) -> Wanted:
    """How the person at the desk is shown the map now."""
    unheard_of = schemes_of_map.unheard(desk)
    unheard_judgements = kept_studies.unheard(desk) if stage_rules.current(desk).is_set else ()
    practice = map_practice.stamp(desk)
    with desk.reading() as c:
        marks = map_settings.not_applicable(c, desk.review_id)
        return Wanted(
            unheard_of=unheard_of,
            settings=map_settings.current(c, desk.review_id),
            not_applicable=tuple(mark.cell for mark in marks),
            rules=direction_rules.current(c, desk.review_id),
            unheard_judgements=unheard_judgements,
            practice=practice,
        )


@made_from(Area.RECORDS | Area.RESULTS)
def of_complete_codings(desk: Desk, how: Wanted) -> ReviewMap | None:
    """The map of the studies that are coded completely; None while the review has no scheme.

    Raises:
        Invalid: the scheme has too little to put on a map.
    """
    return _review_map(desk, how, drafts=False)


@made_from(Area.RECORDS | Area.CODING | Area.RESULTS)
def with_drafts(desk: Desk, person_id: int, how: Wanted) -> ReviewMap | None:
    """The map of the studies that are coded, if only in a draft that this person may see.

    Raises:
        Invalid: the scheme has too little to put on a map.
    """
    del person_id  # of the desk; by it the answer is kept for this person alone
    return _review_map(desk, how, drafts=True)


def content(
    desk: Desk, how: Wanted, *, drafts: bool = False, abstracts: bool = False
) -> MapContent | None:
    """All that a map is made of; None while the review has no scheme.

    Args:
        desk: of the person who looks; what is hidden from them is left out.
        how: what `wanted` gives.
        drafts: whether studies of which no coding counts yet are shown by a draft.
        abstracts: whether the abstracts of reports are read.

    Raises:
        Invalid: the scheme has too little to put on a map.
    """
    codings = _codings(desk, how, drafts=drafts)
    if codings is None:
        return None
    return _content(desk, how, codings, _known(desk, codings), abstracts=abstracts)


def _review_map(desk: Desk, how: Wanted, *, drafts: bool) -> ReviewMap | None:
    """A map, of many studies on a worker of the cluster where there is one."""
    with desk.reading() as c:
        is_large = len(stored_studies.ids(c, desk.review_id)) >= LARGE
    if is_large:
        return jobs.answer(_made_here, desk, how, drafts)
    return _made_here(desk, how, drafts)


def _made_here(desk: Desk, how: Wanted, drafts: bool) -> ReviewMap | None:  # noqa: FBT001 - travels
    codings = _codings(desk, how, drafts=drafts)
    if codings is None:
        return None
    known = _known(desk, codings)
    whole = _content(desk, how, codings, known)
    ids = {study.id for study in whole.studies}
    return ReviewMap(
        packed=packed_map(map_document(whole, TEXTS_OF_THE_APP)),
        sentence=_sentence(codings.first.sentence, codings),
        studies=len(whole.studies),
        all_studies=len(codings.first.all_labels),
        nothing_to_show=codings.first.nothing_to_show,
        open=codings.first.open,
        drafts=drafts,
        known=known,
        recent_since=whole.gaps.recent_since,
        tells_reviews=tells_reviews(whole.dimensions),
        dropped_of_view=_first_view(how.settings, whole.dimensions, ids, whole.practice).told,
    )


def packed_map(document: Json) -> PackedMap:
    """A document as browsers fetch it."""
    return PackedMap(
        version=str(document["version"]), packed=gzip.compress(as_json(document).encode(), mtime=0)
    )


def _codings(desk: Desk, how: Wanted, *, drafts: bool) -> _Codings | None:
    of_map = schemes_of_map.coded(desk, how.unheard_of, drafts=drafts)
    if not of_map:
        return None
    (taken, first), *others = of_map
    return _Codings(taken=taken, first=first, others=tuple(coded for _, coded in others))


def _known(desk: Desk, codings: _Codings) -> KnownTexts:
    return map_texts.known(desk, codings.taken, [study.id for study in codings.first.studies])


def _content(
    desk: Desk, how: Wanted, codings: _Codings, known: KnownTexts, *, abstracts: bool = False
) -> MapContent:
    of_map = map_dimensions(codings.first.scheme, [coded.scheme for coded in codings.others])
    if len(of_map) < ROWS_AND_COLUMNS:
        raise Invalid(TOO_FEW)
    others = [(coded.scheme, coded.studies) for coded in codings.others]
    studies = with_codes_of(codings.first.studies, others)
    stages = study_stages.of_person(desk)
    if stages is not None:
        studies = with_stage_codes(studies, stages)
        of_map = (*of_map, stage_dimension(stages))
    with desk.reading() as c:
        references = report_references.of_studies(c, desk.review_id, abstracts=abstracts)
    # Without names: where authors stay out of a file, studies are numbered.
    sentence = _sentence(codings.first.sentence_without_names, codings)
    settings = how.settings
    texts = map_texts.with_own(known.texts, settings.texts)
    ids = {study.id for study in studies}
    caption = f"{known.label.rstrip('.')}. {sentence}" if known.label else sentence
    knows_reviews = tells_reviews(of_map)
    practice = map_practice.of_review(desk, settings.joins, of_map) if how.practice else None
    return MapContent(
        title=known.title,
        caption=caption if knows_reviews else f"{caption} {REVIEWS_UNTOLD}",
        studies=studies,
        dimensions=of_map,
        searched_to=texts.searched_to,
        about=_about(texts, known),
        reports={
            study_id: tuple(_report(reference) for reference in reports)
            for study_id, reports in references.items()
            if study_id in ids
        },
        effects=effect_in_words,
        notes=tuple(_notes(codings, ids)),
        gaps=_gaps(how, studies, texts.searched_to, knows_reviews=knows_reviews),
        rules=how.rules,
        view=_first_view(settings, of_map, ids, practice).view,
        practice=practice,
    )


def _first_view(
    settings: MapSettings,
    of_map: Sequence[Dimension],
    studies: Collection[int],
    practice: PracticeMap | None,
) -> AddressedView:
    """The view to begin with; what of it the map does not have any more is dropped and told."""
    if not settings.view:
        return AddressedView(view=default_view(of_map), told=())
    places = practice.places if practice else None
    return from_address(settings.view, of_map, studies, practice=places)


def effect_in_words(finding: Finding) -> str:
    """What effects follow from the numbers of a finding, as the coding desk says it."""
    if finding.reported is None or faults_in(finding.reported):
        return ""
    effects = [one for one in effects_of(finding.reported) if isinstance(one, Effect)]
    return effect_text(effects, finding.benefit)


def _notes(codings: _Codings, ids: set[int]) -> Iterator[MapNote]:
    """What codings say in words and numbers."""
    for coded in (codings.first, *codings.others):
        for text in coded.texts:
            if text.study in ids:
                scheme = None if coded is codings.first else coded.scheme
                yield MapNote(
                    study=text.study,
                    question=text.question,
                    text=text.text,
                    dimension=question_dimension(text.question_id, scheme),
                )


def _sentence(of_first: str, codings: _Codings) -> str:
    """What the map rests on, and what of it is hidden from who looks.

    Args:
        of_first: what codings with the first scheme rest on.
        codings: all of them.
    """
    hidden = (
        f"What “{coded.scheme.title}” says of {len(coded.hidden):,} "
        f"{'study' if len(coded.hidden) == 1 else 'studies'} is hidden from you "
        "until your own coding is complete."
        for coded in codings.others
        if coded.hidden
    )
    return " ".join([of_first, *hidden])


def _about(texts: MapTexts, known: KnownTexts) -> MapAbout:
    return MapAbout(
        question=texts.question,
        criteria=texts.criteria,
        searches=known.searches,
        coding=texts.coding,
        licence=texts.licence,
        citation=texts.citation,
        contact=texts.contact,
        next_update=texts.next_update,
    )


def _gaps(
    how: Wanted, studies: Sequence[CodedStudy], searched_to: str, *, knows_reviews: bool
) -> Gaps:
    """Where nobody says which studies are reviews, none can be missed."""
    settings = how.settings
    recent = settings.recent_since or recent_since(studies, searched_to)
    return Gaps(
        few=settings.few,
        several=settings.several if knows_reviews else 0,
        recent_since=recent if knows_reviews else None,
        not_applicable=tuple(
            (cell.dimensions[0], cell.headings[0], cell.dimensions[1], cell.headings[1])
            for cell in how.not_applicable
        ),
    )


def recent_since(studies: Sequence[CodedStudy], searched_to: str) -> int | None:
    """The year from which on a review is recent where nobody said: five years before the last
    search, or where that is not known before the newest study.
    """
    years = [study.year for study in studies if study.year is not None]
    searched = YEAR.match(searched_to)  # people may have typed anything as a date
    last = int(searched[0]) if searched else max(years, default=None)
    return last - RECENT if last is not None else None


def _report(reference: Reference) -> MapReport:
    return MapReport(
        type=reference.type,
        title=reference.title,
        authors=tuple(str(name) for name in reference.authors),
        year=reference.year,
        journal=reference.journal,
        volume=reference.volume,
        issue=reference.issue,
        pages=reference.pages,
        doi=reference.doi,
        link="" if reference.doi else _link(reference),
        abstract=reference.abstract,
    )


def _link(reference: Reference) -> str:
    """Where a report can be read; only web addresses, as others may do something."""
    return next((url for url in reference.urls if url.lower().startswith(WEB)), "")
