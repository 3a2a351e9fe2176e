"""The fields of a finding as columns, and what each means."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from evidence.coding.effects.printed import Relation, read_number, read_p
from evidence.coding.effects.refusals import Fault
from evidence.coding.typed_numbers import NUMBERS, PRINTED, count_of

FINDING_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "intervention": "code of the intervention",
        "outcome": "code of the outcome",
        "contrast": "code of the type of contrast",
        "direction": "of the estimate, seen from the people's benefit: better, worse, no change, "
        "mixed or not stated",
        "direction_reason": "why the direction stands although the numbers say another one",
        "significance": "as reported: significant, not significant or not reported",
        "reporting": "reported, partly, or measured only",
        "measure": "instrument, or what was counted",
        "benefit": "which way is better on the measure: higher or lower",
        "time": "when it was measured",
        "arm_intervention": "id of the arm with the intervention",
        "arm_comparison": "id of the arm that it is compared with",
        "n_intervention": "people analysed in the intervention group",
        "n_comparison": "people analysed in the comparison group",
        "adjusted": "whether the estimate is adjusted: yes or no",
        "numbers_kind": "in which form the report gives the numbers: means, table, effect, test "
        "or correlation",
        "note": "a remark",
        "quotation": "words of the report, as they were typed",
        "position": "where its person put it among the findings of the coding",
        "numbers.scores": "of what the means are: final or change scores",
        "numbers.groups": "one, where the numbers are of one group before and after",
        "numbers.randomised1": "people who were put into the intervention group",
        "numbers.randomised2": "people who were put into the comparison group",
        "numbers.n1": "people in the intervention group",
        "numbers.n2": "people in the comparison group",
        "numbers.mean1": "mean of the intervention group",
        "numbers.mean2": "mean of the comparison group",
        "numbers.sd1": "standard deviation of the intervention group",
        "numbers.sd2": "standard deviation of the comparison group",
        "numbers.se1": "standard error of the mean of the intervention group",
        "numbers.se2": "standard error of the mean of the comparison group",
        "numbers.low1": "lower end of the interval of the mean of the intervention group",
        "numbers.high1": "upper end of the interval of the mean of the intervention group",
        "numbers.low2": "lower end of the interval of the mean of the comparison group",
        "numbers.high2": "upper end of the interval of the mean of the comparison group",
        "numbers.events1": "people with the event in the intervention group",
        "numbers.events2": "people with the event in the comparison group",
        "numbers.total1": "all people of the intervention group, of a 2x2 table",
        "numbers.total2": "all people of the comparison group, of a 2x2 table",
        "numbers.effect": "the reported effect",
        "numbers.effect_kind": "what kind of effect that is: MD, SMD, OR, RR, RD, HR or r",
        "numbers.se": "standard error of the effect",
        "numbers.low": "lower end of the interval of the effect",
        "numbers.high": "upper end of the interval of the effect",
        "numbers.transformed": "whether the logarithm of a ratio, or z of a correlation, stands "
        "there",
        "numbers.level": "level of the intervals, in percent",
        "numbers.degrees_of_freedom": "of an interval that was made with t",
        "numbers.t": "value of a t test",
        "numbers.p": "p, from which the effect is computed",
        "numbers.sign": "which way the effect of t or p goes: + favours the intervention",
        "numbers.two_sided": "whether p is two-sided",
        "numbers.r": "coefficient of a correlation",
        "numbers.n": "people of the correlation",
        "numbers.cluster": "mean size of the clusters",
        "numbers.icc": "intraclass correlation",
        "numbers.icc_from": "whose the intraclass correlation is",
        "printed.effect": "effect that the report prints, to hold against its numbers",
        "printed.effect_kind": "what kind of effect that is: MD, SMD, OR, RR, RD, HR or r",
        "printed.transformed": "whether its logarithm or z is printed",
        "printed.level": "level of the printed interval, in percent",
        "printed.low": "lower end of the printed interval",
        "printed.high": "upper end of the printed interval",
        "printed.p": "printed p",
    }
)


def _end(name: str) -> str:
    """The name of a field without its group."""
    return name.rpartition(".")[2]


_WORDS = frozenset(
    {"scores", "groups", "effect_kind", "transformed", "sign", "two_sided", "icc_from"}
)
_PEOPLE = frozenset({"n", "n1", "n2", "n_intervention", "n_comparison", "randomised1",
                     "randomised2", "events1", "events2", "total1", "total2"})  # fmt: skip

NUMBER_FIELDS = frozenset(
    name
    for name in FINDING_FIELDS
    if name in _PEOPLE or (name.startswith((NUMBERS, PRINTED)) and _end(name) not in _WORDS)
)
"""The fields of which an export says beside the text which number is read there."""


def number_read(name: str, text: str) -> int | float | None:
    """The number that effects are computed from; None for a bound such as “< 0.05”, and where what
    was typed is no number.
    """
    if _end(name) in _PEOPLE:
        return count_of(text)
    if _end(name) == "p":
        p = read_p(text, name)
        return None if isinstance(p, Fault) or p.relation is not Relation.EQUAL else p.number.value
    read = read_number(re.sub(r"\s*%$", "", text), name)
    return None if isinstance(read, Fault) else read.value
