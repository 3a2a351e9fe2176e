"""What joins by a setting or by what the whole set shows, and what a person should look at."""

from evidence.dedupe.fact_groups import (
    JOURNAL_UNLIKE,
    ONCE,
    PAGES_VAGUE,
    TITLE_LIKE,
    VOLUME_FITS,
    YEAR_FITS,
    YEAR_SAME,
    F,
)
from evidence.dedupe.rule import Band, Rule, match_rule

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
