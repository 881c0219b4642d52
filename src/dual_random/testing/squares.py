"""Sums of squares: many small biases together, which no single unit's count would show.

The well-known sum of (count - expected)²/expected is wrong for samples without replacement: its mean over fair draws is
N-n, not N-1, because whoever is drawn keeps others out. With the factor (N-1)/(N-n) it follows the chi-square
distribution of N-1 degrees of freedom. Here the factor is summed over draws, s(K-s)/(K(K-1)) for s of K units, so that
numbers may differ between draws; cells of one result are independent given these numbers, so they add up.
"""

from collections.abc import Sequence
from math import comb, inf, sqrt
from typing import Final, TypeAlias

import numpy as np
from attrs import frozen

from dual_random.errors import Note
from dual_random.forms import refuse
from dual_random.testing.checks import POWER, Check, told
from dual_random.testing.distributions import square_shift, square_tail
from dual_random.testing.replicates import Cell, Replicates, asked_faults
from dual_random.testing.tallies import ALPHA

Bend: TypeAlias = tuple[float, float, float, float]

_FEWEST: Final = 5  # expected in a place: with fewer the distribution is not yet that of chi-square
_MOST_SUBSETS: Final = 2000
_STRAIGHT: Final[Bend] = (0.0, 0.0, 0.0, 0.0)


@frozen
class Square:
    """A sum of squares with its degrees of freedom; independent ones add up.

    Args:
        value: about chi-square distributed if the procedure is fair.
        dof: degrees of freedom; 0 if nothing was open.
        gain: what a squared bias, relative and equal in all places, adds to the value on average.
        bend: by how much the tails of 0, 2, 4 and 6 more degrees of freedom add to its own, as counts are few.
    """

    value: float = 0.0
    dof: int = 0
    gain: float = 0.0
    bend: Bend = _STRAIGHT

    def __add__(self, other: "Square") -> "Square":
        one, two, three, four = (mine + its for mine, its in zip(self.bend, other.bend, strict=True))
        return Square(self.value + other.value, self.dof + other.dof, self.gain + other.gain, (one, two, three, four))

    @property
    def p(self) -> float:
        """The chance of a value so high; far out it is higher than that of chi-square, if counts are few."""
        if not self.dof:
            return 1.0
        tails = [square_tail(self.value, self.dof + 2 * more) for more in range(4)]
        more = sum(by * tail for by, tail in zip(self.bend, tails, strict=True)) / (tails[0] or 1.0)
        return min(1.0, tails[0] * (1 + max(0.0, more) / 2) ** 2)

    def detectable(self, limit: float) -> float:
        """The relative bias, the same up or down in every place, that would be seen; infinite if none."""
        return sqrt(square_shift(limit, self.dof, POWER) / self.gain) if self.gain else inf


def by_result(replicates: Replicates, squares: Sequence[Square]) -> dict[str, Square]:
    """The squares of all cells of each result, added up."""
    found: dict[str, Square] = {}
    for cell, square in zip(replicates.cells, squares, strict=True):
        found[cell.result] = found.get(cell.result, Square()) + square
    return {result: square for result, square in found.items() if square.dof}


def worst_of(squares: dict[str, Square], name: str, null: Note, blind: Note, sees: str, alpha: float) -> Check:
    """The check of several sums, one a result: the smallest p times their number (Bonferroni)."""
    if not squares:
        return Check(name=name, null=null, p=1.0, limit=alpha, sees=blind)
    ps = {result: square.p for result, square in squares.items()}
    least = min(ps, key=lambda result: (ps[result], result))
    limit = alpha / len(squares)
    detectable = max(square.detectable(limit) for square in set(squares.values()))
    square = squares[least]
    params: dict[str, str | int] = {"value": told(square.value, 4), "dof": square.dof, "result": least}
    return Check(
        name=name,
        null=null,
        p=min(1.0, len(squares) * ps[least]),
        limit=alpha,
        sees=Note(sees, "", {"bias": told(100 * detectable)}),
        detectable=detectable,
        statistic=square.value,
        dof=square.dof,
        worst=(Note("square-worst-in" if least else "square-worst", "", params),),
    )


