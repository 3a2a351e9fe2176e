"""What somebody typed into a finding is read as what a report prints."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.coding.effects.measures import Measure
from evidence.coding.effects.printed import PrintedP
from evidence.coding.effects.reported import (
    Clusters,
    Correlation,
    Counts,
    Estimate,
    EventGroup,
    Means,
    PrintedResult,
    PTest,
    Reported,
    Scores,
    Side,
    TTest,
)
from evidence.coding.finding_fields import _NUMBERS, _PRINTED, is_field
from evidence.coding.finding_numbers import (
    comparable_of,
    is_of_one_group,
    printed_of,
    reported_of,
)
from evidence.coding.number_fields import field_faults, field_of, unused_of
from tests.coding.effects.entries import group, interval, number, sd, se
from tests.coding.typed import SCHEME, means, table, typed

SMD = Measure.STANDARDISED_MEAN_DIFFERENCE


def missing(fields: Mapping[str, str]) -> list[str]:
    """The fields without which nothing can be read."""
    read = reported_of(fields)
    assert isinstance(read, tuple)
    assert all(fault.is_missing for fault in read)
    return [fault.field for fault in read]


@pytest.mark.parametrize(
    ("fields", "reported"),
    [
        (
            means("scores change"),
            Means(
                intervention=group(70, "10.2", sd("10.0")),
                comparison=group(70, "10.0", sd("10.0")),
                scores=Scores.CHANGE,
            ),
        ),
        (
            {"numbers_kind": "means"}
            | typed("n1 30 mean1 −2.5 se1 .4 n2 28 mean2 1.50 low2 0.8 high2 2.2 level 90"),
            Means(
                intervention=group(30, "-2.5", se(".4")),
                comparison=group(28, "1.50", interval("0.8", "2.2", 0.9)),
            ),
        ),
        (
            table("randomised1 44 cluster 10 icc 0.05", **{"numbers.icc_from": "the report"}),
            Counts(
                intervention=EventGroup(events=12, total=40, randomised=44),
                comparison=EventGroup(events=20, total=40),
                clusters=Clusters(size=number("10"), icc=number("0.05"), icc_from="the report"),
            ),
        ),
        (
            typed("effect_kind OR effect 0.56 low 0.31 high 1.01", numbers_kind="effect",
                  adjusted="yes"),
            Estimate(
                measure=Measure.LOG_ODDS_RATIO,
                value=number("0.56"),
                spread=interval("0.31", "1.01"),
                adjusted=True,
            ),
        ),
        (
            typed("effect_kind HR effect -0.58 se 0.3 transformed yes degrees_of_freedom 20",
                  numbers_kind="effect"),
            Estimate(
                measure=Measure.LOG_HAZARD_RATIO,
                value=number("-0.58"),
                spread=se("0.3"),
                transformed=True,
                degrees_of_freedom=20,
            ),
        ),
        (
            typed("t 2.10 n1 20 n2 22", numbers_kind="test"),
            TTest(t=number("2.10"), n_intervention=20, n_comparison=22),
        ),
        (
            typed("p =.04 sign + two_sided no n1 20 n2 22", numbers_kind="test", benefit="lower"),
            PTest(
                p=PrintedP(number=number(".04")),
                higher=Side.COMPARISON,
                n_intervention=20,
                n_comparison=22,
                two_sided=False,
            ),
        ),
        (
            typed("r .31 n 87", numbers_kind="correlation"),
            Correlation(r=number(".31"), n=87),
        ),
    ],
)  # fmt: skip
def test_each_form_of_numbers_is_read(fields: dict[str, str], reported: Reported) -> None:
    assert all(is_field(name) for name in fields)
    assert reported_of(fields) == reported


def test_people_of_the_finding_stand_in_for_those_of_its_numbers() -> None:
    fields = typed("mean1 3 sd1 1 mean2 2 sd2 1 n2 9", numbers_kind="means",
                   n_intervention="1,200", n_comparison="8")  # fmt: skip
    read = reported_of(fields)
    assert isinstance(read, Means)
    assert (read.intervention.n, read.comparison.n) == (1200, 9)


@pytest.mark.parametrize(
    ("typed_t", "sign", "benefit", "t"),
    [("2.1", "+", "higher", "2.1"), ("-2.1", "+", "higher", "2.1"), ("2.1", "-", "higher", "-2.1"),
     ("2.1", "+", "lower", "-2.1"), ("-2.1", "−", "lower", "2.1")],
)  # fmt: skip
def test_whom_a_t_favours_is_said_by_its_sign(
    typed_t: str, sign: str, benefit: str, t: str
) -> None:
    fields = typed(f"t {typed_t} sign {sign} n1 9 n2 9", numbers_kind="test", benefit=benefit)
    read = reported_of(fields)
    assert isinstance(read, TTest)
    assert read.t == number(t)


def test_nothing_is_read_before_there_is_a_number() -> None:
    assert reported_of({}) is None
    assert reported_of({"numbers_kind": "means", "n_intervention": "70"}) is None
    assert reported_of({"numbers_kind": "table", "numbers.mean1": "3"}) is None
    assert reported_of({"numbers.mean1": "3"}) is None
    assert printed_of(means()) is None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        (means() | {"numbers.mean2": ""}, "numbers.mean2"),
        (table() | {"numbers.events1": " "}, "numbers.events1"),
        (typed("effect 2 se 1", numbers_kind="effect"), "numbers.effect_kind"),
        (typed("effect_kind MD se 1", numbers_kind="effect"), "numbers.effect"),
        (typed("effect_kind MD effect 1 low 1", numbers_kind="effect"), "numbers.high"),
        (typed("n1 20", numbers_kind="test"), "numbers.t"),
        (typed("p 0.04 n1 20 n2 22", numbers_kind="test"), "numbers.sign"),
        (typed("p 0.04 sign + n1 20 n2 22", numbers_kind="test"), "benefit"),
        (typed("n 20", numbers_kind="correlation"), "numbers.r"),
        (means("cluster 30"), "numbers.icc"),
    ],
)
def test_what_is_missing_is_named_by_its_field(fields: dict[str, str], field: str) -> None:
    assert missing(fields) == [field]


@pytest.mark.parametrize(
    ("name", "text"),
    [("numbers.sd1", "about 3"), ("numbers.n2", "70.5"), ("numbers.mean1", "1,5"),
     ("numbers.level", "most"), ("numbers.scores", "later"), ("numbers.randomised1", "many"),
     ("numbers_kind", "medians"), ("n_intervention", "some")],
)  # fmt: skip
def test_what_cannot_be_read_is_named_by_its_field(name: str, text: str) -> None:
    fields = means("low1 9 high1 11") | {name: text}
    if name == "n_intervention":
        fields["numbers.n1"] = ""
    read = reported_of(fields)
    assert isinstance(read, tuple)
    assert {(fault.field, fault.is_missing) for fault in read} == {(name, False)}


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        (means("sd1 0"), {"numbers.sd1": False}),
        (means() | {"numbers.sd2": ""}, {"numbers.sd2": True}),
        (means() | {"numbers.sd2": "", "numbers.se2": "-1"}, {"numbers.se2": False}),
        (means("low1 11 high1 9") | {"numbers.sd1": ""}, {"numbers.low1": False}),
        (means("low1 9 high1 11 level 2") | {"numbers.sd1": ""}, {"numbers.level": False}),
        (means() | {"numbers.n1": ""}, {"numbers.n1": True}),
        (means(n_intervention="1") | {"numbers.n1": ""}, {"n_intervention": False}),
        (table("events2 41"), {"numbers.events2": False}),
        (table() | {"numbers.total2": ""}, {"numbers.total2": True}),
        (table("cluster 0.5 icc 2"),
         {"numbers.cluster": False, "numbers.icc": False, "numbers.icc_from": True}),
        (typed("effect_kind OR effect -2 low 1 high 3", numbers_kind="effect"),
         {"numbers.low": False, "numbers.effect": False}),
        (typed("effect_kind RR effect 2 low 0 high 3 degrees_of_freedom 0", numbers_kind="effect"),
         {"numbers.low": False, "numbers.degrees_of_freedom": False}),
        (typed("effect_kind RR effect 2 low 1 high 3 level 100", numbers_kind="effect"),
         {"numbers.level": False}),
        (typed("effect_kind MD effect 2", numbers_kind="effect"), {"numbers.low": True}),
        (typed("effect_kind MD effect 2 se 0", numbers_kind="effect"), {"numbers.se": False}),
        (typed("t 2 n1 1", numbers_kind="test"), {"numbers.n1": False, "numbers.n2": True}),
        (typed("p <0.05 sign + n1 9 n2 9", numbers_kind="test", benefit="higher"),
         {"numbers.p": True}),
        (typed("p 0.000 sign + n1 9 n2 9", numbers_kind="test", benefit="higher"),
         {"numbers.p": True}),
        (typed("r 1.2", numbers_kind="correlation"), {"numbers.r": False, "numbers.n": True}),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_told_from_what_reports_leave_out(
    fields: dict[str, str], found: dict[str, bool]
) -> None:
    read = reported_of(fields)
    assert read is not None
    assert not isinstance(read, tuple)
    assert {fault.field: fault.is_missing for fault in field_faults(read, fields)} == found


def test_a_fault_of_no_single_number_stands_with_their_kind() -> None:
    assert field_of("", means()) == "numbers_kind"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (means("se1 1.2"), "Of the intervention group the SD is used; its SE stays as typed"),
        (means("low2 8 high2 12"), "Of the comparison group the SD is used; its interval stays"),
        (typed("effect_kind MD effect 2 se 1 low 0 high 4", numbers_kind="effect"),
         "Of the effect the interval is used; its SE stays"),
        (means("events1 3"), "Numbers of another form were typed, too"),
        (means(numbers_kind=""), "Numbers of another form were typed, too"),
    ],
)  # fmt: skip
def test_numbers_beside_others_of_the_same_are_told_not_to_count(
    fields: dict[str, str], said: str
) -> None:
    (sentence,) = unused_of(fields)
    assert sentence.startswith(said)
    assert list(unused_of(means())) == []


@pytest.mark.parametrize(
    ("fields", "printed"),
    [
        (means("printed.effect_kind MD printed.effect 0.2 printed.low -3 printed.high 3.5 "
               "printed.level 90 printed.p .9"),
         PrintedResult(measure=Measure.MEAN_DIFFERENCE, estimate=number("0.2"),
                       interval=interval("-3", "3.5", 0.9), p=PrintedP(number=number(".9")))),
        (means("printed.p .9", adjusted="no"),
         PrintedResult(measure=SMD, p=PrintedP(number=number(".9")), adjusted=False)),
        (typed("effect_kind HR effect 2 se 1 printed.p .9", numbers_kind="effect"),
         PrintedResult(measure=Measure.LOG_HAZARD_RATIO, p=PrintedP(number=number(".9")))),
        (typed("t 2 p .04 n1 9 n2 9", numbers_kind="test"),
         PrintedResult(measure=SMD, p=PrintedP(number=number(".04")))),
        (typed("r .3 n 9 printed.effect .3", numbers_kind="correlation"),
         PrintedResult(measure=Measure.FISHER_Z, estimate=number(".3"))),
        (table("printed.effect_kind OR printed.effect -0.8 printed.transformed yes"),
         PrintedResult(measure=Measure.LOG_ODDS_RATIO, estimate=number("-0.8"), transformed=True)),
    ],
)  # fmt: skip
def test_what_is_printed_beside_the_numbers_is_read(
    fields: dict[str, str], printed: PrintedResult
) -> None:
    assert all(is_field(name) for name in fields)
    assert printed_of(fields) == printed


def test_a_printed_effect_of_unknown_kind_asks() -> None:
    read = printed_of(means("printed.effect 0.2"))
    assert isinstance(read, tuple)
    assert [(fault.field, fault.is_missing) for fault in read] == [("printed.effect_kind", True)]


def test_formulas_for_two_groups_are_not_for_one_group_before_and_after() -> None:
    for one in (
        means(contrast="before-after"),
        means(contrast="after-a-year"),
        means(contrast="pre-post"),  # merged into the first by now
        means("groups one", contrast="arms"),
        table("groups one"),
        typed("t 2.1 n1 9 n2 9 groups one", numbers_kind="test"),
    ):
        assert is_of_one_group(one, SCHEME)
        assert comparable_of(one, SCHEME) is None
    assert isinstance(comparable_of(means(contrast="arms"), SCHEME), Means)
    own = typed("effect_kind MD effect 2 se 1", numbers_kind="effect", contrast="before-after")
    assert isinstance(comparable_of(own, SCHEME), Estimate)


KINDS = ["means", "table", "effect", "test", "correlation", "", "medians"]
NAMES = [f"numbers.{name}" for name in sorted(_NUMBERS)] + [
    f"printed.{name}" for name in sorted(_PRINTED)
]
WORDS = ["OR", "MD", "r", "yes", "no", "one", "+", "-", "final", "change", "higher", "lower"]
TEXTS = (
    st.sampled_from(["12", "2.50", "−0.4", "0", "1e300", "-1e300", "1e-300", ".05", "<.001", "95 %",
                     "10", "40", "1,5", "\x00", "٣", "nan", "inf", "0.0", "1" * 39])
    | st.sampled_from(WORDS)
    | st.integers(-5, 200).map(str)
    | st.decimals(-9, 9, places=2).map(str)
    | st.text(max_size=60)
)  # fmt: skip
TYPED = st.builds(
    lambda kind, plain, numbers: {"numbers_kind": kind} | plain | numbers,
    st.sampled_from(KINDS),
    st.dictionaries(
        st.sampled_from(["benefit", "adjusted", "direction", "direction_reason", "contrast",
                         "n_intervention", "n_comparison"]),
        st.sampled_from(["higher", "lower", "better", "worse", "mixed", "yes", "no", "before-after",
                         "70", "1,200", "some"]) | st.text(max_size=9),
    ),
    st.dictionaries(st.sampled_from(NAMES), TEXTS, max_size=25),
)  # fmt: skip


@given(TYPED)
def test_whatever_is_typed_is_read_or_a_field_is_named(fields: dict[str, str]) -> None:
    before = dict(fields)
    read, printed = reported_of(fields), printed_of(fields)
    faults = [fault for part in (read, printed) if isinstance(part, tuple) for fault in part]
    if read is not None and not isinstance(read, tuple):
        faults += field_faults(read, fields)
    assert all(is_field(fault.field) and fault.sentence.endswith(".") for fault in faults)
    comparable_of(fields, SCHEME)
    assert fields == before
