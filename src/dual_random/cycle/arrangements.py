"""Who is visited when: a record, visits of several plans, or errands, spread over the caller's working days.

The days of a record come from the key of its draw, so they were decided with it. Visits that belong to no single record
are spread by the key of a label and a seed.
"""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dual_random.commitments import draw_key
from dual_random.cycle.calendars import Calendar, Window
from dual_random.cycle.errands import Errands
from dual_random.cycle.schedules import Schedule, Task, arranged
from dual_random.cycle.takeovers import taken_over
from dual_random.cycle.windows import ALL, Windows, numbered_faults, numbered_window, period_windows, written_day
from dual_random.dates import day_text
from dual_random.errors import Note
from dual_random.forms import kind_faults, listed, refuse, repeat_faults
from dual_random.ids import clean_chunks
from dual_random.records import Record
from dual_random.schemes import DEFAULT, Scheme, label_key, scheme_faults
from dual_random.text import shown, text_faults

_NO_WINDOWS: Final[Windows] = MappingProxyType({})


# ---- of a record


def schedule(record: Record, calendar: Calendar, *, windows: Windows = _NO_WINDOWS) -> Schedule:
    """The visits of a record, spread over the working days of the periods they were drawn into.

    The key of the tickets is that of the draw, so the days were decided with it, by the seed and not by the authority.
    Periods have equal shares of the visits, be they long or short, as the draw dealt them. A plan without periods is
    spread over its whole window: months then have visits in proportion to their working days.

    Of an amended record the visits that stand now are scheduled, and nobody else's day moves. A substitute has the day
    of the visit it replaces, or the first working day after the one on which the amendment was stated (`Amendment.on`),
    if that is later: nobody can come before it is known that somebody must. So it may leave the window of its period.
    A substitute that has a visit of its own ahead in the same period is visited once, on the day of that one.

    Args:
        record: of a plan that draws; one that staffs an earlier record's visits has none of its own.
        calendar: the working days. Publish them with the plan: whoever chose them later could not change the order of
            the visits, but their days.
        windows: the first and last day of each period, by its text. A period that is an ISO month (``"2024-07"``), week
            or day names its window itself. Under ``""`` the window of a plan without periods; by default all working
            days of the calendar.

    Returns:
        Every visit of the record once. Its id is that of the enterprise; a visit that an enterprise took over beside
        one that it had is called ``enterprise/period``. What it took over when its own visit in the same period had
        been due is one visit more, called ``enterprise/period/on``.

    Raises:
        InputError: contradictory windows: no working day inside, ends before it begins, outside of the calendar, not
            known, of no period, not after that of the period before; a record that staffs; an amendment after which
            the calendar has no working day; all at once.
        VerificationError: amendments that do not fit the visits.

    >>> from dual_random import Demand, Plan, Register, SeedSource, commit, draw
    >>> source = SeedSource(source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00", form="0" * 7)
    >>> plan = Plan(title="抽查", authority="海曙区", number="2024-3", seed=source,
    ...             demands=[Demand("消防", take="100%")], periods=["2024-09", "2024-10"])
    >>> enterprises = Register({"id": [f"E{i}" for i in range(1, 6)]}, id="id", columns=[])
    >>> record = draw(commit(plan, enterprises), enterprises, seed="0511172").record
    >>> calendar = Calendar(["2024-09-29", "2024-09-30", "2024-10-08", "2024-10-09", "2024-10-12"])
    >>> planned = schedule(record, calendar)
    >>> planned
    Schedule(5 visits on 4 days, 2024-09-29 to 2024-10-09)
    >>> planned.counts("month"), planned.during("2024-W40").visits
    ({'2024-09': 3, '2024-10': 2}, ('E1',))
    """
    refuse(kind_faults(record, Record, "record") + kind_faults(calendar, Calendar, "calendar"))
    plan = record.commitment.plan
    refuse([Note("schedule-staffing", "record", {"digest": plan.staffs})] if plan.staffs else [])
    named, read, faults = period_windows(plan.periods, windows, calendar)
    refuse(faults + _stray_faults(record, named))
    group = {period: number for number, period in enumerate(named)}
    groups = np.array([group[period] for period in record.periods or (ALL,) * len(record)], dtype=np.int64)
    key = draw_key(plan, record.commitment.digest, record.seed, dict(record.secrets))
    shared = {served.departments: _tasks(plan.number, served.departments) for served in record.served}
    planned = arranged(
        visits=record.enterprises,
        enterprises=record.enterprises,
        groups=groups,
        names=named,
        working=[calendar.numbers_within(window) for window in read],
        tasks=[shared[served.departments] for served in record.served],
        scheme=plan.scheme,
        key=key,
        covers=calendar.covers,
    )
    return taken_over(record, planned, calendar) if record.amendments else planned


