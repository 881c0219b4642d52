"""Do chances follow something known beforehand: the place in the list, the date of registration, the district?

A directed question sees a small bias that many units share long before their single counts would. Numbers are replaced
by their ranks, so that no giant decides alone, and so that the sum over draws is close to normal however it looks in
one draw. What is asked must be known before the draws are seen: an attribute found in the outcome proves nothing.
"""

from collections.abc import Iterator, Mapping
from math import inf, isinf, sqrt
from typing import Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from dual_random.errors import Note
from dual_random.forms import refuse
from dual_random.testing.attributes import is_number, value_faults
from dual_random.testing.checks import ORDER, PLACE, POWER, WORST, Check, p_text, told
from dual_random.testing.distributions import bent_limit, bent_tails, normal_limit
from dual_random.testing.replicates import NO_SHARES, Cell, Floats, Replicates, Shares, asked_faults
from dual_random.testing.tails import Comparison
from dual_random.testing.tallies import ALPHA, chances_of

_NULLS: Final = {PLACE: "trend-null-list", ORDER: "trend-null-bytes"}
_FEWEST: Final = 50  # hits: with fewer a sum of ranks is not yet normal
_COMES: Final = 25  # times that each unit is expected, with stated chances: none then misses all draws, e^-25


@frozen
class Slope:
    """How far the units drawn lie to one side, over all draws.

    Args:
        result: of which result.
        total: the sum, over all hits, of what the rank of the unit is above the mean of its class.
        spread: the standard deviation of that, if the procedure is fair.
        hits: how many there are, in draws in which anything was open.
        span: the standard deviation of the ranks.
        skew: the third cumulant of the score: above 0 if few units have very high ranks.
        peak: the fourth.
    """

    result: str
    total: float
    spread: float
    hits: int
    span: float
    skew: float = 0.0
    peak: float = 0.0

    @property
    def score(self) -> float:
        """The total in standard deviations."""
        return self.total / self.spread

    @property
    def p(self) -> float:
        """The chance of a score so far out."""
        return bent_tails(self.score, self.skew, self.peak)

    def detectable(self, limit: float) -> float:
        """By how many standard deviations the mean rank of the units drawn must be off; infinite: it would not show."""
        score = bent_limit(limit, self.skew, self.peak)
        if isinf(score):
            return inf
        wider = sqrt(1 + abs(self.skew) * score)  # a bias towards few units makes their number scatter more
        return (score + normal_limit(1 - POWER) * wider) * self.spread / self.hits / self.span


def trend(
    replicates: Replicates,
    name: str,
    values: Mapping[str, float],
    *,
    chance: Shares = NO_SHARES,
    alpha: float = ALPHA,
) -> Check:
    """Whether units with high values come as often as those with low ones.

    Args:
        replicates: the draws.
        name: what the values are, e.g. ``"date of registration"``.
        values: a number for every unit, known before the draws; only their order counts.
        chance: stated chances, where units that are alike have different ones.
        alpha: the limit of p.

    Raises:
        InputError: values that are missing or no numbers; chances that do not fit.

    >>> from dual_random.testing.replicates import replicate
    >>> units = [f"E{number}" for number in range(1, 41)]
    >>> replicates = replicate(lambda units, seed: units[len(seed) % 4 + 4 :: 4], units, 500)
    >>> check = trend(replicates, "place in the list", {unit: place for place, unit in enumerate(units)})
    >>> check.failed, str(check.worst[0])
    (True, 'the mean rank of the units drawn is 21.6, 20.5 expected (1 is the lowest)')
    """
    refuse(asked_faults(replicates, alpha, name))
    refuse(value_faults(replicates.units, values, name))
    refuse([] if is_number(values) else [Note("attribute-text", name)])
    ranks = midranks(np.array([values[unit] for unit in replicates.units], dtype=np.float64))
    found = _by_chance(replicates, ranks, chance) if chance else _by_cells(replicates, ranks)
    slopes = [slope for slope in found if slope.spread and slope.hits >= _FEWEST]
    null = Note(_NULLS.get(name, "trend-null"), "", {"name": name, "count": len(slopes)})
    if not slopes:
        return Check(name=f"trend: {name}", null=null, p=1.0, limit=alpha, sees=Note("sees-nothing"))
    worst = min(slopes, key=lambda slope: (slope.p, -abs(slope.score)))
    detectable = max(slope.detectable(alpha / len(slopes)) for slope in slopes)
    mean = float(ranks.mean())
    params: dict[str, str | int] = {"seen": told(mean + worst.total / worst.hits), "mean": told(mean)}
    return Check(
        name=f"trend: {name}",
        null=null,
        p=min(1.0, len(slopes) * worst.p),
        limit=alpha,
        sees=Note("sees-nothing") if isinf(detectable) else Note("trend-sees", "", {"bias": told(detectable)}),
        detectable=detectable,
        statistic=worst.score,
        worst=(Note("trend-worst", worst.result, params),),
    )


