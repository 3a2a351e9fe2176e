"""Names of people and organisations, from the ways in which databases write them."""

import re
from collections.abc import Iterable, Sequence

from evidence.citations.record import Name
from evidence.citations.text import line

# A name without a comma that holds one of these words is an organisation, not a person.
_ORGANISATION = re.compile(
    r"\b(?:academy|agency|alliance|association|authority|board|bureau|cent(?:er|re)s?|centro"
    r"|coalition|collaboration|collaborators|college|commission|committee|consortium"
    r"|corporation|council|department|federation|forum|foundation|group|hospital|initiative"
    r"|institut(?:e|ion|o)?|investigators|laborator(?:y|ies)|ministry|network|office"
    r"|organi[sz]ation|panel|program(?:me)?|project|school|services?|society|study|task force"
    r"|team|trust|union|universi(?:ty|t[eéä]t?|dad|dade)|workgroup|university|working party)\b",
    re.IGNORECASE,
)
# Nor is one with such a word a person's where its order must be guessed ("Bank J" may be one).
_SELDOM = """
    a.g ag agencia agência american amt and anonymous archive archives asociación associazione
    associação australian bank british bundesamt business cambridge canadian chinese city clinic
    clinics co comité commissione community company congress conseil consejo consulting
    contributors coordinators corp county database deutsche division editor editors english
    european federal fondation fund fundación fundação für gesellschaft global gmbh government
    health house inc independent information innovation intelligence international journal
    klinik komitee law learning library limited llc ltd magazine management medical medicine
    members mental ministerio ministerium ministero ministère ministério museum national nations
    news newspaper of office official organisación organización organização ospedale oxford
    participants partners partnership policy press public publishers publishing regional
    registry research review royal science sciences scientific secretariat sociedad sociedade
    società société solutions staff state states stiftung support survey system systems
    technologies technology the times training trial trialists und unit united unknown verband
    verein work workers workshop world writers
"""
_SELDOM_OF_PERSONS = frozenset(_SELDOM.split())
_MARKS = "*†‡§¶"  # of footnotes
_AND_OTHERS = re.compile(r"(?:\band others|,?\s?\bet al\.?)$", re.IGNORECASE)
_OTHERS_END = ("others", "al", "al.", "OTHERS", "AL", "AL.", "}", *_MARKS)  # a quick look first
_PARTICLE = re.compile(r"[a-zà-ÿ'’]+|St\.")
_INITIAL = re.compile(r"(?:[^\W\d_]\.-?)+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[- ]?)+")
_BEHIND = re.compile(r"\S.* (?:[^\W\d_]\.-?)+")  # a family name with initials behind it
_MOST_INITIALS = 3  # letters without dots, as in "Smith JAB"
_MOST_DOTTED = 6  # letters with dots, as in "Ch.-F."
_MOST_PER_DOT = 2
_CLEAR_SUFFIXES = frozenset({"jr", "sr", "iii"})  # where "Petrov IV" has initials
_SUFFIXES = _CLEAR_SUFFIXES | {"ii", "iv"}
_CAPITAL_PARTICLES = frozenset(
    {"Van", "Von", "De", "Del", "Della", "Der", "Den", "Di", "Da", "Das", "Do", "Dos", "Du", "Ter"}
    | {"Ten", "La", "Las", "Le", "Los", "El", "Al", "Bin", "Ibn", "Zu"}
)
_INITIAL_LAST = re.compile(r"[^\W\d_]{2}.{0,200} [A-ZÀ-Þ]")
_CONJUNCTIONS = frozenset({"y", "e", "i"})
_NAME_WORD = re.compile(r"(?:[^\W\d_\u2e80-\U0003ffff]['’.‐-]?){1,40}")  # not of Chinese signs
_LEAST_WORDS, _MOST_WORDS = 2, 3  # of a person's name that nothing but blanks part
_LEAST_CAPITALS = 2  # of a family name that is in capitals
_LONGEST = 200  # characters; a longer text is a list that nobody can part, or no name at all


def names(texts: Iterable[str]) -> tuple[Name, ...]:
    """The names of the texts, each of which holds one name or several parted by semicolons."""
    people = (person for text in texts for _, person in _people(text))
    return tuple([person for person in people if person.family])


