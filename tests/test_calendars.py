"""Calendars: the caller's working days, counted one by one, and every question that they cannot answer refused."""

from datetime import date, timedelta
from typing import Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from districts import faults, named
from dual_random.cycle.calendars import Calendar, iso_window, month_of, read_span, week_of
from dual_random.dates import day

quick = settings(deadline=None, derandomize=True, max_examples=80)

YEAR: Final = [date(2024, 1, 1) + timedelta(days) for days in range(366)]
days_of_year = st.sampled_from(YEAR)
chosen = st.lists(days_of_year, min_size=1, max_size=60, unique=True)

# The notice of the State Council's office on holidays of 2024: 1 to 7 October free, Sunday 29 September and Saturday
# 12 October worked.
NATIONAL_DAY: Final = Calendar(
    ["2024-09-27", "2024-09-29", "2024-09-30", "2024-10-08", "2024-10-09", "2024-10-10", "2024-10-11", "2024-10-12"]
)


def calendar_of(days: list[date]) -> Calendar:
    """A calendar of days in the order in which they come."""
    return Calendar([each.isoformat() for each in days])


def test_holidays_and_worked_weekends_are_the_callers_list() -> None:
    """A week of holidays has no working day, a worked Sunday and a worked Saturday are ordinary ones."""
    assert NATIONAL_DAY.within("2024-W40") == ("2024-09-30",)
    assert NATIONAL_DAY.within("2024-W39") == ("2024-09-27", "2024-09-29")
    assert NATIONAL_DAY.within("2024-W41")[-1] == "2024-10-12"
    assert NATIONAL_DAY.after("2024-09-27", 3) == "2024-10-08"
    assert NATIONAL_DAY.after("2024-10-03", 1) == "2024-10-08"
    assert NATIONAL_DAY.after("2024-10-03", 0) == "2024-10-03"
    assert NATIONAL_DAY.between("2024-09-30", "2024-10-08") == 1
    assert "2024-10-12" in NATIONAL_DAY
    assert "2024-10-05" not in NATIONAL_DAY


@given(days=chosen)
@quick
def test_the_order_of_the_days_does_not_matter(days: list[date]) -> None:
    """A list, its reverse and a set give the same calendar, in ascending order."""
    found = calendar_of(days)
    assert found == calendar_of(days[::-1]) == Calendar({each.isoformat() for each in days})
    assert list(found.working_days) == sorted(each.isoformat() for each in days)
    assert found.numbers.tolist() == sorted(each.toordinal() for each in days)
    assert len(found) == len(days)


@given(days=chosen, one=days_of_year, other=days_of_year)
@quick
def test_days_between_and_within_are_counted_one_by_one(days: list[date], one: date, other: date) -> None:
    """Working days after one day up to another, and all from a first to a last, are what a list gives."""
    found = Calendar([*{each.isoformat() for each in days} | {"2024-01-31", "2024-12-31"}])
    working = [date.fromisoformat(each) for each in found.working_days]
    earlier, later = sorted([one, other])
    assert found.between(earlier.isoformat(), later.isoformat()) == sum(earlier < each <= later for each in working)
    inside = tuple(each.isoformat() for each in working if earlier <= each <= later)
    assert found.within((earlier.isoformat(), later.isoformat())) == inside


@given(days=chosen, start=days_of_year, count=st.integers(0, 70))
@quick
def test_the_nth_working_day_after_a_day(days: list[date], start: date, count: int) -> None:
    """It is the n-th of those that come later; beyond the ends of the calendar nobody guesses."""
    found = calendar_of(days)
    later = sorted(each for each in days if each > start)
    text = start.isoformat()
    if not found.covers.first <= text <= found.covers.last:
        assert named(faults(lambda: found.after(text, count))) == [("calendar-outside", "day")]
    elif count > len(later):
        assert named(faults(lambda: found.after(text, count))) == [("calendar-short", "day")]
    else:
        assert found.after(text, count) == (later[count - 1].isoformat() if count else text)


@given(days=chosen, starts=st.lists(days_of_year, max_size=20), count=st.integers(0, 30))
@quick
def test_deadlines_are_those_of_single_days(days: list[date], starts: list[date], count: int) -> None:
    """Many days at once give what each gives by itself, and -1 where that is refused."""
    found = calendar_of(days)
    numbers = np.array([each.toordinal() for each in starts], dtype=np.int64)
    for start, number in zip(starts, found.deadlines(numbers, count).tolist(), strict=True):
        text = start.isoformat()
        if number < 0:
            assert faults(lambda text=text: found.after(text, count))  # type: ignore[misc]
        else:
            assert day(found.after(text, count)) == number


