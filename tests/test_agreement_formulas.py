import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from evidence.agreement_formulas import (
    Judged,
    Kappa,
    Scale,
    agreement_of,
    beyond_even,
    cohen,
    gwet,
    krippendorff,
    pair_agreement,
    specific_agreement,
    weighted_kappa,
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


def things(rows: list[list[Any]]) -> Judged:
    """What the things got, of people by rows with gaps."""
    return Counter(
        tuple(code for code in thing if code is not None) for thing in zip(*rows, strict=True)
    )


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
    ("name", "scale", "exact"),
    [
        ("krippendorff2011_C_4x12_missing", Scale.NOMINAL, 5e-8),
        ("krippendorff2011_C_4x12_missing", Scale.ORDINAL, 5e-8),
        ("krippendorff2011_C_4x12_missing", Scale.INTERVAL, 5e-8),
        ("wikipedia_3x15_missing", Scale.NOMINAL, 5e-7),
        ("wikipedia_3x15_missing", Scale.INTERVAL, 5e-7),
    ],
)
def test_alpha_with_missing_values(vectors: Any, name: str, scale: Scale, exact: float) -> None:
    vector = vectors["krippendorff_alpha"][name]
    found = krippendorff(things(vector["data"]), scale)
    assert found == pytest.approx(vector[scale], abs=exact)


def test_alpha_of_ranks_and_of_numbers_by_hand() -> None:
    """Two people, three things: 1 and 1, 2 and 2, 1 and 3; 1 stands three times, 2 twice, 3 once.

    Interval: observed 4; of all pairs 1-2 six times 1, 1-3 three times 4, 2-3 twice 1, in all 20;
    alpha = 1 - 5 * 4 / 20 = 0. Ranks: from 1 to 2 (3 + 2) / 2 = 2.5 judgements, from 2 to 3 1.5,
    from 1 to 3 4; observed 16; 6 * 6.25 + 3 * 16 + 2 * 2.25 = 90; alpha = 1 - 5 * 16 / 90 = 1/9.
    """
    met: Judged = {(1, 1): 1, (2, 2): 1, (1, 3): 1}
    assert krippendorff(met, Scale.INTERVAL) == pytest.approx(0)
    assert krippendorff(met, Scale.ORDINAL) == pytest.approx(1 / 9)
    assert krippendorff(met) == pytest.approx(1 - 5 * 1 / (6 + 3 + 2))


def test_words_have_no_distance() -> None:
    with pytest.raises(Invalid, match="is no number"):
        krippendorff({("low", "high"): 1}, Scale.ORDINAL)


def test_ac1_by_hand(vectors: Any) -> None:
    """118, 5, 2, 0: both said the first in 243 of 250 judgements, .972; chance 2 * .972 * .028;
    (.944 - .054432) / (1 - .054432), where kappa is below 0.
    """
    table = vectors["cohen_kappa"]["high_prevalence_negative_kappa"]["table"]
    found = pair_agreement(*judged(table), (0, 1))
    assert found.ac1 == pytest.approx(0.889568 / 0.945568)
    assert round(found.ac1 or 0, 3) == 0.941


def test_ac1_of_four_people_with_missing_values(vectors: Any) -> None:
    """The data are the raw ratings of four people that irrCAC shows, where AC1 is 0.77544."""
    data = vectors["krippendorff_alpha"]["krippendorff2011_C_4x12_missing"]["data"]
    assert gwet(things(data), 5) == pytest.approx(0.77544, abs=5e-6)


def test_two_people_with_three_codes_as_irrcac_shows_them() -> None:
    """Figures of its data set cont3x3abstractors; alpha is corrected for small samples."""
    found = pair_agreement(*judged([[13, 0, 0], [0, 20, 7], [0, 4, 56]]))
    assert found.kappa
    figures = (found.percent, found.kappa.kappa, found.pabak, found.ac1)
    assert figures == pytest.approx((0.89, 0.7964094, 0.835, 0.8493305), abs=5e-8)
    alpha = krippendorff({(0, 0): 13, (1, 1): 20, (2, 2): 56, (1, 2): 7, (2, 1): 4})
    assert alpha == pytest.approx(0.7972585, abs=5e-8)
    assert (found.kappa.low, found.kappa.high) == pytest.approx((0.68, 0.913), abs=2e-3)


def test_ac1_where_it_has_no_value() -> None:
    assert gwet({}, 2) is None
    assert gwet({("a",): 3}, 2) is None  # nothing was judged twice
    assert gwet({("a", "a"): 3}, 1) is None  # nobody could have differed
    assert gwet({("a", "a"): 3}, 2) == 1


def test_positive_and_negative_agreement_by_hand() -> None:
    """Of a tick: 2 * 20 / (25 + 30); of none: 2 * 15 / (25 + 20)."""
    assert specific_agreement([[20, 5], [10, 15]]) == pytest.approx((40 / 55, 30 / 45))
    assert specific_agreement([[0, 0], [0, 7]]) == (None, 1)
    assert agreement_of({("yes", "yes"): 1, ("no", "yes"): 2}).specific == pytest.approx((0, 0.5))


def test_alpha_of_two_people(vectors: Any) -> None:
    for name in ("krippendorff_B_nominal_2x12", "krippendorff_A_binary_2x10"):
        vector = vectors["krippendorff_alpha"][name]
        alpha = krippendorff(things([list(row) for row in vector["data"]]))
        assert alpha == pytest.approx(vector["nominal"], abs=5e-8)


