"""Which ones, from given whole numbers: the rules of selection without tickets, ids and faults (specification 10).

`dual_random.sampling` gives these rules tickets. Given the numbers that another program published, they recompute
its sample. Everything is exact: numbers and sizes are integers (decimals times a power of ten), equal ones are
decided by the unit's name in byte order, and the order of the input decides nothing.
"""

from collections.abc import Mapping, Sequence
from heapq import nsmallest
from typing import TypeAlias

Numbers: TypeAlias = Mapping[str, int]


def lowest_given(numbers: Numbers, count: int) -> tuple[str, ...]:
    """The `count` units of lowest number, in that order: a simple random sample if the numbers are uniform.

    A larger count extends the sample; fewer units leave the order of the others as it was.

    Args:
        numbers: the number of every unit.
        count: how many; all, if there are fewer.

    Source: E. Ohlsson, *Coordination of samples using permanent random numbers* (1995).

    >>> lowest_given({"E1": 618034, "E2": 236068, "E3": 854102, "E4": 236068}, 3)
    ('E2', 'E4', 'E1')
    """
    return tuple(nsmallest(count, numbers, key=lambda unit: (numbers[unit], unit)))


def take_all(sizes: Numbers, count: int) -> tuple[str, ...]:
    """The units so large that they are drawn for certain, in byte order.

    With k places left and X the sum of the sizes left, a unit of k·x >= X would need a probability k·x/X of one or
    more. It is taken, which changes k and X, until no such unit is left.

    Args:
        sizes: the size of every unit, 0 or more; 0 is never taken.
        count: how many units will be drawn in all.

    >>> take_all({"E1": 1, "E2": 2, "E3": 5, "E4": 5, "E5": 5, "E6": 10, "E7": 4, "E8": 1}, 6)
    ('E3', 'E4', 'E5', 'E6', 'E7')
    """
    certain = []
    left, total = count, sum(sizes.values())
    # One by one, the largest first, takes the same units as "all such" at a time, since k·y >= X for some y <= x
    # gives (k-1)·y >= X-y >= X-x. When all positive sizes are taken, X is 0; the 1 keeps those of size 0 out.
    for unit in sorted(sizes, key=lambda unit: -sizes[unit]):
        if left * sizes[unit] < max(total, 1):
            break
        certain.append(unit)
        left -= 1
        total -= sizes[unit]
    return tuple(sorted(certain))


def systematic(order: Sequence[str], sizes: Numbers, count: int, offset: int) -> tuple[str, ...]:
    """A systematic sample: whoever brings ⌊(k·C+R)/X⌋ to the next whole number, C being the sizes cumulated so far.

    With R uniform on 0 … X-1 exactly k units are drawn, each with the probability k·x/X, exactly, in whatever order.

    Args:
        order: the units in random order; none is such that `take_all` would take it.
        sizes: their sizes, 1 or more; X is the sum over `order`.
        count: k, how many to draw.
        offset: R, the start.

    Returns:
        The units drawn, in the order given.

    Source: W. G. Madow, *On the theory of systematic sampling, II* (1949).

    >>> sizes = {"E1": 1, "E2": 2, "E3": 3}
    >>> [systematic(["E1", "E2", "E3"], sizes, 1, offset) for offset in (0, 3, 5)]
    [('E3',), ('E2',), ('E1',)]
    """
    total = sum(sizes[unit] for unit in order)
    drawn = []
    reached = offset
    for unit in order:
        before = reached // total
        reached += count * sizes[unit]
        if reached // total > before:
            drawn.append(unit)
    return tuple(drawn)


def poisson_order(numbers: Numbers, sizes: Numbers) -> tuple[str, ...]:
    """The order of sequential Poisson sampling: unit i before j if tᵢ·xⱼ < tⱼ·xᵢ, number over size ascending.

    The first k units are drawn, with probabilities near k·x/X; those after them are reserves. Units of
    `take_all` are left out beforehand.

    Args:
        numbers: the number t of every unit.
        sizes: the size x, 1 or more, of the units to order.

    Source: E. Ohlsson, *Sequential Poisson sampling* (1998).

    >>> sizes = {"E1": 1, "E2": 4, "E3": 5, "E4": 3, "E5": 2}
    >>> poisson_order(dict.fromkeys(sizes, 7), sizes)
    ('E3', 'E2', 'E4', 'E5', 'E1')
    """
    # Different quotients tᵢ/xᵢ and tⱼ/xⱼ are 1/(xᵢ·xⱼ) or more apart, hence more than 1 apart when multiplied by
    # 2**shift > xᵢ·xⱼ, and their floors stand in the same order: exact, and quicker to sort by than fractions.
    shift = 2 * max(sizes.values(), default=0).bit_length()
    return tuple(sorted(sizes, key=lambda unit: ((numbers[unit] << shift) // sizes[unit], unit)))
