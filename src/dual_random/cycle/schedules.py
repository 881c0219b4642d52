"""On which day each visit is paid: year, month, week and day from one public ticket (年计划、月安排、周执行).

The rule is that of the periods, once more: inside its window the k-th of v visits, in ascending `period` ticket, goes
to working day ⌊k·D/v⌋ of D, both counted from 0. So nobody chooses who is visited early, days differ by one visit at
most, and a week with fewer working days gets fewer visits in proportion. Before the visits a schedule is as secret as
the list itself.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import compress
from typing import Final, Literal, TypeAlias

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from dual_random.cycle.calendars import Days, Span, month_of, read_span, span_faults, week_of
from dual_random.dates import day_faults, day_text
from dual_random.errors import Columns, InputError, Lang, Note
from dual_random.forms import choice_faults, flag_faults, listed, refuse, repeat_faults, word_faults
from dual_random.ids import clean_chunks
from dual_random.periods import period_ranks
from dual_random.schemes import DEFAULT, Scheme, scheme_faults, ticket
from dual_random.tables import SEPARATOR, headed
from dual_random.text import shown, text_fault, text_faults

Task: TypeAlias = tuple[str, str]  # number of the plan, department: one check of one visit
Unit: TypeAlias = Literal["period", "month", "week", "day"]

_HEADINGS: Final[Mapping[str, str]] = {
    "visit": "户次编号",
    "enterprise": "检查对象",
    "departments": "检查部门",
    "period": "时段",
    "month": "月份",
    "week": "周次",
    "day": "检查日期",
}


def _tasks(value: Iterable[Iterable[Task]]) -> tuple[tuple[Task, ...], ...]:
    return tuple([each if type(each) is tuple else listed(each) for each in listed(value)])


def _name_faults(names: tuple[str, ...], at: str) -> list[Note]:
    """Names that are no clean text; many are looked at as quickly as ids are."""
    return [note.under(f"{at}[{i}]") for chunk in clean_chunks(names) for i, note in chunk.faults]


def _few_faults(names: tuple[str, ...], at: str) -> list[Note]:
    """Names that are no clean text, told once; there are few different ones, and they may be empty."""
    return [note for name in dict.fromkeys(names) if (note := text_fault(name, at, empty=True)) is not None]


def _task_faults(tasks: tuple[tuple[Task, ...], ...]) -> list[Note]:
    """Why tasks are no pairs of a plan's number, which may be empty, and a department; visits share few of them."""
    faults: list[Note] = []
    sound: set[Task] = set()
    first = {id(each): i for i, each in reversed(list(enumerate(tasks)))}
    for i in sorted(first.values()):
        for task in tasks[i]:
            if not (isinstance(task, tuple) and len(task) == 2 and all(isinstance(part, str) for part in task)):
                faults.append(Note("plan-shape", f"tasks[{i}]", {"rule": '("2024-3", "消防")', "value": shown(task)}))
            elif task not in sound:
                sound.add(task)
                faults += text_faults({f"tasks[{i}]": task[0]}, empty=True) + text_faults({f"tasks[{i}]": task[1]})
    return faults


def _cover_faults(covers: tuple[str, ...]) -> list[Note]:
    """Why days are no first and last one."""
    if len(covers) != 2:
        return [Note("plan-shape", "covers", {"rule": '("2024-07-01", "2024-09-30")', "value": shown(covers)})]
    return span_faults(*covers, "covers")


