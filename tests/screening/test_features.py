import math

import numpy as np
import pytest

from evidence.errors import Invalid
from evidence.screening import features as making
from evidence.screening.features import LETTERS, TITLE, WHOLE, Features, Text, describe


def named(features: Features, record: int) -> dict[str, float]:
    """The value of each word and pair of a record; the block of titles comes second."""
    row = features.rows[[features.rows_by_id[record]]]
    cells = zip(row.indices, row.data, strict=True)
    return {features.names[at]: float(value) for at, value in cells if at < len(features.names)}


def several(*titles: str) -> list[Text]:
    return [Text(id=number, title=title) for number, title in enumerate(titles)]


def test_words_and_pairs_that_several_records_share_are_features() -> None:
    features = describe(several("red apple pie", "Red apple cake", "blue pie", "green tea"))

    assert set(features.names) == {"red", "apple", "pie", "red apple"}


def test_what_nearly_all_records_have_is_no_feature() -> None:
    features = describe(several(*["the apple"] * 3, *["the pear"] * 3))

    assert set(features.names) == {"apple", "the apple", "pear", "the pear"}


def test_pairs_are_neighbours_in_the_order_of_the_text() -> None:
    twice = "zeta beta alpha beta gamma"
    features = describe(several(twice, twice, "zeta alpha", "one", "two", "three"))

    pairs = {name for name in features.names if " " in name}
    assert pairs == {"zeta beta", "beta alpha", "alpha beta", "beta gamma"}


def test_values_are_tf_idf_of_length_one() -> None:
    texts = [
        Text(id=1, title="", abstract="apple apple pie"),
        Text(id=2, title="", abstract="apple tart"),
        Text(id=3, title="", abstract="pie crust"),
        Text(id=4, title="", abstract="tart tea"),
        Text(id=5, title="", abstract="tea"),
    ]
    found = named(describe(texts), 1)
    rarity = math.log(6 / 3) + 1  # five records, two of which have the word
    apple, pie = (1 + math.log(2)) * rarity, rarity
    length = math.hypot(apple, pie)

    assert found == pytest.approx(
        {"apple": WHOLE * apple / length, "pie": WHOLE * pie / length}, rel=1e-5
    )


def test_titles_count_once_more() -> None:
    texts = several("apple", "apple", "pie", "pie")
    features = describe(texts)

    row = features.rows[[0]]
    words = row.data[row.indices < len(features.names)]
    assert sorted(words.tolist()) == pytest.approx(sorted([WHOLE, TITLE]))
    assert np.linalg.norm(row.data) == pytest.approx(math.hypot(WHOLE, TITLE, LETTERS), rel=1e-5)


def test_spellings_meet_in_their_letters() -> None:
    features = describe(several("randomised", "randomized", "piston", "pistons"))

    rows = features.rows.toarray()
    assert not features.names
    assert rows[0] @ rows[1] > 0
    assert rows[0] @ rows[2] == 0


def test_the_order_of_the_records_does_not_matter(texts: tuple[Text, ...]) -> None:
    one, two = describe(texts), describe(reversed(texts))

    assert one.rows_by_id == two.rows_by_id
    assert one.names == two.names
    assert np.array_equal(one.rows.toarray(), two.rows.toarray())


def test_what_is_wanted_has_no_say_in_what_is_rare() -> None:
    texts = several("red apple", "red pear", "green pear", "blue plum", "blue fig")
    plain = describe(texts)
    features = describe(
        texts,
        criteria="red apple lemon",
        relevant_studies=[Text(id=0, title="pear"), Text(id=0, title="kiwi")],
    )

    assert features.names == plain.names
    assert np.array_equal(features.rows.toarray(), plain.rows.toarray())
    assert features.targets.shape[0] == 2  # nothing speaks of kiwi


def test_an_id_that_occurs_twice_is_refused() -> None:
    with pytest.raises(Invalid, match="id of its own"):
        describe([Text(id=1, title="a"), Text(id=1, title="b")])


@pytest.mark.parametrize("texts", [(), several(""), several("", "", ""), several("one", "one")])
def test_a_collection_that_says_little_is_described_all_the_same(texts: list[Text]) -> None:
    features = describe(texts)

    assert features.rows.shape[0] == len(texts)
    assert features.targets.shape[0] == 0
    assert np.isfinite(features.rows.data).all()


def test_signs_of_all_scripts_are_words() -> None:
    features = describe(several("ψυχική υγεία", "υγεία", "心理健康 工作", "工作", "arbeit"))

    assert {"υγεία", "工作"} <= set(features.names)


def test_in_large_collections_it_takes_more_records_to_make_a_feature() -> None:
    texts = [Text(id=number, title=f"plain{number % 50} record") for number in range(15_000)]
    for number in range(2):
        texts[number] = Text(id=number, title="seldom heard")
    for number in range(2, 5):
        texts[number] = Text(id=number, title="often heard")

    names = set(describe(texts).names)

    assert {"often", "often heard", "plain7"} <= names
    assert not {"seldom", "seldom heard"} & names


@pytest.mark.parametrize("at_once", [1, 7, 120])
def test_how_many_are_counted_at_a_time_changes_nothing(
    texts: tuple[Text, ...], monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    studies = [Text(id=1, title="A garden of its own kind")]
    whole = describe(texts, criteria="soil and seeds", relevant_studies=studies)
    monkeypatch.setattr(making, "AT_ONCE", at_once)
    parts = describe(texts, criteria="soil and seeds", relevant_studies=studies)

    for name in ("rows", "targets", "words", "runs"):
        one, other = getattr(whole, name), getattr(parts, name)
        assert np.array_equal(one.indptr, other.indptr)
        assert np.array_equal(one.indices, other.indices)
        assert np.array_equal(one.data, other.data)
    assert whole.names == parts.names
    assert parts.rows.indices.dtype == np.int32  # half the memory of what scipy takes
