"""Schedules: columns that agree, parts of them, counts and tables, faults all at once."""

import copy
import pickle
import subprocess
from collections import Counter
from typing import Any, get_args

from attrs import evolve

from districts import OTHER_SEED, SEED, faults, named
from dual_random.cycle.arrangements import schedule, schedule_visits
from dual_random.cycle.calendars import Span, month_of, week_of
from dual_random.cycle.schedules import Schedule, Unit
from test_arrangements import CALENDAR, FIRST, MONTHS, by_visit, record


def test_a_ticket_is_what_the_shell_prints() -> None:
    """The command of the docstring gives the ticket."""
    found = schedule(record(5), CALENDAR)
    name = found.visits[0]
    command = 'printf \'%s\\nperiod\\n%s\' "$0" "$1" | sha256sum'
    said = subprocess.run(["sh", "-c", command, found.key, name], capture_output=True, text=True, check=True).stdout
    assert said.split()[0] == found.ticket(name)


def test_spans_of_a_schedule() -> None:
    """A month, a week, a day and a pair of days select what lies inside, in the same order, and nothing is lost."""
    found = schedule(record(70, scheme="dual-random/1-sm3"), CALENDAR)
    spans: dict[Span, tuple[str, str]] = {
        "2024-08": ("2024-08-01", "2024-08-31"),
        "2024-W31": ("2024-07-29", "2024-08-04"),
        "2024-07-05": ("2024-07-05", "2024-07-05"),
        ("2024-07-05", "2024-09-02"): ("2024-07-05", "2024-09-02"),
    }
    for span, (first, last) in spans.items():
        part = found.during(span)
        rows = [row for row, on in enumerate(found.days) if first <= on <= last]
        assert rows
        for column in ("visits", "enterprises", "days", "periods", "tasks"):
            assert list(getattr(part, column)) == [getattr(found, column)[row] for row in rows]
        assert (part.key, part.scheme) == (found.key, found.scheme)
    assert sum(len(found.during(month)) for month in MONTHS) == 70
    whole = found.during("2024-08")
    assert len(whole.during("2024-07")) == 0


def test_a_span_that_nobody_scheduled_is_refused() -> None:
    """A month that the calendar does not know has no sheet; one day inside is enough, and who said nothing is free."""
    found = schedule(record(70), CALENDAR)
    for span in ("2025-01", "2024-06", "2024-10-01"):
        assert named(faults(lambda span=span: found.during(span))) == [("span-unscheduled", "span")]  # type: ignore[misc]
    assert set(found.during("2024-W40").days) == {"2024-09-30"}
    assert set(found.during(("2024-06-01", "2024-07-01")).days) == {"2024-07-01"}
    assert len(evolve(found, covers=()).during("2025-01")) == 0
    assert named(faults(lambda: evolve(found, covers=["2024-07-02", "2024-07-01"]))) == [("span-reversed", "covers")]
    assert named(faults(lambda: evolve(found, covers=["2024-07-02"]))) == [("plan-shape", "covers")]


def test_counts_are_those_of_the_columns() -> None:
    """Counts by period, month, week and day add up to all visits and stand in the order of time."""
    found = schedule(record(70, MONTHS), CALENDAR)
    for unit in get_args(Unit):
        counts = found.counts(unit)
        assert counts == Counter(found.column(unit))
        assert list(counts) == sorted(counts)
        assert sum(counts.values()) == 70
    assert found.counts("period") == found.counts("month")
    assert found.column("week") == tuple(map(week_of, found.days))


