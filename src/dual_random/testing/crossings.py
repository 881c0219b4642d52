"""Does who is drawn in one class, or has one result, decide who comes in another?

Each class and each result can be fair alone, and yet they can hang together as nobody meant: one seed for all strata
draws the same places of each list; partners who share an office go together, one as lead and one as second. If units of
a class are treated alike, exchanging them changes nothing. So the table of how often each unit of one cell comes in the
same draw as each of another, freed of what the counts of either explain, spreads around zero equally in all directions,
and its sum of squares, over what each draw adds to it on average, follows the chi-square distribution.

Of two classes with K and L units that is one part, of (K-1)(L-1) degrees of freedom; a draw of s and t adds
s(K-s)/K · t(L-t)/L. Two results of one class have two parts: who comes with whom either way, K(K-3)/2, and who comes as
the first and who as the second, (K-1)(K-2)/2: the irreducible parts (K-2,2) and (K-2,1,1) of ordered pairs under all
permutations, each with one variance by Schur's lemma. What a draw adds depends on s, t and how many have both results.
"""

from collections.abc import Iterator
from typing import Final, TypeAlias

import numpy as np

from dual_random.errors import Note
from dual_random.forms import refuse
from dual_random.testing.checks import Check
from dual_random.testing.pairings import FEWEST, SKEW, freed, skew
from dual_random.testing.replicates import Cell, Floats, Replicates, asked_faults
from dual_random.testing.squares import Square, worst_of
from dual_random.testing.tallies import ALPHA

Part: TypeAlias = tuple[Floats, Floats, int]  # what is left of a table, what each draw adds to its squares, dimensions

MOST: Final = 500  # units of a class that are looked at
TABLES: Final = 500  # pairs of cells that are looked at
_BLOCK: Final = 2_000_000
_TINY: Final = 1e-9  # of what a draw adds on average: nothing was open


def across(replicates: Replicates, *, alpha: float = ALPHA) -> Check:
    """Whether who is drawn in one class, or has one result, says nothing about who comes in another.

    Of a class of more than 500 units the first 500 of the list are looked at, and of more than 500 pairs of classes and
    results those that come together most often.

    Args:
        replicates: the draws.
        alpha: the limit of p.

    >>> from dual_random import sample
    >>> from dual_random.testing.replicates import replicate
    >>> units = [f"{stratum}{number:02d}" for stratum in "AB" for number in range(20)]
    >>> def same_places(units, seed):
    ...     places = [int(unit) for unit in sample([str(n) for n in range(20)], 5, seed=seed, label="t").drawn]
    ...     return [f"{stratum}{place:02d}" for stratum in "AB" for place in places]
    >>> draws = replicate(same_places, units, 1000, alike={unit: unit[0] for unit in units})
    >>> across(draws).failed
    True
    """
    refuse(asked_faults(replicates, alpha))
    squares = {where: square for one, other in _tables(replicates) for where, square in _squares(one, other)}
    null = Note("across-null", "", {"count": len(squares)})
    return worst_of(squares, "across", null, Note("sees-nothing"), "across-sees", alpha)


def _tables(replicates: Replicates) -> Iterator[tuple[Cell, Cell]]:
    """The pairs of cells that may be judged, those that come together most often first."""
    cells = [cell for cell in replicates.cells if cell.size > 1 and len(cell.who) >= FEWEST]
    cells = sorted(cells, key=lambda cell: -len(cell.who))[:TABLES]
    if len(cells) < 2:
        return
    totals = np.array([cell.totals for cell in cells], dtype=np.float64)
    sizes = np.array([cell.size for cell in cells], dtype=np.float64)
    means = totals @ totals.T / np.outer(sizes, sizes)
    one, other = np.triu_indices(len(cells), 1)
    order = np.argsort(-means[one, other] * np.sqrt(sizes[one] * sizes[other]), kind="stable")[:TABLES]
    for place in order.tolist():
        yield cells[one[place]], cells[other[place]]


def _squares(one: Cell, other: Cell) -> Iterator[tuple[str, Square]]:
    """The parts of the table of two cells that can be judged."""
    sizes = min(one.size, MOST), min(other.size, MOST)
    table, taken = _together(one, other, sizes)
    cells = sizes[0] * sizes[1]
    mean = float((taken[0] * taken[1]).sum()) / cells
    if mean * min(sizes) < FEWEST:
        return
    parts = _of_one_class(table, *taken) if one.kind == other.kind else _of_two_classes(table, *taken[:2])
    for name, (left, added, dof) in zip(("", " ⇄"), parts, strict=False):
        total = float(added.sum())
        if dof > 0 and total > _TINY * one.trials and skew(mean, cells, added) <= SKEW:
            scale = dof / total
            yield (
                f"{one.where} × {other.where}{name}",
                Square(float((left**2).sum()) * scale, dof, cells * mean**2 * scale),
            )


def _together(one: Cell, other: Cell, sizes: tuple[int, int]) -> tuple[Floats, tuple[Floats, Floats, Floats]]:
    """How often each two come in the same draw; and draw by draw how many of each cell, and of both (of one class).

    What the table owes to units that come too often or too seldom each by itself is taken away, so that their fault is
    not laid on the classes; of fair draws that takes no more than a part in `trials` from the squares.
    """
    table = np.zeros(sizes)
    taken = np.zeros(one.trials), np.zeros(one.trials), np.zeros(one.trials)
    rows = max(1, _BLOCK // max(sizes))
    for begin in range(0, one.trials, rows):
        end = min(one.trials, begin + rows)
        first, second = (cell.rows(size, range(begin, end)) for cell, size in zip((one, other), sizes, strict=True))
        table += first.T @ second
        taken[0][begin:end], taken[1][begin:end] = first.sum(axis=1), second.sum(axis=1)
        if one.kind == other.kind:
            taken[2][begin:end] = (first * second).sum(axis=1)
    counts = one.counts[: sizes[0]].astype(np.float64), other.counts[: sizes[1]].astype(np.float64)
    return table - np.outer(*(own - own.mean() for own in counts)) / max(1, one.trials), taken


def _of_two_classes(table: Floats, s: Floats, t: Floats) -> Iterator[Part]:
    """What rows and columns do not explain."""
    k, m = table.shape
    left = table - table.mean(axis=0) - table.mean(axis=1)[:, None] + table.mean()
    yield left, s * (k - s) / k * t * (m - t) / m, (k - 1) * (m - 1)


def _of_one_class(table: Floats, s: Floats, t: Floats, both: Floats) -> Iterator[Part]:
    """Both parts of a table whose rows and columns are the same units; what a unit has with itself is left out."""
    k = len(table)
    if k < 4:
        return
    pairs = s * t - both  # of different units, one with each result
    ways = (s - both) * t**2 + (t - both) * s**2
    mutual = ways / 4 + both * (s + t - 2) ** 2 / 4
    added = pairs / 2 + both * (both - 1) / 2 - 2 * (mutual - pairs**2 / k) / (k - 2) - pairs**2 / (k * (k - 1))
    yield freed((table + table.T) / 2), added, k * (k - 3) // 2
    turned = (table - table.T) / 2
    of_unit = turned.sum(axis=1) / k
    added = (pairs + both - both**2) / 2 - 2 * (ways + both * (t - s) ** 2) / 4 / k
    yield turned - of_unit[:, None] + of_unit[None, :], added, (k - 1) * (k - 2) // 2
