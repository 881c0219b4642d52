"""Which enterprises are drawn for each demand: the lowest tickets of every stratum (specification 7).

All demands read the same tickets, so their draws fall on the same enterprises wherever they can.
"""

from collections.abc import Callable, Sequence
from functools import reduce
from typing import TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from dual_random.populations import Codes, Flags, Populations
from dual_random.tickets import HIGHEST, SPARE, Rows, Words, ascending, likely_limit

Whole: TypeAlias = Callable[[int], tuple[bytes, bytes]]
Numbers: TypeAlias = Sequence[Sequence[int]]


@frozen(eq=False)
class Marks:
    """Who was drawn, and for which demands.

    Args:
        rows: the rows drawn for any demand, in ascending order of their tickets.
        served: a line per row, a column per demand (in the plan's order): drawn for it or not.
    """

    rows: Rows
    served: Flags


@frozen(eq=False)
class Quota:
    """How many of the lowest tickets are wanted in each stratum of one partition of the register.

    Args:
        stratum: for each profile the number of its stratum, -1 outside.
        sizes: enterprises in each stratum.
        numbers: how many are wanted of each.
    """

    stratum: Codes
    sizes: Sequence[int]
    numbers: Sequence[int]


def mark(populations: Populations, numbers: Numbers, words: Words, whole: Whole, spare: int = SPARE) -> Marks:
    """The lowest tickets of every stratum, as many as each demand asks for.

    Each demand's rows are the n lowest tickets of its stratum: independent of the order of input, and n+1 contains n.

    Args:
        populations: who may be drawn, in which strata.
        numbers: how many to draw, for each demand (empty for one that follows) and stratum.
        words: first words of all tickets.
        whole: a row's whole ticket and id, for equal first words.
        spare: how generously candidates are chosen; it changes the speed, never the result.
    """
    drawing = [pair for pair in zip(populations.demands, numbers, strict=True) if not pair[0].demand.follow]
    quotas = [Quota(population.stratum, population.sizes, own) for population, own in drawing]
    rows = candidates(populations.profile, quotas, words, whole, spare)
    served = _served(populations, numbers, populations.profile[rows])
    drawn = served.any(axis=1)
    return Marks(rows[drawn], served[drawn])


def candidates(profile: Codes, quotas: Sequence[Quota], words: Words, whole: Whole, spare: int = SPARE) -> Rows:
    """Rows in ascending order of their tickets, among them all that any quota wants.

    Only rows whose ticket can be among the lowest of a stratum are sorted; a stratum that was cut too short is looked
    at whole.
    """
    limits = [_limits(quota, spare) for quota in quotas]
    while True:
        limit = reduce(np.maximum, map(_by_profile, quotas, limits))
        rows = ascending(words, np.flatnonzero(words <= limit[profile]), whole)
        found, inside = words[rows], profile[rows]
        short = [_short(found, quota.stratum[inside], quota, own) for quota, own in zip(quotas, limits, strict=True)]
        if not any(map(np.any, short)):
            return rows
        for own, raised in zip(limits, short, strict=True):
            own[raised] = HIGHEST


def _limits(quota: Quota, spare: int) -> Words:
    """For each stratum a first word below which its lowest tickets almost surely lie."""
    sizes = zip(quota.numbers, quota.sizes, strict=True)
    return np.array([likely_limit(number, size, spare) for number, size in sizes], dtype=np.uint64)


def _by_profile(quota: Quota, limits: Words) -> Words:
    if not len(limits):
        return np.zeros(len(quota.stratum), dtype=np.uint64)
    return np.where(quota.stratum >= 0, limits[quota.stratum], np.uint64(0))


def _short(words: Words, strata: Codes, quota: Quota, limits: Words) -> Flags:
    """Strata with fewer candidates below their limit than numbers that have not been looked at whole.

    Candidates above the limit do not count: they are there for another quota, and others of the stratum are not.
    """
    inside = np.flatnonzero(strata >= 0)
    own = strata[inside]
    found = np.bincount(own[words[inside] <= limits[own]], minlength=len(limits))
    return (found < np.asarray(quota.numbers, dtype=np.int64)) & (limits < HIGHEST)


def _served(populations: Populations, numbers: Numbers, profile: Codes) -> Flags:
    place = {population.demand.name: i for i, population in enumerate(populations.demands)}
    served = np.empty((len(profile), len(place)), dtype=np.bool_)
    for i, population in enumerate(populations.demands):
        if not population.demand.follow:
            served[:, i] = first_of_each(population.stratum[profile], numbers[i])
    for i, population in enumerate(populations.demands):
        if population.demand.follow:
            served[:, i] = served[:, place[population.demand.follow]] & (population.stratum[profile] >= 0)
    return served


def first_of_each(strata: Codes, numbers: Sequence[int]) -> Flags:
    """Which rows, given in ticket order, are among the first n of their stratum.

    >>> first_of_each(np.array([1, 0, 1, -1, 1]), [0, 2]).tolist()
    [True, False, True, False, False]
    """
    inside = np.flatnonzero(strata >= 0)
    small = strata[inside].astype(np.min_scalar_type(max(len(numbers) - 1, 0)))  # small codes sort by radix
    order = np.argsort(small, kind="stable")
    kept = small[order].astype(np.intp)
    place = count_up(np.bincount(kept, minlength=len(numbers)))
    taken = np.zeros(len(strata), dtype=np.bool_)
    taken[inside[order]] = place < np.asarray(numbers, dtype=np.int64)[kept]
    return taken


def count_up(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, … n−1 for each number n, one after another.

    >>> count_up(np.array([2, 1, 3])).tolist()
    [0, 1, 0, 0, 1, 2]
    """
    return np.arange(int(numbers.sum())) - np.repeat(np.cumsum(numbers) - numbers, numbers)
