"""What a new version of a coding scheme changes, question by question and code by code.

Answers hang on ids. So a question or code with another id is one that was retired and one that was
added, however alike they read; and a code that went to another question does not take its answers
along.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from textwrap import shorten
from typing import TypeVar

from evidence.coding.scheme import Condition, Option, Question, Rule, Scheme
from evidence.coding.scheme_words import condition_in_words, label_apart, rule_apart

OTHER_ORDER = "in another order"
_Value = TypeVar("_Value", Condition, Rule)
_LONGEST = 80  # characters of a text in a line; before and after have it all


class Change(StrEnum):
    """What happened to a question or a code."""

    ADDED = "added"
    RETIRED = "retired"
    RENAMED = "renamed"
    MOVED = "moved"
    MERGED = "merged"
    ASKED_OTHERWISE = "asked otherwise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that a new version of a scheme changes.

    Attributes:
        question: its id; "" for the scheme itself or a section.
        code: the option's id; "" for the question itself.
        name: of the question or code as people read it, in the older version where both have it.
        key: of the scheme's format, of what is asked otherwise; "" for other changes.
        before: what it was called, where it stood, or what is asked otherwise; "" where it is new.
        after: the same in the newer version; "" where it is gone.
        asked: of a code, the name of its question.
        is_alike: whether the name alone does not tell it apart: another question or code reads
            the same, or only the id has changed.
    """

    change: Change
    question: str
    code: str = ""
    name: str
    key: str = ""
    before: str = ""
    after: str = ""
    asked: str = ""
    is_alike: bool = False

    def __str__(self) -> str:
        place = f"{self.question}: {self.code}" if self.code else self.question or "scheme"
        what = f"{self.change} {place} “{self.name}”"
        if self.change in {Change.ADDED, Change.RETIRED}:
            return what
        what = f"{what}, {self.key}" if self.key else what
        return f"{what}: {_short(self.before)} → {_short(self.after)}"


def _short(text: str) -> str:
    return shorten(text, _LONGEST, placeholder=" …") or "nothing"


def differences(before: Scheme, after: Scheme) -> tuple[Difference, ...]:
    """All that differs, in reading order: first what the older version has, then what is added.

    Codes of questions that are added or retired are not listed one by one.
    """
    found = (*_of_scheme(before, after), *_of_questions(before, after))
    namesakes = _Namesakes(before, after)
    return tuple(namesakes.apart(each) for each in found)


class _Namesakes:
    """Questions and codes of two versions that read the same although their ids differ."""

    def __init__(self, *versions: Scheme) -> None:
        self.names: dict[str, str] = {}
        self.ids: dict[tuple[str, str], set[str]] = defaultdict(set)
        for scheme in versions:
            for question in scheme.questions:
                self.names.setdefault(question.id, question.name)
                for words in (question.text, question.name):
                    self.ids["", words].add(question.id)
                for option in question.walk():
                    self.ids[question.id, option.label].add(option.id)

    def apart(self, told: Difference) -> Difference:
        """With the name of its question, and whether names tell it apart."""
        if not told.question:
            return told
        asked = self.names[told.question] if told.code else ""
        of_question = told.question if told.code else ""
        names = [told.name]
        names += [told.after] if told.change in {Change.RENAMED, Change.MERGED} else []
        is_alike = any(len(self.ids[of_question, name]) > 1 for name in names)
        is_alike |= bool(asked) and len(self.ids["", asked]) > 1
        return replace(told, asked=asked, is_alike=is_alike)


def _of_scheme(before: Scheme, after: Scheme) -> Iterator[Difference]:
    if before.title != after.title:
        yield Difference(
            change=Change.RENAMED, question="", name=before.title,
            before=before.title, after=after.title)  # fmt: skip
    pairs = {
        "purpose": (before.purpose, after.purpose),
        "judges": (before.judges, after.judges),
        "description": (before.description, after.description),
    }
    yield from _asked_otherwise("", "", before.title, pairs)


