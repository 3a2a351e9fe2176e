"""What kind of publication a record says it is, and how much its title tells."""

from enum import IntFlag
from functools import lru_cache, reduce
from operator import or_

from evidence.deduplication.text import journal_words, words
from evidence.deduplication.vocabulary import (
    COMMENT_WORDS,
    CONFERENCE_TYPES,
    CONFERENCE_WORDS,
    ERRATUM_WORDS,
    PERIODICALS,
    PREPRINT_DOIS,
    PREPRINT_SERVERS,
    PROTOCOL_WORDS,
    RECURRING_WORDS,
    REPLY_WORDS,
    RETRACTION_WORDS,
    SERIES,
    SMALL_WORDS,
)

REMEMBERED = 50_000  # names of journals; they repeat
ALWAYS_TELLING = 12  # words; no recurring title is as long


class KindFlag(IntFlag):
    """What a record says of itself."""

    ERRATUM = 1
    COMMENT = 2
    REPLY = 4
    RETRACTION = 8
    PROTOCOL = 16
    MEETING = 32  # a conference, or an abstract printed for one
    PREPRINT = 64
    COCHRANE = 128
    PERIODICAL = 256  # what its name says, or a volume
    PROCEEDINGS = 512  # the name is that of a conference, not of a journal that prints for one


AT_AN_END = (
    (KindFlag.ERRATUM, ERRATUM_WORDS),
    (KindFlag.COMMENT, COMMENT_WORDS),
    (KindFlag.REPLY, REPLY_WORDS),
    (KindFlag.RETRACTION, RETRACTION_WORDS),
)
OF_TITLES = KindFlag.PROTOCOL | reduce(or_, (flag for flag, _ in AT_AN_END))
ALL_WORDS = PROTOCOL_WORDS.union(*(table for _, table in AT_AN_END))


def title_flags(title: str) -> int:
    """The flags that a title in normal form bears."""
    words = title.split()
    if ALL_WORDS.isdisjoint(words):
        return 0
    flags = KindFlag(0)
    ends = {*words[:2], *words[-2:]}
    for flag, table in AT_AN_END:
        if not table.isdisjoint(ends):
            flags |= flag
    if not PROTOCOL_WORDS.isdisjoint(words):
        flags |= KindFlag.PROTOCOL
    return int(flags)


@lru_cache(maxsize=REMEMBERED)
def journal_flags(journal: str, kind: str) -> int:
    """The flags that a journal, as the source names it, and the type of a record give."""
    form = words(journal)
    flags = KindFlag(0)
    in_journal = set(form.split())
    if not in_journal.isdisjoint(CONFERENCE_WORDS) or form.startswith(SERIES):
        flags |= KindFlag.MEETING
    if kind.lower() in CONFERENCE_TYPES:
        flags |= KindFlag.MEETING | KindFlag.PROCEEDINGS
    if not in_journal.isdisjoint(PREPRINT_SERVERS):
        flags |= KindFlag.PREPRINT
    if "cochrane" in in_journal:
        flags |= KindFlag.COCHRANE
    if not in_journal.isdisjoint(PERIODICALS):
        flags |= KindFlag.PERIODICAL
    if not CONFERENCE_WORDS.isdisjoint(journal_words(journal).split()):
        flags |= KindFlag.PROCEEDINGS
    return int(flags)


def other_flags(issue: str, volume: str, doi: str) -> int:
    """The flags that issue, volume (as the source has them) and DOI give."""
    meeting = "bstract" in issue or "bstract" in volume
    preprint = doi.startswith(PREPRINT_DOIS)
    in_volumes = bool(volume or issue)
    return (
        KindFlag.MEETING * meeting | KindFlag.PREPRINT * preprint | KindFlag.PERIODICAL * in_volumes
    )


def weight(title: str, journal: str) -> int:
    """How many different words tell this title from others; 0 for "Editorial" and its kind."""
    telling = {word for word in title.split() if not word.isdigit()} - SMALL_WORDS
    if len(telling) <= ALWAYS_TELLING and telling - RECURRING_WORDS <= set(journal.split()):
        return 0
    return max(len(telling - RECURRING_WORDS), 1)
