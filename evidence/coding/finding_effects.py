"""What follows from the numbers of a finding: an effect for people to read, and what to look at.

Everything is computed anew from what was typed; nothing of it is kept.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from evidence.coding.effects.compute import effects_of
from evidence.coding.effects.directions import contradiction, direction_of
from evidence.coding.effects.disagreements import (
    disagreements,
    inner_disagreements,
    printed_faults,
)
from evidence.coding.effects.effect import Effect
from evidence.coding.effects.effect_text import effect_text, in_reading_order
from evidence.coding.effects.questions import questions
from evidence.coding.effects.refusals import Refusal
from evidence.coding.effects.reported import (
    Estimate,
    Interval,
    PrintedResult,
    Reported,
    StandardError,
)
from evidence.coding.finding_numbers import (
    benefit_of,
    is_of_one_group,
    needs_two_groups,
    printed_of,
    reported_of,
)
from evidence.coding.findings import Direction
from evidence.coding.number_fields import field_faults, unused_of
from evidence.coding.scheme import Scheme
from evidence.coding.typed_numbers import NUMBERS, PRINTED, FieldFault, TypedNumbers, count_of

ONE_GROUP = (
    "These are results of one group before and after, for which formulas for two groups would be "
    "wrong; no effect is computed. Where the report prints an effect with its SE or interval, "
    "enter that."
)
ASK_BENEFIT = (
    "Say whether higher or lower is better; until then the direction is not held against the "
    "numbers."
)
_BESIDE_NUMBERS = frozenset({
    "numbers_kind", "benefit", "adjusted", "direction", "direction_reason", "n_intervention",
    "n_comparison",
})  # fmt: skip
_PEOPLE = {"means": "n", "table": "total", "test": "n"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """What follows from the fields of a finding.

    Attributes:
        effect: as people read it: `SMD 0.02 (−0.31 to 0.35); MD …`; empty where there is none.
        effects: the same, on the scale of analysis, no sign turned, in the order of the text.
        refusals: measures that were not computed from the numbers, and why.
        why_none: what keeps all effects from being computed, in words; "" where nothing does, or
            no numbers are there.
        notices: what to look at, a sentence each; they keep nobody from completing the coding.
        faults: what cannot be right; the coding cannot be completed before there are none.
    """

    effect: str = ""
    effects: tuple[Effect, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    why_none: str = ""
    notices: tuple[str, ...] = ()
    faults: tuple[FieldFault, ...] = ()


def computed_of(fields: Mapping[str, str], scheme: Scheme) -> Computed:
    """What follows from the numbers of a finding, and from its direction beside them.

    Args:
        fields: of the finding, as typed; whatever they hold, there is an answer.
        scheme: of the coding; its contrasts say which of them are of one group before and after.
    """
    about = {name: text for name, text in fields.items() if _is_about_numbers(name)}
    return _computed(frozenset(about.items()), is_of_one_group=is_of_one_group(fields, scheme))


def _is_about_numbers(name: str) -> bool:
    return name in _BESIDE_NUMBERS or name.startswith((NUMBERS, PRINTED))


@lru_cache(maxsize=2000)  # a page asks for all findings of a study after each change of one
def _computed(about: frozenset[tuple[str, str]], *, is_of_one_group: bool) -> Computed:
    fields = dict(about)
    read, printed = reported_of(fields), printed_of(fields)
    found = [fault for part in (read, printed) if isinstance(part, tuple) for fault in part]
    reported = None if isinstance(read, tuple) else read
    result = None if isinstance(printed, tuple) else printed
    notices: list[str] = []
    effects: list[Effect] = []
    refusals: list[Refusal] = []
    keeping = [fault.sentence for fault in read] if isinstance(read, tuple) else []
    if reported and is_of_one_group and needs_two_groups(reported):
        notices.append(ONE_GROUP)
        keeping.append(ONE_GROUP)
        reported = None
    if reported:
        of_fields = field_faults(reported, fields)
        keeping += [fault.sentence for fault in of_fields]
        found += of_fields
        found += _contradictions(fields, reported)
        notices += _of_direction(fields, reported)
        if not of_fields:
            results = effects_of(reported)
            effects = in_reading_order(one for one in results if isinstance(one, Effect))
            refusals = [one for one in results if isinstance(one, Refusal)]
            notices += [one.sentence for one in refusals]
        notices += questions(reported)
    notices += _of_printed(reported, result)
    notices += _of_error_and_interval(fields, reported)
    notices += unused_of(fields)
    notices += _of_people(fields)
    notices += [step for effect in effects for step in effect.steps]
    faults = dict.fromkeys(found)
    missing = [fault.sentence for fault in faults if fault.is_missing]
    return Computed(
        effect=effect_text(effects, benefit_of(fields)),
        effects=tuple(effects),
        refusals=tuple(refusals),
        why_none=" ".join(dict.fromkeys(keeping)),
        notices=tuple(dict.fromkeys([*missing, *notices])),
        faults=tuple(fault for fault in faults if not fault.is_missing),
    )


def _contradictions(fields: Mapping[str, str], reported: Reported) -> Iterator[FieldFault]:
    """A direction that the numbers contradict, where no reason is given."""
    sentence = _contradiction(fields, reported)
    if sentence and not fields.get("direction_reason", "").strip():
        yield FieldFault(
            field="direction",
            sentence=f"{sentence} Change it, or give the reason beside it.",
        )


def _of_direction(fields: Mapping[str, str], reported: Reported) -> Iterator[str]:
    benefit = benefit_of(fields)
    if benefit is None:
        yield ASK_BENEFIT
        return
    sentence = _contradiction(fields, reported)
    if sentence and fields.get("direction_reason", "").strip():
        yield f"{sentence} A reason is given."
    found = direction_of(reported, benefit)
    if found and not fields.get("direction"):
        yield f"The numbers say “{found}”, as {benefit}."


def _contradiction(fields: Mapping[str, str], reported: Reported) -> str:
    benefit, coded = benefit_of(fields), fields.get("direction", "")
    if benefit is None or coded not in set(Direction):
        return ""
    return contradiction(Direction(coded), reported, benefit)


def _of_printed(reported: Reported | None, printed: PrintedResult | None) -> Iterator[str]:
    """Where the report does not agree with itself; it may have a misprint, so this only asks."""
    if printed:
        yield from (fault.sentence for fault in printed_faults(printed))
        found = disagreements(reported, printed) if reported else inner_disagreements(printed)
        yield from (one.sentence for one in found)


def _of_error_and_interval(fields: Mapping[str, str], reported: Reported | None) -> Iterator[str]:
    """An effect printed with both: the interval is used, and held against the SE."""
    if not (isinstance(reported, Estimate) and isinstance(reported.spread, Interval)):
        return
    error = TypedNumbers(fields).number(f"{NUMBERS}se")
    if error:
        printed = PrintedResult(
            measure=reported.measure,
            interval=reported.spread,
            transformed=reported.transformed,
            adjusted=reported.adjusted,
        )
        with_error = replace(reported, spread=StandardError(value=error))
        yield from (one.sentence for one in disagreements(with_error, printed))


def _of_people(fields: Mapping[str, str]) -> Iterator[str]:
    """People of a group who are said twice, differently."""
    typed = TypedNumbers(fields)
    name = _PEOPLE.get(typed.text("numbers_kind"))
    for group, side in (("1", "intervention"), ("2", "comparison")) if name else ():
        own = count_of(typed.text(f"{NUMBERS}{name}{group}"))
        said = count_of(typed.text(f"n_{side}"))
        if own is not None and said is not None and own != said:
            yield (
                f"The numbers are of {own} people in the {side} group, the finding says {said}; "
                "both are people analysed, not randomised."
            )