@frozen(kw_only=True, repr=False)
class Schedule:
    """Visits with their days, in the order in which they are paid: by day, inside a day by `period` ticket.

    Args:
        visits: the id of every visit; in a schedule of a record that of its enterprise.
        enterprises: whom it is paid to.
        days: ISO days, ascending.
        periods: the period of the plan, or the window ``first/last``, out of which the day was found; empty texts for a
            plan without periods.
        tasks: what is done in each visit, as (number of the plan, department); none if nobody said.
        scheme, key: of the tickets, so that anybody can recompute them.
        covers: the first and the last day that the calendar spoke for; empty if nobody said.
        part: whether visits of the schedule were left out, as `during` does.

    Raises:
        InputError: columns of different lengths, a visit twice, text that is no day, days that do not ascend.
    """

    visits: tuple[str, ...] = field(converter=listed)
    enterprises: tuple[str, ...] = field(converter=listed)
    days: tuple[str, ...] = field(converter=listed)
    periods: tuple[str, ...] = field(converter=listed)
    tasks: tuple[tuple[Task, ...], ...] = field(default=(), converter=_tasks)
    scheme: Scheme = DEFAULT
    key: str = ""
    covers: tuple[str, ...] = field(default=(), converter=listed)
    part: bool = False

    def __attrs_post_init__(self) -> None:
        lengths = [len(self.visits), len(self.enterprises), len(self.days), len(self.periods)]
        lengths += [len(self.tasks)] if self.tasks else []
        faults = []
        if len(set(lengths)) > 1:
            faults.append(Note("columns-uneven", "visits", {"counts": ", ".join(map(str, lengths))}))
        faults += repeat_faults(self.visits, "visits") + scheme_faults(self.scheme) + flag_faults(self.part, "part")
        faults += _task_faults(self.tasks)
        faults += _name_faults(self.visits, "visits")
        faults += [] if self.enterprises is self.visits else _name_faults(self.enterprises, "enterprises")
        faults += word_faults(self.periods, "periods") or _few_faults(self.periods, "periods")
        wrong = word_faults(self.days, "days")
        wrong = wrong or [note for each in dict.fromkeys(self.days) for note in day_faults(each, "days")]
        if not wrong and list(self.days) != sorted(self.days):
            wrong = [Note("schedule-order", "days")]
        refuse(faults + wrong + (_cover_faults(self.covers) if self.covers else []))

    def __len__(self) -> int:
        return len(self.visits)

    def __repr__(self) -> str:
        days = len(dict.fromkeys(self.days))
        span = f", {self.days[0]} to {self.days[-1]}" if self.days else ""
        return f"Schedule({len(self)} visits on {days} days{span})"

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {visit: row for row, visit in enumerate(self.visits)}

    def day(self, visit: str) -> str:
        """The day of a visit.

        Raises:
            InputError: a visit that is not scheduled.
        """
        if not isinstance(visit, str) or visit not in self._rows:
            raise InputError([Note("schedule-unknown", shown(visit), {"visits": len(self)})])
        return self.days[self._rows[visit]]

    def ticket(self, visit: str) -> str:
        """The `period` ticket of a visit: lower ones are paid earlier inside a window.

        A visit that was amended into the place of another is found by the ticket of that one.
        It is the first word that ``printf '%s\\nperiod\\n%s' "$K" "$ID" | sha256sum`` prints, K being the key.
        """
        return ticket(self.scheme, self.key, "period", visit)

    def column(self, unit: Unit) -> tuple[str, ...]:
        """The period, month, week or day of every visit, in the order of the visits."""
        refuse(choice_faults(unit, Unit, "unit"))
        return self.periods if unit == "period" else tuple([self._named[unit][day] for day in self.days])

    @cached_property
    def _named(self) -> dict[str, dict[str, str]]:
        days = dict.fromkeys(self.days)
        made: dict[str, Callable[[str], str]] = {"month": month_of, "week": week_of, "day": str}
        return {unit: {day: name(day) for day in days} for unit, name in made.items()}

    def counts(self, unit: Unit) -> dict[str, int]:
        """How many visits fall into each period, month, week or day, in the order of time.

        Those without visits are left out. A week that belongs to two months is one week here.
        """
        return dict(Counter(self.column(unit)))

    def during(self, span: Span) -> "Schedule":
        """The visits of a month, a week, a day, or from a first to a last day: the sheet for those who go.

        Raises:
            InputError: another span; one of which the calendar knew no day, where nobody could have been scheduled.
        """
        window = read_span(span, "span")
        if self.covers and not (window.first <= self.covers[1] and self.covers[0] <= window.last):
            told = {**window._asdict(), "begins": self.covers[0], "ends": self.covers[1]}
            raise InputError([Note("span-unscheduled", "span", told)])
        return self._kept([window.first <= day <= window.last for day in self.days])

    def _kept(self, chosen: Sequence[bool]) -> "Schedule":
        return Schedule(
            visits=compress(self.visits, chosen),
            enterprises=compress(self.enterprises, chosen),
            days=compress(self.days, chosen),
            periods=compress(self.periods, chosen),
            tasks=compress(self.tasks, chosen) if self.tasks else (),
            scheme=self.scheme,
            key=self.key,
            covers=self.covers,
            part=self.part or not all(chosen),
        )

    def table(self, *, lang: Lang = "en") -> Columns:
        """A row a visit for a database, a data frame or a weekly sheet; several departments are joined by ";".

        Args:
            lang: of the headings.
        """
        refuse(choice_faults(lang, Lang, "lang"))
        columns: Columns = {
            "visit": list(self.visits),
            "enterprise": list(self.enterprises),
            "departments": [SEPARATOR.join(dict.fromkeys(department for _, department in each)) for each in self.tasks]
            or [""] * len(self),
            "period": list(self.periods),
            "month": list(self.column("month")),
            "week": list(self.column("week")),
            "day": list(self.days),
        }
        return headed(columns, _HEADINGS, lang)


