"""Programs that lead a draw through its year, with public names only: checked by mypy strict, and run by
``test_cycle_public.py``."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import assert_type

import attrs

from dual_random import Demand, InputError, Note, Plan, Rate, Record, Register, SeedSource, commit, draw
from dual_random.cycle import (
    Adjustment,
    Batch,
    Calendar,
    Chance,
    Checks,
    ClassChange,
    CloseOut,
    Closing,
    CreditRule,
    Errands,
    FrequencyRule,
    LeftOut,
    Log,
    MacroAverage,
    Merged,
    MonthlySaving,
    Need,
    Ranked,
    RateChange,
    Reclassification,
    Round,
    Schedule,
    Screening,
    ShareRule,
    Tally,
    adjust,
    batch_table,
    capped,
    capped_plan,
    chances,
    close_out,
    compare,
    comparison_table,
    in_batches,
    indicators,
    left_out,
    log_faults,
    low_quality,
    macro_average,
    merge,
    merge_visits,
    micro_average,
    rank,
    ranking_table,
    rate_table,
    read_needs,
    reclassify,
    record_checks,
    remember,
    saved_by_month,
    schedule,
    schedule_errands,
    schedule_visits,
    unlisted,
    work_list,
)

SEED = "05 11 17 22 29 31 + 08"
LATER = "01 02 03 04 05 06 + 07"
RELATED = [["证照", "通道"]]
CLASSES = ["A", "B", "C"]
DETECTION = "problem-detection rate"

# ---- what there is: enterprises, a calendar


def enterprises() -> Register:
    """A database's table: half are inns, half are mills, in three classes of risk."""
    numbers = range(120)
    table = {
        "id": [f"E{number:03d}" for number in numbers],
        "kind": [("inn", "mill")[number % 2] for number in numbers],
        "risk": [CLASSES[number % 3] for number in numbers],
        "status": ["存续"] * len(numbers),
    }
    return Register(table, id="id", columns=["kind", "risk", "status"])


def calendar() -> Calendar:
    """Monday to Friday, but for the first week of October; January, too, since December's visits are published then."""
    days = [date(2024, 7, 1) + timedelta(number) for number in range(215)]
    free = {date(2024, 10, number) for number in range(1, 8)}
    return Calendar(each.isoformat() for each in days if each.weekday() < 5 and each not in free)


# ---- a planner: needs as departments hand them in become plans of several departments


def needs() -> tuple[Need, ...]:
    """Single-department plans, as a form gives them."""
    rows: list[Mapping[str, object]] = [
        {
            "demand": {"name": "市监", "by": "risk", "take": {"A": "5%", "B": "10%", "C": "20%"}},
            "items": ["证照", "计量"],
            "starts": "2024-07-01",
            "ends": "2024-12-31",
            "times": 2,
        },
        {
            "demand": {"name": "消防", "where": {"kind": "inn"}, "take": "20%"},
            "items": "通道",
            "starts": "2024-07-01",
            "ends": "2024-09-30",
        },
        {"demand": {"name": "税务", "take": 5}, "items": "发票", "starts": "2024-10-01", "ends": "2024-12-31"},
    ]
    return assert_type(read_needs(rows), tuple[Need, ...])


def merged() -> Merged:
    """Related content in the same days is drawn together."""
    return assert_type(merge(needs(), enterprises(), related=RELATED, leads="消防", days=20), Merged)


def reasons(name: str) -> list[str]:
    """Why a need was joined, or was not."""
    notes: tuple[Note, ...] = merged().why(name)
    return [note.code for note in notes]


def plan(found: Round) -> Plan:
    """The plan of a quarter: a round of merged needs, with a period for each month, and nobody twice in the year."""
    late = found.starts >= "2024-10"
    months = [month for month in calendar().months if found.starts[:7] <= month <= found.ends[:7]]
    source = SeedSource(
        source="双色球",
        event=f"2024{110 if late else 71:03d}期",
        earliest="2024-09-24T21:15:00+08:00" if late else "2024-06-25T21:15:00+08:00",
        form="00 00 00 00 00 00 + 00",
    )
    title = f"{found.lead}牵头联合抽查"
    made = merged().plan(found.number, title=title, authority="海曙区", number=f"2024-{found.number}", seed=source)
    return attrs.evolve(made, periods=months)


def first() -> Record:
    """The draw of the first quarter."""
    register = enterprises()
    return draw(commit(plan(merged().round(1)), register), register, seed=SEED).record


# ---- a department: who goes where on which day, in which batches


def arranged() -> Schedule:
    """The visits of the first draw, spread over the working days of its months."""
    return assert_type(schedule(first(), calendar()), Schedule)


