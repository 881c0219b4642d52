"""What many comparisons together show: sums over draws, those beyond a limit, the least bias that shows."""

from collections import Counter
from collections.abc import Iterable

import numpy as np
from attrs import Factory, define
from numpy.typing import ArrayLike

from dual_random.testing.tails import Comparison


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
    return max(each.excess(limit, 0.99) for each in comparisons)
