"""What makes two records the same, the surest first."""

from evidence.deduplication.rule_types import (
    AUTHORS_FIT,
    JOURNAL_FITS,
    JOURNAL_LIKE,
    ONCE,
    PAGES_VAGUE,
    SAME_NUMBER,
    TITLE_CLOSE,
    TITLE_FITS,
    TITLE_LIKE,
    VOLUME_FITS,
    YEAR_FITS,
    YEAR_SAME,
    F,
    joining_rule,
)

JOINING_RULES = (
    joining_rule(
        "same-place",
        "The titles agree, the authors fit, and both stand on the same pages.",
        (F.TITLE_SAME, AUTHORS_FIT, F.PAGES_SAME, VOLUME_FITS, YEAR_FITS),
        (ONCE, F.JOURNAL_OTHER, F.ENDS_OTHER),
    ),
    joining_rule(
        "same-place-other-journal-name",
        "Title, authors, volume and pages agree; only the journal is named otherwise.",
        (TITLE_FITS, F.AUTHORS_SAME, F.PAGES_SAME, F.VOLUME_SAME, YEAR_FITS),
        (ONCE, F.ENDS_OTHER),
    ),
    joining_rule(
        "same-identifier",
        "The titles agree, the authors fit, and both have the same DOI or PubMed number.",
        ((F.TITLE_SAME, F.TITLE_PART), AUTHORS_FIT, SAME_NUMBER, YEAR_FITS),
        (ONCE, F.PLACE_OTHER),
    ),
    joining_rule(
        "same-identifier-similar-title",
        "Similar titles, the same authors and journal, and the same DOI or PubMed number.",
        (TITLE_CLOSE, F.AUTHORS_SAME, F.JOURNAL_SAME, SAME_NUMBER, YEAR_FITS),
        (ONCE, F.PLACE_OTHER),
    ),
    joining_rule(
        "same-issue",
        "Title, authors, journal, year and issue agree; the pages are given otherwise.",
        (F.TITLE_SAME, F.AUTHORS_SAME, F.JOURNAL_SAME, F.YEAR_SAME, VOLUME_FITS, F.ISSUE_SAME),
        (ONCE, F.DOI_OTHER, F.PAGES_KIND_OTHER),
    ),
    joining_rule(
        "same-pages-other-volume",
        "Title, authors, journal, year and pages agree; the volume looks misprinted.",
        (F.TITLE_SAME, F.TITLE_TELLING, F.AUTHORS_SAME, F.JOURNAL_SAME, F.PAGES_SAME, F.YEAR_SAME),
        (ONCE, F.ENDS_OTHER),
    ),
    joining_rule(
        "pages-missing",
        "Title, authors, journal and year agree, and no page or volume contradicts.",
        (F.TITLE_SAME, F.AUTHORS_SAME, F.JOURNAL_SAME, YEAR_SAME, VOLUME_FITS, PAGES_VAGUE),
        (ONCE, F.DOI_OTHER),
    ),
    joining_rule(
        "pages-missing-similar-journal",
        "Title, authors, year and volume agree, and the journals have similar names.",
        (
            *(F.TITLE_SAME, F.TITLE_TELLING, F.AUTHORS_SAME, F.JOURNAL_SOME),
            *(F.YEAR_SAME, F.VOLUME_SAME, PAGES_VAGUE),
        ),
        (ONCE, F.DOI_OTHER),
    ),
    joining_rule(
        "place-unknown-similar-journal",
        "A long title, authors and year agree, the journals have similar names, and neither "
        "record says where in the journal it stands.",
        (F.TITLE_SAME, F.TITLE_LONG, F.AUTHORS_SAME, F.JOURNAL_SOME, YEAR_SAME, F.PLACE_UNKNOWN),
        (ONCE, F.DOI_OTHER, F.PERIODICAL_ONE_SIDED),
    ),
    joining_rule(
        "same-pages-other-journal-name",
        "Title, authors, year and all pages agree; only the journal is named otherwise.",
        (
            *(F.TITLE_SAME, F.TITLE_TELLING, F.AUTHORS_SAME, F.YEAR_SAME, VOLUME_FITS),
            *(F.PAGES_FULL, F.PAGES_WITHIN),
        ),
        (ONCE, F.DOI_OTHER),
    ),
    joining_rule(
        "same-volume-other-journal-name",
        "A long title, authors, year and volume agree; only the journal is named otherwise.",
        (F.TITLE_SAME, F.TITLE_LONG, F.AUTHORS_SAME, F.YEAR_SAME, F.VOLUME_SAME, PAGES_VAGUE),
        (ONCE, F.DOI_OTHER, F.ISSUE_OTHER),
    ),
    joining_rule(
        "other-name-of-conference",
        "A long title, authors and year agree, and the conference is named otherwise.",
        (
            *(F.TITLE_SAME, F.TITLE_LONG, F.AUTHORS_SAME, YEAR_SAME, F.PROCEEDINGS_ONLY),
            PAGES_VAGUE,
        ),
        (ONCE, F.DOI_OTHER),
    ),
    joining_rule(
        "part-of-title-place-unknown",
        "A long title is a part of the other, or a letter differs; the authors agree, and nothing "
        "contradicts.",
        (
            *((F.TITLE_PART, F.TITLE_SLIP), F.TITLE_LONG, F.AUTHORS_SAME, JOURNAL_FITS),
            *(YEAR_SAME, VOLUME_FITS, PAGES_VAGUE, (F.YEAR_SAME, F.FIRST_AUTHOR_SAME)),
        ),
        (ONCE, F.ISSUE_OTHER, F.DOI_OTHER),
    ),
    joining_rule(
        "journal-missing",
        "Title, authors and year agree, and one record says nothing of the journal.",
        (
            *(F.TITLE_SAME, F.TITLE_TELLING, F.AUTHORS_SAME, F.JOURNAL_MISSING),
            *(YEAR_SAME, VOLUME_FITS, PAGES_VAGUE),
        ),
        (ONCE, F.DOI_OTHER),
    ),
    joining_rule(
        "journal-missing-short-title",
        "A short title, authors and year agree, and one record says nothing of the journal.",
        (
            *(F.TITLE_SAME, F.TITLE_WORDS, F.AUTHORS_SAME, F.JOURNAL_MISSING),
            *(F.YEAR_SAME, VOLUME_FITS, PAGES_VAGUE),
        ),
        (ONCE, F.DOI_OTHER, F.ISSUE_OTHER),
    ),
    joining_rule(
        "online-first",
        "Title, authors and journal agree; one record is from before it had a volume.",
        (
            *(F.TITLE_SAME, F.TITLE_TELLING, F.AUTHORS_SAME, F.JOURNAL_SAME),
            *(F.YEAR_NEXT, F.VOLUME_ONE_SIDED, PAGES_VAGUE),
        ),
        (ONCE, F.DOI_OTHER),
    ),
    joining_rule(
        "year-misprinted",
        "Title, authors, journal and volume agree; the year differs by one.",
        (F.TITLE_SAME, F.AUTHORS_SAME, F.JOURNAL_SAME, F.YEAR_NEXT, F.VOLUME_SAME, PAGES_VAGUE),
        (ONCE, F.DOI_OTHER),
    ),
    joining_rule(
        "issue-same-other-year",
        "Title, authors, journal, volume and issue agree; the year differs by two.",
        (
            *(F.TITLE_SAME, F.TITLE_TELLING, F.AUTHORS_SAME, F.JOURNAL_SAME, F.YEAR_TWO),
            *(F.VOLUME_SAME, F.ISSUE_SAME, (*PAGES_VAGUE, F.PAGES_SAME)),
        ),
        (ONCE, F.DOI_OTHER),
    ),
    joining_rule(
        "online-first-same-issue",
        "Title, authors, journal, volume and issue agree; one record has as many pages, counted "
        "from 1, as before it stood in the issue.",
        (
            *(F.TITLE_SAME, F.TITLE_TELLING, F.AUTHORS_SAME, F.JOURNAL_SAME, F.PAGES_EARLY),
            *(F.VOLUME_SAME, F.ISSUE_SAME),
        ),
        (ONCE, F.DOI_OTHER),
    ),
    joining_rule(
        "conference-other-year",
        "A long title, authors and conference agree; it was held in one year, printed in the next.",
        (
            *(F.TITLE_SAME, F.TITLE_LONG, F.AUTHORS_SAME, F.JOURNAL_SAME, F.MEETING_BOTH),
            *(F.YEAR_NEXT, F.VOLUME_MISSING, F.PAGES_ONE_SIDED),
        ),
        (ONCE, F.DOI_OTHER),
    ),
    joining_rule(
        "part-of-title-same-place",
        "One title is a part of the other, or nearly the same; authors and pages agree.",
        (TITLE_FITS, F.AUTHORS_SAME, F.PAGES_SAME, VOLUME_FITS, YEAR_FITS),
        (ONCE, F.JOURNAL_OTHER, F.ENDS_OTHER),
    ),
    joining_rule(
        "letter-of-title-differs",
        "A letter of the title differs; authors, journal and year agree, and nothing contradicts.",
        (
            *(F.TITLE_SLIP, F.TITLE_TELLING, F.AUTHORS_SAME, F.JOURNAL_SAME),
            *(F.YEAR_SAME, VOLUME_FITS, PAGES_VAGUE),
        ),
        (ONCE, F.ISSUE_OTHER, F.DOI_OTHER),
    ),
    joining_rule(
        "part-of-title-pages-missing",
        "One title is a part of the other, or a letter differs; all else that is given agrees.",
        (
            *((F.TITLE_PART, F.TITLE_SLIP), F.TITLE_TELLING, F.AUTHORS_SAME, F.JOURNAL_SAME),
            *(F.YEAR_SAME, F.VOLUME_SAME, PAGES_VAGUE),
        ),
        (ONCE, F.ISSUE_OTHER, F.DOI_OTHER),
    ),
    joining_rule(
        "some-authors",
        "A long title, journal and year agree, and some of the authors do.",
        (
            *(F.TITLE_SAME, F.TITLE_LONG, F.AUTHORS_SOME, F.JOURNAL_SAME),
            *(F.YEAR_SAME, VOLUME_FITS, PAGES_VAGUE),
        ),
        (ONCE, F.ISSUE_OTHER, F.DOI_OTHER),
    ),
    joining_rule(
        "authors-missing",
        "A long title, the journal and the year agree; one record has no authors.",
        (
            *(F.TITLE_SAME, F.TITLE_LONG, F.AUTHORS_MISSING, JOURNAL_FITS),
            *(YEAR_SAME, VOLUME_FITS, PAGES_VAGUE),
        ),
        (ONCE, F.DOI_OTHER),
    ),
    joining_rule(
        "authors-missing-same-journal",
        "Title, journal and year agree, and nothing contradicts; one record has no authors.",
        (
            *(F.TITLE_SAME, F.TITLE_TELLING, F.AUTHORS_MISSING, F.JOURNAL_SAME),
            *(F.YEAR_SAME, VOLUME_FITS, PAGES_VAGUE),
        ),
        (ONCE, F.ISSUE_OTHER, F.DOI_OTHER),
    ),
    joining_rule(
        "other-authors-same-place",
        "A long title, volume, year and all pages agree; the authors are given otherwise.",
        (
            *(F.TITLE_SAME, F.TITLE_LONG, F.VOLUME_SAME, F.PAGES_FULL, YEAR_FITS),
            (F.JOURNAL_SAME, F.JOURNAL_SOME, F.JOURNAL_MISSING, F.ISSUE_SAME),
        ),
        (ONCE,),
    ),
    joining_rule(
        "part-of-title-some-authors",
        "A long title is a part of the other; some of the authors are the same, or none are given, "
        "and volume, year and all pages agree.",
        (
            *(F.TITLE_PART, F.TITLE_LONG, (F.AUTHORS_SOME, F.AUTHORS_MISSING), YEAR_FITS),
            *(JOURNAL_FITS, F.VOLUME_SAME, F.PAGES_FULL),
        ),
        (ONCE, F.ISSUE_OTHER, F.DOI_OTHER),
    ),
    joining_rule(
        "other-year-same-place",
        "Title, authors, journal, volume and all pages agree; only the year differs.",
        (F.TITLE_SAME, F.AUTHORS_SAME, F.JOURNAL_SAME, F.VOLUME_SAME, F.PAGES_FULL),
        (ONCE, F.DOI_OTHER, F.ISSUE_OTHER),
    ),
    joining_rule(
        "other-title-same-place",
        "Authors, journal, volume and all pages agree; the title is given otherwise.",
        (
            *(F.AUTHORS_SAME, F.JOURNAL_SAME, F.VOLUME_SAME, F.PAGES_SPAN, F.YEAR_SAME),
            (F.ISSUE_SAME, F.PAGES_WITHIN),
        ),
        (F.DOI_OTHER, F.ISSUE_OTHER),
    ),
    joining_rule(
        "title-missing-same-identifier",
        "Authors, year and the DOI or PubMed number agree; one record has no title.",
        (F.TITLE_MISSING, F.AUTHORS_SAME, F.YEAR_SAME, SAME_NUMBER, JOURNAL_FITS, VOLUME_FITS),
        (F.PAGES_OTHER, F.ISSUE_OTHER),
    ),
    joining_rule(
        "title-missing-same-place",
        "Authors, journal, year and all pages agree; one record has no title.",
        (
            *(F.TITLE_MISSING, F.AUTHORS_SAME, JOURNAL_FITS, F.YEAR_SAME),
            *(VOLUME_FITS, (F.JOURNAL_SAME, F.VOLUME_SAME), F.PAGES_SPAN),
        ),
        (F.DOI_OTHER, F.ISSUE_OTHER),
    ),
    joining_rule(
        "similar-title-same-place",
        "Similar titles; authors and year fit, and all pages agree.",
        (
            *(TITLE_LIKE, (F.AUTHORS_SAME, F.AUTHORS_MISSING), JOURNAL_LIKE),
            *(VOLUME_FITS, F.PAGES_LONG, F.YEAR_SAME),
        ),
        (F.DOI_OTHER, F.ISSUE_OTHER),
    ),
    joining_rule(
        "similar-title-same-volume",
        "Similar titles; journal, volume and all pages agree; one record has no authors.",
        (
            *(TITLE_LIKE, F.AUTHORS_MISSING, F.JOURNAL_SAME),
            *(F.VOLUME_SAME, F.PAGES_FULL, F.YEAR_SAME),
        ),
        (F.DOI_OTHER,),
    ),
    joining_rule(
        "recurring-title-same-pages",
        "The title returns from issue to issue, but authors, volume and all pages agree.",
        (
            *(F.TITLE_SAME, F.AUTHORS_SAME, JOURNAL_LIKE, YEAR_FITS, F.VOLUME_SAME, F.PAGES_FULL),
            (F.ISSUE_SAME, F.PAGES_WITHIN),
        ),
        (F.ISSUE_OTHER, F.DOI_OTHER),
    ),
    joining_rule(
        "recurring-title-same-place",
        "The title returns from issue to issue, but place, year and authors all agree.",
        (
            *(F.TITLE_SAME, AUTHORS_FIT, F.JOURNAL_SAME, YEAR_FITS, F.VOLUME_SAME),
            (F.PAGES_WITHIN, F.ISSUE_SAME),
        ),
        (F.ISSUE_OTHER, F.DOI_OTHER, F.PAGES_OTHER),
    ),
)
