"""Settings of groups that the rank measures are tried on: values, standard errors and populations."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from evenhand.stats.intervals import FloatArray
from evenhand.stats.summaries import Summaries

GROUPS = st.integers(2, 8)


@dataclass(frozen=True)
class Setting:
    """The groups of one setting, as lists."""

    value: list[float]
    standard_error: list[float]
    population: list[float]

    @property
    def arrays(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        return np.array(self.value), np.array(self.standard_error), np.array(self.population)

    def moved(self, places: list[int]) -> "Setting":
        """The same groups in another order."""
        return Setting(*([column[place] for place in places] for column in self.columns))

    @property
    def columns(self) -> tuple[list[float], list[float], list[float]]:
        return self.value, self.standard_error, self.population


@st.composite
def settings(
    draw: st.DrawFn, *, smallest: float = 0.01, largest: float = 500, groups: st.SearchStrategy[int] = GROUPS
) -> Setting:
    """2 to 8 groups, some of them perhaps not there, of sizes that differ up to a thousand times.

    Standard errors of a hundredth to a half of their value: what is told of their limits is not made of rounding.
    """
    count = draw(groups)
    value = draw(st.lists(st.floats(smallest, largest), min_size=count, max_size=count))
    relative = draw(st.lists(st.floats(0.01, 0.5), min_size=count, max_size=count))
    people = st.integers(20, 20_000)
    population = draw(st.lists(st.just(0) | people, min_size=count, max_size=count))
    return Setting(value, [v * r for v, r in zip(value, relative, strict=True)], [float(n) for n in population])


@st.composite
def settings_of_two_or_more(draw: st.DrawFn, *, smallest: float = 0.01, largest: float = 500) -> Setting:
    """Settings in which at least two groups are there."""
    return draw(
        settings(smallest=smallest, largest=largest).filter(lambda setting: sum(n > 0 for n in setting.population) > 1)
    )


def only(summaries: Summaries) -> tuple[float, float, float]:
    """Value and limits of the one setting there is."""
    (value,), (lower,), (upper,) = summaries.value, summaries.interval.lower, summaries.interval.upper
    return float(value), float(lower), float(upper)


def covered(summaries: Summaries, truth: float) -> float:
    """The share of the given intervals that hold ``truth``."""
    given = ~np.isnan(summaries.value)
    holds = (summaries.interval.lower <= truth) & (truth <= summaries.interval.upper)
    return float(holds[given].mean())
