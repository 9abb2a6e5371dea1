from datetime import date

import pytest

from evenhand.datasets.observations import Period
from evenhand.datasets.published.mapping import DateStyle, PeriodRule, PeriodStyle
from evenhand.datasets.published.periods import period_from_placeholders, read_day, read_days, read_period
from evenhand.errors import InputRefused

YEAR_2023 = Period(date(2023, 4, 1), date(2024, 3, 31))


def rule(style, **changes):
    return PeriodRule(style=style, **{"column": "When", **changes})


@pytest.mark.parametrize("text", ["2023/24", "2023-24", "2023/2024", "2023 - 24", "2023–24"])
def test_a_financial_year_runs_from_april_to_march_however_it_is_written(text):
    assert read_period(text, rule(PeriodStyle.FINANCIAL_YEAR), where="") == YEAR_2023


def test_the_year_after_1999_is_2000():
    assert read_period("1999/00", rule(PeriodStyle.FINANCIAL_YEAR), where="").end == date(2000, 3, 31)


def test_school_years_and_calendar_years():
    assert read_period("2015/16", rule(PeriodStyle.ACADEMIC_YEAR), where="") == Period(
        date(2015, 9, 1), date(2016, 8, 31)
    )
    assert read_period("2016", rule(PeriodStyle.CALENDAR_YEAR), where="") == Period(
        date(2016, 1, 1), date(2016, 12, 31)
    )


@pytest.mark.parametrize("text", ["2024-02", "2024-02-29", "2024-02-01T13:10:00+00:00", "01/02/2024"])
def test_a_month_is_told_by_any_day_in_it(text):
    styles = (DateStyle.ISO, DateStyle.DAY_FIRST)
    assert read_period(text, rule(PeriodStyle.MONTH, dates=styles), where="") == Period(
        date(2024, 2, 1), date(2024, 2, 29)
    )


@pytest.mark.parametrize(
    ("style", "text"),
    [
        (PeriodStyle.FINANCIAL_YEAR, "2023/25"),
        (PeriodStyle.FINANCIAL_YEAR, "2023"),
        (PeriodStyle.FINANCIAL_YEAR, "0023/24"),
        (PeriodStyle.CALENDAR_YEAR, "2023/24"),
        (PeriodStyle.CALENDAR_YEAR, ""),
        (PeriodStyle.ACADEMIC_YEAR, "last year"),
        (PeriodStyle.MONTH, "2024-13"),
        (PeriodStyle.MONTH, "01/02/2024"),
    ],
)
def test_what_is_no_period_is_refused(style, text):
    with pytest.raises(InputRefused, match="line 7: expected a"):
        read_period(text, rule(style), where="line 7")


@pytest.mark.parametrize("text", ["2023-02-31", "31/04/2023", "0000-01-01", "1/1/24", "12/31/2021", "soon", ""])
def test_a_day_that_is_none_is_refused(text):
    with pytest.raises(InputRefused, match="expected a day written as iso or day_first"):
        read_day(text, (DateStyle.ISO, DateStyle.DAY_FIRST), where="line 7")


def test_days_may_be_written_with_the_day_first():
    assert read_day("1/9/2021", (DateStyle.ISO, DateStyle.DAY_FIRST), where="") == date(2021, 9, 1)


def test_a_period_between_two_days():
    days = rule(PeriodStyle.DAYS, end_column="Until")
    assert read_days("2024-02-01", "2024-04-30", days, where="") == Period(date(2024, 2, 1), date(2024, 4, 30))
    with pytest.raises(InputRefused, match="ends on 2024-01-31, before it starts on 2024-02-01"):
        read_days("2024-02-01", "2024-01-31", days, where="line 7")


@pytest.mark.parametrize(
    ("values", "style", "start", "end"),
    [
        ({"year": "2019"}, PeriodStyle.FINANCIAL_YEAR, date(2019, 4, 1), date(2020, 3, 31)),
        ({"ending": "16"}, PeriodStyle.ACADEMIC_YEAR, date(2015, 9, 1), date(2016, 8, 31)),
        ({"ending": "16"}, PeriodStyle.CALENDAR_YEAR, date(2016, 1, 1), date(2016, 12, 31)),
        ({"year": "2019", "month": "12"}, PeriodStyle.MONTH, date(2019, 12, 1), date(2019, 12, 31)),
    ],
)
def test_a_name_or_a_header_tells_the_period(values, style, start, end):
    assert period_from_placeholders(values, rule(style)) == Period(start, end)
