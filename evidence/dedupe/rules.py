"""The rules by which two records are the same, possibly the same, or different.

A rule is a line of a table: it applies where all its facts hold and none of its exceptions. The
first line that applies decides. Vetoes come first, then what joins, then what a person decides,
then what speaks against; a pair that no line applies to has too little in common to say anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from evidence.dedupe.facts import Fact as F
from evidence.dedupe.facts import Holds

VERSION = "1"


class Band(StrEnum):
    """What is to be done with a pair."""

    SAME = "same"
    POSSIBLE = "possible"
    DIFFERENT = "different"


class Veto(StrEnum):
    """Pairs that are kept apart although they look alike; each can be switched off."""

    PART = "part"
    ERRATUM = "erratum"
    COMMENT = "comment"
    REPLY = "reply"
    RETRACTION = "retraction"
    UPDATE = "update"
    CONFERENCE_ABSTRACT = "conference-abstract"
    PREPRINT = "preprint"
    PROTOCOL = "protocol"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a team counts as a duplicate.

    Attributes:
        vetoes: those that are in force.
    """

    vetoes: frozenset[Veto] = frozenset(Veto)


Choice = F | tuple[F, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of the table.

    Attributes:
        code: stable; stored with each verdict.
        says: the reason as a sentence for people.
        when: all must hold; of a choice in brackets, one.
        unless: none may hold.
    """

    code: str
    band: Band
    says: str
    when: tuple[Choice, ...]
    unless: tuple[F, ...] = ()
    veto: Veto | None = None


OTHER_JOURNAL = "journal-named-otherwise"
ALIAS = "same-journal-in-this-set"
AUTHORS_FIT = (F.AUTHORS_SAME, F.AUTHORS_SOME, F.AUTHORS_MISSING)
YEAR_FITS = (F.YEAR_SAME, F.YEAR_NEXT, F.YEAR_MISSING)
YEAR_SAME = (F.YEAR_SAME, F.YEAR_MISSING)
VOLUME_FITS = (F.VOLUME_SAME, F.VOLUME_MISSING)
PAGES_VAGUE = (F.PAGES_SOME, F.PAGES_MISSING)
SIMILAR_TITLE = (F.TITLE_LIKE, F.TITLE_INSERTED, F.TITLE_PART, F.TITLE_NUMBERS)
PLACE_SAME = (F.SPOT_SAME, F.PAGES_FULL)
TITLE_FITS = (F.TITLE_SAME, F.TITLE_PART, F.TITLE_INSERTED)


def _veto(veto: Veto, says: str, when: tuple[Choice, ...], unless: tuple[F, ...] = ()) -> Rule:
    return Rule(
        code=f"kept-apart-{veto}",
        band=Band.DIFFERENT,
        says=says,
        when=when,
        unless=unless,
        veto=veto,
    )


VETOES = (
    _veto(Veto.PART, "The titles differ in a number.", (F.TITLE_NUMBERS,), (F.PAGES_FULL,)),
    _veto(
        Veto.ERRATUM,
        "Only one of the two is a correction.",
        (F.ERRATUM_ONE_SIDED,),
        PLACE_SAME,
    ),
    _veto(Veto.COMMENT, "Only one of the two is a comment.", (F.COMMENT_ONE_SIDED,), PLACE_SAME),
    _veto(Veto.REPLY, "Only one of the two is a reply.", (F.REPLY_ONE_SIDED,), PLACE_SAME),
    _veto(
        Veto.RETRACTION,
        "Only one of the two is a notice of retraction.",
        (F.RETRACTION_ONE_SIDED,),
        PLACE_SAME,
    ),
    _veto(
        Veto.UPDATE,
        "The two are versions of a review that is updated.",
        ((F.DOI_VERSION_OTHER, F.REVIEW_UPDATED),),
    ),
    _veto(
        Veto.PROTOCOL,
        "Only one of the two is a protocol.",
        (F.PROTOCOL_ONE_SIDED,),
        PLACE_SAME,
    ),
    _veto(
        Veto.PREPRINT,
        "Only one of the two is a preprint.",
        (F.PREPRINT_ONE_SIDED,),
        (F.DOI_SAME, F.JOURNAL_SAME, F.JOURNAL_MISSING, *PLACE_SAME),
    ),
    _veto(
        Veto.CONFERENCE_ABSTRACT,
        "Only one of the two is a conference abstract.",
        (F.MEETING_ONE_SIDED,),
        (F.JOURNAL_SAME, F.JOURNAL_MISSING, F.VOLUME_SAME, F.DOI_SAME),
    ),
)

JOINS = (
    Rule(
        code="same-place",
        band=Band.SAME,
        says="The titles agree, the authors fit, and both stand on the same pages.",
        when=(F.TITLE_SAME, AUTHORS_FIT, F.PAGES_SAME, VOLUME_FITS, YEAR_FITS),
        unless=(F.TITLE_RECURRING, F.JOURNAL_OTHER, F.ENDS_OTHER),
    ),
    Rule(
        code="same-place-other-journal-name",
        band=Band.SAME,
        says="Title, authors, volume and pages agree; only the journal is named otherwise.",
        when=(TITLE_FITS, F.AUTHORS_SAME, F.PAGES_SAME, F.VOLUME_SAME, YEAR_FITS),
        unless=(F.TITLE_RECURRING, F.ENDS_OTHER),
    ),
    Rule(
        code="same-identifier",
        band=Band.SAME,
        says="The titles agree, the authors fit, and both have the same DOI or PubMed number.",
        when=((F.TITLE_SAME, F.TITLE_PART), AUTHORS_FIT, (F.DOI_SAME, F.PMID_SAME), YEAR_FITS),
        unless=(F.TITLE_RECURRING, F.PLACE_OTHER),
    ),
    Rule(
        code="same-identifier-similar-title",
        band=Band.SAME,
        says="Similar titles, the same authors and journal, and the same DOI or PubMed number.",
        when=(
            F.TITLE_INSERTED,
            F.AUTHORS_SAME,
            F.JOURNAL_SAME,
            (F.DOI_SAME, F.PMID_SAME),
            YEAR_FITS,
        ),
        unless=(F.TITLE_RECURRING, F.PLACE_OTHER),
    ),
    Rule(
        code="same-issue",
        band=Band.SAME,
        says="Title, authors, journal, year and issue agree; the pages are given otherwise.",
        when=(
            F.TITLE_SAME,
            F.AUTHORS_SAME,
            F.JOURNAL_SAME,
            F.YEAR_SAME,
            VOLUME_FITS,
            F.ISSUE_SAME,
        ),
        unless=(F.TITLE_RECURRING, F.DOI_OTHER),
    ),
    Rule(
        code="same-pages-other-volume",
        band=Band.SAME,
        says="Title, authors, journal, year and pages agree; the volume looks misprinted.",
        when=(
            F.TITLE_SAME,
            F.TITLE_TELLING,
            F.AUTHORS_SAME,
            F.JOURNAL_SAME,
            F.PAGES_SAME,
            F.YEAR_SAME,
        ),
        unless=(F.TITLE_RECURRING, F.ENDS_OTHER),
    ),
    Rule(
        code="pages-missing",
        band=Band.SAME,
        says="Title, authors, journal and year agree, and no page or volume contradicts.",
        when=(F.TITLE_SAME, F.AUTHORS_SAME, F.JOURNAL_SAME, YEAR_SAME, VOLUME_FITS, PAGES_VAGUE),
        unless=(F.TITLE_RECURRING,),
    ),
    Rule(
        code="pages-missing-other-journal-name",
        band=Band.SAME,
        says="Title, authors, year and volume agree, and the journals have similar names.",
        when=(
            F.TITLE_SAME,
            F.TITLE_TELLING,
            F.AUTHORS_SAME,
            F.JOURNAL_SOME,
            F.YEAR_SAME,
            F.VOLUME_SAME,
            PAGES_VAGUE,
        ),
        unless=(F.TITLE_RECURRING,),
    ),
    Rule(
        code="place-unknown-similar-journal",
        band=Band.SAME,
        says="A long title, authors and year agree, the journals have similar names, and neither "
        "record says where in the journal it stands.",
        when=(
            F.TITLE_SAME,
            F.TITLE_LONG,
            F.AUTHORS_SAME,
            F.JOURNAL_SOME,
            YEAR_SAME,
            F.PLACE_UNKNOWN,
        ),
        unless=(F.TITLE_RECURRING, F.DOI_OTHER),
    ),
    Rule(
        code="part-of-title-place-unknown",
        band=Band.SAME,
        says="A long title is a part of the other; the authors agree, and nothing contradicts.",
        when=(
            F.TITLE_PART,
            F.TITLE_LONG,
            F.AUTHORS_SAME,
            (F.JOURNAL_SAME, F.JOURNAL_MISSING),
            YEAR_SAME,
            VOLUME_FITS,
            PAGES_VAGUE,
        ),
        unless=(F.TITLE_RECURRING, F.ISSUE_OTHER, F.DOI_OTHER),
    ),
    Rule(
        code="journal-missing",
        band=Band.SAME,
        says="Title, authors and year agree, and one record says nothing of the journal.",
        when=(
            F.TITLE_SAME,
            F.TITLE_TELLING,
            F.AUTHORS_SAME,
            F.JOURNAL_MISSING,
            YEAR_SAME,
            VOLUME_FITS,
            PAGES_VAGUE,
        ),
        unless=(F.TITLE_RECURRING,),
    ),
    Rule(
        code="online-first",
        band=Band.SAME,
        says="Title, authors and journal agree; one record is from before it had a volume.",
        when=(
            F.TITLE_SAME,
            F.TITLE_TELLING,
            F.AUTHORS_SAME,
            F.JOURNAL_SAME,
            F.YEAR_NEXT,
            F.VOLUME_ONE_SIDED,
            PAGES_VAGUE,
        ),
        unless=(F.TITLE_RECURRING,),
    ),
    Rule(
        code="year-misprinted",
        band=Band.SAME,
        says="Title, authors, journal and volume agree; the year differs by one.",
        when=(
            F.TITLE_SAME,
            F.AUTHORS_SAME,
            F.JOURNAL_SAME,
            F.YEAR_NEXT,
            F.VOLUME_SAME,
            PAGES_VAGUE,
        ),
        unless=(F.TITLE_RECURRING,),
    ),
    Rule(
        code="conference-other-year",
        band=Band.SAME,
        says="A long title, the authors and the conference agree; the years are next to each other.",
        when=(
            F.TITLE_SAME,
            F.TITLE_LONG,
            F.AUTHORS_SAME,
            F.JOURNAL_SAME,
            F.MEETING_BOTH,
            F.YEAR_NEXT,
            F.VOLUME_MISSING,
            F.PAGES_ONE_SIDED,
        ),
        unless=(F.TITLE_RECURRING, F.DOI_OTHER),
    ),
    Rule(
        code="part-of-title-same-place",
        band=Band.SAME,
        says="One title is a part of the other; authors and pages agree.",
        when=(TITLE_FITS, F.AUTHORS_SAME, F.PAGES_SAME, VOLUME_FITS, YEAR_FITS),
        unless=(F.TITLE_RECURRING, F.JOURNAL_OTHER, F.ENDS_OTHER),
    ),
    Rule(
        code="part-of-title-pages-missing",
        band=Band.SAME,
        says="One title is a part of the other; authors, journal, year and volume agree.",
        when=(
            F.TITLE_PART,
            F.TITLE_TELLING,
            F.AUTHORS_SAME,
            F.JOURNAL_SAME,
            F.YEAR_SAME,
            F.VOLUME_SAME,
            PAGES_VAGUE,
        ),
        unless=(F.TITLE_RECURRING, F.ISSUE_OTHER, F.DOI_OTHER),
    ),
    Rule(
        code="authors-missing",
        band=Band.SAME,
        says="A long title, the journal and the year agree; one record has no authors.",
        when=(
            F.TITLE_SAME,
            F.TITLE_LONG,
            F.AUTHORS_MISSING,
            (F.JOURNAL_SAME, F.JOURNAL_MISSING),
            YEAR_SAME,
            VOLUME_FITS,
            PAGES_VAGUE,
        ),
        unless=(F.TITLE_RECURRING,),
    ),
    Rule(
        code="authors-missing-same-volume",
        band=Band.SAME,
        says="Title, journal, year and volume agree; one record has no authors.",
        when=(
            F.TITLE_SAME,
            F.TITLE_TELLING,
            F.AUTHORS_MISSING,
            F.JOURNAL_SAME,
            F.YEAR_SAME,
            F.VOLUME_SAME,
            PAGES_VAGUE,
        ),
        unless=(F.TITLE_RECURRING, F.ISSUE_OTHER),
    ),
    Rule(
        code="other-authors-same-place",
        band=Band.SAME,
        says="A long title, volume, year and all pages agree; the authors are given otherwise.",
        when=(F.TITLE_SAME, F.TITLE_LONG, F.VOLUME_SAME, F.PAGES_FULL, YEAR_FITS),
        unless=(F.TITLE_RECURRING, F.JOURNAL_OTHER),
    ),
    Rule(
        code="other-year-same-place",
        band=Band.SAME,
        says="Title, authors, journal, volume and all pages agree; only the year differs.",
        when=(F.TITLE_SAME, F.AUTHORS_SAME, F.JOURNAL_SAME, F.VOLUME_SAME, F.PAGES_FULL),
        unless=(F.TITLE_RECURRING, F.DOI_OTHER),
    ),
    Rule(
        code="other-title-same-place",
        band=Band.SAME,
        says="Authors, journal, volume and all pages agree; the title is given otherwise.",
        when=(F.AUTHORS_SAME, F.JOURNAL_SAME, F.VOLUME_SAME, F.PAGES_FULL, F.YEAR_SAME),
        unless=(F.DOI_OTHER,),
    ),
    Rule(
        code="similar-title-same-place",
        band=Band.SAME,
        says="Similar titles; authors and year fit, and all pages agree.",
        when=(
            SIMILAR_TITLE,
            (F.AUTHORS_SAME, F.AUTHORS_MISSING),
            (F.JOURNAL_SAME, F.JOURNAL_SOME),
            VOLUME_FITS,
            F.PAGES_LONG,
            F.YEAR_SAME,
        ),
        unless=(F.DOI_OTHER, F.ISSUE_OTHER),
    ),
    Rule(
        code="similar-title-same-volume",
        band=Band.SAME,
        says="Similar titles; journal, volume and all pages agree; one record has no authors.",
        when=(
            SIMILAR_TITLE,
            F.AUTHORS_MISSING,
            F.JOURNAL_SAME,
            F.VOLUME_SAME,
            F.PAGES_FULL,
            F.YEAR_SAME,
        ),
        unless=(F.DOI_OTHER,),
    ),
    Rule(
        code="recurring-title-same-pages",
        band=Band.SAME,
        says="The title returns from issue to issue, but authors, volume and all pages agree.",
        when=(
            F.TITLE_SAME,
            F.AUTHORS_SAME,
            (F.JOURNAL_SAME, F.JOURNAL_SOME),
            YEAR_FITS,
            F.VOLUME_SAME,
            F.PAGES_FULL,
        ),
        unless=(F.ISSUE_OTHER, F.DOI_OTHER),
    ),
    Rule(
        code="recurring-title-same-place",
        band=Band.SAME,
        says="The title returns from issue to issue, but place, year and authors all agree.",
        when=(
            F.TITLE_SAME,
            AUTHORS_FIT,
            F.JOURNAL_SAME,
            YEAR_FITS,
            F.VOLUME_SAME,
            (F.PAGES_FULL, F.PAGES_SINGLE, F.ISSUE_SAME),
        ),
        unless=(F.ISSUE_OTHER, F.DOI_OTHER, F.PAGES_OTHER),
    ),
)

# Reached only where a team has switched off the veto that keeps these apart.
VERSIONS = (
    Rule(
        code="same-review-updated",
        band=Band.SAME,
        says="Two versions of one review, which this team counts as one.",
        when=(
            (F.DOI_VERSION_OTHER, F.REVIEW_UPDATED),
            (F.TITLE_SAME, F.TITLE_PART),
            F.JOURNAL_SAME,
        ),
    ),
    Rule(
        code="same-work-other-version",
        band=Band.SAME,
        says="Title and authors agree; a preprint or conference abstract, which this team counts "
        "as one with the paper.",
        when=(
            F.TITLE_SAME,
            F.TITLE_LONG,
            F.AUTHORS_SAME,
            YEAR_FITS,
            (F.PREPRINT_ONE_SIDED, F.MEETING_ONE_SIDED),
        ),
        unless=(F.TITLE_RECURRING, F.JOURNAL_SAME),
    ),
)

# Reached only from OTHER_JOURNAL, by aliases.py.
LEARNT = (
    Rule(
        code=ALIAS,
        band=Band.SAME,
        says="Title, authors and year agree, and many works of this set stand under both names of "
        "the journal.",
        when=(),
    ),
)

QUESTIONS = (
    Rule(
        code=OTHER_JOURNAL,
        band=Band.POSSIBLE,
        says="Title, authors and year agree, but the journals have different names.",
        when=(F.TITLE_SAME, F.AUTHORS_SAME, YEAR_SAME, F.JOURNAL_OTHER, VOLUME_FITS, PAGES_VAGUE),
        unless=(F.TITLE_RECURRING,),
    ),
    Rule(
        code="same-title-and-authors",
        band=Band.POSSIBLE,
        says="Title and authors agree, but something speaks against it.",
        when=(F.TITLE_SAME, F.TITLE_TELLING, F.AUTHORS_SAME, YEAR_FITS),
        unless=(F.PAGES_OTHER, F.TITLE_RECURRING),
    ),
)

AGAINST = (
    Rule(
        code="other-title",
        band=Band.DIFFERENT,
        says="The titles differ.",
        when=((F.TITLE_OTHER, F.TITLE_NUMBERS),),
    ),
    Rule(
        code="other-title",
        band=Band.DIFFERENT,
        says="The titles differ.",
        when=((F.TITLE_LIKE, F.TITLE_INSERTED), (F.PAGES_OTHER, F.DOI_OTHER, F.PMID_OTHER)),
    ),
    Rule(
        code="other-pages",
        band=Band.DIFFERENT,
        says="The two stand on different pages.",
        when=(F.PAGES_OTHER,),
    ),
    Rule(
        code="other-volume-and-year",
        band=Band.DIFFERENT,
        says="The two stand in different volumes of different years.",
        when=(F.VOLUME_OTHER, (F.YEAR_OTHER, F.YEAR_NEXT)),
    ),
    Rule(
        code="other-authors",
        band=Band.DIFFERENT,
        says="The two have different authors.",
        when=(F.AUTHORS_OTHER,),
    ),
)

RULES = (*VETOES, *JOINS, *VERSIONS, *LEARNT, *QUESTIONS, *AGAINST)
BANDS = np.array([list(Band).index(rule.band) for rule in RULES], dtype=np.int8)
SAME, POSSIBLE, DIFFERENT = range(3)  # places in Band, as BANDS has them
NOTHING = -1  # no line applies


def decide(known: Mapping[F, Holds], settings: Settings) -> NDArray[np.int16]:
    """For each pair the first line of RULES that applies; NOTHING where none does."""
    size = len(known[F.TITLE_SAME])
    chosen = np.full(size, NOTHING, dtype=np.int16)
    for row, rule in enumerate(RULES):
        if rule.code != ALIAS and (rule.veto is None or rule.veto in settings.vetoes):
            chosen[(chosen == NOTHING) & _applies(rule, known)] = row
    return chosen


def _applies(rule: Rule, known: Mapping[F, Holds]) -> Holds:
    holds = np.ones(len(known[F.TITLE_SAME]), dtype=bool)
    for choice in rule.when:
        either = choice if isinstance(choice, tuple) else (choice,)
        holds &= np.logical_or.reduce([known[fact] for fact in either])
    for fact in rule.unless:
        holds &= ~known[fact]
    return holds


def place_of(code: str) -> int:
    """Where in RULES a code stands first."""
    return next(row for row, rule in enumerate(RULES) if rule.code == code)


def version(settings: Settings) -> str:
    """What to store with verdicts, so that they can be traced to these rules."""
    off = sorted(set(Veto) - settings.vetoes)
    return VERSION + (f" without {', '.join(off)}" if off else "")
