import random
from concurrent.futures import ProcessPoolExecutor
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence import deduplication
from evidence.citations.record import Name, Reference
from evidence.deduplication import Band, DedupeResult, PairAnswer, PairDecision
from evidence.errors import Invalid

WORDS = [f"{a}{b}" for a in ("care", "cash", "peer") for b in ("ful", "ing", "less", "ly")]
NOUNS = [f"{a}{b}" for a in ("join", "stream", "view", "log") for b in ("s", "ing", "er")]
FEW = settings(max_examples=30)


def _works(count: int, seed: int) -> list[Reference]:
    """Invented records: some works once, some several times with small differences."""
    rnd = random.Random(seed)  # noqa: S311 - no secret
    records = []
    for number in range(count):
        title = " ".join(rnd.sample(WORDS, 7)) + f" study {rnd.choice('abcdefgh')}"
        work = Reference(
            title=title,
            authors=(Name(rnd.choice(["Ito", "Low", "Haas", "Quist"]), "K."),),
            year=rnd.randint(2000, 2004),
            journal=rnd.choice(["Rural Care", "Clinic Letters", ""]),
            volume=str(number % 5),
            pages=rnd.choice(["", f"{number}-{number + 9}"]),
        )
        records += [work] * rnd.choice([1, 1, 2, 3])
    return records


def _groups(result: DedupeResult) -> set[frozenset[int]]:
    return {frozenset(group) for group in result.groups}


@FEW
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_change_the_groups(seed: int, rnd: random.Random) -> None:
    records = _works(12, seed)
    ids = list(range(len(records)))
    order = rnd.sample(ids, len(ids))

    straight = deduplication.find(records, ids=ids)
    shuffled = deduplication.find([records[at] for at in order], ids=order)

    assert _groups(straight) == _groups(shuffled)


@FEW
@given(st.integers(0, 10_000))
def test_running_again_with_the_earlier_verdicts_changes_nothing(seed: int) -> None:
    records = _works(12, seed)
    ids = range(len(records))

    first = deduplication.find(records, ids=ids)
    again = deduplication.find(records, ids=ids, new=[], earlier=first.verdicts)

    assert again.groups == first.groups
    assert set(again.verdicts) == set(first.verdicts)
    assert again.considered == 0


@FEW
@given(st.integers(0, 10_000), st.data())
def test_a_split_survives_every_later_run(seed: int, data: st.DataObject) -> None:
    records = _works(12, seed)
    ids = range(len(records))
    a, b = data.draw(st.sampled_from(list(combinations(ids, 2))))
    decided = [PairDecision(a, b, PairAnswer.DIFFERENT)]

    once = deduplication.find(records, ids=ids, decisions=decided)
    again = deduplication.find(records, ids=ids, decisions=decided, new=[], earlier=once.verdicts)

    for result in (once, again):
        assert not any({a, b} <= group for group in _groups(result))
        assert not any({v.a, v.b} == {a, b} for v in result.verdicts)


@FEW
@given(st.integers(0, 10_000), st.data())
def test_a_person_joins_any_two_records(seed: int, data: st.DataObject) -> None:
    records = _works(8, seed)
    ids = range(len(records))
    a, b = data.draw(st.sampled_from(list(combinations(ids, 2))))

    result = deduplication.find(records, ids=ids, decisions=[PairDecision(a, b, PairAnswer.SAME)])

    assert any({a, b} <= group for group in _groups(result))


@FEW
@given(st.integers(0, 10_000), st.integers(1, 10))
def test_new_records_are_compared_with_those_that_were_there(seed: int, later: int) -> None:
    records = _works(10, seed)
    ids = list(range(len(records)))
    old, new = ids[:-later], ids[-later:]

    first = deduplication.find([records[at] for at in old], ids=old)
    second = deduplication.find(records, ids=ids, new=new, earlier=first.verdicts)

    assert _groups(second) == _groups(deduplication.find(records, ids=ids))
    assert second.considered <= len(new) * len(ids)


