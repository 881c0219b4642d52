"""Questions asked of a sample: are its groups, or its ranks, what chance would have made them?

Only strata that could have come out otherwise are looked at; within each of them the number drawn is given.
"""

from collections.abc import Sequence
from functools import cached_property
from math import exp, inf, log, sqrt
from typing import Final, TypeAlias

import numpy as np
from attrs import frozen

from dual_random.errors import Note
from dual_random.testing.attributes import Attribute, Drawing, easiest_group
from dual_random.testing.checks import POWER, WORST, p_text, told
from dual_random.testing.laws import Cell, Law, law, scatter
from dual_random.testing.questions import DIGITS, REACH, Params, Sums
from dual_random.testing.redraws import Noise, least_seen, subsets
from dual_random.testing.replicates import Floats, Places

Samples: TypeAlias = Sequence[Places]  # of each stratum that is open, a row of its places for each draw

_ODDS: Final = log(1e9)  # the highest odds that are looked at


def sample_question(drawing: Drawing, attribute: Attribute) -> "Groups | Numbers | Note":
    """The question by an attribute, or why there is none."""
    if not drawing.open:
        return Note("audit-certain", attribute.name)
    if all(len(np.unique(attribute.codes[stratum.members])) == 1 for stratum in drawing.open):
        return Note("audit-alike", attribute.name)
    if attribute.numeric:
        return Numbers(drawing, attribute)
    if attribute.sizes.max() == 1:
        return Note("audit-each-its-own", attribute.name)
    return Groups(drawing, attribute)


def drawn_sample(drawing: Drawing) -> Samples:
    """The sample that was drawn."""
    return [np.flatnonzero(drawing.chosen[part.members]).astype(np.int32)[None, :] for part in drawing.open]


def redrawn_samples(drawing: Drawing, run: range) -> Samples:
    """Fair samples of the same sizes; of a large one those left out, which are fewer and equally likely."""
    sizes = [(part.size, min(part.taken, part.size - part.taken)) for part in drawing.open]
    return [subsets(size, taken, run, seed=drawing.seed, part=number) for number, (size, taken) in enumerate(sizes)]


def _sums(drawing: Drawing, attribute: Attribute, samples: Samples) -> Sums:
    """Of each draw, the number of each group, or the sum of the ranks, over all strata."""
    total: Sums = np.zeros(1)
    for stratum, places in zip(drawing.open, samples, strict=True):
        sums = _added(attribute, stratum.members[places])
        left_out = places.shape[1] != stratum.taken
        total = total + (_added(attribute, stratum.members[None, :]) - sums if left_out else sums)
    return total


def _added(attribute: Attribute, members: Places) -> Sums:
    """Counts by group, or sums of ranks, of each row of units."""
    if attribute.numeric:
        return np.asarray(attribute.ranks[members].sum(axis=1), dtype=np.float64)[:, None]
    rows, width = len(members), len(attribute.values)
    codes = attribute.codes[members] + np.arange(rows, dtype=np.int64)[:, None] * width
    counts = np.bincount(codes.reshape(-1), minlength=rows * width)
    return counts.reshape(rows, width).astype(np.float64)


@frozen(eq=False)
class Groups:
    """Were the groups taken in proportion to their size? By the sum of (O-E)²/E over all of them."""

    drawing: Drawing
    attribute: Attribute

    def null(self, asked: Params) -> Note:
        """The hypothesis."""
        return Note("audit-null-groups", "", asked)

    def sums(self, drawn: Samples) -> Sums:
        """The number of each group in each draw."""
        return _sums(self.drawing, self.attribute, drawn)

    @cached_property
    def expected(self) -> Floats:
        """Of each group, within the strata that could have come out otherwise."""
        total = np.zeros(len(self.attribute.values))
        for stratum in self.drawing.open:
            total += _added(self.attribute, stratum.members[None, :])[0] * stratum.taken / stratum.size
        return total

    def distance(self, sums: Sums) -> Floats:
        """The sum of (O-E)²/E of each row."""
        expected = self.expected
        able = expected > 0
        squares = (sums[:, able] - expected[able]) ** 2 / expected[able]
        return np.asarray(squares.sum(axis=1).round(DIGITS), dtype=np.float64)

    def statistic(self, sums: Sums) -> float:
        """The sum of (O-E)²/E of the draw."""
        return float(self.distance(sums)[0])

    def worst(self, sums: Sums) -> tuple[Note, ...]:
        """The groups farthest out in standard deviations, with the exact chance of being so far out."""
        seen, expected = sums[0], self.expected
        spread = np.sqrt([scatter(self.drawing.cells(self.attribute, group)) for group in range(len(seen))])
        far = np.divide(np.abs(seen - expected), spread, out=np.zeros(len(seen)), where=spread > 0)
        return tuple(self._told(group, int(seen[group])) for group in np.argsort(-far, kind="stable")[:WORST])

    def _told(self, group: int, seen: int) -> Note:
        fair = law(self.drawing.cells(self.attribute, group))
        params: Params = {"count": seen, "mean": told(fair.mean), "p": p_text(fair.tail(seen))}
        return Note("audit-worst-group", str(self.attribute.values[group]), params)

    def sees(self, sums: Sums, critical: float) -> tuple[float, Note]:
        """The odds of the group easiest to judge that would have been seen, and of how many groups any would."""
        statistics, expected = self.distance(sums), self.expected
        groups = [place for place in range(len(expected)) if expected[place] > 0]
        easiest = easiest_group(self.drawing, self.attribute)
        found = {group: Visible.of(self, group, sums, statistics, critical) for group in groups}
        visible = sum(each.extreme(1) or each.extreme(-1) for each in found.values())
        high, low = (found[easiest].odds(side) for side in (1, -1))
        params: Params = {"group": str(self.attribute.values[easiest]), "high": told(high), "low": told(1 / low)}
        params |= {"groups": len(expected), "visible": visible}
        detectable = high if high < inf else low
        if high == inf:
            return detectable, Note("audit-sees-nothing" if low == inf else "audit-sees-low", "", params)
        return detectable, Note("audit-sees-high" if low == inf else "audit-sees", "", params)


