"""What follows from the numbers of a finding: its effect, what to look at, and what cannot be."""

import subprocess
import sys

import pytest
from hypothesis import given

from evidence.coding.finding_effects import ASK_BENEFIT, ONE_GROUP, Computed, computed_of
from evidence.coding.finding_fields import is_field
from tests.coding.test_finding_numbers import TYPED
from tests.coding.typed import SCHEME, means, table, typed

SIGN = "Less of the outcome is better: the sign of {} is turned, so that above 0 is better."


def computed(fields: dict[str, str]) -> Computed:
    return computed_of(fields, SCHEME)


def said(fields: dict[str, str]) -> str:
    return " ".join(computed(fields).notices)


def faulty(fields: dict[str, str]) -> dict[str, str]:
    return {fault.field: fault.sentence for fault in computed(fields).faults}


@pytest.mark.parametrize(
    ("fields", "effect"),
    [
        (means(), "SMD 0.02 (−0.31 to 0.35); MD 0.2 (−3.1 to 3.5)"),
        (
            means(benefit="lower"),
            "SMD −0.02 (−0.35 to 0.31); MD −0.2 (−3.5 to 3.1). " + SIGN.format("SMD and MD"),
        ),
        (
            table(),
            "RR 0.60 (0.34 to 1.06); OR 0.43 (0.17 to 1.07); RD 0.20 (−0.01 to 0.41). "
            + SIGN.format("RD").replace(": ", ": RR and OR below 1 are better; "),
        ),
        (
            typed("effect_kind HR effect 0.70 low 0.50 high 0.98", numbers_kind="effect",
                  benefit="higher", adjusted="no"),
            "HR 0.70 (0.50 to 0.98)",
        ),
        (
            typed("r .30 n 103", numbers_kind="correlation", benefit="higher"),
            "r 0.30 (0.11 to 0.47)",
        ),
    ],
)  # fmt: skip
def test_an_effect_is_written_as_people_read_it(fields: dict[str, str], effect: str) -> None:
    assert computed(fields).effect == effect
    assert computed(fields).faults == ()


def test_a_finding_without_numbers_says_nothing() -> None:
    assert computed({}) == Computed()
    assert computed({"outcome": "hope", "direction": "better"}) == Computed()


def test_a_direction_that_the_numbers_contradict_needs_a_reason() -> None:
    assert faulty(means(direction="better")) == {}
    sentence = faulty(means(direction="worse"))["direction"]
    assert sentence.startswith("The numbers say “better”, as higher is better; “worse” needs")
    assert sentence.endswith("Change it, or give the reason beside it.")
    assert faulty(means(direction="better", benefit="lower")).keys() == {"direction"}
    assert "threshold" in faulty(means(direction="no change"))["direction"]
    reasoned = means(direction="worse", direction_reason="Subgroup of p. 4")
    assert faulty(reasoned) == {}
    assert "“worse” needs a reason" in said(reasoned)
    assert "A reason is given." in said(reasoned)


def test_a_direction_is_told_where_none_is_chosen_yet() -> None:
    assert "The numbers say “better”, as higher is better." in said(means())


def test_without_the_benefit_the_direction_is_not_judged() -> None:
    assert ASK_BENEFIT in said(means(benefit="", direction="worse"))
    assert faulty(means(benefit="", direction="worse")) == {}


def test_numbers_that_cannot_be_are_faults_and_give_no_effect() -> None:
    found = computed(means("sd1 0 sd2 about"))
    assert found.effect == ""
    assert faulty(means("sd2 about")).keys() == {"numbers.sd2"}
    assert faulty(means("sd1 0")).keys() == {"numbers.sd1"}
    assert faulty(means("printed.p 1.5")).keys() == {"printed.p"}


def test_what_a_report_leaves_out_is_no_fault_and_still_has_a_direction() -> None:
    without = means(direction="worse") | {"numbers.sd1": "", "numbers.sd2": ""}
    assert faulty(without).keys() == {"direction"}
    right = without | {"direction": "better"}
    assert computed(right).faults == ()
    assert computed(right).effect == ""
    assert "no variance can be computed" in said(right)


