"""Days and times as whole numbers."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dual_random.dates import DAY, day, day_faults, day_text, second, time_faults
from dual_random.errors import InputError


@given(st.dates())
@settings(deadline=None, derandomize=True)
def test_every_day_reads_back(one: date) -> None:
    """A day's number has that day's text, and the next number the next day."""
    assert day_text(day(one.isoformat())) == one.isoformat()
    if one < date.max:
        assert day_text(day(one.isoformat()) + 1) == (one + timedelta(days=1)).isoformat()


@given(st.datetimes())
@settings(deadline=None, derandomize=True)
def test_seconds_are_days_and_the_time_since_midnight(one: object) -> None:
    """A time is its day times 86,400 and what its clock shows."""
    text = str(one)[:19]
    hours, minutes, seconds = map(int, text[11:].split(":"))
    assert second(text) == day(text[:10]) * DAY + 3600 * hours + 60 * minutes + seconds
    assert second(text.replace(" ", "T")) == second(text)


@pytest.mark.parametrize(
    "value", ["2024-2-1", "2024-02-30", "20240201", "2024-02-01T10:00", "", None, 20240201, "2024-W01-1"]
)
def test_other_days_are_refused(value: object) -> None:
    """What is no day is named, with the form to write."""
    assert [note.code for note in day_faults(value, "on")] == ["day-form"]


@pytest.mark.parametrize(
    "value",
    [
        "2024-02-01T25:00",
        "2024-02-01T24:00",
        "2024-02-01T10",
        "2024-02-01T10:00Z",
        "2024-02-01T10:00+08:00",
        "10:00",
        7,
    ],
)
def test_other_times_are_refused(value: object) -> None:
    """What is no time, and a time with a zone, is named."""
    assert [note.code for note in time_faults(value, "arrived")] == ["time-of-day-form"]


def test_a_number_is_refused() -> None:
    """The functions refuse what their checks refuse."""
    with pytest.raises(InputError):
        day("2024-02-30")
    with pytest.raises(InputError):
        second("noon")
