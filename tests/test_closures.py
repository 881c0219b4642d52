"""Close-out: every task has one state, found again by plain loops; nothing vanishes quietly."""

from collections import Counter
from typing import Any, Final, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from districts import faults, named
from dual_random.cycle.calendars import month_of
from dual_random.cycle.closures import CloseOut, Status, close_out
from dual_random.cycle.logs import Log
from dual_random.cycle.schedules import Schedule, Task
from dual_random.dates import day, day_text
from dual_random.rates import Rate

quick = settings(deadline=None, derandomize=True, max_examples=150)

FIRST: Final = day("2024-07-01")  # a Monday
PLANS: Final = ("2024-3", "2024-4")
DEPARTMENTS: Final = ("市监", "消防")
TASKS: Final[list[Task]] = [(number, department) for number in PLANS for department in DEPARTMENTS]
FIRE: Final[list[Task]] = [("2024-3", "消防")]
LOG: Final = ("visit", "enterprise", "department", "plan", "arrived", "result")


def planned(visits: list[tuple[str, str, list[Task]]]) -> Schedule:
    """Visits as (enterprise, day, tasks), in any order."""
    rows = sorted(visits, key=lambda row: row[1])
    return Schedule(
        visits=[f"V{row}" for row in range(len(rows))],
        enterprises=[enterprise for enterprise, _, _ in rows],
        days=[on for _, on, _ in rows],
        periods=[""] * len(rows),
        tasks=[tasks for _, _, tasks in rows],
    )


def logged(*rows: tuple[str, str, str, str, str]) -> dict[str, list[str]]:
    """A log of rows (enterprise, department, plan, arrived, result), each a visit of its own."""
    return {name: [(f"L{i}", *row)[place] for i, row in enumerate(rows)] for place, name in enumerate(LOG)}


def three() -> Schedule:
    """A visit in each of the first three weeks of July."""
    return planned([("E1", "2024-07-01", FIRE), ("E2", "2024-07-10", FIRE), ("E3", "2024-07-15", FIRE)])


def states(found: CloseOut) -> list[tuple[str, str, str]]:
    """Enterprise, status and day of closing of every task."""
    return [(task.enterprise, task.status, task.closed) for task in found.tasks]


# ---- the five states


def test_a_task_is_closed_in_time_or_late() -> None:
    """A visit until the Sunday of the week is in time, on the Monday after it is late."""
    log = logged(
        ("E1", "消防", "2024-3", "2024-07-07T23:00", "none"), ("E2", "消防", "2024-3", "2024-07-15", "problem")
    )
    found = close_out(three(), log, as_of="2024-07-15")
    assert states(found) == [("E1", "on-time", "2024-07-07"), ("E2", "late", "2024-07-15"), ("E3", "open", "")]
    assert [task.due for task in found.tasks] == ["2024-07-07", "2024-07-14", "2024-07-21"]
    assert found.counts == {"on-time": 1, "late": 1, "overdue": 0, "open": 1, "cancelled": 0}


def test_a_task_is_overdue_when_its_last_day_is_over() -> None:
    """The state is that at the end of the day: until the day before it is open, on the last day overdue."""
    bare = logged()
    assert [close_out(three(), bare, as_of=on).counts["overdue"] for on in ("2024-07-06", "2024-07-07")] == [0, 1]
    assert [close_out(three(), bare, as_of=on).counts["open"] for on in ("2024-07-20", "2024-07-21")] == [1, 0]


def test_what_was_done_later_does_not_count_yet() -> None:
    """The state of an earlier day can be found from a later log."""
    log = logged(("E1", "消防", "2024-3", "2024-07-08", "none"))
    assert states(close_out(three(), log, as_of="2024-07-07"))[0] == ("E1", "overdue", "")
    assert states(close_out(three(), log, as_of="2024-07-08"))[0] == ("E1", "late", "2024-07-08")