def midranks(values: Floats) -> Floats:
    """Ranks from 1; equal values share the mean of theirs.

    >>> midranks(np.array([3.0, 1.0, 3.0])).tolist()
    [2.5, 1.0, 2.5]
    """
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    middles: Floats = (ends + ends - counts + 1) / 2
    return middles[places]


def _by_cells(replicates: Replicates, ranks: Floats) -> list[Slope]:
    """Slopes by result."""
    found: dict[str, Floats] = {}
    for cell in replicates.cells:
        parts = _moments(cell, ranks[cell.members] - ranks[cell.members].mean())
        found[cell.result] = found[cell.result] + parts if cell.result in found else parts
    slopes = []
    for result, (total, variance, third, fourth, hits, span) in ((each, row.tolist()) for each, row in found.items()):
        if variance > 0:
            skew, peak = third / variance**1.5, fourth / variance**2
            slopes.append(Slope(result, total, sqrt(variance), int(hits), sqrt(span / hits), skew, peak))
    return slopes


def _moments(cell: Cell, own: Floats) -> Floats:
    """Sum, variance, third and fourth cumulant, hits and sum of squares, over the draws in which anything was open.

    For s of K alike units the variance is s(K-s)/(K(K-1)) times the sum of squares, exactly; so is the third cumulant
    in its way. The fourth is that of independent units, given their number, for large K.
    """
    size = cell.size
    squares = float((own**2).sum())
    open_ = cell.totals[cell.open]
    if not len(open_) or not squares:
        return np.zeros(6)
    share = open_ / size
    both, skew = share * (1 - share), 1 - 2 * share
    variance = float(both.sum()) * size / (size - 1) * squares
    third = float((both * skew).sum()) * size**2 / (size - 1) / max(1, size - 2) * float((own**3).sum())
    fourth = float((both * (1 - 6 * both)).sum()) * float((own**4).sum())
    fourth -= 3 * float((both * skew**2).sum()) * squares**2 / size
    hits = int(open_.sum())
    return np.array([float((own * cell.counts).sum()), variance, third, fourth, hits, hits * squares / size])


def _by_chance(replicates: Replicates, ranks: Floats, chance: Shares) -> list[Slope]:
    """The slope with stated chances: each draw's sum has the mean 0, and its square tells how much it spreads.

    A sum over its own spread leans to the other side, twice as much as the sum itself (Q. Wang, *Limit theorems for
    self-normalized large deviation*, 2005). If a unit comes so rarely that it may not have come at all, the spread is
    not known.
    """
    shares = np.array([float(share) for share in chances_of(replicates, chance)], dtype=np.float64)
    if replicates.trials * min(shares[shares > 0], default=0.0) < _COMES:
        return []
    own = ranks - (ranks * shares).sum() / shares.sum()
    sums = np.bincount(replicates.draws, weights=own[replicates.who], minlength=replicates.trials)
    sums[np.abs(sums) < 1e-9 * len(own)] = 0.0  # what rounding left, where all draws weigh the same
    spread = sqrt(float((sums**2).sum()))
    skew = -2 * float(((sums - sums.mean()) ** 3).sum()) / (spread or 1.0) ** 3
    span = sqrt(float((own**2 * shares).sum() / shares.sum()))
    return [Slope("", float(sums.sum()), spread, len(replicates.who), span or 1.0, skew)]


