"""What can be said of a pair of records, as facts that rules combine."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from evidence.deduplication.authors import FieldLevel
from evidence.deduplication.compare import ComparedPairs, Scores
from evidence.deduplication.kinds import OF_TITLES, KindFlag
from evidence.deduplication.prepare import Integers, PreparedRecords
from evidence.deduplication.titles import TitleLevel

WORDS = 2
TELLING = 4  # telling words; such a title is rarely used twice
LONG = 6
CLOSE = 0.8  # of the letters
WITHIN = 90.0  # percent of the letters of the shorter title
OVERLAPS = 80.0
WITHIN_LETTERS = 25  # that the shorter title must have
SEVERAL = 3  # names
MOST_NAMES = 0.75  # of the shorter list
BEGINNING = 20  # pages; where each issue begins at page 1, its editorials stand here

Mask = NDArray[np.bool_]


class Fact(Enum):
    """What can be said of a pair. A value that one side lacks is MISSING, never OTHER."""

    TITLE_SAME = auto()  # but for misspellings and small words
    TITLE_PART = auto()  # one is the beginning or the end of the other
    TITLE_INSERTED = auto()  # one has a further word in its midst
    TITLE_SLIP = auto()  # a single letter differs
    TITLE_NUMBERS = auto()  # alike but for different numbers
    TITLE_LIKE = auto()
    TITLE_REWORDED = auto()  # TITLE_LIKE, and more than one word differs
    TITLE_SHORT_PART = auto()  # TITLE_LIKE: the beginning or end of the other, but of few words
    TITLE_WITHIN = auto()  # TITLE_LIKE, and nearly all letters of one stand in a row in the other
    TITLE_OVERLAPS = auto()  # as before, but for four fifths of the letters
    TITLE_CLOSE = auto()  # at least four fifths of the letters are the same
    TITLE_OTHER = auto()
    TITLE_MISSING = auto()
    TITLE_WORDS = auto()  # at least two telling words
    TITLE_TELLING = auto()  # at least four
    TITLE_LONG = auto()  # at least six
    TITLE_RECURRING = auto()  # "Editorial"
    AUTHORS_SAME = auto()
    FIRST_AUTHOR_SAME = auto()  # the family name
    AUTHORS_SEVERAL = auto()  # AUTHORS_SAME, by at least three names, of which few differ
    AUTHORS_SOME = auto()
    AUTHORS_OTHER = auto()
    AUTHORS_MISSING = auto()
    YEAR_SAME = auto()
    YEAR_NEXT = auto()
    YEAR_OTHER = auto()
    YEAR_TWO = auto()  # two years apart; YEAR_OTHER, too
    YEAR_MISSING = auto()
    JOURNAL_SAME = auto()
    JOURNAL_SOME = auto()
    JOURNAL_OTHER = auto()
    JOURNAL_MISSING = auto()
    VOLUME_SAME = auto()
    VOLUME_SOME = auto()  # 1A and 1; a word and a number
    VOLUME_OTHER = auto()
    VOLUME_MISSING = auto()
    VOLUME_ONE_SIDED = auto()
    ISSUE_SAME = auto()
    ISSUE_OTHER = auto()
    PAGES_SAME = auto()  # the first page
    PAGES_FULL = auto()  # the first and the last page, which differ
    PAGES_SPAN = auto()  # first and last page, and not just two pages of a supplement
    PAGES_WITHIN = auto()  # the first page lies too far back for the beginning of an issue
    PAGES_LONG = auto()  # first and last page, at least three pages
    PLACE_OTHER = auto()  # other volume and other pages
    PAGES_SINGLE = auto()  # the first page, and no further one on either side
    PAGES_KIND_OTHER = auto()  # only one of the two has a letter before its pages
    PAGES_SOME = auto()  # they overlap
    PAGES_OTHER = auto()
    PAGES_EARLY = auto()  # as many pages, but one of the two counts from page 1
    PAGES_FROM_1 = auto()  # only one of the two counts from page 1, as long as it may be
    PAGES_MISSING = auto()
    PAGES_ONE_SIDED = auto()
    PLACE_UNKNOWN = auto()  # neither has a volume or pages
    ENDS_OTHER = auto()  # one page against several, in another issue
    SPOT_SAME = auto()  # volume, pages and, where given, issue
    DOI_SAME = auto()
    DOI_OTHER = auto()
    DOI_VERSION_OTHER = auto()  # .pub2 and .pub3
    REVIEW_UPDATED = auto()  # one article number of the Cochrane Library in two years
    PMID_SAME = auto()
    PMID_OTHER = auto()
    ABSTRACT_SAME = auto()
    ABSTRACT_OTHER = auto()
    MEETING_BOTH = auto()
    MEETING_ONE_SIDED = auto()
    PERIODICAL_ONE_SIDED = auto()  # one is named as a journal, or stands in a volume
    PROCEEDINGS_ONLY = auto()  # at least one is named for a conference, and neither is a journal
    ERRATUM_ONE_SIDED = auto()
    COMMENT_ONE_SIDED = auto()
    REPLY_ONE_SIDED = auto()
    RETRACTION_ONE_SIDED = auto()
    PROTOCOL_ONE_SIDED = auto()
    PREPRINT_ONE_SIDED = auto()


F = Fact
_FLAGS = {
    F.MEETING_ONE_SIDED: KindFlag.MEETING,
    F.ERRATUM_ONE_SIDED: KindFlag.ERRATUM,
    F.COMMENT_ONE_SIDED: KindFlag.COMMENT,
    F.REPLY_ONE_SIDED: KindFlag.REPLY,
    F.RETRACTION_ONE_SIDED: KindFlag.RETRACTION,
    F.PROTOCOL_ONE_SIDED: KindFlag.PROTOCOL,
    F.PREPRINT_ONE_SIDED: KindFlag.PREPRINT,
}
_TITLES = {
    F.TITLE_PART: TitleLevel.PART,
    F.TITLE_INSERTED: TitleLevel.INSERTED,
    F.TITLE_SLIP: TitleLevel.SLIP,
    F.TITLE_NUMBERS: TitleLevel.NUMBERS,
    F.TITLE_REWORDED: TitleLevel.LIKE,
    F.TITLE_SHORT_PART: TitleLevel.SHORT_PART,
    F.TITLE_OTHER: TitleLevel.OTHER,
    F.TITLE_MISSING: TitleLevel.MISSING,
}
_FIELDS = ("authors", "journal", "volume", "issue", "pages", "doi", "pmid", "abstract")


def facts(records: PreparedRecords, pairs: ComparedPairs) -> Mapping[Fact, Mask]:
    """What holds of each pair."""
    holds = {fact: pairs.title == level for fact, level in _TITLES.items()}
    holds[F.TITLE_SAME] = pairs.title >= TitleLevel.NEAR
    holds[F.TITLE_LIKE] = (pairs.title >= TitleLevel.LIKE) & (pairs.title <= TitleLevel.SHORT_PART)
    holds[F.TITLE_CLOSE] = (pairs.title >= TitleLevel.LIKE) & (pairs.title_score >= CLOSE)
    within = _within(records.title, pairs)
    holds[F.TITLE_WITHIN] = within >= WITHIN
    holds[F.TITLE_OVERLAPS] = within >= OVERLAPS
    holds |= _levels(pairs)
    holds |= _weights(records, pairs)
    holds |= _places(records, pairs)
    holds |= _years(pairs)
    holds |= _containers(records.flags[pairs.a], records.flags[pairs.b])
    flags = records.flags[pairs.a] ^ records.flags[pairs.b]
    flags[pairs.title == TitleLevel.MISSING] &= ~OF_TITLES
    return holds | {fact: (flags & flag) != 0 for fact, flag in _FLAGS.items()}


def _within(titles: Sequence[str], pairs: ComparedPairs) -> Scores:
    """How many percent of the letters of the shorter title stand in a row in the longer one.

    Only for titles that are alike and not too short, and where no other authors are given; else 0.
    """
    within = np.zeros(len(pairs), np.float32)
    alike = (pairs.title == TitleLevel.LIKE) & (pairs.authors != FieldLevel.OTHER)
    for at in np.flatnonzero(alike).tolist():
        a, b = (titles[row].replace(" ", "") for row in (pairs.a[at], pairs.b[at]))
        if min(len(a), len(b)) >= WITHIN_LETTERS:
            within[at] = fuzz.partial_ratio(a, b, score_cutoff=OVERLAPS)
    return within


def _levels(pairs: ComparedPairs) -> dict[Fact, Mask]:
    levels = {}
    for name in _FIELDS:
        for field in FieldLevel:
            fact = Fact.__members__.get(f"{name}_{field.name}".upper())
            if fact is not None:
                levels[fact] = getattr(pairs, name) == field
    return levels


def _weights(records: PreparedRecords, pairs: ComparedPairs) -> dict[Fact, Mask]:
    weight = np.minimum(records.weight[pairs.a], records.weight[pairs.b])
    families = zip(pairs.a.tolist(), pairs.b.tolist(), strict=True)
    same_family = [records.family[a] == records.family[b] != "" for a, b in families]
    several = np.array([people.count(" ") >= SEVERAL - 1 for people in records.authors], dtype=bool)
    several = several[pairs.a] & several[pairs.b] & (pairs.authors_score >= MOST_NAMES)
    return {
        F.FIRST_AUTHOR_SAME: np.array(same_family, dtype=bool),
        F.AUTHORS_SEVERAL: several & (pairs.authors == FieldLevel.SAME),
        F.TITLE_WORDS: weight >= WORDS,
        F.TITLE_TELLING: weight >= TELLING,
        F.TITLE_LONG: weight >= LONG,
        F.TITLE_RECURRING: weight == 0,
    }


def _places(records: PreparedRecords, pairs: ComparedPairs) -> dict[Fact, Mask]:
    a, b = pairs.a, pairs.b
    first, last_a, last_b = records.first[a], records.last[a], records.last[b]
    start = pairs.pages == FieldLevel.SAME
    spans = np.maximum(last_a - first, 0), np.maximum(last_b - first, 0)
    one_and_several = (np.minimum(*spans) == 0) & (np.maximum(*spans) > 0)
    both_ends = (last_a > 0) & (last_b > 0)
    lettered = np.stack([records.letters[a] != 0, records.letters[b] != 0])
    cochrane = records.flags[a] & records.flags[b] & KindFlag.COCHRANE != 0
    same_work = (records.doi_work[a] == records.doi_work[b]) & (records.doi_work[a] != 0)
    return {
        F.PAGES_FULL: start & (last_a == last_b) & (last_a > first),
        F.PAGES_SPAN: start & (last_a == last_b) & (last_a > first + lettered.any(axis=0)),
        F.PAGES_KIND_OTHER: lettered[0] != lettered[1],
        F.PAGES_FROM_1: both_ends & ((first == 1) != (records.first[b] == 1)),
        F.PAGES_EARLY: both_ends
        & (last_a - first == last_b - records.first[b])
        & (last_a > first)
        & ((first == 1) != (records.first[b] == 1)),
        F.PAGES_WITHIN: start & (first > BEGINNING),
        F.PAGES_LONG: start & (last_a == last_b) & (last_a > first + 1),
        F.PLACE_OTHER: (pairs.volume == FieldLevel.OTHER) & (pairs.pages == FieldLevel.OTHER),
        F.PAGES_SINGLE: start & (np.maximum(*spans) == 0),
        F.ENDS_OTHER: start & both_ends & one_and_several & (pairs.issue == FieldLevel.OTHER),
        F.SPOT_SAME: start & (pairs.volume == FieldLevel.SAME) & (pairs.issue != FieldLevel.OTHER),
        F.PLACE_UNKNOWN: (
            records.first[a] + records.first[b] + records.volume[a] + records.volume[b]
        )
        == 0,
        F.PAGES_ONE_SIDED: (records.first[a] != 0) != (records.first[b] != 0),
        F.VOLUME_ONE_SIDED: (records.volume[a] != 0) != (records.volume[b] != 0),
        F.DOI_VERSION_OTHER: same_work & (pairs.doi == FieldLevel.OTHER),
        F.REVIEW_UPDATED: start & cochrane & (pairs.years > 0),
    }


def _containers(a: Integers, b: Integers) -> dict[Fact, Mask]:
    """Whether the containers of two records are conferences, proceedings or periodicals."""
    either = a | b
    return {
        F.MEETING_BOTH: (a & b & KindFlag.MEETING) != 0,
        F.PERIODICAL_ONE_SIDED: ((a ^ b) & KindFlag.PERIODICAL) != 0,
        F.PROCEEDINGS_ONLY: ((either & KindFlag.PROCEEDINGS) != 0)
        & ((either & KindFlag.PERIODICAL) == 0),
    }


def _years(pairs: ComparedPairs) -> dict[Fact, Mask]:
    return {
        F.YEAR_SAME: pairs.years == 0,
        F.YEAR_NEXT: pairs.years == 1,
        F.YEAR_OTHER: pairs.years > 1,
        F.YEAR_TWO: pairs.years == 2,  # noqa: PLR2004
        F.YEAR_MISSING: pairs.years < 0,
    }
