"""What the rows of a log say was done: which checks were carried out, which visits were joint, who came together."""

from typing import Final

import numpy as np

from dual_random.cycle.grouping import first_by_visit, last_by_visit
from dual_random.cycle.instants import NONE, Flags
from dual_random.cycle.logs import Log
from dual_random.dates import day
from dual_random.errors import Note
from dual_random.ids import RowFault
from dual_random.lines import Integers

_MINUTE: Final = 60


def word_flags(log: Log, column: str, *words: str) -> Flags:
    """Where a column of text has one of some words; the log must have the column."""
    codes, values = log.codes(column)
    flags: Flags = np.array([value in words for value in values], dtype=bool)[codes]
    return flags


def carried_out(log: Log) -> Flags | None:
    """The checks that were carried out: those with an arrival; in a log without arrivals, those with a result.

    None if the log has neither column, so that nothing is known of it.
    """
    if "arrived" in log.columns:
        return np.not_equal(log.seconds("arrived"), NONE)
    return ~word_flags(log, "result", "") if "result" in log.columns else None


def late_faults(log: Log, as_of: str) -> list[Note]:
    """Arrivals after the day up to which a log is said to be complete: log or day is not what it is said to be.

    Args:
        log: a log.
        as_of: that day; empty if none is said.
    """
    if not as_of or "arrived" not in log.columns:
        return []
    late = np.flatnonzero(log.days("arrived") > day(as_of))
    if not len(late):
        return []
    return [RowFault(tuple(late.tolist()), Note("logged-after-as-of", "arrived", {"as_of": as_of})).told()]


def joint_visits(log: Log) -> Flags:
    """The visits registered as joint; in a log without that column, those of two departments or more."""
    if "joint" not in log.columns:
        return departments(log) > 1
    found = np.zeros(len(log.visit_ids), dtype=bool)
    found[log.visits] = word_flags(log, "joint", "yes")
    return found


def departments(log: Log) -> Integers:
    """How many departments each visit has: as many as rows."""
    return np.bincount(log.visits, minlength=len(log.visit_ids))


def came_together(log: Log, minutes: int) -> Flags | None:
    """The joint visits of two departments or more that all arrived, the last so many minutes after the first at most.

    An arrival without a time of day shows nothing of that. None if the log has no arrival with one.
    """
    if "arrived" not in log.columns or not log.timed("arrived").any():
        return None
    arrived = log.seconds("arrived")
    shown = np.bincount(log.visits[log.timed("arrived")], minlength=len(log.visit_ids))
    apart = last_by_visit(log, arrived) - first_by_visit(log, arrived)
    together: Flags = (departments(log) > 1) & (shown == departments(log)) & (apart <= minutes * _MINUTE)
    return together & joint_visits(log)
