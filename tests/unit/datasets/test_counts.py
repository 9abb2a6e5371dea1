"""Zero, suppressed, unknown and not applicable are four different things."""

import pytest

from evenhand.datasets.counts import NOT_APPLICABLE, SUPPRESSED, UNKNOWN, CellStatus, Count


def test_zero_is_a_count_like_any_other():
    assert Count(0).status is CellStatus.PUBLISHED
    assert (Count(0).smallest, Count(0).largest) == (0, 0)


def test_the_four_are_four():
    assert len({Count(0), SUPPRESSED, UNKNOWN, NOT_APPLICABLE}) == 4


@pytest.mark.parametrize(
    ("published", "rounded_to", "smallest", "largest"),
    [
        (50, 1, 50, 50),
        (50, 5, 48, 52),
        (5, 5, 3, 7),
        (0, 5, 0, 2),  # a rounded table that does not say that its zeros are exact
        (100, 10, 95, 105),  # a half may have been rounded either way
    ],
)
def test_a_rounded_count_may_have_been_any_count_that_rounds_to_it(published, rounded_to, smallest, largest):
    count = Count(published, rounded_to=rounded_to)
    assert (count.smallest, count.largest) == (smallest, largest)


@pytest.mark.parametrize("count", [SUPPRESSED, UNKNOWN, NOT_APPLICABLE])
def test_what_is_not_published_has_no_bounds_of_rounding(count):
    with pytest.raises(ValueError, match=count.status):
        _ = count.smallest
    with pytest.raises(ValueError, match=count.status):
        _ = count.largest


@pytest.mark.parametrize(
    ("value", "status", "rounded_to"),
    [
        (3, CellStatus.SUPPRESSED, 1),
        (None, CellStatus.PUBLISHED, 1),
        (-1, CellStatus.PUBLISHED, 1),
        (3, CellStatus.PUBLISHED, 0),
    ],
)
def test_a_count_that_contradicts_itself_cannot_be_made(value, status, rounded_to):
    with pytest.raises(ValueError, match=r"a count (is|has)"):
        Count(value, status, rounded_to)
