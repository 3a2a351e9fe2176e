"""The order of letters that are written from right to left.

PDFium turns such letters from the order on the paper into the order of reading. It does that, too,
where one drawn sign stands for a whole word whose letters the file tells beside it, already in the
order of reading; there it has to be undone.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from evidence.documents.characters import Character

_RIGHT_TO_LEFT = {"R", "AL"}  # Unicode's classes of letters: Hebrew and its like, Arabic
_FORMS = (range(0xFB1D, 0xFE00), range(0xFE70, 0xFEFD))  # signs that join several letters
_JOINED = {
    letters
    for codes in _FORMS
    for letters in (unicodedata.normalize("NFKC", chr(code)) for code in codes)
    if len(letters) > 1
}
_NUMBER = re.compile(r"\d+")


def is_right_to_left(letter: str) -> bool:
    """Whether a letter belongs to a script that is written from right to left."""
    return unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT


def in_reading_order(characters: Sequence[Character]) -> Sequence[Character]:
    """The characters, with words turned round that stand in one drawn sign against their order."""
    if not any(map(is_right_to_left, {character[0] for character in characters})):
        return characters
    ordered: list[Character] = []
    for sign in _signs(characters):
        text = "".join(character[0] for character in sign)
        word = text.strip()
        if sum(map(is_right_to_left, word)) > 1 and word not in _JOINED:
            turned = _NUMBER.sub(lambda match: match[0][::-1], word[::-1])
            ordered.extend((letter, *sign[0][1:]) for letter in text.replace(word, turned))
        else:
            ordered.extend(sign)
    return ordered


def _signs(characters: Sequence[Character]) -> Iterator[list[Character]]:
    """The characters of each drawn sign; a blank, whose place says nothing, is of the last one."""
    sign: list[Character] = []
    for character in characters:
        if sign and not character[0].isspace() and character[1:] != sign[0][1:]:
            yield sign
            sign = []
        sign.append(character)
    if sign:
        yield sign
