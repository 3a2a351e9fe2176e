"""Which findings of two people are the same finding, however each of them typed it.

A finding is one outcome of one contrast at one time, measured in one way. People list findings in
another order, write “1.5 years” for “18-month follow-up”, choose another code for the same scale,
or split one finding into two. What is matched here is a proposal: people can change every pair.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz
from scipy.optimize import linear_sum_assignment

from evidence.coding.number_fields import PEOPLE

LIKE_ENOUGH = 0.55
"""From which likeness on two findings are taken for one; see docs/decisions/two-coders.md."""

_WEIGHTS = {"outcome": 3.0, "measure": 2.5, "intervention": 2.0, "time": 2.0, "contrast": 1.5}
_NUMBERS_WEIGHT = 3.0
_ELSE = 0.5  # the likeness of a field that one of them left empty
_OTHER_TIME, _OTHER_CONTRAST = 0.55, 0.6  # what is left of it where these clearly differ
_MONTHS = {"d": 12 / 365.25, "w": 12 * 7 / 365.25, "m": 1.0, "y": 12.0}
_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "fifteen": "15",
    "sixteen": "16", "eighteen": "18", "twenty": "20", "half": "0.5",
}  # fmt: skip
_TIME = re.compile(r"(\d+(?:[.,]\d+)?)[\s-]*(d|w|m|y)[a-z]*\b(?! ?min)")
_MINUTES = re.compile(r"\bmin(?:ute)?s?\b")
_NEAR = 0.05  # months that differ by a twentieth are the same, as 52 weeks and a year are


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two findings that may be one.

    Attributes:
        left, right: their places in the two lists; None where one has no partner.
        likeness: from 0 to 1; 0 where one has no partner.
        maybe_part_of: where one has no partner, a place in the other list whose finding is like it
            and has a better partner: perhaps somebody split one finding into two.
        is_swapped: one's intervention group is the other's comparison group.
    """

    left: int | None
    right: int | None
    likeness: float = 0.0
    maybe_part_of: int | None = None
    is_swapped: bool = False


def match(
    left: Sequence[Mapping[str, str]],
    right: Sequence[Mapping[str, str]],
    time_points: Mapping[str, str] | None = None,
) -> tuple[Pair, ...]:
    """Pair the findings of two people so that the pairs are as alike as possible together.

    Pairs come in the order of the left list, what has no partner on the right last.

    Args:
        left: the fields of each finding, as finding_fields lists them.
        right: those of the other person's findings.
        time_points: labels of the study's time points by uid, which `time` may name.
    """
    alike = np.array(
        [[likeness(one, other, time_points) for other in right] for one in left], dtype=float
    ).reshape(len(left), len(right))
    good = np.where(alike >= LIKE_ENOUGH, alike, 0.0)
    rows, columns = linear_sum_assignment(good, maximize=True)
    partner = {int(i): int(j) for i, j in zip(rows, columns, strict=True) if good[i, j] > 0}
    pairs = [
        Pair(
            left=i,
            right=partner[i],
            likeness=float(alike[i, partner[i]]),
            is_swapped=_is_swapped(one, right[partner[i]]),
        )
        if i in partner
        else Pair(left=i, right=None, maybe_part_of=_nearest(good[i]))
        for i, one in enumerate(left)
    ]
    taken = set(partner.values())
    pairs += [
        Pair(left=None, right=j, maybe_part_of=_nearest(good[:, j]))
        for j in range(len(right))
        if j not in taken
    ]
    return tuple(pairs)


def likeness(
    one: Mapping[str, str],
    other: Mapping[str, str],
    time_points: Mapping[str, str] | None = None,
) -> float:
    """How likely two findings are the same, from 0 to 1; the same numbers speak loudest."""
    labels = time_points or {}
    total = weight = 0.0
    for name, of_field in _WEIGHTS.items():
        mine, theirs = one.get(name, "").strip(), other.get(name, "").strip()
        if not mine and not theirs:
            continue
        weight += of_field
        total += of_field * _field_likeness(name, mine, theirs, labels)
    numbers = _same_numbers(one, other)
    if numbers is not None:
        weight += _NUMBERS_WEIGHT
        total += _NUMBERS_WEIGHT * numbers
    if not weight:
        return 0.0
    alike = total / weight
    if numbers is not None and numbers >= 1:
        return alike
    if _differ(one, other, "time") and _time_likeness(one["time"], other["time"], labels) == 0:
        alike *= _OTHER_TIME
    if _differ(one, other, "contrast"):
        alike *= _OTHER_CONTRAST
    return alike


def months(text: str) -> float | None:
    """How many months after the start a time is, as far as its words say a number."""
    words = re.split(r"(\W+)", text.casefold())
    found = _TIME.search("".join(_WORDS.get(word, word) for word in words))
    if found is None or _MINUTES.search(text.casefold()):
        return None
    return float(found[1].replace(",", ".")) * _MONTHS[found[2]]


def _differ(one: Mapping[str, str], other: Mapping[str, str], name: str) -> bool:
    mine, theirs = one.get(name, "").strip(), other.get(name, "").strip()
    return bool(mine and theirs and mine != theirs)


def _field_likeness(name: str, mine: str, theirs: str, labels: Mapping[str, str]) -> float:
    if not mine or not theirs:
        return _ELSE
    if mine == theirs:
        return 1.0
    if name == "time":
        return _time_likeness(mine, theirs, labels)
    return _measure_likeness(mine, theirs) if name == "measure" else 0.0


def _time_likeness(mine: str, theirs: str, labels: Mapping[str, str]) -> float:
    mine, theirs = labels.get(mine, mine), labels.get(theirs, theirs)
    first, second = months(mine), months(theirs)
    if first is not None and second is not None:
        return float(abs(first - second) <= _NEAR * max(first, second))
    return float(fuzz.token_set_ratio(mine.casefold(), theirs.casefold()) / 100)


def _measure_likeness(mine: str, theirs: str) -> float:
    if _initials(mine) & _initials(theirs):
        return 1.0
    return float(fuzz.token_set_ratio(mine.casefold(), theirs.casefold()) / 100)


def _initials(text: str) -> set[str]:
    """The short names by which a scale may be known: as it is written, and from its words."""
    words = re.findall(r"[^\W\d_]+", text)
    letters = "".join(word[0] for word in words if word[0].isupper()).casefold()
    short = {word.casefold() for word in words if len(word) > 1 and word.isupper()}
    names = short | ({letters} if len(letters) > 1 else set())
    return names | {name.removesuffix("s") for name in names if len(name) > len("rs")}


def _same_numbers(one: Mapping[str, str], other: Mapping[str, str]) -> float | None:
    """The share of typed numbers that both have alike; None where they have none in common."""
    names = [name for name in {*one, *other} if name.startswith(("numbers.", "printed."))]
    names += PEOPLE.values()
    both = [(one[name], other[name]) for name in set(names) if one.get(name) and other.get(name)]
    if not both:
        return None
    return sum(_number(mine) == _number(theirs) for mine, theirs in both) / len(both)


def _number(text: str) -> float | str:
    try:
        return float(text.replace("−", "-").replace(",", "."))
    except ValueError:
        return text.strip().casefold()


def _is_swapped(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    arms = ("arm_intervention", "arm_comparison")
    mine, theirs = ([fields.get(name, "") for name in arms] for fields in (one, other))
    return all(mine) and mine == theirs[::-1] and mine != theirs


def _nearest(likenesses: np.ndarray) -> int | None:
    if not likenesses.size or not likenesses.max():
        return None
    return int(likenesses.argmax())
