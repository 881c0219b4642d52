"""Visits taken over: on which day they come who stand in for an enterprise that could not be visited.

Nobody can come before it is known that somebody must. So whatever is taken over has the day of the visit it replaces,
or the first working day after that on which the amendment was stated, if that is later; nobody else's day moves.
"""

from typing import Final, NamedTuple

import numpy as np

from dual_random.amendments import Amendment, Spot
from dual_random.cycle.calendars import Calendar
from dual_random.cycle.schedules import Schedule, Task
from dual_random.dates import day, day_text
from dual_random.errors import Note
from dual_random.forms import refuse
from dual_random.records import Record

_NEXT: Final = 1  # working days after the statement


class _Part(NamedTuple):
    """What one enterprise is visited for on one day.

    Attributes:
        day: as ISO text.
        row: of the drawn visit from which the day was found: the order inside a day.
        id: of the visit.
        demands: that it serves.
    """

    day: str
    row: int
    id: str
    demands: tuple[str, ...]


class _Parts:
    """The parts of the visits that amendments touch; all others stand as they were drawn."""

    def __init__(self, record: Record, planned: Schedule, calendar: Calendar) -> None:
        self._planned, self._calendar = planned, calendar
        self._served = dict(zip(record.enterprises, record.served, strict=True))
        self._row = {spot: row for row, spot in enumerate(zip(planned.visits, planned.periods, strict=True))}
        self._used = set(planned.visits)
        self.touched: dict[Spot, list[_Part]] = {}
        self.faults: list[Note] = []

    def of(self, spot: Spot) -> list[_Part]:
        """The parts of a visit, by day."""
        if spot in self.touched:
            return self.touched[spot]
        row = self._row.get(spot)
        if row is None:
            return []
        return [_Part(self._planned.days[row], row, spot[0], self._served[spot[0]].demands)]

    def amend(self, amendment: Amendment, at: str) -> None:
        """Take an enterprise out, and let others come instead."""
        held = {demand: part for part in self.of(amendment.spot) for demand in part.demands}
        self.touched[amendment.spot] = []
        for taker, demands in amendment.takers.items():
            first = min(held[demand] for demand in demands)
            self._take((taker, amendment.period), demands, first, amendment.on, at)

    def _take(self, spot: Spot, demands: tuple[str, ...], replaced: _Part, on: str, at: str) -> None:
        parts = self.of(spot)
        ahead = next((part for part in parts if part.day > on), None)
        if ahead:
            joined = ahead._replace(demands=(*ahead.demands, *demands))
            self.touched[spot] = [joined if part is ahead else part for part in parts]
            return
        due = replaced.day if replaced.day > on else self._after(on, at)
        self.touched[spot] = [*parts, _Part(due, replaced.row, self._name(spot, on if parts else ""), demands)]

    def _after(self, on: str, at: str) -> str:
        found = int(self._calendar.deadlines(np.array([day(on)]), _NEXT)[0])
        if found < 0:
            self.faults.append(Note("takeover-late", at, {"day": on, "last": self._calendar.covers.last}))
            return on
        return day_text(found)

    def _name(self, spot: Spot, on: str) -> str:
        """The id of a new visit: the enterprise; its period beside another visit of it, the day beside one of both."""
        taker, period = spot
        name = "/".join(filter(None, [taker, *((period, on) if taker in self._used else ())]))
        self._used.add(taker)
        return name


def taken_over(record: Record, planned: Schedule, calendar: Calendar) -> Schedule:
    """The schedule of the visits that stand after the amendments of a record.

    Amendments are only ever added, so no day and no id is changed by a later one.

    Args:
        record: with amendments.
        planned: its visits as they were drawn.
        calendar: the working days.

    Raises:
        InputError: an amendment after which the calendar knows no working day.
        VerificationError: amendments that do not fit the visits.
    """
    spots = dict.fromkeys((visit.enterprise, visit.period) for visit in record.current)
    parts = _Parts(record, planned, calendar)
    for i, amendment in enumerate(record.amendments):
        if not amendment.inspector:
            parts.amend(amendment, f"amendments[{i}].on")
    refuse(parts.faults)
    found = sorted((*part, spot) for spot in spots for part in parts.of(spot))
    return Schedule(
        visits=[name for _, _, name, _, _ in found],
        enterprises=[enterprise for *_, (enterprise, _) in found],
        days=[each for each, *_ in found],
        periods=[period for *_, (_, period) in found],
        tasks=[_tasks(record, demands) for _, _, _, demands, _ in found],
        scheme=planned.scheme,
        key=planned.key,
        covers=planned.covers,
    )


def _tasks(record: Record, demands: tuple[str, ...]) -> tuple[Task, ...]:
    plan = record.commitment.plan
    return tuple((plan.number, name) for name in sorted({plan.demand(each).department for each in demands}))