def _of_questions(before: Scheme, after: Scheme) -> Iterator[Difference]:
    sections = [_sections(scheme) for scheme in (before, after)]
    renamed = _renamed_sections(*sections)
    for old, new in renamed.items():
        yield Difference(change=Change.RENAMED, question="", name=old, before=old, after=new)
    titled = {section.title: section for section in after.sections}
    for section in before.sections:
        now = titled.get(renamed.get(section.title, section.title), section)
        yield from _asked_otherwise("", "", section.title, {"help": (section.help, now.help)})
    moved = _out_of_order(list(sections[0]), list(sections[1]))
    for question in before.questions:
        newer = after.question(question.id)
        if newer is None:
            yield Difference(change=Change.RETIRED, question=question.id, name=question.text)
            continue
        places = [each[question.id] for each in sections]
        if renamed.get(places[0], places[0]) != places[1]:
            yield _moved(question, "", question.text, *places)
        elif question.id in moved:
            yield _moved(question, "", question.text, places[0], f"{places[1]}, {OTHER_ORDER}")
        yield from _of_question(question, newer, (before, after))
    for question in after.questions:
        if before.question(question.id) is None:
            yield Difference(change=Change.ADDED, question=question.id, name=question.text)


def _of_question(
    before: Question, after: Question, schemes: tuple[Scheme, Scheme]
) -> Iterator[Difference]:
    if before.text != after.text:
        yield Difference(
            change=Change.RENAMED, question=before.id, name=before.text,
            before=before.text, after=after.text)  # fmt: skip
    names = ("kind", "required", "critical", "when", "axis", "of", "rule", "unit", "minimum",
             "maximum", "short", "help")  # fmt: skip
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in names}
    pairs["when"] = _apart(condition_in_words, (before.when, after.when), schemes)
    pairs["rule"] = _apart(rule_apart, (before.rule, after.rule), schemes)
    pairs["note"] = ("required" * before.needs_reason, "required" * after.needs_reason)
    pairs["per"] = (_per(before, schemes[0]), _per(after, schemes[1]))
    yield from _asked_otherwise(before.id, "", before.text, pairs)
    yield from _of_codes(before, after)


def _per(question: Question, scheme: Scheme) -> str:
    return "arm" * (question.per_arm and not scheme.judges_findings)


def _of_codes(before: Question, after: Question) -> Iterator[Difference]:
    older, newer = (dict(_places(question.options)) for question in (before, after))
    newer_options = {option.id: option for option in after.walk()}
    moved = _moved_within(older, newer)
    for option in before.walk():
        now = newer_options.get(option.id)
        counts_as = newer_options.get(after.code_now(option.id))
        if now is None and counts_as is not None:
            yield Difference(
                change=Change.MERGED, question=before.id, code=option.id, name=option.label,
                before=option.label, after=label_apart(after, counts_as.id))  # fmt: skip
            continue
        if now is None:
            yield _of_code(Change.RETIRED, before, option)
            continue
        was_below, is_below = older[option.id], newer[option.id]
        if was_below != is_below:
            yield _moved(before, option.id, option.label, *(
                f"below “{label_apart(question, above)}”" if above else "at the top"
                for question, above in ((before, was_below), (after, is_below))
            ))  # fmt: skip
        elif option.id in moved:
            yield _moved(before, option.id, option.label, "its place", OTHER_ORDER)
        if option.label != now.label:
            yield Difference(
                change=Change.RENAMED, question=before.id, code=option.id, name=option.label,
                before=option.label, after=now.label)  # fmt: skip
        names = ("selectable", "role", "link", "help")
        pairs = {name: (getattr(option, name), getattr(now, name)) for name in names}
        if not set(option.replaces) <= set(now.replaces):  # what it replaces now is told as merged
            pairs["replaces"] = (
                ", ".join(map(before.label, option.replaces)),
                ", ".join(map(before.label, now.replaces)),
            )
        yield from _asked_otherwise(before.id, option.id, option.label, pairs)
    for option in after.walk():
        if option.id not in older:
            yield _of_code(Change.ADDED, after, option)


