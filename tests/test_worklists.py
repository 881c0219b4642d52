"""Work lists: a row for each check, with the people of the record; filled in, they are the log that closes tasks."""

from collections import Counter
from typing import Any, Final

import pytest

from districts import SEED, faults, named, plan, register
from dual_random.binding import commit
from dual_random.cycle.arrangements import schedule, schedule_errands
from dual_random.cycle.calendars import Calendar, week_of
from dual_random.cycle.checks import record_checks
from dual_random.cycle.closures import close_out
from dual_random.cycle.errands import merge_visits
from dual_random.cycle.logs import Log
from dual_random.cycle.worklists import work_list
from dual_random.dates import day, day_text
from dual_random.draws import Draw, draw
from dual_random.errors import Columns
from dual_random.plans import Demand
from dual_random.records import Record
from staffed import people, staffing_plan

CALENDAR: Final = Calendar([day_text(day("2024-08-01") + i) for i in range(61) if i % 7 not in (2, 3)])
ENTERPRISES: Final = register([{"id": f"E{i}", "risk": "AAB"[i % 3]} for i in range(12)])
PEOPLE: Final = people(("市监", "M", 6), ("消防", "F", 5))
DEMANDS: Final = [
    Demand("市监", take=6),
    Demand("锅炉", department="市监", where={"risk": "B"}, take=2),
    Demand("消防", take=4),
]


def drawn(*, staffed: bool = True) -> Draw:
    """Three demands of two departments, in two months."""
    rules = plan(DEMANDS, periods=["2024-08", "2024-09"], substitution=True)
    inspectors = PEOPLE if staffed else None
    return draw(commit(rules, ENTERPRISES, inspectors), ENTERPRISES, inspectors, seed=SEED)


def rows_of(table: Columns) -> list[dict[str, Any]]:
    """A table as rows."""
    return [dict(zip(table, cells, strict=True)) for cells in zip(*table.values(), strict=True)]


def told(record: Record) -> set[tuple[str, str, str, str, str, str]]:
    """What a record says of its standing visits: enterprise, period, department, lead, people, demands."""
    department = {each.name: each.department for each in record.commitment.plan.demands}
    return {
        (
            visit.enterprise,
            visit.period,
            name,
            "yes" if name == visit.lead else "no",
            ";".join(visit.team.get(name, ())),
            ";".join(each for each in visit.demands if department[each] == name),
        )
        for visit in record.current
        for name in visit.departments
    }


def listed(table: Columns, planned: Any) -> set[tuple[str, ...]]:
    """The same of a work list; periods are found by the visits' ids."""
    period = dict(zip(planned.visits, planned.periods, strict=True))
    names = ("department", "lead", "inspectors", "demands")
    return {(row["enterprise"], period[row["visit"]], *(row[name] for name in names)) for row in rows_of(table)}


def test_every_check_has_a_row_with_its_people() -> None:
    """Days are those of the schedule, people, lead and demands those of the record, due the last day of the week."""
    record = drawn().record
    planned = schedule(record, CALENDAR)
    table = work_list(planned, record)
    assert listed(table, planned) == told(record)
    assert [(row["visit"], (row["plan"], row["department"])) for row in rows_of(table)] == [
        (visit, task) for visit, tasks in zip(planned.visits, planned.tasks, strict=True) for task in tasks
    ]
    for row in rows_of(table):
        assert (row["day"], row["week"]) == (planned.day(row["visit"]), week_of(row["day"]))
        assert (row["mode"], row["plan"], row["arrived"], row["left"], row["result"]) == (
            "random",
            "2024-3",
            "",
            "",
            "",
        )
        assert week_of(row["due"]) == row["week"]
        assert week_of(day_text(day(row["due"]) + 1)) != row["week"]
    assert any(row["demands"] == "市监;锅炉" for row in rows_of(table))


def test_a_list_that_is_filled_in_closes_its_tasks() -> None:
    """It is a log as it stands, of checks that nobody made yet; with arrivals and results, all are closed in time."""
    record = drawn().record
    planned = schedule(record, CALENDAR)
    table = work_list(planned, record)
    empty = close_out(planned, Log(table), as_of="2024-07-31")
    assert empty.counts["open"] == len(table["visit"])
    filled: Columns = {**table, "arrived": table["day"], "result": ["none"] * len(table["day"])}
    assert close_out(planned, Log(filled), as_of="2024-09-30").counts["on-time"] == len(table["visit"])


def test_the_list_of_an_amended_record() -> None:
    """Who comes instead has a row with the people who went along, be it a visit of its own or one more."""
    found = drawn()
    for name, on in [(next(iter(found.record)), "2024-08-20"), (list(found.record)[-1], "2024-08-27")]:
        found = found.substitute(name, reason="closed", on=on)
    planned = schedule(found.record, CALENDAR)
    table = work_list(planned, found.record)
    assert listed(table, planned) == told(found.record)
    fresh = [row for row in rows_of(table) if row["enterprise"] not in drawn().record]
    assert fresh
    assert all(row["day"] > "2024-08-20" and week_of(row["due"]) == week_of(row["day"]) for row in fresh)
    assert named(faults(lambda: work_list(planned, drawn().record)))[0][0] == "work-unknown"


