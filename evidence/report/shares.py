"""How shares of studies read: `Sixteen of 21 studies …, three … and one each …`.

The words depend on the numbers only, so that equal counts always read alike.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from evidence.report.numerals import BOTH, beginning, series, within
from evidence.report.statements import Statement, StudyGroup
from evidence.synthesis.study_counts import Count, Counts

MOST_NAMED = 10
"""Headings that one sentence names; what is in others is told as one number."""
NOT_STATED = frozenset(
    {"not stated", "not reported", "not given", "not clear", "unclear", "unknown"}
)
"""Labels of codes that say that a report does not say it."""


_WITH_ARTICLE = ("United ", "Netherlands", "Philippines", "Czech Republic", "Gambia", "Bahamas")
_NO_NAMES = ("Another ", "Several ", "Other ", "More than ", "Elsewhere")
_ABBREVIATED = frozenset({"US", "USA", "UK", "UAE", "EU"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SharePattern:
    """The words of a sentence that divides studies by headings.

    Attributes:
        verb, verbs: for one study, and for several.
        unstated: what is said of studies with a code that says that they do not state it.
        before: what stands before headings, once: `in `.
        words: what a heading is called, from its label.
        elsewhere: what is said of headings that are not named.
        coded: what a study that is in no heading lacks.
        several_one, several: said where one study is in several headings, and where several are,
            behind how many these are.
    """

    verb: str
    verbs: str
    words: Callable[[str], str]
    elsewhere: str
    coded: str
    several_one: str
    several: str
    unstated: str = "not stating it"
    before: str = ""


def shares(group: StudyGroup, counts: Counts, pattern: SharePattern) -> Statement:
    """Studies by headings, the largest number first; headings with equal numbers together.

    Args:
        group: of whom the sentence speaks.
        counts: of the same studies.
        pattern: the words.
    """
    if not group.total:
        return Statement(text="")
    lines = top_lines(counts)
    coded = _union(lines)
    if not coded:
        return Statement(text=f"{of_none(group)} a {pattern.coded}.", studies=group.ids)
    stated = [line for line in lines if line.label.casefold() not in NOT_STATED]
    sentences = [_distribution(group, stated, pattern)] if stated else []
    several = _in_several(stated)
    if several and any(len(line.studies) < group.total for line in stated):
        behind = pattern.several_one if len(several) == 1 else pattern.several
        sentences.append(f"{beginning(len(several))} of them {behind}.")
    unstated = _union([line for line in lines if line not in stated])
    if unstated:
        is_or_are = "is" if len(unstated) == 1 else "are"
        who = everyone(group) if len(unstated) == group.total else some_of(len(unstated), group)
        sentences.append(f"{who} {is_or_are} coded as {pattern.unstated}.")
    lacking = group.total - len(coded)
    if lacking:
        has = "has" if lacking == 1 else "have"
        sentences.append(f"{some_of(lacking, group)} {has} no {pattern.coded}.")
    return Statement(text=" ".join(sentences), studies=in_order(group, coded))


def _distribution(group: StudyGroup, lines: Sequence[Count], pattern: SharePattern) -> str:
    shown, others = lines[:MOST_NAMED], lines[MOST_NAMED:]
    first, *smaller = (list(same) for _, same in groupby(shown, key=lambda x: len(x.studies)))
    largest = len(first[0].studies)
    begins = some_of(largest, group)
    if largest == group.total:
        begins = everyone(group)
    elif len(first) > 1:
        begins = f"Of {within(group.total)} {group.named(group.total)}, {within(largest)} each"
    verb = pattern.verb if largest == 1 else pattern.verbs
    parts = [f"{begins} {verb} {_headings(first, pattern)}"]
    for same in smaller:
        number = within(len(same[0].studies)) + " each" * (len(same) > 1)
        parts.append(f"{number} {_headings(same, pattern)}")
    if others:
        parts.append(f"{within(len(_union(others)))} {pattern.elsewhere}")
    return f"{series(parts)}."


def _headings(lines: Sequence[Count], pattern: SharePattern) -> str:
    return pattern.before + series([pattern.words(line.label) for line in lines])


def top_lines(counts: Counts) -> list[Count]:
    """The headings at the top that have a study, the largest first, else in their order."""
    lines = [line for line in counts.lines if line.depth == 0 and line.studies]
    return sorted(lines, key=lambda line: -len(line.studies))


def _union(lines: Iterable[Count]) -> frozenset[int]:
    return frozenset[int]().union(*(line.studies for line in lines))


def _in_several(lines: Sequence[Count]) -> frozenset[int]:
    times = Counter(study for line in lines for study in line.studies)
    return frozenset(study for study, number in times.items() if number > 1)


def in_order(group: StudyGroup, ids: frozenset[int]) -> tuple[int, ...]:
    """Some studies of a group in the order of the report."""
    return tuple(study_id for study_id in group.ids if study_id in ids)


def some_of(number: int, group: StudyGroup) -> str:
    """`Sixteen of 21 studies`, `One of the two studies`, with which a sentence begins."""
    the = "the " * (group.total == BOTH)
    return f"{beginning(number)} of {the}{within(group.total)} {group.named(group.total)}"


def everyone(group: StudyGroup) -> str:
    """`All 21 studies`, `Both studies`, `The one study`."""
    if group.total == 1:
        return f"The one {group.noun_of_one}"
    if group.total == BOTH:
        return f"Both {group.noun}"
    return f"All {within(group.total)} {group.noun}"


def none_of(group: StudyGroup) -> str:
    """`None of the 21 studies`, `Neither of the two studies`."""
    if group.total == BOTH:
        return f"Neither of the two {group.noun}"
    return f"None of the {within(group.total)} {group.named(group.total)}"


def of_none(group: StudyGroup) -> str:
    """`None of the 21 studies has`, before what they lack; `The one study does not have`."""
    if group.total == 1:
        return f"The one {group.noun_of_one} does not have"
    return f"{none_of(group)} has"


def place_name(label: str) -> str:
    """A country within a sentence: some have an article, and what is no name has a small letter."""
    if label.startswith(_NO_NAMES):
        return label[0].lower() + label[1:]
    has_article = label in _ABBREVIATED or label.startswith(_WITH_ARTICLE)
    return f"{'the ' * has_article}{label}"


def after(beginning_words: str, text: str) -> str:
    """A sentence behind a colon, with a small letter; empty where there is no sentence."""
    return f"{beginning_words}{text[0].lower()}{text[1:]}" if text else ""


def quoted(label: str) -> str:
    """A code as it is named within a sentence."""
    return f"“{label}”"
