"""What makes two records the same, the surest first, and what a person should look at."""

from evidence.dedupe.facts import Fact
from evidence.dedupe.rule import Band, Choice, Rule

F = Fact
OTHER_JOURNAL = "journal-named-otherwise"
ALIAS = "same-journal-in-this-set"
SIMILAR_JOURNAL = ("place-unknown-similar-journal", "pages-missing-similar-journal")

AUTHORS_FIT = (F.AUTHORS_SAME, F.AUTHORS_SOME, F.AUTHORS_MISSING)
YEAR_FITS = (F.YEAR_SAME, F.YEAR_NEXT, F.YEAR_MISSING)
YEAR_SAME = (F.YEAR_SAME, F.YEAR_MISSING)
VOLUME_FITS = (F.VOLUME_SAME, F.VOLUME_MISSING)
PAGES_VAGUE = (F.PAGES_SOME, F.PAGES_MISSING)
JOURNAL_FITS = (F.JOURNAL_SAME, F.JOURNAL_MISSING)
JOURNAL_UNLIKE = (F.JOURNAL_OTHER, F.JOURNAL_SOME)
JOURNAL_LIKE = (F.JOURNAL_SAME, F.JOURNAL_SOME)
TITLE_FITS = (F.TITLE_SAME, F.TITLE_PART, F.TITLE_SLIP, F.TITLE_INSERTED)
TITLE_LIKE = (F.TITLE_LIKE, F.TITLE_INSERTED, F.TITLE_SLIP, F.TITLE_PART, F.TITLE_NUMBERS)
TITLE_CLOSE = (F.TITLE_SLIP, F.TITLE_INSERTED)
SAME_NUMBER = (F.DOI_SAME, F.PMID_SAME)
ONCE = F.TITLE_RECURRING  # as an exception: the title does not return from issue to issue


def _same(code: str, says: str, when: tuple[Choice, ...], unless: tuple[Fact, ...]) -> Rule:
    return Rule(code=code, band=Band.SAME, says=says, when=when, unless=unless)