@pytest.mark.parametrize(
    ("within", "due", "early"),
    [("day", "2024-07-10", "2024-07-09"), ("week", "2024-07-14", "2024-07-07"), ("month", "2024-07-31", "2024-06-30")],
)
def test_in_time_is_a_day_a_week_or_a_month(within: Any, due: str, early: str) -> None:
    """The last day of the span is in time and the next is late; the day before the span is early, and told."""
    one = planned([("E2", "2024-07-10", FIRE)])

    def closed(on: str) -> CloseOut:
        return close_out(one, logged(("E2", "消防", "2024-3", on, "none")), as_of="2024-12-31", within=within)

    assert closed(due).tasks[0].due == due
    assert closed(due).counts["on-time"] == 1
    assert closed(day_text(day(due) + 1)).counts["late"] == 1
    assert closed(early).early == closed(early).tasks
    assert closed(day_text(day(early) + 1)).early == ()
    assert [note.code for note in closed(early).notes] == ["closure-counts", "closure-early"]
    assert closed(early).counts["on-time"] == 1


def test_a_task_is_cancelled_with_a_reason() -> None:
    """All tasks of a visit, or that of one department; others stay open."""
    both = planned([("E1", "2024-07-01", TASKS), ("E2", "2024-07-02", FIRE)])
    found = close_out(both, logged(), as_of="2024-12-31", cancelled={("V0", "消防"): "已注销", "V1": "停业"})
    assert [(task.plan, task.department, task.status, task.reason) for task in found.tasks] == [
        ("2024-3", "市监", "overdue", ""),
        ("2024-3", "消防", "cancelled", "已注销"),
        ("2024-4", "市监", "overdue", ""),
        ("2024-4", "消防", "cancelled", "已注销"),
        ("2024-3", "消防", "cancelled", "停业"),
    ]


def test_what_was_cancelled_and_done_counts_as_done() -> None:
    """The log decides, and a note tells the contradiction."""
    log = logged(("E1", "消防", "2024-3", "2024-07-01", "none"))
    found = close_out(three(), log, as_of="2024-07-01", cancelled={"V0": "已注销"})
    assert found.tasks[0].status == "on-time"
    assert named(found.notes)[1:] == [("closure-done", "E1")]


# ---- rows that close nothing


def test_rows_that_close_no_task_are_told() -> None:
    """Unknown enterprises, departments and pairs under a plan of the schedule; visits of other plans are left aside."""
    both = planned([("E1", "2024-07-01", FIRE), ("E2", "2024-07-02", [("2024-3", "市监")])])
    log = logged(
        ("E1", "消防", "2024-3", "2024-07-01", "none"),
        ("E9", "消防", "2024-3", "2024-07-01", "none"),
        ("E1", "环保", "2024-3", "2024-07-01", "none"),
        ("E1", "市监", "2024-3", "", ""),
        ("E9", "消防", "2024-9", "2024-07-01", "none"),
        ("E9", "消防", "", "2024-07-01", "none"),
        ("E9", "消防", "2024-3", "2024-07-09", "none"),
    )
    found = close_out(both, log, as_of="2024-07-08")
    assert [(row.number, row.enterprise, row.department) for row in found.unknown] == [
        (2, "E9", "消防"),
        (3, "E1", "环保"),
        (4, "E1", "市监"),
    ]
    assert named(found.notes)[-3:] == [("closure-unknown", f"row {number}") for number in (2, 3, 4)]
    assert found.again == found.unentered == ()


def test_a_wrong_number_of_a_plan_is_guessed() -> None:
    """An overdue check that somebody logged under another plan is hinted at; earlier rows and closed tasks are not."""
    log = logged(
        ("E1", "消防", "2026-9", "2024-07-01", "none"),
        ("E1", "市监", "2026-9", "2024-07-03", "none"),
        ("E2", "消防", "2024-3", "2024-07-10", "none"),
        ("E2", "消防", "2026-9", "2024-07-11", "none"),
        ("E1", "消防", "2026-9", "2024-06-28", "none"),
        ("E1", "消防", "", "2024-07-03", "none"),
        ("E3", "消防", "2026-9", "2024-07-16", "none"),
    )
    found = close_out(three(), log, as_of="2024-07-16")
    assert [row.number for row in found.elsewhere] == [1]
    assert named(found.notes)[-1] == ("closure-elsewhere", "row 1")
    assert "2026-9" in str(found.notes[-1])
    assert [row.number for row in close_out(three(), log, as_of="2024-07-31").elsewhere] == [1, 7]


