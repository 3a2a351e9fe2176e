"""The numbers of an outcome of EPPI-Reviewer and the fields of a finding, both ways.

Its kinds of numbers put other things into the places Data1 to Data14 (1 is group 1, 2 group 2):

    0 by hand         1 SMD 2 SE | 3 r 4 SE of z | 5 OR 6 SE of log | 7 RR 8 SE of log | 11 RD 12 SE | 13 MD 14 SE
    1 means and SDs   1, 2 people  3, 4 means  5, 6 SDs
    2 counts          1, 2 events  3, 4 people without
    3 means and SEs   1, 2 people  3, 4 means  5, 6 SEs
    4 with intervals  1, 2 people  3, 4 means  5, 6 lower  7, 8 upper limits
    5 t or p          1, 2 people  3 t  4 p
    6 diagnostic      1 to 4 true and false positives, false and true negatives
    7 correlation     1 people  2 r
    1 to 5 and 7      9 size of clusters  10 ICC
"""  # noqa: E501

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from evidence.coding.effects.measures import Measure
from evidence.coding.effects.reported import Side
from evidence.coding.number_fields import NumbersKind, people_field
from evidence.coding.typed_numbers import NUMBERS, TypedNumbers

Numbers = Sequence[float | None]

BY_HAND, DIAGNOSTIC, UNKNOWN = 0, 6, -1
_MEANS_SD, _COUNTS, _MEANS_SE, _MEANS_INTERVAL, _TEST, _CORRELATION = 1, 2, 3, 4, 5, 7
PLACES = 14
ICC_FROM = "as typed into EPPI-Reviewer"
_LARGEST, _SMALLEST = 1e15, 1e-15  # between which a number is written in digits

