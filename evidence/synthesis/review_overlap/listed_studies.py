"""The primary studies that lists of reviews name, and the table of inclusions that they come to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from evidence.synthesis.map_search.folded_texts import whole_words
from evidence.synthesis.review_overlap.covered_area import InclusionTable


class StudyMatch(StrEnum):
    """What somebody said of a primary study that a list names."""

    OPEN = "open"  # nobody said yet whether it is among the studies
    STUDY = "study"
    ELSEWHERE = "elsewhere"  # it is none of them


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedStudy:
    """A primary study in the list of a review.

    Attributes:
        including: id of the review, which is a study of ours.
        citation: how the list names the primary study.
        primary: id of the study that it is; None unless `match` is STUDY.
    """

    including: int
    citation: str
    match: StudyMatch = StudyMatch.OPEN
    primary: int | None = None

    @property
    def key(self) -> tuple[int, str]:
        """By which it is the same entry of the same list, however it is spelled."""
        return self.including, folded_citation(self.citation)


def folded_citation(citation: str) -> str:
    """A citation without capitals, accents and punctuation, by which two are the same."""
    return " ".join(whole_words(citation)) or citation.strip()


def inclusion_table(listed: Iterable[ListedStudy], labels: Mapping[int, str]) -> InclusionTable:
    """Which review includes which primary study.

    Entries that are the same study of ours are one; others are one where their citations are the
    same but for capitals, accents and punctuation.

    Args:
        listed: what the lists name.
        labels: of our studies, by id, in the order in which reviews are shown.
    """
    listed = [each for each in listed if each.including in labels]
    order = {study: at for at, study in enumerate(labels)}
    reviews = sorted({each.including for each in listed}, key=order.__getitem__)
    names: dict[int | str, str] = {}
    for each in listed:
        names.setdefault(_study(each), _name(each, labels))
    studies = sorted(names, key=lambda study: (names[study].casefold(), str(study)))
    rows = {study: at for at, study in enumerate(studies)}
    columns = {review: at for at, review in enumerate(reviews)}
    return InclusionTable(
        reviews=tuple(labels[review] for review in reviews),
        studies=tuple(names[study] for study in studies),
        inclusions=frozenset((rows[_study(each)], columns[each.including]) for each in listed),
    )


def _study(listed: ListedStudy) -> int | str:
    return listed.primary if listed.primary is not None else folded_citation(listed.citation)


def _name(listed: ListedStudy, labels: Mapping[int, str]) -> str:
    if listed.primary is None:
        return listed.citation
    return labels.get(listed.primary, listed.citation)
