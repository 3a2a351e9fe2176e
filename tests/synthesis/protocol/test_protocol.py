"""Versions of a protocol say what they change; waves of searches say what each gave new."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from evidence.synthesis.protocol.protocol import (
    PartDifference,
    Protocol,
    ProtocolSearch,
    differences,
    protocol_from,
    protocol_json,
)
from evidence.synthesis.protocol.search_waves import (
    WaveSearch,
    doubts,
    search_waves,
    wave_numbers,
)

FIRST = Protocol(
    title="Gardens and work",
    definitions="Garden: any plot.\nWork: paid work.",
    criteria=("People who want work", "Any country"),
    searches=(ProtocolSearch(name="PsycINFO", platform="Ovid", strategy="1. garden*\n2. work*"),),
)


def test_differences_are_told_part_by_part_and_line_by_line() -> None:
    narrower = replace(
        FIRST,
        definitions="Garden: any plot.\nWork: paid work of any hours.",
        criteria=("People who want work",),
        searches=(*FIRST.searches, ProtocolSearch(name="ERIC", wave="Update 1")),
    )
    assert differences(FIRST, narrower) == (
        PartDifference(
            part="Definitions", gone=("Work: paid work.",), new=("Work: paid work of any hours.",)
        ),
        PartDifference(part="Criteria", gone=("Any country",), new=()),
        PartDifference(part="Searches", gone=(), new=("ERIC; Update 1",)),
    )
    assert differences(FIRST, FIRST) == ()


LINES = st.text(alphabet="ab\n ", max_size=8)
PROTOCOLS = st.builds(
    Protocol,
    title=LINES,
    definitions=LINES,
    criteria=st.lists(LINES, max_size=3).map(tuple),
    searches=st.lists(st.builds(ProtocolSearch, name=LINES, strategy=LINES), max_size=2).map(tuple),
)


@given(PROTOCOLS)
def test_a_protocol_comes_back_as_it_was_kept(protocol: Protocol) -> None:
    assert protocol_from(protocol_json(protocol)) == protocol


OVID = WaveSearch(id=1, name="PsycINFO", searched="2020-01-05")
ERIC = WaveSearch(id=2, name="ERIC", searched="2020-02")
AGAIN = WaveSearch(id=3, name="PsycINFO again", searched="2022-03-01", update_of=1)
LATE = WaveSearch(id=4, name="Web of Science", searched="2022-03-02", chosen=2)
NOTHING = WaveSearch(id=5, name="Trove", searched="2020-01-06", is_imported=False)


def test_each_wave_says_what_it_gave_new() -> None:
    searches = (OVID, ERIC, AGAIN, LATE, NOTHING)
    records = [(1, 10), (1, 11), (2, 11), (3, 11), (3, 12), (4, 12), (4, 13)]
    first, second = search_waves(searches, records, {11, 12}, [(100, 11), (100, 12), (101, 12)])
    assert (first.name, first.days, first.records) == ("First searches", "2020-01-05 to 2020-02", 3)
    assert (first.new_works, first.known_works, first.new_included) == (2, 0, 1)
    assert first.without_records == ("Trove",)
    assert (second.name, second.searches, second.records) == ("Update 1", (3, 4), 4)
    assert (second.new_works, second.known_works, second.new_included) == (2, 1, 1)
    assert (first.new_studies, second.new_studies) == (1, 1)


def test_waves_follow_from_updates_unless_somebody_says_otherwise() -> None:
    third = WaveSearch(id=6, name="PsycINFO once more", update_of=3)
    assert wave_numbers((OVID, AGAIN, LATE, third)) == {1: 1, 3: 2, 4: 2, 6: 3}
    ring = (replace(OVID, update_of=3), AGAIN)
    assert set(wave_numbers(ring)) == {1, 3}
    assert list(doubts((OVID, replace(AGAIN, chosen=1, searched="2019")))) == [
        "“PsycINFO again” brings “PsycINFO” up to date, but belongs to no later wave.",
        (
            "“PsycINFO again” brings “PsycINFO” up to date, but was searched earlier "
            "(2019, 2020-01-05)."
        ),
    ]
    assert list(doubts((replace(OVID, searched=""),))) == ["1 search has no day."]


SEARCHES = st.lists(
    st.tuples(st.none() | st.integers(1, 6), st.none() | st.integers(1, 3)), min_size=1, max_size=6
).map(
    lambda pairs: tuple(
        WaveSearch(id=id_, name=f"S{id_}", update_of=earlier, chosen=wave)
        for id_, (earlier, wave) in enumerate(pairs, start=1)
    )
)


@given(SEARCHES, st.lists(st.tuples(st.integers(1, 6), st.integers(1, 9))))
def test_every_record_and_work_is_counted_once(
    searches: tuple[WaveSearch, ...], pairs: list[tuple[int, int]]
) -> None:
    records = [(search, work) for search, work in pairs if search <= len(searches)]
    works = {work for _, work in records}
    waves = search_waves(searches, records, works, [(work, work) for work in works])
    assert sum(wave.records for wave in waves) == len(records)
    assert sum(wave.new_works for wave in waves) == len(works)
    assert sum(wave.new_included for wave in waves) == sum(w.new_studies for w in waves)
    assert sorted(each for wave in waves for each in wave.searches) == [s.id for s in searches]
