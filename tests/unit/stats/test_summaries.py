"""The shape that every summary of inequality takes its groups in."""

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.statuses import Status
from evenhand.stats.summaries import group_values


def test_shares_are_of_the_settings_population() -> None:
    groups = group_values([[0.1, 0.2, 0.3]], 0.01, [[50, 30, 20]])
    np.testing.assert_allclose(groups.share, [[0.5, 0.3, 0.2]])
    assert groups.groups.tolist() == [3]
    assert groups.status.tolist() == [Status.GIVEN]


def test_one_dimension_is_one_setting_and_one_population_serves_all_settings() -> None:
    assert group_values([0.1, 0.2], [0.01, 0.01], [1, 3]).share.tolist() == [[0.25, 0.75]]
    many = group_values([[0.1, 0.2], [0.3, 0.4]], 0, [1, 3])
    assert many.share.tolist() == [[0.25, 0.75], [0.25, 0.75]]


def test_a_group_with_a_population_of_0_is_left_out_whatever_stands_there() -> None:
    groups = group_values([[0.1, np.nan, 0.3]], [[0.01, np.nan, 0.01]], [[1, 0, 3]])
    assert groups.share.tolist() == [[0.25, 0, 0.75]]
    assert groups.value.tolist() == [[0.1, 0, 0.3]]
    assert groups.standard_error.tolist() == [[0.01, 0, 0.01]]
    assert groups.exists.tolist() == [[True, False, True]]
    assert groups.groups.tolist() == [2]


@pytest.mark.parametrize("missing", ["value", "standard_error", "population"])
def test_a_missing_number_of_a_group_that_exists_makes_that_setting_missing_and_no_other(missing: str) -> None:
    arrays = {name: np.array([[1.0, 2.0], [1.0, 2.0]]) for name in ("value", "standard_error", "population")}
    arrays[missing][0, 1] = np.nan
    groups = group_values(**arrays)
    assert groups.status.tolist() == [Status.MISSING_INPUT, Status.GIVEN]
    assert np.isnan(groups.share[0]).all()
    np.testing.assert_allclose(groups.share[1], [1 / 3, 2 / 3])


def test_fewer_than_two_groups_are_no_inequality() -> None:
    groups = group_values([[0.1, 0.2], [0.1, 0.2]], 0, [[0, 5], [0, 0]])
    assert groups.status.tolist() == [Status.TOO_FEW_GROUPS] * 2
    assert np.isnan(groups.share).all()


@pytest.mark.parametrize(
    ("value", "standard_error", "population", "message"),
    [
        ([0.1, np.inf], 0.1, [1, 1], "value: found inf at position 1"),
        ([0.1, 0.2], [-0.1, 0.1], [1, 1], "standard error: found -0.1 at position 0"),
        ([0.1, 0.2], 0.1, [1, -1], "population: found -1 at position 1"),
        ([0.1, 0.2], 0.1, [1, 1, 1], r"found shapes \(2,\) and \(\) and \(3,\); arrays of one shape"),
        (0.1, 0.1, 1, "found 0 dimensions"),
    ],
)
def test_wrong_input_is_refused(value: object, standard_error: object, population: object, message: str) -> None:
    with pytest.raises(InputRefused, match=message):
        group_values(value, standard_error, population)
