"""What keeps two records apart although they look alike, and what speaks against a pair.

A veto stands before everything else. Each can be switched off, since teams count differently: then
the pair is judged as any other, and the rules VERSIONS join what is one work in several versions.
"""

from evidence.deduplication.facts import Fact
from evidence.deduplication.rule_types import AnyOf, Band, Rule, Veto

F = Fact
SAME_PLACE = (F.SPOT_SAME, F.PAGES_FULL)


def _apart(veto: Veto, says: str, when: AnyOf, unless: tuple[Fact, ...]) -> Rule:
    return Rule(
        code=f"kept-apart-{veto}",
        band=Band.DIFFERENT,
        says=says,
        when=(when,),
        unless=unless,
        veto=veto,
    )


def _against(code: str, says: str, *when: AnyOf) -> Rule:
    return Rule(code=code, band=Band.DIFFERENT, says=says, when=when)


VETOES = (
    Rule(
        code="other-pubmed-number",
        band=Band.DIFFERENT,
        says="The two have different numbers in PubMed.",
        when=(F.PMID_OTHER,),
        unless=SAME_PLACE,
    ),
    _apart(
        Veto.PART,
        "The titles differ in a number.",
        F.TITLE_NUMBERS,
        (F.PAGES_FULL,),
    ),
    _apart(
        Veto.ERRATUM,
        "Only one of the two is a correction.",
        F.ERRATUM_ONE_SIDED,
        SAME_PLACE,
    ),
    _apart(
        Veto.COMMENT,
        "Only one of the two is a comment.",
        F.COMMENT_ONE_SIDED,
        SAME_PLACE,
    ),
    _apart(
        Veto.REPLY,
        "Only one of the two is a reply.",
        F.REPLY_ONE_SIDED,
        SAME_PLACE,
    ),
    _apart(
        Veto.RETRACTION,
        "Only one of the two is a notice of retraction.",
        F.RETRACTION_ONE_SIDED,
        SAME_PLACE,
    ),
    _apart(
        Veto.UPDATE,
        "The two are versions of a review that is updated.",
        (F.DOI_VERSION_OTHER, F.REVIEW_UPDATED),
        (),
    ),
    _apart(
        Veto.PROTOCOL,
        "Only one of the two is a protocol.",
        F.PROTOCOL_ONE_SIDED,
        SAME_PLACE,
    ),
    _apart(
        Veto.PREPRINT,
        "Only one of the two is a preprint.",
        F.PREPRINT_ONE_SIDED,
        (F.DOI_SAME, F.JOURNAL_SAME, F.JOURNAL_MISSING, *SAME_PLACE),
    ),
    _apart(
        Veto.CONFERENCE_ABSTRACT,
        "Only one of the two is from a conference.",
        F.MEETING_ONE_SIDED,
        (F.DOI_SAME, F.JOURNAL_SAME, F.JOURNAL_MISSING, F.VOLUME_SAME, F.PROCEEDINGS_ONLY),
    ),
)

AGAINST = (
    _against("other-title", "The titles differ.", (F.TITLE_OTHER, F.TITLE_NUMBERS)),
    _against(
        "similar-title-other-place",
        "The titles are only similar, and the two stand in different places.",
        (F.TITLE_LIKE, F.TITLE_INSERTED, F.TITLE_SLIP),
        (F.PAGES_OTHER, F.DOI_OTHER, F.PMID_OTHER),
    ),
    _against("other-pages", "The two stand on different pages.", F.PAGES_OTHER),
    _against(
        "other-volume-and-year",
        "The two stand in different volumes of different years.",
        F.VOLUME_OTHER,
        (F.YEAR_OTHER, F.YEAR_NEXT),
    ),
    _against("other-authors", "The two have different authors.", F.AUTHORS_OTHER),
)
