"""All ways to lay the checks of small cells, tried one after the other: no formula of the scheme stands here.

A cell is (numbers of its departments, its size, whether a follower marks somebody in it). A layout lets each department
choose as many different columns as it has checks; a split is what a layout is counted by: (joint visits, visits).
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations
from typing import TypeAlias

Cell: TypeAlias = tuple[tuple[int, ...], int, bool]
Split: TypeAlias = tuple[int, int]  # joint visits, visits
Splits: TypeAlias = frozenset[Split]


# ---- one cell


@cache
def loads(numbers: tuple[int, ...], size: int) -> frozenset[tuple[int, ...]]:
    """How many departments come to the columns, sorted, in every layout: columns that are alike need no names."""
    if not numbers:
        return frozenset({(0,) * size})
    return frozenset(
        tuple(sorted(load + (column in chosen) for column, load in enumerate(before)))
        for before in loads(numbers[1:], size)
        for chosen in combinations(range(size), numbers[0])
    )


@cache
def cap(numbers: tuple[int, ...], size: int, most: int) -> int:
    """The lowest number of departments a visit, not below `most`, with which the checks can be laid at all."""
    return max(most, min(max(load) for load in loads(numbers, size)))


@cache
def splits(numbers: tuple[int, ...], size: int, most: int | None) -> Splits:
    """The splits of all layouts in which no visit has more departments than it must, or than `most`."""
    allowed = len(numbers) if most is None else cap(numbers, size, most)
    return frozenset(_split(load) for load in loads(numbers, size) if max(load) <= allowed)


def _split(load: Iterable[int]) -> Split:
    coming = [departments for departments in load if departments]
    return sum(departments > 1 for departments in coming), len(coming)


def nested(numbers: Iterable[int], size: int) -> Split:
    """The split of the one layout in which each department visits the lowest places."""
    return _split(sum(n > place for n in numbers) for place in range(size))


def feasible(cell: Cell, most: int | None) -> Splits:
    """The splits a draw may choose from: all layouts, only the nested one where a follower marks somebody."""
    numbers, size, followed = cell
    return frozenset({nested(numbers, size)}) if followed else splits(tuple(sorted(numbers)), size, most)


def fewest(found: Splits) -> int:
    """Fewest visits."""
    return min(visits for _, visits in found)


def most_joint(found: Splits) -> int:
    """Most joint visits at the fewest visits."""
    return max(joint for joint, visits in found if visits == fewest(found))


def room(found: Splits) -> int:
    """How many visits more there may be, each one a joint visit more and no single one more."""
    at, more = (most_joint(found), fewest(found)), 0
    while (at[0] + more + 1, at[1] + more + 1) in found:
        more += 1
    return more


# ---- several cells


def sums(cells: Sequence[Splits]) -> Splits:
    """The splits of all cells together, each laid as it likes."""
    found: Splits = frozenset({(0, 0)})
    for one in cells:
        found = frozenset((j + joint, v + visits) for j, v in found for joint, visits in one)
    return found


def rates(found: Splits, of: str, checks: int) -> Iterator[tuple[Fraction, int]]:
    """Every reachable rate with its visits; singles are the visits that are not joint, a single is one check."""
    for joint, visits in found:
        if visits:
            yield (Fraction(joint, visits) if of == "visits" else Fraction(checks - (visits - joint), checks)), visits


def best_rate(found: Splits, of: str, checks: int) -> Fraction | None:
    """The highest rate of visits, or of checks, over everything feasible; none without visits."""
    return max((rate for rate, _ in rates(found, of, checks)), default=None)


def fewest_for(found: Splits, target: Fraction, of: str, checks: int) -> int | None:
    """The fewest visits of all layouts that reach the target; none if no layout does."""
    return min((visits for rate, visits in rates(found, of, checks) if rate >= target), default=None)