def names_in_any_order(
    texts: Sequence[str], *, family_first: bool = False
) -> tuple[tuple[Name, ...], list[str]]:
    """The names of the texts, and what was guessed of the order of those without a comma.

    In a list where others have initials behind, one that ends with a letter has, too. Of two or
    three words that are no institution's the last is the family name, or those in capitals; but
    the first, where others of the list end with a single letter ("Arbor Bea M").

    Args:
        texts: each holds one name or several parted by semicolons.
        family_first: whether the source writes family names first; then two words are clear.
    """
    quick = [name(text) for text in texts if not _may_be_list(text)]
    if len(quick) == len(texts) and all(person.given for person in quick):  # as most are
        return tuple(quick), []
    people = [found for text in texts for found in _people(text)]
    unclear = [line(part).strip(_MARKS + " ") for part, person in people if not person.given]
    if not any(unclear):
        return tuple([person for _, person in people if person.family]), []
    orders = {_order(part, person) for part, person in people if person.given}
    one_order = orders & {"before", "behind"}
    initial_last = [_INITIAL_LAST.fullmatch(text) is not None for text in unclear if " " in text]
    seem_family_first = not one_order and any(initial_last) and not all(initial_last)
    ordered: list[Name] = []
    guessed: list[str] = []
    for part, person in people:
        text = line(part).strip(_MARKS + " ")
        guess = None
        if not person.given and person.family == text:
            if one_order == {"behind"} and _INITIAL_LAST.fullmatch(text):
                person = Name(text[:-2], text[-1:])  # noqa: PLW2901 - the same one, in order
            else:
                guess = _in_order_of_speech(text, family_first=family_first or seem_family_first)
        if guess and not (family_first and text.count(" ") == 1):
            guessed.append(f"“{text}” as “{guess}”")
        ordered.append(guess or person)
    return tuple([person for person in ordered if person.family]), guessed


def _may_be_list(text: str) -> bool:
    """A quick look whether a text may hold several names."""
    return ";" in text or ("," in text and ".," in text) or "&" in text or "\n" in text


def _people(text: str) -> list[tuple[str, Name]]:
    """The names of a text with what each stands in; empty where commas alone part them."""
    if not _may_be_list(text):
        return [(text, name(text))]
    if ";" in text or "\n" in text or "&" in text:
        parts = [part for row in text.split("\n") for part in line(row).split(";")]
        return [(part, name(part)) for part in parts]
    return [("", person) for person in _by_commas(text)]


def _order(part: str, person: Name) -> str:
    """Where the initials stand: "behind" or "before" the family name, or behind a comma."""
    if not part or "," in part:
        return "comma"
    return "behind" if line(part).rstrip(_MARKS).endswith(f" {person.given}") else "before"


def _in_order_of_speech(text: str, *, family_first: bool) -> Name | None:
    """A name of a few words, the last of which is the family name; None if it seems to be none."""
    words = text.split(" ")
    suffix = words.pop() if words[-1].rstrip(".").lower() in _SUFFIXES else ""
    if not _may_be_of_person(words, _MOST_WORDS + family_first):
        return None
    if family_first:
        first = next(at for at, word in enumerate(words) if not _is_particle(word)) + 1
        return Name(" ".join(words[:first]), " ".join(words[first:]))
    if _is_particle(words[0]) or len(words[-1].rstrip(".")) == 1:
        return None
    first = len(words) - 1
    while first > 1 and _is_particle(words[first - 1]):
        first -= 2 if words[first - 1] in _CONJUNCTIONS and first > _LEAST_WORDS else 1
    family, given = words[first:], words[:first]
    capitals = [word for word in words if word.isupper() and len(word) >= _LEAST_CAPITALS]
    if capitals and not text.isupper() and capitals[-1] != words[-1]:
        given = [word for word in words if word not in capitals]  # "ARBOR Bea"
        family = capitals
    return Name(" ".join(family), ", ".join(filter(None, (" ".join(given), suffix))))


def _may_be_of_person(words: Sequence[str], most: int) -> bool:
    """Whether words may be a person's name, and not an institution's."""
    long_words = [word for word in words if not _is_particle(word)]
    return (
        _LEAST_WORDS <= len(long_words) <= most
        and long_words[-1] == words[-1]
        and all(map(_NAME_WORD.fullmatch, words))
        and not is_organisation(" ".join(words))
        and _SELDOM_OF_PERSONS.isdisjoint(word.lower() for word in words)
    )


def _is_particle(word: str) -> bool:
    return _PARTICLE.fullmatch(word) is not None or word in _CAPITAL_PARTICLES