def test_a_second_visit_for_one_task_is_told() -> None:
    """The first arrival closes the task, wherever it stands in the log."""
    log = logged(
        ("E2", "消防", "2024-3", "2024-07-09", "none"),
        ("E2", "消防", "2024-3", "2024-07-09", "none"),
        ("E1", "消防", "2024-3", "2024-07-03", "none"),
        ("E1", "消防", "2024-3", "2024-07-02", "problem"),
    )
    found = close_out(three(), log, as_of="2024-07-31")
    assert states(found)[0] == ("E1", "on-time", "2024-07-02")
    assert [row.number for row in found.again] == [2, 3]


def test_two_tasks_of_one_kind_are_closed_one_by_one() -> None:
    """Visited twice a year for one plan: that needs two arrivals, and the earlier closes the earlier task."""
    twice = planned([("E1", "2024-07-01", FIRE), ("E1", "2024-11-01", FIRE)])
    once = close_out(twice, logged(("E1", "消防", "2024-3", "2024-07-04", "none")), as_of="2024-12-31")
    assert states(once) == [("E1", "on-time", "2024-07-04"), ("E1", "overdue", "")]
    log = logged(("E1", "消防", "2024-3", "2024-11-01", "none"), ("E1", "消防", "2024-3", "2024-07-04", "none"))
    assert close_out(twice, log, as_of="2024-12-31").counts["on-time"] == 2


def test_what_nobody_planned_can_be_closed_too() -> None:
    """A task without a plan is closed by a row without one; patrols and further visits are then no findings."""
    one = planned([("E1", "2024-07-01", [("", "消防"), ("2024-3", "市监")])])
    log = logged(
        ("E1", "消防", "", "2024-07-01", "none"),
        ("E1", "消防", "", "2024-07-02", "none"),
        ("E9", "消防", "", "2024-07-01", "none"),
        ("E1", "消防", "2024-3", "2024-07-01", "none"),
    )
    found = close_out(one, log, as_of="2024-07-07")
    assert [(task.plan, task.status) for task in found.tasks] == [("", "on-time"), ("2024-3", "overdue")]
    assert [row.number for row in found.unknown] == [4]
    assert found.again == ()


def test_who_checks_enters() -> None:
    """An arrival without a result closes nothing and is told; a log without results is taken as it is."""
    log = logged(("E1", "消防", "2024-3", "2024-07-02", ""))
    found = close_out(three(), log, as_of="2024-07-07")
    assert states(found)[0] == ("E1", "overdue", "")
    assert [row.number for row in found.unentered] == [1]
    del log["result"]
    assert states(close_out(three(), log, as_of="2024-07-07"))[0] == ("E1", "on-time", "2024-07-02")


# ---- against plain loops


