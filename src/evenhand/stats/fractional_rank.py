"""The fractional rank: where a group stands on the way from the first person of a population to the last.

    b_i = Σ_{j before i} a_j + ½·Σ_{j level with i} a_j,   a_j = the group's share of the population

Groups lined up by their order stand on a line from 0 to 1, each as wide as its share, and b is a group's middle. The
middles average ½, whatever the shares. Groups level with each other in the order share one middle. Source: Lerman R.
and Yitzhaki S. (1989), J. Econometrics 42, 43-47.

Where it fails: it takes the population as known, and it says nothing of how far apart two neighbours are.
"""

import numpy as np
from numpy.typing import ArrayLike

from evenhand.errors import InputRefused
from evenhand.stats.arguments import refuse
from evenhand.stats.intervals import FloatArray

Order = ArrayLike | None


def fractional_ranks(share: FloatArray, order: Order = None) -> FloatArray:
    """The fractional rank of each group, S × G, from the shares of each setting's population.

    ``order``: a number for each group (G, or S × G where settings order their groups differently), the smallest for
    the group at rank 0; without it the groups stand in order. Raises InputRefused where it is missing or infinite, or
    does not fit the groups.
    """
    if order is None:
        return np.asarray(np.cumsum(share, axis=1) - share / 2)
    places = np.asarray(order, dtype=np.float64)
    refuse(~np.isfinite(places), places, "order", "a finite number for each group is right")
    try:
        places = np.broadcast_to(places, share.shape)
    except ValueError:
        raise InputRefused(
            f"order: found shape {places.shape}; one number for each of {share.shape[1]} groups is right"
        ) from None
    ranks = np.zeros(share.shape)
    for group in range(share.shape[1]):
        place, width = places[:, group, np.newaxis], share[:, group, np.newaxis]
        ranks += width * (place < places) + width / 2 * (place == places)
    return ranks
