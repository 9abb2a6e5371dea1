import pytest

from evenhand.disclosure.rounding import counts_that_round_to, round_to_nearest


@pytest.mark.parametrize(
    ("count", "base", "rounded"),
    [(0, 5, 0), (2, 5, 0), (3, 5, 5), (5, 5, 5), (7, 5, 5), (8, 5, 10), (37, 1, 37), (14, 10, 10), (16, 10, 20)],
)
def test_a_count_goes_to_the_nearest_multiple(count: int, base: int, rounded: int) -> None:
    assert round_to_nearest(count, base) == rounded


@pytest.mark.parametrize(("count", "rounded"), [(5, 10), (15, 20), (25, 30)])
def test_a_count_half_way_between_two_multiples_goes_up(count: int, rounded: int) -> None:
    assert round_to_nearest(count, 10) == rounded


@pytest.mark.parametrize(
    ("rounded", "base", "smallest", "largest"), [(10, 5, 8, 12), (0, 5, 0, 2), (20, 10, 15, 24), (37, 1, 37, 37)]
)
def test_the_counts_behind_a_rounded_figure_are_known(rounded: int, base: int, smallest: int, largest: int) -> None:
    assert counts_that_round_to(rounded, base) == (smallest, largest)
