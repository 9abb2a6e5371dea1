"""The change in a gap: by hand, as published, and at zeros, gaps in the data and verdicts of every kind."""

from math import exp, inf, log, nan

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.estimates import RATIO, Estimates
from evenhand.stats.gap_over_time import LOG_RATIO, GapVerdict, change_in_gap, change_of_ratios
from evenhand.stats.intervals import IntervalArray
from evenhand.stats.statuses import Status


def test_two_ratios_come_out_as_worked_by_hand() -> None:
    # 40/1000 against 100/5000 is 2; 60/1200 against 90/5000 is 2.7778; Δ = ln 1.38889 = 0.3285
    # Byar: 40 (28.57, 54.47), 100 (81.36, 121.63), 60 (45.78, 77.23), 90 (72.37, 110.63)
    # ln RR₁: below √(0.3365² + 0.1958²) = 0.3893, above √(0.3088² + 0.2063²) = 0.3714
    # ln RR₂: below √(0.2705² + 0.2064²) = 0.3402, above √(0.2525² + 0.2180²) = 0.3336
    # L = 0.3285 - √(0.3402² + 0.3714²) = -0.1752,  U = 0.3285 + √(0.3336² + 0.3893²) = 0.8412
    (change,) = change_in_gap(40, 1_000, 100, 5_000, 60, 1_200, 90, 5_000, reference="White British")
    assert change.log_change.value == pytest.approx(0.3285, abs=1e-4)
    assert change.log_change.interval.lower == pytest.approx(-0.1752, abs=2e-4)
    assert change.log_change.interval.upper == pytest.approx(0.8412, abs=2e-4)
    assert change.ratio_of_ratios.value == pytest.approx(25 / 18)
    assert change.ratio_of_ratios.interval.upper == pytest.approx(exp(0.8412), abs=1e-3)
    assert (change.before.value, change.after.value) == (pytest.approx(2), pytest.approx(2.7778, abs=1e-4))
    assert (change.log_change.unit, change.ratio_of_ratios.unit) == (LOG_RATIO, RATIO)
    assert change.log_change.reference == change.ratio_of_ratios.reference == "White British"
    assert change.verdict is GapVerdict.TOO_SMALL_TO_SEE
    assert change.below_detectable
    assert change.words == (
        "No change that can be told from chance with these numbers. The ratio went from 2.00 to 2.78, 1.39 times what "
        "it was (0.84 to 2.32). Numbers like these would show a ratio that falls to 0.49 times, or rises to 2.04 "
        "times, what it was."
    )


def _published(value: float, lower: float, upper: float) -> Estimates:
    array = np.array([value])
    return Estimates(
        value=array,
        interval=IntervalArray(np.array([lower]), np.array([upper])),
        numerator=array,
        denominator=array,
        unit=RATIO,
        confidence=0.95,
        method="published",
        status=np.zeros(1, dtype=np.uint8),
    )


def test_two_published_relative_risks_have_the_published_interaction() -> None:
    """Altman D. G. and Bland J. M. (2003), BMJ 326, 219: 0.67 (0.46 to 0.98) against 0.88 (0.71 to 1.08) is 0.76 times
    as large (0.49 to 1.17). They take symmetric errors from limits of two digits; so the limits agree to 0.01."""
    change = change_of_ratios(_published(0.88, 0.71, 1.08), _published(0.67, 0.46, 0.98))
    assert round(exp(change.value[0]), 2) == 0.76
    assert exp(change.interval.lower[0]) == pytest.approx(0.49, abs=0.011)
    assert exp(change.interval.upper[0]) == pytest.approx(1.17, abs=0.011)


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        ((400, 200), (250, 200), GapVerdict.NARROWED),
        ((250, 200), (400, 200), GapVerdict.WIDENED),
        ((200, 400), (200, 250), GapVerdict.NARROWED),
        ((200, 250), (200, 400), GapVerdict.WIDENED),
        ((260, 200), (200, 400), GapVerdict.TURNED),
        ((600, 200), (180, 200), GapVerdict.NARROWED),
        ((200, 200), (400, 200), GapVerdict.WIDENED),
        ((200, 200), (210, 200), GapVerdict.TOO_SMALL_TO_SEE),
        ((0, 0), (200, 200), GapVerdict.NOT_KNOWN),
        ((nan, 200), (200, 200), GapVerdict.NOT_KNOWN),
        ((60, 200), (0, 200), GapVerdict.WIDENED),
    ],
)
def test_the_verdict_goes_by_the_distance_from_equality(
    before: tuple[float, float], after: tuple[float, float], verdict: GapVerdict
) -> None:
    cells = [number for count in (*before, *after) for number in (count, 10_000)]
    (change,) = change_in_gap(*cells)
    assert change.verdict is verdict
    assert change.words.startswith(verdict.words[0].upper() + verdict.words[1:])