def brute(
    schedule: Schedule, log: dict[str, list[str]], as_of: str
) -> tuple[list[tuple[str, str]], dict[str, list[int]]]:
    """Status and day of closing of every task, and the rows left over, by loops over texts; within the day."""
    plans = {plan for tasks in schedule.tasks for plan, _ in tasks}
    kinds = {
        (plan, enterprise, department)
        for enterprise, tasks in zip(schedule.enterprises, schedule.tasks, strict=True)
        for plan, department in tasks
    }
    left: dict[str, list[int]] = {"unknown": [], "again": [], "unentered": [], "elsewhere": []}
    arrivals: dict[tuple[str, str, str], list[tuple[str, int]]] = {}
    for row in range(len(log["visit"])):
        kind = (log["plan"][row], log["enterprise"][row], log["department"][row])
        if kind[0] not in plans or log["arrived"][row] > as_of:
            continue
        if kind not in kinds:
            left["unknown"].append(row + 1)
        elif log["arrived"][row] and not log["result"][row]:
            left["unentered"].append(row + 1)
        elif log["arrived"][row]:
            arrivals.setdefault(kind, []).append((log["arrived"][row], row + 1))
    found = []
    for enterprise, on, tasks in zip(schedule.enterprises, schedule.days, schedule.tasks, strict=True):
        for plan, department in tasks:
            waiting = sorted(arrivals.get((plan, enterprise, department), []))
            if waiting:
                done, _ = waiting[0]
                arrivals[plan, enterprise, department].remove(waiting[0])
                found.append(("on-time" if done <= on else "late", done))
            else:
                found.append(("overdue" if on <= as_of else "open", ""))
    left["again"] = sorted(row for rows in arrivals.values() for _, row in rows)
    tasks_of = [
        (enterprise, department, on)
        for enterprise, on, tasks in zip(schedule.enterprises, schedule.days, schedule.tasks, strict=True)
        for _, department in tasks
    ]
    overdue = [task for task, (status, _) in zip(tasks_of, found, strict=True) if status == "overdue"]
    left["elsewhere"] = [
        row + 1
        for row in range(len(log["visit"]))
        if log["plan"][row] not in (*plans, "")
        and any(
            (log["enterprise"][row], log["department"][row]) == (enterprise, department)
            and on <= log["arrived"][row] <= as_of
            for enterprise, department, on in overdue
        )
    ]
    return found, left


july = st.integers(0, 11).map(lambda number: day_text(FIRST + number))
visit_rows = st.tuples(
    st.sampled_from(["E1", "E2", "E3"]), july, st.lists(st.sampled_from(TASKS), max_size=4, unique=True)
)
log_rows = st.tuples(
    st.sampled_from(["E1", "E2", "E3", "E9"]),
    st.sampled_from([*DEPARTMENTS, "环保"]),
    st.sampled_from([*PLANS, "2024-9", ""]),
    st.one_of(july, st.just("")),
    st.sampled_from(["none", "problem", "untraceable", ""]),
).map(lambda row: row if row[3] else (*row[:4], ""))


@given(visits=st.lists(visit_rows, max_size=8), rows=st.lists(log_rows, max_size=25), as_of=july)
@quick
def test_states_are_those_of_plain_loops(
    visits: list[tuple[str, str, list[Task]]], rows: list[tuple[str, str, str, str, str]], as_of: str
) -> None:
    """Every task and every row of the log ends where loops over texts put it, and nothing is lost."""
    schedule, log = planned(visits), logged(*rows)
    found = close_out(schedule, log, as_of=as_of, within="day")
    expected, left = brute(schedule, log, as_of)
    assert [(task.status, task.closed) for task in found.tasks] == expected
    for name, numbers in left.items():
        told = getattr(found, name)
        assert [row.number for row in told] == numbers
        for row in told:
            place = row.number - 1
            assert row[1:] == (log["plan"][place], log["enterprise"][place], log["department"][place])
    assert sum(found.counts.values()) == sum(map(len, schedule.tasks))


@given(visits=st.lists(visit_rows, min_size=1, max_size=8), rows=st.lists(log_rows, max_size=25), as_of=july)
@quick
def test_rates_can_be_counted_again_and_pooled(
    visits: list[tuple[str, str, list[Task]]], rows: list[tuple[str, str, str, str, str]], as_of: str
) -> None:
    """Rates by plan, department and month add up to the rate of all, and each follows from the tasks themselves."""
    schedule = planned([*visits, ("E1", "2024-06-28", TASKS)])
    found = close_out(schedule, logged(*rows), as_of=as_of, cancelled={schedule.visits[-1]: "停业"})
    kept = [task for task in found.tasks if task.status != "cancelled"]
    due = [task for task in kept if task.due <= as_of]
    expected = {
        "on_time": (sum(task.status == "on-time" for task in due), len(due)),
        "completion": (sum(task.status in ("on-time", "late") for task in kept), len(kept)),
    }
    for name, counts in expected.items():
        rates = getattr(found, name)
        (whole,) = rates()
        assert (whole.numerator, whole.denominator) == counts
        assert (whole.of, whole.as_of, whole.by, whole.scope) == ("checks", as_of, "", "")
        for by in ("plan", "department", "month"):
            parts = rates(by=by)
            scopes = [month_of(task.day) if by == "month" else getattr(task, by) for task in found.tasks]
            assert [part.scope for part in parts] == sorted(set(scopes))
            pooled = Rate.pool(parts, scope="all")
            assert (pooled.numerator, pooled.denominator, pooled.name) == (*counts, whole.name)


