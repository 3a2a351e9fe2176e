"""The numbers of a finding as they are typed, and what the report prints by them.

Reading only: what was typed stays as it is, and nothing is computed here (`finding_effects`).
"""

from collections.abc import Mapping
from types import MappingProxyType

from evidence.coding.effects.measures import Measure
from evidence.coding.effects.printed import PrintedNumber
from evidence.coding.effects.reported import (
    Clusters,
    Correlation,
    Counts,
    Estimate,
    EventGroup,
    Interval,
    MeanGroup,
    Means,
    PrintedResult,
    PTest,
    Reported,
    Scores,
    Side,
    Spread,
    StandardDeviation,
    StandardError,
    TTest,
)
from evidence.coding.findings import Benefit
from evidence.coding.number_fields import GROUPS, OWN_FIELDS, PEOPLE, NumbersKind, people_field
from evidence.coding.scheme import Axis, OptionRole, Scheme
from evidence.coding.typed_numbers import NUMBERS, PRINTED, FieldFault, TypedNumbers

EFFECT_KINDS = MappingProxyType({measure.short_name: measure for measure in Measure})
"""What `effect_kind` says; ratios and correlations are printed as such unless `transformed`."""

BENEFITS = MappingProxyType({"higher": Benefit.HIGHER, "lower": Benefit.LOWER})
_SCORES = {"final": Scores.FINAL, "change": Scores.CHANGE}
_YES_NO = {"yes": True, "no": False}
_SIGNS = {"+": True, "-": False, "−": False}


def reported_of(fields: Mapping[str, str]) -> Reported | tuple[FieldFault, ...] | None:
    """The numbers that were typed into a finding, or what keeps them from being read.

    Numbers that a report may leave out (people, SDs) may be None in it; `field_faults` says so.

    Returns:
        None while no number of the chosen kind was typed.
    """
    typed = TypedNumbers(fields)
    kind = typed.word("numbers_kind", {kind.value: kind for kind in NumbersKind})
    if kind is None:
        return tuple(typed.faults) or None
    if not any(typed.text(NUMBERS + name) for name in OWN_FIELDS[kind]):
        return None
    readers = {
        NumbersKind.MEANS: _means,
        NumbersKind.TABLE: _counts,
        NumbersKind.EFFECT: _estimate,
        NumbersKind.TEST: _test,
        NumbersKind.CORRELATION: _correlation,
    }
    read = readers[kind](typed)
    return tuple(typed.faults) if read is None or typed.faults else read


def printed_of(fields: Mapping[str, str]) -> PrintedResult | tuple[FieldFault, ...] | None:
    """What the report prints beside its numbers, or what keeps it from being read.

    Returns:
        None while nothing was typed there.
    """
    typed = TypedNumbers(fields)
    estimate = typed.number(f"{PRINTED}effect")
    interval = _interval(typed, PRINTED)
    p = typed.p(f"{PRINTED}p")
    if p is None and typed.text(f"{NUMBERS}t") and typed.text("numbers_kind") == NumbersKind.TEST:
        p = typed.p(f"{NUMBERS}p")  # an effect follows from t; the p beside it is held against t
    transformed = typed.word(f"{PRINTED}transformed", _YES_NO)
    if not (estimate or interval or p):
        return tuple(typed.faults) or None
    measure = _printed_measure(typed, is_p_alone=not (estimate or interval))
    if measure is None or typed.faults:
        return tuple(typed.faults)
    return PrintedResult(
        measure=measure,
        estimate=estimate,
        interval=interval,
        p=p,
        transformed=bool(transformed),
        adjusted=_YES_NO.get(typed.text("adjusted")),
    )


def benefit_of(fields: Mapping[str, str]) -> Benefit | None:
    """Whether more or less of the outcome is better; None where nobody has said."""
    return BENEFITS.get(fields.get("benefit", ""))


