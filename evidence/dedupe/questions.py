"""What joins by a setting or by what the whole set shows, and what a person should look at."""

from evidence.dedupe.fact_groups import (
    AUTHORS_FIT,
    ELSEWHERE,
    JOURNAL_FITS,
    JOURNAL_LIKE,
    JOURNAL_UNLIKE,
    ONCE,
    PAGES_VAGUE,
    TITLE_LIKE,
    TITLE_PARTLY,
    VOLUME_FITS,
    YEAR_FITS,
    YEAR_NEAR,
    YEAR_SAME,
    F,
)
from evidence.dedupe.facts import Fact
from evidence.dedupe.rule import AnyOf, Band, Rule, match_rule

OTHER_JOURNAL = "journal-named-otherwise"
ALIAS = "same-journal-in-this-set"
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

# Reached only where a team has switched off the veto that keeps these apart.
VERSIONS = (
    match_rule(
        "same-review-updated",
        "Two versions of one review, which this team counts as one.",
        ((F.DOI_VERSION_OTHER, F.REVIEW_UPDATED), (F.TITLE_SAME, F.TITLE_PART), F.JOURNAL_SAME),
        (),
    ),
    match_rule(
        "same-work-other-version",
        "Title and authors agree; a preprint or conference abstract, which this team counts as "
        "one with the paper.",
        (
            *(F.TITLE_SAME, F.TITLE_LONG, F.AUTHORS_SAME, YEAR_FITS),
            (F.PREPRINT_ONE_SIDED, F.MEETING_ONE_SIDED),
        ),
        (ONCE, F.JOURNAL_SAME, F.JOURNAL_MISSING, F.VOLUME_SAME, F.DOI_SAME, F.PROCEEDINGS_ONLY),
    ),
)

LEARNT = (
    Rule(
        code=ALIAS,
        band=Band.SAME,
        says="Nothing that is given contradicts, and many works of this set stand under both names "
        "of the journal.",
        when=(),
        learnt=True,
    ),
)


def _ask(code: str, says: str, when: tuple[AnyOf, ...], unless: tuple[Fact, ...] = ()) -> Rule:
    return Rule(code=code, band=Band.POSSIBLE, says=says, when=when, unless=unless)


