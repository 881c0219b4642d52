"""How many visits and joint visits each cell has, and how far the draw goes for its target (specification 8.2, 8.3).

All of it follows from counts of cells: who stands where is not known here, so nobody's chance can depend on it.
Notation: n_d checks of department d in a cell of N enterprises, n₁ ≥ n₂ the two largest, S their sum; V visits, J of
them joint, s = V − J by one department alone.
"""

from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

import attrs
import numpy as np
from attrs import frozen

from dual_random.cells import Cells, Counts
from dual_random.plans import JointRule, Reach
from dual_random.populations import Flags
from dual_random.rates import Measure, Rate

Layout: TypeAlias = Reach  # the one needed


@frozen(eq=False)
class Layouts:
    """The visits of every cell, counted.

    Args:
        visits, joint, singles: V, J and s of each cell, extra visits included.
        extra: joint visits of each cell that are made for the target alone.
        spread: cells laid by departments in turn; in the others a demand visits exactly its lowest tickets.
        layout: how far the draw had to go.
        best: the highest rate that any reach gives; None without visits.
        met: whether the target is reached; true without one.
    """

    visits: Counts
    joint: Counts
    singles: Counts
    extra: Counts
    spread: Flags
    layout: Layout
    best: Rate | None
    met: bool


@frozen(eq=False)
class _Split:
    """V and s of each cell, and which cells are spread."""

    visits: Counts
    singles: Counts
    spread: Flags


def arrange(cells: Cells, rule: JointRule) -> Layouts:
    """The layout of every cell: nested where that suffices, spread or with extra visits only as far as the rule goes.

    Spreading changes who meets whom: the visits are the fewest either way, and every check is made either way. Only
    the rule, the sizes and the counts decide. A target that cannot be reached is missed, and the draw stands.
    """
    nested = _nested(cells)
    full = _where(cells.followed, nested, _spread(cells, rule.most_departments))
    room = _room(cells, full)
    best = _best(cells, full, room, rule.of)
    plain = _where(crowded(cells, rule.most_departments), full, nested)
    if rule.at_least is None or _met(cells, plain, rule.at_least, rule.of):
        return _layouts(plain, "nested", best, met=True)
    if rule.reach == "nested":
        return _layouts(plain, "nested", best, met=False)
    if _met(cells, full, rule.at_least, rule.of):
        return _layouts(full, "spread", best, met=True)
    if rule.reach == "spread" or rule.of == "checks" or not room.any():
        return _layouts(full, "spread", best, met=False)
    extra = _extra(full, room, rule.at_least)
    more = attrs.evolve(full, visits=full.visits + extra)
    return _layouts(more, "extra", best, met=_met(cells, more, rule.at_least, rule.of), extra=extra)


def _layouts(split: _Split, layout: Layout, best: Rate | None, *, met: bool, extra: Counts | None = None) -> Layouts:
    return Layouts(
        visits=split.visits,
        joint=split.visits - split.singles,
        singles=split.singles,
        extra=np.zeros_like(split.visits) if extra is None else extra,
        spread=split.spread,
        layout=layout,
        best=best,
        met=met,
    )


# ---- one cell


def _nested(cells: Cells) -> _Split:
    """All cells nested: n₁ visits, n₂ of them joint; n₂ is 0 where there is but one department."""
    ordered = np.sort(np.pad(cells.departments, ((0, 0), (1, 0))), axis=1)
    first, second = ordered[:, -1], ordered[:, -2]
    return _Split(first, first - second, np.zeros(len(first), dtype=np.bool_))


def _spread(cells: Cells, most: int | None) -> _Split:
    """All cells spread over the fewest visits that hold their checks."""
    visits = np.maximum(cells.departments.max(axis=1), -(-cells.checks // _caps(cells, most)))
    return _Split(visits, np.maximum(0, 2 * visits - cells.checks), np.ones(len(visits), dtype=np.bool_))


def _caps(cells: Cells, most: int | None) -> Counts:
    """The most departments on a visit of each cell; raised where the enterprises are too few for all its checks."""
    limit = cells.departments.shape[1] if most is None else most
    least: Counts = -(-cells.checks // cells.sizes)
    return np.maximum(least, limit)


def _where(flags: Flags, one: _Split, other: _Split) -> _Split:
    """The one split in the cells that are flagged, the other elsewhere."""
    pairs = zip(attrs.astuple(one, recurse=False), attrs.astuple(other, recurse=False), strict=True)
    return _Split(*(np.where(flags, *pair) for pair in pairs))


def crowded(cells: Cells, most: int | None) -> Flags:
    """Cells in which a nested visit would have too many departments."""
    limit = cells.departments.shape[1] if most is None else most
    return np.asarray((cells.departments > 0).sum(axis=1) > limit)


def _room(cells: Cells, full: _Split) -> Counts:
    """How many extra joint visits each cell has room for; none where a follower marks somebody."""
    return np.where(full.spread, np.maximum(0, np.minimum(cells.checks // 2, cells.sizes) - full.visits), 0)


# ---- all cells


def _met(cells: Cells, split: _Split, target: Fraction, of: Measure) -> bool:
    whole = int(split.visits.sum() if of == "visits" else cells.checks.sum())
    return int(split.singles.sum()) <= (1 - target) * whole


def _best(cells: Cells, full: _Split, room: Counts, of: Measure) -> Rate | None:
    """The highest rate of any layout: spread, of visits with all the room used for extra joint visits.

    A spread cell has the fewest single visits there can be, so no layout has a better rate of checks. Of visits, each
    extra joint one raises the rate further, and room is for no more.
    """
    singles = int(full.singles.sum())
    whole = int(full.visits.sum() + room.sum()) if of == "visits" else int(cells.checks.sum())
    return Rate(whole - singles, whole, of=of) if whole else None


def _extra(full: _Split, room: Counts, target: Fraction) -> Counts:
    """As many extra joint visits as the target needs, at most the room; shared out in the order of the cells."""
    places = int(room.sum())
    visits, joint = int(full.visits.sum()), int((full.visits - full.singles).sum())
    number = places if target == 1 else min(places, -((joint - target * visits) // (1 - target)))
    shares = [0, *(number * reached // places for reached in np.cumsum(room).tolist())]
    return np.array([after - before for before, after in pairwise(shares)], dtype=np.int64)