def _of_code(change: Change, question: Question, option: Option) -> Difference:
    return Difference(change=change, question=question.id, code=option.id, name=option.label)


def _moved(question: Question, code: str, name: str, before: str, after: str) -> Difference:
    return Difference(
        change=Change.MOVED, question=question.id, code=code, name=name,
        before=before, after=after)  # fmt: skip


def _asked_otherwise(
    question: str, code: str, name: str, pairs: Mapping[str, tuple[object, object]]
) -> Iterator[Difference]:
    for key, (before, after) in pairs.items():
        if before != after:
            yield Difference(
                change=Change.ASKED_OTHERWISE, question=question, code=code, name=name, key=key,
                before=_words(before), after=_words(after))  # fmt: skip


def _apart(
    words: Callable[[_Value, Scheme], str],
    values: tuple[_Value | None, _Value | None],
    schemes: tuple[Scheme, Scheme],
) -> tuple[object, object]:
    """Two conditions or rules in words, where they differ; as they are where words do not."""
    before, after = values
    if before == after:
        return "", ""
    told = [
        words(value, scheme) if value else "" for value, scheme in zip(values, schemes, strict=True)
    ]
    return (told[0], told[1]) if told[0] != told[1] else (before, after)


def _words(value: object) -> str:
    """A value as a scheme writes it; "" for one that is not there."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
        case Condition():
            return f"{value.axis or value.question}: {', '.join(value.any_of)}"
        case Rule():
            return f"{value.take} of {', '.join(value.of)}"
        case _:
            return str(value)


def _sections(scheme: Scheme) -> dict[str, str]:
    return {
        question.id: section.title for section in scheme.sections for question in section.questions
    }


def _renamed_sections(before: dict[str, str], after: dict[str, str]) -> dict[str, str]:
    """Sections of which all questions that stay stand under one new title, and no others do."""
    went: dict[str, set[str]] = defaultdict(set)
    came: dict[str, set[str]] = defaultdict(set)
    for question in before.keys() & after.keys():
        went[before[question]].add(after[question])
        came[after[question]].add(before[question])
    titles = {title: next(iter(new)) for title, new in went.items() if len(new) == 1}
    return {
        old: titles[old]
        for old in dict.fromkeys(before.values())
        if old in titles and titles[old] not in before.values() and old not in after.values()
        if len(came[titles[old]]) == 1
    }


def _places(options: Iterable[Option], above: str = "") -> Iterator[tuple[str, str]]:
    """Each option's id and the id of the option above it, in reading order."""
    for option in options:
        yield option.id, above
        yield from _places(option.options, option.id)


def _moved_within(older: dict[str, str], newer: dict[str, str]) -> set[str]:
    """Codes that stand in another order among those that stay below the same code."""
    before, after = _by_place(older), _by_place(newer)
    moved: set[str] = set()
    for above, codes in before.items():
        moved |= _out_of_order(codes, after.get(above, []))
    return moved


def _by_place(places: Mapping[str, str]) -> dict[str, list[str]]:
    """The codes below each code, in their order."""
    below: dict[str, list[str]] = {}
    for code, above in places.items():
        below.setdefault(above, []).append(code)
    return below


def _out_of_order(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """The fewest ids that have to move to turn one order into the other; what is new or gone moves
    nothing.
    """
    at = {each: index for index, each in enumerate(after)}
    kept = [each for each in before if each in at]
    # The longest run of ids that ascend in the newer order stays; Fredman's patience sorting.
    ends: list[int] = []
    lengths: list[int] = []
    for each in kept:
        length = bisect_left(ends, at[each])
        ends[length : length + 1] = [at[each]]
        lengths.append(length)
    stays: set[str] = set()
    wanted = len(ends) - 1
    for each, length in zip(reversed(kept), reversed(lengths), strict=True):
        if length == wanted:
            stays.add(each)
            wanted -= 1
    return set(kept) - stays