def name(text: str) -> Name:
    """One name; "Family, Given", "Family GM" and "G. M. Family" are recognised.

    A text without a comma whose order cannot be known ("Abbas Mohamed") stays whole.
    """
    text = line(text)
    if text.endswith(_OTHERS_END):
        text = text.rstrip(_MARKS + " ")
        if text.startswith("{") and text.endswith("}"):  # Mendeley, around an organisation
            return Name(text.strip("{} "))
        text = _AND_OTHERS.sub("", text).strip()
    family, comma, given = text.partition(",")
    if comma:
        family, given = family.strip(), given.strip(" ,")
        return Name(family, given) if family else Name(given)
    if len(text) > _LONGEST or _ORGANISATION.search(text):
        return Name(text)
    return _by_initials(text)


def _by_commas(text: str) -> list[Name]:
    """One name, or the names of a list that nothing but commas parts: "Roe A., Doe B.C." and
    "Roe, A., Doe, B.C.".
    """
    parts = [part for part in line(text).rstrip(",").split(", ") if part]
    if len(parts) > 1 and all(_BEHIND.fullmatch(part) for part in parts):
        return [name(part) for part in parts]
    pairs = list(zip(parts[::2], parts[1::2], strict=False))
    in_pairs = len(parts) == 2 * len(pairs) and len(pairs) > 1
    if in_pairs and all(_INITIALS.fullmatch(given) for _, given in pairs):
        return [Name(family, given) for family, given in pairs]
    return [name(text)]


def may_be_one(person: Name, other: Name) -> bool:
    """Whether two names with the same family name may be one person's: "B." and "Bea"."""
    initials, others = _letters(person.given), _letters(other.given)
    return initials.startswith(others) or others.startswith(initials)


def given_letters(person: Name) -> int:
    """How many letters of the given names a name has, to choose the fullest."""
    return sum(map(str.isalpha, person.given))


def _letters(given: str) -> str:
    """The initials of given names, small, of "Bea M." and "BM" alike."""
    if given.isupper():
        return "".join(letter for letter in given if letter.isalpha()).casefold()
    return "".join(word[0] for word in re.split(r"[\s.-]+", given) if word).casefold()


def is_organisation(text: str) -> bool:
    """Whether a name without a comma holds a word that only organisations have."""
    return _ORGANISATION.search(text) is not None


def given_first(text: str) -> Name:
    """One name in the order of BibTeX, where "Ludwig van Beethoven" has the family name last."""
    text = line(text)
    whole = name(text)
    initials_first = bool(whole.given) and "," not in text and text.startswith(whole.given + " ")
    if (whole.given and not initials_first) or _ORGANISATION.search(whole.family):
        return whole
    words = (text if initials_first else whole.family).split(" ")
    if len(words) == 1:
        return whole
    first = len(words) - 1
    while first > 1 and _PARTICLE.fullmatch(words[first - 1]):
        first -= 1
    return Name(" ".join(words[first:]), " ".join(words[:first]))


def _by_initials(text: str) -> Name:
    """The initials are the given name, whether they stand behind or before the family name."""
    words = text.split(" ")
    if words[-1].rstrip(".").lower() in _CLEAR_SUFFIXES and len(words) > _LEAST_WORDS:
        rest = _by_initials(" ".join(words[:-1]))
        return Name(rest.family, f"{rest.given}, {words[-1]}") if rest.given else Name(text)
    is_initials = [_is_initials(word, all_capitals=text.isupper()) for word in words]
    if all(is_initials) or not any(is_initials):
        return Name(text)
    behind = before = 0
    while is_initials[-1 - behind]:
        behind += 1
    while is_initials[before]:
        before += 1
    if not behind and not before:
        within = [number for number, word in enumerate(words) if _INITIAL.fullmatch(word)]
        before = within[-1] + 1 if within else len(words)
        if all(map(_PARTICLE.fullmatch, words[before:])):  # "Silva Maria J. da"
            return Name(text)
        # else "Pieter J. van der Berg"
    if behind:
        family = words[:-behind]
        whole = [word for word in family if not _PARTICLE.fullmatch(word)]
        if len(whole) > 1 and len(words[-1]) == 1 and behind == 1:
            return Name(text)  # "Abou Ghayda R" and "Morel Chantal M" look alike
        return Name(" ".join(family), " ".join(words[-behind:]))
    return Name(" ".join(words[before:]), " ".join(words[:before]))


def _is_initials(word: str, *, all_capitals: bool) -> bool:
    """Whether a word is initials; where all is in capitals, only dots show it."""
    if word.endswith("."):
        return len(word) <= _MOST_DOTTED and all(
            len(part) <= _MOST_PER_DOT for part in word.replace("-", "").split(".")
        )
    letters = word.replace("-", "")
    return (
        not all_capitals
        and letters.isalpha()
        and letters.isupper()
        and len(letters) <= _MOST_INITIALS
    )