# ---- the rule


def arranged(
    *,
    visits: tuple[str, ...],
    enterprises: tuple[str, ...],
    groups: NDArray[np.int64],
    names: Sequence[str],
    working: Sequence[Days],
    tasks: Sequence[tuple[Task, ...]],
    scheme: Scheme,
    key: str,
    covers: tuple[str, str],
) -> Schedule:
    """Visits with their days, in the order in which they are paid.

    Args:
        visits, enterprises, tasks: of each visit; tickets are made of `visits`, all different.
        groups: for each visit the number of its window.
        names, working: the name of each window, and the numbers of its working days; some, if it has visits.
        scheme, key: of the tickets.
        covers: the days that the calendar speaks for.
    """
    ranks = np.array(period_ranks(scheme, key, visits), dtype=np.int64)
    days = spread(ranks, groups, working)
    order = np.lexsort((ranks, days)).tolist()
    text = {number: day_text(number) for number in np.unique(days).tolist()}
    sorted_days, sorted_groups = days[order].tolist(), groups[order].tolist()
    ids = tuple([visits[row] for row in order])
    return Schedule(
        visits=ids,
        enterprises=ids if enterprises is visits else [enterprises[row] for row in order],
        days=[text[number] for number in sorted_days],
        periods=[names[number] for number in sorted_groups],
        tasks=[tasks[row] for row in order] if tasks else (),
        scheme=scheme,
        key=key,
        covers=covers,
    )


def spread(ranks: NDArray[np.int64], groups: NDArray[np.int64], working: Sequence[Days]) -> Days:
    """The day of every visit: the k-th of v in its group, by rank, goes to working day ⌊k·D/v⌋ of the D of its group.

    Args:
        ranks: of the visits, all different.
        groups: the number of each visit's group.
        working: the days of every group.

    >>> spread(np.array([2, 0, 1]), np.array([0, 0, 0]), [np.array([10, 20])]).tolist()
    [20, 10, 10]
    """
    order = np.lexsort((ranks, groups))
    sizes = np.bincount(groups, minlength=len(working))
    days = np.empty(len(ranks), dtype=np.int64)
    parts = np.split(order, np.cumsum(sizes)[:-1]) if len(working) else []
    for rows, open_days in zip(parts, working, strict=True):
        if len(rows):
            days[rows] = open_days[np.arange(len(rows)) * len(open_days) // len(rows)]
    return days
