"""Do any two units come together as often as they should?

How often two units come together depends on how often each comes at all. So pair counts are first freed of that: from
each count the part is taken away that the counts of its two units explain. What is left of s units drawn from K spreads
around zero with the variance λ(s) a draw, the chance that two given units are drawn and two others are not, and the sum
of its squares over λ follows the chi-square distribution of K(K-3)/2 degrees of freedom: the eigenspaces of the Johnson
scheme (P. Delsarte, *An algebraic approach to the association schemes of coding theory*, 1973).
"""

from math import sqrt
from typing import Final

import numpy as np

from dual_random.errors import Note
from dual_random.forms import refuse
from dual_random.testing.checks import Check
from dual_random.testing.replicates import Cell, Counts, Floats, Replicates, asked_faults
from dual_random.testing.squares import Square, by_result, worst_of
from dual_random.testing.tallies import ALPHA

MOST: Final = 2000  # units of a class: the table of their pairs has 16 MB
SKEW: Final = 0.02  # with more of it the distribution is not that of chi-square far out
FEWEST: Final = 200  # times a pair is expected, times the number of units: small classes need more of each pair
_BLOCK: Final = 4_000_000  # cells of a table of draws and units


def pairs(replicates: Replicates, *, alpha: float = ALPHA) -> Check:
    """Whether any two alike units come together as often as any other two: neighbours, cycles, clusters, blocks.

    Of a class of more than 2,000 units the first 2,000 of the list are looked at.

    Args:
        replicates: the draws.
        alpha: the limit of p.

    >>> from dual_random.testing.replicates import replicate
    >>> units = [f"E{number}" for number in range(1, 13)]
    >>> every_third = replicate(lambda units, seed: units[sum(seed.encode()) % 3 :: 3], units, 600)
    >>> pairs(every_third).failed
    True
    """
    refuse(asked_faults(replicates, alpha))
    squares = by_result(replicates, [_square(cell) for cell in replicates.cells])
    null = Note("pairs-null", "", {"count": len(squares)})
    return worst_of(squares, "pairs", null, Note("sees-nothing"), "pairs-sees", alpha)


def _square(cell: Cell) -> Square:
    """The sum of squares of a cell."""
    size = min(cell.size, MOST)
    totals = np.bincount(cell.draws[cell.who < size], minlength=cell.trials)
    together, spread = _chances(totals, size)
    variance = float(spread.sum())
    if size < 4 or not variance or together * size < FEWEST or skew(together, size * (size - 1) / 2, spread) > SKEW:
        return Square()
    value = float((freed(_counts(cell, size)) ** 2).sum()) / 2 / variance
    dof = size * (size - 3) // 2
    return Square(value, dof, dof * together**2 / variance)


def skew(together: float, places: float, spread: Floats) -> float:
    """How skew a sum of squares is at most, beyond chi-square.

    Two parts: of single pairs that are met again, and of large overlaps of two draws. The second depends on how many
    draws carry the sum: few large ones among many small ones count as few.

    Args:
        together: how often a pair is expected, over all draws.
        places: how many pairs there are.
        spread: what each draw adds to the sum on average.
    """
    shared = together**2 / 2 * places  # pairs that any two draws have in common
    carrying = float(spread.sum()) ** 2 / float((spread**2).sum())
    return 1 / sqrt(shared) + 4 / carrying


def _chances(totals: Counts, size: int) -> tuple[float, Floats]:
    """How often two units come together, over all draws; and λ of each draw; both without rounding what is 0."""
    come, stay = totals.astype(np.float64), (size - totals).astype(np.float64)
    couples = float((come * (come - 1)).sum()) / size / max(1, size - 1)
    crossed = come * (come - 1) * stay * (stay - 1)
    return couples, crossed / max(1, size * (size - 1) * (size - 2) * (size - 3))


def _counts(cell: Cell, size: int) -> Floats:
    """How often any two of the first units come together; some draws at a time, so that memory is bounded."""
    found = np.zeros((size, size), dtype=np.float64)
    block = max(1, _BLOCK // size)
    for begin in range(0, cell.trials, block):
        table = cell.rows(size, range(begin, min(cell.trials, begin + block)))
        found += table.T @ table
    return found


def freed(table: Floats) -> Floats:
    """What is left of a symmetric table of pairs when the part that its units explain is taken away; no diagonal."""
    size = len(table)
    left = table.copy()
    np.fill_diagonal(left, 0.0)
    left -= left.sum() / (size * (size - 1))
    np.fill_diagonal(left, 0.0)
    of_unit = left.sum(axis=1) / (size - 2)
    left -= of_unit[:, None] + of_unit[None, :]
    np.fill_diagonal(left, 0.0)
    return left