def test_zeros_have_one_limit() -> None:
    """None in the group after some: Δ is -∞ and the upper limit holds; none in the comparator before: the same."""
    fell = change_in_gap(30, 1_000, 100, 5_000, 0, 1_000, 100, 5_000).log_change
    assert (fell.value[0], fell.interval.lower[0]) == (-inf, -inf)
    # RR₂ below u = 3.689/1000/(100/5000 and its limits); RR₁ = 1.5 with the lower limit of a ratio on its own scale
    assert fell.interval.upper[0] < log(0.5)
    rose = change_in_gap(0, 1_000, 100, 5_000, 30, 1_000, 100, 5_000).log_change
    assert (rose.value[0], rose.interval.upper[0]) == (inf, inf)
    assert rose.interval.lower[0] == pytest.approx(-fell.interval.upper[0])
    no_comparator = change_in_gap(30, 1_000, 0, 5_000, 30, 1_000, 100, 5_000).log_change
    assert no_comparator.value[0] == -inf
    assert no_comparator.interval.upper[0] < 0
    both = change_in_gap(30, 1_000, 0, 5_000, 0, 1_000, 100, 5_000).log_change
    assert both.interval.upper[0] < no_comparator.interval.upper[0]


def test_what_cannot_be_known_has_a_reason_and_leaves_the_others_alone() -> None:
    changes = change_in_gap(
        [40, 0, nan, 0, 0],
        [1_000, 1_000, 1_000, 0, 1_000],
        [100, 0, 100, 100, 100],
        5_000,
        [60, 60, 60, 60, 0],
        1_200,
        90,
        5_000,
    )
    statuses = [Status.GIVEN, Status.NOT_DEFINED, Status.MISSING_INPUT, Status.NO_POPULATION, Status.NOT_DEFINED]
    assert changes.log_change.status.tolist() == statuses
    assert changes.ratio_of_ratios.status.tolist() == statuses
    assert changes.log_change.value[0] == pytest.approx(0.3285, abs=1e-4)
    assert np.isnan(changes.log_change.value[1:]).all()
    assert len(changes) == 5


def test_an_over_dispersion_that_is_not_known_makes_the_change_not_known() -> None:
    (change,) = change_in_gap(40, 1_000, 100, 5_000, 60, 1_200, 90, 5_000, overdispersion_a=nan)
    assert change.verdict is GapVerdict.NOT_KNOWN
    assert change.log_change.status is Status.MISSING_INPUT


def test_over_dispersion_widens_large_counts_by_its_root() -> None:
    cells = (4_000, 1e6, 9_000, 5e6, 4_100, 1e6, 9_000, 5e6)
    chance, twice = (
        change_in_gap(*cells).log_change,
        change_in_gap(*cells, overdispersion_a=4, overdispersion_b=4).log_change,
    )
    widths = [one.interval.upper[0] - one.interval.lower[0] for one in (chance, twice)]
    assert widths[1] / widths[0] == pytest.approx(2, rel=5e-3)


def test_an_over_dispersion_far_above_the_counts_leaves_no_limits_and_warns_of_nothing() -> None:
    (change,) = change_in_gap(1, 1_000, 100, 5_000, 0, 1_200, 90, 5_000, overdispersion_a=5_000)
    assert change.verdict is GapVerdict.TOO_SMALL_TO_SEE
    assert change.log_change.interval.upper > 5


def test_a_seen_change_larger_than_the_smallest_detectable_is_not_below_it() -> None:
    (change,) = change_in_gap(400, 10_000, 200, 10_000, 150, 10_000, 200, 10_000)
    assert not change.below_detectable
    assert change.verdict is GapVerdict.NARROWED


def test_proportions_have_wilson_limits() -> None:
    as_rates = change_in_gap(40, 100, 100, 500, 60, 120, 90, 500)
    as_shares = change_in_gap(40, 100, 100, 500, 60, 120, 90, 500, proportions=True)
    assert "Wilson" in as_shares.log_change.method
    assert "Byar" in as_rates.log_change.method
    assert as_shares.log_change.interval.lower[0] > as_rates.log_change.interval.lower[0]
    assert as_shares.smallest_detectable.log_fall[0] < as_rates.smallest_detectable.log_fall[0]


def test_over_dispersion_below_one_and_wrong_counts_are_refused() -> None:
    with pytest.raises(InputRefused, match=r"overdispersion: found 0\.5; 1, for chance alone"):
        change_in_gap(1, 2, 1, 2, 1, 2, 1, 2, overdispersion_a=0.5)
    with pytest.raises(InputRefused, match="a part is not larger"):
        change_in_gap(3, 2, 1, 2, 1, 2, 1, 2, proportions=True)


def test_every_verdict_has_words_of_its_own() -> None:
    assert len({verdict.words for verdict in GapVerdict}) == len(GapVerdict)