def test_a_printed_result_that_does_not_follow_is_pointed_out() -> None:
    sentence = "The report prints a mean difference of 5.0; from its other numbers follows"
    assert sentence in said(means("printed.effect_kind MD printed.effect 5.0"))
    assert sentence not in said(means("printed.effect_kind MD printed.effect 0.2"))
    assert "p = 0.0001" in said(means("printed.p 0.0001"))
    assert computed(means("printed.effect_kind MD printed.effect 5.0")).faults == ()


def test_a_misprint_of_the_report_keeps_nobody_from_completing() -> None:
    odd = means("printed.effect_kind OR printed.effect -2")
    assert computed(odd).faults == ()
    assert "always above 0" in said(odd)


def test_an_se_and_an_interval_of_one_effect_are_held_against_each_other() -> None:
    both = "effect_kind MD effect 2.0 low 0.0 high 4.0 se "
    fits = typed(both + "1.02", numbers_kind="effect", adjusted="no")
    differs = typed(both + "3.00", numbers_kind="effect", adjusted="no")
    assert "The report prints" not in said(fits)
    assert "The report prints the 95 % interval 0.0 to 4.0" in said(differs)


def test_questions_are_asked() -> None:
    assert "Was a standard error entered as SD?" in said(means("mean1 40"))
    assert "These are change scores" in said(means("scores change"))
    assert "are the two exchanged?" in said(means("randomised1 60"))
    assert "of 70 people in the intervention group, the finding says 65" in said(
        means(n_intervention="65")
    )
    assert "the finding says" not in said(means(n_intervention="70"))


def test_what_was_done_to_the_numbers_is_said() -> None:
    clustered = means("cluster 10 icc 0.05", **{"numbers.icc_from": "an assumption"})
    assert "design effect of clusters of 10 with an ICC of 0.05 (an assumption)" in said(clustered)
    unsaid = clustered | {"numbers.icc_from": " "}
    assert computed(unsaid).effect == ""
    assert "Say whose ICC it is" in said(unsaid)


def test_a_table_without_events_still_has_a_risk_difference() -> None:
    none = table("events1 0 events2 0", benefit="higher")
    assert computed(none).effect.startswith("RD 0.000 (")
    assert "Neither group has an event" in said(none)
    assert computed(none).faults == ()


def test_one_group_before_and_after_has_no_effect_of_two_groups() -> None:
    one = means(contrast="before-after", direction="worse")
    assert computed(one) == Computed(notices=(ONE_GROUP,), why_none=ONE_GROUP)
    assert faulty(means("sd1 about", contrast="before-after")).keys() == {"numbers.sd1"}
    own = typed("effect_kind MD effect 2 se 1", numbers_kind="effect", contrast="before-after",
                benefit="higher", adjusted="no")  # fmt: skip
    assert computed(own).effect == "MD 2.0 (0.0 to 4.0)"


@pytest.mark.journey
@given(TYPED)
def test_whatever_is_typed_has_an_answer_and_is_not_changed(fields: dict[str, str]) -> None:
    before = dict(fields)
    found = computed(fields)
    assert fields == before
    assert all(is_field(fault.field) and not fault.is_missing for fault in found.faults)
    assert all(sentence.endswith((".", "?")) for sentence in found.notices)
    assert not any("nan" in text for text in (found.effect, *found.notices) if "“" not in text)
    assert len(set(found.notices)) == len(found.notices)


@pytest.mark.journey
def test_what_computes_no_t_does_not_wait_for_scipy() -> None:
    """It loads in half a second and more, which every start of the program would wait."""
    script = (
        "import sys, evidence.cli, evidence.steps.coding.desk_sheet\n"
        "from tests.coding.typed import SCHEME, means\n"
        "from evidence.coding.finding_effects import computed_of\n"
        "assert computed_of(means(), SCHEME).effect\n"
        "print('scipy.special' in sys.modules)\n"
        "computed_of(means('printed.p 0.9'), SCHEME)\n"
        "print('scipy.special' in sys.modules)\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True"]
