"""Limits for counts of a fair lottery: tails of sums of hypergeometric numbers, and the bias that they would show.

Of N alike enterprises n are drawn; K of them are of a class. The number drawn of the class is hypergeometric, and that
is a sum of min(n, K) independent yes-or-no numbers of unequal chances (Vatutin and Mikhailov 1982; Pitman 1997). So a
sum over independent draws, strata or cells is one, too, with as many trials as all of them together. From one above
its mean upwards, and from one below downwards, no such sum has heavier tails than the binomial number with the same
trials and the same mean (Hoeffding 1956, theorem 4, on sums of unequal trials; his inequality of 1963 bounds the tails
of samples as well, but more loosely). A limit set by the binomial tail is therefore never crossed more often than it
says.

The tails are sums of positive ratios of neighbouring probabilities: neither logarithms nor a table are needed, and
nothing cancels. They hold far below any limit used here, to twelve digits.
"""

from math import ceil, floor, inf, sqrt
from typing import Final, TypeAlias

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

Chances: TypeAlias = NDArray[np.float64]

_REACH: Final = 16  # standard deviations beyond which a probability counts as 0: below 10^-50


@frozen
class Comparison:
    """One count held against its chance.

    Args:
        name: what was counted.
        trials: of how many yes-or-no numbers the count is the sum.
        mean: what is expected.
        seen: the count.
    """

    name: str
    trials: int
    mean: float
    seen: int

    @property
    def tail(self) -> float:
        """Twice the chance, at most, of a count as far out as this one on its side."""
        return min(1.0, 2 * min(self.at_least(self.seen), self.at_most(self.seen)))

    def at_least(self, count: int) -> float:
        """An upper bound of the chance of a count or a higher one."""
        return self.reaches(count) if count >= self.mean + 1 else 1.0

    def at_most(self, count: int) -> float:
        """An upper bound of the chance of a count or a lower one."""
        if count > self.mean - 1:
            return 1.0
        return self.within(count)

    def critical(self, limit: float) -> int:
        """The lowest count above the mean whose tail is below a limit."""
        first, chances = _chances(self.trials, self.mean)
        tails = 2 * np.cumsum(chances[::-1])[::-1]
        return max(ceil(self.mean + 1), first + int((tails >= limit).sum()))

    def least(self, limit: float) -> int:
        """The highest count below the mean whose tail is below a limit; -1 if there is none."""
        first, chances = _chances(self.trials, self.mean)
        below = 2 * np.cumsum(chances) < limit
        return min(floor(self.mean - 1), first + int(below.sum()) - 1)

    def deficit(self, limit: float, power: float = 0.99) -> float:
        """The smallest deficit, as a share of the mean, that crosses the limit with this probability; inf if none does.

        A deficit of .05 is a class whose chance is 5 % below its due; 1 is one that never comes.
        """
        least = self.least(limit)
        if least < 0:
            return inf
        low, high = 0.0, 1.0
        for _ in range(24):
            middle = (low + high) / 2
            biased = evolve(self, mean=self.mean * (1 - middle))
            low, high = (low, middle) if biased.within(least) >= power else (middle, high)
        return high

    def excess(self, limit: float, power: float = 0.99) -> float:
        """The smallest excess, as a share of the mean, that crosses the limit with this probability; inf if none does.

        An excess of .05 is a class whose chance is 5 % above its due.
        """
        critical = self.critical(limit)
        low, high = 0.0, self.trials / self.mean - 1
        if critical > self.trials:
            return inf
        for _ in range(24):
            middle = (low + high) / 2
            biased = evolve(self, mean=self.mean * (1 + middle))
            low, high = (low, middle) if biased.reaches(critical) >= power else (middle, high)
        return high

    def within(self, count: int) -> float:
        """The binomial chance of a count or a lower one."""
        first, chances = _chances(self.trials, self.mean)
        return float(chances[: max(0, count - first + 1)].sum())

    def reaches(self, count: int) -> float:
        """The binomial chance of a count or a higher one."""
        first, chances = _chances(self.trials, self.mean)
        return float(chances[max(0, count - first) :].sum())


def _chances(trials: int, mean: float) -> tuple[int, Chances]:
    """The binomial probabilities around the mode, and the count of the first of them."""
    chance = mean / trials
    if not 0 < chance < 1:
        return round(mean), np.ones(1)
    mode = floor((trials + 1) * chance)
    reach = ceil(_REACH * sqrt(mean * (1 - chance))) + 150  # the constant: few are expected, and many come
    first, last = max(0, mode - reach), min(trials, mode + reach)
    count = np.arange(first, last)
    up = (trials - count) / (count + 1) * (chance / (1 - chance))
    below = np.cumprod(1 / up[: mode - first][::-1])[::-1]
    ratios = np.concatenate([below, [1.0], np.cumprod(up[mode - first :])])
    return first, ratios / ratios.sum()


def two_sided(trials: int, mean: float, seen: NDArray[np.int64]) -> Chances:
    """`Comparison.tail` of many counts of the same trials and mean.

    >>> two_sided(400, 200.0, np.array([200, 260, 140])).round(12)
    array([1.000e+00, 2.047e-09, 2.047e-09])
    """
    counts, places = np.unique(seen, return_inverse=True)
    found = [Comparison("", trials, mean, int(count)).tail for count in counts]
    return np.array(found, dtype=np.float64)[places]