# Place in the outcome: name of the field. Where people stand depends on the kind.
_FIELDS: Mapping[int, Mapping[int, str]] = MappingProxyType({
    _MEANS_SD: {1: "n1", 2: "n2", 3: "mean1", 4: "mean2", 5: "sd1", 6: "sd2"},
    _MEANS_SE: {1: "n1", 2: "n2", 3: "mean1", 4: "mean2", 5: "se1", 6: "se2"},
    _MEANS_INTERVAL: {
        1: "n1", 2: "n2", 3: "mean1", 4: "mean2", 5: "low1", 6: "low2", 7: "high1", 8: "high2",
    },
    _TEST: {1: "n1", 2: "n2", 3: "t", 4: "p"},
    _CORRELATION: {1: "n", 2: "r"},
})  # fmt: skip
_KINDS = MappingProxyType({
    _MEANS_SD: NumbersKind.MEANS, _MEANS_SE: NumbersKind.MEANS, _MEANS_INTERVAL: NumbersKind.MEANS,
    _TEST: NumbersKind.TEST, _CORRELATION: NumbersKind.CORRELATION,
})  # fmt: skip
_BY_HAND = MappingProxyType({
    1: Measure.STANDARDISED_MEAN_DIFFERENCE, 3: Measure.FISHER_Z, 5: Measure.LOG_ODDS_RATIO,
    7: Measure.LOG_RISK_RATIO, 11: Measure.RISK_DIFFERENCE, 13: Measure.MEAN_DIFFERENCE,
})  # fmt: skip
_DIAGNOSTIC_NAMES = {
    1: "True positives", 2: "False positives", 3: "False negatives", 4: "True negatives",
}  # fmt: skip
_PEOPLE = {"n1": "n_intervention", "n2": "n_comparison"}
_COUNTED = (1, 2, 3, 4)
_CLUSTERS = {9: "cluster", 10: "icc"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersRead:
    """The fields that numbers come to.

    Attributes:
        fields: of the finding.
        beside: numbers that no field of a finding holds, in words.
    """

    fields: Mapping[str, str]
    beside: tuple[str, ...]


def fields_of_numbers(kind: int, numbers: Numbers) -> NumbersRead:
    """What an outcome's numbers are as fields of a finding.

    EPPI-Reviewer writes 0 where nothing was typed. Of the places that its kind uses 0 is a number
    (a mean can be 0); of all others it says nothing.
    """
    fields: dict[str, str] = {}
    used: set[int] = set()
    if kind in _FIELDS:
        fields["numbers_kind"] = _KINDS[kind].value
        for place, name in _FIELDS[kind].items():
            _put(fields, used, place, _PEOPLE.get(name, NUMBERS + name), numbers)
    elif kind == _COUNTS:
        _counts(fields, used, numbers)
    elif kind == BY_HAND:
        _by_hand(fields, used, numbers)
    if kind in _FIELDS or kind == _COUNTS:
        _clusters(fields, used, numbers)
    if kind == _TEST:
        _drop_what_was_not_typed(fields)
    names = _DIAGNOSTIC_NAMES if kind == DIAGNOSTIC else {}
    beside = tuple(
        f"{names.get(place, f'Data{place}')} = {written(value) or repr(value)}"
        for place, value in enumerate(numbers, 1)
        if value and place not in used
    )
    return NumbersRead(fields=fields, beside=beside)


def _put(fields: dict[str, str], used: set[int], place: int, name: str, numbers: Numbers) -> None:
    text = written(numbers[place - 1])
    if text:
        fields[name] = text
        used.add(place)


def _counts(fields: dict[str, str], used: set[int], numbers: Numbers) -> None:
    fields["numbers_kind"] = NumbersKind.TABLE.value
    for group in (1, 2):
        events, others = numbers[group - 1], numbers[group + 1]
        _put(fields, used, group, f"{NUMBERS}events{group}", numbers)
        if events is None or others is None:
            continue
        if total := written(float(Decimal(repr(events)) + Decimal(repr(others)))):
            fields[f"{NUMBERS}total{group}"] = total
            used.add(group + 2)


def _clusters(fields: dict[str, str], used: set[int], numbers: Numbers) -> None:
    """Size and ICC belong together; an ICC of 0 means that clusters change nothing."""
    texts = {place: written(numbers[place - 1] or 0) for place in _CLUSTERS}
    if all(texts.values()) and any(text != "0" for text in texts.values()):
        fields |= {NUMBERS + name: texts[place] for place, name in _CLUSTERS.items()}
        fields[f"{NUMBERS}icc_from"] = ICC_FROM
        used.update(_CLUSTERS)


def _by_hand(fields: dict[str, str], used: set[int], numbers: Numbers) -> None:
    place = next((at for at in _BY_HAND if _is_typed(numbers[at - 1], numbers[at])), None)
    if place is None:
        return
    fields["numbers_kind"] = NumbersKind.EFFECT.value
    fields[f"{NUMBERS}effect_kind"] = _BY_HAND[place].short_name
    _put(fields, used, place, f"{NUMBERS}effect", numbers)
    if numbers[place]:
        _put(fields, used, place + 1, f"{NUMBERS}se", numbers)


def _is_typed(effect: float | None, error: float | None) -> bool:
    """Whether an effect is one: 0 is, where its standard error was typed."""
    texts = written(effect), written(error)
    return texts[0] not in {"", "0"} or (texts[0] == "0" and texts[1] not in {"", "0"})


def _drop_what_was_not_typed(fields: dict[str, str]) -> None:
    """Of t and p one is typed as a rule; 0 in the other says that it was not."""
    for name, other in (("t", "p"), ("p", "t")):
        own, beside = f"{NUMBERS}{name}", f"{NUMBERS}{other}"
        if fields.get(own) == "0" and fields.get(beside, "0") != "0":
            del fields[own]


def written(number: float | None) -> str:
    """A number in digits, so that reading gives it again; "" where it is none or out of reach."""
    if number is None:
        return ""
    if number == 0:
        return "0"
    if not _SMALLEST < abs(number) < _LARGEST:
        return ""
    text = f"{Decimal(repr(number)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersWritten:
    """The numbers of a finding in the places of EPPI-Reviewer.

    Attributes:
        kind: EPPI's kind of numbers.
        numbers: Data1 to Data14; None where the kind has a number that was not typed, since 0
            would be one.
        unsaid: names of fields that hold something which has no place there.
    """

    kind: int
    numbers: tuple[float | None, ...]
    unsaid: tuple[str, ...]


def numbers_of_fields(fields: Mapping[str, str]) -> NumbersWritten:
    """The places of EPPI-Reviewer that hold a finding's numbers."""
    typed = TypedNumbers(fields)
    kind = _kind_of(typed)
    numbers: list[float | None] = [0.0] * PLACES
    for place in _FIELDS.get(kind, _COUNTED if kind == _COUNTS else ()):
        numbers[place - 1] = None
    said: set[str] = {"numbers_kind"}
    for place, name, value in _placed(kind, typed):
        numbers[place - 1] = value
        said.add(name)
    if typed.text(f"{NUMBERS}icc_from") == ICC_FROM:
        said.add(f"{NUMBERS}icc_from")
    if kind == BY_HAND:
        said.add(f"{NUMBERS}effect_kind")
    unsaid = tuple(
        name
        for name, text in fields.items()
        if (name.startswith(NUMBERS) or name in _PEOPLE.values()) and text.strip()
        if name not in said
    )
    return NumbersWritten(kind=kind, numbers=tuple(numbers), unsaid=unsaid)


def _kind_of(typed: TypedNumbers) -> int:
    kind = typed.text("numbers_kind")
    if kind == NumbersKind.MEANS:
        if typed.text(f"{NUMBERS}sd1") or typed.text(f"{NUMBERS}sd2"):
            return _MEANS_SD
        if typed.text(f"{NUMBERS}se1") or typed.text(f"{NUMBERS}se2"):
            return _MEANS_SE
        limits = (f"{NUMBERS}{end}{group}" for end in ("low", "high") for group in (1, 2))
        has_interval = any(typed.text(limit) for limit in limits)
        return _MEANS_INTERVAL if has_interval else _MEANS_SD
    kinds = {NumbersKind.TABLE.value: _COUNTS, NumbersKind.TEST.value: _TEST,
             NumbersKind.CORRELATION.value: _CORRELATION}  # fmt: skip
    return kinds.get(kind, BY_HAND)


def _placed(kind: int, typed: TypedNumbers) -> Iterator[tuple[int, str, float]]:
    """Place, field and value of what can be said."""
    if kind == BY_HAND:
        yield from _placed_by_hand(typed)
        return
    if kind == _COUNTS:
        yield from _placed_counts(typed)
    else:
        for place, name in _FIELDS[kind].items():
            field = NUMBERS + name
            if name in _PEOPLE:
                side = Side.INTERVENTION if name == "n1" else Side.COMPARISON
                field = people_field(typed, side, "n")
            if (value := _value(typed, field)) is not None:
                yield place, field, value
    for place, name in _CLUSTERS.items():
        if (value := _value(typed, NUMBERS + name)) is not None:
            yield place, NUMBERS + name, value


def _placed_by_hand(typed: TypedNumbers) -> Iterator[tuple[int, str, float]]:
    kind = typed.text(f"{NUMBERS}effect_kind")
    place = next((at for at, measure in _BY_HAND.items() if measure.short_name == kind), None)
    is_transformed = typed.text(f"{NUMBERS}transformed") == "yes"
    if typed.text("numbers_kind") != NumbersKind.EFFECT or place is None or is_transformed:
        return
    for at, name in ((place, "effect"), (place + 1, "se")):
        if (value := _value(typed, NUMBERS + name)) is not None:
            yield at, NUMBERS + name, value


def _placed_counts(typed: TypedNumbers) -> Iterator[tuple[int, str, float]]:
    for group, side in ((1, Side.INTERVENTION), (2, Side.COMPARISON)):
        events_field = f"{NUMBERS}events{group}"
        total_field = people_field(typed, side, "total")
        events, total = _value(typed, events_field), _value(typed, total_field)
        if events is None:
            continue
        yield group, events_field, events
        if total is not None:
            yield group + 2, total_field, float(Decimal(repr(total)) - Decimal(repr(events)))


def _value(typed: TypedNumbers, name: str) -> float | None:
    """A number, where nothing but a number was typed."""
    text = typed.text(name)
    read = TypedNumbers({name: text.replace(",", "") if name in _PEOPLE.values() else text})
    number = read.number(name)
    return None if number is None else number.value
