import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from evidence.agreement import (
    Kappa,
    beyond_even,
    cohen,
    krippendorff,
    pair_agreement,
    wilson,
)
from evidence.errors import Invalid

VECTORS = Path(__file__).resolve().parents[1] / ".." / "shared" / "domain" / "test_vectors.json"


@pytest.fixture(scope="module")
def vectors() -> Any:
    if not VECTORS.exists():
        pytest.skip("the shared test vectors are not beside the repository")
    return json.loads(VECTORS.read_text(encoding="utf-8"))


def two(first: list[Any], second: list[Any]) -> tuple[dict[int, Any], dict[int, Any]]:
    return dict(enumerate(first)), dict(enumerate(second))


def things(rows: list[list[Any]]) -> list[list[Any]]:
    """What each thing got, of people by rows with gaps."""
    return [[code for code in thing if code is not None] for thing in zip(*rows, strict=True)]


def fleiss(pairs: list[tuple[Any, Any]]) -> float | None:
    """Fleiss' kappa (1971) of two judgements on each thing."""
    codes = Counter(code for pair in pairs for code in pair)
    expected = sum((count / codes.total()) ** 2 for count in codes.values())
    observed = sum(a == b for a, b in pairs) / len(pairs)
    return (observed - expected) / (1 - expected) if len(codes) > 1 else None


def judged(table: list[list[int]]) -> tuple[dict[int, Any], dict[int, Any]]:
    """Two people whose codes give this table."""
    met = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
    return two([i for i, _ in met], [j for _, j in met])


def test_kappa_as_cohen_published_it_in_1960(vectors: Any) -> None:
    vector = vectors["cohen_kappa"]["cohen1960_proportions_n200"]
    table = [[200 * cell for cell in row] for row in vector["table"]]
    kappa = cohen(table)
    assert kappa
    assert kappa.kappa == pytest.approx(vector["kappa"], abs=1e-7)
    assert round(kappa.kappa or 0, 3) == vector["published"]
    assert (kappa.observed, kappa.expected) == pytest.approx((vector["po"], vector["pe"]))
    assert beyond_even(kappa.observed, 3) == pytest.approx(vector["pabak_brennan_prediger"])


def test_standard_error_and_interval_as_sas_gives_them(vectors: Any) -> None:
    vector = vectors["cohen_kappa"]["sas_3x3_statsmodels"]
    kappa = cohen(vector["table"])
    assert kappa
    found = (kappa.kappa, kappa.standard_error, kappa.low, kappa.high)
    assert found == pytest.approx((vector["kappa"], vector["ase"], *vector["ci95"]), abs=5e-5)


def test_pairs_of_two_codes(vectors: Any) -> None:
    known = vectors["cohen_kappa"]
    tables = [known["2x2_grants"], *known["same_po_different_kappa"]]
    tables += [known["cran_Delta"], known["high_prevalence_negative_kappa"]]
    for vector in tables:
        first, second = judged(vector["table"])
        found = pair_agreement(first, second, (0, 1))
        assert [list(row) for row in found.table] == vector["table"]
        assert found.kappa
        assert found.kappa.kappa == pytest.approx(vector["kappa"], abs=5e-8)
        assert found.percent == pytest.approx(vector.get("po", found.percent))
        assert found.pabak == pytest.approx(vector.get("pabak", found.pabak))


def test_two_people_with_four_codes(vectors: Any) -> None:
    vector = vectors["cohen_kappa"]["tidycomm_2raters"]
    found = pair_agreement(*two(vector["a"], vector["b"]))
    assert found.kappa
    assert (found.both, found.agreed) == (9, 7)
    assert found.percent == pytest.approx(vector["percent_agreement"], abs=5e-4)
    assert found.kappa.kappa == pytest.approx(vector["cohen"], abs=5e-4)
    assert found.pabak == pytest.approx(vector["brennan_prediger"], abs=5e-4)
    assert fleiss(list(zip(vector["a"], vector["b"], strict=True))) == pytest.approx(
        vector["fleiss"], abs=5e-4
    )


