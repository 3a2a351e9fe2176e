from dataclasses import replace

import pytest

from evidence.screening.rules import STOPPING_RULES, Progress, Settings, advise
from evidence.screening.stopping import Sample, cautious_p_value, p_value

SAMPLE = Sample(size=40, relevant=2, among=1000, found=30, read=400)
ALMOST = Progress(
    reading=[*[True, False] * 30, *[False] * 340],
    total=1000,
    sample=SAMPLE,
)


def test_every_rule_says_what_it_assumes_and_where_it_comes_from() -> None:
    assert len({rule.code for rule in STOPPING_RULES}) == len(STOPPING_RULES)
    for rule in STOPPING_RULES:
        assert all((rule.name, rule.does.endswith("."), rule.assumes.endswith("."), rule.source))


def test_every_rule_says_something_of_every_review() -> None:
    nothing = Sample(size=0, relevant=0, among=0, found=0, read=0)
    started = replace(nothing, among=10)
    done = Sample(size=10, relevant=0, among=10, found=0, read=10)
    for progress in (
        Progress(reading=[], total=0, sample=nothing),
        Progress(reading=[], total=10, sample=started),
        Progress(reading=[False] * 10, total=10, sample=done),
        Progress(reading=[True] * 10, total=10, sample=replace(done, relevant=10, found=10)),
        ALMOST,
    ):
        advice = advise(progress)
        assert list(advice) == [rule.code for rule in STOPPING_RULES]
        assert all(one.says.endswith(".") for one in advice.values())


def test_the_tests_say_their_p_values() -> None:
    advice = advise(ALMOST)

    assert advice["random-test"].p == p_value(SAMPLE, 0.95)
    assert advice["cautious-test"].p == cautious_p_value(ALMOST.reading, 1000, 0.95)
    assert not advice["random-test"].reached
    assert "40 records were read at random, 2 of them relevant" in advice["random-test"].says
    assert "p = " in advice["cautious-test"].says


def test_one_record_is_not_told_as_many() -> None:
    one = replace(ALMOST, sample=Sample(size=1, relevant=1, among=1000, found=1, read=600))

    assert advise(one)["random-test"].says.startswith("1 record was read at random, 1 of them")
    assert advise(one)["interval"].says.startswith("By 1 random record, recall is")


def test_a_random_check_that_finds_none_settles_it() -> None:
    said = advise(ALMOST)["random-test"].says
    assert "A random check of 466 unread records" in said
    checked = Sample(size=466, relevant=0, among=600, found=0, read=466, before=30)

    after = replace(ALMOST, reading=[*ALMOST.reading, *[False] * 466], sample=checked)

    assert advise(after)["random-test"].reached
    assert "could settle" not in advise(after)["random-test"].says


def test_irrelevant_in_a_row_are_counted_from_the_end() -> None:
    assert ALMOST.run == 341
    assert Progress(reading=[True], total=5, sample=SAMPLE).run == 0
    assert advise(ALMOST)["in-a-row"].reached
    more = advise(ALMOST, Settings(in_a_row=342))["in-a-row"]
    assert not more.reached
    assert more.says == "341 irrelevant records in a row; 342 are wanted."


def test_the_interval_is_reached_by_its_lower_bound() -> None:
    whole = Sample(size=1000, relevant=30, among=1000, found=30, read=1000)

    assert not advise(ALMOST)["interval"].reached
    assert advise(replace(ALMOST, sample=whole))["interval"].reached
    assert "By 40 random records, recall is about 60%, between" in advise(ALMOST)["interval"].says


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"key_papers_missing": 2}, "2 key papers"),
        ({"sample": replace(SAMPLE, size=9)}, "at least 1% must be read at random"),
        ({"total": 5000}, "400 of at least 500"),
        ({"reading": [*ALMOST.reading, True]}, "0 are irrelevant in a row, 50 are wanted"),
        ({"sample": replace(SAMPLE, relevant=10)}, "twice the relevant ones expected are 500"),
    ],
)
def test_safe_says_which_condition_is_open(changed: dict[str, object], said: str) -> None:
    assert advise(ALMOST)["safe"].reached
    advice = advise(replace(ALMOST, **changed))["safe"]  # type: ignore[arg-type]
    assert not advice.reached
    assert said in advice.says
