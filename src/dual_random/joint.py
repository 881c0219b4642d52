"""Which enterprises are drawn, and where the demands of several departments meet in one visit (SCHEME sections 5, 6).

All demands read the same tickets, so their draws fall on the same enterprises wherever they can. Given the order
of the cells among the tickets, who stands where inside a cell is a uniform permutation, and all else here depends
on counts only: hence everybody's chance is n/N of the stratum, exactly, whatever the other departments do.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce
from typing import Final, TypeAlias, TypeVar

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from dual_random.populations import Codes, Flags, Population, Populations, distinct
from dual_random.rates import Rate
from dual_random.tickets import SPARE, Rows, Words, ascending, likely_limit

Counts: TypeAlias = NDArray[np.int64]
Whole: TypeAlias = Callable[[int], tuple[bytes, bytes]]
Numbers: TypeAlias = Sequence[Sequence[int]]
Kept = TypeVar("Kept", bound=np.generic)

_ALL: Final = 2**64 - 1


@frozen(eq=False)
class Marks:
    """Who was drawn, and for which demands.

    Args:
        rows: the rows drawn for any demand, in ascending order of their tickets.
        served: a line per row, a column per demand (in the plan's order): drawn for it or not.
    """

    rows: Rows
    served: Flags


def mark(populations: Populations, numbers: Numbers, words: Words, whole: Whole, spare: int = SPARE) -> Marks:
    """The lowest tickets of every stratum, as many as each demand asks for.

    Each demand's rows are the n lowest tickets of its stratum: independent of the order of input, and n+1 contains n.
    Only rows whose ticket can be among the lowest are sorted; a stratum that was cut too short is looked at whole.

    Args:
        populations: who may be drawn, in which strata.
        numbers: how many to draw, for each demand (empty for one that follows) and stratum.
        words: first words of all tickets.
        whole: a row's whole ticket and id, for equal first words.
        spare: how generously candidates are chosen; it changes the speed, never the result.
    """
    limits = [_limits(p, n, spare) for p, n in zip(populations.demands, numbers, strict=True)]
    while True:
        limit = reduce(np.maximum, map(_by_profile, populations.demands, limits))
        rows = ascending(words, np.flatnonzero(words <= limit[populations.profile]), whole)
        profile = populations.profile[rows]
        strata = [population.stratum[profile] for population in populations.demands]
        found = words[rows]
        short = [_short(found, *each) for each in zip(strata, numbers, limits, strict=True)]
        if not any(map(np.any, short)):
            break
        for each, raised in zip(limits, short, strict=True):
            each[raised] = _ALL
    served = _served(populations, numbers, strata)
    drawn = served.any(axis=1)
    return Marks(rows[drawn], served[drawn])


def _limits(population: Population, numbers: Sequence[int], spare: int) -> Words:
    """For each stratum a first word below which its lowest tickets almost surely lie."""
    sizes = zip(numbers, population.sizes, strict=False)
    return np.array([likely_limit(number, size, spare) for number, size in sizes], dtype=np.uint64)


def _by_profile(population: Population, limits: Words) -> Words:
    if not len(limits):
        return np.zeros(len(population.stratum), dtype=np.uint64)
    return np.where(population.stratum >= 0, limits[population.stratum], np.uint64(0))


def _short(words: Words, strata: Codes, numbers: Sequence[int], limits: Words) -> Flags:
    """Strata with fewer candidates below their limit than numbers that have not been looked at whole.

    Candidates above the limit do not count: they are there for another demand, and others of the stratum are not.
    """
    if not len(numbers):
        return np.zeros(0, dtype=np.bool_)
    inside = np.flatnonzero(strata >= 0)
    own = strata[inside]
    found = np.bincount(own[words[inside] <= limits[own]], minlength=len(numbers))
    return (found < np.asarray(numbers, dtype=np.int64)) & (limits < _ALL)


def _served(populations: Populations, numbers: Numbers, strata: Sequence[Codes]) -> Flags:
    place = {population.demand.name: i for i, population in enumerate(populations.demands)}
    served = np.empty((len(strata[0]), len(strata)), dtype=np.bool_)
    for i, population in enumerate(populations.demands):
        if not population.demand.follow:
            served[:, i] = _lowest_of_each(strata[i], numbers[i])
    for i, population in enumerate(populations.demands):
        if population.demand.follow:
            served[:, i] = served[:, place[population.demand.follow]] & (strata[i] >= 0)
    return served


def _lowest_of_each(strata: Codes, numbers: Sequence[int]) -> Flags:
    """Which rows, given in ticket order, are among the first n of their stratum."""
    inside = np.flatnonzero(strata >= 0)
    small = strata[inside].astype(np.min_scalar_type(max(len(numbers) - 1, 0)))  # small codes sort by radix
    order = np.argsort(small, kind="stable")
    kept = small[order].astype(np.intp)
    sizes = np.bincount(kept, minlength=len(numbers))
    place = np.arange(len(kept)) - (np.cumsum(sizes) - sizes)[kept]
    taken = np.zeros(len(strata), dtype=np.bool_)
    taken[inside[order]] = place < np.asarray(numbers, dtype=np.int64)[kept]
    return taken


# ---- cells


@frozen(eq=False)
class Cells:
    """The cells in which somebody was drawn: enterprises with the same demands and strata.

    Args:
        sizes: enterprises in each cell.
        departments: a line per cell, a column per department: its largest number over its demands.
        followed: cells in which a demand that follows another one marks somebody.
    """

    sizes: Counts
    departments: Counts
    followed: Flags


def cells(populations: Populations, marks: Marks) -> Cells:
    """Count each department's checks in every cell in which somebody was drawn."""
    demands = populations.demands
    table = [(population.stratum + 1, len(population.strata) + 1) for population in demands]
    of_profile, example = distinct(table, len(populations.sizes))
    sizes = np.zeros(len(example), dtype=np.int64)
    np.add.at(sizes, of_profile, populations.sizes)
    drawn, cell = np.unique(of_profile[populations.profile[marks.rows]], return_inverse=True)
    checks = np.stack([np.bincount(cell[served], minlength=len(drawn)) for served in marks.served.T], axis=1)
    follows = [i for i, population in enumerate(demands) if population.demand.follow]
    followed = np.asarray(checks[:, follows].any(axis=1))
    return Cells(sizes[drawn], over_departments(populations, checks), followed)


def department_names(populations: Populations) -> tuple[str, ...]:
    """The departments, in the order in which the plan declares their first demand."""
    return tuple(dict.fromkeys(population.demand.department for population in populations.demands))


def over_departments(populations: Populations, checks: NDArray[Kept]) -> NDArray[Kept]:
    """Columns of demands as columns of departments, each the largest over its demands: own items share visits."""
    columns = [
        [i for i, population in enumerate(populations.demands) if population.demand.department == name]
        for name in department_names(populations)
    ]
    return np.stack([checks[:, own].max(axis=1) for own in columns], axis=1)


# ---- what a draw amounts to


def best_rate(cells: Cells, of: str) -> Rate | None:
    """The highest joint-sampling rate that any layout of these checks reaches; None if there are none.

    Spreading the checks of a cell over its fewest visits V gives J = V - max(0, 2V-S) joint ones; of visits,
    turning triples into pairs adds up to A more. Cells in which a follower goes with its lead stay as they are.
    """
    checks = cells.departments.sum(axis=1)
    visits, second = _two_largest(cells.departments)
    singles = np.where(cells.followed, visits - second, np.maximum(0, 2 * visits - checks))
    if not len(checks):
        return None
    if of == "checks":
        return Rate(int(checks.sum() - singles.sum()), int(checks.sum()), of=of)
    room = np.maximum(0, np.minimum(checks // 2, cells.sizes) - visits)
    extra = int(room[~cells.followed].sum())
    return Rate(int((visits - singles).sum()) + extra, int(visits.sum()) + extra, of=of)


def _two_largest(counts: Counts) -> tuple[Counts, Counts]:
    """The largest and the second largest of each line; the second is 0 where there is but one column."""
    padded = np.sort(np.pad(counts, ((0, 0), (1, 0))), axis=1)
    return padded[:, -1], padded[:, -2]


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
