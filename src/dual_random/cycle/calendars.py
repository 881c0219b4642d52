"""Working days as the caller lists them: months and weeks of them, days between two, the n-th one after a day.

No calendar is built in. Public holidays and working Saturdays (调休) are announced year by year and differ from place
to place, so whoever schedules passes the days on which the authority works, and publishes them with the plan.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from dual_random.dates import day_faults, day_text
from dual_random.errors import InputError, Note
from dual_random.forms import count_faults, refuse, repeat_faults, words
from dual_random.text import shown

Days: TypeAlias = NDArray[np.int64]  # by their numbers (`dual_random.dates.day`)

_MONTH: Final = re.compile(r"([0-9]{4})-([0-9]{2})", re.ASCII)
_WEEK: Final = re.compile(r"([0-9]{4})-W([0-9]{2})", re.ASCII)


class Window(NamedTuple):
    """The first and the last day of a span of time, both inside."""

    first: str
    last: str


Span: TypeAlias = str | Window | tuple[str, str]


def iso_window(text: str) -> Window | None:
    """The days that a text names, if it is an ISO 8601 day, week or month; None if it is another text.

    >>> iso_window("2024-02"), iso_window("2024-W27"), iso_window("7月")
    (Window(first='2024-02-01', last='2024-02-29'), Window(first='2024-07-01', last='2024-07-07'), None)
    """
    if not day_faults(text, ""):
        return Window(text, text)
    try:
        if match := _MONTH.fullmatch(text):
            year, month = int(match[1]), int(match[2])
            return Window(date(year, month, 1).isoformat(), date(year, month, monthrange(year, month)[1]).isoformat())
        if match := _WEEK.fullmatch(text):
            week = int(match[1]), int(match[2])
            return Window(date.fromisocalendar(*week, 1).isoformat(), date.fromisocalendar(*week, 7).isoformat())
    except ValueError:  # a month 13, a week 53 of a year of 52
        pass
    return None


def month_of(day: str) -> str:
    """The month of a day, in the form of ISO 8601.

    >>> month_of("2024-07-01")
    '2024-07'
    """
    return day[:7]


def week_of(day: str) -> str:
    """The week of a day, in the form of ISO 8601; it begins on Monday, and the one with 4 January is the first.

    >>> week_of("2024-07-01"), week_of("2024-12-30")
    ('2024-W27', '2025-W01')
    """
    year, week, _ = date.fromisoformat(day).isocalendar()
    return f"{year:04}-W{week:02}"


def span_faults(first: object, last: object, at: str) -> list[Note]:
    """Why two values are no first and last day."""
    faults = day_faults(first, at) + day_faults(last, at)
    if not faults and str(last) < str(first):
        faults.append(Note("span-reversed", at, {"first": str(first), "last": str(last)}))
    return faults


def read_span(span: Span, at: str) -> Window:
    """The first and last day of what may be an ISO day, week or month, or a pair of days.

    Raises:
        InputError: another value, a last day before the first.

    >>> read_span("2024-07", "span") == read_span(("2024-07-01", "2024-07-31"), "span")
    True
    """
    if isinstance(span, str):
        found = iso_window(span)
        if found is None:
            raise InputError([Note("span-form", at, {"value": shown(span)})])
        return found
    if not (isinstance(span, Sequence) and len(span) == 2):
        raise InputError([Note("span-form", at, {"value": shown(span)})])
    window = Window(span[0], span[1])
    refuse(span_faults(*window, at))
    return window


def _working_days(value: Iterable[str]) -> tuple[str, ...]:
    """Days in ascending order; faults are told at the places that the caller gave them."""
    given = words(value)
    refuse(_day_list_faults(given, "working_days"))
    return tuple(sorted(given))


def _day_list_faults(given: tuple[object, ...], at: str) -> list[Note]:
    """Why a list is none of working days; days that are no text, as a data frame has them, are told once."""
    if not given:
        return [Note("calendar-empty", at)]
    dates = [i for i, each in enumerate(given) if isinstance(each, date)]
    faults = []
    if dates:
        first = given[dates[0]]
        told: dict[str, str | int] = {"count": len(dates), "value": shown(first), "type": type(first).__name__}
        faults.append(Note("calendar-dates", f"{at}[{dates[0]}]", told))
    texts = [(i, each) for i, each in enumerate(given) if not isinstance(each, date)]
    faults += [note for i, each in texts for note in day_faults(each, f"{at}[{i}]")]
    return faults + repeat_faults(given, at)


@frozen(repr=False)
class Calendar:
    """The days on which an authority works.

    The list speaks for whole months: from the month of its first day to that of its last one, every day that it does
    not name is free. What lies outside of them is unknown, and a question about it is refused, not answered by a guess.

    Args:
        working_days: ISO days in any order, each once. A holiday is a day left out, a working Saturday one more.

    Raises:
        InputError: no days, a day twice, text that is no day, objects that are no text; all of them, each at its place
            in the list as it was given.

    >>> calendar = Calendar(["2024-09-30", "2024-10-08", "2024-10-09", "2024-10-12"])  # 12 October: a Saturday
    >>> calendar
    Calendar(4 working days, 2024-09-01 to 2024-10-31)
    >>> calendar.months, calendar.weeks
    (('2024-09', '2024-10'), ('2024-W40', '2024-W41'))
    """

    working_days: tuple[str, ...] = field(converter=_working_days)

    def __len__(self) -> int:
        return len(self.working_days)

    def __contains__(self, day: object) -> bool:
        return day in self._places

    def __repr__(self) -> str:
        return f"Calendar({len(self)} working days, {self.covers.first} to {self.covers.last})"

    @cached_property
    def _places(self) -> dict[str, int]:
        return {each: place for place, each in enumerate(self.working_days)}

    @cached_property
    def numbers(self) -> Days:
        """The numbers of the working days (`dual_random.dates.day`), ascending and read-only."""
        found = np.array([date.fromisoformat(each).toordinal() for each in self.working_days], dtype=np.int64)
        found.flags.writeable = False
        return found

    @cached_property
    def covers(self) -> Window:
        """The days that the list speaks for: whole months."""
        first, last = iso_window(month_of(self.working_days[0])), iso_window(month_of(self.working_days[-1]))
        return Window(first.first, last.last) if first and last else Window("", "")

    @cached_property
    def months(self) -> tuple[str, ...]:
        """The months with working days, e.g. ``"2024-07"``, in order."""
        return tuple(dict.fromkeys(map(month_of, self.working_days)))

    @cached_property
    def weeks(self) -> tuple[str, ...]:
        """The ISO weeks with working days, e.g. ``"2024-W27"``, in order."""
        return tuple(dict.fromkeys(map(week_of, self.working_days)))

    def within(self, span: Span) -> tuple[str, ...]:
        """The working days of a month, a week, a day, or from a first to a last day.

        Raises:
            InputError: another span, days that the calendar does not cover.

        >>> calendar = Calendar(["2024-09-30", "2024-10-08", "2024-10-09", "2024-10-12"])
        >>> calendar.within("2024-W41"), calendar.within(("2024-09-15", "2024-10-07"))
        (('2024-10-08', '2024-10-09', '2024-10-12'), ('2024-09-30',))
        """
        window = read_span(span, "span")
        refuse(self.cover_faults(window, "span"))
        return self.working_days[self._slice(window)]

    def _slice(self, window: Window) -> slice:
        ends = [date.fromisoformat(each).toordinal() for each in window]
        return slice(int(np.searchsorted(self.numbers, ends[0])), int(np.searchsorted(self.numbers, ends[1], "right")))

    def numbers_within(self, window: Window) -> Days:
        """The numbers of the working days of a window, as far as the calendar has them."""
        return self.numbers[self._slice(window)]

    def cover_faults(self, window: Window, at: str) -> list[Note]:
        """Which ends of a window lie outside of what the calendar covers."""
        covered = self.covers
        outside = [end for end in dict.fromkeys(window) if not covered.first <= end <= covered.last]
        told = {"first": covered.first, "last": covered.last}
        return [Note("calendar-outside", at, {"day": end, **told}) for end in outside]

    def between(self, earlier: str, later: str) -> int:
        """How many working days have passed from one day to another: those after the first, the second included.

        Raises:
            InputError: text that is no day, the later day before the earlier, days that the calendar does not cover.

        >>> Calendar(["2024-09-30", "2024-10-08", "2024-10-09", "2024-10-12"]).between("2024-09-30", "2024-10-09")
        2
        """
        refuse(span_faults(earlier, later, "later"))
        window = Window(earlier, later)
        refuse(self.cover_faults(window, "later"))
        return len(self.numbers_within(window)) - (earlier in self)

    def after(self, day: str, count: int) -> str:
        """The working day that is so many after a day: the last one for what is due within `count` working days.

        What is found in a visit is published within 20 working days of it (国办发〔2015〕58号 and local rules), so
        ``calendar.after(visited, 20)`` is the last day for that.

        Args:
            day: any day that the calendar covers, worked or not.
            count: how many; 0 gives the day itself.

        Raises:
            InputError: text that is no day, a count that is none, a calendar that does not reach that far.

        >>> Calendar(["2024-09-30", "2024-10-08", "2024-10-09", "2024-10-12"]).after("2024-10-01", 2)
        '2024-10-09'
        """
        refuse(day_faults(day, "day") + count_faults(count, "count"))
        refuse(self.cover_faults(Window(day, day), "day"))
        found = int(self.deadlines(np.array([date.fromisoformat(day).toordinal()]), count)[0])
        if found < 0:
            raise InputError([Note("calendar-short", "day", {"day": day, "count": count, "last": self.covers.last})])
        return day_text(found)

    def deadlines(self, days: Days, count: int) -> Days:
        """`after` of many days at once, by their numbers; -1 where the calendar does not know.

        >>> calendar = Calendar(["2024-09-30", "2024-10-08"])
        >>> calendar.deadlines(calendar.numbers, 1).tolist() == [calendar.numbers[1], -1]
        True
        """
        first, last = (date.fromisoformat(each).toordinal() for each in self.covers)
        places = np.searchsorted(self.numbers, days, "right") + count - 1
        found = self.numbers[np.clip(places, 0, len(self) - 1)] if count else days
        return np.where((days >= first) & (days <= last) & (places < len(self)), found, -1)
