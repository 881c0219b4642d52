"""Pairs: against a projection by least squares, over all outcomes, and how skew the sum may be."""

from collections.abc import Sequence
from fractions import Fraction
from importlib import import_module
from itertools import combinations, product
from math import comb, inf, isclose, prod, sqrt

import numpy as np
import pytest
from scipy.stats import chi2

from dual_random.testing.checks import Check
from dual_random.testing.pairings import pairs
from fair_draws import fair, given, plain, split, subsets

room = import_module("dual_random.testing.pairings")  # the package has the function by this name


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs are judged however few they are."""
    monkeypatch.setattr(room, "FEWEST", 0)
    monkeypatch.setattr(room, "SKEW", inf)


def eigenvalue(size: int, taken: int) -> Fraction:
    """π₂ - 2π₃ + π₄."""
    two, three, four = (
        Fraction(prod(range(taken - k + 1, taken + 1)), prod(range(size - k + 1, size + 1))) for k in (2, 3, 4)
    )
    return two - 2 * three + four


def by_projection(size: int, drawn: Sequence[Sequence[int]]) -> float:
    """The squares of what least squares on the effects of both units leave of each pair's count, over the variance."""
    couples = list(combinations(range(size), 2))
    counts = np.array([sum(i in one and j in one for one in drawn) for i, j in couples], dtype=float)
    design = np.array([[float(unit in couple) for unit in range(size)] for couple in couples])
    left = counts - design @ np.linalg.lstsq(design, counts, rcond=None)[0]
    return float((left**2).sum() / float(sum(eigenvalue(size, len(one)) for one in drawn)))


def statistic(check: Check) -> float:
    """Of a check that has one."""
    assert check.statistic is not None
    return check.statistic


@pytest.mark.parametrize(("size", "taken", "trials"), [(4, 2, 9), (7, 3, 30), (12, 9, 20), (25, 6, 40)])
def test_the_value_is_that_of_a_projection(few: None, size: int, taken: int, trials: int) -> None:
    """Least squares with an explicit table of pairs and units gives the same sum."""
    drawn = fair(size, taken, trials, "a")
    check = pairs(plain(size, drawn))
    assert isclose(statistic(check), by_projection(size, drawn), rel_tol=1e-9)
    assert check.dof == size * (size - 3) // 2
    varying = [one[: 1 + number % taken] for number, one in enumerate(drawn)]
    assert isclose(statistic(pairs(plain(size, varying))), by_projection(size, varying), rel_tol=1e-9)


@pytest.mark.parametrize("sizes", [(2,), (3,), (4,), (2, 3), (2, 4), (3, 1)])
def test_the_mean_is_the_degrees_of_freedom(few: None, sizes: tuple[int, ...]) -> None:
    """Over all outcomes of one or two draws of six, of equal or unequal sizes: 6 · 3 / 2."""
    outcomes = list(product(*(subsets(6, taken) for taken in sizes)))
    values = [statistic(pairs(plain(6, drawn))) for drawn in outcomes]
    assert isclose(sum(values) / len(values), 9, rel_tol=1e-12)


