"""Numbers in running text: words where a sentence begins, figures elsewhere from ten on."""

from collections.abc import Sequence

# fmt: off
SMALL = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# fmt: on
FIGURES_FROM = 10  # within a sentence
LARGEST_IN_WORDS = 99


def in_words(number: int) -> str:
    """A whole number from 0 to 99 in words, as `twenty-one`; 0 is `no`, as before a noun.

    Raises:
        ValueError: the number is below 0 or above 99.
    """
    if not 0 <= number <= LARGEST_IN_WORDS:
        raise ValueError(number)
    if number < len(SMALL):
        return SMALL[number]
    tens, ones = divmod(number, 10)
    return TENS[tens - 2] + (f"-{SMALL[ones]}" if ones else "")


def within(number: int) -> str:
    """A number inside a sentence: `three`, `16`, `1,204`."""
    return in_words(number) if number < FIGURES_FROM else f"{number:,}"


def beginning(number: int) -> str:
    """A number with which a sentence begins: `Sixteen`; from a hundred on `In all, 312`."""
    if number > LARGEST_IN_WORDS:
        return f"In all, {number:,}"
    return in_words(number).capitalize()


def series(parts: Sequence[str], last: str = "and") -> str:
    """Parts of a sentence in a row: `a`, `a and b`, `a, b and c`.

    Args:
        parts: at least one.
        last: stands before the last one: `and`, `or`.
    """
    if len(parts) < 2:  # noqa: PLR2004 - one part stands alone
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"
