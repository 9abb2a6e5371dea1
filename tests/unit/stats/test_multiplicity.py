"""What may be claimed among many: Benjamini and Hochberg's own example, a case by hand, and the edges."""

from math import nan

import numpy as np
import pytest

from evenhand.errors import InputRefused
from evenhand.stats.intervals import FloatArray, IntervalArray
from evenhand.stats.multiplicity import BENJAMINI_HOCHBERG, Claim, adjusted_p_values, claims
from evenhand.stats.ratios import rate_ratios

# Benjamini Y. and Hochberg Y. (1995), section 4.1: 15 comparisons of two treatments after a heart attack
HEART_ATTACK = (
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
    0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
)  # fmt: skip


def _widening(values: FloatArray) -> object:
    """Intervals value ± 1/(1 - confidence) · 0.05: 1 wide at 95 %, 10 at 99.5 %."""

    def at(confidence: float) -> IntervalArray:
        margin = 0.05 / (1 - confidence)
        return IntervalArray(values - margin, values + margin)

    return at


def test_the_authors_example_claims_four_where_single_tests_claim_nine_and_bonferroni_three() -> None:
    adjusted = adjusted_p_values(HEART_ATTACK)
    assert (adjusted <= 0.05).sum() == 4
    assert (np.array(HEART_ATTACK) <= 0.05).sum() == 9
    assert (np.array(HEART_ATTACK) <= 0.05 / 15).sum() == 3
    assert adjusted[3] == pytest.approx(0.0095 * 15 / 4)  # 0.0356


def test_adjusted_p_values_by_hand_leave_a_missing_one_out_of_the_count() -> None:
    # m = 4 known. Sorted .01 .03 .04 .9 times 4/1 4/2 4/3 4/4: .04 .06 .0533 .9; the least from there on: .04 .0533 …
    adjusted = adjusted_p_values([0.04, nan, 0.01, 0.9, 0.03])
    np.testing.assert_allclose(adjusted, [0.16 / 3, nan, 0.04, 0.9, 0.16 / 3])


@pytest.mark.parametrize("wrong", [-0.1, 1.01])
def test_a_p_value_that_is_no_share_is_refused(wrong: float) -> None:
    with pytest.raises(InputRefused, match=r"p-value: found .* at position 1; a number from 0 to 1"):
        adjusted_p_values([0.5, wrong])


def test_a_single_p_value_or_interval_is_refused() -> None:
    with pytest.raises(InputRefused, match="p-values: found a single one"):
        adjusted_p_values(0.5)
    with pytest.raises(InputRefused, match="intervals: found a single one"):
        claims(_widening(np.array(3.0)), no_difference=0)


@pytest.mark.parametrize("rate", [0, 1, 5])
def test_a_false_discovery_rate_that_is_no_share_is_refused(rate: float) -> None:
    with pytest.raises(InputRefused, match=f"false discovery rate: found {rate}"):
        claims(_widening(np.array([3.0])), no_difference=0, false_discovery_rate=rate)


def test_claims_by_hand() -> None:
    # m = 4, margins at confidence 1 - k·0.05/4: 4 for k = 1, 2 for k = 2, 4/3 for k = 3, 1 for k = 4.
    # k = 4: beyond 1 lie three (2.1, -2.5, 1.5); k = 3: beyond 4/3 lie three. So three are claimed, at 96.25 %.
    found = claims(_widening(np.array([2.1, -2.5, 1.5, 0.4])), no_difference=0)
    assert found.claim.tolist() == [Claim.HIGHER, Claim.LOWER, Claim.HIGHER, Claim.NONE]
    assert found.confidence == pytest.approx(0.9625)
    assert found.family == 4
    assert found.method == BENJAMINI_HOCHBERG
    assert (found.no_difference, found.false_discovery_rate) == (0, 0.05)
    # With 1.2 for 1.5 only two lie beyond 4/3; beyond 2, margin of k = 2, lie the same two.
    fewer = claims(_widening(np.array([2.1, -2.5, 1.2, 0.4])), no_difference=0)
    assert fewer.claim.tolist() == [1, -1, 0, 0]
    assert fewer.confidence == pytest.approx(0.975)


def test_a_group_whose_own_interval_leaves_out_no_difference_may_not_be_claimed_among_many() -> None:
    alone = claims(_widening(np.array([1.5])), no_difference=0)
    assert alone.claim.tolist() == [Claim.HIGHER]
    among = claims(_widening(np.array([1.5, 0, 0, 0])), no_difference=0)
    assert among.claim.tolist() == [0, 0, 0, 0]
    assert among.confidence == pytest.approx(0.9875)  # what a first claim would have needed


def test_missing_groups_and_those_left_out_are_no_comparisons() -> None:
    values = np.array([[1.5, nan, 0.0], [nan, nan, nan], [1.5, 9.0, 0.0]])
    meant = np.array([[True, True, True], [True, True, True], [True, False, False]])
    found = claims(_widening(values), no_difference=0, compared=meant)
    assert found.family.tolist() == [2, 0, 1]
    assert found.compared.tolist() == [[True, False, True], [False, False, False], [True, False, False]]
    assert found.claim.tolist() == [[0, 0, 0], [0, 0, 0], [1, 0, 0]]
    np.testing.assert_allclose(found.confidence, [0.975, nan, 0.95])


def test_an_interval_that_a_higher_confidence_takes_away_counts_and_claims_nothing() -> None:
    def at(confidence: float) -> IntervalArray:
        gone = confidence > 0.96
        return IntervalArray(np.array([nan if gone else 2.0, 1.0]), np.array([nan if gone else 3.0, 1.0]))

    found = claims(at, no_difference=1)
    assert found.family == 2
    assert found.claim.tolist() == [0, 0]


def test_ratios_of_real_counts() -> None:
    # 40 of 100, 22 of 100, 3 of 100 against 200 of 1,000, and a group whose count is missing
    found = claims(lambda c: rate_ratios([40, 22, 3, nan], 100, 200, 1000, confidence=c).interval, no_difference=1)
    assert found.claim.tolist() == [Claim.HIGHER, Claim.NONE, Claim.LOWER, Claim.NONE]
    assert found.family == 3
