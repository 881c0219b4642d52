"""Days and times as whole numbers: ISO 8601 text in, integers out, so that they can be compared and counted.

A day is a text such as 2024-07-01, and a time 2024-07-01T09:30. Neither has a time zone: an authority's days are those
on its own wall. No clock is read.
"""

import re
from datetime import date, datetime
from typing import Final

from dual_random.errors import Note
from dual_random.forms import refuse
from dual_random.text import shown

DAY: Final = 86_400  # seconds
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_TIME: Final = re.compile(  # from Python 3.14 on, fromisoformat takes 24:00, too
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?)?", re.ASCII
)


def day_faults(value: object, at: str) -> list[Note]:
    """Why a value is no day: not text such as 2024-07-01, or none of the calendar."""
    fits = isinstance(value, str) and _DAY.fullmatch(value) and _read(value) is not None
    return [] if fits else [Note("day-form", at, {"value": shown(value)})]


def day(text: str) -> int:
    """The number of a day, counted from 1 January of year 1 (proleptic Gregorian ordinal).

    Raises:
        InputError: text that is no day.

    >>> day("2024-03-01") - day("2024-02-28")
    2
    """
    refuse(day_faults(text, "day"))
    return date.fromisoformat(text).toordinal()


def day_text(number: int) -> str:
    """The day of a number as text.

    >>> day_text(day("2024-02-29") + 1)
    '2024-03-01'
    """
    return date.fromordinal(number).isoformat()


def time_faults(value: object, at: str) -> list[Note]:
    """Why a value is no time: not text such as 2024-07-01T09:30, with or without seconds; a day begins at 0:00."""
    fits = isinstance(value, str) and _TIME.fullmatch(value) and _read(value) is not None
    return [] if fits else [Note("time-of-day-form", at, {"value": shown(value)})]


def second(text: str) -> int:
    """The number of a time in seconds: that of its day, times 86,400, and the seconds since midnight.

    Raises:
        InputError: text that is no time.

    >>> second("2024-07-01T09:30") - second("2024-07-01")
    34200
    >>> second("2024-07-01 09:30:15") // DAY == day("2024-07-01")
    True
    """
    refuse(time_faults(text, "time"))
    found = datetime.fromisoformat(text)
    return found.toordinal() * DAY + found.hour * 3600 + found.minute * 60 + found.second


def _read(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
