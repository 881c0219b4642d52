"""Questions asked of an order: has the position anything to do with groups, or with a number?"""

from functools import cached_property
from math import inf, sqrt
from statistics import NormalDist
from typing import Final

import numpy as np
from attrs import frozen

from dual_random.errors import Note
from dual_random.testing.attributes import Attribute
from dual_random.testing.checks import POWER, WORST, p_text, told
from dual_random.testing.questions import DIGITS, REACH, Params, Sums
from dual_random.testing.redraws import Noise, least_seen, permutations
from dual_random.testing.replicates import Floats, Places

_GRID: Final = np.array([NormalDist().inv_cdf((place + 0.5) / 200) for place in range(200)])


def order_question(attribute: Attribute) -> "OrderGroups | OrderNumbers | Note":
    """The question by an attribute, or why there is none."""
    if len(attribute.values) == 1:
        return Note("audit-alike", attribute.name)
    if attribute.numeric:
        return OrderNumbers(attribute)
    if attribute.sizes.max() == 1:
        return Note("audit-each-its-own", attribute.name)
    return OrderGroups(attribute)


def redrawn_orders(size: int, run: range, seed: str) -> Places:
    """Fair orders, one row each."""
    return permutations(size, run, seed=seed)


@frozen(eq=False)
class OrderNumbers:
    """Has the position nothing to do with a number?"""

    attribute: Attribute

    def null(self, asked: Params) -> Note:
        """The hypothesis."""
        return Note("order-null-numbers", "", asked)

    @cached_property
    def expected(self) -> float:
        """The sum of position times doubled midrank."""
        size = len(self.attribute.codes)
        return size * (size + 1) ** 2 / 2

    @cached_property
    def scale(self) -> float:
        """That sum's distance at a rank correlation of 1."""
        size = len(self.attribute.codes)
        return 2 * size * sqrt(float((self.attribute.ranks / 2).var()) * (size * size - 1) / 12)

    def sums(self, orders: Places) -> Sums:
        """The sum of position times doubled midrank of each order."""
        positions = np.arange(1, orders.shape[1] + 1, dtype=np.int64)
        return (self.attribute.ranks[orders] @ positions).astype(np.float64)[:, None]

    def distance(self, sums: Sums) -> Floats:
        """The rank correlation of each order, without its sign."""
        return np.asarray((np.abs(sums[:, 0] - self.expected) / self.scale).round(DIGITS), dtype=np.float64)

    def statistic(self, sums: Sums) -> float:
        """The rank correlation."""
        return (float(sums[0, 0]) - self.expected) / self.scale

    def worst(self, sums: Sums) -> tuple[Note, ...]:
        """The rank correlation."""
        return (Note("order-worst-numbers", "", {"correlation": told(self.statistic(sums))}),)

    def sees(self, sums: Sums, critical: float) -> tuple[float, Note]:  # noqa: ARG002  # as of all questions
        """The rank correlation that would have been seen."""
        ends = self.sums(np.argsort(self.attribute.codes, kind="stable")[None, :].astype(np.int32))
        highest = self.statistic(ends)
        if critical > highest + 10**-DIGITS:
            return inf, Note("audit-sees-no-move")
        needed = min(highest, critical + REACH / sqrt(len(self.attribute.codes) - 1))
        return needed, Note("order-sees-numbers", "", {"correlation": told(needed)})


@frozen(eq=False)
class OrderGroups:
    """Has the position nothing to do with a group?"""

    attribute: Attribute

    def null(self, asked: Params) -> Note:
        """The hypothesis."""
        return Note("order-null-groups", "", asked)

    @property
    def middle(self) -> float:
        """The mean position."""
        return (len(self.attribute.codes) + 1) / 2

    def sums(self, orders: Places) -> Sums:
        """The sum of the positions of each group, in each order."""
        rows, size = orders.shape
        width = len(self.attribute.values)
        codes = self.attribute.codes[orders] + np.arange(rows, dtype=np.int64)[:, None] * width
        positions = np.broadcast_to(np.arange(1.0, size + 1), orders.shape)
        totals = np.bincount(codes.reshape(-1), positions.reshape(-1), minlength=rows * width)
        return totals.reshape(rows, width).astype(np.float64, copy=False)

    def distance(self, sums: Sums) -> Floats:
        """The statistic of Kruskal and Wallis of each order."""
        shifts = sums / self.attribute.sizes - self.middle
        squares = (self.attribute.sizes * shifts**2).sum(axis=1) * self._unit
        return np.asarray(squares.round(DIGITS), dtype=np.float64)

    @property
    def _unit(self) -> float:
        size = len(self.attribute.codes)
        return 12 / (size * (size + 1))

    def statistic(self, sums: Sums) -> float:
        """The statistic of Kruskal and Wallis."""
        return float(self.distance(sums)[0])

    def _spread(self, group: int) -> float:
        """The standard deviation of the mean position of a group."""
        size, own = len(self.attribute.codes), int(self.attribute.sizes[group])
        return sqrt((size + 1) * (size - own) / (12 * own))

    def worst(self, sums: Sums) -> tuple[Note, ...]:
        """The groups whose mean positions lie farthest out, in standard deviations."""
        means = sums[0] / self.attribute.sizes
        far = [abs(means[group] - self.middle) / self._spread(group) for group in range(len(means))]
        return tuple(
            self._told(group, float(means[group])) for group in np.argsort(-np.array(far), kind="stable")[:WORST]
        )

    def _told(self, group: int, mean: float) -> Note:
        p = 2 * NormalDist().cdf(-abs(mean - self.middle) / self._spread(group))
        params: Params = {"position": told(mean, 4), "mean": told(self.middle, 4), "p": p_text(p)}
        return Note("order-worst-group", str(self.attribute.values[group]), params)

    def sees(self, sums: Sums, critical: float) -> tuple[float, Note]:
        """How far, as a share of the list, the group easiest to judge must move to be seen; of how many any would."""
        sizes = self.attribute.sizes
        groups = range(len(sizes))
        statistics = self.distance(sums)
        found = {group: self._least(group, sums, statistics, critical) for group in groups}
        easiest = max(groups, key=lambda place: (sizes[place] * (sizes.sum() - sizes[place]), -sizes[place], -place))
        visible = sum(shift < inf for shift in found.values())
        params: Params = {"group": str(self.attribute.values[easiest]), "places": told(found[easiest])}
        params |= {"groups": len(sizes), "visible": visible}
        if found[easiest] == inf:
            return inf, Note("audit-sees-nothing", "", params)
        return found[easiest] / len(self.attribute.codes), Note("order-sees-groups", "", params)

    def _least(self, group: int, sums: Sums, statistics: Floats, critical: float) -> float:
        """The smallest shift of a group's mean position that would have been seen; infinite: none.

        A shift d of K units brings d²K(1 + K/(N-K)), in units of the statistic; the noise is that of the others.
        """
        size, own = len(self.attribute.codes), int(self.attribute.sizes[group])
        weight = own * size / (size - own) * self._unit
        shifts = sums[:, group] / own - self.middle
        noise = Noise.of(statistics, weight * shifts**2, np.ones(len(shifts)), critical)
        highest, spread = (size - own) / 2, self._spread(group)
        even, one = np.full(len(_GRID), 1 / len(_GRID)), np.ones(len(_GRID))

        def seen(shift: float) -> float:
            scatter = spread * sqrt(max(0.0, 1 - (shift / highest) ** 2)) * _GRID
            return noise.seen(even, weight * (shift + scatter) ** 2, one)

        return least_seen(seen, highest, POWER)
