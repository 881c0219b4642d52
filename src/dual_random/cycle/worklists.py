"""Work lists (任务清单): a row for each check that is to be made, with its day and its people.

A schedule says when, a record says who goes for what. Together they are what a department works from, and the log that
is filled in afterwards: the columns have the names that `Log` reads.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple, TypeAlias

from dual_random.cycle.calendars import week_of
from dual_random.cycle.closures import Within, in_time
from dual_random.cycle.schedules import Schedule
from dual_random.cycle.vocabulary import RANDOM
from dual_random.errors import Columns, Lang, Note
from dual_random.forms import choice_faults, kind_faults, kinds_faults, listed, refuse, repeat_faults
from dual_random.records import Record
from dual_random.tables import SEPARATOR, headed
from dual_random.visits import Visit

_Key: TypeAlias = tuple[str, str, str]  # plan, enterprise, department
_Team: TypeAlias = tuple[str, ...]

_TO_FILL: Final = ("arrived", "left", "result")
_HEADINGS: Final[Mapping[str, str]] = {
    "day": "检查日期",
    "week": "周次",
    "visit": "户次编号",
    "enterprise": "检查对象",
    "department": "检查部门",
    "lead": "发起部门",
    "inspectors": "检查人员",
    "plan": "计划编号",
    "demands": "抽查需求",
    "mode": "检查方式",
    "due": "截止日期",
    "arrived": "到达时间",
    "left": "离开时间",
    "result": "检查结果",
}
_WORDS: Final[Mapping[str, str]] = {"yes": "是", "no": "否", RANDOM: "双随机"}


class _Work(NamedTuple):
    """One department in one visit of a record."""

    period: str
    lead: str
    demands: tuple[str, ...]
    team: _Team


_NOTHING: Final = _Work("", "", (), ())


def work_list(
    schedule: Schedule, records: Record | Iterable[Record], *, within: Within = "week", lang: Lang = "en"
) -> Columns:
    """The checks of a schedule, a row each: when, where, which department, who goes, for which demands of which plan.

    The keys are those of `close_out`: who fills in `arrived`, `left` and `result`, and nothing else, has a log that
    closes its tasks. The list of a month or a week is that of ``schedule.during(…)``.

    Args:
        schedule: of a record, or of errands that were merged from several.
        records: the record, or all whose visits are scheduled, as they stand now; those that staff them (plans with
            `staffs`) tell who goes. Checks of other plans, or of none, have neither people nor demands here.
        within: in which span a check is in time, as for `close_out`; its last day is `due`.
        lang: of the headings and of the words yes, no, random.

    Returns:
        Columns of equal length by heading, in the order of the schedule, inside a visit in that of its tasks. Among
        those in English are columns of `Log`: visit, enterprise, department, mode, plan, due, inspectors, and empty
        ones to be filled in: arrived, left, result. `lead` is "yes" where the department leads. Several names in a
        cell are joined by ";".

    Raises:
        InputError: a schedule without tasks, two records of one plan, a visit that its record does not have (as when
            the schedule was made before the record was amended); another span or language.

    >>> from dual_random import Demand, Plan, Register, SeedSource, commit, draw
    >>> from dual_random.cycle.arrangements import schedule
    >>> from dual_random.cycle.calendars import Calendar
    >>> source = SeedSource(source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00", form="0" * 7)
    >>> plan = Plan(title="抽查", authority="海曙区", number="2024-3", seed=source,
    ...             demands=[Demand("消防", take=2), Demand("市监", take=1)])
    >>> enterprises = Register({"id": [f"E{i}" for i in range(1, 6)]}, id="id", columns=[])
    >>> people = Register({"id": ["F1", "F2", "M1", "M2"], "department": ["消防", "消防", "市监", "市监"]}, id="id",
    ...                   columns=["department"])
    >>> record = draw(commit(plan, enterprises, people), enterprises, people, seed="0511172").record
    >>> table = work_list(schedule(record, Calendar(["2024-09-29", "2024-09-30"])), record)
    >>> for row in zip(*(table[name] for name in ("day", "visit", "department", "lead", "inspectors", "due"))):
    ...     print(*row)
    2024-09-29 E4 市监 no M2;M1 2024-09-29
    2024-09-29 E4 消防 yes F2;F1 2024-09-29
    2024-09-30 E1 消防 yes F1;F2 2024-10-06
    """
    kept = (records,) if isinstance(records, Record) else listed(records)
    refuse(kind_faults(schedule, Schedule, "schedule") + kinds_faults(kept, Record, "records"))
    plans = [record.commitment.plan.number for record in kept]
    faults = (
        choice_faults(within, Within, "within") + choice_faults(lang, Lang, "lang") + repeat_faults(plans, "records")
    )
    faults += [] if schedule.tasks or not schedule.visits else [Note("closure-no-tasks", "schedule")]
    refuse(faults)
    found, strange = _found(schedule, _works(kept), frozenset(plans))
    refuse(strange)
    columns = _columns(schedule, found, frozenset(plans), within)
    return columns if lang == "en" else _in_chinese(columns)


def _works(records: tuple[Record, ...]) -> dict[_Key, list[_Work]]:
    """What each department does at each enterprise for each plan: once for each visit, in the order of the periods."""
    found: dict[_Key, list[_Work]] = {}
    for record in records:
        plan = record.commitment.plan
        if plan.staffs:
            continue
        sent = _sent(record, records)
        department = {demand.name: demand.department for demand in plan.demands}
        rank = {period: place for place, period in enumerate(plan.periods)}
        for visit in sorted(record.current, key=lambda each: rank.get(each.period, 0)):
            people = sent.get((visit.enterprise, visit.period), visit.team)
            for name in visit.departments:
                demands = tuple(demand for demand in visit.demands if department[demand] == name)
                lead = "yes" if name == visit.lead else "no"
                work = _Work(visit.period, lead, demands, people.get(name, ()))
                found.setdefault((plan.number, visit.enterprise, name), []).append(work)
    return found


def _sent(record: Record, records: tuple[Record, ...]) -> dict[tuple[str, str], dict[str, _Team]]:
    """The people of visits of a record that other records staff."""
    staffing = [each for each in records if each.commitment.plan.staffs]
    own = [each for each in staffing if record.as_of(each.commitment.plan.staffs).digest == each.commitment.plan.staffs]
    visits: list[Visit] = [visit for each in own for visit in each.current]
    return {(visit.enterprise, visit.period): visit.team for visit in visits}


def _found(
    schedule: Schedule, works: Mapping[_Key, list[_Work]], plans: frozenset[str]
) -> tuple[list[_Work], list[Note]]:
    """What the records say of each task; the n-th of several that no period tells apart is the n-th one there."""
    found: list[_Work] = []
    faults: list[Note] = []
    before = Counter[_Key]()
    for row, tasks in enumerate(schedule.tasks):
        for plan, department in tasks:
            key = plan, schedule.enterprises[row], department
            own = works.get(key, [])
            same = [work for work in own if work.period == schedule.periods[row]]
            if plan in plans and not own:
                told = {"plan": plan, "department": department, "enterprise": key[1]}
                faults.append(Note("work-unknown", schedule.visits[row], told))
            nth = own[before[key] : before[key] + 1] or own[-1:]
            found.append(next(iter(same or nth), _NOTHING))
            before[key] += 1
    return found, faults


def _columns(schedule: Schedule, found: list[_Work], plans: frozenset[str], within: Within) -> Columns:
    rows = [(row, *task) for row, tasks in enumerate(schedule.tasks) for task in tasks]
    days = dict.fromkeys(schedule.days)
    week, due = {each: week_of(each) for each in days}, {each: in_time(each, within).last for each in days}
    on = [schedule.days[row] for row, _, _ in rows]
    return {
        "day": [*on],
        "week": [week[each] for each in on],
        "visit": [schedule.visits[row] for row, _, _ in rows],
        "enterprise": [schedule.enterprises[row] for row, _, _ in rows],
        "department": [department for _, _, department in rows],
        "lead": [work.lead for work in found],
        "inspectors": [SEPARATOR.join(work.team) for work in found],
        "plan": [plan for _, plan, _ in rows],
        "demands": [SEPARATOR.join(work.demands) for work in found],
        "mode": [RANDOM if plan in plans else "" for _, plan, _ in rows],
        "due": [due[each] for each in on],
        **{name: [""] * len(rows) for name in _TO_FILL},
    }


def _in_chinese(columns: Columns) -> Columns:
    told = {name: list(cells) for name, cells in columns.items()}
    for name in ("lead", "mode"):
        told[name] = [_WORDS.get(str(cell), cell) for cell in told[name]]
    return headed(told, _HEADINGS, "zh")
