"""Repeated draws: the p is an upper bound by all outcomes; the ways are counted one by one."""

from collections.abc import Sequence
from fractions import Fraction
from hashlib import sha256
from itertools import permutations, product
from math import comb, inf, isclose
from random import Random

import pytest
from scipy.stats import poisson

from dual_random.testing.checks import told
from dual_random.testing.procedures import DRAWN, Outcome, seed_of
from dual_random.testing.repetitions import repeats
from dual_random.testing.replicates import Replicates, replicate
from fair_draws import excesses, fair, given, names, plain, split, subsets

Hits = tuple[tuple[int, str], ...]


def arrangements(one: Hits, classes: Sequence[str]) -> set[frozenset[tuple[int, str]]]:
    """All ways to give out what the units of each class have among them: by every permutation within classes."""
    size = len(classes)
    found = set()
    for order in permutations(range(size)):
        if all(classes[place] == classes[order[place]] for place in range(size)):
            found.add(frozenset((order[place], result) for place, result in one))
    return found


def mean_of(replicates: Replicates) -> str:
    """The mean that is told."""
    return str(repeats(replicates).worst[0].params["mean"])


@pytest.mark.parametrize("sizes", [(2, 2, 2, 2), (1, 3, 1, 3), (1, 2, 1, 2), (0, 1, 0, 1, 4), (4, 4, 1, 0)])
def test_p_is_an_upper_bound_for_samples(sizes: tuple[int, ...]) -> None:
    """Over all outcomes of draws of four, of one size or several."""
    choices = [subsets(4, taken) for taken in sizes]
    outcomes = list(product(*choices))
    law = [(repeats(plain(4, drawn)).p, Fraction(1, len(outcomes))) for drawn in outcomes]
    found = excesses(law)
    assert all(ratio <= 1 + 1e-9 for _, ratio in found)
    if sizes == (2, 2, 2, 2):
        assert len(found) > 0


def test_p_is_an_upper_bound_for_results_and_classes() -> None:
    """Three draws of "a" for two of four and "b" for one of two others, and of two results for one unit."""
    classes = ["X", "X", "X", "X", "Y", "Y"]
    for one in (((0, "a"), (1, "a"), (4, "b")), ((0, "a"), (0, "b"), (4, "a")), ((0, "a"), (1, "b"))):
        ways = [tuple(sorted(way)) for way in arrangements(one, classes)]
        alike = dict(zip(names(6), classes, strict=True))
        law = [(repeats(given(6, drawn, alike)).p, Fraction(1, len(ways) ** 3)) for drawn in product(ways, repeat=3)]
        found = excesses(law)
        assert found
        assert all(ratio <= 1 + 1e-9 for _, ratio in found)


@pytest.mark.parametrize(
    "one",
    [
        ((0, ""),),
        ((0, ""), (1, ""), (4, "")),
        ((0, "a"), (1, "b")),
        ((0, "a"), (0, "b"), (1, "a")),
        ((0, "a"), (4, "a"), (5, "b")),
        ((0, "a"), (1, "a"), (2, "b"), (3, "b"), (4, "c"), (5, "a")),
        ((0, ""), (1, ""), (2, ""), (3, "")),
        (),
    ],
)
def test_the_ways_are_counted(one: Hits) -> None:
    """The second draw of a kind repeats the first with a chance of one over the number of arrangements, counted."""
    classes = ["X", "X", "X", "X", "Y", "Y"]
    ways = len(arrangements(one, classes))
    alike = dict(zip(names(6), classes, strict=True))
    assert mean_of(given(6, [one, one], alike)) == f"{1 / ways:.3g}"
    assert mean_of(given(6, [one] * 3, alike)) == f"{min(1, 1 / ways) + min(1, 2 / ways):.3g}"
    whole = len(arrangements(one, ["X"] * 6))
    assert mean_of(given(6, [one, one])) == f"{1 / whole:.3g}"


