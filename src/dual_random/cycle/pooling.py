"""Values that keep an order, bounds and a step at once, and are as near as possible to those that were wanted."""

from collections.abc import Sequence
from fractions import Fraction

from dual_random.cycle.limits import Box


def settle(wanted: Sequence[Fraction], boxes: Sequence[Box], weights: Sequence[int]) -> list[int]:
    """Whole numbers near those wanted, each within its box, in ascending order.

    Each is brought into its box; where one is then above the next, neighbours get their weighted mean; what comes out
    is rounded, half up. The later steps keep what the earlier ones gave, if the bounds of the boxes ascend: a pooled
    block has the mean v of its members, every trailing part of it a mean of at most v, every leading part one of at
    least v. The trailing part that begins at member i holds only values from the lower bound of box i on; so v is not
    below it. The leading part that ends at i holds none above the upper bound of box i; so v is not, either. Rounding
    ascends, and does not leave a box whose bounds are whole.

    Args:
        wanted: by class, in the order that is to be kept.
        boxes: lowest and highest, whole numbers; from class to class neither falls.
        weights: of each class where neighbours are pooled, above 0.

    >>> settle([Fraction(9), Fraction(4), Fraction(5)], [(1, 6), (2, 8), (2, 9)], [1, 1, 1])
    [5, 5, 5]
    """
    inside = [max(Fraction(low), min(value, Fraction(high))) for value, (low, high) in zip(wanted, boxes, strict=True)]
    return [nearest(value) for value in pool_adjacent(inside, weights)]


def nearest(value: Fraction) -> int:
    """The nearest whole number, of two the higher."""
    return (2 * value + 1) // 2


def pool_adjacent(values: Sequence[Fraction], weights: Sequence[int]) -> list[Fraction]:
    """The ascending values with the least weighted sum of squared differences from those given.

    Pool adjacent violators (M. Ayer et al., *An empirical distribution function for sampling with incomplete
    information*, Ann. Math. Statist. 1955): wherever a value is below the one before it, both get their mean.

    >>> pool_adjacent([Fraction(3), Fraction(1), Fraction(4)], [1, 3, 1])
    [Fraction(3, 2), Fraction(3, 2), Fraction(4, 1)]
    """
    blocks: list[tuple[Fraction, int, int]] = []  # mean, weight, members
    for value, weight in zip(values, weights, strict=True):
        mean, heavy, members = value, weight, 1
        while blocks and blocks[-1][0] > mean:
            other, own, count = blocks.pop()
            mean = (other * own + mean * heavy) / (own + heavy)
            heavy, members = heavy + own, members + count
        blocks.append((mean, heavy, members))
    return [mean for mean, _, members in blocks for _ in range(members)]