def test_kappa_is_undefined_where_everything_is_the_same(vectors: Any) -> None:
    table = vectors["cohen_kappa"]["degenerate_all_one_cell"]["table"]
    assert cohen(table) == Kappa(observed=1.0, expected=1.0)
    found = pair_agreement(*judged(table), ("include", "exclude"))
    assert found.kappa
    assert found.kappa.kappa is None
    assert found.percent == 1
    assert pair_agreement(*judged(table)).pabak is None


def test_always_agreeing_gives_no_interval_of_width_zero() -> None:
    kappa = cohen([[5, 0], [0, 5]])
    assert kappa == Kappa(observed=1.0, expected=0.5, kappa=1.0)


def test_who_judged_nothing_in_common_agrees_on_nothing() -> None:
    found = pair_agreement({1: "include"}, {2: "include"})
    assert (found.both, found.agreed, found.table) == (0, 0, ())
    assert [found.percent, found.low, found.high, found.kappa, found.pabak] == [None] * 5


def test_only_what_both_judged_counts() -> None:
    first, second = {1: "a", 2: "b", 3: "a"}, {3: "b", 2: "b", 4: "a"}
    assert pair_agreement(first, second).both == 2


def test_codes_that_nobody_used_count_for_pabak_only() -> None:
    first, second = two(["in", "out", "out"], ["in", "in", "out"])
    used = pair_agreement(first, second)
    known = pair_agreement(first, second, ("in", "out", "maybe"))
    assert used.kappa == known.kappa
    assert used.pabak == pytest.approx(1 / 3)
    assert known.pabak == pytest.approx(1 / 2)


def test_a_table_must_be_square() -> None:
    with pytest.raises(Invalid, match="square"):
        cohen([[1, 2], [3]])


@pytest.mark.parametrize(
    ("name", "exact"),
    [("krippendorff2011_C_4x12_missing", 5e-8), ("wikipedia_3x15_missing", 5e-7)],
)
def test_alpha_with_missing_values(vectors: Any, name: str, exact: float) -> None:
    vector = vectors["krippendorff_alpha"][name]
    assert krippendorff(things(vector["data"])) == pytest.approx(vector["nominal"], abs=exact)


def test_alpha_of_two_people(vectors: Any) -> None:
    for name in ("krippendorff_B_nominal_2x12", "krippendorff_A_binary_2x10"):
        vector = vectors["krippendorff_alpha"][name]
        alpha = krippendorff(things([list(row) for row in vector["data"]]))
        assert alpha == pytest.approx(vector["nominal"], abs=5e-8)


def test_alpha_is_undefined_without_variation(vectors: Any) -> None:
    assert krippendorff(things(vectors["krippendorff_alpha"]["no_variation"]["data"])) is None
    assert krippendorff([]) is None
    assert krippendorff([["a"], ["b"]]) is None


CODES = st.sampled_from(["include", "exclude", "maybe"])
BOTH = st.lists(st.tuples(CODES, CODES), min_size=1, max_size=40)


@given(BOTH)
def test_agreement_does_not_depend_on_who_is_first_or_on_the_order_of_things(
    pairs: list[tuple[str, str]],
) -> None:
    first, second = two([a for a, _ in pairs], [b for _, b in pairs])
    one = pair_agreement(first, second)
    backwards = dict(reversed(second.items())), dict(reversed(first.items()))
    other = pair_agreement(*backwards)
    assert (one.both, one.agreed, one.pabak) == (other.both, other.agreed, other.pabak)
    assert one.kappa
    assert other.kappa
    assert (one.kappa.kappa is None) == (other.kappa.kappa is None)
    assert one.kappa.kappa == pytest.approx(other.kappa.kappa, nan_ok=True)


@given(BOTH)
def test_alpha_approaches_fleiss_with_the_correction_for_small_samples(
    pairs: list[tuple[str, str]],
) -> None:
    alpha = krippendorff(pairs)
    kappa = fleiss(pairs)
    assert (alpha is None) == (kappa is None)
    if alpha is not None and kappa is not None:
        n = 2 * len(pairs)
        assert alpha == pytest.approx(1 - (1 - kappa) * (n - 1) / n)


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_agrees_with_scipy(counts: tuple[int, int]) -> None:
    interval = binomtest(*counts).proportion_ci(method="wilson")
    assert wilson(*counts) == pytest.approx((interval.low, interval.high))
