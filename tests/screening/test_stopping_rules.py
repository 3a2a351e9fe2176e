from dataclasses import replace

import pytest
from scipy.stats import hypergeom

from evidence.screening.stopping_benchmarks import BENCHMARKS, REVIEWS
from evidence.screening.stopping_rules import (
    STOPPING_RULES,
    ReadingProgress,
    StoppingSettings,
    advise,
    safe_begins,
)
from evidence.screening.stopping_tests import Sample, cautious_p_value, needed_size, p_value
from tests.conftest import ROOT

SAMPLE = Sample(size=40, relevant=2, among=1000, relevant_among=30, read=400)
ALMOST = ReadingProgress(
    reading=[*[True, False] * 30, *[False] * 340],
    total=1000,
    sample=SAMPLE,
)


def test_every_rule_says_what_it_assumes_and_where_it_comes_from() -> None:
    assert len({rule.code for rule in STOPPING_RULES}) == len(STOPPING_RULES)
    for rule in STOPPING_RULES:
        assert all((rule.name, rule.does.endswith("."), rule.assumes.endswith("."), rule.source))


def test_every_rule_was_measured_and_the_table_says_the_same() -> None:
    table = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert f"{REVIEWS} reviews" in table
    assert set(BENCHMARKS) == {rule.code for rule in STOPPING_RULES}
    for benchmark in BENCHMARKS.values():
        shares = [f"{share:.0%}" for share in (benchmark.never, benchmark.reached)]
        figures = [f"{x:.3f}" for x in (benchmark.worst, benchmark.mean, benchmark.saved)]
        assert f"| {' | '.join([benchmark.row, *shares, *figures])} |" in table
        assert f"{benchmark.reached:.0%} of them when it said" in benchmark.sentence
        assert ("never said so" in benchmark.sentence) == (benchmark.never > 0)


def test_every_rule_says_something_of_every_review() -> None:
    nothing = Sample(size=0, relevant=0, among=0, relevant_among=0, read=0)
    started = replace(nothing, among=10)
    done = Sample(size=10, relevant=0, among=10, relevant_among=0, read=10)
    for progress in (
        ReadingProgress(reading=[], total=0, sample=nothing),
        ReadingProgress(reading=[], total=10, sample=started),
        ReadingProgress(reading=[False] * 10, total=10, sample=done),
        ReadingProgress(
            reading=[True] * 10, total=10, sample=replace(done, relevant=10, relevant_among=10)
        ),
        ALMOST,
    ):
        advice = advise(progress)
        assert list(advice) == [rule.code for rule in STOPPING_RULES]
        assert all(one.sentence.endswith(".") for one in advice.values())


def test_the_tests_say_their_p_values() -> None:
    advice = advise(ALMOST)

    assert advice["random-test"].p == p_value(SAMPLE, 0.95)
    assert advice["cautious-test"].p == cautious_p_value(ALMOST.reading, 1000, 0.95)
    assert not advice["random-test"].reached
    assert advice["random-test"].too_few
    assert not advice["cautious-test"].too_few
    assert "p = " in advice["cautious-test"].sentence


def test_one_random_work_is_too_few_to_tell() -> None:
    one = replace(
        ALMOST, sample=Sample(size=1, relevant=1, among=1000, relevant_among=30, read=400)
    )
    advice = advise(one)

    for code, level in (("random-test", 0.05), ("interval", 0.025)):
        # 30 found are less than 95 % of 32.
        needed = next(n for n in range(1, 1000) if hypergeom.cdf(1, 1000, 32, n) < level)
        assert advice[code].too_few
        assert not advice[code].reached
        assert "Too few to tell: 1 work was read at random." in advice[code].sentence
        assert f"at least {needed} random works are needed" in advice[code].sentence
        assert "between" not in advice[code].sentence


def test_no_random_work_is_told_as_such() -> None:
    none = replace(ALMOST, sample=replace(SAMPLE, size=0, relevant=0))

    for code in ("random-test", "interval"):
        assert "Too few to tell: none was read at random." in advise(none)[code].sentence