def test_blocks_change_nothing(few: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting some draws at a time gives the same table, also with empty draws and a last block that is short."""
    drawn = [*fair(9, 4, 25, "b"), [], *fair(9, 4, 11, "c"), []]
    whole = pairs(plain(9, drawn))
    for cells in (9, 27, 100, 1):
        monkeypatch.setattr(room, "_BLOCK", cells)
        assert isclose(statistic(pairs(plain(9, drawn))), statistic(whole), rel_tol=1e-12)


def test_classes_add_up_and_results_are_asked_by_themselves() -> None:
    """Two classes: sums and degrees of freedom; two results: the smaller p, twice."""
    first, second = fair(12, 4, 400, "d"), fair(9, 3, 400, "e")
    both = pairs(
        plain(
            21, [[*a, *(12 + i for i in b)] for a, b in zip(first, second, strict=True)], split(21, {"X": 12, "Y": 9})
        )
    )
    one, other = pairs(plain(12, first)), pairs(plain(9, second))
    assert isclose(statistic(both), statistic(one) + statistic(other))
    assert both.dof == 54 + 27
    results = pairs(
        given(
            12,
            [[(i, "a") for i in a] + [(i, "b") for i in b] for a, b in zip(first, fair(12, 4, 400, "f"), strict=True)],
        )
    )
    assert isclose(results.p, min(1.0, 2 * min(one.p, pairs(plain(12, fair(12, 4, 400, "f"))).p)))
    assert results.null.params["count"] == 2


def test_couples_and_those_who_never_meet_are_seen() -> None:
    """Neighbours that come together, and two that never do, fail; fair draws do not."""
    couples = [[2 * i for i in one] + [2 * i + 1 for i in one] for one in fair(10, 2, 400, "g")]
    assert pairs(plain(20, couples)).failed
    apart = [one for one in fair(8, 4, 900, "h") if not {0, 1} <= set(one)]
    assert pairs(plain(8, apart)).failed
    assert not pairs(plain(20, fair(20, 4, 400, "i"))).failed


def test_of_a_large_class_the_first_units_are_looked_at(few: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first of the list, with the numbers drawn among them."""
    monkeypatch.setattr(room, "MOST", 6)
    drawn = fair(15, 7, 60, "j")
    own = [[place for place in one if place < 6] for one in drawn]
    check = pairs(plain(15, drawn))
    assert isclose(statistic(check), by_projection(6, own), rel_tol=1e-9)
    assert check.dof == 9


@pytest.mark.parametrize(
    ("size", "taken", "trials"), [(3, 2, 5000), (4, 2, 250), (12, 4, 150), (60, 12, 200), (100, 5, 500), (400, 4, 2000)]
)
def test_of_few_draws_nothing_is_asked(size: int, taken: int, trials: int) -> None:
    """p is 1 and nothing is seen; from twice as many draws on it is asked, of classes of four or more."""
    check = pairs(plain(size, fair(size, taken, trials, "k")))
    assert (check.p, check.sees.code, check.detectable) == (1.0, "sees-nothing", inf)
    if trials <= 500 and size > 3:
        assert pairs(plain(size, fair(size, taken, 2 * trials, "k"))).dof == size * (size - 3) // 2


@pytest.mark.parametrize("size", [4, 5, 8, 11, 29, 49])
def test_nothing_open_is_no_failure(few: None, size: int) -> None:
    """None, one, all but one or all of the units: no two can come together otherwise, and rounding makes no failure."""
    for taken in {0, 1, size - 1, size}:
        assert pairs(plain(size, fair(size, taken, 300, "m"))).statistic is None
    mixed = [one[: 1 if number % 2 else size - 1] for number, one in enumerate(fair(size, size, 300, "n"))]
    assert pairs(plain(size, mixed)).p == 1.0
    assert pairs(plain(size, [])).p == 1.0


@pytest.mark.parametrize(
    ("size", "taken", "trials"), [(12, 4, 400), (30, 5, 300), (60, 12, 250), (100, 5, 700), (80, 40, 250)]
)
def test_the_sum_is_hardly_more_skew_than_chi_square(few: None, size: int, taken: int, trials: int) -> None:
    """What its third cumulant has beyond that of chi-square, from the overlaps of two draws, is below the limit."""
    dof = size * (size - 3) // 2
    chances, kernel = [], []
    for overlap in range(max(0, 2 * taken - size), taken + 1):
        other = [*range(overlap), *range(taken, 2 * taken - overlap)]
        kernel.append(statistic(pairs(plain(size, [range(taken), other]))) - dof)
        chances.append(comb(taken, overlap) * comb(size - taken, taken - overlap) / comb(size, taken))
    mean, square, cube = (sum(c * k**power for c, k in zip(chances, kernel, strict=True)) for power in (1, 2, 3))
    assert abs(mean) < 1e-9 * dof
    assert isclose(square, dof)
    excess = 4 * cube / trials / (2 * dof) ** 1.5
    together = trials * taken * (taken - 1) / (size * (size - 1))
    shared = together**2 / 2 * size * (size - 1) / 2
    assert excess < 1 / sqrt(shared) + 4 / trials
    assert excess < 0.02


def test_false_alarms_are_as_promised() -> None:
    """Of 800 fair runs at most 5.7 % have a p of .05 or less, and 1.9 % one of .01 or less (99.9 % of such runs)."""
    generator = np.random.default_rng(4)
    ps = []
    for _ in range(800):
        drawn = np.argsort(generator.random((300, 12)), axis=1)[:, :4]
        ps.append(pairs(plain(12, drawn.tolist())).p)
    for level, least, most in ((0.05, 21, 64), (0.01, 1, 19)):
        assert least <= sum(p <= level for p in ps) <= most


def test_the_bias_it_says_is_seen_nine_times_in_ten() -> None:
    """The noncentrality of a relative bias of all pairs: dof · together² · bias² / variance."""
    check = pairs(plain(20, fair(20, 4, 400, "l")), alpha=0.001)
    together, variance = 400 * 12 / 380, 400 * float(eigenvalue(20, 4))
    shift = check.detectable**2 * 170 * together**2 / variance
    limit = chi2.isf(0.001, 170)
    generator = np.random.default_rng(5)
    power = (generator.noncentral_chisquare(170, shift, 20_000) >= limit).mean()
    assert 0.89 < power < 0.91


def test_few_large_draws_among_many_empty_ones_count_as_few() -> None:
    """Two draws of half the units among 498 of nobody: one overlap, squared, is no chi-square, so nothing is asked."""
    drawn: list[list[int]] = [*fair(420, 210, 2, "last"), *([] for _ in range(498))]
    assert pairs(plain(420, drawn)).statistic is None