@frozen(eq=False)
class Visible:
    """What would have been seen of one group: its number x brings the statistic (x-E)²(1/E + 1/(n-E)) by itself.

    For, the others lack what it has too many, and by Cauchy and Schwarz that brings (x-E)²/(n-E) at least. What they
    bring more than that shrinks as they do, with (n-x)/(n-E).
    """

    cells: tuple[Cell, ...]
    expected: float
    taken: int
    noise: Noise

    @classmethod
    def of(cls, groups: Groups, group: int, sums: Sums, statistics: Floats, critical: float) -> "Visible":
        """What would have been seen of a group, given the sums and statistics of redraws."""
        expected, taken = float(groups.expected[group]), sum(part.taken for part in groups.drawing.open)
        noise = Noise.of(statistics, *_parts(sums[:, group], expected, taken), critical)
        return cls(tuple(groups.drawing.cells(groups.attribute, group)), expected, taken, noise)

    def _seen(self, under: Law) -> float:
        counts = under.counts.astype(np.float64)
        return self.noise.seen(under.chances, *_parts(counts, self.expected, self.taken))

    def extreme(self, side: int) -> bool:
        """Whether it would be seen if all of it came that can (1), or as little as can (-1)."""
        counts = [min(k, n) if side > 0 else max(0, n - (size - k)) for size, k, n in self.cells]
        return self._seen(Law(sum(counts), np.ones(1))) >= POWER

    def odds(self, side: int) -> float:
        """How many times the odds of the others, or as few as one so many-th, are seen; infinite: none."""
        if not self.extreme(side):
            return inf
        return exp(least_seen(lambda bias: self._seen(law(self.cells, exp(side * bias))), _ODDS, POWER))


def _parts(counts: Floats, expected: float, taken: int) -> tuple[Floats, Floats]:
    """The signal of a group's numbers, and the scale of the others' noise."""
    others = taken - expected
    return (counts - expected) ** 2 * (1 / expected + 1 / others), (taken - counts) / others


@frozen(eq=False)
class Numbers:
    """Do the chosen lie where chance would have put them, by their midranks?"""

    drawing: Drawing
    attribute: Attribute

    def null(self, asked: Params) -> Note:
        """The hypothesis."""
        return Note("audit-null-numbers", "", asked)

    def sums(self, drawn: Samples) -> Sums:
        """The sum of the doubled ranks in each draw."""
        return _sums(self.drawing, self.attribute, drawn)

    @cached_property
    def expected(self) -> float:
        """The sum of the doubled ranks."""
        ranks = self.attribute.ranks
        return sum(part.taken * float(ranks[part.members].mean()) for part in self.drawing.open)

    @property
    def spread(self) -> float:
        """The standard deviation of that sum in a fair draw."""
        ranks = self.attribute.ranks
        parts = [(part.size, part.taken, float(ranks[part.members].var(ddof=1))) for part in self.drawing.open]
        return sqrt(sum(taken * (1 - taken / size) * variance for size, taken, variance in parts))

    def distance(self, sums: Sums) -> Floats:
        """How far the sum of the ranks lies from what is expected."""
        return np.asarray(np.abs(sums[:, 0] - self.expected).round(DIGITS), dtype=np.float64)

    def statistic(self, sums: Sums) -> float:
        """The distance in standard deviations, below zero for low ranks."""
        return (float(sums[0, 0]) - self.expected) / self.spread

    def worst(self, sums: Sums) -> tuple[Note, ...]:
        """The mean rank, and the expected one."""
        taken = sum(part.taken for part in self.drawing.open)
        means: Params = {"rank": told(float(sums[0, 0]) / 2 / taken, 4), "mean": told(self.expected / 2 / taken, 4)}
        return (Note("audit-worst-numbers", "", {**means, "units": told(len(self.drawing.units))}),)

    def sees(self, sums: Sums, critical: float) -> tuple[float, Note]:  # noqa: ARG002  # as of all questions
        """By which share of the list the mean rank must move to be seen."""
        ends = [np.sort(self.attribute.ranks[part.members]) for part in self.drawing.open]
        taken = [part.taken for part in self.drawing.open]
        up = sum(int(ranks[-n:].sum()) for ranks, n in zip(ends, taken, strict=True)) - self.expected
        down = self.expected - sum(int(ranks[:n].sum()) for ranks, n in zip(ends, taken, strict=True))
        if critical > max(up, down):
            return inf, Note("audit-sees-no-move")
        move = min(max(up, down), critical + REACH * self.spread) / 2 / sum(taken)
        share = move / len(self.drawing.units)
        return share, Note("audit-sees-move", "", {"ranks": told(move), "percent": told(100 * share)})
