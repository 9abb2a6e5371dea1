"""Whatever the day, at most one version of a definition is in force, and none when none should be."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from evenhand.indicators import Denominator, Direction, Indicator, Numerator, Source, Statistic, Version

START = date(2000, 1, 1)


def version(first: date, last: date | None) -> Version:
    return Version(
        valid_from=first,
        valid_to=last,
        statistic=Statistic.RATE,
        per=1_000,
        unit="per 1,000 people",
        out_of="people",
        numerator=Numerator(measure="searches", counts="search", description="Searches.", person_counted_once=False),
        denominator=Denominator(description="People.", population="census_2021"),
        source=Source(title="A table", publisher="A publisher", licence="OGL"),
    )


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[date, date | None]]:
    """Spans of days in order, with or without gaps, the last one perhaps without an end."""
    spans: list[tuple[date, date | None]] = []
    day = START
    for _ in range(draw(st.integers(1, 5))):
        first = day + timedelta(draw(st.integers(0, 3)))
        last = first + timedelta(draw(st.integers(0, 3)))
        spans.append((first, last))
        day = last + timedelta(1)
    if draw(st.booleans()):
        spans[-1] = (spans[-1][0], None)
    return spans


@given(histories(), st.integers(-5, 50))
def test_the_version_in_force_is_the_one_whose_days_hold_the_day(spans: list, days: int) -> None:
    indicator = Indicator(
        id="stop_and_search",
        title="Stop and search",
        question="How often?",
        domain="justice",
        direction=Direction.LOWER_IS_BETTER,
        rationale="It matters.",
        versions=tuple(version(*span) for span in spans),
    )
    day = START + timedelta(days)
    holding = [first for first, last in spans if first <= day and (last is None or day <= last)]
    assert len(holding) <= 1
    found = indicator.on(day)
    assert ([] if found is None else [found.valid_from]) == holding