def test_an_enterprise_with_two_visits_has_the_people_of_each() -> None:
    """Visits are told apart by enterprise and period, which the enterprise alone does not do."""
    demands = [Demand("市监", take="100%"), Demand("锅炉", department="市监", take=4)]
    rules = plan(demands, periods=["2024-08", "2024-09"], substitution=True)
    start = draw(commit(rules, ENTERPRISES, PEOPLE), ENTERPRISES, PEOPLE, seed=SEED)
    twice = 0
    for visit in start.record.values():
        found = start.substitute(visit.enterprise, reason="closed", on="2024-08-06")
        planned = schedule(found.record, CALENDAR)
        assert listed(work_list(planned, found.record), planned) == told(found.record)
        for month in planned.during("2024-08"), planned.during("2024-09"):
            assert listed(work_list(month, found.record), month) <= told(found.record)
        twice += max(Counter(planned.enterprises).values()) == 2
    assert twice


def test_people_of_later_plans() -> None:
    """A record without people has none; with those that staff its months, theirs, be it some months or all."""
    record = drawn(staffed=False).record
    months = []
    for number, period in [("2024-4", "2024-08"), ("2024-5", "2024-09")]:
        rules = staffing_plan(record, number=number, periods=[period])
        months.append(
            draw(commit(rules, ENTERPRISES, PEOPLE, of=record), ENTERPRISES, PEOPLE, seed=SEED, of=record).record
        )
    planned = schedule(record, CALENDAR)
    assert set(work_list(planned, record)["inspectors"]) == {""}
    for known in (months[:1], months):
        people_of = {visit.enterprise: visit.team for each in known for visit in each.current}
        assert 0 < len(people_of) <= len(record)
        for row in rows_of(work_list(planned, [*known, record])):
            assert row["inspectors"] == ";".join(people_of.get(row["enterprise"], {}).get(row["department"], ()))
            assert row["plan"] == "2024-3"
    assert all(work_list(planned, [*months, record])["inspectors"])


def test_errands_know_the_people_of_their_plans() -> None:
    """A drawn check has its people wherever it was merged; a complaint has none, and no mode."""
    record = drawn().record
    months = {month: (days[0], days[-1]) for month in CALENDAR.months if (days := CALENDAR.within(month))}
    rows = record_checks(record, items={"市监": "证照", "锅炉": "锅炉", "消防": "通道"}, windows=months)
    firm = record.enterprises[0]
    start = months[record[firm].period][0]
    more = dict(zip(rows, (firm, "环保", "证照", "", "complaint", start, start, 1, ""), strict=True))
    merged = merge_visits({name: [*cells, more[name]] for name, cells in rows.items()}, related=[["证照", "通道"]])
    planned = schedule_errands(merged, CALENDAR, seed=SEED, label="x")
    found = {(row["enterprise"], row["department"]): row for row in rows_of(work_list(planned, [record]))}
    assert len(found) == len(rows["enterprise"]) + 1
    complaint = found.pop((firm, "环保"))
    assert [complaint[name] for name in ("inspectors", "demands", "lead", "mode", "plan")] == [""] * 5
    for (enterprise, department), row in found.items():
        assert row["inspectors"] == ";".join(record[enterprise].team[department])
        assert row["mode"] == "random"


@pytest.mark.parametrize("within", ["day", "month"])
def test_due_is_what_close_out_asks_for(within: Any) -> None:
    """The last day is the one that the close-out of the same span has."""
    record = drawn().record
    planned = schedule(record, CALENDAR)
    table = work_list(planned, record, within=within)
    assert table["due"] == [task.due for task in close_out(planned, table, as_of="2024-08-01", within=within).tasks]


def test_a_list_in_chinese() -> None:
    """Headings and the words yes, no, random are Chinese; all else is as it is."""
    record = drawn().record
    planned = schedule(record, CALENDAR)
    english, chinese = work_list(planned, record), work_list(planned, record, lang="zh")
    assert list(chinese)[:7] == ["检查日期", "周次", "户次编号", "检查对象", "检查部门", "发起部门", "检查人员"]
    assert chinese["发起部门"] == [{"yes": "是", "no": "否"}[str(cell)] for cell in english["lead"]]
    assert set(chinese["检查方式"]) == {"双随机"}
    assert [*chinese.values()][:5] == [*english.values()][:5]


def test_other_arguments_are_refused() -> None:
    """No schedule, no record, another span, another language, two records of one plan, a schedule without tasks."""
    record = drawn().record
    planned = schedule(record, CALENDAR)
    other: Any = "x"
    assert named(faults(lambda: work_list(other, [other]))) == [
        ("plan-shape", "schedule"),
        ("plan-shape", "records[0]"),
    ]
    found = faults(lambda: work_list(planned, [record, record], within=other, lang=other))
    assert named(found) == [("choice", "within"), ("choice", "lang"), ("name-repeated", "records")]
    bare = type(planned)(visits=["E1"], enterprises=["E1"], days=["2024-08-01"], periods=[""])
    assert named(faults(lambda: work_list(bare, record))) == [("closure-no-tasks", "schedule")]
    assert work_list(planned.during("2024-08-10"), record)["day"] == []
