"""Chance that falls the same way on every machine."""

from random import Random as Seeded

import pytest

from evenhand.synthetic.chance import around_one, poisson


def drawn(seed: int) -> Seeded:
    return Seeded(seed)  # noqa: S311 (to be repeated, not to be secret)


def test_the_same_seed_gives_the_same_numbers():
    assert [poisson(7.5, drawn(1)), around_one(0.1, drawn(1))] == [
        poisson(7.5, drawn(1)),
        around_one(0.1, drawn(1)),
    ]
    assert around_one(0.1, drawn(1)) != around_one(0.1, drawn(2))


@pytest.mark.parametrize("mean", [0.3, 7.5, 250])
def test_poisson_counts_have_their_mean_and_the_variance_that_goes_with_it(mean):
    chance = drawn(5)
    counts = [poisson(mean, chance) for _ in range(4_000)]
    average = sum(counts) / len(counts)
    variance = sum((count - average) ** 2 for count in counts) / len(counts)
    assert average == pytest.approx(mean, rel=0.05)
    assert variance == pytest.approx(mean, rel=0.1)


def test_of_a_mean_of_nothing_there_is_nothing():
    assert {poisson(0, drawn(seed)) for seed in range(50)} == {0}


def test_factors_lie_around_one_with_the_spread_asked_for_and_never_below_zero():
    chance = drawn(5)
    factors = [around_one(0.15, chance) for _ in range(4_000)]
    average = sum(factors) / len(factors)
    assert average == pytest.approx(1, abs=0.01)
    assert (sum((factor - average) ** 2 for factor in factors) / len(factors)) ** 0.5 == pytest.approx(0.15, rel=0.05)
    assert min(factors) > 0
    assert around_one(0, chance) == 1
