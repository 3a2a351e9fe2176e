"""Texts as words in them are compared: without accents and capitals.

evidence/viewer/folded_texts.js does the same in the browser.
"""

import unicodedata

_BLANKS = " \t\n\r\f\v"
_FINAL_SIGMA, _SIGMA = "\u03c2", "\u03c3"


def folded(text: str) -> str:
    """A text without accents and in small letters, as words are compared."""
    letters = unicodedata.normalize("NFKD", text).lower()
    return "".join(sign for sign in letters if not unicodedata.category(sign).startswith("M"))


def folded_words(words: str) -> tuple[str, ...]:
    """The words that a search asks for."""
    text = folded(words)
    for blank in _BLANKS:
        text = text.replace(blank, " ")
    return tuple(word for word in text.split(" ") if word)


def whole_words(text: str) -> tuple[str, ...]:
    """The runs of letters and digits of a text, folded; what stands between them is left out.

    Sigma has one form, so that the beginning of a word is found whatever follows it.
    """
    signs = (s if unicodedata.category(s)[0] in "LN" else " " for s in folded(text))
    words = "".join(signs).replace(_FINAL_SIGMA, _SIGMA).split(" ")
    return tuple(filter(None, words))
