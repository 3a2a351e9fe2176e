"""What a rule is made of, and the facts that several rules ask for, by name.

The rules are in vetoes.py, joining_rules.py, conditional_joins.py and asking_rules.py.
"""

from dataclasses import dataclass
from enum import StrEnum

from evidence.deduplication.facts import Fact

AnyOf = Fact | tuple[Fact, ...]

F = Fact

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
YEAR_NEAR = (*YEAR_FITS, F.YEAR_TWO)
TITLE_PARTLY = (F.TITLE_PART, F.TITLE_SLIP)
JOURNAL_ALIKE_OR_MISSING = (F.JOURNAL_SAME, F.JOURNAL_SOME, F.JOURNAL_MISSING)
NOT_ELSEWHERE = (*JOURNAL_ALIKE_OR_MISSING, F.VOLUME_SAME)  # not in a journal of another name
YEAR_OR_VOLUME = (*YEAR_SAME, F.VOLUME_SAME)  # a year may be wrong where the volume agrees
# As exceptions: what is said of the place speaks against the pair.
ELSEWHERE = (F.VOLUME_OTHER, F.ISSUE_OTHER, F.PAGES_OTHER)
SAME_NUMBER = (F.DOI_SAME, F.PMID_SAME)
ONCE = F.TITLE_RECURRING  # as an exception: the title does not return from issue to issue


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
    PROTOCOL = "protocol"
    PREPRINT = "preprint"
    CONFERENCE_ABSTRACT = "conference-abstract"


@dataclass(frozen=True, slots=True, kw_only=True)
class DedupeSettings:
    """What a team counts as a duplicate.

    Attributes:
        vetoes: those that are in force.
    """

    vetoes: frozenset[Veto] = frozenset(Veto)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of the table.

    Attributes:
        code: stable; stored with each verdict.
        says: the reason as a sentence for people.
        when: all must hold; of a choice in brackets, one.
        unless: none may hold.
        veto: the setting that switches the rule off.
        learnt: never applies to a pair alone; a later step reaches it (aliases.py).
        share: of a question, how often such pairs were the same where it was tried, from 0 to 1;
            docs/benchmarks.md has the counts.
    """

    code: str
    band: Band
    says: str
    when: tuple[AnyOf, ...]
    unless: tuple[Fact, ...] = ()
    veto: Veto | None = None
    learnt: bool = False
    share: float = 0.0


def joining_rule(code: str, says: str, when: tuple[AnyOf, ...], unless: tuple[Fact, ...]) -> Rule:
    """A rule that joins."""
    return Rule(code=code, band=Band.SAME, says=says, when=when, unless=unless)


def question(
    code: str, share: float, says: str, when: tuple[AnyOf, ...], unless: tuple[Fact, ...] = ()
) -> Rule:
    """A rule that asks a person."""
    return Rule(code=code, band=Band.POSSIBLE, says=says, when=when, unless=unless, share=share)