def chi_square(replicates: Replicates, *, alpha: float = ALPHA) -> Check:
    """Whether units that are alike come equally often, all their counts taken together.

    For designs in which every set of alike units is equally likely (simple and stratified samples, teams). Systematic
    and clustered draws fail it although each unit has its chance: for them use `inclusion` with stated chances.

    Args:
        replicates: the draws.
        alpha: the limit of p.

    Source: J. N. K. Rao and A. J. Scott, *The analysis of categorical data from complex sample surveys* (1981).

    >>> from dual_random import sample
    >>> from dual_random.testing.replicates import replicate
    >>> units = [f"E{number}" for number in range(1, 61)]
    >>> check = chi_square(replicate(lambda units, seed: sample(units, 12, seed=seed, label="t").drawn, units, 500))
    >>> check.failed, check.dof, round(check.statistic)
    (False, 59, 71)
    """
    refuse(asked_faults(replicates, alpha))
    squares = by_result(replicates, [_square(cell) for cell in replicates.cells])
    null = Note("square-null", "", {"count": len(squares)})
    return worst_of(squares, "chi-square", null, Note("sees-nothing"), "square-sees", alpha)


def _square(cell: Cell) -> Square:
    """The corrected sum of a cell: nothing if it is too small to be judged."""
    size, totals = cell.size, cell.totals.astype(np.float64)
    mean = float(totals.sum()) / size
    spread = float((totals * (size - totals)).sum()) / size / max(1, size - 1)  # of one count, times K/(K-1)
    fewest = min(mean, float((size - totals).sum()) / size)
    if not spread or fewest < _FEWEST:
        return Square()
    value = float(((cell.counts - mean) ** 2).sum()) / spread
    return Square(value, size - 1, size * mean**2 / spread, _bend(size, fewest))


def _bend(places: int, mean: float) -> Bend:
    """How the tail of a sum over equally likely places differs from that of chi-square, to the order of 1/mean.

    For one hit a draw; with more of them counts are less skew, and this is on the safe side. At 10^-7 the tail is
    eight times as heavy with 5 expected in each of ten places, 1.6 times with 40. `Square.p` takes the square of half
    the correction, which is the same to that order and follows exact tails down to 10^-8 within a factor of 1.5 with
    ten expected, of 2.5 with five.

    Source: T. R. C. Read, *Closer asymptotic approximations for the distributions of the power divergence
    goodness-of-fit statistics* (1984), for equal chances and Pearson's statistic.
    """
    k, whole = places, 24 * places * mean
    terms = -2 * (k * k - 1), 6 * k * (k - 1), -6 * (k - 1) ** 2, 2 * (k - 1) * (k - 2)
    return terms[0] / whole, terms[1] / whole, terms[2] / whole, terms[3] / whole


def subsets(replicates: Replicates, *, alpha: float = ALPHA) -> Check:
    """Whether every set of units is drawn equally often: for small populations, where all sets can be counted.

    It sees whatever is unfair between two draws of the same size, also what no count of units or pairs shows.

    Args:
        replicates: the draws.
        alpha: the limit of p.

    >>> from dual_random import sample
    >>> from dual_random.testing.replicates import replicate
    >>> units = [f"E{number}" for number in range(1, 7)]
    >>> check = subsets(replicate(lambda units, seed: sample(units, 3, seed=seed, label="t").drawn, units, 500))
    >>> check.failed, check.dof
    (False, 19)
    """
    refuse(asked_faults(replicates, alpha))
    squares = by_result(replicates, [_subsets(cell) for cell in replicates.cells])
    null = Note("subsets-null", "", {"count": len(squares)})
    return worst_of(squares, "subsets", null, Note("subsets-blind", "", {"most": _MOST_SUBSETS}), "subsets-sees", alpha)


def countable(replicates: Replicates) -> bool:
    """Whether the possible sets of some cell are few enough to be counted."""
    return any(map(_ways, replicates.cells))


def _ways(cell: Cell) -> int:
    """How many sets are possible; 0 if they cannot be counted."""
    taken = int(cell.totals[0])
    if cell.size > _MOST_SUBSETS or (cell.totals != taken).any():
        return 0
    ways = comb(cell.size, taken)
    return ways if 1 < ways <= min(_MOST_SUBSETS, cell.trials // _FEWEST) else 0


def _subsets(cell: Cell) -> Square:
    """Pearson's sum over all sets of a cell; nothing if they are too many."""
    taken, ways = int(cell.totals[0]), _ways(cell)
    if not ways:
        return Square()
    mean = cell.trials / ways
    order = np.lexsort((cell.who, cell.draws))
    sets = cell.who[order].reshape(cell.trials, taken)
    counts = np.unique(sets, axis=0, return_counts=True)[1]
    value = float((counts.astype(np.float64) ** 2).sum()) / mean - cell.trials
    return Square(value, ways - 1, float(cell.trials), _bend(ways, mean))
