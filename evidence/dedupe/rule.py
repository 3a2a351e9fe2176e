"""What a rule is made of; the rules are in vetoes.py, match_rules.py and questions.py."""

from dataclasses import dataclass
from enum import StrEnum

from evidence.dedupe.facts import Fact

AnyOf = Fact | tuple[Fact, ...]


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


def match_rule(code: str, says: str, when: tuple[AnyOf, ...], unless: tuple[Fact, ...]) -> Rule:
    """A rule that joins."""
    return Rule(code=code, band=Band.SAME, says=says, when=when, unless=unless)


def question(
    code: str, share: float, says: str, when: tuple[AnyOf, ...], unless: tuple[Fact, ...] = ()
) -> Rule:
    """A rule that asks a person."""
    return Rule(code=code, band=Band.POSSIBLE, says=says, when=when, unless=unless, share=share)
