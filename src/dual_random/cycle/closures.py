"""Close-out (销号): which scheduled checks were carried out by a date, in time or late, and which nobody closed.

A task is one department's check in one scheduled visit. A row of the log closes it if it names the same plan, the same
enterprise and the same department, somebody arrived, and the result is entered. All others stay on the list by name,
until they are closed or openly cancelled: selective enforcement is not only to visit whom nobody drew, but also to drop
quietly whom the lot named.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, TypeAlias

import numpy as np
from attrs import frozen

from dual_random.cycle.calendars import Window, iso_window, month_of, week_of
from dual_random.cycle.entries import Numbers, Row, Rows, Tasks, matched, under_other_plans
from dual_random.cycle.logs import LogTable, as_log
from dual_random.cycle.schedules import Schedule
from dual_random.dates import day, day_faults, day_text
from dual_random.errors import Columns, InputError, Lang, Note
from dual_random.forms import choice_faults, kind_faults, mapping_faults, refuse
from dual_random.rates import Rate
from dual_random.tables import headed
from dual_random.text import shown, text_fault

Status: TypeAlias = Literal["on-time", "late", "overdue", "open", "cancelled"]
Within: TypeAlias = Literal["day", "week", "month"]
Grouping: TypeAlias = Literal["", "plan", "department", "month"]
Cancelled: TypeAlias = Mapping[str | tuple[str, str], str]

ON_TIME: Final = "on-time rate"
COMPLETION: Final = "completion rate"
CHECKS: Final = "checks"

_NOBODY: Final[Cancelled] = MappingProxyType({})
_CANCELLED_RULE: Final = '{"E1": "…", ("E2", "消防"): "…"}'
_SHOWN: Final = 11  # notes in `str()`: the counts and ten more
_NEEDED: Final = ("plan", "arrived")
_STATUSES: Final[Mapping[Status, str]] = {
    "on-time": "按时销号",
    "late": "逾期销号",
    "overdue": "逾期未销号",
    "open": "未到期",
    "cancelled": "取消",
}
_HEADINGS: Final[Mapping[str, str]] = {
    "visit": "户次编号",
    "enterprise": "检查对象",
    "plan": "计划编号",
    "department": "检查部门",
    "month": "月份",
    "day": "排定日期",
    "due": "截止日期",
    "closed": "销号日期",
    "status": "状态",
    "reason": "取消原因",
}


class Closing(NamedTuple):
    """One task and what became of it.

    Attributes:
        visit, enterprise, plan, department: which task.
        day, due: when it was scheduled, and the last day that is in time.
        closed: the day on which it was closed; empty if it was not.
        status: on time, late, overdue, still open, cancelled.
        reason: why it was cancelled; empty if it was not.
    """

    visit: str
    enterprise: str
    plan: str
    department: str
    day: str
    due: str
    closed: str
    status: Status
    reason: str


@frozen(kw_only=True, repr=False)
class CloseOut:
    """All tasks of a schedule at the end of a day.

    Args:
        as_of: the day; what was done after it does not count here.
        within: the span in which a task is in time: the day, the ISO week or the month it was scheduled for.
        tasks: in the order of the schedule, inside a visit as there.
        unknown: rows of the log whose plan has no such task.
        again: rows that came after the task had been closed.
        unentered: rows with an arrival, but without a result: they close nothing until it is entered.
        elsewhere: rows under plans that are not scheduled here, by a department at an enterprise where its own task is
            overdue, arrived since that task could be closed: the number of the plan may be wrong.
        part: whether the schedule was a part (`Schedule.during`): then `unknown` and `again` may have their tasks
            outside of it, and the notes count them instead of naming them.
    """

    as_of: str
    within: Within
    tasks: tuple[Closing, ...]
    unknown: tuple[Row, ...] = ()
    again: tuple[Row, ...] = ()
    unentered: tuple[Row, ...] = ()
    elsewhere: tuple[Row, ...] = ()
    part: bool = False

    def __repr__(self) -> str:
        told = ", ".join(f"{count} {status}" for status, count in self.counts.items() if count)
        return f"CloseOut({len(self.tasks)} tasks as of {self.as_of}: {told or '–'})"

    @cached_property
    def counts(self) -> dict[Status, int]:
        """How many tasks have each status; all five are named."""
        found = Counter(task.status for task in self.tasks)
        return {status: found[status] for status in _STATUSES}

    def named(self, status: Status) -> tuple[Closing, ...]:
        """The tasks of one status, e.g. those that are overdue."""
        refuse(choice_faults(status, Status, "status"))
        return tuple([task for task in self.tasks if task.status == status])

    @property
    def early(self) -> tuple[Closing, ...]:
        """The tasks that were closed before the span they were scheduled for began: the lot said later."""
        begins = {each: in_time(each, self.within).first for each in dict.fromkeys(task.day for task in self.tasks)}
        return tuple([task for task in self.tasks if task.closed and task.closed < begins[task.day]])

    def on_time(self, *, by: Grouping = "") -> tuple[Rate, ...]:
        """The on-time rate (按时完成率): tasks closed in time among those due by the day, cancelled ones left out.

        Args:
            by: a rate for each plan, department or month that has tasks; by default one for all.

        Returns:
            Rates of checks, so that those of departments or months can be pooled. By department in the order of
            bytes, by month in that of time.
        """
        due = [task for task in self.tasks if task.status != "cancelled" and task.due <= self.as_of]
        return self._rates(ON_TIME, due, [task.status == "on-time" for task in due], by)

    def completion(self, *, by: Grouping = "") -> tuple[Rate, ...]:
        """The completion rate (销号率): tasks closed, in time or late, among all that were not cancelled.

        Args:
            by: as in `on_time`.
        """
        kept = [task for task in self.tasks if task.status != "cancelled"]
        return self._rates(COMPLETION, kept, [bool(task.closed) for task in kept], by)

    def _rates(self, name: str, whole: Sequence[Closing], part: Sequence[bool], by: Grouping) -> tuple[Rate, ...]:
        refuse(choice_faults(by, Grouping, "by"))
        wholes: Counter[str] = Counter(_scope(task, by) for task in whole)
        parts: Counter[str] = Counter(_scope(task, by) for task, counts in zip(whole, part, strict=True) if counts)
        scopes = sorted(dict.fromkeys(_scope(task, by) for task in self.tasks)) if by else [""]
        return tuple(
            Rate(parts[scope], wholes[scope], of=CHECKS, name=name, scope=scope, as_of=self.as_of, by=by)
            for scope in scopes
        )

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was found as data: the counts, then by name whatever somebody has to look at."""
        counts = {status.replace("-", "_"): count for status, count in self.counts.items()}
        return (
            Note("closure-counts", "", {"as_of": self.as_of, "tasks": len(self.tasks), **counts}),
            *(Note("closure-overdue", task.enterprise, _told(task)) for task in self.named("overdue")),
            *(Note("closure-early", task.enterprise, _told(task)) for task in self.early),
            *(Note("closure-done", task.enterprise, _told(task)) for task in self.tasks if task.closed and task.reason),
            *self._surplus,
            *(Note("closure-unentered", f"row {row.number}", row._asdict()) for row in self.unentered),
            *(Note("closure-elsewhere", f"row {row.number}", row._asdict()) for row in self.elsewhere),
        )

    @property
    def _surplus(self) -> tuple[Note, ...]:
        """Rows of the plans for which there is no task: named, or, in a part of a schedule, no more than counted."""
        if self.part:
            rows = len(self.unknown) + len(self.again)
            return (Note("closure-part", "", {"rows": rows}),) if rows else ()
        return (
            *(Note("closure-unknown", f"row {row.number}", row._asdict()) for row in self.unknown),
            *(Note("closure-again", f"row {row.number}", row._asdict()) for row in self.again),
        )

    def text(self, lang: Lang = "en") -> str:
        """All notes, one a line, in English or Chinese."""
        return "\n".join(note.text(lang) for note in self.notes)

    def __str__(self) -> str:
        notes = self.notes
        more = [f"… {len(notes) - _SHOWN} more"] if len(notes) > _SHOWN else []
        return "\n".join([*map(str, notes[:_SHOWN]), *more])

    def table(self, *, lang: Lang = "en") -> Columns:
        """A row a task, for a list to be worked off (销号清单).

        Args:
            lang: of the headings and of the statuses.
        """
        refuse(choice_faults(lang, Lang, "lang"))
        columns: Columns = {
            "visit": [task.visit for task in self.tasks],
            "enterprise": [task.enterprise for task in self.tasks],
            "plan": [task.plan for task in self.tasks],
            "department": [task.department for task in self.tasks],
            "month": [month_of(task.day) for task in self.tasks],
            "day": [task.day for task in self.tasks],
            "due": [task.due for task in self.tasks],
            "closed": [task.closed for task in self.tasks],
            "status": [task.status if lang == "en" else _STATUSES[task.status] for task in self.tasks],
            "reason": [task.reason for task in self.tasks],
        }
        return headed(columns, _HEADINGS, lang)


