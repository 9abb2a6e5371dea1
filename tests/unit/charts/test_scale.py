import math

import pytest

from evenhand.charts.scale import Scale, scale_around_one, scale_around_zero, scale_from_zero, scale_of_series


def test_a_rate_scale_starts_at_zero_and_ends_at_a_round_number():
    scale = scale_from_zero([66.3, 134.4, 82.9, 63.3, 109.3], [79.0, 183.3, 130.3, 69.3, 171.8])
    assert (scale.lower, scale.upper) == (0, 200)
    assert scale.ticks == (0, 50, 100, 150, 200)


def test_a_value_stands_in_per_cent_of_the_scale():
    scale = Scale(0, 200, ())
    assert scale.position(50) == 25


def test_a_value_beyond_an_end_stands_on_that_end():
    scale = Scale(1, 3, ())
    assert (scale.position(0.5), scale.position(7)) == (0, 100)
    assert scale.ends_before(7)
    assert not scale.ends_before(3)


def test_a_scale_that_does_not_run_upwards_is_refused():
    with pytest.raises(ValueError, match="runs upwards: found 2 to 2"):
        Scale(2, 2, ())


def test_one_very_wide_range_does_not_press_the_others_together():
    assert scale_from_zero([10, 12], [14, 4000]).upper == 30


def test_a_group_with_none_is_drawn_to_its_upper_limit():
    assert scale_from_zero([0.0], [3.7]).upper == 4


def test_nothing_to_draw_still_gives_a_scale():
    assert scale_from_zero([], []).upper == 1
    assert scale_around_one([], []).ticks == (1, 1.2, 1.4, 1.6, 1.8, 2)


def test_one_is_always_written_on_a_scale_of_ratios():
    scale = scale_around_one([3.5, 2.1], [3.4, 3.7, 1.48, 2.95])
    assert scale.ticks == (1, 2, 3, 4)
    assert scale.lower < 1


def test_up_to_seven_times_every_whole_number_is_written():
    assert scale_around_one([2.1, 6.2], [1.5, 2.9]).ticks == (1, 2, 3, 4, 5, 6, 7)


def test_ratios_below_one_have_their_ticks():
    scale = scale_around_one([0.7], [0.6, 0.9])
    assert scale.ticks == (0.6, 0.8, 1, 1.2, 1.4, 1.6)
    assert 0.5 < scale.lower < 0.6


def test_near_equal_rates_do_not_look_far_apart():
    scale = scale_around_one([1.02], [1.0, 1.04])
    assert scale.position(1.04) - scale.position(1.0) < 5


def test_a_wide_scale_of_ratios_keeps_one_beside_round_numbers():
    assert scale_around_one([9.0, 20.0], [1.2, 30.0]).ticks == (1, 10, 20, 30)


def test_a_missing_limit_does_not_disturb_the_scale():
    assert scale_around_one([2.0], [math.nan, math.inf]).upper == 2
    assert scale_from_zero([2.0], [math.nan, math.inf]).upper == 2


def test_a_series_not_far_from_zero_is_drawn_from_zero_with_room_above_it():
    scale = scale_of_series([49, 88], [37, 84])
    assert (scale.lower, scale.upper) == (0, 100)
    assert scale.ticks == (0, 20, 40, 60, 80, 100)


def test_a_series_far_from_zero_is_drawn_where_it_is():
    scale = scale_of_series([93, 95], [90.2, 97.8])
    assert scale.ticks == (90, 92, 94, 96, 98, 100)


def test_a_series_whose_values_are_all_equal_is_drawn_from_zero():
    assert scale_of_series([12.0] * 24, [12.0, 12.0]).ticks == (0, 5, 10, 15)


def test_nothing_but_zeros_still_gives_a_scale():
    assert scale_of_series([0.0, 0.0], [math.nan]).ticks == (0, 0.5, 1)
    assert scale_of_series([]).ticks == (0, 0.5, 1)


def test_values_below_zero_have_their_place():
    assert scale_of_series([-3.0, 5.0]).ticks == (-4, -2, 0, 2, 4, 6)
    assert scale_of_series([-3.0, -5.0]).ticks == (-6, -4, -2, 0)
    assert scale_of_series([-93.0, -95.0], [-97.8, -90.2]).ticks == (-100, -98, -96, -94, -92, -90)
    assert scale_of_series([-5.0, -5.0]).ticks == (-6, -4, -2, 0)


def test_one_very_wide_limit_runs_off_the_scale():
    assert scale_of_series([10, 12], [0.0, 4000.0]).upper == 40
    assert scale_of_series([10, 12], [-4000.0]).lower == -40


def test_a_place_beyond_an_end_of_the_scale_is_known_but_not_drawn_on():
    scale = Scale(0, 200, ())
    assert (scale.place(300), scale.place(-100)) == (150, -50)


def test_a_scale_of_differences_holds_none_and_every_lower_end() -> None:
    scale = scale_around_zero([7.1, 2.0], [3.0, 12.1, -1.6, 6.8])
    assert 0 in scale.ticks
    assert scale.lower <= -1.6
    assert scale.upper >= 12.1
    far_below = scale_around_zero([1.0], [-40.0, 3.0])
    assert far_below.lower <= -40
    all_higher = scale_around_zero([9.0, 9.5], [8.0, 10.0])
    assert all_higher.lower == 0
    assert scale_around_zero([], []).ticks == (0, 0.5, 1)


def test_of_differences_an_upper_end_far_beyond_everything_runs_off_the_scale() -> None:
    scale = scale_around_zero([1.0], [-0.5, 400.0])
    assert scale.ends_before(400.0)
    assert not scale_around_zero([1.0], [-0.5, math.inf]).ends_before(1.0)
