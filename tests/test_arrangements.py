"""Arrangements: the rule read literally with hashlib, one working day a visit, even shares, substitutes in place."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import oracle
from coarse import Coarse, coarse
from districts import OTHER_SEED, SEED, faults, named, plan, register
from dual_random import periods as periods_module
from dual_random.binding import commit
from dual_random.commitments import draw_key
from dual_random.cycle.arrangements import schedule, schedule_errands, schedule_visits
from dual_random.cycle.calendars import Calendar, month_of, week_of
from dual_random.cycle.errands import Errands, merge_visits
from dual_random.cycle.schedules import Schedule, Task
from dual_random.dates import day, day_text
from dual_random.draws import Draw, draw
from dual_random.plans import Demand
from dual_random.records import Record
from dual_random.schemes import DEFAULT, SCHEMES, Hash, Scheme, label_key, seal
from dual_random.testing.fairness import assert_fair

quick = settings(deadline=None, derandomize=True, max_examples=40)

MONTHS: Final = ("2024-07", "2024-08", "2024-09")
WORKING: Final = [
    each.isoformat() for each in (date(2024, 7, 1) + timedelta(i) for i in range(92)) if each.weekday() < 5
]
CALENDAR: Final = Calendar(WORKING)


def record(visits: int, periods: Sequence[str] = (), *, seed: str = SEED, scheme: Scheme = DEFAULT) -> Record:
    """Everybody is visited by 市监, half of them by 消防, too."""
    enterprises = register([{"id": f"企{i}", "risk": "AB"[i % 2]} for i in range(visits)])
    demands = [Demand("市监", take="100%"), Demand("消防", take="50%")]
    rules = plan(demands, periods=periods, scheme=scheme)
    return draw(commit(rules, enterprises), enterprises, seed=seed).record


def literal(visits: Sequence[str], days: Sequence[str], scheme: str, key: str) -> dict[str, str]:
    """The k-th of v visits, in ascending ticket, goes to working day ⌊kD/v⌋."""
    ticket = oracle.by_names(scheme, key)
    ordered = sorted(visits, key=lambda name: (ticket("period", name), name.encode()))
    return {name: days[place * len(days) // len(visits)] for place, name in enumerate(ordered)}


def by_visit(planned: Schedule) -> dict[str, str]:
    """The day of every visit."""
    return dict(zip(planned.visits, planned.days, strict=True))


def key_of(drawn: Record) -> str:
    """The key of a record without seals."""
    return draw_key(drawn.commitment.plan, drawn.commitment.digest, drawn.seed, {})


# ---- of a record


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("visits", [1, 2, 7, 100])
def test_month_and_day_come_from_one_ticket(scheme: Scheme, visits: int) -> None:
    """Inside each period the rule of the periods is used once more, over the working days of its month."""
    drawn = record(visits, MONTHS, scheme=scheme)
    expected: dict[str, str] = {}
    for month in MONTHS:
        own = [visit.enterprise for visit in drawn.values() if visit.period == month]
        expected |= literal(own, [each for each in WORKING if each.startswith(month)], scheme, key_of(drawn))
    assert by_visit(schedule(drawn, CALENDAR)) == expected


def test_key_and_days_without_any_of_the_library() -> None:
    """From the published bytes alone, with hashlib and a sort, everybody finds the same days."""
    drawn = record(40, MONTHS)
    digest = hashlib.sha256(drawn.commitment.to_json()).hexdigest()
    key = hashlib.sha256(f"dual-random/1-sha256\ncommitment\n{digest}\n{SEED}".encode()).hexdigest()
    ordered = sorted(drawn, key=lambda name: hashlib.sha256(f"{key}\nperiod\n{name}".encode()).digest())
    months = [MONTHS[k * 3 // 40] for k in range(40)]
    found = schedule(drawn, CALENDAR)
    for month in MONTHS:
        own = [name for name, of in zip(ordered, months, strict=True) if of == month]
        working = [each for each in WORKING if each.startswith(month)]
        assert [found.day(name) for name in own] == [working[k * len(working) // len(own)] for k in range(len(own))]


def test_a_sealed_record_is_scheduled_by_its_own_key() -> None:
    """The secrets enter the key, so before they are opened nobody outside knows the days."""
    secrets = {"消防": "6f" * 32, "市监": "a1" * 32}
    enterprises = register([{"id": f"E{i}", "risk": "A"} for i in range(30)])
    rules = plan([Demand("市监", take="100%")], seals={party: seal(party, own) for party, own in secrets.items()})
    drawn = draw(commit(rules, enterprises), enterprises, seed=SEED, secrets=secrets).record
    key = draw_key(rules, drawn.commitment.digest, SEED, secrets)
    found = schedule(drawn, CALENDAR)
    assert found.key == key
    assert by_visit(found) == literal(list(drawn), WORKING, DEFAULT, key)


@given(visits=st.integers(0, 60), parts=st.integers(1, 3), seed=st.sampled_from([SEED, OTHER_SEED]))
@quick
def test_every_visit_has_one_working_day_of_its_window(visits: int, parts: int, seed: str) -> None:
    """Nobody is lost or there twice, days are working days of the visit's period, and shares differ by one at most."""
    drawn = record(max(visits, 1), MONTHS[:parts], seed=seed)
    found = schedule(drawn, CALENDAR)
    assert sorted(found.visits) == sorted(drawn)
    assert found.enterprises == found.visits
    counts = found.counts("day")
    for month in MONTHS[:parts]:
        working = CALENDAR.within(month)
        own = [name for name, of in zip(found.visits, found.periods, strict=True) if of == month]
        assert own == [name for name in found.visits if drawn[name].period == month]
        assert {found.day(name) for name in own} <= set(working)
        shares = [counts.get(each, 0) for each in working]
        assert sum(shares) == len(own)
        assert set(shares) <= {len(own) // len(working), -(-len(own) // len(working))}


def test_lower_tickets_are_never_later() -> None:
    """The order of the schedule is that of the tickets, over all periods together."""
    found = schedule(record(90, MONTHS), CALENDAR)
    assert list(found.visits) == sorted(found.visits, key=found.ticket)
    assert list(found.days) == sorted(found.days)


def test_weeks_have_visits_in_proportion_to_their_days() -> None:
    """A week of which some days are holidays has that much less, and months likewise if there are no periods."""
    short = Calendar([each for each in WORKING if each not in ("2024-07-10", "2024-07-11", "2024-07-12")])
    found = schedule(record(len(short) * 2), short)
    weeks = Counter(week_of(each) for each in short.working_days)
    months = Counter(month_of(each) for each in short.working_days)
    assert weeks["2024-W28"] == 2
    assert found.counts("week") == {week: 2 * days for week, days in weeks.items()}
    assert found.counts("month") == {month: 2 * days for month, days in months.items()}


def test_a_period_may_be_a_week_or_a_day() -> None:
    """ISO weeks and days name their windows themselves; other texts have theirs from the caller."""
    drawn = record(20, ["2024-07-01", "2024-W28", "八月上旬"])
    found = schedule(drawn, CALENDAR, windows={"八月上旬": ("2024-08-01", "2024-08-10")})
    for name, of, on in zip(found.visits, found.periods, found.days, strict=True):
        assert of == drawn[name].period
        assert of != "2024-07-01" or on == of
        assert of != "2024-W28" or week_of(on) == of
        assert of != "八月上旬" or "2024-08-01" <= on <= "2024-08-10"


def test_a_window_given_is_stronger_than_the_text() -> None:
    """A month of which only some days may be used is narrowed by its window, as is a plan without periods."""
    found = schedule(record(12, MONTHS), CALENDAR, windows={"2024-07": ("2024-07-08", "2024-07-09")})
    assert {on for on, of in zip(found.days, found.periods, strict=True) if of == "2024-07"} == {
        "2024-07-08",
        "2024-07-09",
    }
    whole = schedule(record(12), CALENDAR, windows={"": ("2024-08-05", "2024-08-06")})
    assert whole.counts("day") == {"2024-08-05": 6, "2024-08-06": 6}
    assert set(whole.periods) == {""}


def test_tasks_are_the_departments_of_the_visits() -> None:
    """Each visit says what is done in it, under which plan."""
    drawn = record(9)
    found = schedule(drawn, CALENDAR)
    told = dict(zip(found.visits, found.tasks, strict=True))
    assert told == {name: tuple(("2024-3", each) for each in visit.departments) for name, visit in drawn.items()}
    assert {len(each) for each in told.values()} == {1, 2}


# ---- of any visits


windows = st.tuples(st.integers(0, 91), st.integers(0, 91)).map(sorted).map(tuple)
FIRST: Final = day("2024-07-01")


@given(spans=st.lists(windows, max_size=40), other=st.randoms(use_true_random=False), scheme=st.sampled_from(SCHEMES))
@quick
def test_visits_of_equal_windows_are_spread_together(
    spans: list[tuple[int, int]], other: Random, scheme: Scheme
) -> None:
    """Each group of equal windows follows the literal rule, whatever the order of the list and the other groups."""
    everyday = Calendar([day_text(FIRST + i) for i in range(92)])
    groups: dict[tuple[int, int], list[str]] = {}
    for number, span in enumerate(spans):
        groups.setdefault(span, []).append(f"V{number}")
    key = oracle.hashed(scheme, scheme, "label", "三季度", SEED)
    expected: dict[str, str] = {}
    for (first, last), names in groups.items():
        expected |= literal(names, everyday.working_days[first : last + 1], scheme, key)

    order = other.sample(range(len(spans)), len(spans))
    found = schedule_visits(
        [f"E{i % 7}" for i in order],
        np.array([FIRST + spans[i][0] for i in order], dtype=np.int64),
        [FIRST + spans[i][1] for i in order],
        everyday,
        seed=SEED,
        label="三季度",
        visits=[f"V{i}" for i in order],
        scheme=scheme,
    )
    assert by_visit(found) == expected
    assert dict(zip(found.visits, found.enterprises, strict=True)) == {f"V{i}": f"E{i % 7}" for i in order}
    assert dict(zip(found.visits, found.periods, strict=True)) == {
        f"V{i}": f"{day_text(FIRST + spans[i][0])}/{day_text(FIRST + spans[i][1])}" for i in order
    }
    assert found.key == key == label_key(scheme, "三季度", SEED)
    ordered = sorted(found.visits, key=lambda name: (expected[name], found.ticket(name)))
    assert list(found.visits) == ordered


def test_days_may_be_texts() -> None:
    """A window written as text is that of its numbers, be it in one row or in another."""
    names = [f"E{i}" for i in range(9)]
    numbers = schedule_visits(names, [FIRST] * 9, [FIRST + 4] * 9, CALENDAR, seed=SEED, label="x")
    texts = schedule_visits(names, ["2024-07-01"] * 9, ["2024-07-05"] * 9, CALENDAR, seed=SEED, label="x")
    mixed = schedule_visits(names, [FIRST, *["2024-07-01"] * 8], ["2024-07-05"] * 9, CALENDAR, seed=SEED, label="x")
    assert numbers == texts == mixed
    found = faults(
        lambda: schedule_visits(
            ["E1", "E2"], ["1.7.", "2024-07-02"], ["2024-07-05", "2024-07-01"], CALENDAR, seed=SEED, label="x"
        )
    )
    assert named(found) == [("window-numbers", "row 1"), ("span-reversed", "row 2")]


def test_another_label_is_another_schedule() -> None:
    """Label and seed decide, both."""
    names = [f"E{i}" for i in range(40)]
    found = {
        (label, seed): schedule_visits(names, [FIRST] * 40, [FIRST + 30] * 40, CALENDAR, seed=seed, label=label).visits
        for label in ("甲", "乙")
        for seed in (SEED, OTHER_SEED)
    }
    assert len(set(found.values())) == 4


def test_all_faults_of_visits_at_once() -> None:
    """Windows that cannot be are told at the first row that has them; ids before them, since rows are named by them."""
    starts = [FIRST, FIRST + 5, FIRST + 5, FIRST - 40, FIRST, -5, FIRST + 5]
    ends = [FIRST + 3, FIRST + 6, FIRST + 4, FIRST, FIRST + 3, 7, FIRST + 6]

    def call(names: list[str], tasks: list[list[Task]]) -> Schedule:
        return schedule_visits(names, starts, ends, CALENDAR, seed=SEED, label="x", tasks=tasks)

    found = faults(lambda: call(["E1", "E2", "E3", "E4", "E5", "E6", "E7"], []))
    assert named(found) == [
        ("window-idle", "row 2"),
        ("span-reversed", "row 3"),
        ("calendar-outside", "row 4"),
        ("window-numbers", "row 6"),
    ]
    found = faults(lambda: call(["E1", "E1", " E3", "E4", "E5"], [[]] * 2))
    assert sorted(note.code for note in found) == ["columns-uneven", "name-repeated", "text-space"]
    other: Any = WORKING
    found = faults(lambda: schedule_visits([], [], [], other, seed="", label=""))
    assert [note.code for note in found] == ["plan-shape", "text-empty", "text-empty"]


def test_an_enterprise_may_be_visited_twice_if_visits_have_ids() -> None:
    """Without ids of visits the enterprise is the id, so it stands once."""
    twice = (["E1", "E1"], [FIRST] * 2, [FIRST + 30] * 2, CALENDAR)
    assert schedule_visits(*twice, seed=SEED, label="x", visits=["V1", "V2"]).enterprises == ("E1", "E1")
    assert named(faults(lambda: schedule_visits(*twice, seed=SEED, label="x"))) == [("name-repeated", "visits")]


def test_nobody_is_scheduled_on_no_day() -> None:
    """No visits give an empty schedule."""
    empty = schedule_visits([], [], [], CALENDAR, seed=SEED, label="x")
    assert len(empty) == 0
    assert repr(empty) == "Schedule(0 visits on 0 days)"
    assert empty.counts("week") == {}


def test_equal_tickets_go_by_id(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where whole tickets are equal, the id decides in byte order."""
    start: Hash = Coarse()
    monkeypatch.setattr(periods_module, "ticket_start", lambda *_: start)
    names = ["𠮷", "Ａ", "é", "b", "a", "Z", "10", "9", "宁波"]
    found = schedule_visits(names, [FIRST] * 9, [FIRST + 30] * 9, CALENDAR, seed=SEED, label="x")
    assert list(found.visits) == sorted(names, key=lambda name: (coarse(name.encode()), name.encode()))


def test_everybody_has_the_same_chance_of_every_day() -> None:
    """Over many seeds nobody is early more often, and no two come together more often: the day is the drawn result."""
    names = [f"E{i}" for i in range(6)]
    days = Calendar(["2024-07-01", "2024-07-02", "2024-07-03"])

    def procedure(units: Sequence[str], seed: str) -> Mapping[str, str]:
        count = len(units)
        return by_visit(schedule_visits(units, [FIRST] * count, [FIRST + 2] * count, days, seed=seed, label="x"))

    assert assert_fair(procedure, names, trials=600, processes=False).ok


# ---- of errands


def errands() -> Errands:
    """Twelve firms: two plans with windows that overlap, and complaints that nobody planned."""
    rows = [
        (f"E{i:02}", department, items, plan, starts, ends)
        for i in range(12)
        for department, items, plan, starts, ends in [
            ("市监", "证照", "2024-3", "2024-07-01", "2024-08-31"),
            ("消防", "证照;通道", "2024-4", "2024-08-01", "2024-09-30"),
            ("环保", "排污", "", "2024-07-01", "2024-07-10"),
        ][: 2 + (i % 3 == 0)]
    ]
    names = ("enterprise", "department", "items", "plan", "starts", "ends")
    return merge_visits({name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)})


def test_errands_are_spread_over_the_days_that_their_checks_share() -> None:
    """Each errand keeps its id, its checks are its tasks, and its day is that of the plain function."""
    merged = errands()
    found = schedule_errands(merged, CALENDAR, seed=SEED, label="三季度")
    assert sorted(found.visits) == sorted(merged.ids)
    place = {visit: row for row, visit in enumerate(merged.ids)}
    for visit, enterprise, on, tasks in zip(found.visits, found.enterprises, found.days, found.tasks, strict=True):
        row = place[visit]
        assert enterprise == merged.enterprises[row]
        assert merged.starts[row] <= day(on) <= merged.ends[row]
        assert tuple(sorted(department for _, department in tasks)) == merged.departments[row]
        assert tuple(sorted({plan for plan, _ in tasks if plan})) == merged.plans[row]
    counted = {task: sum(task in tasks for tasks in found.tasks) for tasks in found.tasks for task in tasks}
    assert counted == {("2024-3", "市监"): 12, ("2024-4", "消防"): 12, ("", "环保"): 4}
    plain = schedule_visits(
        merged.enterprises, merged.starts, merged.ends, CALENDAR, seed=SEED, label="三季度", visits=merged.ids
    )
    assert by_visit(plain) == by_visit(found)
    other: Any = [merged]
    assert named(faults(lambda: schedule_errands(other, CALENDAR, seed=SEED, label="x"))) == [("plan-shape", "errands")]


def test_checks_merged_without_a_calendar_may_have_no_working_day() -> None:
    """A weekend in common is refused, with what to do; merged by working days, there are two visits."""
    rows = {
        "enterprise": ["E1", "E1"],
        "department": ["市监", "消防"],
        "items": ["证照", "证照"],
        "starts": ["2024-07-01", "2024-07-06"],
        "ends": ["2024-07-07", "2024-07-31"],
    }
    merged = merge_visits(rows)
    found = faults(lambda: schedule_errands(merged, CALENDAR, seed=SEED, label="x"))
    assert named(found) == [("errand-idle", "E1/1")]
    assert "merge_visits" in str(found[0])
    alone = {name: ["2024-07-06"] if name == "starts" else cells[:1] for name, cells in rows.items()}
    found = faults(lambda: schedule_errands(merge_visits(alone), CALENDAR, seed=SEED, label="x"))
    assert named(found) == [("window-idle", "row 1")]
    assert len(schedule_errands(merge_visits(rows, calendar=CALENDAR), CALENDAR, seed=SEED, label="x")) == 2


# ---- after amendments


def amendable(firms: int = 40, periods: Sequence[str] = MONTHS) -> Draw:
    """Two departments, half of the firms each, in three months; the plan allows substitution."""
    enterprises = register([{"id": f"企{i}", "risk": "A"} for i in range(firms)])
    demands = [Demand("市监", take="50%"), Demand("消防", take="25%")]
    rules = plan(demands, periods=periods, substitution=True)
    return draw(commit(rules, enterprises), enterprises, seed=SEED)


def pieces(planned: Schedule) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """What a schedule says: enterprise, period, day, departments."""
    does = [tuple(department for _, department in tasks) for tasks in planned.tasks]
    return sorted(zip(planned.enterprises, planned.periods, planned.days, does, strict=True))


def literal_takeovers(amended: Record, before: Schedule) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Every demand of every visit has a day of its own here; visits are what shares enterprise, period and day."""
    drawn, department = amended.drawn, {each.name: each.department for each in amended.commitment.plan.demands}
    days = {(name, visit.period, each): before.day(name) for name, visit in drawn.items() for each in visit.demands}
    for change in amended.amendments:
        gone = {key[2]: days.pop(key) for key in list(days) if key[:2] == (change.enterprise, change.period)}
        for taker, demands in change.takers.items():
            ahead = [on for key, on in days.items() if key[:2] == (taker, change.period) and on > change.on]
            first = min(gone[each] for each in demands)
            after = min(each for each in WORKING if each > change.on)
            for each in demands:
                days[taker, change.period, each] = min(ahead) if ahead else max(first, after)
    found: dict[tuple[str, str, str], set[str]] = {}
    for (enterprise, period, demand), on in days.items():
        found.setdefault((enterprise, period, on), set()).add(department[demand])
    return sorted((*key, tuple(sorted(names))) for key, names in found.items())


steps_of = st.tuples(st.integers(0, 99), st.integers(0, 12), st.booleans())


@given(steps=st.lists(steps_of, min_size=1, max_size=9), months=st.booleans(), firms=st.sampled_from([8, 24]))
@quick
def test_nobody_comes_before_it_is_known_that_somebody_must(
    steps: list[tuple[int, int, bool]], months: bool, firms: int
) -> None:
    """Days of substitutes follow the literal rule; no later amendment changes a day, an id, or what is not its own."""
    drawn = amendable(firms, MONTHS if months else ())
    found = before = schedule(drawn.record, CALENDAR)
    known: dict[str, tuple[str, str]] = {}
    number = day("2024-08-06")
    for victim, gap, split in steps:
        spots_of = Counter(zip(found.enterprises, found.periods, strict=True))
        standing = [v for v in drawn.record.current if not split or spots_of[v.enterprise, v.period] > 1]
        number += gap
        if not standing or number > day("2024-09-27"):
            continue
        visit, on = standing[victim % len(standing)], day_text(number)
        drawn = drawn.substitute(visit.enterprise, period=visit.period, reason="closed", on=on)
        found = schedule(drawn.record, CALENDAR)
        assert pieces(found) == literal_takeovers(drawn.record, before)
        fresh = [name for name in found.visits if name not in known and name not in before.visits]
        assert all(found.day(name) > on for name in fresh)
        for name, enterprise in zip(found.visits, found.enterprises, strict=True):
            assert known.setdefault(name, (enterprise, found.day(name))) == (enterprise, found.day(name))
        spots = {(v.enterprise, v.period): set(v.departments) for v in drawn.record.current}
        told: dict[tuple[str, str], set[str]] = {}
        for enterprise, period, _, names in pieces(found):
            told.setdefault((enterprise, period), set()).update(names)
        assert told == spots


def test_a_firm_found_closed_on_the_day_of_the_visit() -> None:
    """The substitute comes on the next working day, in its own order; of a visit still ahead it has the day."""
    drawn = amendable()
    before = schedule(drawn.record, CALENDAR)
    names = [name for name in before.visits if before.day(name) >= "2024-08-07"]
    on_the_day = next(name for name in names if len(drawn.record[name].demands) == 1)
    closed = before.day(on_the_day)
    (found,) = drawn.substitute(on_the_day, reason="closed", on=closed).record.amendments[0].takers
    after = schedule(drawn.substitute(on_the_day, reason="closed", on=closed).record, CALENDAR)
    assert after.day(found) == min(each for each in WORKING if each > closed)
    early = schedule(drawn.substitute(on_the_day, reason="closed", on="2024-08-06").record, CALENDAR)
    assert early.day(found) == closed


def test_what_is_taken_over_after_the_own_visit_is_one_more_visit() -> None:
    """Who was visited in July cannot be visited once more on that day: the task has a day and an id of its own."""
    enterprises = register([{"id": f"企{i}", "risk": "A"} for i in range(12)])
    demands = [Demand("市监", take="100%"), Demand("消防", take="50%")]
    rules = plan(demands, periods=["2024-07"], substitution=True)
    drawn = draw(commit(rules, enterprises), enterprises, seed=SEED)
    before = schedule(drawn.record, CALENDAR)
    closed = next(name for name in before.visits if len(drawn.record[name].departments) == 2)
    amended = drawn.substitute(closed, reason="moved", on="2024-08-09").record
    ((demand, taker),) = amended.amendments[0].substitutes
    after = schedule(amended, CALENDAR)
    assert (demand, after.day(taker)) == ("消防", before.day(taker))
    extra = f"{taker}/2024-07/2024-08-09"
    assert (after.day(extra), after.periods[after.visits.index(extra)]) == ("2024-08-12", "2024-07")
    assert after.tasks[after.visits.index(extra)] == (("2024-3", "消防"),)
    assert after.tasks[after.visits.index(taker)] == (("2024-3", "市监"),)
    assert sorted(after.visits) == sorted([*(name for name in before.visits if name != closed), extra])
    assert [visit.departments for visit in amended.current if visit.enterprise == taker] == [("市监", "消防")]


def test_a_visit_on_the_day_of_the_statement_has_been_paid() -> None:
    """Whoever is visited on that very day is visited once more for what was taken over; one day earlier, once."""
    enterprises = register([{"id": f"企{i}", "risk": "A"} for i in range(12)])
    demands = [Demand("市监", take="100%"), Demand("消防", take="50%")]
    rules = plan(demands, periods=["2024-08"], substitution=True)
    drawn = draw(commit(rules, enterprises), enterprises, seed=SEED)
    before = schedule(drawn.record, CALENDAR)
    closed = next(name for name in before.visits if len(drawn.record[name].departments) == 2)
    (taker,) = drawn.substitute(closed, reason="moved", on="2024-08-06").record.amendments[0].takers
    on = before.day(taker)
    counts = {}
    for stated in (on, max(each for each in WORKING if each < on)):
        after = schedule(drawn.substitute(closed, reason="moved", on=stated).record, CALENDAR)
        counts[stated] = after.enterprises.count(taker)
        assert after.day(taker) == on
    assert list(counts.values()) == [2, 1]


def test_who_takes_over_a_visit_in_two_parts_comes_once() -> None:
    """One part was due on the day of the statement, the other a week later: for both, on the next working day."""
    enterprises = register([{"id": f"企29-{i}", "risk": "ABC"[i % 3]} for i in range(18)])
    demands = [Demand("市监", where={"risk": ["A", "C"]}, take=6), Demand("消防", where={"risk": ["B", "C"]}, take=5)]
    rules = plan(demands, periods=["2024-08"], substitution=True)
    drawn = draw(commit(rules, enterprises), enterprises, seed=SEED)
    split = drawn.substitute("企29-13", reason="closed", on="2024-08-20")
    parts = [row for row in pieces(schedule(split.record, CALENDAR)) if row[0] == "企29-5"]
    assert [on for _, _, on, _ in parts] == ["2024-08-20", "2024-08-28"]
    gone = split.substitute("企29-5", reason="closed", on="2024-08-20").record
    after = schedule(gone, CALENDAR)
    assert [row for row in pieces(after) if row[0] == "企29-17"] == [
        ("企29-17", "2024-08", "2024-08-21", ("市监", "消防"))
    ]
    assert pieces(after) == literal_takeovers(gone, schedule(drawn.record, CALENDAR))


def test_a_substitute_needs_a_working_day_that_the_calendar_knows() -> None:
    """What was stated on the last working day or after the calendar is told, all of it."""
    drawn = amendable()
    before = schedule(drawn.record, CALENDAR)
    for name, on in [(before.visits[-1], "2024-09-30"), (before.visits[-2], "2024-12-31")]:
        drawn = drawn.substitute(name, reason="closed", on=on)
    found = faults(lambda: schedule(drawn.record, CALENDAR))
    assert set(named(found)) == {("takeover-late", "amendments[0].on"), ("takeover-late", "amendments[1].on")}
    longer = Calendar([*WORKING, "2024-12-31", "2025-01-02"])
    assert schedule(drawn.record, longer, windows={}).during("2025-01-02").enterprises


def test_an_enterprise_that_takes_over_two_visits() -> None:
    """Nobody drew it; then it stands in for a visit in each of two periods, and both have ids."""
    enterprises = register([{"id": f"企{i}", "risk": "ABC"[i % 3]} for i in range(24)])
    demands = [Demand("市监", where={"risk": ["A", "C"]}, take=6), Demand("消防", where={"risk": ["B", "C"]}, take=6)]
    rules = plan(demands, periods=MONTHS, substitution=True)
    drawn = draw(commit(rules, enterprises), enterprises, seed=SEED)
    alone = [visit for visit in drawn.record.values() if len(visit.departments) == 1]
    one = next(visit for visit in alone if visit.departments == ("市监",))
    other = next(visit for visit in alone if visit.departments == ("消防",) and visit.period != one.period)
    twice = drawn.substitute(one.enterprise, reason="closed", on="2024-08-12")
    twice = twice.substitute(other.enterprise, reason="closed", on="2024-08-12")
    (taker,) = {name for amendment in twice.record.amendments for name in amendment.takers}
    before, after = schedule(drawn.record, CALENDAR), schedule(twice.record, CALENDAR)
    assert taker not in drawn.record
    assert by_visit(after) == {
        **{visit: on for visit, on in by_visit(before).items() if visit not in (one.enterprise, other.enterprise)},
        taker: max(before.day(one.enterprise), "2024-08-13"),
        f"{taker}/{other.period}": max(before.day(other.enterprise), "2024-08-13"),
    }


def test_a_person_who_is_replaced_moves_no_day() -> None:
    """Only who is visited has to do with days."""
    enterprises = register([{"id": f"E{i}", "risk": "A"} for i in range(9)])
    people = register([{"id": f"P{i}", "department": "市监"} for i in range(6)])
    drawn = draw(commit(plan([Demand("市监", take=5)]), enterprises, people), enterprises, people, seed=SEED)
    name = next(iter(drawn.record))
    amended = drawn.substitute(name, inspector=drawn.record[name].team["市监"][0], reason="ill", on="2024-08-12")
    assert len(amended.record.amendments) == 1
    assert schedule(amended.record, CALENDAR) == schedule(drawn.record, CALENDAR)


@pytest.mark.parametrize("windows", [None, b"x", [("2024-07", WORKING[:2])]])
def test_windows_are_a_mapping(windows: Any) -> None:
    """Anything else is refused."""
    assert named(faults(lambda: schedule(record(4), CALENDAR, windows=windows))) == [("plan-shape", "windows")]


@pytest.mark.parametrize("start", [["a", "b"], True, 738999.9, 739068.0, None, date(2024, 7, 1)])
def test_days_are_texts_or_whole_numbers(start: Any) -> None:
    """Lists, truth values and floats are no days, be they whole or not; a number of numpy is one."""

    def visits(first: Any) -> Schedule:
        return schedule_visits(["E1", "E2"], [first, FIRST], [FIRST, FIRST], CALENDAR, seed=SEED, label="x")

    assert named(faults(lambda: visits(start))) == [("window-numbers", "row 1")]
    assert visits(np.int64(FIRST)).days == (day_text(FIRST),) * 2


def test_a_visit_is_asked_for_by_its_id() -> None:
    """A list is no id."""
    odd: Any = []
    assert named(faults(lambda: schedule(record(4), CALENDAR).day(odd))) == [("schedule-unknown", "[]")]