def _scope(task: Closing, by: Grouping) -> str:
    scopes = {"": "", "plan": task.plan, "department": task.department, "month": month_of(task.day)}
    return scopes[by]


def _told(task: Closing) -> dict[str, str | int]:
    return {name: getattr(task, name) for name in ("plan", "department", "day", "due", "closed", "reason")}


def in_time(planned: str, within: Within) -> Window:
    """The days in which a task of a day is in time.

    >>> in_time("2024-07-03", "week")
    Window(first='2024-07-01', last='2024-07-07')
    """
    names = {"day": planned, "week": week_of(planned), "month": month_of(planned)}
    return iso_window(names[within]) or Window(planned, planned)  # the last week of 9999 has no last day


# ---- closing


def close_out(
    schedule: Schedule,
    log: LogTable,
    *,
    as_of: str,
    within: Within = "week",
    cancelled: Cancelled = _NOBODY,
) -> CloseOut:
    """What became of every task of a schedule by a date.

    The log decides, and nothing else: a task is closed by a row with its plan, enterprise and department, an arrival by
    that date and, if the log has a column of results, a result. Where an enterprise has several tasks of one plan and
    department, arrivals close them in the order of their days, each one. What was carried out counts as closed even if
    it was cancelled; a note tells it.

    Args:
        schedule: with tasks, as `schedule` makes it; the whole of it, and the report can be cut afterwards. Of a part
            (`Schedule.during`), rows without a task there are counted only: they may belong to the rest.
        log: the visits carried out, each under the number of the plan that drew it, not of one that staffed it later;
            visits of other plans or of none, as they stand in every log, are left aside.
        as_of: an ISO day; the state at its end.
        within: the span that is in time. The week by default: the month is arranged, the week carried out (周执行).
        cancelled: public reasons by visit (all of its tasks), or by (visit, department), e.g. from amendments.

    Returns:
        Every task of the schedule with what became of it, and the rows of the log that closed none. Where a task is
        overdue, rows of the same enterprise and department under a plan that is not scheduled are told, too: the number
        of the plan may be a slip.

    Raises:
        InputError: a schedule without tasks, a log that contradicts itself or says neither plan nor arrival, cancelled
            visits that are not scheduled, reasons that are no text; all at once.

    >>> planned = Schedule(visits=["E1", "E2", "E3"], enterprises=["E1", "E2", "E3"], periods=[""] * 3,
    ...                    days=["2024-07-01", "2024-07-08", "2024-07-15"], tasks=[[("2024-3", "消防")]] * 3)
    >>> found = close_out(planned, {"visit": ["V1"], "enterprise": ["E1"], "department": ["消防"], "plan": ["2024-3"],
    ...                             "arrived": ["2024-07-04T09:30"], "result": ["none"]}, as_of="2024-07-14")
    >>> found
    CloseOut(3 tasks as of 2024-07-14: 1 on-time, 1 overdue, 1 open)
    >>> print(found.on_time()[0])
    1/2 = 50.00% of checks
    >>> print(found)  # doctest: +ELLIPSIS
    as of 2024-07-14: 3 tasks; closed 1 on time and 0 late; overdue 1; not due yet 1; cancelled 0
    E2: the check of 消防 (plan 2024-3), scheduled for 2024-07-08, was due by 2024-07-14 and nobody closed it: ...
    """
    faults = kind_faults(schedule, Schedule, "schedule") + day_faults(as_of, "as_of")
    refuse(faults + choice_faults(within, Within, "within"))
    faults = [] if schedule.tasks or not schedule.visits else [Note("closure-no-tasks", "schedule")]
    faults += _cancelled_faults(schedule, cancelled)
    try:
        read = as_log(log)
    except InputError as error:
        raise InputError([*faults, *error.faults]) from None
    refuse(faults + [Note("closure-column", name) for name in _NEEDED if name not in read.columns])
    tasks = Tasks(schedule)
    rows = Rows(tasks, read, day(as_of))
    closed_by, again = matched(tasks, rows)
    closed = np.where(closed_by >= 0, rows.days[closed_by], -1)
    closings = _closings(schedule, tasks, closed, as_of, within, cancelled)
    overdue = {place: in_time(task.day, within) for place, task in enumerate(closings) if task.status == "overdue"}
    return CloseOut(
        as_of=as_of,
        within=within,
        tasks=closings,
        unknown=rows.told(rows.unknown),
        again=rows.told(again),
        unentered=rows.told(rows.unentered),
        elsewhere=under_other_plans(
            tasks, read, {place: day(span.first) for place, span in overdue.items()}, day(as_of)
        ),
        part=schedule.part,
    )


