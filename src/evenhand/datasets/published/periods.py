"""When the figures of a source are about."""

import re
from calendar import monthrange
from datetime import date

from evenhand.datasets.observations import Period
from evenhand.datasets.published.mapping import DateStyle, PeriodRule, PeriodStyle
from evenhand.datasets.published.refusals import shown
from evenhand.errors import InputRefused

_YEARS = re.compile(r"((?:19|20)\d{2})\s*[-/–]\s*(\d{4}|\d{2})", re.ASCII)  # 2023/24, 2023-24, 2023/2024
_YEAR = re.compile(r"(?:19|20)\d{2}", re.ASCII)
_MONTH = re.compile(r"((?:19|20)\d{2})-(0[1-9]|1[0-2])", re.ASCII)
_ISO = re.compile(r"((?:19|20)\d{2})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}.*)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/((?:19|20)\d{2})", re.ASCII)

_EXPECTED = {
    PeriodStyle.FINANCIAL_YEAR: "a financial year such as 2023/24",
    PeriodStyle.ACADEMIC_YEAR: "a school year such as 2023/24",
    PeriodStyle.CALENDAR_YEAR: "a year such as 2023",
    PeriodStyle.MONTH: "a month such as 2023-04, or a day in it",
    PeriodStyle.DAYS: "a day such as 2023-04-01",
}


def read_period(text: str, rule: PeriodRule, *, where: str) -> Period:
    """The period that one cell tells.

    Raises:
        InputRefused: the text is no period of the rule's style, or names a day that is none.
    """
    if rule.style is PeriodStyle.MONTH:
        return _month(text, rule, where)
    if rule.style is PeriodStyle.CALENDAR_YEAR and _YEAR.fullmatch(text):
        return year_from(int(text), rule.style)
    if found := _YEARS.fullmatch(text):
        start = int(found[1])
        if int(found[2]) % 100 == (start + 1) % 100 and rule.style is not PeriodStyle.CALENDAR_YEAR:
            return year_from(start, rule.style)
    raise InputRefused(f"{where}: expected {_EXPECTED[rule.style]}, found {shown(text)}.")


def read_days(first: str, last: str, rule: PeriodRule, *, where: str) -> Period:
    """The period between two cells, both days included.

    Raises:
        InputRefused: one is no day, or the last lies before the first.
    """
    start, end = read_day(first, rule.dates, where=where), read_day(last, rule.dates, where=where)
    if end < start:
        raise InputRefused(f"{where}: the period ends on {end}, before it starts on {start}.")
    return Period(start, end)


def read_day(text: str, styles: tuple[DateStyle, ...], *, where: str) -> date:
    """One day, in the first of the styles that its form fits; a time of day after it is left aside.

    Raises:
        InputRefused: the text has none of the forms, or there is no such day (31 February).
    """
    for style in styles:
        pattern, order = (_ISO, (1, 2, 3)) if style is DateStyle.ISO else (_DAY_FIRST, (3, 2, 1))
        if found := pattern.fullmatch(text):
            year, month, day = (int(found[place]) for place in order)
            try:
                return date(year, month, day)
            except ValueError:
                break
    raise InputRefused(f"{where}: expected a day written as {' or '.join(styles)}, found {shown(text)}.")


def period_from_placeholders(values: dict[str, str], rule: PeriodRule) -> Period:
    """The period that a file's name or a column's header tells through its placeholders."""
    if "month" in values:
        return _whole_month(int(values["year"]), int(values["month"]))
    if "ending" in values:
        spans_two_years = rule.style is not PeriodStyle.CALENDAR_YEAR
        return year_from(2000 + int(values["ending"]) - spans_two_years, rule.style)
    return year_from(int(values["year"]), rule.style)


def year_from(start: int, style: PeriodStyle) -> Period:
    """The year of this style that begins in the calendar year ``start``."""
    if style is PeriodStyle.FINANCIAL_YEAR:
        return Period(date(start, 4, 1), date(start + 1, 3, 31))
    if style is PeriodStyle.ACADEMIC_YEAR:
        return Period(date(start, 9, 1), date(start + 1, 8, 31))
    return Period(date(start, 1, 1), date(start, 12, 31))


def _month(text: str, rule: PeriodRule, where: str) -> Period:
    if found := _MONTH.fullmatch(text):
        return _whole_month(int(found[1]), int(found[2]))
    day = read_day(text, rule.dates, where=where)
    return _whole_month(day.year, day.month)


def _whole_month(year: int, month: int) -> Period:
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