def test_a_person_parts_along_a_chain() -> None:
    record = Reference(title="Care in remote mountain areas", year=2001, authors=(Name("Ito"),))

    result = deduplication.find(
        [record] * 3, ids=[1, 2, 3], decisions=[PairDecision(1, 3, PairAnswer.DIFFERENT)]
    )

    assert len(result.groups) == 1
    assert not {1, 3} <= set(result.groups[0])


def test_decisions_about_records_that_are_gone_are_ignored() -> None:
    records = [Reference(title="Care")]

    assert (
        deduplication.find(records, ids=[7], decisions=[PairDecision(7, 8, PairAnswer.SAME)]).groups
        == ()
    )


def test_work_over_an_executor_gives_the_same_result() -> None:
    records = _works(40, 3)
    ids = range(len(records))

    with ProcessPoolExecutor(2) as pool:
        spread = deduplication.find(records, ids=ids, executor=pool)

    assert spread == deduplication.find(records, ids=ids)


def test_progress_rises_to_one() -> None:
    told: list[tuple[float, str]] = []

    def tell(share: float, step: str) -> None:
        told.append((share, step))

    records = _works(5, 1)
    deduplication.find(records, ids=range(len(records)), progress=tell)

    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert all(step for _, step in told)


def test_ids_that_do_not_fit_the_records_are_refused() -> None:
    with pytest.raises(Invalid, match="2 records and 1 different ids"):
        deduplication.find([Reference(), Reference()], ids=[1, 1])


def test_no_records() -> None:
    assert deduplication.find([], ids=[]) == DedupeResult(groups=(), verdicts=(), considered=0)


ODD = {
    "no title": Reference(authors=(Name("Ito", "K."),), year=2001, journal="Rural Care"),
    "no year": Reference(title="Care in remote areas", authors=(Name("Ito", "K."),)),
    "no authors": Reference(title="Care in remote areas", year=2001),
    "all capitals": Reference(title="PRICES OF MAIZE", authors=(Name("LOW", "T."),), year=1999),
    "not Latin": Reference(title="遠隔地のケア", authors=(Name("伊藤", "健"),), year=2001),
    "many authors": Reference(
        title="Masses of particles", authors=tuple(Name(f"N{n}", "A.") for n in range(3_000))
    ),
    "fields swapped": Reference(
        title="Ito, K.; Low, T.", authors=(Name("Care in remote areas"),), journal="2001", year=None
    ),
    "signs only": Reference(title="?!", authors=(Name("-"),), journal="...", doi="n/a"),
    "a long title": Reference(title="word " * 20_000),
    "nothing": Reference(),
}


def test_odd_records_neither_fail_nor_join() -> None:
    result = deduplication.find(list(ODD.values()), ids=range(len(ODD)))

    names = list(ODD)
    joined = [{names[at] for at in group} for group in result.groups]
    assert joined in ([], [{"no year", "no authors"}])


@pytest.mark.parametrize("name", ODD)
def test_an_odd_record_is_the_same_as_its_copy_only_by_what_it_says(name: str) -> None:
    result = deduplication.find([ODD[name], ODD[name]], ids=[1, 2])

    titled = name not in {"no title", "signs only", "nothing", "a long title"}
    assert (not result.groups) or titled


def test_of_many_questions_between_two_groups_one_is_asked() -> None:
    here = Reference(
        title="Bids and matching efficiency in online labour markets",
        authors=(Name("Guo", "X."), Name("Gong", "J.")),
        year=2017,
        journal="Acta Informatica Nova",
    )
    there = Reference(
        title=here.title, authors=here.authors, year=2017, journal="Markets Quarterly"
    )

    result = deduplication.find([here, here, there, there], ids=[1, 2, 3, 4])

    assert _groups(result) == {frozenset({1, 2}), frozenset({3, 4})}
    assert sum(v.band is Band.POSSIBLE for v in result.verdicts) == 1


