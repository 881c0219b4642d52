"""When visits may be paid: the windows of a plan's periods, and all that contradicts them or the calendar.

What cannot be, such as a period without a working day, is refused before anything is scheduled, all of it at once.
"""

from collections.abc import Mapping
from itertools import pairwise
from numbers import Integral
from typing import Final, TypeAlias

from dual_random.cycle.calendars import Calendar, Window, iso_window, read_span, span_faults
from dual_random.dates import day, day_text
from dual_random.errors import InputError, Note
from dual_random.forms import mapping_faults
from dual_random.text import shown

Windows: TypeAlias = Mapping[str, tuple[str, str]]  # period: first and last day

_RULE: Final = '{"2024-Q3": ("2024-07-01", "2024-09-30")}'
ALL: Final = ""  # stands for the periods of a plan that has none


def period_windows(
    periods: tuple[str, ...], windows: Windows, calendar: Calendar
) -> tuple[tuple[str, ...], list[Window], list[Note]]:
    """The periods, the window of each, and why they contradict one another or the calendar.

    Without faults there are as many windows as periods.

    >>> calendar = Calendar(["2024-07-01", "2024-07-02"])
    >>> names, read, faults = period_windows(("2024-07", "8月"), {"8月": ("2024-08-01", "2024-08-31")}, calendar)
    >>> [fault.code for fault in faults]
    ['calendar-outside', 'calendar-outside']
    """
    named = periods or (ALL,)
    if faults := mapping_faults(windows, _RULE, "windows"):
        return named, [], faults
    read: dict[str, Window] = {}
    faults = _stranger_faults(named, windows)
    for period in named:
        at = f"windows.{period}" if period else "windows"
        found = _window(period, windows, calendar, at)
        if isinstance(found, Window):
            read[period] = found
            faults += use_faults(found, calendar, at)
        else:
            faults += found
    return named, list(read.values()), faults + _order_faults(read)


def _stranger_faults(named: tuple[str, ...], windows: Windows) -> list[Note]:
    """Windows of periods that the plan does not have."""
    known = ", ".join(filter(None, named)) or "–"
    return [
        Note("window-unknown", "windows", {"period": shown(period), "known": known})
        for period in windows
        if period not in named
    ]


def _window(period: str, windows: Windows, calendar: Calendar, at: str) -> Window | list[Note]:
    """The window of a period, or why there is none."""
    if period in windows:
        try:
            return read_span(windows[period], at)
        except InputError as error:
            return list(error.faults)
    if not period:
        return Window(calendar.working_days[0], calendar.working_days[-1])
    return iso_window(period) or [Note("window-missing", at, {"period": shown(period)})]


def use_faults(window: Window, calendar: Calendar, at: str) -> list[Note]:
    """Why no visit can be paid in a window, or not all of its days are known."""
    faults = calendar.cover_faults(window, at)
    if not faults and not len(calendar.numbers_within(window)):
        faults.append(Note("window-idle", at, {"first": window.first, "last": window.last}))
    return faults


def _order_faults(read: Mapping[str, Window]) -> list[Note]:
    """Windows that do not come after that of the period before: then days would say another order than the periods."""
    pairs = list(read.items())
    return [
        Note("window-order", f"windows.{period}", {"first": window.first, "earlier": before, "last": ended.last})
        for (before, ended), (period, window) in pairwise(pairs)
        if window.first <= ended.last
    ]


def written_day(value: object) -> str | int:
    """A day as text or number; anything else, such as a float, as the text that a message shows: no day."""
    if isinstance(value, str):
        return value
    return shown(value) if isinstance(value, bool) or not isinstance(value, Integral) else int(value)


def numbered_window(pair: tuple[str | int, str | int]) -> Window | None:
    """The window of two days, each as text or as a number; None if they are none.

    >>> numbered_window((739068, "2024-07-03"))
    Window(first='2024-07-01', last='2024-07-03')
    """
    try:
        return Window(*(each if isinstance(each, str) and day(each) else day_text(int(each)) for each in pair))
    except (TypeError, ValueError, OverflowError):  # an InputError is a ValueError
        return None


def numbered_faults(
    pair: tuple[str | int, str | int], window: Window | None, calendar: Calendar, at: str
) -> list[Note]:
    """What is wrong with a window that was read from two days; none if visits can be paid in it."""
    if window is None:
        return [Note("window-numbers", at, {"value": shown(pair)})]
    return span_faults(*window, at) or use_faults(window, calendar, at)