def groups(replicates: Replicates, name: str, values: Mapping[str, str], *, alpha: float = ALPHA) -> Check:
    """Whether each group of alike units comes as often as its size says: an exact bound, for groups of any size.

    How many of a group are among s of K alike units is hypergeometric, a sum of independent yes-or-no numbers; so is
    the sum over draws and classes (see `dual_random.testing.tails`).

    Args:
        replicates: the draws.
        name: what the groups are, e.g. ``"district"``.
        values: the group of every unit, known before the draws.
        alpha: the limit of p.

    Raises:
        InputError: units without a group.

    >>> from dual_random.testing.replicates import replicate
    >>> units = [f"E{number}" for number in range(1, 41)]
    >>> replicates = replicate(lambda units, seed: units[len(seed) % 4 + 4 :: 4], units, 500)
    >>> check = groups(replicates, "district", {unit: "north" if unit < "E2" else "south" for unit in units})
    >>> check.failed, str(check.worst[0])
    (True, 'north: 1,010 came, 1,238 expected (p 1.03e-14)')
    """
    refuse(asked_faults(replicates, alpha, name))
    refuse(value_faults(replicates.units, values, name))
    refuse([Note("attribute-number", name)] if is_number(values) else [])
    labels = sorted(set(values.values()))
    numbers = {label: number for number, label in enumerate(labels)}
    group_of = np.array([numbers[values[unit]] for unit in replicates.units])
    found: dict[tuple[str, str], Comparison] = {}
    for cell in replicates.cells:
        for number, each in _parts(cell, group_of[cell.members], len(labels)):
            key = labels[number], cell.result
            found[key] = _together(found[key], each) if key in found else each
    return _of_groups(name, found, alpha)


def _parts(cell: Cell, group_of: NDArray[np.int64], groups: int) -> Iterator[tuple[int, Comparison]]:
    """How many of each group came, over the draws in which anything was open."""
    sizes = np.bincount(group_of, minlength=groups)
    open_ = cell.totals[cell.open]
    certain = int((cell.totals == cell.size).sum())
    came = np.bincount(group_of, weights=cell.counts, minlength=groups)
    for number, size in enumerate(sizes.tolist()):
        if len(open_) and 0 < size < cell.size:
            trials, mean = int(np.minimum(open_, size).sum()), float(open_.sum()) * size / cell.size
            yield number, Comparison("", trials, mean, int(came[number]) - certain * size)


def _together(one: Comparison, other: Comparison) -> Comparison:
    return Comparison("", one.trials + other.trials, one.mean + other.mean, one.seen + other.seen)


def _of_groups(name: str, found: Mapping[tuple[str, str], Comparison], alpha: float) -> Check:
    """The check of some counts: the smallest tail times their number."""
    null = Note("groups-null", "", {"name": name, "count": len(found)})
    if not found:
        return Check(name=f"groups: {name}", null=null, p=1.0, limit=alpha, sees=Note("sees-nothing"))
    worst = sorted((each.tail, key) for key, each in found.items())[:WORST]
    detectable = 1 + max(each.excess(alpha / len(found), POWER) for each in found.values())
    sees = Note("sees-nothing") if isinf(detectable) else Note("groups-sees", "", {"bias": told(detectable)})
    return Check(
        name=f"groups: {name}",
        null=null,
        p=min(1.0, len(found) * worst[0][0]),
        limit=alpha,
        sees=sees,
        detectable=detectable,
        worst=tuple(_came(key, found[key], tail) for tail, key in worst),
    )


def _came(key: tuple[str, str], each: Comparison, p: float) -> Note:
    params: dict[str, str | int] = {"count": told(each.seen), "mean": told(each.mean, 4), "p": p_text(p)}
    return Note("groups-worst", " · ".join(part for part in key if part), params)
