import numpy as np

from evidence.deduplication import Columns
from evidence.deduplication.pairs import BLOCK_LIMIT, candidates, keys
from evidence.deduplication.prepare import PreparedRecords, prepare
from evidence.deduplication.reference_columns import FIELDS


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


def test_a_title_damaged_at_both_ends_is_found_by_its_longest_words() -> None:
    whole = {"title": "Measuring the hidden labour of repair cafes", "year": "2015"}
    damaged = whole | {"title": "Prize essay: the largely hidden lahour of repair cafes, measuring"}
    authors = {"authors": "Vance, Ada and Ilic, Bojan"}, {"authors": "Ilic, Bojan and Vance, Ada"}

    assert _pairs(_records(whole | authors[0], damaged | authors[1])) == {(0, 1)}


def test_a_missing_title_is_found_by_authors_and_year_or_by_the_pages() -> None:
    whole = {"title": "Weaving fish traps", "authors": "Aalto, I.", "year": "1994", "volume": "13"}
    no_title = {"authors": "Aalto, Ilma", "year": "1994"}
    pages = {"volume": "13", "pages": "280-291"}

    assert _pairs(_records(whole, no_title)) == {(0, 1)}
    assert _pairs(_records(whole | pages, pages)) == {(0, 1)}


def test_a_loose_key_that_many_share_is_left_to_the_sharp_ones() -> None:
    words = ["".join(chr(97 + int(digit)) for digit in f"{n:05d}") for n in range(BLOCK_LIMIT + 1)]
    rows = [{"title": word, "authors": "Aalto, I.", "year": "1994"} for word in words]

    assert len(_pairs(_records(*rows[:-1]))) == BLOCK_LIMIT * (BLOCK_LIMIT - 1) // 2
    assert len(_pairs(_records(*rows))) < BLOCK_LIMIT


def test_authors_in_another_order_with_a_word_among_them_are_found_without_titles() -> None:
    one = {"authors": "Aalto, Ilma and Brik, Otto and Cerny, Pavla", "year": "1994"}
    other = {"authors": "Cerny, P. Professor and Aalto, I. and Brik, O.", "year": "1994"}
    volume = {"volume": "13"}

    assert _pairs(_records(one, other)) == {(0, 1)}
    assert _pairs(_records(one | volume, other | volume)) == {(0, 1)}


def test_a_record_without_year_is_found_by_names_and_a_word_or_by_pages() -> None:
    whole = {
        "title": "Weaving fish traps of willow", "authors": "Aalto, Ilma and Brik, Otto",
        "year": "1994", "journal": "Craft Letters", "pages": "280-291",
    }  # fmt: skip

    assert _pairs(_records(whole, {"title": "Woven willow", "authors": "Brik, Otto"})) == {(0, 1)}
    assert _pairs(_records(whole, {"authors": "Brik, Otto and Aalto, Ilma"})) == {(0, 1)}
    assert _pairs(_records(whole, {"journal": "Craft Lett", "pages": "280-291"})) == {(0, 1)}


def test_faint_keys_are_not_followed_between_records_with_title_and_year() -> None:
    one = {"title": "Weaving fish traps of willow", "authors": "Aalto, I. and Brik, O."}
    other = {"title": "Woven willow", "authors": "Brik, O. and Ames, T."}

    assert _pairs(_records(one | {"year": "1994"}, other | {"year": "1996"})) == set()
    assert _pairs(_records(one | {"year": "1994"}, other)) == {(0, 1)}