def is_of_one_group(fields: Mapping[str, str], scheme: Scheme) -> bool:
    """Whether the numbers are of one group before and after.

    The contrast says so by the role of its option, or of one above it; `numbers.groups` says so of
    a single finding.
    """
    chosen = scheme.axis_code_now(Axis.CONTRAST, fields.get(Axis.CONTRAST.value, ""))
    return fields.get(f"{NUMBERS}groups") == "one" or any(
        option.role is OptionRole.ONE_GROUP and chosen in {below.id for below in option.walk()}
        for question in scheme.axis(Axis.CONTRAST)
        for option in question.walk()
    )


def comparable_of(fields: Mapping[str, str], scheme: Scheme) -> Reported | None:
    """The numbers from which an effect may be computed.

    None where there are none, where they cannot be read, and where formulas for two groups would be
    used for one group before and after.
    """
    read = reported_of(fields)
    if read is None or isinstance(read, tuple):
        return None
    return None if is_of_one_group(fields, scheme) and needs_two_groups(read) else read


def needs_two_groups(reported: Reported) -> bool:
    """Whether effects from such numbers are computed with formulas for two groups."""
    return not isinstance(reported, Estimate | Correlation)


def _people(typed: TypedNumbers, side: Side, name: str) -> int | None:
    field = people_field(typed, side, name)
    return typed.count(field) if field == PEOPLE[side] else typed.people(field)


def _means(typed: TypedNumbers) -> Means | None:
    intervention, comparison = (_mean_group(typed, side) for side in Side)
    scores = typed.word(f"{NUMBERS}scores", _SCORES)
    clusters = _clusters(typed)
    if intervention is None or comparison is None:
        return None
    return Means(
        intervention=intervention,
        comparison=comparison,
        scores=scores or Scores.FINAL,
        clusters=clusters,
    )


def _mean_group(typed: TypedNumbers, side: Side) -> MeanGroup | None:
    group = GROUPS[side]
    people = _people(typed, side, "n")
    sd, error = typed.number(f"{NUMBERS}sd{group}"), typed.number(f"{NUMBERS}se{group}")
    interval = _interval(typed, NUMBERS, group)
    spread: Spread | None = interval
    if error:
        spread = StandardError(value=error)
    if sd:
        spread = StandardDeviation(value=sd)
    randomised = typed.people(f"{NUMBERS}randomised{group}")
    mean = typed.needed(f"{NUMBERS}mean{group}", f"The mean of the {side} group")
    if mean is None:
        return None
    return MeanGroup(n=people, mean=mean, spread=spread, randomised=randomised)


def _counts(typed: TypedNumbers) -> Counts | None:
    intervention, comparison = (_event_group(typed, side) for side in Side)
    clusters = _clusters(typed)
    if intervention is None or comparison is None:
        return None
    return Counts(intervention=intervention, comparison=comparison, clusters=clusters)


def _event_group(typed: TypedNumbers, side: Side) -> EventGroup | None:
    group = GROUPS[side]
    events = typed.people(f"{NUMBERS}events{group}")
    total = _people(typed, side, "total")
    randomised = typed.people(f"{NUMBERS}randomised{group}")
    if events is None:
        typed.miss(
            f"{NUMBERS}events{group}",
            f"The number of events in the {side} group is missing, so no effect is computed.",
        )
        return None
    return EventGroup(events=events, total=total, randomised=randomised)


def _estimate(typed: TypedNumbers) -> Estimate | None:
    measure = typed.word(f"{NUMBERS}effect_kind", EFFECT_KINDS)
    if measure is None and not typed.text(f"{NUMBERS}effect_kind"):
        typed.miss(f"{NUMBERS}effect_kind", "Say what kind of effect it is.")
    interval, error = _interval(typed, NUMBERS), typed.number(f"{NUMBERS}se")
    transformed = typed.word(f"{NUMBERS}transformed", _YES_NO)
    degrees = typed.people(f"{NUMBERS}degrees_of_freedom")
    clusters = _clusters(typed)
    value = typed.needed(f"{NUMBERS}effect", "The effect itself")
    if measure is None or value is None:
        return None
    return Estimate(
        measure=measure,
        value=value,
        spread=interval or (StandardError(value=error) if error else None),
        transformed=bool(transformed),
        degrees_of_freedom=degrees,
        adjusted=_YES_NO.get(typed.text("adjusted")),
        clusters=clusters,
    )


