"""Tails: against exact fractions, against all hypergeometric numbers of small size, and what they make visible."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import accumulate, combinations_with_replacement
from math import comb, inf, isclose
from typing import TypeAlias

import pytest

from dual_random.testing.tails import Comparison
from tails import Sums, beyond, weakest

Law: TypeAlias = list[Fraction]  # the probabilities of 0, 1, 2, …


def binomial(trials: int, chance: Fraction) -> Law:
    """A binomial number."""
    return [comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(trials + 1)]


def hypergeometric(size: int, marked: int, taken: int) -> Law:
    """How many marked ones are among those taken."""
    ways = [comb(marked, k) * comb(size - marked, taken - k) for k in range(min(marked, taken) + 1)]
    return [Fraction(number, comb(size, taken)) for number in ways]


def together(one: Law, other: Law) -> Law:
    """The sum of two independent numbers."""
    found = [Fraction(0)] * (len(one) + len(other) - 1)
    for i, p in enumerate(one):
        for j, q in enumerate(other):
            found[i + j] += p * q
    return found


def small() -> Iterator[tuple[int, int, int]]:
    """All (N, K, n) up to N = 6 in which something is open."""
    for size in range(2, 7):
        for marked in range(1, size):
            for taken in range(1, size):
                yield size, marked, taken


@pytest.mark.parametrize(
    ("trials", "mean"), [(1, 0.5), (10, 3.0), (700, 21.0), (700, 20.5), (700, 690.0), (400, 200.0)]
)
def test_tails_are_those_of_exact_fractions(trials: int, mean: float) -> None:
    """Both tails agree with binomial coefficients to eleven digits, as far out as 10^-60."""
    hits, sides = int(2 * mean), 2 * trials  # the chance is hits in sides
    ways = [comb(trials, k) * hits**k * (sides - hits) ** (trials - k) for k in range(trials + 1)]
    lows = list(accumulate(ways))
    each = Comparison("", trials, mean, 0)
    for count in range(trials + 1):
        high, low = (sides**trials - lows[count] + ways[count]) / sides**trials, lows[count] / sides**trials
        if count >= mean + 1 and high > 1e-60:
            assert isclose(each.at_least(count), high, rel_tol=1e-11)
        if count <= mean - 1 and low > 1e-60:
            assert isclose(each.at_most(count), low, rel_tol=1e-11)


def test_no_sum_of_hypergeometric_numbers_has_heavier_tails() -> None:
    """For every two samples from up to six, the exact tail of their sum is at most the one used as a limit."""
    checked = 0
    for pair in combinations_with_replacement(small(), 2):
        sums = Sums()
        for size, marked, taken in pair:
            sums.add("both", size, marked, taken, 0)
        (each,) = sums.comparisons()
        law = together(*(hypergeometric(*one) for one in pair))
        assert isclose(each.mean, float(sum(k * p for k, p in enumerate(law))))
        assert len(law) == each.trials + 1
        for count in range(len(law)):
            assert float(sum(law[count:])) <= each.at_least(count) + 1e-12
            assert float(sum(law[: count + 1])) <= each.at_most(count) + 1e-12
            checked += min(each.at_least(count), each.at_most(count)) < 1
    assert checked > 3000


def test_what_could_not_come_out_otherwise_is_left_aside() -> None:
    """Strata of which all or none are taken or marked add neither trials nor counts; names with nothing else vanish."""
    sums = Sums()
    sums.add("some", [10, 10, 10, 10, 10], [5, 0, 10, 5, 5], [4, 4, 4, 0, 10], [3, 0, 4, 0, 5], draws=2)
    sums.add("some", 20, 1, 7, 1)
    sums.add("none", [10, 10], [0, 10], 5, [0, 5])
    assert sums.comparisons() == [Comparison("some", 9, 4.35, 4)]


def test_limits_and_powers_are_exact() -> None:
    """The critical count is the first whose doubled tail is below the limit; the excess reaches it 99 times in 100."""
    each = Comparison("", 300, 30.0, 0)
    law = binomial(300, Fraction(1, 10))
    critical = each.critical(1e-6)
    assert 2 * sum(law[critical:]) < 1e-6 <= 2 * sum(law[critical - 1 :])
    found = each.excess(1e-6, 0.99)
    for excess, seen in ((found * 1.0001, True), (found * 0.9999, False)):
        biased = binomial(300, Fraction(1, 10) * (1 + Fraction(excess)))
        assert (sum(biased[critical:]) >= Fraction(99, 100)) == seen
    assert Comparison("", 10, 5.0, 0).excess(1e-6, 0.99) == inf
    assert weakest([each, Comparison("", 3000, 300.0, 0)], 1e-6) == found


def test_counts_beyond_the_limit_are_named() -> None:
    """High and low counts are named with what was expected, the worst first; others are not."""
    found = [Comparison(str(seen), 400, 200.0, seen) for seen in (200, 260, 100, 141, 245)]
    assert list(beyond(found, 1e-6).items()) == [("100", (100, 200.0)), ("260", (260, 200.0)), ("141", (141, 200.0))]
    assert Comparison("", 400, 200.0, 200).tail == 1.0
    assert Comparison("", 100_000, 1000.0, 90_000).tail == 0.0