def test_from_the_needed_size_on_the_test_speaks() -> None:
    """Whatever is found, a sample of the size that was named can pass, and a smaller one cannot."""
    needed = needed_size(replace(SAMPLE, relevant=0), 0.95)
    enough = replace(SAMPLE, size=needed, relevant=0)

    assert advise(replace(ALMOST, sample=enough))["random-test"].reached
    assert advise(replace(ALMOST, sample=replace(enough, size=needed - 1)))["random-test"].too_few
    told = advise(replace(ALMOST, sample=replace(enough, relevant=3)))["random-test"]
    assert not told.too_few
    assert f"{needed} works were read at random, 3 of them relevant" in told.sentence


def test_while_nothing_is_found_there_is_no_recall() -> None:
    barren = ReadingProgress(
        reading=[False] * 40,
        total=100,
        sample=Sample(size=10, relevant=0, among=100, relevant_among=0, read=40),
    )

    assert advise(barren)["random-test"].sentence == (
        "Nothing relevant was found yet, so there is no recall to test."
    )


def test_a_random_check_that_finds_none_settles_it() -> None:
    said = advise(ALMOST)["random-test"].sentence
    assert "A random check of 466 unread works" in said
    checked = Sample(size=466, relevant=0, among=600, relevant_among=0, read=466, before=30)

    after = replace(ALMOST, reading=[*ALMOST.reading, *[False] * 466], sample=checked)

    assert advise(after)["random-test"].reached
    assert "could settle" not in advise(after)["random-test"].sentence


def test_irrelevant_in_a_row_are_counted_from_the_end() -> None:
    assert ALMOST.run == 341
    assert ReadingProgress(reading=[True], total=5, sample=SAMPLE).run == 0
    assert advise(ALMOST)["in-a-row"].reached
    more = advise(ALMOST, StoppingSettings(in_a_row=342))["in-a-row"]
    assert not more.reached
    assert more.sentence == "341 irrelevant works in a row; 342 are wanted."


def test_the_interval_is_reached_by_its_lower_bound() -> None:
    whole = Sample(size=1000, relevant=30, among=1000, relevant_among=30, read=1000)

    assert not advise(ALMOST)["interval"].reached
    assert advise(replace(ALMOST, sample=whole))["interval"].reached
    large = replace(SAMPLE, size=200, relevant=12)
    said = advise(replace(ALMOST, sample=large))["interval"]
    assert not said.too_few
    assert "By 200 random works, recall is about 50%, between" in said.sentence


NOTHING_MISSING = StoppingSettings(key_papers_missing=0)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sample": replace(SAMPLE, size=9)}, "at least 1% (10) must be read at random, and 9"),
        ({"sample": replace(SAMPLE, relevant=0)}, "no relevant one came up at random"),
        ({"total": 5000}, "400 of at least 500"),
        ({"reading": [*ALMOST.reading, True]}, "0 are irrelevant in a row, 50 are wanted"),
        ({"sample": replace(SAMPLE, relevant=10)}, "twice the relevant ones expected are 500"),
    ],
)
def test_safe_says_which_condition_is_open(changed: dict[str, object], said: str) -> None:
    assert not safe_begins(ALMOST, NOTHING_MISSING)
    advice = advise(replace(ALMOST, **changed), NOTHING_MISSING)["safe"]  # type: ignore[arg-type]
    assert not advice.reached
    assert said in advice.sentence


@pytest.mark.parametrize(
    ("missing", "said"),
    [(None, "nobody said whether all key papers are found"), (2, "2 of the key papers not found")],
)
def test_safe_asks_for_the_key_papers(missing: int | None, said: str) -> None:
    advice = advise(ALMOST, StoppingSettings(key_papers_missing=missing))["safe"]
    assert not advice.reached
    assert said in advice.sentence


def test_safe_goes_on_with_another_model() -> None:
    switched = replace(ALMOST, since_switch=20)

    assert "let the other model make the order" in advise(ALMOST, NOTHING_MISSING)["safe"].sentence
    assert "20 of 50 irrelevant ones" in advise(switched, NOTHING_MISSING)["safe"].sentence
    found_more = replace(switched, reading=[*ALMOST.reading, True, *[False] * 49], since_switch=70)
    assert "49 of 50" in advise(found_more, NOTHING_MISSING)["safe"].sentence
    done = advise(replace(ALMOST, since_switch=50), NOTHING_MISSING)["safe"]
    assert done.reached
    assert "Phase 4 is for people" in done.sentence
