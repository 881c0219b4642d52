"""Which demands each visit of a cell serves (specification 8.2 and 8.4).

A cell's visits are columns 0, 1, …; column p is the enterprise at place p of the cell in ticket order. Nested, a
demand takes the first columns, as many as it has checks. Spread, each department lays its checks round and round over
the joint columns, one department after another, so that no column gets two of one department and none gets two more
than another (McNaughton's wrap-around rule, 1959); the rest are single visits behind them.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
from attrs import frozen

from dual_random.cells import Cells, Counts
from dual_random.layouts import Layouts
from dual_random.marks import count_up
from dual_random.populations import Codes, Flags

Lots: TypeAlias = Callable[[str, Sequence[str]], Sequence[bytes]]


def lay(cells: Cells, layouts: Layouts, departments: Sequence[str], places: Sequence[int], lots: Lots) -> Flags:
    """Which demands are served in every visit.

    The order of departments is a lot of its own in each cell: with a fixed one, some pairs would never meet.

    Args:
        cells, layouts: the counts.
        departments: their names, as the columns of ``cells.departments``.
        places: for each demand the column of its department.
        lots: the `department` tickets of a cell's key and some departments.

    Returns:
        A line per visit, the cells one after another and inside a cell column by column; a column per demand.
    """
    runs = _runs(cells, layouts, _turns(cells, layouts, departments, lots))
    cell, demand = np.nonzero(cells.demands)
    numbers = cells.demands[cell, demand]
    begin = np.cumsum(layouts.visits) - layouts.visits
    rank = count_up(numbers)
    own = np.array(places, dtype=np.intp)[demand]
    columns = runs.columns(np.repeat(cell, numbers), np.repeat(own, numbers), rank)
    served = np.zeros((int(layouts.visits.sum()), cells.demands.shape[1]), dtype=np.bool_)
    served[np.repeat(begin[cell], numbers) + columns, np.repeat(demand, numbers)] = True
    return served


# ---- the order of departments


def _turns(cells: Cells, layouts: Layouts, departments: Sequence[str], lots: Lots) -> Codes:
    """For each cell the columns of departments in the order in which they are laid.

    Where every department comes to every visit, and where nothing is spread, no order can change anything: there no
    ticket is computed.
    """
    turns = np.tile(np.arange(len(departments)), (len(cells.keys), 1))
    coming = cells.departments > 0
    everywhere = cells.checks == coming.sum(axis=1) * layouts.joint
    undecided = np.flatnonzero(layouts.spread & ((layouts.singles > 0) | ~everywhere))
    for cell in undecided.tolist():
        present = np.flatnonzero(coming[cell]).tolist()
        names = [departments[place] for place in present]
        drawn = sorted(zip(lots(cells.keys[cell], names), map(str.encode, names), present, strict=True))
        turns[cell] = [*(place for *_, place in drawn), *np.flatnonzero(~coming[cell])]
    return turns


# ---- columns


@frozen(eq=False)
class _Runs:
    """Where the checks of each department stand in a cell: a run over the joint columns, then one of singles.

    All by cell and department: ``joint`` checks from joint column ``first`` on, the last ``wrapped`` of them again from
    column 0 on; all others from column ``single`` on.
    """

    joint: Counts
    first: Counts
    wrapped: Counts
    single: Counts

    def columns(self, cell: Codes, department: Codes, rank: Counts) -> Counts:
        """The column of a department's check of some rank, its columns in ascending order."""
        joint, first, wrapped, single = (
            part[cell, department] for part in (self.joint, self.first, self.wrapped, self.single)
        )
        columns = np.where(rank < wrapped, rank, first + rank - wrapped)
        return np.where(rank < joint, columns, single + rank - joint)


def _runs(cells: Cells, layouts: Layouts, turns: Codes) -> _Runs:
    checks = np.take_along_axis(cells.departments, turns, axis=1)
    joint = layouts.joint[:, None]
    singles = _singles(checks, layouts)
    together = checks - singles
    first = _before(together) % np.maximum(joint, 1)
    spread = layouts.spread[:, None]
    runs = (
        np.where(spread, together, checks),
        np.where(spread, first, 0),
        np.where(spread, np.maximum(0, first + together - joint), 0),
        np.where(spread, joint + _before(singles), 0),
    )
    back = np.argsort(turns, axis=1)
    return _Runs(*(np.take_along_axis(part, back, axis=1) for part in runs))


def _before(counts: Counts) -> Counts:
    """The sum of what stands before, in each line."""
    sums: Counts = np.cumsum(counts, axis=1)
    return sums - counts


def _singles(checks: Counts, layouts: Layouts) -> Counts:
    """How many checks of each department are single visits: those beyond the joint columns.

    Where visits have at most two departments and the checks are odd in number, one single visit is left over: it falls
    to the department with the most checks in joint visits, the earlier one among equals.
    """
    singles: Counts = np.maximum(0, checks - layouts.joint[:, None])
    left = np.flatnonzero(layouts.spread & (singles.sum(axis=1) < layouts.singles))
    singles[left, np.argmax(checks[left] - singles[left], axis=1)] += 1
    return singles
