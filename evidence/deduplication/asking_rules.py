"""What a person is asked: two records that may be the same."""

from evidence.deduplication.rule_types import (
    AUTHORS_FIT,
    ELSEWHERE,
    JOURNAL_ALIKE_OR_MISSING,
    JOURNAL_LIKE,
    JOURNAL_UNLIKE,
    NOT_ELSEWHERE,
    ONCE,
    PAGES_VAGUE,
    TITLE_FITS,
    TITLE_LIKE,
    TITLE_PARTLY,
    VOLUME_FITS,
    YEAR_FITS,
    YEAR_NEAR,
    YEAR_OR_VOLUME,
    YEAR_SAME,
    F,
    question,
)

OTHER_JOURNAL = "journal-named-otherwise"
# Rules that join or ask although the journals have different names.
NAMED_OTHERWISE = (
    OTHER_JOURNAL,
    "same-place-other-journal-name",
    "same-pages-other-journal-name",
    "same-volume-other-journal-name",
    "pages-missing-similar-journal",
    "place-unknown-similar-journal",
    "other-name-of-conference",
)

# Asked although only one title names itself a comment or the like: by the same authors, in one
# journal and year, it is rarely another work.
BEFORE_VETOES = (
    question(
        "kind-named-once",
        0.89,
        "Authors and year agree and the titles nearly, and nothing contradicts, but only one title "
        "says that it is a comment, correction, reply or protocol.",
        (
            *((F.TITLE_PART, F.TITLE_INSERTED, F.TITLE_LIKE), F.AUTHORS_SAME, JOURNAL_LIKE),
            *(VOLUME_FITS, YEAR_SAME),
            (
                *(F.COMMENT_ONE_SIDED, F.ERRATUM_ONE_SIDED, F.REPLY_ONE_SIDED),
                F.PROTOCOL_ONE_SIDED,
            ),
        ),
        (F.ISSUE_OTHER, F.PAGES_OTHER, F.PAGES_FULL, F.SPOT_SAME, F.DOI_OTHER, F.PMID_OTHER),
    ),
)

