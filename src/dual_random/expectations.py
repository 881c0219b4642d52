"""What to expect of a draw before any seed: the fewest visits of any method, and those of independent draws."""

from fractions import Fraction
from math import floor
from typing import Final

import numpy as np
from attrs import frozen

from dual_random.cells import Counts, department_places
from dual_random.marks import Numbers
from dual_random.populations import Populations
from dual_random.text import decimal_text

_WHOLE: Final = 2**31  # shares as integers: the product of two fits into 63 bits


@frozen
class Expectations:
    """What rules and register alone say of the number of visits; no seed enters.

    Args:
        bound: no method expects fewer visits; the exact sum, rounded down to 0.01.
        independent: visits to expect if every department drew by itself.
    """

    bound: str
    independent: int


def expect(populations: Populations, numbers: Numbers) -> Expectations:
    """What to expect of the numbers to be drawn."""
    bound = Fraction(floor(100 * fewest_visits(populations, numbers)), 100)
    return Expectations(decimal_text(bound, 2), independent_visits(populations, numbers))


def fewest_visits(populations: Populations, numbers: Numbers) -> Fraction:
    """A bound that no method can undercut: expected visits are at least the sum of everybody's largest chance.

    Whoever is drawn for e with probability π_e is visited with probability at least max_e π_e (Matei and Tillé 2005,
    for the overlap of two samples).
    """
    shares = [
        [Fraction(n, size) for n, size in zip(ns, population.sizes, strict=False)]
        for ns, population in zip(numbers, populations.demands, strict=True)
    ]
    ladder = sorted({Fraction(0)}.union(*shares))
    step = {share: i for i, share in enumerate(ladder)}
    highest = np.zeros(len(populations.sizes), dtype=np.intp)
    for own, population in zip(shares, populations.demands, strict=True):
        steps = np.array([step[share] for share in own] + [0], dtype=np.intp)  # the last one: outside
        if own:
            np.maximum(highest, steps[population.stratum], out=highest)
    rows = np.zeros(len(ladder), dtype=np.int64)
    np.add.at(rows, highest, populations.sizes)
    return sum((int(count) * share for count, share in zip(rows, ladder, strict=True)), Fraction(0))


def independent_visits(populations: Populations, numbers: Numbers) -> int:
    """How many visits to expect if every department drew by itself, and two that hit the same firm still came together.

    That is the sum over all enterprises of 1 − Π(1 − π_d), with π_d the largest chance among a department's own
    demands: its items share visits. Who follows goes where the other one goes. In whole visits, half up; shares are
    rounded down to 2⁻³¹ at each step, so that every implementation gets the same number.
    """
    spared = np.full(len(populations.sizes), _WHOLE, dtype=np.int64)
    for own in _spared(populations, numbers):
        spared = spared * own >> 31
    visits = sum(map(int.__mul__, (_WHOLE - spared).tolist(), populations.sizes.tolist()))
    return (2 * visits + _WHOLE) // (2 * _WHOLE)


def _spared(populations: Populations, numbers: Numbers) -> list[Counts]:
    """For each department and profile the chance not to be drawn, in units of 2⁻³¹."""
    places = department_places(populations)
    spared = [np.full(len(populations.sizes), _WHOLE, dtype=np.int64) for _ in set(places)]
    for own, place, population in zip(numbers, places, populations.demands, strict=True):
        sizes = zip(own, population.sizes, strict=False)
        shares = [(size - number) * _WHOLE // size for number, size in sizes]
        if own:
            chance = np.array([*shares, _WHOLE], dtype=np.int64)  # the last one: outside
            np.minimum(spared[place], chance[population.stratum], out=spared[place])
    return spared
