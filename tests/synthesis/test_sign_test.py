import json
from pathlib import Path
from typing import Any

import pytest
from scipy.stats import binomtest

from evidence.synthesis.sign_test import out_of_reach, p_text, sign_test, smallest_p

VECTORS = Path(__file__).resolve().parents[2] / ".." / "shared" / "domain" / "test_vectors.json"


@pytest.fixture(scope="module")
def vectors() -> Any:
    if not VECTORS.exists():
        pytest.skip("the shared test vectors are not beside the repository")
    return json.loads(VECTORS.read_text(encoding="utf-8"))["sign_test_two_sided_exact_p0.5"]


@pytest.mark.parametrize(
    "name", ["boon_thomson_housing_condition", "boon_thomson_general_or_respiratory_health"]
)
def test_published_examples_of_boon_and_thomson(vectors: Any, name: str) -> None:
    vector = vectors[name]
    test = sign_test(vector["favourable"], vector["unfavourable"])
    assert test
    assert test.p == vector["p"]
    assert round(test.p, 4) == vector["published"]


def test_published_example_of_the_cochrane_handbook(vectors: Any) -> None:
    vector = vectors["cochrane_12.4.2.3"]
    test = sign_test(vector["favourable"], vector["n"] - vector["favourable"])
    assert test
    assert test.p == vector["p"]
    assert test.share == pytest.approx(vector["proportion"])
    assert [test.low, test.high] == pytest.approx(vector["wilson95"], abs=5e-5)
    assert f"{test.low:.0%} to {test.high:.0%}" == vector["published_ci"]


def test_computed_vectors(vectors: Any) -> None:
    for vector in vectors["computed"]:
        test = sign_test(vector["k"], vector["n"] - vector["k"])
        expected = vector["p"]
        assert (test.p if test else None) == (expected and pytest.approx(expected, abs=1e-9))


@pytest.mark.parametrize("clear", [1, 2, 5, 6, 11, 40, 173])
def test_agrees_with_scipy(clear: int) -> None:
    for favourable in range(clear + 1):
        test = sign_test(favourable, clear - favourable)
        expected = binomtest(favourable, clear)
        interval = expected.proportion_ci(method="wilson")
        assert test
        assert test.p == pytest.approx(expected.pvalue)
        assert (test.low, test.high) == pytest.approx((interval.low, interval.high))


def test_large_numbers_are_exact_enough() -> None:
    test = sign_test(600, 500)
    assert test
    assert test.p == pytest.approx(binomtest(600, 1100).pvalue)


def test_without_a_clear_direction_there_is_no_test() -> None:
    assert sign_test(0, 0) is None
    assert smallest_p(0) is None
    assert out_of_reach(0) == "No study has a clear direction, so there is nothing to test."


@pytest.mark.parametrize("clear", range(1, 6))
def test_fewer_than_six_studies_cannot_reach_p_below_005(clear: int) -> None:
    test = sign_test(clear, 0)
    assert test
    assert smallest_p(clear) == test.p
    assert f"{test.p:g}" in out_of_reach(clear)
    assert "out of reach" in out_of_reach(clear)


def test_six_studies_can_reach_it() -> None:
    assert smallest_p(6) == 0.03125
    assert out_of_reach(6) == ""


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (1.0, "= 1.00"),
        (0.21875, "= 0.22"),
        (0.0386, "= 0.039"),
        (0.0039, "= 0.004"),
        (0, "< 0.001"),
    ],
)
def test_p_is_written_as_people_write_it(p: float, text: str) -> None:
    assert p_text(p) == text