# The first one that fits is asked; people see the likeliest first.
QUESTIONS = (
    question(
        OTHER_JOURNAL,
        0.89,
        "Title, authors and year agree, but the journals have different names.",
        (F.TITLE_SAME, F.AUTHORS_SAME, YEAR_SAME, JOURNAL_UNLIKE, VOLUME_FITS, PAGES_VAGUE),
        (ONCE,),
    ),
    question(
        "journal-and-year-otherwise",
        0.95,
        "A long title, authors and volume agree; the journals have different names, and the years "
        "are two apart.",
        (F.TITLE_SAME, F.TITLE_TELLING, F.AUTHORS_SAME, JOURNAL_UNLIKE, F.VOLUME_SAME, F.YEAR_TWO),
        (ONCE, F.ISSUE_OTHER, F.PAGES_OTHER),
    ),
    question(
        "similar-title-same-page",
        0.99,
        "Similar titles, the same authors, and the same page of the same volume.",
        (TITLE_LIKE, F.AUTHORS_SAME, F.PAGES_SAME, F.VOLUME_SAME, F.JOURNAL_SAME),
    ),
    question(
        "same-volume-other-year",
        0.99,
        "Title, authors, journal and volume agree; the years do not.",
        (F.TITLE_SAME, F.AUTHORS_SAME, JOURNAL_LIKE, F.VOLUME_SAME, F.YEAR_OTHER),
        (ONCE, F.PAGES_OTHER),
    ),
    question(
        "early-pages",
        0.92,
        "Titles and authors fit, and both are as long; one counts its pages from 1, as before it "
        "stood in an issue.",
        (
            *((F.TITLE_SAME, *TITLE_PARTLY, F.TITLE_INSERTED, F.TITLE_LIKE), AUTHORS_FIT),
            *(JOURNAL_ALIKE_OR_MISSING, VOLUME_FITS, F.PAGES_EARLY),
        ),
        (ONCE, F.ISSUE_OTHER),
    ),
    question(
        "early-pages-same-volume",
        0.95,
        "Title, authors and volume agree; one counts its pages from 1, as before it stood in an "
        "issue.",
        (
            *((F.TITLE_SAME, *TITLE_PARTLY, F.TITLE_WITHIN), F.AUTHORS_SAME, F.VOLUME_SAME),
            *(F.PAGES_FROM_1, YEAR_NEAR),
        ),
        (ONCE, F.ISSUE_OTHER),
    ),
    question(
        "early-pages-title-missing",
        0.95,
        "Authors and volume agree, and both are as long; one counts its pages from 1, as before "
        "it stood in an issue, and one has no title.",
        (F.TITLE_MISSING, F.AUTHORS_SAME, F.VOLUME_SAME, F.PAGES_EARLY, YEAR_NEAR),
        (F.ISSUE_OTHER,),
    ),
    question(
        "title-missing-same-volume",
        0.92,
        "Authors and volume agree, and nothing contradicts; one record has no title.",
        (F.TITLE_MISSING, F.AUTHORS_SAME, F.VOLUME_SAME, YEAR_NEAR),
        ELSEWHERE,
    ),
    question(
        "same-pages-title-missing",
        0.96,
        "All pages agree, and the volume, the journal or the authors, as far as they are given; "
        "one record has no title.",
        (
            *(F.TITLE_MISSING, AUTHORS_FIT, YEAR_FITS, F.PAGES_FULL),
            (F.VOLUME_SAME, *JOURNAL_ALIKE_OR_MISSING, F.AUTHORS_SAME),
        ),
        (F.VOLUME_OTHER, F.ISSUE_OTHER),
    ),
    question(
        "part-of-title",
        0.95,
        "One title is a part of the other, or a letter differs; the authors agree, and nothing "
        "contradicts.",
        (
            *(TITLE_PARTLY, F.AUTHORS_SAME, YEAR_NEAR, NOT_ELSEWHERE),
            (*YEAR_OR_VOLUME, F.TITLE_CLOSE),
        ),
        (ONCE, *ELSEWHERE),
    ),
    question(
        "part-of-title-near-year",
        0.43,
        "One title is a part of the other, or a letter differs; authors and journal agree, and "
        "nothing contradicts; the years are one or two apart.",
        (TITLE_PARTLY, F.TITLE_TELLING, F.AUTHORS_SAME, F.JOURNAL_SAME, YEAR_NEAR),
        (ONCE, *ELSEWHERE),
    ),
    question(
        "part-of-title-other-journal",
        0.95,
        "One title is a part of the other, or a letter differs; authors and year agree, but the "
        "journals have different names.",
        (
            *(TITLE_PARTLY, F.TITLE_TELLING, F.AUTHORS_SAME, F.FIRST_AUTHOR_SAME, YEAR_SAME),
            *(JOURNAL_UNLIKE, PAGES_VAGUE),
        ),
        (ONCE, *ELSEWHERE),
    ),
    question(
        "part-of-title-misread",
        0.92,
        "But for misread letters one title is a part of the other; nothing contradicts.",
        (F.TITLE_WITHIN, AUTHORS_FIT, YEAR_NEAR, YEAR_OR_VOLUME, NOT_ELSEWHERE),
        (ONCE, *ELSEWHERE),
    ),
    question(
        "word-in-title",
        0.88,
        "One title has a further word; the authors agree, and nothing contradicts.",
        (F.TITLE_INSERTED, F.AUTHORS_SAME, YEAR_NEAR, YEAR_OR_VOLUME, NOT_ELSEWHERE),
        (ONCE, *ELSEWHERE),
    ),
    question(
        "same-title-near-year",
        0.7,
        "Title and authors agree, and nothing that is said of the place contradicts; the years "
        "are two apart.",
        (F.TITLE_SAME, F.AUTHORS_SAME, F.YEAR_TWO, JOURNAL_ALIKE_OR_MISSING),
        (ONCE, *ELSEWHERE),
    ),
    question(
        "same-short-title",
        0.43,
        "A short title and the authors agree, and nothing contradicts.",
        (F.TITLE_SAME, F.TITLE_WORDS, F.AUTHORS_SAME, YEAR_FITS, JOURNAL_ALIKE_OR_MISSING),
        (ONCE, *ELSEWHERE),
    ),
    question(
        "title-some-authors",
        0.89,
        "The titles agree or nearly so, and some of the authors are the same; nothing contradicts.",
        (
            *((*TITLE_FITS, F.TITLE_CLOSE), F.AUTHORS_SOME, NOT_ELSEWHERE),
            *(YEAR_NEAR, YEAR_OR_VOLUME),
        ),
        (ONCE, *ELSEWHERE),
    ),
    question(
        "title-no-authors",
        0.9,
        "The titles agree or nearly so; one record has no authors, and nothing contradicts.",
        (
            *((*TITLE_FITS, F.TITLE_CLOSE), F.AUTHORS_MISSING, NOT_ELSEWHERE),
            *(YEAR_NEAR, YEAR_OR_VOLUME, (F.TITLE_TELLING, F.VOLUME_SAME)),
        ),
        (ONCE, *ELSEWHERE),
    ),
    question(
        "similar-title",
        0.45,
        "Similar titles; the authors agree, and nothing contradicts.",
        (
            *(F.TITLE_LIKE, F.AUTHORS_SAME, YEAR_NEAR, YEAR_OR_VOLUME, NOT_ELSEWHERE),
            (F.TITLE_REWORDED, F.TITLE_SHORT_PART),
            (F.FIRST_AUTHOR_SAME, F.TITLE_CLOSE, F.TITLE_OVERLAPS),
            (F.TITLE_TELLING, F.TITLE_SHORT_PART, F.VOLUME_SAME),
        ),
        (ONCE, *ELSEWHERE),
    ),
    question(
        "similar-title-no-authors",
        0.05,
        "Similar titles in one volume and year of a journal; one record has no authors.",
        (
            *(F.TITLE_LIKE, F.TITLE_TELLING, F.AUTHORS_MISSING, F.JOURNAL_SAME),
            *(F.VOLUME_SAME, F.YEAR_SAME),
        ),
        (ONCE, *ELSEWHERE),
    ),
    question(
        "title-missing",
        0.78,
        "Authors and year, page or issue agree, and nothing contradicts; one record has no title.",
        (
            *(F.TITLE_MISSING, F.AUTHORS_SAME, JOURNAL_ALIKE_OR_MISSING),
            (F.YEAR_SAME, F.PAGES_SAME, F.ISSUE_SAME),
        ),
        ELSEWHERE,
    ),
    question(
        "title-missing-several-authors",
        0.38,
        "Several authors agree, and nothing contradicts; one record has no title.",
        (F.TITLE_MISSING, F.AUTHORS_SEVERAL, JOURNAL_ALIKE_OR_MISSING, YEAR_FITS),
        ELSEWHERE,
    ),
    question(
        "title-missing-some-authors",
        0.22,
        "Some of the authors are the same, year and volume or issue agree, and nothing "
        "contradicts; one record has no title.",
        (
            *(F.TITLE_MISSING, F.AUTHORS_SOME, JOURNAL_ALIKE_OR_MISSING, YEAR_SAME),
            (F.VOLUME_SAME, F.ISSUE_SAME, F.PAGES_SAME),
        ),
        ELSEWHERE,
    ),
    question(
        "other-authors-same-issue",
        0.75,
        "The title, the year and the issue or page agree; the authors are others.",
        (
            *(F.TITLE_SAME, F.TITLE_WORDS, F.AUTHORS_OTHER, JOURNAL_LIKE, F.VOLUME_SAME),
            *(YEAR_SAME, (F.ISSUE_SAME, F.PAGES_SAME)),
        ),
        (ONCE, F.ISSUE_OTHER, F.PAGES_OTHER),
    ),
    question(
        "recurring-title-same-issue",
        0.9,
        "The title returns from issue to issue, but authors, volume and issue agree.",
        (
            *((F.TITLE_SAME, *TITLE_LIKE), F.TITLE_RECURRING, AUTHORS_FIT, JOURNAL_LIKE),
            *(F.VOLUME_SAME, F.ISSUE_SAME),
        ),
        (F.ISSUE_OTHER, F.PAGES_OTHER),
    ),
    question(
        "other-title-same-page",
        0.2,
        "Authors and the page of the volume agree; the titles differ, as in two languages.",
        (F.TITLE_OTHER, F.AUTHORS_SAME, F.JOURNAL_SAME, F.VOLUME_SAME, F.PAGES_SAME, F.YEAR_SAME),
        (F.ISSUE_OTHER, F.DOI_OTHER, F.PMID_OTHER),
    ),
    question(
        "same-title-and-authors",
        0.05,
        "Title and authors agree, but something speaks against it.",
        (F.TITLE_SAME, F.TITLE_TELLING, F.AUTHORS_SAME, YEAR_FITS),
        (F.PAGES_OTHER, ONCE),
    ),
)