def announced(size: int) -> tuple[tuple[Batch, ...], Mapping[str, Sequence[str | int | bool]]]:
    """The batches of each kind of firm, and what is published of them."""
    planned, register = arranged(), enterprises()
    kinds = {visit: register.value(visit, "kind") for visit in planned.visits}
    batches = assert_type(in_batches(planned, size=size, scopes=kinds), tuple[Batch, ...])
    assert all(batch.visits and batch.number <= batch.of for batch in batches)
    return batches, batch_table(batches, lang="zh")


def work(week: str) -> Mapping[str, Sequence[str | int | bool]]:
    """What there is to do in a week: a row for each check, with its people."""
    return work_list(arranged().during(week), first(), lang="zh")


def saved() -> list[str]:
    """What drawing together saved, month by month."""
    months = assert_type(saved_by_month([(first(), arranged())]), tuple[MonthlySaving, ...])
    return [f"{month.month}: {month.checks} {month.visits} {month.joint_rate()}" for month in months]


def errands() -> tuple[Errands, Schedule]:
    """What was drawn and what was complained about, merged firm by firm, and spread over the days they share."""
    quarter, record = merged().round(1), first()
    months = {month: (days[0], days[-1]) for month in calendar().months if (days := calendar().within(month))}
    rows = record_checks(record, items=quarter.items, windows=months, times=quarter.times)
    whom = next(iter(record))
    day = months[record[whom].period][0]
    complaint = {"department": "环保", "items": "证照", "mode": "complaint", "starts": day, "ends": day, "times": 1}
    complaint |= {"enterprise": whom, "plan": "", "leads": "no"}
    checks = Checks({name: [*cells, complaint[name]] for name, cells in rows.items()})
    found = assert_type(merge_visits(checks, related=RELATED, calendar=calendar()), Errands)
    return found, schedule_errands(found, calendar(), seed=SEED, label="三季度")


def follow_up(names: Iterable[str]) -> Mapping[str, str]:
    """Visits of no plan at all, in the first week of August."""
    whom = list(names)
    start, end = ["2024-08-05"] * len(whom), ["2024-08-09"] * len(whom)
    found = schedule_visits(whom, start, end, calendar(), seed=SEED, label="复查")
    return {name: found.day(name) for name in whom}


# ---- inspectors: what was done


def carried_out(planned: Schedule, register: Register) -> dict[str, list[str]]:
    """A log as a system keeps it: the first joint visit was made by halves, the last visit was not made at all."""
    rows: list[dict[str, str]] = []
    joint = next((visit for visit, tasks in zip(planned.visits, planned.tasks, strict=True) if len(tasks) > 1), "")
    for visit, day, tasks in zip(planned.visits, planned.days, planned.tasks, strict=True):
        made, risk = visit != planned.visits[-1], register.value(visit, "risk")
        for place, (number, department) in enumerate(tasks):
            hour = 9 + 5 * place if visit == joint else 9
            rows.append(
                {
                    "visit": f"V-{visit}-{number}",
                    "enterprise": visit,
                    "department": department,
                    "mode": "random",
                    "plan": number,
                    "due": day,
                    "arrived": f"{day}T{hour:02}:{30 + place}" if made else "",
                    "left": f"{day}T{hour + 1:02}:{30 + place}" if made else "",
                    "result": ("problem" if risk == "C" else "none") if made else "",
                    "published": calendar().after(day, 3) if made else "",
                    "items": "通道" if department == "消防" else "证照;计量",
                    "inspectors": f"{department}-{visit}-1;{department}-{visit}-2" if made else "",
                    "status": register.value(visit, "status"),
                    "risk": risk,
                }
            )
    return {name: [row[name] for row in rows] for name in rows[0]}


def log() -> Log:
    """The log of the first quarter; its contradictions would be refused."""
    return Log(carried_out(arranged(), enterprises()), columns="risk")


def closed(as_of: str, cancelled: Mapping[str | tuple[str, str], str]) -> CloseOut:
    """What became of every check by a day."""
    found = assert_type(close_out(arranged(), log(), as_of=as_of, within="month", cancelled=cancelled), CloseOut)
    kept: tuple[Closing, ...] = found.tasks
    assert {task.plan for task in kept} == {"2024-1"}
    rates: tuple[Rate, ...] = found.on_time(by="department")
    assert [rate.scope for rate in rates] == sorted({task.department for task in kept})
    return found


# ---- an official: what it amounts to


def rates(log: Log, by: str = "") -> tuple[Rate, ...]:
    """The indicators, of the whole log or of groups."""
    days = calendar().working_days
    return assert_type(
        indicators(log, by=by, working_days=days, items=["证照", "计量", "通道", "发票"]), tuple[Rate, ...]
    )


def omitted(log: Log) -> list[str]:
    """Which indicators the log cannot give, and why, for whoever keeps it."""
    found = assert_type(left_out(log, working_days=calendar().working_days), tuple[LeftOut, ...])
    return [each.text("zh") for each in found]


