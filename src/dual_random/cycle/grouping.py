"""The groups of a log, such as its departments or months, and how often each visit stands among them.

A visit is counted once in each group that has a row of it. Where the groups are of visits (months, modes, plans), each
visit stands in one of them and the counts add up to those of the whole log; where they are of rows (departments,
inspectors, items), a joint visit stands in several, and nobody may add them.
"""

from collections.abc import Iterable, Sequence
from math import prod
from typing import Final

import numpy as np
from attrs import frozen

from dual_random.cycle.contradictions import split_visits
from dual_random.cycle.instants import NONE, Flags, Seconds
from dual_random.cycle.logs import COLUMNS, MONTH, TIMES, Log, LogTable, as_log
from dual_random.cycle.vocabulary import LISTS
from dual_random.dates import day_text
from dual_random.errors import InputError, Note
from dual_random.lines import Integers, Unsigned
from dual_random.tables import SEPARATOR
from dual_random.text import shown, text_faults

WHOLE: Final = ""
DEPARTMENT: Final = "department"
_SHOWN: Final = 5
_DENSE: Final = 4  # combinations for each thing up to which a table of all of them is quicker than a sort


@frozen(eq=False)
class Grouping:
    """Which rows of a log belong to which group.

    An entry is a row in a group; a row with two inspectors has two. A unit is a visit in a group, that is the entries
    of one visit there.

    Args:
        by: what the groups are.
        scopes: the groups by number.
        rows: for each entry its row of the log.
        groups: for each entry its group.
        units: for each entry its unit.
        unit_groups: for each unit its group.
        unit_visits: for each unit its visit.
    """

    by: str
    scopes: tuple[str, ...]
    rows: Integers
    groups: Integers
    units: Integers
    unit_groups: Integers
    unit_visits: Integers

    @property
    def parts(self) -> bool:
        """Whether every visit stands in one group only, so that the groups' counts of visits can be added."""
        return self.by != DEPARTMENT and self.by not in LISTS

    def entries(self, flags: Flags) -> Flags:
        """The entries of flagged rows."""
        return flags[self.rows] if self.by in LISTS else flags  # else every row is one entry, in its place

    def some(self, flags: Flags) -> Flags:
        """The units of which some row is flagged."""
        chosen = self.units[self.entries(flags)]
        return np.bincount(chosen, minlength=len(self.unit_groups)) > 0

    def count_units(self, flags: Flags) -> Integers:
        """How many flagged units each group has."""
        return np.bincount(self.unit_groups[flags], minlength=len(self.scopes))

    def count_rows(self, flags: Flags) -> Integers:
        """How many flagged rows each group has."""
        return np.bincount(self.groups[self.entries(flags)], minlength=len(self.scopes))

    def sum_units(self, numbers: Integers) -> Integers:
        """The sum of a number of each unit over the units of each group."""
        found = np.zeros(len(self.scopes), dtype=np.int64)
        np.add.at(found, self.unit_groups, numbers)
        return found


def by_faults(by: object) -> list[Note]:
    """Why something is no name of groups."""
    if isinstance(by, Iterable) and not isinstance(by, str):
        return [Note("log-by-several", "by", {"value": shown(by)})]
    return text_faults({"by": by}, empty=True)


def log_for(log: LogTable, by: str) -> Log:
    """The log, with the column that its groups need if it is read from a table."""
    return as_log(log, () if by in COLUMNS or by in (WHOLE, MONTH) else (by,))


def group(log: Log, by: str) -> Grouping:
    """The groups of a log.

    Args:
        log: the log.
        by: "" for one group of all; "month" of the first arrival of a visit, else of its first due day, else ""; a
            column: "department"; "inspectors" or "items", where each name of a cell is a group; any other column that
            has one value in all rows of a visit.

    Raises:
        InputError: a column that the log has not, or by which visits fall into two groups.
    """
    rows = np.arange(len(log), dtype=np.intp)
    if by == WHOLE:
        return _of_visits(log, by, np.zeros(len(log.visit_ids), dtype=np.intp), ("",))
    if by == MONTH:
        return _of_visits(log, by, *_months(log))
    if by in TIMES or by not in log.columns:
        raise InputError([_unknown(log, by)])
    codes, values = log.codes(by)
    if by == DEPARTMENT:  # once in a visit, so every row is a unit
        return Grouping(by, values, rows, codes.astype(np.intp), rows, codes.astype(np.intp), log.visits)
    if by in LISTS:
        return _of_lists(log, by)
    return _of_visits(log, by, _by_visit(log, by), values)


def _unknown(log: Log, by: str) -> Note:
    known = ", ".join([*(column for column in log.columns if column not in TIMES), MONTH])
    return Note("log-column-unknown", "by", {"column": shown(by), "known": known})


