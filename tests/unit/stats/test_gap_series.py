"""The gap period by period and its slope: by hand, and where there is none."""

from math import inf, log, nan

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.gap_series import gap_series
from evenhand.stats.ratios import rate_ratios
from evenhand.stats.statuses import Status


def test_a_ratio_that_doubles_every_year_has_the_slope_of_its_logarithm() -> None:
    # 100, 200, 400 events of a against 400 of b each year, as many people: ratios ¼, ½, 1; slope ln 2, no residuals.
    # weights π(1-π)T: 0.2·0.8·500 = 80, ⅓·⅔·600 = 133.33, ½·½·800 = 200; mean year 1.29032; Σw(t - mean)² = 245.16
    # standard error 1/√245.16 = 0.06387; limits ln 2 ± 1.95996·0.06387
    series = gap_series(
        [100, 200, 400], [1_000] * 3, [400] * 3, [1_000] * 3, periods_per_year=1, reference="all others"
    )
    assert series.slope.value == pytest.approx(log(2))
    assert series.slope.interval.upper == pytest.approx(log(2) + 1.95996 * 0.06387, abs=1e-4)
    assert (series.slope.denominator, series.slope.numerator) == (pytest.approx(0.25), pytest.approx(1))
    assert (series.overdispersion, series.points) == (1.0, 3)
    assert series.slope.reference == "all others"
    assert series.words == "The ratio rises to 2.00 times itself per year (1.76 to 2.27)."
    falling = gap_series([400, 200, 100], [1_000] * 3, [400] * 3, [1_000] * 3, periods_per_year=1)
    assert falling.words.startswith("The ratio falls to 0.50 times itself per year")


def test_each_period_has_the_ratio_of_its_counts_with_the_interval() -> None:
    series = gap_series([4, 0, 5, 0], [100, 100, 0 + 100, 100], [9, 8, 0, 0], [300] * 4)
    ratio = rate_ratios([4, 0, 5, 0], [100] * 4, [9, 8, 0, 0], [300] * 4)
    np.testing.assert_array_equal(series.ratio.interval.upper, ratio.interval.upper)
    np.testing.assert_allclose(series.log_ratio.value, [log(4 / 3), -inf, inf, nan])
    np.testing.assert_allclose(series.log_ratio.interval.lower[:2], [log(ratio.interval.lower[0]), -inf])
    assert series.log_ratio.status.tolist() == [0, 0, 0, Status.NOT_DEFINED]


def test_over_dispersion_widens_the_single_periods() -> None:
    plain = gap_series([40, 50, 60], [1_000] * 3, [90] * 3, [3_000] * 3)
    wide = gap_series([40, 50, 60], [1_000] * 3, [90] * 3, [3_000] * 3, overdispersion_a=2.0, overdispersion_b=2.0)
    assert (wide.log_ratio.interval.upper > plain.log_ratio.interval.upper).all()
    np.testing.assert_allclose(wide.log_ratio.value, plain.log_ratio.value)
    assert wide.slope == plain.slope


def test_months_without_events_people_or_numbers_are_passed_over() -> None:
    whole = gap_series([10, 14, 18, 22], [100] * 4, [20] * 4, [300] * 4, years=[2020, 2021, 2022, 2024])
    gaps = gap_series(
        [10, 14, nan, 18, 0, 0, 22],
        [100, 100, 100, 100, 100, 0, 100],
        [20, 20, 20, 20, 0, 20, 20],
        [300] * 7,
        years=[2020, 2021, 2021.5, 2022, 2022.5, 2023, 2024],
    )
    assert gaps.slope == whole.slope
    assert gaps.points == 4


def test_where_there_is_no_slope_it_says_why() -> None:
    few = gap_series([1, 2], [100] * 2, [3, 4], [100] * 2)
    assert few.slope.status is Status.TOO_FEW_POINTS
    assert few.words == "No slope of the gap: fewer points than the method needs."
    none = gap_series([0] * 5, [100] * 5, [3] * 5, [100] * 5)
    assert none.slope.status is Status.NO_EVENTS
    apart = gap_series([0] * 6 + [5] * 6, [100] * 12, [5] * 6 + [0] * 6, [100] * 12)
    assert apart.slope.status is Status.NOT_DEFINED
    assert np.isnan(apart.slope.value)
    touching = gap_series([0, 3, 3], [100] * 3, [1, 1, 0], [100] * 3, periods_per_year=1)
    assert touching.slope.status is Status.NOT_DEFINED
    assert np.isnan(apart.overdispersion)
    empty = gap_series([], [], [], [])
    assert (empty.slope.status, empty.points) == (Status.TOO_FEW_POINTS, 0)


def test_no_change_is_said_to_be_none_that_can_be_told_from_chance() -> None:
    series = gap_series([10, 12, 9, 11], [100] * 4, [20, 19, 22, 20], [300] * 4)
    assert series.words.startswith("No steady change of the ratio that can be told from chance: ")


def test_a_steep_slope_is_found_without_overshooting() -> None:
    """From one in 400 of the events to all but one in 400, within two years."""
    a = [1, 5, 40, 200, 360, 395, 399]
    series = gap_series(a, [1_000] * 7, [400 - one for one in a], [1_000] * 7, periods_per_year=3)
    assert series.slope.status is Status.GIVEN
    assert 5 < series.slope.value < 8


def test_for_proportions_that_everybody_has_the_chance_shrinks() -> None:
    people = [200] * 4
    shares = gap_series(
        [150, 160, 155, 165], people, [190, 195, 192, 194], people, proportions=True, periods_per_year=1
    )
    rates = gap_series([150, 160, 155, 165], people, [190, 195, 192, 194], people, periods_per_year=1)
    assert shares.slope.value == pytest.approx(rates.slope.value)
    assert shares.slope.interval.upper < rates.slope.interval.upper
    certain = gap_series([200] * 4, people, [200] * 4, people, proportions=True)
    assert certain.slope.interval.lower == pytest.approx(0)
    assert certain.slope.interval.upper == pytest.approx(0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"years": [1, 2]}, "years: found the shape"),
        ({"years": [1, 3, 2]}, "years: found one"),
        ({"years": [1, 2, nan]}, "years: found one"),
        ({"periods_per_year": 0}, "periods_per_year: found 0"),
        ({"confidence": 95}, "confidence: found 95"),
    ],
)
def test_wrong_arguments_are_refused(arguments: dict[str, object], said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        gap_series([1, 2, 3], [10] * 3, [4, 5, 6], [10] * 3, **arguments)  # type: ignore[arg-type]  # several kinds


def test_a_table_is_refused() -> None:
    with pytest.raises(InputRefused, match="2 dimensions"):
        gap_series([[1, 2]], [[3, 4]], [[1, 2]], [[3, 4]])
