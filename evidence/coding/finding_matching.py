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

from evidence.coding.finding_fields import ANSWER
from evidence.coding.number_fields import PEOPLE

LIKE_ENOUGH = 0.55
"""From which likeness on two findings are taken for one; see docs/decisions/two-coders.md."""

MOST_MATCHED = 100  # findings of one person; what is beyond has no partner proposed

_WEIGHTS = {
    "outcome": 3.0, "measure": 2.5, "intervention": 2.0, "time": 2.0, "contrast": 1.5,
    "arms": 1.5, "adjusted": 0.5, "direction": 0.5,
}  # fmt: skip
_NUMBERS_WEIGHT = 3.0
_ANSWER_WEIGHT = 1.0  # of each question about findings that both answer, as the subgroup
_ELSE = 0.5  # the likeness of a field that one of them left empty
_OTHER_TIME, _OTHER_CONTRAST = 0.55, 0.5  # what is left of it where these clearly differ
_ARMS = ("arm_intervention", "arm_comparison")
_FEW = 2  # typed numbers that may be the same by chance
_MONTHS = {"d": 12 / 365.25, "w": 12 * 7 / 365.25, "m": 1.0, "y": 12.0}
_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "fifteen": "15",
    "sixteen": "16", "eighteen": "18", "twenty": "20", "half": "0.5",
}  # fmt: skip
_UNIT = r"(d|w|m|y)(?:ays?|eeks?|ks?|o|os|onths?|ears?|rs?)?\b"
_TIME = re.compile(rf"(?<![a-z])(\d+(?:[.,]\d+)?)[\s-]*{_UNIT}")
_NAMED_FIRST = re.compile(rf"\b{_UNIT}\s*(\d+(?:[.,]\d+)?)\b")  # week 26, month 6
_MINUTES = re.compile(r"\bmin(?:ute)?s?\b")
_NEAR = 0.09  # 12 weeks are called three months, and 52 weeks a year


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

    Pairs come in the order of the left list, what has no partner on the right last. Of very long
    lists only the first findings are paired.

    Args:
        left: the fields of each finding, as finding_fields lists them.
        right: those of the other person's findings.
        time_points: labels of the study's time points by uid, which `time` may name.
    """
    alike = np.zeros((len(left), len(right)))
    for i, one in enumerate(left[:MOST_MATCHED]):
        for j, other in enumerate(right[:MOST_MATCHED]):
            alike[i, j] = likeness(one, other, time_points)
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
    mine, theirs = ({**fields, "arms": _arms(fields)} for fields in (one, other))
    swapped = _is_swapped(one, other)
    answers = [name for name in mine if name.startswith(ANSWER) and theirs.get(name)]
    weights = _WEIGHTS | dict.fromkeys(answers, _ANSWER_WEIGHT)
    total = weight = 0.0
    for name, of_field in weights.items():
        first, second = mine.get(name, "").strip(), theirs.get(name, "").strip()
        if not first and not second:
            continue
        weight += of_field
        likely = 1.0 if swapped and name == "arms" else _likeness(name, first, second, labels)
        total += of_field * likely
    numbers = _same_numbers(one, other, swapped=swapped)
    if numbers is not None:
        weight += _NUMBERS_WEIGHT
        total += _NUMBERS_WEIGHT * numbers
    if not weight:
        return 0.0
    alike = total / weight
    if _differ(one, other, "contrast"):  # what is compared with what is never one finding
        return alike * _OTHER_CONTRAST
    if numbers == 1 and _count_numbers(one, other) > _FEW:
        return alike
    if _differ(one, other, "time") and not _may_be_one_time(one["time"], other["time"], labels):
        alike *= _OTHER_TIME
    return alike


def months(text: str) -> float | None:
    """How many months after the start a time is, as far as its words say a number."""
    words = re.split(r"(\W+)", text.casefold())
    said = "".join(_WORDS.get(word, word) for word in words)
    named_first = _NAMED_FIRST.search(said)
    found = _TIME.search(said)
    if _MINUTES.search(said):
        return None
    if named_first is not None and (found is None or named_first.start() < found.start()):
        return _in_months(named_first[2], named_first[1])
    return None if found is None else _in_months(found[1], found[2])


def _in_months(number: str, unit: str) -> float:
    return float(number.replace(",", ".")) * _MONTHS[unit]


def _differ(one: Mapping[str, str], other: Mapping[str, str], name: str) -> bool:
    mine, theirs = one.get(name, "").strip(), other.get(name, "").strip()
    return bool(mine and theirs and mine != theirs)


def _arms(fields: Mapping[str, str]) -> str:
    return " ".join(fields.get(name, "").strip() for name in _ARMS).strip()


def _likeness(name: str, mine: str, theirs: str, labels: Mapping[str, str]) -> float:
    if not mine or not theirs:
        return _ELSE
    if mine == theirs:
        return 1.0
    if name == "time":
        return _time_likeness(mine, theirs, labels)
    return _measure_likeness(mine, theirs) if name == "measure" else 0.0


def _may_be_one_time(mine: str, theirs: str, labels: Mapping[str, str]) -> bool:
    """Whether two wordings may mean one time; where both say a number, the numbers decide."""
    mine, theirs = labels.get(mine, mine), labels.get(theirs, theirs)
    first, second = months(mine), months(theirs)
    return first is None or second is None or _time_likeness(mine, theirs, labels) > 0


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


def _same_numbers(
    one: Mapping[str, str], other: Mapping[str, str], *, swapped: bool
) -> float | None:
    """The share of typed numbers that both have alike; None where they have none in common.

    Where one's intervention group is the other's comparison group, so are their numbers.
    """
    both = _numbers_of_both(one, _turned(other) if swapped else other)
    if not both:
        return None
    return sum(mine == theirs for mine, theirs in both) / len(both)


def _count_numbers(one: Mapping[str, str], other: Mapping[str, str]) -> int:
    """How many numbers but those of people both have; what is equal in these is hardly chance."""
    names = set(PEOPLE.values())
    few = [{name: text for name, text in f.items() if name not in names} for f in (one, other)]
    return len(_numbers_of_both(*few))


def _numbers_of_both(one: Mapping[str, str], other: Mapping[str, str]) -> list[tuple[float, float]]:
    names = {name for name in one if name.startswith(("numbers.", "printed."))}
    pairs = [
        (_number(one.get(n, "")), _number(other.get(n, ""))) for n in {*names, *PEOPLE.values()}
    ]
    return [(mine, theirs) for mine, theirs in pairs if mine is not None and theirs is not None]


def _turned(fields: Mapping[str, str]) -> dict[str, str]:
    """The fields with the groups the other way round."""
    first, second = PEOPLE.values()
    turned = dict(fields) | {first: fields.get(second, ""), second: fields.get(first, "")}
    for name in fields:
        if name.startswith("numbers.") and name[-1] in "12":
            pair = name[:-1] + ("2" if name[-1] == "1" else "1")
            turned[name], turned[pair] = fields.get(pair, ""), fields[name]
    return turned


def _number(text: str) -> float | None:
    try:
        return float(text.replace("−", "-").replace(",", "."))
    except ValueError:
        return None


def _is_swapped(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    mine, theirs = ([fields.get(name, "") for name in _ARMS] for fields in (one, other))
    return all(mine) and mine == theirs[::-1] and mine != theirs


def _nearest(likenesses: np.ndarray) -> int | None:
    if not likenesses.size or not likenesses.max():
        return None
    return int(likenesses.argmax())