def test_rates_by_department() -> None:
    """What is not due and what was cancelled is in no denominator of the on-time rate."""
    both = planned([("E1", "2024-07-01", TASKS[:2]), ("E2", "2024-07-08", TASKS[:2]), ("E3", "2024-07-22", TASKS[:2])])
    log = logged(
        ("E1", "市监", "2024-3", "2024-07-02", "none"),
        ("E2", "市监", "2024-3", "2024-07-18", "none"),
        ("E3", "消防", "2024-3", "2024-07-19", "none"),
    )
    found = close_out(both, log, as_of="2024-07-20", cancelled={("V1", "消防"): "停业"})
    assert [str(rate) for rate in found.on_time(by="department")] == [
        "1/2 = 50.00% of checks",
        "0/1 = 0.00% of checks",
    ]
    assert [str(rate) for rate in found.completion(by="department")] == [
        "2/3 = 66.67% of checks",
        "1/2 = 50.00% of checks",
    ]
    assert [task.enterprise for task in found.early] == ["E3"]


# ---- reports and faults


def test_the_report_names_whatever_somebody_has_to_look_at() -> None:
    """In both languages, the counts first."""
    log = logged(("E9", "消防", "2024-3", "2024-07-01", "none"))
    found = close_out(three(), log, as_of="2024-07-14")
    assert named(found.notes) == [
        ("closure-counts", ""),
        ("closure-overdue", "E1"),
        ("closure-overdue", "E2"),
        ("closure-unknown", "row 1"),
    ]
    assert str(found).splitlines()[0] == (
        "as of 2024-07-14: 3 tasks; closed 0 on time and 0 late; overdue 2; not due yet 1; cancelled 0"
    )
    assert found.text("zh").splitlines()[0].startswith("截至 2024-07-14：任务 3 项")
    assert repr(found) == "CloseOut(3 tasks as of 2024-07-14: 2 overdue, 1 open)"
    many = planned([(f"E{i}", "2024-07-01", FIRE) for i in range(12)])
    told = str(close_out(many, logged(), as_of="2024-07-14")).splitlines()
    assert len(told) == 12
    assert told[-1] == "… 2 more"
    assert len(close_out(many, logged(), as_of="2024-07-14").text().splitlines()) == 13
    assert repr(close_out(planned([]), logged(), as_of="2024-07-14")) == "CloseOut(0 tasks as of 2024-07-14: –)"


def test_a_table_is_a_list_to_be_worked_off() -> None:
    """A row a task; headings and states in both languages."""
    log = logged(("E1", "消防", "2024-3", "2024-07-01", "none"))
    found = close_out(three(), log, as_of="2024-07-14", cancelled={"V2": "停业"})
    columns = found.table()
    assert columns["status"] == ["on-time", "overdue", "cancelled"]
    assert columns["reason"] == ["", "", "停业"]
    for name in ("visit", "enterprise", "plan", "department", "day", "due", "closed"):
        assert columns[name] == [getattr(task, name) for task in found.tasks]
    assert columns["month"] == ["2024-07"] * 3
    chinese = found.table(lang="zh")
    assert chinese["状态"] == ["按时销号", "逾期未销号", "取消"]
    assert len(chinese) == len(columns)
    assert [task.enterprise for task in found.named("cancelled")] == ["E3"]


def test_a_log_is_read_once_or_made_of_a_table() -> None:
    """A `Log` and the table it is made of give the same."""
    table = logged(("E1", "消防", "2024-3", "2024-07-01", "none"))
    assert close_out(three(), Log(table), as_of="2024-07-01") == close_out(three(), table, as_of="2024-07-01")


