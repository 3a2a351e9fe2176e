"""Teams define a duplicate differently: what they choose is kept, used and told."""

import pytest

from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates import (
    duplicate_policy,
    duplicates,
    merged_works,
    record_pairs,
)
from tests.conftest import keep
from tests.steps.conftest import enter
from tests.steps.records.duplicates.pairs import AUTHORS, entry, reading

TITLE = "Individual placement and support for young adults with psychosis in rural communities"


@pytest.fixture
def versions(desk: Desk) -> Desk:
    """A preprint and its article."""
    article = {"title": TITLE, "authors": AUTHORS, "year": 2021, "journal": "Psychiatric Services",
               "volume": "72", "issue": "3", "pages": "201-209"}  # fmt: skip
    preprint = {"title": TITLE, "authors": AUTHORS, "year": 2021, "journal": "medRxiv",
                "doi": "10.1101/2021.01.01.21249000"}  # fmt: skip
    both = [article, preprint, entry("gardens", 0), entry("gardens", 1)]
    keep(desk.store, desk.person_id, desk.review_id, reading("a.ris", both), "a")
    return desk


def test_what_is_kept_apart_is_a_choice_of_the_team(versions: Desk, bens_desk: Desk) -> None:
    enter(bens_desk)
    before = duplicates.run(versions)
    assert before.works == 4
    first = duplicate_policy.current(versions)
    assert (first.kinds, first.history, first.stale) == (duplicate_policy.DEFAULT, (), False)
    duplicate_policy.change(bens_desk, duplicate_policy.DEFAULT - {"preprint"})
    second = duplicate_policy.current(versions)
    assert second.stale
    assert [(one.person, "preprint" in one.kinds) for one in second.history] == [("Ben", False)]
    assert duplicates.counts(versions) == before  # nothing changes until the rules are run
    assert duplicates.run(versions).works == 3
    assert not duplicate_policy.current(versions).stale


def test_a_decision_elsewhere_leaves_the_chosen_joins(versions: Desk) -> None:
    duplicate_policy.change(versions, duplicate_policy.DEFAULT - {"preprint"})
    duplicates.run(versions)
    (join,) = merged_works.page(versions, 0, 10)
    other = next(one for one in record_pairs.waiting(versions))
    record_pairs.mark_same(versions, join.work_id, min(other.works))
    assert sorted(len(one.records) for one in merged_works.page(versions, 0, 10)) == [3]
    duplicate_policy.change(
        versions, duplicate_policy.DEFAULT
    )  # chosen, but not run: joins stay as the last run made them
    record_pairs.split_off(versions, max(other.pair) if max(other.works) == join.work_id
                         else min(other.pair))  # fmt: skip
    assert sorted(len(one.records) for one in merged_works.page(versions, 0, 10)) == [2]
    assert duplicates.run(versions).works == 4


def test_the_same_choice_again_is_no_new_choice(desk: Desk) -> None:
    duplicate_policy.change(desk, duplicate_policy.DEFAULT)
    assert duplicate_policy.current(desk).history == ()
    duplicate_policy.change(desk, {"erratum"})
    duplicate_policy.change(desk, ["erratum"])
    assert len(duplicate_policy.current(desk).history) == 1
    with pytest.raises(Invalid, match="do not know"):
        duplicate_policy.change(desk, {"everything"})


def test_the_choice_and_the_numbers_are_told_in_sentences(versions: Desk) -> None:
    assert duplicate_policy.report(versions) == "Duplicates were not looked for yet."
    duplicate_policy.change(versions, {"erratum", "comment"})
    duplicates.run(versions)
    told = duplicate_policy.report(versions)
    assert "Kept apart although they look alike: corrections and comments." in told
    assert "preprints and conference abstracts." in told
    assert "in four records" in told
    assert "The rules joined one pair of records" in told
    assert "Of four records, one was removed as a duplicate." in told
    assert "One possible pair is not decided yet" in told


def test_nothing_kept_apart_is_told_too() -> None:
    assert duplicate_policy.sentence(()).startswith(
        "Counted as duplicates where they agree otherwise: parts"
    )
    assert "Counted" not in duplicate_policy.sentence(duplicate_policy.DEFAULT)
    assert duplicate_policy.in_words({"reply"}) == "replies"
