"""Numbers in running text, words where a sentence begins and figures elsewhere from ten on; and
what else depends on where in a sentence it stands.
"""

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
BOTH = 2


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


def counted(number: int, noun: str) -> str:
    """A number with its noun: `no records`, `one record`, `1,204 records`."""
    return f"{within(number)} {noun}{'s' * (number != 1)}"


def none_or(number: int) -> str:
    """A number without its noun: `none`, `three`."""
    return within(number) if number else "none"


def was(number: int) -> str:
    """The verb behind so many, and behind none."""
    return "was" if number <= 1 else "were"


def part_done(total: int, what: tuple[str, str], number: int, done: str) -> str:
    """What was done with a part: `Of 100 reports assessed, four were excluded`.

    Args:
        total: of them all, at least one.
        what: a noun for one of them, and what stands behind it: `report`, `assessed`.
        number: of the part.
        done: what became of it.
    """
    noun, behind = what
    if total == 1:
        return f"The one {noun} {behind} was {'not ' * (not number)}{done}"
    if number == total:
        everything = "Both" if total == BOTH else f"All {within(total)}"
        return f"{everything} {noun}s {behind} were {done}"
    return f"Of {counted(total, noun)} {behind}, {none_or(number)} {was(number)} {done}"


def within_a_sentence(title: str) -> str:
    """With a small letter, unless it begins with an abbreviation."""
    return title[:1].lower() + title[1:] if title[1:2].islower() or title[1:2] == " " else title


def series(parts: Sequence[str], last: str = "and") -> str:
    """Parts of a sentence in a row: `a`, `a and b`, `a, b and c`.

    Args:
        parts: at least one.
        last: stands before the last one: `and`, `or`.
    """
    if len(parts) < 2:  # noqa: PLR2004 - one part stands alone
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"
