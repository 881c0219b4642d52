"""How many of a group come: the exact law of a fair draw, and the one of a draw that favours the group.

Of N units n are drawn, K of them are of a group. In a fair draw the number of them is hypergeometric. If each unit of
the group has w times the odds of the others, its chances are those of the fair draw times w^x, made to sum to 1: the
noncentral hypergeometric law of Fisher. Strata are drawn independently of each other, so the group's number over all
of them is a sum.

Chances are found from the ratios of neighbours, in logarithms, so that neither factorials nor far tails overflow.

Source: R. A. Fisher, *The logic of inductive inference* (1935); A. Fog, *Sampling methods for Wallenius' and Fisher's
noncentral hypergeometric distributions* (2008).
"""

from collections.abc import Iterable
from math import log
from typing import Final, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import ArrayLike, NDArray

from dual_random.testing.replicates import Floats

Cell: TypeAlias = tuple[int, int, int]  # N, K, n

_NEGLIGIBLE: Final = 1e-60  # of the largest chance: where sums of strata are cut


@frozen(eq=False)
class Law:
    """The chances of the numbers from `first` on."""

    first: int
    chances: Floats

    @property
    def counts(self) -> NDArray[np.int64]:
        """The numbers that have a chance."""
        return np.arange(self.first, self.first + len(self.chances))

    @property
    def mean(self) -> float:
        """What is expected."""
        return float(self.counts @ self.chances)

    def tail(self, count: int) -> float:
        """Twice the chance of a number as far out as this one on its side; at most 1."""
        place = count - self.first
        low, high = self.chances[: max(0, place + 1)].sum(), self.chances[max(0, place) :].sum()
        return min(1.0, 2 * float(min(low, high)))


def logs(cell: Cell) -> tuple[int, Floats]:
    """The lowest possible number and the logarithms of the chances from it on, in a fair draw.

    >>> first, found = logs((5, 3, 4))
    >>> first, np.exp(found).round(12)
    (2, array([0.6, 0.4]))
    """
    size, group, taken = cell
    first, last = max(0, taken - (size - group)), min(taken, group)
    count = np.arange(first, last, dtype=np.float64)
    up = (group - count) * (taken - count) / ((count + 1) * (size - group - taken + count + 1))
    found = np.concatenate([[0.0], np.cumsum(np.log(up))])
    return first, found - np.logaddexp.reduce(found)


def law(cells: Iterable[Cell], odds: float = 1.0) -> Law:
    """The law of a group's number over all strata, each unit of it having `odds` times the odds of the others.

    Args:
        cells: N, K and n of each stratum.
        odds: above 0.

    >>> law([(10, 4, 5)]).chances.round(4)
    array([0.0238, 0.2381, 0.4762, 0.2381, 0.0238])
    >>> law([(10, 4, 5)]).mean, law([(10, 4, 5)], odds=3.0).mean.__round__(2), law([(10, 4, 5), (8, 2, 4)]).mean
    (2.0, 2.71, 3.0)
    """
    total, chances = 0, np.ones(1)
    for cell in cells:
        first, found = logs(cell)
        tilted = found + log(odds) * np.arange(len(found))
        total, chances = _cut(total + first, np.convolve(chances, np.exp(tilted - np.logaddexp.reduce(tilted))))
    return Law(total, chances / chances.sum())


def _cut(first: int, chances: Floats) -> tuple[int, Floats]:
    """Chances without the tails that count for nothing."""
    kept = np.flatnonzero(chances > _NEGLIGIBLE * chances.max())
    return first + int(kept[0]), chances[kept[0] : kept[-1] + 1]


def log_moments(cells: Iterable[Cell], log_odds: ArrayLike) -> Floats:
    """The logarithm of the expected w^x in a fair draw, for several w: sums over independent strata.

    >>> np.exp(log_moments([(2, 1, 1)], np.log([3.0, 1.0]))).round(12)
    array([2., 1.])
    """
    tilts = np.asarray(log_odds, dtype=np.float64)
    total = np.zeros(len(tilts))
    for cell in cells:
        first, found = logs(cell)
        counts = np.arange(first, first + len(found))
        total += np.logaddexp.reduce(found + tilts[:, None] * counts, axis=1)
    return total


def scatter(cells: Iterable[Cell]) -> float:
    """The variance of a group's number in a fair draw.

    >>> scatter([(10, 4, 5)]), scatter([(10, 4, 5), (5, 5, 2)])
    (0.6666666666666666, 0.6666666666666666)
    """
    return float(sum(n * k * (size - k) * (size - n) / (size * size * (size - 1)) for size, k, n in cells))
