"""Joint visits: where the demands of several departments meet at one enterprise (specification 8).

Given the order of the cells among the tickets, who stands where inside a cell is a uniform permutation, and all else
here depends on counts only: hence everybody's chance is n/N of the stratum, exactly, whatever the target, the layout
and the other departments.
"""

import numpy as np
from attrs import frozen

from dual_random.cells import Cells, Counts, department_names, department_places, find_cells, over_departments
from dual_random.layouts import Layouts, arrange
from dual_random.marks import Marks, Numbers, Quota, Whole, candidates, count_up, first_of_each, mark
from dual_random.plans import JointRule
from dual_random.populations import Codes, Flags, Populations
from dual_random.spreading import Lots, lay
from dual_random.tickets import SPARE, Rows, Words


@frozen(eq=False)
class Meeting:
    """All visits of a draw, in ascending order of their tickets.

    Args:
        marks: who was drawn for each demand.
        rows: the enterprises visited.
        served: a line per visit, a column per demand (in the plan's order).
        extra: visits made for the target alone: the last places of their cells.
        cells, layouts: the counts that decided.
        cell_of: for each profile the number of its cell, -1 where nobody is drawn.
        most: for each cell the most departments on one of its visits.
    """

    marks: Marks
    rows: Rows
    served: Flags
    extra: Flags
    cells: Cells
    layouts: Layouts
    cell_of: Codes
    most: Counts

    def over(self, rule: JointRule) -> int:
        """Cells in which a visit has more departments than the rule's most."""
        return 0 if rule.most_departments is None else int((self.most > rule.most_departments).sum())


def meet(
    populations: Populations,
    numbers: Numbers,
    rule: JointRule,
    words: Words,
    whole: Whole,
    lots: Lots,
    spare: int = SPARE,
) -> Meeting:
    """Draw for every demand, and let the demands share visits.

    Args:
        populations: who may be drawn, in which strata.
        numbers: how many to draw, for each demand (empty for one that follows) and stratum.
        rule: the target, how far to go for it, the most departments of a visit.
        words: first words of all tickets.
        whole: a row's whole ticket and id, for equal first words.
        lots: the `department` tickets of a cell's key and some departments.
        spare: how generously candidates are chosen; it changes the speed, never the result.
    """
    marks = mark(populations, numbers, words, whole, spare)
    cells, cell_of = find_cells(populations, marks)
    layouts = arrange(cells, rule)
    rows = _visited(populations, marks, cells, layouts, cell_of, words, whole, spare)
    cell = cell_of[populations.profile[rows]]
    order = np.argsort(cell, kind="stable")  # cells one after another, inside a cell by ticket: as `lay` has it
    served = np.empty((len(rows), cells.demands.shape[1]), dtype=np.bool_)
    served[order] = lay(cells, layouts, department_names(populations), department_places(populations), lots)
    place = np.empty(len(rows), dtype=np.intp)
    place[order] = count_up(layouts.visits)
    most = np.zeros(len(cells.keys), dtype=np.int64)
    np.maximum.at(most, cell, over_departments(populations, served).sum(axis=1))
    extra = place >= (layouts.visits - layouts.extra)[cell]
    return Meeting(marks, rows, served, extra, cells, layouts, cell_of, most)


def _visited(
    populations: Populations,
    marks: Marks,
    cells: Cells,
    layouts: Layouts,
    cell_of: Codes,
    words: Words,
    whole: Whole,
    spare: int,
) -> Rows:
    """The lowest tickets of each cell, one for each of its visits: the marked ones, where they are as many."""
    if (layouts.visits == cells.demands.max(axis=1, initial=0)).all():
        return marks.rows
    quota = Quota(cell_of, cells.sizes.tolist(), layouts.visits.tolist())
    rows = candidates(populations.profile, [quota], words, whole, spare)
    return rows[first_of_each(cell_of[populations.profile[rows]], quota.numbers)]