def test_all_faults_of_a_close_out_at_once() -> None:
    """Unknown cancellations, reasons that are none, a contradictory log, missing columns: all are told."""
    cancelled: Any = {"V9": "x", ("V0", "环保"): "x", ("V0", "消防", "消防"): "x", "V1": " "}
    log = logged(("E1", "消防", "2024-3", "noon", "fine"))
    found = faults(lambda: close_out(three(), log, as_of="2024-07-01", cancelled=cancelled))
    assert Counter(note.code for note in found)["closure-cancelled-unknown"] == 3
    assert {note.at for note in found if note.code == "text-space"} == {"'V1'"}
    assert {"row 1 (arrived)", "row 1 (result)"} <= {note.at for note in found}
    bare = {name: ["x"] for name in ("visit", "enterprise", "department")}
    found = faults(lambda: close_out(three(), bare, as_of="2024-07-01", cancelled={"V9": "x"}))
    assert sorted(named(found)) == [
        ("closure-cancelled-unknown", "'V9'"),
        ("closure-column", "arrived"),
        ("closure-column", "plan"),
    ]


def test_other_arguments_are_refused() -> None:
    """Wrong kinds, days, spans and names are told; so is a schedule that does not say what is to be done."""
    call: Any = close_out
    found = faults(lambda: call([], logged(), as_of="noon", within="year"))
    assert named(found) == [("plan-shape", "schedule"), ("day-form", "as_of"), ("choice", "within")]
    bare = Schedule(visits=["V1"], enterprises=["E1"], days=["2024-07-01"], periods=[""])
    assert named(faults(lambda: close_out(bare, logged(), as_of="2024-07-01"))) == [("closure-no-tasks", "schedule")]
    done: Any = close_out(three(), logged(), as_of="2024-07-01")
    assert named(faults(lambda: done.on_time(by="week"))) == [("choice", "by")]
    assert named(faults(lambda: done.named("done"))) == [("choice", "status")]
    assert named(faults(lambda: done.table(lang="fr"))) == [("choice", "lang")]
    assert set(done.counts) == set(get_args(Status))


@pytest.mark.parametrize("cancelled", [None, [None], "V0"])
def test_cancelled_is_a_mapping(cancelled: Any) -> None:
    """Anything else is refused; so is a key without a visit."""
    call: Any = close_out
    found = faults(lambda: call(three(), logged(), as_of="2024-07-01", cancelled=cancelled))
    assert named(found) == [("plan-shape", "cancelled")]
    found = faults(lambda: call(three(), logged(), as_of="2024-07-01", cancelled={(): "停业"}))
    assert named(found) == [("closure-cancelled-unknown", "()")]


def test_a_part_of_a_schedule_accuses_nobody() -> None:
    """Rows whose task may stand in the rest are counted, and not named; of the whole schedule they are named."""
    twice = planned([("E1", "2024-07-01", FIRE), ("E2", "2024-08-01", FIRE), ("E1", "2024-08-05", FIRE)])
    log = logged(
        ("E1", "消防", "2024-3", "2024-07-01", "none"),
        ("E2", "消防", "2024-3", "2024-08-01", "none"),
        ("E1", "消防", "2024-3", "2024-08-05", "none"),
        ("E9", "消防", "2024-3", "2024-08-06", "none"),
    )
    july_only = close_out(twice.during("2024-07"), log, as_of="2024-08-31")
    assert [row.number for row in (*july_only.unknown, *july_only.again)] == [2, 4, 3]
    assert [(note.code, note.params.get("rows")) for note in july_only.notes[1:]] == [("closure-part", 3)]
    assert close_out(twice.during("2024-07"), logged(), as_of="2024-08-31").notes[1:][0].code == "closure-overdue"
    for whole in (twice, twice.during(("2024-07-01", "2024-08-31"))):
        assert named(close_out(whole, log, as_of="2024-08-31").notes)[1:] == [("closure-unknown", "row 4")]
    assert twice.during("2024-07").during(("2024-07-01", "2024-08-31")).part
