"""Which primary studies the reviews among the studies include, and how far they overlap."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from evidence.citations.text import visible
from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.results.directions import DirectionStudies
from evidence.store import Role, Write
from evidence.store.area_versions import NOTHING
from evidence.store.coding import studies
from evidence.store.results import included_studies
from evidence.store.results.included_studies import InclusionAct
from evidence.synthesis.map_cells import Roles, roles_of
from evidence.synthesis.review_overlap.covered_area import InclusionTable
from evidence.synthesis.review_overlap.listed_studies import (
    ListedStudy,
    StudyMatch,
    folded_citation,
    inclusion_table,
)
from evidence.synthesis.review_overlap.proposed_matches import (
    MatchCandidate,
    ProposedMatch,
    proposed_match,
)

LONGEST_CITATION = 1000  # characters
MOST_ENTRIES = 20_000  # of all lists
AREAS = NOTHING  # no area's answers change: lists are asked for each time


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOverlap:
    """The lists of reviews, and what they come to.

    Attributes:
        labels: of all studies, by id, in their order.
        listed: all entries that stand.
        table: which review includes which primary study.
    """

    labels: Mapping[int, str]
    listed: tuple[ListedStudy, ...]
    table: InclusionTable

    @property
    def reviews(self) -> dict[int, str]:
        """The reviews that have a list, with their labels."""
        have = {each.including for each in self.listed}
        return {study: label for study, label in self.labels.items() if study in have}

    @property
    def unmatched(self) -> tuple[str, ...]:
        """Citations of which nobody said yet which study they are, each once."""
        return self.citations(StudyMatch.OPEN)

    def citations(self, match: StudyMatch | None = None) -> tuple[str, ...]:
        """Citations with this match, or all, each once, as it is spelled first."""
        first: dict[str, str] = {}
        for each in self.listed:
            if match in {None, each.match}:
                first.setdefault(folded_citation(each.citation), each.citation)
        return tuple(first.values())

    def entries(self, citations: Collection[str]) -> dict[str, ListedStudy]:
        """The first entry with each of these citations."""
        wanted = {folded_citation(citation): citation for citation in citations}
        found: dict[str, ListedStudy] = {}
        for each in self.listed:
            citation = wanted.get(folded_citation(each.citation))
            if citation is not None:
                found.setdefault(citation, each)
        return found


def overlap(desk: Desk, of_reviews: Collection[int] | None = None) -> ReviewOverlap:
    """The lists of reviews as they stand.

    Args:
        desk: of the person who looks.
        of_reviews: ids of the reviews whose lists are asked for; None for all.
    """
    with desk.reading() as c:
        labels = studies.labels(c, desk.review_id)
        listed = included_studies.current(c, desk.review_id)
    if of_reviews is not None:
        listed = tuple(each for each in listed if each.including in of_reviews)
    return ReviewOverlap(labels=labels, listed=listed, table=inclusion_table(listed, labels))


def without_list(found: DirectionStudies, overlap_now: ReviewOverlap) -> list[str]:
    """Labels of the studies that are coded as reviews and have no list, which do not count."""
    return [
        study.label
        for study in found.studies
        if Roles.REVIEW in roles_of(study, found.dimensions) and study.id not in overlap_now.reviews
    ]


def candidates(desk: Desk) -> list[MatchCandidate]:
    """The studies that citations may be."""
    with desk.reading() as c:
        all_studies = studies.listing(c, desk.review_id)
    return [
        MatchCandidate(
            study_id=study.id,
            label=study.label,
            titles=tuple(report.title for report in study.reports),
            dois=tuple(report.doi for report in study.reports if report.doi),
            authors=tuple((r.surnames[0], r.year) for r in study.reports if r.surnames),
        )
        for study in all_studies
    ]


def proposals(
    citations: Iterable[str], among: Sequence[MatchCandidate]
) -> dict[str, ProposedMatch | None]:
    """For each citation the study that it may be; people confirm."""
    return {citation: proposed_match(citation, among) for citation in citations}


def acts(desk: Desk) -> list[InclusionAct]:
    """What people did to the lists, newest first."""
    with desk.reading() as c:
        return included_studies.acts(c, desk.review_id)


def add(
    desk: Desk, including: int, study_ids: Collection[int] = (), citations: Collection[str] = ()
) -> int:
    """Enter primary studies in the list of a review; gives how many are new in it.

    Args:
        desk: of a reviewer.
        including: id of the review.
        study_ids: primary studies that are studies of ours.
        citations: how the list names others.

    Raises:
        Invalid: nothing is named, a study is not there, or the review is to include itself.
    """
    with desk.writing(Role.REVIEWER, areas=AREAS) as w:
        labels = studies.labels(w.connection, desk.review_id)
        _require(labels, [including, *study_ids])
        listed = [
            *(
                ListedStudy(
                    including=including,
                    citation=labels[each],
                    match=StudyMatch.STUDY,
                    primary=each,
                )
                for each in study_ids
            ),
            *_entries(including, citations),
        ]
        return _include(w, listed)


def bring_in(desk: Desk, table: InclusionTable, reviews: Mapping[str, int], file: str) -> int:
    """Enter the lists of a table; gives how many entries are new.

    Args:
        desk: of a reviewer.
        table: which review includes which primary study, as the file has it.
        reviews: which study of ours a review of the file is, by its name; the lists of others stay
            out.
        file: its name.

    Raises:
        Invalid: no list comes in, two reviews of the file are the same, or a study is not there.
    """
    chosen = [reviews[name] for name in table.reviews if name in reviews]
    if len(set(chosen)) < len(chosen):
        raise Invalid(
            "Two reviews of the table are said to be the same study. Choose a study of its own for "
            "each, or leave one out."
        )
    with desk.writing(Role.REVIEWER, areas=AREAS) as w:
        _require(studies.labels(w.connection, desk.review_id), chosen)
        listed = [
            entry
            for study, review in sorted(table.inclusions)
            if (including := reviews.get(table.reviews[review])) is not None
            for entry in _entries(including, [table.studies[study]])
        ]
        return _include(w, listed, file)


def confirm(desk: Desk, said: Mapping[str, int | None]) -> int:
    """Say which studies citations are, in all lists that have them; gives how many entries changed.

    Args:
        desk: of a reviewer.
        said: by citation the id of a study, or None for a primary study that is none of ours.

    Raises:
        Invalid: a study is not there, or a review would include itself.
    """
    by_key = {folded_citation(citation): study for citation, study in said.items()}
    with desk.writing(Role.REVIEWER, areas=AREAS) as w:
        labels = studies.labels(w.connection, desk.review_id)
        _require(labels, [study for study in said.values() if study is not None])
        matched = [
            _matched(each, by_key[key])
            for each in included_studies.current(w.connection, desk.review_id)
            if (key := folded_citation(each.citation)) in by_key
        ]
        _refuse_itself(matched, labels)
        return included_studies.match(w, matched)


def take_back(desk: Desk, including: int, citations: Collection[str]) -> int:
    """Take entries out of the list of a review; gives how many stood there."""
    entries = [ListedStudy(including=including, citation=each) for each in citations]
    with desk.writing(Role.REVIEWER, areas=AREAS) as w:
        return included_studies.take_back(w, entries)


def undo(desk: Desk, act: int) -> int:
    """Undo what somebody did to lists, where nobody changed it since; gives how many entries."""
    with desk.writing(Role.REVIEWER, areas=AREAS) as w:
        return included_studies.undo(w, act)


def _matched(listed: ListedStudy, study: int | None) -> ListedStudy:
    match_now = StudyMatch.ELSEWHERE if study is None else StudyMatch.STUDY
    return replace(listed, match=match_now, primary=study)


def _entries(including: int, citations: Iterable[str]) -> list[ListedStudy]:
    tidy = [visible(citation) for citation in citations]
    long = next((each for each in tidy if len(each) > LONGEST_CITATION), "")
    if long:
        raise Invalid(
            f"A citation can have up to {LONGEST_CITATION:,} characters; “{long[:60]}…” is longer."
        )
    return [ListedStudy(including=including, citation=each) for each in tidy if each]


def _include(write: Write, listed: Sequence[ListedStudy], file: str = "") -> int:
    if not listed:
        raise Invalid("No primary study is named. Choose studies, or write one citation a line.")
    labels = studies.labels(write.connection, write.review_id)
    _refuse_itself(listed, labels)
    standing = len(included_studies.current(write.connection, write.review_id))
    if standing + len(listed) > MOST_ENTRIES:
        raise Invalid(
            f"The lists of a review hold up to {MOST_ENTRIES:,} entries; {standing:,} stand there, "
            f"and {len(listed):,} would come."
        )
    return included_studies.include(write, listed, file)


def _require(labels: Mapping[int, str], study_ids: Iterable[int]) -> None:
    if any(study not in labels for study in study_ids):
        raise Invalid("A study that was chosen is not there any more; reload the page.")


def _refuse_itself(listed: Iterable[ListedStudy], labels: Mapping[int, str]) -> None:
    for each in listed:
        if each.primary == each.including:
            raise Invalid(f"“{labels[each.including]}” cannot be in its own list.")
