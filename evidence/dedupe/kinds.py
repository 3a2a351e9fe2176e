"""What kind of publication a record says it is, and how much its title tells."""

from enum import IntFlag

from evidence.dedupe.vocabulary import (
    COMMENT_WORDS,
    CONFERENCE_TYPES,
    CONFERENCE_WORDS,
    ERRATUM_WORDS,
    PREPRINT_DOIS,
    PREPRINT_SERVERS,
    PROTOCOL_WORDS,
    RECURRING_WORDS,
    REPLY_WORDS,
    RETRACTION_WORDS,
    SERIES,
    SMALL_WORDS,
)

ALWAYS_TELLING = 12  # words; no recurring title is as long


class Mark(IntFlag):
    """What a record says of itself."""

    ERRATUM = 1
    COMMENT = 2
    REPLY = 4
    RETRACTION = 8
    PROTOCOL = 16
    MEETING = 32  # a conference, or an abstract printed for one
    PREPRINT = 64
    COCHRANE = 128


AT_AN_END = (
    (Mark.ERRATUM, ERRATUM_WORDS),
    (Mark.COMMENT, COMMENT_WORDS),
    (Mark.REPLY, REPLY_WORDS),
    (Mark.RETRACTION, RETRACTION_WORDS),
)
ALL_WORDS = PROTOCOL_WORDS.union(*(table for _, table in AT_AN_END))


def marks(title: str, journal: str, issue: str, doi: str, kind: str) -> Mark:
    """The marks of a record; title and journal in normal form, issue as the source has it."""
    found = _title_marks(title)
    in_journal = set(journal.split())
    if (
        not in_journal.isdisjoint(CONFERENCE_WORDS)
        or kind.lower() in CONFERENCE_TYPES
        or "bstract" in issue
        or journal.startswith(SERIES)
    ):
        found |= Mark.MEETING
    if not in_journal.isdisjoint(PREPRINT_SERVERS) or doi.startswith(PREPRINT_DOIS):
        found |= Mark.PREPRINT
    if "cochrane" in in_journal:
        found |= Mark.COCHRANE
    return found


def _title_marks(title: str) -> Mark:
    found = Mark(0)
    words = title.split()
    if ALL_WORDS.isdisjoint(words):
        return found
    ends = {*words[:2], *words[-2:]}
    for mark, table in AT_AN_END:
        if not table.isdisjoint(ends):
            found |= mark
    if not PROTOCOL_WORDS.isdisjoint(words):
        found |= Mark.PROTOCOL
    return found


def weight(title: str, journal: str) -> int:
    """How many different words tell this title from others; 0 for "Editorial" and its kind."""
    telling = {word for word in title.split() if not word.isdigit()} - SMALL_WORDS
    if len(telling) <= ALWAYS_TELLING and telling - RECURRING_WORDS <= set(journal.split()):
        return 0
    return len(telling)
