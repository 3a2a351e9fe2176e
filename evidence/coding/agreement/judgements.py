"""What was said to one question, counted study by study: how often which answers met."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence

from evidence.agreement_formulas import PAIR
from evidence.coding.agreement.compared import (
    TICKED,
    PreparedStudy,
    blank_units,
    tick_units,
    value_units,
)
from evidence.coding.scheme import Question

Ticks = Counter[tuple[Hashable, ...]]
"""How often who ticked a code: of each person True or False."""


class Judgements:
    """What some people said to one question.

    Of codes what takes time are ticks, not codes times studies: each study has blank units for all
    codes at once, and those of codes that somebody ticked there, or that not all could tick, are
    taken off again.

    Attributes:
        values: how often which answers met, where one is asked for.
    """

    def __init__(self, question: Question, coders: Sequence[str]) -> None:
        self.question = question
        self.values: Counter[tuple[Hashable, ...]] = Counter()
        self._coders = coders
        self._options = [option.id for option in question.walk()]
        self._ticked: dict[str, Ticks] = {code: Counter() for code in self._options}
        self._blank: Counter[int] = Counter()  # by how many were asked
        self._not_blank: dict[str, Counter[int]] = defaultdict(Counter)

    def add(self, study: PreparedStudy) -> None:
        """Count what was said of a study."""
        if self.question.kind in TICKED:
            self._add_ticks(study)
            return
        for _, by_coder in value_units(self.question, study, self._coders):
            self.values[tuple(by_coder.values())] += 1

    def _add_ticks(self, study: PreparedStudy) -> None:
        people = len(study.asked(self.question, self._coders))
        if people < PAIR:
            return
        units = blank_units(self.question, study)
        self._blank[people] += units
        of_question = (code for of, code in study.study.not_common if of == self.question.id)
        not_blank = set(of_question)
        for code, _, who in tick_units(self.question, study, self._coders):
            not_blank.add(code)
            if code in self._ticked:
                self._ticked[code][who] += 1
        for code in not_blank:
            self._not_blank[code][people] += units

    def ticks(self) -> Mapping[str, Ticks]:
        """For each code how often who gave it; headings are there only if somebody ticked them."""
        of_codes = {code: self._ticks_of(code) for code in self._options}
        headings = {option.id for option in self.question.walk() if not option.selectable}
        return {
            code: ticks
            for code, ticks in of_codes.items()
            if code not in headings or is_used(ticks)
        }

    def _ticks_of(self, code: str) -> Ticks:
        if self.question.kind not in TICKED:
            gave: Ticks = Counter()
            for answers, times in self.values.items():
                gave[tuple(answer == code for answer in answers)] += times
            return gave
        ticks = Counter(self._ticked[code])
        for people, units in self._blank.items():
            ticks[(False,) * people] += units - self._not_blank[code][people]
        return +ticks


def is_used(ticks: Ticks) -> bool:
    """Whether somebody gave the code."""
    return any(any(who) for who in ticks)


def pooled(ticks: Mapping[str, Ticks], *, used_only: bool = False) -> Ticks:
    """The judgements on all codes together, or on those that somebody gave."""
    pool: Ticks = Counter()
    for of_code in ticks.values():
        if not used_only or is_used(of_code):
            pool.update(of_code)
    return pool
