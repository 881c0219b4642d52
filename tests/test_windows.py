"""Windows: contradictions among them, with the plan and with the calendar are refused, all at once."""

import pickle
from typing import Final

import pytest
from attrs import evolve

from districts import SEED, faults, named, plan, register
from dual_random.binding import commit
from dual_random.cycle.arrangements import schedule
from dual_random.draws import draw
from dual_random.errors import InputError
from dual_random.plans import Demand
from test_arrangements import CALENDAR, MONTHS, WORKING, record

NAMED_WINDOWS: Final = {"七月": ("2024-07-01", "2024-07-31"), "八月": ("2024-08-01", "2024-08-31")}


def test_all_contradictions_of_windows_at_once() -> None:
    """Everything that cannot be is told with its period, before anything is scheduled."""
    drawn = record(8, ["七月", "八月", "九月", "2024-10", "2024-W37", "十一月"])
    windows = {
        "七月": ("2024-07-31", "2024-07-01"),
        "八月": ("2024-08-03", "2024-08-04"),
        "九月": ("2024-08-04", "2024-09-30"),
        "十一月": ("2024-11-31", "noon"),
        "十二月": ("2024-12-01", "2024-12-31"),
    }
    assert sorted(named(faults(lambda: schedule(drawn, CALENDAR, windows=windows)))) == sorted(
        [
            ("span-reversed", "windows.七月"),
            ("window-idle", "windows.八月"),
            ("window-order", "windows.九月"),
            ("calendar-outside", "windows.2024-10"),
            ("calendar-outside", "windows.2024-10"),
            ("window-order", "windows.2024-W37"),
            ("day-form", "windows.十一月"),
            ("day-form", "windows.十一月"),
            ("window-unknown", "windows"),
        ]
    )


def test_periods_whose_days_nobody_told() -> None:
    """A period of free text needs a window, each of them."""
    assert named(faults(lambda: schedule(record(3, ["7月", "8月"]), CALENDAR))) == [
        ("window-missing", "windows.7月"),
        ("window-missing", "windows.8月"),
    ]


def test_a_period_without_visits_must_make_sense_too() -> None:
    """A contradiction shows whether or not a visit happens to fall into it."""
    drawn = record(1, ["2024-07", "2024-09", "2024-08"])
    assert named(faults(lambda: schedule(drawn, CALENDAR))) == [("window-order", "windows.2024-08")]


@pytest.mark.parametrize("last", ["2024-07-31", "2024-08-01"])
def test_windows_share_no_day(last: str) -> None:
    """A window may begin on the day after the one before has ended, and not on that day."""
    drawn = record(5, ["七月", "八月"])
    windows = NAMED_WINDOWS | {"七月": ("2024-07-01", last)}
    if last == "2024-07-31":
        assert len(schedule(drawn, CALENDAR, windows=windows)) == 5
    else:
        assert named(faults(lambda: schedule(drawn, CALENDAR, windows=windows))) == [("window-order", "windows.八月")]


def test_a_record_of_teams_has_no_days_of_its_own() -> None:
    """A plan that staffs earlier visits has another key: two schedules for one visit would leave a choice."""
    enterprises = register([{"id": "E1", "risk": "A"}])
    people = register([{"id": f"P{i}", "department": "市监"} for i in range(3)])
    first = draw(commit(plan([Demand("市监", take=1)]), enterprises), enterprises, seed=SEED).record
    rules = plan([], number="2024-4", staffs=first.digest)
    later = draw(commit(rules, enterprises, people, of=first), enterprises, people, seed=SEED, of=first).record
    assert named(faults(lambda: schedule(later, CALENDAR))) == [("schedule-staffing", "record")]
    assert len(schedule(first, CALENDAR)) == 1


def test_a_visit_in_a_period_of_no_plan() -> None:
    """A record that was altered is not scheduled."""
    drawn = record(4, MONTHS)
    altered = evolve(drawn, periods=("2024-10", *drawn.periods[1:]))
    assert named(faults(lambda: schedule(altered, CALENDAR))) == [("schedule-period", drawn.enterprises[0])]


def test_other_things_are_refused() -> None:
    """Neither a list nor a dict is a record or a calendar."""
    found = faults(lambda: schedule([], WORKING))  # type: ignore[arg-type]
    assert named(found) == [("plan-shape", "record"), ("plan-shape", "calendar")]


def test_an_error_of_windows_is_pickled_with_all_faults() -> None:
    """Faults reach another process as data."""
    with pytest.raises(InputError) as caught:
        schedule(record(3, ["7月"]), CALENDAR)
    assert pickle.loads(pickle.dumps(caught.value)).faults == caught.value.faults