def _of_visits(log: Log, by: str, of_visit: Integers, scopes: Sequence[str]) -> Grouping:
    """Groups of which every visit has one; the units are the visits."""
    rows, visits = np.arange(len(log), dtype=np.intp), np.arange(len(log.visit_ids), dtype=np.intp)
    return Grouping(by, tuple(scopes), rows, of_visit[log.visits], log.visits, of_visit, visits)


def _by_visit(log: Log, by: str) -> Integers:
    """The code of each visit in a column that has one for all of its rows."""
    codes, _ = log.codes(by)
    split = split_visits(log.visits, codes, len(log.visit_ids)).tolist()
    if split:
        raise InputError([_split(log, by, visit, len(split)) for visit in split[:1]])
    found = np.zeros(len(log.visit_ids), dtype=np.intp)
    found[log.visits] = codes
    return found


def _split(log: Log, by: str, visit: int, count: int) -> Note:
    codes, values = log.codes(by)
    own = dict.fromkeys(codes[log.visits == visit].tolist())
    told = ", ".join([values[code] or "–" for code in own][:_SHOWN])
    return Note("log-visits-split", by, {"count": count, "visit": log.visit_ids[visit], "values": told})


def _of_lists(log: Log, by: str) -> Grouping:
    """Groups by the names that stand in a cell, each once; a cell without a name belongs to the group ""."""
    codes, values = log.codes(by)
    names = [listed(value) or ("",) for value in values]
    scopes = tuple(sorted({name for found in names for name in found}))
    number = {name: i for i, name in enumerate(scopes)}
    flat = np.array([number[name] for found in names for name in found], dtype=np.intp)
    sizes = np.array([len(found) for found in names], dtype=np.intp)
    begins = np.cumsum(sizes) - sizes
    of_row = sizes[codes]
    rows = np.repeat(np.arange(len(log), dtype=np.intp), of_row)
    place = np.arange(len(rows), dtype=np.intp) - np.repeat(np.cumsum(of_row) - of_row, of_row)
    groups = flat[begins[codes][rows] + place]
    (unit_visits, unit_groups), units = paired((log.visits[rows], len(log.visit_ids)), (groups, len(scopes)))
    return Grouping(by, scopes, rows, groups, units, unit_groups, unit_visits)


def paired(*parts: tuple[Integers | Unsigned, int]) -> tuple[tuple[Integers, ...], Integers]:
    """The different combinations of several numberings of the same things, and for each thing that of its own.

    Args:
        parts: numberings, each with how many numbers it has.

    >>> paired((np.array([1, 0, 1]), 2), (np.array([5, 5, 5]), 9))
    ((array([0, 1]), array([5, 5])), array([1, 0, 1]))
    """
    shape = tuple(max(count, 1) for _, count in parts)
    keys, size = np.ravel_multi_index(tuple(numbers for numbers, _ in parts), shape), prod(shape)
    if size <= _DENSE * len(keys):
        different = np.flatnonzero(np.bincount(keys, minlength=size))
        place = np.zeros(size, dtype=np.intp)
        place[different] = np.arange(len(different))
        own = place[keys]
    else:
        different, own = np.unique(keys, return_inverse=True)
    return tuple(np.unravel_index(different, shape)), own.reshape(-1)


def listed(cell: str) -> tuple[str, ...]:
    """The names in a cell, each once, in their order.

    >>> listed("a;b; a;")
    ('a', 'b')
    """
    return tuple(dict.fromkeys(name for part in cell.split(SEPARATOR) if (name := part.strip())))


def _months(log: Log) -> tuple[Integers, tuple[str, ...]]:
    """The month of each visit, by number, and the months."""
    if not {"arrived", "due"} & set(log.columns):
        raise InputError([Note("log-column-unknown", "by", {"column": shown(MONTH), "known": ", ".join(log.columns)})])
    days = np.full(len(log.visit_ids), NONE, dtype=np.int64)
    for column in ("due", "arrived"):
        if column in log.columns:
            first = first_by_visit(log, log.days(column))
            days = np.where(first != NONE, first, days)
    least = int(days.min(initial=0))
    (found,), numbers = paired((days - least, int(days.max(initial=0)) - least + 1))
    different = found + least
    texts = ["" if day == NONE else day_text(day)[:7] for day in different.tolist()]
    months = tuple(dict.fromkeys(texts))  # days ascend, so months do
    number = {month: i for i, month in enumerate(months)}
    return np.array([number[text] for text in texts], dtype=np.intp)[numbers], months


def first_by_visit(log: Log, times: Seconds) -> Seconds:
    """The first of the times of each visit; `NONE` where it has none."""
    latest = np.iinfo(np.int64).max
    found = np.full(len(log.visit_ids), latest, dtype=np.int64)
    known = times != NONE
    np.minimum.at(found, log.visits[known], times[known])
    return np.where(found == latest, NONE, found)


def last_by_visit(log: Log, times: Seconds) -> Seconds:
    """The last of the times of each visit; `NONE` where it has none."""
    found = np.full(len(log.visit_ids), NONE, dtype=np.int64)
    np.maximum.at(found, log.visits, times)
    return found