def _tasks(plan: str, departments: Iterable[str]) -> tuple[Task, ...]:
    return tuple((plan, department) for department in departments)


def _stray_faults(record: Record, named: tuple[str, ...]) -> list[Note]:
    """Visits in a period that the plan does not have; a record that was drawn has none."""
    strange = set(record.periods) - set(named)
    if not strange:
        return []
    rows = zip(record.enterprises, record.periods, strict=True)
    return [Note("schedule-period", name, {"period": shown(period)}) for name, period in rows if period in strange]


# ---- of any visits


def schedule_visits(
    enterprises: Iterable[str],
    starts: Iterable[str | int],
    ends: Iterable[str | int],
    calendar: Calendar,
    *,
    seed: str,
    label: str,
    visits: Iterable[str] = (),
    tasks: Iterable[Iterable[Task]] = (),
    scheme: Scheme = DEFAULT,
) -> Schedule:
    """Visits that are not of one record, e.g. merged from several plans, spread over the working days of their windows.

    Visits with equal windows are spread over it evenly, each such group by itself: how busy a day is with others is not
    looked at, so that a visit's day depends on its own group alone. The key is that of a sample without a plan, made of
    label and seed (specification 10). Anybody can recompute it, but it binds nobody: let the seed be one that nobody
    could choose, and announce label and visits before it exists.

    Args:
        enterprises: whom each visit is paid to; an enterprise may be visited several times if `visits` is given.
        starts, ends: the first and the last day of each visit's window, as 2024-07-01; or its number, as
            ``datetime.date.toordinal`` counts days.
        calendar: the working days.
        seed: the public outcome, written as announced.
        label: of this schedule; another label is another schedule.
        visits: an id for each visit, of which the tickets are made; by default that of the enterprise.
        tasks: for each visit what is done in it, as (number of the plan, department).
        scheme: SHA-256 or SM3.

    Returns:
        Every visit once, by day; its period is the window, written ``first/last``.

    Raises:
        InputError: columns of different lengths, ids that are unclean or there twice; windows without a working day,
            that end before they begin, or outside of the calendar; all at once.

    >>> calendar = Calendar(["2024-07-01", "2024-07-02", "2024-07-03"])
    >>> found = schedule_visits(["E1", "E2", "E3"], ["2024-07-01"] * 3, ["2024-07-03"] * 3, calendar,
    ...                         seed="05 11 17 22 29 31 + 08", label="2024年7月安排")
    >>> list(zip(found.days, found.visits))
    [('2024-07-01', 'E1'), ('2024-07-02', 'E2'), ('2024-07-03', 'E3')]
    """
    whom, begins, closes = listed(enterprises), listed(starts), listed(ends)
    named, does = listed(visits) or whom, listed(tasks)
    faults = kind_faults(calendar, Calendar, "calendar")
    faults += text_faults({"seed": seed, "label": label}) + scheme_faults(scheme)
    lengths = [len(whom), len(begins), len(closes), len(named), len(does or whom)]
    if len(set(lengths)) > 1:
        faults.append(Note("columns-uneven", "visits", {"counts": ", ".join(map(str, lengths))}))
    for column in (whom,) if named is whom else (whom, named):
        unclean = [(row, note) for chunk in clean_chunks(column) for row, note in chunk.faults]
        faults += [note.under(f"row {row + 1}") for row, note in unclean]
    refuse(faults + repeat_faults(named, "visits"))
    groups, windows, faults = _grouped(begins, closes, calendar)
    refuse(faults)
    return arranged(
        visits=named,
        enterprises=whom,
        groups=groups,
        names=[f"{window.first}/{window.last}" for window in windows],
        working=[calendar.numbers_within(window) for window in windows],
        tasks=does,
        scheme=scheme,
        key=label_key(scheme, label, seed),
        covers=calendar.covers,
    )