JOINS = (
    _same(
        "same-place",
        "The titles agree, the authors fit, and both stand on the same pages.",
        (F.TITLE_SAME, AUTHORS_FIT, F.PAGES_SAME, VOLUME_FITS, YEAR_FITS),
        (ONCE, F.JOURNAL_OTHER, F.ENDS_OTHER),
    ),
    _same(
        "same-place-other-journal-name",
        "Title, authors, volume and pages agree; only the journal is named otherwise.",
        (TITLE_FITS, F.AUTHORS_SAME, F.PAGES_SAME, F.VOLUME_SAME, YEAR_FITS),
        (ONCE, F.ENDS_OTHER),
    ),
    _same(
        "same-identifier",
        "The titles agree, the authors fit, and both have the same DOI or PubMed number.",
        ((F.TITLE_SAME, F.TITLE_PART), AUTHORS_FIT, SAME_NUMBER, YEAR_FITS),
        (ONCE, F.PLACE_OTHER),
    ),
    _same(
        "same-identifier-similar-title",
        "Similar titles, the same authors and journal, and the same DOI or PubMed number.",
        (TITLE_CLOSE, F.AUTHORS_SAME, F.JOURNAL_SAME, SAME_NUMBER, YEAR_FITS),
        (ONCE, F.PLACE_OTHER),
    ),
    _same(
        "same-issue",
        "Title, authors, journal, year and issue agree; the pages are given otherwise.",
        (F.TITLE_SAME, F.AUTHORS_SAME, F.JOURNAL_SAME, F.YEAR_SAME, VOLUME_FITS, F.ISSUE_SAME),
        (ONCE, F.DOI_OTHER, F.PAGES_KIND_OTHER),
    ),
    _same(
        "same-pages-other-volume",
        "Title, authors, journal, year and pages agree; the volume looks misprinted.",
        (F.TITLE_SAME, F.TITLE_TELLING, F.AUTHORS_SAME, F.JOURNAL_SAME, F.PAGES_SAME, F.YEAR_SAME),
        (ONCE, F.ENDS_OTHER),
    ),
    _same(
        "pages-missing",
        "Title, authors, journal and year agree, and no page or volume contradicts.",
        (F.TITLE_SAME, F.AUTHORS_SAME, F.JOURNAL_SAME, YEAR_SAME, VOLUME_FITS, PAGES_VAGUE),
        (ONCE, F.DOI_OTHER),
    ),
    _same(
        SIMILAR_JOURNAL[1],
        "Title, authors, year and volume agree, and the journals have similar names.",
        (
            *(F.TITLE_SAME, F.TITLE_TELLING, F.AUTHORS_SAME, F.JOURNAL_SOME),
            *(F.YEAR_SAME, F.VOLUME_SAME, PAGES_VAGUE),
        ),
        (ONCE, F.DOI_OTHER),
    ),
    _same(
        SIMILAR_JOURNAL[0],
        "A long title, authors and year agree, the journals have similar names, and neither "
        "record says where in the journal it stands.",
        (F.TITLE_SAME, F.TITLE_LONG, F.AUTHORS_SAME, F.JOURNAL_SOME, YEAR_SAME, F.PLACE_UNKNOWN),
        (ONCE, F.DOI_OTHER),
    ),
    _same(
        "part-of-title-place-unknown",
        "A long title is a part of the other, or a letter differs; the authors agree, and nothing "
        "contradicts.",
        (
            *((F.TITLE_PART, F.TITLE_SLIP), F.TITLE_LONG, F.AUTHORS_SAME, JOURNAL_FITS),
            *(YEAR_SAME, VOLUME_FITS, PAGES_VAGUE),
        ),
        (ONCE, F.ISSUE_OTHER, F.DOI_OTHER),
    ),
    _same(
        "journal-missing",
        "Title, authors and year agree, and one record says nothing of the journal.",
        (
            *(F.TITLE_SAME, F.TITLE_TELLING, F.AUTHORS_SAME, F.JOURNAL_MISSING),
            *(YEAR_SAME, VOLUME_FITS, PAGES_VAGUE),
        ),
        (ONCE, F.DOI_OTHER),
    ),
    _same(
        "online-first",
        "Title, authors and journal agree; one record is from before it had a volume.",
        (
            *(F.TITLE_SAME, F.TITLE_TELLING, F.AUTHORS_SAME, F.JOURNAL_SAME),
            *(F.YEAR_NEXT, F.VOLUME_ONE_SIDED, PAGES_VAGUE),
        ),
        (ONCE, F.DOI_OTHER),
    ),
    _same(
        "year-misprinted",
        "Title, authors, journal and volume agree; the year differs by one.",
        (F.TITLE_SAME, F.AUTHORS_SAME, F.JOURNAL_SAME, F.YEAR_NEXT, F.VOLUME_SAME, PAGES_VAGUE),
        (ONCE, F.DOI_OTHER),
    ),
    _same(
        "conference-other-year",
        "A long title, authors and conference agree; it was held in one year, printed in the next.",
        (
            *(F.TITLE_SAME, F.TITLE_LONG, F.AUTHORS_SAME, F.JOURNAL_SAME, F.MEETING_BOTH),
            *(F.YEAR_NEXT, F.VOLUME_MISSING, F.PAGES_ONE_SIDED),
        ),
        (ONCE, F.DOI_OTHER),
    ),
    _same(
        "part-of-title-same-place",
        "One title is a part of the other, or nearly the same; authors and pages agree.",
        (TITLE_FITS, F.AUTHORS_SAME, F.PAGES_SAME, VOLUME_FITS, YEAR_FITS),
        (ONCE, F.JOURNAL_OTHER, F.ENDS_OTHER),
    ),
    _same(
        "part-of-title-pages-missing",
        "One title is a part of the other, or a letter differs; all else that is given agrees.",
        (
            *((F.TITLE_PART, F.TITLE_SLIP), F.TITLE_TELLING, F.AUTHORS_SAME, F.JOURNAL_SAME),
            *(F.YEAR_SAME, F.VOLUME_SAME, PAGES_VAGUE),
        ),
        (ONCE, F.ISSUE_OTHER, F.DOI_OTHER),
    ),
    _same(
        "some-authors",
        "A long title, journal and year agree, and some of the authors do.",
        (
            *(F.TITLE_SAME, F.TITLE_LONG, F.AUTHORS_SOME, F.JOURNAL_SAME),
            *(F.YEAR_SAME, VOLUME_FITS, PAGES_VAGUE),
        ),
        (ONCE, F.ISSUE_OTHER, F.DOI_OTHER),
    ),
    _same(
        "authors-missing",
        "A long title, the journal and the year agree; one record has no authors.",
        (
            *(F.TITLE_SAME, F.TITLE_LONG, F.AUTHORS_MISSING, JOURNAL_FITS),
            *(YEAR_SAME, VOLUME_FITS, PAGES_VAGUE),
        ),
        (ONCE, F.DOI_OTHER),
    ),
    _same(
        "authors-missing-same-volume",
        "Title, journal, year and volume agree; one record has no authors.",
        (
            *(F.TITLE_SAME, F.TITLE_TELLING, F.AUTHORS_MISSING, F.JOURNAL_SAME),
            *(F.YEAR_SAME, F.VOLUME_SAME, PAGES_VAGUE),
        ),
        (ONCE, F.ISSUE_OTHER, F.DOI_OTHER),
    ),
    _same(
        "other-authors-same-place",
        "A long title, volume, year and all pages agree; the authors are given otherwise.",
        (F.TITLE_SAME, F.TITLE_LONG, F.VOLUME_SAME, F.PAGES_FULL, YEAR_FITS),
        (ONCE, F.JOURNAL_OTHER),
    ),
    _same(
        "other-year-same-place",
        "Title, authors, journal, volume and all pages agree; only the year differs.",
        (F.TITLE_SAME, F.AUTHORS_SAME, F.JOURNAL_SAME, F.VOLUME_SAME, F.PAGES_FULL),
        (ONCE, F.DOI_OTHER),
    ),
    _same(
        "other-title-same-place",
        "Authors, journal, volume and all pages agree; the title is given otherwise.",
        (F.AUTHORS_SAME, F.JOURNAL_SAME, F.VOLUME_SAME, F.PAGES_SPAN, F.YEAR_SAME),
        (F.DOI_OTHER,),
    ),
    _same(
        "similar-title-same-place",
        "Similar titles; authors and year fit, and all pages agree.",
        (
            *(TITLE_LIKE, (F.AUTHORS_SAME, F.AUTHORS_MISSING), JOURNAL_LIKE),
            *(VOLUME_FITS, F.PAGES_LONG, F.YEAR_SAME),
        ),
        (F.DOI_OTHER, F.ISSUE_OTHER),
    ),
    _same(
        "similar-title-same-volume",
        "Similar titles; journal, volume and all pages agree; one record has no authors.",
        (
            *(TITLE_LIKE, F.AUTHORS_MISSING, F.JOURNAL_SAME),
            *(F.VOLUME_SAME, F.PAGES_FULL, F.YEAR_SAME),
        ),
        (F.DOI_OTHER,),
    ),
    _same(
        "recurring-title-same-pages",
        "The title returns from issue to issue, but authors, volume and all pages agree.",
        (F.TITLE_SAME, F.AUTHORS_SAME, JOURNAL_LIKE, YEAR_FITS, F.VOLUME_SAME, F.PAGES_FULL),
        (F.ISSUE_OTHER, F.DOI_OTHER),
    ),
    _same(
        "recurring-title-same-place",
        "The title returns from issue to issue, but place, year and authors all agree.",
        (
            *(F.TITLE_SAME, AUTHORS_FIT, F.JOURNAL_SAME, YEAR_FITS, F.VOLUME_SAME),
            (F.PAGES_FULL, F.PAGES_SINGLE, F.ISSUE_SAME),
        ),
        (F.ISSUE_OTHER, F.DOI_OTHER, F.PAGES_OTHER),
    ),
)

