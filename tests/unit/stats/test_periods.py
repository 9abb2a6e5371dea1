"""Labels of time: their order, when they are, and which are missing among them."""

from datetime import date

import pytest

from evenhand.errors import InputRefused
from evenhand.stats.periods import in_time, periods_of, years_of
from evenhand.stats.tables import Table


def labelled(*labels):
    return Table({"x": labels}).labels("x")


@pytest.mark.parametrize(
    "labels",
    [
        ("2024-01-31", "2024-02-01"),
        ("2024-01-31T10:00", "2024-01-31T11:00:30"),
        ("2023-12", "2024-01"),
        ("2022/23", "2023/24"),
        ("2023-Q4", "2024-Q1"),
        ("999", "1000"),
        ("2", "10"),
    ],
)
def test_periods_come_in_the_order_of_time(labels):
    assert in_time(labelled(*reversed(labels)), ()).names == labels


def test_periods_that_do_not_say_their_order_need_one():
    with pytest.raises(InputRefused, match="period: found labels that do not say their order; dates"):
        in_time(labelled("Mar", "Feb"), ())
    assert in_time(labelled("Mar", "Feb"), ("Feb", "Mar")).names == ("Feb", "Mar")


def test_periods_are_dates_numbers_or_names():
    assert periods_of(("2024-01-31", "2024-02-29")) == (date(2024, 1, 31), date(2024, 2, 29))
    assert periods_of(("9", "10")) == (9, 10)
    assert periods_of(("2024-01", "2024-02")) == ("2024-01", "2024-02")
    assert periods_of(("2", "1")) == ("2", "1")


@pytest.mark.parametrize(
    ("labels", "all_of_them"),
    [
        (("2023-11", "2024-02"), ("2023-11", "2023-12", "2024-01", "2024-02")),
        (("2023/12", "2024/02"), ("2023/12", "2024/01", "2024/02")),
        (("2023-Q3", "2024-Q1"), ("2023-Q3", "2023-Q4", "2024-Q1")),
        (("2019", "2022"), ("2019", "2020", "2021", "2022")),
        (("2019/20", "2021/22"), ("2019/20", "2020/21", "2021/22")),
        (("1998-99", "2000-01"), ("1998-99", "1999-00", "2000-01")),
        (("2010-11", "2011-12", "2012-01"), ("2010-11", "2010-12", *(f"2011-{n:02}" for n in range(1, 13)), "2012-01")),
        (("1", "4"), ("1", "4")),
        (("2024-01-31", "2024-03-31"), ("2024-01-31", "2024-03-31")),
    ],
)
def test_a_month_quarter_or_year_between_two_others_has_a_place(labels, all_of_them):
    found = in_time(labelled(*reversed(labels)), ())
    assert found.names == all_of_them
    assert [found.names[code] for code in found.codes] == [*reversed(labels)]


def test_a_run_without_end_is_refused():
    with pytest.raises(InputRefused, match="period: found 99,599 periods from first to last; 10,000 are enough"):
        in_time(labelled("0001-01", "8300-12"), ())


@pytest.mark.parametrize("labels", [("2024-02-31", "2024-03-01"), ("2024-13", "2024-01"), ("2024-Q1", "2024 Q2")])
def test_labels_that_are_no_periods_or_of_two_kinds_need_an_order(labels):
    with pytest.raises(InputRefused, match="found labels that do not say their order"):
        in_time(labelled(*labels), ())


@pytest.mark.parametrize(
    ("names", "years"),
    [
        (("2023-12", "2024-01"), [2023 + 11 / 12, 2024]),
        (("2023-Q4", "2024-Q1"), [2023.75, 2024]),
        (("2023", "2024"), [2023, 2024]),
        (("2023/24", "2024/25"), [2023, 2024]),
        (("2023-07-02", "2024-07-02"), [2023 + 182 / 365, 2024.5]),
        (("2024-01-01T09:00", "2024-07-02T10:30"), [2024, 2024.5]),
        (("1", "2", "4"), [0.25, 0.5, 1]),
        (("Jan", "Feb"), [0, 0.25]),
        (("3", "1"), [0, 0.25]),
        (("2024-02-31", "2024-02-30"), [0, 0.25]),
    ],
)
def test_when_each_period_was(names, years):
    assert years_of(names, periods_per_year=4).tolist() == pytest.approx(years)