def test_only_draws_of_a_kind_can_repeat_each_other() -> None:
    """Kinds are told apart by how many of which results each class has."""
    alike = split(6, {"X": 4, "Y": 2})
    assert mean_of(plain(6, [(0, 1), (0, 4), (1, 2)], alike)) == f"{1 / 6:.3g}"
    assert mean_of(plain(6, [(0,), (0, 1), (1, 2, 3)])) == "0"
    assert mean_of(given(3, [((0, "a"),), ((0, "b"),)])) == "0"
    assert mean_of(given(3, [((0, "a"), (0, "b")), ((0, "b"), (0, "a"))])) == f"{1 / 3:.3g}"


def test_repeats_are_counted_whatever_the_order_within_a_draw() -> None:
    """The same units in another order are the same draw; the p is the Poisson tail of count and mean."""
    drawn = [(0, 1, 2), (5, 6, 7), (2, 1, 0), (1, 2, 0), (7, 5, 6), (3, 4, 5)]
    check = repeats(plain(20, drawn))
    assert check.worst[0].params["count"] == "3"
    mean = 15 / comb(20, 3)
    assert isclose(check.p, float(poisson.sf(2, mean)), rel_tol=1e-9)
    swapped = [((0, "a"), (1, "b")), ((0, "b"), (1, "a")), ((1, "b"), (0, "a"))]
    assert repeats(given(20, swapped)).worst[0].params["count"] == "1"


def test_what_can_hardly_differ_is_no_fault() -> None:
    """All, none, or few ways: draws must repeat; nothing is seen, and nothing fails."""
    for drawn in ([(0, 1, 2)] * 300, [()] * 300, [(i % 3,) for i in range(300)], [], [(0,)]):
        check = repeats(plain(3, drawn))
        assert (check.p, check.sees.code, check.detectable) == (1.0, "sees-nothing", inf)


def test_large_numbers_do_not_overflow() -> None:
    """Half of 20,000 units: no two draws are equal by chance, and two equal ones are proof."""
    drawn = [range(i, 10_000 + i) for i in (0, 1, 2, 0)]
    units = [f"E{i}" for i in range(20_000)]
    outcomes = [Outcome(seed_of(i), [(units[k], DRAWN) for k in one]) for i, one in enumerate(drawn)]
    check = repeats(Replicates.of(units, outcomes))
    assert check.p == 0.0
    assert check.worst[0].params == {"count": "1", "trials": "4", "mean": "0"}


@pytest.mark.parametrize(
    ("size", "taken", "alpha", "most"), [(30, 10, 1e-6, 0.96), (14, 4, 1e-6, 1.0), (12, 3, 0.001, 1.0)]
)
def test_so_few_seeds_are_seen_nine_times_in_ten(size: int, taken: int, alpha: float, most: float) -> None:
    """With as many different draws as stated, 82 % or more of simulated runs fail, almost all with half as many."""
    trials = 100
    check = repeats(plain(size, fair(size, taken, trials, "a")), alpha=alpha)
    assert check.sees.params["seeds"] == told(check.detectable)
    for seeds, least, highest in ((check.detectable, 0.82, most), (check.detectable / 2, 0.97, 1.0)):
        generator = Random(1)
        runs = []
        for number in range(100):
            pool = fair(size, taken, int(seeds), str(number))
            runs.append(repeats(plain(size, [generator.choice(pool) for _ in range(trials)]), alpha=alpha).failed)
        assert least <= sum(runs) / len(runs) <= highest


def test_a_clock_of_sixteen_bits_is_found() -> None:
    """65,536 seeds show within 1,500 draws; 2^64 do not."""

    def clock(bits: int) -> Replicates:
        def draw(units: Sequence[str], seed: str) -> list[str]:
            number = int.from_bytes(sha256(seed.encode()).digest()[:8]) % 2**bits
            return Random(number).sample(units, 9)

        return replicate(draw, names(60), 1500)

    assert repeats(clock(16)).failed
    assert not repeats(clock(64)).failed
