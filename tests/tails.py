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

from collections import Counter
from collections.abc import Iterable
from math import ceil, floor, inf, sqrt
from typing import Final, TypeAlias

import numpy as np
from attrs import Factory, define, evolve, frozen
from numpy.typing import ArrayLike, NDArray

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
        return self._reaches(count) if count >= self.mean + 1 else 1.0

    def at_most(self, count: int) -> float:
        """An upper bound of the chance of a count or a lower one."""
        if count > self.mean - 1:
            return 1.0
        first, chances = _chances(self.trials, self.mean)
        return float(chances[: max(0, count - first + 1)].sum())

    def critical(self, limit: float) -> int:
        """The lowest count above the mean whose tail is below a limit."""
        first, chances = _chances(self.trials, self.mean)
        tails = 2 * np.cumsum(chances[::-1])[::-1]
        return max(ceil(self.mean + 1), first + int((tails >= limit).sum()))

    def detectable(self, limit: float, power: float = 0.99) -> float:
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
            low, high = (low, middle) if biased._reaches(critical) >= power else (middle, high)
        return high

    def _reaches(self, count: int) -> float:
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


@define
class Sums:
    """Sums of independent hypergeometric numbers, by name."""

    trials: Counter[str] = Factory(Counter)
    mean: dict[str, float] = Factory(dict)
    seen: Counter[str] = Factory(Counter)

    def add(
        self, name: str, size: ArrayLike, marked: ArrayLike, taken: ArrayLike, seen: ArrayLike, draws: int = 1
    ) -> None:
        """Add what came out of some strata or cells; those that could not have come out otherwise are left aside.

        Args:
            name: of the sum.
            size, marked, taken: N, K and n of each.
            seen: how many of those marked were taken in each, over all draws.
            draws: how often all this was drawn.
        """
        parts = np.broadcast_arrays(size, marked, taken, seen)
        sizes, of_class, drawn, found = (np.asarray(part, dtype=np.int64).reshape(-1) for part in parts)
        undecided = (of_class > 0) & (of_class < sizes) & (drawn > 0) & (drawn < sizes)
        if undecided.any():
            sizes, of_class, drawn, found = (part[undecided] for part in (sizes, of_class, drawn, found))
            self.trials[name] += draws * int(np.minimum(of_class, drawn).sum())
            self.mean[name] = self.mean.get(name, 0.0) + draws * float((of_class * drawn / sizes).sum())
            self.seen[name] += int(found.sum())

    def comparisons(self) -> list[Comparison]:
        """Every sum that could have come out otherwise."""
        return [Comparison(name, self.trials[name], self.mean[name], self.seen[name]) for name in self.trials]


def beyond(comparisons: Iterable[Comparison], limit: float) -> dict[str, tuple[int, float]]:
    """The comparisons whose tail is below a limit: what was seen and what was expected, the worst first."""
    found = [(each.tail, each) for each in comparisons]
    worst = sorted((pair for pair in found if pair[0] < limit), key=lambda pair: pair[0])
    return {each.name: (each.seen, round(each.mean, 1)) for _, each in worst}


def weakest(comparisons: Iterable[Comparison], limit: float) -> float:
    """The excess that every one of some comparisons would have shown with a probability of .99."""
    return max(each.detectable(limit) for each in comparisons)
