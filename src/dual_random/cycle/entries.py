"""Which row of a log closes which task of a schedule: matched as whole numbers, a million rows at once."""

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from dual_random.cycle.logs import Log
from dual_random.cycle.schedules import Schedule

Numbers: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]


class Row(NamedTuple):
    """A row of the log that closed no task, under a plan of the schedule or under another; rows count from 1."""

    number: int
    plan: str
    enterprise: str
    department: str


class Tasks:
    """The tasks of a schedule as numbers: for each the row of its visit, and a key of plan, enterprise, department."""

    def __init__(self, schedule: Schedule) -> None:
        self.flat = [task for tasks in schedule.tasks for task in tasks]
        counts = np.array([len(tasks) for tasks in schedule.tasks], dtype=np.int64)
        self.visits = np.repeat(np.arange(len(counts)), counts)
        self.plans = {plan: number for number, plan in enumerate(dict.fromkeys(plan for plan, _ in self.flat))}
        self.departments = {name: number for number, name in enumerate(dict.fromkeys(name for _, name in self.flat))}
        self.enterprises = {name: number for number, name in enumerate(dict.fromkeys(schedule.enterprises))}
        plans = np.array([self.plans[plan] for plan, _ in self.flat], dtype=np.int64)
        departments = np.array([self.departments[name] for _, name in self.flat], dtype=np.int64)
        enterprises = np.array([self.enterprises[name] for name in schedule.enterprises], dtype=np.int64)
        self.keys = self.key(plans, enterprises[self.visits], departments)

    def key(self, plans: Numbers, enterprises: Numbers, departments: Numbers) -> Numbers:
        """One number for three; those of tasks differ wherever one of the three does."""
        return (plans * len(self.enterprises) + enterprises) * len(self.departments) + departments


class Rows:
    """The rows of a log that are tied to a plan of the schedule, up to a day; `rows` are theirs in the log, from 0."""

    def __init__(self, tasks: Tasks, log: Log, as_of: int) -> None:
        self._log = log
        plans = _renumbered(log, "plan", tasks.plans)
        arrived = log.days("arrived")
        self.rows = np.flatnonzero((plans >= 0) & (arrived <= as_of))
        self.days = np.append(arrived[self.rows], -1)  # one more, so that there is always a row to ask for
        self.seconds = log.seconds("arrived")[self.rows]
        enterprises = _renumbered(log, "enterprise", tasks.enterprises)[self.rows]
        departments = _renumbered(log, "department", tasks.departments)[self.rows]
        keys = tasks.key(plans[self.rows], enterprises, departments)
        known = (enterprises >= 0) & (departments >= 0) & np.isin(keys, tasks.keys)
        came = known & (self.seconds >= 0)
        entered = _filled(log, "result")[self.rows]
        self.keys = keys
        self.closing: Numbers = np.flatnonzero(came & entered)
        self.planned = _filled(log, "plan")[self.rows]  # what is not, such as a patrol, closes a task or concerns none
        self.unknown: Numbers = np.flatnonzero(~known & self.planned)
        self.unentered: Numbers = np.flatnonzero(came & ~entered)

    def told(self, places: Numbers) -> tuple[Row, ...]:
        """Some of the rows, as they are named."""
        return _named(self._log, self.rows[places])


def _named(log: Log, rows: Numbers) -> tuple[Row, ...]:
    columns = [_cells(log, name, rows) for name in ("plan", "enterprise", "department")]
    return tuple(map(Row, (rows + 1).tolist(), *columns))


def under_other_plans(tasks: Tasks, log: Log, since: Mapping[int, int], as_of: int) -> tuple[Row, ...]:
    """Rows under a plan that the schedule does not have, at an enterprise and by a department with an open task.

    Args:
        tasks: of the schedule.
        log: with plans and arrivals.
        since: for the places of some tasks the number of the first day that counts.
        as_of: the last one.
    """
    if not since:
        return ()
    places = np.array(list(since), dtype=np.int64)
    pairs = tasks.keys[places] % (len(tasks.enterprises) * len(tasks.departments))
    earliest = np.full(len(tasks.enterprises) * len(tasks.departments), as_of + 1, dtype=np.int64)
    np.minimum.at(earliest, pairs, np.array(list(since.values()), dtype=np.int64))
    enterprises = _renumbered(log, "enterprise", tasks.enterprises)
    departments = _renumbered(log, "department", tasks.departments)
    arrived = log.days("arrived")
    known = (enterprises >= 0) & (departments >= 0)
    pair = np.where(known, tasks.key(np.zeros_like(enterprises), enterprises, departments), 0)
    other = _filled(log, "plan") & (_renumbered(log, "plan", tasks.plans) < 0)
    return _named(log, np.flatnonzero(known & other & (arrived >= earliest[pair]) & (arrived <= as_of)))


def _renumbered(log: Log, column: str, numbers: Mapping[str, int]) -> Numbers:
    """A column by the numbers of the schedule; -1 for what it does not have."""
    codes, values = log.codes(column)
    return np.array([*(numbers.get(value, -1) for value in values), -1], dtype=np.int64)[codes]


def _filled(log: Log, column: str) -> Flags:
    """Where text stands in a column; everywhere, if the log has no such column."""
    if column not in log.columns:
        return np.ones(len(log), dtype=bool)
    codes, values = log.codes(column)
    return np.array([*(value != "" for value in values), False])[codes]


def _cells(log: Log, column: str, rows: Numbers) -> list[str]:
    codes, values = log.codes(column)
    return [values[code] for code in codes[rows].tolist()]


def matched(tasks: Tasks, rows: Rows) -> tuple[Numbers, Numbers]:
    """For every task the place of the row that closes it, -1 if none does; and the places of rows that came too often.

    The n-th arrival closes the n-th task of the same key; tasks of a schedule already stand in the order of their days.
    """
    task_order = np.lexsort((np.arange(len(tasks.keys)), tasks.keys))
    row_keys = rows.keys[rows.closing]
    row_order = np.lexsort((rows.closing, rows.seconds[rows.closing], row_keys))
    most = max(len(task_order), len(row_order)) + 1
    wanted = tasks.keys[task_order] * most + _occurrences(tasks.keys[task_order])
    given = row_keys[row_order] * most + _occurrences(row_keys[row_order])
    places = np.minimum(np.searchsorted(wanted, given), max(len(wanted) - 1, 0))
    hits = wanted[places] == given if len(wanted) else np.zeros(len(given), dtype=bool)
    closed_by = np.full(len(tasks.keys), -1, dtype=np.int64)
    closed_by[task_order[places[hits]]] = rows.closing[row_order[hits]]
    left = np.sort(rows.closing[row_order[~hits]])
    return closed_by, left[rows.planned[left]]


def _occurrences(keys: Numbers) -> Numbers:
    """For sorted keys how many equal ones stand before each: 7, 7, 9 -> 0, 1, 0."""
    starts = np.flatnonzero(np.diff(keys, prepend=keys[:1] - 1))
    return np.arange(len(keys)) - np.repeat(starts, np.diff(np.append(starts, len(keys))))