def test_alpha_is_undefined_without_variation(vectors: Any) -> None:
    assert krippendorff(things(vectors["krippendorff_alpha"]["no_variation"]["data"])) is None
    assert krippendorff({}) is None
    assert krippendorff({("a",): 1, ("b",): 1}) is None


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
    alpha = krippendorff(Counter(pairs))
    kappa = fleiss(pairs)
    assert (alpha is None) == (kappa is None)
    if alpha is not None and kappa is not None:
        n = 2 * len(pairs)
        assert alpha == pytest.approx(1 - (1 - kappa) * (n - 1) / n)


MISSING = st.one_of(st.none(), st.integers(-2, 3))
SEVERAL = st.lists(st.lists(MISSING, min_size=3, max_size=3), min_size=1, max_size=15)


def defined(ratings: list[list[int | None]]) -> Judged:
    return things([list(person) for person in zip(*ratings, strict=True)])


def from_coincidences(ratings: list[list[int | None]], scale: Scale) -> float | None:
    """Alpha as Krippendorff 2011 writes it: over all pairs of values."""
    met: dict[tuple[int, int], float] = {}
    for thing in ratings:
        codes = [code for code in thing if code is not None]
        for i, a in enumerate(codes):
            for j, b in enumerate(codes):
                if i != j:
                    met[a, b] = met.get((a, b), 0) + 1 / (len(codes) - 1)
    uses: Counter[int] = Counter()
    for (a, _), times in met.items():
        uses[a] += times  # type: ignore[assignment]
    n = sum(uses.values())

    def distance(a: int, b: int) -> float:
        if scale is Scale.NOMINAL:
            return float(a != b)
        if scale is Scale.INTERVAL:
            return float((a - b) ** 2)
        between = sum(uses[c] for c in uses if min(a, b) <= c <= max(a, b))
        return (between - (uses[a] + uses[b]) / 2) ** 2

    expected = sum(uses[a] * uses[b] * distance(a, b) for a in uses for b in uses)
    observed = sum(times * distance(*pair) for pair, times in met.items())
    return 1 - (n - 1) * observed / expected if expected else None


@given(SEVERAL, st.sampled_from(Scale))
def test_alpha_is_that_of_all_pairs_of_values(
    ratings: list[list[int | None]], scale: Scale
) -> None:
    found, slow = krippendorff(defined(ratings), scale), from_coincidences(ratings, scale)
    assert (found is None) == (slow is None)
    assert found is None or found == pytest.approx(slow, abs=1e-9)
    assert found is None or found <= 1 + 1e-12


@given(SEVERAL, st.permutations(range(3)), st.permutations(range(-2, 4)), st.sampled_from(Scale))
def test_figures_do_not_depend_on_who_is_first_nor_on_the_names_of_codes(
    ratings: list[list[int | None]], people: list[int], names: list[int], scale: Scale
) -> None:
    moved = [[thing[person] for person in people] for thing in reversed(ratings)]
    turned = [[None if code is None else 7 - 2 * code for code in thing] for thing in ratings]
    renamed = [[None if code is None else names[code + 2] for code in thing] for thing in ratings]
    same = pytest.approx(krippendorff(defined(ratings), scale))
    assert krippendorff(defined(moved), scale) == same
    assert krippendorff(defined(turned), scale) == same  # another unit, the other way round
    if scale is Scale.NOMINAL:
        assert krippendorff(defined(renamed)) == same
    ac1 = gwet(defined(ratings), 6)
    assert gwet(defined(moved), 6) == pytest.approx(ac1)
    assert gwet(defined(renamed), 6) == pytest.approx(ac1)
    assert ac1 is None or -1 <= ac1 <= 1 + 1e-12


@given(BOTH)
def test_figures_of_a_pair_stay_in_their_bounds(pairs: list[tuple[str, str]]) -> None:
    found = agreement_of(Counter(pairs), ("include", "exclude", "maybe"))
    assert found.kappa
    assert found.kappa.kappa is None or -1 <= found.kappa.kappa <= 1 + 1e-12
    assert all(share is None or 0 <= share <= 1 for share in found.specific)
    assert (found.agreed == found.both) == (found.pabak == 1)
    other = agreement_of(Counter((b, a) for a, b in pairs), ("include", "exclude", "maybe"))
    assert other.specific == found.specific
    assert other.ac1 == pytest.approx(found.ac1)


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_agrees_with_scipy(counts: tuple[int, int]) -> None:
    interval = binomtest(*counts).proportion_ci(method="wilson")
    assert wilson(*counts) == pytest.approx((interval.low, interval.high))


def test_weighted_kappa_as_cohen_published_it_in_1968(vectors: Any) -> None:
    table = vectors["cohen_kappa"]["cohen1960_proportions_n200"]["table"]
    known = vectors["cohen_kappa"]["cohen1968_weighted_same_table"]
    weighted = weighted_kappa(table, known["disagreement_weights"])
    assert weighted == pytest.approx(known["kappa_w"], abs=1e-6)
    assert weighted == pytest.approx(known["published"], abs=5e-4)


def test_weighted_kappa_of_two_codes_is_kappa_and_of_one_code_has_no_value() -> None:
    table = [[50, 10], [10, 20]]
    plain = cohen(table)
    assert plain is not None
    assert weighted_kappa(table) == pytest.approx(plain.kappa)
    assert weighted_kappa([[0, 0], [0, 9]]) is None
    assert weighted_kappa([]) is None
    with pytest.raises(Invalid, match="square"):
        weighted_kappa(table, [[0, 1, 2]])
