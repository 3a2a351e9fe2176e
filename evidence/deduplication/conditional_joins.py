"""What makes two records the same only by a setting of the team, or by what the whole set shows."""

from evidence.deduplication.rule_types import ONCE, YEAR_FITS, Band, F, Rule, joining_rule

ALIAS = "same-journal-in-this-set"

# Reached only where a team has switched off the veto that keeps these apart.
VERSIONS = (
    joining_rule(
        "same-review-updated",
        "Two versions of one review, which this team counts as one.",
        ((F.DOI_VERSION_OTHER, F.REVIEW_UPDATED), (F.TITLE_SAME, F.TITLE_PART), F.JOURNAL_SAME),
        (),
    ),
    joining_rule(
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
