"""Which checks were due, and which of them were done or published in time."""

from collections.abc import Sequence

import numpy as np

from dual_random.cycle.instants import NONE, Flags, Seconds
from dual_random.cycle.logs import Log
from dual_random.dates import day, day_text
from dual_random.errors import InputError, Note


def due_and_done(log: Log, as_of: str) -> tuple[Flags, Flags]:
    """The checks due, and of them those whose department arrived on the due day or before.

    Args:
        log: with the columns `due` and `arrived`.
        as_of: a day; what is due later is not due yet. Without it all that have a due day are due.
    """
    last, arrived = log.days("due"), log.days("arrived")
    due = (last != NONE) & (last <= day(as_of)) if as_of else last != NONE
    return due, due & (arrived != NONE) & (arrived <= last)


def due_and_published(log: Log, working_days: Sequence[str], count: int, as_of: str) -> tuple[Flags, Flags]:
    """The checks whose result should be published, and of them those where it was, in time.

    Args:
        log: with the columns `arrived` and `published`.
        working_days: ISO days in any order, from the first visit to the last deadline.
        count: how many working days after the visit the result is to be published; the day of the visit does not count.
        as_of: a day; what may be published later is not due yet. Without it every check carried out is.

    Raises:
        InputError: working days that begin after the first visit, or end before a deadline that counts.
    """
    arrived, published = log.days("arrived"), log.days("published")
    known = np.array(sorted({day(text) for text in working_days}), dtype=np.int64)
    deadline = _deadlines(arrived, known, count)
    end = int(known[-1])
    due = arrived != NONE
    if as_of:
        due &= np.where(deadline != NONE, deadline <= day(as_of), end < day(as_of))
    _refuse_short(arrived, deadline, due, known, count)
    return due, due & (published != NONE) & (published <= deadline)


def _deadlines(days: Seconds, known: Seconds, count: int) -> Seconds:
    """The working day so many after each day; `NONE` where the working days end before."""
    place = np.searchsorted(known, days, side="right") + count - 1
    return np.where(place < len(known), known[np.minimum(place, len(known) - 1)], NONE)


def _refuse_short(arrived: Seconds, deadline: Seconds, due: Flags, known: Seconds, count: int) -> None:
    early, late = due & (arrived < known[0]), due & (deadline == NONE)
    faults = []
    if early.any():
        told = {"first": day_text(int(known[0])), "day": day_text(int(arrived[early].min()))}
        faults.append(Note("working-days-late", "working_days", {**told, "count": int(early.sum())}))
    if late.any():
        told = {"last": day_text(int(known[-1])), "day": day_text(int(arrived[late].max()))}
        faults.append(Note("working-days-short", "working_days", {**told, "number": count, "count": int(late.sum())}))
    if faults:
        raise InputError(faults)
