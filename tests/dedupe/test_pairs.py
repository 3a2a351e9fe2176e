import numpy as np

from evidence.dedupe import Columns
from evidence.dedupe.columns import FIELDS
from evidence.dedupe.pairs import BLOCK_LIMIT, candidates, keys
from evidence.dedupe.prepare import PreparedRecords, prepare


def _records(*rows: dict[str, str]) -> PreparedRecords:
    return prepare(Columns(**{name: [row.get(name, "") for row in rows] for name in FIELDS}))


def _pairs(records: PreparedRecords) -> set[tuple[int, int]]:
    a, b = candidates(records, keys(records))
    return set(zip(a.tolist(), b.tolist(), strict=True))


def test_a_misspelt_title_is_found_by_its_other_words() -> None:
    title = "Community treatment teams reduce hospital admissions among young adults"
    spelt = {"title": title, "year": "2001", "authors": "Ito, K."}
    misspelt = spelt | {"title": title.replace("Community", "Comunity").replace("adults", "adlts")}

    assert _pairs(_records(spelt, misspelt)) == {(0, 1)}


def test_a_translated_title_is_found_by_its_place() -> None:
    place = {"volume": "77", "pages": "29-32", "year": "2009"}

    assert _pairs(_records(place | {"title": "Utilidad"}, place | {"title": "Useful"})) == {(0, 1)}


def test_records_with_nothing_in_common_are_not_compared() -> None:
    one = {"title": "Care in remote areas", "authors": "Ito, K.", "year": "2001"}
    other = {"title": "Prices of maize", "authors": "Low, T.", "year": "2001"}

    assert _pairs(_records(one, other)) == set()


def test_empty_records_are_not_compared() -> None:
    assert _pairs(_records({}, {}, {})) == set()


def test_a_large_block_grows_in_proportion_and_loses_no_record() -> None:
    size = BLOCK_LIMIT * 20
    rows = [
        {"title": "Editorial", "year": str(1900 + n % 100), "pages": str(n % 7), "volume": str(n)}
        for n in range(size)
    ]

    found = _pairs(_records(*rows))

    assert len(found) < 60 * size
    assert {row for pair in found for row in pair} == set(range(size))


def test_candidates_do_not_depend_on_the_order_of_the_records() -> None:
    rows = [
        {
            "title": f"Care in area {n % 9}",
            "authors": f"It{n % 3}",
            "year": str(2000 + n % 4),
        }
        for n in range(200)
    ]
    order = np.random.default_rng(7).permutation(len(rows)).tolist()

    straight = _pairs(_records(*rows))
    shuffled = _pairs(_records(*(rows[row] for row in order)))

    back = {(min(order[a], order[b]), max(order[a], order[b])) for a, b in shuffled}
    texts = [tuple(sorted(row.items())) for row in rows]
    assert {tuple(sorted((texts[a], texts[b]))) for a, b in back} == {
        tuple(sorted((texts[a], texts[b]))) for a, b in straight
    }
