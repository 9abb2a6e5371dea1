"""PAR and PAF: by hand, as published, and what is missing, absent or refused."""

from math import exp, log, nan

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.attributable import attributable_fractions, attributable_risks
from evenhand.stats.statuses import Status

Z = 1.959963984540054
BOTH = [attributable_risks, attributable_fractions]
AGAINST_WHITE_BRITISH = {"groups": ["White British", "Black", "Asian"], "reference": "White British"}


def test_both_come_out_as_worked_by_hand() -> None:
    """Shares 1/2, 1/4, 1/4; average 2 + 1.5 + 0.5 = 4 of 4, 6, 2, and the same with 5 instead of 6: 3.75.

    PAR = 4 - 3.75 = 0.25, weights 1/2, -1/4, -1/4, Var = 0.01 + 0.0225 + 0.0025 = 0.035 with errors 0.2, 0.6, 0.2.
    PAF = 1/15; gradient of its logarithm 1/4 - 2/15 = 7/60, -1/15, -1/15.
    """
    value, se, people = [4, 5, 2], [0.2, 0.6, 0.2], [200, 100, 100]
    risk = attributable_risks(value, se, people, **AGAINST_WHITE_BRITISH)
    assert risk.value[0] == pytest.approx(0.25)
    assert risk.interval.lower[0] == pytest.approx(0.25 - Z * 0.035**0.5)
    assert risk.interval.upper[0] == pytest.approx(0.25 + Z * 0.035**0.5)
    fraction = attributable_fractions(value, se, people, **AGAINST_WHITE_BRITISH)
    error = ((7 / 60 * 0.2) ** 2 + (0.6 / 15) ** 2 + (0.2 / 15) ** 2) ** 0.5
    assert fraction.value[0] == pytest.approx(1 / 15)
    assert fraction.interval.lower[0] == pytest.approx(exp(log(16 / 15) - Z * error) - 1)
    assert fraction.interval.upper[0] == pytest.approx(exp(log(16 / 15) + Z * error) - 1)
    assert (fraction.reference, fraction.unit) == ("White British", "share")


def test_levins_formula() -> None:
    """Levin M. L. (1953): a share p exposed to a relative risk of RR adds p(RR - 1)/(1 + p(RR - 1)) of all events.

    p = 0.3 and RR = 5: 1.2/2.2, which the average would be lower by.
    """
    fraction = attributable_fractions([1, 5], 0.1, [70, 30], groups=["not exposed", "exposed"], reference="not exposed")
    assert fraction.value[0] == pytest.approx(-1.2 / 2.2)


def test_both_keep_their_sign() -> None:
    better = attributable_risks([4, 5, 6], 0.1, [1, 1, 1], groups=["a", "b", "c"], reference="b").value[0]
    assert better == pytest.approx(0)
    lower, higher = (
        attributable_fractions([4, 5, 6], 0.1, [1, 1, 1], groups=["a", "b", "c"], reference=name).value[0]
        for name in ("a", "c")
    )
    assert (lower, higher) == pytest.approx((-0.2, 0.2))


def test_the_reference_group_is_part_of_the_average_and_counts_once() -> None:
    """Everybody but one in a thousand in the reference group: its noise cancels between it and the average."""
    names = {"groups": ["all", "few"], "reference": "all"}
    risk = attributable_risks([4.0, 4.0], [0.5, 0.0], [999, 1], **names)
    assert risk.interval.upper[0] == pytest.approx(Z * 0.5 / 1_000)


@pytest.mark.parametrize("measure", BOTH)
def test_what_is_missing_or_absent_is_said_and_touches_no_other(measure: object) -> None:
    value = [[4, 5, nan], [4, 5, 6], [4, 5, 6], [4, 5, 6], [nan, nan, 6]]
    people = [[1, 1, 1], [0, 1, 1], [0, 0, 1], [1, 1, 1], [0, 0, 1]]
    summary = measure(value, 0.1, people, **AGAINST_WHITE_BRITISH)
    assert summary.status.tolist() == [
        Status.MISSING_INPUT,
        Status.NOTHING_TO_COMPARE_WITH,
        Status.TOO_FEW_GROUPS,
        Status.GIVEN,
        Status.TOO_FEW_GROUPS,
    ]
    assert np.isnan(summary.value).tolist() == [True, True, True, False, True]


def test_no_fraction_of_a_reference_of_0_or_of_values_below_0() -> None:
    value = [[0, 5, 6], [4, -5, 6], [4, 0, 6]]
    assert attributable_risks(value, 0.1, [1, 1, 1], **AGAINST_WHITE_BRITISH).status.tolist() == [0, 0, 0]
    fraction = attributable_fractions(value, 0.1, [1, 1, 1], **AGAINST_WHITE_BRITISH)
    assert fraction.status.tolist() == [Status.NOT_DEFINED, Status.NOT_DEFINED, Status.GIVEN]
    assert np.isnan(fraction.interval.lower).tolist() == [True, True, False]


@pytest.mark.parametrize("measure", BOTH)
def test_a_reference_that_is_no_group_is_refused(measure: object) -> None:
    with pytest.raises(InputRefused, match="reference: found 'best'; one of White British, Black, Asian is right"):
        measure([1, 2, 3], 0.1, [1, 1, 1], **(AGAINST_WHITE_BRITISH | {"reference": "best"}))
