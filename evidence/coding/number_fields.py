"""The fields of a finding's numbers: which there are, and which holds what of the report."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType

from evidence.coding.effects.faults import faults_in
from evidence.coding.effects.printed import Relation
from evidence.coding.effects.reported import PTest, Reported, Side
from evidence.coding.typed_numbers import NUMBERS, FieldFault, TypedNumbers, count_of

GROUPS = MappingProxyType({Side.INTERVENTION: "1", Side.COMPARISON: "2"})
"""The end of the names of a group's fields."""

PEOPLE = MappingProxyType({Side.INTERVENTION: "n_intervention", Side.COMPARISON: "n_comparison"})
"""The people of a group, as the finding has them beside its numbers."""


class NumbersKind(StrEnum):
    """In which form the report gives the numbers of a finding."""

    MEANS = "means"
    TABLE = "table"
    EFFECT = "effect"
    TEST = "test"
    CORRELATION = "correlation"


OWN_FIELDS = MappingProxyType({
    NumbersKind.MEANS: (
        "n1", "mean1", "sd1", "se1", "low1", "high1", "n2", "mean2", "sd2", "se2", "low2", "high2",
    ),
    NumbersKind.TABLE: ("events1", "total1", "events2", "total2"),
    NumbersKind.EFFECT: ("effect", "se", "low", "high"),
    NumbersKind.TEST: ("t", "p", "n1", "n2"),
    NumbersKind.CORRELATION: ("r", "n"),
})  # fmt: skip
"""The numbers of each kind, without their prefix; words about them are not among these."""


def people_field(typed: TypedNumbers, side: Side, name: str) -> str:
    """Where the people of a group were typed: with the numbers, else with the finding."""
    own = f"{NUMBERS}{name}{GROUPS[side]}"
    return PEOPLE[side] if typed.text(PEOPLE[side]) and not typed.text(own) else own


def people_typed_of(fields: Mapping[str, str]) -> str:
    """People of the intervention group, where the finding's own field has no number of them.

    That is what was typed with the numbers, else what stands in the field; empty where nothing
    does, and where the field has a number.
    """
    typed = TypedNumbers(fields)
    own = typed.text(PEOPLE[Side.INTERVENTION])
    if count_of(own) is not None:
        return ""
    name = _PEOPLE_WITH.get(typed.text("numbers_kind"), "")
    return (typed.text(f"{NUMBERS}{name}1") if name else "") or own


_PEOPLE_WITH = MappingProxyType(
    {
        NumbersKind.MEANS.value: "n",
        NumbersKind.TABLE.value: "total",
        NumbersKind.TEST.value: "n",
    }
)


def field_faults(reported: Reported, fields: Mapping[str, str]) -> tuple[FieldFault, ...]:
    """What is missing or cannot be right in numbers that were read from these fields."""
    return tuple(
        FieldFault(
            field=field_of(fault.place, fields),
            sentence=fault.sentence,
            is_missing=_is_missing(reported, fault.place),
        )
        for fault in faults_in(reported)
    )


def field_of(place: str, fields: Mapping[str, str]) -> str:
    """The field of a finding that is a place in its numbers (`effects.refusals.Fault.place`)."""
    typed = TypedNumbers(fields)
    side, _, rest = place.partition(".")
    if side in GROUPS:
        return _field_of_group(typed, Side(side), rest)
    if place in {"n_intervention", "n_comparison"}:
        return people_field(typed, Side(place.removeprefix("n_")), "n")
    fixed = {"value": "effect", "spread.low": "low", "spread.high": "high", "spread.level": "level",
             "spread": "low" if typed.text(f"{NUMBERS}low") or not typed.text(f"{NUMBERS}se")
             else "se", "clusters.size": "cluster", "clusters.icc": "icc",
             "clusters.icc_from": "icc_from"}  # fmt: skip
    return NUMBERS + fixed.get(place, place) if place else "numbers_kind"


def unused_of(fields: Mapping[str, str]) -> Iterator[str]:
    """Numbers that were typed beside others of the same, and do not count; a sentence each."""
    typed = TypedNumbers(fields)
    kind = typed.text("numbers_kind")
    if kind == NumbersKind.MEANS:
        for side, group in GROUPS.items():
            given = _spreads(typed, group)
            if len(given) > 1:
                yield _unused(f"the {side} group", given)
    given = [name for name, field in (("interval", "low"), ("SE", "se"))
             if typed.text(NUMBERS + field)]  # fmt: skip
    if kind == NumbersKind.EFFECT and len(given) > 1:
        yield _unused("the effect", given)
    own = OWN_FIELDS.get(NumbersKind(kind), ()) if kind in set(NumbersKind) else ()
    others = {name for names in OWN_FIELDS.values() for name in names} - set(own)
    if any(typed.text(NUMBERS + name) for name in others):
        yield "Numbers of another form were typed, too; they stay, but do not count."


def _is_missing(reported: Reported, place: str) -> bool:
    """Whether nothing stands in a place, or a p that is only a bound; reports have no more."""
    if isinstance(reported, PTest) and place == "p":
        return reported.p.relation is not Relation.EQUAL or not reported.p.number.value
    value: object = reported
    for name in place.split("."):
        value = getattr(value, name, None)
    return value is None or (isinstance(value, str) and not value.strip())


def _unused(of: str, given: list[str]) -> str:
    others = " and ".join(given[1:])
    return f"Of {of} the {given[0]} is used; its {others} stays as typed, but does not count."


def _spreads(typed: TypedNumbers, group: str) -> list[str]:
    """What is given of how far a group varies, the one that is used first."""
    named = {"SD": "sd", "SE": "se", "interval": "low"}
    return [name for name, field in named.items() if typed.text(f"{NUMBERS}{field}{group}")]


def _field_of_group(typed: TypedNumbers, side: Side, rest: str) -> str:
    group = GROUPS[side]
    if rest in {"n", "total"}:
        return people_field(typed, side, rest)
    if rest == "spread.level":
        return f"{NUMBERS}level"
    if rest == "spread":
        used = next(iter(_spreads(typed, group)), "SD")
        return NUMBERS + {"SD": "sd", "SE": "se", "interval": "low"}[used] + group
    return f"{NUMBERS}{rest}{group}"