def _test(typed: TypedNumbers) -> TTest | PTest | None:
    intervention, comparison = (_people(typed, side, "n") for side in Side)
    clusters = _clusters(typed)
    t, p = typed.number(f"{NUMBERS}t"), typed.p(f"{NUMBERS}p")
    two_sided = typed.word(f"{NUMBERS}two_sided", _YES_NO)
    higher = _higher(typed)
    if t:
        if higher:
            sign = "-" if higher is Side.COMPARISON else ""
            t = PrintedNumber(sign + t.text.lstrip("+-"))
        return TTest(t=t, n_intervention=intervention, n_comparison=comparison, clusters=clusters)
    if p is None:
        typed.miss(f"{NUMBERS}t", "Neither t nor p is there, so no effect is computed.")
        return None
    if higher is None:
        if not typed.text(f"{NUMBERS}sign"):
            typed.miss(f"{NUMBERS}sign", "Say whom the result favours; p alone does not tell.")
        return None
    return PTest(
        p=p,
        higher=higher,
        n_intervention=intervention,
        n_comparison=comparison,
        two_sided=two_sided is not False,
        clusters=clusters,
    )


def _higher(typed: TypedNumbers) -> Side | None:
    """The group with the higher mean, by whom the result favours and what is better."""
    favours = typed.word(f"{NUMBERS}sign", _SIGNS)
    if favours is None:
        return None
    benefit = benefit_of(typed.fields)
    if benefit is None:
        typed.miss("benefit", "Say whether higher or lower is better; the sign depends on it.")
        return None
    is_intervention = favours == (benefit is Benefit.HIGHER)
    return Side.INTERVENTION if is_intervention else Side.COMPARISON


def _correlation(typed: TypedNumbers) -> Correlation | None:
    people, clusters = typed.people(f"{NUMBERS}n"), _clusters(typed)
    r = typed.needed(f"{NUMBERS}r", "The correlation itself")
    return None if r is None else Correlation(r=r, n=people, clusters=clusters)


def _clusters(typed: TypedNumbers) -> Clusters | None:
    if not (typed.text(f"{NUMBERS}cluster") or typed.text(f"{NUMBERS}icc")):
        return None
    size = typed.needed(f"{NUMBERS}cluster", "The mean size of clusters")
    icc = typed.needed(f"{NUMBERS}icc", "The ICC")
    if size is None or icc is None:
        return None
    return Clusters(size=size, icc=icc, icc_from=typed.text(f"{NUMBERS}icc_from"))


def _interval(typed: TypedNumbers, prefix: str, group: str = "") -> Interval | None:
    low_field, high_field = f"{prefix}low{group}", f"{prefix}high{group}"
    low, high = typed.number(low_field), typed.number(high_field)
    level = typed.level(f"{prefix}level")
    for one, other in ((low_field, high_field), (high_field, low_field)):
        if typed.text(other) and not typed.text(one):
            typed.miss(one, "The other limit of the interval is missing; the interval is not used.")
    return Interval(low=low, high=high, level=level) if low and high else None


def _printed_measure(typed: TypedNumbers, *, is_p_alone: bool) -> Measure | None:
    """Of which measure the printed effect is: as said, else the only one that the numbers give."""
    said = typed.word(f"{PRINTED}effect_kind", EFFECT_KINDS)
    if said or typed.text(f"{PRINTED}effect_kind"):
        return said
    kind = typed.text("numbers_kind")
    smd = Measure.STANDARDISED_MEAN_DIFFERENCE
    only = {NumbersKind.TEST.value: smd, NumbersKind.CORRELATION.value: Measure.FISHER_Z}
    if is_p_alone:  # the same for all measures of such numbers
        only |= {NumbersKind.MEANS.value: smd, NumbersKind.TABLE.value: Measure.LOG_ODDS_RATIO}
    if kind == NumbersKind.EFFECT:
        return EFFECT_KINDS.get(typed.text(f"{NUMBERS}effect_kind"))
    if kind not in only:
        sentence = "Say what kind of effect the printed one is; until then it is not checked."
        typed.miss(f"{PRINTED}effect_kind", sentence)
    return only.get(kind)
