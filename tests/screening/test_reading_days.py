"""Works day by day: sums lose nothing, whoever is put together."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from evidence.screening.reading_days import DayRead, sums_by_person, together

FIRST = date(2026, 11, 1)
DAYS = st.dictionaries(
    st.tuples(st.sampled_from("ABCDEFGH"), st.integers(0, 30)), st.integers(1, 99), max_size=40
).map(
    lambda works: [
        DayRead(person=person, day=FIRST + timedelta(days=day), works=number)
        for (person, day), number in works.items()
    ]
)


@given(DAYS)
def test_sums_rise_day_by_day_to_all_that_a_person_read(days: list[DayRead]) -> None:
    sums = sums_by_person(days)
    ends = []
    for person, steps in sums.items():
        assert [day for day, _ in steps] == sorted({d.day for d in days if d.person == person})
        assert [number for _, number in steps] == sorted(number for _, number in steps)
        ends.append(steps[-1][1])
        assert ends[-1] == sum(each.works for each in days if each.person == person)
    assert ends == sorted(ends, reverse=True)


@given(DAYS)
def test_people_together_read_what_they_read_apart(days: list[DayRead]) -> None:
    joined = together(days, "All")
    assert sum(each.works for each in joined) == sum(each.works for each in days)
    assert len({each.day for each in joined}) == len(joined)