def test_two_names_of_one_container_are_learnt_from_the_set() -> None:
    titles = [" ".join(NOUNS[n : n + 6]) + f" revisited {NOUNS[-n - 1]}" for n in range(7)]
    records = [
        Reference(title=title, authors=(Name("Dietz"), Name("Okafor")), year=2003, journal=name)
        for title in titles
        for name in ("DBX Series", "Keeping of Facts")
    ]

    result = deduplication.find(records, ids=range(len(records)))

    assert len(result.groups) == len(titles)
    joined = {v.reason for v in result.verdicts if v.band is deduplication.Band.SAME}
    assert joined == {"same-journal-in-this-set"}


def test_pairs_that_differ_in_more_are_joined_under_a_learnt_name() -> None:
    titles = [" ".join(NOUNS[n : n + 6]) + f" revisited {NOUNS[-n - 1]}" for n in range(6)]
    people = (Name("Dietz"), Name("Okafor"))
    one, other = "DBX Series", "Keeping of Facts"
    records = [
        Reference(title=title, authors=people, year=2003, journal=name)
        for title in titles
        for name in (one, other)
    ]
    lone = [
        Reference(title="Cost models for late streams", authors=people, year=2003, journal=one),
        Reference(title="Cost models for late streams", year=2003, journal=other),
    ]

    alone = deduplication.find(lone, ids=range(2))
    among = deduplication.find([*records, *lone], ids=range(len(records) + 2))

    assert alone.groups == ()
    assert (len(records), len(records) + 1) in among.groups


def test_titles_that_are_missing_glue_no_issue_together() -> None:
    place = {"journal": "Systems Letters", "year": 2002, "volume": "11", "issue": "1"}
    titled = [
        Reference(title=title, authors=(Name(name),), **place)  # type: ignore[arg-type]
        for title, name in (
            ("Cycles in the introduction of software", "Ito"),
            ("Trust between strangers on rental platforms", "Low"),
            ("Cost models for late streams", "Haas"),
        )
    ]
    bare = [Reference(authors=(Name(name),), **place) for name in ("Ito", "Low", "Haas", "Ito")]  # type: ignore[arg-type]

    records = [*titled, *bare, Reference(**place)]  # type: ignore[arg-type]

    assert deduplication.find(records, ids=range(len(records))).groups == ()


def test_a_record_without_title_joins_no_two_titles_on_one_page() -> None:
    place = {"journal": "J", "year": 2002, "volume": "11", "pages": "35-38", "doi": ""}
    people = (Name("Ito"), Name("Low"))
    first, second, bare = (
        Reference(title=title, authors=people, issue=issue, **place)  # type: ignore[arg-type]
        for title, issue in (
            ("Cycles in the introduction of software", "1"),
            ("Trust between strangers on rental platforms", "2"),
            ("", ""),
        )
    )

    groups = deduplication.find([first, second, bare], ids=range(3)).groups

    assert not any({0, 1} <= set(group) for group in groups)


def test_what_a_person_parted_stays_apart_when_a_record_like_both_comes() -> None:
    record = Reference(title="Care in remote mountain areas", year=2001, authors=(Name("Ito"),))
    decided = [PairDecision(1, 2, PairAnswer.DIFFERENT)]

    first = deduplication.find([record] * 2, ids=[1, 2], decisions=decided)
    later = deduplication.find(
        [record] * 3, ids=[1, 2, 3], decisions=decided, new=[3], earlier=first.verdicts
    )

    assert first.groups == ()
    assert [len(group) for group in later.groups] == [2]
    assert 3 in later.groups[0]


def test_what_a_person_joined_stays_joined_when_new_records_come() -> None:
    one = Reference(title="Care in remote mountain areas", year=2001, authors=(Name("Ito"),))
    other = Reference(title="Prices of maize and of rice", year=1999, authors=(Name("Low"),))
    decided = [PairDecision(1, 2, PairAnswer.SAME)]

    first = deduplication.find([one, other], ids=[1, 2], decisions=decided)
    later = deduplication.find(
        [one, other, one], ids=[1, 2, 3], decisions=decided, new=[3], earlier=first.verdicts
    )

    assert first.groups == ((1, 2),)
    assert later.groups == ((1, 2, 3),)