def printed(log: Log) -> Mapping[str, Sequence[str | int | bool]]:
    """The indicators as a table, under the terms of the trade."""
    return rate_table(rates(log), lang="zh")


def ranking(log: Log, at_least: int) -> tuple[tuple[Ranked, ...], Mapping[str, Sequence[str | int | bool]]]:
    """The departments by how often they find something."""
    chosen = [rate for rate in rates(log, by="department") if rate.name == DETECTION]
    places = assert_type(rank(chosen, at_least=at_least), tuple[Ranked, ...])
    return places, ranking_table(places)


def averages(log: Log) -> tuple[Rate, MacroAverage]:
    """Counts of the months added, and the mean of their percentages."""
    months = [rate for rate in rates(log, by="month") if rate.name == DETECTION]
    return (
        assert_type(micro_average(months, scope="2024"), Rate),
        assert_type(macro_average(months, scope="2024"), MacroAverage),
    )


def side_by_side(before: Log, after: Log) -> tuple[list[str], Mapping[str, Sequence[str | int | bool]]]:
    """Two quarters: which rates rose and which fell."""
    changes = assert_type(compare(rates(before), rates(after)), tuple[RateChange, ...])
    risen: list[str] = [change.name for change in changes if change.points is not None and change.points > 0]
    return risen, comparison_table(changes, lang="zh")


# ---- a third party: what does not look right


def screened() -> Screening:
    """The finished checks held against the draw."""
    found = low_quality(
        log(), [first()], as_of="2024-10-31", working_days=calendar(), register=enterprises(), together=30
    )
    tallies: tuple[Tally, ...] = found.tallies
    assert sum(tally.found for tally in tallies) == len(found.findings)
    return assert_type(found, Screening)


def belongs(log: Log, plans: Sequence[str]) -> list[str]:
    """Whether a log and the records are of one year, before anything is found in it."""
    notes = assert_type(log_faults(log, [first()], plans=plans, register=enterprises()), tuple[Note, ...])
    return [note.code for note in notes]


# ---- the next plan: shares, classes, who rests


def adjusted(log: Log, expected: Mapping[str, str] | None = None) -> Adjustment:
    """The shares of the next plan, by what the checks of this one found."""
    rule = ShareRule(order=CLASSES, lowest="1%", highest="50%", most_change="2")
    found = adjust(
        {"A": "5%", "B": "10%", "C": "20%"},
        by_class(log),
        rule,
        measured="2024-1",
        effective="2024-2",
        expected=expected,
        committed="2024-1",
    )
    lines: tuple[ClassChange, ...] = found.changes
    assert [line.name for line in lines] == CLASSES
    return assert_type(found, Adjustment)


def by_class(log: Log) -> list[Rate]:
    """The problem-detection rate of each class of risk."""
    return [rate for rate in rates(log, by="risk") if rate.name == DETECTION]


def often(log: Log) -> dict[str, int]:
    """How often a class comes in the next year."""
    rule = FrequencyRule(order=CLASSES, lowest=1, highest=4)
    found = adjust({"A": 1, "B": 1, "C": 2}, by_class(log), rule, measured="2024-1", effective="2025-1")
    return assert_type(found.times, dict[str, int])


def reclassified(log: Log) -> Reclassification:
    """Classes by what was found in the quarter."""
    rule = CreditRule(order=CLASSES, better_after=1)
    found = reclassify(enterprises(), log, rule, since="2024-07-01", effective="2024-10-01")
    return assert_type(found, Reclassification)


def second() -> tuple[Record, tuple[Chance, ...], Schedule]:
    """The draw of the next quarter: other shares, other classes, and whoever was visited rests."""
    register = remember(reclassified(log()).enterprises, [first()])
    rules = assert_type(adjusted(log()).apply(plan(merged().round(2)), "市监"), Plan)
    committed = commit(capped_plan(rules, 1), register)
    known = assert_type(chances(committed, register), tuple[Chance, ...])
    record = draw(committed, register, seed=LATER).record
    return record, known, schedule(record, calendar())


def gone(register: Register) -> list[str]:
    """Who was visited, and is not in a later register."""
    return [note.at for note in unlisted(register, [first()])]


def resting(demand: Demand, most: int) -> Demand:
    """One demand with a cap, the others without."""
    return assert_type(capped(demand, most), Demand)


# ---- a service: faults as a table


def refused(table: Mapping[str, Sequence[object]]) -> dict[str, list[str]]:
    """What a front end shows of a log that cannot be true."""
    try:
        Log(table)
    except InputError as error:
        return {name: [str(cell) for cell in column] for name, column in error.table(lang="zh").items()}
    return {}


def sent_back(rows: Iterable[Mapping[str, object]]) -> list[str]:
    """What departments are told of needs that cannot be merged, all of them at once."""
    try:
        read_needs(rows)
    except InputError as error:
        return [f"{note.at}: {note.code}" for note in error.faults]
    return []