def _cancelled_faults(schedule: Schedule, cancelled: Cancelled) -> list[Note]:
    """Tasks that nobody scheduled, and reasons that nobody can read."""
    if faults := mapping_faults(cancelled, _CANCELLED_RULE, "cancelled"):
        return faults
    known: dict[str, frozenset[str]] = {}
    if cancelled:
        does = schedule.tasks or ((),) * len(schedule)
        known = {
            visit: frozenset(department for _, department in tasks)
            for visit, tasks in zip(schedule.visits, does, strict=True)
        }
    for key, reason in cancelled.items():
        parts: tuple[str, ...] = key if isinstance(key, tuple) else (key,)
        visit, *departments = parts or ("",)
        if visit not in known or not known[visit].issuperset(departments) or len(departments) > 1:
            faults.append(Note("closure-cancelled-unknown", shown(key)))
        fault = text_fault(reason, shown(key))
        faults += [fault] if fault else []
    return faults


def _closings(
    schedule: Schedule, tasks: Tasks, closed: Numbers, as_of: str, within: Within, cancelled: Cancelled
) -> tuple[Closing, ...]:
    due_of = {planned: in_time(planned, within).last for planned in dict.fromkeys(schedule.days)}
    text = {number: day_text(number) if number >= 0 else "" for number in np.unique(closed).tolist()}
    made: list[Closing] = []
    for (plan, department), row, number in zip(tasks.flat, tasks.visits.tolist(), closed.tolist(), strict=True):
        visit, planned = schedule.visits[row], schedule.days[row]
        due, done = due_of[planned], text[number]
        reason = (cancelled.get((visit, department)) or cancelled.get(visit, "")) if cancelled else ""
        status = _status(done, due, as_of, bool(reason))
        made.append(Closing(visit, schedule.enterprises[row], plan, department, planned, due, done, status, reason))
    return tuple(made)


def _status(closed: str, due: str, as_of: str, cancelled: bool) -> Status:
    if closed:
        return "on-time" if closed <= due else "late"
    if cancelled:
        return "cancelled"
    return "overdue" if due <= as_of else "open"
