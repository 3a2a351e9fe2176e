"""Who somebody named in a file is among the people who are there; what is not sure is asked.

Compared are the words of names without regard to case, accents, punctuation and order, so that
"Müller, Eva" is "eva muller". What stands before the @ of an address is no name.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_ADDRESS = re.compile(r"\S+@\S+")
_LEAST_LETTERS = 2  # of a family name; a name of initials alone names nobody surely
_LEAST_WORDS = 2  # of a name that can be shortened


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatch:
    """Who a name may be.

    Attributes:
        person: the one whom it surely names; None where nobody or more than one may be meant.
        candidates: all who may be meant, the likeliest first.
    """

    person: str | None
    candidates: tuple[str, ...]


def match_name(name: str, team: Sequence[str], others: Sequence[str] = ()) -> NameMatch:
    """Who a name in a file is: somebody of the team, else somebody whom Waymark knows.

    Sure are only these words in any order, or, within the team, a family name with the initials
    of one person there. Part of a name ("Anna" for "Anna Adler") makes a candidate only.
    """
    strangers = [person for person in others if person not in set(team)]
    tiers = (
        [person for person in team if person == name],
        [person for person in team if _same_words(name, person)],
        [person for person in strangers if person == name],
        [person for person in strangers if _same_words(name, person)],
        [person for person in team if _same_initials(name, person)],
    )
    may_be = [person for person in (*team, *strangers) if _may_be(name, person)]
    candidates = tuple(dict.fromkeys([*(person for tier in tiers for person in tier), *may_be]))
    sure = next((tier for tier in tiers if tier), [])
    is_initials = bool(sure) and sure == tiers[-1]
    rivals = [person for person in strangers if _same_initials(name, person)] if is_initials else []
    person = sure[0] if len(sure) == 1 and not rivals else None
    return NameMatch(person=person, candidates=candidates)


def folded_label(label: str) -> str:
    """A label or a reason without regard to case and spaces."""
    return " ".join(unicodedata.normalize("NFC", label).split()).casefold()


def by_folded_label(labels: Iterable[str]) -> dict[str, str]:
    """Labels by their folded form; of several that are alike the first."""
    by_form: dict[str, str] = {}
    for label in labels:
        by_form.setdefault(folded_label(label), label)
    return by_form


def folded_name(name: str) -> str:
    """A name without regard to case, spaces and accents."""
    return "".join(_bare(name).split())


def _bare(name: str) -> str:
    """A name in small letters without accents."""
    letters = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    return "".join(sign for sign in letters if not unicodedata.combining(sign))


def _words(name: str) -> list[str]:
    """The words of a name; none of an address."""
    if _ADDRESS.fullmatch(name.strip()):
        return []
    return re.findall(r"[^\W\d_]+", _bare(name).replace("'", "").replace("’", ""))


def _same_words(name: str, person: str) -> bool:
    words = sorted(_words(name))
    return bool(words) and words == sorted(_words(person))


def _same_initials(name: str, person: str) -> bool:
    """Whether one is the other with initials for all given names: "Meyer, E." of "Eva Meyer"."""
    return _abbreviates(name, person) or _abbreviates(person, name)


def _abbreviates(short: str, long: str) -> bool:
    """Whether a name is the family name of another with the initials of its given names."""
    words, others = _words(short), _words(long)
    if len(others) < _LEAST_WORDS or len(words) != len(others):
        return False
    before_comma = _words(long.partition(",")[0]) if "," in long else []
    family = (before_comma or others)[-1]
    first_names = [word for word in others if word != family]
    initials = [word for word in words if word != family]
    is_family = len(family) >= _LEAST_LETTERS and words.count(family) == 1
    return (
        is_family
        and len(first_names) == len(others) - 1
        and initials == [word[0] for word in first_names]
        and all(len(word) > 1 for word in first_names)
    )


def _may_be(name: str, person: str) -> bool:
    """Whether the words of one are among those of the other, initials for whole words included."""
    words, others = _words(name), _words(person)
    fewer, more = sorted((words, others), key=len)
    return any(len(word) > 1 for word in fewer) and all(
        any(word == other or _starts(word, other) for other in more) for word in fewer
    )


def _starts(word: str, other: str) -> bool:
    """Whether one of the two is the initial of the other."""
    return min(len(word), len(other)) == 1 and word[0] == other[0]