def _grouped(
    starts: tuple[str | int, ...], ends: tuple[str | int, ...], calendar: Calendar
) -> tuple[NDArray[np.int64], list[Window], list[Note]]:
    """The number of each row's window, the windows, and what is wrong with them, at the first row that has each."""
    pairs = list(zip(map(written_day, starts), map(written_day, ends), strict=True))
    first = {pair: row for row, pair in reversed(list(enumerate(pairs)))}
    read = {pair: numbered_window(pair) for pair in dict.fromkeys(pairs)}
    faults = [note for pair in read for note in numbered_faults(pair, read[pair], calendar, f"row {first[pair] + 1}")]
    number = {window: place for place, window in enumerate(dict.fromkeys(read.values()))}
    groups = np.array([number[read[pair]] for pair in pairs], dtype=np.int64)
    return groups, [window for window in number if window], faults


# ---- of errands


def schedule_errands(
    errands: Errands, calendar: Calendar, *, seed: str, label: str, scheme: Scheme = DEFAULT
) -> Schedule:
    """Errands, merged from the checks of several plans (`merge_visits`), spread over the working days of their windows.

    By the rule of `schedule_visits`; tickets are made of the ids of the errands, and what is done in each is known, so
    that it can be closed.

    Args:
        errands: the visits to be paid.
        calendar, seed, label, scheme: as there.

    Returns:
        Every errand once, by day.

    Raises:
        InputError: as there; checks that were merged without the calendar, and have no working day in common.

    >>> from dual_random.cycle.errands import merge_visits
    >>> errands = merge_visits({"enterprise": ["E1", "E1"], "department": ["市监", "消防"], "items": ["证照", "证照"],
    ...                         "starts": ["2024-07-01", "2024-07-02"], "ends": ["2024-07-02", "2024-07-03"]})
    >>> calendar = Calendar(["2024-07-01", "2024-07-02", "2024-07-03"])
    >>> found = schedule_errands(errands, calendar, seed="05 11 17 22 29 31 + 08", label="2024年7月安排")
    >>> found.visits, found.days, found.tasks
    (('E1/1',), ('2024-07-02',), ((('', '市监'), ('', '消防')),))
    """
    refuse(kind_faults(errands, Errands, "errands") + kind_faults(calendar, Calendar, "calendar"))
    refuse(_idle_faults(errands, calendar))
    plans, departments = errands.checks.plan, errands.checks.department
    tasks: list[set[Task]] = [set() for _ in range(len(errands))]
    rows = zip(errands.visit.tolist(), plans.codes.tolist(), departments.codes.tolist(), strict=True)
    for visit, plan, department in rows:
        tasks[visit].add((plans.values[plan], departments.values[department]))
    return schedule_visits(
        errands.enterprises,
        errands.starts.tolist(),
        errands.ends.tolist(),
        calendar,
        seed=seed,
        label=label,
        visits=errands.ids,
        tasks=map(sorted, tasks),
        scheme=scheme,
    )


def _idle_faults(errands: Errands, calendar: Calendar) -> list[Note]:
    """Visits of several checks that have days in common, but none on which anybody works."""
    begins = np.searchsorted(calendar.numbers, errands.starts)
    idle = begins >= np.searchsorted(calendar.numbers, errands.ends, "right")
    several = np.bincount(errands.visit, minlength=len(errands)) > 1
    return [
        Note("errand-idle", errands.ids[row], {"first": window.first, "last": window.last})
        for row in np.flatnonzero(idle & several).tolist()
        if (window := Window(day_text(int(errands.starts[row])), day_text(int(errands.ends[row]))))
        and not calendar.cover_faults(window, "")
    ]