# Asked although one title names itself a comment or the like: in one issue, by the same authors, it
# is rarely another work. A team that counts these as one has the veto switched off.
BEFORE_VETOES = (
    _ask(
        "kind-named-once",
        "Title, authors, year and volume agree, but only one title says that it is a comment, "
        "correction, reply or protocol.",
        (
            *((F.TITLE_PART, F.TITLE_INSERTED, F.TITLE_LIKE), F.AUTHORS_SAME, JOURNAL_LIKE),
            *(F.VOLUME_SAME, YEAR_SAME, (F.ISSUE_SAME, F.PROTOCOL_ONE_SIDED)),
            (
                *(F.COMMENT_ONE_SIDED, F.ERRATUM_ONE_SIDED, F.REPLY_ONE_SIDED),
                F.PROTOCOL_ONE_SIDED,
            ),
        ),
        (F.ISSUE_OTHER, F.PAGES_OTHER, F.PAGES_FULL, F.SPOT_SAME, F.DOI_OTHER, F.PMID_OTHER),
    ),
)
# In the order of how often such pairs were the same; docs/benchmarks.md has the shares.
QUESTIONS = (
    _ask(
        OTHER_JOURNAL,
        "Title, authors and year agree, but the journals have different names.",
        (F.TITLE_SAME, F.AUTHORS_SAME, YEAR_SAME, JOURNAL_UNLIKE, VOLUME_FITS, PAGES_VAGUE),
        (ONCE,),
    ),
    _ask(
        "similar-title-same-page",
        "Similar titles, the same authors, and the same page of the same volume.",
        (TITLE_LIKE, F.AUTHORS_SAME, F.PAGES_SAME, F.VOLUME_SAME, F.JOURNAL_SAME),
    ),
    _ask(
        "same-volume-other-year",
        "Title, authors, journal and volume agree; the years do not.",
        (F.TITLE_SAME, F.AUTHORS_SAME, JOURNAL_LIKE, F.VOLUME_SAME, F.YEAR_OTHER),
        (ONCE, F.ISSUE_OTHER, F.PAGES_OTHER),
    ),
    _ask(
        "early-pages",
        "Titles and authors agree, and both are as long; one counts its pages from 1, as before "
        "it stood in an issue.",
        (
            *((F.TITLE_SAME, F.TITLE_LIKE, *TITLE_PARTLY, F.TITLE_INSERTED), AUTHORS_FIT),
            *((*JOURNAL_LIKE, F.JOURNAL_MISSING), VOLUME_FITS, F.PAGES_EARLY),
        ),
        (ONCE, F.ISSUE_OTHER),
    ),
    _ask(
        "title-missing-same-volume",
        "Authors and volume agree, and nothing contradicts; one record has no title.",
        (F.TITLE_MISSING, F.AUTHORS_SAME, F.VOLUME_SAME, YEAR_NEAR),
        ELSEWHERE,
    ),
    _ask(
        "part-of-title",
        "One title is a part of the other, or a letter differs; the authors agree, and nothing "
        "contradicts.",
        (TITLE_PARTLY, F.AUTHORS_SAME, YEAR_NEAR, (*JOURNAL_FITS, F.JOURNAL_SOME, F.VOLUME_SAME)),
        (ONCE, *ELSEWHERE),
    ),
    _ask(
        "word-in-title",
        "One title has a further word; the authors agree, and nothing contradicts.",
        (
            *(F.TITLE_INSERTED, F.AUTHORS_SAME, YEAR_NEAR),
            (*JOURNAL_FITS, F.JOURNAL_SOME, F.VOLUME_SAME),
        ),
        (ONCE, *ELSEWHERE),
    ),
    _ask(
        "same-title-near-year",
        "Title and authors agree, and nothing that is said of the place contradicts; the years "
        "are two apart.",
        (F.TITLE_SAME, F.AUTHORS_SAME, F.YEAR_TWO, (*JOURNAL_FITS, F.JOURNAL_SOME)),
        (ONCE, *ELSEWHERE),
    ),
    _ask(
        "same-short-title",
        "A short title and the authors agree, and nothing contradicts.",
        (F.TITLE_SAME, F.TITLE_WORDS, F.AUTHORS_SAME, YEAR_FITS, (*JOURNAL_FITS, F.JOURNAL_SOME)),
        (ONCE, *ELSEWHERE),
    ),
    _ask(
        "title-some-authors",
        "Title and year agree or nearly so, and some of the authors do; nothing contradicts.",
        (
            *((F.TITLE_SAME, *TITLE_PARTLY, F.TITLE_INSERTED, F.TITLE_CLOSE), F.AUTHORS_SOME),
            *(YEAR_FITS, (*JOURNAL_FITS, F.JOURNAL_SOME, F.VOLUME_SAME)),
        ),
        (ONCE, *ELSEWHERE),
    ),
    _ask(
        "title-no-authors",
        "Title and year agree or nearly so; one record has no authors, and nothing contradicts.",
        (
            *((F.TITLE_SAME, *TITLE_PARTLY, F.TITLE_INSERTED, F.TITLE_CLOSE), F.AUTHORS_MISSING),
            *(YEAR_FITS, (*JOURNAL_FITS, F.JOURNAL_SOME, F.VOLUME_SAME)),
            (F.TITLE_TELLING, F.JOURNAL_SAME, F.VOLUME_SAME),
        ),
        (ONCE, *ELSEWHERE),
    ),
    _ask(
        "similar-title",
        "Similar titles; the authors agree, and nothing contradicts.",
        (
            *(F.TITLE_LIKE, F.AUTHORS_SAME, YEAR_NEAR, (F.TITLE_TELLING, F.VOLUME_SAME)),
            (*JOURNAL_FITS, F.JOURNAL_SOME, F.VOLUME_SAME),
        ),
        (ONCE, *ELSEWHERE),
    ),
    _ask(
        "same-pages-title-missing",
        "All pages agree, and volume or journal; one record has no title.",
        (
            *(F.TITLE_MISSING, AUTHORS_FIT, YEAR_FITS, F.PAGES_FULL),
            (F.VOLUME_SAME, F.JOURNAL_SAME, F.JOURNAL_SOME),
        ),
        (F.VOLUME_OTHER, F.ISSUE_OTHER),
    ),
    _ask(
        "similar-title-same-volume-no-authors",
        "Similar titles in the same volume of one year; one record has no authors.",
        (F.TITLE_LIKE, F.TITLE_TELLING, F.AUTHORS_MISSING, F.JOURNAL_SAME, F.VOLUME_SAME, F.YEAR_SAME),
        (ONCE, *ELSEWHERE),
    ),
    _ask(
        "title-missing",
        "Authors and year agree, and nothing contradicts; one record has no title.",
        (
            *(F.TITLE_MISSING, F.AUTHORS_SAME, (*JOURNAL_FITS, F.JOURNAL_SOME)),
            (F.YEAR_SAME, F.PAGES_SAME, F.ISSUE_SAME),
        ),
        ELSEWHERE,
    ),
    _ask(
        "other-authors-same-issue",
        "The title agrees and the place does; the authors are others.",
        (
            *(F.TITLE_SAME, F.TITLE_WORDS, F.AUTHORS_OTHER, JOURNAL_LIKE, F.VOLUME_SAME),
            *(YEAR_SAME, (F.ISSUE_SAME, F.PAGES_SAME)),
        ),
        (ONCE, F.ISSUE_OTHER, F.PAGES_OTHER),
    ),
    _ask(
        "recurring-title-same-issue",
        "Titles that return from issue to issue, but volume, issue and authors agree.",
        (
            *((F.TITLE_SAME, *TITLE_LIKE), F.TITLE_RECURRING, AUTHORS_FIT, JOURNAL_LIKE),
            *(F.VOLUME_SAME, (F.ISSUE_SAME, F.PAGES_SAME)),
        ),
        (F.ISSUE_OTHER, F.PAGES_OTHER),
    ),
    _ask(
        "same-title-and-authors",
        "Title and authors agree, but something speaks against it.",
        (F.TITLE_SAME, F.TITLE_TELLING, F.AUTHORS_SAME, YEAR_FITS),
        (F.PAGES_OTHER, ONCE),
    ),
)
