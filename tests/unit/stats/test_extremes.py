"""D and R: by hand, and what is missing, absent or refused."""

from math import exp, log, nan

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.extremes import extreme_differences, extreme_ratios
from evenhand.stats.ordered import OrderedCategories
from evenhand.stats.statuses import Status

Z = 1.959963984540054
FIFTHS = OrderedCategories.of(range(1, 4))
ENDS = {"groups": FIFTHS.labels, "group": FIFTHS.last, "reference": FIFTHS.first}
BOTH = [extreme_differences, extreme_ratios]


def test_both_come_out_as_worked_by_hand() -> None:
    """5 - 2 = 3 with √(0.4² + 0.3²) = 0.5; 5/2 with √((0.4/5)² + (0.3/2)²) = √0.0289 = 0.17."""
    value, se = [2.0, 9.0, 5.0], [0.3, 7.0, 0.4]
    difference = extreme_differences(value, se, [1, 1, 1], **ENDS)
    assert difference.value[0] == pytest.approx(3)
    assert difference.interval.lower[0] == pytest.approx(3 - Z * 0.5)
    assert difference.interval.upper[0] == pytest.approx(3 + Z * 0.5)
    ratio = extreme_ratios(value, se, [1, 1, 1], **ENDS)
    assert ratio.value[0] == pytest.approx(2.5)
    assert ratio.interval.lower[0] == pytest.approx(exp(log(2.5) - Z * 0.17))
    assert ratio.interval.upper[0] == pytest.approx(exp(log(2.5) + Z * 0.17))
    assert (ratio.reference, ratio.unit, ratio.groups.tolist()) == ("1", "ratio", [2])


def test_a_published_ratio_of_two_rates() -> None:
    """Stampfer M. J. et al. (1985), N. Engl. J. Med. 313, 1044-1049: 30 coronary events in 54,308.7 person-years with
    hormones, 60 in 51,477.5 without. Crude ratio 0.47; ln-standard error √(1/30 + 1/60) = 0.2236, so 0.31 to 0.73.
    """
    people = np.array([54_308.7, 51_477.5])
    events = np.array([30.0, 60.0])
    ratio = extreme_ratios(
        events / people, np.sqrt(events) / people, people, groups=["with", "without"], group="with", reference="without"
    )
    limits = [ratio.value[0], ratio.interval.lower[0], ratio.interval.upper[0]]
    assert limits == pytest.approx([0.4739, 0.3058, 0.7346], abs=1e-4)


@pytest.mark.parametrize("measure", BOTH)
@pytest.mark.parametrize("place", [0, 2])
@pytest.mark.parametrize("column", [0, 1, 2])
def test_a_missing_number_of_either_group_is_missing_and_of_a_third_is_not(
    measure: object, place: int, column: int
) -> None:
    columns = [np.array([[2.0, 9.0, 5.0]] * 3), np.full((3, 3), 0.3), np.ones((3, 3))]
    columns[column][0, place] = nan
    columns[column][1, 1] = nan
    summary = measure(*columns, **ENDS)
    assert summary.status.tolist() == [Status.MISSING_INPUT, Status.GIVEN, Status.GIVEN]
    assert np.isnan(summary.value).tolist() == [True, False, False]
    assert np.isnan(summary.interval.lower).tolist() == [True, False, False]


@pytest.mark.parametrize("measure", BOTH)
def test_a_group_that_does_not_exist_is_said(measure: object) -> None:
    people = [[0, 1, 1], [1, 1, 0], [0, 1, 0], [1, 0, 1]]
    summary = measure(np.full((4, 3), 2.0), 0.1, people, **ENDS)
    nothing = Status.NOTHING_TO_COMPARE_WITH
    assert summary.status.tolist() == [nothing, Status.NO_POPULATION, nothing, Status.GIVEN]
    assert summary.groups.tolist() == [1, 1, 0, 2]


def test_zero_and_below_have_a_difference_and_no_ratio() -> None:
    value = [[0.0, 1.0, 5.0], [5.0, 1.0, 0.0], [-1.0, 1.0, 2.0]]
    assert extreme_differences(value, 0.1, [1, 1, 1], **ENDS).value.tolist() == [5, -5, 3]
    ratio = extreme_ratios(value, 0.1, [1, 1, 1], **ENDS)
    assert ratio.status.tolist() == [Status.NOT_DEFINED] * 3
    assert np.isnan(ratio.interval.upper).all()


@pytest.mark.parametrize("measure", BOTH)
@pytest.mark.parametrize(
    ("names", "message"),
    [
        (ENDS | {"group": "1"}, "found '1' for both"),
        (ENDS | {"reference": "9"}, "found '9'; one of 1, 2, 3 is right"),
        (ENDS | {"groups": ["1", "3"]}, "found the names 1, 3; 3 different ones are right"),
        (ENDS | {"groups": ["1", "3", "3"]}, "found the names 1, 3, 3; 3 different ones are right"),
    ],
)
def test_groups_that_are_not_there_are_refused(measure: object, names: dict[str, object], message: str) -> None:
    with pytest.raises(InputRefused, match=message):
        measure([1, 2, 3], 0.1, [1, 1, 1], **names)
