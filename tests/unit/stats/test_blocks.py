import pytest

from evenhand.stats.blocks import BLOCK, blocks


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 7])
def test_blocks_cover_every_place_once_and_in_order(size: int) -> None:
    found = list(blocks(size, at_a_time=3))
    assert [place for block in found for place in range(size)[block]] == list(range(size))
    assert all(len(range(size)[block]) <= 3 for block in found)


def test_an_array_that_fits_is_one_block() -> None:
    assert list(blocks(BLOCK)) == [slice(0, BLOCK)]
