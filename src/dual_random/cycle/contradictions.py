"""Where the rows of a log contradict one another or themselves: found a column at a time, told row by row.

Rows that cannot be right are refused, not repaired: whoever wrote them knows what happened, the reader does not.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from attrs import frozen

from dual_random.columns import Coded
from dual_random.cycle.instants import Flags, Instants, grouped
from dual_random.dates import DAY, day_text
from dual_random.errors import Note
from dual_random.ids import RowFault
from dual_random.lines import Integers, Unsigned

OF_THE_VISIT: Final = ("enterprise", "mode", "plan", "joint")  # the same in all rows of a visit
AFTERWARDS: Final = ("result", "left", "published")  # known only once somebody has arrived
_SHOWN: Final = 5


@frozen(eq=False)
class Rows:
    """A log as read, whose single cells have been looked at.

    Args:
        visits: for each row the number of its visit.
        visit_ids: the visits by number.
        coded: the columns of text.
        instants: the columns of times.
        refused: by column the rows whose cell was refused; it stands as an empty one and contradicts nothing.
    """

    visits: Integers
    visit_ids: Sequence[str]
    coded: Mapping[str, Coded]
    instants: Mapping[str, Instants]
    refused: Mapping[str, Sequence[int]]

    def has(self, column: str) -> bool:
        """Whether the log has a column."""
        return column in self.coded or column in self.instants

    def sound(self, *columns: str) -> Flags:
        """Where no cell of the columns was refused."""
        found = np.ones(len(self.visits), dtype=bool)
        for column in columns:
            found[list(self.refused.get(column, ()))] = False
        return found

    def filled(self, column: str) -> Flags:
        """Where a cell of the column is not empty; the column must be there."""
        return self.instants[column].known if column in self.instants else ~is_word(self.coded[column], "")

    def text(self, column: str, row: int) -> str:
        """One cell."""
        if column in self.coded:
            return self.coded[column].values[int(self.coded[column].codes[row])]
        instants = self.instants[column]
        return time_text(int(instants.seconds[row]), timed=bool(instants.timed[row]))


def is_word(coded: Coded, *words: str) -> Flags:
    """Where a column has one of some words.

    >>> is_word(Coded(np.array([1, 0], dtype=np.uint8), ("no", "yes")), "yes").tolist()
    [True, False]
    """
    return np.array([value in words for value in coded.values], dtype=bool)[coded.codes]


def time_text(second: int, *, timed: bool) -> str:
    """A time as it is written, with seconds only where there are any.

    >>> time_text(63855509400, timed=True), time_text(63855509400, timed=False)
    ('2024-07-01T09:30', '2024-07-01')
    """
    days, rest = divmod(second, DAY)
    clock = f"T{rest // 3600:02d}:{rest // 60 % 60:02d}" + (f":{rest % 60:02d}" if rest % 60 else "")
    return day_text(days) + (clock if timed else "")


def contradictions(rows: Rows) -> list[RowFault]:
    """All contradictions of a log: within a row, then within a visit."""
    return [*_in_a_row(rows), *_in_a_visit(rows)]


def _in_a_row(rows: Rows) -> Iterator[RowFault]:
    if not rows.has("arrived"):
        return
    arrived = rows.instants["arrived"]
    yield from _not_arrived(rows, ~arrived.known & rows.sound("arrived"))
    for column in filter(rows.has, ("left", "published")):
        for row in np.flatnonzero(_before(rows.instants[column], arrived)).tolist():
            told = {"value": rows.text(column, row), "arrived": rows.text("arrived", row)}
            yield RowFault((row,), Note(f"log-{column}-early", column, told))


def _not_arrived(rows: Rows, absent: Flags) -> list[RowFault]:
    """Rows that tell what comes after an arrival, and none: one fault for all that tell the same."""
    filled = {name: rows.filled(name) & rows.sound(name) & absent for name in filter(rows.has, AFTERWARDS)}
    some = np.logical_or.reduce([absent & False, *filled.values()])
    told = [
        (row, ", ".join(column for column, flags in filled.items() if flags[row]))
        for row in np.flatnonzero(some).tolist()
    ]
    return grouped((row, Note("log-not-arrived", "arrived", {"columns": columns})) for row, columns in told)


def _before(times: Instants, others: Instants) -> Flags:
    """Where a time lies before another, of which both are known; a day alone is only before what is on a later day."""
    earlier = np.where(times.timed, times.seconds < others.seconds, times.days < others.days)
    return times.known & others.known & earlier


def _in_a_visit(rows: Rows) -> Iterator[RowFault]:
    nameless = rows.visit_ids.index("") if "" in rows.visit_ids else -1
    named = rows.visits != nameless
    for column in filter(rows.has, OF_THE_VISIT):
        yield from _differing(rows, column, np.flatnonzero(named & rows.sound(column)))
    if rows.has("department"):
        yield from _repeated(rows, np.flatnonzero(named & rows.filled("department")))


def _differing(rows: Rows, column: str, own: Integers) -> Iterator[RowFault]:
    """Visits that have two values in a column which belongs to the visit."""
    coded, visits = rows.coded[column], rows.visits[own]
    split = np.isin(visits, split_visits(visits, coded.codes[own], len(rows.visit_ids)))
    for group in _alike(own[split], visits[split]):
        values = [coded.values[code] for code in dict.fromkeys(coded.codes[list(group)].tolist())]
        yield RowFault(group, Note("log-visit-differs", column, _told(rows, group[0], values)))


def split_visits(visits: Integers, codes: Unsigned, count: int) -> Integers:
    """The visits, of `count`, whose rows do not all have one code; ascending.

    >>> split_visits(np.array([0, 1, 0, 1]), np.array([7, 2, 7, 3], dtype=np.uint8), 2).tolist()
    [1]
    """
    first = np.zeros(count, dtype=codes.dtype)
    first[visits] = codes  # one of them; which one is all the same
    return np.unique(visits[codes != first[visits]])


def _alike(own: Integers, keys: Integers) -> list[tuple[int, ...]]:
    """The rows of each key that stands more than once."""
    if not len(keys) or (np.diff(np.sort(keys)) > 0).all():
        return []
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    cuts = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    bounds = [0, *cuts.tolist(), len(order)]
    several = np.flatnonzero(np.diff(bounds) > 1).tolist()
    return [tuple(own[order[bounds[i] : bounds[i + 1]]].tolist()) for i in several]


def _told(rows: Rows, row: int, values: Sequence[str]) -> dict[str, str]:
    more = ["…"] if len(values) > _SHOWN else []
    listed = ", ".join([value or "–" for value in values[:_SHOWN]] + more)
    return {"visit": rows.visit_ids[int(rows.visits[row])], "values": listed}


def _repeated(rows: Rows, own: Integers) -> Iterator[RowFault]:
    """Departments that stand twice in one visit."""
    departments = rows.coded["department"]
    keys = rows.visits[own] * max(len(departments.values), 1) + departments.codes[own]
    for group in _alike(own, keys):
        told = {"visit": rows.visit_ids[int(rows.visits[group[0]])], "department": rows.text("department", group[0])}
        yield RowFault(group, Note("log-department-repeated", "department", told))