# Reached only where a team has switched off the veto that keeps these apart.
VERSIONS = (
    _same(
        "same-review-updated",
        "Two versions of one review, which this team counts as one.",
        ((F.DOI_VERSION_OTHER, F.REVIEW_UPDATED), (F.TITLE_SAME, F.TITLE_PART), F.JOURNAL_SAME),
        (),
    ),
    _same(
        "same-work-other-version",
        "Title and authors agree; a preprint or conference abstract, which this team counts as "
        "one with the paper.",
        (
            *(F.TITLE_SAME, F.TITLE_LONG, F.AUTHORS_SAME, YEAR_FITS),
            (F.PREPRINT_ONE_SIDED, F.MEETING_ONE_SIDED),
        ),
        (ONCE, F.JOURNAL_SAME),
    ),
)

LEARNT = (
    Rule(
        code=ALIAS,
        band=Band.SAME,
        says="Title, authors and year agree, and many works of this set stand under both names of "
        "the journal.",
        when=(),
        learnt=True,
    ),
)

QUESTIONS = (
    Rule(
        code=OTHER_JOURNAL,
        band=Band.POSSIBLE,
        says="Title, authors and year agree, but the journals have different names.",
        when=(F.TITLE_SAME, F.AUTHORS_SAME, YEAR_SAME, JOURNAL_UNLIKE, VOLUME_FITS, PAGES_VAGUE),
        unless=(ONCE,),
    ),
    Rule(
        code="similar-title-same-page",
        band=Band.POSSIBLE,
        says="Similar titles, the same authors, and the same page of the same volume.",
        when=(TITLE_LIKE, F.AUTHORS_SAME, F.PAGES_SAME, F.VOLUME_SAME, F.JOURNAL_SAME),
    ),
    Rule(
        code="same-title-and-authors",
        band=Band.POSSIBLE,
        says="Title and authors agree, but something speaks against it.",
        when=(F.TITLE_SAME, F.TITLE_TELLING, F.AUTHORS_SAME, YEAR_FITS),
        unless=(F.PAGES_OTHER, ONCE),
    ),
)
