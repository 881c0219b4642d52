"""The law of a group's number: against scipy, and against all samples counted one by one."""

from fractions import Fraction
from itertools import combinations, product
from math import comb, log
from typing import Final

import numpy as np
import pytest
from scipy import stats

from dual_random.testing.laws import Cell, law, log_moments, logs, scatter

CELLS: Final = [(10, 4, 5), (10, 9, 8), (5, 5, 2), (6, 1, 6), (7, 3, 0), (200, 20, 20), (41_000, 3_000, 1_773)]


@pytest.mark.parametrize("cell", CELLS)
def test_a_fair_draw_is_hypergeometric(cell: Cell) -> None:
    """The chances of a fair draw are those of scipy."""
    size, group, taken = cell
    first, found = logs(cell)
    expected = stats.hypergeom(size, group, taken).logpmf(np.arange(first, first + len(found)))
    assert found == pytest.approx(expected, abs=1e-7, rel=1e-9)
    assert np.exp(found).sum() == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("odds", [0.01, 0.5, 3.0, 40.0])
@pytest.mark.parametrize("cell", CELLS[:6])
def test_odds_give_the_law_of_fisher(cell: Cell, odds: float) -> None:
    """With odds the chances are those of Fisher's noncentral law."""
    size, group, taken = cell
    found = law([cell], odds)
    expected = stats.nchypergeom_fisher(size, group, taken, odds).pmf(found.counts)
    assert found.chances == pytest.approx(expected, abs=1e-9)


def counted(cells: list[Cell], odds: int) -> dict[int, Fraction]:
    """All samples of all strata, each weighing odds to the number of the group in it."""
    samples = [
        [sum(unit < group for unit in sample) for sample in combinations(range(size), taken)]
        for size, group, taken in cells
    ]
    weights: dict[int, Fraction] = {}
    for numbers in product(*samples):
        weights[sum(numbers)] = weights.get(sum(numbers), Fraction(0)) + Fraction(odds) ** sum(numbers)
    return {number: weight / sum(weights.values()) for number, weight in weights.items()}


@pytest.mark.parametrize("odds", [1, 3])
def test_strata_add_up(odds: int) -> None:
    """The law over strata is that of all their samples, counted."""
    cells = [(5, 2, 2), (4, 3, 2), (3, 1, 1)]
    found = law(cells, float(odds))
    expected = counted(cells, odds)
    assert dict(zip(found.counts.tolist(), found.chances.tolist(), strict=True)) == pytest.approx(
        {number: float(chance) for number, chance in sorted(expected.items())}
    )
    mean = sum(number * chance for number, chance in expected.items())
    assert found.mean == pytest.approx(float(mean))
    if odds == 1:
        assert scatter(cells) == pytest.approx(float(sum(n * n * p for n, p in expected.items()) - mean**2))


def test_moments_are_exact() -> None:
    """The expected w^x is the sum over all samples."""
    cells = [(5, 2, 2), (4, 3, 2)]
    fair = counted(cells, 1)
    for odds in (Fraction(1, 8), Fraction(3, 2), Fraction(8)):
        expected = sum(chance * odds**number for number, chance in fair.items())
        assert log_moments(cells, [log(odds)])[0] == pytest.approx(log(expected), abs=1e-13)


def test_tails_are_twice_the_smaller_one() -> None:
    """The chance told of a count is twice that of its side, 1 in the middle, 0 beyond what can be."""
    fair = law([(10, 4, 5)])
    side = Fraction(comb(6, 5) + 4 * comb(6, 4), comb(10, 5))
    assert [fair.tail(count) for count in (1, 2, 3)] == pytest.approx([2 * float(side), 1, 2 * float(side)])
    assert (fair.tail(5), fair.tail(-1)) == (0, 0)


def test_far_tails_do_not_overflow() -> None:
    """Extreme odds of a large group move all the mass to the end."""
    assert law([(41_000, 20_000, 1_773)], 1e9).mean == pytest.approx(1773, abs=0.01)
    assert law([(41_000, 20_000, 1_773)] * 2, 1e-9).mean == pytest.approx(0, abs=0.01)
