import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.citations import dates


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["2006"], "2006"),
        (["1948/07//"], "1948-07"),
        (["2019/08/23"], "2019-08-23"),
        (["2024-02-01"], "2024-02-01"),
        (["Start date: 20170812"], "2017-08-12"),
        (["2020", "4-8 Aug. 2020"], "2020-08"),
        (["2010", "OCT 21"], "2010-10-21"),
        (["1999", "1999/08//undefined"], "1999-08"),
        (["2018///Mar/Apr"], "2018"),
        (["2016", "JUL-DEC"], "2016"),
        (["1990", "1990/00"], "1990"),
        (["2012-August-08"], "2012-08-08"),
        (["DEC 16 2020"], "2020-12-16"),
        (["15 March 2020"], "2020-03-15"),
        (["March 1st, 2020"], "2020-03-01"),
        (["2021a"], "2021"),
        (["2023/02/31"], "2023-02"),
        (["2019", "2020/05/01"], "2019"),
        (["2024///"], "2024"),
        (["", "2001"], "2001"),
        (["888"], ""),
        (["10 15"], ""),
        (["in press"], ""),
        ([], ""),
    ],
)
def test_a_date_is_as_exact_as_the_source(texts: list[str], expected: str) -> None:
    assert dates.date(texts) == expected


def test_the_year_of_a_date_and_of_a_text() -> None:
    assert dates.year("2006-03-14") == 2006
    assert dates.year("spring of 2006") == 2006
    assert dates.year("12345") is None
    assert dates.year("") is None


@given(st.lists(st.text(max_size=30), max_size=4))
def test_a_date_is_well_formed_whatever_the_texts(texts: list[str]) -> None:
    found = dates.date(texts)
    assert [len(part) for part in found.split("-")] in ([0], [4], [4, 2], [4, 2, 2])
