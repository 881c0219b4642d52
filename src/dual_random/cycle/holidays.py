"""The working days of 2023 in China, as data: an example of what a caller passes to `Calendar`, built into nothing.

Source: 国务院办公厅关于2023年部分节假日安排的通知 (国办发明电〔2022〕16号), and of the following January the holiday of
1 January, which falls on a Monday. Only the days are taken from it.
"""

from datetime import date, timedelta
from typing import Final

from dual_random.cycle.calendars import Calendar

_FIRST: Final = date(2023, 1, 1)
_LAST: Final = date(2024, 1, 31)  # what is found in December is published in January
_OFF: Final = (  # first and last day
    ("2023-01-01", "2023-01-02"),
    ("2023-01-21", "2023-01-27"),
    ("2023-04-05", "2023-04-05"),
    ("2023-04-29", "2023-05-03"),
    ("2023-06-22", "2023-06-24"),
    ("2023-09-29", "2023-10-06"),
    ("2024-01-01", "2024-01-01"),
)
_WORKED: Final = (  # Saturdays and Sundays (调休)
    *("2023-01-28", "2023-01-29", "2023-04-23", "2023-05-06", "2023-06-25", "2023-10-07", "2023-10-08"),
)
_SATURDAY: Final = 5


def year_calendar() -> Calendar:
    """The working days from January 2023 to January 2024.

    >>> calendar = year_calendar()
    >>> calendar, len(calendar.within(("2023-01-01", "2023-12-31")))
    (Calendar(271 working days, 2023-01-01 to 2024-01-31), 249)
    >>> "2023-10-07" in calendar, "2023-10-06" in calendar
    (True, False)
    """
    days = [_FIRST + timedelta(days=number) for number in range((_LAST - _FIRST).days + 1)]
    return Calendar([each.isoformat() for each in days if _works(each)])


def _works(each: date) -> bool:
    text = each.isoformat()
    if text in _WORKED:
        return True
    return each.weekday() < _SATURDAY and not any(first <= text <= last for first, last in _OFF)