@given(each=st.dates(date(1, 1, 1), date(9998, 12, 31)))
@quick
def test_months_and_weeks_hold_their_days(each: date) -> None:
    """A day lies in the window of its month and of its week, and the days before and after these windows do not."""
    text = each.isoformat()
    for name in (month_of, week_of):
        window = iso_window(name(text))
        assert window is not None
        assert window.first <= text <= window.last
        begins, ends = date.fromisoformat(window.first), date.fromisoformat(window.last)
        assert name((ends + timedelta(1)).isoformat()) != name(text)
        assert begins == date.min or name((begins - timedelta(1)).isoformat()) != name(text)
    assert read_span(text, "") == (text, text)


@pytest.mark.parametrize(
    "text",
    ["7月", "2024-13", "2023-W53", "2024-00", "0000-01", "2024-W00", "2024", "2024-7", "２０２４-07", "9999-W52"],
)
def test_other_texts_name_no_days(text: str) -> None:
    """What is no ISO day, month or week has no window: other forms, a month 13, a week that a year has not."""
    assert iso_window(text) is None
    assert named(faults(lambda: NATIONAL_DAY.within(text))) == [("span-form", "span")]


def test_leap_years_and_week_years() -> None:
    """February of a leap year has 29 days, and the last days of a year may be in the first week of the next."""
    assert iso_window("2024-02") == ("2024-02-01", "2024-02-29")
    assert iso_window("2023-02") == ("2023-02-01", "2023-02-28")
    assert iso_window("2025-W01") == ("2024-12-30", "2025-01-05")
    assert iso_window("2020-W53") == ("2020-12-28", "2021-01-03")
    assert iso_window("9999-12") == ("9999-12-01", "9999-12-31")


def test_months_and_weeks_of_a_calendar() -> None:
    """They are named once, in order, and only where somebody works."""
    assert NATIONAL_DAY.months == ("2024-09", "2024-10")
    assert NATIONAL_DAY.weeks == ("2024-W39", "2024-W40", "2024-W41")


def test_a_calendar_speaks_for_whole_months() -> None:
    """A day of its first and last month is known to be free if it is not listed; one day further is unknown."""
    assert NATIONAL_DAY.covers == ("2024-09-01", "2024-10-31")
    assert NATIONAL_DAY.within(("2024-09-01", "2024-09-26")) == ()
    assert (
        named(faults(lambda: NATIONAL_DAY.within(("2024-08-31", "2024-11-01")))) == [("calendar-outside", "span")] * 2
    )
    assert named(faults(lambda: NATIONAL_DAY.between("2024-08-31", "2024-10-31"))) == [("calendar-outside", "later")]


def test_all_faults_of_a_calendar_at_once() -> None:
    """Days that are none and days that are there twice are all told; so is an empty list."""
    days = ["2024-07-01", "2024-02-30", "2024-07-01", 7, "2024-7-2"]
    found = faults(lambda: Calendar(days))  # type: ignore[arg-type]
    assert sorted(note.code for note in found) == ["day-form", "day-form", "day-form", "name-repeated"]
    assert named(faults(lambda: Calendar([]))) == [("calendar-empty", "working_days")]


def test_faults_stand_where_the_caller_wrote_them() -> None:
    """Places are those of the list as it was given, not of the sorted one."""
    found = faults(lambda: Calendar(["2024-07-03", "2024-7-2", "2024-07-01", "1.7."]))
    assert named(found) == [("day-form", "working_days[1]"), ("day-form", "working_days[3]")]


def test_objects_are_no_days() -> None:
    """Many dates are one fault, with the way to write them, beside the others."""
    days: list[object] = ["x", *(date(2024, 3, number) for number in range(1, 32))]
    (one, other) = faults(lambda: Calendar(days))  # type: ignore[arg-type]
    assert (one.code, one.at, one.params["count"]) == ("calendar-dates", "working_days[1]", 31)
    assert ".isoformat()" in str(one)
    assert (other.code, other.at) == ("day-form", "working_days[0]")


def test_questions_that_make_no_sense() -> None:
    """Reversed days, negative counts, spans of one or three days are refused, not answered."""
    assert named(faults(lambda: NATIONAL_DAY.between("2024-10-08", "2024-09-30"))) == [("span-reversed", "later")]
    assert named(faults(lambda: NATIONAL_DAY.after("2024-10-08", -1))) == [("count-form", "count")]
    assert named(faults(lambda: NATIONAL_DAY.within(("2024-10-08",)))) == [("span-form", "span")]  # type: ignore[arg-type]
    assert named(faults(lambda: NATIONAL_DAY.within(("2024-10-08", "noon")))) == [("day-form", "span")]
    assert named(faults(lambda: NATIONAL_DAY.after("noon", 1))) == [("day-form", "day")]


def test_what_a_calendar_gives_cannot_be_changed() -> None:
    """Its numbers are read-only, since all schedules share them."""
    with pytest.raises(ValueError, match="read-only"):
        NATIONAL_DAY.numbers[0] = 0