def test_a_table_says_what_the_schedule_says() -> None:
    """A row a visit, in both languages; departments are joined by a semicolon, once each."""
    drawn = record(6, MONTHS)
    found = schedule(drawn, CALENDAR)
    columns = found.table()
    assert list(columns) == ["visit", "enterprise", "departments", "period", "month", "week", "day"]
    rows = list(zip(*columns.values(), strict=True))
    assert rows == [
        (name, name, ";".join(drawn[name].departments), drawn[name].period, month_of(on), week_of(on), on)
        for name, on in by_visit(found).items()
    ]
    chinese = found.table(lang="zh")
    assert list(chinese) == ["户次编号", "检查对象", "检查部门", "时段", "月份", "周次", "检查日期"]
    assert list(chinese.values()) == list(columns.values())
    bare = schedule_visits(["E1"], [FIRST], [FIRST + 9], CALENDAR, seed=SEED, label="x")
    assert bare.table()["departments"] == [""]
    two = schedule_visits(
        ["E1"], [FIRST], [FIRST + 9], CALENDAR, seed=SEED, label="x", tasks=[[("1", "甲"), ("2", "甲")]]
    )
    assert two.table()["departments"] == ["甲"]


def test_questions_to_a_schedule_that_make_no_sense() -> None:
    """Unknown visits, units, languages and spans are named."""
    found = schedule(record(3), CALENDAR)
    assert named(faults(lambda: found.day("E9"))) == [("schedule-unknown", "'E9'")]
    assert named(faults(lambda: found.counts("year"))) == [("choice", "unit")]  # type: ignore[arg-type]
    assert named(faults(lambda: found.table(lang="fr"))) == [("choice", "lang")]  # type: ignore[arg-type]
    assert named(faults(lambda: found.during("7月"))) == [("span-form", "span")]


def test_all_faults_of_a_schedule_at_once() -> None:
    """Columns of different lengths, a visit twice, text that is not clean, a day that is none; days must ascend."""

    def call() -> object:
        return Schedule(visits=["E1", "E1", ""], enterprises=["E1", " "], days=["2024-07-02", "noon"], periods=["x "])

    assert sorted(note.code for note in faults(call)) == [
        *("columns-uneven", "day-form", "name-repeated", "text-empty", "text-space", "text-space")
    ]
    strange: Any = {"days": [[], 7], "periods": [{}, "x"]}
    found = faults(lambda: Schedule(visits=["E1", "E2"], enterprises=["E1", "E2"], **strange))
    assert named(found) == [("text-type", "periods[0]"), ("text-type", "days[0]"), ("text-type", "days[1]")]
    parts: Any = {"visits": ["E1", "E2"], "enterprises": ["E1", "E2"], "periods": ["", ""]}
    found = faults(lambda: Schedule(days=["2024-07-02", "2024-07-01"], **parts))
    assert named(found) == [("schedule-order", "days")]
    other: Any = "x"
    found = faults(lambda: Schedule(days=["2024-07-01"] * 2, scheme=other, **parts))
    assert named(found) == [("scheme-unknown", "scheme")]


def test_tasks_are_pairs_of_a_plan_and_a_department() -> None:
    """Other shapes and unclean names are told with their row; a task without a plan is none of these faults."""
    strange: Any = [[("2024-3", "消防"), ("", "消防")], ["消防"], [("2024-3", "")], [("2024-3", 7), {}], [("消防",)]]
    names = [f"E{i}" for i in range(5)]

    def call() -> object:
        return Schedule(visits=names, enterprises=names, days=["2024-07-01"] * 5, periods=[""] * 5, tasks=strange)

    assert named(faults(call)) == [
        ("plan-shape", "tasks[1]"),
        ("text-empty", "tasks[2]"),
        ("plan-shape", "tasks[3]"),
        ("plan-shape", "tasks[3]"),
        ("plan-shape", "tasks[4]"),
    ]


def test_a_schedule_is_a_plain_value() -> None:
    """It is equal to its copies, hashable, and survives a process border."""
    found = schedule(record(9, MONTHS), CALENDAR)
    assert found == copy.deepcopy(found) == pickle.loads(pickle.dumps(found))
    assert hash(found) == hash(evolve(found))
    assert found != schedule(record(9, MONTHS, seed=OTHER_SEED), CALENDAR)
    assert repr(found) == f"Schedule(9 visits on 9 days, {found.days[0]} to {found.days[-1]})"
