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
        (["17.01.2014"], "2014-01-17"),
        (["17/1/2014"], "2014-01-17"),
        (["3. 4. 2014"], "2014-04-03"),
        (["01/17/2014"], "2014-01-17"),
        (["17-01-2014"], "2014-01-17"),
        (["01/04/2014-05/04/2014"], "2014-04-01"),
        (["2014-04-01/2014-05-02"], "2014-04-01"),
        (["04/2014"], "2014-04"),
        (["31.02.2014"], "2014-02"),
        (["13.13.2014"], "2014"),
        (["17. Januar 2014"], "2014-01-17"),
        (["März 2014"], "2014-03"),
        (["1er février 2010"], "2010-02-01"),
        (["14 août 2019"], "2019-08-14"),
        (["17 de enero de 2014"], "2014-01-17"),
        (["set. 2019"], "2019-09"),
        (["set./out. 2019"], "2019"),
        (["5 maggio 2012"], "2012-05-05"),
        (["mrt 2012"], "2012-03"),
        (["12 октября 2011"], "2011-10-12"),
        (["października 2015"], "2015-10"),
        (["2014年3月14日"], "2014-03-14"),
        (["2014년 3월"], "2014-03"),
        (["15/Jan/2014"], "2014-01-15"),
        (["Winter 2007"], "2007"),
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


def test_a_day_that_may_be_a_month_is_left_out_where_it_must_not_be_guessed() -> None:
    assert dates.without_doubt("3/4/2024") == "2024"
    same = ("24/1/2024", "1/24/2024", "4/4/2024", "3.4.2024", "2024/03/04", "Mar 2024", "")
    for text in same:
        assert dates.date([dates.without_doubt(text)]) == dates.date([text])
